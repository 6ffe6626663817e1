//! What lists show of the briefs of a folder, and all their text, kept between
//! two runs, so that ten thousand briefs are listed and searched without being
//! read.
//!
//! It is never trusted over the files. Each time all files are looked at: one
//! that is not exactly as it was when it was read (its size, times and number)
//! is read again, and so is one that was written at the same tick of the clock
//! as the reading began, since it may have changed after it was read. What is
//! missing, torn, of another version, folder, working time or place, or another
//! user's, is made anew without a word. Where it cannot be written everything
//! works as well, and takes longer.

mod file;
mod flat;
mod look;
mod pieces;
mod reading;
mod roll;
mod survey;
mod texts;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub use look::TRUST;
pub use roll::{Ids, Roll};

use super::folder::Folder;
use super::stamp::MANY;
use super::{Broken, Entry, FindError, Goals, Loaded, Scrap, Store, StoreError, find, locate};
use crate::domain::work_time::{WorkTime, Zone};
use crate::domain::{Brief, BriefId, Day, Moment, Search, Stage, Summary};

/// What the rows are reckoned with besides the files.
#[derive(Clone)]
pub struct Lens {
    pub work: WorkTime,
    pub zone: Arc<dyn Zone + Send + Sync>,
    /// A word that changes with everything that the two say.
    pub basis: String,
    pub now: Moment,
}

impl std::fmt::Debug for Lens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lens").field("basis", &self.basis).finish()
    }
}

impl Lens {
    /// What a list shows of a brief.
    pub fn summary(&self, brief: &Brief) -> Summary<'static> {
        Summary::of(brief, &self.work, self.zone.as_ref())
    }
}

/// The briefs of a folder as lists show them, and the files that are none.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    rows: file::Records,
    /// By file name.
    pub broken: Vec<Broken>,
    /// When the reading of the files began, by the clock of the file system,
    /// since 1970; zero where that is not known. A file written since then may
    /// have changed after it was read.
    pub began: Duration,
    /// The number of the folder when it was listed, where that is known; else zero.
    own: u64,
}

impl Rows {
    /// Those of some entries, by id.
    pub fn of(entries: impl IntoIterator<Item = Entry>, lens: &Lens) -> Self {
        let mut rows = Self::default();
        let mut briefs = Vec::new();
        for entry in entries {
            match entry {
                Entry::Brief(loaded) => briefs.push(lens.summary(&loaded.brief)),
                Entry::Broken(broken) => rows.broken.push(broken),
            }
        }
        briefs.sort_by(|a, b| a.id.cmp(&b.id));
        briefs.iter().for_each(|row| rows.rows.push(row));
        rows.broken.sort_by(|a, b| a.path.cmp(&b.path));
        rows
    }

    /// The briefs, by id.
    pub fn iter(&self) -> impl Iterator<Item = Summary<'_>> {
        self.lines().filter_map(|row| row.summary())
    }

    /// The same before they are read.
    pub fn lines(&self) -> impl Iterator<Item = Row<'_>> {
        let briefs = self.rows.iter().filter(|record| !record.is_broken);
        briefs.map(|record| Row::of(&record))
    }

    /// The same with the place of each, which takes less room than the row.
    pub fn places(&self) -> impl Iterator<Item = (u32, Row<'_>)> {
        let briefs = self.rows.places().filter(|(_, record)| !record.is_broken);
        briefs.map(|(place, record)| (place, Row::of(&record)))
    }

    /// The brief at a place.
    pub fn at(&self, place: u32) -> Option<Row<'_>> {
        let record = self.rows.at(place).filter(|record| !record.is_broken);
        record.map(|record| Row::of(&record))
    }

    /// The same as small as it can be.
    pub fn roll(&self, lens: &Lens) -> Roll {
        // A broken file is to be read again.
        let is_all = self.broken.is_empty() && !self.rows.iter().any(|row| row.is_broken);
        let mut roll = Roll::new(
            if is_all { self.own } else { 0 },
            self.began,
            lens.basis.clone(),
        );
        for row in self.lines() {
            roll.push(&row);
        }
        roll
    }

    /// The files that the rows are of, by id: the number of their [`super::Stamp`]s, and
    /// what is shown of those that are briefs.
    pub fn files(&self) -> impl Iterator<Item = (BriefId, u64, Option<Summary<'_>>)> {
        self.rows.iter().filter_map(|record| {
            let id = BriefId::parse(record.id()?).ok()?;
            Some((id, record.number, record.summary()))
        })
    }

    /// How many briefs there are.
    pub fn len(&self) -> usize {
        self.rows.briefs()
    }

    /// Whether there is no brief.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A brief as it lies among the rows: small, to be put in order.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// That of the [`super::Stamp`] of its file when it was read.
    number: u64,
    bytes: &'a [u8],
}

