//! What a sync does: commit, fetch, rebase, push. Each either happens or leaves
//! everything as it was.

use super::super::{Failure, driver};
use super::repository::{Changed, Repository, no_git};
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
        // New files have to be known before they can be committed.
        let add = [&["add", "--all"][..], &from].concat();
        if !list.is_empty() {
            self.git.act_on(add, &list).map_err(refused)?;
        }
        // Added, and gone again before it was ever committed.
        let pathspec = self.pathspec();
        let same = ["diff", "--cached", "--quiet", "HEAD", "--", &pathspec];
        if self.git.ask(same).is_ok() {
            return Ok(());
        }
        let mut commit: Vec<String> = vec!["commit".into(), "--quiet".into(), "--only".into()];
        commit.extend(["-m".to_owned(), message.to_owned(), "--".to_owned()]);
        commit.push(self.pathspec());
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

    /// Puts the own commits behind those of the others. Merges briefs by
    /// meaning, whether that is registered or not. What is changed elsewhere in
    /// the work tree, and what is staged, stays so.
    ///
    /// # Errors
    /// Where a file that is no brief was changed by both: then all is as before.
    pub fn rebase(&self) -> Result<(), Failure> {
        let Some(upstream) = self.commit(&self.upstream) else {
            return Ok(());
        };
        let Some(head) = self.commit("HEAD") else {
            return Ok(());
        };
        if self.count(&format!("{head}..{upstream}")) == 0 {
            return Ok(());
        }
        self.nothing_in_the_way(&head, &upstream)?;
        let staged = self.staged()?;
        // A driver that a registered one would shadow is not in the way: it was
        // chosen by the user.
        let git = match driver::registered(&self.git) {
            Ok(driver::Registered::No) => {
                let name = "merge.askfirst.name";
                let git = self.git.clone().with(name, "briefs");
                git.with(driver::KEY, driver::command())
            }
            _ => self.git.clone(),
        };
        let mut rebase = vec!["rebase", "--autostash", "--quiet"];
        // A merge of the user's own stays one.
        if self.merges(&format!("{upstream}..{head}")) > 0 {
            rebase.push("--rebase-merges");
        }
        rebase.push(&upstream);
        let done = git.act(rebase, false);
        let result = match done {
            Ok(said) if said.contains("Your changes are safe in the stash") => {
                Err(Failure::new("your other changes could not be put back")
                    .because("they do not fit what came in")
                    .hint("they are safe: git stash pop"))
            }
            Ok(_) => Ok(()),
            Err(error) => Err(self.give_up(&head, &error)),
        };
        self.stage(&staged).and(result)
    }

    /// Refuses where what came in touches a file that is changed here.
    fn nothing_in_the_way(&self, head: &str, upstream: &str) -> Result<(), Failure> {
        let base = self
            .git
            .ask(["merge-base", head, upstream])
            .unwrap_or_default();
        if base.is_empty() {
            return Err(Failure::new("the branches have nothing in common")
                .because(format!("{} and {} began apart", self.branch, self.upstream))
                .hint("join them yourself: git pull --rebase"));
        }
        let incoming = self.differing(&base, upstream)?;
        let status = self.status()?;
        let in_the_way: Vec<&str> = status
            .iter()
            .map(|(_, path)| path.as_str())
            .filter(|path| incoming.contains(*path))
            .collect();
        if in_the_way.is_empty() {
            return Ok(());
        }
        Err(
            Failure::new("what came in touches files that you are changing")
                .details(listed(&in_the_way))
                .hint("commit or stash them first; nothing was changed"),
        )
    }

    /// What is staged outside of the folder, in the words of the index.
    fn staged(&self) -> Result<Vec<u8>, Failure> {
        let told = |error: NotDone| no_git(&error);
        let names = ["diff-index", "--cached", "-z", "--no-renames", "HEAD"];
        let output = self.git.ask_bytes(names, b"").map_err(told)?;
        let mut staged = Vec::new();
        let mut fields = output.split(|byte| *byte == 0).filter(|f| !f.is_empty());
        // `:100644 100755 old new M`, then the path.
        while let (Some(entry), Some(path)) = (fields.next(), fields.next()) {
            let entry = String::from_utf8_lossy(entry);
            let parts: Vec<&str> = entry.split(' ').collect();
            if let (Some(mode), Some(hash)) = (parts.get(1), parts.get(3)) {
                staged.extend(format!("{mode} {hash}\t").as_bytes());
                staged.extend(path);
                staged.push(0);
            }
        }
        Ok(staged)
    }

    /// Stages it again: rebasing keeps the files and forgets what was staged.
    fn stage(&self, staged: &[u8]) -> Result<(), Failure> {
        if staged.is_empty() {
            return Ok(());
        }
        let done = self
            .git
            .act_on(["update-index", "-z", "--index-info"], staged);
        done.map_err(|error| {
            Failure::new("what was staged could not be staged again")
                .because(error)
                .hint("the files are as they were: stage them with git add")
        })
    }

    /// Ends a rebase that cannot go on, and says why it could not.
    fn give_up(&self, head: &str, error: &NotDone) -> Failure {
        let unmerged = ["diff", "--name-only", "--diff-filter=U"];
        let unmerged = self.git.ask(unmerged).unwrap_or_default();
        let aborted = self.git.act(["rebase", "--abort"], false);
        let back = self.commit("HEAD").as_deref() == Some(head);
        let failure = match unmerged.is_empty() {
            true => Failure::new("what came in could not be joined")
                .because(first_line(error))
                .details(rest(error)),
            false => {
                let files: Vec<&str> = unmerged.lines().collect();
                let failure = Failure::new("both sides changed lines that git cannot join")
                    .details(listed(&files));
                let attributes = self.top.join(&self.folder).join(".gitattributes");
                match attributes.exists() {
                    true => failure,
                    false => failure.hint("askfirst init writes .gitattributes, with which briefs are merged by meaning"),
                }
            }
        };
        if back {
            failure
                .hint("the rebase was given up: everything here is as before, your briefs are committed")
                .hint("join them by hand: git pull --rebase")
        } else {
            let why = aborted.err().map_or_else(String::new, |e| first_line(&e));
            failure
                .hint(format!("the rebase could not be given up either: {why}"))
                .hint("see where it stands: git status")
        }
    }

    /// Sends the own commits: whether there were any, and what they stand behind.
    /// Somebody who was faster is taken in first.
    ///
    /// # Errors
    /// As [`Self::fetch`] and [`Self::rebase`], and when the others refuse.
    pub fn push(&self, terminal: bool) -> Result<(bool, Option<String>), Failure> {
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
            self.rebase()?;
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

fn first_line(error: &NotDone) -> String {
    match error {
        NotDone::Refused { said, .. } => said.lines().next().unwrap_or_default().to_owned(),
        error => error.to_string(),
    }
}

fn rest(error: &NotDone) -> String {
    let lines: Vec<&str> = error.said().lines().skip(1).collect();
    lines.join("\n")
}

fn listed(paths: &[&str]) -> String {
    const MOST: usize = 12;
    let mut lines: Vec<String> = paths.iter().take(MOST).map(|p| format!("  {p}")).collect();
    if paths.len() > MOST {
        lines.push(format!("  and {} more", paths.len() - MOST));
    }
    lines.join("\n")
}
