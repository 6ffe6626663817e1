//! What a question has for an answer so far, in lines.

use super::record;
use crate::checklist::{Kind, Question};
use crate::domain::{Basis, Brief, Standing, date, readiness};

/// "Now:" lines; none where there is nothing.
pub fn answer(brief: &Brief, question: &Question) -> Vec<String> {
    let entry = brief.answers.get(&question.id);
    let standing = entry.map(|a| &a.standing);
    let lines = match question.kind {
        Kind::Customers
        | Kind::Readings
        | Kind::Needs
        | Kind::Goals
        | Kind::Deliverables
        | Kind::List => items(brief, question),
        Kind::Rank if !readiness::is_ranked(brief) => Vec::new(),
        Kind::Rank => ranked(brief),
        _ => single(brief, question).into_iter().collect(),
    };
    let basis = standing.map_or_else(String::new, |s| rests_on(brief, s));
    match lines.as_slice() {
        [] if entry
            .is_some_and(|a| a.standing.basis == Basis::NotNeeded || a.standing.ask.is_some()) =>
        {
            vec![format!("Now: {}", basis.trim())]
        }
        [] => Vec::new(),
        [one] => vec![format!("Now: {one}{basis}")],
        many => {
            let mut shown = vec![format!("Now:{basis}")];
            shown.extend(many.iter().cloned());
            shown
        }
    }
}

/// ` (told by Dana Reyes, Wed 4 Feb 2026)`.
pub fn rests_on(brief: &Brief, standing: &Standing) -> String {
    let mut shown = format!(" ({}", standing.basis.label());
    if let Some(by) = &standing.by {
        shown.push_str(&format!(" by {}", brief.name_of(by)));
    }
    if let Some(on) = standing.on {
        shown.push_str(&format!(", {}", date::show(on)));
    }
    if let Some(ask) = &standing.ask {
        shown.push_str(&format!(", a question for {}", brief.name_of(ask)));
    }
    if !standing.why.trim().is_empty() {
        shown.push_str(&format!(": {}", standing.why));
    }
    shown.push(')');
    shown
}

fn single(brief: &Brief, question: &Question) -> Option<String> {
    let text = match question.id.as_str() {
        "title" => brief.title.clone(),
        "words" => brief.request.words.clone(),
        "where" => brief.request.place.clone(),
        "origin" => brief
            .request
            .origin
            .as_ref()
            .map_or_else(String::new, |origin| origin.word().to_owned()),
        "need_by" => brief.plan.need_by.map_or_else(String::new, date::show),
        "appetite" => brief.plan.appetite.clone(),
        "cadence" => brief.plan.cadence.clone(),
        id => brief
            .answers
            .get(id)
            .map_or_else(String::new, |a| a.text.clone()),
    };
    let label = question
        .choices
        .iter()
        .find(|choice| choice.value == text)
        .map_or(text, |choice| choice.label.clone());
    (!label.trim().is_empty()).then_some(label)
}

/// The items of a list question, numbered.
pub fn items(brief: &Brief, question: &Question) -> Vec<String> {
    let lines: Vec<String> = match question.kind {
        Kind::Customers => brief
            .customers
            .iter()
            .map(|c| {
                let mut line = format!("{} ({})", c.name, c.role);
                if !c.uses_for.trim().is_empty() {
                    line.push_str(&format!(": {}", c.uses_for));
                }
                line
            })
            .collect(),
        Kind::Readings => brief
            .readings
            .iter()
            .map(|r| {
                let chosen = if r.chosen { " (chosen)" } else { "" };
                format!("{}{chosen}", r.text)
            })
            .collect(),
        Kind::Needs => brief
            .needs
            .iter()
            .map(|n| {
                let mut line = n.text.clone();
                if !n.whose.is_empty() {
                    let names: Vec<_> = n.whose.iter().map(|id| brief.name_of(id)).collect();
                    line.push_str(&format!(" (for {})", names.join(", ")));
                }
                if !n.acceptance.trim().is_empty() {
                    line.push_str(&format!(" => {}", n.acceptance));
                }
                line
            })
            .collect(),
        Kind::Goals => brief
            .goals
            .iter()
            .map(|g| {
                let mut line = format!("{}: {}", g.level, g.text);
                if !g.how.trim().is_empty() {
                    line.push_str(&format!(" => {}", g.how));
                }
                line
            })
            .collect(),
        Kind::Deliverables => brief
            .deliverables
            .iter()
            .map(|d| {
                let mut line = d.text.clone();
                for (number, need) in (1..).zip(&brief.needs) {
                    if d.serves.contains(&need.id) {
                        line.push_str(&format!(" #{number}"));
                    }
                }
                line
            })
            .collect(),
        _ => record::items_of(brief, question).to_vec(),
    };
    (1..)
        .zip(lines)
        .map(|(n, line)| format!("{n}. {line}"))
        .collect()
}

/// The needs in their order; equals share a number.
pub fn ranked(brief: &Brief) -> Vec<String> {
    brief
        .ranks()
        .into_iter()
        .zip(&brief.needs)
        .map(|(rank, need)| format!("{rank}. {}", need.text))
        .collect()
}
