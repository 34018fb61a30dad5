// What runs on the thread with the deep stack (deep-stack.ts starts it): instances of contracts, and nothing else. The
// machine calls their exports and answers their host calls; both wait for each other, so never more than one of them runs.
// A plain script: a thread loads no TypeScript.

const { receiveMessageOnPort, workerData } = require("node:worker_threads");

const { shared, port, layout } = workerData;
const { AT, TEXT_START, TAG, TO_THREAD, TO_MACHINE, TURN } = layout;
const turn = new Int32Array(shared, 0, 1);
const numbers = new Float64Array(shared);
const bits = new BigInt64Array(shared);
const bytes = new Uint8Array(shared);
const text = new Uint8Array(shared, TEXT_START);

/** Goes through the contract's functions when the machine ends a host call by throwing. */
const ENDED = Object.freeze({ ended: true });
/** The exports of each instance, by its number. */
const instances = [];

Error.stackTraceLimit = layout.FRAMES;
tell(TO_MACHINE.done, -1);
serve();

/** Does what the machine asks for, until the host call that this thread waits for has its answer. */
function serve() {
  for (;;) {
    while (Atomics.load(turn, 0) !== TURN.thread) Atomics.wait(turn, 0, TURN.machine);
    const instance = numbers[AT.instance];
    const exports = instances[instance];
    // What host functions have taken meanwhile.
    if (numbers[AT.owed] > 0) exports.take(numbers[AT.owed]);
    switch (numbers[AT.kind]) {
      case TO_THREAD.returned:
        return readValues()[0];
      case TO_THREAD.ended:
        throw ENDED;
      case TO_THREAD.make:
        answer(instance, () => make(instance, receiveMessageOnPort(port).message));
        break;
      case TO_THREAD.call: {
        const name = readText();
        const values = readValues();
        answer(instance, () => exports[name](...values));
        break;
      }
      case TO_THREAD.site:
        writeText(new Error("site").stack);
        tell(TO_MACHINE.done, instance);
        break;
      case TO_THREAD.forget:
        instances.length = instance;
        tell(TO_MACHINE.done, -1);
        break;
      default:
    }
  }
}

function answer(instance, step) {
  let result;
  try {
    result = step();
  } catch (error) {
    if (error === ENDED) {
      tell(TO_MACHINE.ended, instance);
    } else {
      writeText(`${JSON.stringify([error.name, error.message])}\n${error.stack}`);
      tell(TO_MACHINE.failed, instance);
    }
    return;
  }
  writeValues([result]);
  tell(TO_MACHINE.done, instance);
}

function make(instance, { module, memory, importCount, name }) {
  const imports = { memory };
  for (let i = 0; i < importCount; i++) {
    let isSilent = false;
    imports[i] = (...values) => {
      if (isSilent && endOf(values) <= memory.buffer.byteLength && instances[instance].left() >= 0) return undefined;
      numbers[AT.import] = i;
      writeValues(values);
      tell(TO_MACHINE.host, instance);
      const result = serve();
      isSilent = numbers[AT.silent] === 1;
      return result;
    };
  }
  const { exports } = new WebAssembly.Instance(module, { [name]: imports });
  instances[instance] = { ...exports, grow: (pages) => void memory.grow(pages), pages: () => memory.grow(0) };
}

function endOf([pointer, length]) {
  return (pointer >>> 0) + (length >>> 0);
}

/** Hands over, with the state of the instance that it is about. */
function tell(kind, instance) {
  numbers[AT.kind] = kind;
  numbers[AT.instance] = instance;
  const exports = instances[instance];
  if (exports !== undefined) {
    numbers[AT.left] = exports.left();
    numbers[AT.memoryGas] = exports.memoryGas();
    numbers[AT.status] = exports.status();
    numbers[AT.stack] = exports.stack();
    numbers[AT.pages] = exports.pages();
  }
  Atomics.store(turn, 0, TURN.machine);
  Atomics.notify(turn, 0);
}

function readValues() {
  return Array.from({ length: numbers[AT.count] }, (_, i) => {
    const at = AT.values + 2 * i;
    if (numbers[at] === TAG.none) return undefined;
    return numbers[at] === TAG.bigint ? bits[at + 1] : numbers[at + 1];
  });
}

function writeValues(values) {
  numbers[AT.count] = values.length;
  for (const [i, value] of values.entries()) {
    const at = AT.values + 2 * i;
    if (value === undefined) {
      numbers[at] = TAG.none;
    } else if (typeof value === "bigint") {
      numbers[at] = TAG.bigint;
      bits[at + 1] = value;
    } else {
      numbers[at] = TAG.number;
      numbers[at + 1] = value;
    }
  }
}

function readText() {
  return new TextDecoder().decode(bytes.slice(TEXT_START, TEXT_START + numbers[AT.textLength]));
}

function writeText(string) {
  const encoded = new TextEncoder().encode(string).subarray(0, text.length);
  text.set(encoded);
  numbers[AT.textLength] = encoded.length;
}
