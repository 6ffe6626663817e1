//! Files that the user named and that are no briefs: exports, messages, copies.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{self, Over};

/// A longer file is not looked into: it is no export of this program.
const LONGEST: u64 = 16 * 1024 * 1024;

/// Whether a file that is there already may be replaced.
#[derive(Clone, Copy)]
pub enum Replace<'a> {
    Never,
    Always,
    /// When this says so of the bytes of the file, as for earlier exports.
    If(&'a dyn Fn(&[u8]) -> bool),
}

/// Who may read a new file. One that is there keeps its rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    /// Whoever may read what the user's other programs write.
    Usual,
    /// The user alone.
    Private,
    /// As usual, and whoever may read it may run it.
    Program,
}

/// Why nothing was written. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotDelivered {
    #[error("no file is named")]
    NoName,
    #[error("{} is a folder", .0.display())]
    Folder(PathBuf),
    #[error("there is no folder {}", .0.display())]
    NoFolder(PathBuf),
    #[error("there is a file of that name already")]
    Taken(PathBuf),
    #[error("{source}")]
    Io { path: PathBuf, source: io::Error },
}

/// Whether a file could be written there, as far as can be told beforehand.
///
/// # Errors
/// As [`deliver`].
pub fn may_deliver(path: &Path, replace: Replace<'_>) -> Result<(), NotDelivered> {
    if path.as_os_str().is_empty() {
        return Err(NotDelivered::NoName);
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // What cannot be looked at may be anything: only "not found" means free.
    let failed = |source| NotDelivered::Io {
        path: path.to_owned(),
        source,
    };
    match folder.metadata() {
        Ok(meta) if meta.is_dir() => {}
        Err(error) if !is_missing(&error) => return Err(failed(error)),
        _ => return Err(NotDelivered::NoFolder(folder.to_owned())),
    }
    let link = match path.symlink_metadata() {
        Ok(link) => link,
        Err(error) if is_missing(&error) => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    let found = path.metadata().unwrap_or(link);
    if found.is_dir() {
        return Err(NotDelivered::Folder(path.to_owned()));
    }
    let replaced = match replace {
        // A terminal or /dev/stdout is written to, not replaced.
        _ if !found.is_file() && !found.is_symlink() => true,
        Replace::Never => false,
        Replace::Always => true,
        Replace::If(ours) => {
            found.len() <= LONGEST && std::fs::read(path).is_ok_and(|old| ours(&old))
        }
    };
    if replaced {
        Ok(())
    } else {
        Err(NotDelivered::Taken(path.to_owned()))
    }
}

fn is_missing(error: &io::Error) -> bool {
    use io::ErrorKind as K;
    matches!(error.kind(), K::NotFound | K::NotADirectory)
}

/// Writes a file whole or not at all, and so that a crash does not lose it. A
/// link is written through.
///
/// # Errors
/// When there is no folder for it, it is a folder, there is a file that must
/// not be replaced, or the file system refuses.
pub fn deliver(
    path: &Path,
    content: impl AsRef<[u8]>,
    replace: Replace<'_>,
    rights: Rights,
) -> Result<(), NotDelivered> {
    may_deliver(path, replace)?;
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => NotDelivered::Taken(path.to_owned()),
        io::ErrorKind::IsADirectory => NotDelivered::Folder(path.to_owned()),
        _ => NotDelivered::Io {
            path: path.to_owned(),
            source,
        },
    };
    let over = match replace {
        Replace::Never => Over::New,
        Replace::Always | Replace::If(_) => Over::Old,
    };
    let mode = match rights {
        // The umask takes away what the user does not want to give.
        Rights::Usual => 0o666,
        Rights::Private => 0o600,
        Rights::Program => 0o777,
    };
    disk::write_through(path, content.as_ref(), over, mode).map_err(failed)
}

/// Writes a private file under the first free of the names `stem-1.extension`,
/// `stem-2.extension` and so on, and says where: for text that has no other place.
///
/// # Errors
/// As [`deliver`].
pub fn keep_text(
    folder: &Path,
    stem: &str,
    extension: &str,
    text: &str,
) -> Result<PathBuf, NotDelivered> {
    let mut number = 1;
    loop {
        let path = folder.join(format!("{stem}-{number}.{extension}"));
        match deliver(&path, text, Replace::Never, Rights::Private) {
            Ok(()) => return Ok(path),
            Err(NotDelivered::Taken(_) | NotDelivered::Folder(_)) if number < 1000 => number += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Removes a file, and up to so many folders above it as long as they are empty.
///
/// # Errors
/// As of the file system; a file that is not there is removed already.
pub fn take_back(path: &Path, folders: usize) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    for folder in path.ancestors().skip(1).take(folders) {
        if std::fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str, replace: Replace<'_>) -> Result<(), NotDelivered> {
        deliver(path, text, replace, Rights::Usual)
    }

    #[test]
    fn a_file_is_replaced_only_when_that_is_meant() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        let read = || std::fs::read_to_string(&path).unwrap();
        write(&path, "one", Replace::Never).unwrap();
        let again = write(&path, "two", Replace::Never);
        assert!(matches!(again, Err(NotDelivered::Taken(_))), "{again:?}");
        let foreign = write(&path, "two", Replace::If(&|old| old == b"mine"));
        assert!(matches!(foreign, Err(NotDelivered::Taken(_))));
        assert_eq!(read(), "one");
        write(&path, "two", Replace::If(&|old| old == b"one")).unwrap();
        assert_eq!(read(), "two");
        write(&path, "three", Replace::Always).unwrap();
        assert_eq!(read(), "three");
    }

    #[test]
    fn a_missing_folder_a_folder_and_no_name_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let missing = write(&dir.path().join("no/such.md"), "x", Replace::Always);
        assert!(missing.unwrap_err().to_string().contains("no folder"));
        let folder = write(dir.path(), "x", Replace::Always);
        assert!(matches!(folder, Err(NotDelivered::Folder(_))));
        let nothing = write(Path::new(""), "x", Replace::Always);
        assert!(matches!(nothing, Err(NotDelivered::NoName)));
    }

    #[test]
    fn bytes_that_are_no_text_are_looked_at_and_written_too() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("bin");
        disk::replace(&path, b"ab\xff", Over::New).unwrap();
        let over = deliver(&path, b"x", Replace::If(&|old| old == b"x"), Rights::Usual);
        assert!(matches!(over, Err(NotDelivered::Taken(_))));
        let ours = Replace::If(&|old| old == b"ab\xff");
        deliver(&path, b"\xfe\xff", ours, Rights::Usual).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"\xfe\xff");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_written_through_and_rights_are_kept() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("real"), dir.path().join("link"));
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        deliver(&real, "one", Replace::Never, Rights::Private).unwrap();
        assert_eq!(mode(&real), 0o600);
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write(&link, "two", Replace::Always).unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(std::fs::read_to_string(&real).unwrap(), "two");
        assert_eq!(mode(&real), 0o600);
        // A link to nothing is no free name.
        let dangling = dir.path().join("dangling");
        std::os::unix::fs::symlink(dir.path().join("gone"), &dangling).unwrap();
        assert!(write(&dangling, "x", Replace::Never).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to() {
        write(Path::new("/dev/null"), "x", Replace::Never).unwrap();
    }

    #[test]
    fn text_without_a_place_gets_the_first_free_name() {
        let dir = tempfile::tempdir().unwrap();
        for number in 1..3 {
            let path = keep_text(dir.path(), "a.edited", "txt", "mine").unwrap();
            assert_eq!(path, dir.path().join(format!("a.edited-{number}.txt")));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
        }
        assert!(keep_text(&dir.path().join("none"), "a", "txt", "mine").is_err());
    }

    #[test]
    fn a_file_goes_with_the_empty_folders_made_for_it_and_no_others() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("a/b/c");
        let make = || {
            std::fs::create_dir_all(&deep).unwrap();
            write(&deep.join("x"), "x", Replace::Never).unwrap();
        };
        make();
        take_back(&deep.join("x"), 2).unwrap();
        assert!(dir.path().join("a").exists() && !dir.path().join("a/b").exists());
        make();
        write(&dir.path().join("a/b/own"), "", Replace::Never).unwrap();
        take_back(&deep.join("x"), 3).unwrap();
        assert!(dir.path().join("a/b/own").exists() && !deep.exists());
        take_back(&deep.join("x"), 0).unwrap();
    }
}
