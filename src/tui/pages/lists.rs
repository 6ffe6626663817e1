//! The goals list, and the people of all briefs.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::text;
use crate::tui::screens::goals::Goals;
use crate::tui::screens::people::{People, rows};

use super::{Page, inside};

/// Draws the goals list.
pub fn draw_goals(page: &mut Page<'_, '_>, area: Rect, screen: &Goals) {
    let area = inside(area);
    let theme = page.theme;
    let goals = page.model.goals.goals.clone();
    if goals.is_empty() {
        let lines = page.wrapped(
            "No goals yet. Write down what your team, your department and the company want to \
             reach; a brief then says which of them it serves. a adds one.",
            area.width,
            "",
            theme.text(),
        );
        page.lines(area, lines);
        return;
    }
    let columns = usize::from(area.width);
    let selected = screen.selected.min(goals.len() - 1);
    let mut lines = Vec::new();
    for (at, goal) in goals.iter().enumerate() {
        let style = if at == selected {
            theme.selected()
        } else {
            theme.text()
        };
        let served = page
            .model
            .items
            .iter()
            .filter(|i| {
                !i.brief.archived
                    && i.brief
                        .goals
                        .iter()
                        .any(|g| g.level == goal.level && g.text.trim() == goal.text.trim())
            })
            .count();
        let note = match (goal.owner.is_empty(), served) {
            (true, 0) => String::new(),
            (true, 1) => "1 brief".to_owned(),
            (true, n) => format!("{n} briefs"),
            (false, 0) => goal.owner.clone(),
            (false, 1) => format!("{}, 1 brief", goal.owner),
            (false, n) => format!("{}, {n} briefs", goal.owner),
        };
        let head = format!("{:<11}", goal.level.word());
        let room = columns.saturating_sub(text::width(&head) + 2);
        let note = text::fit(&note, room / 3);
        let shown = text::fit(&goal.text, room.saturating_sub(text::width(&note) + 1));
        let gap = room.saturating_sub(text::width(&shown) + text::width(&note));
        lines.push(Line::from(vec![
            Span::styled(head, theme.quiet()),
            Span::styled(shown, style),
            Span::raw(" ".repeat(gap)),
            Span::styled(note, theme.quiet()),
        ]));
    }
    page.scrolled(area, lines, selected);
}

/// Draws the people.
pub fn draw_people(page: &mut Page<'_, '_>, area: Rect, screen: &People) {
    let area = inside(area);
    let theme = page.theme;
    let rows = rows(page.model);
    if rows.is_empty() {
        let lines = page.wrapped(
            "Nobody is named in a brief yet.",
            area.width,
            "",
            theme.text(),
        );
        page.lines(area, lines);
        return;
    }
    let columns = usize::from(area.width);
    let selected = screen.selected.min(rows.len() - 1);
    let mut lines = Vec::new();
    let mut selected_line = 0;
    let mut name = None;
    for (at, row) in rows.iter().enumerate() {
        if name != Some(row.name.as_str()) {
            name = Some(row.name.as_str());
            lines.push(Line::styled(text::fit(&row.name, columns), theme.strong()));
        }
        if at == selected {
            selected_line = lines.len();
        }
        let note = match row.open {
            0 => row.role.clone(),
            1 => format!("{}, 1 open question", row.role),
            n => format!("{}, {n} open questions", row.role),
        };
        let room = columns.saturating_sub(2);
        let note = text::fit(&note, room / 2);
        let shown = text::fit(&row.title, room.saturating_sub(text::width(&note) + 1));
        let gap = room.saturating_sub(text::width(&shown) + text::width(&note));
        let style = if at == selected {
            theme.selected()
        } else {
            theme.text()
        };
        lines.push(Line::from(vec![
            Span::raw("  "),
            Span::styled(shown, style),
            Span::raw(" ".repeat(gap)),
            Span::styled(note, theme.quiet()),
        ]));
    }
    page.scrolled(area, lines, selected_line);
}
