//! How far a brief has come.

use super::words::word_enum;

word_enum! {
    /// How far a brief has come. It moves by an action of the worker only.
    #[derive(Default)]
    Stage {
        #[default]
        Draft = "draft",
        Asked = "asked",
        Agreed = "agreed",
        InProgress = "in-progress",
        Delivered = "delivered",
        Closed = "closed",
        Dropped = "dropped",
    }
}

impl Stage {
    /// The word for the screen.
    pub fn label(&self) -> &str {
        match self {
            Self::InProgress => "in progress",
            other => other.word(),
        }
    }

    /// A mark of one column, always shown beside the word.
    pub fn symbol(&self) -> &'static str {
        match self {
            Self::Draft => "·",
            Self::Asked => "?",
            Self::Agreed => "✓",
            Self::InProgress => "▶",
            Self::Delivered => "◆",
            Self::Closed => "■",
            Self::Dropped => "×",
            Self::Unknown(_) => "!",
        }
    }

    /// Whether work has not started yet.
    pub fn before_start(&self) -> bool {
        matches!(self, Self::Draft | Self::Asked | Self::Agreed)
    }

    /// Whether there is still something to do or to decide.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Closed | Self::Dropped)
    }
}
