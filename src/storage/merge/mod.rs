//! Two versions of a brief that grew apart from a third, made one by meaning:
//! what either side wrote is in the result.
//!
//! Values are compared one by one with the common ancestor. Items are matched
//! by id, their order is combined (see [`order`]). Where both sides changed the
//! same thing in two ways, the result holds one of them in its place and both
//! in a [`Conflict`].
//!
//! Each place is a small lattice: as it was, taken away, or the set of versions
//! that were written. Merging is its join, so the result does not depend on
//! whose turn it is, nor on the order in which three versions are merged: a side
//! that is a merge itself brings all versions that stand in its conflict.

mod graft;
mod lists;
mod marked;
mod order;
mod rename;
mod rows;
mod said;

pub use self::marked::join_marked;

use std::collections::BTreeSet;
use std::path::Path;

use self::rows::Rows;
use super::Broken;
use super::format::doc::{self, Node, Table, Val};
use super::format::{self, apply, problem};
use crate::domain::{Brief, BriefId, Conflict, Moment};

/// Merges two versions of a brief file that grew apart from `base`, which is
/// empty where both sides made the file. Comments and unknown keys of both
/// stay. The path is for messages, and its name gives the id.
///
/// # Errors
/// The rendered problem of a version that cannot be read; nothing is merged.
pub fn merge_texts(
    path: &Path,
    [base, ours, theirs]: [&str; 3],
    created: Moment,
) -> Result<Merged, Broken> {
    let id = path.file_stem().and_then(|stem| stem.to_str());
    let id = id.and_then(|stem| BriefId::parse(stem).ok());
    let Some(id) = id.filter(|id| id.as_str() != super::folder::GOALS) else {
        return Err(problem::whole_file(
            path,
            "its name is no id of a brief",
            "only files such as analyst-job-profiles-k7m2.toml are merged",
        ));
    };
    let read = |text: &str| -> Result<Brief, Broken> {
        let loaded = format::read(path, &id, text, created)?;
        match loaded.read_only {
            Some(why) => Err(problem::whole_file(path, why, "merge it with that version")),
            None => Ok(loaded.brief.into_inner()),
        }
    };
    let was = match base.trim().is_empty() {
        true => Table::default(),
        false => doc::of_brief(&read(base)?),
    };
    let (here, there) = (doc::of_brief(&read(ours)?), doc::of_brief(&read(theirs)?));
    let Outcome {
        merged,
        conflicts,
        kept,
    } = merge(&was, &here, &there);
    let plain = format::plain(ours);
    let mut text = apply::apply(&here, &merged, &plain).unwrap_or_else(|| plain.into_owned());
    let result = read(&text)?;
    if let Some(full) = graft::graft(&format::plain(base), &format::plain(theirs), &there, &text)
        // A comment is worth less than what was merged.
        && read(&full).is_ok_and(|brief| format::same(&brief, &result))
    {
        text = full;
    }
    let text = format::like(ours, &format::plain(ours), &text);
    if text.len() > format::LARGEST {
        return Err(problem::whole_file(
            path,
            "what both wrote is too much for one file",
            "shorten one of the two versions, and merge again",
        ));
    }
    Ok(Merged {
        text,
        conflicts,
        kept,
    })
}

/// A merged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub text: String,
    /// What could not be decided by this merge; it stands in the file too.
    pub conflicts: Vec<Conflict>,
    /// The places that one side took out and the other one changed: they stay.
    pub kept: Vec<String>,
}

/// The merged document, what could not be decided, and what stays.
struct Outcome {
    merged: Table,
    conflicts: Vec<Conflict>,
    kept: Vec<String>,
}

fn merge(base: &Table, ours: &Table, theirs: &Table) -> Outcome {
    // Where one side did nothing, the other is right about all that it says.
    let by_both = ours != theirs && ours != base && theirs != base;
    let (mut ours, mut theirs) = rename::apart(base, ours, theirs);
    let mut base = base.clone();
    let rows = [&base, &ours, &theirs].map(rows::of);
    for side in [&mut base, &mut ours, &mut theirs] {
        side.remove("conflict");
    }
    let mut merge = Merge {
        rows,
        found: Rows::new(),
        kept: BTreeSet::new(),
        combined: BTreeSet::new(),
        agreed: lists::agreed(&base, &ours, &theirs),
    };
    let walks = lists::walks(&mut base, &mut ours, &mut theirs);
    let mut merged = merge.table("", &base, &ours, &theirs);
    lists::put_walks(&mut merged, walks);
    if by_both {
        merge.choose_one_reading(&mut merged);
    }
    let conflicts: Vec<Conflict> = rows::conflicts(&merge.found);
    doc::set_conflicts(&mut merged, &rows::conflicts(&merge.all_rows()));
    Outcome {
        merged,
        conflicts,
        kept: merge.kept.into_iter().collect(),
    }
}

