//! A customer's reply, once the worker has said what in it means what: how it
//! changes the brief. What the words may mean is worked out in `crate::reply`.

use super::action::NotNow;
use super::sign_off::{self, WrongCode};
use super::{
    Agreement, Answer, Brief, Change, Code, Day, Event, EventKind, Grade, ItemId, ListEdit, Moment,
    Ranking, Reading, Standing, date,
};

/// A reply as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub by: ItemId,
    /// All of it, as it came.
    pub words: String,
    pub via: String,
    /// The day on which they wrote it.
    pub on: Day,
    pub taken: Vec<Taken>,
    /// Pieces that answer nothing, kept to be read.
    pub remarks: Vec<String>,
}

/// A piece of a reply, taken for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// The answer to a question, in their words and as it was understood.
    Answer {
        question: String,
        words: String,
        given: Given,
    },
    /// Their order of the needs.
    Order(Vec<ItemId>),
    /// A yes with a code.
    Yes { code: Code, words: String },
    /// A no, or a yes with a condition: it signs nothing.
    Objection(String),
}

/// What was answered to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// What the worker guessed is right.
    Yes,
    /// It is not.
    No,
    /// One of the readings that were shown.
    Reading(ItemId),
    Day(Day),
    /// Anything else: the words are the answer.
    Words,
}

/// The change that records a reply and what was taken from it. A yes signs the
/// version that they saw; the answers come after it, so that a section in which
/// their own answer says something new waits for another yes.
///
/// # Errors
///
/// When `by` is no customer, or a code is not that of today's version.
pub fn reply(brief: &Brief, reply: Reply, id: &str, at: Moment) -> Result<Change, NotNow> {
    if brief.customer(&reply.by).is_none() {
        return Err(NotNow::Nobody(reply.by));
    }
    let mut event = Event::new(id, EventKind::Replied, at);
    event.by = Some(reply.by.clone());
    event.words = reply.words;
    event.via.clone_from(&reply.via);
    event.on = Some(reply.on);
    event.remarks = reply.remarks;
    // Each step sees what the steps before it did.
    let mut after = brief.clone();
    let mut changes = Vec::new();
    let mut step = |after: &mut Brief, change: Change| {
        changes.push(change.clone());
        let done = after.apply(change, at);
        debug_assert!(done.is_ok(), "{done:?}");
    };
    let mut signed = None;
    for taken in &reply.taken {
        if let Taken::Yes { code, words } = taken {
            let today = Agreement::of(brief);
            if today.code() != *code {
                let wrong = sign_off::check_code(brief, &code.to_string());
                return Err(wrong.err().unwrap_or(WrongCode::Foreign(*code)).into());
            }
            let mut yes = Event::new(format!("{id}-ok"), EventKind::Signed, at);
            yes.by = Some(reply.by.clone());
            yes.words.clone_from(words);
            yes.via.clone_from(&reply.via);
            yes.on = Some(reply.on);
            yes.code = code.to_string();
            yes.grade = Some(Grade::Reply);
            yes.agreed = today.text();
            event.code = code.to_string();
            signed = Some(yes);
        }
    }
    for taken in &reply.taken {
        match taken {
            Taken::Yes { .. } => {}
            Taken::Objection(words) => event.because.clone_from(words),
            Taken::Order(ids) => {
                let names: Vec<&str> = ids.iter().map(ItemId::as_str).collect();
                event.answers.push(format!("order: {}", names.join(", ")));
            }
            Taken::Answer {
                question, words, ..
            } => event.answers.push(format!("{question}: {}", words.trim())),
        }
    }
    step(&mut after, Change::Record(Box::new(event)));
    if let Some(yes) = signed {
        let change = super::action::signed(&after, yes);
        step(&mut after, change);
    }
    for taken in &reply.taken {
        let change = match taken {
            Taken::Answer {
                question,
                words,
                given,
            } => answered(&after, question, words, given, &reply.by, reply.on),
            Taken::Order(ids) => ordered(&after, ids, &reply.by, reply.on),
            Taken::Yes { .. } | Taken::Objection(_) => continue,
        };
        step(&mut after, change);
    }
    Ok(Change::All(changes))
}

