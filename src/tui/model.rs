//! Everything the interface knows. `update` changes it, `view` reads it.

use std::cell::{Cell, OnceCell};
use std::sync::Arc;

use crate::checklist::{Catalogue, Checklist};
use crate::clock::Here;
use crate::domain::nudge::Due;
use crate::domain::work_time::WorkTime;
use crate::domain::{
    Agreement, Brief, BriefId, Change, Day, Goal, Me, Moment, Shared, amendment, id,
};
use crate::signature::Signers;
use crate::storage::{Broken, Entry, Goals, Loaded};

use super::agenda::Banner;
use super::command::Command;
use super::dialog::Dialog;
use super::message::Effect;
use super::screens::Screen;
use super::screens::desk::{Group, group_of};
use super::shelf::Shelf;
use super::widgets::text_field::FieldEvent;

/// A brief in memory, with what is known to be on the disk.
#[derive(Debug, Clone)]
pub struct Item {
    /// As last read or written. `None` until it was written once.
    pub base: Option<Loaded>,
    pub brief: Shared,
    /// The last save failed; the next change tries again.
    pub failed: bool,
    /// Why the last save failed.
    pub why: Option<String>,
    /// What stands in the file instead, after somebody else changed it.
    pub theirs: Option<Box<Entry>>,
    /// What it wants next, as of the last look at it.
    pub due: Option<Due>,
    /// Its own part of the desk, as of the same look.
    pub group: Group,
    /// Whether the two are those of the brief as it stands.
    pub is_looked_at: bool,
    /// Whether something changed since a yes, once somebody asked.
    pub amended: OnceCell<bool>,
}

impl Item {
    /// A brief that was read.
    pub fn loaded(loaded: Loaded) -> Self {
        Self {
            brief: loaded.brief.clone(),
            base: Some(loaded),
            failed: false,
            theirs: None,
            why: None,
            due: None,
            group: Group::Drafts,
            is_looked_at: false,
            amended: OnceCell::new(),
        }
    }

    /// Whether something changed since somebody's yes.
    pub fn is_amended(&self) -> bool {
        let amended = || !amendment::amended(&self.brief).is_empty();
        *self.amended.get_or_init(amended)
    }

    /// Its own part of the desk, whosever it is.
    pub fn group(&self) -> Group {
        match self.is_looked_at {
            true => self.group,
            false => group_of(&self.brief),
        }
    }

    /// Why it cannot be changed.
    pub fn read_only(&self) -> Option<&str> {
        self.base.as_ref().and_then(|b| b.read_only.as_deref())
    }

    /// Whether the disk has everything.
    pub fn is_saved(&self) -> bool {
        self.base.as_ref().is_some_and(|b| b.brief == self.brief)
    }
}

/// One step to take back or to do again.
#[derive(Debug, Clone)]
pub struct Step {
    pub what: String,
    pub part: StepPart,
}

/// What a step changes.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "nearly every step is a change")]
pub enum StepPart {
    Brief {
        id: BriefId,
        change: Change,
        /// The file from which the text comes back, comments and all. `None`
        /// after somebody else wrote it: theirs stay.
        earlier: Option<Box<Loaded>>,
    },
    Goals(Vec<Goal>),
    /// The whole file at once, as after editing it by hand.
    File {
        id: BriefId,
        earlier: Box<Loaded>,
    },
    Both(Box<StepPart>, Box<StepPart>),
}

/// One line about what just happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub text: String,
    pub is_problem: bool,
}

/// Where to go after the screen has had its say.
#[derive(Debug)]
pub enum Go {
    To(Box<Screen>),
    Instead(Box<Screen>),
    Back,
    Desk,
    /// Run a command on the screen that is on top by then.
    Run(Command),
}

/// The whole state of the interface.
#[derive(Debug)]
pub struct Model {
    pub now: Moment,
    /// When the worker works and may be asked.
    pub work: WorkTime,
    /// Which keys are whose, as the settings say.
    pub signers: Signers,
    /// Where local time is that of the worker.
    pub here: Here,
    pub size: (u16, u16),
    /// The folder, for people.
    pub place: String,
    /// The worker's name for messages; may be empty.
    pub worker: String,
    /// Who sits here, among colleagues.
    pub me: Me,
    pub colour: bool,
    /// All briefs, but for those on the shelf.
    pub items: Vec<Item>,
    /// The rest of a large folder.
    pub shelf: Shelf,
    /// What is looked for before the next frame is drawn.
    pub sought: Option<String>,
    /// Something is on the screen whose brief is read before that.
    pub unshown: bool,
    pub broken: Vec<Broken>,
    /// Files that somebody else wrote to, to be read again: by name, or all.
    pub unread: std::collections::BTreeSet<String>,
    pub unread_all: bool,
    pub goals: Goals,
    pub catalogue: Arc<Catalogue>,
    /// The desk is first and stays.
    pub screens: Vec<Screen>,
    pub dialog: Option<Dialog>,
    pub notice: Option<Notice>,
    /// Something that became due while the interface was open.
    pub banner: Option<Banner>,
    pub undo: Vec<Step>,
    pub redo: Vec<Step>,
    /// Something was typed that no save holds yet.
    pub unrested: bool,
    pub saved_at: Option<Moment>,
    pub quitting: bool,
    pub go: Vec<Go>,
    pub effects: Vec<Effect>,
    /// Where a brief was found the last time.
    found: Cell<usize>,
    seed: u32,
    count: u32,
}

