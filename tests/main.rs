//! The program from the outside.

mod cli_edit;
mod cli_goals;
mod cli_help;
mod cli_new;
mod cli_output;
mod cli_place;
mod cli_plain;
mod cli_prompts;
mod flow_cli;
mod flow_tui;
mod hand_mangled;
#[cfg(unix)]
mod pty_disk;
#[cfg(unix)]
mod pty_hostile;
#[cfg(unix)]
mod pty_input;
#[cfg(unix)]
mod pty_kill;
#[cfg(unix)]
mod pty_panic;
#[cfg(unix)]
mod pty_shell;
#[cfg(unix)]
mod pty_signals;
#[cfg(unix)]
mod pty_story;
mod support;
