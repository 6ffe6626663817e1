//! Lists: matched by id, combined in their order.

use std::collections::{BTreeSet, HashMap};

use super::super::format::doc::{Node, Table, Val};
use super::super::format::items;
use super::Merge;
use super::order::{self, Pair, Side};
use crate::domain::Moment;

/// Lists whose order is a rank.
const RANKED: [&str; 4] = ["need", "deliverable", "customer", "reading"];

/// Lists of things that are told when they stay.
const ITEMS: [&str; 6] = [
    "need",
    "deliverable",
    "customer",
    "reading",
    "goal",
    "shortcut",
];

/// Lists of records that nobody edits together: two that differ are two.
const RECORDS: [&str; 3] = ["draft", "waiver", "ranking"];

impl Merge {
    pub(super) fn items(
        &mut self,
        name: &str,
        base: &[Table],
        ours: &[Table],
        theirs: &[Table],
    ) -> Vec<Table> {
        let [base_keys, our_keys, their_keys] = [base, ours, theirs].map(|side| keys(name, side));
        let at = |keys: &'_ [String]| -> HashMap<String, usize> {
            keys.iter().cloned().zip(0..).collect()
        };
        let [was_at, here_at, there_at] = [&base_keys, &our_keys, &their_keys].map(|k| at(k));
        let mut merged: HashMap<&str, Table> = HashMap::new();
        let all: BTreeSet<&String> = our_keys.iter().chain(&their_keys).collect();
        for key in all {
            let was = was_at.get(key).and_then(|at| base.get(*at));
            let here = here_at.get(key).and_then(|at| ours.get(*at));
            let there = there_at.get(key).and_then(|at| theirs.get(*at));
            let item = match (here, there) {
                (Some(here), Some(there)) => {
                    let none = Table::default();
                    let path = format!("{name}.{key}");
                    Some(self.table(&path, was.unwrap_or(&none), here, there))
                }
                // Taken out by one side: it stays where the other changed it.
                (Some(only), None) | (None, Some(only)) => {
                    if was.is_some_and(|was| was != only) && ITEMS.contains(&name) {
                        self.kept.insert(format!("{name}.{key}"));
                    }
                    (was != Some(only)).then(|| only.clone())
                }
                (None, None) => None,
            };
            merged.extend(item.map(|item| (key.as_str(), item)));
        }
        if name == "event" {
            return happened(&was_at, merged);
        }
        let place = format!("order of {name}");
        let members: BTreeSet<&str> = merged.keys().copied().collect();
        let sides = [(1, &our_keys), (2, &their_keys)].map(|(side, keys)| Side {
            order: refs(keys),
            unasked: self.unasked(side, &place, keys),
        });
        let combined = order::combine(&refs(&base_keys), [&sides[0], &sides[1]], &members);
        if RANKED.contains(&name) {
            self.combined.insert(place.clone());
            let unasked = combined.unasked.iter();
            let versions: BTreeSet<String> = unasked.map(|(a, b)| pair(a, b)).collect();
            if !versions.is_empty() {
                self.found.insert(place, versions);
            }
        }
        let order = combined.order;
        let mut items: Vec<Table> = order.iter().filter_map(|x| merged.remove(x)).collect();
        if name == "need" {
            let sides = [(&was_at, base), (&here_at, ours), (&there_at, theirs)];
            equals(
                &order,
                &mut items,
                sides.map(|(at, side)| Ranks::of(at, side)),
            );
        }
        items
    }

    /// The pairs of a side that were turned round without anybody's wish.
    fn unasked<'a>(&self, side: usize, place: &str, keys: &'a [String]) -> Vec<Pair<'a>> {
        let pending = self.pending(side, place);
        let find = |key: &str| keys.iter().find(|k| *k == key).map(String::as_str);
        let pairs = pending.iter().filter_map(|version| {
            let (a, b) = version.split_once(BEFORE)?;
            Some((find(a)?, find(b)?))
        });
        pairs.collect()
    }
}

/// The places of the orders that both sides changed to the same.
pub(super) fn agreed(base: &Table, ours: &Table, theirs: &Table) -> BTreeSet<String> {
    let same = |name: &&&str| {
        let [was, here, there] = [base, ours, theirs].map(|side| side.get(name));
        here == there && here != was
    };
    let names = RANKED.iter().filter(same);
    names.map(|name| format!("order of {name}")).collect()
}

const BEFORE: &str = " before ";

fn pair(a: &str, b: &str) -> String {
    format!("{a}{BEFORE}{b}")
}

fn keys(name: &str, items: &[Table]) -> Vec<String> {
    if !RECORDS.contains(&name) {
        return items::keys(name, items);
    }
    // Each by all that it says; the days first, so that new ones stand in the
    // order of their days.
    let mut seen: HashMap<String, usize> = HashMap::new();
    let keys = items.iter().map(|item| {
        let on = match item.get("on") {
            Some(Node::Val(Val::Day(day))) => day.to_string(),
            _ => String::new(),
        };
        let text = format!("{on} {item:?}");
        let times = seen.entry(text.clone()).or_default();
        *times += 1;
        format!("{text} {times}")
    });
    keys.collect()
}

