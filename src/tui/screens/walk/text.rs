//! A page with one text: words, purpose, a date, an appetite.

use crate::checklist::{Kind, Question};
use crate::domain::{Brief, Day, Standing, date};
use crate::tui::widgets::text_field::TextField;

use super::answers;

/// A page with one text field.
#[derive(Debug)]
pub struct TextPage {
    pub field: TextField,
    pub standing: Standing,
    /// The text was refused once; the next Enter keeps it as it is.
    pub warned: bool,
    /// The answer in the brief when the page was made.
    answer: String,
}

impl TextPage {
    /// The page as the brief stands, or with what was typed and not accepted.
    pub fn new(brief: &Brief, question: &Question, draft: Option<&str>) -> Self {
        let mut field = match question.kind {
            Kind::Text => TextField::lines(),
            _ => TextField::line(),
        };
        let answer = answers::text_of(brief, &question.id);
        let text = draft.unwrap_or(&answer);
        // A file may hold more than a field takes; the rest stays in the file
        // because an unchanged field is never written back.
        field.set_text(text);
        Self {
            field,
            standing: answers::standing_of(brief, &question.id),
            warned: false,
            answer,
        }
    }

    /// Whether something is typed that the brief did not have.
    pub fn is_typed(&self) -> bool {
        self.field.text() != self.answer
    }

    /// Takes everything but the text anew from the brief.
    pub fn refresh(&mut self, brief: &Brief, question: &Question) {
        let fresh = Self::new(brief, question, None);
        self.standing = fresh.standing;
        self.answer = fresh.answer;
    }

    /// What is understood of a date, or why it is not understood.
    pub fn echo(&self, question: &Question, today: Day) -> Option<Result<String, String>> {
        let text = self.field.text();
        let text = text.trim();
        if question.kind != Kind::Date || text.is_empty() || text == "?" {
            return None;
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
