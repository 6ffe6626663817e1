//! What can be done in the interface, by name. Keys, hints, help and palette
//! all speak of these.

use super::model::Model;

/// Something the user can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    Up,
    Down,
    First,
    Last,
    Next,
    Previous,
    Pick(u8),
    Open,
    Leave,
    Accept,
    NewLine,
    Editor,
    Basis,
    BasisDetails,
    Add,
    Edit,
    Remove,
    MoveUp,
    MoveDown,
    Toggle,
    Whose,
    Same,
    Pairs,
    Review,
    Walk,
    Title,
    Share,
    SignOff,
    Heard,
    Export,
    Advance,
    Drop,
    Archive,
    ShowArchived,
    Copy,
    WriteFile,
    Send,
    Recipient,
    Goals,
    People,
    Find,
    Undo,
    Redo,
    Help,
    Palette,
    Demo,
    Suspend,
    Quit,
}

/// Whether a command can be used now. One answer decides whether it is shown
/// and whether it runs, so that hints cannot lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Availability {
    Ready,
    /// Shown greyed, with the reason.
    Disabled(&'static str),
    /// Makes no sense here.
    Hidden,
}

impl Command {
    /// One or two words for the hint line.
    pub fn label(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::First => "first",
            Self::Last => "last",
            Self::Next => "on",
            Self::Previous => "back",
            Self::Pick(_) => "pick",
            Self::Open => "open",
            Self::Leave => "leave",
            Self::Accept => "accept",
            Self::NewLine => "new line",
            Self::Editor => "editor",
            Self::Basis => "basis",
            Self::BasisDetails => "who, when, why",
            Self::Add => "add",
            Self::Edit => "edit",
            Self::Remove => "remove",
            Self::MoveUp => "move up",
            Self::MoveDown => "move down",
            Self::Toggle => "choose",
            Self::Whose => "whose",
            Self::Same => "same rank",
            Self::Pairs => "by pairs",
            Self::Review => "review",
            Self::Walk => "questions",
            Self::Title => "title",
            Self::Share => "share",
            Self::SignOff => "they said yes",
            Self::Heard => "heard, not agreed",
            Self::Export => "export",
            Self::Advance => "next step",
            Self::Drop => "drop",
            Self::Archive => "archive",
            Self::ShowArchived => "archived",
            Self::Copy => "copy",
            Self::WriteFile => "to a file",
            Self::Send => "copy, note as sent",
            Self::Recipient => "to whom",
            Self::Goals => "goals",
            Self::People => "people",
            Self::Find => "find",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Help => "keys",
            Self::Palette => "commands",
            Self::Demo => "demo",
            Self::Suspend => "suspend",
            Self::Quit => "quit",
        }
    }

    /// One sentence for help and palette.
    pub fn about(self) -> &'static str {
        match self {
            Self::Up => "move up",
            Self::Down => "move down",
            Self::First => "go to the first row",
            Self::Last => "go to the last row",
            Self::Next => "take what is typed and go on",
            Self::Previous => "go back one question; nothing is checked",
            Self::Pick(_) => "pick by number",
            Self::Open => "open or accept the selected row",
            Self::Leave => "go up one level; what you typed is kept",
            Self::Accept => "take the answer; on an empty line, go on",
            Self::NewLine => "start a new line in the text",
            Self::Editor => "write the text in $EDITOR",
            Self::Basis => "step through guess, told, asked, not needed",
            Self::BasisDetails => "say who told you and when, or why it is not needed",
            Self::Add => "start a new brief, or add a row",
            Self::Edit => "change what is selected",
            Self::Remove => "remove the selected row (undo brings it back)",
            Self::MoveUp => "move the row up",
            Self::MoveDown => "move the row down",
            Self::Toggle => "choose the selected row, or not",
            Self::Whose => "say whose it is, or whose ranking this is",
            Self::Same => "rank it the same as the row above",
            Self::Pairs => "rank by answering which of two matters more",
            Self::Review => "check your answers",
            Self::Walk => "go through the questions",
            Self::Title => "change the title",
            Self::Share => "write the message for a customer",
            Self::SignOff => "record that a customer said yes, with their words and the code",
            Self::Heard => "record that a customer heard of it and has not agreed",
            Self::Export => "export as Markdown, HTML, text or JSON",
            Self::Advance => "start, deliver, confirm or reopen",
            Self::Drop => "drop the request, with the reason",
            Self::Archive => "put the brief away, or bring it back",
            Self::ShowArchived => "show archived briefs, or hide them",
            Self::Copy => "copy to the clipboard",
            Self::WriteFile => "write the message to a file",
            Self::Send => "copy the message and note that it was sent",
            Self::Recipient => "write to somebody else",
            Self::Goals => "the goals of team, department and company",
            Self::People => "everybody you work for, and what waits for them",
            Self::Find => "find a brief by any word in it",
            Self::Undo => "take the last action back",
            Self::Redo => "do it again",
            Self::Help => "all keys",
            Self::Palette => "all commands by name",
            Self::Demo => "fill this empty place with examples to look around in",
            Self::Suspend => "suspend; fg brings it back",
            Self::Quit => "save and quit",
        }
    }

    /// Whether it can be used now.
    pub fn availability(self, model: &Model) -> Availability {
        super::availability::of(self, model)
    }
}
