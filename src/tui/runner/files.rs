//! Files that the user names, and the editor.

use std::path::{Path, PathBuf};

use crate::domain::text::line;
use crate::editor::{Editor, NotEdited};
use crate::storage::{NotDelivered, Replace, Rights, deliver, write_atomically};

/// A typed path: `~/` is the home folder, everything else as it stands.
pub fn resolve(typed: &str) -> PathBuf {
    let typed = typed.trim();
    match (typed.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    }
}

/// Writes a file. One that is there already is replaced only if it is an
/// earlier export of the same brief.
pub fn write(path: &Path, content: &[u8]) -> Result<(), String> {
    let shown = |path: &Path| line(&path.display().to_string()).into_owned();
    let ours = |old: &[u8]| crate::export::replaces(content, old);
    deliver(path, content, Replace::If(&ours), Rights::Usual).map_err(|why| match why {
        NotDelivered::NoName => "which file?".to_owned(),
        NotDelivered::Folder(path) => format!("{} is a folder; add a file name", shown(&path)),
        NotDelivered::NoFolder(missing) => format!(
            "there is no folder {}; make it first, or choose another",
            shown(&missing)
        ),
        NotDelivered::Taken(path) => format!(
            "{} is there already and is no export of this brief; choose another name",
            shown(&path)
        ),
        NotDelivered::Io { path, source } => {
            format!("could not write {}: {source}", shown(&path))
        }
    })
}

const NO_EDITOR: &str = "set $VISUAL or $EDITOR to the editor you like";

/// Lets the user mend a broken file. A link or a pipe is not followed into.
pub fn mend(editor: Option<&Editor>, path: &Path) -> Result<(), String> {
    let editor = editor.ok_or(NO_EDITOR)?;
    match std::fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() => editor.open(path).map_err(|why| why.to_string()),
        Ok(_) => Err("that is no regular file; look at it from the shell".to_owned()),
        Err(error) => Err(format!("could not open it: {error}")),
    }
}

/// Lets the user change a text in an editor.
pub fn edit(editor: Option<&Editor>, text: &str, suffix: &str) -> Result<String, String> {
    let editor = editor.ok_or(NO_EDITOR)?;
    let file = tempfile::Builder::new()
        .prefix("askfirst-")
        .suffix(suffix)
        .tempfile()
        .map_err(|error| format!("could not make a file for the editor: {error}"))?;
    let path = file.path().to_owned();
    write_atomically(&path, text.as_bytes())
        .map_err(|error| format!("could not write the file for the editor: {error}"))?;
    let ended = editor.open(&path);
    if let Err(NotEdited::NotStarted { program, source }) = ended {
        return Err(format!("could not run {program}: {source}"));
    }
    let edited = std::fs::read_to_string(&path)
        .map_err(|error| format!("could not read what the editor wrote: {error}"))?;
    match ended {
        Err(why) if edited == text => Err(format!("{why}; nothing was changed")),
        _ => Ok(edited),
    }
}
