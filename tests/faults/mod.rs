//! Nothing is lost when a system call fails, or the program is killed there.
//!
//! A fault is put into the real program by `strace --inject`, at every system
//! call of every command that writes, one run a fault. Afterwards each file must
//! be wholly the old or wholly the new one, and the program must have told the
//! truth. `ASKFIRST_LONG=1` runs all points; else every so many are tried.

mod cases;
mod crash;
mod interface;
mod judge;
mod kill;
mod race;
mod sweep;
mod trace;
mod tree;

use std::path::Path;
use std::process::Command;

/// Whether everything is tried rather than a part.
pub fn is_long() -> bool {
    std::env::var_os("ASKFIRST_LONG").is_some_and(|v| !v.is_empty() && v != "0")
}

/// Whether programs can be traced here; says so where not.
pub fn can_trace() -> bool {
    let traced = Command::new("strace")
        .args(["-o", "/dev/null", "-e", "trace=none", "true"])
        .output()
        .is_ok_and(|done| done.status.success());
    if !traced {
        eprintln!("strace is missing or not allowed; nothing was tried");
    }
    traced
}

fn exists(program: &str) -> bool {
    ["/usr/bin", "/bin"]
        .iter()
        .any(|folder| Path::new(folder).join(program).exists())
}
