//! The own commits are put behind those of the others, by a rebase that leaves
//! what is changed and staged elsewhere alone, or does nothing.

use super::super::merge_driver::{SAYS, STAYS};
use super::super::{Failure, driver};
use super::repository::{Repository, Unmerged, no_git};
use super::steps::{first_line, rest};
use crate::git::NotDone;

/// Something that one side took out and the other one changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// The file.
    pub path: String,
    /// What it is in the brief, as in [`crate::domain::Conflict`]; nothing for
    /// the brief itself.
    pub place: Option<String>,
}

impl Repository {
    /// Puts the own commits behind those of the others. Merges briefs by
    /// meaning, whether that is registered or not. What is changed elsewhere in
    /// the work tree, and what is staged, stays so. Tells what one side took out
    /// and the other changed: it stays.
    ///
    /// # Errors
    /// Where a file that is no brief was changed by both: then all is as before.
    pub fn rebase(&self) -> Result<Vec<Kept>, Failure> {
        let Some(upstream) = self.commit(&self.upstream) else {
            return Ok(Vec::new());
        };
        let Some(head) = self.commit("HEAD") else {
            return Ok(Vec::new());
        };
        if self.count(&format!("{head}..{upstream}")) == 0 {
            return Ok(Vec::new());
        }
        self.nothing_in_the_way(&head, &upstream)?;
        if self.count(&format!("{upstream}..{head}")) == 0 {
            return self.forward(&upstream);
        }
        let staged = self.staged()?;
        // What is registered may be gone, or older; another one was chosen by the
        // user.
        let git = match driver::registered(&self.git) {
            Ok(driver::Registered::Other(_)) => self.git.clone(),
            _ => {
                let name = "merge.askfirst.name";
                let git = self.git.clone().with(name, "briefs");
                git.with(driver::KEY, driver::command())
            }
        };
        let mut rebase = vec!["rebase", "--merge", "--autostash", "--quiet"];
        // A merge of the user's own stays one.
        if self.merges(&format!("{upstream}..{head}")) > 0 {
            rebase.push("--rebase-merges");
        }
        rebase.push(&upstream);
        let mut done = git.act(rebase, false);
        let mut kept = kept_in(&done);
        while done.is_err() {
            // Where that cannot be told either, it is given up below.
            let more = self.keep_changed().unwrap_or_default();
            if more.is_empty() {
                break;
            }
            kept.extend(more.into_iter().map(|path| Kept { path, place: None }));
            done = git.act(["rebase", "--continue"], false);
            kept.extend(kept_in(&done));
        }
        kept.sort_unstable();
        kept.dedup();
        let result = match done {
            Ok(said) if said.contains("Your changes are safe in the stash") => {
                Err(Failure::new("your other changes could not be put back")
                    .because("they do not fit what came in")
                    .hint("they are safe: git stash pop"))
            }
            Ok(_) => Ok(kept),
            Err(error) => Err(self.give_up(&head, &error)),
        };
        self.stage(&staged).and(result)
    }

    /// Goes on to what came in, where nothing of one's own has to be put behind it:
    /// what is changed and staged elsewhere is not even looked at.
    fn forward(&self, upstream: &str) -> Result<Vec<Kept>, Failure> {
        let done = self
            .git
            .act(["merge", "--ff-only", "--quiet", upstream], false);
        done.map(|_| Vec::new()).map_err(|error| {
            Failure::new("what came in could not be taken over")
                .because(first_line(&error))
                .details(rest(&error))
                .hint("nothing was changed")
        })
    }

    /// Keeps the briefs that one side deleted and the other one changed, where git
    /// waits for a decision about nothing else: which, by path.
    fn keep_changed(&self) -> Result<Vec<String>, Failure> {
        let unmerged = self.unmerged()?;
        let is_kept = |one: &Unmerged| {
            let [_, ours, theirs] = one.stages;
            ours != theirs && self.brief(&one.path).is_some()
        };
        if !unmerged.iter().all(is_kept) {
            return Ok(Vec::new());
        }
        let mut list: Vec<u8> = Vec::new();
        for one in &unmerged {
            list.extend(b":(top,literal)");
            list.extend(one.path.as_bytes());
            list.push(0);
        }
        let add = ["add", "--pathspec-from-file=-", "--pathspec-file-nul"];
        if !list.is_empty() && self.git.act_on(add, &list).is_err() {
            return Ok(Vec::new());
        }
        Ok(unmerged.into_iter().map(|one| one.path).collect())
    }

    /// Refuses where what came in touches a file that is changed here.
    fn nothing_in_the_way(&self, head: &str, upstream: &str) -> Result<(), Failure> {
        let base = self
            .git
            .ask(["merge-base", head, upstream])
            .unwrap_or_default();
        if base.is_empty() && self.is_shallow() {
            return Err(
                Failure::new("the history here does not reach back far enough")
                    .because("this is a shallow clone, and what both came from is not in it")
                    .hint("get the rest of it: git fetch --unshallow"),
            );
        }
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

    fn is_shallow(&self) -> bool {
        let told = self.git.ask(["rev-parse", "--is-shallow-repository"]);
        told.is_ok_and(|told| told == "true")
    }

    /// What is staged, in the words of the index.
    pub(super) fn staged(&self) -> Result<Vec<u8>, Failure> {
        let told = |error: NotDone| no_git(&error);
        // What is only announced with `git add -N` has nothing to stage.
        let names = [
            "diff-index",
            "--cached",
            "--ita-invisible-in-index",
            "-z",
            "--no-renames",
            "HEAD",
        ];
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
    pub(super) fn stage(&self, staged: &[u8]) -> Result<(), Failure> {
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
        if error.said().contains("Cannot autostash") {
            return Failure::new("your other changes could not be set aside for a moment")
                .because(first_line(error))
                .details(rest(error))
                .hint("a file that was announced with git add -N stands in the way: git add it")
                .hint("everything here is as before, your briefs are committed");
        }
        let unmerged = self.unmerged().unwrap_or_default();
        let aborted = self.git.act(["rebase", "--abort"], false);
        let back = self.commit("HEAD").as_deref() == Some(head);
        let failure = match unmerged.is_empty() {
            true => Failure::new("what came in could not be joined")
                .because(first_line(error))
                .details(rest(error)),
            false => {
                let files: Vec<&str> = unmerged.iter().map(|one| one.path.as_str()).collect();
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
}

/// What the driver said of what stays, among all that git said.
fn kept_in(done: &Result<String, NotDone>) -> Vec<Kept> {
    let said = match done {
        Ok(said) => said.as_str(),
        Err(error) => error.said(),
    };
    let lines = said.lines().filter_map(|line| {
        let line = line.strip_prefix(SAYS)?.strip_suffix(STAYS)?;
        let (path, place) = line.rsplit_once(": ")?;
        Some(Kept {
            path: path.to_owned(),
            place: Some(place.to_owned()),
        })
    });
    lines.collect()
}

fn listed(paths: &[&str]) -> String {
    const MOST: usize = 12;
    let mut lines: Vec<String> = paths.iter().take(MOST).map(|p| format!("  {p}")).collect();
    if paths.len() > MOST {
        lines.push(format!("  and {} more", paths.len() - MOST));
    }
    lines.join("\n")
}
