//! What is made of the pieces of a reply: each is taken for what it was
//! matched to, moved to something else, or dropped. Both the command line and
//! the interface show these rows before anything is recorded.

mod fates;
mod outcome;
mod replies;
mod sender;
mod telling;
#[cfg(test)]
mod tests;

pub use fates::Fate;
pub use outcome::Outcome;
pub use sender::{Sender, Why, brief_of, is_stranger, sender, sheets};
pub use telling::{difference, fate, option, put, sheet_lines, target};

use super::{Certainty, Letter, Piece, Target, understand};
use crate::domain::reply::Given;
use crate::domain::{BriefId, Day, ItemId, Sheet};

/// The place among the drafts of a brief where a reply that is being taken in
/// is kept. It has a hyphen, which no question's id has.
pub const DRAFT: &str = "their-reply";

/// A piece and what it is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub piece: Piece,
    /// `None` drops the match; the words stay in the reply.
    pub take: Option<Target>,
}

impl Row {
    /// Whether it was moved or dropped.
    pub fn is_changed(&self) -> bool {
        self.take.as_ref() != Some(&self.piece.target)
    }
}

/// A reply while it is looked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking {
    sheets: Vec<Sheet>,
    rows: Vec<Row>,
    today: Day,
}

/// How a reply came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Came {
    /// All of it.
    pub words: String,
    pub via: String,
    pub on: Day,
}

impl Taking {
    /// The pieces of a letter, each taken for what it was matched to. `sheets`
    /// are what its writer was asked, the brief at hand first.
    pub fn of(letter: &Letter, sheets: Vec<Sheet>, today: Day) -> Self {
        let pieces = understand(letter, &sheets, today);
        Self::new(pieces, sheets, letter.on.unwrap_or(today))
    }

    /// The same for pieces that are there already; `today` is the day on which
    /// they were written.
    pub fn new(pieces: Vec<Piece>, sheets: Vec<Sheet>, today: Day) -> Self {
        let rows = pieces.into_iter().map(|piece| Row {
            take: Some(match piece.certainty {
                Certainty::Open => Target::Remark,
                _ => piece.target.clone(),
            }),
            piece,
        });
        Self {
            rows: rows.collect(),
            sheets,
            today,
        }
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// Whether it was made from what the briefs say now: else the matches are
    /// to be made and looked at again.
    pub fn fits(&self, sheets: &[Sheet]) -> bool {
        self.sheets == sheets
    }

    /// What a row can be taken for, without what it is taken for now: what it
    /// was matched to, each question, an order where it reads as one, an
    /// objection, a remark, nothing.
    pub fn targets(&self, at: usize) -> Vec<Option<Target>> {
        let Some(row) = self.rows.get(at) else {
            return Vec::new();
        };
        let mut targets = vec![Some(row.piece.target.clone())];
        for sheet in &self.sheets {
            for put in &sheet.puts {
                let same = |target: &Option<Target>| {
                    matches!(target,
                    Some(Target::Answer { brief, question, .. })
                        if *brief == sheet.brief && *question == put.question)
                };
                if !targets.iter().any(same) {
                    targets.push(Some(Target::Answer {
                        brief: sheet.brief.clone(),
                        question: put.question.clone(),
                        given: self.given(sheet, put.number, &put.question, &row.piece.words),
                    }));
                }
            }
        }
        for sheet in &self.sheets {
            targets.extend(self.order(sheet, &row.piece.words).map(Some));
        }
        for sheet in &self.sheets {
            let brief = sheet.brief.clone();
            targets.push(Some(Target::Objection { brief }));
        }
        targets.push(Some(Target::Remark));
        targets.push(None);
        let mut others: Vec<Option<Target>> = Vec::new();
        for target in targets {
            if target != row.take && !others.contains(&target) {
                others.push(target);
            }
        }
        others
    }

    /// What words are as the answer to a question: read as if their writer had
    /// put its number in front.
    fn given(&self, sheet: &Sheet, number: usize, question: &str, words: &str) -> Given {
        let found = self.read_as(sheet, &format!("{number}. {words}"));
        match found {
            Some(Target::Answer {
                brief,
                question: found,
                given,
            }) if brief == sheet.brief && found == question => given,
            _ => Given::Words,
        }
    }

    fn order(&self, sheet: &Sheet, words: &str) -> Option<Target> {
        let found = self.read_as(sheet, &format!("Order: {words}"))?;
        matches!(&found, Target::Order { .. }).then_some(found)
    }

    /// What a text that stands alone is matched to, if it is one piece.
    fn read_as(&self, sheet: &Sheet, text: &str) -> Option<Target> {
        let letter = Letter {
            text: text.to_owned(),
            on: Some(self.today),
            ..Letter::default()
        };
        let pieces = understand(&letter, std::slice::from_ref(sheet), self.today);
        match <[Piece; 1]>::try_from(pieces) {
            Ok([piece]) if piece.certainty > Certainty::Open => Some(piece.target),
            _ => None,
        }
    }

    /// Takes a row for something else, or for nothing.
    pub fn take(&mut self, at: usize, target: Option<Target>) {
        if let Some(row) = self.rows.get_mut(at) {
            row.take = target;
        }
    }

    /// Drops a row, or takes it up again for what it was matched to.
    pub fn toggle(&mut self, at: usize) {
        if let Some(row) = self.rows.get_mut(at) {
            row.take = match row.take {
                Some(_) => None,
                None => Some(row.piece.target.clone()),
            };
        }
    }
}

/// The brief that a row says something about.
fn brief_at(row: &Row) -> Option<&BriefId> {
    match row.take.as_ref()? {
        Target::Answer { brief, .. }
        | Target::Order { brief, .. }
        | Target::Yes { brief, .. }
        | Target::OldYes { brief, .. }
        | Target::Objection { brief } => Some(brief),
        Target::Remark => None,
    }
}

/// The letters of some needs, as the sheet shows them: `B, A, C`.
fn letters(sheet: &Sheet, needs: &[ItemId]) -> String {
    let letter = |id: &ItemId| {
        let at = sheet.needs.iter().position(|(need, _)| need == id);
        at.and_then(|at| sheet.letter(at))
            .map_or_else(|| id.to_string(), String::from)
    };
    needs.iter().map(letter).collect::<Vec<_>>().join(", ")
}
