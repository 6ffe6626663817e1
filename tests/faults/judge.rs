//! Whether a run with a fault in it was honest and lost nothing.

use std::collections::BTreeSet;
use std::path::Path;

use askfirst::storage::{Entry, Folder, Store as _};

use super::trace::Call;
use super::tree::{Node, Tree, differences};

/// What happened in one run.
pub struct Run<'a> {
    pub root: &'a Path,
    /// Before it, and after a run without a fault.
    pub old: &'a Tree,
    pub new: &'a Tree,
    /// What a walk saves on the way.
    pub between: &'a [Vec<u8>],
    /// As it is.
    pub is: &'a Tree,
    /// The exit code; `None` for a signal.
    pub code: Option<i32>,
    /// The exit code of the run without a fault.
    pub usual: i32,
    pub stderr: &'a str,
    /// The call that failed; `None` when the program was killed.
    pub failed: Option<&'a Call>,
    pub was_killed: bool,
    pub hung: bool,
}

/// What git alone writes, in a clone or the repository that is its hub. Hooks are
/// not among it.
pub fn is_of_git(path: &Path) -> bool {
    let has = |name: &str| path.components().any(|part| part.as_os_str() == name);
    path.starts_with("hub") || has(".git") && !has("hooks")
}

/// What may be deleted at any time.
const INDEX: &str = "home/.cache/askfirst/index";

/// State that may be lost at any time: what was shown last, and what is due next.
pub fn is_scrap(path: &Path) -> bool {
    path.starts_with("home/.local/state") || path.starts_with("home/.cache")
}

pub fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with(".askfirst-") && name.ends_with(".tmp")
}

/// What is wrong, if anything.
pub fn verdict(run: &Run<'_>) -> Result<(), String> {
    if run.hung {
        return Err("it did not end".to_owned());
    }
    kept(run)?;
    told(run)
}

/// The same without what it says.
pub fn kept(run: &Run<'_>) -> Result<(), String> {
    whole(run)?;
    same_briefs(run)
}

/// Each file is wholly old or wholly new, and nothing else lies about.
fn whole(run: &Run<'_>) -> Result<(), String> {
    for (path, node) in run.is {
        let is = content(node);
        let whole = [run.old, run.new];
        let is_whole = whole
            .iter()
            .any(|tree| tree.get(path).map(content) == Some(is));
        if is_whole || run.between.iter().any(|written| written == is.1) {
            continue;
        }
        // What was typed is kept where it cannot be saved.
        let name = path.to_string_lossy();
        let is_kept = name.contains(".edited-") || name.contains("askfirst-kept-");
        if is_kept && run.code != Some(0) {
            continue;
        }
        // Told, and left to git, which marks the lines that differ.
        let is_left = run.code == Some(1) && run.stderr.contains("error: ");
        if path.ends_with("ours") && is_left && is_marked(is.1) {
            continue;
        }
        // One of several briefs could not be read, and that is told.
        if is_in_part(run) {
            continue;
        }
        // Rebuilt without a word where it is not whole; its own tests tear it.
        if path.starts_with(INDEX) {
            continue;
        }
        if is_scrap(path) {
            match node {
                Node::File { bytes, .. } if !bytes.is_empty() && !bytes.ends_with(b"\n") => {
                    return Err(format!("{} is torn", path.display()));
                }
                _ => continue,
            }
        }
        // git keeps its own files itself.
        if is_of_git(path) {
            continue;
        }
        if matches!(node, Node::Folder) {
            // Of a folder that is made on the way, what is in it counts.
            continue;
        }
        // What takes a temporary file away may be what failed.
        let cannot_tidy = |call: &Call| call.name.starts_with("unlink");
        let may_stay = run.was_killed || run.failed.is_some_and(cannot_tidy);
        if is_temporary(path) && may_stay {
            continue;
        }
        return Err(format!("{} is neither old nor new", path.display()));
    }
    for (path, node) in run.old {
        let goes = !run.new.contains_key(path);
        let goes = goes || path.starts_with(INDEX) || is_of_git(path);
        if matches!(node, Node::File { .. }) && !run.is.contains_key(path) && !goes {
            return Err(format!("{} is gone", path.display()));
        }
    }
    // Whoever could not read a file before cannot do it now, unless they can after
    // a run without a fault: what git writes anew has the rights that it gives.
    for (path, node) in run.is {
        if let (Node::File { mode, .. }, Some(Node::File { mode: old, .. })) =
            (node, run.old.get(path))
            && mode & !old != 0
            && !run
                .new
                .get(path)
                .is_some_and(|new| matches!(new, Node::File { mode: new, .. } if mode & !new == 0))
        {
            return Err(format!("{} may be read by others now", path.display()));
        }
    }
    Ok(())
}

