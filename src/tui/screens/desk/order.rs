//! The rows of the desk in the order of the screen. There may be ten thousand, so
//! that each is no more than a number: most ids lie on the shelf.

use std::ops::Range;
use std::sync::Arc;

use crate::domain::BriefId;
use crate::storage::Ids;

use super::Group;

/// A row of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row<'a> {
    /// The id of a brief.
    Brief(&'a str),
    /// The place in the list of broken files.
    Broken(usize),
}

/// A row before it has its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// On the shelf.
    Shelf(u32),
    /// Among the others.
    Other(u32),
    Broken(u32),
}

/// A row with what it is put in order by.
pub(super) struct Unplaced {
    pub group: Group,
    /// Since when it is there, in microseconds.
    pub since: i64,
    pub slot: Slot,
}

/// All rows with their groups.
#[derive(Debug, Default)]
pub struct Order {
    rows: Vec<(Group, Slot)>,
    /// Those of the shelf as it was when this was made.
    ids: Arc<Ids>,
    others: Vec<BriefId>,
}

impl Order {
    /// One without rows, of briefs on a shelf and others.
    pub(super) fn new(ids: Arc<Ids>, others: Vec<BriefId>) -> Self {
        Self {
            rows: Vec::new(),
            ids,
            others,
        }
    }

    /// Puts all rows into their order. By their ids where nothing else counts, or
    /// as they come.
    pub(super) fn arrange(&mut self, mut rows: Vec<Unplaced>, by_id: bool) {
        // Due and waiting longest first; drafts and the rest newest first.
        let by_time = |a: &Unplaced, b: &Unplaced| {
            a.group.cmp(&b.group).then_with(|| match a.group {
                Group::Due | Group::Waiting | Group::Working | Group::Delivered => {
                    a.since.cmp(&b.since)
                }
                _ => b.since.cmp(&a.since),
            })
        };
        match by_id {
            true => rows.sort_unstable_by(|a, b| {
                by_time(a, b).then_with(|| self.row(a.slot).cmp_ids(self.row(b.slot)))
            }),
            false => rows.sort_by(by_time),
        }
        self.rows = rows.iter().map(|row| (row.group, row.slot)).collect();
    }

    fn row(&self, slot: Slot) -> Row<'_> {
        let id = match slot {
            Slot::Broken(at) => return Row::Broken(at as usize),
            Slot::Shelf(at) => self.ids.get(at as usize),
            Slot::Other(at) => self.others.get(at as usize).map(BriefId::as_str),
        };
        Row::Brief(id.unwrap_or_default())
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at a place, with its group.
    pub fn get(&self, at: usize) -> Option<(Group, Row<'_>)> {
        let (group, slot) = self.rows.get(at)?;
        Some((*group, self.row(*slot)))
    }

    /// Some of them, or as many as there are.
    pub fn some(&self, range: Range<usize>) -> impl Iterator<Item = (Group, Row<'_>)> {
        let end = range.end.min(self.len());
        let rows = self.rows.get(range.start.min(end)..end).unwrap_or_default();
        rows.iter().map(|(group, slot)| (*group, self.row(*slot)))
    }

    /// The brief at a place.
    pub fn brief(&self, at: usize) -> Option<BriefId> {
        match self.rows.get(at)?.1 {
            Slot::Broken(_) => None,
            Slot::Other(at) => self.others.get(at as usize).cloned(),
            Slot::Shelf(at) => BriefId::parse(self.ids.get(at as usize)?).ok(),
        }
    }

    /// Where a row is.
    pub fn find(&self, row: Row<'_>) -> Option<usize> {
        self.rows
            .iter()
            .position(|(_, slot)| self.row(*slot) == row)
    }
}

impl Row<'_> {
    fn cmp_ids(self, other: Row<'_>) -> std::cmp::Ordering {
        match (self, other) {
            (Row::Brief(one), Row::Brief(other)) => one.cmp(other),
            (Row::Broken(one), Row::Broken(other)) => one.cmp(&other),
            (Row::Brief(_), Row::Broken(_)) => std::cmp::Ordering::Less,
            (Row::Broken(_), Row::Brief(_)) => std::cmp::Ordering::Greater,
        }
    }
}
