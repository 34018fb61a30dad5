// Changes everything that can be reached from a value: bytes and the buffers under them, items, fields, entries. What is frozen
// or refuses stays as it is. Objects that only lead to the machine (a vm, a client) are looked into, not changed themselves.

/** Changes a value and whatever it leads to. `handles` are objects whose getters are followed and whose fields are left. */
export function vandalise(value: unknown, handles: ReadonlySet<object> = new Set()): void {
  walk(value, handles, new Set());
}

function walk(value: unknown, handles: ReadonlySet<object>, seen: Set<object>): void {
  if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value)) return;
  seen.add(value);
  if (ArrayBuffer.isView(value)) spoil(value.buffer);
  else if (value instanceof ArrayBuffer) spoil(value);
  else if (value instanceof URL) value.href = "file:///nowhere";
  else if (value instanceof Map || value instanceof Set) {
    for (const item of value instanceof Map ? [...value].flat() : value) walk(item, handles, seen);
    value.clear();
  } else if (typeof value === "object") {
    for (const item of reachable(value)) walk(item, handles, seen);
    if (!handles.has(value)) overwrite(value);
  }
}

/** What fields and getters give, those of the classes included. */
function reachable(value: object): unknown[] {
  const found: unknown[] = [];
  for (let at: object | null = value; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (at !== value && get === undefined) continue;
      found.push(attempt(() => (value as Record<string, unknown>)[name]));
    }
  }
  return found;
}

function overwrite(value: object): void {
  if (Array.isArray(value)) {
    attempt(() => value.reverse());
    attempt(() => value.push("vandalised"));
  }
  for (const name of Reflect.ownKeys(value)) {
    attempt(() => Reflect.set(value, name, "vandalised"));
    attempt(() => Reflect.deleteProperty(value, name));
  }
  attempt(() => Reflect.set(value, "added", "vandalised"));
}

/** Turns every bit of a buffer, not of a view alone, and takes it away where that can be done. */
function spoil(buffer: ArrayBufferLike): void {
  if (buffer.byteLength === 0) return;
  const bytes = new Uint8Array(buffer);
  for (let i = 0; i < bytes.length; i++) bytes[i] = ~(bytes[i] as number);
  attempt(() => structuredClone(undefined, { transfer: [buffer as ArrayBuffer] }));
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
