//! Answers to the questions of a checklist.

use super::{Section, Standing};

/// The answer to one question, `[answer.<question id>]` in the file.
///
/// Questions whose answer has a place of its own (needs, customers, dates)
/// have an entry too: it holds the wording and the basis, and no text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    pub text: String,
    /// The answers to a question of kind `list`.
    pub items: Vec<String>,
    pub standing: Standing,
    /// The question as the worker read it when answering.
    pub question: String,
    /// The same question in the wording for a customer.
    pub put: String,
    /// The part of the agreement this belongs to; `None` stays outside.
    pub section: Option<Section>,
}

impl Answer {
    /// Whether it says anything, or says why not.
    pub fn is_given(&self) -> bool {
        !self.text.trim().is_empty()
            || self.items.iter().any(|i| !i.trim().is_empty())
            || (self.standing.basis == super::Basis::NotNeeded
                && !self.standing.why.trim().is_empty())
    }
}

/// Answers by question id, in the order in which they were first given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers(Vec<(String, Answer)>);

impl Answers {
    /// The answer to a question, if there is one.
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.0.iter().find(|(id, _)| id == question).map(|(_, a)| a)
    }

    /// The answer to a question, to change.
    pub(super) fn get_mut(&mut self, question: &str) -> Option<&mut Answer> {
        let found = self.0.iter_mut().find(|(id, _)| id == question);
        found.map(|(_, a)| a)
    }

    /// Puts an answer (at its old place, else last) and gives back the old one.
    pub fn set(&mut self, question: &str, answer: Option<Answer>) -> Option<Answer> {
        let at = self.place(question);
        match (at, answer) {
            (Some(at), Some(answer)) => Some(std::mem::replace(&mut self.0[at].1, answer)),
            (Some(at), None) => Some(self.0.remove(at).1),
            (None, Some(answer)) => {
                self.0.push((question.to_owned(), answer));
                None
            }
            (None, None) => None,
        }
    }

    /// Where the answer to a question stands, from 0.
    pub(super) fn place(&self, question: &str) -> Option<usize> {
        self.0.iter().position(|(id, _)| id == question)
    }

    /// Puts an answer that is not there yet at a place, at most at the end.
    pub(super) fn insert(&mut self, at: usize, question: &str, answer: Answer) {
        let at = at.min(self.0.len());
        self.0.insert(at, (question.to_owned(), answer));
    }

    /// All answers in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.0.iter().map(|(id, a)| (id.as_str(), a))
    }
}

/// Each question may come once, as in a file.
impl FromIterator<(String, Answer)> for Answers {
    fn from_iter<I: IntoIterator<Item = (String, Answer)>>(iter: I) -> Self {
        Self(iter.into_iter().collect())
    }
}