struct Merge {
    /// The conflicts that stand in the ancestor, ours and theirs.
    rows: [Rows; 3],
    /// What is found by this merge: all versions of each place.
    found: Rows,
    /// What one side took out and the other one changed.
    kept: BTreeSet<String>,
    /// The orders that were reckoned anew, from the wishes of both.
    combined: BTreeSet<String>,
    /// The orders that both changed to the same.
    agreed: BTreeSet<String>,
}

/// What goes with something else, and is not worth a word when it stays.
const ASIDE: [&str; 9] = [
    "question", "put", "same", "chosen", "basis", "by", "on", "why", "ask",
];

/// How words are kept beside each other.
const WORDING: [&str; 2] = ["question", "put"];

impl Merge {
    fn table(&mut self, path: &str, base: &Table, ours: &Table, theirs: &Table) -> Table {
        if ours == theirs || theirs == base {
            return ours.clone();
        }
        if ours == base {
            return theirs.clone();
        }
        let mut said = said::is_said(path).then(|| self.said(path, base, ours, theirs));
        let mut merged = Table::default();
        for key in all_keys(ours, theirs) {
            if let Some(said) = said.as_mut().filter(|_| said::KEYS.contains(&key)) {
                merged.0.extend(said.take(key));
                continue;
            }
            let node = self.node(path, key, base.get(key), ours.get(key), theirs.get(key));
            merged.0.extend(node.map(|node| (key.to_owned(), node)));
        }
        // What only the ancestor had, and comes back.
        merged.0.extend(said.into_iter().flat_map(|said| said.0));
        merged
    }

