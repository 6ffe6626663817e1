//! The check-in: what was said so far, the question, and what the brief says
//! today.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::check_in::Phase;
use crate::domain::{Brief, progress, text, wording};
use crate::tui::command::Command;
use crate::tui::keymap::{self, Context};
use crate::tui::model::Model;
use crate::tui::screens::check_in::{CheckIn, NewsRow, Turn, checklist};
use crate::tui::theme::Theme;

use super::new::field;
use super::{Page, inside, share, wrapped};

/// Draws the check-in.
pub fn draw(page: &mut Page<'_, '_>, area: Rect, talk: &CheckIn) {
    let area = inside(area);
    if talk.at == Turn::Word {
        draw_word(page, area, talk);
        return;
    }
    let Some(brief) = page.model.brief(&talk.id) else {
        return;
    };
    let mut below = Vec::new();
    let mut selected = 0;
    match &talk.at {
        Turn::News => {
            let (lines, at) = news(page, talk, brief, area.width);
            below = lines;
            selected = at;
        }
        Turn::Ask(id) => below.extend(ask(page, talk, brief, id, area.width)),
        Turn::PutRight => {
            let shortcuts: Vec<String> = talk
                .to_put_right(page.model, brief)
                .map(wording::shortcut)
                .collect();
            below.extend(said(page, &shortcuts, area, 6));
            below.push(Line::default());
            below.extend(keys(page.theme, "yes, it is put right", "not yet", None));
        }
        Turn::HandOver => below.extend(keys(page.theme, "yes, now", "not yet", None)),
        Turn::Tell(id) => {
            let today = wording::today(brief, id, &page.model.work, &page.model.here);
            below.extend(said(page, &today, area, 3));
        }
        Turn::Word => {}
    }
    let question = question(page, talk, area.width);
    let wanted = question.len() + below.len() + usize::from(matches!(talk.at, Turn::Tell(_))) * 4;
    let before = before(page, talk, brief, area, wanted);
    let mut rest = page.lines(area, before);
    rest = page.lines(rest, question);
    if !matches!(talk.at, Turn::Tell(_)) {
        let mut lines = below;
        lines.extend(remark(page, talk, rest.width));
        page.scrolled(rest, lines, selected);
        return;
    }
    rest = page.lines(rest, below);
    let rows = u16::try_from(talk.field.rows(rest.width.saturating_sub(2)))
        .unwrap_or(u16::MAX)
        .clamp(1, rest.height.saturating_sub(2).max(1));
    rest = field(page, rest, "\u{203a} ", &talk.field, rows, true);
    let mut lines = Vec::new();
    if let Some(echo) = talk.echo(page.model) {
        lines.extend(page.wrapped(&echo, rest.width, "  ", page.theme.good()));
    }
    lines.extend(remark(page, talk, rest.width));
    page.lines(rest, lines);
}

fn remark(page: &Page<'_, '_>, talk: &CheckIn, columns: u16) -> Vec<Line<'static>> {
    talk.remark.as_ref().map_or_else(Vec::new, |remark| {
        page.wrapped(remark, columns, "  ", page.theme.warn())
    })
}

/// What was said before, as far as there is room above the question.
fn before(
    page: &Page<'_, '_>,
    talk: &CheckIn,
    brief: &Brief,
    area: Rect,
    wanted: usize,
) -> Vec<Line<'static>> {
    let theme = page.theme;
    let columns = usize::from(area.width);
    let mut lines: Vec<Line<'static>> = Vec::new();
    let model = page.model;
    if let Some(clock) = progress::unconfirmed(brief, &model.work, &model.here, model.now) {
        let words = wording::unconfirmed(brief, &clock);
        lines.push(Line::styled(text::fit(&words, columns), theme.quiet()));
    }
    for (question, answer) in talk.talk(model) {
        let question = text::fit(&question, columns * 2 / 3);
        let room = columns.saturating_sub(text::width(&question) + 2);
        lines.push(Line::from(vec![
            Span::styled(question, theme.quiet()),
            Span::raw(format!("  {}", text::fit(&answer, room))),
        ]));
    }
    let room = usize::from(area.height).saturating_sub(wanted + 1);
    let skip = lines.len().saturating_sub(room);
    let mut lines: Vec<_> = lines.into_iter().skip(skip).collect();
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    lines
}

