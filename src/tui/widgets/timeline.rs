//! Marks on a line of time, with the days below and what the marks mean. Time
//! is to scale as far as the marks leave room for each other.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::domain::text;
use crate::domain::timeline::{Mark, MarkKind};
use crate::domain::work_time::Local;
use crate::tui::theme::Theme;

/// The timeline of a brief: three rows, or two where no day would fit below.
#[derive(Debug, Clone, Copy)]
pub struct Timeline<'a> {
    pub marks: &'a [Mark],
    pub now: Local,
    pub theme: Theme,
}

/// Rows of the line itself: now, the marks, their days.
pub const ROWS: u16 = 3;

impl Timeline<'_> {
    /// The columns of the marks and of now, each of its own.
    fn columns(&self, width: u16) -> (Vec<u16>, u16) {
        let first = self.marks.first().map_or(self.now, |m| m.at).min(self.now);
        let last = self.marks.last().map_or(self.now, |m| m.at).max(self.now);
        let span = (last - first).num_minutes().max(1);
        let end = i64::from(width.saturating_sub(1));
        let ideal = |at: Local| (at - first).num_minutes() * end / span;
        let count = i64::try_from(self.marks.len()).unwrap_or(i64::MAX);
        let mut columns: Vec<i64> = Vec::with_capacity(self.marks.len());
        for mark in self.marks {
            let free = columns.last().map_or(0, |before| before + 1);
            columns.push(ideal(mark.at).max(free));
        }
        // What was pushed over the end pushes back.
        let mut most = end;
        for column in columns.iter_mut().rev() {
            *column = (*column).min(most).max(0);
            most = *column - 1;
        }
        debug_assert!(count > end || columns.windows(2).all(|w| w[0] < w[1]));
        let narrow = |column: i64| u16::try_from(column).unwrap_or(0);
        let now = ideal(self.now).clamp(0, end);
        (columns.into_iter().map(narrow).collect(), narrow(now))
    }

    /// The marks as far as they fit: of many, the latest.
    fn fitting(&self, width: u16) -> Self {
        let most = usize::from(width);
        let skip = self.marks.len().saturating_sub(most);
        Self {
            marks: self.marks.get(skip..).unwrap_or_default(),
            ..*self
        }
    }

    /// The line as lines of text, and what its marks mean, for a page that
    /// scrolls.
    pub fn lines(&self, columns: usize) -> Vec<Line<'static>> {
        let width = u16::try_from(columns).unwrap_or(u16::MAX).clamp(1, 500);
        let area = Rect::new(0, 0, width, ROWS);
        let mut buffer = Buffer::empty(area);
        self.render(area, &mut buffer);
        let mut lines: Vec<Line<'static>> = (0..ROWS).map(|y| row(&buffer, y)).collect();
        lines.extend(self.legend(columns));
        lines
    }

    /// What the marks mean: each kind once, with its day or how many there are.
    fn legend(&self, columns: usize) -> Vec<Line<'static>> {
        let mut kinds: Vec<(MarkKind, usize, Local)> = Vec::new();
        for mark in self.marks {
            match kinds.iter_mut().find(|(kind, _, _)| *kind == mark.kind) {
                Some((_, count, _)) => *count += 1,
                None => kinds.push((mark.kind, 1, mark.at)),
            }
        }
        let mut lines: Vec<Vec<Span<'static>>> = vec![Vec::new()];
        let mut used = 0;
        for (kind, count, at) in kinds {
            let words = match count {
                1 => format!("{} {}", kind.word(), day(at)),
                n => format!("{} {n}\u{d7}", kind.word()),
            };
            let wide = text::width(&words) + 4;
            if used > 0 && used + wide > columns + 2 {
                lines.push(Vec::new());
                used = 0;
            }
            used += wide;
            if let Some(line) = lines.last_mut() {
                line.push(Span::styled(kind.symbol(), style(self.theme, kind)));
                line.push(Span::styled(format!(" {words}  "), self.theme.quiet()));
            }
        }
        lines.into_iter().map(Line::from).collect()
    }
}

