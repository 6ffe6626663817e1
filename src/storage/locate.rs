//! Which folder holds the briefs, and which ones may hold checklists: the
//! nearest `.askfirst` folder upwards, else the user's data folder.

use std::path::{Path, PathBuf};

/// The folder that a team shares with its repository.
pub const PROJECT_FOLDER: &str = ".askfirst";
/// The folder of checklists within those folders.
const PROMPTS: &str = "prompts";

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

/// There is no folder for briefs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPlace {
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
    #[error("there is no .askfirst folder here or above, and no home folder")]
    Nowhere,
}

impl Place {
    /// The folder to use. `given` is what the user named, `here` the working
    /// directory. Looks at the disk only for these folders.
    ///
    /// # Errors
    ///
    /// When what was named is no folder, or nothing was named, nothing is
    /// found, and the user has no home.
    pub fn find(given: Option<&Path>, here: Option<&Path>) -> Result<Self, NoPlace> {
        if let Some(dir) = given.filter(|dir| !dir.as_os_str().is_empty()) {
            if dir.exists() && !dir.is_dir() {
                return Err(NoPlace::NotAFolder(dir.to_owned()));
            }
            return Ok(Self {
                path: dir.to_owned(),
                kind: PlaceKind::Given,
            });
        }
        let above = here.into_iter().flat_map(Path::ancestors);
        let project = above
            .map(|dir| dir.join(PROJECT_FOLDER))
            .find(|folder| folder.is_dir());
        if let Some(path) = project {
            return Ok(Self {
                path,
                kind: PlaceKind::Project,
            });
        }
        let (data, _) = user_folders().ok_or(NoPlace::Nowhere)?;
        Ok(Self {
            path: data,
            kind: PlaceKind::User,
        })
    }

    /// The folders with checklists of one's own, the most particular first;
    /// they need not exist.
    pub fn prompt_folders(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.path.join(PROMPTS)];
        folders.extend(user_folders().map(|(_, config)| config.join(PROMPTS)));
        folders
    }
}

/// The platform's folders for data and settings of this program; `None` where
/// there is no home.
pub fn user_folders() -> Option<(PathBuf, PathBuf)> {
    let folders = directories::ProjectDirs::from("", "", "askfirst")?;
    Some((
        folders.data_dir().to_owned(),
        folders.config_dir().to_owned(),
    ))
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
        let refused = Place::find(Some(&given), None);
        assert_eq!(refused, Err(NoPlace::NotAFolder(given)));
    }

    #[test]
    fn a_file_named_askfirst_is_no_project() {
        let root = tempfile::tempdir().unwrap();
        let here = root.path().join("a");
        std::fs::create_dir_all(root.path().join(PROJECT_FOLDER)).unwrap();
        std::fs::create_dir(&here).unwrap();
        std::fs::File::create(here.join(PROJECT_FOLDER)).unwrap();
        let place = Place::find(None, Some(&here)).unwrap();
        assert_eq!(place.path, root.path().join(PROJECT_FOLDER));
    }
}