    fn node(
        &mut self,
        path: &str,
        key: &str,
        base: Option<&Node>,
        ours: Option<&Node>,
        theirs: Option<&Node>,
    ) -> Option<Node> {
        if ours == theirs || theirs == base {
            return ours.cloned();
        }
        if ours == base {
            return theirs.cloned();
        }
        let place = match path {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        };
        let texts = |node: Option<&'_ Node>| match node {
            Some(Node::Val(Val::Texts(texts))) => Some(texts.clone()),
            None => Some(Vec::new()),
            Some(_) => None,
        };
        // A list that is not there is an empty one.
        if let (Some(base), Some(ours), Some(theirs)) = (texts(base), texts(ours), texts(theirs)) {
            let merged = lists::texts(&base, &ours, &theirs);
            return (!merged.is_empty()).then_some(Node::Val(Val::Texts(merged)));
        }
        if base.is_some() && ours.is_none() != theirs.is_none() && !ASIDE.contains(&key) {
            self.kept.insert(place.clone());
        }
        match (ours, theirs) {
            // Taken away here, changed there: what was written stays.
            (Some(Node::Val(_) | Node::Table(_)) | None, None) => ours.cloned(),
            (None, Some(Node::Val(_) | Node::Table(_))) => theirs.cloned(),
            (Some(Node::Val(ours)), Some(Node::Val(theirs))) => {
                let base = match base {
                    Some(Node::Val(val)) => Some(val),
                    _ => None,
                };
                Some(Node::Val(self.val(&place, base, ours, theirs)))
            }
            (Some(Node::Items(_)), _) | (_, Some(Node::Items(_))) => {
                let [base, ours, theirs] = [base, ours, theirs].map(|node| match node {
                    Some(Node::Items(items)) => items.as_slice(),
                    _ => &[],
                });
                Some(Node::Items(self.items(key, base, ours, theirs)))
            }
            (ours, theirs) => {
                let none = Table::default();
                let [base, ours, theirs] = [base, ours, theirs].map(|node| match node {
                    Some(Node::Table(table)) => table,
                    _ => &none,
                });
                Some(Node::Table(self.table(&place, base, ours, theirs)))
            }
        }
    }

    fn val(&mut self, place: &str, base: Option<&Val>, ours: &Val, theirs: &Val) -> Val {
        let (one, two) = (rows::in_words(ours), rows::in_words(theirs));
        let (first, second) = match one <= two {
            true => (ours, theirs),
            false => (theirs, ours),
        };
        let key = place.rsplit('.').next().unwrap_or(place);
        match place {
            // It was begun when it was begun first.
            "created" => return first.clone(),
            "format" => return second.clone(),
            _ if WORDING.contains(&key) && place.starts_with("answer.") => return first.clone(),
            _ => {}
        }
        let mut versions = self.versions(place, [&one, &two]);
        if place == "stage" {
            further(&mut versions, base);
        }
        let Some(least) = versions.first().cloned() else {
            return first.clone();
        };
        if versions.len() > 1 {
            self.found.insert(place.to_owned(), versions);
        }
        match (place, first) {
            ("stage", Val::Text(_)) => Val::Text(least),
            _ => first.clone(),
        }
    }

    /// All that was written at a place: by the two, and by those whose versions
    /// stand in a conflict of theirs.
    fn versions(&self, place: &str, own: [&str; 2]) -> BTreeSet<String> {
        let mut versions: BTreeSet<String> = own.map(str::to_owned).into();
        for side in [1, 2] {
            versions.extend(self.pending(side, place).iter().cloned());
        }
        versions
    }

    /// The versions in a conflict that a side has and the ancestor has not.
    fn pending(&self, side: usize, place: &str) -> BTreeSet<String> {
        let of = |side: usize| self.rows.get(side).and_then(|rows| rows.get(place));
        match of(0) {
            Some(_) => BTreeSet::new(),
            None => of(side).cloned().unwrap_or_default(),
        }
    }

    /// The conflicts that are left: those of the sides, and what was found.
    fn all_rows(&self) -> Rows {
        let [base, ours, theirs] = &self.rows;
        let places: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
        let mut all = Rows::new();
        for place in places {
            let (was, here, there) = (base.get(place), ours.get(place), theirs.get(place));
            // What followed from the wishes of one side may be wished by the other.
            if was.is_none() && self.combined.contains(place) {
                continue;
            }
            if was.is_none() && self.agreed.contains(place) {
                let both = here.zip(there).map(|(here, there)| here & there);
                let both = both.filter(|row| !row.is_empty());
                all.extend(both.map(|row| (place.clone(), row)));
                continue;
            }
            let row = match (here, there) {
                (here, there) if here == there || there == was => here.cloned(),
                (here, there) if here == was => there.cloned(),
                (Some(here), Some(there)) => Some(here | there),
                (here, there) => here.or(there).cloned(),
            };
            all.extend(row.map(|row| (place.clone(), row)));
        }
        all.extend(self.found.clone());
        all
    }

    /// Each side chose another reading: one of them is chosen, and it is asked.
    fn choose_one_reading(&mut self, merged: &mut Table) {
        const PLACE: &str = "chosen reading";
        let readings = merged.0.iter_mut().find(|(key, _)| key == "reading");
        let Some((_, Node::Items(readings))) = readings else {
            return;
        };
        let chosen = readings.iter().filter(|r| r.get("chosen").is_some());
        let chosen: BTreeSet<String> = chosen.map(|r| r.text_of("id").to_owned()).collect();
        if chosen.len() < 2 {
            return;
        }
        let first = chosen.first().cloned().unwrap_or_default();
        for reading in readings {
            if reading.text_of("id") != first {
                reading.remove("chosen");
            }
        }
        let pending = [1, 2].map(|side| self.pending(side, PLACE));
        let all = pending.into_iter().fold(chosen, |all, more| &all | &more);
        self.found.insert(PLACE.to_owned(), all);
    }
}

/// Of the stages that went on from the old one, only the one that went furthest
/// counts. Going back is another matter.
fn further(versions: &mut BTreeSet<String>, base: Option<&Val>) {
    const COURSE: [&str; 6] = [
        "draft",
        "asked",
        "agreed",
        "in-progress",
        "delivered",
        "closed",
    ];
    let rank = |word: &str| COURSE.iter().position(|stage| *stage == word);
    let from = match base {
        Some(Val::Text(word)) => rank(word),
        _ => Some(0),
    };
    let ahead = |word: &str| rank(word).filter(|rank| from.is_some_and(|from| *rank >= from));
    let most = versions.iter().filter_map(|word| ahead(word)).max();
    versions.retain(|word| ahead(word).is_none_or(|rank| Some(rank) == most));
}

fn all_keys<'a>(ours: &'a Table, theirs: &'a Table) -> Vec<&'a str> {
    let mut keys: Vec<&str> = ours.keys().collect();
    keys.extend(theirs.keys().filter(|key| ours.get(key).is_none()));
    keys
}

#[cfg(test)]
mod tests;
