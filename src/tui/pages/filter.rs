//! Help, command palette and find.

use std::borrow::Cow;

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::text;
use crate::tui::screens::filter::{Filter, Kind, Row};

use super::new::field;
use super::{Page, inside};

/// Draws the list with its filter.
pub fn draw(page: &mut Page<'_, '_>, area: Rect, filter: &Filter) {
    let area = inside(area);
    let theme = page.theme;
    let rest = field(page, area, "\u{203a} ", &filter.field, 1, true);
    let rows = filter.rows(page.model);
    let columns = usize::from(rest.width);
    if rows.is_empty() {
        let lines = vec![Line::styled("  nothing fits", theme.quiet())];
        page.lines(rest, lines);
        return;
    }
    let wide = rows
        .iter()
        .map(|r| text::width(&r.key))
        .max()
        .unwrap_or(0)
        .min(columns / 3);
    let selected = filter.selected.min(rows.len() - 1);
    let mut lines = Vec::new();
    let mut selected_line = 0;
    let mut heading = "";
    for (at, row) in rows.iter().enumerate() {
        if !row.heading.is_empty() && row.heading != heading && filter.field.is_empty() {
            heading = row.heading;
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::styled(heading, theme.strong()));
        }
        if at == selected {
            selected_line = lines.len();
        }
        let style = if at == selected {
            theme.selected()
        } else {
            theme.text()
        };
        let key = text::fit(&row.key, wide);
        let pad = wide.saturating_sub(text::width(&key));
        let room = columns.saturating_sub(wide + 2);
        let mut spans = vec![
            Span::styled(key, theme.key()),
            Span::raw(" ".repeat(pad + 2)),
        ];
        match filter.kind {
            Kind::Find(_) => {
                let title = text::fit(&row.detail, room * 2 / 5);
                let used = text::width(&title);
                spans.push(Span::styled(title, style));
                spans.push(Span::raw("  "));
                let room = room.saturating_sub(used + 2);
                let (part, fits) = around(&row.text, &row.fits, room);
                spans.extend(marked(&part, &fits, room, theme.quiet(), theme.warn()));
            }
            _ => {
                let used = text::width(&row.text).min(room);
                spans.extend(marked(&row.text, &row.fits, room, style, theme.warn()));
                let room = room.saturating_sub(used + 2);
                if !row.detail.is_empty() && room > 8 {
                    let pad = 18usize.saturating_sub(used) + 2;
                    spans.push(Span::raw(" ".repeat(pad)));
                    spans.push(Span::styled(
                        text::fit(&row.detail, (room + 2).saturating_sub(pad)),
                        theme.quiet(),
                    ));
                }
            }
        }
        lines.push(Line::from(spans));
        if at == selected {
            lines.extend(whole(page, &filter.kind, row, room, wide + 2));
        }
    }
    if let Kind::Find(find) = &filter.kind
        && find.more > 0
    {
        let more = format!("  and {} more; type more of what you look for", find.more);
        lines.push(Line::styled(more, theme.quiet()));
    }
    let selected_line = if selected == 0 { 0 } else { selected_line };
    page.scrolled(rest, lines, selected_line);
}

/// What the line of the selected row has no room for, below it.
fn whole(
    page: &Page<'_, '_>,
    kind: &Kind,
    row: &Row,
    room: usize,
    indent: usize,
) -> Vec<Line<'static>> {
    let (text, beside) = match kind {
        Kind::Find(_) => return Vec::new(),
        Kind::Help { .. } => (&row.text, room),
        Kind::Palette { .. } => (&row.detail, room.saturating_sub(20)),
    };
    if text::width(text) <= beside {
        return Vec::new();
    }
    let indent = " ".repeat(indent);
    text::wrap(text, room.max(8))
        .into_iter()
        .map(|part| {
            let part = Span::styled(part, page.theme.quiet());
            Line::from(vec![Span::raw(indent.clone()), part])
        })
        .collect()
}

