//! The platform's own timer, which runs `askfirst remind run` every half hour of
//! the working time: what is written and run to set it up, and to undo it.
//!
//! Everything here is a pure function from what there is to a list of [`Step`]s,
//! so that each platform is tested on all of them. Whoever carries the steps out
//! shows them first. A file says in a line of its own that it was written here,
//! with a check of the rest: what somebody changed since is left alone.

pub mod crontab;
mod launchd;
mod schedule;
mod stamp;
mod systemd;
#[cfg(test)]
mod tests;
mod windows;

use std::path::{Path, PathBuf};

pub use schedule::Schedule;
pub use stamp::{Whose, whose};

use crate::domain::work_time::Local;

/// What runs things in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Systemd,
    Cron,
    Launchd,
    Windows,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Systemd, Self::Cron, Self::Launchd, Self::Windows];

    /// The word for options and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Systemd => "systemd",
            Self::Cron => "cron",
            Self::Launchd => "launchd",
            Self::Windows => "windows",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Systemd => "systemd user timer",
            Self::Cron => "cron job",
            Self::Launchd => "launchd agent",
            Self::Windows => "scheduled task",
        }
    }

    /// The program that manages it.
    pub fn manager(self) -> &'static str {
        match self {
            Self::Systemd => "systemctl",
            Self::Cron => "crontab",
            Self::Launchd => "launchctl",
            Self::Windows => "schtasks",
        }
    }

    /// What to run to see whether it can be used here. Where the program is
    /// missing, or it fails for systemd, it cannot.
    pub fn probe(self) -> Run {
        match self {
            // The user's own manager, not the one of the machine.
            Self::Systemd => Run::new("systemctl", ["--user", "show-environment"]),
            Self::Cron => crontab::list(),
            Self::Launchd => Run::new("launchctl", ["version"]),
            Self::Windows => Run::new("schtasks", ["/?"]),
        }
    }

    /// What to run to ask whether it is active, and when it runs next.
    pub fn ask(self, target: &Target) -> Run {
        match self {
            Self::Systemd => systemd::ask(),
            Self::Cron => crontab::list(),
            Self::Launchd => launchd::ask(target),
            Self::Windows => windows::ask(),
        }
    }

    /// The files it consists of.
    pub fn files(self, target: &Target) -> Vec<PathBuf> {
        match self {
            Self::Systemd => systemd::files(target),
            Self::Cron => Vec::new(),
            Self::Launchd => vec![launchd::file(target)],
            Self::Windows => vec![windows::file(target)],
        }
    }
}

/// What the timer is to run, when, and where its files belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The program with its arguments; the first is an absolute path.
    pub command: Vec<String>,
    /// Variables that the command needs to find the same folders as here.
    pub variables: Vec<(String, String)>,
    pub schedule: Schedule,
    pub home: PathBuf,
    /// The user's folder for settings of all programs.
    pub config: PathBuf,
    /// The folder for data of this program.
    pub data: PathBuf,
    /// The number of the user, where users have one.
    pub uid: u32,
}

/// A program to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub program: &'static str,
    pub args: Vec<String>,
    /// Whether it is no failure when this fails.
    pub may_fail: bool,
}

impl Run {
    fn new<const N: usize>(program: &'static str, args: [&str; N]) -> Self {
        Self {
            program,
            args: args.map(str::to_owned).to_vec(),
            may_fail: false,
        }
    }

    fn or_not(self) -> Self {
        Self {
            may_fail: true,
            ..self
        }
    }

    /// As one would type it.
    pub fn line(&self) -> String {
        let word = |arg: &String| match arg.contains([' ', '\\']) {
            true => format!("\"{arg}\""),
            false => arg.clone(),
        };
        let args: Vec<String> = self.args.iter().map(word).collect();
        format!("{} {}", self.program, args.join(" "))
    }
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Write a file whole, with the folders above it.
    Write {
        path: PathBuf,
        text: String,
        encoding: Encoding,
    },
    /// Remove a file, and so many folders above it where they are empty then.
    Remove {
        path: PathBuf,
        folders: usize,
    },
    /// Put these lines into the user's crontab in place of ours, or take ours
    /// out. All else in it stays byte for byte.
    Crontab(Option<String>),
    Run(Run),
}

