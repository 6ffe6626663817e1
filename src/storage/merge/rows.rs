//! Conflicts as they stand in a document: for each place all versions.

use std::collections::{BTreeMap, BTreeSet};

use super::super::format::doc::{Node, Table, Val};
use crate::domain::Conflict;

/// All versions of each place.
pub(super) type Rows = BTreeMap<String, BTreeSet<String>>;

/// The conflicts of a document.
pub(super) fn of(root: &Table) -> Rows {
    let mut rows = Rows::new();
    let Some(Node::Items(items)) = root.get("conflict") else {
        return rows;
    };
    for item in items {
        if let Some(Node::Val(Val::Texts(versions))) = item.get("versions") {
            rows.entry(item.text_of("place").to_owned())
                .or_default()
                .extend(versions.iter().cloned());
        }
    }
    rows
}

/// The same for a brief.
pub(super) fn conflicts(rows: &Rows) -> Vec<Conflict> {
    let all = rows.iter().map(|(place, versions)| Conflict {
        place: place.clone(),
        versions: versions.iter().cloned().collect(),
    });
    all.collect()
}

/// A value as a version.
pub(super) fn in_words(val: &Val) -> String {
    match val {
        Val::Text(text) | Val::Moment(text) => text.clone(),
        Val::Texts(texts) => texts.join("\n"),
        Val::Flag(flag) => flag.to_string(),
        Val::Number(number) => number.to_string(),
        Val::Day(day) => day.to_string(),
    }
}
