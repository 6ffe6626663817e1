//! A file cut into the parts that people know ("the needs", "the dates"), so
//! that it can be told which of them was changed.

use std::collections::BTreeSet;

use super::mark::{as_json, is_pdf};

/// The parts of a document: what they are called in a sentence, their heading,
/// and the keys of JSON that hold them.
const PARTS: [(&str, &str, &str, &[&str]); 19] = [
    (
        "conflicts",
        "what is not decided",
        "Not decided yet",
        &["conflicts"],
    ),
    (
        "request",
        "the request",
        "The request, word for word",
        &["request"],
    ),
    (
        "customers",
        "who it is for",
        "Who it is for",
        &["customers"],
    ),
    ("meaning", "what it means", "What it means", &["readings"]),
    ("purpose", "what it is good for", "What it is good for", &[]),
    (
        "needs",
        "the needs",
        "The needs, most important first",
        &["needs", "ranked", "rankings"],
    ),
    (
        "solution",
        "what will be made",
        "What will be made",
        &["deliverables"],
    ),
    ("scope", "what is out of scope", "Out of scope", &["out"]),
    ("goals", "the goals", "Goals it serves", &["goals"]),
    ("plan", "the dates", "When", &["plan"]),
    (
        "answers",
        "the other answers",
        "Other answers",
        &["answers"],
    ),
    (
        "assumptions",
        "the assumptions",
        "Assumptions still open",
        &["assumptions"],
    ),
    (
        "questions",
        "the open questions",
        "Open questions",
        &["open_questions"],
    ),
    (
        "waivers",
        "what was waived",
        "Going ahead without",
        &["waivers"],
    ),
    (
        "shortcuts",
        "the shortcuts",
        "Shortcuts still to be put right",
        &["shortcuts"],
    ),
    (
        "agreed",
        "who agreed",
        "Who agreed",
        &["sections", "sign_offs"],
    ),
    ("changed", "what changed since", "What changed since", &[]),
    ("heard", "who heard of it", "Heard, not agreed", &[]),
    ("closing", "the look back", "Looking back", &["closing"]),
];

/// Before the first part: title, how it stands, code.
const HEAD: &str = "head";
/// After the last part: how the file is checked, and the mark.
const FOOT: &str = "foot";

/// A part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// `needs`; of a PDF `page-1`.
    pub id: String,
    /// Its lines, without what mail and editors change.
    pub lines: Vec<String>,
    digest: String,
    /// Of a page: the parts that stand on it.
    pub holds: Vec<String>,
}

impl Piece {
    fn new(id: impl Into<String>, lines: Vec<String>) -> Self {
        let said: Vec<&str> = lines.iter().map(|l| l.trim_end()).collect();
        let said: Vec<&str> = said.into_iter().filter(|l| !l.is_empty()).collect();
        let digest = short_digest(said.join("\n").as_bytes());
        Self {
            id: id.into(),
            lines,
            digest,
            holds: Vec::new(),
        }
    }
}

fn short_digest(bytes: &[u8]) -> String {
    let digest = blake3::hash(bytes).to_hex();
    digest.as_str().chars().take(8).collect()
}

/// How a part is called in a sentence.
pub(super) fn name(id: &str, holds: &[String]) -> String {
    if let Some(number) = id.strip_prefix("page-") {
        let parts: Vec<String> = holds.iter().map(|part| name(part, &[])).collect();
        return match parts.as_slice() {
            [] => format!("page {number}"),
            parts => format!("page {number} ({})", parts.join(", ")),
        };
    }
    match (PARTS.iter().find(|part| part.0 == id), id) {
        (Some((_, words, ..)), _) => (*words).to_owned(),
        (None, "agreement") => "the agreed text".to_owned(),
        (None, HEAD) => "the title and how it stands".to_owned(),
        (None, FOOT) => "the last lines".to_owned(),
        (None, other) => format!("\u{201c}{other}\u{201d}"),
    }
}

