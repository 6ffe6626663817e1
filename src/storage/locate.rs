//! Which folder holds the briefs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use directories::ProjectDirs;

/// The folder that a team shares, looked for upwards.
pub const PROJECT: &str = ".askfirst";
/// The environment variable that names the folder.
pub const VARIABLE: &str = "ASKFIRST_DIR";

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
    /// The number of the user; `None` where folders have no such owner.
    pub me: Option<u32>,
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

/// Where briefs live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// As it was named; it need not exist.
    pub briefs: PathBuf,
    pub because: Because,
}

/// There is no place for briefs that is the user's without doubt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotLocated {
    #[error("there is no {PROJECT} folder here or above, and no home folder")]
    Nowhere,
    /// Found on the way up, not named by the user: in a folder that all may
    /// write to, anybody can put one there and wait for briefs. git refuses
    /// such repositories for the same reason (its `safe.directory`).
    #[error("{} belongs to another user", .0.display())]
    Foreign(PathBuf),
    /// A link in a clone could lead to any folder of the user.
    #[error("{} is a link, which could lead anywhere", .0.display())]
    Link(PathBuf),
    /// Whether there is one could not be found out, which is not "no": what is
    /// written elsewhere would seem to be lost.
    #[error("could not look for {}: {why}", path.display())]
    Unknown { path: PathBuf, why: String },
}

impl NotLocated {
    /// The folder that was found and not taken.
    pub fn found(&self) -> Option<&Path> {
        match self {
            Self::Nowhere | Self::Unknown { .. } => None,
            Self::Foreign(path) | Self::Link(path) => Some(path),
        }
    }
}

/// The platform's folders of this program; `None` where there is no home.
fn folders() -> Option<&'static ProjectDirs> {
    static FOLDERS: OnceLock<Option<ProjectDirs>> = OnceLock::new();
    let found = || ProjectDirs::from("", "", "askfirst");
    FOLDERS.get_or_init(found).as_ref()
}

/// The platform's folders for data and settings of this program; `None` where
/// there is no home.
pub fn user_folders() -> Option<(PathBuf, PathBuf)> {
    let folders = folders()?;
    Some((
        folders.data_dir().to_owned(),
        folders.config_dir().to_owned(),
    ))
}

/// The platform's folder for what may be lost between two runs.
pub fn state_folder() -> Option<PathBuf> {
    let folders = folders()?;
    let state = folders
        .state_dir()
        .unwrap_or_else(|| folders.data_local_dir());
    // Where that is the folder of the data, briefs live in it.
    Some(state.join("reminders"))
}

/// The platform's folder for what is made anew when it is missing.
pub fn cache_folder() -> Option<PathBuf> {
    Some(folders()?.cache_dir().join("index"))
}

/// `--dir`, else `ASKFIRST_DIR`, else the nearest `.askfirst` upwards, else
/// the data folder. Looks at the disk only for `.askfirst`.
///
/// # Errors
/// Where none of them is known, and where the nearest `.askfirst` may be a trap.
/// What the user names is taken as it is.
pub fn locate(inputs: &Inputs<'_>) -> Result<Located, NotLocated> {
    let given = |path: &&Path| !path.as_os_str().is_empty();
    let at = |briefs: PathBuf, because| Ok(Located { briefs, because });
    if let Some(path) = inputs.dir.filter(given) {
        return at(path.to_owned(), Because::Option);
    }
    if let Some(path) = inputs.variable.map(Path::new).filter(given) {
        return at(path.to_owned(), Because::Variable);
    }
    if let Some(here) = inputs.here
        && let Some(path) = nearest_project(here, inputs.me)?
    {
        return at(path, Because::Project);
    }
    match inputs.data {
        Some(path) => at(path.to_owned(), Because::Data),
        None => Err(NotLocated::Nowhere),
    }
}

