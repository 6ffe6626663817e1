//! Command lines that somebody waits for.
//!
//! To describe all commands takes longer than to carry out those that prompts,
//! status lines and people at the keyboard wait for, so these are looked for first.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::{Cli, Command, Global, due, list, new};

/// A command line of one command alone. Its help and errors come from the whole
/// one.
#[derive(Debug, Parser)]
#[command(name = "askfirst", disable_help_subcommand = true)]
struct Quick<C: Subcommand> {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: C,
}

#[derive(Debug, Subcommand)]
enum JustDue {
    Due(due::Args),
}

#[derive(Debug, Subcommand)]
enum JustList {
    List(list::Args),
}

#[derive(Debug, Subcommand)]
enum JustNew {
    New(new::Args),
}

/// Parses the arguments.
///
/// # Errors
///
/// Those of the whole command line; help and version are among them.
pub fn parse(args: &[OsString]) -> Result<Cli, clap::Error> {
    if let Some(cli) = known_by_heart(args) {
        return Ok(cli);
    }
    let has = |name: &str| args.iter().any(|arg| arg == name);
    let quick = if has("due") {
        let quick = Quick::<JustDue>::try_parse_from(args).ok();
        quick.map(|quick| {
            let JustDue::Due(args) = quick.command;
            (quick.global, Command::Due(args))
        })
    } else if has("list") {
        let quick = Quick::<JustList>::try_parse_from(args).ok();
        quick.map(|quick| {
            let JustList::List(args) = quick.command;
            (quick.global, Command::List(args))
        })
    } else if has("new") {
        let quick = Quick::<JustNew>::try_parse_from(args).ok();
        quick.map(|quick| {
            let JustNew::New(args) = quick.command;
            (quick.global, Command::New(args))
        })
    } else {
        None
    };
    match quick {
        Some((global, command)) => Ok(of(global, Some(command))),
        None => Cli::try_parse_from(args),
    }
}

fn of(global: Global, command: Option<Command>) -> Cli {
    Cli {
        global,
        everyone: false,
        command,
    }
}

/// `due` and `due --short`, with or without a folder before it, which prompts and status
/// bars run again and again, a brief from a file, and the desk.
fn known_by_heart(args: &[OsString]) -> Option<Cli> {
    let (dir, rest) = match args.get(1..)? {
        [option, dir, rest @ ..] if option == "--dir" => (Some(dir), rest),
        rest => (None, rest),
    };
    // What is no folder and no file, the whole command line tells.
    let is_plain = |dir: &&OsString| !dir.is_empty() && !dir.as_encoded_bytes().starts_with(b"-");
    let command = match rest {
        [] => None,
        [due] if due == "due" => Some(Command::Due(due::Args::default())),
        [due, short] if due == "due" && short == "--short" => {
            Some(Command::Due(due::Args::short()))
        }
        [new, from, file] if new == "new" && from == "--from" => {
            let file = Some(file).filter(is_plain)?;
            Some(Command::New(new::Args::from(PathBuf::from(file))))
        }
        _ => return None,
    };
    let dir = match dir {
        Some(dir) => Some(PathBuf::from(Some(dir).filter(is_plain)?)),
        None => None,
    };
    let global = Global { dir, plain: false };
    Some(of(global, command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quick_way_says_what_the_whole_command_line_says() {
        let dirs = [
            "",
            "--dir a",
            "--dir=a",
            "--dir -",
            "--dir --",
            "--dir -a",
            "--dir due",
        ];
        let commands = [
            "due",
            "due --short",
            "due --short --short",
            "due --all",
            "due --hook=git",
            "due --dir b",
            "due --plain",
            "due --short --plain --json",
            "due x",
            "--plain due",
            "due due",
            "--dir due",
            "list",
            "list --limit 3",
            "new",
            "new due",
            "new --from",
            "new --from a",
            "new --from -",
            "new --from --",
            "new --from a b",
            "new --from a --json",
            "new --from=a",
            "show due",
            "",
        ];
        for dir in dirs {
            for command in commands {
                let words = format!("askfirst {dir} {command}");
                let args: Vec<OsString> = words.split_whitespace().map(Into::into).collect();
                let (quick, whole) = (parse(&args), Cli::try_parse_from(&args));
                let quick = quick
                    .map(|cli| format!("{cli:?}"))
                    .map_err(|e| e.to_string());
                let whole = whole
                    .map(|cli| format!("{cli:?}"))
                    .map_err(|e| e.to_string());
                assert_eq!(quick, whole, "{words}");
            }
        }
        for command in [&["due"][..], &["new", "--from", "a"], &[]] {
            let empty = [&["askfirst", "--dir", ""], command].concat();
            let empty: Vec<OsString> = empty.into_iter().map(Into::into).collect();
            assert!(parse(&empty).is_err());
            let plain = [&["askfirst"], command].concat();
            let plain: Vec<OsString> = plain.into_iter().map(Into::into).collect();
            assert!(known_by_heart(&plain).is_some());
        }
        let nothing: Vec<OsString> = ["askfirst", "new", "--from", ""].map(Into::into).into();
        assert!(known_by_heart(&nothing).is_none());
    }
}
