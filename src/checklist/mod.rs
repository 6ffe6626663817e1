//! The questions. Checklists are data (`prompts/*.toml`); a [`Checklist`] that
//! exists is valid.

use std::path::{Path, PathBuf};

use crate::domain::{Brief, Section};

/// The checklist that a new brief gets when none is named.
pub const DEFAULT: &str = "request";

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    List,
    Choice,
    YesNo,
    Date,
    Customers,
    Readings,
    Needs,
    Rank,
    Goals,
    Deliverables,
    Appetite,
    Cadence,
}

/// One of the answers to a question of kind `choice`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// When a question is asked: all conditions must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub question: String,
    pub test: Test,
}

/// What a condition asks of an earlier answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    Is(String),
    IsNot(String),
    Answered(bool),
    MoreThan(usize),
}

/// One question, one page of the walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub id: String,
    /// The wording for the worker.
    pub ask: String,
    pub why: String,
    pub example: String,
    /// The wording for the customer.
    pub put: String,
    /// Advice beside the question; may be empty.
    pub advice: String,
    pub kind: Kind,
    pub choices: Vec<Choice>,
    /// Starting the work depends on it.
    pub needed: bool,
    /// The part of the agreement that the answer belongs to.
    pub section: Option<Section>,
    pub when: Vec<Condition>,
}

/// A valid checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    pub id: String,
    pub title: String,
    /// When to use it, one line.
    pub about: String,
    pub questions: Vec<Question>,
}

impl Checklist {
    /// The questions that are asked of this brief, in order.
    pub fn asked_of(&self, brief: &Brief) -> Vec<&Question> {
        let _ = brief;
        self.questions.iter().collect()
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

/// All checklists that can be used.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    checklists: Vec<(Checklist, Source)>,
    invalid: Vec<Invalid>,
}

impl Catalogue {
    /// The checklists in the binary.
    pub fn built_in() -> Self {
        Self::default()
    }
    /// `folders` first to last, then the built-in ones; the first of an id wins.
    pub fn load(folders: &[&Path]) -> Self {
        let _ = folders;
        Self::built_in()
    }
    /// The checklist with an id.
    pub fn get(&self, id: &str) -> Option<&Checklist> {
        self.all().map(|(c, _)| c).find(|c| c.id == id)
    }
    /// All of them with where they came from.
    pub fn all(&self) -> impl Iterator<Item = (&Checklist, &Source)> {
        self.checklists.iter().map(|(c, s)| (c, s))
    }
    /// Files that cannot be used.
    pub fn invalid(&self) -> &[Invalid] {
        &self.invalid
    }
    /// The text of a built-in checklist file, for `prompts eject`.
    pub fn built_in_text(id: &str) -> Option<&'static str> {
        let _ = id;
        None
    }
}

/// Checks one file: the checklist, or every problem in it rendered with caret.
pub fn parse(path: &Path, text: &str) -> Result<Checklist, Vec<String>> {
    let _ = (path, text);
    Err(Vec::new())
}
