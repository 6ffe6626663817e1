//! What comes into the interface and what it asks for. `update` takes a [`Msg`]
//! and returns [`Effect`]s; the runner performs them.

use std::path::PathBuf;

use crossterm::event::KeyEvent;

use crate::domain::action::ByKey;
use crate::domain::{BriefId, ItemId, Moment};
use crate::storage::{Entry, Goals, Loaded, StoreError};

use super::answered::Unchecked;
use super::shelf::Shelved;

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    Key(KeyEvent),
    Paste(String),
    Resize(u16, u16),
    /// Sent before any other message when the time has moved on.
    Now(Moment),
    /// No key for a second while something is unsaved.
    Rested,
    /// The program is asked to stop: save everything, now.
    Stop,
    /// The process came back from the background.
    Resumed,
    /// Somebody else wrote to files of the folder.
    Changed {
        names: Vec<String>,
        /// More than can be named.
        all: bool,
    },
    /// Files that were written to were read again.
    Looked {
        briefs: Vec<(BriefId, Result<Loaded, StoreError>)>,
        goals: Option<Result<Goals, StoreError>>,
    },
    Listed {
        briefs: Result<Vec<Entry>, StoreError>,
        goals: Result<Goals, StoreError>,
    },
    /// The same of a large folder, of which not all is read.
    Shelved {
        found: Box<Result<Shelved, StoreError>>,
        goals: Result<Goals, StoreError>,
    },
    /// All of a large folder is as it was.
    Unchanged(Result<Goals, StoreError>),
    /// Some briefs of a large folder were read.
    Loaded(Vec<(BriefId, Result<Entry, StoreError>)>),
    Found(Result<Found, StoreError>),
    Saved {
        id: BriefId,
        result: Box<Result<Loaded, StoreError>>,
    },
    /// A brief was read again, in place of what is in memory.
    Reloaded {
        id: BriefId,
        result: Box<Result<Entry, StoreError>>,
    },
    GoalsSaved(Result<Goals, StoreError>),
    Copied(Result<(), String>),
    FileWritten {
        path: PathBuf,
        result: Result<(), String>,
        /// What to do once it is written.
        then: Then,
    },
    /// The worker's name is known from now on, or why not.
    Named(Result<String, String>),
    /// A customer's signature was checked.
    SignatureChecked {
        id: BriefId,
        typed: SignatureForm,
        result: Box<Result<Checked, Unchecked>>,
    },
    /// The whole file of a brief came back from the editor.
    FileEdited {
        id: BriefId,
        result: Result<String, String>,
    },
    /// A broken file was in the editor, or why not.
    Mended(Result<(), String>),
    /// The text from the editor, or why there is none.
    Edited(Result<String, String>),
}

/// The briefs in which words were found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// What was looked for.
    pub words: String,
    /// The first of them, what happened last first.
    pub ids: Vec<BriefId>,
    /// How many more there are.
    pub more: usize,
}

/// What was typed to have a signature checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignatureForm {
    /// The file with the signature.
    pub file: String,
    /// The file with the allowed signers; empty for the user's own.
    pub allowed: String,
    /// Whose it is; may be empty.
    pub who: String,
}

/// A signature that was found good.
#[derive(Debug)]
pub struct Checked {
    pub by: ItemId,
    pub verified: ByKey,
}

/// What follows a written file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    Nothing,
    /// Record the export in the brief.
    RecordExport {
        id: BriefId,
        format: String,
        digest: String,
        parts: Vec<String>,
    },
    /// Record that the message was sent.
    RecordShare,
}

/// Something for the runner to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read the folder again.
    List,
    /// Read some files again.
    Look {
        ids: Vec<BriefId>,
        goals: bool,
    },
    /// Show what was known of a large folder the last time, or read it.
    Glimpse,
    /// Read the briefs of a large folder that are shown and not read yet.
    Show,
    /// Read some briefs of a large folder.
    Load(Vec<BriefId>),
    /// Read all that have the words of one of these; those that are not archived
    /// where there are none.
    LoadAll(Vec<String>),
    /// Look for words in a large folder.
    Find(String),
    /// Write the file of a brief that is no longer in the folder.
    WriteAgain(BriefId),
    /// Write a brief as it stands in memory: create, change or rename its file.
    Save(BriefId),
    /// Write a brief starting from an earlier text of its file.
    Restore {
        id: BriefId,
        earlier: Box<Loaded>,
    },
    /// Open a file that is no brief in the editor, in its place.
    Mend(PathBuf),
    /// Read one brief again, in place of what is in memory.
    Reload(BriefId),
    SaveGoals {
        base: Box<Goals>,
        after: Box<Goals>,
    },
    Copy(String),
    WriteFile {
        path: String,
        content: Vec<u8>,
        then: Then,
    },
    /// Have a customer's signature checked by `ssh-keygen`.
    CheckSignature {
        id: BriefId,
        by: Option<ItemId>,
        typed: SignatureForm,
    },
    Edit(String),
    /// Let the user edit the whole file of a brief.
    EditFile {
        id: BriefId,
        text: String,
    },
    /// Remember the worker's name for messages.
    Name(String),
    Suspend,
    /// Leave, to look around in the demo.
    OpenDemo,
    Quit,
}
