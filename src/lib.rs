//! Find out what the person really needs before you build it.
//!
//! The layers; an arrow means "may import":
//!
//! ```text
//! main -> cli, tui -> { checklist, storage, export, reply, remind } -> domain
//! ```
//!
//! [`domain`] does no I/O, reads no clock and knows no screen. The middle
//! modules do not import each other. Only [`clock`] reads the time, only
//! [`chance`] makes random numbers, only [`storage`] writes files. Other programs
//! are started by [`editor`], by [`signature`] for sign-offs by key, by
//! `cli::remind` for the timer and by `cli::hook` for git.

pub mod chance;
pub mod checklist;
pub mod cli;
pub mod clock;
pub mod domain;
pub mod editor;
pub mod export;
pub mod git;
pub mod remind;
pub mod reply;
pub mod signature;
pub mod storage;
pub mod tui;
