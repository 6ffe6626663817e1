//! What is wrong with a folder of briefs, and what could be done about it.
//! Looking never writes.

mod mend;

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

pub use mend::{Backup, NotMended};

use super::disk::{self, Unread};
use super::folder::{Folder, GOALS, broken};
use super::prepared::TEMPORARY;
use super::{Broken, Loaded, StoreError, format, join_marked};
use crate::domain::sign_off::sign_offs;
use crate::domain::{BriefId, Moment, date, text};

/// What kind of trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// No readable brief.
    Broken,
    /// Two versions that git left in the file.
    Markers,
    /// The file says that it is another brief, or two files are the same one.
    Id,
    /// Left behind by a program that was stopped while it wrote.
    Leftover,
    /// Others may write it, or read what is private.
    Rights,
    /// Of a newer format: shown, and not changed.
    Newer,
    /// Changed in two ways, and nobody has chosen.
    Undecided,
    /// A yes whose stored text is not the one that was agreed to.
    SignOff,
}

impl Trouble {
    /// The word for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Markers => "conflict-markers",
            Self::Id => "id",
            Self::Leftover => "leftover",
            Self::Rights => "permissions",
            Self::Newer => "newer-format",
            Self::Undecided => "undecided",
            Self::SignOff => "sign-off",
        }
    }
}

/// What could be done about a finding, exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// The file gets another text. It must still hold `was` then.
    Write { was: String, text: String },
    /// The file goes to the backup.
    PutAway,
    /// Group and others may no longer do what they should not: the new mode.
    Rights { mode: u32 },
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub trouble: Trouble,
    /// Name of the file, safe to show; a dot for the folder.
    pub file: String,
    pub path: PathBuf,
    /// What is wrong, in one line.
    pub what: String,
    pub line: Option<usize>,
    pub column: Option<usize>,
    /// The place, with a caret; may be empty.
    pub picture: String,
    /// What to do, where it cannot be repaired here.
    pub hint: String,
    pub repair: Option<Repair>,
}

/// The rights that nobody else is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// A folder of the user alone.
    Private,
    /// A folder of a project: only that anybody may write is wrong.
    Team,
}

impl Sharing {
    fn wrong(self) -> u32 {
        match self {
            Self::Private => 0o077,
            Self::Team => 0o002,
        }
    }
}

