//! The user's own settings, `config.toml` in the platform's folder for them.
//! Never read from a folder that somebody else may have filled.

use std::path::{Path, PathBuf};

use super::{Broken, format, locate, write_atomically};

/// What can be set once for all briefs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The worker's name, below messages.
    pub name: String,
}

/// The file with the settings; `None` where there is no home.
pub fn settings_file() -> Option<PathBuf> {
    locate::user_folders().map(|(_, config)| config.join("config.toml"))
}

/// Reads the settings. No file is no settings.
///
/// # Errors
///
/// The rendered problem of a file that cannot be used.
pub fn read_settings(path: &Path) -> Result<Settings, Broken> {
    format::read_settings(path, &text_of(path)?)
}

/// The text of the file, empty where there is none. A link is followed: many
/// people keep their settings elsewhere.
fn text_of(path: &Path) -> Result<String, Broken> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    match super::disk::read(&real) {
        Ok(found) => Ok(found.text),
        Err(super::disk::Unread::Missing) => Ok(String::new()),
        Err(unread) => Err(super::folder::broken(path, unread)),
    }
}

/// Writes what differs from the file, which keeps its comments and whatever
/// else it holds.
///
/// # Errors
///
/// Why it could not be written, in words for the user.
pub fn write_settings(path: &Path, settings: &Settings) -> Result<(), String> {
    let cannot = |broken: Broken| format!("{}: {}", broken.file, broken.summary);
    let text = text_of(path).map_err(cannot)?;
    let before = format::read_settings(path, &text).map_err(cannot)?;
    let changed = format::write_settings(path, &text, &before, settings).map_err(cannot)?;
    let failed = |error: std::io::Error| format!("could not write {}: {error}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    write_atomically(path, changed.as_bytes()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_beside_comments_and_unknown_keys() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("askfirst").join("config.toml");
        let named = |name: &str| Settings {
            name: name.to_owned(),
        };
        assert_eq!(read_settings(&path).unwrap(), Settings::default());
        write_settings(&path, &named("Ana")).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "name = \"Ana\"\n");
        crate::storage::write_atomically(&path, b"# mine\nlater = true\nname = \"Ana\" # me\n")
            .unwrap();
        write_settings(&path, &named("Ana Lima")).unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "# mine\nlater = true\nname = \"Ana Lima\" # me\n"
        );
        assert_eq!(read_settings(&path).unwrap(), named("Ana Lima"));
    }

    #[test]
    fn broken_settings_are_told_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        crate::storage::write_atomically(&path, b"name = Ana\n").unwrap();
        assert!(read_settings(&path).unwrap_err().summary.contains("line 1"));
        assert!(write_settings(&path, &Settings::default()).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "name = Ana\n");
    }
}
