//! When the timer runs: every half hour of the working time. Whether anything is
//! said is decided when it runs, so the timer may be somewhat generous.

use chrono::{Datelike as _, NaiveTime, TimeDelta, Timelike as _, Weekday};

use crate::domain::work_time::{Local, WorkTime};

/// Half hours of some days of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// From Monday on; never empty.
    pub days: Vec<Weekday>,
    /// The first and the last hour of the day in which it runs.
    pub hours: (u32, u32),
}

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

impl Schedule {
    /// The half hours of the working time.
    pub fn of(work: &WorkTime) -> Self {
        let works = |day: &Weekday| work.days.is_empty() || work.days.contains(day);
        let last = work.to.overflowing_sub_signed(TimeDelta::seconds(1)).0;
        Self {
            days: WEEK.into_iter().filter(works).collect(),
            hours: (work.from.hour(), last.hour().max(work.from.hour())),
        }
    }

    /// The first half hour after a moment.
    pub fn next(&self, now: Local) -> Option<Local> {
        let (first, last) = self.hours;
        let days = now.date().iter_days().take(8);
        let days = days.filter(|day| self.days.contains(&day.weekday()));
        days.flat_map(|day| {
            (first..=last)
                .flat_map(|hour| [(hour, 0), (hour, 30)])
                .filter_map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0))
                .map(move |time| day.and_time(time))
        })
        .find(|at| *at > now)
    }

    /// In words: `every 30 minutes from 09:00 to 16:30 on Mon, Tue`.
    pub fn words(&self) -> String {
        let (first, last) = self.hours;
        let days: Vec<String> = self.days.iter().map(ToString::to_string).collect();
        let days = match &days[..] {
            all if all.len() == 7 => "every day".to_owned(),
            days => format!("on {}", days.join(", ")),
        };
        format!("every 30 minutes from {first:02}:00 to {last:02}:30, {days}")
    }
}
