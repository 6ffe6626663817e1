//! The briefs of a large folder that are not in memory: as much of each as
//! its place on the desk needs. What is seen, opened or changed is read and
//! stands among the model's items, which then count instead.

mod wanted;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::nudge::{self, Due};
use crate::domain::summary::touched;
use crate::domain::work_time::{Local, WorkTime};
use crate::domain::{BriefId, Me, Summary, wording};
use crate::remind;
use crate::storage::{Entry, Goals, Lens, Rows, StoreError};

use super::message::{Effect, Found};
use super::model::{Item, Model};
use super::screens::Screen;
use super::screens::desk::{Group, Standing, group_of};
use super::screens::filter;

pub use wanted::{ahead, is_passing, unread, want};

/// From so many files on not all are read.
pub const LARGE: usize = 200;

/// The briefs of a large folder, by id.
#[derive(Debug, Default)]
pub struct Shelf {
    rows: Vec<OnShelf>,
    /// It is what was known the last time, and the files may say otherwise.
    pub is_glimpse: bool,
    /// Changes with the order in which the desk has them.
    pub revision: u64,
    /// Read, and not there.
    missing: BTreeSet<BriefId>,
    /// When all that is shown was found in memory.
    seen: Option<Seen>,
    /// All briefs with these people were read; an empty list is everybody.
    read: BTreeSet<Vec<String>>,
    /// The places of those that want something, now or later.
    wishing: Vec<usize>,
    /// When something is nudged about, in local time and in order.
    nudges: Vec<Local>,
    /// The places of those without a name.
    unnamed: Vec<usize>,
    /// Some of them are colleagues'.
    pub has_others: bool,
}

/// What the screen showed when all of it was read.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    rows: Option<Range<usize>>,
    screens: usize,
    items: usize,
    revision: u64,
}

/// One of them.
#[derive(Debug, PartialEq, Eq)]
pub struct OnShelf {
    pub id: BriefId,
    /// Its own part of the desk, whosever it is.
    pub group: Group,
    /// Whether it is the worker's, or everybody's.
    pub is_mine: bool,
    /// When something last happened; microseconds since 1970.
    pub touched: i64,
    /// It has neither a title nor an id made of one.
    is_unnamed: bool,
    wish: Option<Box<Wish>>,
}

/// What it wants, now or later.
#[derive(Debug, PartialEq, Eq)]
pub struct Wish {
    pub due: Due,
    pub title: String,
    pub question: String,
}

impl OnShelf {
    fn of_row(row: &Summary<'_>, me: &Me) -> Option<Self> {
        let id = BriefId::parse(&row.id).ok()?;
        let is_mine = me.answers_to(&row.owner);
        let standing = Standing {
            stage: &row.stage,
            archived: row.archived,
            is_undecided: row.is_undecided,
            is_objected: row.objector.is_some(),
            is_amended: row.is_amended,
        };
        Some(Self {
            group: standing.group(),
            is_mine,
            touched: row.touched,
            is_unnamed: id.is_unnamed() && row.title.is_empty(),
            wish: row.wants.as_ref().filter(|_| is_mine).map(|wants| {
                Box::new(Wish {
                    due: wants.due.clone(),
                    title: row.title.clone().into_owned(),
                    question: wants.question.clone().into_owned(),
                })
            }),
            id,
        })
    }

    /// A brief that was looked at.
    fn of(item: &Item, me: &Me) -> Self {
        let brief = &item.brief;
        let is_mine = me.is_mine(brief);
        Self {
            group: item.group,
            is_mine,
            touched: touched(brief).timestamp_micros(),
            is_unnamed: brief.id.is_unnamed() && brief.title.is_empty(),
            wish: item.due.as_ref().filter(|_| is_mine).map(|due| {
                Box::new(Wish {
                    due: due.clone(),
                    title: brief.title.clone(),
                    question: wording::nudge(brief, due),
                })
            }),
            id: brief.id.clone(),
        }
    }

    /// What it wants, now or later.
    pub fn wish(&self) -> Option<&Wish> {
        self.wish.as_deref()
    }
}

impl Shelf {
    /// Whether the folder is small, and all of it in memory.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// In the place of an earlier one.
    pub fn after(self, earlier: &Self) -> Self {
        Self {
            revision: earlier.revision + 1,
            ..self
        }
    }

    fn row(&self, id: &BriefId) -> Option<&OnShelf> {
        let at = self.rows.binary_search_by(|row| row.id.cmp(id)).ok()?;
        self.rows.get(at)
    }

    /// Takes one away, as after it was deleted.
    pub fn remove(&mut self, id: &BriefId) {
        if let Ok(at) = self.rows.binary_search_by(|row| row.id.cmp(id)) {
            self.rows.remove(at);
            self.revision += 1;
            self.look_through();
        }
    }

    fn look_through(&mut self) {
        let rows = self.rows.iter().enumerate();
        let wishing = rows.filter(|(_, row)| row.wish.is_some());
        self.wishing = wishing.map(|(at, _)| at).collect();
        let wishes = self.rows.iter().filter_map(OnShelf::wish);
        self.nudges = wishes.flat_map(|wish| wish.due.nudges).collect();
        self.nudges.sort_unstable();
        self.nudges.dedup();
        let rows = self.rows.iter().enumerate();
        let unnamed = rows.filter(|(_, row)| row.is_unnamed);
        self.unnamed = unnamed.map(|(at, _)| at).collect();
    }

    /// The first nudge after a moment, of all briefs, also of those that are in
    /// memory by now.
    pub fn next_nudge(&self, after: Local) -> Option<Local> {
        let at = self.nudges.partition_point(|at| *at <= after);
        self.nudges.get(at).copied()
    }
}

