//! A change is a value: applying it gives the change that takes it back, so
//! undo, redo and history come from one mechanism.

use super::{
    Answer, Brief, Conflict, Customer, Deliverable, Event, EventKind, Goal, ItemId, Moment, Need,
    Plan, Ranking, Reading, Request, Shortcut, Stage, Waiver,
};

/// An edit of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListEdit<T> {
    Insert {
        at: usize,
        item: T,
    },
    Remove {
        at: usize,
    },
    Replace {
        at: usize,
        item: T,
    },
    Move {
        from: usize,
        to: usize,
    },
    /// The whole list at once, as after ranking.
    Set {
        items: Vec<T>,
    },
}

/// Something done to a brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Title(String),
    /// Hands the brief over; empty makes it everybody's.
    Owner(String),
    Checklist(String),
    Request(Request),
    /// `None` takes the answer away.
    Answer {
        question: String,
        answer: Option<Answer>,
    },
    Customer(ListEdit<Customer>),
    Reading(ListEdit<Reading>),
    Need(ListEdit<Need>),
    Ranking(ListEdit<Ranking>),
    Goal(ListEdit<Goal>),
    Deliverable(ListEdit<Deliverable>),
    Out(ListEdit<String>),
    Plan(Plan),
    Waiver(ListEdit<Waiver>),
    Shortcut(ListEdit<Shortcut>),
    Conflict(ListEdit<Conflict>),
    Stage(Stage),
    Archived(bool),
    /// Puts an answer that was taken away back at its old place: the way back
    /// from [`Change::Answer`] without an answer.
    AnswerAt {
        at: usize,
        question: String,
        answer: Box<Answer>,
    },
    /// Adds an event.
    Record(Box<Event>),
    /// Makes an event count no longer. The list of events only grows, so this
    /// adds an `undone` event; withdrawing that one is the way to redo.
    Withdraw {
        event: String,
    },
    /// All of these, in order, as one step.
    All(Vec<Change>),
}

/// Why a change cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("there is no item {} in a list of {len}", at + 1)]
    NoSuchItem { at: usize, len: usize },
    #[error("there is no event {0:?} to take back")]
    NoSuchEvent(String),
}

impl Brief {
    /// Applies a change at a time, and gives back the change that takes it back.
    /// On `Err` the brief is as it was.
    pub fn apply(&mut self, change: Change, when: Moment) -> Result<Change, Refused> {
        use std::mem::replace;
        Ok(match change {
            Change::Title(to) => Change::Title(replace(&mut self.title, to)),
            Change::Owner(to) => Change::Owner(replace(&mut self.owner, to)),
            Change::Checklist(to) => Change::Checklist(replace(&mut self.checklist, to)),
            Change::Request(to) => Change::Request(replace(&mut self.request, to)),
            Change::Answer { question, answer } => {
                let taken = self.answers.place(&question).filter(|_| answer.is_none());
                match (taken, self.answers.set(&question, answer)) {
                    (Some(at), Some(answer)) => Change::AnswerAt {
                        at,
                        question,
                        answer: Box::new(answer),
                    },
                    (_, answer) => Change::Answer { question, answer },
                }
            }
            Change::AnswerAt {
                at,
                question,
                answer,
            } => {
                let back = self.apply(
                    Change::Answer {
                        question: question.clone(),
                        answer: None,
                    },
                    when,
                )?;
                self.answers.insert(at, &question, *answer);
                back
            }
            Change::Customer(edit) => Change::Customer(edit.apply(&mut self.customers)?),
            Change::Reading(edit) => Change::Reading(edit.apply(&mut self.readings)?),
            Change::Need(edit) => Change::Need(edit.apply(&mut self.needs)?),
            Change::Ranking(edit) => Change::Ranking(edit.apply(&mut self.rankings)?),
            Change::Goal(edit) => Change::Goal(edit.apply(&mut self.goals)?),
            Change::Deliverable(edit) => Change::Deliverable(edit.apply(&mut self.deliverables)?),
            Change::Out(edit) => Change::Out(edit.apply(&mut self.out)?),
            Change::Plan(to) => Change::Plan(replace(&mut self.plan, to)),
            Change::Waiver(edit) => Change::Waiver(edit.apply(&mut self.waivers)?),
            Change::Shortcut(edit) => Change::Shortcut(edit.apply(&mut self.shortcuts)?),
            Change::Conflict(edit) => Change::Conflict(edit.apply(&mut self.conflicts)?),
            Change::Stage(to) => Change::Stage(replace(&mut self.stage, to)),
            Change::Archived(to) => Change::Archived(replace(&mut self.archived, to)),
            Change::Record(event) => {
                let id = event.id.clone();
                self.events.push(*event);
                Change::Withdraw { event: id }
            }
            Change::Withdraw { event } => {
                if !self.events.iter().any(|e| e.id == event) {
                    return Err(Refused::NoSuchEvent(event));
                }
                let id = self.unused_event_id(&event);
                let mut undone = Event::new(id.clone(), EventKind::Undone, when);
                undone.undoes = event;
                self.events.push(undone);
                Change::Withdraw { event: id }
            }
            Change::All(changes) => {
                let before = self.clone();
                let mut inverse = Vec::with_capacity(changes.len());
                for change in changes {
                    match self.apply(change, when) {
                        Ok(back) => inverse.push(back),
                        Err(refused) => {
                            *self = before;
                            return Err(refused);
                        }
                    }
                }
                inverse.reverse();
                Change::All(inverse)
            }
        })
    }