impl Model {
    /// An interface on an empty desk, before the folder was read. `seed` is
    /// where new ids come from.
    pub fn new(now: Moment, size: (u16, u16), seed: u32, catalogue: Arc<Catalogue>) -> Self {
        Self {
            now,
            work: WorkTime::default(),
            signers: Signers::default(),
            here: Here::at(*now.offset()),
            size,
            place: String::new(),
            worker: String::new(),
            me: Me::alone(),
            colour: true,
            items: Vec::new(),
            shelf: Shelf::default(),
            sought: None,
            unshown: false,
            broken: Vec::new(),
            unread: std::collections::BTreeSet::new(),
            unread_all: false,
            goals: Goals::default(),
            catalogue,
            screens: vec![Screen::desk()],
            dialog: None,
            notice: None,
            banner: None,
            undo: Vec::new(),
            redo: Vec::new(),
            unrested: false,
            saved_at: None,
            quitting: false,
            go: Vec::new(),
            effects: Vec::new(),
            found: Cell::new(0),
            seed,
            count: 0,
        }
    }

    /// Today, where the worker is.
    pub fn today(&self) -> Day {
        self.now.date_naive()
    }

    /// A number for a new id.
    pub fn number(&mut self) -> u32 {
        self.count += 1;
        crate::chance::mix(self.seed, self.count)
    }

    /// An id for a new event.
    pub fn event_id(&mut self) -> String {
        id::letters(self.number())
    }

    /// The item with an id.
    pub fn item(&self, id: &BriefId) -> Option<&Item> {
        self.item_named(id.as_str())
    }

    fn item_named(&self, id: &str) -> Option<&Item> {
        // Nearly always the same as the last time: the one under the cursor.
        let is = |item: &&Item| item.brief.id.as_str() == id;
        if let Some(item) = self.items.get(self.found.get()).filter(is) {
            return Some(item);
        }
        let at = self.items.iter().position(|item| is(&item))?;
        self.found.set(at);
        self.items.get(at)
    }

    /// The item with an id, to change.
    pub fn item_mut(&mut self, id: &BriefId) -> Option<&mut Item> {
        let item = self.items.iter_mut().find(|i| &i.brief.id == id)?;
        item.is_looked_at = false;
        item.amended = OnceCell::new();
        Some(item)
    }

    /// The brief with an id.
    pub fn brief(&self, id: &BriefId) -> Option<&Brief> {
        self.item(id).map(|i| &*i.brief)
    }

    /// The brief with an id that is still a text.
    pub fn brief_named(&self, id: &str) -> Option<&Brief> {
        self.item_named(id).map(|i| &*i.brief)
    }

    /// Whether a brief is the worker's own, or everybody's.
    pub fn is_mine(&self, brief: &Brief) -> bool {
        self.me.is_mine(brief)
    }

    /// The checklist of a brief, or the default one where it is unknown.
    pub fn checklist_of(&self, brief: &Brief) -> Option<&Checklist> {
        self.catalogue
            .get(&brief.checklist)
            .or_else(|| self.catalogue.get(crate::checklist::DEFAULT))
    }

    /// The ids of the questions that starting this brief depends on.
    pub fn needed(&self, brief: &Brief) -> Vec<String> {
        self.checklist_of(brief)
            .map(|c| c.needed(brief).into_iter().map(str::to_owned).collect())
            .unwrap_or_default()
    }

    /// The code of a brief as it stands.
    pub fn code(brief: &Brief) -> String {
        Agreement::of(brief).code().to_string()
    }

    /// The screen on top.
    pub fn top(&self) -> Option<&Screen> {
        self.screens.last()
    }

    /// The brief that the top screen is about.
    pub fn current(&self) -> Option<&Brief> {
        let id = self.top()?.brief()?;
        self.brief(&id)
    }

    /// Says something in the notice line.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            is_problem: false,
        });
    }

    /// Says that something did not work.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            is_problem: true,
        });
    }

    /// Notes what a key did to a field.
    pub fn heed(&mut self, event: FieldEvent) {
        match event {
            FieldEvent::Changed => self.unrested = true,
            FieldEvent::Refused(too_long) => self.complain(too_long.to_string()),
            FieldEvent::Moved | FieldEvent::Ignored => {}
        }
    }

    /// Goes to a screen.
    pub fn open(&mut self, screen: Screen) {
        self.go.push(Go::To(Box::new(screen)));
    }
}
