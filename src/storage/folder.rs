//! Briefs as files of a folder.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{self, Over, Unread};
use super::format::{self, Adopt, LARGEST, problem};
use super::lock::Lock;
use super::prepared::Prepared;
use super::{Broken, Entry, FindError, Goals, Loaded, Store, StoreError, find, plainly};
use crate::domain::{Brief, BriefId, Moment};

/// The file beside the briefs that is none.
pub(super) const GOALS: &str = "goals";

/// How often the goals list is read again when it changes in the moment of writing.
const TRIES: usize = 16;

/// A folder of TOML files.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder at `path`; it is created by the first write.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The folder's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file of a brief.
    pub fn file(&self, id: &BriefId) -> PathBuf {
        self.path.join(format!("{id}.toml"))
    }

    fn goals_file(&self) -> PathBuf {
        self.path.join(format!("{GOALS}.toml"))
    }

    fn failed(&self, doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
        let path = path.to_owned();
        move |source| StoreError::Io {
            doing,
            path,
            source,
        }
    }

    /// Waits until no other window writes to the folder.
    fn lock(&self) -> Result<Lock, StoreError> {
        Lock::of(&self.path).map_err(self.failed("lock", &self.path))
    }

    fn lock_or_create(&self) -> Result<Lock, StoreError> {
        disk::create_folder(&self.path).map_err(self.failed("create", &self.path))?;
        self.lock()
    }

    /// What a file holds, or the entry that says why it cannot be read.
    fn entry(&self, id: &BriefId) -> Result<Entry, Unread> {
        let (read, _) = self.read_with(id, format::read)?;
        Ok(match read {
            Ok(loaded) => Entry::Brief(Box::new(loaded)),
            Err(broken) => Entry::Broken(broken),
        })
    }

    /// The brief in a file, or why it is none, with what is known of the file that
    /// was read, if one was.
    pub(super) fn brief_and_meta(
        &self,
        id: &BriefId,
    ) -> Result<(Result<Brief, Broken>, Option<Metadata>), Unread> {
        self.read_with(id, format::read_brief)
    }

    fn read_with<T>(
        &self,
        id: &BriefId,
        read: fn(&Path, &BriefId, &str, Moment) -> Result<T, Broken>,
    ) -> Result<(Result<T, Broken>, Option<Metadata>), Unread> {
        let path = self.file(id);
        match disk::read(&path) {
            Ok(found) => {
                let created = modified(&found.meta);
                Ok((read(&path, id, &found.text, created), Some(found.meta)))
            }
            Err(Unread::Missing) => Err(Unread::Missing),
            Err(unread) => Ok((Err(broken(&path, unread)), None)),
        }
    }

    /// The brief or broken file of exactly that id.
    pub(super) fn exactly(&self, typed: &str) -> Option<BriefId> {
        let id = BriefId::parse(&find::wanted(typed)).ok()?;
        let is_there = id.as_str() != GOALS && self.file(&id).symlink_metadata().is_ok();
        is_there.then_some(id)
    }

    /// Checks that the file is as it was read. The lock must be held.
    fn unchanged(&self, base: &Loaded) -> Result<(), StoreError> {
        let id = &base.brief.id;
        if let Some(why) = &base.read_only {
            return Err(StoreError::ReadOnly(why.clone()));
        }
        let path = self.file(id);
        match disk::read(&path) {
            Ok(found) if *found.text == *base.text => {
                if found.meta.permissions().readonly() {
                    return Err(StoreError::ReadOnly(format!(
                        "{id} is write-protected; allow writing to its file first"
                    )));
                }
                return Ok(());
            }
            Ok(_) | Err(Unread::Unfit { .. }) => {}
            Err(Unread::Missing) => return Err(StoreError::Gone { id: id.clone() }),
            Err(Unread::Io(source)) => return Err(self.failed("read", &path)(source)),
        }
        Err(self.changed(id))
    }

    /// Refuses a name that is taken, also where only the case differs: on some
    /// disks that is the same file.
    fn free(&self, id: &BriefId) -> Result<(), StoreError> {
        let wanted = format!("{id}.toml");
        let is_same = |entry: &std::fs::DirEntry| {
            // An id is of plain letters, and so is whatever is the same.
            let name = entry.file_name();
            name.eq_ignore_ascii_case(&wanted)
        };
        let taken = self.file(id).symlink_metadata().is_ok() || {
            let entries = disk::entries(&self.path).map_err(self.failed("read", &self.path))?;
            entries.iter().any(is_same)
        };
        if taken || id.as_str() == GOALS {
            return Err(StoreError::Exists(id.clone()));
        }
        Ok(())
    }

    /// Writes a file: a new one, or over one that must still hold a text then.
    fn write(
        &self,
        brief: &Brief,
        text: String,
        over: Option<&Loaded>,
    ) -> Result<Loaded, StoreError> {
        self.put(brief, &text, over)?;
        format::read(&self.file(&brief.id), &brief.id, &text, brief.created)
            .map_err(|broken| StoreError::Broken(Box::new(broken)))
    }

    fn put(&self, brief: &Brief, text: &str, over: Option<&Loaded>) -> Result<(), StoreError> {
        let path = self.file(&brief.id);
        fits(&path, text)?;
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::AlreadyExists => StoreError::Exists(brief.id.clone()),
            _ => self.failed("write", &path)(source),
        };
        let prepared = Prepared::new(&path, text.as_bytes(), 0o600).map_err(failed)?;
        match over {
            None => prepared.put(Over::New).map_err(failed)?,
            Some(base) => {
                // Once more, as late as possible.
                self.unchanged(base)?;
                let put = prepared.put_over(base.text.as_bytes(), text.as_bytes());
                if !put.map_err(|error| gone(failed(error), &brief.id))? {
                    return Err(self.changed(&brief.id));
                }
            }
        }
        Ok(())
    }

    /// Somebody else changed the file.
    fn changed(&self, id: &BriefId) -> StoreError {
        match self.entry(id) {
            Ok(now) => StoreError::Changed {
                id: id.clone(),
                now: Box::new(now),
            },
            Err(_) => StoreError::Gone { id: id.clone() },
        }
    }

    fn change(
        &self,
        base: &Loaded,
        from: &Loaded,
        brief: &Brief,
        adopt: Adopt,
    ) -> Result<Loaded, StoreError> {
        let _lock = self.lock().map_err(|error| gone(error, &base.brief.id))?;
        self.unchanged(base)?;
        let text = format::write(&from.text, &from.brief, brief, adopt);
        if text == *base.text {
            let path = self.file(&brief.id);
            return format::read(&path, &brief.id, &text, brief.created)
                .map_err(|broken| StoreError::Broken(Box::new(broken)));
        }
        self.write(brief, text, Some(base))
    }

    /// Makes way for a new file, and holds off others until it is there.
    fn make_way(&self, brief: &Brief) -> Result<Lock, StoreError> {
        let lock = self.lock_or_create()?;
        // A name that is drawn is not looked for among all: that takes longer the
        // more there are, and no file is ever written over.
        if !brief.id.is_drawn() {
            self.free(&brief.id)?;
        }
        Ok(lock)
    }
}

