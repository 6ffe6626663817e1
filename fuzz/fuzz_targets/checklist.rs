//! Any bytes as a checklist.

#![no_main]

#[allow(dead_code, reason = "each target has its own check")]
#[path = "../checks/mod.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checks::checklist::check(data));
