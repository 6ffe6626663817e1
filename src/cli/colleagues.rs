//! Who works in a folder: whether a team shares it, and who sits here.

use std::path::Path;

use crate::domain::Me;
use crate::git::Git;
use crate::storage::{Settings, locate};

/// The person at the keyboard. A folder is shared where it lies in a git
/// repository; the user's own data folder is theirs alone, whatever holds it.
pub fn me(folder: &Path, name: &str) -> Me {
    let is_own = || locate::user_folders().is_some_and(|(data, _)| folder.starts_with(data));
    if !is_in_repository(folder) || is_own() {
        return Me::alone();
    }
    let folder = folder.to_owned();
    Me::among(name, move || name_in_git(&folder))
}

/// The worker's name, from the environment or the settings; may be empty.
pub fn name(settings: &Settings) -> String {
    let variable = std::env::var("ASKFIRST_NAME").unwrap_or_default();
    match variable.trim().is_empty() {
        true => settings.name.clone(),
        false => variable,
    }
}

/// The name that commits bear here; empty where there is none.
fn name_in_git(folder: &Path) -> String {
    // A folder that is not there yet lies in one that is.
    let there = folder.ancestors().find(|path| path.is_dir());
    let Some(there) = there else {
        return String::new();
    };
    let asked = Git::at(there).ask(["config", "--get", "user.name"]);
    asked.unwrap_or_default()
}

/// Whether a folder lies in the work tree of a repository: as git looks for it,
/// without starting it.
pub fn is_in_repository(folder: &Path) -> bool {
    let Ok(folder) = std::path::absolute(folder) else {
        return false;
    };
    folder.ancestors().any(|path| path.join(".git").exists())
}