impl Folder {
    /// A file whose name is no id.
    pub(super) fn odd(&self, name: &Path, stem: &str, why: &impl std::fmt::Display) -> Broken {
        let slug = crate::domain::id::slug(stem);
        let better = if slug.is_empty() { "a-new-name" } else { &slug };
        problem::whole_file(
            &self.path.join(name),
            format!("its name is no id: {why}"),
            format!("rename it, for example to {better}.toml"),
        )
    }
}

/// A folder that went away took its briefs along.
fn gone(error: StoreError, id: &BriefId) -> StoreError {
    match error {
        StoreError::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => {
            StoreError::Gone { id: id.clone() }
        }
        other => other,
    }
}

/// A file that could not be read again must not be written.
pub(super) fn fits(path: &Path, text: &str) -> Result<(), StoreError> {
    if text.len() <= LARGEST {
        return Ok(());
    }
    Err(StoreError::Io {
        doing: "write",
        path: path.to_owned(),
        source: io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("a brief has at most {} MiB", LARGEST / 1024 / 1024),
        ),
    })
}

pub(super) fn broken(path: &Path, unread: Unread) -> Broken {
    match unread {
        Unread::Missing => {
            problem::whole_file(path, "it is gone", "look for it in git or a backup")
        }
        Unread::Unfit {
            summary,
            hint,
            line,
        } => Broken {
            line,
            ..problem::whole_file(path, summary, hint)
        },
        Unread::Io(error) => problem::whole_file(
            path,
            format!("it could not be read: {}", plainly(&error)),
            "check who may read the file",
        ),
    }
}

/// When a file was last written: the best guess for one that does not say
/// when it was made.
fn modified(meta: &Metadata) -> Moment {
    meta.modified()
        .map(chrono::DateTime::<chrono::Utc>::from)
        .unwrap_or_default()
        .fixed_offset()
}

/// The id in the name of a file, `None` for files that are no briefs.
pub(super) fn stem(name: &Path) -> Option<String> {
    let hidden = name.as_os_str().as_encoded_bytes().starts_with(b".");
    let toml = name.extension().is_some_and(|e| e == "toml");
    let stem = name.file_stem()?.to_string_lossy().into_owned();
    (!hidden && toml && stem != GOALS).then_some(stem)
}

impl Store for Folder {
    fn place(&self) -> &Path {
        &self.path
    }

