//! Briefs that live as long as the value: for tests, and for looking around.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::format::{self, Adopt};
use super::{Entry, FindError, Goals, Loaded, Store, StoreError, find, folder::fits};
use crate::domain::{Brief, BriefId, Moment};

/// A store without a disk.
#[derive(Debug, Default)]
pub struct MemoryStore {
    files: RefCell<BTreeMap<String, String>>,
    goals: RefCell<String>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a file there, as an editor would.
    pub fn put(&self, id: &BriefId, text: impl Into<String>) {
        self.files
            .borrow_mut()
            .insert(id.as_str().to_owned(), text.into());
    }

    /// Puts a goals list there, as an editor would.
    pub fn put_goals(&self, text: impl Into<String>) {
        *self.goals.borrow_mut() = text.into();
    }

    /// Takes a file away.
    pub fn remove(&self, id: &BriefId) {
        self.files.borrow_mut().remove(id.as_str());
    }

    fn path(id: &BriefId) -> PathBuf {
        PathBuf::from(format!("{id}.toml"))
    }

    fn entry(&self, id: &BriefId) -> Option<Entry> {
        let text = self.files.borrow().get(id.as_str()).cloned()?;
        Some(
            match format::read(&Self::path(id), id, &text, Moment::default()) {
                Ok(loaded) => Entry::Brief(Box::new(loaded)),
                Err(broken) => Entry::Broken(broken),
            },
        )
    }

    fn unchanged(&self, base: &Loaded) -> Result<(), StoreError> {
        if let Some(why) = &base.read_only {
            return Err(StoreError::ReadOnly(why.clone()));
        }
        let id = &base.brief.id;
        let now = self.files.borrow().get(id.as_str()).cloned();
        match now {
            Some(text) if *text == *base.text => Ok(()),
            _ => match self.entry(id) {
                Some(now) => Err(StoreError::Changed {
                    id: id.clone(),
                    now: Box::new(now),
                }),
                None => Err(StoreError::Gone { id: id.clone() }),
            },
        }
    }

    fn write(&self, brief: &Brief, text: String) -> Result<Loaded, StoreError> {
        let path = Self::path(&brief.id);
        fits(&path, &text)?;
        self.put(&brief.id, text.clone());
        format::read(&path, &brief.id, &text, brief.created)
            .map_err(|broken| StoreError::Broken(Box::new(broken)))
    }

    fn free(&self, id: &BriefId) -> Result<(), StoreError> {
        if self.files.borrow().contains_key(id.as_str()) || id.as_str() == "goals" {
            return Err(StoreError::Exists(id.clone()));
        }
        Ok(())
    }
}

impl Store for MemoryStore {
    fn place(&self) -> &Path {
        Path::new("memory")
    }

    fn list(&self) -> Result<Vec<Entry>, StoreError> {
        let names: Vec<String> = self.files.borrow().keys().cloned().collect();
        Ok(names
            .iter()
            .filter_map(|name| self.entry(&BriefId::parse(name).ok()?))
            .collect())
    }

    fn load(&self, id: &BriefId) -> Result<Loaded, StoreError> {
        match self.entry(id) {
            Some(Entry::Brief(loaded)) => Ok(*loaded),
            Some(Entry::Broken(broken)) => Err(StoreError::Broken(Box::new(broken))),
            None => Err(StoreError::Gone { id: id.clone() }),
        }
    }

    fn create(&self, brief: &Brief) -> Result<Loaded, StoreError> {
        self.free(&brief.id)?;
        self.write(brief, format::write_new(brief))
    }

    fn create_from(&self, from: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.free(&brief.id)?;
        let text = format::write(&from.text, &from.brief, brief, Adopt::Yes);
        self.write(brief, text)
    }

    fn save(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        if base.brief.id != brief.id {
            return self.rename(base, brief);
        }
        self.unchanged(base)?;
        let text = format::write(&base.text, &base.brief, brief, Adopt::Yes);
        self.write(brief, text)
    }

    fn restore(
        &self,
        base: &Loaded,
        earlier: &Loaded,
        brief: &Brief,
    ) -> Result<Loaded, StoreError> {
        self.unchanged(base)?;
        let text = format::write(&earlier.text, &earlier.brief, brief, Adopt::No);
        self.write(brief, text)
    }

    fn rename(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        if base.brief.id == brief.id {
            return self.save(base, brief);
        }
        self.unchanged(base)?;
        self.free(&brief.id)?;
        let text = format::write(&base.text, &base.brief, brief, Adopt::Yes);
        let loaded = self.write(brief, text)?;
        self.remove(&base.brief.id);
        Ok(loaded)
    }

    fn goals(&self) -> Result<Goals, StoreError> {
        let text = self.goals.borrow().clone();
        format::read_goals(Path::new("goals.toml"), &text)
            .map_err(|broken| StoreError::Broken(Box::new(broken)))
    }

    fn save_goals(&self, base: &Goals, after: &Goals) -> Result<Goals, StoreError> {
        let now: Arc<str> = self.goals()?.text;
        let text = format::write_goals(Path::new("goals.toml"), &now, base, after)
            .map_err(|broken| StoreError::Broken(Box::new(broken)))?;
        *self.goals.borrow_mut() = text;
        self.goals()
    }

    fn find(&self, typed: &str) -> Result<BriefId, FindError> {
        find::find(typed, &find::names(&self.list()?))
    }
}
