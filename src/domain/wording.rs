//! Sentences about a brief that every screen, command and export says alike.

mod agreed;
mod burden;
mod checked_in;
mod reminders;
mod said;
mod today;

pub use agreed::{ONLY_VERIFY, countersigned, proves, section, section_ways, sections, worth};
pub use burden::{burden, much};
use checked_in::checked_in;
pub use reminders::{days_of_work, nudge, on_what, unconfirmed};
pub use said::{objector, said};
pub use today::{open_shortcuts, shortcut, today};

use chrono::Datelike as _;

use super::coverage::Gap;
use super::questions::OpenQuestion;
use super::{Basis, Brief, Day, Difference, Event, EventKind, ItemId, Section, Standing, text};

/// A basis in words: "told by Dana Reyes on 4 Feb".
pub fn describe(brief: &Brief, standing: &Standing) -> String {
    let name = |id: &Option<ItemId>| {
        id.as_ref()
            .map(|id| format!(" {}", brief.name_of(id)))
            .unwrap_or_default()
    };
    let by = name(&standing.by);
    let ask = name(&standing.ask);
    match &standing.basis {
        Basis::Told => {
            let by = if by.is_empty() {
                by
            } else {
                format!(" by{by}")
            };
            let on = standing
                .on
                .map(|d| format!(" on {}", short_day(brief, d)))
                .unwrap_or_default();
            format!("told{by}{on}")
        }
        Basis::Asked => format!("asked{ask}, waiting"),
        Basis::NotNeeded if standing.why.trim().is_empty() => "not needed".to_owned(),
        Basis::NotNeeded => format!("not needed: {}", standing.why.trim()),
        Basis::Guess if ask.is_empty() => "guess".to_owned(),
        Basis::Guess => format!("guess, to ask{ask}"),
        Basis::Unknown(word) => word.clone(),
    }
}

/// A day as short as it can be: `4 Feb`, and the year where it is not the one
/// in which the brief was begun.
pub fn short_day(brief: &Brief, day: Day) -> String {
    if day.year() == brief.created.year() {
        day.format("%-d %b").to_string()
    } else {
        day.format("%-d %b %Y").to_string()
    }
}

/// The question of the walk that mends a gap.
pub fn gap_question(gap: &Gap) -> &'static str {
    match gap {
        Gap::PartServesNothing(_) | Gap::NeedUnserved(_) => "deliverables",
        Gap::NoAcceptance(_) | Gap::NeedOfNobody(_) => "needs",
        Gap::OneReading | Gap::NoReadingChosen => "readings",
        Gap::NoGoal => "goals",
        Gap::RankingsDiffer { .. } => "rank",
    }
}

/// A gap in words, politely.
pub fn gap(brief: &Brief, gap: &Gap) -> String {
    // Enough to know which one it is.
    let short = |words: &str| text::fit(words, 60);
    let need = |id: &ItemId| short(brief.need(id).map_or(id.as_str(), |n| &n.text));
    let part = |id: &ItemId| {
        let part = brief.deliverables.iter().find(|d| &d.id == id);
        short(part.map_or(id.as_str(), |d| &d.text))
    };
    match gap {
        Gap::PartServesNothing(id) => format!(
            "\u{201c}{}\u{201d} serves no need \u{2013} would anybody miss it?",
            part(id)
        ),
        Gap::NeedUnserved(id) => format!("no part serves \u{201c}{}\u{201d} yet", need(id)),
        Gap::NoAcceptance(id) => format!(
            "how will they know that \u{201c}{}\u{201d} is met?",
            need(id)
        ),
        Gap::NeedOfNobody(id) => format!("whose need is \u{201c}{}\u{201d}?", need(id)),
        Gap::OneReading => "only one way to read the words was considered".to_owned(),
        Gap::NoReadingChosen => "no reading is chosen".to_owned(),
        Gap::NoGoal => "it serves no goal that anybody named".to_owned(),
        Gap::RankingsDiffer { people, needs } => format!(
            "{} and {} put \u{201c}{}\u{201d} and \u{201c}{}\u{201d} in opposite orders",
            brief.name_of(&people.0),
            brief.name_of(&people.1),
            need(&needs.0),
            need(&needs.1)
        ),
    }
}

/// An open question with whose it is: "Dana: By when? (sent 4 Feb)".
pub fn open_question(brief: &Brief, open: &OpenQuestion) -> String {
    let when = open.asked.map_or_else(
        || "not sent yet".to_owned(),
        |day| format!("sent {}", short_day(brief, day)),
    );
    format!("{}: {} ({when})", brief.name_of(&open.to), open.put)
}

