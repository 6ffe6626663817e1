//! The walk: one question a page. What is typed is taken on Enter and on the
//! way to another page; on the way out it is kept as it is.

mod basis;
pub mod choice;
pub mod list;
pub mod lists;
pub mod rank;
pub mod text;

pub use crate::checklist::answering::{next_basis, text_of};
pub use crate::domain::wording::describe;

use crate::checklist::answering as answers;
use crate::checklist::{Kind, Question, Walk as Steps};
use crate::domain::{Basis, Brief, BriefId, Standing, WalkPlace};
use crate::tui::command::Command;
use crate::tui::keymap::Context;
use crate::tui::message::Effect;
use crate::tui::model::{Go, Model};
use crate::tui::screens::{Input, Screen, review::Review};
use crate::tui::widgets::text_field::{FieldEvent, TextField};

use choice::ChoicePage;
use list::ListPage;
use rank::RankPage;
use text::TextPage;

/// One page of the walk.
#[derive(Debug)]
pub struct Walk {
    pub id: BriefId,
    /// The question on the screen.
    pub at: String,
    pub page: Page,
    /// Opened from the review: one answer, then back.
    pub from_review: bool,
    /// A remark about what was just typed.
    pub remark: Option<String>,
}

/// How the question is answered.
#[derive(Debug)]
pub enum Page {
    Text(TextPage),
    Choice(ChoicePage),
    List(ListPage),
    Rank(RankPage),
}

impl Walk {
    /// The walk of a brief: at a question, or where it was left, or at the
    /// first question without an answer. `None` when there is no such brief or
    /// no checklist at all.
    pub fn open(model: &Model, id: &BriefId, question: Option<&str>) -> Option<Self> {
        let brief = model.brief(id)?;
        let checklist = model.checklist_of(brief)?;
        let steps = match question {
            Some(question) => Steps::at(checklist, brief, question),
            None => Steps::resume(checklist, brief),
        };
        let question = steps.question().or_else(|| steps.questions().next())?;
        // What was being typed here, also before another question was opened.
        let place = brief.place_at(&question.id);
        Some(Self {
            id: id.clone(),
            at: question.id.clone(),
            page: Page::new(brief, question, place),
            from_review: false,
            remark: None,
        })
    }

    /// The same, as one answer to change and then back.
    pub fn open_from_review(model: &Model, id: &BriefId, question: &str) -> Option<Self> {
        let mut walk = Self::open(model, id, Some(question))?;
        walk.from_review = true;
        Some(walk)
    }

