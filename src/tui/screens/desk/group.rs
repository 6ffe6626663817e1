//! The parts of the desk.

use crate::domain::{Brief, Stage, sign_off, wording};

/// A part of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Broken,
    /// Two people changed the same thing in two ways.
    Undecided,
    /// Something is to be asked, or was, until nobody asked any more.
    Due,
    /// They want something else: the next step is the worker's.
    Objected,
    Changed,
    Ready,
    Waiting,
    Working,
    Drafts,
    Delivered,
    /// Of colleagues.
    Others,
    Done,
    Archived,
}

impl Group {
    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Broken => "Cannot be read",
            Self::Undecided => "Changed in two ways",
            Self::Due => "Asks for a word",
            Self::Objected => "Not yet, they say",
            Self::Changed => "Changed since they said yes",
            Self::Ready => "Agreed, not started",
            Self::Waiting => "Waiting for an answer",
            Self::Working => "In progress",
            Self::Drafts => "Drafts",
            Self::Delivered => "Delivered, not confirmed",
            Self::Others => "Of colleagues",
            Self::Done => "Done",
            Self::Archived => "Archived",
        }
    }
}

/// Which part of the desk a brief is on.
pub fn group_of(brief: &Brief) -> Group {
    // What they ask of the brief takes time, and is of no matter there.
    let is_over = brief.archived || matches!(brief.stage, Stage::Closed | Stage::Dropped);
    Standing {
        stage: &brief.stage,
        archived: brief.archived,
        is_undecided: !brief.conflicts.is_empty(),
        is_objected: !is_over && wording::objector(brief).is_some(),
        is_amended: !is_over && !sign_off::lapsed(brief).is_empty(),
    }
    .group()
}

/// What the part of the desk depends on.
pub struct Standing<'a> {
    pub stage: &'a Stage,
    pub archived: bool,
    pub is_undecided: bool,
    pub is_objected: bool,
    pub is_amended: bool,
}

impl Standing<'_> {
    /// Which part of the desk it is on.
    pub fn group(&self) -> Group {
        if self.archived {
            return Group::Archived;
        }
        if self.is_undecided {
            return Group::Undecided;
        }
        match self.stage {
            Stage::Closed | Stage::Dropped => Group::Done,
            _ if self.is_objected => Group::Objected,
            _ if self.is_amended => Group::Changed,
            Stage::Draft => Group::Drafts,
            Stage::Asked => Group::Waiting,
            Stage::Agreed => Group::Ready,
            Stage::InProgress => Group::Working,
            Stage::Delivered => Group::Delivered,
            Stage::Unknown(_) => Group::Working,
        }
    }
}
