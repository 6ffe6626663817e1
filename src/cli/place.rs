//! Where briefs live: the nearest `.askfirst` folder upwards, else the user's
//! data folder.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::{Failure, paste};
use crate::storage::locate::{self, Because, NotLocated};
use crate::storage::plainly;

pub use crate::storage::locate::PROJECT as PROJECT_FOLDER;

/// How the folder was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// `--dir` or `ASKFIRST_DIR`.
    Given,
    /// A `.askfirst` folder here or above.
    Project,
    /// The user's own data folder.
    User,
}

/// A folder for briefs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub path: PathBuf,
    pub kind: PlaceKind,
}

/// Where the program was started; `None` where that folder is gone.
///
/// # Errors
///
/// When it could not be found out: what is written elsewhere would seem lost.
pub fn here() -> Result<Option<PathBuf>, Failure> {
    match std::env::current_dir() {
        Ok(here) => Ok(Some(here)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::new("could not tell which folder this is")
            .because(plainly(&error))
            .hint("do it again, or name the folder of the briefs with --dir")),
    }
}

impl Place {
    /// The folder to use, by the option, the variable and the working directory.
    ///
    /// # Errors
    ///
    /// When nothing was named, nothing is found, and the user has no home; when
    /// the folder that is found is another user's, or a link.
    pub fn find(
        dir: Option<&Path>,
        variable: Option<&OsStr>,
        here: Option<&Path>,
    ) -> Result<Self, Failure> {
        let user = locate::user_folders();
        let found = locate::locate(&locate::Inputs {
            dir,
            variable,
            here,
            data: user.as_ref().map(|(data, _)| data.as_path()),
            me: locate::me(),
        })
        .map_err(not_located)?;
        let path = found.briefs;
        let kind = match found.because {
            Because::Option | Because::Variable => PlaceKind::Given,
            Because::Project => PlaceKind::Project,
            Because::Data => PlaceKind::User,
        };
        let is_other = || path.metadata().is_ok_and(|meta| !meta.is_dir());
        if kind == PlaceKind::Given && is_other() {
            let name = match found.because {
                Because::Option => "--dir",
                _ => locate::VARIABLE,
            };
            return Err(Failure::new(format!("{} is not a folder", path.display()))
                .hint(format!("{name} names the folder with the briefs")));
        }
        Ok(Self { path, kind })
    }

    /// The folders with checklists of one's own, the most particular first.
    pub fn prompt_folders(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.path.join("prompts")];
        folders.extend(locate::user_folders().map(|(_, config)| config.join("prompts")));
        folders
    }
}

fn not_located(why: NotLocated) -> Failure {
    match why.found() {
        None => Failure::new("no place for briefs was found")
            .because(why)
            .hint("name one with --dir DIR or ASKFIRST_DIR, or make one here with: askfirst init"),
        Some(found) => {
            let dir = paste::word_of_shell(&found.display().to_string());
            Failure::new("the briefs here are not opened unasked")
                .because(why)
                .hint(format!("if you trust it, name it: askfirst --dir {dir}"))
                .hint(format!("or for good: export {}={dir}", locate::VARIABLE))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_project_folder_upwards_is_used() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("a/b/c");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::create_dir(root.path().join("a").join(PROJECT_FOLDER)).unwrap();
        let place = Place::find(None, None, Some(&deep)).unwrap();
        assert_eq!(place.path, root.path().join("a").join(PROJECT_FOLDER));
        assert_eq!(place.kind, PlaceKind::Project);
    }

    #[test]
    fn a_named_folder_wins_and_must_be_a_folder() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join(PROJECT_FOLDER)).unwrap();
        let given = root.path().join("mine");
        let place = Place::find(Some(&given), None, Some(root.path())).unwrap();
        assert_eq!((place.path, place.kind), (given.clone(), PlaceKind::Given));
        std::fs::File::create(&given).unwrap();
        assert!(Place::find(Some(&given), None, None).is_err());
    }
}
