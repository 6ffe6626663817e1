//! A folder that has its reminders brought up to date by every write, and where
//! a team shares it the name of who wrote: the one place for all commands and
//! the interface.

use std::path::Path;

use super::Reminders;
use crate::clock;
use crate::domain::{Brief, BriefId, Event, Me, Search};
use crate::storage::{
    Broken, Entry, FindError, Goals, Indexed, Lens, Loaded, Roll, Row, Rows, Store, StoreError,
};

/// The folder, and its reminders.
#[derive(Debug, Clone)]
pub struct Watched {
    folder: Indexed,
    reminders: Reminders,
    me: Me,
}

impl Watched {
    /// Watches a folder.
    pub fn new(folder: Indexed, reminders: Reminders, me: Me) -> Self {
        Self {
            folder,
            reminders,
            me,
        }
    }

    /// A brief with my name at what I recorded.
    fn named(&self, before: &Brief, brief: &Brief) -> Brief {
        let mut brief = brief.clone();
        self.me.name_events(&before.events, &mut brief);
        brief
    }

    /// The same for a brief that is new here, and so mine.
    fn new_of_mine(&self, brief: &Brief, before: &[Event]) -> Brief {
        let mut brief = brief.clone();
        self.me.name_events(before, &mut brief);
        if brief.owner.trim().is_empty() {
            self.me.owner().clone_into(&mut brief.owner);
        }
        brief
    }

    fn written(
        &self,
        before: &BriefId,
        result: Result<Loaded, StoreError>,
    ) -> Result<Loaded, StoreError> {
        if let Ok(loaded) = &result
            && let Ok(now) = clock::now()
        {
            let folder = self.folder.place();
            self.reminders.written(folder, before, &loaded.brief, now);
        }
        result
    }
}

impl Store for Watched {
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
        let brief = self.new_of_mine(brief, &[]);
        self.written(&brief.id, self.folder.create(&brief))
    }

    fn create_from(&self, from: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        // What others recorded elsewhere stays theirs.
        let brief = self.new_of_mine(brief, &from.brief.events);
        self.written(&brief.id, self.folder.create_from(from, &brief))
    }

    fn save(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        let brief = self.named(&base.brief, brief);
        self.written(&base.brief.id, self.folder.save(base, &brief))
    }

    fn restore(
        &self,
        base: &Loaded,
        earlier: &Loaded,
        brief: &Brief,
    ) -> Result<Loaded, StoreError> {
        let brief = self.named(&base.brief, brief);
        let restored = self.folder.restore(base, earlier, &brief);
        self.written(&base.brief.id, restored)
    }

    fn rename(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        let brief = self.named(&base.brief, brief);
        self.written(&base.brief.id, self.folder.rename(base, &brief))
    }

    fn goals(&self) -> Result<Goals, StoreError> {
        self.folder.goals()
    }

    fn save_goals(&self, base: &Goals, after: &Goals) -> Result<Goals, StoreError> {
        self.folder.save_goals(base, after)
    }

    fn rows(&self, lens: &Lens) -> Result<Rows, StoreError> {
        self.folder.rows(lens)
    }

    fn glimpse(&self, lens: &Lens, each: &mut dyn FnMut(Row<'_>)) -> Option<Roll> {
        self.folder.glimpse(lens, each)
    }

    fn survey(
        &self,
        lens: &Lens,
        each: &mut dyn FnMut(Row<'_>),
    ) -> Result<Option<(Roll, Vec<Broken>)>, StoreError> {
        self.folder.survey(lens, each)
    }

    fn is_as_known(&self, roll: &Roll, lens: &Lens) -> bool {
        self.folder.is_as_known(roll, lens)
    }

    fn recent(&self, lens: &Lens) -> Option<Rows> {
        self.folder.recent(lens)
    }

    fn are_as_known(&self, rows: &Rows, some: &[Row<'_>]) -> bool {
        self.folder.are_as_known(rows, some)
    }

    fn count(&self) -> Result<usize, StoreError> {
        self.folder.count()
    }

    fn search(&self, search: &Search, lens: &Lens) -> Result<Rows, StoreError> {
        self.folder.search(search, lens)
    }

    fn find(&self, typed: &str) -> Result<BriefId, FindError> {
        self.folder.find(typed)
    }
}
