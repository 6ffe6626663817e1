//! A page with numbered answers.

use crate::checklist::Question;
use crate::domain::{Brief, Standing, WalkPlace};
use crate::tui::command::Command;
use crate::tui::model::Model;

use super::{Page, Walk, answers, kept_standing};

/// A page with numbered answers; the last one is "I don't know".
#[derive(Debug)]
pub struct ChoicePage {
    /// Value and label; the value of "I don't know" is [`UNKNOWN`].
    pub options: Vec<(String, String)>,
    pub selected: usize,
    pub standing: Standing,
    /// The basis as the brief has it.
    untouched: Standing,
}

/// The value of the answer "I don't know".
pub const UNKNOWN: &str = "?";

impl ChoicePage {
    /// The page as the brief stands, or with the basis that was taken.
    pub fn new(brief: &Brief, question: &Question, place: Option<&WalkPlace>) -> Self {
        let mut options: Vec<(String, String)> = question
            .choices
            .iter()
            .map(|c| (c.value.clone(), c.label.clone()))
            .collect();
        let who = brief
            .requester()
            .map_or_else(|| "somebody who knows".to_owned(), |c| c.name.clone());
        options.push((
            UNKNOWN.to_owned(),
            format!("I don't know \u{2013} ask {who}"),
        ));
        let now = answers::text_of(brief, &question.id);
        let standing = answers::standing_of(brief, &question.id);
        let selected = if now.is_empty() && standing.ask.is_some() {
            options.len() - 1
        } else {
            options.iter().position(|(v, _)| *v == now).unwrap_or(0)
        };
        Self {
            options,
            selected,
            standing: kept_standing(brief, place).unwrap_or_else(|| standing.clone()),
            untouched: standing,
        }
    }

    /// Takes anew from the brief what was not touched.
    pub fn refresh(&mut self, brief: &Brief, question: &Question) {
        let fresh = Self::new(brief, question, None);
        let taken = (self.standing != self.untouched).then(|| self.standing.clone());
        *self = fresh;
        self.standing = taken.unwrap_or_else(|| self.standing.clone());
    }

    /// The value of the selected answer.
    pub fn value(&self) -> &str {
        self.options
            .get(self.selected)
            .map_or("", |(value, _)| value.as_str())
    }
}

impl Walk {
    pub(super) fn choice_command(&mut self, model: &mut Model, command: Command) {
        let Page::Choice(page) = &mut self.page else {
            return;
        };
        let last = page.options.len().saturating_sub(1);
        match command {
            Command::Up => page.selected = page.selected.saturating_sub(1),
            Command::Down => page.selected = (page.selected + 1).min(last),
            Command::First => page.selected = 0,
            Command::Last => page.selected = last,
            Command::Pick(n) if usize::from(n) <= page.options.len() => {
                page.selected = usize::from(n).saturating_sub(1);
                self.take_choice(model);
            }
            Command::Accept => self.take_choice(model),
            Command::Next => self.pass(model, 1),
            Command::Previous => self.pass(model, -1),
            Command::Basis => self.step_basis(model),
            _ => {}
        }
    }

    /// Goes on without choosing. Another basis is an answer of its own.
    fn pass(&mut self, model: &mut Model, by: isize) {
        let standing = self.standing(model);
        let (Some(brief), Some(question)) = (model.brief(&self.id), self.question(model)) else {
            return;
        };
        if standing != answers::standing_of(brief, &question.id) {
            let change = answers::rests_on(brief, question, standing);
            model.change(&self.id, "change the basis", change);
        }
        self.go(model, by);
    }

    pub(super) fn take_choice(&mut self, model: &mut Model) {
        let Page::Choice(page) = &self.page else {
            return;
        };
        if page.value() == UNKNOWN {
            self.dont_know(model);
        } else if self.commit(model) {
            self.go(model, 1);
        }
    }
}
