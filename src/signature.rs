//! Verifying and making SSH signatures with the user's own `ssh-keygen`, as git
//! does. The only place that starts it: arguments go as a list, no shell sees
//! them, and the text that is signed or verified goes by file or pipe.

mod again;
mod allowed;
mod check;
mod program;

pub use again::{Judged, Verdict, judge};
pub use allowed::{Allowed, NotAllowed, Signers, find as find_signers};
pub use check::{Unfit, customer_for, principal_of, verified_text};
pub use program::{NotRun, sign};

use std::io::Read as _;
use std::path::Path;

use crate::domain::signature::LONGEST;

/// Reads a file that should hold a signature: a regular file of a sensible
/// size, so that nothing blocks and nothing is read without end.
///
/// # Errors
///
/// What it is instead, in words.
pub fn read(path: &Path) -> Result<String, String> {
    let plainly = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    };
    // A FIFO would wait for ever: look before opening.
    let meta = std::fs::metadata(path).map_err(plainly)?;
    if meta.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if !meta.is_file() {
        return Err("it is no regular file".to_owned());
    }
    let file = std::fs::File::open(path).map_err(plainly)?;
    let mut bytes = Vec::new();
    let longest = LONGEST as u64 + 1;
    file.take(longest)
        .read_to_end(&mut bytes)
        .map_err(plainly)?;
    if bytes.len() > LONGEST {
        return Err("it is longer than any signature".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "it is no text: give the armoured file".to_owned())
}