/// A text from shortly before the first letters that fit, where there is no room for
/// all that is before them.
fn around<'t>(shown: &'t str, fits: &[u32], columns: usize) -> (Cow<'t, str>, Vec<u32>) {
    let whole = || (Cow::Borrowed(shown), fits.to_vec());
    let (Some(first), Some(last)) = (fits.first(), fits.last()) else {
        return whole();
    };
    let starts: Vec<(usize, &str)> = text::graphemes(shown)
        .scan(0, |at, grapheme| {
            let start = *at;
            *at += grapheme.len();
            Some((start, grapheme))
        })
        .collect();
    let before = |at: u32| starts.get(..at as usize).unwrap_or_default();
    let wide = |part: &[(usize, &str)]| part.iter().map(|(_, g)| text::width(g)).sum::<usize>();
    if wide(before(*last)) + 2 < columns || wide(before(*first)) <= columns / 3 {
        return whole();
    }
    // A third of the room for what leads up to them, from the beginning of a word.
    let mut lead = columns / 3;
    let near = before(*first).iter().enumerate().rev();
    let near: Vec<(usize, &str)> = near
        .map_while(|(at, (_, grapheme))| {
            lead = lead.checked_sub(text::width(grapheme))?;
            Some((at, *grapheme))
        })
        .collect();
    let word = near.iter().rev().find(|(_, g)| g.trim().is_empty());
    let from = match word.or(near.last()) {
        Some((at, grapheme)) => at + usize::from(grapheme.trim().is_empty()),
        None => *first as usize,
    };
    let Some(rest) = starts.get(from).and_then(|(at, _)| shown.get(*at..)) else {
        return whole();
    };
    // The sign of what is left out counts as one.
    let moved = fits
        .iter()
        .filter_map(|at| (at + 1).checked_sub(from as u32));
    (Cow::Owned(format!("\u{2026}{rest}")), moved.collect())
}

/// A text with the letters that fit the filter set off.
fn marked(
    shown: &str,
    fits: &[u32],
    columns: usize,
    plain: Style,
    mark: Style,
) -> Vec<Span<'static>> {
    let shown = text::fit(shown, columns);
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut run = String::new();
    let mut run_fits = false;
    for (at, grapheme) in text::graphemes(&shown).enumerate() {
        let is_fit = u32::try_from(at).is_ok_and(|at| fits.binary_search(&at).is_ok());
        if is_fit != run_fits && !run.is_empty() {
            spans.push(Span::styled(
                std::mem::take(&mut run),
                if run_fits { plain.patch(mark) } else { plain },
            ));
        }
        run_fits = is_fit;
        run.push_str(grapheme);
    }
    spans.push(Span::styled(
        run,
        if run_fits { plain.patch(mark) } else { plain },
    ));
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is shown of a text in which a word is looked for, with the word in brackets.
    fn shown(text: &str, word: &str, columns: usize) -> String {
        let at = text[..text.find(word).unwrap()].to_owned();
        let first = text::graphemes(&at).count() as u32;
        let fits: Vec<u32> = (first..first + word.chars().count() as u32).collect();
        let (part, fits) = around(text, &fits, columns);
        assert!(text::width(&text::fit(&part, columns)) <= columns);
        let spans = marked(&part, &fits, columns, Style::new(), Style::new().bold());
        let text = |span: &Span<'_>| match span.style == Style::new() {
            true => span.content.to_string(),
            false => format!("[{}]", span.content),
        };
        spans.iter().map(text).collect()
    }

    #[test]
    fn a_word_far_to_the_right_is_in_sight() {
        let text = "Before the meeting on Friday we want all of the numbers by role and month";
        assert_eq!(
            shown(text, "numbers", 30),
            "\u{2026}of the [numbers] by role and m\u{2026}"
        );
        assert_eq!(
            shown(text, "meeting", 30),
            "Before the [meeting] on Friday\u{2026}"
        );
        assert_eq!(shown(text, "month", 30), "\u{2026}role and [month]");
        assert_eq!(shown(text, "month", 90).len(), text.len() + 2);
        // No space to begin at, and wide letters.
        let wide = format!("{}month and more", "\u{6f22}".repeat(40));
        assert_eq!(
            shown(&wide, "month", 20),
            "\u{2026}\u{6f22}\u{6f22}\u{6f22}[month] and mo\u{2026}"
        );
        let joined = format!("{} month", "e\u{301}".repeat(40));
        assert!(shown(&joined, "month", 12).contains("[month]"));
    }
}
