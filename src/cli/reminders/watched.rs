//! A folder that has its reminders brought up to date by every write: the one
//! place for all commands and the interface.

use std::path::Path;

use super::Reminders;
use crate::clock;
use crate::domain::{Brief, BriefId};
use crate::storage::{Entry, FindError, Folder, Goals, Loaded, Store, StoreError};

/// The folder, and its reminders.
#[derive(Debug, Clone)]
pub struct Watched {
    folder: Folder,
    reminders: Reminders,
}

impl Watched {
    /// Watches a folder.
    pub fn new(folder: Folder, reminders: Reminders) -> Self {
        Self { folder, reminders }
    }

    fn written(&self, result: Result<Loaded, StoreError>) -> Result<Loaded, StoreError> {
        if result.is_ok()
            && let Ok(now) = clock::now()
        {
            self.reminders.refresh(self.folder.path(), now);
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
        self.written(self.folder.create(brief))
    }

    fn create_from(&self, from: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.written(self.folder.create_from(from, brief))
    }

    fn save(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.written(self.folder.save(base, brief))
    }

    fn restore(
        &self,
        base: &Loaded,
        earlier: &Loaded,
        brief: &Brief,
    ) -> Result<Loaded, StoreError> {
        self.written(self.folder.restore(base, earlier, brief))
    }

    fn rename(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.written(self.folder.rename(base, brief))
    }

    fn goals(&self) -> Result<Goals, StoreError> {
        self.folder.goals()
    }

    fn save_goals(&self, base: &Goals, after: &Goals) -> Result<Goals, StoreError> {
        self.folder.save_goals(base, after)
    }

    fn find(&self, typed: &str) -> Result<BriefId, FindError> {
        self.folder.find(typed)
    }
}
