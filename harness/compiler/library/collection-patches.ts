// Patches of Map, Set and sorting: keys by value, order by value, equal items in the order they had.

import type { LibraryPatch } from "./library-patch.js";

export const COLLECTION_PATCHES: readonly LibraryPatch[] = [
  {
    file: "util/hash",
    mends: "Map and Set look for Address, Hash, Bytes and wide integers at the hash of their address in memory.",
    find: `  } else if (isReference<T>()) {
    if (sizeof<T>() == 4) return hash32(changetype<u32>(key));
    if (sizeof<T>() == 8) return hash64(changetype<u64>(key));
  } else if`,
    replace: `  } else if (isReference<T>()) {
    if (isNullable<T>()) {
      if (changetype<usize>(key) == 0) return XXH32_SEED;
      return HASH<nonnull<T>>(changetype<nonnull<T>>(changetype<usize>(key)));
    }
    if (isDefined(key.__runOfBytes)) return key.length == 0 ? XXH32_SEED : hashBytes(key.at, key.length);
    if (!isManaged<T>()) return hashBytes(changetype<usize>(key), offsetof<T>());
    return hash32(changetype<u32>(key));
  } else if`,
  },
  {
    file: "util/hash",
    mends: "What is hashed is a text; bytes of any length are hashed by the same function.",
    find: `// @ts-ignore: decorator
@inline
function hashStr(key: string): u32 {
  if (changetype<usize>(key) == 0) return XXH32_SEED;

  let h: u32 = key.length << 1;
  let len: usize = h;
  let pos = changetype<usize>(key);
`,
    replace: `// @ts-ignore: decorator
@inline
function hashStr(key: string): u32 {
  if (changetype<usize>(key) == 0) return XXH32_SEED;
  return hashBytes(changetype<usize>(key), <usize>key.length << 1);
}

function hashBytes(key: usize, len: usize): u32 {
  let h: u32 = len;
  let pos = key;
`,
  },
  {
    file: "util/hash",
    mends: "The same, further down.",
    find: `  let end = changetype<usize>(key) + len - 4;`,
    replace: `  let end = key + len - 4;`,
  },
  {
    file: "util/hash",
    mends: "The same, at its end.",
    find: `  end = changetype<usize>(key) + len;`,
    replace: `  end = key + len;`,
  },
  {
    file: "util/sort",
    mends: "sort() of i8 to i32 subtracts, and the difference of two i32 can have the wrong sign.",
    find: `    if (isSigned<T>() && sizeof<T>() <= 4) {
      return (a, b) => i32(a) - i32(b);
    } else {
      return (a, b) => i32(a > b) - i32(a < b);
    }`,
    replace: `    return (a, b) => i32(a > b) - i32(a < b);`,
  },
  {
    file: "util/sort",
    mends: "sort() of texts takes null for equal to every text, which orders nothing.",
    find: `      if (
        changetype<usize>(a) == changetype<usize>(b) ||
        changetype<usize>(a) == 0 ||
        changetype<usize>(b) == 0
      ) return 0;`,
    replace: `      if (changetype<usize>(a) == changetype<usize>(b)) return 0;
      if (changetype<usize>(a) == 0) return -1;
      if (changetype<usize>(b) == 0) return 1;`,
  },
  {
    file: "util/sort",
    mends: "Address, Hash and Bytes have no order of their own; by their bytes it is that of the texts they print.",
    find: `  } else {
    return (a, b) => i32(a > b) - i32(a < b);
  }
}`,
    replace: `  } else if (isDefined(changetype<nonnull<T>>(0).__runOfBytes)) {
    return (a, b) => {
      let order = memory.compare(a.at, b.at, <usize>min(a.length, b.length));
      return order ? order : a.length - b.length;
    };
  } else if (isDefined(changetype<nonnull<T>>(0).toBytes)) {
    return (a, b) => memory.compare(changetype<usize>(a), changetype<usize>(b), offsetof<T>());
  } else {
    return (a, b) => i32(a > b) - i32(a < b);
  }
}`,
  },
  {
    file: "util/sort",
    mends:
      "From 49 items on, equal items change places: where a run is used up, the other's last item comes too early.",
    find: `    if (comparator(a, b) < 0) {
      store<T>(ptr + (<usize>k << alignof<T>()), a);
      --j;`,
    replace: `    if (j > m && (i > m || comparator(a, b) < 0)) {
      store<T>(ptr + (<usize>k << alignof<T>()), a);
      --j;`,
  },
];
