//! The lists of a brief on the screen. What is in them and how they change is
//! in `checklist::items`.

pub use crate::checklist::items::{ListKind, need_numbers};

impl ListKind {
    /// What the entry line asks for.
    pub fn prompt(&self) -> &'static str {
        match self {
            Self::Customers => "add somebody, like Name: what they use it for",
            Self::Readings => "add a reading",
            Self::Needs => "add a need => how they will know that it is met",
            Self::Goals => "add a goal, like team: text \u{2013} or none: why",
            Self::Deliverables => "add a part, with #1 #2 for the needs it serves",
            Self::Out => "add what you leave out",
            Self::Answer(_) => "add a line",
        }
    }

    /// The question that follows an item, where there is one.
    pub fn follow_up(&self) -> Option<&'static str> {
        match self {
            Self::Customers => Some("what will they use it for?"),
            Self::Needs => Some("how will they know that it is met?"),
            Self::Deliverables => Some("which needs does it serve? (numbers)"),
            _ => None,
        }
    }
}
