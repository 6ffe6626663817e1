//! The program from the outside.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// What a test prints is read by people, and its files are thrown away.
#![allow(clippy::disallowed_macros, clippy::disallowed_methods)]

mod cli_calendar;
mod cli_checkin;
mod cli_doctor;
mod cli_due;
mod cli_edit;
mod cli_goals;
mod cli_help;
mod cli_json;
mod cli_large;
mod cli_new;
mod cli_output;
mod cli_paste;
mod cli_place;
mod cli_plain;
mod cli_prompts;
#[cfg(unix)]
mod cli_remind;
#[cfg(all(unix, feature = "notify"))]
mod cli_remind_run;
mod cli_reply;
mod cli_share;
mod cli_sign_key;
mod docs;
#[cfg(unix)]
mod faults;
mod flow_cli;
mod flow_three_weeks;
mod flow_tui;
mod flow_tui_agreed;
mod flow_tui_check_in;
mod flow_tui_due;
mod flow_tui_forms;
mod flow_tui_kept;
mod flow_tui_keys;
mod flow_tui_large;
mod flow_tui_lists;
mod flow_tui_mistake;
mod flow_tui_reply;
mod flow_tui_shape;
mod flow_tui_share;
mod flow_tui_stays;
mod flow_tui_team;
mod fuzz_corpus;
mod hand_mangled;
#[cfg(unix)]
mod hook_git;
#[cfg(unix)]
mod hook_shells;
mod layers;
#[cfg(unix)]
mod page_form;
#[cfg(unix)]
mod page_record;
mod property_message;
mod property_replies;
mod property_sign_off;
mod property_tui;
#[cfg(unix)]
mod pty_changed;
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
mod pty_reply;
#[cfg(unix)]
mod pty_shell;
#[cfg(unix)]
mod pty_signals;
#[cfg(unix)]
mod pty_story;
#[cfg(unix)]
mod recipes;
mod replies;
mod screens;
#[cfg(unix)]
mod security;
mod support;
#[cfg(unix)]
mod team;
