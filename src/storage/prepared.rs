//! Files that are written whole under another name, and then take their place.

use std::io::{self, Write as _};
use std::path::Path;

use tempfile::TempPath;

use super::disk::{Over, above, sync_folder};

/// How the name of a temporary file begins and ends.
pub(super) const TEMPORARY: (&str, &str) = (".askfirst-", ".tmp");

/// How often somebody else may save in the moment of writing.
const SWAPS: usize = 16;

/// A file that is on the disk under a name that nobody looks for, and only has
/// to take its place. Dropped before that, it is taken away.
pub(super) struct Prepared<'a> {
    path: &'a Path,
    temporary: tempfile::NamedTempFile,
}

impl<'a> Prepared<'a> {
    /// Writes and syncs it, in the folder of `path`, which must exist. Its rights
    /// are those of the file that is there, else `mode`.
    pub fn new(path: &'a Path, bytes: &[u8], mode: u32) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        // No reader takes a hidden file that does not end in .toml for a brief.
        builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(mode));
        }
        #[cfg(not(unix))]
        let _ = mode;
        let mut temporary = builder.tempfile_in(above(path))?;
        #[cfg(unix)]
        match path.metadata() {
            Ok(meta) => {
                use std::os::unix::fs::PermissionsExt as _;
                let same = std::fs::Permissions::from_mode(meta.permissions().mode() & 0o777);
                temporary.as_file().set_permissions(same)?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            // Whoever may not read the old file might read the new one then.
            Err(error) => return Err(error),
        }
        temporary.write_all(bytes)?;
        // Skipping this gives an empty file after a crash on some file systems.
        temporary.as_file().sync_all()?;
        Ok(Self { path, temporary })
    }

    /// As [`Self::put`] over a file that holds `expected`, or not at all. False
    /// where it holds something else: an editor knows of no lock, and may save in
    /// the very moment in which the file is replaced.
    pub fn put_over(self, expected: &[u8], bytes: &[u8]) -> io::Result<bool> {
        let path = self.path;
        let name = self.temporary.into_temp_path();
        if !swap(&name, path)? {
            // Where names cannot be exchanged, the last look was just before.
            name.persist(path).map_err(|error| error.error)?;
            sync_folder(above(path))?;
            return Ok(true);
        }
        let mut out = taken(name, path)?;
        if out.1 == expected {
            sync_folder(above(path))?;
            return Ok(true);
        }
        // What came out is put back. If something else than what was put there
        // comes out now, somebody saved once more: then that is put back.
        let mut put = bytes.to_vec();
        for _ in 0..SWAPS {
            let (name, theirs) = out;
            if !swap(&name, path)? {
                return Err(left(name));
            }
            out = taken(name, path)?;
            if out.1 == put {
                sync_folder(above(path))?;
                return Ok(false);
            }
            put = theirs;
        }
        Err(left(out.0))
    }

    /// Lets it take its place, so that a crash does not undo it.
    pub fn put(self, over: Over) -> io::Result<()> {
        match over {
            Over::New => self.temporary.persist_noclobber(self.path),
            Over::Old => self.temporary.persist(self.path),
        }
        .map_err(|error| error.error)?;
        sync_folder(above(self.path))
    }
}

/// Exchanges the files behind two names in one step. False where that is not
/// possible.
#[cfg(target_os = "linux")]
fn swap(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn swap(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// What is under the temporary name after an exchange. Where that cannot be
/// found out, it is put back first.
fn taken(name: TempPath, path: &Path) -> io::Result<(TempPath, Vec<u8>)> {
    match std::fs::read(&name) {
        Ok(bytes) => Ok((name, bytes)),
        Err(error) => match swap(&name, path) {
            Ok(true) => Err(error),
            _ => Err(left(name)),
        },
    }
}

/// Leaves a file that may be the only copy of what somebody wrote.
fn left(name: TempPath) -> io::Error {
    let shown = name.display().to_string();
    match name.keep() {
        Ok(_) | Err(_) => io::Error::other(format!(
            "another program kept on saving; what it wrote last may be in {shown}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_where_it_holds_what_is_expected() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("one.toml");
        let put = |old: &str, new: &str| {
            let prepared = Prepared::new(&path, new.as_bytes(), 0o600).unwrap();
            prepared.put_over(old.as_bytes(), new.as_bytes())
        };
        Prepared::new(&path, b"a", 0o600)
            .unwrap()
            .put(Over::New)
            .unwrap();
        assert!(put("a", "b").unwrap());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "b");
        if cfg!(target_os = "linux") {
            assert!(!put("a", "c").unwrap(), "somebody saved b meanwhile");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), "b");
        }
        std::fs::remove_file(&path).unwrap();
        if cfg!(target_os = "linux") {
            assert_eq!(put("b", "c").unwrap_err().kind(), io::ErrorKind::NotFound);
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
