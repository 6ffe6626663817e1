//! One question a page.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::checklist::Question;
use crate::domain::{Basis, Brief, Standing, ranking, text};
use crate::tui::screens::walk::list::{ListPage, offered_goals};
use crate::tui::screens::walk::lists::ListKind;
use crate::tui::screens::walk::rank::RankPage;
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
                lines.push(Line::styled(
                    text::fit(&format!("{} {label} ", at + 1), usize::from(rest.width)),
                    style,
                ));
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
    if !(small && busy) && !question.example.is_empty() {
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

fn draw_list(
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

fn draw_rank(
    page: &mut Page<'_, '_>,
    area: Rect,
    walk: &Walk,
    rank: &RankPage,
    brief: &Brief,
) -> Rect {
    let columns = usize::from(area.width);
    if let (Some(pairs), Some((a, b))) = (&rank.pairs, rank.pair()) {
        let who = rank
            .whose
            .as_ref()
            .map(|id| brief.name_of(id).to_owned())
            .or_else(|| brief.requester().map(|c| c.name.clone()))
            .unwrap_or_else(|| "them".to_owned());
        let need = |id| brief.need(id).map_or("", |n| n.text.as_str()).to_owned();
        let mut lines = page.wrapped(
            &format!("Which matters more to {who}?"),
            area.width,
            "",
            page.theme.strong(),
        );
        lines.push(Line::default());
        for (key, text) in [
            ("1", need(&a)),
            ("2", need(&b)),
            ("=", "the same".to_owned()),
        ] {
            let mut wrapped = page.wrapped(&text, area.width, "    ", page.theme.text());
            if let Some(first) = wrapped.first_mut() {
                *first = Line::from(vec![
                    Span::styled(format!("  {key} "), page.theme.key()),
                    Span::raw(first.to_string().trim_start().to_owned()),
                ]);
            }
            lines.extend(wrapped);
        }
        lines.push(Line::default());
        lines.push(Line::styled(
            format!(
                "  question {} of at most {}",
                pairs.answers.len() + 1,
                ranking::most_questions(pairs.ids.len())
            ),
            page.theme.quiet(),
        ));
        return page.lines(area, lines);
    }
    let mut lines = Vec::new();
    if let Some(whose) = &rank.whose {
        lines.push(Line::styled(
            text::fit(
                &format!("as {} would rank them", brief.name_of(whose)),
                columns,
            ),
            page.theme.warn(),
        ));
    }
    let mut number = 0;
    for (at, id) in rank.order.iter().enumerate() {
        if at == 0 || !rank.same.contains(id) {
            number = at + 1;
        }
        let Some(need) = brief.need(id) else { continue };
        let typed = rank
            .numbered
            .iter()
            .position(|n| n == id)
            .map_or(0, |n| n + 1);
        let asked_by = need.whose.len();
        let note = match (rank.picked.is_empty(), asked_by) {
            (false, _) => format!("was {typed}"),
            (true, n) if n > 1 => format!("{n} people"),
            _ => String::new(),
        };
        let mark = if rank.same.contains(id) { "=" } else { " " };
        let head = format!("{mark}{number} ");
        let room = columns.saturating_sub(text::width(&head) + text::width(&note) + 2);
        let shown = text::fit(&need.text, room);
        let gap = room.saturating_sub(text::width(&shown)) + 1;
        let style = selected(page, at == rank.selected);
        lines.push(Line::from(vec![
            Span::styled(head, page.theme.strong()),
            Span::styled(shown, style),
            Span::raw(" ".repeat(gap)),
            Span::styled(note, page.theme.quiet()),
        ]));
    }
    lines.push(Line::default());
    lines.extend(page.wrapped(
        "Type the numbers in order, or move rows with J and K. Enter takes the order as it stands.",
        area.width,
        "",
        page.theme.quiet(),
    ));
    lines.push(standing_line(page, brief, &rank.standing, false));
    lines.extend(remark(page, walk, area.width));
    page.lines(area, lines)
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
