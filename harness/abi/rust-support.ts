// The part of a generated Rust module that is the same for every contract: Borsh, the call, what a failure is.

/** Names that the module has for itself, in the namespace of types and in that of functions. */
export const RUST_TYPES = [
  "Address",
  "Hash",
  "U256",
  "I256",
  "Borsh",
  "CallError",
  "ContractError",
  "alloc",
  "core",
  "std",
  "bool",
  "char",
  "str",
  "u8",
  "u16",
  "u32",
  "u64",
  "u128",
  "usize",
  "i8",
  "i16",
  "i32",
  "i64",
  "i128",
  "isize",
  "f32",
  "f64",
];
export const RUST_FUNCTIONS = [
  "call",
  "failure",
  "known_failure",
  "take",
  "finish",
  "read_bytes",
  "write_bytes",
  "write_list",
  "u256",
];

const INTEGERS = "u8 u16 u32 u64 u128 i8 i16 i32 i64 i128";

/** Before the interface's own types. */
export const RUST_HEAD = `extern crate alloc;

/// 20 bytes.
pub type Address = [u8; 20];
/// 32 bytes.
pub type Hash = [u8; 32];
/// An unsigned number of 256 bits: its bytes, the lowest first.
pub type U256 = [u8; 32];
/// A signed number of 256 bits in two's complement: its bytes, the lowest first.
pub type I256 = [u8; 32];

/// A number as a U256.
pub fn u256(value: u128) -> U256 {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&value.to_le_bytes());
    bytes
}

/// Values in Borsh.
pub trait Borsh: ::core::marker::Sized {
    /// Appends the value's bytes.
    fn write(&self, out: &mut alloc::vec::Vec<u8>);
    /// Takes a value off the front; none when the bytes do not fit.
    fn read(input: &mut &[u8]) -> ::core::option::Option<Self>;
}

fn take<'a>(input: &mut &'a [u8], length: usize) -> ::core::option::Option<&'a [u8]> {
    if length > input.len() {
        return ::core::option::Option::None;
    }
    let (head, tail) = input.split_at(length);
    *input = tail;
    ::core::option::Option::Some(head)
}

fn read_bytes(input: &mut &[u8]) -> ::core::option::Option<alloc::vec::Vec<u8>> {
    let length = <u32 as Borsh>::read(input)? as usize;
    ::core::option::Option::Some(take(input, length)?.to_vec())
}

fn write_bytes(bytes: &[u8], out: &mut alloc::vec::Vec<u8>) {
    (bytes.len() as u32).write(out);
    out.extend_from_slice(bytes);
}

fn write_list<T: Borsh>(items: &[T], out: &mut alloc::vec::Vec<u8>) {
    (items.len() as u32).write(out);
    for item in items {
        item.write(out);
    }
}

/// The value that all of the bytes are.
fn finish<T: Borsh>(bytes: alloc::vec::Vec<u8>) -> ::core::result::Result<T, CallError> {
    let mut input: &[u8] = &bytes;
    match <T as Borsh>::read(&mut input) {
        ::core::option::Option::Some(value) if input.is_empty() => ::core::result::Result::Ok(value),
        _ => ::core::result::Result::Err(CallError::BadResult(bytes)),
    }
}

macro_rules! integers {
    ($($name:ident)*) => {$(
        impl Borsh for $name {
            fn write(&self, out: &mut alloc::vec::Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            fn read(input: &mut &[u8]) -> ::core::option::Option<Self> {
                let bytes = take(input, ::core::mem::size_of::<$name>())?;
                ::core::option::Option::Some($name::from_le_bytes(bytes.try_into().ok()?))
            }
        }
    )*};
}
integers!(${INTEGERS});

impl Borsh for () {
    fn write(&self, _out: &mut alloc::vec::Vec<u8>) {}
    fn read(_input: &mut &[u8]) -> ::core::option::Option<Self> {
        ::core::option::Option::Some(())
    }
}

impl Borsh for bool {
    fn write(&self, out: &mut alloc::vec::Vec<u8>) {
        out.push(*self as u8);
    }
    fn read(input: &mut &[u8]) -> ::core::option::Option<Self> {
        match take(input, 1)?[0] {
            0 => ::core::option::Option::Some(false),
            1 => ::core::option::Option::Some(true),
            _ => ::core::option::Option::None,
        }
    }
}

impl Borsh for alloc::string::String {
    fn write(&self, out: &mut alloc::vec::Vec<u8>) {
        write_bytes(self.as_bytes(), out);
    }
    fn read(input: &mut &[u8]) -> ::core::option::Option<Self> {
        alloc::string::String::from_utf8(read_bytes(input)?).ok()
    }
}

impl<T: Borsh> Borsh for alloc::vec::Vec<T> {
    fn write(&self, out: &mut alloc::vec::Vec<u8>) {
        write_list(self, out);
    }
    fn read(input: &mut &[u8]) -> ::core::option::Option<Self> {
        let count = <u32 as Borsh>::read(input)? as usize;
        // A count says nothing of what is there: room is made for what can be.
        let mut items = alloc::vec::Vec::with_capacity(::core::cmp::min(count, input.len()));
        for _ in 0..count {
            items.push(T::read(input)?);
        }
        ::core::option::Option::Some(items)
    }
}

impl<T: Borsh, const N: usize> Borsh for [T; N] {
    fn write(&self, out: &mut alloc::vec::Vec<u8>) {
        for item in self {
            item.write(out);
        }
    }
    fn read(input: &mut &[u8]) -> ::core::option::Option<Self> {
        let mut items = alloc::vec::Vec::with_capacity(::core::cmp::min(N, input.len()));
        for _ in 0..N {
            items.push(T::read(input)?);
        }
        items.try_into().ok()
    }
}

impl<T: Borsh> Borsh for ::core::option::Option<T> {
    fn write(&self, out: &mut alloc::vec::Vec<u8>) {
        match self {
            ::core::option::Option::None => out.push(0),
            ::core::option::Option::Some(value) => {
                out.push(1);
                value.write(out);
            }
        }
    }
    fn read(input: &mut &[u8]) -> ::core::option::Option<Self> {
        match take(input, 1)?[0] {
            0 => ::core::option::Option::Some(::core::option::Option::None),
            1 => ::core::option::Option::Some(::core::option::Option::Some(T::read(input)?)),
            _ => ::core::option::Option::None,
        }
    }
}

impl<T: Borsh> Borsh for alloc::boxed::Box<T> {
    fn write(&self, out: &mut alloc::vec::Vec<u8>) {
        (**self).write(out);
    }
    fn read(input: &mut &[u8]) -> ::core::option::Option<Self> {
        ::core::option::Option::Some(alloc::boxed::Box::new(T::read(input)?))
    }
}

/// Why a call gave no result.
#[derive(Clone, Debug, PartialEq)]
pub enum CallError {
    /// One of the contract's own errors.
    Contract(ContractError),
    /// The text of a \`require\` or \`revert\`.
    Message(alloc::string::String),
    /// An error of the SDK, by its code: 1 no such method, 2 bad arguments, 3 value was sent, 4 overflow, ...
    Sdk(u32),
    /// It failed with this revert data, which the interface does not know; empty when it gave none.
    Other(alloc::vec::Vec<u8>),
    /// It succeeded, but these bytes are not what the interface says; longer ones than there was room for are cut.
    BadResult(alloc::vec::Vec<u8>),
}

#[link(wasm_import_module = "env")]
unsafe extern "C" {
    fn qw_call_contract(
        address: *const u8,
        method: *const u8,
        method_length: usize,
        args: *const u8,
        args_length: usize,
        result: *mut u8,
        result_length: usize,
    ) -> i32;
}

fn call(
    contract: &Address,
    method: &str,
    args: &[u8],
    room: usize,
) -> ::core::result::Result<alloc::vec::Vec<u8>, CallError> {
    let mut answer = alloc::vec::Vec::<u8>::with_capacity(room);
    // The host writes at most \`room\` bytes and says how many there were; -1 - n stands for n bytes of revert data.
    let length = unsafe {
        qw_call_contract(
            contract.as_ptr(),
            method.as_ptr(),
            method.len(),
            args.as_ptr(),
            args.len(),
            answer.as_mut_ptr(),
            room,
        )
    };
    let total = (if length < 0 { -1 - length } else { length }) as usize;
    unsafe { answer.set_len(::core::cmp::min(total, room)) };
    if length < 0 {
        ::core::result::Result::Err(failure(answer))
    } else if total > room {
        ::core::result::Result::Err(CallError::BadResult(answer))
    } else {
        ::core::result::Result::Ok(answer)
    }
}
`;
