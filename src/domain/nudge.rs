//! When a brief wants a word: a pure function of the brief, the working time
//! and the place, in local time.
//!
//! A check-in becomes due at one moment, for one reason. Until something
//! happens the worker is nudged then, two working days later and five working
//! days later; after that the brief is stale, and nobody nags any more. The next
//! one counts from the check-in that was made, not from the one that was
//! planned, so nothing piles up.
//!
//! | started | need by | guesses | cadence | then | due | why |
//! |---|---|---|---|---|---|---|
//! | Mon 2026-02-02 10:00 | 2026-02-27 | 0 | automatic | | Mon 2026-02-09 09:45 | a quarter of 159 working hours |
//! | Mon 2026-02-02 10:00 | 2026-02-27 | 2 | automatic | | Wed 2026-02-04 09:00 | a guess is looked at within two working days |
//! | Mon 2026-02-02 10:00 | 2026-02-27 | 0 | automatic | check-in 2026-02-06 16:00 | Mon 2026-02-16 09:30 | a quarter would be in less than a week: half of the way |
//! | Mon 2026-02-02 10:00 | 2026-02-27 | 0 | automatic | check-in 2026-02-12 16:00 | Mon 2026-02-23 09:15 | half of the way would be in less than a week |
//! | Mon 2026-02-02 10:00 | 2026-02-27 | 0 | automatic | check-in 2026-02-23 16:00 | Thu 2026-02-26 09:00 | the handover |
//! | Mon 2026-02-02 10:00 | | 0 | automatic | | Mon 2026-02-09 09:00 | no day is known: a week |
//! | Mon 2026-02-02 10:00 | 2026-02-27 | 2 | automatic | check-in 2026-02-04 09:30 | Tue 2026-02-10 09:18 | a fifth of the way on guesses |
//! | Mon 2026-02-02 10:00 | | 0 | every 3 days | | Thu 2026-02-05 09:00 | |
//! | Mon 2026-02-02 10:00 | | 0 | every 3 days | check-in 2026-02-05 15:00 | Mon 2026-02-09 09:00 | it falls on a Sunday |
//! | Mon 2026-02-02 10:00 | | 0 | weekly on Tuesday | | Tue 2026-02-10 09:00 | tomorrow is too soon |
//! | Mon 2026-02-02 10:00 | | 0 | weekly on Friday | | Fri 2026-02-06 09:00 | |
//! | Mon 2026-02-02 10:00 | | 0 | every 2 weeks | check-in 2026-02-18 11:00 | Wed 2026-03-04 09:00 | two weeks after the late one |
//! | Thu 2026-02-05 15:00 | | 0 | at 4 hours spent | | Fri 2026-02-06 11:00 | |
//! | Mon 2026-02-02 10:00 | | 3 | none: an hour's work | | | |
//! | Mon 2026-02-02 10:00 | | 0 | every 3 days | snoozed 2026-02-05 09:10 until 2026-02-09 14:00 | Mon 2026-02-09 14:00 | |
//! | Mon 2026-02-02 10:00 | | 0 | every 3 days | snoozed 2026-02-05 09:10 until 2026-02-07 08:00 | Mon 2026-02-09 09:00 | a Saturday |
//! | Mon 2026-02-02 10:00 | | 0 | every 3 days | muted 2026-02-05 09:10 | | |
//! | Mon 2026-02-02 10:00 | | 0 | every 3 days | changed 2026-02-20 11:00 | Mon 2026-02-23 09:00 | it had gone stale, and starts afresh |
//! | Thu 2026-12-31 10:00 | | 0 | every 3 days | | Mon 2027-01-04 09:00 | over the year's end |
//! | Mon 2028-02-28 10:00 | | 0 | every day | | Tue 2028-02-29 09:00 | a leap day |
//! | Mon 2026-03-23 10:00 | | 0 | weekly | | Mon 2026-03-30 09:00 | over the change to summer time |

use chrono::{Days, Months};

use super::cadence::Cadence;
use super::work_time::{Local, WorkTime, Zone};
use super::{
    Brief, Day, Event, EventKind, ItemId, Moment, Stage, effort, progress, questions, sign_off,
    wording,
};

/// Why a brief wants a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The work begins on guesses.
    First,
    /// It was agreed to look up from the work now.
    Cadence,
    /// A fifth of the way was gone on guesses.
    Unconfirmed,
    /// It is nearly time to hand over.
    Handover,
    /// A shortcut is to be put right.
    PayBack,
    /// A customer has not answered.
    Waiting,
    /// It was handed over, and nobody has said whether it is right.
    Confirm,
    /// Standing work: who still uses it?
    StillUsed,
}

