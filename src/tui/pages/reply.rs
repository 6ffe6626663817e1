//! A customer's reply: the text, then its pieces with what each is taken for.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::{date, text};
use crate::reply::taking::{self, Came, Fate, Outcome, Row, Taking};
use crate::reply::{Certainty, Target};
use crate::tui::screens::reply::{Reply, Stage};
use crate::tui::theme::Theme;

use super::new::field;
use super::{Page, inside, wrapped};

/// Lines of a piece that are shown where it is not selected.
const FEW: usize = 2;
/// And where it is.
const MANY: usize = 6;

/// Draws the page.
pub fn draw(page: &mut Page<'_, '_>, area: Rect, reply: &Reply) {
    let area = inside(area);
    match reply.at {
        Stage::Text => draw_text(page, area, reply),
        Stage::Pieces => draw_pieces(page, area, reply),
    }
}

fn draw_text(page: &mut Page<'_, '_>, area: Rect, reply: &Reply) {
    let theme = page.theme;
    let mut head = page.wrapped(
        "Paste the reply as it came, or type what they said.",
        area.width,
        "",
        theme.strong(),
    );
    if area.height >= 8 {
        head.extend(page.wrapped(
            "You look at every piece before anything is recorded.",
            area.width,
            "",
            theme.quiet(),
        ));
        head.push(Line::default());
    }
    let rest = page.lines(area, head);
    field(page, rest, "\u{203a} ", &reply.field, rest.height, true);
}

fn draw_pieces(page: &mut Page<'_, '_>, area: Rect, reply: &Reply) {
    let Some(taking) = &reply.taking else { return };
    let head = head(page, area, reply, taking);
    let rest = page.lines(area, head);
    let fates = taking.fates();
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut selected_line = 0;
    let reach = usize::from(area.height);
    let rows = taking.rows().iter().zip(&fates).enumerate();
    for (at, (row, fate)) in rows {
        let is_selected = at == reply.selected;
        if is_selected {
            selected_line = lines.len() + 1;
        }
        if at.abs_diff(reply.selected) > reach {
            lines.extend((0..3).map(|_| Line::default()));
            continue;
        }
        lines.extend(row_lines(
            page.theme,
            taking,
            at,
            row,
            is_selected,
            rest.width,
        ));
        lines.extend(fate_lines(page.theme, fate, rest.width));
        let changed = reply.changed.iter().find(|(of, _)| *of == at);
        let is_old = matches!(row.take, Some(Target::OldYes { .. }));
        for line in changed
            .iter()
            .filter(|_| is_old)
            .flat_map(|(_, lines)| lines)
        {
            lines.extend(wrapped(line, rest.width, "      ", page.theme.warn()));
        }
    }
    if taking.rows().is_empty() {
        lines.extend(page.wrapped(
            "Nothing in it is about what was asked. Recorded, it is kept as it came.",
            rest.width,
            "",
            page.theme.text(),
        ));
    }
    lines.extend(asked(page.theme, taking, rest.width));
    let selected = if reply.selected == 0 {
        0
    } else {
        selected_line
    };
    page.scrolled(rest, lines, selected);
}

/// Who wrote it and when, and what Enter records.
fn head(page: &Page<'_, '_>, area: Rect, reply: &Reply, taking: &Taking) -> Vec<Line<'static>> {
    let theme = page.theme;
    let Some(brief) = page.model.brief(&reply.id) else {
        return Vec::new();
    };
    let sender = reply.sender.as_ref();
    let name = sender.map_or("nobody", |s| brief.name_of(&s.by));
    let via = match reply.via.trim() {
        "" => String::new(),
        via => format!(", {via}"),
    };
    let why = sender.map_or("", |s| s.why.words());
    let name = text::fit(name, usize::from(area.width / 2));
    let rest = format!("  {}{via} ({why})", date::show(reply.on));
    let room = usize::from(area.width).saturating_sub(5 + text::width(&name));
    let mut lines = vec![Line::from(vec![
        Span::styled("From ", theme.quiet()),
        Span::styled(name, theme.strong()),
        Span::styled(text::fit(&rest, room), theme.quiet()),
    ])];
    if let Some(stranger) = &reply.stranger {
        let words =
            format!("the mail is from {stranger}, who is no customer here; e says who it is");
        lines.extend(wrapped(&words, area.width, "! ", theme.warn()));
    }
    lines.extend(wrapped(
        &records(page, taking),
        area.width,
        "",
        theme.text(),
    ));
    if area.height >= 14 {
        lines.push(Line::default());
    }
    lines
}

