//! Check your answers.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::text;
use crate::tui::screens::review::{Group, Review, State, open_blockers, rows};

use super::{Page, inside};

/// Draws the review.
pub fn draw(page: &mut Page<'_, '_>, area: Rect, review: &Review) {
    let area = inside(area);
    let columns = usize::from(area.width);
    let rows = rows(page.model, &review.id);
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut selected_line = 0;
    let mut group = None;
    let open = open_blockers(page.model, &review.id);
    let before_start = page
        .model
        .brief(&review.id)
        .is_some_and(|brief| brief.stage.before_start());
    let undecided = rows.iter().any(|row| row.conflict.is_some());
    if open == 0 && before_start && !undecided {
        lines.extend(page.wrapped(
            "Nothing stands between here and starting: m starts the work.",
            area.width,
            "",
            page.theme.good(),
        ));
    }
    for (at, row) in rows.iter().enumerate() {
        if group != Some(row.group) {
            group = Some(row.group);
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::styled(heading(row.group, open), page.theme.strong()));
        }
        let is_selected = at == review.selected.min(rows.len().saturating_sub(1));
        if is_selected {
            selected_line = lines.len();
        }
        lines.extend(row_lines(page, row, columns, is_selected));
    }
    page.scrolled(area, lines, selected_line);
}

fn heading(group: Group, open: usize) -> String {
    match group {
        Group::Conflicts => "Changed in two ways: Enter chooses".to_owned(),
        Group::Blockers if open == 0 => "Waived".to_owned(),
        Group::Blockers if open == 1 => "One thing before you start".to_owned(),
        Group::Blockers => format!("{open} things before you start"),
        Group::Said => "They wrote, and it is not in the brief yet".to_owned(),
        Group::Agreed => "Who agreed".to_owned(),
        Group::Answers => "Your answers".to_owned(),
        Group::Gaps => "Worth a second look".to_owned(),
        Group::Open => "Open questions".to_owned(),
    }
}

fn row_lines(
    page: &Page<'_, '_>,
    row: &crate::tui::screens::review::Row,
    columns: usize,
    selected: bool,
) -> Vec<Line<'static>> {
    let style = if selected {
        page.theme.selected()
    } else {
        page.theme.text()
    };
    let mark = if selected { "\u{203a} " } else { "  " };
    let mut lines = Vec::new();
    let with_label = row.group == Group::Answers;
    if with_label {
        lines.push(Line::from(vec![
            Span::raw(mark),
            Span::styled(
                text::fit(&row.label, columns.saturating_sub(2)),
                if selected { style } else { page.theme.quiet() },
            ),
        ]));
    }
    for (at, (state, answer)) in row.answer.iter().enumerate() {
        let (symbol, word) = state.label();
        let tag = format!("{symbol} {word}");
        let state_style = match state {
            State::Basis(basis) => page.theme.basis(basis),
            State::Agreed | State::Reworded => page.theme.good(),
            State::Blocker | State::Objects | State::Undecided => page.theme.problem(),
            State::Gap | State::Unknown | State::Changed | State::Open | State::Wrote => {
                page.theme.warn()
            }
            State::Waived | State::Aside | State::Plain => page.theme.quiet(),
        };
        let wide = 13.min(columns / 3);
        let pad = wide.saturating_sub(text::width(&tag));
        let first = if with_label || at > 0 { "  " } else { mark };
        let room = columns.saturating_sub(wide + 2).max(8);
        // Blockers and gaps are read whole; answers are looked over.
        let wrapped = if with_label {
            vec![text::fit(answer, room)]
        } else {
            text::wrap(answer, room)
        };
        for (n, part) in wrapped.into_iter().enumerate() {
            let head = if n == 0 {
                vec![
                    Span::raw(first.to_owned()),
                    Span::styled(tag.clone(), state_style),
                    Span::raw(" ".repeat(pad)),
                ]
            } else {
                vec![Span::raw(" ".repeat(wide + 2))]
            };
            let style = if with_label { page.theme.text() } else { style };
            let mut spans = head;
            spans.push(Span::styled(part, style));
            lines.push(Line::from(spans));
        }
    }
    lines
}
