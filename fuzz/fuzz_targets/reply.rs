//! Any bytes as a reply: read, matched, and nothing lost.

#![no_main]

#[allow(dead_code, reason = "each target has its own check")]
#[path = "../checks/mod.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checks::reply::check(data));