    /// The question on the screen.
    pub fn question<'a>(&self, model: &'a Model) -> Option<&'a Question> {
        let brief = model.brief(&self.id)?;
        model.checklist_of(brief)?.question(&self.at)
    }

    /// The place of the page and the number of pages, from 1.
    pub fn position(&self, model: &Model) -> (usize, usize) {
        self.steps(model)
            .and_then(|steps| steps.position())
            .map_or((1, 1), |position| (position.at, position.of))
    }

    fn steps<'m>(&self, model: &'m Model) -> Option<Steps<'m>> {
        let brief = model.brief(&self.id)?;
        Some(Steps::at(model.checklist_of(brief)?, brief, &self.at))
    }

    /// Where keys are looked up.
    pub fn contexts(&self) -> &'static [Context] {
        use Context::{Always, Choice, Entry, Moving, Pairs, Rank, Rows, Typing};
        match &self.page {
            Page::Text(_) => &[Typing, Always],
            Page::Choice(_) => &[Choice, Moving, Always],
            Page::List(page) if page.row.is_none() => &[Entry, Always],
            Page::List(_) => &[Rows, Moving, Always],
            Page::Rank(page) if page.pairs.is_some() => &[Pairs, Moving, Always],
            Page::Rank(_) => &[Rank, Moving, Always],
        }
    }

    /// The field that takes printable keys.
    pub fn field(&mut self) -> Option<&mut TextField> {
        match &mut self.page {
            Page::Text(page) => Some(&mut page.field),
            Page::List(page) if page.row.is_none() => Some(&mut page.field),
            _ => None,
        }
    }

    /// What is typed and not in the brief yet, for the file.
    pub fn place(&self, model: &Model) -> WalkPlace {
        let mut place = WalkPlace::new(self.at.clone());
        let Some(brief) = model.brief(&self.id) else {
            return place;
        };
        let taken = |standing: &Standing| {
            Some(standing)
                .filter(|s| **s != answers::standing_of(brief, &self.at))
                .cloned()
        };
        match &self.page {
            Page::Text(page) => {
                if page.field.text() != answers::text_of(brief, &self.at) {
                    page.field.text().clone_into(&mut place.draft);
                }
                place.standing = taken(&page.standing);
            }
            Page::Choice(page) => place.standing = taken(&page.standing),
            Page::List(page) => page.keep(brief, &mut place),
            Page::Rank(_) => {}
        }
        place
    }

    /// Writes the place and the typed text into the file.
    pub fn keep(&self, model: &mut Model) {
        let place = self.place(model);
        model.keep_place(&self.id, Some(place));
    }

    /// Takes a key, a paste or a command.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        if model.brief(&self.id).is_none() {
            model.go.push(Go::Back);
            return;
        }
        match input {
            Input::Key(key) => self.typed(model, |field| field.handle(key)),
            Input::Text(text) => self.typed(model, |field| field.paste(&text)),
            Input::Edited(text) => self.typed(model, |field| field.replace(&text)),
            Input::Command(command) => self.command(model, command),
        }
    }

    fn typed(&mut self, model: &mut Model, act: impl FnOnce(&mut TextField) -> FieldEvent) {
        match self.field().map(act) {
            Some(FieldEvent::Changed) => {
                model.unrested = true;
                model.notice = None;
                self.remark = None;
                if let Page::Text(page) = &mut self.page {
                    page.warned = false;
                }
            }
            Some(FieldEvent::Refused(too_long)) => model.complain(too_long.to_string()),
            _ => {}
        }
    }

    fn command(&mut self, model: &mut Model, command: Command) {
        model.notice = None;
        match command {
            Command::Leave => {
                self.leave(model);
                return;
            }
            Command::Review => {
                if self.commit(model) {
                    model.keep_place(&self.id, Some(self.place(model)));
                    let review = Screen::Review(Review::new(self.id.clone()));
                    model.go.push(if self.from_review {
                        Go::Back
                    } else {
                        Go::Instead(Box::new(review))
                    });
                }
                return;
            }
            Command::Editor => {
                if let Some(field) = self.field() {
                    model.effects.push(Effect::Edit(field.text().to_owned()));
                }
                return;
            }
            Command::BasisDetails => {
                self.basis_form(model);
                return;
            }
            _ => {}
        }
        match &mut self.page {
            Page::Text(_) => self.text_command(model, command),
            Page::Choice(_) => self.choice_command(model, command),
            Page::List(_) => self.list_command(model, command),
            Page::Rank(_) => self.rank_command(model, command),
        }
    }

    /// Esc: out of the pairs, else out of the walk. What is typed is kept.
    fn leave(&mut self, model: &mut Model) {
        if let Page::Rank(page) = &mut self.page {
            if page.pairs.take().is_some() {
                return;
            }
            // An order has no draft, and neither has what it rests on: they are
            // the answer or they are lost.
            if page.is_touched(model.brief(&self.id)) {
                self.commit(model);
            }
        }
        self.keep(model);
        model.go.push(Go::Back);
    }

    /// What should be looked at before the answer is taken; never blocks.
    fn doubt(&self, model: &Model) -> Option<String> {
        let Page::Text(page) = &self.page else {
            return None;
        };
        let question = self.question(model)?;
        page.echo(question, model.today())?.err()
    }

    /// Puts the answer into the brief. False when nothing more should happen.
    pub fn commit(&mut self, model: &mut Model) -> bool {
        let Some(question) = self.question(model).cloned() else {
            return true;
        };
        let Some(brief) = model.brief(&self.id) else {
            return false;
        };
        let today = model.today();
        let change = match &mut self.page {
            Page::Text(page) => {
                let text = page.field.text().trim();
                let mut standing = page.standing.clone();
                if !text.is_empty() && standing.basis == Basis::Guess {
                    // A guess can be asked about; "I don't know" had no text.
                    standing.by = None;
                }
                if standing.basis == Basis::NotNeeded && !text.is_empty() && standing.why.is_empty()
                {
                    text.clone_into(&mut standing.why);
                    answers::answer_change(brief, &question, "", standing, today)
                } else if text == "?" {
                    None
                } else {
                    answers::answer_change(brief, &question, text, standing, today)
                }
            }
            Page::Choice(page) => match page.value() {
                choice::UNKNOWN => None,
                value => {
                    let mut standing = page.standing.clone();
                    standing.ask = standing.ask.filter(|_| standing.basis == Basis::Asked);
                    answers::answer_change(brief, &question, value, standing, today)
                }
            },
            Page::Rank(page) => {
                let answer = answers::entry(brief, &question, "", page.standing.clone());
                let change = page.change(brief, answer, today);
                answers::changes_something(brief, &change).then_some(change)
            }
            Page::List(_) => return self.commit_list(model, &question),
        };
        if let Some(change) = change {
            model.change(
                &self.id,
                &format!("answer to \u{201c}{}\u{201d}", short(&question.ask)),
                change,
            );
        }
        model.unrested = false;
        true
    }

    /// Goes to the next page (+1) or the one before (-1).
    pub fn go(&mut self, model: &mut Model, by: isize) {
        model.forget_draft(&self.id, &self.at);
        if self.from_review {
            model.keep_place(&self.id, None);
            model.go.push(Go::Back);
            return;
        }
        let to = model.brief(&self.id).and_then(|brief| {
            let checklist = model.checklist_of(brief)?;
            if by > 0 {
                Steps::after(checklist, brief, &self.at)
            } else {
                Steps::at(checklist, brief, &self.at).previous()
            }
        });
        match to.map(|question| question.id.clone()) {
            Some(to) => self.turn_to(model, &to),
            None if by > 0 => {
                model.keep_place(&self.id, None);
                let review = Review::new(self.id.clone());
                model.go.push(Go::Instead(Box::new(Screen::Review(review))));
            }
            None => model.say("this is the first question"),
        }
    }

    fn turn_to(&mut self, model: &mut Model, question: &str) {
        let place = model
            .brief(&self.id)
            .and_then(|b| b.drafts.iter().find(|d| d.at == question).cloned())
            .unwrap_or_else(|| WalkPlace::new(question));
        model.keep_place(&self.id, Some(place));
        if let Some(next) = Self::open(model, &self.id, Some(question)) {
            *self = next;
        }
    }

    /// Fits the page to the brief after it may have changed under it: undo,
    /// another screen, the shell. What is being typed or ranked stays.
    pub fn refresh(&mut self, model: &Model) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let Some(question) = self.question(model) else {
            return;
        };
        match &mut self.page {
            Page::List(page) => page.refresh(brief),
            Page::Rank(page) if page.is_under_way(brief) => {}
            Page::Text(page) if page.is_touched() => page.refresh(brief, question),
            Page::Choice(page) => page.refresh(brief, question),
            page => *page = Page::new(brief, question, None),
        }
    }

    /// Builds the page anew from a brief that was read again. A text being
    /// typed stays, unless the file has another one for this page.
    pub fn reload(&mut self, model: &Model) {
        if let (Some(brief), Some(question)) = (model.brief(&self.id), self.question(model)) {
            let place = brief.walk.as_ref().filter(|place| place.at == self.at);
            if place.is_none_or(WalkPlace::is_bare) {
                self.refresh(model);
                return;
            }
            self.page = Page::new(brief, question, place);
            self.remark = None;
        }
    }
}

impl Page {
    fn new(brief: &Brief, question: &Question, place: Option<&WalkPlace>) -> Self {
        if let Some(kind) = lists::ListKind::of(question) {
            return Self::List(ListPage::new(brief, &question.id, kind, place));
        }
        match question.kind {
            Kind::Choice | Kind::YesNo => Self::Choice(ChoicePage::new(brief, question, place)),
            Kind::Rank => Self::Rank(RankPage::new(brief)),
            _ => Self::Text(TextPage::new(brief, question, place)),
        }
    }
}

/// The basis that was taken on a page and not accepted.
fn kept_standing(brief: &Brief, place: Option<&WalkPlace>) -> Option<Standing> {
    let standing = place?.standing.as_ref()?;
    brief.still_stands(standing).then(|| standing.clone())
}

/// The first words of a question, for the undo line.
fn short(text: &str) -> String {
    crate::domain::text::fit(text, 30)
}