impl Folder {
    /// Everything that is wrong with the folder and its files, by file name.
    ///
    /// # Errors
    /// When the folder cannot be read. One that is not there has nothing wrong.
    pub fn findings(&self, sharing: Sharing, now: Moment) -> Result<Vec<Finding>, StoreError> {
        let failed = |source| StoreError::Io {
            doing: "read",
            path: self.path().to_owned(),
            source,
        };
        let names = disk::names(self.path()).map_err(failed)?;
        let mut findings = Vec::new();
        match self.path().symlink_metadata() {
            Ok(meta) => findings.extend(rights(self.path(), &meta, sharing)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(findings),
            Err(error) => return Err(failed(error)),
        }
        let mut briefs: Vec<Loaded> = Vec::new();
        for name in names {
            let path = self.path().join(&name);
            let bytes = name.as_os_str().as_encoded_bytes();
            let is_temporary = bytes.starts_with(TEMPORARY.0.as_bytes())
                && bytes.ends_with(TEMPORARY.1.as_bytes());
            if is_temporary {
                findings.extend(leftover(&path));
            } else if bytes.ends_with(b".toml") && !bytes.starts_with(b".") {
                findings.extend(match name.file_stem().and_then(|stem| stem.to_str()) {
                    Some(GOALS) => goals(self, &path, sharing),
                    stem => brief(&path, stem, sharing, now, &mut briefs),
                });
            }
        }
        findings.extend(twins(self, &briefs));
        findings.sort_by(|a, b| (&a.file, a.trouble).cmp(&(&b.file, b.trouble)));
        Ok(findings)
    }
}

fn finding(trouble: Trouble, path: &Path, what: impl Into<String>) -> Finding {
    let name = path.file_name().unwrap_or(path.as_os_str());
    Finding {
        trouble,
        file: text::line(&name.to_string_lossy()).into_owned(),
        path: path.to_owned(),
        what: text::line(&what.into()).into_owned(),
        line: None,
        column: None,
        picture: String::new(),
        hint: String::new(),
        repair: None,
    }
}

fn of_broken(trouble: Trouble, broken: Broken) -> Finding {
    Finding {
        line: broken.line,
        column: broken.column,
        picture: broken.picture,
        hint: broken.hint,
        ..finding(trouble, &broken.path, broken.summary)
    }
}

/// Looks at one file that should be a brief.
fn brief(
    path: &Path,
    stem: Option<&str>,
    sharing: Sharing,
    now: Moment,
    briefs: &mut Vec<Loaded>,
) -> Vec<Finding> {
    let found = match disk::read(path) {
        Ok(found) => found,
        // It went away since it was listed.
        Err(Unread::Missing) => return Vec::new(),
        Err(unread) => return vec![of_broken(Trouble::Broken, broken(path, unread))],
    };
    let mut findings: Vec<Finding> = rights(path, &found.meta, sharing).into_iter().collect();
    let id = match stem.map(BriefId::parse) {
        Some(Ok(id)) => id,
        _ => {
            let why = match stem.map(BriefId::parse) {
                Some(Err(error)) => error.to_string(),
                _ => "it is no text".to_owned(),
            };
            findings.push(Finding {
                hint: "give the file a name of small letters, digits and hyphens".to_owned(),
                ..finding(Trouble::Id, path, format!("its name is no id: {why}"))
            });
            return findings;
        }
    };
    if format::has_markers(&found.text) {
        findings.push(marked(path, &found.text, now));
        return findings;
    }
    match format::read(path, &id, &found.text, now) {
        Ok(loaded) => {
            findings.extend(in_brief(path, &loaded));
            briefs.push(loaded);
        }
        Err(broken) => findings.push(of_broken(Trouble::Broken, broken)),
    }
    findings
}

/// Looks at what a brief says.
fn in_brief(path: &Path, loaded: &Loaded) -> Vec<Finding> {
    let brief = &loaded.brief;
    let mut findings = Vec::new();
    if let Some(why) = &loaded.read_only {
        findings.push(Finding {
            hint: "update askfirst to change it".to_owned(),
            ..finding(Trouble::Newer, path, why)
        });
        // What a newer format means by the rest is not known here.
        return findings;
    }
    if let Some(other) = format::other_id(&loaded.text, &brief.id) {
        let mended = format::with_id(&loaded.text, &brief.id);
        findings.push(Finding {
            hint: "the name of the file is what counts".to_owned(),
            repair: mended.map(|text| Repair::Write {
                was: loaded.text.to_string(),
                text,
            }),
            ..finding(
                Trouble::Id,
                path,
                format!("it says that its id is {other}: it may be a copy of that brief"),
            )
        });
    }
    if !brief.conflicts.is_empty() {
        findings.push(Finding {
            hint: format!("choose with: askfirst resolve {}", brief.id),
            ..finding(
                Trouble::Undecided,
                path,
                match brief.conflicts.len() {
                    1 => "one thing was changed in two ways, and nobody has chosen".to_owned(),
                    n => format!("{n} things were changed in two ways, and nobody has chosen"),
                },
            )
        });
    }
    for signed in sign_offs(brief) {
        if let Some(why) = signed.invalid {
            findings.push(Finding {
                hint: format!(
                    "bring the file back from git or a backup, or ask again: askfirst share {}",
                    brief.id
                ),
                ..finding(
                    Trouble::SignOff,
                    path,
                    format!(
                        "the yes of {} on {} does not count: {why}",
                        brief.name_of(&signed.by),
                        date::show(signed.at.date_naive())
                    ),
                )
            });
        }
    }
    findings
}

/// Briefs that are the same but for their id, as after a crash in the middle of
/// giving one another name.
fn twins(folder: &Folder, briefs: &[Loaded]) -> Vec<Finding> {
    let bare = |loaded: &Loaded| {
        let lines = loaded.text.lines();
        let lines = lines.filter(|line| !line.starts_with("id = ") && !line.starts_with("title"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let mut findings = Vec::new();
    let mut seen: std::collections::BTreeMap<String, &BriefId> = std::collections::BTreeMap::new();
    for loaded in briefs.iter().filter(|l| !l.brief.events.is_empty()) {
        let id = &loaded.brief.id;
        if let Some(first) = seen.insert(bare(loaded), id) {
            findings.push(Finding {
                hint: format!("drop the one that is too much: askfirst drop {id}"),
                ..finding(
                    Trouble::Id,
                    &folder.file(id),
                    format!("it is the same brief as {first}, event for event"),
                )
            });
        }
    }
    findings
}

fn goals(folder: &Folder, path: &Path, sharing: Sharing) -> Vec<Finding> {
    use super::Store as _;
    let mut findings: Vec<Finding> = match path.symlink_metadata() {
        Ok(meta) => rights(path, &meta, sharing).into_iter().collect(),
        Err(_) => Vec::new(),
    };
    match folder.goals() {
        Err(StoreError::Broken(broken)) => findings.push(of_broken(Trouble::Broken, *broken)),
        Ok(goals) if format::has_markers(&goals.text) => findings.push(Finding {
            hint: format::CONFLICT_HINT.to_owned(),
            ..finding(Trouble::Markers, path, MARKED)
        }),
        _ => {}
    }
    findings
}

const MARKED: &str = "git left two versions in it that were not joined";

/// A file with two versions, merged by meaning where both are briefs.
fn marked(path: &Path, text: &str, now: Moment) -> Finding {
    let line = text.lines().position(|line| line.starts_with("<<<<<<<"));
    let merged = join_marked(path, text, None, now).ok();
    Finding {
        line: line.map(|line| line + 1),
        hint: match merged {
            Some(_) => String::new(),
            None => format::CONFLICT_HINT.to_owned(),
        },
        repair: merged.map(|merged| Repair::Write {
            was: text.to_owned(),
            text: merged.text,
        }),
        ..finding(Trouble::Markers, path, MARKED)
    }
}

/// A file that was being written when its program ended.
fn leftover(path: &Path) -> Option<Finding> {
    let meta = path.symlink_metadata().ok()?;
    let bytes = meta.len();
    Some(match meta.is_file() {
        true => Finding {
            repair: Some(Repair::PutAway),
            ..finding(
                Trouble::Leftover,
                path,
                format!(
                    "{bytes} bytes that were being written when a program ended; no brief needs them"
                ),
            )
        },
        false => Finding {
            hint: "look at it, and remove it yourself".to_owned(),
            ..finding(
                Trouble::Leftover,
                path,
                "it is named like a temporary file, and is none",
            )
        },
    })
}

#[cfg(unix)]
fn rights(path: &Path, meta: &Metadata, sharing: Sharing) -> Option<Finding> {
    use std::os::unix::fs::MetadataExt as _;
    // A link says nothing of what is behind it, and is not followed.
    if meta.is_symlink() {
        return None;
    }
    let mode = meta.mode() & 0o7777;
    let wrong = mode & sharing.wrong();
    let folder = meta.is_dir();
    if wrong == 0 {
        return None;
    }
    let who = match sharing {
        Sharing::Team => "anybody on this machine may write to it",
        Sharing::Private if wrong & 0o022 != 0 => "others on this machine may write to it",
        Sharing::Private => "others on this machine may read it",
    };
    let may = rustix::process::geteuid();
    let is_mine = may.is_root() || may.as_raw() == meta.uid();
    let mended = finding(Trouble::Rights, path, format!("{who} (mode {mode:04o})"));
    Some(Finding {
        file: if folder { ".".to_owned() } else { mended.file },
        hint: match is_mine {
            true => String::new(),
            false => "it belongs to another user; ask them to change its mode".to_owned(),
        },
        repair: is_mine.then_some(Repair::Rights {
            mode: mode & !sharing.wrong(),
        }),
        ..mended
    })
}

#[cfg(not(unix))]
fn rights(_: &Path, _: &Metadata, _: Sharing) -> Option<Finding> {
    None
}

#[cfg(test)]
mod tests;
