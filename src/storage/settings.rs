//! The user's own settings, `config.toml` in the platform's folder for them.
//! Never read from a folder that somebody else may have filled.

use std::path::{Path, PathBuf};

use crate::domain::work_time::WorkTime;

use super::{Broken, format, locate, write_atomically};

/// What can be set once for all briefs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The worker's name, below messages.
    pub name: String,
    /// When the worker works and may be asked; only read.
    pub work: WorkTime,
    /// Files that say which SSH keys are whose, and which count no more, as
    /// written; may be empty. Only read.
    pub allowed_signers: String,
    pub revoked_signers: String,
}

impl Settings {
    /// The paths to the allowed and the revoked signers, where they are named.
    pub fn signers(&self) -> (Option<PathBuf>, Option<PathBuf>) {
        let path = |text: &str| (!text.trim().is_empty()).then(|| PathBuf::from(text.trim()));
        (path(&self.allowed_signers), path(&self.revoked_signers))
    }
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

/// Reads the text of a settings file.
///
/// # Errors
///
/// The rendered problem; `path` is for its place.
pub fn parse_settings(path: &Path, text: &str) -> Result<Settings, Broken> {
    format::read_settings(path, text)
}

/// The text of a settings file with the differences between what it says and
/// `settings` in it.
///
/// # Errors
///
/// The rendered problem of a text that cannot be read.
pub fn changed_settings(path: &Path, text: &str, settings: &Settings) -> Result<String, Broken> {
    let before = format::read_settings(path, text)?;
    format::write_settings(path, text, &before, settings)
}

/// The text of the file, empty where there is none. A link is followed: many
/// people keep their settings elsewhere.
fn text_of(path: &Path) -> Result<String, Broken> {
    let is_link = match path.symlink_metadata() {
        Ok(meta) => meta.is_symlink(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(String::new()),
        // To read it says what is wrong.
        Err(_) => false,
    };
    let real = is_link.then(|| path.canonicalize().ok()).flatten();
    match super::disk::read(real.as_deref().unwrap_or(path)) {
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
    let changed = changed_settings(path, &text, settings).map_err(cannot)?;
    let failed = |error: std::io::Error| {
        format!(
            "could not write {}: {}",
            path.display(),
            super::plainly(&error)
        )
    };
    if let Some(folder) = path.parent() {
        super::create_folder(folder).map_err(failed)?;
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
            ..Settings::default()
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
    fn working_time_is_read_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        let text = "[work]\ndays = [\"mon-wed\", \"sat\"]\nhours = \"8:30-16\"\n\
                    quiet = \"12:00-12:30\"\nholidays = [2026-12-25, \"2027-01-01\"]\n";
        crate::storage::write_atomically(&path, text.as_bytes()).unwrap();
        let work = read_settings(&path).unwrap().work;
        assert_eq!(work.days.len(), 4);
        assert_eq!(work.day().num_minutes(), 450);
        assert_eq!(work.quiet.len(), 1);
        assert_eq!(work.holidays.len(), 2);
        let named = Settings {
            name: "Ana".to_owned(),
            ..Settings::default()
        };
        write_settings(&path, &named).unwrap();
        let after = std::fs::read_to_string(&path).unwrap();
        assert!(
            after.ends_with(text) && after.contains("name = \"Ana\""),
            "{after}"
        );
    }

    #[test]
    fn working_time_that_cannot_be_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        for (wrong, told) in [
            ("days = \"workdays\"", "no day of the week"),
            ("hours = \"17:00-09:00\"", "no working hours"),
            ("hours = \"all day\"", "no working hours"),
            ("quiet = [\"noon\"]", "no time of the day"),
            (
                "quiet = [\"09:00-17:00\"]",
                "all of the working hours are quiet",
            ),
            ("holidays = [\"christmas\"]", "day"),
            ("holidays = 25", "day"),
        ] {
            let text = format!("[work]\n{wrong}\n");
            crate::storage::write_atomically(&path, text.as_bytes()).unwrap();
            let summary = read_settings(&path).map(|s| s.work).unwrap_err().summary;
            assert!(summary.contains(told), "{wrong}: {summary}");
        }
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
