//! The one reminder of a working day: which briefs it is about, and its words.

use super::Notice;
use crate::domain::nudge::State;
use crate::domain::work_time::{Local, WorkTime};
use crate::domain::{Moment, text};

/// How many briefs are told one by one; a notification is small.
const LINES: usize = 4;

/// The words of a notification, harmless and with nothing escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    pub summary: String,
    pub body: String,
}

/// Whether a day may have its reminder now: it is working time, no quiet hour,
/// and the day had none yet. `sent` is when the last one was sent.
pub fn may_send(work: &WorkTime, now: Local, sent: Option<Local>) -> bool {
    work.may_ask(now) && !sent.is_some_and(|sent| is_today(sent, now))
}

/// Whether something was shown on this day, as far as the clock can be right: a
/// day ahead was seen before the clock went back, one far ahead was a wrong one.
fn is_today(shown: Local, now: Local) -> bool {
    let ahead = (shown.date() - now.date()).num_days();
    (0..=7).contains(&ahead)
}

/// Whether a due thing belongs into the reminder of this day. A nudge whose day
/// went by unseen, since the machine slept or there was nobody to show it, is
/// made up for; later nudges keep their days.
pub fn wants(notice: &Notice, work: &WorkTime, now: Local, shown: Option<Moment>) -> bool {
    let due = &notice.due;
    let State::Due(nudged) = due.state(now) else {
        return false;
    };
    let last = due.nudges.get(usize::from(nudged).saturating_sub(1));
    let missed = last.is_some_and(|last| match shown.map(|at| at.naive_local()) {
        None => true,
        Some(shown) => !is_today(shown, now) && (shown < *last || shown > now),
    });
    work.may_ask(now) && (missed || due.nudges_now(work, now, shown))
}

impl Digest {
    /// The reminder of some notices; `None` where there are none.
    pub fn of(notices: &[&Notice]) -> Option<Self> {
        let (first, rest) = notices.split_first()?;
        if rest.is_empty() {
            return Some(Self {
                summary: format!("Check in: {}", title(first, 60)),
                body: text::line(&first.question).into_owned(),
            });
        }
        let mut lines: Vec<String> = notices
            .iter()
            .take(LINES)
            .map(|notice| format!("{}: {}", title(notice, 32), text::line(&notice.question)))
            .collect();
        if let more @ 1.. = notices.len().saturating_sub(LINES) {
            lines.push(format!("and {more} more: askfirst due --all"));
        }
        Some(Self {
            summary: format!("{} check-ins are due", notices.len()),
            body: lines.join("\n"),
        })
    }

    /// The body for a service that takes it for markup.
    pub fn as_markup(&self) -> String {
        self.body
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;")
    }
}