impl Reason {
    /// The word for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Cadence => "cadence",
            Self::Unconfirmed => "unconfirmed",
            Self::Handover => "handover",
            Self::PayBack => "pay-back",
            Self::Waiting => "waiting",
            Self::Confirm => "confirm",
            Self::StillUsed => "still-used",
        }
    }
}

/// One thing that is due, now or later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub reason: Reason,
    /// Whom it is about.
    pub who: Option<ItemId>,
    /// The question that waits, or the shortcut; else empty.
    pub about: String,
    /// When the worker is nudged, in local time: three moments on three days.
    pub nudges: [Local; 3],
    /// From this day on the brief is stale.
    pub stale: Day,
    /// When the worker put it off, if it is put off: then it may come back on
    /// the same day.
    pub snoozed: Option<Moment>,
}

/// How a due thing stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Later,
    /// Due, and nudged so many times, from 1.
    Due(u8),
    /// Due, and nobody nags any more.
    Stale,
}

impl Due {
    /// When it becomes due, in local time.
    pub fn at(&self) -> Local {
        self.nudges[0]
    }

    /// How it stands at a local time.
    pub fn state(&self, now: Local) -> State {
        let nudged = self.nudges.iter().filter(|at| **at <= now).count();
        match u8::try_from(nudged) {
            Ok(0) => State::Later,
            _ if now.date() >= self.stale => State::Stale,
            Ok(n) => State::Due(n),
            Err(_) => State::Stale,
        }
    }

    /// Whether to nudge now: the moment of one of its days has come, it is
    /// working time and not a quiet one, and this day had no nudge yet, unless the
    /// worker asked to be asked again on the same day. `shown` is the time of the
    /// last nudge about the brief, whatever it was for.
    pub fn nudges_now(&self, work: &WorkTime, now: Local, shown: Option<Moment>) -> bool {
        let mut today = self.nudges.iter().filter(|at| at.date() == now.date());
        let fresh = shown.is_none_or(|shown| {
            // A day ahead was seen before the clock went back, or by a traveller
            // coming from the east. One far ahead was a clock that was wrong.
            let day = shown.naive_local().date();
            now.date() > day
                || day > now.date() + Days::new(7)
                || self.snoozed.is_some_and(|when| when > shown)
        });
        fresh && work.may_ask(now) && today.any(|at| *at <= now)
    }
}

/// Working days after which an unanswered question is a nudge to ask again, and
/// a handed-over result one to ask whether it is right.
const PATIENCE: u32 = 3;
/// Working days within which a start on guesses is looked at.
const FIRST: u32 = 2;
/// How long standing work goes unasked where no cadence says otherwise, months.
const STANDING: u32 = 6;
/// The checklist of standing work.
const RECURRING: &str = "recurring";
/// How much work on guesses is enough where nobody said when it is needed or
/// what it is worth, in working days.
const ENOUGH: i32 = 3;

/// The next thing that a brief wants, or `None` when it wants nothing.
pub fn due(brief: &Brief, work: &WorkTime, zone: &dyn Zone) -> Option<Due> {
    due_with(brief, work, zone, None)
}

/// The same where it may be known already how many guesses the work rests on,
/// which takes a while to tell.
pub(super) fn due_with(
    brief: &Brief,
    work: &WorkTime,
    zone: &dyn Zone,
    guesses: Option<usize>,
) -> Option<Due> {
    // Most briefs of a folder: it takes no look at what happened to tell.
    let can_be = match brief.stage {
        Stage::Asked | Stage::InProgress | Stage::Delivered => true,
        Stage::Closed => brief.checklist == RECURRING,
        _ => false,
    };
    if brief.archived || !can_be || progress::muted(brief).is_some() {
        return None;
    }
    let plan = Plan {
        brief,
        work,
        zone,
        guesses,
        cadence: Cadence::parse(&brief.plan.cadence).unwrap_or_default(),
    };
    let wish = match brief.stage {
        Stage::Asked => plan.waiting().into_iter().collect(),
        Stage::InProgress => plan.in_progress(),
        Stage::Delivered => plan.delivered().into_iter().collect(),
        Stage::Closed => plan.closed().into_iter().collect(),
        _ => Vec::new(),
    }
    .into_iter()
    .min_by_key(|wish: &Wish| (wish.at, wish.reason))?;
    Some(plan.nudges(wish))
}

/// Something wanted from a moment on, before quiet hours and snoozes.
struct Wish {
    reason: Reason,
    at: Local,
    who: Option<ItemId>,
    about: String,
}

struct Plan<'a> {
    brief: &'a Brief,
    work: &'a WorkTime,
    zone: &'a dyn Zone,
    guesses: Option<usize>,
    cadence: Cadence,
}