/// What changed between two versions: a line with the section, and under it a
/// line for each change. Safe to show.
pub fn differences(changed: &[Difference]) -> Vec<String> {
    let mut lines = Vec::new();
    for difference in changed {
        lines.push(format!("{}:", text::line(difference.section.label())));
        let changes = difference.told();
        lines.extend(changes.into_iter().map(|change| format!("  {change}")));
    }
    lines
}

/// An event in one sentence, with the colleague who recorded it.
pub fn event_by(brief: &Brief, event: &Event) -> String {
    let words = self::event(brief, event);
    match event.who.trim() {
        "" => words,
        who => format!("{words} ({who})"),
    }
}

/// An event in one sentence.
pub fn event(brief: &Brief, event: &Event) -> String {
    let by = event
        .by
        .as_ref()
        .map(|id| brief.name_of(id))
        .unwrap_or("somebody");
    let to = event
        .to
        .as_ref()
        .map(|id| brief.name_of(id))
        .unwrap_or("somebody");
    let tail = |label: &str, text: &str| {
        if text.trim().is_empty() {
            String::new()
        } else {
            format!("{label}{}", text.trim())
        }
    };
    match &event.kind {
        EventKind::Created => "begun".to_owned(),
        EventKind::Shared => {
            let questions = match event.questions.len() {
                0 => String::new(),
                1 => ", 1 question".to_owned(),
                n => format!(", {n} questions"),
            };
            format!("sent to {to}{questions}, code {}", event.code)
        }
        EventKind::Replied => {
            // The whole mail, signature and quotes included, stands in the file.
            let said = event.answers.iter().chain(&event.remarks);
            let said = [event.because.as_str()]
                .into_iter()
                .chain(said.map(String::as_str));
            let said: Vec<&str> = said.filter(|s| !s.trim().is_empty()).collect();
            match said.is_empty() {
                true => format!("{by} answered{}", tail(": ", &event.words)),
                false => format!("{by} answered: {}", said.join("; ")),
            }
        }
        EventKind::Signed => format!(
            "{by} said yes to {}{}{}",
            event.code,
            tail(" by ", &event.via),
            tail(": ", &event.words)
        ),
        EventKind::Heard => format!("{by} heard of it, no yes{}", tail(": ", &event.words)),
        EventKind::Exported => format!("exported as {}, code {}", event.format, event.code),
        EventKind::Started => format!("started{}", tail(", in spite of gaps: ", &event.because)),
        EventKind::CheckIn => checked_in(brief, event),
        EventKind::Snoozed => match event.until {
            Some(until) => format!("snoozed until {}", until.format("%-d %b %H:%M")),
            None => "snoozed".to_owned(),
        },
        EventKind::Muted => format!("not to be asked about{}", tail(": ", &event.because)),
        EventKind::Unmuted => "to be asked about again".to_owned(),
        EventKind::Changed => {
            let parts: Vec<&str> = event.covers.iter().map(Section::label).collect();
            match parts.as_slice() {
                [] => "changed".to_owned(),
                parts => format!("changed after the yes: {}", parts.join(", ")),
            }
        }
        EventKind::Reworded | EventKind::Amended => {
            let parts: Vec<&str> = event.covers.iter().map(Section::label).collect();
            let call = match event.kind {
                EventKind::Reworded => "called a rewording",
                _ => "called a change that needs a new yes",
            };
            format!("{call}: {}{}", parts.join(", "), tail("; ", &event.because))
        }
        EventKind::Countersigned => {
            format!(
                "signed by the worker, code {}{}",
                event.code,
                tail(", ", &event.key)
            )
        }
        EventKind::Delivered => format!("delivered{}", tail(": ", &event.because)),
        EventKind::Confirmed => format!("{by} confirmed it{}", tail(": ", &event.words)),
        EventKind::Reopened => format!("taken up again{}", tail(": ", &event.because)),
        EventKind::Dropped => format!("dropped{}", tail(": ", &event.because)),
        EventKind::Archived => format!("archived{}", tail(": ", &event.because)),
        EventKind::Restored => "brought back from the archive".to_owned(),
        EventKind::Undone => {
            let what = brief
                .events
                .iter()
                .find(|e| e.id == event.undoes)
                .map(|e| e.kind.word().to_owned())
                .unwrap_or_else(|| event.undoes.clone());
            format!("undone: {what}")
        }
        EventKind::Unknown(word) => word.clone(),
    }
}
