//! The whole command line as one text, so that a change of it is seen.

use std::fmt::Write as _;

/// The `--help` of askfirst and of each command, in order.
pub fn text() -> String {
    let mut root = super::command().term_width(80);
    root.build();
    let mut text = String::new();
    section(&mut text, &root, "askfirst");
    text
}

fn section(text: &mut String, command: &clap::Command, name: &str) {
    let help = command.clone().render_long_help().to_string();
    let _ = writeln!(text, "## {name}\n\n{}\n", help.trim_end());
    for sub in command.get_subcommands() {
        section(text, sub, &format!("{name} {}", sub.get_name()));
    }
}
