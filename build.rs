//! How the program is linked.
//!
//! On Linux with glibc it lies at a fixed place in memory. At any other place
//! some twenty thousand addresses in its tables are put right whenever it
//! starts, on a hundred pages that it needs for itself then: a third of the
//! time that `askfirst due` took, and prompts and status lines wait for that.
//! The libraries, the heap and the stack still lie where the system puts them,
//! and the program has no unsafe code.

use std::env::var;
use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    let mut cargo = io::stdout();
    writeln!(cargo, "cargo:rerun-if-changed=build.rs")?;
    let is = |key: &str, value: &str| var(key).is_ok_and(|is| is == value);
    let features = var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let is_static = features.split(',').any(|feature| feature == "crt-static");
    let is_known = is("CARGO_CFG_TARGET_ARCH", "x86_64") || is("CARGO_CFG_TARGET_ARCH", "aarch64");
    if is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && is_known
        && !is_static
    {
        writeln!(cargo, "cargo:rustc-link-arg-bins=-no-pie")?;
    }
    Ok(())
}
