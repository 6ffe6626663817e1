//! What wants a word, for the places where people already look.
//!
//! A [`Notice`] is one due thing in words; [`State`] is what is remembered of a
//! folder between two runs: what its files want, so that not all of them are
//! read each time, and what was shown. Both are values; the storage keeps them.
//! A [`Glance`] is a state of which only a part is read, a [`Front`] its beginning, and
//! [`Short`] what a status bar shows.
//! [`hook`] has the snippets for shells and git, [`timer`] what the platform's
//! own timer is made of, [`calendar`] the check-ins for other programs.

pub mod calendar;
pub mod digest;
mod glance;
pub mod hook;
mod next;
mod notice;
mod short;
mod state;
pub mod timer;

pub use glance::{Front, Glance, Line, Wanted};
pub use next::Next;
pub use notice::{Notice, notices};
pub use short::{Bar, Short};
pub use state::{Looked, PAUSE, Seen, State, basis};