fn title(notice: &Notice, columns: usize) -> String {
    match notice.title.trim() {
        "" => notice.brief.to_string(),
        title => text::fit(title, columns),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{at, superreport};
    use crate::domain::work_time::Zone as _;
    use crate::domain::{Brief, Event, EventKind, Stage};

    fn started() -> Brief {
        let mut brief = superreport();
        brief.stage = Stage::InProgress;
        brief.plan.cadence = "every 3 days".to_owned();
        let when = at("2026-02-02T10:00:00+01:00");
        brief.events.push(Event::new("s", EventKind::Started, when));
        brief
    }

    fn notice(brief: &Brief) -> Notice {
        let zone = chrono::FixedOffset::east_opt(3600).unwrap();
        assert_eq!(zone.local(brief.created).date().to_string(), "2026-02-03");
        Notice::of(brief, &WorkTime::default(), &zone).unwrap()
    }

    fn local(text: &str) -> Local {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_has_one_reminder_in_working_time() {
        let work = WorkTime {
            quiet: vec![("12:00:00".parse().unwrap(), "13:00:00".parse().unwrap())],
            ..WorkTime::default()
        };
        let may = |now: &str, sent: &str| may_send(&work, local(now), sent.parse().ok());
        assert!(may("2026-02-05T09:00:00", ""));
        assert!(may("2026-02-05T09:00:00", "2026-02-04T16:00:00"));
        assert!(!may("2026-02-05T16:30:00", "2026-02-05T09:00:00"));
        assert!(!may("2026-02-05T12:30:00", ""), "a quiet hour");
        assert!(!may("2026-02-05T08:30:00", ""), "too early");
        assert!(!may("2026-02-07T10:00:00", ""), "a Saturday");
        // The clock went back a day, or was a year ahead.
        assert!(!may("2026-02-05T09:00:00", "2026-02-06T09:00:00"));
        assert!(may("2026-02-05T09:00:00", "2027-02-05T09:00:00"));
    }

    #[test]
    fn each_nudge_is_told_once_and_one_that_was_missed_is_made_up_for() {
        // Due on Thursday 5, nudged again on Monday 9 and Thursday 12.
        let notice = notice(&started());
        let work = WorkTime::default();
        let told =
            |now: &str, shown: &str| wants(&notice, &work, local(now), shown.parse().ok().map(utc));
        assert!(!told("2026-02-04T16:00:00", ""));
        assert!(told("2026-02-05T09:00:00", ""));
        assert!(!told("2026-02-06T09:00:00", "2026-02-05T09:00:00"));
        assert!(told("2026-02-09T09:00:00", "2026-02-05T09:00:00"));
        // The machine was off on Thursday, or nobody could show it.
        assert!(told("2026-02-06T09:00:00", ""));
        assert!(told("2026-02-10T09:00:00", "2026-02-06T09:00:00"));
        assert!(!told("2026-02-10T09:00:00", "2026-02-09T09:00:00"));
        // A shell has shown it today.
        assert!(!told("2026-02-09T14:00:00", "2026-02-09T09:00:00"));
        assert!(!told("2026-02-16T09:00:00", ""), "nobody nags a stale one");
    }

    fn utc(at: Local) -> Moment {
        at.and_utc().fixed_offset()
    }

    proptest::proptest! {
        /// Five weeks of half hours. The service is there at some of them, and a
        /// shell may tell it first.
        #[test]
        fn whatever_fails_no_day_has_two_and_none_is_lost(
            there in proptest::collection::vec(proptest::bool::weighted(0.05), 35 * 48),
            shell in proptest::collection::vec(proptest::bool::weighted(0.01), 35 * 48),
        ) {
            let notice = notice(&started());
            let work = WorkTime::default();
            let (mut sent, mut shown): (Option<Local>, Option<Local>) = (None, None);
            let mut told: Vec<Local> = Vec::new();
            let mut could = false;
            for (step, (there, shell)) in there.into_iter().zip(shell).enumerate() {
                let minutes = chrono::TimeDelta::minutes(30 * i64::try_from(step).unwrap());
                let now = local("2026-02-02T00:00:00") + minutes;
                if shell && notice.due.nudges_now(&work, now, shown.map(utc)) {
                    shown = Some(now);
                    told.push(now);
                }
                if may_send(&work, now, sent) && wants(&notice, &work, now, shown.map(utc)) {
                    could |= there;
                    if there {
                        (sent, shown) = (Some(now), Some(now));
                        told.push(now);
                    }
                }
            }
            proptest::prop_assert!(told.len() <= 3, "{told:?}");
            proptest::prop_assert!(!could || !told.is_empty());
            for pair in told.windows(2) {
                proptest::prop_assert!(pair[0].date() < pair[1].date(), "{told:?}");
            }
            proptest::prop_assert!(told.iter().all(|at| work.may_ask(*at)), "{told:?}");
        }
    }

    #[test]
    fn one_brief_is_told_with_its_question_and_many_are_short() {
        let brief = started();
        let one = notice(&brief);
        let digest = Digest::of(&[&one]).unwrap();
        assert_eq!(digest.summary, "Check in: What my analysts do all day");
        assert!(digest.body.ends_with("still what Dana Reyes needs most?"));
        assert_eq!(Digest::of(&[]), None);
        let many = Digest::of(&[&one; 6]).unwrap();
        assert_eq!(many.summary, "6 check-ins are due");
        assert_eq!(many.body.lines().count(), 5);
        assert!(many.body.ends_with("and 2 more: askfirst due --all"));
    }

    #[test]
    fn what_a_brief_says_is_neither_markup_nor_a_control() {
        let mut brief = started();
        brief.title = "<b>R&D</b>\u{1b}[31m\u{202e}\n'x'".to_owned();
        brief.customers[0].name = "<a href=\"x\">Dana</a>\u{7}".to_owned();
        let one = notice(&brief);
        let digest = Digest::of(&[&one, &one]).unwrap();
        assert!(!digest.body.contains(['\u{1b}', '\u{202e}', '\u{7}']));
        assert_eq!(digest.body.lines().count(), 2);
        let markup = digest.as_markup();
        assert!(!markup.contains(['<', '>', '"', '\'']), "{markup}");
        assert!(markup.starts_with("&lt;b&gt;R&amp;D&lt;/b&gt;"), "{markup}");
    }
}
