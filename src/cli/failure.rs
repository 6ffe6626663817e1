//! What could not be done, in words for the user. Nothing below the command
//! line knows of this type; foreign text becomes harmless when it is written.

use std::io::{self, Write};
use std::path::Path;

use super::paste;
use crate::domain::action::NotNow;
use crate::domain::readiness::Blocker;
use crate::domain::sign_off::WrongCode;
use crate::domain::{Refused, text};
use crate::storage::{Broken, FindError, StoreError, plainly};

/// The result of a command.
pub type Done = Result<(), Failure>;

/// What failed, why, and what to do next.
#[derive(Debug, Default)]
pub struct Failure {
    /// What failed: starts small, no full stop.
    pub what: String,
    /// Why, if that is not clear from `what`.
    pub why: String,
    /// Lines that show it: a place in a file, a difference.
    pub details: String,
    /// What to do next, one a line.
    pub hints: Vec<String>,
    kind: Kind,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    CouldNot,
    Usage,
    /// Could not, where 1 is an answer of the command.
    Trouble,
    /// The command has said it itself, as `verify` does.
    Said,
    /// Done, and something is left for a person to look at.
    Left,
    ClosedPipe,
}

impl Failure {
    /// A failure with only what failed.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            ..Self::default()
        }
    }

    /// The same with the reason.
    #[must_use]
    pub fn because(mut self, why: impl ToString) -> Self {
        self.why = why.to_string();
        self
    }

    /// The same with lines that show it.
    #[must_use]
    pub fn details(mut self, details: impl Into<String>) -> Self {
        self.details = details.into();
        self
    }

    /// The same with something to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with hints that name the folder which was given with `--dir`.
    #[must_use]
    pub fn in_folder(mut self, dir: Option<&Path>) -> Self {
        for hint in &mut self.hints {
            *hint = paste::with_dir(hint, dir).into_owned();
        }
        self
    }

    /// Wrong usage, as the parser of arguments tells it.
    pub fn usage(error: &clap::Error) -> Self {
        Self {
            details: error.render().to_string(),
            kind: Kind::Usage,
            ..Self::default()
        }
    }

    /// Arguments that do not go together.
    pub fn wrong_usage(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            kind: Kind::Usage,
            ..Self::default()
        }
    }

    /// The same with the exit code 2, for commands whose 1 is an answer.
    #[must_use]
    pub fn as_trouble(mut self) -> Self {
        if self.kind == Kind::CouldNot {
            self.kind = Kind::Trouble;
        }
        self
    }

    /// "No", where the command has told the reason already.
    pub fn said() -> Self {
        Self {
            kind: Kind::Said,
            ..Self::default()
        }
    }

    /// Done, with something left that the command has told.
    pub fn left() -> Self {
        Self {
            kind: Kind::Left,
            ..Self::default()
        }
    }

    /// Whether the command has told it already.
    pub fn is_told(&self) -> bool {
        matches!(self.kind, Kind::Said | Kind::Left)
    }

    /// Whether the reader of the output has gone, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        self.kind == Kind::ClosedPipe
    }

    /// 1 could not, 2 wrong usage, 3 done with something left to look at.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::ClosedPipe => 0,
            Kind::CouldNot | Kind::Said => 1,
            Kind::Usage | Kind::Trouble => 2,
            Kind::Left => 3,
        }
    }

    /// Writes it as `error:` and `hint:` lines.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        if !self.what.is_empty() {
            write!(out, "error: {}", text::line(&self.what))?;
            if !self.why.is_empty() {
                write!(out, ": {}", text::line(&self.why))?;
            }
            writeln!(out)?;
        }
        if !self.details.trim().is_empty() {
            writeln!(out, "{}", text::block(self.details.trim_end()))?;
        }
        for hint in &self.hints {
            writeln!(out, "hint: {}", text::line(hint))?;
        }
        out.flush()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self {
                kind: Kind::ClosedPipe,
                ..Self::default()
            };
        }
        Self::new("could not read or write")
            .because(plainly(&error))
            .hint("part of it may be done: see what is there with: askfirst list")
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::new("could not change the brief").because(refused)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::new("could not write JSON").because(error)
    }
}

