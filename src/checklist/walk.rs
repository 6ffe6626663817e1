//! Going through the questions, one a page: a pure state machine over the
//! checklist, the brief as it is now and the question on the screen.
//!
//! It holds no state of its own beyond that: make a new [`Walk`] after every
//! change of the brief, because an answer can make questions come and go. A
//! question that is asked no longer, or that a changed checklist no longer has,
//! never loses the worker's place.

use super::{Checklist, Question};
use crate::domain::{Basis, Brief, readiness};

/// One moment of a walk.
#[derive(Debug, Clone)]
pub struct Walk<'c> {
    /// The questions that are asked of the brief, and whether each is settled.
    asked: Vec<(&'c Question, bool)>,
    /// The place of the question on the screen, `asked.len()` at the end.
    at: usize,
}

/// Question `at` of `of`, both from 1, for "3 of 12".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub at: usize,
    pub of: usize,
    /// How many of them are settled: answered, left out or handed to a
    /// customer.
    pub settled: usize,
}

impl<'c> Walk<'c> {
    /// The walk at a question. When that one is not asked (any more), the walk
    /// stands at the one that comes after its place in the checklist, or at the
    /// end; when the checklist does not have it, at the first open question.
    pub fn at(checklist: &'c Checklist, brief: &Brief, question: &str) -> Self {
        let mut walk = Self::start(checklist, brief);
        let place = |id: &str| checklist.questions.iter().position(|q| q.id == id);
        if let Some(wanted) = place(question) {
            walk.at = walk
                .asked
                .iter()
                .position(|(q, _)| place(&q.id) >= Some(wanted))
                .unwrap_or(walk.asked.len());
        }
        walk
    }

    /// The walk where it was left, else at the first open question. A brief
    /// with every question settled stands at the end: there is nothing to ask.
    pub fn resume(checklist: &'c Checklist, brief: &Brief) -> Self {
        match &brief.walk {
            Some(place) => Self::at(checklist, brief, &place.at),
            None => Self::start(checklist, brief),
        }
    }

    fn start(checklist: &'c Checklist, brief: &Brief) -> Self {
        let asked: Vec<_> = checklist
            .asked_of(brief)
            .into_iter()
            .map(|q| (q, is_settled(brief, &q.id)))
            .collect();
        let at = asked
            .iter()
            .position(|(_, settled)| !settled)
            .unwrap_or(asked.len());
        Self { asked, at }
    }

    /// The question on the screen; `None` at the end, where the review begins.
    pub fn question(&self) -> Option<&'c Question> {
        self.asked.get(self.at).map(|(q, _)| *q)
    }

    /// All questions of this walk, in order.
    pub fn questions(&self) -> impl Iterator<Item = &'c Question> {
        self.asked.iter().map(|(q, _)| *q)
    }

    /// The question that follows one which was just answered, whether or not
    /// that one is still asked; `None` leads to the review.
    pub fn after(checklist: &'c Checklist, brief: &Brief, question: &str) -> Option<&'c Question> {
        let walk = Self::at(checklist, brief, question);
        walk.question()
            .filter(|now| now.id != question)
            .or_else(|| walk.next())
    }

    /// The question after this one; `None` leads to the review.
    pub fn next(&self) -> Option<&'c Question> {
        self.asked.get(self.at + 1).map(|(q, _)| *q)
    }

    /// The question before this one; at the end, the last one. `None` at the
    /// first: there is nothing before it.
    pub fn previous(&self) -> Option<&'c Question> {
        let before = self.at.checked_sub(1)?;
        self.asked.get(before).map(|(q, _)| *q)
    }

    /// The first question that is still open.
    pub fn first_open(&self) -> Option<&'c Question> {
        self.asked
            .iter()
            .find(|(_, settled)| !settled)
            .map(|(q, _)| *q)
    }

    /// Where the walk stands; `None` at the end.
    pub fn position(&self) -> Option<Position> {
        (self.at < self.asked.len()).then(|| Position {
            at: self.at + 1,
            of: self.asked.len(),
            settled: self.asked.iter().filter(|(_, settled)| *settled).count(),
        })
    }
}

/// Whether the walk is done with a question: answered, left out, or handed to a
/// customer.
fn is_settled(brief: &Brief, question: &str) -> bool {
    let handed_over = |answer: &crate::domain::Answer| {
        let standing = &answer.standing;
        standing.basis == Basis::Asked || (standing.basis == Basis::Guess && standing.ask.is_some())
    };
    readiness::is_answered(brief, question) || brief.answers.get(question).is_some_and(handed_over)
}
