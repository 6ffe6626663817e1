//! Small private files of the program itself that may be lost: read without
//! surprises and replaced as a whole, and not synced. A crash can empty one,
//! and nobody minds.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{disk, stamp};

/// How long is waited for another run that writes just now: a person waits for
/// their prompt.
const PATIENCE: [u64; 6] = [1, 4, 10, 20, 40, 80];

/// A folder of such files, made by the first write.
#[derive(Debug, Clone)]
pub struct Scrap {
    folder: PathBuf,
}

impl Scrap {
    /// The one at `folder`.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// The text of a file, and when it was written, since 1970; `None` where
    /// there is no such text, whatever the reason.
    pub fn read(&self, name: &str) -> Option<(String, Duration)> {
        let found = disk::read(&self.folder.join(name)).ok()?;
        Some((found.text, stamp::modified(&found.meta)))
    }

    /// The beginning of a file that is this user's, so many bytes of it at most.
    pub fn read_front(&self, name: &str, most: usize) -> Option<Vec<u8>> {
        disk::read_front(&self.folder.join(name), most)
    }

    /// The names of the files.
    pub fn names(&self) -> Vec<String> {
        let names = disk::names(&self.folder).unwrap_or_default();
        let names = names.into_iter();
        names
            .filter_map(|name| name.to_str().map(str::to_owned))
            .collect()
    }

    /// Holds off other runs until it is dropped.
    ///
    /// # Errors
    ///
    /// `WouldBlock` where another run holds it for long, else as of the file
    /// system.
    pub fn lock(&self) -> io::Result<File> {
        disk::create_folder(&self.folder)?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600).custom_flags(libc::O_NOFOLLOW);
        }
        let file = options.open(self.folder.join("lock"))?;
        for pause in PATIENCE {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) => {
                    std::thread::sleep(Duration::from_millis(pause));
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Err(io::ErrorKind::WouldBlock.into())
    }

    /// Replaces a file, or makes it.
    ///
    /// # Errors
    ///
    /// As of the file system; the old file is as it was.
    pub fn write(&self, name: &str, text: &str) -> io::Result<()> {
        disk::create_folder(&self.folder)?;
        // Private by default.
        let mut temporary = tempfile::Builder::new()
            .prefix(".askfirst-")
            .suffix(".tmp")
            .tempfile_in(&self.folder)?;
        temporary.write_all(text.as_bytes())?;
        temporary.persist(self.folder.join(name))?;
        Ok(())
    }

    /// The bytes of a file that is this user's.
    pub(super) fn read_bytes(&self, name: &str) -> Option<Vec<u8>> {
        disk::read_own(&self.folder.join(name))
    }

    /// Opens a file that is this user's to read it.
    pub(super) fn open(&self, name: &str) -> Option<File> {
        disk::open_own(&self.folder.join(name))
    }

    /// Opens a file that is this user's to write to its end.
    pub(super) fn append(&self, name: &str) -> Option<File> {
        let mut options = OpenOptions::new();
        options.append(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
        }
        let file = options.open(self.folder.join(name)).ok()?;
        disk::is_own(&file.metadata().ok()?).then_some(file)
    }

    /// Holds off other runs until it is dropped, by a file of that name; `None`
    /// where another one holds it, or it cannot be held.
    pub(super) fn try_lock(&self, name: &str) -> Option<File> {
        disk::create_folder(&self.folder).ok()?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600).custom_flags(libc::O_NOFOLLOW);
        }
        let file = options.open(self.folder.join(name)).ok()?;
        file.try_lock().ok()?;
        Some(file)
    }

    /// Begins a file that gets its name when it is whole.
    pub(super) fn draft(&self) -> io::Result<Draft> {
        disk::create_folder(&self.folder)?;
        let file = tempfile::Builder::new()
            .prefix(".askfirst-")
            .suffix(".tmp")
            .tempfile_in(&self.folder)?;
        Ok(Draft {
            made: stamp::modified(&file.as_file().metadata()?),
            file,
            folder: self.folder.clone(),
        })
    }

    /// Removes a file.
    pub fn remove(&self, name: &str) {
        let _ = std::fs::remove_file(self.folder.join(name));
    }
}

/// A file that has no name yet. Dropped without one it is gone.
#[derive(Debug)]
pub(super) struct Draft {
    file: tempfile::NamedTempFile,
    folder: PathBuf,
    /// When it was made, by the clock of the file system, since 1970.
    pub made: Duration,
}

impl Draft {
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Writes over the front of the file, and goes on there.
    pub fn write_front(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.rewind()?;
        self.file.write_all(bytes)
    }

    /// Another handle of the file.
    pub fn file(&self) -> io::Result<File> {
        self.file.as_file().try_clone()
    }

    pub fn keep(self, name: &str) -> io::Result<()> {
        self.file.persist(self.folder.join(name))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_is_private() {
        let dir = tempfile::tempdir().unwrap();
        let scrap = Scrap::at(dir.path().join("a/b"));
        assert_eq!(scrap.read("one"), None);
        assert!(scrap.names().is_empty());
        scrap.write("one", "1").unwrap();
        scrap.write("one", "2").unwrap();
        assert_eq!(scrap.read("one").unwrap().0, "2");
        assert_eq!(scrap.names(), ["one"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(scrap.path()), 0o700);
            assert_eq!(mode(&scrap.path().join("one")), 0o600);
        }
        scrap.remove("one");
        assert_eq!(scrap.read("one"), None);
    }

    #[test]
    fn one_run_at_a_time_holds_it_and_the_other_gives_up() {
        let dir = tempfile::tempdir().unwrap();
        let scrap = Scrap::at(dir.path());
        let held = scrap.lock().unwrap();
        let other = scrap.lock().unwrap_err();
        assert_eq!(other.kind(), io::ErrorKind::WouldBlock);
        drop(held);
        assert!(scrap.lock().is_ok());
    }

    #[test]
    fn a_place_that_takes_nothing_is_no_error() {
        let dir = tempfile::tempdir().unwrap();
        let scrap = Scrap::at(dir.path().join("file/below"));
        File::create(dir.path().join("file")).unwrap();
        assert!(scrap.lock().is_err());
        assert!(scrap.write("one", "1").is_err());
        assert_eq!(scrap.read("one"), None);
    }
}
