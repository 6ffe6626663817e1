//! Reading what the user names, and writing files beside briefs.

use std::io::Read;
use std::path::Path;

use super::{Failure, Streams, paste};
pub use crate::storage::plainly;
use crate::storage::{self, NotDelivered, Replace, Rights};

/// A longer text is no brief and no export; reading it would only take long.
pub const LONGEST: u64 = 16 * 1024 * 1024;

const INPUT: &str = "standard input";

const READ_AGAIN: &str = "nothing was written; see whether you can read it, and do it again";

/// The text of a file, or of standard input for `-`.
///
/// # Errors
///
/// When it cannot be read, is no regular file, is too long or no UTF-8.
pub fn read(path: &Path, streams: &mut Streams) -> Result<String, Failure> {
    let bytes = read_bytes(path, streams)?;
    text(&path.display().to_string(), bytes)
}

/// The bytes of a file, or of standard input for `-`.
///
/// # Errors
///
/// When it cannot be read, is no regular file, or is too long.
pub fn read_bytes(path: &Path, streams: &mut Streams) -> Result<Vec<u8>, Failure> {
    if path.as_os_str() == "-" {
        return read_input(streams);
    }
    read_file_bytes(path)
}

/// The text of a file.
///
/// # Errors
///
/// As [`read`].
pub fn read_file(path: &Path) -> Result<String, Failure> {
    text(&path.display().to_string(), read_file_bytes(path)?)
}

/// The bytes of a file: a mail may be in any encoding.
///
/// # Errors
///
/// When it cannot be read, is no regular file or is too long.
pub fn read_file_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let shown = path.display().to_string();
    let failed = |error: std::io::Error| {
        Failure::new(format!("could not read {shown}"))
            .because(plainly(&error))
            .hint(READ_AGAIN)
    };
    // A FIFO would wait for ever: look before opening.
    let kind = std::fs::metadata(path).map_err(failed)?;
    if !kind.is_file() {
        return Err(
            Failure::new(format!("could not read {shown}")).because("it is no regular file")
        );
    }
    if kind.len() > LONGEST {
        return Err(too_long(&shown));
    }
    let mut file = std::fs::File::open(path).map_err(failed)?;
    bytes(&shown, &mut file, kind.len())
}

/// The bytes of standard input.
///
/// # Errors
///
/// When it cannot be read or is too long.
pub fn read_input(streams: &mut Streams) -> Result<Vec<u8>, Failure> {
    bytes(INPUT, &mut streams.input, 0)
}

/// `size` is how many there are, or may be.
fn bytes(name: &str, from: &mut dyn Read, size: u64) -> Result<Vec<u8>, Failure> {
    // Room for one more, so that the end is found.
    let room = usize::try_from(size.min(LONGEST) + 1).unwrap_or_default();
    let mut bytes = Vec::with_capacity(room);
    from.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| {
            Failure::new(format!("could not read {name}"))
                .because(plainly(&error))
                .hint(READ_AGAIN)
        })?;
    if bytes.len() as u64 > LONGEST {
        return Err(too_long(name));
    }
    Ok(bytes)
}

fn text(name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    let name = if name == "-" { INPUT } else { name };
    String::from_utf8(bytes).map_err(|error| {
        Failure::new(format!("could not read {name}")).because(format!(
            "it is no text in UTF-8 from byte {} on",
            error.utf8_error().valid_up_to()
        ))
    })
}

fn too_long(name: &str) -> Failure {
    Failure::new(format!("could not read {name}"))
        .because(format!("it is longer than {} MiB", LONGEST / 1024 / 1024))
}

/// Writes a whole file or nothing.
///
/// # Errors
///
/// As [`storage::deliver`].
pub fn write(path: &Path, content: impl AsRef<[u8]>, replace: Replace<'_>) -> Result<(), Failure> {
    storage::deliver(path, content, replace, Rights::Usual)
        .map_err(|error| not_written(path, &error))
}

/// A file that was not written, in words for the user.
pub fn not_written(path: &Path, error: &NotDelivered) -> Failure {
    let failure = Failure::new(format!("could not write {}", path.display()));
    match error {
        NotDelivered::Folder(_) => failure.because("it is a folder"),
        NotDelivered::NoFolder(missing) => failure.because(error).hint(format!(
            "make it with: mkdir -p {}",
            paste::word_of_shell(&missing.display().to_string())
        )),
        NotDelivered::Io { source, .. } => failure
            .because(plainly(source))
            .hint("what was there is as it was; name another file, or do it again"),
        NotDelivered::NoName | NotDelivered::Taken(_) => failure.because(error),
    }
}

/// Makes a folder and those above it, private where they are new.
///
/// # Errors
///
/// When that is not possible.
pub fn make_folder(path: &Path) -> Result<(), Failure> {
    storage::create_folder(path).map_err(|error| {
        Failure::new(format!("could not make the folder {}", path.display()))
            .because(plainly(&error))
            .hint("name another one, or do it again")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_folder_is_named_with_the_way_to_make_it() {
        let dir = tempfile::tempdir().unwrap();
        let failure = write(&dir.path().join("no/such.md"), "x", Replace::Always).unwrap_err();
        assert!(failure.why.contains("there is no folder"), "{failure:?}");
        assert!(failure.hints[0].contains("mkdir -p"), "{failure:?}");
    }

    #[test]
    fn what_is_no_text_file_is_refused_in_words() {
        let dir = tempfile::tempdir().unwrap();
        assert!(read_file(dir.path()).unwrap_err().why.contains("regular"));
        let path = dir.path().join("bin");
        storage::write_atomically(&path, b"ab\xff").unwrap();
        assert!(read_file(&path).unwrap_err().why.contains("byte 2"));
    }
}