fn nearest_project(here: &Path, me: Option<u32>) -> Result<Option<PathBuf>, NotLocated> {
    for folder in here.ancestors() {
        let path = folder.join(PROJECT);
        let found = match std::fs::symlink_metadata(&path) {
            Ok(found) => found,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => {
                let why = super::plainly(&error);
                return Err(NotLocated::Unknown { path, why });
            }
        };
        if found.is_dir() {
            return match (me, owner(&found)) {
                // The administrator could do anything anyhow.
                (Some(me), Some(owner)) if owner != me && owner != 0 => {
                    Err(NotLocated::Foreign(path))
                }
                _ => Ok(Some(path)),
            };
        }
        if found.is_symlink() && path.is_dir() {
            return Err(NotLocated::Link(path));
        }
    }
    Ok(None)
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "there are none elsewhere")]
fn owner(found: &std::fs::Metadata) -> Option<u32> {
    Some(std::os::unix::fs::MetadataExt::uid(found))
}

#[cfg(not(unix))]
fn owner(_: &std::fs::Metadata) -> Option<u32> {
    None
}

/// The number of the user; `None` where folders have no such owner.
#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "there are none elsewhere")]
pub fn me() -> Option<u32> {
    Some(rustix::process::geteuid().as_raw())
}

/// The number of the user; `None` where folders have no such owner.
#[cfg(not(unix))]
pub fn me() -> Option<u32> {
    None
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
            me: me(),
        };
        let place = |inputs: &Inputs<'_>| {
            let found = locate(inputs).expect("a place");
            (found.briefs, found.because)
        };
        assert_eq!(place(&all), (PathBuf::from("own"), Because::Option));
        let mut inputs = Inputs { dir: None, ..all };
        assert_eq!(place(&inputs), (PathBuf::from("/var"), Because::Variable));
        inputs.variable = Some(OsStr::new(""));
        assert_eq!(place(&inputs), (project.clone(), Because::Project));
        inputs.here = Some(Path::new("/"));
        assert_eq!(place(&inputs), (PathBuf::from("/data"), Because::Data));
        inputs.data = None;
        assert_eq!(locate(&inputs), Err(NotLocated::Nowhere));
    }

    #[test]
    fn a_file_named_askfirst_is_no_project() {
        let root = tempfile::tempdir().expect("a folder");
        let here = root.path().join("a");
        std::fs::create_dir_all(&here).expect("a folder");
        std::fs::create_dir(root.path().join(PROJECT)).expect("a folder");
        std::fs::File::create(here.join(PROJECT)).expect("a file");
        let found = nearest_project(&here, me()).expect("nothing wrong");
        assert_eq!(found, Some(root.path().join(PROJECT)));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_of_another_user_is_taken_only_when_it_is_named() {
        let root = tempfile::tempdir().expect("a folder");
        let project = root.path().join(PROJECT);
        std::fs::create_dir(&project).expect("a folder");
        let owner = owner(&std::fs::metadata(&project).expect("a folder")).unwrap_or_default();
        if owner == 0 {
            // Only the administrator can give a folder away.
            std::os::unix::fs::chown(&project, Some(54_321), None).expect("given away");
        }
        let mut inputs = Inputs {
            here: Some(root.path()),
            data: Some(Path::new("/data")),
            me: Some(owner + 1),
            ..Inputs::default()
        };
        assert_eq!(
            locate(&inputs),
            Err(NotLocated::Foreign(project.clone())),
            "and not the data folder, where the briefs would seem to be gone"
        );
        inputs.dir = Some(&project);
        assert_eq!(locate(&inputs).map(|found| found.briefs), Ok(project));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed_and_not_passed_over() {
        let root = tempfile::tempdir().expect("a folder");
        let project = root.path().join(PROJECT);
        std::os::unix::fs::symlink("/tmp", &project).expect("a link");
        assert_eq!(
            nearest_project(root.path(), me()),
            Err(NotLocated::Link(project))
        );
    }
}
