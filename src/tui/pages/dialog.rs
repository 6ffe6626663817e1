//! Forms, choices and texts over a screen.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders};

use crate::domain::text;
use crate::tui::dialog::{Dialog, Form, Picker, Reader};

use super::{Page, below};

/// Draws a dialog over the screen.
pub fn draw(page: &mut Page<'_, '_>, area: Rect, dialog: &Dialog) {
    match dialog {
        Dialog::Form(form) => draw_form(page, area, form),
        Dialog::Picker(picker) => draw_picker(page, area, picker),
        Dialog::Reader(reader) => draw_reader(page, area, reader),
    }
}

/// A box in the middle, above the foot; gives back what is inside it.
fn frame(page: &mut Page<'_, '_>, area: Rect, title: &str, wide: u16, tall: u16) -> Rect {
    let width = wide.min(area.width);
    let room = area.height.saturating_sub(2);
    let height = tall.saturating_add(2).min(room);
    let at = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (room - height) / 2,
        width,
        height,
    };
    // Whole rows: what is left of the screen beside the box only disturbs.
    page.clear(Rect {
        x: area.x,
        width: area.width,
        ..at
    });
    let title = format!(
        " {} ",
        text::fit(title, usize::from(width).saturating_sub(6))
    );
    let block = Block::default()
        .borders(Borders::ALL)
        .title(Span::styled(title, page.theme.strong()));
    let inner = block.inner(at);
    page.frame.render_widget(block, at);
    Rect {
        x: inner.x.saturating_add(1),
        width: inner.width.saturating_sub(2),
        ..inner
    }
}

fn width_for(area: Rect) -> u16 {
    area.width.saturating_sub(4).clamp(30.min(area.width), 76)
}

fn draw_form(page: &mut Page<'_, '_>, area: Rect, form: &Form) {
    let theme = page.theme;
    let wide = width_for(area);
    let columns = wide.saturating_sub(4);
    let mut head = Vec::new();
    for line in &form.lines {
        head.extend(page.wrapped(line, columns, "", theme.quiet()));
    }
    let error = form
        .error
        .as_ref()
        .map(|e| page.wrapped(e, columns, "", theme.problem()))
        .unwrap_or_default();
    let field_rows = |at: usize| -> u16 {
        let Some(field) = form.fields.get(at) else {
            return 1;
        };
        let most = if field.input.is_multiline() { 5 } else { 2 };
        u16::try_from(field.input.rows(columns.saturating_sub(2)))
            .unwrap_or(most)
            .clamp(1, most)
    };
    let fields: u16 = (0..form.fields.len()).map(|at| field_rows(at) + 1).sum();
    let extra = u16::try_from(error.len()).unwrap_or(0);
    // A long difference gives way to the fields, not the other way round.
    let room = area.height.saturating_sub(4);
    let head_room = usize::from(room.saturating_sub(fields + extra).max(1));
    if head.len() > head_room {
        head.truncate(head_room.saturating_sub(1));
        head.push(Line::styled("\u{2026}", theme.quiet()));
    }
    let tall = u16::try_from(head.len()).unwrap_or(0) + extra + fields;
    let inner = frame(page, area, &form.title, wide, tall);
    let mut rest = page.lines(inner, head);
    rest = page.lines(rest, error);
    // Where not all fields fit, those from the one in focus on are shown.
    let mut first = 0;
    let needed = |from: usize| -> u16 { (from..=form.focus).map(|at| field_rows(at) + 1).sum() };
    while first < form.focus && needed(first) > rest.height {
        first += 1;
    }
    for (at, field) in form.fields.iter().enumerate().skip(first) {
        if rest.height < 2 {
            break;
        }
        let focused = at == form.focus;
        let mut label = vec![Span::styled(
            field.label,
            if focused {
                theme.strong()
            } else {
                theme.text()
            },
        )];
        let used = text::width(field.label) + 2;
        if !field.hint.is_empty() {
            label.push(Span::styled(
                format!(
                    "  {}",
                    text::fit(&field.hint, usize::from(rest.width).saturating_sub(used))
                ),
                theme.quiet(),
            ));
        }
        rest = page.lines(rest, vec![Line::from(label)]);
        let rows = field_rows(at).min(rest.height);
        let inner = Rect {
            x: rest.x + 2.min(rest.width),
            width: rest.width.saturating_sub(2),
            height: rows,
            ..rest
        };
        page.frame.buffer_mut().set_string(
            rest.x,
            rest.y,
            if focused { "\u{203a} " } else { "  " },
            theme.key(),
        );
        field.input.render(inner, page.frame.buffer_mut(), focused);
        if focused && let Some(caret) = field.input.caret(inner) {
            page.frame.set_cursor_position(caret);
        }
        rest = below(rest, rows);
    }
}

fn draw_picker(page: &mut Page<'_, '_>, area: Rect, picker: &Picker) {
    let theme = page.theme;
    let wide = width_for(area);
    let columns = usize::from(wide.saturating_sub(4));
    let mut head = Vec::new();
    for line in &picker.lines {
        head.extend(page.wrapped(line, wide.saturating_sub(4), "", theme.quiet()));
    }
    head.truncate(usize::from(area.height / 2));
    if !head.is_empty() {
        head.push(Line::default());
    }
    let mut lines = Vec::new();
    for (at, option) in picker.options.iter().enumerate() {
        let style = if at == picker.selected {
            theme.selected()
        } else {
            theme.text()
        };
        let mark = match (picker.many, option.chosen) {
            (true, true) => "[x] ",
            (true, false) => "[ ] ",
            (false, _) => "",
        };
        let number = format!("{} {mark}", at + 1);
        let label = text::fit(
            &option.label,
            columns.saturating_sub(text::width(&number) + 1),
        );
        let room = columns.saturating_sub(text::width(&number) + text::width(&label) + 2);
        lines.push(Line::from(vec![
            Span::styled(number, theme.key()),
            Span::styled(label, style),
            Span::styled(
                format!("  {}", text::fit(&option.detail, room)),
                theme.quiet(),
            ),
        ]));
    }
    let tall = u16::try_from(head.len() + lines.len()).unwrap_or(u16::MAX);
    let inner = frame(page, area, &picker.title, wide, tall);
    let rest = page.lines(inner, head);
    page.scrolled(rest, lines, picker.selected);
}

fn draw_reader(page: &mut Page<'_, '_>, area: Rect, reader: &Reader) {
    let theme = page.theme;
    let wide = area.width.saturating_sub(4).max(30.min(area.width));
    let columns = wide.saturating_sub(4);
    let mut lines = Vec::new();
    for line in reader.lines.iter().skip(reader.scroll) {
        let style = match line.chars().next() {
            Some('+') => theme.good(),
            Some('\u{2212}') => theme.warn(),
            _ => theme.text(),
        };
        lines.extend(page.wrapped(line, columns, "", style));
        if lines.len() > usize::from(area.height) {
            break;
        }
    }
    let tall = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let inner = frame(page, area, &reader.title, wide, tall);
    let height = usize::from(inner.height);
    let total = lines.len();
    lines.truncate(height);
    page.lines(inner, lines);
    page.more(inner, reader.scroll > 0, total > height);
}
