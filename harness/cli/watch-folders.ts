// Tells of changed files below a folder. Folders are watched, not files: an editor that replaces a file by renaming
// leaves a watcher of the old one behind (Node's own recursive watching does that on Linux).

import { type Dirent, readdirSync, statSync, watch } from "node:fs";
import { join } from "node:path";

/** Editors write a file in several steps; what follows this soon is the same change. */
const SETTLE_MS = 50;

/** Watches a folder and those below it, until the process ends. @param changed given the changed file's path */
export function watchFolders(folder: string, changed: (path: string) => void): void {
  const watched = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  const add = (path: string): void => {
    if (watched.has(path)) return;
    watched.add(path);
    watch(path, (_event, name) => {
      if (name !== null) onEvent(join(path, name));
    }).on("error", () => watched.delete(path));
    for (const entry of readdirSync(path, { withFileTypes: true }) as Dirent[]) {
      if (entry.isDirectory()) add(join(path, entry.name));
    }
  };
  const onEvent = (path: string): void => {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      add(path);
      return;
    }
    clearTimeout(timers.get(path));
    timers.set(
      path,
      setTimeout(() => changed(path), SETTLE_MS),
    );
  };
  add(folder);
}
