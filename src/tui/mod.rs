//! The terminal interface: `update(&mut Model, Msg) -> Vec<Effect>` and
//! `view(&Model, &mut Frame)` are pure; `runner` performs the effects.
//!
//! | file | what lives there |
//! |---|---|
//! | `model`, `session` | what the interface knows, and how briefs are changed |
//! | `agenda` | what is due, and when to say so |
//! | `message`, `update` | what comes in, what is asked for |
//! | `command`, `availability`, `keymap` | what can be done, when, by which key |
//! | `looked` | what somebody else wrote meanwhile |
//! | `whole_file` | the file of a brief, edited in $EDITOR |
//! | `screens` | the state of each screen and what its commands do |
//! | `dialog`, `answered`, `drafts` | forms and choices over a screen |
//! | `pages`, `theme`, `widgets` | what it looks like |
//! | `runner`, `terminal`, `signals`, `clipboard` | the world outside |

pub mod agenda;
mod answered;
mod availability;
pub mod clipboard;
pub mod command;
pub mod dialog;
mod drafts;
pub mod keymap;
mod looked;
pub mod message;
pub mod model;
pub mod pages;
mod runner;
pub mod screens;
mod session;
pub mod shelf;
pub mod signals;
pub mod terminal;
pub mod theme;
mod update;
mod whole_file;
pub mod widgets;

pub use pages::view;
pub use runner::{Ended, Failed, Start, Unsaved, perform, run};
pub use update::{contexts, prepare, update};
