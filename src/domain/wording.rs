//! Sentences about a brief that every screen, command and export says alike.

use chrono::Datelike as _;

use super::coverage::Gap;
use super::questions::OpenQuestion;
use super::{Basis, Brief, Day, ItemId, Standing, text};

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
