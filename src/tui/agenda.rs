//! What is due: kept beside each brief, and said once when it comes up while
//! the interface is open.

use chrono::NaiveTime;

use crate::domain::nudge::{self, Due, State};
use crate::domain::work_time::{Local, Zone as _};
use crate::domain::{BriefId, Moment, wording};

use super::model::{Item, Model};
use super::screens::Screen;
use super::screens::desk::group_of;

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
        let mut is_other = false;
        for item in self.items.iter_mut().filter(|i| !i.is_looked_at) {
            is_other = true;
            item.due = nudge::due(&item.brief, &self.work, &self.here);
            item.group = group_of(&item.brief);
            item.is_looked_at = true;
        }
        if is_other {
            self.shelf.revision += 1;
        }
        let banner = self.banner.take();
        self.banner = banner.filter(|banner| {
            let is_open =
                matches!(self.top(), Some(Screen::CheckIn(page)) if page.id == banner.brief);
            let local = self.local();
            let is_due = match self.item(&banner.brief) {
                Some(item) => item.due_at(local).is_some(),
                None => self.wishes_on_shelf().any(|(id, w)| {
                    id == banner.brief.as_str() && w.due.state(local) != State::Later
                }),
            };
            !is_open && is_due
        });
    }

    /// Colleagues' are theirs to be reminded of.
    fn mine(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| self.is_mine(&item.brief))
    }

    /// The time moves on. What is to be nudged about in between is said once.
    pub fn pass_time(&mut self, now: Moment) {
        let before = self.local();
        self.now = now;
        let local = self.local();
        self.look_ahead();
        let passed = |due: &Due| {
            let mut passed = due
                .nudges
                .iter()
                .filter(|at| before < **at && **at <= local);
            let at = passed.next_back().copied();
            // Not late in the evening, after a day in the drawer.
            at.filter(|_| self.work.may_ask(local))
        };
        let words = |title: &str, question: &str| format!("{title}: {question}");
        let items = self.mine().filter_map(|item| {
            let due = item.due.as_ref()?;
            let at = passed(due)?;
            let question = wording::nudge(&item.brief, due);
            Some((
                at,
                item.brief.id.as_str(),
                words(&item.brief.title, &question),
            ))
        });
        // Most often nothing is, and not all of them are asked.
        let is_any = self.shelf.next_nudge(before).is_some_and(|at| at <= local);
        let unread = is_any.then(|| self.wishes_on_shelf()).into_iter().flatten();
        let unread = unread.filter_map(|(id, wish)| {
            let at = passed(&wish.due)?;
            Some((at, id, words(&wish.title, &wish.question)))
        });
        let mut fresh: Vec<(Local, &str, String)> = items.chain(unread).collect();
        fresh.sort_by_key(|(at, _, _)| *at);
        let Some((_, id, text)) = fresh.first() else {
            return;
        };
        let Ok(brief) = BriefId::parse(id) else {
            return;
        };
        let more = match fresh.len() {
            1 => String::new(),
            n => format!(" (and {} more)", n - 1),
        };
        self.banner = Some(Banner {
            brief,
            text: format!("{text}{more}"),
        });
    }

    /// The next moment at which the screen shows something else by itself: when
    /// something becomes due, and at midnight, when days are counted anew.
    pub fn next_change(&self) -> Option<Moment> {
        let tomorrow = self.local().date().succ_opt()?.and_time(NaiveTime::MIN);
        let midnight = self.here.moment(tomorrow);
        let midnight = Some(midnight).filter(|at| *at > self.now && self.has_briefs());
        [self.next_due(), midnight].into_iter().flatten().min()
    }

    /// The next moment at which something becomes due or is nudged about.
    pub fn next_due(&self) -> Option<Moment> {
        let local = self.local();
        let items = self.mine().filter_map(|item| item.due.as_ref());
        let next = items.filter_map(|due| due.nudges.iter().find(|at| **at > local));
        let unread = self.shelf.next_nudge(local);
        let next = next.copied().chain(unread).min()?;
        // A local time that the clock shows twice may have passed already.
        Some(self.here.moment(next)).filter(|at| *at > self.now)
    }
}