/// The parts of a file in the order in which they stand.
pub(super) fn cut(file: &[u8]) -> Vec<Piece> {
    if is_pdf(file) {
        return pages(file);
    }
    let text = String::from_utf8_lossy(file);
    let text = text.trim_start_matches('\u{feff}');
    if as_json(text).is_some() {
        return of_json(text);
    }
    let lines: Vec<String> = text.lines().map(|l| l.trim_end().to_owned()).collect();
    let html = lines.first().is_some_and(|l| l.starts_with("<!DOCTYPE"));
    let mut pieces: Vec<(String, Vec<String>)> = vec![(HEAD.to_owned(), Vec::new())];
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1).map_or("", String::as_str);
        let before = at.checked_sub(1).and_then(|at| lines.get(at));
        let begins = match html {
            true => of_html(line),
            false => of_text(line, next, before.map_or("", String::as_str)),
        };
        if let Some(id) = begins {
            pieces.push((unused(&pieces, id), Vec::new()));
        }
        if let Some((_, lines)) = pieces.last_mut() {
            lines.push(line.clone());
        }
    }
    let pieces = pieces.into_iter();
    pieces.map(|(id, lines)| Piece::new(id, lines)).collect()
}

/// A second part with the same heading was put in by somebody.
fn unused(pieces: &[(String, Vec<String>)], id: String) -> String {
    let taken = |id: &str| pieces.iter().any(|(known, _)| known == id);
    match taken(&id) {
        true => format!("{id}, once more"),
        false => id,
    }
}

fn by_heading(heading: &str) -> String {
    let known = PARTS.iter().find(|part| part.2 == heading);
    known.map_or_else(|| heading.to_owned(), |part| part.0.to_owned())
}

/// Headings of Markdown and of plain text. Nothing that a person wrote looks
/// like the one; in the other, their lines are compared with known headings.
fn of_text(line: &str, next: &str, before: &str) -> Option<String> {
    if let Some(heading) = line.strip_prefix("## ") {
        return Some(by_heading(heading));
    }
    let rule = |line: &str| line.len() >= 3 && line.bytes().all(|b| b == b'-');
    if rule(line) && before.is_empty() {
        return Some(FOOT.to_owned());
    }
    let known = PARTS.iter().any(|part| part.2 == line);
    (rule(next) && known).then(|| by_heading(line))
}

fn of_html(line: &str) -> Option<String> {
    if line == "</main>" {
        return Some(FOOT.to_owned());
    }
    let id = line.strip_prefix("<section aria-labelledby=\"")?;
    id.split('"').next().map(str::to_owned)
}

fn of_json(text: &str) -> Vec<Piece> {
    let Ok(serde_json::Value::Object(object)) = serde_json::from_str(text) else {
        return Vec::new();
    };
    let mut pieces: Vec<(String, Vec<String>)> = Vec::new();
    for (key, value) in &object {
        let known = PARTS.iter().find(|part| part.3.contains(&key.as_str()));
        let id = match (known, key.as_str()) {
            (Some(part), _) => part.0,
            // What the code follows from, word for word.
            (None, "agreement") => "agreement",
            (None, _) => HEAD,
        };
        let value = match value {
            serde_json::Value::String(text) => text.clone(),
            value => serde_json::to_string_pretty(value).unwrap_or_default(),
        };
        let mut lines: Vec<String> = value.lines().map(|l| l.trim().to_owned()).collect();
        if let Some(first) = lines.first_mut() {
            *first = format!("{key}: {first}");
        }
        match pieces.iter_mut().find(|(known, _)| known == id) {
            Some((_, all)) => all.extend(lines),
            None => pieces.push((id.to_owned(), lines)),
        }
    }
    let pieces = pieces.into_iter();
    pieces.map(|(id, lines)| Piece::new(id, lines)).collect()
}

#[cfg(feature = "pdf")]
fn pages(file: &[u8]) -> Vec<Piece> {
    let pages = super::pdf::contents_of_pages(file).into_iter().enumerate();
    pages
        .map(|(at, content)| Piece {
            id: format!("page-{}", at + 1),
            lines: Vec::new(),
            digest: short_digest(&content),
            holds: Vec::new(),
        })
        .collect()
}

/// A build without PDF does not look into one.
#[cfg(not(feature = "pdf"))]
fn pages(_file: &[u8]) -> Vec<Piece> {
    Vec::new()
}

const KEPT: &str = "parts: ";

/// The line to keep with the event of an export: `parts: needs 1a2b3c4d, ...`,
/// of a page with the parts on it: `page-1 1a2b3c4d request+customers`.
pub(super) fn kept(pieces: &[Piece]) -> Vec<String> {
    let one = |piece: &Piece| {
        let Piece {
            id, digest, holds, ..
        } = piece;
        let holds = holds.join("+");
        format!("{id} {digest} {holds}").trim_end().to_owned()
    };
    let all: Vec<String> = pieces.iter().map(one).collect();
    match all.is_empty() {
        true => Vec::new(),
        false => vec![format!("{KEPT}{}", all.join(", "))],
    }
}