/// Both versions of each place that differs, as git leaves them.
fn is_marked(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let has = |mark: &str| text.lines().any(|line| line.starts_with(mark));
    has("<<<<<<< ours") && has("=======") && has(">>>>>>> theirs")
}

/// Something was left out, or done in one brief and not in the other, and told.
fn is_in_part(run: &Run<'_>) -> bool {
    let told = [
        " is not in it: ",
        "the message is recorded in 1 of 2 briefs",
    ];
    told.iter().any(|told| run.stderr.contains(told))
}

fn content(node: &Node) -> (u8, &[u8]) {
    match node {
        Node::Folder => (0, b""),
        Node::Link(_) => (1, b""),
        Node::File { bytes, .. } => (2, bytes),
    }
}

/// The list shows the old or the new briefs, each whole, and nothing besides.
fn same_briefs(run: &Run<'_>) -> Result<(), String> {
    let folders: BTreeSet<_> = [run.old, run.new]
        .into_iter()
        .flat_map(|tree| tree.keys())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .filter_map(|path| path.parent())
        .filter(|folder| {
            folder.ends_with(".askfirst")
                || folder.ends_with("demo")
                || folder.ends_with("share/askfirst")
        })
        .collect();
    for folder in folders {
        let entries = Folder::at(run.root.join(folder)).list();
        for entry in entries.map_err(|error| error.to_string())? {
            match entry {
                Entry::Brief(loaded) => {
                    let path = folder.join(format!("{}.toml", loaded.brief.id));
                    if !run.old.contains_key(&path) && !run.new.contains_key(&path) {
                        return Err(format!("{} is taken for a brief", path.display()));
                    }
                }
                Entry::Broken(broken) => {
                    return Err(format!("{} is broken: {}", broken.file, broken.summary));
                }
            }
        }
    }
    Ok(())
}

/// Success is told only of what is on the disk, and a failure is explained.
fn told(run: &Run<'_>) -> Result<(), String> {
    // The standard library does not expect that a pipe from another program
    // cannot be read, and no system says so. Nothing is written at that moment.
    let unexpected = ["library/std/src/sys/process", "library/std/src/process.rs"];
    if unexpected.iter().any(|at| run.stderr.contains(at)) {
        return Ok(());
    }
    if run.stderr.contains("panicked") {
        return Err(format!("it panicked: {}", run.stderr));
    }
    if run.was_killed {
        return Ok(());
    }
    if run.code == Some(run.usual) {
        let mut missing = differences(run.new, run.is);
        missing.retain(|path| !is_scrap(path) && !is_temporary(path));
        missing.retain(|path| !matches!(run.new.get(path), Some(Node::Folder)));
        missing.retain(|path| !is_of_git(path));
        if is_in_part(run) {
            missing.clear();
        }
        // A folder's mark, made by the way.
        missing.retain(|path| run.new.contains_key(path) || !run.old.contains_key(path));
        return match missing.first() {
            Some(path) => Err(format!("it says it is done, and {} is not", path.display())),
            None => Ok(()),
        };
    }
    if run.code.is_none() {
        return Err("it died".to_owned());
    }
    // With standard error gone there is nobody left to tell.
    let is_deaf = run
        .failed
        .is_some_and(|call| call.name.starts_with("write") && call.descriptor() == Some("2"));
    if is_deaf {
        return Ok(());
    }
    let Some(error) = run
        .stderr
        .lines()
        .find_map(|line| line.strip_prefix("error: "))
    else {
        return Err(format!("it does not say what failed: {:?}", run.stderr));
    };
    if !error.contains(": ") && !run.stderr.contains("hint: ") {
        return Err(format!("it does not say why: {error}"));
    }
    if !run.stderr.contains("hint: ") {
        return Err(format!("it does not say what to do: {error}"));
    }
    Ok(())
}
