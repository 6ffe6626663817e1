//! Files that the user names, and the editor.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::storage::write_atomically;

/// A typed path: `~/` is the home folder, everything else as it stands.
pub fn resolve(typed: &str) -> PathBuf {
    let typed = typed.trim();
    match (typed.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    }
}

/// Writes a file. One that is there already is replaced only if it came from
/// this program.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    let shown = crate::domain::text::line(&path.display().to_string()).into_owned();
    if path.as_os_str().is_empty() {
        return Err("which file?".to_owned());
    }
    match std::fs::symlink_metadata(path) {
        Ok(meta) if meta.is_dir() => {
            return Err(format!("{shown} is a folder; add a file name"));
        }
        Ok(_) => {
            let ours = std::fs::read_to_string(path)
                .is_ok_and(|old| old == text || crate::export::mark(&old).is_some());
            if !ours {
                return Err(format!(
                    "{shown} is there already and is no export of a brief; choose another name"
                ));
            }
        }
        Err(_) => {}
    }
    if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty())
        && !parent.is_dir()
    {
        return Err(format!(
            "there is no folder {}; make it first, or choose another",
            crate::domain::text::line(&parent.display().to_string())
        ));
    }
    write_atomically(path, text.as_bytes())
        .map_err(|error| format!("could not write {shown}: {error}"))
}

/// Lets the user change a text in an editor.
pub fn edit(editor: &[String], text: &str, suffix: &str) -> Result<String, String> {
    let Some((program, arguments)) = editor.split_first() else {
        return Err("set $VISUAL or $EDITOR to the editor you like".to_owned());
    };
    let file = tempfile::Builder::new()
        .prefix("askfirst-")
        .suffix(suffix)
        .tempfile()
        .map_err(|error| format!("could not make a file for the editor: {error}"))?;
    let path = file.path().to_owned();
    write_atomically(&path, text.as_bytes())
        .map_err(|error| format!("could not write the file for the editor: {error}"))?;
    let status = Command::new(program)
        .args(arguments)
        .arg(&path)
        .status()
        .map_err(|error| format!("could not run {program}: {error}"))?;
    let edited = std::fs::read_to_string(&path)
        .map_err(|error| format!("could not read what the editor wrote: {error}"))?;
    if !status.success() && edited == text {
        return Err(format!(
            "{program} ended without saving; nothing was changed"
        ));
    }
    Ok(edited)
}
