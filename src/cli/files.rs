//! Reading what the user names, and writing files beside briefs.

use std::io::{Read, Write};
use std::path::Path;

use super::{Failure, Streams};

/// A longer text is no brief and no export; reading it would only take long.
pub const LONGEST: u64 = 16 * 1024 * 1024;

/// The text of a file, or of standard input for `-`.
///
/// # Errors
///
/// When it cannot be read, is no regular file, is too long or no UTF-8.
pub fn read(path: &Path, streams: &mut Streams) -> Result<String, Failure> {
    if path.as_os_str() == "-" {
        return text("standard input", &mut streams.input);
    }
    read_file(path)
}

/// The text of a file.
///
/// # Errors
///
/// As [`read`].
pub fn read_file(path: &Path) -> Result<String, Failure> {
    let shown = path.display().to_string();
    let failed = |error: std::io::Error| {
        Failure::new(format!("could not read {shown}")).because(plainly(&error))
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
    text(&shown, &mut file)
}

fn text(name: &str, from: &mut dyn Read) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    from.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::new(format!("could not read {name}")).because(plainly(&error)))?;
    if bytes.len() as u64 > LONGEST {
        return Err(too_long(name));
    }
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

/// The folder that a file goes into.
///
/// # Errors
///
/// When there is no such folder.
pub fn folder_of(path: &Path) -> Result<&Path, Failure> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if folder.is_dir() {
        return Ok(folder);
    }
    let (shown, missing) = (path.display(), folder.display());
    Err(Failure::new(format!("could not write {shown}"))
        .because(format!("there is no folder {missing}"))
        .hint(format!("make it with: mkdir -p {missing}")))
}

/// Writes a whole file or nothing: a file of that name is replaced in one step.
/// A new file is private until the user shares it.
///
/// # Errors
///
/// When the folder is missing or the file cannot be written.
pub fn write(path: &Path, text: &str, replace: bool) -> Result<(), Failure> {
    write_with_mode(path, text, replace, 0o600)
}

/// Writes a new file that a team shares, with the usual rights.
///
/// # Errors
///
/// As [`write`], and when there is a file of that name.
pub fn write_shared(path: &Path, text: &str) -> Result<(), Failure> {
    write_with_mode(path, text, false, 0o644)
}

/// Writes a file for everybody to read, in place of an earlier one.
///
/// # Errors
///
/// As [`write`].
pub fn write_over(path: &Path, text: &str) -> Result<(), Failure> {
    write_with_mode(path, text, true, 0o644)
}

fn write_with_mode(path: &Path, text: &str, replace: bool, new: u32) -> Result<(), Failure> {
    let shown = path.display().to_string();
    let folder = folder_of(path)?;
    let failed = |error: std::io::Error| {
        Failure::new(format!("could not write {shown}")).because(plainly(&error))
    };
    // A link is written through, as any other program does.
    let target = match std::fs::canonicalize(path) {
        Ok(target) if target.is_dir() => {
            return Err(Failure::new(format!("could not write {shown}")).because("it is a folder"));
        }
        Ok(target) => target,
        Err(_) => path.to_owned(),
    };
    let beside = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => folder,
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".askfirst-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A file that is there keeps its rights.
        let mode = std::fs::metadata(&target).map_or(new, |m| m.permissions().mode() & 0o777);
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = new;
    let mut file = builder.tempfile_in(beside).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    let kept = if replace {
        file.persist(&target)
    } else {
        file.persist_noclobber(&target)
    };
    kept.map(drop).map_err(|error| failed(error.error))
}

/// Makes a folder and those above it, private where they are new.
///
/// # Errors
///
/// When that is not possible.
pub fn make_folder(path: &Path) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| {
        Failure::new(format!("could not make the folder {}", path.display()))
            .because(plainly(&error))
    })
}

/// An operating system's error without its number.
pub fn plainly(error: &std::io::Error) -> String {
    use std::io::ErrorKind as K;
    match error.kind() {
        K::NotFound => "there is no such file".to_owned(),
        K::PermissionDenied => "it is not allowed".to_owned(),
        K::AlreadyExists => "there is a file of that name already".to_owned(),
        K::StorageFull => "the disk is full".to_owned(),
        K::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        K::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_folder_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let failure = write(&dir.path().join("no/such.md"), "x", true).unwrap_err();
        assert!(failure.why.contains("there is no folder"), "{failure:?}");
    }

    #[test]
    fn a_file_is_replaced_only_when_that_is_meant() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        write(&path, "one", false).unwrap();
        assert!(write(&path, "two", false).is_err());
        assert_eq!(read_file(&path).unwrap(), "one");
        write(&path, "three", true).unwrap();
        assert_eq!(read_file(&path).unwrap(), "three");
    }

    #[test]
    fn what_is_no_text_file_is_refused_in_words() {
        let dir = tempfile::tempdir().unwrap();
        assert!(read_file(dir.path()).unwrap_err().why.contains("regular"));
        let path = dir.path().join("bin");
        let mut file = std::fs::File::create(&path).unwrap();
        file.write_all(b"ab\xff").unwrap();
        assert!(read_file(&path).unwrap_err().why.contains("byte 2"));
    }
}
