//! What is due: kept beside each brief, and said once when it comes up while
//! the interface is open.

use crate::domain::nudge::{self, Due, State};
use crate::domain::work_time::{Local, Zone as _};
use crate::domain::{BriefId, Moment, wording};

use super::model::{Item, Model};
use super::screens::Screen;

/// One line about what became due. It takes no key and no place from a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banner {
    /// The brief it is about.
    pub brief: BriefId,
    pub text: String,
}

impl Item {
    /// What is due about the brief, with how it stands at a local time.
    pub fn due_at(&self, now: Local) -> Option<(&Due, State)> {
        let due = self.due.as_ref()?;
        match due.state(now) {
            State::Later => None,
            state => Some((due, state)),
        }
    }
}

impl Model {
    /// The time of day where the worker is.
    pub fn local(&self) -> Local {
        self.here.local(self.now)
    }

    /// Looks what the briefs want that changed since the last look.
    pub fn look_ahead(&mut self) {
        for item in self.items.iter_mut().filter(|i| !i.is_looked_at) {
            item.due = nudge::due(&item.brief, &self.work, &self.here);
            item.is_looked_at = true;
        }
        let banner = self.banner.take();
        self.banner = banner.filter(|banner| {
            let is_open =
                matches!(self.top(), Some(Screen::CheckIn(page)) if page.id == banner.brief);
            let item = self.item(&banner.brief);
            !is_open && item.is_some_and(|i| i.due_at(self.local()).is_some())
        });
    }

    /// The time moves on. What is to be nudged about in between is said once.
    pub fn pass_time(&mut self, now: Moment) {
        let before = self.local();
        self.now = now;
        let local = self.local();
        self.look_ahead();
        let mut fresh: Vec<(Local, &Item)> = self
            .items
            .iter()
            .filter_map(|item| {
                let due = item.due.as_ref()?;
                let mut passed = due
                    .nudges
                    .iter()
                    .filter(|at| before < **at && **at <= local);
                let at = passed.next_back()?;
                // Not late in the evening, after a day in the drawer.
                self.work.may_ask(local).then_some((*at, item))
            })
            .collect();
        fresh.sort_by_key(|(at, _)| *at);
        let Some((_, item)) = fresh.first() else {
            return;
        };
        let question = item
            .due
            .as_ref()
            .map(|due| wording::nudge(&item.brief, due));
        let more = match fresh.len() {
            1 => String::new(),
            n => format!(" (and {} more)", n - 1),
        };
        self.banner = Some(Banner {
            brief: item.brief.id.clone(),
            text: format!(
                "{}: {}{more}",
                item.brief.title,
                question.unwrap_or_default()
            ),
        });
    }

    /// The next moment at which something becomes due or is nudged about.
    pub fn next_due(&self) -> Option<Moment> {
        let local = self.local();
        let next = self
            .items
            .iter()
            .filter_map(|item| item.due.as_ref()?.nudges.iter().find(|at| **at > local))
            .min()?;
        // A local time that the clock shows twice may have passed already.
        Some(self.here.moment(*next)).filter(|at| *at > self.now)
    }
}
