//! A due thing in words.

use std::cmp::Ordering;

use crate::domain::nudge::{self, Due, Reason, State};
use crate::domain::work_time::{Local, WorkTime, Zone};
use crate::domain::{Brief, BriefId, Moment, wording};

/// What a brief wants, now or later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub brief: BriefId,
    pub title: String,
    /// The name of the person it is about; empty where nobody is named.
    pub who: String,
    /// What it asks the worker; names the person in most cases.
    pub question: String,
    pub due: Due,
}

impl Notice {
    /// What a brief wants; `None` when it wants nothing.
    pub fn of(brief: &Brief, work: &WorkTime, zone: &dyn Zone) -> Option<Self> {
        let due = nudge::due(brief, work, zone)?;
        let who = due.who.as_ref().map(|id| brief.name_of(id).to_owned());
        Some(Self {
            brief: brief.id.clone(),
            title: brief.title.clone(),
            who: who.unwrap_or_default(),
            question: wording::nudge(brief, &due),
            due,
        })
    }

    /// How it stands at a local time.
    pub fn state(&self, now: Local) -> State {
        self.due.state(now)
    }

    /// Whether it is due, stale or not.
    pub fn is_due(&self, now: Local) -> bool {
        self.state(now) != State::Later
    }

    /// The command with which it is answered, without the program's name.
    pub fn command(&self) -> String {
        match (&self.due.who, self.due.reason) {
            // To ask again is to send the message again.
            (Some(who), Reason::Waiting) => format!("share {} --to {who}", self.brief),
            (None, Reason::Waiting) => format!("share {}", self.brief),
            _ => format!("checkin {}", self.brief),
        }
    }

    /// Their order in a list: due ones first, the oldest of them first, then
    /// stale ones, then what comes next.
    pub fn order(&self, other: &Self, now: Local) -> Ordering {
        let kind = |notice: &Self| match notice.state(now) {
            State::Due(_) => 0,
            State::Stale => 1,
            State::Later => 2,
        };
        let key = |notice: &Self| (kind(notice), notice.due.at());
        let order = key(self).cmp(&key(other));
        order.then_with(|| self.brief.cmp(&other.brief))
    }
}

/// What briefs want, due ones first, then stale ones, then what comes next; the
/// oldest first.
pub fn notices<'a>(
    briefs: impl IntoIterator<Item = &'a Brief>,
    work: &WorkTime,
    zone: &dyn Zone,
    now: Moment,
) -> Vec<Notice> {
    let briefs = briefs.into_iter();
    let mut found: Vec<Notice> = briefs
        .filter_map(|brief| Notice::of(brief, work, zone))
        .collect();
    let now = zone.local(now);
    found.sort_by(|a, b| a.order(b, now));
    found
}

/// The word for a reason, in files and for scripts.
pub(super) const REASONS: [(Reason, &str); 8] = [
    (Reason::First, "first"),
    (Reason::Cadence, "cadence"),
    (Reason::Unconfirmed, "unconfirmed"),
    (Reason::Handover, "handover"),
    (Reason::PayBack, "pay-back"),
    (Reason::Waiting, "waiting"),
    (Reason::Confirm, "confirm"),
    (Reason::StillUsed, "still-used"),
];

impl Notice {
    /// Why it is due, as a word for scripts.
    pub fn reason(&self) -> &'static str {
        let found = REASONS.iter().find(|(r, _)| *r == self.due.reason);
        found.map_or("", |(_, word)| word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{apply, at, superreport};
    use crate::domain::{Stage, action};

    const ZONE: i32 = 3600;

    fn zone() -> chrono::FixedOffset {
        chrono::FixedOffset::east_opt(ZONE).unwrap()
    }

    fn started(id: &str, when: &str) -> Brief {
        let mut brief = superreport();
        brief.id = BriefId::parse(id).unwrap();
        // Two guesses: looked at after two working days.
        brief.plan.cadence.clear();
        brief.plan.need_by = None;
        let change = action::start(&brief, &[], "a test", "s", at(when)).unwrap();
        apply(&mut brief, change);
        brief
    }

    #[test]
    fn the_oldest_due_comes_first_then_stale_ones_then_what_comes_next() {
        let mut later = started("later", "2026-02-10T10:00:00+01:00");
        later.plan.cadence = "every 2 weeks".to_owned();
        let mut asleep = started("asleep", "2026-02-10T10:00:00+01:00");
        asleep.stage = Stage::Draft;
        let briefs = [
            later,
            started("newer", "2026-02-06T10:00:00+01:00"),
            asleep,
            started("stale", "2026-01-05T10:00:00+01:00"),
            started("older", "2026-02-04T10:00:00+01:00"),
        ];
        let now = at("2026-02-10T12:00:00+01:00");
        let found = notices(&briefs, &WorkTime::default(), &zone(), now);
        let ids: Vec<&str> = found.iter().map(|n| n.brief.as_str()).collect();
        assert_eq!(ids, ["older", "newer", "stale", "later"]);
        let local = zone().local(now);
        let told: Vec<State> = found.iter().map(|n| n.state(local)).collect();
        assert_eq!(
            told,
            [State::Due(2), State::Due(1), State::Stale, State::Later]
        );
        assert!(found[0].is_due(local) && !found[3].is_due(local));
    }

    #[test]
    fn a_notice_names_the_person_asks_and_says_what_to_type() {
        let brief = started("one", "2026-02-04T10:00:00+01:00");
        let notice = Notice::of(&brief, &WorkTime::default(), &zone()).unwrap();
        assert_eq!(notice.who, "Dana Reyes");
        assert!(notice.question.contains("Dana Reyes"));
        assert_eq!(notice.command(), "checkin one");
        assert_eq!(notice.reason(), "unconfirmed");
    }
}
