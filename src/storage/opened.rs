//! A folder that is open, so that many of its files are reached without the way
//! to it, and are read in few steps each.

#[cfg(target_os = "linux")]
use std::time::Duration;

use super::folder::Folder;
#[cfg(target_os = "linux")]
use super::format;
use super::{Broken, Stamp};
use crate::domain::{Brief, BriefId};

/// Reads many files of a folder.
pub(super) struct Files<'f> {
    folder: &'f Folder,
    #[cfg(target_os = "linux")]
    opened: Option<Opened>,
    /// What the file before left is used again.
    #[cfg(target_os = "linux")]
    room: Vec<u8>,
    #[cfg(target_os = "linux")]
    name: String,
    #[cfg(target_os = "linux")]
    keys: format::Room,
}

impl<'f> Files<'f> {
    pub fn of(folder: &'f Folder) -> Self {
        Self {
            folder,
            #[cfg(target_os = "linux")]
            opened: Opened::of(folder),
            #[cfg(target_os = "linux")]
            room: Vec::new(),
            #[cfg(target_os = "linux")]
            name: String::new(),
            #[cfg(target_os = "linux")]
            keys: format::Room::default(),
        }
    }

    /// The brief in a file, or why it is none, and the file that was read; `None`
    /// where there is none. `is_file` where it is known to be no link or pipe,
    /// which is not opened even to see what it is.
    pub fn brief(&mut self, id: &BriefId, is_file: bool) -> Option<(Result<Brief, Broken>, Stamp)> {
        #[cfg(target_os = "linux")]
        if let Some((brief, stamp)) = self.in_passing(id, is_file) {
            return Some((Ok(brief), stamp));
        }
        #[cfg(not(target_os = "linux"))]
        let _ = is_file;
        let (brief, meta) = self.folder.brief_and_meta(id).ok()?;
        // What was opened counts: another file may have that name by now.
        let stamp = match meta {
            Some(meta) => Stamp::of(id.clone(), &meta),
            None => self.folder.stamp(id)?,
        };
        Some((brief, stamp))
    }

    /// The same for a file in which there is nothing unusual.
    #[cfg(target_os = "linux")]
    fn in_passing(&mut self, id: &BriefId, is_file: bool) -> Option<(Brief, Stamp)> {
        use rustix::fs::{Mode, OFlags, fstat, openat};
        let opened = self.opened.as_ref()?;
        self.name.clear();
        self.name.push_str(id.as_str());
        self.name.push_str(".toml");
        if !is_file && !is_regular(&opened.stat(self.name.as_str())?) {
            return None;
        }
        let flags =
            OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = openat(&opened.0, self.name.as_str(), flags, Mode::empty()).ok()?;
        let stat = fstat(&file).ok().filter(is_regular)?;
        let (number, modified) = of_stat(&stat)?;
        let size = usize::try_from(stat.st_size).ok()?;
        if size > format::LARGEST {
            return None;
        }
        if self.room.len() <= size {
            self.room.resize((size + 1).next_power_of_two(), 0);
        }
        // Room for one more, so that one that grows is seen.
        let end = rustix::io::read(&file, self.room.get_mut(..=size)?).ok()?;
        let text = self.room.get(..end).filter(|_| end == size)?;
        let text = std::str::from_utf8(text).ok()?;
        let brief = format::read_in_passing(text, id, moment(modified)?, &mut self.keys)?;
        let stamp = Stamp {
            id: id.clone(),
            number,
            modified,
        };
        Some((brief, stamp))
    }
}

#[cfg(target_os = "linux")]
fn moment(since: Duration) -> Option<crate::domain::Moment> {
    let seconds = i64::try_from(since.as_secs()).ok()?;
    let at = chrono::DateTime::from_timestamp(seconds, since.subsec_nanos())?;
    Some(at.fixed_offset())
}

#[cfg(target_os = "linux")]
fn is_regular(stat: &rustix::fs::Stat) -> bool {
    rustix::fs::FileType::from_raw_mode(stat.st_mode).is_file()
}

/// A folder that is open.
#[cfg(target_os = "linux")]
pub(super) struct Opened(std::os::fd::OwnedFd);

#[cfg(target_os = "linux")]
impl Opened {
    pub fn of(folder: &Folder) -> Option<Self> {
        use rustix::fs::{Mode, OFlags, open};
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        open(folder.path(), flags, Mode::empty()).ok().map(Self)
    }

    /// Shows each name in the folder, with whether it is listed as that of a file;
    /// `None` where not all of them can be listed.
    pub fn each_name(&self, mut see: impl FnMut(&std::ffi::OsStr, bool)) -> Option<()> {
        use std::os::unix::ffi::OsStrExt as _;
        let mut room: Vec<u8> = Vec::with_capacity(64 * 1024);
        let mut names = rustix::fs::RawDir::new(&self.0, room.spare_capacity_mut());
        while let Some(entry) = names.next() {
            let entry = entry.ok()?;
            let name = entry.file_name().to_bytes();
            if !matches!(name, b"." | b"..") {
                see(
                    std::ffi::OsStr::from_bytes(name),
                    entry.file_type().is_file(),
                );
            }
        }
        Some(())
    }

