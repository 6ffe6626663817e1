//! What a question has for an answer so far, in lines.

use crate::checklist::items::ListKind;
use crate::checklist::{Kind, Question, answering};
use crate::domain::{Basis, Brief, date, readiness, wording};

/// "Now:" lines; none where there is nothing.
pub fn answer(brief: &Brief, question: &Question) -> Vec<String> {
    let entry = brief.answers.get(&question.id);
    let standing = entry.map(|a| &a.standing);
    let lines = match question.kind {
        kind if kind.is_list() => items(brief, question),
        Kind::Rank if !readiness::is_ranked(brief) => Vec::new(),
        Kind::Rank => ranked(brief),
        _ => single(brief, question).into_iter().collect(),
    };
    let basis = standing.map_or_else(String::new, |s| {
        format!(" ({})", wording::describe(brief, s))
    });
    match lines.as_slice() {
        [] if entry
            .is_some_and(|a| a.standing.basis == Basis::NotNeeded || a.standing.ask.is_some()) =>
        {
            let basis = standing.map_or_else(String::new, |s| wording::describe(brief, s));
            vec![format!("Now: no answer yet ({basis})")]
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

fn single(brief: &Brief, question: &Question) -> Option<String> {
    let text = match brief.plan.need_by {
        Some(day) if question.id == "need_by" => date::show(day),
        _ => answering::text_of(brief, &question.id),
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
    let Some(kind) = ListKind::of(question) else {
        return Vec::new();
    };
    (0..kind.count(brief))
        .map(|at| {
            let is_chosen = kind == ListKind::Readings
                && brief.readings.get(at).is_some_and(|reading| reading.chosen);
            let chosen = if is_chosen { " (chosen)" } else { "" };
            format!("{}. {}{chosen}", at + 1, kind.line(brief, at))
        })
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