impl Widget for Timeline<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.width < 2 || area.height < 2 {
            return;
        }
        let this = self.fitting(area.width);
        let (columns, now) = this.columns(area.width);
        let quiet = this.theme.quiet();
        let mut put = |x: u16, y: u16, symbol: &str, style: Style| {
            let at = Position {
                x: area.x + x,
                y: area.y + y,
            };
            if area.contains(at)
                && let Some(cell) = buffer.cell_mut(at)
            {
                cell.set_symbol(symbol).set_style(style);
            }
        };
        for x in 0..area.width {
            // What is ahead is drawn thinner.
            let symbol = if x <= now { "\u{2500}" } else { "\u{2508}" };
            put(x, 1, symbol, quiet);
        }
        let (word, arrow) = ("now", "\u{2193}");
        let room = area.width.saturating_sub(now + 1);
        put(now, 0, arrow, this.theme.key());
        let from = if room > 4 {
            now + 2
        } else {
            now.saturating_sub(4)
        };
        for (x, letter) in (from..).zip(word.chars()) {
            if x != now {
                put(x, 0, &letter.to_string(), quiet);
            }
        }
        for (mark, x) in this.marks.iter().zip(&columns) {
            put(*x, 1, mark.kind.symbol(), style(this.theme, mark.kind));
        }
        // The first and the last day for sure, then what fits between.
        let mut taken: Vec<(u16, u16)> = Vec::new();
        let count = this.marks.len();
        let order = [0, count.saturating_sub(1)].into_iter().chain(1..count);
        for at in order {
            let (Some(mark), Some(x)) = (this.marks.get(at), columns.get(at)) else {
                continue;
            };
            let words = day(mark.at);
            let wide = u16::try_from(text::width(&words)).unwrap_or(u16::MAX);
            let from = (*x).min(area.width.saturating_sub(wide));
            let to = from.saturating_add(wide);
            let is_free = taken.iter().all(|(a, b)| to < *a || *b < from);
            if !is_free || to > area.width {
                continue;
            }
            taken.push((from, to));
            for (x, letter) in (from..).zip(words.chars()) {
                put(x, 2, &letter.to_string(), quiet);
            }
        }
    }
}

fn row(buffer: &Buffer, y: u16) -> Line<'static> {
    let cells = (0..buffer.area.width).filter_map(|x| buffer.cell(Position { x, y }));
    let mut spans: Vec<Span<'static>> = Vec::new();
    for cell in cells {
        match spans.last_mut() {
            Some(last) if last.style == cell.style() => {
                last.content.to_mut().push_str(cell.symbol());
            }
            _ => spans.push(Span::styled(cell.symbol().to_owned(), cell.style())),
        }
    }
    Line::from(spans)
}

fn day(at: Local) -> String {
    at.format("%-d %b").to_string()
}

fn style(theme: Theme, kind: MarkKind) -> Style {
    match kind {
        MarkKind::Agreed | MarkKind::Kept | MarkKind::Confirmed | MarkKind::Delivered => {
            theme.good()
        }
        MarkKind::Missed | MarkKind::Changed | MarkKind::Reopened | MarkKind::Dropped => {
            theme.warn()
        }
        MarkKind::Started | MarkKind::Next | MarkKind::NeedBy => theme.key(),
        MarkKind::Begun | MarkKind::Asked | MarkKind::Heard | MarkKind::PutOff => theme.text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(kind: MarkKind, at: &str) -> Mark {
        Mark {
            kind,
            at: at.parse().unwrap(),
            text: String::new(),
            event: None,
        }
    }

    fn story() -> Vec<Mark> {
        vec![
            mark(MarkKind::Begun, "2026-02-03T09:30:00"),
            mark(MarkKind::Asked, "2026-02-03T10:00:00"),
            mark(MarkKind::Agreed, "2026-02-04T11:00:00"),
            mark(MarkKind::Started, "2026-02-04T14:00:00"),
            mark(MarkKind::Missed, "2026-02-09T09:00:00"),
            mark(MarkKind::Kept, "2026-02-10T15:00:00"),
            mark(MarkKind::Next, "2026-02-16T09:00:00"),
            mark(MarkKind::NeedBy, "2026-02-27T17:00:00"),
        ]
    }

    fn drawn(marks: &[Mark], width: usize) -> Vec<String> {
        let timeline = Timeline {
            marks,
            now: "2026-02-12T10:00:00".parse().unwrap(),
            theme: Theme::new(false),
        };
        let lines = timeline.lines(width);
        lines.iter().map(|line| line.to_string()).collect()
    }

    #[test]
    fn the_story_is_drawn_to_scale_with_its_days() {
        insta::assert_snapshot!("timeline_78", drawn(&story(), 78).join("\n"));
        insta::assert_snapshot!("timeline_38", drawn(&story(), 38).join("\n"));
    }

    #[test]
    fn no_mark_hides_another_while_there_are_columns() {
        let day: Vec<Mark> = (0..20)
            .map(|n| mark(MarkKind::Kept, &format!("2026-02-03T10:{n:02}:00")))
            .collect();
        let mut marks = day.clone();
        marks.push(mark(MarkKind::NeedBy, "2026-12-01T17:00:00"));
        let line = &drawn(&marks, 40)[1];
        assert_eq!(line.matches('\u{25cf}').count(), 20, "{line}");
        // Of more marks than columns the latest are shown.
        let narrow = &drawn(&marks, 10)[1];
        assert_eq!(narrow.chars().count(), 10);
        assert!(narrow.ends_with('\u{2524}'), "{narrow}");
    }

    #[test]
    fn nothing_and_no_room_are_no_trouble() {
        assert!(!drawn(&[], 20).is_empty());
        for width in 0..8 {
            drawn(&story(), width);
        }
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        let timeline = Timeline {
            marks: &story(),
            now: "2020-01-01T00:00:00".parse().unwrap(),
            theme: Theme::new(true),
        };
        timeline.render(Rect::new(0, 0, 3, 1), &mut buffer);
        timeline.render(Rect::new(0, 0, 1, 9), &mut buffer);
    }
}
