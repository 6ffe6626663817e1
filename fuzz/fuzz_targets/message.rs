//! Any texts in a brief, in every form in which it leaves.

#![no_main]

#[allow(dead_code, reason = "each target has its own check")]
#[path = "../checks/mod.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checks::message::check(data));
