//! The repository that a folder lies in, and what stands in the way of a sync.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::{Context, Failure, paste};
use crate::git::{Git, NotDone};

/// A repository that can be synced.
#[derive(Debug)]
pub struct Repository {
    pub git: Git,
    /// The top of the work tree.
    pub top: PathBuf,
    /// The folder from there, with `/` at its end; empty for the top itself.
    pub folder: String,
    pub branch: String,
    pub remote: String,
    /// The branch there, `refs/heads/main`.
    pub there: String,
    /// What is known of it here, `refs/remotes/origin/main`.
    pub upstream: String,
}

/// A path in the folder that differs from the last commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub path: String,
    /// All of the change is in the index already; the path may be gone from
    /// there and from the disk.
    pub is_staged: bool,
    /// It was not in the last commit.
    pub is_new: bool,
}

/// A path that git could not merge, and which versions of it there are: of the
/// common ancestor, ours and theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmerged {
    pub path: String,
    pub stages: [bool; 3],
}

/// What git leaves in its folder while something is under way, and the command
/// that ends it.
const UNDER_WAY: [(&str, &str, &str); 5] = [
    ("rebase-merge", "a rebase", "git rebase"),
    ("rebase-apply", "a rebase", "git rebase"),
    ("MERGE_HEAD", "a merge", "git merge"),
    ("CHERRY_PICK_HEAD", "a cherry-pick", "git cherry-pick"),
    ("REVERT_HEAD", "a revert", "git revert"),
];

impl Repository {
    /// The repository of the folder of a context.
    ///
    /// # Errors
    /// Politely, with what to do: no git, no repository, no branch, no remote,
    /// nothing that the branch follows, something under way.
    pub fn of(context: &Context) -> Result<Self, Failure> {
        let place = &context.place.path;
        if !place.is_dir() {
            return Err(Failure::new("there is nothing to sync")
                .because(format!("{} is not there yet", place.display()))
                .hint("make it with: askfirst init"));
        }
        let git = Git::at(place);
        let top = match git.ask(["rev-parse", "--show-toplevel"]) {
            Ok(top) if !top.is_empty() => PathBuf::from(top),
            Ok(_) => return Err(no_repository(place)),
            Err(NotDone::Refused { said, .. }) if said.contains("not a git repository") => {
                return Err(no_repository(place));
            }
            Err(NotDone::Refused { said, .. }) if said.contains("must be run in a work tree") => {
                return Err(no_repository(place));
            }
            Err(error) => return Err(no_git(&error)),
        };
        let folder = git.ask(["rev-parse", "--show-prefix"]);
        let folder = folder.map_err(|e| no_git(&e))?;
        let git = Git::at(&top);
        nothing_under_way(&git)?;
        let branch = match git.ask(["symbolic-ref", "--quiet", "--short", "HEAD"]) {
            Ok(branch) => branch,
            Err(NotDone::Refused { .. }) => {
                return Err(Failure::new("no branch is checked out")
                    .because("HEAD is detached, so nobody would find what is committed there")
                    .hint("go back to your branch: git switch main"));
            }
            Err(error) => return Err(no_git(&error)),
        };
        if !folder.is_empty() && git.ask(["check-ignore", "-q", "--", &folder]).is_ok() {
            return Err(Failure::new("there is nothing to sync")
                .because(format!("git ignores {folder}"))
                .hint("take it out of .gitignore, or out of .git/info/exclude"));
        }
        let config = |key: &str| {
            let key = format!("branch.{branch}.{key}");
            git.ask(["config", "--get", &key]).unwrap_or_default()
        };
        let (remote, there) = (config("remote"), config("merge"));
        // A branch that follows another one of this repository has nobody there.
        if remote.is_empty() || there.is_empty() || remote == "." {
            return Err(no_upstream(&git, &branch));
        }
        let push = git.ask(["config", "--get", "remote.pushDefault"]);
        let push = [config("pushRemote"), push.unwrap_or_default()];
        let push = push.into_iter().find(|name| !name.is_empty());
        if let Some(push) = push.filter(|push| *push != remote) {
            return Err(Failure::new("you take from one place and send to another")
                .because(format!("{branch} follows {remote} and is pushed to {push}"))
                .hint("do it yourself: git pull --rebase, git push"));
        }
        if !has_commit(&git) {
            let remote = paste::word_of_shell(&remote);
            return Err(Failure::new("there is no commit yet").hint(format!(
                "make the first one and send it: {FIRST_COMMIT} && git push -u {remote} HEAD"
            )));
        }
        let upstream = git.ask(["rev-parse", "--symbolic-full-name", "@{upstream}"]);
        let upstream = match upstream {
            Ok(upstream) if !upstream.is_empty() => upstream,
            // Known by name, and never fetched.
            _ => {
                let short = there.strip_prefix("refs/heads/").unwrap_or(&there);
                format!("refs/remotes/{remote}/{short}")
            }
        };
        Ok(Self {
            git,
            top,
            folder,
            branch,
            remote,
            there,
            upstream,
        })
    }

