//! Differences between two arrays of tables, written into a text. Items are
//! matched by id; comments and unknown keys move with their item.

use std::collections::{HashMap, HashSet};

use toml::de::DeValue;

use super::apply::{insert, new_section, place, put, remove_entry, set_value, written};
use super::doc::{Node, Table, Val};
use super::ids;
use super::lines::{Lines, Section, inner};
use super::value::is;

/// An item of the text: its header and the headers below it.
struct Group {
    key: String,
    sections: Vec<Section>,
}

/// Where an item of the new order comes from.
enum Next {
    /// From the text, by its place there.
    Kept(usize),
    New(Vec<Section>),
}

/// Writes what differs between two versions of the array `name`.
pub(super) fn change(lines: &mut Lines, name: &str, base: &[Table], after: &[Table]) {
    open_inline(lines, name);
    let (mut groups, slots) = lift(lines, name);
    let base_keys: HashMap<String, &Table> = keys(name, base).into_iter().zip(base).collect();
    let after_keys = keys(name, after);
    // The events of years may be many.
    let places: HashMap<String, usize> = groups.iter().map(|g| g.key.clone()).zip(0..).collect();

    let mut next: Vec<Next> = Vec::new();
    for (table, key) in after.iter().zip(&after_keys) {
        match places.get(key).copied() {
            Some(at) => {
                let empty = Table::default();
                let was = base_keys.get(key).copied().unwrap_or(&empty);
                if let Some(section) = groups.get_mut(at).and_then(|g| g.sections.first_mut()) {
                    fields(section, was, table);
                }
                next.push(Next::Kept(at));
            }
            // Taken out of the text by its own side, and not touched by the other.
            None if base_keys.get(key) == Some(&table) => {}
            None => next.push(Next::New(vec![fresh(name, table)])),
        }
    }
    // Items that only the text has stay behind the one they stood behind.
    let after_keys: HashSet<&String> = after_keys.iter().collect();
    for (at, group) in groups.iter().enumerate() {
        if base_keys.contains_key(&group.key) || after_keys.contains(&group.key) {
            continue;
        }
        let behind = at.checked_sub(1).and_then(|above| {
            next.iter()
                .position(|n| matches!(n, Next::Kept(k) if *k == above))
        });
        next.insert(behind.map_or(next.len(), |n| n + 1), Next::Kept(at));
    }
    lower(lines, groups, &slots, next);
}

/// Takes the items out of the text; `slots` are the places of their headers
/// in what is left, in order.
fn lift(lines: &mut Lines, name: &str) -> (Vec<Group>, Vec<usize>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut slots = Vec::new();
    let mut rest: Vec<Section> = Vec::new();
    for section in std::mem::take(&mut lines.sections) {
        let ours = section.path.first().is_some_and(|first| first == name);
        if ours && section.item && section.path.len() == 1 {
            slots.push(rest.len());
            groups.push(Group {
                key: String::new(),
                sections: vec![section],
            });
        } else if ours && let Some(group) = groups.last_mut() {
            group.sections.push(section);
        } else {
            rest.push(section);
        }
    }
    lines.sections = rest;
    let tables: Vec<Table> = groups.iter().map(known).collect();
    for (group, key) in groups.iter_mut().zip(keys(name, &tables)) {
        group.key = key;
    }
    (groups, slots)
}

/// The plain texts of an item on disk: enough to tell its id.
fn known(group: &Group) -> Table {
    group.sections.first().map(known_of).unwrap_or_default()
}

/// What [`keys`] looks at.
const TELLING: [&str; 8] = ["id", "name", "text", "by", "what", "at", "field", "place"];

/// The same for the section of its header.
pub(in crate::storage) fn known_of(section: &Section) -> Table {
    let texts = section.entries.iter().filter_map(|e| {
        let [key] = e.key.as_slice() else { return None };
        if !TELLING.contains(&key.as_str()) {
            return None;
        }
        let value = DeValue::parse(&e.value).ok()?;
        let text = value.get_ref().as_str()?.to_owned();
        Some((key.clone(), Node::Val(Val::Text(text))))
    });
    Table(texts.collect())
}

/// What each item is matched by: its id as a reader would give it, and for
/// lists without ids what they are about and how many times.
pub(in crate::storage) fn keys(name: &str, tables: &[Table]) -> Vec<String> {
    let about: &[&str] = match name {
        "ranking" => &["by"],
        "waiver" => &["what"],
        "draft" => &["at", "field"],
        "conflict" => &["place"],
        "event" => {
            let given = tables.iter().map(|t| t.text_of("id"));
            return ids::for_events(given);
        }
        _ => {
            let given: Vec<(&str, &str)> = tables
                .iter()
                .map(|t| (t.text_of("id"), ids::text_of(name, |k| t.text_of(k))))
                .collect();
            return ids::assign(&given)
                .into_iter()
                .map(|id| id.as_str().to_owned())
                .collect();
        }
    };
    let mut seen: HashMap<String, usize> = HashMap::new();
    tables
        .iter()
        .map(|t| {
            let texts: Vec<&str> = about.iter().map(|key| t.text_of(key)).collect();
            let text = texts.join("\u{1f}");
            let times = seen.entry(text.clone()).or_default();
            let key = format!("{times} {text}");
            *times += 1;
            key
        })
        .collect()
}

