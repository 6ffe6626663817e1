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

/// What a repository has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registered {
    No,
    /// This program, wherever it is.
    Yes,
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
    let path = std::env::var_os("PATH").unwrap_or_default();
    let named = std::env::split_paths(&path)
        .map(|folder| folder.join("askfirst"))
        .find(|file| file.is_file());
    match (named.filter(is_here), here) {
        (None, Some(here)) => {
            // A percent sign would be one of git's own.
            let word = paste::word_of_shell(&here.display().to_string());
            format!("{} {GIVEN}", word.replace('%', "%%"))
        }
        _ => format!("askfirst {GIVEN}"),
    }
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
    Ok(match found.trim() {
        "" => Registered::No,
        found if found.contains("askfirst") && found.contains("merge-driver") => Registered::Yes,
        found => Registered::Other(found.to_owned()),
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

/// The command line that does the same.
pub fn to_register() -> String {
    format!("git config {KEY} {}", paste::word_of_shell(&command()))
}
