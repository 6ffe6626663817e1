//! Which folder holds the briefs, and which ones may hold checklists.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The folder that a team shares, looked for upwards.
pub const PROJECT: &str = ".askfirst";
/// The environment variable that names the folder.
pub const VARIABLE: &str = "ASKFIRST_DIR";
/// The folder of checklists within those folders.
const PROMPTS: &str = "prompts";

/// What the place depends on, as values.
#[derive(Debug, Clone, Copy, Default)]
pub struct Inputs<'a> {
    /// `--dir`.
    pub dir: Option<&'a Path>,
    /// `ASKFIRST_DIR`.
    pub variable: Option<&'a OsStr>,
    /// Where the program was started, absolute.
    pub here: Option<&'a Path>,
    /// The platform's folder for data of this program.
    pub data: Option<&'a Path>,
    /// The platform's folder for its settings.
    pub config: Option<&'a Path>,
}

/// Why the folder is the one it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    Option,
    Variable,
    /// A `.askfirst` folder here or above.
    Project,
    Data,
}

/// Where briefs and checklists live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub briefs: PathBuf,
    pub because: Because,
    /// Folders with checklists, first to last; they need not exist.
    pub prompts: Vec<PathBuf>,
}

/// There is no place for briefs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no folder for briefs is known; name one with --dir or {VARIABLE}")]
pub struct Nowhere;

/// The platform's folders for data and settings of this program; `None` where
/// there is no home.
pub fn user_folders() -> Option<(PathBuf, PathBuf)> {
    let folders = directories::ProjectDirs::from("", "", "askfirst")?;
    Some((
        folders.data_dir().to_owned(),
        folders.config_dir().to_owned(),
    ))
}

/// `--dir`, else `ASKFIRST_DIR`, else the nearest `.askfirst` upwards, else
/// the data folder. Looks at the disk only for `.askfirst`.
///
/// # Errors
/// [`Nowhere`] where none of them is known.
pub fn locate(inputs: &Inputs<'_>) -> Result<Located, Nowhere> {
    let from_here = |path: &Path| inputs.here.map_or(path.to_owned(), |here| here.join(path));
    let given = |path: &&Path| !path.as_os_str().is_empty();
    let project = inputs.here.and_then(nearest_project);
    let option = inputs.dir.filter(given).map(from_here);
    let variable = inputs.variable.map(Path::new).filter(given).map(from_here);
    let (briefs, because) = if let Some(path) = option {
        (path, Because::Option)
    } else if let Some(path) = variable {
        (path, Because::Variable)
    } else if let Some(path) = project.clone() {
        (path, Because::Project)
    } else if let Some(path) = inputs.data {
        (path.to_owned(), Because::Data)
    } else {
        return Err(Nowhere);
    };
    let mut prompts = Vec::new();
    let own = (because != Because::Data).then(|| briefs.clone());
    let config = inputs.config.map(Path::to_owned);
    for folder in [own, project, config].into_iter().flatten() {
        let folder = folder.join(PROMPTS);
        if !prompts.contains(&folder) {
            prompts.push(folder);
        }
    }
    Ok(Located {
        briefs,
        because,
        prompts,
    })
}

/// The nearest real folder of that name; a link could lead anywhere.
fn nearest_project(here: &Path) -> Option<PathBuf> {
    here.ancestors()
        .map(|folder| folder.join(PROJECT))
        .find(|folder| std::fs::symlink_metadata(folder).is_ok_and(|meta| meta.is_dir()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_wins_over_the_variable_the_project_and_the_data_folder() {
        let root = tempfile::tempdir().expect("a folder");
        let here = root.path().join("a/b");
        std::fs::create_dir_all(&here).expect("a folder");
        let project = root.path().join(PROJECT);
        std::fs::create_dir(&project).expect("a folder");
        let all = Inputs {
            dir: Some(Path::new("own")),
            variable: Some(OsStr::new("/var")),
            here: Some(&here),
            data: Some(Path::new("/data")),
            config: Some(Path::new("/config")),
        };
        let place = |inputs: &Inputs<'_>| {
            let found = locate(inputs).expect("a place");
            (found.briefs, found.because)
        };
        assert_eq!(place(&all), (here.join("own"), Because::Option));
        let mut inputs = Inputs { dir: None, ..all };
        assert_eq!(place(&inputs), (PathBuf::from("/var"), Because::Variable));
        inputs.variable = Some(OsStr::new(""));
        assert_eq!(place(&inputs), (project.clone(), Because::Project));
        assert_eq!(
            locate(&inputs).expect("a place").prompts,
            [project.join("prompts"), PathBuf::from("/config/prompts")]
        );
        inputs.here = Some(Path::new("/"));
        assert_eq!(place(&inputs), (PathBuf::from("/data"), Because::Data));
        inputs.data = None;
        assert_eq!(locate(&inputs), Err(Nowhere));
    }

    #[test]
    fn a_file_or_link_named_askfirst_is_no_project() {
        let root = tempfile::tempdir().expect("a folder");
        let here = root.path().join("a");
        std::fs::create_dir(&here).expect("a folder");
        std::fs::File::create(here.join(PROJECT)).expect("a file");
        assert_eq!(
            nearest_project(&here).filter(|p| p.starts_with(&here)),
            None
        );
    }
}
