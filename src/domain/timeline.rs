//! The life of a brief as marks in time: what happened, which check-ins were
//! kept and which were missed, and what is ahead. The interface draws it,
//! `askfirst log` prints it.

use super::work_time::{Local, WorkTime, Zone};
use super::{Brief, Day, Event, EventKind, Moment, Stage, date, nudge, sign_off, wording};

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkKind {
    Begun,
    /// A message went to a customer.
    Asked,
    /// They said something, and not yes.
    Heard,
    Agreed,
    Started,
    /// A check-in was made.
    Kept,
    /// A day on which a check-in was due passed without one.
    Missed,
    /// The worker put it off, or said not to ask any more.
    PutOff,
    Changed,
    Delivered,
    Confirmed,
    Reopened,
    Dropped,
    /// Ahead: the next check-in.
    Next,
    /// Ahead or past: the day on which the result is needed.
    NeedBy,
}

impl MarkKind {
    /// One column, never without the word near it.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Begun => "\u{b7}",
            Self::Asked => "?",
            Self::Heard => "\u{201c}",
            Self::Agreed => "\u{2713}",
            Self::Started => "\u{25b6}",
            Self::Kept => "\u{25cf}",
            Self::Missed => "\u{25cb}",
            Self::PutOff => "z",
            Self::Changed => "~",
            Self::Delivered => "\u{25c6}",
            Self::Confirmed => "\u{25a0}",
            Self::Reopened => "\u{21ba}",
            Self::Dropped => "\u{d7}",
            Self::Next => "\u{25b7}",
            Self::NeedBy => "\u{2524}",
        }
    }

    /// One or two words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Asked => "asked",
            Self::Heard => "heard",
            Self::Agreed => "agreed",
            Self::Started => "started",
            Self::Kept => "check-in",
            Self::Missed => "missed",
            Self::PutOff => "put off",
            Self::Changed => "changed",
            Self::Delivered => "delivered",
            Self::Confirmed => "confirmed",
            Self::Reopened => "reopened",
            Self::Dropped => "dropped",
            Self::Next => "next",
            Self::NeedBy => "needed",
        }
    }
}

/// One mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub kind: MarkKind,
    /// In the worker's local time.
    pub at: Local,
    /// What it says, in a sentence.
    pub text: String,
    /// The event that it shows; none for what did not happen, or not yet.
    pub event: Option<String>,
}

/// The marks of a brief up to `now` and the days ahead that are known, in the
/// order of their time. What was taken back, and what nobody would look for
/// (exports, the archive), has no mark.
pub fn marks(brief: &Brief, work: &WorkTime, zone: &dyn Zone, now: Moment) -> Vec<Mark> {
    let mut marks = vec![Mark {
        kind: MarkKind::Begun,
        at: zone.local(brief.created),
        text: "begun".to_owned(),
        event: None,
    }];
    let invalid: Vec<String> = sign_off::sign_offs(brief)
        .into_iter()
        .filter(|yes| yes.invalid.is_some())
        .map(|yes| yes.event)
        .collect();
    let events = brief.effective_events();
    marks.extend(events.iter().filter_map(|event| {
        Some(Mark {
            kind: kind(event, invalid.contains(&event.id))?,
            at: zone.local(event.at),
            text: wording::event_by(brief, event),
            event: Some(event.id.clone()),
        })
    }));
    marks.extend(missed(brief, work, zone, now));
    let local = zone.local(now);
    let ahead = nudge::due(brief, work, zone).filter(|due| due.at() > local);
    marks.extend(ahead.map(|due| Mark {
        kind: MarkKind::Next,
        at: due.at(),
        text: wording::nudge(brief, &due),
        event: None,
    }));
    let runs = !matches!(brief.stage, Stage::Closed | Stage::Dropped);
    if let Some(day) = brief.plan.need_by.filter(|_| runs) {
        marks.push(Mark {
            kind: MarkKind::NeedBy,
            at: day.and_time(work.to),
            text: format!("needed by {}", date::show(day)),
            event: None,
        });
    }
    marks.sort_by_key(|mark| mark.at);
    marks
}

fn kind(event: &Event, invalid: bool) -> Option<MarkKind> {
    Some(match event.kind {
        EventKind::Shared => MarkKind::Asked,
        EventKind::Replied | EventKind::Heard => MarkKind::Heard,
        EventKind::Signed if invalid => MarkKind::Heard,
        EventKind::Signed => MarkKind::Agreed,
        EventKind::Started => MarkKind::Started,
        EventKind::CheckIn => MarkKind::Kept,
        EventKind::Snoozed | EventKind::Muted => MarkKind::PutOff,
        EventKind::Changed => MarkKind::Changed,
        EventKind::Delivered => MarkKind::Delivered,
        EventKind::Confirmed => MarkKind::Confirmed,
        EventKind::Reopened => MarkKind::Reopened,
        EventKind::Dropped => MarkKind::Dropped,
        _ => return None,
    })
}

/// The days on which the worker was nudged about work in progress or handed
/// over, and neither looked up from it nor put it off. The events are played
/// once more; what the brief said in between is not kept, so today's guesses
/// stand in for those of then.
fn missed(brief: &Brief, work: &WorkTime, zone: &dyn Zone, now: Moment) -> Vec<Mark> {
    let today = zone.local(now).date();
    let events: Vec<Event> = brief.effective_events().into_iter().cloned().collect();
    let day_of = |event: &Event| zone.local(event.at).date();
    let mut then = brief.clone();
    then.events.clear();
    then.stage = Stage::Draft;
    let mut missed = Vec::new();
    let mut played = 0;
    while let Some(first) = events.get(played) {
        let day = day_of(first);
        while let Some(event) = events.get(played).filter(|e| day_of(e) <= day) {
            then.stage = stage_after(event, &events, played, brief);
            then.events.push(event.clone());
            played += 1;
        }
        if !matches!(then.stage, Stage::InProgress | Stage::Delivered) {
            continue;
        }
        let next: Option<Day> = events.get(played).map(day_of);
        let Some(due) = nudge::due(&then, work, zone) else {
            continue;
        };
        for at in due.nudges {
            let on = at.date();
            let in_time = on > day && on < today && next.is_none_or(|next| on <= next);
            let heeded = events
                .iter()
                .skip(played)
                .take_while(|e| day_of(e) <= on)
                .any(heeds);
            if in_time && !heeded && missed.iter().all(|m: &Mark| m.at.date() != on) {
                missed.push(Mark {
                    kind: MarkKind::Missed,
                    at,
                    text: format!("no check-in: {}", wording::nudge(&then, &due)),
                    event: None,
                });
            }
        }
    }
    missed
}

/// What a worker does who was nudged and did not let it pass.
fn heeds(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::CheckIn
            | EventKind::Snoozed
            | EventKind::Muted
            | EventKind::Shared
            | EventKind::Replied
            | EventKind::Signed
            | EventKind::Delivered
            | EventKind::Confirmed
            | EventKind::Reopened
            | EventKind::Dropped
    )
}

/// The stage after the event at a place: a later move says what it left.
fn stage_after(event: &Event, events: &[Event], at: usize, brief: &Brief) -> Stage {
    match event.kind {
        EventKind::Started => Stage::InProgress,
        EventKind::Delivered => Stage::Delivered,
        EventKind::Confirmed => Stage::Closed,
        EventKind::Dropped => Stage::Dropped,
        _ => {
            let mut later = events.iter().skip(at + 1);
            let left = later.find_map(|e| e.from.clone());
            left.unwrap_or_else(|| brief.stage.clone())
        }
    }
}

#[cfg(test)]
mod tests;
