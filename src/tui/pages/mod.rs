//! What the screens look like. Drawing reads the model and changes nothing.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use crate::domain::check_in::Phase;
use crate::domain::text;

use super::agenda::Banner;
use super::command::{Availability, Command};
use super::keymap;
use super::model::Model;
use super::screens::Screen;
use super::theme::Theme;
use super::update::contexts;

pub mod brief;
pub mod check_in;
mod desk;
mod dialog;
mod filter;
mod lines;
mod lists;
pub(super) mod new;
mod reply;
mod review;
pub mod share;
mod walk;

/// The smallest terminal that shows anything useful.
pub const SMALLEST: (u16, u16) = (30, 9);

/// What the line below the title is made of.
const RULE: &str = "\u{2500}";

/// Height from which there is a line below the title.
const ROOMY: u16 = 18;

/// A page while it is drawn.
pub struct Page<'a, 'b> {
    pub model: &'a Model,
    pub theme: Theme,
    pub frame: &'a mut Frame<'b>,
}

/// Draws the whole interface.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    let area = frame.area();
    let theme = Theme::new(model.colour);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(frame, area);
        clean(frame);
        return;
    }
    let [head, body, foot] = bands(area);
    let mut page = Page {
        model,
        theme,
        frame,
    };
    header(&mut page, head);
    match model.top() {
        Some(Screen::Desk(screen)) => desk::draw(&mut page, body, screen),
        Some(Screen::New(screen)) => new::draw(&mut page, body, screen),
        Some(Screen::Walk(screen)) => walk::draw(&mut page, body, screen),
        Some(Screen::Review(screen)) => review::draw(&mut page, body, screen),
        Some(Screen::Share(screen)) => share::draw(&mut page, body, screen),
        Some(Screen::Brief(screen)) => brief::draw(&mut page, body, screen),
        Some(Screen::CheckIn(screen)) => check_in::draw(&mut page, body, screen),
        Some(Screen::Reply(screen)) => reply::draw(&mut page, body, screen),
        Some(Screen::Goals(screen)) => lists::draw_goals(&mut page, body, screen),
        Some(Screen::People(screen)) => lists::draw_people(&mut page, body, screen),
        Some(Screen::Filter(screen)) => filter::draw(&mut page, body, screen),
        None => {}
    }
    footer(&mut page, foot);
    if let Some(open) = &model.dialog {
        dialog::draw(&mut page, area, open);
    }
    clean(frame);
}

/// Header, body and the two lines at the foot.
fn bands(area: Rect) -> [Rect; 3] {
    let row = |y: u16, height: u16| Rect {
        x: area.x,
        y: area.y.saturating_add(y),
        width: area.width,
        height,
    };
    let (head, body) = (head_height(area.height), body_height(area.height));
    [row(0, head), row(head, body), row(head + body, 2)]
}

fn head_height(height: u16) -> u16 {
    if height >= ROOMY { 2 } else { 1 }
}

/// How many lines of a terminal are between its head and its foot.
pub(super) fn body_height(height: u16) -> u16 {
    height.saturating_sub(head_height(height) + 2)
}

fn too_small(frame: &mut Frame<'_>, area: Rect) {
    let (width, height) = SMALLEST;
    let lines = text::wrap(
        &format!("askfirst needs {width}x{height}. Your text is safe."),
        usize::from(area.width).max(1),
    );
    let lines: Vec<Line<'_>> = lines.into_iter().map(Line::from).collect();
    lines::draw(frame.buffer_mut(), area, &lines);
}

