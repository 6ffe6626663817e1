//! The rules: what a brief is, how it changes, and what stands between it and
//! starting. No I/O, no clock, no screen: time and new ids come in as values.

pub mod action;
pub mod agreement;
pub mod amendment;
pub mod answer;
pub mod basis;
pub mod brief;
pub mod bundle;
pub mod burden;
pub mod cadence;
pub mod change;
pub mod check_in;
pub mod code;
pub mod code_in;
pub mod conflict;
pub mod coverage;
pub mod date;
pub mod difference;
pub mod effort;
pub mod entry;
pub mod event;
pub mod evidence;
#[cfg(test)]
pub(crate) mod fixture;
pub mod id;
pub mod news;
pub mod nudge;
pub mod own_words;
pub mod owner;
pub mod progress;
pub mod questions;
pub mod ranking;
pub mod readiness;
pub mod removal;
pub mod reply;
pub mod search;
pub mod shared;
pub mod sheet;
pub mod sign_off;
pub mod signature;
pub mod stage;
pub mod summary;
pub mod text;
pub mod timeline;
pub mod walk_place;
pub mod who;
pub mod wording;
mod words;
pub mod work_time;

pub use agreement::{Agreement, Section};
pub use answer::{Answer, Answers};
pub use basis::{Basis, Standing};
pub use brief::{
    Brief, Conflict, Customer, Deliverable, Goal, Level, Need, Origin, Plan, Ranking, Reading,
    Request, Role, Shortcut, Waiver,
};
pub use bundle::Bundle;
pub use change::{Change, ListEdit, Refused};
pub use code::Code;
pub use difference::{Changed, Difference};
pub use event::{Event, EventKind, Grade};
pub use evidence::Evidence;
pub use id::{BriefId, ItemId};
pub use owner::Me;
pub use search::Search;
pub use shared::Shared;
pub use sheet::Sheet;
pub use signature::Signature;
pub use stage::Stage;
pub use summary::{Summary, Wants};
pub use walk_place::WalkPlace;
pub use who::Nobody;

/// An instant with the offset of the place where it was noted.
pub type Moment = chrono::DateTime<chrono::FixedOffset>;
/// A calendar day, without a place.
pub type Day = chrono::NaiveDate;
