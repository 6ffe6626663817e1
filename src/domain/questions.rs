//! Open questions: what a named customer should be asked, most important first.

use super::{Basis, Brief, Day, EventKind, ItemId, date, readiness};

/// A question that waits for a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestion {
    /// The id of the question in the checklist.
    pub question: String,
    pub to: ItemId,
    /// The wording for the customer.
    pub put: String,
    /// What the worker believes so far; empty for "I don't know".
    pub guess: String,
    /// The day on which it was last sent, if it was.
    pub asked: Option<Day>,
}

/// At most this many questions go into one message.
pub const AT_MOST: usize = 3;

/// Questions by how much the plan depends on them; others follow.
const WEIGHT: [&str; 9] = [
    "customers",
    "readings",
    "purpose",
    "needs",
    "rank",
    "deliverables",
    "out",
    "need_by",
    "goals",
];

/// All open questions: what the plan depends on most and is least certain
/// comes first.
pub fn open_questions(brief: &Brief) -> Vec<OpenQuestion> {
    let mut open: Vec<(usize, OpenQuestion)> = Vec::new();
    for (id, answer) in brief.answers.iter() {
        let waiting = matches!(answer.standing.basis, Basis::Guess | Basis::Asked);
        let Some(to) = answer.standing.ask.clone().filter(|_| waiting) else {
            continue;
        };
        open.push((
            weight(brief, id),
            OpenQuestion {
                question: id.to_owned(),
                asked: asked_on(brief, id, &to),
                to,
                put: wording(brief, id),
                guess: guess_of(brief, id),
            },
        ));
    }
    open.sort_by_key(|(weight, _)| *weight);
    open.into_iter().map(|(_, question)| question).collect()
}

/// The place of a question among all, also those of other briefs: the lower,
/// the more the plan depends on it and the less certain it is.
pub fn weight(brief: &Brief, question: &str) -> usize {
    let place = WEIGHT.iter().position(|w| *w == question);
    let known = readiness::is_answered(brief, question);
    2 * place.unwrap_or(WEIGHT.len()) + usize::from(known)
}

/// The questions for one customer that fit into one message.
pub fn next_questions(brief: &Brief, to: &ItemId) -> Vec<OpenQuestion> {
    let mut mine: Vec<_> = open_questions(brief)
        .into_iter()
        .filter(|q| &q.to == to)
        .collect();
    mine.truncate(AT_MOST);
    mine
}

/// The day on which a question last went to a customer.
pub(super) fn asked_on(brief: &Brief, question: &str, to: &ItemId) -> Option<Day> {
    brief
        .effective_events()
        .into_iter()
        .rev()
        .find(|e| {
            e.kind == EventKind::Shared
                && e.to.as_ref() == Some(to)
                && e.questions.iter().any(|q| q == question)
        })
        .map(|e| e.at.date_naive())
}

/// The wording of a question for a customer.
pub(super) fn wording(brief: &Brief, question: &str) -> String {
    let answer = brief.answers.get(question);
    let wordings = answer.map(|a| [&a.put, &a.question]);
    let wordings = wordings.into_iter().flatten().map(String::as_str);
    wordings
        .chain([question])
        .find(|text| !text.trim().is_empty())
        .unwrap_or_default()
        .to_owned()
}

/// What the worker believes so far, wherever in the brief it is kept, so that
/// the customer can say "yes" to it. Lists are in the message already.
pub(super) fn guess_of(brief: &Brief, question: &str) -> String {
    let Some(answer) = brief.answers.get(question) else {
        return String::new();
    };
    let kept = match question {
        "readings" => brief.chosen_reading().map(|r| r.text.trim().to_owned()),
        "need_by" => brief.plan.need_by.map(date::show),
        "appetite" => Some(brief.plan.appetite.trim().to_owned()),
        "cadence" => Some(brief.plan.cadence.trim().to_owned()),
        _ => None,
    };
    let text = kept.unwrap_or_else(|| answer.text.trim().to_owned());
    if text.is_empty() {
        let items = answer.items.iter().map(|item| item.trim());
        return items
            .filter(|i| !i.is_empty())
            .collect::<Vec<_>>()
            .join("; ");
    }
    text
}

#[cfg(test)]
mod tests;