/// Reads the lines that were kept, without the texts.
pub(super) fn read(kept: &[String]) -> Vec<Piece> {
    let line = kept.iter().find_map(|line| line.strip_prefix(KEPT));
    let pieces = line.into_iter().flat_map(|line| line.split(", "));
    pieces
        .filter_map(|piece| {
            let mut words = piece.split(' ');
            let (id, digest) = (words.next()?, words.next()?);
            let holds = words.next().into_iter().flat_map(|w| w.split('+'));
            Some(Piece {
                id: id.to_owned(),
                lines: Vec::new(),
                digest: digest.to_owned(),
                holds: holds.map(str::to_owned).collect(),
            })
        })
        .collect()
}

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    Changed,
    Gone,
    Added,
}

/// The parts that differ, in the order of `was`, then those that came.
pub(super) fn differing<'a>(was: &'a [Piece], now: &'a [Piece]) -> Vec<(&'a Piece, Became)> {
    if was.iter().chain(now).any(|p| p.id.starts_with("page-")) {
        return differing_pages(was, now);
    }
    let find = |list: &'a [Piece], id: &str| list.iter().find(|p| p.id == id);
    let mut differing = Vec::new();
    for piece in was {
        match find(now, &piece.id) {
            None => differing.push((piece, Became::Gone)),
            Some(other) if other.digest != piece.digest => {
                differing.push((piece, Became::Changed));
            }
            Some(_) => {}
        }
    }
    let added = now.iter().filter(|piece| find(was, &piece.id).is_none());
    differing.extend(added.map(|piece| (piece, Became::Added)));
    differing
}

/// A program that writes a PDF anew may number its pages in another way, but
/// leaves the contents of those that were not touched as they are.
fn differing_pages<'a>(was: &'a [Piece], now: &'a [Piece]) -> Vec<(&'a Piece, Became)> {
    let there: BTreeSet<&str> = now.iter().map(|p| p.digest.as_str()).collect();
    let known: BTreeSet<&str> = was.iter().map(|p| p.digest.as_str()).collect();
    let gone: Vec<&Piece> = was
        .iter()
        .filter(|p| !there.contains(p.digest.as_str()))
        .collect();
    let new: Vec<&Piece> = now
        .iter()
        .filter(|p| !known.contains(p.digest.as_str()))
        .collect();
    let became = |at: usize| match at < new.len() {
        true => Became::Changed,
        false => Became::Gone,
    };
    let gone_or_changed = gone.iter().enumerate().map(|(at, p)| (*p, became(at)));
    let added = new.iter().skip(gone.len()).map(|p| (*p, Became::Added));
    gone_or_changed.chain(added).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::amended;
    use crate::export::record;

    #[test]
    fn every_part_of_a_document_has_a_name() {
        let source = [
            include_str!("record/want.rs"),
            include_str!("record/work.rs"),
            include_str!("record/open.rs"),
            include_str!("record/yes.rs"),
            include_str!("record/closing.rs"),
        ]
        .join("\n");
        let mut seen = 0;
        for made in source.split("Part::new(\"").skip(1) {
            let (id, rest) = made.split_once('"').unwrap();
            let heading = rest.split('"').nth(1).unwrap();
            let known = PARTS.iter().find(|part| part.0 == id);
            assert_eq!(known.map(|part| part.2), Some(heading), "{id}");
            seen += 1;
        }
        assert_eq!(seen, PARTS.len());
        assert!(record::outline(&amended()).parts.len() > 10);
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let mut pieces = vec![
            Piece::new("needs", vec!["a".into()]),
            Piece::new("page-1", Vec::new()),
        ];
        pieces[1].holds = vec!["needs".into(), "plan".into()];
        let mut read = read(&kept(&pieces));
        read[0].lines = vec!["a".into()];
        assert_eq!(read, pieces);
        assert_eq!(
            name("page-1", &pieces[1].holds),
            "page 1 (the needs, the dates)"
        );
        assert!(super::read(&["needs: a, b".into()]).is_empty());
    }
}
