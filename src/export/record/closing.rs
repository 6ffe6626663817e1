//! What the work leaves behind: shortcuts to put right, and what was learned.

use crate::domain::check_in;
use crate::domain::{Brief, EventKind, Stage, date};

use super::View;
use crate::export::outline::{Item, Part, Row, many};

/// The questions of the closing, and how the document calls them.
const CLOSING: [(&str, &str); 3] = [
    ("made_possible", "It made possible"),
    ("wrong_guess", "The guess that was wrong"),
    ("remember", "To remember"),
];

/// Shortcuts that were not put right yet.
pub(super) fn shortcuts(view: &View) -> Option<Part> {
    let mut part = Part::new("shortcuts", "Shortcuts still to be put right");
    let open = view.brief.shortcuts.iter().filter(|s| s.paid.is_none());
    let items: Vec<Item> = open
        .map(|s| {
            let day = |day: Option<crate::domain::Day>| day.map_or_else(String::new, date::show);
            Item::new(many(&s.text))
                .detail("By", day(s.pay_back))
                .detail("Taken on", day(s.on))
        })
        .collect();
    if items.is_empty() {
        return None;
    }
    part.list(items);
    Some(part)
}

/// What closed work made possible, and what there was to learn.
pub(super) fn closing(view: &View) -> Option<Part> {
    if view.brief.stage != Stage::Closed {
        return None;
    }
    let told = answers(view.brief);
    let rows: Vec<Row> = CLOSING
        .iter()
        .filter_map(|(id, label)| {
            let (_, answer) = told.iter().find(|(question, _)| question == id)?;
            Some(Row::new(*label, many(answer)))
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let mut part = Part::new("closing", "Looking back");
    part.rows(rows);
    Some(part)
}

/// The answers of the closing by question, the newest of each.
pub(in crate::export) fn answers(brief: &Brief) -> Vec<(&'static str, &str)> {
    let newest = |id: &'static str| {
        let check_ins = brief.effective_events().into_iter().rev();
        let mut check_ins = check_ins.filter(|e| e.kind == EventKind::CheckIn);
        let answer = check_ins.find_map(|event| check_in::answer(event, id))?;
        Some((id, answer))
    };
    CLOSING.iter().filter_map(|(id, _)| newest(id)).collect()
}