/// What briefs are put in order by, which is read in less time than all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowHead<'a> {
    pub id: &'a str,
    /// The word of its stage.
    pub stage: &'a str,
    pub archived: bool,
    pub is_untitled: bool,
    pub is_undecided: bool,
    pub is_amended: bool,
    /// Whether somebody objects.
    pub is_objected: bool,
    /// Whether it wants something, now or later.
    pub is_wanting: bool,
    /// When something last happened; microseconds since 1970.
    pub touched: i64,
    pub owner: &'a str,
    pub need_by: Option<Day>,
}

impl RowHead<'_> {
    /// As [`Summary::is_under_way`].
    pub fn is_under_way(&self) -> bool {
        let others = [Stage::Draft, Stage::Closed, Stage::Dropped];
        !self.archived && others.iter().all(|stage| stage.word() != self.stage)
    }
}

impl<'a> Row<'a> {
    fn of(record: &file::Record<'a>) -> Self {
        Self {
            number: record.number,
            bytes: record.row,
        }
    }

    /// What is shown of it; `None` where it is no brief.
    pub fn summary(&self) -> Option<Summary<'a>> {
        flat::get(&mut flat::Cursor(self.bytes))
    }

    fn id(&self) -> Option<&'a str> {
        Some(self.head()?.id)
    }

    /// Part of that.
    pub fn head(&self) -> Option<RowHead<'a>> {
        flat::head(&mut flat::Cursor(self.bytes))
    }
}

/// A folder with an index.
#[derive(Debug, Clone)]
pub struct Indexed {
    folder: Folder,
    cache: Option<Scrap>,
    lens: Lens,
}

impl Indexed {
    /// The index of a folder in the user's cache folder.
    pub fn new(folder: Folder, lens: Lens) -> Self {
        let cache = locate::cache_folder().map(Scrap::at);
        Self::at(folder, cache, lens)
    }

    /// The same in a folder of one's choice, or nowhere.
    pub fn at(folder: Folder, cache: Option<Scrap>, lens: Lens) -> Self {
        Self {
            folder,
            cache,
            lens,
        }
    }

    /// The folder without the index.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }
}

impl Store for Indexed {
    fn place(&self) -> &Path {
        self.folder.place()
    }

    fn list(&self) -> Result<Vec<Entry>, StoreError> {
        self.folder.list()
    }

    fn load(&self, id: &BriefId) -> Result<Loaded, StoreError> {
        self.folder.load(id)
    }

    fn create(&self, brief: &Brief) -> Result<Loaded, StoreError> {
        self.folder.create(brief)
    }

    fn create_from(&self, from: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.folder.create_from(from, brief)
    }

    fn save(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.folder.save(base, brief)
    }

    fn restore(
        &self,
        base: &Loaded,
        earlier: &Loaded,
        brief: &Brief,
    ) -> Result<Loaded, StoreError> {
        self.folder.restore(base, earlier, brief)
    }

    fn rename(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.folder.rename(base, brief)
    }

    fn goals(&self) -> Result<Goals, StoreError> {
        self.folder.goals()
    }

    fn save_goals(&self, base: &Goals, after: &Goals) -> Result<Goals, StoreError> {
        self.folder.save_goals(base, after)
    }

    fn find(&self, typed: &str) -> Result<BriefId, FindError> {
        // Its own name, or nearly always: then nothing else is looked at.
        if let Some(id) = self.folder.exactly(typed) {
            return Ok(id);
        }
        let rows = self.rows(&self.lens)?;
        find::find(typed, &find::names_of_rows(&rows))
    }

    fn rows(&self, lens: &Lens) -> Result<Rows, StoreError> {
        let rows = self.look(lens)?;
        if rows.broken.is_empty() && rows.len() > MANY {
            self.note_look(lens);
        }
        Ok(rows)
    }

    fn recent(&self, lens: &Lens) -> Option<Rows> {
        self.known_lately(lens)
    }

    fn are_as_known(&self, rows: &Rows, some: &[Row<'_>]) -> bool {
        let seen = some
            .iter()
            .map(|row| (row.id().unwrap_or_default(), row.number));
        self.folder.are_as_seen(seen, rows.began)
    }

    fn glimpse(&self, lens: &Lens, each: &mut dyn FnMut(Row<'_>)) -> Option<Roll> {
        self.tell_known(lens, each)
    }

    fn survey(
        &self,
        lens: &Lens,
        each: &mut dyn FnMut(Row<'_>),
    ) -> Result<Option<(Roll, Vec<Broken>)>, StoreError> {
        let told = self.tell_of_all(lens, each)?;
        if let Some((roll, broken)) = &told
            && broken.is_empty()
            && roll.ids().len() > MANY
        {
            self.note_look(lens);
        }
        Ok(told)
    }

    fn is_as_known(&self, roll: &Roll, lens: &Lens) -> bool {
        let is_same = roll.is_of(&self.folder, &lens.basis);
        if is_same && roll.ids().len() > MANY {
            self.note_look(lens);
        }
        is_same
    }

    fn count(&self) -> Result<usize, StoreError> {
        self.folder.count()
    }

    fn search(&self, search: &Search, lens: &Lens) -> Result<Rows, StoreError> {
        self.search_all(search, lens)
    }
}

#[cfg(test)]
mod tests;