/// The question with its reason.
fn question(page: &Page<'_, '_>, talk: &CheckIn, columns: u16) -> Vec<Line<'static>> {
    let theme = page.theme;
    let (ask, why, example) = match &talk.at {
        Turn::PutRight => (
            match talk.phase {
                Phase::Course => "Is this put right by now?".to_owned(),
                _ => "Before it is over: is this put right?".to_owned(),
            },
            "What is quick today costs somebody later.".to_owned(),
            String::new(),
        ),
        Turn::News => ("Anything new?".to_owned(), String::new(), String::new()),
        Turn::HandOver => (
            "Is it to be handed over now?".to_owned(),
            "Handed over is not done: they say when it is.".to_owned(),
            String::new(),
        ),
        _ => match talk.question(page.model) {
            Some(q) => (q.ask.clone(), q.why.clone(), q.example.clone()),
            None => return Vec::new(),
        },
    };
    let mut lines = page.wrapped(&ask, columns, "", theme.strong());
    if !why.is_empty() {
        lines.extend(page.wrapped(&why, columns, "", theme.text()));
    }
    if !example.is_empty() {
        lines.extend(page.wrapped(&format!("e.g. {example}"), columns, "", theme.quiet()));
    }
    lines.push(Line::default());
    lines
}

/// What the brief says, a bullet each, at most so many lines.
fn said(page: &Page<'_, '_>, today: &[String], area: Rect, most: usize) -> Vec<Line<'static>> {
    let bullet = if today.len() > 1 { "  \u{2022} " } else { "  " };
    let mut lines = Vec::new();
    for line in today {
        lines.extend(page.wrapped(line, area.width, bullet, page.theme.text()));
    }
    let most = most.min(usize::from(area.height) / 2).max(1);
    if lines.len() > most {
        lines.truncate(most - 1);
        lines.push(Line::styled("  \u{2026}", page.theme.quiet()));
    }
    lines
}

fn ask(
    page: &Page<'_, '_>,
    talk: &CheckIn,
    brief: &Brief,
    id: &str,
    columns: u16,
) -> Vec<Line<'static>> {
    let today = wording::today(brief, id, &page.model.work, &page.model.here);
    let area = Rect {
        width: columns,
        height: page.frame.area().height,
        ..Rect::default()
    };
    let mut lines = said(page, &today, area, 8);
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    let no_word = talk.may_have_no_word().then_some("no word yet: ask them");
    lines.extend(keys(page.theme, "yes", "no", no_word));
    lines
}

/// The keys of an answer, with the key first.
fn keys(theme: Theme, yes: &str, no: &str, no_word: Option<&str>) -> Vec<Line<'static>> {
    let contexts = [Context::Question];
    let mut rows = vec![(Command::Yes, yes), (Command::No, no)];
    rows.extend(no_word.map(|words| (Command::NoWord, words)));
    rows.into_iter()
        .map(|(command, words)| {
            let key = keymap::label_of(&contexts, command).unwrap_or_default();
            Line::from(vec![
                Span::styled(format!("  {key}"), theme.key()),
                Span::raw(format!("  {words}")),
            ])
        })
        .collect()
}