impl Model {
    /// What lists are reckoned with.
    pub fn lens(&self) -> Lens {
        let work: &WorkTime = &self.work;
        Lens {
            work: work.clone(),
            zone: Arc::new(self.here),
            basis: remind::basis(work, &self.here, self.now),
            now: self.now,
        }
    }

    /// Whether there is any brief.
    pub fn has_briefs(&self) -> bool {
        !self.items.is_empty() || !self.shelf.is_empty()
    }

    /// Those that are in memory, of a large folder.
    fn loaded(&self) -> BTreeSet<&BriefId> {
        match self.shelf.is_empty() {
            true => BTreeSet::new(),
            false => self.items.iter().map(|item| &item.brief.id).collect(),
        }
    }

    /// Those that are not in memory.
    pub fn on_shelf(&self) -> impl Iterator<Item = &OnShelf> {
        let loaded = self.loaded();
        let rows = self.shelf.rows.iter();
        rows.filter(move |row| !loaded.contains(&row.id))
    }

    /// What those that are not in memory want.
    pub fn wishes_on_shelf(&self) -> impl Iterator<Item = (&BriefId, &Wish)> {
        let loaded = self.loaded();
        let rows = self.shelf.wishing.iter();
        let rows = rows.filter_map(|at| self.shelf.rows.get(*at));
        let unread = rows.filter(move |row| !loaded.contains(&row.id));
        unread.filter_map(|row| Some((&row.id, row.wish()?)))
    }

    /// The brief that was begun and has no name yet, read or not.
    pub fn unnamed_on_shelf(&self) -> Option<&BriefId> {
        let rows = self.shelf.unnamed.iter();
        let rows = rows.filter_map(|at| self.shelf.rows.get(*at));
        let mut ids = rows.map(|row| &row.id);
        ids.find(|id| self.item(id).is_none())
    }
}

/// The folder was looked at.
pub fn shelved(
    model: &mut Model,
    rows: Result<Rows, StoreError>,
    goals: Result<Goals, StoreError>,
    is_glimpse: bool,
) {
    match goals {
        Ok(goals) => model.goals = goals,
        Err(error) => model.complain(format!("the goals list: {error}")),
    }
    let rows = match rows {
        Ok(rows) => rows,
        Err(error) => {
            model.complain(error.to_string());
            model.shelf.is_glimpse = false;
            return;
        }
    };
    let mut shelf = Shelf {
        rows: rows
            .iter()
            .filter_map(|row| OnShelf::of_row(&row, &model.me))
            .collect(),
        is_glimpse,
        ..Shelf::default()
    }
    .after(&model.shelf);
    shelf.look_through();
    shelf.has_others = shelf.rows.iter().any(|row| !row.is_mine);
    model.shelf = shelf;
    if !is_glimpse {
        model.broken = rows.broken;
    }
    // What is in memory may be another one on the disk by now.
    let again = model.items.iter().filter(|item| item.is_saved());
    let again: Vec<BriefId> = again.map(|item| item.brief.id.clone()).collect();
    if !again.is_empty() {
        model.effects.push(Effect::Load(again));
    }
}

/// Some briefs were read.
pub fn loaded(model: &mut Model, found: Vec<(BriefId, Result<Entry, StoreError>)>) {
    let mut is_other = false;
    for (id, result) in found {
        let result = match result {
            Err(StoreError::Broken(broken)) => Ok(Entry::Broken(*broken)),
            other => other,
        };
        let before = model.item(&id);
        // What was typed meanwhile is not thrown away.
        if before.is_some_and(|item| !item.is_saved()) {
            continue;
        }
        let text = before.and_then(|item| Some(item.base.as_ref()?.text.clone()));
        match result {
            Ok(Entry::Brief(loaded)) => {
                if text.as_ref() == Some(&loaded.text) {
                    continue;
                }
                if text.is_some() {
                    is_other = true;
                    model.items.retain(|item| item.brief.id != id);
                    model.detach_steps(&id);
                }
                let mut item = Item::loaded(*loaded);
                item.due = nudge::due(&item.brief, &model.work, &model.here);
                item.group = group_of(&item.brief);
                let row = OnShelf::of(&item, &model.me);
                // It stands where it stood.
                item.is_looked_at = model.shelf.row(&id) == Some(&row) && text.is_none();
                model.items.push(item);
            }
            Ok(Entry::Broken(broken)) => {
                is_other = true;
                model.items.retain(|item| item.brief.id != id);
                model.shelf.remove(&id);
                model.broken.retain(|other| other.path != broken.path);
                model.broken.push(broken);
            }
            // What is open stays open: the next save says that its file is gone.
            Err(StoreError::Gone { .. })
                if model.screens.iter().any(|s| s.about() == Some(&id)) => {}
            Err(StoreError::Gone { .. }) => {
                is_other = true;
                model.items.retain(|item| item.brief.id != id);
                model.shelf.remove(&id);
            }
            Err(error) => {
                model.complain(error.to_string());
                model.shelf.missing.insert(id);
            }
        }
    }
    if is_other {
        model.shelf.revision += 1;
        super::update::refresh(model);
    }
}

/// What was looked for was found.
pub fn found(model: &mut Model, result: Result<Found, StoreError>) {
    match result {
        Ok(found) => {
            if let Some(Screen::Filter(filter::Filter {
                kind: filter::Kind::Find(find),
                field,
                ..
            })) = model.screens.last_mut()
                && field.text() == found.words
            {
                find.found = found.ids;
                find.more = found.more;
            }
        }
        Err(error) => model.complain(error.to_string()),
    }
}
