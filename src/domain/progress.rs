//! What the events say about work that runs: since when, how long without a
//! word from a customer, how much time it took.

use std::cell::LazyCell;

use chrono::TimeDelta;

use super::work_time::{Local, WorkTime, Zone};
use super::{Basis, Brief, Event, EventKind, ItemId, Moment, Stage, effort, sign_off};

/// When the work began, or was taken up again.
pub fn started(brief: &Brief) -> Option<Moment> {
    last(brief, &[EventKind::Started, EventKind::Reopened]).map(|e| e.at)
}

/// The last check-in since the work began.
pub fn last_check_in(brief: &Brief) -> Option<&Event> {
    let since = started(brief);
    last(brief, &[EventKind::CheckIn]).filter(|e| since.is_none_or(|since| e.at >= since))
}

/// The event that says not to ask any more, if that still holds: a check-in, a
/// return to work or asking again ends it.
pub fn muted(brief: &Brief) -> Option<&Event> {
    last(
        brief,
        &[
            EventKind::Muted,
            EventKind::Unmuted,
            EventKind::CheckIn,
            EventKind::Started,
            EventKind::Reopened,
        ],
    )
    .filter(|e| e.kind == EventKind::Muted)
}

/// The last event of some kinds that still counts.
pub fn last<'a>(brief: &'a Brief, kinds: &[EventKind]) -> Option<&'a Event> {
    brief
        .effective_events()
        .into_iter()
        .rev()
        .find(|e| kinds.contains(&e.kind))
}

/// The time spent so far, as last written down.
pub fn spent(brief: &Brief, work: &WorkTime) -> Option<TimeDelta> {
    brief
        .effective_events()
        .into_iter()
        .rev()
        .find_map(|e| effort::parse(&e.spent, work))
}

/// The time written down since a moment at least; `begun` where that is when the
/// work began. Hours that were written down only later may have gone into it
/// before, so these count from the first time that they were.
pub fn spent_since(
    brief: &Brief,
    work: &WorkTime,
    zone: &dyn Zone,
    since: Local,
    begun: bool,
) -> Option<TimeDelta> {
    let noted = || {
        let events = brief.effective_events().into_iter();
        events.filter_map(|e| Some((zone.local(e.at), effort::parse(&e.spent, work)?)))
    };
    let before = noted().filter(|(at, _)| *at <= since).last();
    let before = before
        .map(|(_, time)| time)
        .or_else(|| begun.then(TimeDelta::zero))
        .or_else(|| noted().next().map(|(_, time)| time))?;
    noted().last().map(|(_, all)| all - before)
}

/// Work since a named customer last confirmed anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unconfirmed {
    /// When that was, or when the work began.
    pub since: Local,
    /// Who confirmed; nobody since the work began.
    pub by: Option<ItemId>,
    /// Whole working days since then.
    pub days: u32,
    /// Working time since then.
    pub worked: TimeDelta,
    /// Time spent since then, as far as it was written down.
    pub spent: Option<TimeDelta>,
    /// How many guesses the work rests on.
    pub guesses: usize,
}

/// How long the work has gone on without a word; `None` when none is in
/// progress.
pub fn unconfirmed(
    brief: &Brief,
    work: &WorkTime,
    zone: &dyn Zone,
    now: Moment,
) -> Option<Unconfirmed> {
    if brief.stage != Stage::InProgress {
        return None;
    }
    let (since, by) = last_word(brief, work, zone);
    let now = zone.local(now);
    let spent = spent_since(brief, work, zone, since, by.is_none());
    Some(Unconfirmed {
        since,
        by,
        days: work.days_between(since.date(), now.date()),
        worked: work.worked(since, now),
        spent: spent.filter(|time| *time > TimeDelta::zero()),
        guesses: sign_off::open_guesses(brief),
    })
}

/// When a customer last confirmed anything since the work began, and who; else
/// when it began. A day without a time counts as its end.
pub fn last_word(brief: &Brief, work: &WorkTime, zone: &dyn Zone) -> (Local, Option<ItemId>) {
    let begun = zone.local(started(brief).unwrap_or(brief.created));
    let mut found = (begun, None);
    // It takes a while to tell, and matters only for a yes since the work began.
    let invalid = LazyCell::new(|| -> Vec<String> {
        let all = sign_off::sign_offs(brief).into_iter();
        let invalid = all.filter(|s| s.invalid.is_some());
        invalid.map(|s| s.event).collect()
    });
    let mut heard = |at: Local, by: &Option<ItemId>| {
        let by = by.as_ref().filter(|by| brief.customer(by).is_some());
        if at > found.0 && by.is_some() {
            found = (at, by.cloned());
        }
    };
    for event in brief.effective_events() {
        let at = zone.local(event.at);
        match event.kind {
            EventKind::Signed if at > begun && invalid.contains(&event.id) => {}
            // A reply may lie for days before it is taken in.
            EventKind::Signed | EventKind::Replied if event.on.is_some() => {
                let on = event.on.map(|on| on.and_time(work.to).min(at));
                heard(on.unwrap_or(at), &event.by);
            }
            EventKind::Signed | EventKind::Replied | EventKind::Confirmed => heard(at, &event.by),
            // At a check-in the worker says when it was.
            EventKind::CheckIn => {
                if let Some(on) = event.on {
                    heard(on.and_time(work.to).min(at), &event.by);
                }
            }
            _ => {}
        }
    }
    let answers = brief.answers.iter().map(|(_, a)| &a.standing);
    let readings = brief.readings.iter().map(|r| &r.standing);
    let needs = brief.needs.iter().map(|n| &n.standing);
    let parts = brief.deliverables.iter().map(|d| &d.standing);
    for standing in answers.chain(readings).chain(needs).chain(parts) {
        if let (Basis::Told, Some(on)) = (&standing.basis, standing.on) {
            heard(on.and_time(work.to), &standing.by);
        }
    }
    found
}

#[cfg(test)]
mod tests;
