//! Weeks of work with everything that can happen, hour by hour.

use chrono::{FixedOffset, NaiveTime, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::domain::check_in::{self, Answers};
use crate::domain::fixture::{apply, day, id, superreport};
use crate::domain::{Standing, action};

/// Central Europe: an hour later from the last Sunday of March to the last of
/// October, at one o'clock UTC. And whoever lives there may fly away.
struct Place {
    away: Option<i32>,
}

impl Place {
    fn offset(&self, utc: Local) -> FixedOffset {
        let hours = self.away.unwrap_or_else(|| {
            let year = chrono::Datelike::year(&utc);
            let sunday = |month| {
                let last = Day::from_ymd_opt(year, month, 31).unwrap();
                let back = chrono::Datelike::weekday(&last).num_days_from_sunday();
                let day = last - Days::new(u64::from(back));
                day.and_hms_opt(1, 0, 0).unwrap()
            };
            if utc >= sunday(3) && utc < sunday(10) {
                2
            } else {
                1
            }
        });
        FixedOffset::east_opt(hours * 3600).unwrap()
    }
}

impl Zone for Place {
    fn local(&self, at: Moment) -> Local {
        let utc = at.naive_utc();
        utc + TimeDelta::seconds(i64::from(self.offset(utc).local_minus_utc()))
    }

    fn moment(&self, local: Local) -> Moment {
        // The first of two, and after a gap what the clock then shows.
        let early = local - TimeDelta::hours(2);
        let found = (0..=2)
            .map(|hours| early + TimeDelta::hours(hours))
            .map(|utc| Moment::from_naive_utc_and_offset(utc, self.offset(utc)))
            .find(|at| self.local(*at) >= local);
        match (found, self.away) {
            (Some(found), None) => found,
            _ => {
                let offset = FixedOffset::east_opt(self.away.unwrap_or(1) * 3600).unwrap();
                offset.moment(local)
            }
        }
    }
}

#[derive(Debug, Clone)]
enum Deed {
    CheckIn,
    Snooze(&'static str),
    Change,
    Share,
    Mute,
    Fly(i32),
    Home,
    /// The clock goes back so many hours.
    Back(i64),
    Sleep(i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => Just(Deed::CheckIn),
        3 => prop::sample::select(vec!["4 h", "tomorrow", "monday", "fri", "in 3 days", "2w"])
            .prop_map(Deed::Snooze),
        2 => Just(Deed::Change),
        2 => Just(Deed::Share),
        1 => Just(Deed::Mute),
        1 => (-11..=13).prop_map(Deed::Fly),
        1 => Just(Deed::Home),
        1 => (1..60i64).prop_map(Deed::Back),
        2 => (1..300i64).prop_map(Deed::Sleep),
    ]
}

fn work() -> impl Strategy<Value = WorkTime> {
    let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    let quiet = prop::sample::select(vec![
        Vec::new(),
        vec![(time(12, 0), time(13, 0))],
        vec![(time(16, 30), time(9, 30)), (time(11, 0), time(11, 15))],
    ]);
    let hours = prop::sample::select(vec![(9, 17), (0, 23), (22, 23), (6, 14)]);
    (quiet, hours).prop_map(move |(quiet, (from, to))| WorkTime {
        quiet,
        from: time(from, 0),
        to: time(to, 0),
        holidays: vec![day("2026-12-25"), day("2027-01-01"), day("2028-02-29")],
        ..WorkTime::default()
    })
}

fn brief(begun: Moment, cadence: &str, guesses: usize, need_by: Option<u64>) -> Brief {
    let mut brief = superreport();
    for (n, need) in brief.needs.iter_mut().enumerate() {
        need.standing = if n < guesses {
            Standing::guess()
        } else {
            Standing::told(id("dana"), day("2026-01-05"))
        };
    }
    cadence.clone_into(&mut brief.plan.cadence);
    brief.plan.need_by = need_by.map(|days| begun.date_naive() + Days::new(days));
    let change = action::start(&brief, &[], "a test", "e0", begun).unwrap();
    apply(&mut brief, change);
    brief
}

/// `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if default.cases == 256 {
            16
        } else {
            default.cases
        },
        failure_persistence: None,
        ..default
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nobody_is_nudged_twice_a_day_or_at_a_quiet_time_or_while_it_snoozes(
        begin in prop::sample::select(vec![
            // Into summer time, out of it, over a year's end, over a leap day.
            "2026-03-23T08:00:00+01:00",
            "2026-10-19T08:00:00+02:00",
            "2026-12-21T08:00:00+01:00",
            "2028-02-21T08:00:00+01:00",
        ]),
        cadence in prop::sample::select(vec![
            "", "every day", "every 3 days", "weekly on Tuesday", "at 4 hours spent", "monthly",
        ]),
        guesses in 0..4usize,
        need_by in prop::option::of(1..40u64),
        work in work(),
        deeds in prop::collection::vec((1..40i64, deed()), 0..25),
    ) {
        let mut now = Moment::parse_from_rfc3339(begin).unwrap();
        let mut place = Place { away: None };
        let mut brief = brief(now, cadence, guesses, need_by);
        let mut shown: Option<Moment> = None;
        let mut days: Vec<Day> = Vec::new();
        let mut asleep: Option<Moment> = None;
        for (n, (hours, deed)) in deeds.into_iter().chain([(200, Deed::Home)]).enumerate() {
            for _ in 0..hours * 2 {
                now += TimeDelta::minutes(30);
                let Some(due) = due(&brief, &work, &place) else { continue };
                let local = place.local(now);
                let mut on: Vec<Day> = due.nudges.iter().map(|at| at.date()).collect();
                on.dedup();
                prop_assert_eq!(on.len(), 3, "three days: {:?}", due);
                if !due.nudges_now(&work, local, shown) {
                    continue;
                }
                prop_assert!(work.may_ask(local), "{local} is no time to ask");
                let today = local.date();
                prop_assert!(!days.contains(&today), "twice on {today}");
                prop_assert!(asleep.is_none_or(|until| now >= until), "it snoozed");
                days.push(today);
                shown = Some(now.with_timezone(&place.offset(now.naive_utc())));
            }
            // What the clock shows here is noted with what is done.
            let now = &mut now;
            let here = now.with_timezone(&place.offset(now.naive_utc()));
            let event = format!("d{n}");
            let change = match deed {
                Deed::CheckIn => {
                    asleep = None;
                    check_in::check_in(&brief, Answers::default(), &event, here).unwrap()
                }
                Deed::Snooze(typed) => {
                    let until = check_in::until_moment(typed, &work, &place, here).unwrap();
                    prop_assert!(until > here, "{typed} from {here} is {until}");
                    asleep = Some(until);
                    // They asked for it: it may come back on the same day.
                    let today = here.date_naive();
                    days.retain(|day| *day != today);
                    check_in::snooze(until, &event, here)
                }
                Deed::Change => {
                    let mut after = brief.clone();
                    after.out.push(event.clone());
                    let Some(change) = check_in::changed(&brief, &after, &event, here) else {
                        continue;
                    };
                    change
                }
                Deed::Share => action::share(&brief, &id("dana"), &[], "", &event, here),
                Deed::Mute => check_in::mute("a test", &event, here).unwrap(),
                Deed::Fly(hours) => {
                    place.away = Some(hours);
                    continue;
                }
                Deed::Home => {
                    place.away = None;
                    continue;
                }
                Deed::Back(hours) => {
                    *now -= TimeDelta::hours(hours);
                    asleep = None;
                    continue;
                }
                Deed::Sleep(hours) => {
                    *now += TimeDelta::hours(hours);
                    continue;
                }
            };
            apply(&mut brief, change);
        }
    }
}
