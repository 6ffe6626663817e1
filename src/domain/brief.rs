//! The brief: one request, clarified.

use std::collections::HashSet;

use super::words::word_enum;
use super::{
    Answers, Basis, BriefId, Day, Event, EventKind, ItemId, Moment, Stage, Standing, WalkPlace,
};

/// The format of brief files that this version writes.
pub const FORMAT: i64 = 1;

/// One request, clarified. Ranked lists are in rank order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    pub format: i64,
    pub id: BriefId,
    pub title: String,
    /// Whose work it is, by name, where a team shares the folder; empty:
    /// everybody's.
    pub owner: String,
    /// The id of the checklist that is walked.
    pub checklist: String,
    pub stage: Stage,
    pub created: Moment,
    /// Archived briefs are kept, and not shown on the desk.
    pub archived: bool,
    pub request: Request,
    pub customers: Vec<Customer>,
    pub readings: Vec<Reading>,
    pub answers: Answers,
    pub needs: Vec<Need>,
    /// What single customers said about the order of the needs.
    pub rankings: Vec<Ranking>,
    pub goals: Vec<Goal>,
    pub deliverables: Vec<Deliverable>,
    /// What is out of scope.
    pub out: Vec<String>,
    pub plan: Plan,
    pub waivers: Vec<Waiver>,
    pub shortcuts: Vec<Shortcut>,
    /// What two people changed at the same time, each in their own way.
    pub conflicts: Vec<Conflict>,
    pub events: Vec<Event>,
    /// Where an unfinished walk stands.
    pub walk: Option<WalkPlace>,
    /// Text typed elsewhere and not accepted yet, also the fields of forms:
    /// `[[draft]]`.
    pub drafts: Vec<WalkPlace>,
}

/// The customer's own words and how they came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// Verbatim; what the worker made of them is a [`Reading`].
    pub words: String,
    pub by: Option<ItemId>,
    pub on: Option<Day>,
    /// Where and how it was said, `where` in the file.
    pub place: String,
    pub origin: Option<Origin>,
}

word_enum! {
    /// How the request came about.
    Origin {
        Asked = "asked",
        Assigned = "assigned",
        /// Nobody asked: a proposal until a named person says yes.
        OwnIdea = "own-idea",
    }
}

word_enum! {
    /// What a customer has to do with the result.
    #[derive(Default)]
    Role {
        #[default]
        Requester = "requester",
        Receiver = "receiver",
        User = "user",
        Approver = "approver",
        Affected = "affected",
    }
}

/// Anyone who asked for, receives, uses, approves or is affected by the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    pub id: ItemId,
    pub name: String,
    pub role: Role,
    /// What they do with the result.
    pub uses_for: String,
    /// A mail address, a handle, a phone number.
    pub reach: String,
    /// Private: never exported or shared.
    pub notes: String,
}

/// One interpretation of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub id: ItemId,
    pub text: String,
    pub chosen: bool,
    pub standing: Standing,
}

/// Something the result must do for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub id: ItemId,
    pub text: String,
    /// The customers whose need it is, `for` in the file.
    pub whose: Vec<ItemId>,
    /// How the customer will know that it is met.
    pub acceptance: String,
    /// Ranks the same as the need before it.
    pub same: bool,
    pub standing: Standing,
}

/// One customer's own order of the needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    pub by: ItemId,
    /// Need ids, most important first.
    pub order: Vec<ItemId>,
    pub on: Option<Day>,
}

word_enum! {
    /// Whose goal it is.
    #[derive(Default)]
    Level {
        #[default]
        Team = "team",
        Department = "department",
        Company = "company",
    }
}

/// A goal of the team, department or company that the work serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    pub id: ItemId,
    pub level: Level,
    pub owner: String,
    pub text: String,
    /// How the work serves it.
    pub how: String,
}

/// A part of the solution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deliverable {
    pub id: ItemId,
    pub text: String,
    /// The needs that it serves.
    pub serves: Vec<ItemId>,
    pub standing: Standing,
}

/// When it is needed and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    pub need_by: Option<Day>,
    /// The time it is worth, from Shape Up (Singer 2019, chapter 3).
    pub appetite: String,
    /// How often to look up from the work.
    pub cadence: String,
}

/// A check that was overruled, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The key of the requirement: `customer`, `purpose`, `ranked-need`,
    /// `agreement`, `solution` or a question id.
    pub what: String,
    pub because: String,
    pub on: Option<Day>,
}

