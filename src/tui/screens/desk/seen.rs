//! Which rows of the desk can be seen, and which are next.

use std::ops::Range;

use crate::domain::BriefId;
use crate::tui::model::Model;
use crate::tui::pages;

use super::{Desk, Group};

/// So many rows are prepared before the next key is asked for.
const AT_ONCE: usize = 4;

/// As many rows as are on a page; of a tall terminal no more than stay in memory.
fn ahead(model: &Model) -> usize {
    usize::from(model.size.1).min(30)
}

/// At most so many rows can be seen, now or after some keys: somewhat more than a
/// page, two below and one above.
pub fn reach(model: &Model) -> usize {
    let page = usize::from(model.size.1);
    page + page / 4 + 3 * ahead(model)
}

impl Desk {
    /// Where the rows that stand still begin: while the cursor is among them,
    /// a key repaints two of them.
    pub fn block(&self, height: usize) -> (usize, usize) {
        let block = (height / 2).max(1);
        let selected = self.selected.min(self.rows.len().saturating_sub(1));
        (selected - selected % block, block)
    }

    /// The rows that can be seen on the whole screen.
    pub fn seen(&self, model: &Model) -> Range<usize> {
        self.seen_in(usize::from(pages::body_height(model.size.1)).max(1))
    }

    /// The rows that can be seen in so many lines; a few more where some take
    /// several of them.
    pub fn seen_in(&self, height: usize) -> Range<usize> {
        let (begin, block) = self.block(height);
        let all = self.rows.len();
        let selected = self.selected.min(all.saturating_sub(1));
        let mut end = begin + height - height / 4;
        // A question stands below each of these.
        if matches!(self.rows.get(selected), Some((Group::Due, _))) {
            end = end.max(selected + block + 1);
        }
        // The last page is full.
        let begin = begin.saturating_sub(height / 4);
        begin.min(all.saturating_sub(height))..end.max(height).min(all)
    }

    /// The briefs that can be seen.
    pub fn window(&self, model: &Model) -> Vec<BriefId> {
        self.briefs(self.seen(model))
    }

    /// The briefs that can be seen after some keys, the nearest first.
    pub fn near(&self, model: &Model) -> Vec<BriefId> {
        let (below, above) = self.next(model);
        let mut near = self.briefs(below);
        near.extend(self.briefs(above).into_iter().rev());
        near
    }

    /// Finds what some rows say that can be seen after some keys. False where
    /// that is known of all whose briefs are in memory.
    pub fn prepare(&mut self, model: &Model) -> bool {
        let (below, above) = self.next(model);
        let Self { rows, cards, .. } = self;
        cards.write(model, rows.some(below), AT_ONCE)
            || cards.write(model, rows.some(above), AT_ONCE)
    }

    fn next(&self, model: &Model) -> (Range<usize>, Range<usize>) {
        let seen = self.seen(model);
        let more = 2 * ahead(model);
        let below = seen.end..(seen.end + more).min(self.rows.len());
        let above = seen.start.saturating_sub(more / 2)..seen.start;
        (below, above)
    }

    fn briefs(&self, rows: Range<usize>) -> Vec<BriefId> {
        rows.filter_map(|at| self.rows.brief(at)).collect()
    }
}
