//! Reminders outside of the program: what they say, when, and what brings them.
//! Only decisions; files are read and programs are run by the command line.

pub mod calendar;
pub mod timer;
