//! A page with one text: words, purpose, a date, an appetite.

use crate::checklist::{Kind, Question};
use crate::domain::cadence::Cadence;
use crate::domain::{Brief, Day, Standing, WalkPlace, date};
use crate::tui::command::Command;
use crate::tui::model::Model;
use crate::tui::widgets::text_field::TextField;

use super::{Page, Walk, answers, kept_standing};

/// A page with one text field.
#[derive(Debug)]
pub struct TextPage {
    pub field: TextField,
    pub standing: Standing,
    /// The text was refused once; the next Enter keeps it as it is.
    pub warned: bool,
    /// What the field would hold, and the basis, if nothing had been typed.
    untouched: (String, Standing),
}

impl TextPage {
    /// The page as the brief stands, or with what was typed and not accepted.
    pub fn new(brief: &Brief, question: &Question, place: Option<&WalkPlace>) -> Self {
        let mut field = match question.kind {
            Kind::Text => TextField::lines(),
            _ => TextField::line(),
        };
        // A file may hold more than a field takes; the rest stays in the file
        // because an unchanged field is never written back.
        field.set_text(&answers::text_of(brief, &question.id));
        let standing = answers::standing_of(brief, &question.id);
        let untouched = (field.text().to_owned(), standing.clone());
        if let Some(draft) = place.map(|p| &p.draft).filter(|d| !d.is_empty()) {
            field.set_text(draft);
        }
        Self {
            field,
            standing: kept_standing(brief, place).unwrap_or(standing),
            warned: false,
            untouched,
        }
    }

    /// Whether something was typed or another basis taken, and not accepted.
    pub fn is_touched(&self) -> bool {
        let (text, standing) = &self.untouched;
        self.field.text() != text || self.standing != *standing
    }

    /// Takes anew from the brief what was not touched.
    pub fn refresh(&mut self, brief: &Brief, question: &Question) {
        let fresh = Self::new(brief, question, None);
        if self.field.text() == self.untouched.0 {
            self.field = fresh.field;
        }
        if self.standing == self.untouched.1 {
            self.standing = fresh.standing;
        }
        self.untouched = fresh.untouched;
    }

    /// What is understood of a date or a cadence, or why it is not understood.
    pub fn echo(&self, question: &Question, today: Day) -> Option<Result<String, String>> {
        let text = self.field.text();
        let text = text.trim();
        if text.is_empty() || text == "?" {
            return None;
        }
        match question.kind {
            Kind::Date => {}
            Kind::Cadence => {
                let read = Cadence::parse(text).map(|cadence| format!("= {}", cadence.show()));
                return Some(read.map_err(|error| error.to_string()));
            }
            _ => return None,
        }
        // What is in the brief already may lie in the past.
        let read = text.parse().map_or_else(|_| date::parse(text, today), Ok);
        Some(match read {
            Ok(day) => Ok(format!("= {}{}", date::show(day), distance(day, today))),
            Err(error) => Err(error.to_string()),
        })
    }
}

/// ", in 16 days".
pub fn distance(day: Day, today: Day) -> String {
    match (day - today).num_days() {
        0 => ", today".to_owned(),
        1 => ", tomorrow".to_owned(),
        -1 => ", yesterday".to_owned(),
        n if n > 0 => format!(", in {n} days"),
        n => format!(", {} days ago", -n),
    }
}

impl Walk {
    pub(super) fn text_command(&mut self, model: &mut Model, command: Command) {
        let Page::Text(page) = &mut self.page else {
            return;
        };
        match command {
            Command::Accept if page.field.text().trim() == "?" => {
                page.field.set_text("");
                self.dont_know(model);
            }
            Command::Accept => {
                let warned = page.warned;
                page.warned = true;
                if !warned && let Some(problem) = self.doubt(model) {
                    self.commit(model);
                    self.remark = Some(format!("{problem}. Enter again keeps it as it is"));
                } else if self.commit(model) {
                    self.go(model, 1);
                }
            }
            Command::Next => {
                if self.commit(model) {
                    self.go(model, 1);
                }
            }
            Command::Previous => {
                if self.commit(model) {
                    self.go(model, -1);
                }
            }
            Command::NewLine => self.typed(model, |field| field.paste("\n")),
            Command::Basis => self.step_basis(model),
            _ => {}
        }
    }
}
