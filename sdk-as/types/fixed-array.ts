// An array whose length is part of its type: FixedArray<Hash, 4>. In Borsh its items alone, without a length.

import { minLength, read, zero } from "../codec/reader";
import { refreshed } from "../codec/refresh";
import { encodedLength, write } from "../codec/writer";
import { Failure, fail } from "../errors";

/** `N` is a class that says the length; the compiler writes it for the number. */
export class FixedArray<T, N> {
  private items: StaticArray<T> = new StaticArray<T>(changetype<N>(0).size());

  constructor() {
    if (isReference<T>() && !isNullable<T>()) {
      for (let i = 0; i < this.length; i++) {
        this.items[i] = zero<T>();
      }
    }
  }

  get length(): i32 {
    return changetype<N>(0).size();
  }

  /** The item at an index, or the call ends with OutOfRange. */
  @operator("[]")
  get(index: i32): T {
    if (<u32>index >= <u32>this.length) fail(Failure.OutOfRange);
    return unchecked(this.items[index]);
  }

  @operator("[]=")
  set(index: i32, value: T): void {
    if (<u32>index >= <u32>this.length) fail(Failure.OutOfRange);
    this.items[index] = value;
  }

  __length(): usize {
    if (isInteger<T>()) return sizeof<T>() * this.length;
    let length: usize = 0;
    for (let i = 0; i < this.length; i++) length += encodedLength<T>(unchecked(this.items[i]));
    return length;
  }

  __encode(at: usize): usize {
    for (let i = 0; i < this.length; i++) at = write<T>(at, unchecked(this.items[i]));
    return at;
  }

  __decode(): void {
    this.items = new StaticArray<T>(this.length);
    for (let i = 0; i < this.length; i++) {
      this.items[i] = read<T>();
    }
  }

  /** Reads the items into those that are there. */
  __refresh(): void {
    for (let i = 0; i < this.length; i++) {
      this.items[i] = refreshed<T>(this.items[i]);
    }
  }

  __minimum(): usize {
    return minLength<T>() * changetype<N>(0).size();
  }
}
