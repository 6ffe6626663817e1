//! The rules: what a brief is, how it changes, and what stands between it and
//! starting. No I/O, no clock, no screen: time and new ids come in as values.

pub mod action;
pub mod agreement;
pub mod answer;
pub mod basis;
pub mod brief;
pub mod change;
pub mod code;
pub mod coverage;
pub mod date;
pub mod entry;
pub mod event;
pub mod id;
pub mod questions;
pub mod ranking;
pub mod readiness;
pub mod sign_off;
pub mod stage;
pub mod text;
pub mod wording;
mod words;

pub use agreement::{Agreement, Difference, Section};
pub use answer::{Answer, Answers};
pub use basis::{Basis, Standing};
pub use brief::{
    Brief, Customer, Deliverable, Goal, Level, Need, Origin, Plan, Ranking, Reading, Request, Role,
    Waiver, WalkPlace,
};
pub use change::{Change, ListEdit, Refused};
pub use code::Code;
pub use event::{Event, EventKind, Grade};
pub use id::{BriefId, ItemId};
pub use stage::Stage;

/// An instant with the offset of the place where it was noted.
pub type Moment = chrono::DateTime<chrono::FixedOffset>;
/// A calendar day, without a place.
pub type Day = chrono::NaiveDate;
