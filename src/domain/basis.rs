//! What an answer rests on.

use super::words::word_enum;
use super::{Day, ItemId};

word_enum! {
    /// What an answer rests on. *Agreed* and *changed since agreed* are not
    /// here: they follow from the sign-offs.
    #[derive(Default)]
    Basis {
        /// The worker's own idea.
        #[default]
        Guess = "guess",
        /// Put to a named customer, who has not answered yet.
        Asked = "asked",
        /// In the customer's own words.
        Told = "told",
        /// Left out on purpose, with a reason.
        NotNeeded = "not-needed",
    }
}

impl Basis {
    /// The next basis when one key steps through them.
    pub fn next(&self) -> Self {
        match self {
            Self::Guess => Self::Told,
            Self::Told => Self::Asked,
            Self::Asked => Self::NotNeeded,
            Self::NotNeeded | Self::Unknown(_) => Self::Guess,
        }
    }

    /// A mark of one column, always shown beside the word.
    pub fn symbol(&self) -> &'static str {
        match self {
            Self::Guess => "~",
            Self::Asked => "?",
            Self::Told => "✓",
            Self::NotNeeded => "-",
            Self::Unknown(_) => "!",
        }
    }

    /// The word for the screen.
    pub fn label(&self) -> &str {
        match self {
            Self::NotNeeded => "not needed",
            other => other.word(),
        }
    }
}

/// A basis with the person, day and reason that belong to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    pub basis: Basis,
    /// Who told it.
    pub by: Option<ItemId>,
    /// The day on which it was told.
    pub on: Option<Day>,
    /// Why it is not needed.
    pub why: String,
    /// The customer to whom the open question belongs.
    pub ask: Option<ItemId>,
}

impl Standing {
    /// The worker's own idea.
    pub fn guess() -> Self {
        Self::default()
    }

    /// In a customer's own words.
    pub fn told(by: ItemId, on: Day) -> Self {
        Self {
            basis: Basis::Told,
            by: Some(by),
            on: Some(on),
            ..Self::default()
        }
    }

    /// A question for a customer that has not been sent yet.
    pub fn to_ask(customer: ItemId) -> Self {
        Self {
            ask: Some(customer),
            ..Self::default()
        }
    }

    /// Left out on purpose.
    pub fn not_needed(why: impl Into<String>) -> Self {
        Self {
            basis: Basis::NotNeeded,
            why: why.into(),
            ..Self::default()
        }
    }

    /// Whether nobody but the worker has said so.
    pub fn is_guess(&self) -> bool {
        self.basis == Basis::Guess
    }
}
