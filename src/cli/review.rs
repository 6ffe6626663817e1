//! How a brief stands, in lines: what blocks starting, what is open, what a
//! careful reader would ask, what changed.

use std::io::Write;

use super::Context;
use crate::domain::conflict;
use crate::domain::coverage::gaps;
use crate::domain::questions::open_questions;
use crate::domain::readiness::Requirement;
use crate::domain::{
    Basis, Brief, Difference, Grade, evidence, readiness, sign_off, text, wording,
};

/// What is known, guessed and open, and what stands between here and starting.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, context: &Context, brief: &Brief) -> std::io::Result<()> {
    writeln!(out, "{}", bases(brief))?;
    write_sections(out, brief)?;
    let questions = open_questions(brief);
    if !questions.is_empty() {
        writeln!(out, "Open questions:")?;
        for question in &questions {
            let question = wording::open_question(brief, question);
            writeln!(out, "  ? {}", text::line(&question))?;
        }
    }
    write_open(out, context, brief)
}

/// Who agreed to which section, by which grade, what lapsed, and what the worker
/// signed. Nothing while nobody has said yes.
///
/// # Errors
///
/// Those of the writer.
pub fn write_sections(out: &mut dyn Write, brief: &Brief) -> std::io::Result<()> {
    let mut lines = wording::sections(brief);
    let mut by_key = sign_off::sign_offs(brief)
        .iter()
        .any(|s| s.grade == Grade::Signed);
    if let Some(own) = evidence::countersigned(brief).last() {
        by_key |= own.key.is_ok();
        lines.push(wording::countersigned(own));
    }
    if !lines.is_empty() {
        writeln!(out, "Who agreed:")?;
    }
    for (mark, line) in lines {
        writeln!(out, "  {mark} {line}")?;
    }
    if by_key {
        writeln!(out, "  ({})", wording::ONLY_VERIFY)?;
    }
    Ok(())
}

/// What is worth a second look, and what stands between here and starting.
///
/// # Errors
///
/// Those of the writer.
pub fn write_open(out: &mut dyn Write, context: &Context, brief: &Brief) -> std::io::Result<()> {
    write_conflicts(out, context, brief)?;
    let said = wording::said(brief);
    if !said.is_empty() {
        writeln!(out, "They wrote, and it is not in the brief yet:")?;
        for line in &said {
            writeln!(out, "  ! {}", text::line(line))?;
        }
    }
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

/// What two people changed in two ways, with the command that chooses.
///
/// # Errors
///
/// Those of the writer.
pub fn write_conflicts(
    out: &mut dyn Write,
    context: &Context,
    brief: &Brief,
) -> std::io::Result<()> {
    if brief.conflicts.is_empty() {
        return Ok(());
    }
    writeln!(out, "Changed in two ways, and not chosen yet:")?;
    for (at, found) in brief.conflicts.iter().enumerate() {
        let what = conflict::what(brief, &found.place);
        let place = text::line(&found.place).into_owned();
        writeln!(out, "  {}. {} ({place})", at + 1, text::line(&what))?;
        let is_order = found.place.starts_with("order of ");
        for (n, version) in conflict::versions(brief, found).iter().enumerate() {
            let version = text::line(version).into_owned();
            match is_order {
                true => writeln!(out, "     --as-it-is: {version}")?,
                false => writeln!(out, "     --keep {}: {version}", n + 1)?,
            }
        }
        if found.place == "order of need" {
            writeln!(
                out,
                "     --text \"2 1 3\": another order, by their numbers"
            )?;
        }
    }
    let first = match brief.conflicts.len() {
        1 => "",
        _ => " 1",
    };
    let way = match brief.conflicts.first() {
        Some(first) if first.place.starts_with("order of ") => "--as-it-is",
        _ => "--keep 1",
    };
    let choose = format!("askfirst resolve {}{first} {way}", brief.id);
    writeln!(
        out,
        "  Choose with: {}",
        text::line(&context.to_paste(&choose))
    )
}

fn write_blockers(out: &mut dyn Write, context: &Context, brief: &Brief) -> std::io::Result<()> {
    let blockers = readiness::blockers(brief, &context.needed(brief));
    // What is to be chosen stands above, with its versions.
    let (undecided, blockers): (Vec<_>, Vec<_>) = blockers
        .iter()
        .partition(|b| matches!(b.requirement, Requirement::Decided(_)));
    let (waived, open): (Vec<_>, Vec<_>) = blockers.into_iter().partition(|b| b.waived.is_some());
    if !undecided.is_empty() && open.is_empty() {
        writeln!(
            out,
            "Nothing but that choice stands between here and starting"
        )?;
    } else if open.is_empty() {
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

/// `✓ 6 told, ~ 2 guess, ? 1 asked`; a guess that a yes covers is agreed.
fn bases(brief: &Brief) -> String {
    let bases = brief.bases();
    let count = |basis: &Basis| bases.iter().filter(|b| **b == basis).count();
    let open = sign_off::open_guesses(brief);
    let agreed = count(&Basis::Guess).saturating_sub(open);
    let counts = [
        (&Basis::Told, count(&Basis::Told)),
        (&Basis::Asked, count(&Basis::Asked)),
        (&Basis::Guess, open),
        (&Basis::NotNeeded, count(&Basis::NotNeeded)),
    ];
    let mut parts: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(basis, count)| format!("{} {count} {}", basis.symbol(), basis.label()))
        .collect();
    if agreed > 0 {
        parts.insert(
            usize::from(count(&Basis::Told) > 0),
            format!("✓ {agreed} agreed"),
        );
    }
    if parts.is_empty() {
        "Nothing is answered yet".to_owned()
    } else {
        format!("Answers: {}", parts.join(", "))
    }
}

/// The gaps of a brief, each a line for people.
pub fn gap_lines(brief: &Brief) -> Vec<String> {
    gaps(brief)
        .iter()
        .map(|gap| wording::gap(brief, gap))
        .collect()
}

/// What changed, by section, in words for people.
pub fn differences(changed: &[Difference]) -> String {
    wording::differences(changed)
        .into_iter()
        .map(|line| line + "\n")
        .collect()
}
