//! The program from the outside.

mod cli_edit;
mod cli_goals;
mod cli_help;
mod cli_new;
mod cli_output;
mod cli_place;
mod cli_plain;
mod cli_prompts;
mod docs;
mod flow_cli;
mod flow_tui;
mod flow_tui_mistake;
mod hand_mangled;
mod layers;
mod property_tui;
mod screens;
mod support;
