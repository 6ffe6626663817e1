//! Differences between two documents, written into the text of a third: the
//! text keeps everything that the two do not differ in. With the common
//! ancestor, their version and our text this is a merge.

use std::collections::HashSet;

use super::doc::{Node, Table, Val};
use super::items;
use super::lines::{Entry, Lines, Section, inner};
use super::value;

/// Top-level keys in the order in which a new file has them.
const ORDER: [&str; 16] = [
    "request",
    "customer",
    "reading",
    "answer",
    "need",
    "ranking",
    "goal",
    "deliverable",
    "scope",
    "plan",
    "walk",
    "draft",
    "waiver",
    "shortcut",
    "conflict",
    "event",
];

/// Writes what differs between `base` and `after` into `text`, which has `\n`
/// at its line ends. `None` when `text` is no TOML.
pub(in crate::storage) fn apply(base: &Table, after: &Table, text: &str) -> Option<String> {
    if base == after {
        return Some(text.to_owned());
    }
    let ended = text.is_empty() || text.ends_with('\n');
    let whole = if ended {
        text.to_owned()
    } else {
        format!("{text}\n")
    };
    let mut lines = Lines::parse(&whole)?;
    table(&mut lines, &[], base, after);
    let mut changed = lines.text();
    // A file without a last line break keeps its way where its end is kept.
    let last = |t: &str| {
        t.trim_end_matches('\n')
            .rsplit('\n')
            .next()
            .map(str::to_owned)
    };
    if !ended && last(&changed) == last(&whole) && changed.ends_with('\n') {
        changed.pop();
    }
    Some(changed)
}

fn table(lines: &mut Lines, path: &[String], base: &Table, after: &Table) {
    for (key, was) in &base.0 {
        if after.get(key).is_some() {
            continue;
        }
        match was {
            Node::Val(_) => remove_key(lines, path, key),
            Node::Table(_) => remove_table(lines, &join(path, key)),
            Node::Items(was) => items::change(lines, key, was, &[]),
        }
    }
    let order: Vec<&str> = after.keys().collect();
    for (key, now) in &after.0 {
        let was = base.get(key);
        if was == Some(now) {
            continue;
        }
        match (was, now) {
            (_, Node::Val(val)) => set_key(lines, path, key, val, &order),
            (Some(Node::Table(was)), Node::Table(now)) => {
                table(lines, &join(path, key), was, now);
            }
            (_, Node::Table(now)) => table(lines, &join(path, key), &Table::default(), now),
            (Some(Node::Items(was)), Node::Items(now)) => items::change(lines, key, was, now),
            (_, Node::Items(now)) => items::change(lines, key, &[], now),
        }
    }
    if !path.is_empty() && !base.0.is_empty() {
        drop_if_empty(lines, path);
    }
}

fn join(path: &[String], key: &str) -> Vec<String> {
    let mut path = path.to_vec();
    path.push(key.to_owned());
    path
}

/// Whether a section is (part of) an item of an array of tables that has begun by then.
pub(super) fn is_in_item(sections: &[Section], at: usize) -> bool {
    let Some(section) = sections.get(at) else {
        return false;
    };
    let mut so_far = sections.iter().take(at + 1);
    so_far.any(|other| other.item && section.path.starts_with(&other.path))
}

/// The same for each section, of which there may be many.
fn in_items(sections: &[Section]) -> Vec<bool> {
    let mut arrays: HashSet<&[String]> = HashSet::new();
    let is_inside = sections.iter().map(|s| {
        if s.item {
            arrays.insert(&s.path);
        }
        (1..=s.path.len()).any(|n| s.path.get(..n).is_some_and(|p| arrays.contains(p)))
    });
    is_inside.collect()
}

/// The first of some sections outside arrays of tables that is looked for.
fn find_section(sections: &[Section], is_it: impl Fn(&Section) -> bool) -> Option<usize> {
    // The second is known in less time for one than for all.
    (0..sections.len())
        .find(|at| sections.get(*at).is_some_and(&is_it) && !is_in_item(sections, *at))
}

/// Section and entry of a key outside arrays of tables.
fn find(lines: &Lines, full: &[String]) -> Option<(usize, usize)> {
    lines.sections.iter().enumerate().find_map(|(s, section)| {
        let rest = full.strip_prefix(section.path.as_slice())?;
        let e = section.entries.iter().position(|e| e.key == rest)?;
        (!is_in_item(&lines.sections, s)).then_some((s, e))
    })
}

