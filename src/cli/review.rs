//! How a brief stands, in lines: what blocks starting, what is open, what a
//! careful reader would ask, what changed.

use std::fmt::Write as _;
use std::io::Write;

use super::Context;
use crate::domain::coverage::{Gap, gaps};
use crate::domain::questions::open_questions;
use crate::domain::{Basis, Brief, Difference, ItemId, date, readiness, text};

/// What is known, guessed and open, and what stands between here and starting.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, context: &Context, brief: &Brief) -> std::io::Result<()> {
    writeln!(out, "{}", bases(brief))?;
    let questions = open_questions(brief);
    if !questions.is_empty() {
        writeln!(out, "Open questions:")?;
        for q in &questions {
            let sent = match q.asked {
                Some(day) => format!("asked {}", date::show(day)),
                None => "not sent yet".to_owned(),
            };
            let name = brief.name_of(&q.to);
            writeln!(
                out,
                "  ? {} ({}, {sent})",
                text::line(&q.put),
                text::line(name)
            )?;
        }
    }
    write_open(out, context, brief)
}

/// What is worth a second look, and what stands between here and starting.
///
/// # Errors
///
/// Those of the writer.
pub fn write_open(out: &mut dyn Write, context: &Context, brief: &Brief) -> std::io::Result<()> {
    let gaps = gap_lines(brief);
    if !gaps.is_empty() {
        writeln!(out, "Worth a second look:")?;
        for gap in &gaps {
            writeln!(out, "  - {}", text::line(gap))?;
        }
    }
    if brief.stage.before_start() {
        write_blockers(out, context, brief)?;
    }
    Ok(())
}

fn write_blockers(out: &mut dyn Write, context: &Context, brief: &Brief) -> std::io::Result<()> {
    let blockers = readiness::blockers(brief, &context.needed(brief));
    let (waived, open): (Vec<_>, Vec<_>) = blockers.iter().partition(|b| b.waived.is_some());
    if open.is_empty() {
        writeln!(out, "Nothing stands between here and starting")?;
    } else {
        writeln!(out, "Between here and starting:")?;
    }
    for blocker in &open {
        writeln!(out, "  - {}", text::line(&blocker.reason))?;
    }
    for blocker in &waived {
        let because = blocker.waived.as_deref().unwrap_or_default();
        writeln!(
            out,
            "  waived: {} (because {})",
            text::line(&blocker.reason),
            text::line(because)
        )?;
    }
    Ok(())
}

/// `6 told, 2 guess, 1 asked`.
fn bases(brief: &Brief) -> String {
    let bases = brief.bases();
    let parts: Vec<String> = [Basis::Told, Basis::Asked, Basis::Guess, Basis::NotNeeded]
        .iter()
        .filter_map(|basis| {
            let count = bases.iter().filter(|b| **b == basis).count();
            (count > 0).then(|| format!("{} {count} {}", basis.symbol(), basis.label()))
        })
        .collect();
    if parts.is_empty() {
        "Nothing is answered yet".to_owned()
    } else {
        format!("Answers: {}", parts.join(", "))
    }
}

/// The gaps of a brief, each a line for people.
pub fn gap_lines(brief: &Brief) -> Vec<String> {
    gaps(brief).iter().map(|gap| gap_line(brief, gap)).collect()
}

fn gap_line(brief: &Brief, gap: &Gap) -> String {
    let need = |id: &ItemId| {
        brief
            .need(id)
            .map_or(id.as_str(), |n| n.text.as_str())
            .to_owned()
    };
    match gap {
        Gap::PartServesNothing(id) => {
            let part = brief
                .deliverables
                .iter()
                .find(|d| &d.id == id)
                .map_or(id.as_str(), |d| d.text.as_str());
            format!("\u{201c}{part}\u{201d} serves no need: who asked for it?")
        }
        Gap::NeedUnserved(id) => {
            format!(
                "no part of the solution serves \u{201c}{}\u{201d}",
                need(id)
            )
        }
        Gap::NoAcceptance(id) => format!(
            "how will they know that \u{201c}{}\u{201d} is met?",
            need(id)
        ),
        Gap::NeedOfNobody(id) => format!("whose need is \u{201c}{}\u{201d}?", need(id)),
        Gap::OneReading => "only one way to read the request was considered".to_owned(),
        Gap::NoReadingChosen => "no reading of the request is chosen".to_owned(),
        Gap::NoGoal => "it is linked to no goal of the team, department or company".to_owned(),
        Gap::RankingsDiffer { people, needs } => format!(
            "{} and {} rank \u{201c}{}\u{201d} and \u{201c}{}\u{201d} the other way round",
            brief.name_of(&people.0),
            brief.name_of(&people.1),
            need(&needs.0),
            need(&needs.1)
        ),
    }
}

/// What changed, by section, in words for people.
pub fn differences(changed: &[Difference]) -> String {
    let mut shown = String::new();
    for difference in changed {
        let _ = writeln!(shown, "{}:", difference.section.label());
        for change in difference.told() {
            let _ = writeln!(shown, "  {change}");
        }
    }
    shown
}