    /// The commit that a name stands for, where there is one.
    pub fn commit(&self, name: &str) -> Option<String> {
        let name = format!("{name}^{{commit}}");
        let found = self.git.ask(["rev-parse", "--verify", "--quiet", &name]);
        found.ok().filter(|hash| !hash.is_empty())
    }

    /// The folder as a path for git.
    pub fn pathspec(&self) -> String {
        match self.folder.as_str() {
            "" => ".".to_owned(),
            folder => format!(":(top,literal){}", folder.trim_end_matches('/')),
        }
    }

    /// Whether a path from the top lies in the folder.
    pub fn holds(&self, path: &str) -> bool {
        path.starts_with(&self.folder)
    }

    /// The id of the brief that a path from the top is, if it is one.
    pub fn brief<'a>(&self, path: &'a str) -> Option<&'a str> {
        let name = path.strip_prefix(&self.folder)?.strip_suffix(".toml")?;
        (!name.contains('/') && name != "goals").then_some(name)
    }

    /// What is changed in the work tree: two letters and the path.
    ///
    /// # Errors
    /// When git refuses.
    pub fn status(&self) -> Result<Vec<(String, String)>, Failure> {
        let arguments = [
            "status",
            "--porcelain=v1",
            "-z",
            "--untracked-files=all",
            "--no-renames",
        ];
        let output = self.git.ask_bytes(arguments, b"");
        let output = output.map_err(|error| no_git(&error))?;
        let entries = output.split(|byte| *byte == 0).filter_map(|entry| {
            let entry = String::from_utf8_lossy(entry);
            let (letters, path) = (entry.get(..2)?, entry.get(3..)?);
            Some((letters.to_owned(), path.to_owned()))
        });
        Ok(entries.collect())
    }

    /// The paths that differ between two commits.
    ///
    /// # Errors
    /// When git refuses.
    pub fn differing(&self, from: &str, to: &str) -> Result<BTreeSet<String>, Failure> {
        let arguments = [
            "diff-tree",
            "-r",
            "-z",
            "--name-only",
            "--no-renames",
            from,
            to,
        ];
        let output = self.git.ask_bytes(arguments, b"");
        Ok(paths(&output.map_err(|error| no_git(&error))?))
    }

    /// The paths outside of the folder that commits touch, in `range`.
    ///
    /// # Errors
    /// When git refuses.
    pub fn others_in(&self, range: &str) -> Result<BTreeSet<String>, Failure> {
        let arguments = [
            "log",
            "--diff-merges=separate",
            "--format=",
            "--name-only",
            "-z",
            "--no-renames",
            range,
        ];
        let output = self.git.ask_bytes(arguments, b"");
        let mut paths = paths(&output.map_err(|error| no_git(&error))?);
        paths.retain(|path| !self.holds(path));
        Ok(paths)
    }

    /// What git waits for a decision about.
    ///
    /// # Errors
    /// When git refuses.
    pub fn unmerged(&self) -> Result<Vec<Unmerged>, Failure> {
        let output = self.git.ask_bytes(["ls-files", "--unmerged", "-z"], b"");
        let output = output.map_err(|error| no_git(&error))?;
        let mut all: Vec<Unmerged> = Vec::new();
        for entry in output.split(|byte| *byte == 0) {
            // `100644 <hash> 2`, a tab and the path.
            let entry = String::from_utf8_lossy(entry);
            let Some((head, path)) = entry.split_once('\t') else {
                continue;
            };
            if all.last().is_none_or(|last| last.path != path) {
                all.push(Unmerged {
                    path: path.to_owned(),
                    stages: [false; 3],
                });
            }
            let stage = head
                .rsplit(' ')
                .next()
                .and_then(|n| n.parse::<usize>().ok());
            let stage = stage.and_then(|n| n.checked_sub(1));
            if let (Some(last), Some(stage)) = (all.last_mut(), stage)
                && let Some(there) = last.stages.get_mut(stage)
            {
                *there = true;
            }
        }
        Ok(all)
    }

    /// How many of the commits in `range` are merges.
    pub fn merges(&self, range: &str) -> usize {
        let count = self.git.ask(["rev-list", "--merges", "--count", range]);
        count.ok().and_then(|n| n.parse().ok()).unwrap_or(0)
    }

    /// How many commits there are in `range`.
    pub fn count(&self, range: &str) -> usize {
        let count = self.git.ask(["rev-list", "--count", range]);
        count.ok().and_then(|n| n.parse().ok()).unwrap_or(0)
    }
}

