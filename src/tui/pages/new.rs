//! The page on which a brief begins.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::text;
use crate::tui::screens::new::{New, names};

use super::{Page, below, inside};

/// Draws the page.
pub fn draw(page: &mut Page<'_, '_>, area: Rect, new: &New) {
    let area = inside(area);
    let theme = page.theme;
    let roomy = area.height >= 12;
    let mut lines = Vec::new();
    if roomy {
        lines.push(Line::default());
    }
    lines.extend(page.wrapped(
        "In a few words: what were you asked for?",
        area.width,
        "",
        theme.strong(),
    ));
    if roomy {
        lines.push(Line::styled(
            text::fit("e.g. what my analysts do all day", usize::from(area.width)),
            theme.quiet(),
        ));
        lines.push(Line::default());
    }
    let rest = page.lines(area, lines);
    let rest = field(page, rest, "\u{203a} ", &new.field, 1, true);
    let mut lines = vec![
        Line::default(),
        Line::styled("Which questions?", theme.strong()),
    ];
    let catalogue = page.model.catalogue.clone();
    let tight = usize::from(rest.height) < 2 + 2 * names(page.model).len();
    let mut selected = 0..1;
    for (at, id) in names(page.model).iter().enumerate() {
        let Some(checklist) = catalogue.get(id) else {
            continue;
        };
        let chosen = at == new.selected;
        let style = if chosen {
            theme.selected()
        } else {
            theme.text()
        };
        let mark = if chosen { "(\u{2022})" } else { "( )" };
        let name = format!("{mark} {:<10}", text::line(&checklist.id));
        let room = usize::from(rest.width).saturating_sub(text::width(&name) + 2);
        let first = lines.len();
        let indent = " ".repeat(text::width(&name) + 2);
        // Where not everything fits, at least the chosen one is told whole.
        let about = if tight && !chosen {
            vec![text::fit(&checklist.about, room)]
        } else {
            text::wrap(&checklist.about, room)
        };
        for (n, part) in about.into_iter().enumerate() {
            let head = if n == 0 {
                vec![Span::styled(name.clone(), style), Span::raw("  ")]
            } else {
                vec![Span::raw(indent.clone())]
            };
            lines.push(Line::from(
                [head, vec![Span::styled(part, theme.quiet())]].concat(),
            ));
        }
        if chosen {
            selected = first..lines.len();
        }
    }
    for invalid in catalogue.invalid() {
        lines.push(Line::styled(
            text::fit(
                &format!(
                    "! {} has problems: askfirst prompts check",
                    invalid.path.display()
                ),
                usize::from(rest.width),
            ),
            theme.warn(),
        ));
    }
    page.scrolled(rest, lines, selected.end - 1);
}

/// Draws a text field behind a mark, with the terminal's cursor at the caret.
/// Gives back the rest of the area.
pub fn field(
    page: &mut Page<'_, '_>,
    area: Rect,
    mark: &str,
    field: &crate::tui::widgets::text_field::TextField,
    rows: u16,
    focused: bool,
) -> Rect {
    let wide = u16::try_from(text::width(mark)).unwrap_or(0);
    let rows = rows.min(area.height);
    if rows == 0 || area.width <= wide {
        return area;
    }
    page.frame
        .buffer_mut()
        .set_string(area.x, area.y, mark, page.theme.key());
    let inner = Rect {
        x: area.x + wide,
        width: area.width - wide,
        height: rows,
        ..area
    };
    field.render(inner, page.frame.buffer_mut(), focused);
    if focused
        && page.model.dialog.is_none()
        && let Some(caret) = field.caret(inner)
    {
        page.frame.set_cursor_position(caret);
    }
    below(area, rows)
}
