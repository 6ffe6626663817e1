//! Check your answers: every answer with its basis, and what still stands
//! between here and starting.

pub use crate::checklist::review::{Group, Row, State};

use crate::checklist::review;
use crate::domain::readiness::Requirement;
use crate::domain::{BriefId, Stage};
use crate::tui::answered;
use crate::tui::command::Command;
use crate::tui::model::{Go, Model};

use super::{Input, Screen, desk, walk::Walk};

/// The review of one brief.
#[derive(Debug)]
pub struct Review {
    pub id: BriefId,
    pub selected: usize,
}

impl Review {
    /// The review, at its first row.
    pub fn new(id: BriefId) -> Self {
        Self { id, selected: 0 }
    }

    /// Takes an input.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        let Input::Command(command) = input else {
            return;
        };
        model.notice = None;
        let rows = rows(model, &self.id);
        let last = rows.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        let page = usize::from(model.size.1).saturating_sub(6).max(1);
        match command {
            Command::Up => self.selected = self.selected.saturating_sub(1),
            Command::Down => self.selected = (self.selected + 1).min(last),
            Command::First => self.selected = 0,
            Command::Last => self.selected = last,
            Command::Next => self.selected = (self.selected + page).min(last),
            Command::Previous if self.selected == 0 => self.back_to_walk(model),
            Command::Previous => self.selected = self.selected.saturating_sub(page),
            Command::Open => {
                let Some(row) = rows.get(self.selected) else {
                    return;
                };
                if let Some(at) = row.conflict {
                    answered::ask_choice(model, &self.id, at);
                    return;
                }
                match row.question.as_str() {
                    "" if row.group == Group::Said => {
                        model.say("change the brief to what they want; then s asks them again");
                    }
                    "" if row.group == Group::Agreed => model.say(match row.answer.first() {
                        Some((State::Changed, _)) => {
                            "s asks for the yes again; w says that it is only reworded"
                        }
                        _ => "y records a yes in words, S one signed with a key",
                    }),
                    "" => model.say(match model.brief(&self.id).map(|brief| &brief.stage) {
                        Some(Stage::Asked) => "you have asked; when they say yes, y records it",
                        _ => "this one is mended by asking them: s writes the message",
                    }),
                    question => match Walk::open_from_review(model, &self.id, question) {
                        Some(walk) if walk.at == question => {
                            model.open(Screen::Walk(Box::new(walk)));
                        }
                        _ => model.say(
                            "this checklist does not ask that; E edits the file in your editor",
                        ),
                    },
                }
            }
            Command::Leave => model.go.push(Go::Back),
            Command::Walk => self.back_to_walk(model),
            other => desk::on_brief(model, &self.id, other),
        }
    }

    fn back_to_walk(&self, model: &mut Model) {
        let last = model
            .brief(&self.id)
            .and_then(|b| Some(model.checklist_of(b)?.asked_of(b).last()?.id.clone()));
        if let Some(walk) = Walk::open(model, &self.id, last.as_deref()) {
            model
                .go
                .push(Go::Instead(Box::new(Screen::Walk(Box::new(walk)))));
        }
    }
}

/// The rows of the review, in the order of the screen.
pub fn rows(model: &Model, id: &BriefId) -> Vec<Row> {
    model.brief(id).map_or_else(Vec::new, |brief| {
        review::rows(brief, model.checklist_of(brief))
    })
}

/// How many blockers are left, beside what has to be chosen.
pub fn open_blockers(model: &Model, id: &BriefId) -> usize {
    let blockers = answered::open_blockers(model, id).into_iter();
    blockers
        .filter(|b| !matches!(b.requirement, Requirement::Decided(_)))
        .count()
}
