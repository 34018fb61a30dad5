// Cells of stored fields of a wide integer type: memory of the field's own, written in place, so that changing a field a
// million times takes no more memory than once. A cell whose address was given away is left to whoever has it.

import { qw_storage_read } from "../env";
import { Failure, fail } from "../errors";

/** Reads a field into its cell, and a second time to `before`: zero where there is none. */
export function readCell(keyAt: usize, keyLength: usize, cell: usize, before: usize, size: usize): void {
  memory.fill(cell, 0, size);
  const length = qw_storage_read(keyAt, keyLength, cell, size);
  if (length != 0 && length != <i32>size) fail(Failure.BadStoredData);
  memory.copy(before, cell, size);
}
