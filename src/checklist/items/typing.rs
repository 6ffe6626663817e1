//! From a typed line to an item. `domain::entry` reads the lines.

use super::{ListKind, goals, in_answer};
use crate::domain::{
    Brief, Change, Customer, Deliverable, Goal, ItemId, ListEdit, Need, Reading, Role, Standing,
    entry,
};

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
    /// The change that a typed line makes: a new item, or `at` replaced. A new
    /// line for somebody or something that is there already adds to it.
    ///
    /// `standing` is what a new item rests on. It is not looked at where items
    /// have no basis of their own: see [`super::with_entry`].
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
                return goals::goal_typed(brief, goal, at);
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
    /// what was named in it and is not there. `None` where the text is no answer
    /// to it, but the next item.
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
                item.serves = needs_of(brief, &numbers_in(text, brief.needs.len())?, &mut unknown);
                Change::Deliverable(ListEdit::Replace { at, item })
            }
            _ => return None,
        };
        Some((change, unknown))
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
        id: old.map_or_else(|| brief.new_customer_id(&line.name), |c| c.id.clone()),
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

pub(super) fn put<T>(at: Option<usize>, place: usize, item: T) -> ListEdit<T> {
    match at {
        Some(at) => ListEdit::Replace { at, item },
        None => ListEdit::Insert { at: place, item },
    }
}

/// The numbers of needs as they are typed: "1 3", "#1, #3", "needs 1 and 3",
/// "all" of so many, "none". `None` where there are other words.
fn numbers_in(text: &str, count: usize) -> Option<Vec<usize>> {
    let mut numbers = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || "#,;+&.".contains(c)) {
        match word.to_lowercase().as_str() {
            "" | "and" | "need" | "needs" | "none" => {}
            "all" => numbers.extend(1..=count),
            number => numbers.push(number.parse().ok()?),
        }
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::numbers_in;

    #[test]
    fn numbers_of_needs_are_read_as_people_write_them() {
        for (typed, read) in [
            ("1 3", vec![1, 3]),
            ("#1, #3", vec![1, 3]),
            ("needs 1 and 3.", vec![1, 3]),
            ("all", vec![1, 2, 3]),
            ("none", vec![]),
        ] {
            assert_eq!(numbers_in(typed, 3), Some(read), "{typed}");
        }
    }

    #[test]
    fn other_words_are_no_numbers_of_needs() {
        assert_eq!(numbers_in("An Excel sheet", 3), None);
        assert_eq!(numbers_in("1 table", 3), None);
    }
}