impl Plan<'_> {
    /// A wish that is about the requester.
    fn wish(&self, reason: Reason, at: Local) -> Wish {
        Wish {
            reason,
            at,
            who: self.brief.requester().map(|c| c.id.clone()),
            about: String::new(),
        }
    }

    fn morning(&self, day: Day) -> Local {
        self.work.working_day(day).and_time(self.work.from)
    }

    fn in_progress(&self) -> Vec<Wish> {
        let brief = self.brief;
        let begun = self
            .zone
            .local(progress::started(brief).unwrap_or(brief.created));
        let last = progress::last_check_in(brief).map(|e| self.zone.local(e.at));
        let base = last.map_or(begun, |last| last.max(begun));
        // Asked once a day at the most.
        let soonest = self.morning(base.date() + Days::new(1));
        let guesses = self.guesses;
        let guesses = guesses.unwrap_or_else(|| sign_off::open_guesses(brief)) > 0;
        let mut wishes = Vec::new();
        if let Some(at) = self.planned(begun, last) {
            wishes.push(self.wish(Reason::Cadence, at));
        }
        let silent = matches!(self.cadence, Cadence::Never(_));
        if self.cadence == Cadence::Automatic && last.is_none() && guesses {
            let day = self.work.days_after(begun.date(), FIRST);
            wishes.push(self.wish(Reason::First, self.morning(day)));
        }
        if guesses && !silent {
            wishes.extend(self.on_guesses(begun, base));
        }
        if let Some(need_by) = brief.plan.need_by.filter(|_| !silent) {
            let eve = self.work.day_before(need_by).and_time(self.work.from);
            let day = self.morning(need_by);
            if let Some(at) = [eve, day].into_iter().find(|at| *at > base) {
                wishes.push(self.wish(Reason::Handover, at));
            }
        }
        // What was left open at a check-in does not come back the next morning.
        let rested = match last {
            Some(last) => self.morning(self.work.days_after(last.date(), PATIENCE)),
            None => begun,
        };
        for shortcut in brief.shortcuts.iter().filter(|s| s.paid.is_none()) {
            if let Some(day) = shortcut.pay_back {
                wishes.push(Wish {
                    about: shortcut.text.clone(),
                    ..self.wish(Reason::PayBack, self.morning(day).max(rested))
                });
            }
        }
        wishes.extend(self.waiting().map(|wish| Wish {
            at: wish.at.max(rested),
            ..wish
        }));
        for wish in &mut wishes {
            wish.at = wish.at.max(soonest);
        }
        wishes
    }

    /// The next check-in by the cadence alone.
    fn planned(&self, begun: Local, last: Option<Local>) -> Option<Local> {
        let base = last.map_or(begun, |last| last.max(begun));
        let days_on = |days: u64| self.morning(base.date() + Days::new(days));
        Some(match &self.cadence {
            Cadence::Never(_) => return None,
            Cadence::Automatic => match self.end().filter(|end| *end > base) {
                Some(end) => {
                    let way = self.work.worked(begun, end);
                    // At most weekly.
                    let week = last.map(|last| last.date() + Days::new(7));
                    (1..4)
                        .map(|quarter| self.work.after(begun, way * quarter / 4))
                        .find(|at| *at > base && week.is_none_or(|week| at.date() >= week))?
                }
                None => days_on(7),
            },
            Cadence::Days(days) => days_on(u64::from(*days)),
            Cadence::Weeks(weeks, None) => days_on(7 * u64::from(*weeks)),
            Cadence::Weeks(weeks, Some(weekday)) => {
                // Half a week early is near enough, sooner is too soon.
                let from = base.date() + Days::new(7 * u64::from(*weeks) - 3);
                let day = from
                    .iter_days()
                    .find(|day| chrono::Datelike::weekday(day) == *weekday)?;
                self.morning(day)
            }
            Cadence::Months(months) => self.morning(base.date() + Months::new(*months)),
            Cadence::Spent(time) => self.work.after(base, *time),
        })
    }

    /// When a fifth of the way is gone without a word.
    fn on_guesses(&self, begun: Local, base: Local) -> Option<Wish> {
        let (word, by) = progress::last_word(self.brief, self.work, self.zone);
        let appetite = effort::parse(&self.brief.plan.appetite, self.work);
        let way = self
            .end()
            .map(|end| self.work.worked(begun, end))
            .or(appetite);
        let enough = match way {
            Some(way) => (way / 5).max(self.work.day()),
            None => self.work.day() * ENOUGH,
        };
        let mut at = self.work.after(word.max(base), enough);
        // Hours are known only where they were written down: at a check-in.
        if let (Some(appetite), Some(spent)) = (
            appetite,
            progress::spent_since(self.brief, self.work, self.zone, word, by.is_none()),
        ) && spent > appetite / 5
        {
            at = at.min(self.morning(self.work.days_after(base.date(), FIRST)));
        }
        Some(self.wish(Reason::Unconfirmed, at))
    }

    /// The end of the day on which it is needed.
    fn end(&self) -> Option<Local> {
        let day = self.brief.plan.need_by?;
        Some(day.and_time(self.work.to))
    }

    /// The customer who was asked first and has not answered; one who objected
    /// waits for the worker.
    fn waiting(&self) -> Option<Wish> {
        let brief = self.brief;
        let patience = |day: Day| self.morning(self.work.days_after(day, PATIENCE));
        if let Some(by) = wording::objector(brief) {
            let wrote = progress::last(brief, &[EventKind::Replied])?;
            return Some(Wish {
                reason: Reason::Waiting,
                at: patience(self.zone.local(wrote.at).date()),
                who: Some(by.clone()),
                about: String::new(),
            });
        }
        let question = questions::open_questions(brief)
            .into_iter()
            .filter_map(|open| Some((open.asked?, open)))
            .min_by_key(|(day, _)| *day)
            .map(|(day, open)| Wish {
                reason: Reason::Waiting,
                at: patience(day),
                who: Some(open.to),
                about: open.put,
            });
        let sent = progress::last(brief, &[EventKind::Shared]);
        question.or_else(|| {
            let sent = sent.filter(|_| brief.stage == Stage::Asked)?;
            Some(Wish {
                reason: Reason::Waiting,
                at: patience(self.zone.local(sent.at).date()),
                who: sent.to.clone(),
                about: String::new(),
            })
        })
    }

    fn delivered(&self) -> Option<Wish> {
        let kinds = [EventKind::Delivered, EventKind::CheckIn, EventKind::Shared];
        let event = progress::last(self.brief, &kinds)?;
        let day = self.zone.local(event.at).date();
        let at = self.morning(self.work.days_after(day, PATIENCE));
        Some(self.wish(Reason::Confirm, at))
    }

    fn closed(&self) -> Option<Wish> {
        let kinds = [EventKind::Confirmed, EventKind::CheckIn];
        let event = progress::last(self.brief, &kinds)?;
        let day = self.zone.local(event.at).date();
        let at = match self.cadence {
            Cadence::Never(_) => return None,
            Cadence::Months(months) => day + Months::new(months),
            _ => day + Months::new(STANDING),
        };
        Some(self.wish(Reason::StillUsed, self.morning(at)))
    }

    /// A wish at a moment at which the worker may be asked, after any snooze,
    /// and anew where something happened after it had gone stale.
    fn nudges(&self, wish: Wish) -> Due {
        let mut at = self.work.asking_time(wish.at);
        let mut snoozed = None;
        if let Some((when, until)) = self.snoozed() {
            at = self.work.asking_time(at.max(until));
            snoozed = Some(when);
        }
        let (mut nudges, mut stale) = self.days_of(at);
        for event in &self.brief.events {
            let happened = self.zone.local(event.at);
            if starts_afresh(event) && happened.date() >= stale {
                at = self.morning(happened.date() + Days::new(1));
                (nudges, stale) = self.days_of(self.work.asking_time(at));
            }
        }
        Due {
            reason: wish.reason,
            who: wish.who,
            about: wish.about,
            nudges,
            stale,
            snoozed,
        }
    }

    fn days_of(&self, at: Local) -> ([Local; 3], Day) {
        let on = |days: u32| {
            let day = self.work.days_after(at.date(), days);
            self.work.asking_time(day.and_time(self.work.from))
        };
        let last = on(5);
        ([at, on(2), last], last.date() + Days::new(1))
    }

    /// When the last snooze was made, and ends by the clock of here; `None` where
    /// a check-in came after it.
    fn snoozed(&self) -> Option<(Moment, Local)> {
        let kinds = [EventKind::Snoozed, EventKind::CheckIn];
        let event = progress::last(self.brief, &kinds)?;
        let until = event.until.filter(|_| event.kind == EventKind::Snoozed)?;
        Some((event.at, self.zone.local(until)))
    }
}

fn starts_afresh(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::Shared
            | EventKind::Replied
            | EventKind::Signed
            | EventKind::Heard
            | EventKind::Changed
            | EventKind::Snoozed
    )
}

/// How a brief stands at a moment, with what is due if anything is.
pub fn state(brief: &Brief, work: &WorkTime, zone: &dyn Zone, now: Moment) -> Option<(Due, State)> {
    let due = due(brief, work, zone)?;
    let state = due.state(zone.local(now));
    Some((due, state))
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
