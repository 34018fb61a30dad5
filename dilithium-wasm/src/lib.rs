//! The signature schemes of `qw_dilithium_verify`, as one Wasm module without imports: ML-DSA 44, 65 and 87 by libcrux
//! (FIPS 204, pure mode, empty context), verification only, and Dilithium mode 3 of round 3.1 by pqc_dilithium: keys
//! from a seed, deterministic signatures, verification. It owns no check of lengths: the caller makes it.
//!
//! The caller reserves room, writes the inputs there one behind the other, and calls. Every function says its layout.

use std::sync::{Mutex, MutexGuard};

use libcrux_ml_dsa::{ml_dsa_44, ml_dsa_65, ml_dsa_87};
use pqc_dilithium::{crypto_sign_keypair, crypto_sign_signature, crypto_sign_verify};

const SEED: usize = 32;
const DILITHIUM3_PUBLIC_KEY: usize = 1952;
const DILITHIUM3_SECRET_KEY: usize = 4000;
const DILITHIUM3_SIGNATURE: usize = 3293;

static ROOM: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn room() -> MutexGuard<'static, Vec<u8>> {
    ROOM.lock().expect("one thread, and a panic ends the instance")
}

/// Makes room for `len` bytes and returns its address, which holds until the next call of `reserve`.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(len: usize) -> *mut u8 {
    let mut room = room();
    if room.len() < len {
        room.resize(len, 0);
    }
    room.as_mut_ptr()
}

macro_rules! verify_ml_dsa {
    ($name:ident, $level:ident, $key:ident, $signature:ident, $key_len:literal, $signature_len:literal) => {
        /// 1 if the signature is valid. Room: public key, signature, `message_len` bytes of message.
        #[unsafe(no_mangle)]
        pub extern "C" fn $name(message_len: usize) -> u32 {
            let room = room();
            let (key, rest) = room.split_first_chunk::<$key_len>().expect("room for the public key");
            let (signature, rest) = rest.split_first_chunk::<$signature_len>().expect("room for the signature");
            let key = $level::$key::new(*key);
            let signature = $level::$signature::new(*signature);
            $level::portable::verify(&key, &rest[..message_len], b"", &signature).is_ok().into()
        }
    };
}

verify_ml_dsa!(verify_ml_dsa_44, ml_dsa_44, MLDSA44VerificationKey, MLDSA44Signature, 1312, 2420);
verify_ml_dsa!(verify_ml_dsa_65, ml_dsa_65, MLDSA65VerificationKey, MLDSA65Signature, 1952, 3309);
verify_ml_dsa!(verify_ml_dsa_87, ml_dsa_87, MLDSA87VerificationKey, MLDSA87Signature, 2592, 4627);

/// 1 if the signature is valid. Room: public key, signature, `message_len` bytes of message.
#[unsafe(no_mangle)]
pub extern "C" fn verify_dilithium3(message_len: usize) -> u32 {
    let room = room();
    let (key, rest) = room.split_at(DILITHIUM3_PUBLIC_KEY);
    let (signature, rest) = rest.split_at(DILITHIUM3_SIGNATURE);
    crypto_sign_verify(signature, &rest[..message_len], key).is_ok().into()
}

/// Writes the key pair of a seed. Room: seed, then the public key and the secret key, which are written.
#[unsafe(no_mangle)]
pub extern "C" fn create_dilithium3_keys() {
    let mut room = room();
    let (seed, rest) = room.split_at_mut(SEED);
    let (public_key, rest) = rest.split_at_mut(DILITHIUM3_PUBLIC_KEY);
    crypto_sign_keypair(public_key, &mut rest[..DILITHIUM3_SECRET_KEY], Some(seed));
}

/// Signs, the same bytes every time. Room: secret key, then the signature, which is written, then the message.
#[unsafe(no_mangle)]
pub extern "C" fn sign_dilithium3(message_len: usize) {
    let mut room = room();
    let (secret_key, rest) = room.split_at_mut(DILITHIUM3_SECRET_KEY);
    let (signature, rest) = rest.split_at_mut(DILITHIUM3_SIGNATURE);
    crypto_sign_signature(signature, &rest[..message_len], secret_key);
}

fn no_randomness(_: &mut [u8]) -> Result<(), getrandom::Error> {
    Err(getrandom::Error::UNSUPPORTED)
}
getrandom::register_custom_getrandom!(no_randomness);
