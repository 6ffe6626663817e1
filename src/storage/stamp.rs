//! What tells, without reading them, which files of a folder have changed.

use std::ffi::OsStr;
use std::fs::{DirEntry, Metadata};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::folder::{Folder, GOALS, stem};
use super::threads::both;
use super::{Broken, StoreError, disk};
use crate::domain::BriefId;

/// From so many files on, two threads are faster than one.
pub(super) const MANY: usize = 200;

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

/// A file system that keeps whole seconds may keep only every second one.
const COARSE: Duration = Duration::from_secs(2);

/// Whether something that was written at a time of a file system was not written
/// since another, so that what was read after that is what there is.
pub(super) fn is_older(modified: Duration, than: Duration) -> bool {
    let margin = match modified.subsec_nanos() {
        0 => COARSE,
        _ => Duration::ZERO,
    };
    modified + margin < than
}

impl Stamp {
    /// Whether the file was not written since a moment of the same file system,
    /// since 1970, so that what was read after it is what there is.
    pub fn is_older(&self, than: Duration) -> bool {
        is_older(self.modified, than)
    }

    /// That of a file that was opened or looked at.
    pub(super) fn of(id: BriefId, meta: &Metadata) -> Self {
        Self {
            id,
            number: number(meta),
            modified: modified(meta),
        }
    }
}

/// The files of a folder, without what is in them.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// By id.
    pub stamps: Vec<Stamp>,
    /// Files that a list shows, and whose names are no ids.
    pub odd: Vec<Broken>,
}

/// The same before they are looked at.
#[derive(Debug)]
pub(super) struct Names {
    pub files: Vec<(BriefId, bool)>,
    pub odd: Vec<Broken>,
}

type Listed = (Vec<(BriefId, DirEntry)>, Vec<Broken>);

impl Folder {
    /// All files that a list shows; nothing is opened.
    pub(super) fn scan(&self) -> Result<Scan, StoreError> {
        if let Some(scan) = self.scan_inside() {
            return Ok(scan);
        }
        let (entries, odd) = self.listed()?;
        Ok(Scan {
            stamps: look_at(&entries),
            odd,
        })
    }

    /// The same by name, and nothing is looked at: the ids in order, each with
    /// whether the folder lists it as a file.
    pub(super) fn names(&self) -> Result<Names, StoreError> {
        let mut names = match self.names_inside() {
            Some(names) => names,
            None => {
                let (entries, odd) = self.listed()?;
                let is_file = |entry: &DirEntry| entry.file_type().is_ok_and(|kind| kind.is_file());
                let files = entries.into_iter().map(|(id, entry)| (id, is_file(&entry)));
                Names {
                    files: files.collect(),
                    odd,
                }
            }
        };
        let files = &mut names.files;
        files.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        // A folder that changes meanwhile may list a file twice.
        files.dedup_by(|(a, _), (b, _)| a == b);
        Ok(names)
    }

    #[cfg(target_os = "linux")]
    fn names_inside(&self) -> Option<Names> {
        let (mut files, mut odd) = (Vec::new(), Vec::new());
        super::opened::Opened::of(self)?.each_name(|name, is_file| {
            files.extend(self.id_in(name, &mut odd).map(|id| (id, is_file)));
        })?;
        Some(Names { files, odd })
    }

    /// Looks at the files from inside the folder, which takes less time and memory.
    #[cfg(target_os = "linux")]
    fn scan_inside(&self) -> Option<Scan> {
        let opened = super::opened::Opened::of(self)?;
        let (mut ids, mut odd) = (Vec::new(), Vec::new());
        opened.each_name(|name, _| ids.extend(self.id_in(name, &mut odd)))?;
        ids.sort_unstable();
        ids.dedup();
        let look = |ids: &[BriefId], room: usize| {
            let mut name = String::new();
            let mut stamps = Vec::with_capacity(room);
            stamps.extend(ids.iter().filter_map(|id| {
                name.clear();
                name.push_str(id.as_str());
                name.push_str(".toml");
                match opened.look(&name) {
                    Some((number, modified)) => Some(Stamp {
                        id: id.clone(),
                        number,
                        modified,
                    }),
                    None => self.stamp(id),
                }
            }));
            stamps
        };
        let stamps = match ids.split_at(ids.len() / 2) {
            _ if ids.len() <= MANY => look(&ids, ids.len()),
            (first, second) => {
                let (mut stamps, more) =
                    both(|| look(first, ids.len()), || look(second, second.len()));
                stamps.extend(more);
                stamps
            }
        };
        Some(Scan { stamps, odd })
    }

    #[cfg(not(target_os = "linux"))]
    fn scan_inside(&self) -> Option<Scan> {
        None
    }

    #[cfg(not(target_os = "linux"))]
    fn names_inside(&self) -> Option<Names> {
        None
    }

    fn listed(&self) -> Result<Listed, StoreError> {
        let failed = |source| StoreError::Io {
            doing: "read",
            path: self.path().to_owned(),
            source,
        };
        let (mut entries, mut odd) = (Vec::new(), Vec::new());
        for entry in disk::entries(self.path()).map_err(failed)? {
            let id = self.id_in(&entry.file_name(), &mut odd);
            entries.extend(id.map(|id| (id, entry)));
        }
        Ok((entries, odd))
    }

