//! The desk.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::nudge::State;
use crate::domain::text;
use crate::tui::screens::desk::{Desk, Row};

use super::{Page, inside, lines};

/// Width from which the selected brief is shown beside the list.
const WIDE: u16 = 100;

/// Draws the desk.
pub fn draw(page: &mut Page<'_, '_>, area: Rect, desk: &Desk) {
    let rows = desk.rows();
    if rows.is_empty() {
        welcome(page, inside(area), desk.hidden > 0);
        return;
    }
    let (list, side) = if area.width >= WIDE {
        let left = area.width * 55 / 100;
        let side = Rect {
            x: area.x + left + 1,
            width: area.width - left - 1,
            ..area
        };
        (
            Rect {
                width: left,
                ..area
            },
            Some(side),
        )
    } else {
        (area, None)
    };
    let columns = usize::from(list.width);
    let height = usize::from(list.height);
    let mut lines = Vec::new();
    let (mut block_line, mut selected_line, mut selected_end) = (0, 0, 0);
    let mut group = None;
    // Only what can be seen becomes a widget. While the cursor is in a block of
    // rows the others stand where they are: a key repaints two of them.
    let selected = desk.selected.min(rows.len() - 1);
    let (begin, block) = desk.block(height);
    let seen = desk.seen_in(height);
    let (first, last) = (seen.start, seen.end);
    // Above the first line there is another of its group, or nothing.
    if let Some((before, _)) = first.checked_sub(1).and_then(|at| rows.get(at)) {
        group = Some(before);
    }
    for (at, (row_group, row)) in (first..).zip(rows.some(first..last)) {
        if at == begin {
            block_line = lines.len();
        }
        if group != Some(row_group) {
            group = Some(row_group);
            if !lines.is_empty() && area.height >= 14 {
                lines.push(Line::default());
            }
            lines.push(Line::styled(
                format!(" {}", row_group.title()),
                page.theme.strong(),
            ));
        }
        if at == selected {
            selected_line = lines.len();
        }
        let mut card = None;
        let (mark, title, note) = match row {
            Row::Broken(at) => {
                let broken = page.model.broken.get(at);
                broken.map_or(("!", "", ""), |b| ("!", &b.file, &b.summary))
            }
            Row::Brief(id) => {
                card = desk.card(id);
                card.map_or((" ", "", ""), |card| (card.mark, &card.title, &card.note))
            }
        };
        lines.push(row_line(page, columns, at == selected, mark, title, note));
        if let Some((words, state)) = card.and_then(|card| card.question.as_ref()) {
            lines.extend(question_lines(page, columns, words, *state));
        }
        if at == selected {
            selected_end = lines.len();
        }
    }
    if desk.hidden > 0 && last >= rows.len() {
        let are = if desk.hidden == 1 { "is" } else { "are" };
        let words = format!(
            " {} of colleagues {are} not shown; M shows all",
            desk.hidden
        );
        lines.push(Line::default());
        lines.push(Line::styled(words, page.theme.quiet()));
    }
    if selected + 1 == rows.len() {
        selected_end = lines.len();
    }
    let mut top = block_line.saturating_sub(height / 4);
    while selected_end > top + height {
        top += block;
    }
    let end = lines.len();
    top = top.min(end.saturating_sub(height)).min(selected_line);
    let (above, below) = (first + top > 0, top + height < end || last < rows.len());
    let shown: Vec<Line<'_>> = lines.into_iter().skip(top).take(height).collect();
    lines::draw(page.frame.buffer_mut(), list, &shown);
    page.more(list, above, below);
    if let (Some(side), Some(id)) = (side, desk.selected()) {
        super::brief::draw_aside(page, side, &id);
    }
}

/// What is asked, below the row.
fn question_lines(
    page: &Page<'_, '_>,
    columns: usize,
    words: &str,
    state: State,
) -> Vec<Line<'static>> {
    let indent = "     ";
    let words = match state {
        State::Stale => format!("stale \u{2013} {words}"),
        _ => words.to_owned(),
    };
    let room = columns.saturating_sub(indent.len() + 1).max(8);
    let mut parts = text::wrap(&words, room);
    if parts.len() > 2 {
        parts.truncate(2);
        if let Some(last) = parts.last_mut() {
            *last = text::fit(&format!("{last} \u{2026}"), room);
        }
    }
    parts
        .into_iter()
        .map(|part| Line::styled(format!("{indent}{part}"), page.theme.warn()))
        .collect()
}

fn row_line(
    page: &Page<'_, '_>,
    columns: usize,
    selected: bool,
    mark: &str,
    title: &str,
    note: &str,
) -> Line<'static> {
    let room = columns.saturating_sub(6);
    // The title gives way to the note only where both cannot be had.
    let note_room = (room * 2 / 5)
        .min(room.saturating_sub(12))
        .max(room.saturating_sub(text::width(title) + 2));
    let note = text::fit(note, note_room);
    let title = text::fit(title, room.saturating_sub(text::width(&note) + 2));
    let gap = room.saturating_sub(text::width(&title) + text::width(&note));
    let style = if selected {
        page.theme.selected()
    } else {
        page.theme.text()
    };
    let quiet = if selected {
        page.theme.selected()
    } else {
        page.theme.quiet()
    };
    Line::from(vec![
        Span::raw(if selected { " \u{203a} " } else { "   " }),
        Span::styled(format!("{mark} "), style),
        Span::styled(title, style),
        Span::styled(" ".repeat(gap), style),
        Span::styled(note, quiet),
        Span::raw(" "),
    ])
}

fn welcome(page: &mut Page<'_, '_>, area: Rect, others: bool) {
    let theme = page.theme;
    let tall = area.height >= 14;
    let mut lines = Vec::new();
    if tall {
        lines.push(Line::default());
    }
    lines.extend(page.wrapped(
        "They asked for a red box. Find out before you build the blue one.",
        area.width,
        "",
        theme.strong(),
    ));
    lines.push(Line::default());
    if tall {
        lines.extend(page.wrapped(
            "When somebody asks you for something, write it down here first: who it is for, \
             what they want and why, which needs matter most. Five minutes. Then send them a \
             short message, note their yes, and build the right thing.",
            area.width,
            "",
            theme.text(),
        ));
        lines.push(Line::default());
    }
    let archived = usize::from(page.model.has_briefs());
    let (first, second) = if archived == 0 {
        (
            ("a", "start your first brief"),
            ("D", "look around in a demo"),
        )
    } else if others {
        (("a", "start a brief"), ("M", "show those of colleagues"))
    } else {
        (("a", "start a brief"), ("A", "show what is put away"))
    };
    for (key, what) in [first, second, ("?", "all keys"), ("q", "quit")] {
        lines.push(Line::from(vec![
            Span::raw("  "),
            Span::styled(key, theme.key()),
            Span::raw(format!("  {what}")),
        ]));
    }
    if tall {
        lines.push(Line::default());
        lines.extend(page.wrapped(
            &format!("Your briefs will live in {}", page.model.place),
            area.width,
            "",
            theme.quiet(),
        ));
    }
    page.lines(area, lines);
}
