// Who is told of every virtual machine that is made: the gas recorder of the test runner. Kept behind a symbol of the
// whole process, since a runner may load this package twice, once for itself and once for the tests.

import type { Machine } from "./machine.js";

/** Told of each machine as it is made. */
export type VmWatcher = (machine: Machine) => void;

const KEY = Symbol.for("qwvm.vm-watchers");

function watchers(): Map<string, VmWatcher> {
  const holder = globalThis as { [KEY]?: Map<string, VmWatcher> };
  holder[KEY] ??= new Map();
  return holder[KEY];
}

/** Tells `watcher` of every machine made from now on; one with the same name is replaced. */
export function watchVms(name: string, watcher: VmWatcher): void {
  watchers().set(name, watcher);
}

/** Called by whoever makes a machine. */
export function announceVm(machine: Machine): void {
  for (const watcher of watchers().values()) watcher(machine);
}
