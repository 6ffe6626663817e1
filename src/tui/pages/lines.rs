//! Draws lines of text, each on a row of its own: what a `Paragraph` does with them
//! in less time, which is most of the time of a key.

use ratatui::buffer::{Buffer, Cell, CellWidth as _};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation as _;

/// Draws lines from the top of an area, as many as fit.
pub fn draw(buffer: &mut Buffer, area: Rect, lines: &[Line<'_>]) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    for (y, line) in (area.top()..area.bottom()).zip(lines) {
        let begin = buffer.index_of(area.left(), y);
        let row = buffer.content.get_mut(begin..).unwrap_or_default();
        let cells = row.get_mut(..usize::from(area.width)).unwrap_or_default();
        draw_line(cells, line);
    }
}

fn draw_line(cells: &mut [Cell], line: &Line<'_>) {
    let mut row = Row { cells, at: 0 };
    for span in &line.spans {
        let style = line.style.patch(span.style);
        if row.text(&span.content, style).is_none() {
            return;
        }
    }
}

/// A row that is filled from the left. What is `None` here does not fit any more.
struct Row<'a> {
    cells: &'a mut [Cell],
    at: usize,
}

impl Row<'_> {
    fn text(&mut self, text: &str, style: Style) -> Option<()> {
        let mut rest = text;
        loop {
            let plain = rest.bytes().position(|byte| !is_plain(byte));
            // The letter before another one may be a part of that.
            let plain = plain.map_or(rest.len(), |at| at.saturating_sub(1));
            let (letters, more) = rest.split_at_checked(plain).unwrap_or((rest, ""));
            self.plain(letters, style)?;
            if more.is_empty() {
                return Some(());
            }
            // Two plain letters are two.
            let bytes = more.as_bytes();
            let two = |pair: &[u8]| pair.iter().all(|byte| is_plain(*byte));
            let end = bytes
                .windows(2)
                .position(two)
                .map_or(more.len(), |at| at + 1);
            let (others, more) = more.split_at_checked(end).unwrap_or((more, ""));
            self.any(others, style)?;
            rest = more;
        }
    }

    /// Of one column each.
    fn plain(&mut self, letters: &str, style: Style) -> Option<()> {
        for place in 0..letters.len() {
            let cell = self.cells.get_mut(self.at)?;
            cell.set_symbol(letters.get(place..=place)?)
                .set_style(style);
            self.at += 1;
        }
        Some(())
    }

    fn any(&mut self, text: &str, style: Style) -> Option<()> {
        for letter in text.graphemes(true) {
            if letter.contains(char::is_control) {
                continue;
            }
            let width = usize::from(letter.cell_width());
            // What is wider than all of the line is left out, and zero is nowhere.
            if width == 0 || width > self.cells.len() {
                continue;
            }
            if self.at + width > self.cells.len() {
                return None;
            }
            let cell = self.cells.get_mut(self.at)?;
            cell.set_symbol(letter).set_style(style);
            self.at += width;
        }
        Some(())
    }
}

/// A byte that is a letter, as nearly all are.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Color, Modifier};
    use ratatui::text::Span;
    use ratatui::widgets::{Paragraph, Widget as _};

    use super::*;

    fn any_style() -> impl Strategy<Value = Style> {
        prop::sample::select(vec![
            Style::new(),
            Style::new().fg(Color::Red),
            Style::new().add_modifier(Modifier::REVERSED),
            Style::new().bg(Color::Blue).remove_modifier(Modifier::BOLD),
        ])
    }

    fn any_text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            4 => "[ -~]{0,9}",
            2 => prop::sample::select(vec![
                "\u{4f60}\u{597d}", "e\u{301}", "\u{301}", "\u{200b}", "\u{1f469}\u{200d}\u{1f4bb}",
                "\u{25b6}", "\u{ff76}\u{ff9e}", "\u{1b}[1m", "\t", "\u{fe0f}", "\u{2764}\u{fe0f}",
                "\u{5d0}\u{5d1}", "\r\n", "\u{1f1e9}\u{1f1ea}", "\u{600}", "\u{915}\u{94d}", "\u{200d}",
            ]).prop_map(str::to_owned),
            1 => "\\PC{0,4}",
        ];
        proptest::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
    }

    fn any_line() -> impl Strategy<Value = Line<'static>> {
        let span = (any_text(), any_style()).prop_map(|(text, style)| Span::styled(text, style));
        let spans = proptest::collection::vec(span, 0..5);
        (spans, any_style()).prop_map(|(spans, style)| Line::from(spans).style(style))
    }

    proptest! {
        #[test]
        fn lines_are_drawn_as_a_paragraph_draws_them(
            lines in proptest::collection::vec(any_line(), 0..6),
            (x, y, width, height) in (0..6_u16, 0..3_u16, 0..30_u16, 0..7_u16),
        ) {
            let mut expected = Buffer::empty(Rect::new(1, 1, 24, 6));
            let underneath = vec![Line::from("\u{4f60}\u{597d} what was there before"); 6];
            Paragraph::new(underneath).render(expected.area, &mut expected);
            let mut found = expected.clone();
            let area = Rect::new(x, y, width, height);
            draw(&mut found, area, &lines);
            Paragraph::new(lines).render(area, &mut expected);
            prop_assert_eq!(found, expected);
        }
    }
}
