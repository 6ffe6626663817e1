//! What the brief says today to each question of a check-in.

use crate::checklist::{Question, answering};
use crate::domain::work_time::{WorkTime, Zone};
use crate::domain::{
    Basis, Brief, Customer, EventKind, Section, date, progress, sign_off, wording,
};

use super::{CONFIRMED, HEARD, SHORTCUT, SPENT};

/// What the brief says today to a question of a check-in, in lines; none where
/// it says nothing.
pub fn now(brief: &Brief, question: &Question, work: &WorkTime, zone: &dyn Zone) -> Vec<String> {
    match question.id.as_str() {
        "people" | "understandable" | "still_used" => people(brief),
        "top_need" => first_needs(brief),
        "agreed" => parts(brief),
        "goal" => goals(brief),
        "learned" | "wrong_guess" => {
            let guesses = sign_off::guesses(brief).into_iter();
            guesses.map(|guess| format!("a guess: {guess}")).collect()
        }
        HEARD => vec![last_heard(brief, work, zone)],
        SPENT => time(brief),
        SHORTCUT => shortcuts(brief),
        "answers" | "made_possible" => purpose(brief)
            .or_else(|| reading(brief))
            .into_iter()
            .collect(),
        "usable" => brief
            .needs
            .iter()
            .filter(|n| !n.acceptance.trim().is_empty())
            .map(|n| format!("{}: {}", n.text, n.acceptance))
            .collect(),
        "in_time" => {
            let day = brief.plan.need_by;
            day.map(|day| format!("needed by {}", date::show(day)))
                .into_iter()
                .collect()
        }
        CONFIRMED => handed_over(brief, zone),
        id => {
            let text = answering::text_of(brief, id);
            [text]
                .into_iter()
                .filter(|t| !t.trim().is_empty())
                .collect()
        }
    }
}

fn people(brief: &Brief) -> Vec<String> {
    let line = |c: &Customer| match c.uses_for.trim() {
        "" => format!("{} ({})", c.name, c.role),
        uses => format!("{} ({}): {uses}", c.name, c.role),
    };
    brief.customers.iter().map(line).collect()
}

/// The needs that share the first rank; without needs, what it is about.
fn first_needs(brief: &Brief) -> Vec<String> {
    let ranks = brief.ranks();
    let firsts: Vec<String> = brief
        .needs
        .iter()
        .zip(&ranks)
        .take_while(|(_, rank)| **rank == 1)
        .map(|(need, _)| need.text.clone())
        .collect();
    if firsts.is_empty() {
        reading(brief).into_iter().collect()
    } else {
        firsts
    }
}

fn reading(brief: &Brief) -> Option<String> {
    brief.chosen_reading().map(|r| r.text.clone())
}

fn purpose(brief: &Brief) -> Option<String> {
    let purpose = brief.answers.get("purpose")?;
    Some(purpose.text.clone()).filter(|t| !t.trim().is_empty())
}

fn parts(brief: &Brief) -> Vec<String> {
    let mut lines: Vec<String> = brief.deliverables.iter().map(|d| d.text.clone()).collect();
    lines.extend(brief.out.iter().map(|out| format!("not: {out}")));
    let lapsed = sign_off::lapsed(brief);
    if !lapsed.is_empty() {
        let parts: Vec<&str> = lapsed.iter().map(Section::label).collect();
        lines.push(format!("changed since the yes: {}", parts.join(", ")));
    } else if !sign_off::solution_agreed(brief) {
        lines.push("nobody has said yes to the solution".to_owned());
    }
    lines
}

fn goals(brief: &Brief) -> Vec<String> {
    let left_out = brief.answers.get("goals").map(|a| &a.standing);
    if brief.goals.is_empty()
        && let Some(standing) = left_out.filter(|s| s.basis == Basis::NotNeeded)
    {
        return vec![format!("none, on purpose: {}", standing.why)];
    }
    let line = |goal: &crate::domain::Goal| match goal.how.trim() {
        "" => format!("{}: {}", goal.level, goal.text),
        how => format!("{}: {} ({how})", goal.level, goal.text),
    };
    brief.goals.iter().map(line).collect()
}

fn last_heard(brief: &Brief, work: &WorkTime, zone: &dyn Zone) -> String {
    let (at, by) = progress::last_word(brief, work, zone);
    let day = wording::short_day(brief, at.date());
    match by {
        Some(by) => format!("{} on {day}", brief.name_of(&by)),
        None => format!("nobody since the work began on {day}"),
    }
}

fn time(brief: &Brief) -> Vec<String> {
    let spent = brief.effective_events().into_iter().rev();
    let mut spent = spent.map(|e| e.spent.trim()).filter(|s| !s.is_empty());
    let worth = brief.plan.appetite.trim();
    match (spent.next(), worth) {
        (None, "") => Vec::new(),
        (None, worth) => vec![format!("it is worth {worth}")],
        (Some(spent), "") => vec![spent.to_owned()],
        (Some(spent), worth) => vec![format!("{spent}; it is worth {worth}")],
    }
}

fn shortcuts(brief: &Brief) -> Vec<String> {
    let open = brief.shortcuts.iter().filter(|s| s.paid.is_none());
    open.map(|shortcut| match shortcut.pay_back {
        Some(day) => format!("{}, by {}", shortcut.text, wording::short_day(brief, day)),
        None => shortcut.text.clone(),
    })
    .collect()
}

fn handed_over(brief: &Brief, zone: &dyn Zone) -> Vec<String> {
    let Some(event) = progress::last(brief, &[EventKind::Delivered]) else {
        return Vec::new();
    };
    let day = wording::short_day(brief, zone.local(event.at).date());
    vec![match event.because.trim() {
        "" => format!("handed over on {day}"),
        note => format!("handed over on {day}: {note}"),
    }]
}
