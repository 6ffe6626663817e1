//! The only source of random numbers. `ASKFIRST_SEED` pins it.

use std::sync::atomic::{AtomicU32, Ordering};

/// The environment variable that pins the numbers: any whole number.
pub const SEED: &str = "ASKFIRST_SEED";

static CALLS: AtomicU32 = AtomicU32::new(0);

/// A number for a new id.
pub fn number() -> u32 {
    let seed = std::env::var(SEED).ok().and_then(|s| s.trim().parse().ok());
    match seed {
        Some(seed) => mix(seed, CALLS.fetch_add(1, Ordering::Relaxed)),
        None => getrandom::u32().unwrap_or_else(|_| {
            // Without entropy an id may repeat; creating a file that exists fails.
            mix(std::process::id(), CALLS.fetch_add(1, Ordering::Relaxed))
        }),
    }
}

/// A number that follows from `seed` and `n`.
pub fn mix(seed: u32, n: u32) -> u32 {
    let digest = blake3::derive_key(
        "askfirst pinned ids v1",
        &[seed.to_be_bytes(), n.to_be_bytes()].concat(),
    );
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
}
