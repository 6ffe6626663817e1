//! A page with a list.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::{Basis, Brief, Standing, text};
use crate::tui::screens::walk::Walk;
use crate::tui::screens::walk::list::{ListPage, offered_goals};
use crate::tui::screens::walk::lists::ListKind;

use super::{remark, selected, standing_line};
use crate::tui::pages::new::field;
use crate::tui::pages::{Page, below};

pub(super) fn draw_list(
    page: &mut Page<'_, '_>,
    area: Rect,
    walk: &Walk,
    list: &ListPage,
    brief: &Brief,
) -> Rect {
    let rows = list.kind.rows(brief);
    let columns = usize::from(area.width);
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut selected_line = 0;
    let roomy = area.height >= 10;
    for (at, row) in rows.iter().enumerate() {
        let is_selected = list.row == Some(at);
        let edited = list.editing == Some(at) || list.follow == Some(at);
        if is_selected || (list.row.is_none() && edited) {
            selected_line = lines.len();
        }
        let style = selected(page, is_selected);
        let number = format!("{:>2} ", at + 1);
        let mark = match (&row.standing, &list.kind) {
            (Some(_), ListKind::Readings) if row.chosen => "\u{2022} ",
            (Some(_), ListKind::Readings) => "  ",
            _ => "",
        };
        let basis = row
            .standing
            .as_ref()
            .map(|s| format!("{} {}", s.basis.symbol(), s.basis.label()))
            .unwrap_or_default();
        let basis_style = row
            .standing
            .as_ref()
            .map_or(page.theme.quiet(), |s| page.theme.basis(&s.basis));
        let room =
            columns.saturating_sub(number.len() + text::width(mark) + text::width(&basis) + 1);
        let shown = text::fit(&row.text, room);
        let gap = room.saturating_sub(text::width(&shown)) + 1;
        let text_style = if row.chosen && !is_selected {
            page.theme.strong()
        } else {
            style
        };
        lines.push(Line::from(vec![
            Span::styled(number, page.theme.quiet()),
            Span::styled(mark.to_owned(), page.theme.good()),
            Span::styled(shown, text_style),
            Span::raw(" ".repeat(gap)),
            Span::styled(basis, basis_style),
        ]));
        if roomy || is_selected {
            for detail in &row.details {
                lines.push(Line::styled(
                    format!("   {}", text::fit(detail, columns.saturating_sub(3))),
                    page.theme.quiet(),
                ));
            }
        }
        if let Some(remark) = &row.remark {
            lines.push(Line::styled(
                format!("   {}", text::fit(remark, columns.saturating_sub(3))),
                page.theme.warn(),
            ));
        }
    }
    if list.row.is_none() && list.editing.is_none() && list.follow.is_none() {
        selected_line = lines.len().saturating_sub(1);
    }
    let extra = list_extra(page, list, brief, area.width);
    let wanted = u16::try_from(list.field.rows(area.width.saturating_sub(2))).unwrap_or(u16::MAX);
    let entry = wanted.clamp(1, 3) + 1;
    let remarks = remark(page, walk, area.width);
    let foot = entry
        + 1
        + u16::try_from(remarks.len()).unwrap_or(0)
        + u16::try_from(extra.len()).unwrap_or(0);
    let room = area.height.saturating_sub(foot);
    let tall = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .min(room.max(1));
    let rows_area = Rect {
        height: tall.min(area.height),
        ..area
    };
    page.scrolled(rows_area, lines, selected_line);
    let rest = below(area, tall);
    let mut label = Vec::new();
    let standing = list.standing_now(brief, &walk.at);
    let prompt = match (list.follow, list.editing, &list.standing.basis) {
        (Some(_), _, _) => list.kind.follow_up().unwrap_or_default().to_owned(),
        (_, Some(at), _) => format!("change {}", at + 1),
        (_, _, Basis::NotNeeded) => "why is it not needed?".to_owned(),
        _ => list.kind.prompt().to_owned(),
    };
    label.push(Line::styled(
        text::fit(&prompt, columns),
        if list.row.is_none() {
            page.theme.text()
        } else {
            page.theme.quiet()
        },
    ));
    let rest = page.lines(rest, label);
    let rest = field(
        page,
        rest,
        "\u{203a} ",
        &list.field,
        wanted.clamp(1, 3),
        list.row.is_none(),
    );
    let mut lines = Vec::new();
    if list.kind.items_have_basis() || !rows.is_empty() || standing != Standing::default() {
        let mut line = standing_line(page, brief, &standing, false);
        let is_next = list.kind.items_have_basis() && list.row.is_none() && list.editing.is_none();
        if is_next && list.follow.is_none() && !rows.is_empty() {
            line = Line::from(vec![
                Span::styled("  the next one:", page.theme.quiet()),
                Span::styled(line.to_string().trim_start().to_owned(), line.style),
            ]);
            line.spans.insert(1, Span::raw(" "));
        }
        lines.push(line);
    }
    lines.extend(remarks);
    lines.extend(extra);
    page.lines(rest, lines)
}

/// What a list page says besides its rows: goals to take, needs without a part.
fn list_extra(
    page: &Page<'_, '_>,
    list: &ListPage,
    brief: &Brief,
    columns: u16,
) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    match list.kind {
        ListKind::Goals => {
            let offered = offered_goals(brief, &page.model.goals.goals);
            if !offered.is_empty() {
                lines.push(Line::styled(
                    "  from the goals list; type the number:",
                    page.theme.quiet(),
                ));
            }
            for (at, goal) in offered.iter().enumerate().take(5) {
                lines.push(Line::styled(
                    text::fit(
                        &format!("  {} {}: {}", at + 1, goal.level, goal.text),
                        usize::from(columns),
                    ),
                    page.theme.text(),
                ));
            }
        }
        ListKind::Deliverables => {
            let mut without = Vec::new();
            for (at, need) in brief.needs.iter().enumerate() {
                let served = brief
                    .deliverables
                    .iter()
                    .any(|d| d.serves.contains(&need.id));
                let style = if served {
                    page.theme.quiet()
                } else {
                    page.theme.text()
                };
                let tail = if served { "" } else { " \u{2013} no part yet" };
                let room = usize::from(columns).saturating_sub(text::width(tail) + 6);
                without.push(Line::styled(
                    format!("  #{} {}{tail}", at + 1, text::fit(&need.text, room)),
                    style,
                ));
            }
            lines.extend(without);
        }
        ListKind::Readings if brief.readings.len() > 1 && brief.chosen_reading().is_none() => {
            lines.push(Line::styled(
                "  type a number to say which one you go by",
                page.theme.quiet(),
            ));
        }
        _ => {}
    }
    lines
}
