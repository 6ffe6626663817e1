//! Where briefs live: a folder of TOML files, written atomically, never
//! overwritten when somebody else changed them.

#![allow(
    clippy::result_large_err,
    reason = "a report about a broken file is rare, and made once"
)]

mod deliver;
mod disk;
mod find;
mod folder;
mod format;
mod health;
mod import;
mod index;
pub mod locate;
mod lock;
mod memory;
mod merge;
mod near;
mod opened;
mod prepared;
mod scrap;
mod settings;
mod stamp;
mod threads;

pub use deliver::{NotDelivered, Replace, Rights, deliver, keep_text, may_deliver, take_back};
pub use disk::{create_folder, create_shared_folder, write_atomically};
pub use folder::Folder;
pub use format::has_markers;
pub use health::{Backup, Finding, NotMended, Repair, Sharing, Trouble};
pub use import::{import_text, import_text_with};
pub use index::{Ids, Indexed, Lens, Roll, Row, RowHead, Rows, TRUST};
pub use memory::MemoryStore;
pub use merge::{Merged, join_marked, merge_texts};
pub use scrap::Scrap;
pub use settings::{
    Settings, changed_settings, parse_settings, read_settings, settings_file, write_settings,
};
pub use stamp::{Stamp, real, short_name};

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::{Brief, BriefId, Goal, Moment, Search, Shared, WalkPlace, search};

/// A brief as it was read, with the text it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    pub brief: Shared,
    /// The whole file: what changes are applied to, and what must still be on
    /// the disk when they are written.
    pub text: Arc<str>,
    /// Why it can be shown and not changed, if so (a newer format).
    pub read_only: Option<String>,
    /// Things to tell the user that stop nothing (an unknown stage, the id in
    /// the file differs from its name).
    pub notes: Vec<String>,
}

/// A file that is no readable brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// File name, safe to show.
    pub file: String,
    pub path: PathBuf,
    /// One line: what is wrong and where.
    pub summary: String,
    /// From 1, where known.
    pub line: Option<usize>,
    pub column: Option<usize>,
    /// Several lines with the place and a caret; safe to show. May be empty.
    pub picture: String,
    /// What to do about it.
    pub hint: String,
}

/// One file of the folder.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    Brief(Box<Loaded>),
    Broken(Broken),
}

/// What went wrong, in words for the user.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is not as it was read; nothing was written.
    #[error("{id} was changed on disk since it was read")]
    Changed { id: BriefId, now: Box<Entry> },
    /// The goals list was changed in the moment of writing; nothing was written.
    #[error("the goals list was changed on disk just now")]
    GoalsChanged,
    /// The file is gone; nothing was written.
    #[error("{id} is no longer in the folder")]
    Gone { id: BriefId },
    #[error("there is a brief {0} already")]
    Exists(BriefId),
    #[error("{0}")]
    ReadOnly(String),
    #[error("{}: {}", .0.file, .0.summary)]
    Broken(Box<Broken>),
    /// "could not write", the path, and why.
    #[error("could not {doing} {}: {}", path.display(), plainly(source))]
    Io {
        doing: &'static str,
        path: PathBuf,
        source: std::io::Error,
    },
}

/// An operating system's error without its number.
pub fn plainly(error: &std::io::Error) -> String {
    use std::io::ErrorKind as K;
    // A temporary file's path is of no use to anybody.
    let cause = error.get_ref().and_then(std::error::Error::source);
    if let Some(cause) = cause.and_then(|cause| cause.downcast_ref()) {
        return plainly(cause);
    }
    match error.kind() {
        K::NotFound => "there is no such file or folder".to_owned(),
        K::PermissionDenied => "it is not allowed".to_owned(),
        K::AlreadyExists => "there is a file of that name already".to_owned(),
        K::StorageFull => "the disk is full".to_owned(),
        K::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        K::IsADirectory => "it is a folder".to_owned(),
        K::FileTooLarge if error.get_ref().is_none() => {
            "a file may not be that large here".to_owned()
        }
        K::QuotaExceeded => "the space that you may use on the disk is full".to_owned(),
        K::Interrupted => "it was interrupted".to_owned(),
        _ => {
            let text = error.to_string();
            let without_number = text.split_once(" (os error");
            without_number.map_or(text.clone(), |(words, _)| words.to_owned())
        }
    }
}

/// What a typed id means.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    #[error("no brief matches {typed:?}")]
    None { typed: String, near: Vec<BriefId> },
    #[error("{typed:?} could be {} briefs", fits.len())]
    Several { typed: String, fits: Vec<BriefId> },
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The goals list, `goals.toml` beside the briefs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Goals {
    pub goals: Vec<Goal>,
    /// The fields of a goal that was typed and not taken: `[[draft]]`.
    pub drafts: Vec<WalkPlace>,
    pub text: Arc<str>,
}

