//! One brief: what it says, how it stands, and its history.

mod course;
mod said;
mod standing;

use standing::standing;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::sign_off::{self, SectionState, Worth};
use crate::domain::wording;
use crate::domain::{Brief, BriefId, EventKind, Section, Standing, readiness, text};
use crate::tui::model::Model;
use crate::tui::screens::brief::View;
use crate::tui::screens::walk::describe;
use crate::tui::theme::Theme;

use super::{Page, inside};

/// Draws the brief screen.
pub fn draw(page: &mut Page<'_, '_>, area: Rect, view: &View) {
    let area = inside(area);
    let lines = lines(
        page.model,
        page.theme,
        &view.id,
        usize::from(area.width),
        true,
    );
    let height = usize::from(area.height);
    let total = lines.len();
    let top = view.scroll.min(total.saturating_sub(height));
    let shown: Vec<Line<'_>> = lines.into_iter().skip(top).take(height).collect();
    page.lines(area, shown);
    page.more(area, top > 0, top + height < total);
}

/// Draws the brief beside the desk's list.
pub fn draw_aside(page: &mut Page<'_, '_>, area: Rect, id: &BriefId) {
    let area = inside(area);
    let mut lines = lines(page.model, page.theme, id, usize::from(area.width), false);
    lines.truncate(usize::from(area.height));
    page.lines(area, lines);
}

/// How many lines the brief takes at a width.
pub fn height(model: &Model, id: &BriefId, columns: u16) -> usize {
    lines(
        model,
        Theme::new(false),
        id,
        usize::from(columns).saturating_sub(2),
        true,
    )
    .len()
}

/// The stage in words, with *amended* where something changed since a yes.
pub fn stage_words(brief: &Brief) -> String {
    let mut words = brief.stage.label().to_owned();
    if !sign_off::lapsed(brief).is_empty() {
        words.push_str(", amended");
    }
    if brief.archived {
        words.push_str(", archived");
    }
    words
}

struct Text {
    lines: Vec<Line<'static>>,
    columns: usize,
    theme: Theme,
    /// What was said yes to.
    states: Vec<(Section, SectionState)>,
}

impl Text {
    fn heading(&mut self, words: &str) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        self.lines
            .push(Line::styled(words.to_owned(), self.theme.strong()));
    }

    fn put(&mut self, indent: &str, words: &str, style: ratatui::style::Style) {
        let room = self.columns.saturating_sub(text::width(indent)).max(8);
        for (at, line) in text::wrap(words, room).into_iter().enumerate() {
            let lead = if at == 0 {
                indent.to_owned()
            } else {
                " ".repeat(text::width(indent))
            };
            self.lines
                .push(Line::from(vec![Span::raw(lead), Span::styled(line, style)]));
        }
    }

    /// A text with what it counts for below it.
    fn with_basis(
        &mut self,
        indent: &str,
        words: &str,
        brief: &Brief,
        standing: &Standing,
        section: Option<&Section>,
    ) {
        self.put(indent, words, self.theme.text());
        self.basis(&" ".repeat(text::width(indent)), brief, standing, section);
    }

    fn basis(
        &mut self,
        indent: &str,
        brief: &Brief,
        standing: &Standing,
        section: Option<&Section>,
    ) {
        let (mark, style) = match Worth::of(&standing.basis, section, &self.states) {
            Worth::Own(basis) => (
                format!("{} {}", basis.symbol(), describe(brief, standing)),
                self.theme.basis(basis),
            ),
            Worth::Agreed => ("✓ agreed".to_owned(), self.theme.good()),
            Worth::Lapsed => (
                "~ guess, changed since the yes".to_owned(),
                self.theme.warn(),
            ),
        };
        self.lines.push(Line::from(vec![
            Span::raw(indent.to_owned()),
            Span::styled(
                text::fit(&mark, self.columns.saturating_sub(indent.len())),
                style,
            ),
        ]));
    }
}

