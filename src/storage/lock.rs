//! One writer at a time in a folder, for the moment of writing.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

/// Holds a folder against other writers of this program until dropped. The
/// lock is the kernel's, so nothing is left behind by a crash.
pub(super) struct Lock {
    _file: File,
}

/// The pauses while another one writes, in milliseconds: a save takes a few of
/// them, on a slow disk some hundred. The last is taken again and again.
const PAUSES: [u64; 6] = [1, 2, 4, 8, 16, 25];

/// How often is tried before it is said that somebody holds the folder: about
/// ten seconds, after which a stopped program must not stop this one as well.
const TRIES: usize = 400;

/// Whether a folder can be locked.
enum Held {
    Yes,
    /// Not on this file system.
    Never,
}

impl Lock {
    /// Waits for the folder.
    pub fn of(folder: &Path) -> io::Result<Self> {
        if cfg!(unix) {
            let file = File::open(folder)?;
            match wait(&file)? {
                Held::Yes => return Ok(Self { _file: file }),
                // Some network file systems lock only files open for writing.
                Held::Never => {}
            }
        }
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600).custom_flags(libc::O_NOFOLLOW);
        }
        let file = options.open(folder.join(".askfirst-lock"))?;
        // Better an unlocked write, checked against what was read, than none.
        wait(&file)?;
        Ok(Self { _file: file })
    }
}

fn wait(file: &File) -> io::Result<Held> {
    for pause in (0..TRIES).map(|n| PAUSES.get(n).copied().unwrap_or(25)) {
        match file.try_lock() {
            Ok(()) => return Ok(Held::Yes),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(pause)),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::Error(error)) if is_unsupported(&error) => return Ok(Held::Never),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(io::Error::new(
        io::ErrorKind::ResourceBusy,
        "another program has been writing there for ten seconds",
    ))
}

#[cfg(unix)]
fn is_unsupported(error: &io::Error) -> bool {
    // What network file systems say: not on a folder, not at all, no service.
    const SAID: [i32; 4] = [libc::EBADF, libc::EINVAL, libc::ENOSYS, libc::ENOLCK];
    error.kind() == io::ErrorKind::Unsupported
        || error
            .raw_os_error()
            .is_some_and(|code| SAID.contains(&code))
}

#[cfg(not(unix))]
fn is_unsupported(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_a_folder_and_the_next_one_gets_it_after_that() {
        let dir = tempfile::tempdir().unwrap();
        let held = Lock::of(dir.path()).unwrap();
        let other = File::open(dir.path()).unwrap();
        assert!(matches!(other.try_lock(), Err(TryLockError::WouldBlock)));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| Lock::of(dir.path()).map(drop));
            drop(held);
            waiting.join().unwrap().unwrap();
        });
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_is_held_for_long_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let _held = Lock::of(dir.path()).unwrap();
        let told = Lock::of(dir.path()).err().unwrap();
        assert!(told.to_string().contains("another program"), "{told}");
    }
}
