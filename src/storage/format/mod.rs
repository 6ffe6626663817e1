//! The text of a brief file: read into a [`Brief`], and changed so that
//! nothing else in it moves.

pub(super) mod apply;
mod direct;
pub(super) mod doc;
mod fields;
mod ids;
pub(super) mod items;
pub(super) mod lines;
pub(super) mod names;
pub(super) mod problem;
pub(super) mod read;
mod syntax;
mod value;
mod work;

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeTable;

pub(super) use self::direct::Room;
use self::fields::Reader;
use self::names::Names;
use self::problem::{Problem, whole_file};
use self::read::Raw;
pub(super) use self::syntax::is_marker;
use super::{Broken, Goals, Loaded, Settings};
use crate::domain::brief::FORMAT;
use crate::domain::{Brief, BriefId, Moment};
pub(super) use syntax::CONFLICT_HINT;

const BOM: char = '\u{feff}';

/// Largest file that is read or written, in bytes: 100 MB of TOML took 15 s and
/// 2.7 GB to parse.
pub(super) const LARGEST: usize = 2 * 1024 * 1024;

/// Whether git left two versions in a text, with markers around them; also in
/// the middle of a text of several lines, where the file can still be read.
pub fn has_markers(text: &str) -> bool {
    syntax::conflict(text).is_some()
}

/// Reads a brief. The file's name gives the id; `created` stands in where the
/// file does not say when it was made.
pub(super) fn read(
    path: &Path,
    id: &BriefId,
    text: &str,
    created: Moment,
) -> Result<Loaded, Broken> {
    let (brief, read_only, notes) = read_parts(path, id, text, created)?;
    Ok(Loaded {
        brief: brief.into(),
        text: Arc::from(text),
        read_only,
        notes,
    })
}

/// The brief alone, where nothing else is wanted.
pub(super) fn read_brief(
    path: &Path,
    id: &BriefId,
    text: &str,
    created: Moment,
) -> Result<Brief, Broken> {
    read_parts(path, id, text, created).map(|(brief, ..)| brief)
}

/// The same for a text that is as this program writes it; `None` for any other.
#[cfg(target_os = "linux")]
pub(super) fn read_in_passing(
    text: &str,
    id: &BriefId,
    created: Moment,
    room: &mut Room,
) -> Option<Brief> {
    direct::read(text, id, created, room).map(|raw| raw.brief)
}

/// The brief, why it cannot be changed, and notes.
fn read_parts(
    path: &Path,
    id: &BriefId,
    text: &str,
    created: Moment,
) -> Result<(Brief, Option<String>, Vec<String>), Broken> {
    let plain = plain(text);
    let (raw, problems, mut notes) = parse(&plain, id, created).map_err(|problem| {
        let mut broken = problem.broken(path, &plain, 0);
        if let Some(format) = newer_format(&plain) {
            broken.summary = format!("{}; {}", newer(format), broken.summary);
            broken.hint = UPDATE.to_owned();
        }
        broken
    })?;
    let brief = raw.brief;
    if brief.format > FORMAT {
        let read_only = Some(format!("{}; {UPDATE}", newer(brief.format)));
        if !problems.is_empty() {
            notes.push("parts of it could not be read and are not shown".to_owned());
        }
        return Ok((brief, read_only, notes));
    }
    if let Some(first) = problems.first() {
        return Err(first.broken(path, &plain, problems.len() - 1));
    }
    if let Some(other) = raw.id.filter(|other| other != id.as_str()) {
        notes.push(
            crate::domain::text::line(&format!(
                "the file says that its id is `{other}`; its name, `{id}`, is what counts"
            ))
            .into_owned(),
        );
    }
    Ok((brief, None, notes))
}

/// The id that a text claims, where it is not the one of its file.
pub(super) fn other_id(text: &str, id: &BriefId) -> Option<String> {
    let (raw, ..) = parse(&plain(text), id, Moment::default()).ok()?;
    let other = raw.id.filter(|other| other != id.as_str())?;
    Some(crate::domain::text::line(&other).into_owned())
}

/// The text with the id of its file in the line of the other; `None` where there
/// is no such line.
pub(super) fn with_id(text: &str, id: &BriefId) -> Option<String> {
    let mut changed = String::with_capacity(text.len());
    let mut is_done = false;
    for line in text.split_inclusive('\n') {
        let key = line.split('=').next().unwrap_or_default().trim();
        if !is_done && key == "id" {
            let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
            changed.push_str(&format!("id = \"{id}\"{end}"));
            is_done = true;
        } else {
            changed.push_str(line);
        }
        if line.starts_with('[') && !is_done {
            return None;
        }
    }
    (is_done && other_id(&changed, id).is_none()).then_some(changed)
}

const UPDATE: &str = "a newer askfirst is needed to change it";

