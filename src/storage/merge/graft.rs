//! What only people write into a file, carried over from the other side:
//! comments, and keys that this version does not know.

use std::collections::HashMap;

use super::super::format::apply::place;
use super::super::format::doc::{Node, Table};
use super::super::format::items::{keys, known_of};
use super::super::format::lines::{Entry, Lines, Section};

/// A section as both sides know it: its path, and which item of a list it is.
type Address = (Vec<String>, Option<String>);

/// Puts into `merged` what `theirs` holds beyond `base` and beyond `known`,
/// the keys that were merged by meaning. `None` where one is no TOML.
pub(super) fn graft(base: &str, theirs: &str, known: &Table, merged: &str) -> Option<String> {
    let (base, theirs) = (Lines::parse(base)?, Lines::parse(theirs)?);
    let mut merged = Lines::parse(merged)?;
    let mut old = comments(&base);
    let here = comments(&merged);
    let mut is_new = move |line: &str| {
        // Each as often as the base has it; a second one of the same is new.
        match old.get_mut(line) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => !here.contains_key(line),
        }
    };
    let mut news = |text: &str| -> String {
        let lines = text
            .lines()
            .filter(|line| line.trim_start().starts_with('#'));
        let new = lines.filter(|line| is_new(line.trim()));
        new.map(|line| format!("{}\n", line.trim_end())).collect()
    };
    let was: HashMap<Address, &Section> =
        addresses(&base).into_iter().zip(&base.sections).collect();
    let head = news(&theirs.head);
    merged.head = format!("{head}{}", merged.head);
    for (address, section) in addresses(&theirs).into_iter().zip(&theirs.sections) {
        let mut extra: Vec<Entry> = Vec::new();
        let mut lead = news(&section.lead) + &news(behind(&section.header));
        for entry in &section.entries {
            let about = news(&entry.lead) + &news(behind(&entry.after));
            let before = was.get(&address).and_then(|s| value_of(s, &entry.key));
            if is_known(known, &address, &entry.key) || before == Some(&entry.value) {
                lead.push_str(&about);
            } else {
                let mut entry = entry.clone();
                entry.lead = about;
                extra.push(entry);
            }
        }
        let trail = news(&section.trail);
        let at = addresses(&merged).iter().position(|a| *a == address);
        match at.and_then(|at| merged.sections.get_mut(at)) {
            Some(target) => add(target, &lead, extra, &trail),
            None if lead.is_empty() && extra.is_empty() && trail.is_empty() => {}
            // An item that is gone keeps no place for what was said about it.
            None if address.1.is_some() => {
                let end = merged.sections.last_mut()?;
                end.trail.push_str(&(lead + &trail));
                for entry in extra {
                    let line = [entry.lead, entry.before, entry.value].concat();
                    let lines = line.lines().map(|l| format!("# {l}\n"));
                    end.trail.extend(lines);
                }
            }
            None => {
                let mut fresh = section.clone();
                fresh.entries = Vec::new();
                fresh.lead = "\n".to_owned();
                fresh.trail = String::new();
                add(&mut fresh, &lead, extra, &trail);
                place(&mut merged, fresh);
            }
        }
    }
    Some(merged.text())
}

fn add(target: &mut Section, lead: &str, extra: Vec<Entry>, trail: &str) {
    // The comments of the first section stand at its first key.
    let above = match target
        .entries
        .first_mut()
        .filter(|_| target.header.is_empty())
    {
        Some(first) => &mut first.lead,
        None => &mut target.lead,
    };
    above.push_str(lead);
    for entry in extra {
        match value_of(target, &entry.key) {
            // Both wrote a key of their own: of two values the same one stays
            // whose turn it is, the other is kept beside it.
            Some(mine) if *mine != entry.value => {
                let (stays, goes) = match *mine <= entry.value {
                    true => (mine.clone(), entry.value.clone()),
                    false => (entry.value.clone(), mine.clone()),
                };
                let key = entry.key.join(".");
                if let Some(own) = target.entries.iter_mut().find(|e| e.key == entry.key) {
                    own.value = stays;
                    for line in goes.lines() {
                        own.lead
                            .push_str(&format!("# {key}, the other version: {line}\n"));
                    }
                }
            }
            Some(_) => {}
            None => target.entries.push(entry),
        }
    }
    target.trail.push_str(trail);
}

fn value_of<'a>(section: &'a Section, key: &[String]) -> Option<&'a String> {
    section
        .entries
        .iter()
        .find(|e| e.key == key)
        .map(|e| &e.value)
}

/// The comment at the end of a line.
fn behind(line: &str) -> &str {
    line.find('#').map_or("", |at| line.get(at..).unwrap_or(""))
}

fn comments(lines: &Lines) -> HashMap<String, usize> {
    let mut all = HashMap::new();
    let mut note = |text: &str| {
        for line in text.lines().map(str::trim).filter(|l| l.starts_with('#')) {
            *all.entry(line.to_owned()).or_insert(0) += 1;
        }
    };
    note(&lines.head);
    for section in &lines.sections {
        note(&section.lead);
        note(behind(&section.header));
        note(&section.trail);
        for entry in &section.entries {
            note(&entry.lead);
            note(behind(&entry.after));
        }
    }
    all
}

fn addresses(lines: &Lines) -> Vec<Address> {
    let mut items: HashMap<&str, Vec<&Section>> = HashMap::new();
    for section in lines
        .sections
        .iter()
        .filter(|s| s.item && s.path.len() == 1)
    {
        if let Some(name) = section.path.first() {
            items.entry(name).or_default().push(section);
        }
    }
    let keys: HashMap<&str, Vec<String>> = items
        .iter()
        .map(|(name, sections)| {
            let tables: Vec<Table> = sections.iter().map(|s| known_of(s)).collect();
            (*name, keys(name, &tables))
        })
        .collect();
    let mut turn: HashMap<&str, usize> = HashMap::new();
    let mut last: HashMap<&str, String> = HashMap::new();
    lines
        .sections
        .iter()
        .map(|section| {
            let Some(name) = section.path.first().map(String::as_str) else {
                return (Vec::new(), None);
            };
            if section.item && section.path.len() == 1 {
                let at = turn.entry(name).or_insert(0);
                let key = keys.get(name).and_then(|k| k.get(*at)).cloned();
                *at += 1;
                last.insert(name, key.clone().unwrap_or_default());
            }
            (section.path.clone(), last.get(name).cloned())
        })
        .collect()
}

/// Whether a key was merged by meaning.
fn is_known(known: &Table, (path, item): &Address, key: &[String]) -> bool {
    let full: Vec<&String> = path.iter().chain(key).collect();
    let Some(first) = full.first() else {
        return false;
    };
    match (known.get(first), item) {
        (Some(Node::Items(items)), Some(item)) => {
            let all = keys(first, items);
            let table = all
                .iter()
                .position(|k| k == item)
                .and_then(|at| items.get(at));
            full.get(1)
                .is_some_and(|key| table.is_some_and(|t| t.get(key).is_some()))
        }
        (Some(Node::Items(_)), None) => full.len() == 1,
        (Some(Node::Table(table)), _) => within(table, full.get(1..).unwrap_or_default()),
        (Some(Node::Val(_)), _) => full.len() == 1,
        (None, _) => false,
    }
}

fn within(table: &Table, path: &[&String]) -> bool {
    match path {
        [] => true,
        [key, rest @ ..] => match table.get(key) {
            Some(Node::Table(inner)) => within(inner, rest),
            Some(_) => rest.is_empty(),
            None => false,
        },
    }
}