    fn list(&self) -> Result<Vec<Entry>, StoreError> {
        let names = disk::names(&self.path).map_err(self.failed("read", &self.path))?;
        let mut entries = Vec::new();
        for name in names {
            let Some(stem) = stem(&name) else { continue };
            match BriefId::parse(&stem) {
                // A file that went away since is no entry.
                Ok(id) => entries.extend(self.entry(&id).ok()),
                Err(error) => entries.push(Entry::Broken(self.odd(&name, &stem, &error))),
            }
        }
        Ok(entries)
    }

    fn load(&self, id: &BriefId) -> Result<Loaded, StoreError> {
        if id.as_str() == GOALS {
            return Err(StoreError::Gone { id: id.clone() });
        }
        match self.entry(id) {
            Ok(Entry::Brief(loaded)) => Ok(*loaded),
            Ok(Entry::Broken(broken)) => Err(StoreError::Broken(Box::new(broken))),
            Err(_) => Err(StoreError::Gone { id: id.clone() }),
        }
    }

    fn create(&self, brief: &Brief) -> Result<Loaded, StoreError> {
        let text = format::write_new(brief);
        let _lock = self.make_way(brief)?;
        self.write(brief, text, None)
    }

    fn create_from(&self, from: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        // It was read, and so it is written.
        if from.brief == *brief {
            let _lock = self.make_way(brief)?;
            self.put(brief, &from.text, None)?;
            return Ok(from.clone());
        }
        let text = format::write(&from.text, &from.brief, brief, Adopt::Yes);
        let _lock = self.make_way(brief)?;
        self.write(brief, text, None)
    }

    fn save(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        if base.brief.id != brief.id {
            return self.rename(base, brief);
        }
        self.change(base, base, brief, Adopt::Yes)
    }

    fn restore(
        &self,
        base: &Loaded,
        earlier: &Loaded,
        brief: &Brief,
    ) -> Result<Loaded, StoreError> {
        self.change(base, earlier, brief, Adopt::No)
    }

    fn rename(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        if base.brief.id == brief.id {
            return self.save(base, brief);
        }
        let _lock = self.lock().map_err(|error| gone(error, &base.brief.id))?;
        self.unchanged(base)?;
        self.free(&brief.id)?;
        let text = format::write(&base.text, &base.brief, brief, Adopt::Yes);
        let loaded = self.write(brief, text, None)?;
        // In this order a crash leaves two files and never none; so does somebody
        // who saved the old one meanwhile.
        if self.unchanged(base).is_err() {
            return Ok(loaded);
        }
        let old = self.file(&base.brief.id);
        std::fs::remove_file(&old)
            .and_then(|()| disk::sync_folder(&self.path))
            .map_err(self.failed("remove", &old))?;
        Ok(loaded)
    }

    fn goals(&self) -> Result<Goals, StoreError> {
        let path = self.goals_file();
        match disk::read(&path) {
            Ok(found) => format::read_goals(&path, &found.text)
                .map_err(|broken| StoreError::Broken(Box::new(broken))),
            Err(Unread::Missing) => Ok(Goals::default()),
            Err(unread) => Err(StoreError::Broken(Box::new(broken(&path, unread)))),
        }
    }

    fn save_goals(&self, base: &Goals, after: &Goals) -> Result<Goals, StoreError> {
        let path = self.goals_file();
        let broken = |broken| StoreError::Broken(Box::new(broken));
        let _lock = self.lock_or_create()?;
        let mut tries = 0;
        loop {
            // What others added meanwhile stays: only our differences are written.
            let now = self.goals()?;
            let text = format::write_goals(&path, &now.text, base, after).map_err(broken)?;
            if text != *now.text {
                fits(&path, &text)?;
                let prepared = Prepared::new(&path, text.as_bytes(), 0o600);
                let prepared = prepared.map_err(self.failed("write", &path))?;
                // An editor knows of no lock.
                let put = match path.symlink_metadata() {
                    Ok(_) => prepared.put_over(now.text.as_bytes(), text.as_bytes()),
                    Err(_) => prepared.put(Over::New).map(|()| true),
                };
                match put {
                    Ok(true) => {}
                    Err(error)
                        if !matches!(
                            error.kind(),
                            io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists
                        ) =>
                    {
                        return Err(self.failed("write", &path)(error));
                    }
                    _ if tries == TRIES => return Err(StoreError::GoalsChanged),
                    _ => {
                        tries += 1;
                        continue;
                    }
                }
            }
            return format::read_goals(&path, &text).map_err(broken);
        }
    }

    fn count(&self) -> Result<usize, StoreError> {
        let entries = disk::entries(&self.path).map_err(self.failed("read", &self.path))?;
        let names = entries.iter().map(|entry| PathBuf::from(entry.file_name()));
        Ok(names.filter(|name| stem(name).is_some()).count())
    }

    fn find(&self, typed: &str) -> Result<BriefId, FindError> {
        match self.exactly(typed) {
            Some(id) => Ok(id),
            None => find::find(typed, &find::names(&self.list()?)),
        }
    }
}