fn newer(format: i64) -> String {
    format!("it is written in format {format}, and this version knows {FORMAT}")
}

/// The format of a text that may be no TOML of this version.
fn newer_format(text: &str) -> Option<i64> {
    text.lines()
        .take_while(|line| !line.trim_start().starts_with('['))
        .find_map(|line| line.trim().strip_prefix("format")?.trim().strip_prefix('='))
        .and_then(|number| number.split('#').next()?.trim().parse().ok())
        .filter(|format| *format > FORMAT)
}

/// Reads a text with `\n` line ends: the brief, what is wrong with its
/// values, and notes. `Err` where it is no TOML at all.
pub(super) fn parse(
    text: &str,
    id: &BriefId,
    created: Moment,
) -> Result<(Raw, Vec<Problem>, Vec<String>), Problem> {
    // Nearly all files, for which it takes a fraction of the time.
    if let Some(raw) = direct::read(text, id, created, &mut Room::default()) {
        return Ok((raw, Vec::new(), Vec::new()));
    }
    parse_any(text, id, created)
}

/// The same for any TOML.
fn parse_any(
    text: &str,
    id: &BriefId,
    created: Moment,
) -> Result<(Raw, Vec<Problem>, Vec<String>), Problem> {
    Ok(Parsed::of(text)?.read(id, created, false))
}

/// A text that is TOML, to be read once or twice.
pub(super) struct Parsed<'t> {
    text: &'t str,
    root: Spanned<DeTable<'t>>,
}

impl<'t> Parsed<'t> {
    /// Parses a text with `\n` line ends.
    pub fn of(text: &'t str) -> Result<Self, Problem> {
        match DeTable::parse(text) {
            Ok(root) => Ok(Self { text, root }),
            Err(error) => Err(syntax::explain(text, &error)),
        }
    }

    /// As [`parse`]; `by_name` lets names of customers stand for their ids.
    pub fn read(
        &self,
        id: &BriefId,
        created: Moment,
        by_name: bool,
    ) -> (Raw, Vec<Problem>, Vec<String>) {
        let mut reader = Reader::new(self.text);
        let root = self.root.get_ref();
        let raw = read::brief(&mut reader, root, id.clone(), created, by_name);
        read::conflict_note(&mut reader);
        reader.problems.sort_by_key(|problem| problem.span.start);
        (raw, reader.problems, reader.notes)
    }
}

/// The text of a new brief.
pub(super) fn write_new(brief: &Brief) -> String {
    let empty = doc::Table::default();
    apply::apply(&empty, &doc::of_brief(brief), "").unwrap_or_default()
}

/// Whether keys that a file should have are added to it in passing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Adopt {
    Yes,
    /// Also what items have only by default: a file that just arrived.
    All,
    /// The text is an earlier one that has to come back as it was.
    No,
}

/// `text`, which held `before`, with the differences to `after` in it.
pub(super) fn write(text: &str, before: &Brief, after: &Brief, adopt: Adopt) -> String {
    let plain = plain(text);
    let mut base = doc::of_brief(before);
    let now = doc::of_brief(after);
    if adopt == Adopt::All {
        for key in ["id", "basis"] {
            base.remove_everywhere(key);
        }
    }
    if adopt != Adopt::No && base != now {
        for key in missing(&plain, after) {
            base.remove(key);
        }
    }
    let changed = apply::apply(&base, &now, &plain);
    let changed = match changed {
        Some(changed) if holds(&changed, after) => changed,
        other => {
            // The words of the user weigh more than the comments of the file.
            let fresh = write_new(after);
            let better = holds(&fresh, after);
            debug_assert!(!better, "the differences were not written as they are");
            match other {
                Some(changed) if !better => changed,
                _ => fresh,
            }
        }
    };
    like(text, &plain, &changed)
}

/// The keys that every brief should have and this text lacks.
fn missing(text: &str, after: &Brief) -> Vec<&'static str> {
    // They stand above all headers. What only seems to be one, in the middle of a
    // value, leaves no TOML.
    let end = memchr::memmem::find(text.as_bytes(), b"\n[").map(|at| at + 1);
    let above = end.and_then(|end| text.get(..end));
    let of = |text| parse(text, &after.id, after.created).ok();
    let Some((raw, ..)) = above.and_then(of).or_else(|| of(text)) else {
        return Vec::new();
    };
    let has = [
        ("format", raw.format.is_some()),
        ("id", raw.id.as_deref() == Some(after.id.as_str())),
        ("created", raw.has_created),
    ];
    has.into_iter()
        .filter(|(_, has)| !has)
        .map(|(key, _)| key)
        .collect()
}