/// How a text becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// Little-endian with a byte-order mark, as `schtasks` wants it.
    Utf16,
}

impl Encoding {
    /// The bytes of a text.
    pub fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf16 => std::iter::once(0xFEFF)
                .chain(text.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect(),
        }
    }

    /// The text of bytes in either encoding; `None` where they are no text.
    pub fn text(bytes: &[u8]) -> Option<String> {
        let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) else {
            return String::from_utf8(bytes.to_vec()).ok();
        };
        let units = rest.chunks(2).map(|pair| match pair {
            [low, high] => u16::from_le_bytes([*low, *high]),
            // Half a unit is none.
            _ => 0xD800,
        });
        char::decode_utf16(units).collect::<Result<_, _>>().ok()
    }
}

/// A file as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub path: PathBuf,
    /// Nothing where there is no such file.
    pub bytes: Option<Vec<u8>>,
    /// How many folders above it are missing.
    pub missing: usize,
}

impl Found {
    /// Whose file it is.
    pub fn whose(&self) -> Whose {
        match &self.bytes {
            None => Whose::Nobodys,
            Some(bytes) => Encoding::text(bytes).map_or(Whose::Foreign, |text| whose(&text)),
        }
    }
}

/// What there is of a timer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Present<'a> {
    pub files: &'a [Found],
    /// The user's crontab; empty where there is none.
    pub crontab: &'a [u8],
}

/// Why nothing is set up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The file is not ours, or was changed since.
    #[error("{} was {}", .0.display(), if *.1 { "changed since it was written" } else { "written by somebody else" })]
    Taken(PathBuf, bool),
    /// The block in the crontab was changed since.
    #[error("the lines of askfirst in your crontab were changed since they were written")]
    Lines,
    /// The command has a character that this timer cannot hold.
    #[error("{0:?} holds a character that a {1} cannot hold")]
    Character(String, &'static str),
}

/// What sets a timer up. Nothing where all of it is there already.
///
/// # Errors
///
/// What somebody else wrote or changed is not overwritten.
pub fn install(kind: Kind, target: &Target, now: Present<'_>) -> Result<Vec<Step>, Refused> {
    for found in now.files {
        match found.whose() {
            Whose::Nobodys | Whose::Ours { .. } => {}
            Whose::Changed { .. } => return Err(Refused::Taken(found.path.clone(), true)),
            Whose::Foreign => return Err(Refused::Taken(found.path.clone(), false)),
        }
    }
    match kind {
        Kind::Systemd => systemd::install(target, now.files),
        Kind::Cron => crontab::install(target, now.crontab),
        Kind::Launchd => launchd::install(target, now.files),
        Kind::Windows => windows::install(target, now.files),
    }
}

/// What switches a timer on whose files are there.
pub fn activate(kind: Kind, target: &Target) -> Vec<Run> {
    match kind {
        Kind::Systemd => systemd::on(),
        // cron reads the crontab by itself.
        Kind::Cron => Vec::new(),
        Kind::Launchd => launchd::on(target),
        Kind::Windows => windows::on(target),
    }
}

/// What undoes a timer, and what is left since somebody changed it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Removal {
    pub steps: Vec<Step>,
    /// Files that were changed since.
    pub left: Vec<PathBuf>,
    /// The lines in the crontab were changed since.
    pub lines_left: bool,
}