    /// An id for the event that takes `event` back. It follows from the event,
    /// so that two people who undo the same thing agree.
    fn unused_event_id(&self, event: &str) -> String {
        let stem = match event.rsplit_once("-u") {
            Some((stem, n)) if !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) => stem,
            _ => event,
        };
        (1..)
            .map(|n| format!("{stem}-u{n}"))
            .find(|id| !self.events.iter().any(|e| &e.id == id))
            .unwrap_or_default()
    }
}

impl<T> ListEdit<T> {
    fn apply(self, list: &mut Vec<T>) -> Result<Self, Refused> {
        let len = list.len();
        let inside = |at: usize| {
            if at < len {
                Ok(at)
            } else {
                Err(Refused::NoSuchItem { at, len })
            }
        };
        Ok(match self {
            Self::Insert { at, item } => {
                let at = at.min(len);
                list.insert(at, item);
                Self::Remove { at }
            }
            Self::Remove { at } => Self::Insert {
                item: list.remove(inside(at)?),
                at,
            },
            Self::Replace { at, item } => Self::Replace {
                item: std::mem::replace(&mut list[inside(at)?], item),
                at,
            },
            Self::Move { from, to } => {
                let item = list.remove(inside(from)?);
                let to = to.min(list.len());
                list.insert(to, item);
                Self::Move { from: to, to: from }
            }
            Self::Set { items } => Self::Set {
                items: std::mem::replace(list, items),
            },
        })
    }
}

impl Change {
    /// What is done, in a few words: "remove a need". Of several, the first.
    pub fn describe(&self) -> &'static str {
        fn list<T>(edit: &ListEdit<T>, words: [&'static str; 4]) -> &'static str {
            match edit {
                ListEdit::Insert { .. } => words[0],
                ListEdit::Remove { .. } => words[1],
                ListEdit::Replace { .. } => words[2],
                ListEdit::Move { .. } | ListEdit::Set { .. } => words[3],
            }
        }
        macro_rules! words {
            ($a:literal $noun:literal) => {
                [
                    concat!("add ", $a, " ", $noun),
                    concat!("remove ", $a, " ", $noun),
                    concat!("change ", $a, " ", $noun),
                    concat!("reorder the ", $noun, "s"),
                ]
            };
        }
        match self {
            Self::Title(_) => "change the title",
            Self::Owner(_) => "hand the brief over",
            Self::Checklist(_) => "change the checklist",
            Self::Request(_) => "change the request",
            Self::Answer { .. } | Self::AnswerAt { .. } => "change an answer",
            Self::Customer(edit) => list(edit, words!("a" "customer")),
            Self::Reading(edit) => list(edit, words!("a" "reading")),
            Self::Need(edit) => list(edit, words!("a" "need")),
            Self::Ranking(edit) => list(edit, words!("a" "ranking")),
            Self::Goal(edit) => list(edit, words!("a" "goal")),
            Self::Deliverable(edit) => list(edit, words!("a" "deliverable")),
            Self::Out(edit) => list(edit, words!("an" "out-of-scope item")),
            Self::Plan(_) => "change the plan",
            Self::Waiver(edit) => list(edit, words!("a" "waiver")),
            Self::Shortcut(edit) => list(edit, words!("a" "shortcut")),
            Self::Conflict(_) => "choose a version",
            Self::Stage(_) => "change the stage",
            Self::Archived(true) => "archive",
            Self::Archived(false) => "bring back from the archive",
            Self::Record(_) => "record what happened",
            Self::Withdraw { .. } => "take back what was recorded",
            Self::All(changes) => changes.first().map_or("nothing", Self::describe),
        }
    }
}

impl ListEdit<Need> {
    /// Puts needs into the order of `ids`; those it leaves out stay behind, in
    /// their old order. `same` holds the ids that rank the same as the one before.
    pub fn order(needs: &[Need], ids: &[ItemId], same: &[ItemId]) -> Self {
        let mut rest: Vec<Need> = needs.to_vec();
        let mut items: Vec<Need> = Vec::with_capacity(rest.len());
        for id in ids {
            if let Some(at) = rest.iter().position(|n| &n.id == id) {
                items.push(rest.remove(at));
            }
        }
        items.append(&mut rest);
        for need in &mut items {
            need.same = same.contains(&need.id);
        }
        if let Some(first) = items.first_mut() {
            first.same = false;
        }
        Self::Set { items }
    }

    /// Moves one need to another place, where it has a rank of its own: a need
    /// moved between two equals parts them. Equals elsewhere stay equal. A
    /// place that is not there gives an edit that is refused.
    pub fn moved(needs: &[Need], from: usize, to: usize) -> Self {
        let mut items = needs.to_vec();
        let to = to.min(needs.len().saturating_sub(1));
        let Some(mut need) = take(&mut items, from).filter(|_| from != to) else {
            return Self::Move { from, to };
        };
        need.same = false;
        items.insert(to, need);
        if let Some(next) = items.get_mut(to + 1) {
            next.same = false;
        }
        Self::Set { items }
    }
}

/// Takes a need out. The next one heads the equals that are left.
fn take(needs: &mut Vec<Need>, at: usize) -> Option<Need> {
    if at >= needs.len() {
        return None;
    }
    let need = needs.remove(at);
    if let Some(next) = needs.get_mut(at) {
        next.same &= need.same;
    }
    if let Some(first) = needs.first_mut() {
        first.same = false;
    }
    Some(need)
}

#[cfg(test)]
mod tests;