/// The menu of what there may be to tell, and the line that is selected.
fn news(
    page: &Page<'_, '_>,
    talk: &CheckIn,
    brief: &Brief,
    columns: u16,
) -> (Vec<Line<'static>>, usize) {
    let theme = page.theme;
    let room = usize::from(columns).saturating_sub(5);
    let all = match talk.texts.is_empty() && talk.said.paid.is_empty() {
        true => "nothing new",
        false => "that is all",
    };
    let style = |at: usize| match at == talk.selected {
        true => theme.selected(),
        false => theme.text(),
    };
    let mark = |at: usize| match at == talk.selected {
        true => "\u{203a} ",
        false => "  ",
    };
    let mut lines = vec![Line::from(vec![
        Span::raw(mark(0)),
        Span::styled(all, style(0)),
    ])];
    let mut selected = 0;
    for (at, row) in (1..).zip(talk.news_rows(page.model)) {
        if at == talk.selected {
            selected = lines.len();
        }
        let (label, typed, today) = match &row {
            NewsRow::Text(id) => {
                let question = checklist(page.model).and_then(|c| c.question(id));
                let today = wording::today(brief, id, &page.model.work, &page.model.here);
                let more = match today.len() {
                    0 | 1 => String::new(),
                    n => format!(" (and {} more)", n - 1),
                };
                let first = today.into_iter().next().unwrap_or_default();
                let cut = text::fit(&first, room.saturating_sub(text::width(&more)));
                (
                    question.map_or_else(String::new, |q| q.ask.clone()),
                    talk.text_of(id).trim().to_owned(),
                    format!("{cut}{more}"),
                )
            }
            NewsRow::Shortcut(id) => {
                let shortcut = brief.shortcuts.iter().find(|s| &s.id == id);
                let typed = match talk.said.paid.contains(id) {
                    true => "put right",
                    false => "",
                };
                (
                    "Is the shortcut put right?".to_owned(),
                    typed.to_owned(),
                    shortcut.map_or_else(String::new, wording::shortcut),
                )
            }
        };
        lines.push(Line::from(vec![
            Span::raw(mark(at)),
            Span::styled(format!("{at} "), theme.key()),
            Span::styled(text::fit(&label, room), style(at)),
        ]));
        if !typed.is_empty() {
            let is_doubted = matches!(&row, NewsRow::Text(id)
                if talk.doubt_about(page.model, id, &typed).is_some());
            let (mark, style) = match is_doubted {
                true => ("!", theme.problem()),
                false => ("\u{2713}", theme.good()),
            };
            let typed = text::fit(&typed.replace('\n', " "), room.saturating_sub(2));
            lines.push(Line::styled(format!("    {mark} {typed}"), style));
        } else if !today.is_empty() {
            lines.push(Line::styled(format!("    {today}"), theme.quiet()));
        }
    }
    (lines, selected)
}

/// Draws the short word.
fn draw_word(page: &mut Page<'_, '_>, area: Rect, talk: &CheckIn) {
    let Some(message) = talk.message(page.model) else {
        return;
    };
    let rest = page.lines(area, word_head(page.model, page.theme, talk, area));
    let lines = share::body(page.theme, &message, rest.width);
    let height = usize::from(rest.height);
    let total = lines.len();
    let top = talk.scroll.min(total.saturating_sub(height));
    let shown: Vec<Line<'_>> = lines.into_iter().skip(top).take(height).collect();
    page.lines(rest, shown);
    page.more(rest, top > 0, top + height < total);
}

fn word_head(model: &Model, theme: Theme, talk: &CheckIn, area: Rect) -> Vec<Line<'static>> {
    let name = model
        .brief(&talk.id)
        .map_or_else(String::new, |b| b.name_of(&talk.to).to_owned());
    let name = text::line(&name).into_owned();
    let heading = match talk.is_lost() {
        true => format!("Before you go on: ask {name}?"),
        false => format!("A short word to {name}?"),
    };
    let mut lines = wrapped(&heading, area.width, "", theme.strong());
    for warning in talk.message(model).iter().flat_map(|m| &m.warnings) {
        lines.extend(wrapped(warning, area.width, "! ", theme.warn()));
    }
    lines.push(Line::default());
    lines.truncate(usize::from(area.height / 2).max(1));
    lines
}

/// How many lines of the message do not fit on the screen.
pub fn overflow(model: &Model, talk: &CheckIn) -> usize {
    let (width, height) = model.size;
    let [_, area, _] = super::bands(Rect::new(0, 0, width, height));
    let area = inside(area);
    let Some(message) = talk.message(model) else {
        return 0;
    };
    let theme = Theme::new(false);
    let head = word_head(model, theme, talk, area).len();
    let room = usize::from(area.height).saturating_sub(head);
    share::body(theme, &message, area.width)
        .len()
        .saturating_sub(room)
}
