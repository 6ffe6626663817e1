//! The machine stops at any moment: what is not synced may be on the disk or
//! not, in any order. The order in which a command wrote is recorded, and every
//! such disk is looked at.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::sweep::{Bench, ours, over};
use super::trace::{self, Call};
use super::tree::{Node, Tree};
use super::{can_trace, is_long, judge};

/// What was done to the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Done {
    /// A file was made under a name.
    Make {
        path: PathBuf,
        file: usize,
    },
    /// A file has got this content.
    Fill {
        file: usize,
        bytes: Vec<u8>,
    },
    /// A file got another name, whatever was there.
    Move {
        from: PathBuf,
        to: PathBuf,
    },
    /// Two files got each other's names.
    Swap {
        one: PathBuf,
        other: PathBuf,
    },
    /// A file got one more name.
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    Remove {
        path: PathBuf,
    },
    Folder {
        path: PathBuf,
    },
    /// The content of a file is on the disk from here on.
    SyncFile {
        file: usize,
    },
    /// The names in a folder are on the disk from here on.
    SyncFolder {
        path: PathBuf,
    },
}

/// Reads what a run did below the root from its log.
struct Reader<'a> {
    root: &'a Path,
    done: Vec<Done>,
    /// Which file is behind a path now.
    files: BTreeMap<PathBuf, usize>,
    contents: BTreeMap<usize, Vec<u8>>,
}

impl Reader<'_> {
    fn below(&self, path: &str) -> Option<PathBuf> {
        let path = Path::new(path);
        let path = match path.is_absolute() {
            true => path.to_owned(),
            // Commands run in the working directory.
            false => self.root.join("work").join(path),
        };
        let path: PathBuf = path.components().collect();
        Some(path.strip_prefix(self.root).ok()?.to_owned())
    }

    /// The file that a descriptor stands for: `4</path>`.
    fn behind(&self, args: &str) -> Option<PathBuf> {
        let (_, rest) = args.split_once('<')?;
        self.below(rest.split_once('>')?.0)
    }

    fn take(&mut self, call: &Call) {
        if call.result.starts_with('-') {
            return;
        }
        let quoted: Vec<&str> = call.args.split('"').skip(1).step_by(2).collect();
        let path = |at: usize| quoted.get(at).and_then(|path| self.below(path));
        match call.name.as_str() {
            "openat" | "open" if call.args.contains("O_CREAT") => {
                let Some(path) = path(0) else { return };
                let file = self.contents.len();
                if !self.files.contains_key(&path) {
                    self.contents.insert(file, Vec::new());
                    self.files.insert(path.clone(), file);
                    self.done.push(Done::Make { path, file });
                }
            }
            "write" => {
                let Some(path) = self.behind(&call.args) else {
                    return;
                };
                let Some(&file) = self.files.get(&path) else {
                    return;
                };
                let Some((_, text)) = call.args.split_once(">, \"") else {
                    return;
                };
                let text = text.rsplit_once('"').unwrap().0;
                let all = self.contents.get_mut(&file).unwrap();
                all.extend(trace::unescaped(text));
                let bytes = all.clone();
                self.done.push(Done::Fill { file, bytes });
            }
            "renameat2" if call.args.contains("EXCHANGE") => {
                let (Some(one), Some(other)) = (path(0), path(1)) else {
                    return;
                };
                let files = (self.files.remove(&one), self.files.remove(&other));
                self.files.extend(files.1.map(|file| (one.clone(), file)));
                self.files.extend(files.0.map(|file| (other.clone(), file)));
                self.done.push(Done::Swap { one, other });
            }
            "rename" | "renameat" | "renameat2" => {
                let (Some(from), Some(to)) = (path(0), path(1)) else {
                    return;
                };
                if let Some(file) = self.files.remove(&from) {
                    self.files.insert(to.clone(), file);
                }
                self.done.push(Done::Move { from, to });
            }
            "link" | "linkat" => {
                let (Some(from), Some(to)) = (path(0), path(1)) else {
                    return;
                };
                if let Some(file) = self.files.get(&from).copied() {
                    self.files.insert(to.clone(), file);
                }
                self.done.push(Done::Link { from, to });
            }
            "unlink" | "unlinkat" => {
                let Some(path) = path(0) else { return };
                self.files.remove(&path);
                self.done.push(Done::Remove { path });
            }
            "mkdir" | "mkdirat" => {
                let Some(path) = path(0) else { return };
                self.done.push(Done::Folder { path });
            }
            "fsync" | "fdatasync" => {
                let Some(path) = self.behind(&call.args) else {
                    return;
                };
                self.done.push(match self.files.get(&path) {
                    Some(&file) => Done::SyncFile { file },
                    None => Done::SyncFolder { path },
                });
            }
            _ => {}
        }
    }
}