fn lines(
    model: &Model,
    theme: Theme,
    id: &BriefId,
    columns: usize,
    whole: bool,
) -> Vec<Line<'static>> {
    let Some(brief) = model.brief(id) else {
        return Vec::new();
    };
    let mut out = Text {
        lines: Vec::new(),
        columns,
        theme,
        states: sign_off::section_states(brief),
    };
    if !whole {
        out.put("", &brief.title, theme.strong());
        let stage = format!("{} {}", brief.stage.symbol(), stage_words(brief));
        out.put("", &stage, theme.stage(&brief.stage));
    }
    if let Some(item) = model.item(id) {
        if let Some(why) = item.read_only() {
            out.put("", why, theme.warn());
        }
        for note in item.base.iter().flat_map(|b| &b.notes) {
            out.put("", note, theme.warn());
        }
    }
    for conflict in &brief.conflicts {
        let style = theme.problem();
        let sentence = crate::domain::conflict::sentence(brief, conflict);
        out.put("\u{2260} ", &sentence, style);
    }
    if whole && !brief.conflicts.is_empty() {
        out.put("  ", "v, then Enter on it, chooses", theme.quiet());
    }
    standing(&mut out, brief, whole);
    said::said(&mut out, brief);
    course::course(&mut out, model, brief);
    if whole {
        course::line(&mut out, model, brief);
    }
    course::shortcuts(&mut out, brief);
    content(&mut out, model, brief);
    if whole {
        missing(&mut out, model, brief);
        history(&mut out, brief);
    }
    out.lines
}

fn content(out: &mut Text, model: &Model, brief: &Brief) {
    let theme = out.theme;
    let request = &brief.request;
    if !request.words.trim().is_empty() {
        out.heading("What they said");
        out.put(
            "  ",
            &format!("\u{201c}{}\u{201d}", request.words.trim()),
            theme.text(),
        );
        let mut parts = Vec::new();
        if let Some(by) = &request.by {
            parts.push(brief.name_of(by).to_owned());
        }
        if let Some(on) = request.on {
            parts.push(on.format("%-d %b %Y").to_string());
        }
        if !request.place.trim().is_empty() {
            parts.push(request.place.clone());
        }
        if !parts.is_empty() {
            out.put("  ", &parts.join(", "), theme.quiet());
        }
    }
    if let Some(reading) = brief.chosen_reading() {
        out.heading("What it means");
        let section = Some(&Section::Want);
        out.with_basis("  ", &reading.text, brief, &reading.standing, section);
    }
    if let Some(purpose) = brief.answers.get("purpose").filter(|a| a.is_given()) {
        out.heading("Why");
        let text = if purpose.text.trim().is_empty() {
            &purpose.standing.why
        } else {
            &purpose.text
        };
        let section = Some(&Section::Want);
        out.with_basis("  ", text, brief, &purpose.standing, section);
    }
    if !brief.customers.is_empty() {
        out.heading("Who it is for");
        for c in &brief.customers {
            let uses = if c.uses_for.trim().is_empty() {
                String::new()
            } else {
                format!(": {}", c.uses_for)
            };
            out.put(
                "  ",
                &format!("{} ({}){uses}", c.name, c.role),
                theme.text(),
            );
        }
    }
    if !brief.needs.is_empty() {
        out.heading("Needs, in order");
        for (need, rank) in brief.needs.iter().zip(brief.ranks()) {
            out.put(&format!("  {rank} "), &need.text, theme.text());
            if !need.acceptance.trim().is_empty() {
                out.put(
                    "    ",
                    &format!("met when: {}", need.acceptance),
                    theme.quiet(),
                );
            }
            out.basis("    ", brief, &need.standing, Some(&Section::Needs));
        }
    }
    if !brief.deliverables.is_empty() {
        out.heading("What will be handed over");
        for part in &brief.deliverables {
            let numbers = crate::tui::screens::walk::lists::need_numbers(brief, part);
            let serves: Vec<String> = numbers.iter().map(|n| format!("#{n}")).collect();
            out.put(
                "  \u{2022} ",
                &format!("{} {}", part.text, serves.join(" ")),
                theme.text(),
            );
            if serves.is_empty() {
                out.put(
                    "    ",
                    "serves no need \u{2013} would anybody miss it?",
                    theme.warn(),
                );
            }
        }
    }
    if !brief.out.is_empty() {
        out.heading("Out of scope");
        for line in &brief.out {
            out.put("  \u{2022} ", line, theme.text());
        }
    }
    if !brief.goals.is_empty() {
        out.heading("Goals");
        for goal in &brief.goals {
            out.put(
                "  \u{2022} ",
                &format!("{}: {}", goal.level, goal.text),
                theme.text(),
            );
        }
    } else if let Some(none) = brief.answers.get("goals").filter(|a| a.is_given()) {
        out.heading("Goals");
        out.put("  ", &format!("none: {}", none.standing.why), theme.text());
    }
    plan(out, brief);
    let other: Vec<_> = brief
        .answers
        .iter()
        .filter(|(id, a)| {
            !matches!(*id, "purpose" | "goals" | "need_by") && !a.text.trim().is_empty()
        })
        .collect();
    if !other.is_empty() {
        out.heading("And besides");
        for (id, answer) in other {
            let question = if answer.question.is_empty() {
                id
            } else {
                &answer.question
            };
            // A choice is kept as its word and read as its label.
            let label = model
                .checklist_of(brief)
                .and_then(|c| c.question(id))
                .and_then(|q| q.choices.iter().find(|c| c.value == answer.text))
                .map_or(&answer.text, |c| &c.label);
            out.put("  ", question, theme.quiet());
            let section = answer.section.as_ref();
            out.with_basis("    ", label, brief, &answer.standing, section);
        }
    }
}

