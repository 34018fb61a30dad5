// The lengths of fixed arrays: a class for each. The compiler puts generated code in this file's place.

/** The length 1. */
@unmanaged
export class Size1 {
  size(): i32 {
    return 1;
  }
}