fn set_key(lines: &mut Lines, path: &[String], key: &str, val: &Val, order: &[&str]) {
    open_inline(lines, path);
    let full = join(path, key);
    if let Some((s, e)) = find(lines, &full) {
        if let Some(entry) = lines.sections.get_mut(s).and_then(|s| s.entries.get_mut(e)) {
            set_value(entry, val);
        }
        return;
    }
    let own = find_section(&lines.sections, |s| s.path == path && !s.item);
    if let Some(section) = own.and_then(|s| lines.sections.get_mut(s)) {
        insert(section, &[], key, val, order);
        return;
    }
    // A table made of dotted keys cannot have a header as well.
    let dotted = find_section(&lines.sections, |s| {
        let rest = path.strip_prefix(s.path.as_slice());
        rest.is_some_and(|rest| {
            !rest.is_empty() && s.entries.iter().any(|e| e.key.starts_with(rest))
        })
    });
    if let Some(section) = dotted.and_then(|s| lines.sections.get_mut(s)) {
        let rest = path.get(section.path.len()..).unwrap_or(&[]).to_vec();
        insert(section, &rest, key, val, order);
        return;
    }
    let mut section = new_section(path, false);
    insert(&mut section, &[], key, val, order);
    place(lines, section);
}

/// Puts another value behind the `=`; what else is in the line stays.
pub(super) fn set_value(entry: &mut Entry, val: &Val) {
    if value::is(&entry.value, val) {
        return;
    }
    let kept = match val {
        Val::Texts(texts) => value::change_list(&entry.value, texts),
        _ => None,
    };
    entry.value = kept.unwrap_or_else(|| value::write(val));
}

/// Adds a key behind the nearest one that comes before it in `order`.
/// `prefix` is the dotted part before the key.
pub(super) fn insert(
    section: &mut Section,
    prefix: &[String],
    key: &str,
    val: &Val,
    order: &[&str],
) {
    let own = |e: &Entry| {
        e.key
            .strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1)
    };
    let before: Vec<&str> = order.iter().take_while(|k| **k != key).copied().collect();
    let behind = before.iter().rev().find_map(|k| {
        section
            .entries
            .iter()
            .rposition(|e| own(e) && e.key.last().is_some_and(|last| last == k))
    });
    let at = match behind {
        Some(at) => at + 1,
        None => section
            .entries
            .iter()
            .position(|e| e.key.starts_with(prefix))
            .unwrap_or(section.entries.len()),
    };
    let indent: String = section
        .entries
        .first()
        .map(|e| {
            e.before
                .chars()
                .take_while(|c| matches!(c, ' ' | '\t'))
                .collect()
        })
        .unwrap_or_default();
    let mut name: Vec<String> = prefix.iter().map(|part| value::key(part)).collect();
    name.push(value::key(key));
    let entry = Entry {
        lead: String::new(),
        key: join(prefix, key),
        before: format!("{indent}{} = ", name.join(".")),
        value: value::write(val),
        after: "\n".to_owned(),
    };
    section.entries.insert(at, entry);
}

fn remove_key(lines: &mut Lines, path: &[String], key: &str) {
    open_inline(lines, path);
    let full = join(path, key);
    if let Some((s, e)) = find(lines, &full)
        && let Some(section) = lines.sections.get_mut(s)
    {
        remove_entry(section, e);
    }
}

/// Takes a key away and leaves the comments that were around it.
pub(super) fn remove_entry(section: &mut Section, at: usize) {
    if at >= section.entries.len() {
        return;
    }
    let gone = section.entries.remove(at);
    let mut kept = gone.lead;
    let comment = gone.after.trim();
    if !comment.is_empty() {
        kept.push_str(comment);
        kept.push('\n');
    }
    match section.entries.get_mut(at) {
        Some(next) => next.lead.insert_str(0, &kept),
        None => section.trail.insert_str(0, &kept),
    }
}