fn plan(out: &mut Text, brief: &Brief) {
    let mut parts = Vec::new();
    match brief.plan.need_by {
        Some(day) => parts.push(format!("needed by {}", crate::domain::date::show(day))),
        None => {
            let words = brief
                .answers
                .get("need_by")
                .map(|a| a.text.trim())
                .unwrap_or("");
            if !words.is_empty() {
                parts.push(format!("needed by: {words}"));
            }
        }
    }
    if !brief.plan.appetite.trim().is_empty() {
        parts.push(format!("worth {}", brief.plan.appetite));
    }
    if !brief.plan.cadence.trim().is_empty() {
        parts.push(format!("looked at again {}", brief.plan.cadence));
    }
    if !parts.is_empty() {
        out.heading("When");
        let style = out.theme.text();
        out.put("  ", &parts.join(", "), style);
    }
}

/// What starting waits for, and what was waived.
fn missing(out: &mut Text, model: &Model, brief: &Brief) {
    let needed = model.needed(brief);
    let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
    let blockers = if brief.stage.before_start() {
        readiness::blockers(brief, &needed)
    } else {
        Vec::new()
    };
    let theme = out.theme;
    let told = |b: &&readiness::Blocker| {
        b.waived.is_none() && !matches!(b.requirement, readiness::Requirement::Decided(_))
    };
    let open: Vec<_> = blockers.iter().filter(told).collect();
    if !open.is_empty() {
        out.heading("Before you start");
        for blocker in open {
            out.put("  ! ", &blocker.reason, theme.warn());
        }
    }
    if !brief.waivers.is_empty() {
        out.heading("Waived");
        for waiver in &brief.waivers {
            out.put(
                "  - ",
                &format!("{}: {}", waiver.what, waiver.because),
                theme.text(),
            );
        }
    }
}

fn history(out: &mut Text, brief: &Brief) {
    let theme = out.theme;
    out.heading("History");
    let effective: Vec<&str> = brief
        .effective_events()
        .iter()
        .map(|e| e.id.as_str())
        .collect();
    for event in brief.events.iter().rev() {
        let counts = effective.contains(&event.id.as_str());
        let style = if counts { theme.text() } else { theme.quiet() };
        let mut words = wording::event_by(brief, event);
        if !counts && event.kind != EventKind::Undone {
            words.push_str(" (undone)");
        }
        out.put(
            &format!("  {}  ", event.at.format("%-d %b %H:%M")),
            &words,
            style,
        );
    }
    out.put(
        &format!("  {}  ", brief.created.format("%-d %b %H:%M")),
        "begun",
        theme.text(),
    );
}