fn header(page: &mut Page<'_, '_>, area: Rect) {
    let model = page.model;
    let columns = usize::from(area.width);
    let brief = model
        .current()
        .filter(|_| !matches!(model.top(), Some(Screen::Desk(_))));
    let right = match (model.top(), brief) {
        (Some(Screen::Walk(walk)), _) => {
            let (at, all) = walk.position(model);
            format!("{at} of {all} ")
        }
        (Some(Screen::CheckIn(talk)), _) => {
            let (at, all) = talk.position(model);
            let what = match talk.phase {
                Phase::Handover => "handover",
                Phase::Close => "closing",
                _ => "check-in",
            };
            format!("{what}, {at} of {all} ")
        }
        (_, Some(brief)) => format!(
            "{} {} ",
            brief.stage.symbol(),
            crate::tui::pages::brief::stage_words(brief)
        ),
        _ => format!("{} ", text::fit(&model.place, columns / 2)),
    };
    let title = match brief {
        Some(brief) if !brief.title.trim().is_empty() => brief.title.clone(),
        _ => model
            .top()
            .map(|s| s.title().to_owned())
            .unwrap_or_default(),
    };
    let left = " askfirst ";
    let room = columns.saturating_sub(left.len() + text::width(&right) + 2);
    let title = text::fit(&title, room);
    let gap = columns.saturating_sub(left.len() + 1 + text::width(&title) + text::width(&right));
    let line = Line::from(vec![
        Span::styled(left, page.theme.key()),
        Span::raw(" "),
        Span::styled(title, page.theme.strong()),
        Span::raw(" ".repeat(gap)),
        Span::styled(right, page.theme.quiet()),
    ]);
    let mut lines = vec![line];
    if area.height > 1 {
        let rule = match &model.banner {
            Some(banner) => Line::styled(banner_line(banner, columns), page.theme.warn()),
            None => Line::styled(RULE.repeat(columns), page.theme.quiet()),
        };
        lines.push(rule);
    }
    lines::draw(page.frame.buffer_mut(), area, &lines);
}

/// What became due.
fn banner_line(banner: &Banner, columns: usize) -> String {
    let room = columns.saturating_sub(4);
    format!(" \u{25cf} {} ", text::fit(&banner.text, room))
}

fn footer(page: &mut Page<'_, '_>, area: Rect) {
    let columns = usize::from(area.width).saturating_sub(2);
    let notice = match &page.model.notice {
        Some(notice) => {
            let style = if notice.is_problem {
                page.theme.problem()
            } else {
                page.theme.good()
            };
            let mark = if notice.is_problem { "! " } else { "" };
            Line::styled(
                format!(" {}", text::fit(&format!("{mark}{}", notice.text), columns)),
                style,
            )
        }
        None => status(page, page.frame.area().height < ROOMY),
    };
    let hints = hints(page, columns);
    lines::draw(page.frame.buffer_mut(), area, &[notice, hints]);
}

/// What is known without anything having happened: saved when.
fn status(page: &Page<'_, '_>, is_small: bool) -> Line<'static> {
    let model = page.model;
    if let Some(banner) = model.banner.as_ref().filter(|_| is_small) {
        let columns = usize::from(page.frame.area().width);
        return Line::styled(banner_line(banner, columns), page.theme.warn());
    }
    let unsaved = model.items.iter().any(|i| i.failed);
    let text = if unsaved {
        " ! not saved yet".to_owned()
    } else {
        match (model.saved_at, model.top()) {
            (Some(at), Some(Screen::Walk(_) | Screen::New(_) | Screen::Review(_))) => {
                format!(" saved at {}", at.format("%H:%M:%S"))
            }
            _ => String::new(),
        }
    };
    Line::styled(
        text,
        if unsaved {
            page.theme.problem()
        } else {
            page.theme.quiet()
        },
    )
}

/// The hint line, from the table of keys: what is available, as far as it fits.
fn hints(page: &Page<'_, '_>, columns: usize) -> Line<'static> {
    let contexts = contexts(page.model);
    let mut hints: Vec<(u8, String, &'static str)> = Vec::new();
    for binding in keymap::bindings(contexts).filter(|b| b.hint > 0) {
        let label = binding.command.label();
        let Some(key) = binding.keys.first() else {
            continue;
        };
        // The key may mean something else in a context that comes before.
        let means = keymap::commands(contexts, *key)
            .find(|c| c.availability(page.model) == Availability::Ready);
        if means == Some(binding.command) && !hints.iter().any(|(_, _, l)| *l == label) {
            hints.push((binding.hint, key.label(), label));
        }
    }
    hints.sort_by_key(|(place, _, _)| *place);
    // Where not everything fits, the way to all keys still does.
    let help = Command::Help.label();
    let wide = |key: &str, label: &str| text::width(key) + 1 + text::width(label) + 2;
    let kept = hints
        .iter()
        .find(|(_, _, label)| *label == help)
        .map_or(0, |(_, key, label)| wide(key, label));
    let mut spans = vec![Span::raw(" ")];
    let mut room = (columns + 2).saturating_sub(kept);
    for (_, key, label) in hints {
        let wide = wide(&key, label);
        if label != help {
            if wide > room {
                continue;
            }
            room -= wide;
        }
        spans.push(Span::styled(key, page.theme.key()));
        spans.push(Span::raw(format!(" {label}  ")));
    }
    Line::from(spans)
}