/// Whether something that was done is on the disk for sure by then.
fn is_synced(done: &Done, later: &[Done]) -> bool {
    let folder = |path: &Path| {
        let folder = path.parent().unwrap_or(Path::new(""));
        later
            .iter()
            .any(|later| matches!(later, Done::SyncFolder { path } if path == folder))
    };
    match done {
        Done::Fill { file, .. } => later
            .iter()
            .any(|later| matches!(later, Done::SyncFile { file: synced } if synced == file)),
        Done::Make { path, .. } | Done::Remove { path } | Done::Folder { path } => folder(path),
        Done::Swap { other, .. } => folder(other),
        Done::Move { to, .. } | Done::Link { to, .. } => folder(to),
        Done::SyncFile { .. } | Done::SyncFolder { .. } => true,
    }
}

/// The disk after a crash: what was there, and of what was done only some.
fn disk(old: &Tree, done: &[Done], is_there: impl Fn(usize) -> bool) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut names: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let mut contents: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
    let mut missing: Vec<PathBuf> = Vec::new();
    for (at, (path, node)) in old.iter().enumerate() {
        if let Node::File { bytes, .. } = node {
            let file = 1_000_000 + at;
            names.insert(path.clone(), file);
            contents.insert(file, bytes.clone());
        }
    }
    // A file is found by its name at the time, also where the name itself was
    // not on the disk yet.
    let mut known = names.clone();
    for (at, one) in done.iter().enumerate() {
        let there = is_there(at);
        match one {
            Done::Make { path, file } => {
                known.insert(path.clone(), *file);
                contents.entry(*file).or_default();
                if there {
                    names.insert(path.clone(), *file);
                }
            }
            Done::Fill { file, bytes } => {
                // A part of it may be there.
                let half = bytes.get(..bytes.len() / 2).unwrap_or_default();
                contents.insert(*file, if there { bytes.clone() } else { half.to_vec() });
            }
            Done::Move { from, to } | Done::Link { from, to } => {
                let stays = matches!(one, Done::Link { .. });
                let Some(file) = known.get(from).copied() else {
                    continue;
                };
                if !stays {
                    known.remove(from);
                }
                known.insert(to.clone(), file);
                if there {
                    if !stays {
                        names.remove(from);
                    }
                    names.insert(to.clone(), file);
                }
            }
            Done::Swap { one, other } => {
                for (names, there) in [(&mut known, true), (&mut names, there)] {
                    if there {
                        let files = (names.remove(one), names.remove(other));
                        names.extend(files.1.map(|file| (one.clone(), file)));
                        names.extend(files.0.map(|file| (other.clone(), file)));
                    }
                }
                // The name came with the file, also where it was not there yet.
                if there && let Some(file) = known.get(other) {
                    names.insert(other.clone(), *file);
                }
            }
            Done::Remove { path } => {
                known.remove(path);
                if there {
                    names.remove(path);
                }
            }
            Done::Folder { path } => {
                if !there {
                    missing.push(path.clone());
                }
            }
            Done::SyncFile { .. } | Done::SyncFolder { .. } => {}
        }
    }
    names.retain(|path, _| !missing.iter().any(|folder| path.starts_with(folder)));
    names
        .into_iter()
        .map(|(path, file)| (path, contents.get(&file).cloned().unwrap_or_default()))
        .collect()
}

