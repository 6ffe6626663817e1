//! What a brief asks of the worker now: the check-in that is due, the clock of
//! unconfirmed work, and whether it is not asked about.

use serde_json::{Value, json};

use super::Context;
use crate::domain::nudge::{self, Due, State};
use crate::domain::progress::{self, Unconfirmed};
use crate::domain::work_time::{Local, Zone as _};
use crate::domain::{Brief, Event, EventKind, Stage, date, wording};

/// How a brief stands at the time of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    pub due: Option<(Due, State)>,
    pub clock: Option<Unconfirmed>,
    /// Why nobody is to ask.
    pub muted: Option<String>,
    /// Until when it is put off.
    pub snoozed: Option<Local>,
}

impl Attention {
    /// That of a brief.
    pub fn of(brief: &Brief, context: &Context) -> Self {
        let (work, here, now) = (&context.work, &context.here, context.now);
        let kinds = [EventKind::Snoozed, EventKind::CheckIn];
        let put_off = progress::last(brief, &kinds).and_then(|e| e.until);
        let runs = !matches!(brief.stage, Stage::Draft | Stage::Dropped) && !brief.archived;
        let because = |event: &Event| event.because.clone();
        Self {
            due: nudge::state(brief, work, here, now),
            clock: progress::unconfirmed(brief, work, here, now),
            muted: progress::muted(brief).filter(|_| runs).map(because),
            snoozed: put_off
                .filter(|until| *until > now && runs)
                .map(|until| here.local(until)),
        }
    }

    /// Whether something is due now, stale or not.
    pub fn is_due(&self) -> bool {
        matches!(self.due, Some((_, State::Due(_) | State::Stale)))
    }

    /// The same as [`words`] in whole lines, with the question.
    pub fn lines(&self, brief: &Brief) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(clock) = &self.clock {
            let clock = wording::unconfirmed(brief, clock);
            lines.push(format!("Unconfirmed work: {clock}"));
        }
        if let Some(because) = &self.muted {
            lines.push(format!("Not asked about: {because}"));
        }
        if let Some((due, state)) = &self.due {
            let question = wording::nudge(brief, due);
            let at = moment(due.at());
            lines.push(match (state, self.snoozed) {
                (State::Due(_), _) => {
                    format!(
                        "Check-in due since {}: {question}",
                        date::show(due.at().date())
                    )
                }
                (State::Stale, _) => format!(
                    "Stale since {}, nobody has looked up since: {question}",
                    date::show(due.stale)
                ),
                (State::Later, Some(_)) => format!("Check-in put off until {at}: {question}"),
                (State::Later, None) => format!("Next check-in: {at}: {question}"),
            });
        }
        lines
    }

    /// The keys that a brief has in JSON.
    pub fn json(&self, brief: &Brief) -> [(&'static str, Value); 4] {
        let due = self.due.as_ref().map(|(due, state)| {
            let (state, nudged) = match state {
                State::Later => ("later", 0),
                State::Due(times) => ("due", *times),
                State::Stale => ("stale", 3),
            };
            json!({
                "state": state,
                "reason": due.reason.word(),
                "at": local(due.at()),
                "stale": due.stale.to_string(),
                "nudged": nudged,
                "who": due.who.as_ref().map(|id| brief.name_of(id)),
                "question": wording::nudge(brief, due),
            })
        });
        let clock = self.clock.as_ref().map(|clock| {
            json!({
                "since": local(clock.since),
                "by": clock.by.as_ref().map(|id| brief.name_of(id)),
                "days": clock.days,
                "hours": clock.worked.num_minutes() as f64 / 60.0,
                "spent_hours": clock.spent.map(|time| time.num_minutes() as f64 / 60.0),
                "guesses": clock.guesses,
                "words": wording::unconfirmed(brief, clock),
            })
        });
        [
            ("due", due.unwrap_or_default()),
            ("unconfirmed", clock.unwrap_or_default()),
            ("muted", json!(self.muted)),
            ("snoozed", json!(self.snoozed.map(local))),
        ]
    }
}

/// A few words for a list: "check-in due since Mon 9 Feb 2026", "stale since",
/// "put off until", "not asked about".
pub fn words(muted: Option<&str>, due: Option<(&Due, State)>, put_off: bool) -> Option<String> {
    if let Some(because) = muted {
        return Some(format!("not asked about: {because}"));
    }
    match due {
        Some((due, State::Due(_))) => Some(format!(
            "check-in due since {}",
            date::show(due.at().date())
        )),
        Some((due, State::Stale)) => Some(format!("stale since {}", date::show(due.stale))),
        // Asked at the first working time after it.
        Some((due, State::Later)) if put_off => Some(format!("put off until {}", moment(due.at()))),
        _ => None,
    }
}

/// `Mon 9 Feb 2026, 09:00`.
pub fn moment(at: Local) -> String {
    format!("{}, {}", date::show(at.date()), at.format("%H:%M"))
}

fn local(at: Local) -> String {
    at.format("%Y-%m-%dT%H:%M:%S").to_string()
}
