//! One question a page.

mod list;
mod rank;

use list::draw_list;
use rank::draw_rank;

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::checklist::Question;
use crate::domain::{Basis, Brief, Standing, text};
use crate::tui::screens::walk::list::{ListPage, offered_goals};
use crate::tui::screens::walk::lists::ListKind;
use crate::tui::screens::walk::{Page as Kind, Walk, describe};

use super::new::field;
use super::{Page, below, inside};

/// Width from which "so far" stands beside the page.
const WIDE: u16 = 100;

/// Draws the page.
pub fn draw(page: &mut Page<'_, '_>, area: Rect, walk: &Walk) {
    let model = page.model;
    let (Some(brief), Some(question)) = (model.brief(&walk.id), walk.question(model)) else {
        return;
    };
    let (main, side) = if area.width >= WIDE {
        let left = area.width * 62 / 100;
        (
            Rect {
                width: left,
                ..area
            },
            Some(Rect {
                x: area.x + left + 2,
                width: area.width.saturating_sub(left + 2),
                ..area
            }),
        )
    } else {
        (area, None)
    };
    let main = inside(main);
    let wanted = match &walk.page {
        Kind::List(list) => rows_wanted(model, list, brief),
        _ => 0,
    };
    let rest = question_head(page, main, question, walk, wanted);
    let rest = match &walk.page {
        Kind::Text(text_page) => {
            let rows = u16::try_from(text_page.field.rows(rest.width.saturating_sub(2)))
                .unwrap_or(u16::MAX)
                .clamp(1, rest.height.saturating_sub(3).max(1));
            let rest = field(page, rest, "\u{203a} ", &text_page.field, rows, true);
            let mut lines = Vec::new();
            match text_page.echo(question, model.today()) {
                Some(Ok(day)) => lines.push(Line::styled(format!("  {day}"), page.theme.good())),
                Some(Err(why)) if walk.remark.is_none() => {
                    lines.extend(page.wrapped(&why, rest.width, "  ", page.theme.quiet()));
                }
                _ => {}
            }
            lines.push(standing_line(
                page,
                brief,
                &text_page.standing,
                walk.at == "words",
            ));
            lines.extend(remark(page, walk, rest.width));
            page.lines(rest, lines)
        }
        Kind::Choice(choice) => {
            let mut lines = Vec::new();
            for (at, (_, label)) in choice.options.iter().enumerate() {
                let style = selected(page, at == choice.selected);
                let room = usize::from(rest.width).saturating_sub(3).max(8);
                for (n, part) in text::wrap(label, room).into_iter().enumerate() {
                    let number = if n == 0 {
                        format!("{} ", at + 1)
                    } else {
                        "  ".to_owned()
                    };
                    lines.push(Line::styled(format!("{number}{part} "), style));
                }
            }
            lines.push(Line::default());
            lines.push(standing_line(page, brief, &choice.standing, false));
            lines.extend(remark(page, walk, rest.width));
            page.lines(rest, lines)
        }
        Kind::List(list) => draw_list(page, rest, walk, list, brief),
        Kind::Rank(rank) => draw_rank(page, rest, walk, rank, brief),
    };
    match side {
        Some(side) => so_far(page, side, brief, &walk.at),
        None if rest.height >= 4 => so_far(page, below(rest, 1), brief, &walk.at),
        None => {}
    }
}

/// How many lines a list takes below the question, about; 0 while it is empty.
fn rows_wanted(model: &crate::tui::model::Model, list: &ListPage, brief: &Brief) -> usize {
    let rows: usize = list
        .kind
        .rows(brief)
        .iter()
        .map(|row| 1 + row.details.len() + usize::from(row.remark.is_some()))
        .sum();
    if rows == 0 {
        return 0;
    }
    let extra = match list.kind {
        ListKind::Deliverables => brief.needs.len(),
        ListKind::Goals => offered_goals(brief, &model.goals.goals).len().min(5) + 1,
        _ => 0,
    };
    // The prompt, the entry line and its basis.
    rows + extra + 3
}

