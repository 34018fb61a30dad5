// The generated state of a stored field of a wide integer type that a loop uses (read-loops): a cell that is written in
// place, and never leaves the module's data. `load` gives a copy; only operands that operand-reads.ts has proved safe `peek`
// at the cell itself.

import type { SlotModel } from "./model.js";

const sizeOf = ({ type }: SlotModel) => (String(type.abi).endsWith("128") ? 16 : 32);

/** The field's variables and functions. `keyData` is the expression of its key, `keyLength` its bytes. */
export function writeCellState(slot: SlotModel, keyData: string, keyLength: number): string {
  const { name } = slot;
  const type = slot.asc;
  const size = sizeOf(slot);
  return `
const ${name}$key = ${keyData};
/** 0 not used yet, 1 read, 2 assigned before it was read, 3 assigned after that. */
let ${name}$state: i32 = 0;
const ${name}$cell: usize = memory.data(${size});
/** What is stored. */
const ${name}$before: usize = memory.data(${size});

export function peek_${name}(): ${type} {
  if (${name}$state == 0) {
    ${name}$state = 1;
    readCell(${name}$key, ${keyLength}, ${name}$cell, ${name}$before, ${size});
  }
  return changetype<${type}>(${name}$cell);
}

export function load_${name}(): ${type} {
  return changetype<${type}>(__settle(0, 0, changetype<usize>(peek_${name}()), ${size}));
}

export function put_${name}(mark: usize, value: ${type}): void {
  ${name}$state |= 2;
  __settle(${name}$cell, mark, changetype<usize>(value), ${size});
}

export function store_${name}(value: ${type}): void {
  put_${name}(0, value);
}
`;
}

export function writeCellFlush(slot: SlotModel, keyLength: number): string {
  const { name } = slot;
  const size = sizeOf(slot);
  return `  if (${name}$state == 2 || (${name}$state != 0 && !isSame(${name}$cell, ${name}$before, ${size}))) {
    ${name}$state = 1;
    memory.copy(${name}$before, ${name}$cell, ${size});
    writeStorage(${name}$key, ${keyLength}, ${name}$cell, ${size});
  }
`;
}

export function writeCellForget({ name }: SlotModel): string {
  return `  ${name}$state = 0;\n`;
}