impl From<Broken> for Failure {
    fn from(broken: Broken) -> Self {
        let failure = Self::new(broken.file)
            .because(broken.summary)
            .details(broken.picture);
        if broken.hint.trim().is_empty() {
            failure
        } else {
            failure.hint(broken.hint)
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Broken(broken) => Self::from(*broken),
            StoreError::Changed { ref id, .. } => {
                let hint = format!("nothing was written; see it with: askfirst show {id}");
                Self::new(error.to_string()).hint(hint)
            }
            StoreError::GoalsChanged => {
                Self::new(error.to_string()).hint("nothing was written; do it again")
            }
            StoreError::Gone { .. } => {
                Self::new(error.to_string()).hint("see what is there with: askfirst list")
            }
            StoreError::Io { .. } => {
                let failure = Self::new(error.to_string());
                let full = matches!(&error, StoreError::Io { source, .. }
                    if matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded));
                if full {
                    failure.hint("the disk is full: make room, or use another place with --dir")
                } else {
                    failure.hint("another place can be given with --dir or ASKFIRST_DIR")
                }
            }
            other => Self::new(other.to_string()),
        }
    }
}

impl From<FindError> for Failure {
    fn from(error: FindError) -> Self {
        let what = error.to_string();
        match error {
            FindError::Store(error) => Self::from(error),
            FindError::None { near, .. } => {
                let failure = Self::new(what);
                if near.is_empty() {
                    failure.hint("see what is there with: askfirst list --all")
                } else {
                    failure.hint(format!("did you mean {}?", join(&near, " or ")))
                }
            }
            FindError::Several { fits, .. } => {
                Self::new(what).hint(format!("say which: {}", join(&fits, ", ")))
            }
        }
    }
}

fn reasons(blockers: &[Blocker]) -> String {
    let lines: Vec<String> = blockers
        .iter()
        .map(|blocker| format!("  - {}", blocker.reason))
        .collect();
    lines.join("\n")
}

impl From<NotNow> for Failure {
    fn from(not_now: NotNow) -> Self {
        let what = not_now.to_string();
        match not_now {
            NotNow::Blocked(blockers) => Self::new("this cannot start yet")
                .because(what)
                .details(reasons(&blockers))
                .hint("answer what is missing, or start anyway with --because \"the reason\", which stays in the brief"),
            NotNow::Undecided(blockers) => Self::new("this cannot start yet")
                .because(what)
                .details(reasons(&blockers))
                .hint("choose with: askfirst resolve BRIEF"),
            NotNow::Code(WrongCode::Old { changed, .. }) => Self::new("this code signs nothing")
                .because(what)
                .details(super::review::differences(&changed))
                .hint("send what it says today: askfirst share BRIEF, and sign with the new code"),
            NotNow::Code(code) => Self::new("this code signs nothing")
                .because(code)
                .hint("the code stands at the end of the message: askfirst share BRIEF --preview"),
            NotNow::NoReason => Self::new(what).hint("give it with --because \"the reason\""),
            NotNow::NothingSaid => {
                Self::new(what).hint("say what they said with --words, or how with --via")
            }
            NotNow::Meanwhile => Self::new(what).hint("nothing was written; do it again"),
            NotNow::WrongStage(_) | NotNow::Nobody(_) => Self::new(what),
        }
    }
}

fn join<T: std::fmt::Display>(items: &[T], between: &str) -> String {
    let words: Vec<String> = items.iter().take(8).map(ToString::to_string).collect();
    words.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(failure: &Failure) -> String {
        let mut out = Vec::new();
        failure.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_failure_says_what_why_and_what_next() {
        let failure = Failure::new("could not read x")
            .because("no such file")
            .details("  1 | here")
            .hint("look elsewhere");
        assert_eq!(
            shown(&failure),
            "error: could not read x: no such file\n  1 | here\nhint: look elsewhere\n"
        );
        assert_eq!(failure.exit_code(), 1);
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let failure = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert!(failure.is_closed_pipe());
        assert_eq!(shown(&failure), "");
    }
}
