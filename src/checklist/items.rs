//! The lists of a brief: items that are typed as one line each, changed,
//! removed and moved.

mod goals;
mod rows;
mod typing;

pub use goals::{goal_typed, goals_with, is_same_goal, none_because, offered_goals};
pub use rows::Row;
pub use typing::{Typed, people};

use super::answering::{self, entry_with, items_of};
use super::{Kind, Question};
use crate::domain::{Basis, Brief, Change, Deliverable, ListEdit, Standing, removal};

/// Which list a question fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListKind {
    Customers,
    Readings,
    Needs,
    Goals,
    Deliverables,
    Out,
    /// A list that is kept in the answer to a question.
    Answer(String),
}

impl ListKind {
    /// The list of a question, if it is one.
    pub fn of(question: &Question) -> Option<Self> {
        match question.kind {
            Kind::Customers => Some(Self::Customers),
            Kind::Readings => Some(Self::Readings),
            Kind::Needs => Some(Self::Needs),
            Kind::Goals => Some(Self::Goals),
            Kind::Deliverables => Some(Self::Deliverables),
            Kind::List if question.id == "out" => Some(Self::Out),
            Kind::List => Some(Self::Answer(question.id.clone())),
            _ => None,
        }
    }

    /// Whether items carry a basis of their own; else the answer has one.
    pub fn items_have_basis(&self) -> bool {
        matches!(self, Self::Readings | Self::Needs | Self::Deliverables)
    }

    /// How many items the list has.
    pub fn count(&self, brief: &Brief) -> usize {
        match self {
            Self::Customers => brief.customers.len(),
            Self::Readings => brief.readings.len(),
            Self::Needs => brief.needs.len(),
            Self::Goals => brief.goals.len(),
            Self::Deliverables => brief.deliverables.len(),
            Self::Out => brief.out.len(),
            Self::Answer(question) => items_of(brief, question).len(),
        }
    }

    /// The line that would make the item again; empty where there is none.
    pub fn line(&self, brief: &Brief, at: usize) -> String {
        match self {
            Self::Customers => brief.customers.get(at).map(|c| {
                let reach = with(" <", &c.reach, ">");
                let uses_for = with(": ", &c.uses_for, "");
                format!("{}{reach} ({}){uses_for}", c.name, c.role)
            }),
            Self::Readings => brief.readings.get(at).map(|r| r.text.clone()),
            Self::Needs => brief.needs.get(at).map(|n| {
                let names: Vec<&str> = n.whose.iter().map(|id| brief.name_of(id)).collect();
                let whose = with(" (for ", &names.join(", "), ")");
                format!("{}{whose}{}", n.text, with(" => ", &n.acceptance, ""))
            }),
            Self::Goals => brief
                .goals
                .get(at)
                .map(|g| format!("{}: {}{}", g.level, g.text, with(" => ", &g.how, ""))),
            Self::Deliverables => brief.deliverables.get(at).map(|d| {
                let numbers: String = need_numbers(brief, d)
                    .iter()
                    .map(|n| format!(" #{n}"))
                    .collect();
                format!("{}{numbers}", d.text)
            }),
            Self::Out => brief.out.get(at).cloned(),
            Self::Answer(question) => items_of(brief, question).get(at).cloned(),
        }
        .unwrap_or_default()
    }

    /// The change that removes item `at`.
    pub fn remove(&self, brief: &Brief, at: usize) -> Change {
        match self {
            Self::Customers => removal::customer(brief, at),
            Self::Readings => Change::Reading(ListEdit::Remove { at }),
            Self::Needs => removal::need(brief, at),
            Self::Goals => Change::Goal(ListEdit::Remove { at }),
            Self::Deliverables => Change::Deliverable(ListEdit::Remove { at }),
            Self::Out => Change::Out(ListEdit::Remove { at }),
            Self::Answer(question) => in_answer(brief, question, |items| {
                if at < items.len() {
                    items.remove(at);
                }
            }),
        }
    }

