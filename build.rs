//! How the program is linked.
//!
//! Prompts and status lines wait for `askfirst due`, and most of its time is that
//! of the start.
//!
//! On Linux with glibc it lies at a fixed place in memory. At any other place
//! some twenty thousand addresses in its tables are put right whenever it
//! starts, on a hundred pages that it needs for itself then: a third of the
//! time that `askfirst due` took. The libraries, the heap and the stack still lie
//! where the system puts them, and the program has no unsafe code.
//!
//! Where it is built for use, the functions that run and the constants that are read
//! lie together (`layout.ld`), instead of among the others in 15 MB: fewer of its
//! pages are asked for one by one, and they need less memory. Names that are not
//! there any more do nothing, so the script ages with the source: the names of
//! functions slowly, those of constants, which are numbers, at the next change. A
//! linker that does not know such scripts is not given one. GNU ld puts the constants
//! among the functions, where they can be read as well.
//!
//! What unwinds a panic is part of the program then, not a library of its own that is
//! looked for at each start: a fifteenth of the time.

use std::env::var;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const SCRIPT: &str = "layout.ld";
const MAP: &str = "ASKFIRST_MAP";
const UNWINDING: &str = "static:-bundle=gcc_eh";

fn main() -> io::Result<()> {
    let mut cargo = io::stdout();
    writeln!(cargo, "cargo:rerun-if-changed=build.rs")?;
    writeln!(cargo, "cargo:rerun-if-changed={SCRIPT}")?;
    let is = |key: &str, value: &str| var(key).is_ok_and(|is| is == value);
    let features = var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let is_static = features.split(',').any(|feature| feature == "crt-static");
    let is_known = is("CARGO_CFG_TARGET_ARCH", "x86_64") || is("CARGO_CFG_TARGET_ARCH", "aarch64");
    let is_fuzzed = var("CARGO_CFG_FUZZING").is_ok();
    if !is("CARGO_CFG_TARGET_OS", "linux")
        || !is("CARGO_CFG_TARGET_ENV", "gnu")
        || !is_known
        || is_static
    {
        return Ok(());
    }
    writeln!(cargo, "cargo:rustc-link-arg-bins=-no-pie")?;
    if !is("PROFILE", "release") || is_fuzzed {
        return Ok(());
    }
    let script = Path::new(&var("CARGO_MANIFEST_DIR").unwrap_or_default()).join(SCRIPT);
    let script = format!("-Wl,-T,{}", script.display());
    if can_be_linked(&format!("-Clink-arg={script}")) {
        writeln!(cargo, "cargo:rustc-link-arg-bins={script}")?;
    }
    // Where the parts of the program are: what makes the script asks for it.
    writeln!(cargo, "cargo:rerun-if-env-changed={MAP}")?;
    if let Ok(map) = var(MAP) {
        writeln!(cargo, "cargo:rustc-link-arg-bins=-Wl,-Map={map}")?;
    }
    if can_be_linked(&format!("-l{UNWINDING}")) {
        writeln!(cargo, "cargo:rustc-link-lib={UNWINDING}")?;
    }
    Ok(())
}

/// Whether the least program can be linked with an argument.
fn can_be_linked(arg: &str) -> bool {
    let (Ok(rustc), Ok(target), Ok(folder)) = (var("RUSTC"), var("TARGET"), var("OUT_DIR")) else {
        return false;
    };
    let mut command = Command::new(rustc);
    let flags = var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    command.args(flags.split('\x1f').filter(|flag| !flag.is_empty()));
    if let Ok(linker) = var("RUSTC_LINKER") {
        command.arg(format!("-Clinker={linker}"));
    }
    let least = PathBuf::from(folder).join("least");
    command.args([
        "--crate-name=least",
        "--crate-type=bin",
        "--target",
        &target,
    ]);
    command.args(["-Clink-arg=-no-pie", arg, "-o"]);
    command.arg(least).arg("-");
    command.stdin(Stdio::piped());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut linked = || {
        let mut running = command.spawn()?;
        if let Some(mut source) = running.stdin.take() {
            source.write_all(b"fn main() {}")?;
        }
        running.wait()
    };
    linked().is_ok_and(|status: std::process::ExitStatus| status.success())
}
