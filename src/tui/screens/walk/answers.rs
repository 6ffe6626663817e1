//! From what was typed on a page to the change of the brief, and back.

use crate::checklist::Question;
use crate::domain::{Answer, Basis, Brief, Change, Day, ItemId, Origin, Standing, date};

/// Question ids whose answer has a place of its own in the brief and is text.
fn is_placed(question: &str) -> bool {
    matches!(
        question,
        "words" | "where" | "origin" | "need_by" | "appetite" | "cadence"
    )
}

/// The text that answers a question so far.
pub fn text_of(brief: &Brief, question: &str) -> String {
    let free = || {
        brief
            .answers
            .get(question)
            .map(|a| a.text.clone())
            .unwrap_or_default()
    };
    match question {
        "words" => brief.request.words.clone(),
        "where" => brief.request.place.clone(),
        "origin" => brief
            .request
            .origin
            .as_ref()
            .map(|o| o.word().to_owned())
            .unwrap_or_default(),
        "need_by" => brief
            .plan
            .need_by
            .map_or_else(free, |day| day.format("%Y-%m-%d").to_string()),
        "appetite" => brief.plan.appetite.clone(),
        "cadence" => brief.plan.cadence.clone(),
        _ => free(),
    }
}

/// The basis of the answer so far.
pub fn standing_of(brief: &Brief, question: &str) -> Standing {
    brief
        .answers
        .get(question)
        .map(|a| a.standing.clone())
        .unwrap_or_default()
}

/// The answer entry for a question: its wording and basis, and the text where
/// it has no other place.
pub fn entry(brief: &Brief, question: &Question, text: &str, standing: Standing) -> Answer {
    let mut answer = brief.answers.get(&question.id).cloned().unwrap_or_default();
    // The wording for the customer matters once the question goes to one.
    if standing.ask.is_some() {
        question.put.clone_into(&mut answer.put);
    }
    answer.standing = standing;
    question.ask.clone_into(&mut answer.question);
    let is_free = !is_placed(&question.id) && !question.kind.is_list();
    // A day that could not be read stays as words.
    if is_free || question.id == "need_by" {
        text.clone_into(&mut answer.text);
    }
    // What has a place of its own in the brief belongs to the agreement by that.
    let says_something = !answer.text.is_empty()
        || !answer.items.is_empty()
        || answer.standing.basis == Basis::NotNeeded;
    answer.section = question.section.clone().filter(|_| says_something);
    answer
}

/// The change that answers a question with a text. `None` when it would change
/// nothing.
pub fn answer_change(
    brief: &Brief,
    question: &Question,
    text: &str,
    standing: Standing,
    today: Day,
) -> Option<Change> {
    let text = text.trim();
    let mut changes = Vec::new();
    let mut kept = text;
    match question.id.as_str() {
        "words" => {
            let mut request = brief.request.clone();
            text.clone_into(&mut request.words);
            if request.by.is_none() {
                request.by = brief.requester().map(|c| c.id.clone());
            }
            if request.on.is_none() && !text.is_empty() {
                request.on = Some(today);
            }
            changes.push(Change::Request(request));
        }
        "where" => {
            let mut request = brief.request.clone();
            text.clone_into(&mut request.place);
            changes.push(Change::Request(request));
        }
        "origin" => {
            let mut request = brief.request.clone();
            request.origin = (!text.is_empty()).then(|| Origin::from_word(text));
            changes.push(Change::Request(request));
        }
        "need_by" | "appetite" | "cadence" => {
            let mut plan = brief.plan.clone();
            match question.id.as_str() {
                "need_by" => {
                    plan.need_by = day(text, today);
                    if plan.need_by.is_some() {
                        kept = "";
                    }
                }
                "appetite" => text.clone_into(&mut plan.appetite),
                _ => text.clone_into(&mut plan.cadence),
            }
            changes.push(Change::Plan(plan));
        }
        _ => {}
    }
    let given = !text.is_empty() || standing != Standing::default();
    let answer = entry(brief, question, kept, standing);
    let before = brief.answers.get(&question.id);
    if before.is_some() || given {
        changes.push(Change::Answer {
            question: question.id.clone(),
            answer: Some(answer),
        });
    }
    let change = Change::All(changes);
    changes_something(brief, &change).then_some(change)
}

/// A day as typed; one that is already in the brief may have passed.
fn day(text: &str, today: Day) -> Option<Day> {
    text.parse().ok().or_else(|| date::parse(text, today).ok())
}

/// Whether applying a change would leave another brief.
pub fn changes_something(brief: &Brief, change: &Change) -> bool {
    let mut after = brief.clone();
    match after.apply(change.clone(), brief.created) {
        Ok(_) => after != *brief,
        Err(_) => false,
    }
}

/// The next basis for one key: who told or was asked is the requester, and
/// when is today, until the details say otherwise.
pub fn next_basis(brief: &Brief, standing: &Standing, today: Day) -> Standing {
    let customer: Option<ItemId> = standing
        .by
        .clone()
        .or_else(|| standing.ask.clone())
        .or_else(|| brief.requester().map(|c| c.id.clone()));
    match (standing.basis.next(), customer) {
        (Basis::Told, Some(by)) => Standing::told(by, today),
        (Basis::Asked, Some(ask)) => Standing {
            basis: Basis::Asked,
            ask: Some(ask),
            ..Standing::default()
        },
        // Nobody is named who could have said it.
        (Basis::Told | Basis::Asked | Basis::NotNeeded, None) => Standing {
            basis: Basis::NotNeeded,
            ..Standing::default()
        },
        (Basis::NotNeeded, _) => Standing {
            basis: Basis::NotNeeded,
            ..Standing::default()
        },
        _ => Standing::guess(),
    }
}

/// A basis in words: "told by Dana Reyes on 4 Feb".
pub fn describe(brief: &Brief, standing: &Standing) -> String {
    let name = |id: &Option<ItemId>| id.as_ref().map(|id| brief.name_of(id).to_owned());
    match standing.basis {
        Basis::Told => {
            let by = name(&standing.by)
                .map(|n| format!(" by {n}"))
                .unwrap_or_default();
            let on = standing
                .on
                .map(|d| format!(" on {}", d.format("%-d %b")))
                .unwrap_or_default();
            format!("told{by}{on}")
        }
        Basis::Asked => format!(
            "asked{}, waiting",
            name(&standing.ask)
                .map(|n| format!(" {n}"))
                .unwrap_or_default()
        ),
        Basis::NotNeeded if standing.why.trim().is_empty() => "not needed".to_owned(),
        Basis::NotNeeded => format!("not needed: {}", standing.why),
        Basis::Guess => match name(&standing.ask) {
            Some(who) => format!("guess, to ask {who}"),
            None => "guess".to_owned(),
        },
        Basis::Unknown(ref word) => word.clone(),
    }
}