    /// The change that moves item `from` to `to`.
    pub fn move_item(&self, brief: &Brief, from: usize, to: usize) -> Change {
        match self {
            Self::Customers => Change::Customer(ListEdit::Move { from, to }),
            Self::Readings => Change::Reading(ListEdit::Move { from, to }),
            Self::Needs => Change::Need(ListEdit::moved(&brief.needs, from, to)),
            Self::Goals => Change::Goal(ListEdit::Move { from, to }),
            Self::Deliverables => Change::Deliverable(ListEdit::Move { from, to }),
            Self::Out => Change::Out(ListEdit::Move { from, to }),
            Self::Answer(question) => in_answer(brief, question, |items| {
                if from < items.len() && to < items.len() {
                    let item = items.remove(from);
                    items.insert(to, item);
                }
            }),
        }
    }

    /// The change that gives item `at` another basis, where items have one.
    pub fn with_standing(&self, brief: &Brief, at: usize, standing: Standing) -> Option<Change> {
        Some(match self {
            Self::Readings => {
                let mut item = brief.readings.get(at)?.clone();
                item.standing = standing;
                Change::Reading(ListEdit::Replace { at, item })
            }
            Self::Needs => {
                let mut item = brief.needs.get(at)?.clone();
                item.standing = standing;
                Change::Need(ListEdit::Replace { at, item })
            }
            Self::Deliverables => {
                let mut item = brief.deliverables.get(at)?.clone();
                item.standing = standing;
                Change::Deliverable(ListEdit::Replace { at, item })
            }
            _ => return None,
        })
    }
}

/// The change of a list, with the entry of its question: the wording as it was
/// asked, and for lists whose items have no basis of their own, what the list
/// rests on. A list that had been left out and gets an item is needed again.
pub fn with_entry(
    brief: &Brief,
    question: &Question,
    change: Change,
    standing: Standing,
) -> Change {
    let mut standing = standing;
    if standing.basis == Basis::NotNeeded {
        standing = Standing::guess();
    }
    match change {
        Change::Answer {
            question: id,
            answer: Some(answer),
        } => {
            let mut entry = entry_with(brief, question, standing);
            entry.items = answer.items;
            Change::Answer {
                question: id,
                answer: Some(entry),
            }
        }
        change => {
            let entry = answering::rests_on(brief, question, standing);
            if answering::changes_something(brief, &entry) {
                Change::All(vec![change, entry])
            } else {
                change
            }
        }
    }
}

/// The change that leaves a list out on purpose. Goals that are none leave no
/// goal behind; other lists keep what was typed before.
pub fn leave_out(brief: &Brief, question: &Question, why: &str) -> Change {
    let entry = answering::rests_on(brief, question, Standing::not_needed(why));
    if question.kind == Kind::Goals && !brief.goals.is_empty() {
        let none = Change::Goal(ListEdit::Set { items: Vec::new() });
        return Change::All(vec![none, entry]);
    }
    entry
}

/// Chooses reading `at`, and no other. With a standing, that is what the choice
/// rests on.
pub fn choose_reading(brief: &Brief, at: usize, standing: Option<Standing>) -> Change {
    let mut items = brief.readings.clone();
    for (place, reading) in items.iter_mut().enumerate() {
        reading.chosen = place == at;
        if let (true, Some(standing)) = (reading.chosen, &standing) {
            reading.standing = standing.clone();
        }
    }
    Change::Reading(ListEdit::Set { items })
}

/// The ranks, as shown, of the needs that a part serves.
pub fn need_numbers(brief: &Brief, part: &Deliverable) -> Vec<usize> {
    (1..)
        .zip(&brief.needs)
        .filter(|(_, need)| part.serves.contains(&need.id))
        .map(|(number, _)| number)
        .collect()
}

fn in_answer(brief: &Brief, question: &str, edit: impl FnOnce(&mut Vec<String>)) -> Change {
    let mut answer = brief.answers.get(question).cloned().unwrap_or_default();
    edit(&mut answer.items);
    Change::Answer {
        question: question.to_owned(),
        answer: Some(answer),
    }
}

fn with(before: &str, text: &str, after: &str) -> String {
    if text.trim().is_empty() {
        String::new()
    } else {
        format!("{before}{text}{after}")
    }
}
