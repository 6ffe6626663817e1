//! Repairs: each keeps what was there in a backup first, and is done only where
//! the file is still as it was looked at.

use std::io;
use std::path::{Path, PathBuf};

use super::{Finding, Repair};
use crate::storage::disk::{self, Over};
use crate::storage::lock::Lock;
use crate::storage::prepared::Prepared;
use crate::storage::{Folder, create_folder, plainly};

/// Why a repair was not done. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotMended {
    #[error("it was changed since it was looked at")]
    Changed,
    #[error("could not {doing}: {}", plainly(source))]
    Io {
        doing: &'static str,
        source: io::Error,
    },
}

/// Where originals are kept: a folder of its own for each run, made by the
/// first repair.
#[derive(Debug, Clone)]
pub struct Backup {
    folder: PathBuf,
}

/// The folder of all backups. Hidden, and ignored by git.
const BACKUPS: &str = ".askfirst-backup";

impl Backup {
    /// A backup of `folder` under a name that says when.
    pub fn of(folder: &Folder, when: &str) -> Self {
        Self {
            folder: folder.path().join(BACKUPS).join(when),
        }
    }

    /// Where it is, once anything was mended.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Makes it. A link in its place could lead anywhere, and is refused.
    fn make(&self) -> io::Result<()> {
        let all = self.folder.parent().unwrap_or(&self.folder);
        for folder in [all, &self.folder] {
            match folder.symlink_metadata() {
                Ok(meta) if !meta.is_dir() => {
                    return Err(io::Error::other(format!(
                        "{} is there, and is no folder",
                        folder.display()
                    )));
                }
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        create_folder(&self.folder)?;
        let ignored = all.join(".gitignore");
        match ignored.symlink_metadata() {
            Ok(_) => Ok(()),
            Err(_) => Prepared::new(&ignored, b"*\n", 0o600)?.put(Over::New),
        }
    }

    /// A free name in it.
    fn free(&self, path: &Path) -> io::Result<PathBuf> {
        let name = path.file_name().unwrap_or(path.as_os_str());
        for number in 1..1000 {
            let mut name = name.to_owned();
            if number > 1 {
                name.push(format!(".{number}"));
            }
            let free = self.folder.join(name);
            match free.symlink_metadata() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(free),
                Err(error) => return Err(error),
                Ok(_) => {}
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

impl Folder {
    /// Does what `finding` offers; nothing where it offers nothing.
    ///
    /// # Errors
    /// Where the file is not as it was, or the disk refuses; it is as it was.
    pub fn mend(&self, finding: &Finding, backup: &Backup) -> Result<(), NotMended> {
        let failed = |doing| move |source| NotMended::Io { doing, source };
        let _lock = Lock::of(self.path()).map_err(failed("lock the folder"))?;
        let path = &finding.path;
        match &finding.repair {
            None => Ok(()),
            Some(Repair::Rights { mode }) => {
                set_rights(path, *mode).map_err(failed("change its mode"))
            }
            Some(Repair::PutAway) => {
                let meta = path.symlink_metadata().map_err(failed("look at it"))?;
                if !meta.is_file() {
                    return Err(NotMended::Changed);
                }
                let away = || -> io::Result<()> {
                    backup.make()?;
                    let to = backup.free(path)?;
                    std::fs::rename(path, &to)?;
                    // There first: a crash leaves it in one of the two.
                    disk::sync_folder(backup.path())?;
                    disk::sync_folder(self.path())
                };
                away().map_err(failed("put it away"))
            }
            Some(Repair::Write { was, text }) => {
                let now = disk::read(path).map_err(|_| NotMended::Changed)?;
                if now.text != *was {
                    return Err(NotMended::Changed);
                }
                let keep = || -> io::Result<()> {
                    backup.make()?;
                    let to = backup.free(path)?;
                    Prepared::new(&to, was.as_bytes(), 0o600)?.put(Over::New)
                };
                keep().map_err(failed("keep the original"))?;
                let write = || {
                    Prepared::new(path, text.as_bytes(), 0o600)?
                        .put_over(was.as_bytes(), text.as_bytes())
                };
                match write().map_err(failed("write it"))? {
                    true => Ok(()),
                    false => Err(NotMended::Changed),
                }
            }
        }
    }
}

/// Changes the rights of what was opened without following a link.
#[cfg(unix)]
fn set_rights(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
    let file = std::fs::OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
        .open(path)?;
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_rights(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
