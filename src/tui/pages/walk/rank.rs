//! The rank page, and its pairs.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::{Brief, ranking, text};
use crate::tui::screens::walk::Walk;
use crate::tui::screens::walk::rank::RankPage;

use super::{remark, selected, standing_line};
use crate::tui::pages::Page;

pub(super) fn draw_rank(
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