/// Whether a text reads as the brief, the order of answers aside.
pub(super) fn holds(text: &str, brief: &Brief) -> bool {
    parse(text, &brief.id, brief.created)
        .is_ok_and(|(raw, problems, _)| problems.is_empty() && same(&raw.brief, brief))
}

/// Equal, whatever the order of the answers.
pub(super) fn same(a: &Brief, b: &Brief) -> bool {
    // Nearly always, and nothing has to be put in order.
    if a == b {
        return true;
    }
    let sorted = |brief: &Brief| {
        let mut brief = brief.clone();
        let mut answers: Vec<_> = brief
            .answers
            .iter()
            .map(|(id, a)| (id.to_owned(), a.clone()))
            .collect();
        answers.sort_by(|(a, _), (b, _)| a.cmp(b));
        brief.answers = answers.into_iter().collect();
        brief
    };
    sorted(a) == sorted(b)
}

/// Without byte-order marks, of which two programs may each have put one, and with
/// `\n` at the end of each line.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let text = text.trim_start_matches(BOM);
    match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => text.replace("\r\n", "\n").into(),
        None => text.into(),
    }
}

/// `changed` with the byte-order marks and line ends of `original`, whose
/// plain form is `plain`.
pub(super) fn like(original: &str, plain: &str, changed: &str) -> String {
    let body = original.trim_start_matches(BOM);
    let marks = original.strip_suffix(body).unwrap_or_default();
    let crlf = body.matches("\r\n").count();
    let text = if crlf == 0 {
        changed.to_owned()
    } else if crlf == body.matches('\n').count() {
        changed.replace('\n', "\r\n")
    } else {
        mixed(body, plain, changed)
    };
    format!("{marks}{text}")
}

/// Line ends of both kinds: lines that stay keep theirs.
fn mixed(body: &str, plain: &str, changed: &str) -> String {
    let old: Vec<&str> = body.split_inclusive('\n').collect();
    let diff = similar::TextDiff::from_lines(plain, changed);
    let mut text = String::with_capacity(changed.len());
    for change in diff.iter_all_changes() {
        match (change.tag(), change.old_index().and_then(|n| old.get(n))) {
            (similar::ChangeTag::Delete, _) => {}
            (similar::ChangeTag::Equal, Some(line)) => text.push_str(line),
            _ => text.push_str(change.value()),
        }
    }
    text
}

/// Reads the settings.
pub(super) fn read_settings(path: &Path, text: &str) -> Result<Settings, Broken> {
    let plain = plain(text);
    let root = DeTable::parse(&plain)
        .map_err(|error| syntax::explain(&plain, &error).broken(path, &plain, 0))?;
    let mut reader = Reader::new(&plain);
    let settings = Settings {
        name: reader.text(root.get_ref(), "name"),
        work: work::read(&mut reader, root.get_ref()),
        allowed_signers: reader.text(root.get_ref(), "allowed_signers"),
        revoked_signers: reader.text(root.get_ref(), "revoked_signers"),
    };
    match reader.problems.first() {
        Some(first) => Err(first.broken(path, &plain, reader.problems.len() - 1)),
        None => Ok(settings),
    }
}

/// The settings with the differences between two of them in it.
pub(super) fn write_settings(
    path: &Path,
    text: &str,
    before: &Settings,
    after: &Settings,
) -> Result<String, Broken> {
    let plain = plain(text);
    apply::apply(&doc::of_settings(before), &doc::of_settings(after), &plain)
        .map(|changed| like(text, &plain, &changed))
        .ok_or_else(|| whole_file(path, "it is no TOML", "mend it in an editor first"))
}

/// Reads the goals list.
pub(super) fn read_goals(path: &Path, text: &str) -> Result<Goals, Broken> {
    let plain = plain(text);
    let root = DeTable::parse(&plain)
        .map_err(|error| syntax::explain(&plain, &error).broken(path, &plain, 0))?;
    let mut reader = Reader::new(&plain);
    let goals = read::goals(&mut reader, root.get_ref());
    let drafts = read::drafts(&mut reader, root.get_ref(), &mut Names::default());
    if let Some(first) = reader.problems.first() {
        return Err(first.broken(path, &plain, reader.problems.len() - 1));
    }
    Ok(Goals {
        goals,
        drafts,
        text: Arc::from(text),
    })
}

/// The goals list with the differences between two lists in it.
pub(super) fn write_goals(
    path: &Path,
    text: &str,
    before: &Goals,
    after: &Goals,
) -> Result<String, Broken> {
    let plain = plain(text);
    apply::apply(&doc::of_goals(before), &doc::of_goals(after), &plain)
        .map(|changed| like(text, &plain, &changed))
        .ok_or_else(|| {
            whole_file(
                path,
                "the goals list is no TOML",
                "mend it in an editor first",
            )
        })
}

#[cfg(test)]
pub(super) mod tests;