fn content<'a>(tree: &'a Tree, path: &Path) -> Option<&'a [u8]> {
    match tree.get(path) {
        Some(Node::File { bytes, .. }) => Some(bytes),
        _ => None,
    }
}

/// What is wrong with a disk, if anything.
fn wrong(bench: &Bench<'_>, disk: &BTreeMap<PathBuf, Vec<u8>>, is_over: bool) -> Option<String> {
    // git writes its own settings as it likes.
    let ours = |path: &Path| !judge::is_scrap(path) && !judge::is_of_git(path);
    let counts = |path: &Path| ours(path) && !judge::is_temporary(path);
    for (path, bytes) in disk.iter().filter(|(path, _)| counts(path)) {
        let is_new = content(&bench.new, path) == Some(bytes);
        let is_old = content(&bench.old, path) == Some(bytes);
        let is_between = bench.between.contains(bytes);
        if !is_new && !is_old && !is_between {
            return Some(format!("{} is torn", path.display()));
        }
    }
    for (path, node) in bench.old.iter().filter(|(path, _)| counts(path)) {
        let is_file = matches!(node, Node::File { .. });
        if is_file && bench.new.contains_key(path) && !disk.contains_key(path) {
            return Some(format!("{} is gone", path.display()));
        }
    }
    if is_over {
        for (path, node) in bench.new.iter().filter(|(path, _)| counts(path)) {
            if let Node::File { bytes, .. } = node
                && disk.get(path) != Some(bytes)
            {
                return Some(format!("{} was told to be there", path.display()));
            }
        }
    }
    None
}

#[test]
fn a_crash_of_the_machine_at_any_moment_leaves_old_or_new_whatever_was_not_synced() {
    if !can_trace() {
        return;
    }
    let most = if is_long() { 4096 } else { 64 };
    let result = Mutex::new((0, Vec::new()));
    over(&ours(), |_, case| {
        let bench = Bench::new(case);
        let written = ["-y", "-s", "1000000", "-x", "-e", "trace=%file,%desc"];
        bench.run(&written);
        let mut reader = Reader {
            root: &bench.root,
            done: Vec::new(),
            files: BTreeMap::new(),
            contents: BTreeMap::new(),
        };
        for call in trace::calls(&bench.log()) {
            reader.take(&call);
        }
        let done = reader.done;
        let mut disks = 0;
        let mut bad = Vec::new();
        for end in 0..=done.len() {
            let so_far = &done[..end];
            let mut open: Vec<usize> = (0..end)
                .filter(|at| !is_synced(&so_far[*at], &so_far[at + 1..]))
                .collect();
            // Those of long ago are on the disk by now.
            open.drain(..open.len().saturating_sub(60));
            let all = 1_usize.checked_shl(u32::try_from(open.len()).unwrap());
            let all = all.unwrap_or(usize::MAX);
            // Where there are too many, they are taken evenly, with both ends.
            let step = (all / most).max(1) | 1;
            for which in (0..all).step_by(step).chain([all - 1]) {
                let is_there = |at: usize| match open.iter().position(|open| *open == at) {
                    Some(bit) => which >> bit & 1 == 1,
                    None => true,
                };
                disks += 1;
                let disk = disk(&bench.old, so_far, is_there);
                if let Some(why) = wrong(&bench, &disk, end == done.len()) {
                    let last = so_far.last().map(|done| format!("{done:?}"));
                    let last: String = last.unwrap_or_default().chars().take(200).collect();
                    bad.push(format!("{}: {why}, after {end}: {last}", case.name));
                    break;
                }
            }
        }
        let mut result = result.lock().unwrap();
        result.0 += disks;
        result.1.extend(bad);
    });
    let (disks, bad) = result.into_inner().unwrap();
    eprintln!("crashes: {disks} disks, {} bad", bad.len());
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
