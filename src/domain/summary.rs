//! What a list shows of a brief: everything that does not change with the
//! present moment, so that it can be kept and shown without the brief.

use std::borrow::Cow;

use super::nudge::{self, Due, State};
use super::work_time::{Local, WorkTime, Zone};
use super::{Brief, Day, EventKind, Moment, Stage, progress, sign_off, wording};

/// A brief in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary<'a> {
    pub id: Cow<'a, str>,
    pub title: Cow<'a, str>,
    pub stage: Stage,
    pub archived: bool,
    /// Whose it is; empty where it is everybody's.
    pub owner: Cow<'a, str>,
    /// Whether two people changed the same thing in two ways.
    pub is_undecided: bool,
    /// The name of the requester, where there is one.
    pub requester: Option<Cow<'a, str>>,
    pub need_by: Option<Day>,
    /// When something last happened; microseconds since 1970.
    pub touched: i64,
    /// Whether something changed since it was signed.
    pub is_amended: bool,
    /// The name of one who objects, and got no answer to it yet.
    pub objector: Option<Cow<'a, str>>,
    /// Why nobody is to ask.
    pub muted: Option<Cow<'a, str>>,
    /// Until when it is put off; it may be over.
    pub put_off: Option<Moment>,
    /// Since when the work has gone on without a word, and on what.
    pub clock: Option<(Local, Cow<'a, str>)>,
    pub wants: Option<Wants<'a>>,
}

/// What a brief wants, now or later, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wants<'a> {
    pub due: Due,
    /// The name of the person it is about; empty where nobody is named.
    pub who: Cow<'a, str>,
    /// What it asks the worker.
    pub question: Cow<'a, str>,
}

impl Summary<'static> {
    /// That of a brief, for a working time and a place.
    pub fn of(brief: &Brief, work: &WorkTime, zone: &dyn Zone) -> Self {
        let runs = !matches!(brief.stage, Stage::Draft | Stage::Dropped) && !brief.archived;
        let kinds = [EventKind::Snoozed, EventKind::CheckIn];
        let muted = runs.then(|| progress::muted(brief)).flatten();
        let put_off = runs.then(|| progress::last(brief, &kinds)).flatten();
        // Whatever the moment: the days are counted when it is shown.
        let clock = progress::unconfirmed(brief, work, zone, brief.created);
        let guesses = clock.as_ref().map(|clock| clock.guesses);
        Self {
            id: brief.id.as_str().to_owned().into(),
            title: brief.title.clone().into(),
            stage: brief.stage.clone(),
            archived: brief.archived,
            owner: brief.owner.trim().to_owned().into(),
            is_undecided: !brief.conflicts.is_empty(),
            requester: brief.requester().map(|c| c.name.clone().into()),
            need_by: brief.plan.need_by,
            touched: touched(brief).timestamp_micros(),
            is_amended: sign_off::is_amended(brief),
            objector: wording::objector(brief).map(|by| brief.name_of(by).to_owned().into()),
            muted: muted.map(|event| event.because.clone().into()),
            put_off: put_off.and_then(|event| event.until),
            clock: clock.map(|clock| (clock.since, wording::on_what(brief, &clock).into())),
            wants: nudge::due_with(brief, work, zone, guesses).map(|due| Wants {
                who: due
                    .who
                    .as_ref()
                    .map_or_else(Cow::default, |id| brief.name_of(id).to_owned().into()),
                question: wording::nudge(brief, &due).into(),
                due,
            }),
        }
    }
}

impl Summary<'_> {
    /// Whether somebody waits for something: it is neither a draft nor over.
    pub fn is_under_way(&self) -> bool {
        !self.archived && !matches!(self.stage, Stage::Draft | Stage::Closed | Stage::Dropped)
    }

    /// The clock of unconfirmed work at a local time, in words.
    pub fn unconfirmed(&self, work: &WorkTime, now: Local) -> Option<String> {
        let (since, on) = self.clock.as_ref()?;
        let days = work.days_between(since.date(), now.date());
        Some(wording::days_of_work(days) + on)
    }

    /// How what it wants stands at a local time.
    pub fn due(&self, now: Local) -> Option<(&Due, State)> {
        let wants = self.wants.as_ref()?;
        Some((&wants.due, wants.due.state(now)))
    }
}

/// When something last happened to a brief.
pub fn touched(brief: &Brief) -> Moment {
    let events = brief.events.iter().map(|event| event.at);
    events.max().unwrap_or(brief.created)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{apply, at, superreport};
    use crate::domain::{action, check_in};

    #[test]
    fn the_clock_of_a_summary_says_the_same_as_that_of_the_brief() {
        let zone = chrono::FixedOffset::east_opt(3600).unwrap();
        let work = WorkTime::default();
        let mut brief = superreport();
        let begun = at("2026-02-04T10:00:00+01:00");
        let start = action::start(&brief, &[], "a test", "s", begun).unwrap();
        apply(&mut brief, start);
        let summary = Summary::of(&brief, &work, &zone);
        for now in ["2026-02-04T11:00:00+01:00", "2026-03-02T11:00:00+01:00"] {
            let now = at(now);
            let clock = progress::unconfirmed(&brief, &work, &zone, now).unwrap();
            let words = summary.unconfirmed(&work, zone.local(now));
            assert_eq!(words, Some(wording::unconfirmed(&brief, &clock)));
        }
        assert_eq!(summary.touched, begun.timestamp_micros());
        assert!(summary.wants.is_some() && !summary.is_amended);
    }

    #[test]
    fn what_is_put_off_or_not_asked_about_says_so_only_while_it_runs() {
        let zone = chrono::FixedOffset::east_opt(3600).unwrap();
        let mut brief = superreport();
        let until = at("2026-02-12T10:00:00+01:00");
        let change = check_in::snooze(until, "n", at("2026-02-06T10:00:00+01:00"));
        apply(&mut brief, change);
        let of = |brief: &Brief| Summary::of(brief, &WorkTime::default(), &zone);
        brief.stage = Stage::Asked;
        assert_eq!(of(&brief).put_off, Some(until));
        brief.archived = true;
        assert_eq!(of(&brief).put_off, None);
    }
}
