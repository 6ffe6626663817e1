//! The questions. Checklists are data (`prompts/*.toml`); a [`Checklist`] that
//! exists is valid.
//!
//! [`parse()`] turns a file into a checklist or into everything that is wrong
//! with it, [`Catalogue`] knows all of them, [`Checklist::asked_of`] says which
//! questions a brief is asked, [`Walk`] goes through them, [`answering`] and
//! [`items`] put answers into the brief, and [`review`] says how each one stands.

pub mod answering;
mod catalogue;
mod check;
pub mod check_in;
mod condition;
mod fields;
pub mod items;
mod kind;
mod parse;
mod parts;
mod problem;
pub mod review;
mod walk;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use crate::domain::check_in::Phase;
use crate::domain::{Answer, Brief, Section};

pub use catalogue::Catalogue;
pub use kind::Kind;
pub use parse::{LARGEST, parse};
pub use walk::{Position, Walk};

/// The checklist of the check-ins.
pub const CHECK_IN: &str = "check-in";

/// The checklist that a new brief gets when none is named.
pub const DEFAULT: &str = "request";

/// One of the answers to a question of kind `choice` or `yes_no`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The word that is kept in the brief.
    pub value: String,
    /// The words on the screen.
    pub label: String,
}

/// When a question is asked: all conditions must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The id of an earlier question.
    pub question: String,
    pub test: Test,
}

/// What a condition asks of an earlier answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// This choice was taken.
    Is(String),
    /// Another choice was taken, or none yet.
    IsNot(String),
    /// There is an answer (or there is none). "I don't know" is none.
    Answered(bool),
    /// The list has more items than this.
    MoreThan(usize),
}

/// One question, one page of the walk. All texts are one line, and safe to
/// show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Letters a-z, digits and `_`.
    pub id: String,
    /// The wording for the worker.
    pub ask: String,
    /// Why it matters, one line.
    pub why: String,
    /// May be empty.
    pub example: String,
    /// The wording for the customer.
    pub put: String,
    /// Advice beside the question; may be empty.
    pub advice: String,
    pub kind: Kind,
    /// Two to nine for `choice`, `yes` and `no` for `yes_no`, else empty.
    pub choices: Vec<Choice>,
    /// Starting the work depends on it.
    pub needed: bool,
    /// The part of the agreement that the answer belongs to.
    pub section: Option<Section>,
    pub when: Vec<Condition>,
    /// When in the life of a brief it is asked; in a walk always the course.
    pub phase: Phase,
}

/// A valid checklist: ids are unique, conditions look back, and it asks for
/// everything that starting depends on, the customers first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    pub id: String,
    pub title: String,
    /// When to use it, one line.
    pub about: String,
    pub questions: Vec<Question>,
}

impl Checklist {
    /// The questions that are asked of this brief, in order. A condition on a
    /// question that is itself not asked sees no answer there, even where the
    /// brief still holds one from before.
    pub fn asked_of(&self, brief: &Brief) -> Vec<&Question> {
        condition::asked_of(&self.questions, brief)
    }

    /// Gives answers that came without it (a brief written by hand) the wording
    /// of their question and the part of the agreement they belong to.
    pub fn word(&self, brief: &mut Brief) {
        let bare: Vec<(String, Answer)> = brief
            .answers
            .iter()
            .filter(|(_, answer)| answer.question.is_empty())
            .map(|(id, answer)| (id.to_owned(), answer.clone()))
            .collect();
        for (id, mut answer) in bare {
            let Some(question) = self.question(&id) else {
                continue;
            };
            answer.question.clone_from(&question.ask);
            if answer.section.is_none() {
                answer.section = answering::section(question, &answer);
            }
            brief.answers.set(&id, Some(answer));
        }
    }

    /// Whether it is the one of the check-ins, which no brief begins with.
    pub fn is_check_in(&self) -> bool {
        self.id == CHECK_IN
    }

    /// The questions of a check-in in a phase; `answered` are those that were
    /// answered so far, with their answers.
    pub fn asked_in(&self, phase: &Phase, answered: &[(String, String)]) -> Vec<&Question> {
        let holds = |condition: &Condition| {
            let mut given = answered.iter().filter(|(id, _)| *id == condition.question);
            let answer = given.next().map(|(_, answer)| answer.as_str());
            match &condition.test {
                Test::Is(value) => answer == Some(value),
                Test::IsNot(value) => answer != Some(value),
                Test::Answered(wanted) => answer.is_some_and(|a| !a.is_empty()) == *wanted,
                Test::MoreThan(_) => false,
            }
        };
        self.questions
            .iter()
            .filter(|q| q.phase == *phase && q.when.iter().all(holds))
            .collect()
    }

    /// The question with an id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.id == id)
    }

    /// The ids of the questions asked of this brief that starting depends on.
    pub fn needed(&self, brief: &Brief) -> Vec<&str> {
        self.asked_of(brief)
            .into_iter()
            .filter(|q| q.needed)
            .map(|q| q.id.as_str())
            .collect()
    }
}

/// A checklist file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    pub path: PathBuf,
    /// All problems at once, each rendered with line, column and caret.
    pub problems: Vec<String>,
}

/// Where a checklist came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    BuiltIn,
    File(PathBuf),
}