/// Takes a table away with all that is in it.
fn remove_table(lines: &mut Lines, path: &[String]) {
    open_inline(lines, path);
    let inside = in_items(&lines.sections);
    let all = std::mem::take(&mut lines.sections);
    for (section, inside) in all.into_iter().zip(inside) {
        if inside || !section.path.starts_with(path) {
            lines.sections.push(section);
        } else if !section.trail.trim().is_empty()
            && let Some(above) = lines.sections.last_mut()
        {
            above.trail.push_str(&section.trail);
        }
    }
    let inside = in_items(&lines.sections);
    for (section, inside) in lines.sections.iter_mut().zip(inside) {
        let Some(rest) = path.strip_prefix(section.path.as_slice()) else {
            continue;
        };
        if !inside && !rest.is_empty() {
            let rest = rest.to_vec();
            section.entries.retain(|e| !e.key.starts_with(&rest));
        }
    }
}

/// A header whose last key went goes too, unless it holds anything else.
fn drop_if_empty(lines: &mut Lines, path: &[String]) {
    let at = find_section(&lines.sections, |s| s.path == path);
    let Some(at) = at else { return };
    let empty = lines.sections.get(at).is_some_and(|s| {
        s.entries.is_empty()
            && s.trail.trim().is_empty()
            && s.lead.trim().is_empty()
            && !s.header.contains('#')
    });
    let parent = lines.sections.iter().filter(|s| s.path.starts_with(path));
    if empty && parent.count() == 1 {
        lines.sections.remove(at);
    }
}

/// Turns inline tables on the way to `path` into headers, so that a key can
/// be changed by itself.
fn open_inline(lines: &mut Lines, path: &[String]) {
    for n in 1..=path.len() {
        let Some(part) = path.get(..n) else { return };
        let Some((s, e)) = find(lines, part) else {
            continue;
        };
        let Some(section) = lines.sections.get_mut(s) else {
            continue;
        };
        let opened = section
            .entries
            .get(e)
            .filter(|entry| entry.value.starts_with('{'))
            .and_then(|entry| inner(&entry.value));
        let Some(opened) = opened else { continue };
        let gone = section.entries.remove(e);
        // Below a header of its own a comment may stand; its place is above.
        let mut made = new_section(part, false);
        made.lead.push_str(gone.lead.trim_start_matches('\n'));
        let comment = gone.after.trim();
        if !comment.is_empty() {
            made.header = format!("{} {comment}\n", made.header.trim_end());
        }
        made.lead.push_str(&opened.comments);
        made.entries = opened
            .parts
            .into_iter()
            .map(|(key, value)| written(key, value))
            .collect();
        place(lines, made);
    }
}

/// An entry from a value as it was written elsewhere.
pub(super) fn written(key: Vec<String>, value: String) -> Entry {
    let name: Vec<String> = key.iter().map(|part| value::key(part)).collect();
    Entry {
        lead: String::new(),
        before: format!("{} = ", name.join(".")),
        key,
        value,
        after: "\n".to_owned(),
    }
}

/// A header without keys.
pub(super) fn new_section(path: &[String], item: bool) -> Section {
    let name: Vec<String> = path.iter().map(|part| value::key(part)).collect();
    let name = name.join(".");
    Section {
        lead: "\n".to_owned(),
        header: if item {
            format!("[[{name}]]\n")
        } else {
            format!("[{name}]\n")
        },
        path: path.to_vec(),
        item,
        ..Section::default()
    }
}

/// Puts a new section behind the last one that comes before it in a new file.
pub(in crate::storage) fn place(lines: &mut Lines, section: Section) {
    let rank = |s: &Section| match s.path.first() {
        None => Some(0),
        Some(first) => ORDER.iter().position(|k| k == first).map(|n| n + 1),
    };
    let own = rank(&section).unwrap_or(ORDER.len());
    let at = lines
        .sections
        .iter()
        .rposition(|s| rank(s).is_some_and(|r| r <= own))
        .map_or(lines.sections.len(), |n| n + 1);
    put(lines, at, section);
}

/// Inserts a section; a blank line stands above it except at the very top.
pub(super) fn put(lines: &mut Lines, at: usize, mut section: Section) {
    let at = at.clamp(1, lines.sections.len().max(1));
    let top = at == 1
        && lines.head.is_empty()
        && lines
            .sections
            .first()
            .is_none_or(|root| root.entries.is_empty() && root.trail.is_empty());
    if top {
        section.lead = section.lead.trim_start_matches('\n').to_owned();
        if let Some(next) = lines.sections.get_mut(1)
            && !next.lead.starts_with('\n')
        {
            next.lead.insert(0, '\n');
        }
    }
    lines.sections.insert(at, section);
}