    fn stat(&self, name: impl rustix::path::Arg) -> Option<rustix::fs::Stat> {
        use rustix::fs::{AtFlags, statat};
        statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW).ok()
    }

    /// The number of a file, and when it was written, as a [`Stamp`] has them.
    pub fn look(&self, name: impl rustix::path::Arg) -> Option<(u64, Duration)> {
        of_stat(&self.stat(name)?)
    }
}

#[cfg(target_os = "linux")]
fn of_stat(stat: &rustix::fs::Stat) -> Option<(u64, Duration)> {
    let time = |seconds: i64, nanos: u64| {
        let nanos = u32::try_from(nanos).ok()?;
        Some(Duration::new(u64::try_from(seconds).ok()?, nanos))
    };
    let written = time(stat.st_mtime, stat.st_mtime_nsec)?;
    let changed = time(stat.st_ctime, stat.st_ctime_nsec)?;
    // As in `number`: five hundred years fit.
    let nanos = |time: Duration| {
        let seconds = time.as_secs().wrapping_mul(1_000_000_000);
        seconds.wrapping_add(u64::from(time.subsec_nanos()))
    };
    let size = u64::try_from(stat.st_size).ok()?;
    let (file, disk) = (stat.st_ino, stat.st_dev);
    let numbers = [size, file, disk, nanos(written), nanos(changed)];
    Some((super::stamp::mixed(numbers), written))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::format::{self, tests::SUPERREPORT};
    use crate::storage::write_atomically;

    /// What is read one by one, which is what counts.
    fn alone(folder: &Folder, id: &BriefId) -> Option<(Result<Brief, Broken>, Stamp)> {
        let (brief, _) = folder.brief_and_meta(id).ok()?;
        Some((brief, folder.stamp(id)?))
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_look_from_inside_the_folder_says_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        write_atomically(&dir.path().join("one.toml"), b"title = \"a\"\n").unwrap();
        let stamp = folder.stamps().unwrap().pop().unwrap();
        let opened = Opened::of(&folder).unwrap();
        assert_eq!(
            opened.look("one.toml"),
            Some((stamp.number, stamp.modified))
        );
        assert_eq!(opened.look("two.toml"), None);
    }

    #[test]
    fn the_names_are_those_of_the_files_that_are_looked_at() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        for name in [
            "b.toml",
            "a.toml",
            "goals.toml",
            ".c.toml",
            "No id.toml",
            "d",
        ] {
            write_atomically(&dir.path().join(name), b"").unwrap();
        }
        std::fs::create_dir(dir.path().join("folder.toml")).unwrap();
        #[cfg(target_os = "linux")]
        {
            use std::os::unix::ffi::OsStrExt as _;
            let name = std::ffi::OsStr::from_bytes(b"\xff.toml");
            write_atomically(&dir.path().join(name), b"").unwrap();
        }
        let (scan, mut names) = (folder.scan().unwrap(), folder.names().unwrap());
        let ids = names
            .files
            .iter()
            .map(|(id, is_file)| (id.as_str(), *is_file));
        let ids: Vec<(&str, bool)> = ids.collect();
        assert_eq!(ids, [("a", true), ("b", true), ("folder", false)]);
        let seen: Vec<&str> = scan.stamps.iter().map(|stamp| stamp.id.as_str()).collect();
        assert_eq!(seen, ["a", "b", "folder"]);
        let mut odd = scan.odd;
        odd.sort_by(|a, b| a.path.cmp(&b.path));
        names.odd.sort_by(|a, b| a.path.cmp(&b.path));
        assert_eq!(names.odd, odd);
        assert!(!odd.is_empty());
        let none = Folder::at(dir.path().join("none")).names().unwrap();
        assert!(none.files.is_empty() && none.odd.is_empty());
    }

    #[test]
    fn one_of_many_files_is_read_as_one_alone() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        let long = format!("title = \"{}\"\n", "long ".repeat(10_000));
        let large = "#".repeat(format::LARGEST + 1);
        let files: [(&str, &[u8]); 10] = [
            ("a-long", long.as_bytes()),
            ("b-short", b"title = \"\xc3\xa4\"\n"),
            ("c-by-hand", SUPERREPORT.as_bytes()),
            ("d-none", b""),
            ("e-broken", b"title = \n"),
            ("f-no-text", b"title = \"\xff\"\n"),
            ("g-nul", b"title = \"\0\"\n"),
            ("h-lines", b"\xef\xbb\xbftitle = \"a\"\r\n"),
            ("i-large", large.as_bytes()),
            ("j-newer", b"format = 9\ntitle = \"a\"\n"),
        ];
        for (id, bytes) in files {
            write_atomically(&dir.path().join(format!("{id}.toml")), bytes).unwrap();
        }
        std::fs::create_dir(dir.path().join("k-folder.toml")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("a-long.toml", dir.path().join("l-link.toml")).unwrap();
        let mut inside = Files::of(&folder);
        let ids = files.map(|(id, _)| id);
        for id in ids.into_iter().chain(["k-folder", "l-link", "m-gone"]) {
            let is_file = ids.contains(&id);
            let id = BriefId::parse(id).unwrap();
            assert_eq!(inside.brief(&id, false), alone(&folder, &id), "{id}");
            assert_eq!(inside.brief(&id, is_file), alone(&folder, &id), "{id}");
            #[cfg(target_os = "linux")]
            assert_eq!(
                inside.in_passing(&id, is_file).is_some(),
                ["a-long", "b-short", "d-none"].contains(&id.as_str()),
                "{id}"
            );
        }
    }
}
