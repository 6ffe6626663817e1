//! Whether a file still is what was exported, and if not, which part of it was
//! changed.

use similar::{ChangeTag, TextDiff};

use super::parts::{self, Became, Piece};
use super::{Format, Mark, Verdict, mark, render};
use crate::domain::{Agreement, Brief, Code, Event, EventKind, Stage, sign_off};

/// What is known of an altered file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Altered {
    /// The parts that are not as they were, in the order of the document.
    pub parts: Vec<AlteredPart>,
    pub against: Against,
}

/// What a file was compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// With what was exported.
    Export,
    /// With what an export would be today, because what was exported is not
    /// known any more. The brief may have changed in those parts as well.
    Today,
    /// Nothing could be compared.
    Nothing,
}

/// A part of a file that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlteredPart {
    /// `needs`, `page-1`, or the heading that somebody put in.
    pub id: String,
    /// `the needs`, `page 1 (the request, who it is for)`.
    pub name: String,
    pub became: Became,
    /// The lines that were in the export and are not in the file, and those
    /// that came; empty where the export is not known word for word.
    pub removed: Vec<String>,
    pub added: Vec<String>,
}

pub(super) fn verify(file: &[u8], mark: &Mark, brief: &Brief) -> Verdict {
    let code = Code::parse(&mark.code).ok();
    let digest = mark::digest(file);
    let of_code: Vec<(usize, &Event)> = brief
        .events
        .iter()
        .enumerate()
        .filter(|(_, e)| e.kind == EventKind::Exported)
        .filter(|(_, e)| code.is_some() && Code::parse(&e.code).ok() == code)
        .collect();
    if of_code.is_empty() {
        return Verdict::Unknown;
    }
    if !of_code
        .iter()
        .any(|(_, e)| e.digest.eq_ignore_ascii_case(&digest))
    {
        return Verdict::Altered(altered(file, mark, brief, &of_code));
    }
    let today = Agreement::of(brief);
    if Some(today.code()) == code {
        return Verdict::Exact;
    }
    let changed = sign_off::versions(brief)
        .into_iter()
        .find(|v| Code::parse(&v.code).ok() == code)
        .map_or_else(Vec::new, |v| v.agreement.differences(&today));
    Verdict::ExactButOlder {
        today: today.code().to_string(),
        changed,
    }
}

/// Of several exports, the file was made from the one that it is most like.
fn altered(file: &[u8], mark: &Mark, brief: &Brief, of_code: &[(usize, &Event)]) -> Altered {
    let now = parts::cut(file);
    let mut best: Option<Altered> = None;
    for (at, event) in of_code.iter().rev() {
        if event.format != mark.format {
            continue;
        }
        let baseline = as_it_was(brief, *at, event);
        let was = match &baseline {
            Some(pieces) => pieces.clone(),
            None => parts::read(&event.shown),
        };
        if was.is_empty() || now.is_empty() {
            continue;
        }
        let found = compared(&was, &now, Against::Export);
        if best
            .as_ref()
            .is_none_or(|b| found.parts.len() < b.parts.len())
        {
            best = Some(found);
        }
    }
    best.or_else(|| against_today(mark, brief, &now))
        .unwrap_or(Altered {
            parts: Vec::new(),
            against: Against::Nothing,
        })
}

/// What was exported, made once more: from the brief as it is, with what had
/// happened until then. Only its digest says whether that is what it was.
fn as_it_was(brief: &Brief, at: usize, event: &Event) -> Option<Vec<Piece>> {
    let mut then = brief.clone();
    then.events.truncate(at);
    let made = |brief: &Brief| {
        let formats = Format::offered().filter(|f| f.word() == event.format);
        let documents = formats.filter_map(|format| render(brief, format).ok());
        documents
            .filter(|made| mark::digest(&made.bytes).eq_ignore_ascii_case(&event.digest))
            .last()
    };
    // The stage of that time is not written down, and there are few.
    let stages = Stage::WORDS.iter().map(|word| Stage::from_word(word));
    let document = made(&then).or_else(|| made(brief)).or_else(|| {
        stages.into_iter().find_map(|stage| {
            then.stage = stage;
            made(&then)
        })
    })?;
    let mut pieces = parts::cut(&document.bytes);
    // Which parts stand on which page is not in the file.
    for (piece, kept) in pieces.iter_mut().zip(parts::read(&document.parts)) {
        piece.holds = kept.holds;
    }
    Some(pieces)
}

fn against_today(mark: &Mark, brief: &Brief, now: &[Piece]) -> Option<Altered> {
    if now.is_empty() {
        return None;
    }
    let format = Format::offered().find(|f| f.word() == mark.format)?;
    let document = render(brief, format).ok()?;
    let was = parts::cut(&document.bytes);
    Some(compared(&was, now, Against::Today))
}

fn compared(was: &[Piece], now: &[Piece], against: Against) -> Altered {
    let parts = parts::differing(was, now)
        .into_iter()
        .map(|(piece, became)| {
            let lines = |list: &[Piece]| {
                let found = list.iter().find(|p| p.id == piece.id);
                found.map(|p| p.lines.clone()).unwrap_or_default()
            };
            let (removed, added) = match (lines(was), lines(now)) {
                // Only the digest of what was there is known.
                (was, _) if was.is_empty() && became != Became::Added => Default::default(),
                (was, now) => difference(&was, &now),
            };
            AlteredPart {
                id: piece.id.clone(),
                name: parts::name(&piece.id, &piece.holds),
                became,
                removed,
                added,
            }
        })
        .collect();
    Altered { parts, against }
}

fn difference(was: &[String], now: &[String]) -> (Vec<String>, Vec<String>) {
    let (was, now): (Vec<&str>, Vec<&str>) = (
        was.iter().map(String::as_str).collect(),
        now.iter().map(String::as_str).collect(),
    );
    let diff = TextDiff::from_slices(&was, &now);
    let of = |tag: ChangeTag, shown: fn(&str) -> String| -> Vec<String> {
        let changes = diff.iter_all_changes().filter(|c| c.tag() == tag);
        let lines = changes.map(|c| shown(c.value().trim()));
        lines.filter(|line| !line.is_empty()).collect()
    };
    let both = |shown| (of(ChangeTag::Delete, shown), of(ChangeTag::Insert, shown));
    // People read the words of a page. Where those are the same, its markup is
    // what was changed.
    match both(without_tags) {
        (removed, added) if removed == added => both(str::to_owned),
        words => words,
    }
}

/// The words in a line of HTML. Lines of other formats have no tags: what looks
/// like one is escaped in Markdown, and in the others it is left alone.
fn without_tags(line: &str) -> String {
    if !line.starts_with('<') || !line.ends_with('>') {
        return line.to_owned();
    }
    let mut words = String::new();
    for piece in line.split('<') {
        let text = piece.split_once('>').map_or("", |(_, text)| text).trim();
        if !text.is_empty() {
            words.push_str(if words.is_empty() { "" } else { " " });
            words.push_str(text);
        }
    }
    for (escaped, plain) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ] {
        words = words.replace(escaped, plain);
    }
    words
}

#[cfg(test)]
mod tests;
