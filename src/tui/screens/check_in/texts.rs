//! The texts of a check-in: taken as typed, once they are understood.

use crate::checklist::check_in::{HEARD, MISSING, SHORTCUT, SPENT, Said};
use crate::domain::{date, effort};
use crate::tui::model::Model;
use crate::tui::widgets::text_field::TextField;

use super::{CheckIn, Turn, checklist};

impl CheckIn {
    pub(super) fn accept_text(&mut self, model: &mut Model) {
        let Turn::Tell(id) = self.at.clone() else {
            return;
        };
        if let Some(why) = self.doubt(model, &id) {
            self.remark = Some(why);
            return;
        }
        self.take_text();
        model.unrested = false;
        if id == MISSING {
            if self.field.text().trim().is_empty() {
                self.remark = Some("what is missing? A few words are enough".to_owned());
                return;
            }
            self.reopen(model);
            return;
        }
        if self.has_menu() {
            self.keep(model);
            self.turn_to(Turn::News);
        } else {
            self.go_on(model);
        }
    }

    /// Why a text cannot be taken as it is.
    fn doubt(&self, model: &Model, id: &str) -> Option<String> {
        self.doubt_about(model, id, self.field.text())
    }

    /// Why a text cannot be the answer to a question.
    pub fn doubt_about(&self, model: &Model, id: &str, typed: &str) -> Option<String> {
        let (brief, question) = (model.brief(&self.id)?, checklist(model)?.question(id)?);
        if typed.trim().is_empty() {
            return None;
        }
        let mut copy = Said::default();
        copy.take(brief, question, typed, &model.work, model.today())
            .err()
    }

    /// What is understood of the text that is being typed.
    pub fn echo(&self, model: &Model) -> Option<String> {
        let typed = self.field.text().trim();
        let Turn::Tell(id) = &self.at else {
            return None;
        };
        let (brief, question) = (model.brief(&self.id)?, checklist(model)?.question(id)?);
        if typed.is_empty() {
            return None;
        }
        let mut said = Said::default();
        said.take(brief, question, typed, &model.work, model.today())
            .ok()?;
        match id.as_str() {
            HEARD => {
                let (who, on) = said.heard?;
                Some(format!("= {} on {}", brief.name_of(&who), date::show(on)))
            }
            SPENT => effort::parse(typed, &model.work).map(|t| format!("= {}", effort::show(t))),
            SHORTCUT => match said.taken.first()? {
                (_, Some(day)) => Some(format!("= to be put right by {}", date::show(*day))),
                (_, None) => Some("no day yet: end with \u{201c}, by 6 mar\u{201d}".to_owned()),
            },
            _ => None,
        }
    }

    pub(super) fn take_text(&mut self) {
        if let Turn::Tell(id) = &self.at {
            put(&mut self.texts, id, self.field.text());
        }
    }

    /// What was typed to a question.
    pub fn text_of(&self, question: &str) -> &str {
        let mut texts = self.texts.iter();
        texts
            .find(|(id, _)| id == question)
            .map_or("", |(_, text)| text.as_str())
    }

    pub(super) fn fill(&mut self) {
        if let Turn::Tell(id) = &self.at {
            let text = self.text_of(id).to_owned();
            self.field = TextField::lines();
            self.field.set_text(&text);
        }
    }
}

pub(super) fn put(texts: &mut Vec<(String, String)>, id: &str, text: &str) {
    let text = text.to_owned();
    let is_empty = text.trim().is_empty();
    match texts.iter_mut().find(|(other, _)| other == id) {
        Some(_) if is_empty => texts.retain(|(other, _)| other != id),
        Some(old) => old.1 = text,
        None if is_empty => {}
        None => texts.push((id.to_owned(), text)),
    }
}
