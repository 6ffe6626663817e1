//! Where briefs live: the nearest `.askfirst` folder upwards, else the user's
//! data folder.

use std::path::{Path, PathBuf};

use super::Failure;

/// The folder that a team shares with its repository.
pub const PROJECT_FOLDER: &str = ".askfirst";

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

impl Place {
    /// The folder to use. `given` is what the user named, `here` the working
    /// directory.
    ///
    /// # Errors
    ///
    /// When nothing was named, nothing is found, and the user has no home.
    pub fn find(given: Option<&Path>, here: Option<&Path>) -> Result<Self, Failure> {
        if let Some(dir) = given.filter(|dir| !dir.as_os_str().is_empty()) {
            if dir.exists() && !dir.is_dir() {
                return Err(Failure::new(format!("{} is not a folder", dir.display()))
                    .hint("--dir names the folder with the briefs"));
            }
            return Ok(Self {
                path: dir.to_owned(),
                kind: PlaceKind::Given,
            });
        }
        let project = here.into_iter().flat_map(Path::ancestors).find_map(|dir| {
            let folder = dir.join(PROJECT_FOLDER);
            folder.is_dir().then_some(folder)
        });
        if let Some(path) = project {
            return Ok(Self {
                path,
                kind: PlaceKind::Project,
            });
        }
        user_folders().map_or_else(
            || {
                Err(Failure::new("no place for briefs was found")
                    .because("there is no .askfirst folder here or above, and no home folder")
                    .hint("name one with --dir DIR or ASKFIRST_DIR, or make one here with: askfirst init"))
            },
            |folders| {
                Ok(Self {
                    path: folders.data_dir().to_owned(),
                    kind: PlaceKind::User,
                })
            },
        )
    }

    /// The folders with checklists of one's own, the most particular first.
    pub fn prompt_folders(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.path.join("prompts")];
        folders.extend(user_folders().map(|f| f.config_dir().join("prompts")));
        folders
    }
}

fn user_folders() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("", "", "askfirst")
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
        let place = Place::find(None, Some(&deep)).unwrap();
        assert_eq!(place.path, root.path().join("a").join(PROJECT_FOLDER));
        assert_eq!(place.kind, PlaceKind::Project);
    }

    #[test]
    fn a_named_folder_wins_and_must_be_a_folder() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join(PROJECT_FOLDER)).unwrap();
        let given = root.path().join("mine");
        let place = Place::find(Some(&given), Some(root.path())).unwrap();
        assert_eq!((place.path, place.kind), (given.clone(), PlaceKind::Given));
        std::fs::File::create(&given).unwrap();
        assert!(Place::find(Some(&given), None).is_err());
    }
}