/// An answer becomes told, and what it says goes where the brief keeps it.
fn answered(
    brief: &Brief,
    question: &str,
    words: &str,
    given: &Given,
    by: &ItemId,
    on: Day,
) -> Change {
    let told = Standing::told(by.clone(), on);
    let mut answer = brief.answers.get(question).cloned().unwrap_or_default();
    let guess = super::questions::guess_of(brief, question);
    let mut changes = Vec::new();
    match given {
        Given::Yes => match question {
            "readings" => changes.extend(chosen(brief, &told, |r| r.chosen)),
            "needs" => changes.extend(brief.needs.iter().enumerate().map(|(at, need)| {
                let mut item = need.clone();
                item.standing = told.clone();
                Change::Need(ListEdit::Replace { at, item })
            })),
            "deliverables" => {
                changes.extend(brief.deliverables.iter().enumerate().map(|(at, part)| {
                    let mut item = part.clone();
                    item.standing = told.clone();
                    Change::Deliverable(ListEdit::Replace { at, item })
                }));
            }
            // Nothing was guessed: the yes is the answer.
            _ if guess.is_empty() => words.trim().clone_into(&mut answer.text),
            _ => {}
        },
        Given::No if guess.is_empty() => words.trim().clone_into(&mut answer.text),
        Given::No => answer.text = format!("{} (not: {guess})", words.trim()),
        Given::Reading(id) => changes.extend(chosen(brief, &told, |r| &r.id == id)),
        Given::Day(day) if question == "need_by" => {
            let mut plan = brief.plan.clone();
            plan.need_by = Some(*day);
            changes.push(Change::Plan(plan));
        }
        Given::Day(day) => answer.text = date::show(*day),
        Given::Words => match question {
            "readings" => changes.push(Change::Reading(ListEdit::Set {
                items: with_reading(&brief.readings, words.trim(), &told),
            })),
            "appetite" | "cadence" => {
                let mut plan = brief.plan.clone();
                let place = match question {
                    "appetite" => &mut plan.appetite,
                    _ => &mut plan.cadence,
                };
                words.trim().clone_into(place);
                changes.push(Change::Plan(plan));
            }
            _ => words.trim().clone_into(&mut answer.text),
        },
    }
    if !matches!(given, Given::Yes) && !answer.text.is_empty() {
        answer.items.clear();
    }
    answer.standing = told;
    changes.push(put(question, answer));
    Change::All(changes)
}

/// The readings with one of them chosen, and told.
fn chosen(brief: &Brief, told: &Standing, is_it: impl Fn(&Reading) -> bool) -> Option<Change> {
    let mut items = brief.readings.clone();
    let at = items.iter().position(is_it)?;
    for (place, reading) in items.iter_mut().enumerate() {
        reading.chosen = place == at;
        if place == at {
            reading.standing = told.clone();
        }
    }
    Some(Change::Reading(ListEdit::Set { items }))
}

/// A reading of their own stands beside the others, and is the chosen one.
fn with_reading(readings: &[Reading], words: &str, told: &Standing) -> Vec<Reading> {
    let mut items = readings.to_vec();
    for reading in &mut items {
        reading.chosen = false;
    }
    items.push(Reading {
        id: ItemId::for_text(words, readings.iter().map(|r| &r.id)),
        text: words.to_owned(),
        chosen: true,
        standing: told.clone(),
    });
    items
}

/// Their order is kept as theirs. The brief follows it, unless somebody else's
/// order is on record: which of the two counts is not for a reply to say.
fn ordered(brief: &Brief, ids: &[ItemId], by: &ItemId, on: Day) -> Change {
    let item = Ranking {
        by: by.clone(),
        order: ids.to_vec(),
        on: Some(on),
    };
    let mine = brief.rankings.iter().position(|r| &r.by == by);
    let mut changes = vec![Change::Ranking(match mine {
        Some(at) => ListEdit::Replace { at, item },
        None => ListEdit::Insert {
            at: brief.rankings.len(),
            item,
        },
    })];
    if brief.rankings.iter().all(|r| &r.by == by) {
        changes.push(Change::Need(ListEdit::order(&brief.needs, ids, &[])));
        let mut rank = brief.answers.get("rank").cloned().unwrap_or_default();
        rank.standing = Standing::told(by.clone(), on);
        changes.push(put("rank", rank));
    }
    Change::All(changes)
}

fn put(question: &str, answer: Answer) -> Change {
    Change::Answer {
        question: question.to_owned(),
        answer: Some(answer),
    }
}

/// What a customer wrote that the brief does not hold yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said<'a> {
    pub by: &'a ItemId,
    pub on: Day,
    /// A no, or a yes with a condition; may be empty.
    pub objection: &'a str,
    pub remarks: &'a [String],
}

/// The objections and remarks that nobody has come back to: each counts until
/// the next message to whoever wrote it, an objection until their next yes too.
pub fn unanswered(brief: &Brief) -> Vec<Said<'_>> {
    let events = brief.effective_events();
    let mut open = Vec::new();
    for (at, event) in events.iter().enumerate() {
        let Some(by) = event
            .by
            .as_ref()
            .filter(|_| event.kind == EventKind::Replied)
        else {
            continue;
        };
        let later = events.get(at + 1..).unwrap_or_default();
        let written = |kind: &EventKind, who: Option<&ItemId>| {
            later.iter().any(|e| {
                let whom = if *kind == EventKind::Shared {
                    &e.to
                } else {
                    &e.by
                };
                e.kind == *kind && whom.as_ref() == who
            })
        };
        if written(&EventKind::Shared, Some(by)) {
            continue;
        }
        let objection = match written(&EventKind::Signed, Some(by)) {
            true => "",
            false => event.because.as_str(),
        };
        if !objection.is_empty() || !event.remarks.is_empty() {
            open.push(Said {
                by,
                on: event.on.unwrap_or_else(|| event.at.date_naive()),
                objection,
                remarks: &event.remarks,
            });
        }
    }
    open
}

#[cfg(test)]
mod tests;
