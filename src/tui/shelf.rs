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
use crate::domain::{BriefId, Me, Stage, wording};
use crate::remind;
use crate::storage::{Broken, Entry, Goals, Ids, Lens, Roll, Row, Rows, StoreError};

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
    roll: Roll,
    /// One for each in the roll.
    places: Vec<Place>,
    /// What those want that want something, now or later, by their place.
    wishes: Vec<(usize, Wish)>,
    /// Changes with the order in which the desk has them.
    pub revision: u64,
    /// Read, and not there.
    missing: BTreeSet<BriefId>,
    /// When all that is shown was found in memory.
    seen: Option<Seen>,
    /// All briefs with these people were read; an empty list is everybody.
    read: BTreeSet<Vec<String>>,
    /// When something is nudged about, in local time and in order.
    nudges: Vec<Local>,
    /// Some of them are colleagues'.
    pub has_others: bool,
    /// Where those stand that have no name yet.
    unnamed: Vec<usize>,
}

/// What the screen showed when all of it was read.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    rows: Option<Range<usize>>,
    screens: usize,
    items: usize,
    revision: u64,
}

/// Where one of them belongs on the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// When something last happened; microseconds since 1970.
    pub touched: i64,
    /// Its own part of the desk, whosever it is.
    pub group: Group,
    /// Whether it is the worker's, or everybody's.
    pub is_mine: bool,
    /// It has neither a title nor an id made of one.
    is_unnamed: bool,
}

/// What it wants, now or later.
#[derive(Debug, PartialEq, Eq)]
pub struct Wish {
    pub due: Due,
    pub title: String,
    pub question: String,
}

/// One of them, as it stands on the shelf.
#[derive(Debug, Clone, Copy)]
pub struct OnShelf<'a> {
    /// Where it stands.
    pub at: usize,
    pub place: Place,
    pub wish: Option<&'a Wish>,
}

impl Place {
    /// A brief that was looked at.
    fn of(item: &Item, me: &Me) -> Self {
        let brief = &item.brief;
        Self {
            group: item.group,
            is_mine: me.is_mine(brief),
            touched: touched(brief).timestamp_micros(),
            is_unnamed: brief.id.is_unnamed() && brief.title.is_empty(),
        }
    }
}

impl Wish {
    fn of(item: &Item, me: &Me) -> Option<Self> {
        let brief = &item.brief;
        let due = item.due.as_ref().filter(|_| me.is_mine(brief))?;
        Some(Self {
            due: due.clone(),
            title: brief.title.clone(),
            question: wording::nudge(brief, due),
        })
    }
}

/// A folder as it was found, to be shown.
#[derive(Debug)]
pub struct Shelved {
    pub shelf: Shelf,
    /// The files that are no briefs; nothing where they were not looked at.
    pub broken: Option<Vec<Broken>>,
}

impl Shelf {
    /// As the files are.
    pub fn of(rows: Rows, lens: &Lens, me: &Me) -> Shelved {
        let mut shelf = Self::default();
        rows.lines().for_each(|row| shelf.add(&row, me));
        shelf.place_all(rows.roll(lens));
        Shelved {
            shelf,
            broken: Some(rows.broken),
        }
    }

    /// Adds the next one by id, of which the roll is told afterwards.
    pub fn add(&mut self, row: &Row<'_>, me: &Me) {
        let Some(head) = row.head() else { return };
        let is_mine = me.answers_to(head.owner);
        let stage = Stage::from_word(head.stage);
        let standing = Standing {
            stage: &stage,
            archived: head.archived,
            is_undecided: head.is_undecided,
            is_objected: head.is_objected,
            is_amended: head.is_amended,
        };
        if is_mine
            && head.is_wanting
            && let Some(row) = row.summary()
            && let Some(wants) = row.wants
        {
            let wish = Wish {
                due: wants.due,
                title: row.title.into_owned(),
                question: wants.question.into_owned(),
            };
            self.wishes.push((self.places.len(), wish));
        }
        self.places.push(Place {
            touched: head.touched,
            group: standing.group(),
            is_mine,
            is_unnamed: head.is_untitled && is_unnamed(head.id),
        });
    }

    /// After all were added.
    pub fn place_all(&mut self, roll: Roll) {
        self.roll = roll;
        self.wishes.shrink_to_fit();
        self.places.shrink_to_fit();
        self.has_others = self.places.iter().any(|place| !place.is_mine);
        self.look_through();
    }

    /// Whether the folder is small, and all of it in memory.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// What tells whether the files are still as they were.
    pub fn roll(&self) -> &Roll {
        &self.roll
    }

    /// The ids of all of them, by where they stand.
    pub fn ids(&self) -> &Arc<Ids> {
        self.roll.ids()
    }

    /// In the place of an earlier one.
    pub fn after(self, earlier: &Self) -> Self {
        Self {
            revision: earlier.revision + 1,
            ..self
        }
    }

    /// Where one stands.
    pub fn find(&self, id: &BriefId) -> Option<usize> {
        self.ids().find(id.as_str())
    }

    fn wish(&self, at: usize) -> Option<&Wish> {
        let found = self.wishes.binary_search_by_key(&at, |(at, _)| *at).ok()?;
        self.wishes.get(found).map(|(_, wish)| wish)
    }

