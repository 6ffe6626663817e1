//! What a sync does: commit, fetch, push, and the rebase between them. Each either
//! happens or leaves everything as it was.

use super::super::Failure;
use super::rebase::Kept;
use super::repository::{Changed, Repository};
use crate::git::NotDone;

/// How often a push is tried anew when somebody else was faster.
const TRIES: usize = 5;

/// How a fetch or push went wrong, by what git says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Offline,
    Credentials,
    Rejected,
    Other,
}

impl Trouble {
    fn of(said: &str) -> Self {
        let any = |words: &[&str]| words.iter().any(|word| said.contains(word));
        if any(&[
            "Could not resolve host",
            "Couldn't resolve host",
            "Could not connect",
            "Couldn't connect",
            "Failed to connect",
            "Connection refused",
            "Connection timed out",
            "Operation timed out",
            "Network is unreachable",
            "No route to host",
            "Temporary failure in name resolution",
            "Name or service not known",
        ]) {
            Self::Offline
        } else if any(&[
            "terminal prompts disabled",
            "could not read Username",
            "could not read Password",
            "Authentication failed",
            "Permission denied",
            "Host key verification failed",
            "Invalid username or password",
        ]) {
            Self::Credentials
        } else if any(&[
            "[rejected]",
            "fetch first",
            "non-fast-forward",
            "cannot lock ref",
        ]) {
            Self::Rejected
        } else {
            Self::Other
        }
    }
}

impl Repository {
    /// Commits the folder alone; what else is staged stays staged. `changed` is
    /// what changed in it.
    ///
    /// # Errors
    /// When git refuses, as a hook may.
    pub fn commit_folder(
        &self,
        changed: &[Changed],
        message: &str,
        terminal: bool,
    ) -> Result<(), Failure> {
        let mut list: Vec<u8> = Vec::new();
        for change in changed.iter().filter(|change| !change.is_staged) {
            list.extend(b":(top,literal)");
            list.extend(change.path.as_bytes());
            list.push(0);
        }
        let from = ["--pathspec-from-file=-", "--pathspec-file-nul"];
        let refused = |error: NotDone| {
            let failure = Failure::new("git did not commit the briefs");
            let hint = match error.said() {
                said if said.contains("tell me who you are") => {
                    "say who you are: git config user.name, git config user.email"
                }
                _ => "nothing was sent; the briefs are as they were",
            };
            failure
                .because(first_line(&error))
                .details(rest(&error))
                .hint(hint)
        };
        let before = self.staged()?;
        let folder = self.pathspec();
        let refused = |error: NotDone| {
            // What was staged for this is not left so.
            let unstaged = self
                .git
                .act(["reset", "--quiet", "HEAD", "--", &folder], false);
            let restored = unstaged.is_ok() && self.stage(&before).is_ok();
            let failure = refused(error);
            match restored {
                true => failure,
                false => failure.hint("what is staged may differ: see git status"),
            }
        };
        // New files have to be known before they can be committed.
        let add = [&["add", "--all"][..], &from].concat();
        if !list.is_empty() {
            self.git.act_on(add, &list).map_err(&refused)?;
        }
        // Added, and gone again before it was ever committed.
        let same = ["diff-index", "--cached", "--quiet", "HEAD", "--", &folder];
        if self.git.ask(same).is_ok() {
            return Ok(());
        }
        let mut commit: Vec<String> = vec!["commit".into(), "--quiet".into(), "--only".into()];
        commit.extend(["-m".to_owned(), message.to_owned(), "--".to_owned()]);
        commit.push(folder.clone());
        self.git.act(commit, terminal).map(drop).map_err(refused)
    }

    /// Gets what is there.
    ///
    /// # Errors
    /// Offline, without credentials, or what git says.
    pub fn fetch(&self, committed: bool, terminal: bool) -> Result<(), Failure> {
        let fetched = self.git.act(["fetch", "--quiet", &self.remote], terminal);
        fetched.map(drop).map_err(|error| {
            let failure = self.failed("nothing could be fetched", &error, terminal);
            match committed {
                true => failure.hint("your briefs are committed here, and sent with the next sync"),
                false => failure,
            }
        })
    }

    /// Sends the own commits: whether there were any, and what they stand behind.
    /// Somebody who was faster is taken in first, with what is kept by it.
    ///
    /// # Errors
    /// As [`Self::fetch`] and [`Self::rebase`], and when the others refuse.
    pub fn push(
        &self,
        kept: &mut Vec<Kept>,
        terminal: bool,
    ) -> Result<(bool, Option<String>), Failure> {
        let to = format!("HEAD:{}", self.there);
        let mut turn = 0;
        loop {
            turn += 1;
            // git moves it along when it has sent.
            let theirs = self.commit(&self.upstream);
            let range = format!("{}..HEAD", self.upstream);
            if theirs.is_some() && self.count(&range) == 0 {
                return Ok((false, theirs));
            }
            let pushed = self
                .git
                .act(["push", "--quiet", &self.remote, &to], terminal);
            let error = match pushed {
                Ok(_) => return Ok((true, theirs)),
                Err(error) => error,
            };
            if Trouble::of(error.said()) != Trouble::Rejected || turn == TRIES {
                let failure = self.failed("your briefs could not be sent", &error, terminal);
                return Err(failure.hint("they are committed here, and sent with the next sync"));
            }
            self.fetch(true, terminal)?;
            kept.extend(self.rebase()?);
        }
    }

    fn failed(&self, what: &str, error: &NotDone, terminal: bool) -> Failure {
        let failure = Failure::new(what);
        match Trouble::of(error.said()) {
            Trouble::Offline => failure
                .because(format!("{} cannot be reached", self.remote))
                .details(rest(error)),
            Trouble::Credentials => {
                let failure = failure
                    .because(format!("{} wants to know who you are", self.remote))
                    .details(error.said());
                match terminal {
                    true => failure.hint("check your key or password with: git fetch"),
                    false => failure.hint("run it in a terminal, where git can ask, or set up a credential helper or a key"),
                }
            }
            Trouble::Rejected => failure
                .because(format!("others were faster {TRIES} times"))
                .details(error.said()),
            Trouble::Other => failure.because(first_line(error)).details(rest(error)),
        }
    }
}

/// The first line of what git said.
pub fn first_line(error: &NotDone) -> String {
    match error {
        NotDone::Refused { said, .. } => said.lines().next().unwrap_or_default().to_owned(),
        error => error.to_string(),
    }
}

/// The other lines of it.
pub fn rest(error: &NotDone) -> String {
    let lines: Vec<&str> = error.said().lines().skip(1).collect();
    lines.join("\n")
}