/// What would be recorded: "Enter records: 2 answers, order".
fn records(page: &Page<'_, '_>, taking: &Taking) -> String {
    let replies = taking.replies(&Came::default());
    let of = replies.iter().map(|(id, reply)| {
        let what = Outcome::taken(reply).words();
        let other = taking.sheets().first().map(|s| &s.brief) != Some(id);
        match page.model.brief(id).filter(|_| other) {
            Some(brief) => format!("in {}: {what}", text::fit(&brief.title, 24)),
            None => what,
        }
    });
    format!("Enter records: {}", of.collect::<Vec<_>>().join("; "))
}

fn row_lines(
    theme: Theme,
    taking: &Taking,
    at: usize,
    row: &Row,
    is_selected: bool,
    columns: u16,
) -> Vec<Line<'static>> {
    let style = if is_selected {
        theme.selected()
    } else {
        theme.text()
    };
    let mark = if is_selected { "\u{203a} " } else { "  " };
    let head = format!("{mark}{} ", at + 1);
    let indent = text::width(&head);
    let room = usize::from(columns).saturating_sub(indent).max(8);
    let most = if is_selected { MANY } else { FEW };
    // More is not shown, and need not be laid out.
    let words: String = row
        .piece
        .words
        .trim()
        .chars()
        .take(room * (most + 1))
        .collect();
    let words = format!("\u{201c}{words}\u{201d}");
    let mut parts = text::wrap(&words, room);
    if parts.len() > most {
        parts.truncate(most);
        if let Some(last) = parts.last_mut() {
            *last = text::fit(&format!("{last} \u{2026}"), room);
        }
    }
    let mut lines: Vec<Line<'static>> = Vec::new();
    for (n, part) in parts.into_iter().enumerate() {
        let lead = match n {
            0 => head.clone(),
            _ => " ".repeat(indent),
        };
        lines.push(Line::from(vec![
            Span::styled(lead, theme.key()),
            Span::styled(part, style),
        ]));
    }
    let target = taking::target(taking, row.take.as_ref());
    let target_style = match &row.take {
        None => theme.quiet(),
        Some(Target::Objection { .. } | Target::OldYes { .. }) => theme.warn(),
        Some(Target::Remark) => theme.quiet(),
        Some(_) => theme.good(),
    };
    let lead = format!("{}\u{2192} ", " ".repeat(indent));
    lines.extend(wrapped(&target, columns, &lead, target_style));
    let (symbol, word, style) = match (row.is_changed(), row.piece.certainty) {
        (true, _) if row.take.is_none() => ("-", "dropped", theme.quiet()),
        (true, Certainty::Open) if row.take == Some(Target::Remark) => ("?", "open", theme.warn()),
        (true, _) => ("\u{2713}", "as you say", theme.good()),
        (false, Certainty::Exact) => ("\u{2713}", "exact", theme.good()),
        (false, Certainty::Likely) => ("~", "likely", theme.warn()),
        (false, Certainty::Open) => ("?", "open", theme.warn()),
    };
    let sure = format!("  {symbol} {word}");
    let why = match row.is_changed() && row.take != Some(Target::Remark) {
        true => String::new(),
        false => format!(": {}", row.piece.why),
    };
    let lead = " ".repeat(indent);
    let room = usize::from(columns).saturating_sub(indent + text::width(&sure));
    lines.push(Line::from(vec![
        Span::raw(lead),
        Span::styled(sure, style),
        Span::styled(text::fit(&why, room), theme.quiet()),
    ]));
    lines
}

fn fate_lines(theme: Theme, fate: &Fate, columns: u16) -> Vec<Line<'static>> {
    taking::fate(fate).map_or_else(Vec::new, |words| {
        wrapped(&words, columns, "      ", theme.warn())
    })
}

/// What they were asked, as it was put.
fn asked(theme: Theme, taking: &Taking, columns: u16) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (place, sheet) in taking.sheets().iter().enumerate() {
        let told = taking::sheet_lines(sheet);
        if told.is_empty() {
            continue;
        }
        lines.push(Line::default());
        let heading = match place {
            0 => "What they were asked".to_owned(),
            _ => format!("And in \u{201c}{}\u{201d}", text::fit(&sheet.title, 40)),
        };
        lines.push(Line::styled(
            text::fit(&heading, usize::from(columns)),
            theme.strong(),
        ));
        for line in told {
            let words = line.trim_start();
            let indent = " ".repeat(2 + line.len() - words.len());
            lines.extend(wrapped(words, columns, &indent, theme.quiet()));
        }
    }
    lines
}