/// The last line of defence: no cell holds what a terminal would act upon.
fn clean(frame: &mut Frame<'_>) {
    for cell in &mut frame.buffer_mut().content {
        let symbol = cell.symbol();
        if symbol.len() == 1 && symbol.as_bytes()[0] >= b' ' && symbol.as_bytes()[0] < 0x7f {
            continue;
        }
        // There is a rule of these on every page.
        if symbol == RULE {
            continue;
        }
        if let std::borrow::Cow::Owned(_) = text::line(symbol) {
            cell.set_symbol("\u{fffd}");
        }
    }
}

impl Page<'_, '_> {
    /// Draws lines from the top, as many as fit; gives back the rest of the area.
    pub fn lines(&mut self, area: Rect, lines: Vec<Line<'_>>) -> Rect {
        let used = u16::try_from(lines.len())
            .unwrap_or(u16::MAX)
            .min(area.height);
        lines::draw(self.frame.buffer_mut(), area, &lines);
        below(area, used)
    }

    /// Wraps a text into lines of one style, with an indent.
    pub fn wrapped(
        &self,
        text: &str,
        columns: u16,
        indent: &str,
        style: ratatui::style::Style,
    ) -> Vec<Line<'static>> {
        wrapped(text, columns, indent, style)
    }

    /// Draws rows so that the selected line is on the screen.
    pub fn scrolled(&mut self, area: Rect, lines: Vec<Line<'_>>, selected: usize) {
        let height = usize::from(area.height);
        let total = lines.len();
        if height == 0 {
            return;
        }
        let top = if total <= height {
            0
        } else {
            selected
                .saturating_sub(height / 2)
                .min(total.saturating_sub(height))
        };
        let shown: Vec<Line<'_>> = lines.into_iter().skip(top).take(height).collect();
        lines::draw(self.frame.buffer_mut(), area, &shown);
        self.more(area, top > 0, top + height < total);
    }

    /// Marks that there is more above or below.
    pub fn more(&mut self, area: Rect, above: bool, below: bool) {
        let x = area.right().saturating_sub(1);
        let style = self.theme.key();
        let buffer = self.frame.buffer_mut();
        let mut mark = |y: u16, symbol: &str| {
            if let Some(cell) = buffer.cell_mut(Position { x, y }) {
                cell.set_symbol(symbol).set_style(style);
            }
        };
        if area.width == 0 || area.height == 0 {
            return;
        }
        if above {
            mark(area.y, "\u{2191}");
        }
        if below {
            mark(area.bottom().saturating_sub(1), "\u{2193}");
        }
    }

    /// Empties an area.
    pub fn clear(&mut self, area: Rect) {
        self.frame.render_widget(Clear, area);
    }
}

/// Wraps a text into lines of one style, with an indent.
pub fn wrapped(
    text: &str,
    columns: u16,
    indent: &str,
    style: ratatui::style::Style,
) -> Vec<Line<'static>> {
    let room = usize::from(columns)
        .saturating_sub(text::width(indent))
        .max(1);
    // A mark in front stands before the first line only.
    let lead = " ".repeat(text::width(indent));
    text::wrap(text, room)
        .into_iter()
        .enumerate()
        .map(|(at, line)| {
            let lead = if at == 0 { indent } else { &lead };
            Line::styled(format!("{lead}{line}"), style)
        })
        .collect()
}

/// What is left of an area below `used` rows.
pub fn below(area: Rect, used: u16) -> Rect {
    let used = used.min(area.height);
    Rect {
        y: area.y.saturating_add(used),
        height: area.height - used,
        ..area
    }
}

/// An area without its outermost columns.
pub fn inside(area: Rect) -> Rect {
    if area.width < 3 {
        return area;
    }
    Rect {
        x: area.x + 1,
        width: area.width - 2,
        ..area
    }
}