fn fields(section: &mut Section, was: &Table, now: &Table) {
    for key in was.keys() {
        if now.get(key).is_none()
            && let Some(at) = position(section, key)
        {
            remove_entry(section, at);
        }
    }
    let order: Vec<&str> = now.keys().collect();
    for (key, node) in &now.0 {
        let Node::Val(val) = node else { continue };
        let at = position(section, key);
        // An id that was made up for the reader is written down now: it would
        // change with the text it was made from.
        let no_id = key == "id"
            && !at
                .and_then(|at| section.entries.get(at))
                .is_some_and(|e| is(&e.value, val));
        if was.get(key) == Some(node) && !no_id {
            continue;
        }
        match at.and_then(|at| section.entries.get_mut(at)) {
            Some(entry) => set_value(entry, val),
            None => insert(section, &[], key, val, &order),
        }
    }
}

fn position(section: &Section, key: &str) -> Option<usize> {
    section.entries.iter().position(|e| e.key == [key])
}

fn fresh(name: &str, table: &Table) -> Section {
    let mut section = new_section(&[name.to_owned()], true);
    fields(&mut section, &Table::default(), table);
    section
}

/// Puts the items back in their new order: those that stay share the places
/// that they had, new ones stand behind the one before them.
fn lower(lines: &mut Lines, groups: Vec<Group>, slots: &[usize], next: Vec<Next>) {
    let kept: Vec<usize> = next
        .iter()
        .filter_map(|n| match n {
            Next::Kept(at) => Some(*at),
            Next::New(_) => None,
        })
        .collect();
    // Blank lines belong to the place, comments to the item.
    let blanks: Vec<String> = groups
        .iter()
        .map(|g| g.sections.first().map_or("", |s| blank(&s.lead)).to_owned())
        .collect();
    let mut old: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    let mut places: Vec<usize> = kept.clone();
    places.sort_unstable();
    // A place of its own for each that stays; if none does, the first of all.
    let first = slots.first().copied();
    let mut batches: Vec<(Option<usize>, Vec<Section>)> = Vec::new();
    let mut turn = 0;
    let mut waiting: Vec<Section> = Vec::new();
    for item in next {
        match item {
            Next::Kept(at) => {
                let place = places.get(turn).copied().unwrap_or(at);
                turn += 1;
                let mut sections = old
                    .get_mut(at)
                    .and_then(Option::take)
                    .map_or_else(Vec::new, |g| g.sections);
                if place != at
                    && let Some(head) = sections.first_mut()
                {
                    let comment = head.lead.get(blank(&head.lead).len()..).unwrap_or("");
                    head.lead = format!(
                        "{}{comment}",
                        blanks.get(place).map_or("\n", String::as_str)
                    );
                }
                let mut batch = std::mem::take(&mut waiting);
                batch.append(&mut sections);
                batches.push((slots.get(place).copied(), batch));
            }
            Next::New(mut sections) => match batches.last_mut() {
                Some((_, batch)) => batch.append(&mut sections),
                None => waiting.append(&mut sections),
            },
        }
    }
    if !waiting.is_empty() {
        batches.push((first, waiting));
    }
    // Comments that stood apart below an item that went stay in the text.
    for (at, gone) in old.into_iter().enumerate() {
        let trail: String = gone
            .into_iter()
            .flat_map(|g| g.sections)
            .map(|s| s.trail)
            .filter(|trail| !trail.trim().is_empty())
            .collect();
        if !trail.is_empty() {
            let above = slots.get(at).and_then(|slot| slot.checked_sub(1));
            if let Some(section) = above.and_then(|n| lines.sections.get_mut(n)) {
                section.trail.push_str(&trail);
            }
        }
    }
    for (slot, batch) in batches.into_iter().rev() {
        match slot {
            Some(slot) => {
                for section in batch.into_iter().rev() {
                    put(lines, slot, section);
                }
            }
            None => {
                for section in batch {
                    place(lines, section);
                }
            }
        }
    }
}

fn blank(lead: &str) -> &str {
    let end = lead
        .split_inclusive('\n')
        .take_while(|line| line.trim().is_empty())
        .map(str::len)
        .sum();
    lead.get(..end).unwrap_or("")
}

/// `name = [{...}, {...}]` becomes headers, so that items can be changed.
fn open_inline(lines: &mut Lines, name: &str) {
    // Keys without a header are in the first section.
    let Some(section) = lines.sections.first_mut() else {
        return;
    };
    let Some(e) = position(section, name) else {
        return;
    };
    let opened = section
        .entries
        .get(e)
        .filter(|entry| entry.value.starts_with('['))
        .and_then(|entry| inner(&entry.value));
    let Some(opened) = opened else { return };
    let mut comments = opened.comments;
    let tables: Option<Vec<_>> = opened.parts.iter().map(|(_, raw)| inner(raw)).collect();
    let Some(tables) = tables else { return };
    remove_entry(section, e);
    for opened in tables {
        let mut made = new_section(&[name.to_owned()], true);
        made.lead.push_str(&std::mem::take(&mut comments));
        made.entries = opened
            .parts
            .into_iter()
            .map(|(key, value)| written(key, value))
            .collect();
        place(lines, made);
    }
}
