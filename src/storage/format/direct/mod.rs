//! Files as this program writes them, read line by line without the parser of all
//! TOML: some microseconds each, where ten thousand are listed.
//!
//! Nothing is said here about what is wrong with a file. Whatever has anything
//! unusual (an error, a note to be made, a way of writing that is not one of the
//! few below) is left to the reader of all TOML, which decides; the two are held
//! together by the tests.

mod brief;
mod names;
mod value;

use self::value::{List, Scanner, Text};
use super::read::Raw;
use crate::domain::{BriefId, Day, Moment};

/// A value, of the types that a brief has.
#[derive(Debug)]
enum Value<'t> {
    Text(Text<'t>),
    Texts(List<'t>),
    Flag(bool),
    Number(i64),
    Day(Day),
    Moment(Moment),
}

/// What a header begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Root,
    Request,
    Scope,
    Plan,
    Walk,
    Answer,
    Customer,
    Reading,
    Need,
    Ranking,
    Goal,
    Deliverable,
    Draft,
    Waiver,
    Shortcut,
    Conflict,
    Event,
}

/// A header and the keys below it.
#[derive(Debug)]
struct Table<'t> {
    kind: Kind,
    /// The question of an answer.
    name: &'t str,
    /// Where its keys end among all; they begin where those before it end.
    end: usize,
}

type Entry<'t> = (&'t str, Value<'t>);

/// The keys of a file, in its order.
#[derive(Debug)]
struct Document<'t> {
    tables: Vec<Table<'t>>,
    entries: Vec<Entry<'t>>,
}

/// What the keys of one file took, to be used for those of the next.
#[derive(Debug)]
pub(in crate::storage) struct Room {
    tables: Vec<Table<'static>>,
    entries: Vec<Entry<'static>>,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            tables: Vec::with_capacity(32),
            entries: Vec::with_capacity(128),
        }
    }
}

impl Room {
    fn take<'t>(&mut self) -> Document<'t> {
        Document {
            tables: std::mem::take(&mut self.tables),
            entries: std::mem::take(&mut self.entries),
        }
    }

    /// Nothing of the file is kept, which the compiler is told by mapping what is
    /// not there; that gives the same memory.
    #[expect(
        clippy::unnecessary_filter_map,
        reason = "what comes out is of another lifetime"
    )]
    fn give_back(&mut self, mut used: Document<'_>) {
        used.tables.clear();
        used.entries.clear();
        self.tables = used.tables.into_iter().filter_map(|_| None).collect();
        self.entries = used.entries.into_iter().filter_map(|_| None).collect();
    }
}

/// More keys in one table are not looked through for one that is there twice.
const MANY: usize = 64;

/// Reads a text with `\n` line ends; `None` where it has anything unusual.
pub(super) fn read(text: &str, id: &BriefId, created: Moment, room: &mut Room) -> Option<Raw> {
    if has_unusual_bytes(text) || has_markers(text) {
        return None;
    }
    let mut document = room.take();
    let is_read = fill(&mut document, text);
    let raw = is_read.and_then(|()| brief::of(&document, id.clone(), created));
    room.give_back(document);
    raw
}

/// Controls other than line ends and tabs, which TOML has only as escapes.
fn has_unusual_bytes(text: &str) -> bool {
    // Without a way out in the middle many bytes are looked at in one step.
    text.bytes().fold(false, |found, byte| {
        found | ((byte < b' ') & (byte != b'\n') & (byte != b'\t')) | (byte == 0x7f)
    })
}

/// Whether git may have left two versions in a text of several lines, which is
/// worth a note.
fn has_markers(text: &str) -> bool {
    let first = memchr::memchr(b'<', text.as_bytes());
    first.is_some_and(|at| text.get(at..).is_some_and(|rest| rest.contains("<<<<<<<")))
}

fn fill<'t>(found: &mut Document<'t>, text: &'t str) -> Option<()> {
    let mut from = Scanner::of(text);
    let (mut kind, mut name) = (Kind::Root, "");
    loop {
        from.keys(&mut found.entries)?;
        let end = found.entries.len();
        found.tables.push(Table { kind, name, end });
        let Some(next) = from.header()? else {
            return Some(());
        };
        (kind, name) = next;
        let again = |table: &Table<'_>| (table.kind, table.name) == (kind, name);
        if kind.is_once() && found.tables.iter().any(again) {
            return None;
        }
    }
}

impl Kind {
    /// The table of a header with single brackets, but for answers.
    fn of_table(header: &str) -> Option<Self> {
        Some(match header {
            "request" => Self::Request,
            "scope" => Self::Scope,
            "plan" => Self::Plan,
            "walk" => Self::Walk,
            _ => return None,
        })
    }

    /// The item of a header with double brackets.
    fn of_item(header: &str) -> Option<Self> {
        Some(match header {
            "customer" => Self::Customer,
            "reading" => Self::Reading,
            "need" => Self::Need,
            "ranking" => Self::Ranking,
            "goal" => Self::Goal,
            "deliverable" => Self::Deliverable,
            "draft" => Self::Draft,
            "waiver" => Self::Waiver,
            "shortcut" => Self::Shortcut,
            "conflict" => Self::Conflict,
            "event" => Self::Event,
            _ => return None,
        })
    }

    fn is_once(self) -> bool {
        matches!(
            self,
            Self::Request | Self::Scope | Self::Plan | Self::Walk | Self::Answer
        )
    }
}

#[cfg(test)]
mod full;
#[cfg(test)]
mod tests;