/// A place for briefs.
pub trait Store {
    /// The folder, for messages.
    fn place(&self) -> &Path;
    /// All briefs and broken files, by file name.
    fn list(&self) -> Result<Vec<Entry>, StoreError>;
    /// One brief; `Gone` or `Broken` where it cannot be read.
    fn load(&self, id: &BriefId) -> Result<Loaded, StoreError>;
    /// Writes a new brief; `Exists` if there is one of that id.
    fn create(&self, brief: &Brief) -> Result<Loaded, StoreError>;
    /// Writes a new brief that comes from another text (an import, a copy of a
    /// brief): comments and unknown keys of `from` are in the new file too.
    fn create_from(&self, from: &Loaded, brief: &Brief) -> Result<Loaded, StoreError>;
    /// Writes the differences between `base.brief` and `brief` into the file.
    fn save(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError>;
    /// As [`Store::save`], starting from an earlier text of the same file whose
    /// brief was `earlier`: the way back of undo, which also brings back
    /// comments and unknown keys of what was removed.
    fn restore(&self, base: &Loaded, earlier: &Loaded, brief: &Brief)
    -> Result<Loaded, StoreError>;
    /// Saves under `brief.id`, which differs from `base.brief.id`.
    fn rename(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError>;
    /// The goals list; empty where there is none yet.
    fn goals(&self) -> Result<Goals, StoreError>;
    /// Writes the differences between `base` and `after`, whose own texts do
    /// not matter; what somebody else added since `base` was read stays.
    fn save_goals(&self, base: &Goals, after: &Goals) -> Result<Goals, StoreError>;
    /// The briefs as lists show them, by id.
    fn rows(&self, lens: &Lens) -> Result<Rows, StoreError> {
        Ok(Rows::of(self.list()?, lens))
    }
    /// Tells of the same briefs, by id, as they were when the folder was last looked at,
    /// where that is kept: to be shown until [`Store::is_as_known`] or [`Store::rows`]
    /// has told what is true. What was told is not so where nothing is given back.
    fn glimpse(&self, _lens: &Lens, _each: &mut dyn FnMut(Row<'_>)) -> Option<Roll> {
        None
    }
    /// Tells of the briefs as [`Store::rows`] does, by id, without keeping the rows: what
    /// tells whether they are still so, and the files that are no briefs, by path. What
    /// was told is not so where nothing is given back; the rows are to be asked for then.
    fn survey(
        &self,
        lens: &Lens,
        each: &mut dyn FnMut(Row<'_>),
    ) -> Result<Option<(Roll, Vec<Broken>)>, StoreError> {
        let rows = self.rows(lens)?;
        rows.lines().for_each(each);
        Ok(Some((rows.roll(lens), rows.broken)))
    }
    /// Whether all files are as they were when their briefs came into a roll, and there
    /// are no others; false where only [`Store::survey`] can tell.
    fn is_as_known(&self, _roll: &Roll, _lens: &Lens) -> bool {
        false
    }
    /// The rows of a large folder that has not changed since they were kept, if all
    /// files were looked at lately: what is taken from them is to be asked of
    /// [`Store::are_as_known`].
    fn recent(&self, _lens: &Lens) -> Option<Rows> {
        None
    }
    /// Whether the files of some rows are as they were when these were kept.
    fn are_as_known(&self, _rows: &Rows, _some: &[Row<'_>]) -> bool {
        false
    }
    /// How many files there are that [`Store::list`] would read.
    fn count(&self) -> Result<usize, StoreError> {
        Ok(self.list()?.len())
    }
    /// Those that have all words that are looked for; all broken files.
    fn search(&self, search: &Search, lens: &Lens) -> Result<Rows, StoreError> {
        let mut entries = self.list()?;
        entries.retain(|entry| match entry {
            Entry::Brief(loaded) => search.is_in(&search::folded(&loaded.brief)),
            Entry::Broken(_) => true,
        });
        Ok(Rows::of(entries, lens))
    }
    /// The brief that an unambiguous part of an id (or of a title) means.
    fn find(&self, typed: &str) -> Result<BriefId, FindError>;
}

/// As [`import_text`], without the text: comments and unknown keys are lost.
///
/// # Errors
/// The rendered problem.
pub fn import(name: &str, text: &str, id_random: u32, now: Moment) -> Result<Brief, Broken> {
    import_text(name, text, id_random, now).map(|loaded| loaded.brief.into_inner())
}

/// Reads a brief that is not in a folder (an editor's copy, standard input)
/// in the same way as one that is. `name` is only for messages.
///
/// # Errors
/// The rendered problem.
pub fn read_text(name: &str, id: &BriefId, text: &str, now: Moment) -> Result<Loaded, Broken> {
    format::read(Path::new(name), id, text, now)
}

/// The text that saving `brief` would write: over the text of `base`, or anew.
pub fn text_of(base: Option<&Loaded>, brief: &Brief) -> String {
    match base {
        Some(base) => format::write(&base.text, &base.brief, brief, format::Adopt::Yes),
        None => format::write_new(brief),
    }
}

#[cfg(test)]
mod tests;