/// Draws the question. Where the page wants more lines than there are below it,
/// the advice and then the example give way.
fn question_head(
    page: &mut Page<'_, '_>,
    area: Rect,
    question: &Question,
    walk: &Walk,
    wanted: usize,
) -> Rect {
    let theme = page.theme;
    let mut lines = Vec::new();
    let roomy = area.height >= 16;
    if roomy {
        lines.push(Line::default());
    }
    lines.extend(page.wrapped(&question.ask, area.width, "", theme.strong()));
    // On a small screen the rows matter more than the reason for the question.
    let small = area.height < 14;
    if !small {
        lines.extend(page.wrapped(&question.why, area.width, "", theme.text()));
    }
    let busy = match &walk.page {
        Kind::List(list) => list.row.is_some() || list.editing.is_some() || list.follow.is_some(),
        Kind::Rank(_) | Kind::Choice(_) => true,
        Kind::Text(_) => false,
    };
    let mut more = Vec::new();
    let room_for_example = !(small && busy);
    if room_for_example && !question.example.is_empty() {
        more.push(format!("e.g. {}", question.example));
    }
    if area.height >= 17 && !question.advice.is_empty() {
        more.push(question.advice.clone());
    }
    for text in more {
        let wrapped = page.wrapped(&text, area.width, "", theme.quiet());
        if wanted > 0 && lines.len() + wrapped.len() + 1 + wanted > usize::from(area.height) {
            break;
        }
        lines.extend(wrapped);
    }
    if !small {
        lines.push(Line::default());
    }
    page.lines(area, lines)
}

fn selected(page: &Page<'_, '_>, is: bool) -> Style {
    if is {
        page.theme.selected()
    } else {
        page.theme.text()
    }
}

/// The basis, as mark and words.
fn standing_line(
    page: &Page<'_, '_>,
    brief: &Brief,
    standing: &Standing,
    verbatim: bool,
) -> Line<'static> {
    if verbatim {
        return Line::styled("  kept word for word", page.theme.quiet());
    }
    let words = text::line(&describe(brief, standing)).into_owned();
    let tail = match standing.basis {
        Basis::NotNeeded if standing.why.is_empty() => ": type the reason",
        _ => "",
    };
    Line::styled(
        format!("  {} {words}{tail}", standing.basis.symbol()),
        page.theme.basis(&standing.basis),
    )
}

fn remark(page: &Page<'_, '_>, walk: &Walk, columns: u16) -> Vec<Line<'static>> {
    walk.remark.as_ref().map_or_else(Vec::new, |remark| {
        page.wrapped(remark, columns, "  ", page.theme.warn())
    })
}

/// What is known so far, in a few lines.
fn so_far(page: &mut Page<'_, '_>, area: Rect, brief: &Brief, at: &str) {
    let columns = usize::from(area.width);
    let mut known: Vec<(&str, String)> = Vec::new();
    if !brief.customers.is_empty() && at != "customers" {
        let names: Vec<&str> = brief.customers.iter().map(|c| c.name.as_str()).collect();
        known.push(("for", names.join(", ")));
    }
    if !brief.request.words.is_empty() && at != "words" {
        known.push((
            "they said",
            format!("\u{201c}{}\u{201d}", brief.request.words),
        ));
    }
    if let Some(reading) = brief.chosen_reading().filter(|_| at != "readings") {
        known.push(("meaning", reading.text.clone()));
    }
    if let Some(purpose) = brief.answers.get("purpose").filter(|_| at != "purpose") {
        known.push(("because", purpose.text.clone()));
    }
    if at != "needs" && at != "rank" && at != "deliverables" {
        for (need, rank) in brief.needs.iter().zip(brief.ranks()) {
            known.push(("need", format!("{rank} {}", need.text)));
        }
    }
    if at != "deliverables" {
        for part in &brief.deliverables {
            known.push(("part", part.text.clone()));
        }
    }
    known.retain(|(_, text)| !text.trim().is_empty());
    if known.is_empty() {
        return;
    }
    let mut lines = vec![Line::styled(" so far", page.theme.quiet())];
    for (label, value) in known {
        lines.push(Line::from(vec![
            Span::styled(format!(" {label:>9} "), page.theme.quiet()),
            Span::styled(
                text::fit(&value, columns.saturating_sub(12)),
                page.theme.quiet(),
            ),
        ]));
    }
    page.lines(area, lines);
}
