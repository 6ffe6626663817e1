//! Sentences about a brief that every screen, command and export says alike.

use chrono::Datelike as _;

use super::{Basis, Brief, Day, ItemId, Standing};

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