/// Events: those that the ancestor knows in their old order, then the new ones
/// by the time at which they happened.
fn happened(base: &HashMap<String, usize>, events: HashMap<&str, Table>) -> Vec<Table> {
    let at = |event: &Table| match event.get("at") {
        Some(Node::Val(Val::Moment(at))) => Moment::parse_from_rfc3339(at).ok(),
        _ => None,
    };
    let mut events: Vec<(&str, Table)> = events.into_iter().collect();
    events.sort_by_cached_key(|(key, event)| {
        let known = base.get(*key).copied();
        // What is undone stands before its undoing, also within one second.
        let depth = key.matches("-u").count();
        (known.is_none(), known, at(event), depth, (*key).to_owned())
    });
    events.into_iter().map(|(_, event)| event).collect()
}

/// Which needs rank the same on one side: each with the number of its group.
struct Ranks<'a>(HashMap<&'a str, usize>);

impl<'a> Ranks<'a> {
    fn of(at: &'a HashMap<String, usize>, needs: &[Table]) -> Self {
        let mut group = 0;
        let groups: Vec<usize> = needs
            .iter()
            .map(|need| {
                if need.get("same").is_none() {
                    group += 1;
                }
                group
            })
            .collect();
        let groups = at
            .iter()
            .filter_map(|(k, at)| Some((k.as_str(), *groups.get(*at)?)));
        Self(groups.collect())
    }

    /// Whether two rank the same; `None` where one is missing.
    fn same(&self, a: &str, b: &str) -> Option<bool> {
        Some(self.0.get(a)? == self.0.get(b)?)
    }
}

/// A need ranks the same as the one before it where the side that changed it
/// says so; one that came in between has a rank of its own.
fn equals(order: &[&str], needs: &mut [Table], sides: [Ranks<'_>; 3]) {
    let [was, here, there] = sides;
    let mut before: Option<&str> = None;
    for (key, need) in order.iter().zip(needs) {
        let same = before.is_some_and(|before| {
            let of = |side: &Ranks<'_>| side.same(before, key);
            match (of(&here), of(&there)) {
                (Some(here), Some(there)) if here != there => !of(&was).unwrap_or(true),
                (here, there) => here.or(there).unwrap_or(false),
            }
        });
        before = Some(key);
        match (same, need.get("same").is_some()) {
            (true, false) => {
                let flag = ("same".to_owned(), Node::Val(Val::Flag(true)));
                let basis = need.0.iter().position(|(k, _)| k == "basis");
                need.0.insert(basis.unwrap_or(need.0.len()), flag);
            }
            (false, true) => need.remove("same"),
            _ => {}
        }
    }
}

/// A list of texts: what either side added is in it, what one side took out
/// and the other left alone is not.
pub(super) fn texts(base: &[String], ours: &[String], theirs: &[String]) -> Vec<String> {
    let [was, here, there] = [base, ours, theirs].map(|side| {
        let set: BTreeSet<&str> = side.iter().map(String::as_str).collect();
        set
    });
    let all = here.union(&there).copied();
    let members: BTreeSet<&str> = all
        .filter(|x| !was.contains(x) || (here.contains(x) && there.contains(x)))
        .collect();
    let [base, ours, theirs] = [base, ours, theirs].map(|side| {
        let mut seen = BTreeSet::new();
        let order = refs(side).into_iter().filter(|x| seen.insert(*x)).collect();
        Side {
            order,
            unasked: Vec::new(),
        }
    });
    let merged = order::combine(&base.order, [&ours, &theirs], &members);
    merged.order.into_iter().map(str::to_owned).collect()
}

/// Takes the places of unfinished walks out of the documents: they are notes of
/// one person to themselves, and never a conflict. The one that stays, and the
/// texts typed elsewhere that are kept as drafts.
pub(super) fn walks(
    base: &mut Table,
    ours: &mut Table,
    theirs: &mut Table,
) -> (Option<Table>, Option<Table>) {
    let [was, here, there] = [base, ours, theirs].map(|side| {
        let walk = match side.get("walk") {
            Some(Node::Table(walk)) => Some(walk.clone()),
            _ => None,
        };
        side.remove("walk");
        walk
    });
    if here == there || there == was {
        return (here, None);
    }
    if here == was {
        return (there, None);
    }
    match (here, there) {
        (Some(here), Some(there)) => {
            let (less, more) = match format!("{here:?}") <= format!("{there:?}") {
                true => (here, there),
                false => (there, here),
            };
            let typed = !less.text_of("draft").trim().is_empty();
            (Some(more), Some(less).filter(|_| typed))
        }
        (here, there) => (here.or(there), None),
    }
}

/// Puts them into the merged document.
pub(super) fn put_walks(root: &mut Table, (walk, draft): (Option<Table>, Option<Table>)) {
    if let Some(walk) = walk {
        root.0.push(("walk".to_owned(), Node::Table(walk)));
    }
    let Some(draft) = draft else { return };
    match root.0.iter_mut().find(|(key, _)| key == "draft") {
        Some((_, Node::Items(drafts))) => {
            if !drafts.contains(&draft) {
                drafts.push(draft);
                drafts.sort_by_cached_key(|draft| format!("{draft:?}"));
            }
        }
        _ => root.0.push(("draft".to_owned(), Node::Items(vec![draft]))),
    }
}

fn refs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