/// Something done the quick way for now, to be put right later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortcut {
    pub id: ItemId,
    pub text: String,
    /// The day by which it is to be put right.
    pub pay_back: Option<Day>,
    /// The day on which it was taken.
    pub on: Option<Day>,
    /// The day on which it was put right.
    pub paid: Option<Day>,
}

/// One thing that two people changed at the same time, each in their own way.
/// One of the versions stands in its place until somebody chooses; see
/// [`conflict`](super::conflict).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// Where: `answer.purpose`, `need.kinds.text`, `order of need`.
    pub place: String,
    /// What was written there, two versions or more.
    pub versions: Vec<String>,
}

impl Brief {
    /// An empty draft.
    pub fn new(id: BriefId, title: impl Into<String>, checklist: &str, created: Moment) -> Self {
        Self {
            format: FORMAT,
            id,
            title: title.into(),
            owner: String::new(),
            checklist: checklist.to_owned(),
            stage: Stage::Draft,
            created,
            archived: false,
            request: Request::default(),
            customers: Vec::new(),
            readings: Vec::new(),
            answers: Answers::default(),
            needs: Vec::new(),
            rankings: Vec::new(),
            goals: Vec::new(),
            deliverables: Vec::new(),
            out: Vec::new(),
            plan: Plan::default(),
            waivers: Vec::new(),
            shortcuts: Vec::new(),
            conflicts: Vec::new(),
            events: Vec::new(),
            walk: None,
            drafts: Vec::new(),
        }
    }

    /// The customer with an id.
    pub fn customer(&self, id: &ItemId) -> Option<&Customer> {
        self.customers.iter().find(|c| &c.id == id)
    }

    /// An id for a new customer. One that an event names stays with whom it
    /// was: a yes must not pass to somebody else of nearly the same name.
    pub fn new_customer_id(&self, name: &str) -> ItemId {
        let customers = self.customers.iter().map(|c| &c.id);
        let named = self.events.iter().flat_map(|e| e.by.iter().chain(&e.to));
        ItemId::for_text(name, customers.chain(named))
    }

    /// The name for an id, or the id itself where nobody has it.
    pub fn name_of<'a>(&'a self, id: &'a ItemId) -> &'a str {
        self.customer(id)
            .map(|c| c.name.as_str())
            .filter(|name| !name.trim().is_empty())
            .unwrap_or(id.as_str())
    }

    /// Who asked: the one named in the request, else the first requester,
    /// else the first customer.
    pub fn requester(&self) -> Option<&Customer> {
        self.request
            .by
            .as_ref()
            .and_then(|by| self.customer(by))
            .or_else(|| self.customers.iter().find(|c| c.role == Role::Requester))
            .or_else(|| self.customers.first())
    }

    /// The reading that was chosen.
    pub fn chosen_reading(&self) -> Option<&Reading> {
        self.readings.iter().find(|r| r.chosen)
    }

    /// The need with an id.
    pub fn need(&self, id: &ItemId) -> Option<&Need> {
        self.needs.iter().find(|n| &n.id == id)
    }

    /// The rank of each need, from 1; needs that rank the same share a number.
    pub fn ranks(&self) -> Vec<usize> {
        let mut rank = 0;
        (1..=self.needs.len())
            .zip(&self.needs)
            .map(|(place, need)| {
                if rank == 0 || !need.same {
                    rank = place;
                }
                rank
            })
            .collect()
    }

    /// The events that still count: neither undone nor the undoing itself. An
    /// undoing that was itself undone does not count.
    pub fn effective_events(&self) -> Vec<&Event> {
        let mut gone: HashSet<&str> = HashSet::new();
        for event in self.events.iter().rev() {
            if event.kind == EventKind::Undone && !gone.contains(event.id.as_str()) {
                gone.insert(&event.undoes);
            }
        }
        self.events
            .iter()
            .filter(|e| e.kind != EventKind::Undone && !gone.contains(e.id.as_str()))
            .collect()
    }

    /// The basis of each answer, need and chosen reading that was given.
    pub fn bases(&self) -> Vec<&Basis> {
        let answers = self
            .answers
            .iter()
            .filter(|(_, a)| a.is_given())
            .map(|(_, a)| &a.standing);
        let readings = self
            .readings
            .iter()
            .filter(|r| r.chosen)
            .map(|r| &r.standing);
        let needs = self.needs.iter().map(|n| &n.standing);
        answers
            .chain(readings)
            .chain(needs)
            .map(|standing| &standing.basis)
            .collect()
    }
}

#[cfg(test)]
mod tests;
