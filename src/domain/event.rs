//! Things that happened to a brief: a list that only grows.

use super::words::word_enum;
use super::{Day, ItemId, Moment, Section, Stage};

word_enum! {
    /// What happened.
    #[derive(Default)]
    EventKind {
        #[default]
        Created = "created",
        Shared = "shared",
        Replied = "replied",
        Signed = "signed",
        /// A customer heard of it and did not say yes.
        Heard = "heard",
        Exported = "exported",
        Started = "started",
        CheckIn = "check-in",
        Snoozed = "snoozed",
        /// Not to be asked about any more, with the reason.
        Muted = "muted",
        /// To be asked about again.
        Unmuted = "unmuted",
        /// The brief was changed while the work ran; at most once a day.
        Changed = "changed",
        Delivered = "delivered",
        Confirmed = "confirmed",
        /// The worker calls the change of `covers` since a yes a rewording.
        Reworded = "reworded",
        /// The worker calls it material: the yes is asked for again.
        Amended = "amended",
        /// The worker's own signature under a version.
        Countersigned = "countersigned",
        Reopened = "reopened",
        Dropped = "dropped",
        Archived = "archived",
        Restored = "restored",
        /// An earlier event no longer counts; `undoes` names it.
        Undone = "undone",
    }
}

word_enum! {
    /// How much a sign-off proves.
    Grade {
        /// The worker says that the customer said so.
        Said = "said",
        /// The customer's words with the code.
        Reply = "reply",
        /// An SSH signature.
        Signed = "signed",
    }
}

impl Grade {
    /// A mark that is fuller the more it proves.
    pub fn symbol(&self) -> &'static str {
        match self {
            Self::Said => "\u{25cb}",
            Self::Reply => "\u{25d1}",
            Self::Signed => "\u{25cf}",
            Self::Unknown(_) => "?",
        }
    }

    /// How much it proves, from 0.
    pub fn weight(&self) -> u8 {
        match self {
            Self::Unknown(_) => 0,
            Self::Said => 1,
            Self::Reply => 2,
            Self::Signed => 3,
        }
    }
}

/// One thing that happened. Which fields are used depends on the kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Stable within the brief, so that merges can match events.
    pub id: String,
    pub kind: EventKind,
    pub at: Moment,
    /// The colleague who recorded it, by name, where a team shares the folder.
    pub who: String,
    /// The customer who said or did it.
    pub by: Option<ItemId>,
    /// The customer to whom something was sent.
    pub to: Option<ItemId>,
    /// The channel: mail, chat, in person.
    pub via: String,
    /// The words as they were said.
    pub words: String,
    /// The code of the version this is about.
    pub code: String,
    /// The agreed text of that version, in its canonical form.
    pub agreed: String,
    /// The parts of the agreement that a sign-off covers; empty means all.
    pub covers: Vec<Section>,
    pub grade: Option<Grade>,
    /// Ids of the questions that were put.
    pub questions: Vec<String>,
    /// The reason for a move of the stage.
    pub because: String,
    /// The format of an exported file.
    pub format: String,
    /// The BLAKE3 digest of an exported file, in hexadecimal.
    pub digest: String,
    /// The stage before a move.
    pub from: Option<Stage>,
    /// The event that an `undone` takes back.
    pub undoes: String,
    /// When a snooze ends.
    pub until: Option<Moment>,
    /// The day on which the customer was last heard from.
    pub on: Option<Day>,
    /// The time spent so far, all told, as it was typed: `6 hours`.
    pub spent: String,
    /// What was answered at a check-in or in a reply, a line for each question:
    /// `goal: yes`.
    pub answers: Vec<String>,
    /// What a message showed, so that a reply by number or letter can be read
    /// later: `needs: kinds, skills`. [`Sheet`](super::Sheet) writes and reads it.
    pub shown: Vec<String>,
    /// What a reply says besides, in pieces that answer nothing.
    pub remarks: Vec<String>,
    /// The armoured SSH signature of the agreed text.
    pub signature: String,
    /// The signer as named in the allowed signers, and the key's fingerprint.
    pub key: String,
}

impl Event {
    /// An event with only its kind and time.
    pub fn new(id: impl Into<String>, kind: EventKind, at: Moment) -> Self {
        Self {
            id: id.into(),
            kind,
            at,
            who: String::new(),
            by: None,
            to: None,
            via: String::new(),
            words: String::new(),
            code: String::new(),
            agreed: String::new(),
            covers: Vec::new(),
            grade: None,
            questions: Vec::new(),
            because: String::new(),
            format: String::new(),
            digest: String::new(),
            from: None,
            undoes: String::new(),
            until: None,
            on: None,
            spent: String::new(),
            answers: Vec::new(),
            shown: Vec::new(),
            remarks: Vec::new(),
            signature: String::new(),
            key: String::new(),
        }
    }
}
