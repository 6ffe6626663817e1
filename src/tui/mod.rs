//! The terminal interface.
pub mod clipboard;
pub mod signals;
pub mod terminal;
pub mod widgets;
