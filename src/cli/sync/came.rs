//! What came in, by brief and by person: from comparing the briefs before and
//! after each commit.

use std::collections::{BTreeMap, HashMap};

use super::super::{Context, Failure};
use super::repository::{Repository, no_git};
use crate::domain::{Brief, BriefId, news, text};
use crate::storage::{self, StoreError};

/// What happened to one brief.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Came {
    pub id: String,
    pub title: String,
    /// A sentence each.
    pub what: Vec<String>,
}

/// A run of commits of one person on one file: the versions before and after.
struct Run {
    who: String,
    path: String,
    before: String,
    after: String,
}

/// What the commits of a range did in the folder.
///
/// # Errors
/// When git refuses.
pub fn came(repository: &Repository, context: &Context, range: &str) -> Result<Vec<Came>, Failure> {
    let runs = runs(repository, range)?;
    let hashes = runs.iter().flat_map(|run| [&run.before, &run.after]);
    let texts = texts(repository, hashes.map(String::as_str))?;
    let mut all: BTreeMap<String, Came> = BTreeMap::new();
    for run in &runs {
        let who = match run.who.trim() {
            "" => "somebody".to_owned(),
            who => text::line(who).into_owned(),
        };
        let name = run
            .path
            .strip_prefix(&repository.folder)
            .unwrap_or(&run.path);
        let id = repository.brief(&run.path);
        let key = id.unwrap_or(name).to_owned();
        let entry = all.entry(key.clone()).or_insert_with(|| Came {
            id: key.clone(),
            ..Came::default()
        });
        let read = |hash: &String| -> Option<Brief> {
            let id = BriefId::parse(id?).ok()?;
            let text = texts.get(hash)?;
            let loaded = storage::read_text(&run.path, &id, text, context.now).ok()?;
            Some(loaded.brief.into_inner())
        };
        let (before, after) = (read(&run.before), read(&run.after));
        if let Some(brief) = after.as_ref().or(before.as_ref()) {
            entry.title.clone_from(&brief.title);
        }
        let is_there = |hash: &String| texts.contains_key(hash);
        let what = match (id, &after) {
            (None, _) => {
                let did = match (is_there(&run.before), is_there(&run.after)) {
                    (false, _) => "added",
                    (true, true) => "changed",
                    (true, false) => "removed",
                };
                vec![format!("{who} {did} it")]
            }
            (Some(_), Some(after)) if before.is_some() || !is_there(&run.before) => {
                news::between(before.as_ref(), after, &who)
            }
            (Some(_), Some(_)) => vec![format!("{who} mended the file")],
            (Some(_), None) if is_there(&run.after) => {
                vec![format!("{who} changed the file, and it cannot be read now")]
            }
            (Some(_), None) => vec![format!("{who} took the file away")],
        };
        // Not only what a reader would miss is changed in a file.
        entry.what.extend(match what.is_empty() {
            true => vec![format!("{who} changed details")],
            false => what,
        });
    }
    for came in all.values_mut() {
        let mut seen = std::collections::HashSet::new();
        came.what.retain(|what| seen.insert(what.clone()));
    }
    Ok(all.into_values().collect())
}

/// The commits of a range, oldest first, those of one person in a row as one.
fn runs(repository: &Repository, range: &str) -> Result<Vec<Run>, Failure> {
    let pathspec = repository.pathspec();
    let arguments = [
        "log",
        "--reverse",
        "--topo-order",
        "--no-merges",
        "--format=%x01%aN",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "-z",
        range,
        "--",
        &pathspec,
    ];
    let output = repository.git.ask_bytes(arguments, b"");
    let output = output.map_err(|error| no_git(&error))?;
    let mut runs: Vec<Run> = Vec::new();
    let mut last: HashMap<String, usize> = HashMap::new();
    let mut who = String::new();
    let mut change: Option<(String, String)> = None;
    for field in output.split(|byte| *byte == 0) {
        let field = String::from_utf8_lossy(field);
        let field = field.trim_start_matches('\n');
        if let Some(name) = field.strip_prefix('\u{1}') {
            name.clone_into(&mut who);
        } else if let Some(entry) = field.strip_prefix(':') {
            // `100644 100644 <old> <new> M`, and the path in the next field.
            let mut parts = entry.split(' ').skip(2);
            change = parts
                .next()
                .zip(parts.next())
                .map(|(a, b)| (a.to_owned(), b.to_owned()));
        } else if let Some((before, after)) = change.take() {
            match last.get(field).and_then(|at| runs.get_mut(*at)) {
                Some(run) if run.who == who && run.after == before => run.after = after,
                _ => {
                    last.insert(field.to_owned(), runs.len());
                    runs.push(Run {
                        who: who.clone(),
                        path: field.to_owned(),
                        before,
                        after,
                    });
                }
            }
        }
    }
    Ok(runs)
}

/// The texts of blobs by their hash; what is missing or no text is left out.
fn texts<'a>(
    repository: &Repository,
    hashes: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, String>, Failure> {
    let mut wanted: Vec<&str> = hashes.filter(|h| h.bytes().any(|b| b != b'0')).collect();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let input = wanted.join("\n") + "\n";
    let output = repository
        .git
        .ask_bytes(["cat-file", "--batch"], input.as_bytes());
    let output = output.map_err(|error| no_git(&error))?;
    let mut texts = HashMap::new();
    let mut rest = output.as_slice();
    // `<hash> blob <size>`, the bytes, a line break.
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let (head, after) = rest.split_at(end);
        let after = after.get(1..).unwrap_or_default();
        let head = String::from_utf8_lossy(head);
        let parts: Vec<&str> = head.split(' ').collect();
        let [hash, "blob", size] = parts.as_slice() else {
            rest = after;
            continue;
        };
        let size: usize = size.parse().unwrap_or(0);
        if let Some(text) = after.get(..size).and_then(|b| std::str::from_utf8(b).ok()) {
            texts.insert((*hash).to_owned(), text.to_owned());
        }
        rest = after.get(size + 1..).unwrap_or_default();
    }
    Ok(texts)
}

/// The id and title of the briefs at paths as they are on the disk, for what is
/// sent; those that cannot be read come with the reason.
pub fn here(
    repository: &Repository,
    context: &Context,
    path: &str,
) -> Option<Result<Brief, storage::Broken>> {
    let id = BriefId::parse(repository.brief(path)?).ok()?;
    // By the rules of the folder: a link could lead to any file of the user.
    match context.store.load(&id) {
        Ok(loaded) => Some(Ok(loaded.brief.into_inner())),
        Err(StoreError::Broken(broken)) => Some(Err(*broken)),
        Err(_) => None,
    }
}
