//! The lists of a brief as rows that can be typed, edited, removed and moved.
//! One line of text stands for one item; `domain::entry` reads it.

use crate::checklist::{Kind, Question};
use crate::domain::{
    Answer, Brief, Change, Customer, Deliverable, Goal, ItemId, ListEdit, Need, Reading, Role,
    Standing, entry, removal,
};

/// Which list a page edits.
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

/// One row as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub text: String,
    /// Quiet lines under it.
    pub details: Vec<String>,
    /// A polite remark about it.
    pub remark: Option<String>,
    pub standing: Option<Standing>,
    /// Readings: whether it is the chosen one.
    pub chosen: bool,
}

/// What a typed line became.
pub struct Typed {
    pub change: Change,
    /// Another question about the same item, if its answer was not typed.
    pub follow_up: bool,
    /// The place of the item in the list.
    pub at: usize,
    /// Names that nobody has.
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

    /// What the entry line asks for.
    pub fn prompt(&self) -> &'static str {
        match self {
            Self::Customers => "add somebody: Name: what they use it for",
            Self::Readings => "add a reading",
            Self::Needs => "add a need => how they will know that it is met",
            Self::Goals => "add a goal, like team: text \u{2013} or none: why",
            Self::Deliverables => "add a part, with #1 #2 for the needs it serves",
            Self::Out | Self::Answer(_) => "add a line",
        }
    }

    /// The question that follows an item, where there is one.
    pub fn follow_up(&self) -> Option<&'static str> {
        match self {
            Self::Customers => Some("what will they use it for?"),
            Self::Needs => Some("how will they know that it is met?"),
            Self::Deliverables => Some("which needs does it serve? (numbers)"),
            _ => None,
        }
    }

    /// The rows as they stand.
    pub fn rows(&self, brief: &Brief) -> Vec<Row> {
        let plain = |text: &str| Row {
            text: text.to_owned(),
            details: Vec::new(),
            remark: None,
            standing: None,
            chosen: false,
        };
        match self {
            Self::Customers => brief
                .customers
                .iter()
                .map(|c| Row {
                    details: if c.uses_for.trim().is_empty() {
                        Vec::new()
                    } else {
                        vec![c.uses_for.clone()]
                    },
                    ..plain(&format!("{} ({})", c.name, c.role))
                })
                .collect(),
            Self::Readings => brief
                .readings
                .iter()
                .map(|r| Row {
                    standing: Some(r.standing.clone()),
                    chosen: r.chosen,
                    ..plain(&r.text)
                })
                .collect(),
            Self::Needs => brief.needs.iter().map(|n| need_row(brief, n)).collect(),
            Self::Goals => brief
                .goals
                .iter()
                .map(|g| Row {
                    details: if g.how.trim().is_empty() {
                        Vec::new()
                    } else {
                        vec![g.how.clone()]
                    },
                    ..plain(&format!("{}: {}", g.level, g.text))
                })
                .collect(),
            Self::Deliverables => brief
                .deliverables
                .iter()
                .map(|d| part_row(brief, d))
                .collect(),
            Self::Out => brief.out.iter().map(|o| plain(o)).collect(),
            Self::Answer(question) => brief
                .answers
                .get(question)
                .map(|a| a.items.iter().map(|i| plain(i)).collect())
                .unwrap_or_default(),
        }
    }

    /// The line that would make the item again.
    pub fn line(&self, brief: &Brief, at: usize) -> String {
        match self {
            Self::Customers => brief.customers.get(at).map(|c| {
                let reach = with(" <", &c.reach, ">");
                format!(
                    "{}{reach} ({}){}",
                    c.name,
                    c.role,
                    with(": ", &c.uses_for, "")
                )
            }),
            Self::Readings => brief.readings.get(at).map(|r| r.text.clone()),
            Self::Needs => brief.needs.get(at).map(|n| {
                let names: Vec<&str> = n.whose.iter().map(|id| brief.name_of(id)).collect();
                format!(
                    "{}{}{}",
                    n.text,
                    with(" (for ", &names.join(", "), ")"),
                    with(" => ", &n.acceptance, "")
                )
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
            Self::Answer(question) => brief
                .answers
                .get(question)
                .and_then(|a| a.items.get(at).cloned()),
        }
        .unwrap_or_default()
    }

    /// The change that a typed line makes: a new item, or `at` replaced.
    pub fn typed(
        &self,
        brief: &Brief,
        text: &str,
        at: Option<usize>,
        standing: &Standing,
    ) -> Typed {
        let place = at.unwrap_or(self.rows(brief).len());
        let mut follow_up = false;
        let mut unknown = Vec::new();
        let change = match self {
            Self::Customers => {
                let old = at.and_then(|at| brief.customers.get(at));
                let typed = entry::customer(text);
                follow_up = old.is_none() && typed.uses_for.is_empty();
                let role = typed.role.or(old.map(|c| c.role.clone())).unwrap_or({
                    if brief.customers.is_empty() {
                        Role::Requester
                    } else {
                        Role::Receiver
                    }
                });
                Change::Customer(put(
                    at,
                    place,
                    Customer {
                        id: old
                            .map_or_else(|| brief.new_customer_id(&typed.name), |c| c.id.clone()),
                        name: typed.name,
                        role,
                        uses_for: typed.uses_for,
                        reach: typed.reach,
                        notes: old.map(|c| c.notes.clone()).unwrap_or_default(),
                    },
                ))
            }
            Self::Readings => {
                let old = at.and_then(|at| brief.readings.get(at));
                Change::Reading(put(
                    at,
                    place,
                    Reading {
                        id: old.map_or_else(
                            || ItemId::for_text(text, brief.readings.iter().map(|r| &r.id)),
                            |r| r.id.clone(),
                        ),
                        text: text.to_owned(),
                        chosen: old.is_some_and(|r| r.chosen),
                        standing: old.map_or_else(|| standing.clone(), |r| r.standing.clone()),
                    },
                ))
            }
            Self::Needs => {
                let old = at.and_then(|at| brief.needs.get(at));
                let (head, acceptance) = entry::need(text);
                let (head, names) = entry::whose(&head);
                let mut whose = Vec::new();
                for name in names {
                    match brief.find_customer(&name) {
                        Ok(Some(customer)) => whose.push(customer.id.clone()),
                        _ => unknown.push(name),
                    }
                }
                if whose.is_empty() && old.is_none() {
                    whose.extend(brief.requester().map(|c| c.id.clone()));
                }
                follow_up = old.is_none() && acceptance.is_empty();
                Change::Need(put(
                    at,
                    place,
                    Need {
                        id: old.map_or_else(
                            || ItemId::for_text(&head, brief.needs.iter().map(|n| &n.id)),
                            |n| n.id.clone(),
                        ),
                        text: head,
                        whose,
                        acceptance,
                        same: old.is_some_and(|n| n.same),
                        standing: old.map_or_else(|| standing.clone(), |n| n.standing.clone()),
                    },
                ))
            }
            Self::Goals => {
                let old = at.and_then(|at| brief.goals.get(at));
                let (head, how) = entry::arrow(text);
                let (level, head) = entry::goal(&head);
                Change::Goal(put(
                    at,
                    place,
                    Goal {
                        id: old.map_or_else(
                            || ItemId::for_text(&head, brief.goals.iter().map(|g| &g.id)),
                            |g| g.id.clone(),
                        ),
                        level,
                        owner: old.map(|g| g.owner.clone()).unwrap_or_default(),
                        text: head,
                        how,
                    },
                ))
            }
            Self::Deliverables => {
                let old = at.and_then(|at| brief.deliverables.get(at));
                let (head, numbers) = entry::deliverable(text);
                let serves = needs_of(brief, &numbers, &mut unknown);
                follow_up = old.is_none() && serves.is_empty() && !brief.needs.is_empty();
                Change::Deliverable(put(
                    at,
                    place,
                    Deliverable {
                        id: old.map_or_else(
                            || ItemId::for_text(&head, brief.deliverables.iter().map(|d| &d.id)),
                            |d| d.id.clone(),
                        ),
                        text: head,
                        serves,
                        standing: old.map_or_else(|| standing.clone(), |d| d.standing.clone()),
                    },
                ))
            }
            Self::Out => Change::Out(put(at, place, text.to_owned())),
            Self::Answer(question) => {
                let mut answer = brief.answers.get(question).cloned().unwrap_or_default();
                match at.and_then(|at| answer.items.get_mut(at)) {
                    Some(item) => text.clone_into(item),
                    None => answer.items.push(text.to_owned()),
                }
                set_answer(question, answer)
            }
        };
        Typed {
            change,
            follow_up: follow_up && self.follow_up().is_some(),
            at: place,
            unknown,
        }
    }

    /// The change for the answer to the follow-up question of item `at`.
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
                let numbers = numbers_in(text, brief.needs.len())?;
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
            Self::Customers => removal::customer(brief, at),
            Self::Readings => Change::Reading(ListEdit::Remove { at }),
            Self::Needs => removal::need(brief, at),
            Self::Goals => Change::Goal(ListEdit::Remove { at }),
            Self::Deliverables => Change::Deliverable(ListEdit::Remove { at }),
            Self::Out => Change::Out(ListEdit::Remove { at }),
            Self::Answer(question) => {
                let mut answer = brief.answers.get(question).cloned().unwrap_or_default();
                if at < answer.items.len() {
                    answer.items.remove(at);
                }
                set_answer(question, answer)
            }
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
            Self::Answer(question) => {
                let mut answer = brief.answers.get(question).cloned().unwrap_or_default();
                if from < answer.items.len() && to < answer.items.len() {
                    let item = answer.items.remove(from);
                    answer.items.insert(to, item);
                }
                set_answer(question, answer)
            }
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

/// Chooses reading `at`, and no other.
pub fn choose_reading(brief: &Brief, at: usize) -> Change {
    let mut items = brief.readings.clone();
    for (place, reading) in items.iter_mut().enumerate() {
        reading.chosen = place == at;
    }
    Change::Reading(ListEdit::Set { items })
}

/// The ranks, as shown, of the needs that a part serves.
pub fn need_numbers(brief: &Brief, part: &Deliverable) -> Vec<usize> {
    brief
        .needs
        .iter()
        .enumerate()
        .filter(|(_, n)| part.serves.contains(&n.id))
        .map(|(at, _)| at + 1)
        .collect()
}

fn need_row(brief: &Brief, need: &Need) -> Row {
    let names: Vec<&str> = need.whose.iter().map(|id| brief.name_of(id)).collect();
    let mut details = Vec::new();
    if !need.acceptance.trim().is_empty() {
        details.push(format!("met when: {}", need.acceptance));
    }
    if !names.is_empty() && brief.customers.len() > 1 {
        details.push(format!("for {}", names.join(", ")));
    }
    Row {
        text: need.text.clone(),
        details,
        remark: None,
        standing: Some(need.standing.clone()),
        chosen: false,
    }
}

fn part_row(brief: &Brief, part: &Deliverable) -> Row {
    let served: Vec<String> = brief
        .needs
        .iter()
        .enumerate()
        .filter(|(_, n)| part.serves.contains(&n.id))
        .map(|(at, n)| format!("{} {}", at + 1, n.text))
        .collect();
    let remark = (served.is_empty() && !brief.needs.is_empty())
        .then(|| "serves no need yet \u{2013} would anybody miss it?".to_owned());
    Row {
        text: part.text.clone(),
        details: if served.is_empty() {
            Vec::new()
        } else {
            vec![format!("serves {}", served.join("; "))]
        },
        remark,
        standing: Some(part.standing.clone()),
        chosen: false,
    }
}

/// Numbers of needs as they are typed: "1 3", "#1, #3", "1 and 3", "all",
/// "none". `None` when there are other words.
pub fn numbers_in(text: &str, count: usize) -> Option<Vec<usize>> {
    let mut numbers = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '#' | '.')) {
        match word.to_lowercase().as_str() {
            "" | "and" | "&" | "need" | "needs" | "none" => {}
            "all" => numbers.extend(1..=count),
            number => numbers.push(number.parse().ok()?),
        }
    }
    Some(numbers)
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

fn set_answer(question: &str, answer: Answer) -> Change {
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