/// What undoes a timer: only what was written here.
pub fn uninstall(kind: Kind, target: &Target, now: Present<'_>) -> Removal {
    let mut removal = Removal::default();
    let is_ours = |found: &&Found| matches!(found.whose(), Whose::Ours { .. });
    let changed = now
        .files
        .iter()
        .filter(|found| matches!(found.whose(), Whose::Changed { .. }));
    removal.left = changed.map(|found| found.path.clone()).collect();
    // Later files are removed first: the first one has made the folders.
    let ours = now.files.iter().rev().filter(is_ours);
    let remove: Vec<Step> = ours
        .map(|found| Step::Remove {
            path: found.path.clone(),
            folders: found.whose().folders(),
        })
        .collect();
    if kind == Kind::Cron {
        match crontab::without(now.crontab) {
            Ok(None) => {}
            Ok(Some(_)) => removal.steps.push(Step::Crontab(None)),
            Err(_) => removal.lines_left = true,
        }
    } else if !remove.is_empty() || !removal.left.is_empty() {
        let (before, after) = match kind {
            Kind::Systemd => systemd::off(),
            Kind::Launchd => launchd::off(target),
            _ => windows::off(),
        };
        removal.steps.extend(before.into_iter().map(Step::Run));
        removal.steps.extend(remove);
        removal.steps.extend(after.into_iter().map(Step::Run));
    }
    removal
}

/// How much of a timer is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Absent,
    /// As it would be written now.
    Current,
    /// As it was written, for another program, other working hours or by another
    /// version.
    Different,
    /// Changed by somebody, or in part gone.
    Changed,
}

impl Standing {
    /// The word for JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Current => "current",
            Self::Different => "different",
            Self::Changed => "changed",
        }
    }
}

/// How much of a timer is there.
pub fn standing(kind: Kind, target: &Target, now: Present<'_>) -> Standing {
    let removal = uninstall(kind, target, now);
    if removal.lines_left || !removal.left.is_empty() {
        return Standing::Changed;
    }
    if removal.steps.is_empty() {
        return Standing::Absent;
    }
    if now.files.iter().any(|found| found.bytes.is_none()) {
        return Standing::Changed;
    }
    match install(kind, target, now) {
        Ok(steps) if steps.is_empty() => Standing::Current,
        Ok(_) => Standing::Different,
        Err(_) => Standing::Changed,
    }
}

/// What a timer says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Told {
    pub active: bool,
    /// When it runs next, where it says so.
    pub next: Option<Local>,
}

/// Reads the answer to [`Kind::ask`]; `None` for the output of a command that
/// failed.
pub fn told(kind: Kind, output: Option<&str>) -> Told {
    let Some(output) = output else {
        return Told::default();
    };
    match kind {
        Kind::Systemd => systemd::told(output),
        Kind::Cron => Told {
            active: crontab::is_in(output.as_bytes()),
            next: None,
        },
        Kind::Launchd | Kind::Windows => Told {
            active: true,
            next: None,
        },
    }
}

/// The steps that bring files to a state, and then what to run.
fn write_all(
    files: Vec<(PathBuf, String, Encoding)>,
    found: &[Found],
    then: Vec<Run>,
) -> Vec<Step> {
    let is_there = |path: &Path, text: &str, encoding: Encoding| {
        let same = |found: &Found| {
            found.path == *path && found.bytes.as_deref() == Some(&encoding.bytes(text)[..])
        };
        found.iter().any(same)
    };
    let mut steps: Vec<Step> = files
        .into_iter()
        .filter(|(path, text, encoding)| !is_there(path, text, *encoding))
        .map(|(path, text, encoding)| Step::Write {
            path,
            text,
            encoding,
        })
        .collect();
    if !steps.is_empty() {
        steps.extend(then.into_iter().map(Step::Run));
    }
    steps
}

/// How many folders the file's first writing has made: those that are missing
/// now, or what the file that is there says of it.
fn folders(path: &Path, found: &[Found]) -> usize {
    found
        .iter()
        .find(|found| found.path == *path)
        .map_or(0, |found| match found.whose() {
            Whose::Ours { folders } | Whose::Changed { folders } => folders,
            Whose::Foreign | Whose::Nobodys => found.missing,
        })
}

/// The text with what XML must not hold written as a reference.
fn xml(text: &str, label: &'static str) -> Result<String, Refused> {
    // XML 1.0, 2.2: most controls cannot be written at all.
    if text
        .chars()
        .any(|c| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
    {
        return Err(Refused::Character(text.to_owned(), label));
    }
    Ok(text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;"))
}
