//! The lists of a brief: items that are typed as one line each, changed,
//! removed and moved. `domain::entry` reads the lines.

use super::answering::{self, entry_with, items_of};
use super::{Kind, Question};
use crate::domain::{
    Basis, Brief, Change, Customer, Deliverable, Goal, ItemId, ListEdit, Need, Reading, Role,
    Standing, entry,
};

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

/// What a typed line became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub change: Change,
    /// Another question about the same item, if its answer was not typed: what
    /// a customer uses the result for, how a need is known to be met, which
    /// needs a part serves.
    pub follow_up: bool,
    /// A need for which nobody was named: it was put down as the requester's.
    pub whose_assumed: bool,
    /// The place of the item in the list.
    pub at: usize,
    /// What was named and is not there: "Bob", "need 9".
    pub unknown: Vec<String>,
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

    /// The change that a typed line makes: a new item, or `at` replaced. A new
    /// line for somebody or something that is there already adds to it.
    ///
    /// `standing` is what a new item rests on. It is not looked at where items
    /// have no basis of their own: see [`typed_with`].
    pub fn typed(
        &self,
        brief: &Brief,
        text: &str,
        at: Option<usize>,
        standing: &Standing,
    ) -> Typed {
        let mut typed = Typed {
            change: Change::All(Vec::new()),
            follow_up: false,
            whose_assumed: false,
            at: at.unwrap_or(self.count(brief)),
            unknown: Vec::new(),
        };
        typed.change = match self {
            Self::Customers => customer(brief, text, at, &mut typed),
            Self::Readings => reading(brief, text, at, standing),
            Self::Needs => need(brief, text, at, standing, &mut typed),
            Self::Goals => {
                let (head, how) = entry::arrow(text);
                let (level, text) = entry::goal(&head);
                let goal = Goal {
                    id: ItemId::for_text(&text, []),
                    level,
                    owner: String::new(),
                    text,
                    how,
                };
                return goal_typed(brief, goal, at);
            }
            Self::Deliverables => deliverable(brief, text, at, standing, &mut typed),
            Self::Out => Change::Out(put(at, typed.at, text.to_owned())),
            Self::Answer(question) => in_answer(brief, question, |items| {
                match at.and_then(|at| items.get_mut(at)) {
                    Some(item) => text.clone_into(item),
                    None => items.push(text.to_owned()),
                }
            }),
        };
        typed
    }

    /// The change for the answer to the follow-up question of item `at`, and
    /// what was named in it and is not there.
    pub fn followed(&self, brief: &Brief, at: usize, text: &str) -> Option<(Change, Vec<String>)> {
        let mut unknown = Vec::new();
        let change = match self {
            Self::Customers => {
                let mut item = brief.customers.get(at)?.clone();
                text.clone_into(&mut item.uses_for);
                Change::Customer(ListEdit::Replace { at, item })
            }
            Self::Needs => {
                let mut item = brief.needs.get(at)?.clone();
                text.clone_into(&mut item.acceptance);
                Change::Need(ListEdit::Replace { at, item })
            }
            Self::Deliverables => {
                let mut item = brief.deliverables.get(at)?.clone();
                let numbers: Vec<usize> = text
                    .split(|c: char| !c.is_ascii_digit())
                    .filter_map(|n| n.parse().ok())
                    .collect();
                item.serves = needs_of(brief, &numbers, &mut unknown);
                Change::Deliverable(ListEdit::Replace { at, item })
            }
            _ => return None,
        };
        Some((change, unknown))
    }

    /// The change that removes item `at`.
    pub fn remove(&self, brief: &Brief, at: usize) -> Change {
        match self {
            Self::Customers => Change::Customer(ListEdit::Remove { at }),
            Self::Readings => Change::Reading(ListEdit::Remove { at }),
            Self::Needs => Change::Need(ListEdit::Remove { at }),
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
            Self::Needs => Change::Need(ListEdit::Move { from, to }),
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

/// The reason in "none: nobody has set any"; goals can be left out by word.
pub fn none_because<'t>(kind: &ListKind, text: &'t str) -> Option<&'t str> {
    let head = text.get(..4)?;
    let rest = text.get(4..)?;
    if *kind != ListKind::Goals || !head.eq_ignore_ascii_case("none") {
        return None;
    }
    let reason = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    match reason {
        "" => Some("none"),
        _ if rest.starts_with(|c: char| c.is_alphanumeric()) => None,
        reason => Some(reason),
    }
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

/// Whether two goals are the same one: of one level, in the same words.
pub fn is_same_goal(one: &Goal, other: &Goal) -> bool {
    one.level == other.level && one.text.trim() == other.text.trim()
}

/// The goals of the goals list that the brief does not serve yet.
pub fn offered_goals(brief: &Brief, goals: &[Goal]) -> Vec<Goal> {
    goals
        .iter()
        .filter(|g| !brief.goals.iter().any(|b| is_same_goal(b, g)))
        .cloned()
        .collect()
}

/// The goals list with a goal of a brief in it; `None` when it is there
/// already. How the brief serves it stays in the brief.
pub fn goals_with(goals: &[Goal], goal: &Goal) -> Option<Vec<Goal>> {
    if goals.iter().any(|known| is_same_goal(known, goal)) {
        return None;
    }
    let mut goals = goals.to_vec();
    goals.push(Goal {
        id: ItemId::for_text(&goal.text, goals.iter().map(|g| &g.id)),
        how: String::new(),
        ..goal.clone()
    });
    Some(goals)
}

/// Puts a goal into the brief: a new one, `at` replaced, or one that is there
/// already with another way to serve it.
pub fn goal_typed(brief: &Brief, goal: Goal, at: Option<usize>) -> Typed {
    let is_new = at.is_none();
    let at = at.or_else(|| brief.goals.iter().position(|g| is_same_goal(g, &goal)));
    let mut item = goal;
    match at.and_then(|at| brief.goals.get(at)) {
        Some(old) => {
            if is_new && item.how.is_empty() {
                item.how.clone_from(&old.how);
            }
            item.id.clone_from(&old.id);
            if item.owner.is_empty() {
                item.owner.clone_from(&old.owner);
            }
        }
        None => item.id = ItemId::for_text(&item.text, brief.goals.iter().map(|g| &g.id)),
    }
    let place = at.unwrap_or(brief.goals.len());
    Typed {
        change: Change::Goal(put(at, place, item)),
        follow_up: false,
        whose_assumed: false,
        at: place,
        unknown: Vec::new(),
    }
}

/// The customers that numbers or names mean, each once; and those that mean
/// nobody.
pub fn people(brief: &Brief, names: &[String]) -> (Vec<ItemId>, Vec<String>) {
    let (mut people, mut unknown) = (Vec::new(), Vec::new());
    for name in names {
        let by_number = name
            .parse::<usize>()
            .ok()
            .and_then(|n| brief.customers.get(n.checked_sub(1)?));
        match by_number.or_else(|| brief.find_customer(name).ok().flatten()) {
            Some(customer) if people.contains(&customer.id) => {}
            Some(customer) => people.push(customer.id.clone()),
            None => unknown.push(name.clone()),
        }
    }
    (people, unknown)
}

fn customer(brief: &Brief, text: &str, at: Option<usize>, typed: &mut Typed) -> Change {
    let line = entry::customer(text);
    let name = line.name.trim().to_lowercase();
    let known = brief
        .customers
        .iter()
        .position(|c| !name.is_empty() && c.name.trim().to_lowercase() == name)
        .filter(|_| at.is_none());
    if let Some((at, mut item)) = known.and_then(|at| Some((at, brief.customers.get(at)?.clone())))
    {
        // Said once more: what is new is added, nothing is lost.
        item.role = line.role.unwrap_or(item.role);
        if !line.reach.is_empty() {
            item.reach = line.reach;
        }
        if !line.uses_for.is_empty() {
            item.uses_for = line.uses_for;
        }
        typed.at = at;
        typed.follow_up = item.uses_for.trim().is_empty();
        return Change::Customer(ListEdit::Replace { at, item });
    }
    let old = at.and_then(|at| brief.customers.get(at));
    typed.follow_up = old.is_none() && line.uses_for.is_empty();
    let usual = if brief.customers.is_empty() {
        Role::Requester
    } else {
        Role::Receiver
    };
    let item = Customer {
        id: old.map_or_else(
            || ItemId::for_text(&line.name, brief.customers.iter().map(|c| &c.id)),
            |c| c.id.clone(),
        ),
        name: line.name,
        role: line
            .role
            .or_else(|| old.map(|c| c.role.clone()))
            .unwrap_or(usual),
        uses_for: line.uses_for,
        reach: line.reach,
        notes: old.map(|c| c.notes.clone()).unwrap_or_default(),
    };
    Change::Customer(put(at, typed.at, item))
}

fn reading(brief: &Brief, text: &str, at: Option<usize>, standing: &Standing) -> Change {
    let old = at.and_then(|at| brief.readings.get(at));
    let item = Reading {
        id: old.map_or_else(
            || ItemId::for_text(text, brief.readings.iter().map(|r| &r.id)),
            |r| r.id.clone(),
        ),
        text: text.to_owned(),
        chosen: old.is_some_and(|r| r.chosen),
        standing: old.map_or_else(|| standing.clone(), |r| r.standing.clone()),
    };
    Change::Reading(put(at, brief.readings.len(), item))
}

fn need(
    brief: &Brief,
    text: &str,
    at: Option<usize>,
    standing: &Standing,
    typed: &mut Typed,
) -> Change {
    let old = at.and_then(|at| brief.needs.get(at));
    let (head, acceptance) = entry::need(text);
    let (head, names) = entry::whose(&head);
    let (mut whose, unknown) = people(brief, &names);
    typed.unknown = unknown;
    if whose.is_empty() && old.is_none() {
        whose.extend(brief.requester().map(|c| c.id.clone()));
        typed.whose_assumed = !whose.is_empty();
    }
    typed.follow_up = old.is_none() && acceptance.is_empty();
    let item = Need {
        id: old.map_or_else(
            || ItemId::for_text(&head, brief.needs.iter().map(|n| &n.id)),
            |n| n.id.clone(),
        ),
        text: head,
        whose,
        acceptance,
        same: old.is_some_and(|n| n.same),
        standing: old.map_or_else(|| standing.clone(), |n| n.standing.clone()),
    };
    Change::Need(put(at, typed.at, item))
}

fn deliverable(
    brief: &Brief,
    text: &str,
    at: Option<usize>,
    standing: &Standing,
    typed: &mut Typed,
) -> Change {
    let (head, numbers) = entry::deliverable(text);
    let is_new = at.is_none();
    // Typed again, with the needs it serves behind it.
    let at = at.or_else(|| {
        let mut parts = brief.deliverables.iter();
        parts.position(|d| d.text.trim() == head && !head.is_empty())
    });
    let old = at.and_then(|at| brief.deliverables.get(at));
    typed.at = at.unwrap_or(brief.deliverables.len());
    let mut serves = needs_of(brief, &numbers, &mut typed.unknown);
    if let Some(old) = old.filter(|_| is_new && serves.is_empty()) {
        serves.clone_from(&old.serves);
    }
    typed.follow_up = is_new && serves.is_empty() && !brief.needs.is_empty();
    let kept = old
        .filter(|_| !is_new || standing.is_guess())
        .map(|d| &d.standing);
    let item = Deliverable {
        id: old.map_or_else(
            || ItemId::for_text(&head, brief.deliverables.iter().map(|d| &d.id)),
            |d| d.id.clone(),
        ),
        text: head,
        serves,
        standing: kept.unwrap_or(standing).clone(),
    };
    Change::Deliverable(put(at, typed.at, item))
}

fn needs_of(brief: &Brief, numbers: &[usize], unknown: &mut Vec<String>) -> Vec<ItemId> {
    let mut ids = Vec::new();
    for number in numbers {
        match number.checked_sub(1).and_then(|at| brief.needs.get(at)) {
            Some(need) if !ids.contains(&need.id) => ids.push(need.id.clone()),
            Some(_) => {}
            None => unknown.push(format!("need {number}")),
        }
    }
    ids
}

fn put<T>(at: Option<usize>, place: usize, item: T) -> ListEdit<T> {
    match at {
        Some(at) => ListEdit::Replace { at, item },
        None => ListEdit::Insert { at: place, item },
    }
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