fn paths(output: &[u8]) -> BTreeSet<String> {
    let paths = output.split(|byte| *byte == 0);
    let paths = paths.map(|path| {
        String::from_utf8_lossy(path)
            .trim_start_matches('\n')
            .to_owned()
    });
    paths.filter(|path| !path.is_empty()).collect()
}

/// Refuses where the user is in the middle of something.
fn nothing_under_way(git: &Git) -> Result<(), Failure> {
    for (name, what, command) in UNDER_WAY {
        let path = git.ask(["rev-parse", "--path-format=absolute", "--git-path", name]);
        let path = path.map_err(|error| no_git(&error))?;
        if Path::new(&path).exists() {
            return Err(
                Failure::new(format!("{what} is under way here")).hint(format!(
                    "end it first: {command} --continue, or {command} --abort"
                )),
            );
        }
    }
    Ok(())
}

fn no_repository(place: &Path) -> Failure {
    Failure::new("there is no git repository here")
        .because(format!("{} is in none", place.display()))
        .hint("share a folder through one: git init, then askfirst init in it")
}

/// git that is not there, or refuses to look.
pub fn no_git(error: &NotDone) -> Failure {
    match error {
        NotDone::NoGit => Failure::new("sync works with git, which is not installed")
            .hint("install it, or share the folder in another way: briefs are plain files"),
        error => Failure::new("git could not tell how things stand")
            .because(error)
            .hint("see what git says to: git status, then run: askfirst sync"),
    }
}

/// What makes one where there is none: git sends no branch without.
const FIRST_COMMIT: &str = "git commit --allow-empty -m Begin";

fn has_commit(git: &Git) -> bool {
    git.ask(["rev-parse", "--verify", "--quiet", "HEAD"])
        .is_ok()
}

fn no_upstream(git: &Git, branch: &str) -> Failure {
    let remotes = git.ask(["remote"]).unwrap_or_default();
    let remote = remotes.lines().next();
    let mut send = format!("git push -u {} {branch}", remote.unwrap_or("origin"));
    if !has_commit(git) {
        send = format!("{FIRST_COMMIT} && {send}");
    }
    let nowhere = Failure::new("there is nowhere to sync with");
    match remote {
        None => nowhere
            .because("this repository has no remote")
            .hint("add one: git remote add origin URL")
            .hint(format!("then send the branch once: {send}")),
        Some(first) => nowhere
            .because(format!("the branch {branch} follows none of {first}"))
            .hint(format!("send it once: {send}")),
    }
}
