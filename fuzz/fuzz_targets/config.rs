//! Any bytes as the settings, and as the list of goals.

#![no_main]

#[allow(dead_code, reason = "each target has its own check")]
#[path = "../checks/mod.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checks::config::check(data));
