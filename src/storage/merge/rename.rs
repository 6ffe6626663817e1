//! Two sides may give one id to two new things: one of them gets another id,
//! so that both are kept.

use std::collections::BTreeMap;

use super::super::format::doc::{Node, Table, Val};

/// The lists with ids, and the keys that name their items.
const NAMED: [(&str, &[&str]); 7] = [
    ("customer", &["by", "to", "ask", "for"]),
    ("need", &["serves", "order"]),
    ("reading", &[]),
    ("goal", &[]),
    ("deliverable", &[]),
    ("shortcut", &[]),
    // Their ids are random, and few letters long.
    ("event", &["undoes"]),
];

/// Both sides with ids that tell new things apart: what a new thing is called
/// follows from what it says, whoever made it and whatever is merged first.
pub(super) fn apart(base: &Table, ours: &Table, theirs: &Table) -> (Table, Table) {
    let (mut ours, mut theirs) = (ours.clone(), theirs.clone());
    for (list, naming) in NAMED {
        let old = ids(base, list);
        let (here, there) = (ids(&ours, list), ids(&theirs, list));
        for (id, text) in &here {
            let Some(other) = there.get(id).filter(|other| *other != text) else {
                continue;
            };
            if old.contains_key(id) {
                continue;
            }
            let (side, text) = match text > other {
                true => (&mut ours, text),
                false => (&mut theirs, other),
            };
            let hash = blake3::hash(text.as_bytes()).to_hex();
            let hash = hash.get(..6).unwrap_or_default();
            let end = id.len().min(40);
            let stem = id.get(..end).unwrap_or(id).trim_end_matches('-');
            rename(side, list, naming, id, &format!("{stem}-{hash}"));
        }
    }
    (ours, theirs)
}

/// The ids of a list with what tells two items apart.
fn ids(root: &Table, list: &str) -> BTreeMap<String, String> {
    let Some(Node::Items(items)) = root.get(list) else {
        return BTreeMap::new();
    };
    let text = |item: &Table| match list {
        "customer" => item.text_of("name").to_owned(),
        "event" => format!("{item:?}"),
        _ => item.text_of("text").to_owned(),
    };
    items
        .iter()
        .map(|item| (item.text_of("id").to_owned(), text(item)))
        .collect()
}

fn rename(root: &mut Table, list: &str, naming: &[&str], from: &str, to: &str) {
    for (key, node) in &mut root.0 {
        match node {
            Node::Val(_) => {}
            Node::Table(table) => in_table(table, naming, from, to),
            Node::Items(items) => {
                for item in items {
                    if key == list && item.text_of("id") == from {
                        set(item, "id", to);
                    }
                    in_table(item, naming, from, to);
                }
            }
        }
    }
}

fn in_table(table: &mut Table, naming: &[&str], from: &str, to: &str) {
    for (key, node) in &mut table.0 {
        match node {
            Node::Val(Val::Text(text)) if naming.contains(&key.as_str()) && text == from => {
                to.clone_into(text);
            }
            Node::Val(Val::Texts(texts)) if naming.contains(&key.as_str()) => {
                for text in texts.iter_mut().filter(|text| *text == from) {
                    to.clone_into(text);
                }
            }
            Node::Table(table) => in_table(table, naming, from, to),
            _ => {}
        }
    }
}

fn set(table: &mut Table, key: &str, text: &str) {
    for (_, node) in table.0.iter_mut().filter(|(k, _)| k == key) {
        *node = Node::Val(Val::Text(text.to_owned()));
    }
}
