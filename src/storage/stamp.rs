//! What tells, without reading them, which files of a folder have changed.

use std::fs::Metadata;
use std::hash::{Hash, Hasher as _};
use std::time::Duration;

use super::folder::{Folder, GOALS};
use super::{StoreError, disk};
use crate::domain::BriefId;

/// One file of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    pub id: BriefId,
    /// Differs when the file does, as far as the platform can tell: its size,
    /// its times and its number.
    pub number: u64,
    /// When it was last written, since 1970. A file that is not older than
    /// what is known of it may have changed twice within one tick of the clock.
    pub modified: Duration,
}

impl Folder {
    /// The files that can be briefs, by id; nothing is opened.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read. One that is not there has no files.
    pub fn stamps(&self) -> Result<Vec<Stamp>, StoreError> {
        let failed = |source| StoreError::Io {
            doing: "read",
            path: self.path().to_owned(),
            source,
        };
        let mut stamps = Vec::new();
        for entry in disk::entries(self.path()).map_err(failed)? {
            let name = entry.file_name();
            // An id is plain letters: other names need no care here.
            let stem = name.to_str().and_then(|name| name.strip_suffix(".toml"));
            let id = stem.filter(|stem| *stem != GOALS);
            let id = id.and_then(|id| BriefId::parse(id).ok());
            // What went away since it was listed is no file.
            if let (Some(id), Ok(meta)) = (id, entry.metadata()) {
                stamps.push(Stamp {
                    id,
                    number: number(&meta),
                    modified: modified(&meta),
                });
            }
        }
        stamps.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        Ok(stamps)
    }
}

/// When a file was last written, since 1970.
pub(super) fn modified(meta: &Metadata) -> Duration {
    let time = meta.modified().ok();
    let since = time.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    since.unwrap_or_default()
}

#[cfg(unix)]
fn number(meta: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    // The time of the last change of any kind is not to be turned back, as by
    // an editor or an archive that keeps times.
    hash(&(
        (meta.len(), meta.ino(), meta.dev()),
        (meta.mtime(), meta.mtime_nsec()),
        (meta.ctime(), meta.ctime_nsec()),
    ))
}

#[cfg(not(unix))]
fn number(meta: &Metadata) -> u64 {
    hash(&(meta.len(), modified(meta)))
}

fn hash(what: &impl Hash) -> u64 {
    // Without a seed: the same in the next run.
    let mut hasher = std::hash::DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::write_atomically;

    #[test]
    fn every_way_to_change_a_file_changes_its_stamp() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        let path = dir.path().join("one.toml");
        let stamp = || folder.stamps().unwrap().pop().unwrap().number;
        write_atomically(&path, b"title = \"a\"\n").unwrap();
        let first = stamp();
        assert_eq!(stamp(), first);
        // The same size.
        write_atomically(&path, b"title = \"b\"\n").unwrap();
        let second = stamp();
        assert_ne!(second, first);
        write_atomically(&path, b"title = \"longer\"\n").unwrap();
        assert_ne!(stamp(), second);
    }

    #[test]
    fn only_files_that_can_be_briefs_have_stamps() {
        let dir = tempfile::tempdir().unwrap();
        for name in [
            "one.toml",
            "goals.toml",
            "README.md",
            ".hidden.toml",
            "No Id.toml",
        ] {
            write_atomically(&dir.path().join(name), b"").unwrap();
        }
        let stamps = Folder::at(dir.path()).stamps().unwrap();
        assert_eq!(stamps.len(), 1);
        assert_eq!(stamps[0].id.as_str(), "one");
        assert_eq!(Folder::at(dir.path().join("none")).stamps().unwrap(), []);
    }
}
