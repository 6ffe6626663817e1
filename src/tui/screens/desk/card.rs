//! What a row of the desk says.

use std::collections::BTreeMap;

use crate::domain::nudge::State;
use crate::domain::{Brief, BriefId};
use crate::tui::model::Model;

use super::{Group, Row, question, remark};

/// The words of a row, which take longer to find than to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub mark: &'static str,
    pub title: String,
    pub note: String,
    /// What is asked, below the row.
    pub question: Option<(String, State)>,
}

impl Card {
    fn of(model: &Model, brief: &Brief, group: Group) -> Self {
        Self {
            mark: brief.stage.symbol(),
            title: shown_title(brief),
            note: remark(model, brief, group),
            question: match group {
                Group::Due => question(model, brief),
                _ => None,
            },
        }
    }
}

/// The title, or what is being typed as one.
fn shown_title(brief: &Brief) -> String {
    match &brief.walk {
        Some(place) if brief.title.is_empty() => format!("{}\u{2026}", place.draft),
        _ if brief.title.trim().is_empty() => brief.id.to_string(),
        _ => brief.title.clone(),
    }
}

/// So many are kept that cannot be seen any more.
const KEPT: usize = 200;

/// Those that were seen, until a brief changes or the day ends.
#[derive(Debug, Default)]
pub(super) struct Cards {
    cards: BTreeMap<BriefId, Card>,
    /// How many were ever written: what a key costs, for tests.
    written: usize,
}

impl Cards {
    pub fn get(&self, id: &str) -> Option<&Card> {
        self.cards.get(id)
    }

    pub fn clear(&mut self) {
        self.cards.clear();
    }

    /// Makes room where there are many.
    pub fn thin_out(&mut self) {
        if self.cards.len() > KEPT {
            self.clear();
        }
    }

    pub fn written(&self) -> usize {
        self.written
    }

    /// Writes those that are missing and whose briefs are in memory, but not
    /// more than `most`; whether there was any.
    pub fn write<'a>(
        &mut self,
        model: &Model,
        rows: impl Iterator<Item = (Group, Row<'a>)>,
        most: usize,
    ) -> bool {
        let before = self.written;
        for (group, row) in rows {
            if self.written - before >= most {
                break;
            }
            if let Row::Brief(id) = row
                && !self.cards.contains_key(id)
                && let Some(brief) = model.brief_named(id)
            {
                self.written += 1;
                let card = Card::of(model, brief, group);
                self.cards.insert(brief.id.clone(), card);
            }
        }
        self.written != before
    }
}
