//! A new brief: a few words for a title, and a checklist.

use crate::checklist;
use crate::domain::{Brief, BriefId, WalkPlace};
use crate::tui::command::Command;
use crate::tui::model::{Go, Model};
use crate::tui::widgets::text_field::TextField;

use super::{Input, Screen, walk::Walk};

/// The place of the typed title in the file of a brief without one.
pub const TITLE: &str = "title";

/// The page on which a brief begins.
#[derive(Debug)]
pub struct New {
    pub field: TextField,
    /// The place of the checklist in the catalogue.
    pub selected: usize,
    /// The brief, once something was typed and kept.
    pub id: Option<BriefId>,
}

/// What of the page goes into a file.
pub struct Kept {
    id: Option<BriefId>,
    title: String,
    selected: usize,
}

impl New {
    /// An empty page.
    pub fn empty(model: &Model) -> Self {
        Self {
            field: TextField::line(),
            selected: names(model)
                .iter()
                .position(|id| id == checklist::DEFAULT)
                .unwrap_or(0),
            id: None,
        }
    }

    /// The page of a brief whose title was being typed.
    pub fn resume(model: &Model, id: &BriefId) -> Self {
        let mut page = Self::empty(model);
        if let Some(brief) = model.brief(id) {
            if let Some(place) = &brief.walk {
                page.field.set_text(&place.draft);
            }
            if let Some(at) = names(model).iter().position(|c| *c == brief.checklist) {
                page.selected = at;
            }
        }
        page.id = Some(id.clone());
        page
    }

    /// What is to be kept.
    pub fn clone_for_keeping(&self) -> Kept {
        Kept {
            id: self.id.clone(),
            title: self.field.text().to_owned(),
            selected: self.selected,
        }
    }

    /// Takes an input.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        match input {
            Input::Key(key) => model.heed(self.field.handle(key)),
            Input::Text(text) => model.heed(self.field.paste(&text)),
            Input::Edited(_) => {}
            Input::Command(command) => {
                let last = names(model).len().saturating_sub(1);
                match command {
                    Command::Up => self.selected = self.selected.saturating_sub(1),
                    Command::Down => self.selected = (self.selected + 1).min(last),
                    Command::Leave => {
                        self.clone_for_keeping().keep(model);
                        model.go.push(Go::Back);
                    }
                    Command::Accept => self.begin(model),
                    _ => {}
                }
            }
        }
    }

    fn begin(&mut self, model: &mut Model) {
        let title = self.field.text().trim().to_owned();
        if title.is_empty() {
            model.say("a few words are enough: what were you asked for?");
            return;
        }
        let names = names(model);
        let Some(checklist) = names.get(self.selected).cloned() else {
            model.complain("there is no checklist; askfirst prompts check says why");
            return;
        };
        let number = model.number();
        let id = BriefId::for_title(&title, number);
        let now = model.now;
        let kept = self.id.clone().filter(|id| model.brief(id).is_some());
        match kept.or_else(|| unnamed(model)) {
            Some(old) => {
                if let Some(item) = model.item_mut(&old) {
                    item.brief.id = id.clone();
                    item.brief.title = title;
                    item.brief.checklist = checklist;
                    item.brief.walk = None;
                }
                model.save(&id);
            }
            None => model.create(Brief::new(id.clone(), title, &checklist, now)),
        }
        model.unrested = false;
        if let Some(walk) = Walk::open(model, &id, None) {
            model
                .go
                .push(Go::Instead(Box::new(Screen::Walk(Box::new(walk)))));
        }
    }
}

impl Kept {
    /// Writes the title typed so far: a brief without a name, if it is the first.
    pub fn keep(self, model: &mut Model) {
        if self.title.trim().is_empty() {
            return;
        }
        let checklist = names(model)
            .get(self.selected)
            .cloned()
            .unwrap_or_else(|| checklist::DEFAULT.to_owned());
        let known = self
            .id
            .filter(|id| model.brief(id).is_some())
            .or_else(|| unnamed(model));
        let place = Some(WalkPlace {
            at: TITLE.to_owned(),
            draft: self.title,
            ..WalkPlace::default()
        });
        match known {
            Some(id) => {
                if let Some(item) = model.item_mut(&id) {
                    item.brief.checklist = checklist;
                }
                model.keep_place(&id, place);
            }
            None => {
                let id = BriefId::unnamed(model.number());
                let mut brief = Brief::new(id, "", &checklist, model.now);
                brief.walk = place;
                model.create(brief);
            }
        }
    }
}

/// The brief whose title was being typed, if there is one.
pub fn unnamed(model: &Model) -> Option<BriefId> {
    model
        .items
        .iter()
        .find(|i| i.brief.id.is_unnamed() && i.brief.title.is_empty())
        .map(|i| i.brief.id.clone())
}

/// The ids of the checklists a brief can begin with.
pub fn names(model: &Model) -> Vec<String> {
    model.catalogue.for_briefs().map(|c| c.id.clone()).collect()
}
