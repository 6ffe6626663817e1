//! The merge driver of a repository: what git is told to call, and whether it
//! was.

use std::path::{Path, PathBuf};

use super::paste;
use crate::git::{Git, NotDone};

/// The setting that names it.
pub const KEY: &str = "merge.askfirst.driver";
/// What git gives it.
const GIVEN: &str = "merge-driver %O %A %B %P";
const NAME: (&str, &str) = ("merge.askfirst.name", "briefs, by meaning");

/// 1 means that the lines are marked already. Where askfirst is gone, or too old
/// to merge, git would keep one side without a mark: then lines are marked by git.
const ELSE: &str =
    "|| { test $? -gt 1 && git merge-file -q -L ours -L ancestor -L theirs %A %O %B; }";

/// What a repository has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registered {
    No,
    /// askfirst, at a place where it is.
    Yes,
    /// askfirst, at a place where it is not any more.
    Gone(String),
    /// Something else, which is left alone.
    Other(String),
}

/// The command for git: by name where the name finds this program, so that it
/// is still right after an update, else by its path.
pub fn command() -> String {
    let here = std::env::current_exe().ok();
    let is_here = |found: &PathBuf| {
        let real = |path: &Path| path.canonicalize().ok();
        here.as_deref()
            .and_then(real)
            .is_some_and(|here| real(found) == Some(here))
    };
    let program = match (in_path("askfirst").filter(is_here), here) {
        (None, Some(here)) => {
            // A percent sign would be one of git's own.
            let word = paste::word_of_shell(&here.display().to_string());
            word.replace('%', "%%")
        }
        _ => "askfirst".to_owned(),
    };
    format!("{program} {GIVEN} {ELSE}")
}

fn in_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// What is registered in the repository of a folder.
///
/// # Errors
/// When there is no git.
pub fn registered(git: &Git) -> Result<Registered, NotDone> {
    let found = match git.ask(["config", "--get", KEY]) {
        Ok(found) => found,
        Err(NotDone::Refused { .. }) => return Ok(Registered::No),
        Err(error) => return Err(error),
    };
    // Whatever the program is called.
    if found.trim() == command() {
        return Ok(Registered::Yes);
    }
    let Some((program, _)) = found.split_once(" merge-driver ") else {
        return Ok(match found.trim() {
            "" => Registered::No,
            found => Registered::Other(found.to_owned()),
        });
    };
    if !program.contains("askfirst") {
        return Ok(Registered::Other(found));
    }
    // As `command` writes it; what is written otherwise is taken at its word.
    let program = program.trim();
    let quoted = program
        .strip_prefix('\'')
        .and_then(|p| p.strip_suffix('\''));
    let bare = quoted.unwrap_or(program).replace("%%", "%");
    let is_plain =
        !bare.contains(['\'', '"', '$', '~', '\\']) && (quoted.is_some() || !bare.contains(' '));
    let is_there = match bare.contains('/') {
        true => !is_plain || Path::new(&bare).is_file(),
        false => bare != "askfirst" || in_path(&bare).is_some(),
    };
    Ok(match is_there {
        true => Registered::Yes,
        false => Registered::Gone(bare),
    })
}

/// Registers this program in the repository's own settings.
///
/// # Errors
/// When git refuses.
pub fn register(git: &Git) -> Result<(), NotDone> {
    for (key, value) in [NAME, (KEY, &command())] {
        git.act(["config", "--local", key, value], false)?;
    }
    Ok(())
}

/// The command that registers it.
pub const TO_REGISTER: &str = "askfirst init --merge-driver";