    /// The id of a file that a list shows. One whose name is no id is put among the
    /// odd ones.
    fn id_in(&self, name: &OsStr, odd: &mut Vec<Broken>) -> Option<BriefId> {
        if let Some(id) = plain_id(name) {
            return Some(id);
        }
        let name = Path::new(name);
        let stem = stem(name)?;
        match BriefId::parse(&stem) {
            Ok(id) => Some(id),
            Err(error) => {
                odd.push(self.odd(name, &stem, &error));
                None
            }
        }
    }

    /// One file; `None` where it is not there.
    pub fn stamp(&self, id: &BriefId) -> Option<Stamp> {
        let meta = self.file(id).symlink_metadata().ok()?;
        Some(Stamp::of(id.clone(), &meta))
    }

    /// The folder itself. The number differs when a file came, went or was
    /// replaced; not when one was written to where it is.
    pub fn own_stamp(&self) -> Option<(u64, Duration)> {
        let meta = self.path().metadata().ok()?;
        Some((number(&meta), modified(&meta)))
    }

    /// Whether files by id have the numbers that they had when they were read, and
    /// the reading began after they were written; since 1970.
    pub fn are_as_seen<'a>(
        &self,
        mut seen: impl Iterator<Item = (&'a str, u64)>,
        began: Duration,
    ) -> bool {
        #[cfg(target_os = "linux")]
        if let Some(opened) = super::opened::Opened::of(self) {
            // As the system takes it, or it is copied for each of hundreds.
            let mut name = Vec::new();
            return seen.all(|(id, number)| {
                name.clear();
                name.extend_from_slice(id.as_bytes());
                name.extend_from_slice(b".toml\0");
                let name = std::ffi::CStr::from_bytes_with_nul(&name).ok();
                let found = name.and_then(|name| opened.look(name));
                found.is_some_and(|(now, modified)| now == number && is_older(modified, began))
            });
        }
        seen.all(|(id, number)| {
            let stamp = BriefId::parse(id).ok().and_then(|id| self.stamp(&id));
            stamp.is_some_and(|stamp| stamp.number == number && stamp.is_older(began))
        })
    }

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
            let id = plain_id(&entry.file_name());
            // What went away since it was listed is no file.
            if let (Some(id), Ok(meta)) = (id, entry.metadata()) {
                stamps.push(Stamp::of(id, &meta));
            }
        }
        stamps.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        Ok(stamps)
    }
}

/// The id in a name as this program gives it; other names need more care.
fn plain_id(name: &OsStr) -> Option<BriefId> {
    let stem = name.to_str()?.strip_suffix(".toml")?;
    let id = Some(stem).filter(|stem| *stem != GOALS);
    BriefId::parse(id?).ok()
}

/// By id. What went away since it was listed is no file.
fn look_at(entries: &[(BriefId, DirEntry)]) -> Vec<Stamp> {
    let look = |entries: &[(BriefId, DirEntry)]| -> Vec<Stamp> {
        let stamp = |(id, entry): &(BriefId, DirEntry)| {
            let meta = entry.metadata().ok()?;
            Some(Stamp::of(id.clone(), &meta))
        };
        entries.iter().filter_map(stamp).collect()
    };
    let mut stamps = match entries.split_at(entries.len() / 2) {
        _ if entries.len() <= MANY => look(entries),
        (first, second) => {
            let (mut stamps, more) = both(|| look(first), || look(second));
            stamps.extend(more);
            stamps
        }
    };
    stamps.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    stamps
}

/// The folder as it is known: where it really is.
pub fn real(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// The beginning of the names of files about a folder. There is none for one
/// whose path is no text, which is not remembered.
pub fn short_name(folder: &Path) -> Option<String> {
    let path = folder.to_str().filter(|_| folder.is_absolute())?;
    let hash = blake3::hash(path.as_bytes()).to_hex();
    Some(hash.get(..16)?.to_owned())
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
    let times = [
        (meta.mtime(), meta.mtime_nsec()),
        (meta.ctime(), meta.ctime_nsec()),
    ];
    let [written, changed] = times.map(|(seconds, nanos)| {
        let nanos = nanos.cast_unsigned();
        (seconds.cast_unsigned())
            .wrapping_mul(1_000_000_000)
            .wrapping_add(nanos)
    });
    mixed([meta.len(), meta.ino(), meta.dev(), written, changed])
}

#[cfg(not(unix))]
fn number(meta: &Metadata) -> u64 {
    let written = modified(meta).as_nanos();
    mixed([meta.len(), u64::try_from(written).unwrap_or_default()])
}

/// One number that differs where some numbers do, but for chance; the same in
/// the next run. The last steps are those of MurmurHash3.
pub(super) fn mixed<const N: usize>(numbers: [u64; N]) -> u64 {
    let all = numbers.into_iter().fold(N as u64, |all, number| {
        (all ^ number)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(29)
    });
    let all = (all ^ (all >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let all = (all ^ (all >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    all ^ (all >> 33)
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
