//! Rows and columns of a field: where the text wraps, where the caret is, and
//! what part of it shows.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{TextField, motion};
use crate::domain::text;

/// Columns assumed before anything was drawn.
const COLUMNS: usize = 79;

/// What was measured when the field was drawn last, kept until the text or the
/// width changes. Wrapping 100,000 characters at every question would be felt.
#[derive(Debug, Clone)]
pub struct Layout {
    columns: Cell<usize>,
    rows: RefCell<Vec<Range<usize>>>,
    /// First row (many lines) or column (one line) that shows.
    scroll: Cell<usize>,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            columns: Cell::new(COLUMNS),
            rows: RefCell::default(),
            scroll: Cell::new(0),
        }
    }
}

impl Layout {
    /// The text is another one.
    pub fn forget(&self) {
        self.rows.borrow_mut().clear();
    }

    fn measure(&self, columns: usize) {
        if self.columns.replace(columns) != columns {
            self.forget();
        }
    }

    /// The rows of `text`; never empty.
    fn with_rows<T>(&self, text: &str, ask: impl FnOnce(&[Range<usize>]) -> T) -> T {
        let mut rows = self.rows.borrow_mut();
        if rows.is_empty() {
            *rows = text::wrap_ranges(text, self.columns.get());
        }
        ask(&rows)
    }

    fn row_count(&self, text: &str) -> usize {
        self.with_rows(text, <[_]>::len)
    }

    fn row_of(&self, text: &str, at: usize) -> usize {
        self.with_rows(text, |rows| {
            rows.partition_point(|row| row.start <= at)
                .saturating_sub(1)
        })
    }

    /// Bytes of a row that the caret can stand at: the end of a row that goes
    /// on in the next one belongs to the next.
    fn reach(&self, text: &str, row: usize) -> Option<Range<usize>> {
        self.with_rows(text, |rows| {
            let range = rows.get(row)?.clone();
            let goes_on = rows
                .get(row + 1)
                .is_some_and(|next| next.start == range.end);
            let end = if goes_on {
                motion::before(text, range.end).max(range.start)
            } else {
                range.end
            };
            Some(range.start..end)
        })
    }

    /// Row and column of byte `at`.
    pub fn place_of(&self, text: &str, at: usize) -> (usize, usize) {
        let row = self.row_of(text, at);
        let start = self.with_rows(text, |rows| rows.get(row).map_or(0, |row| row.start));
        // Spaces at the end of a row may hang over; the caret does not.
        let column = text::width(text.get(start..at).unwrap_or_default());
        (row, column.min(self.columns.get()))
    }

    /// The byte at `row`, as near to `column` as there is one.
    pub fn at(&self, text: &str, row: usize, column: usize) -> Option<usize> {
        let reach = self.reach(text, row)?;
        let mut at = reach.start;
        let mut taken = 0;
        for grapheme in text::graphemes(text.get(reach).unwrap_or_default()) {
            taken += text::width(grapheme);
            if taken > column {
                break;
            }
            at += grapheme.len();
        }
        Some(at)
    }

    pub fn row_start(&self, text: &str, at: usize) -> usize {
        let reach = self.reach(text, self.row_of(text, at));
        reach.map_or(0, |reach| reach.start)
    }

    pub fn row_end(&self, text: &str, at: usize) -> usize {
        let reach = self.reach(text, self.row_of(text, at));
        reach.map_or(text.len(), |reach| reach.end)
    }

    /// Moves what shows just so far that `place` is in it.
    fn follow(&self, place: usize, room: usize) -> usize {
        let first = self.scroll.get();
        let first = first.clamp((place + 1).saturating_sub(room), place);
        self.scroll.set(first);
        first
    }
}

impl TextField {
    /// Rows that the whole text takes in an area `width` columns wide. One
    /// column is kept free for the caret at the end of a full row.
    pub fn rows(&self, width: u16) -> usize {
        if !self.multiline {
            return 1;
        }
        self.layout.measure(wrapped_at(width));
        self.layout.row_count(&self.text)
    }

    /// Draws the text into `area`, with the style that the cells have. Without
    /// `focused`, from its beginning; else the part around the caret.
    pub fn render(&self, area: Rect, buf: &mut Buffer, focused: bool) {
        let area = area.intersection(buf.area);
        for position in area.positions() {
            if let Some(cell) = buf.cell_mut(position) {
                cell.set_symbol(" ");
            }
        }
        if area.is_empty() {
            return;
        }
        if !self.multiline {
            let left = if focused { self.left(area) } else { 0 };
            draw_row(&self.text, left, area, buf);
            return;
        }
        let top = if focused { self.top(area) } else { 0 };
        self.layout.measure(wrapped_at(area.width));
        self.layout.with_rows(&self.text, |rows| {
            for (row, range) in area.rows().zip(rows.iter().skip(top)) {
                draw_row(
                    self.text.get(range.clone()).unwrap_or_default(),
                    0,
                    row,
                    buf,
                );
            }
        });
    }

    /// Where the caret is in `area`, for the terminal's own cursor; none where
    /// the area has no room. Cells are those that [`TextField::render`] draws
    /// with focus.
    pub fn caret(&self, area: Rect) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let (row, column) = if self.multiline {
            let top = self.top(area);
            let (row, column) = self.layout.place_of(&self.text, self.caret);
            (row - top, column)
        } else {
            (0, self.columns_before() - self.left(area))
        };
        Some(Position {
            x: area.x
                + u16::try_from(column)
                    .unwrap_or(u16::MAX)
                    .min(area.width - 1),
            y: area.y + u16::try_from(row).unwrap_or(u16::MAX).min(area.height - 1),
        })
    }

    fn top(&self, area: Rect) -> usize {
        self.layout.measure(wrapped_at(area.width));
        let (row, _) = self.layout.place_of(&self.text, self.caret);
        self.layout.follow(row, usize::from(area.height))
    }

    fn left(&self, area: Rect) -> usize {
        self.layout
            .follow(self.columns_before(), usize::from(area.width))
    }

    fn columns_before(&self) -> usize {
        text::width(self.text.get(..self.caret).unwrap_or_default())
    }
}

fn wrapped_at(width: u16) -> usize {
    usize::from(width).saturating_sub(1).max(1)
}

/// Draws `text` from column `left` on into the first row of `area`.
fn draw_row(text: &str, left: usize, area: Rect, buf: &mut Buffer) {
    let mut column = 0;
    for grapheme in text::graphemes(text) {
        let wide = text::width(grapheme);
        let place = column;
        column += wide;
        // A wide character that begins left of the area leaves its cell blank.
        let Some(x) = place.checked_sub(left) else {
            continue;
        };
        if x + wide > usize::from(area.width) {
            return;
        }
        let x = area.x.saturating_add(u16::try_from(x).unwrap_or(u16::MAX));
        let style = buf
            .cell((x, area.y))
            .map_or(Style::new(), |cell| cell.style());
        buf.set_stringn(x, area.y, grapheme, wide, style);
        for following in 1..wide {
            // A wide character resets the cells that it covers.
            let x = x.saturating_add(u16::try_from(following).unwrap_or(u16::MAX));
            if let Some(cell) = buf.cell_mut((x, area.y)) {
                cell.set_style(style);
            }
        }
    }
}