    /// Whether a brief that was looked at stands where it would be put.
    fn is_as(&self, item: &Item, me: &Me) -> bool {
        self.find(&item.brief.id).is_some_and(|at| {
            self.places.get(at) == Some(&Place::of(item, me))
                && self.wish(at) == Wish::of(item, me).as_ref()
        })
    }

    /// Puts a brief back that was looked at; whether it changed meanwhile.
    fn put_back(&mut self, item: &Item, me: &Me) -> bool {
        let Some(at) = self.find(&item.brief.id).filter(|_| !self.is_as(item, me)) else {
            return false;
        };
        if let Some(place) = self.places.get_mut(at) {
            *place = Place::of(item, me);
        }
        self.wishes.retain(|(of, _)| *of != at);
        if let Some(wish) = Wish::of(item, me) {
            let before = self.wishes.partition_point(|(of, _)| *of < at);
            self.wishes.insert(before, (at, wish));
        }
        true
    }

    /// Takes one away, as after it was deleted.
    pub fn remove(&mut self, id: &BriefId) {
        if let Some(at) = self.find(id).filter(|at| *at < self.places.len()) {
            self.roll.remove(at);
            self.places.remove(at);
            self.wishes.retain(|(of, _)| *of != at);
            let later = self.wishes.iter_mut().filter(|(of, _)| *of > at);
            later.for_each(|(of, _)| *of -= 1);
            self.revision += 1;
            self.look_through();
        }
    }

    fn look_through(&mut self) {
        let nudges = self.wishes.iter().flat_map(|(_, wish)| wish.due.nudges);
        self.nudges = nudges.collect();
        self.nudges.sort_unstable();
        self.nudges.dedup();
        let places = self.places.iter().enumerate();
        let unnamed = places.filter(|(_, place)| place.is_unnamed);
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

    /// Where those stand that are in memory, of a large folder.
    fn loaded(&self) -> BTreeSet<usize> {
        match self.shelf.is_empty() {
            true => BTreeSet::new(),
            false => {
                let ids = self.items.iter().map(|item| &item.brief.id);
                ids.filter_map(|id| self.shelf.find(id)).collect()
            }
        }
    }

    /// Those that are not in memory.
    pub fn on_shelf(&self) -> impl Iterator<Item = OnShelf<'_>> {
        let loaded = self.loaded();
        let mut wishes = self.shelf.wishes.iter().peekable();
        let places = self.shelf.places.iter().enumerate();
        let all = places.map(move |(at, place)| OnShelf {
            at,
            place: *place,
            wish: wishes.next_if(|(of, _)| *of == at).map(|(_, wish)| wish),
        });
        all.filter(move |row| !loaded.contains(&row.at))
    }

    /// What those that are not in memory want.
    pub fn wishes_on_shelf(&self) -> impl Iterator<Item = (&str, &Wish)> {
        let loaded = self.loaded();
        let rows = self.shelf.wishes.iter();
        let unread = rows.filter(move |(at, _)| !loaded.contains(at));
        unread.filter_map(|(at, wish)| Some((self.shelf.ids().get(*at)?, wish)))
    }

    /// The brief that was begun and has no name yet, read or not.
    pub fn unnamed_on_shelf(&self) -> Option<BriefId> {
        let unnamed = self.shelf.unnamed.iter();
        let ids = unnamed.filter_map(|at| self.shelf.ids().get(*at));
        let mut ids = ids.filter_map(|id| BriefId::parse(id).ok());
        ids.find(|id| self.item(id).is_none())
    }
}

/// Whether an id was given before there was a title.
fn is_unnamed(id: &str) -> bool {
    BriefId::parse(id).is_ok_and(|id| id.is_unnamed())
}

/// The folder was looked at.
pub fn shelved(
    model: &mut Model,
    found: Result<Shelved, StoreError>,
    goals: Result<Goals, StoreError>,
) {
    take_goals(model, goals);
    let Shelved { shelf, broken } = match found {
        Ok(found) => found,
        Err(error) => return model.complain(error.to_string()),
    };
    model.shelf = shelf.after(&model.shelf);
    if let Some(broken) = broken {
        model.broken = broken;
    }
    // What is in memory may be another one on the disk by now.
    let again = model.items.iter().filter(|item| item.is_saved());
    let again: Vec<BriefId> = again.map(|item| item.brief.id.clone()).collect();
    if !again.is_empty() {
        model.effects.push(Effect::Load(again));
    }
}

/// The folder was looked at, and everything on the shelf is as it was: so is what was
/// read from there since.
pub fn unchanged(model: &mut Model, goals: Result<Goals, StoreError>) {
    take_goals(model, goals);
    model.broken.clear();
    // What could not be read is tried again.
    model.shelf.missing.clear();
    model.shelf.seen = None;
}

fn take_goals(model: &mut Model, goals: Result<Goals, StoreError>) {
    match goals {
        Ok(goals) => model.goals = goals,
        Err(error) => model.complain(format!("the goals list: {error}")),
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
                // It stands where it stood.
                item.is_looked_at = text.is_none() && model.shelf.is_as(&item, &model.me);
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
