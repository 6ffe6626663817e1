//! The user's own git: hooks, credentials and signing work as they are used to.
//!
//! What is only asked is asked so that a repository from somebody else cannot
//! make it run anything.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// git, at work in a folder.
#[derive(Debug, Clone)]
pub struct Git {
    folder: PathBuf,
    /// Settings for what is done, beside those of the user: `key=value`.
    settings: Vec<OsString>,
}

/// Why git did not do it.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    #[error("there is no git here")]
    NoGit,
    #[error("could not start git")]
    NotStarted(#[source] io::Error),
    /// What git wrote to standard error, without its last line break.
    #[error("{said}")]
    Refused { code: Option<i32>, said: String },
}

impl NotDone {
    /// What git said, empty where it did not get that far.
    pub fn said(&self) -> &str {
        match self {
            Self::Refused { said, .. } => said,
            _ => "",
        }
    }
}

/// Settings of a repository that would start a program when git only looks.
const QUIET: [&str; 10] = [
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "diff.external=",
    "-c",
    "log.showSignature=false",
    "--no-pager",
    "--no-optional-locks",
];

/// A folder in a clone may look like a repository of its own, with settings and
/// hooks that came along: git 2.38 and newer takes one only where it is named.
pub const NO_NESTED: [&str; 2] = ["-c", "safe.bareRepository=explicit"];

/// Where git believes to be when it started us, as in a hook: the folder says
/// where we are.
const ELSEWHERE: [&str; 6] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
];

impl Git {
    /// git in a folder that is there.
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            settings: Vec::new(),
        }
    }

    /// The same with a setting for what is done.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        let mut setting = OsString::from(key);
        setting.push("=");
        setting.push(value);
        self.settings.push(setting);
        self
    }

    /// Asks something that changes nothing: its standard output, without the
    /// last line break.
    ///
    /// # Errors
    /// When there is no git, or it refuses.
    pub fn ask<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
    ) -> Result<String, NotDone> {
        Ok(text(&self.ask_bytes(arguments, b"")?))
    }

    /// The same with something on its standard input, and all that it writes.
    ///
    /// # Errors
    /// When there is no git, or it refuses.
    pub fn ask_bytes<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: &[u8],
    ) -> Result<Vec<u8>, NotDone> {
        let mut command = self.asking();
        command.args(arguments);
        Ok(fed(command, input)?.stdout)
    }

    /// Does something as the user would: hooks run, and where there is a
    /// terminal, credentials can be asked for; where there is none nobody waits
    /// for an answer. What it wrote to standard output
    /// and standard error.
    ///
    /// # Errors
    /// When there is no git, or it refuses.
    pub fn act<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        terminal: bool,
    ) -> Result<String, NotDone> {
        let output = finished(self.acting(arguments, terminal))?;
        Ok([text(&output.stdout), text(&output.stderr)].join("\n"))
    }

    /// The same with something on its standard input.
    ///
    /// # Errors
    /// When there is no git, or it refuses.
    pub fn act_on<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: &[u8],
    ) -> Result<(), NotDone> {
        fed(self.acting(arguments, false), input).map(drop)
    }

    fn acting<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        terminal: bool,
    ) -> Command {
        let mut command = self.command();
        for setting in &self.settings {
            command.arg("-c").arg(setting);
        }
        command.arg("--no-pager").args(arguments);
        // Its messages are read here, and hooks keep the user's own encoding.
        command.env("LANGUAGE", "en");
        // Nobody sees an editor that is started from here.
        command.env("GIT_EDITOR", "true");
        if !terminal {
            command.stdin(Stdio::null()).env("GIT_TERMINAL_PROMPT", "0");
            // ssh asks at the terminal of the session, whatever its input is.
            if !self.has_own_ssh() {
                command.env("GIT_SSH_COMMAND", "ssh -oBatchMode=yes");
            }
        }
        command
    }

    /// Whether the user told git how to start ssh.
    fn has_own_ssh(&self) -> bool {
        let by_variable = ["GIT_SSH_COMMAND", "GIT_SSH"];
        by_variable.iter().any(|v| std::env::var_os(v).is_some())
            || self.ask(["config", "--get", "core.sshCommand"]).is_ok()
    }

    fn asking(&self) -> Command {
        let mut command = self.command();
        command.env("LC_ALL", "C").args(QUIET);
        command
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.args(NO_NESTED).current_dir(&self.folder);
        for variable in ELSEWHERE {
            command.env_remove(variable);
        }
        command
    }
}

fn finished(mut command: Command) -> Result<Output, NotDone> {
    checked(command.output().map_err(not_started)?)
}

/// Runs it with something on its standard input, which is written while its
/// output is read: either may be longer than a pipe holds.
fn fed(mut command: Command, input: &[u8]) -> Result<Output, NotDone> {
    if input.is_empty() {
        command.stdin(Stdio::null());
        return finished(command);
    }
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(not_started)?;
    let mut pipe = child.stdin.take();
    let output = std::thread::scope(|scope| {
        let feed = || {
            // git that ends early says so itself.
            let _ = pipe.take().map(|mut pipe| pipe.write_all(input));
        };
        if let Err(error) = std::thread::Builder::new().spawn_scoped(scope, feed) {
            // Before it takes the end of the pipe for the end of the input.
            let _ = child.kill().and_then(|()| child.wait());
            return Err(error);
        }
        child.wait_with_output()
    });
    checked(output.map_err(NotDone::NotStarted)?)
}

fn checked(output: Output) -> Result<Output, NotDone> {
    if output.status.success() {
        return Ok(output);
    }
    Err(NotDone::Refused {
        code: output.status.code(),
        said: text(&output.stderr),
    })
}

fn not_started(error: io::Error) -> NotDone {
    match error.kind() {
        io::ErrorKind::NotFound => NotDone::NoGit,
        _ => NotDone::NotStarted(error),
    }
}

fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim_end_matches(['\n', '\r']).to_owned()
}
