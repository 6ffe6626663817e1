//! Words and what they rest on. What a customer said stays whole: it must not end
//! up beside words of somebody else.

use std::collections::BTreeSet;

use super::super::format::doc::{Node, Table, Val};
use super::Merge;
use super::rows::in_words;
use crate::domain::conflict;

/// The keys that belong together.
pub(super) const KEYS: [&str; 8] = [
    "text",
    "items",
    "acceptance",
    "basis",
    "by",
    "on",
    "why",
    "ask",
];
const WORDS: [&str; 3] = ["text", "items", "acceptance"];
const REST: [&str; 4] = ["by", "on", "why", "ask"];

/// Whether a table holds words with what they rest on.
pub(super) fn is_said(path: &str) -> bool {
    let mut parts = path.splitn(2, '.');
    matches!(
        (parts.next(), parts.next()),
        (Some("answer" | "need" | "reading" | "deliverable"), Some(_))
    )
}

impl Merge {
    /// The [`KEYS`] of a table that both sides changed. What a customer said, or
    /// what was left out for a reason, is one version as a whole; words of the
    /// workers themselves are merged key by key.
    pub(super) fn said(&mut self, path: &str, base: &Table, ours: &Table, theirs: &Table) -> Table {
        let same = |a: &Table, b: &Table| KEYS.iter().all(|k| a.get(k) == b.get(k));
        if same(theirs, base) || same(ours, theirs) {
            return only(ours, &KEYS);
        }
        if same(ours, base) {
            return only(theirs, &KEYS);
        }
        let sides = [ours, theirs];
        let words_changed = |t: &Table| WORDS.iter().any(|k| t.get(k) != base.get(k));
        // "Asked" is about the question, so it goes with any words.
        let is_own = |t: &Table| !is_firm(t) && (words_changed(t) || is_firm(base));
        let firm: Vec<&Table> = sides.into_iter().filter(|t| is_firm(t)).collect();
        let own: Vec<&Table> = sides.into_iter().filter(|t| is_own(t)).collect();
        let mut versions: BTreeSet<String> = firm.iter().map(|t| version(t)).collect();
        for side in [1, 2] {
            let pending = self.pending(side, path);
            versions.extend(pending.into_iter().filter(|v| !conflict::is_own(v)));
        }
        let own_words = match own.as_slice() {
            [one, two] => {
                let mut words = Table::default();
                for key in WORDS {
                    let node = self.node(path, key, base.get(key), one.get(key), two.get(key));
                    words.0.extend(node.map(|node| (key.to_owned(), node)));
                }
                Some(words)
            }
            [one] => Some(only(one, &WORDS)),
            _ => None,
        };
        // What was typed is what they said.
        let own_words = own_words.filter(|words| match firm.as_slice() {
            [said] if versions.len() == 1 => WORDS.iter().any(|k| words.get(k) != said.get(k)),
            _ => true,
        });
        let own = match (&own_words, firm.is_empty()) {
            (Some(_), _) | (None, true) => Some(self.own(path, base, ours, theirs, own_words)),
            (None, false) => None,
        };
        match own {
            Some(own) if versions.is_empty() => own,
            Some(own) => {
                versions.insert(version(&own));
                self.found.insert(path.to_owned(), versions);
                own
            }
            None => {
                let first = firm.into_iter().min_by_key(|t| version(t));
                if versions.len() > 1 {
                    self.found.insert(path.to_owned(), versions);
                }
                first.map(|t| only(t, &KEYS)).unwrap_or_default()
            }
        }
    }

    /// The workers' own words, with whom they asked.
    fn own(
        &mut self,
        path: &str,
        base: &Table,
        ours: &Table,
        theirs: &Table,
        words: Option<Table>,
    ) -> Table {
        let mut merged = words.unwrap_or_else(|| only(base, &WORDS));
        let soft: Vec<&Table> = [ours, theirs].into_iter().filter(|t| !is_firm(t)).collect();
        let asked = soft.iter().any(|t| t.text_of("basis") == "asked");
        if let Some(basis) = soft.iter().find_map(|t| t.get("basis")) {
            let basis = match asked {
                true => Node::Val(Val::Text("asked".to_owned())),
                false => basis.clone(),
            };
            merged.0.push(("basis".to_owned(), basis));
        }
        // Who told it goes with what they told.
        let none = Table::default();
        let base = if is_firm(base) { &none } else { base };
        for key in REST {
            let node = match soft.as_slice() {
                [one, two] => self.node(path, key, base.get(key), one.get(key), two.get(key)),
                [one] => one.get(key).cloned(),
                _ => None,
            };
            merged.0.extend(node.map(|node| (key.to_owned(), node)));
        }
        merged
    }
}

/// Whether somebody said so, or it was left out for a reason.
fn is_firm(table: &Table) -> bool {
    !matches!(table.text_of("basis"), "" | "guess" | "asked")
}

fn only(table: &Table, keys: &[&str]) -> Table {
    let kept = table.0.iter().filter(|(k, _)| keys.contains(&k.as_str()));
    Table(kept.cloned().collect())
}

/// The words and what they rest on as one version, see [`conflict::Said`].
fn version(table: &Table) -> String {
    let mut lines = Vec::new();
    for key in KEYS {
        match table.get(key) {
            Some(Node::Val(Val::Texts(items))) => {
                lines.extend(items.iter().map(|item| conflict::line("item", item)));
            }
            Some(Node::Val(val)) => lines.push(conflict::line(key, &in_words(val))),
            _ => {}
        }
    }
    lines.join("\n")
}
