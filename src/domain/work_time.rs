//! When the worker works and may be asked something, and how much working time
//! lies between two moments. Everything is reckoned in local time; a [`Zone`]
//! says what that is, so that daylight saving and a move to another country
//! shift nothing but the instants.

use chrono::{Datelike as _, Days, FixedOffset, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

use super::{Day, Moment};

/// Local time, without a place.
pub type Local = NaiveDateTime;

/// Where the worker is: local time for an instant, and back.
pub trait Zone {
    /// The local time of an instant.
    fn local(&self, at: Moment) -> Local;

    /// The instant of a local time. One that the clock skips is the first after
    /// the gap; of one that comes twice it is the first.
    fn moment(&self, local: Local) -> Moment;
}

impl Zone for FixedOffset {
    fn local(&self, at: Moment) -> Local {
        at.with_timezone(self).naive_local()
    }

    fn moment(&self, local: Local) -> Moment {
        // A fixed offset has every local time exactly once.
        Moment::from_naive_utc_and_offset(
            local
                .checked_sub_offset(*self)
                .unwrap_or(NaiveDateTime::MIN),
            *self,
        )
    }
}

/// Working days and hours, and when not to disturb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkTime {
    /// Days of the week with work.
    pub days: Vec<Weekday>,
    /// Working hours begin, and end; `from` is before `to`.
    pub from: NaiveTime,
    pub to: NaiveTime,
    /// Days without work.
    pub holidays: Vec<Day>,
    /// Times of the day without any reminder; one that ends before it begins
    /// goes over midnight.
    pub quiet: Vec<(NaiveTime, NaiveTime)>,
}

/// How far ahead is looked for a working day before it is given up.
const FAR: usize = 1000;

impl Default for WorkTime {
    /// Monday to Friday, nine to five.
    fn default() -> Self {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
        Self {
            days: vec![
                Weekday::Mon,
                Weekday::Tue,
                Weekday::Wed,
                Weekday::Thu,
                Weekday::Fri,
            ],
            from: hour(9),
            to: hour(17),
            holidays: Vec::new(),
            quiet: Vec::new(),
        }
    }
}

impl WorkTime {
    /// Whether there is work on a day.
    pub fn works_on(&self, day: Day) -> bool {
        self.days.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// The first working day from a day on, which may be that day.
    pub fn working_day(&self, from: Day) -> Day {
        from.iter_days()
            .take(FAR)
            .find(|day| self.works_on(*day))
            .unwrap_or(from)
    }

    /// The `count`th working day after a day; a `count` of 0 is
    /// [`Self::working_day`].
    pub fn days_after(&self, day: Day, count: u32) -> Day {
        let mut found = if count == 0 {
            self.working_day(day)
        } else {
            day
        };
        for _ in 0..count {
            found = self.working_day(found + Days::new(1));
        }
        found
    }

    /// The working day before a day; the day itself where there is none.
    pub fn day_before(&self, day: Day) -> Day {
        (1..FAR as u64)
            .filter_map(|back| day.checked_sub_days(Days::new(back)))
            .find(|day| self.works_on(*day))
            .unwrap_or(day)
    }

    /// How many working days come after `from`, up to and with `to`; 0 where
    /// `to` is not later.
    pub fn days_between(&self, from: Day, to: Day) -> u32 {
        let days = from
            .iter_days()
            .skip(1)
            .take_while(|day| *day <= to)
            .filter(|day| self.works_on(*day));
        u32::try_from(days.count()).unwrap_or(u32::MAX)
    }

    /// The length of a working day.
    pub fn day(&self) -> TimeDelta {
        (self.to - self.from).max(TimeDelta::minutes(1))
    }

    /// The working time between two moments; none where `to` is not later.
    pub fn worked(&self, from: Local, to: Local) -> TimeDelta {
        let mut worked = TimeDelta::zero();
        for day in from.date().iter_days().take_while(|day| *day <= to.date()) {
            if self.works_on(day) {
                let begin = day.and_time(self.from).max(from);
                let end = day.and_time(self.to).min(to);
                worked += (end - begin).max(TimeDelta::zero());
            }
        }
        worked
    }

    /// The moment at which so much working time has passed.
    pub fn after(&self, from: Local, work: TimeDelta) -> Local {
        let mut left = work.max(TimeDelta::zero());
        let mut day = from.date();
        let mut begin = from;
        for _ in 0..FAR * 10 {
            day = self.working_day(day);
            begin = begin.max(day.and_time(self.from));
            let room = (day.and_time(self.to) - begin).max(TimeDelta::zero());
            if left <= room && !room.is_zero() {
                return begin + left;
            }
            left -= room;
            day = day + Days::new(1);
        }
        begin
    }

    /// Whether the worker may be asked something at a moment: it is working
    /// time, and not a quiet one.
    pub fn may_ask(&self, at: Local) -> bool {
        let time = at.time();
        let quiet = self.quiet.iter().any(|(from, to)| {
            if from <= to {
                *from <= time && time < *to
            } else {
                *from <= time || time < *to
            }
        });
        self.works_on(at.date()) && self.from <= time && time < self.to && !quiet
    }

    /// The first moment from `at` on at which the worker may be asked. Where
    /// there never is one it is `at`.
    pub fn asking_time(&self, at: Local) -> Local {
        let ends = |day: Day| {
            let quiet = self.quiet.iter().map(|(_, to)| *to);
            let mut times: Vec<NaiveTime> = quiet.chain([self.from]).collect();
            times.sort_unstable();
            times.into_iter().map(move |time| day.and_time(time))
        };
        if self.may_ask(at) {
            return at;
        }
        at.date()
            .iter_days()
            .take(FAR)
            .flat_map(ends)
            .find(|begin| *begin > at && self.may_ask(*begin))
            .unwrap_or(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn local(text: &str) -> Local {
        text.parse().unwrap()
    }

    fn time(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    /// The week of 2 February 2026 begins on a Monday; the 4th is a holiday.
    fn work() -> WorkTime {
        WorkTime {
            holidays: vec![day("2026-02-04")],
            ..WorkTime::default()
        }
    }

    #[test]
    fn weekends_and_holidays_are_no_working_days() {
        let work = work();
        assert!(work.works_on(day("2026-02-03")));
        assert!(!work.works_on(day("2026-02-04")));
        assert!(!work.works_on(day("2026-02-07")));
        assert_eq!(work.working_day(day("2026-02-04")), day("2026-02-05"));
        assert_eq!(work.days_after(day("2026-02-03"), 2), day("2026-02-06"));
        assert_eq!(work.days_after(day("2026-02-07"), 0), day("2026-02-09"));
        assert_eq!(work.day_before(day("2026-02-09")), day("2026-02-06"));
        let count = work.days_between(day("2026-02-03"), day("2026-02-10"));
        assert_eq!(count, 4, "Thu, Fri, Mon, Tue");
        let back = work.days_between(day("2026-02-10"), day("2026-02-03"));
        assert_eq!(back, 0);
    }

    #[test]
    fn only_working_hours_are_worked() {
        let work = work();
        let worked = |from: &str, to: &str| work.worked(local(from), local(to)).num_minutes();
        assert_eq!(worked("2026-02-02T16:00:00", "2026-02-03T10:30:00"), 150);
        assert_eq!(worked("2026-02-03T17:00:00", "2026-02-05T09:00:00"), 0);
        assert_eq!(worked("2026-02-06T12:00:00", "2026-02-09T12:00:00"), 480);
        assert_eq!(worked("2026-02-09T12:00:00", "2026-02-06T12:00:00"), 0);
    }

    #[test]
    fn working_time_that_passed_leads_back_to_the_moment() {
        let work = work();
        let after = |from: &str, hours| work.after(local(from), TimeDelta::hours(hours));
        assert_eq!(
            after("2026-02-02T10:00:00", 2),
            local("2026-02-02T12:00:00")
        );
        assert_eq!(
            after("2026-02-03T16:00:00", 2),
            local("2026-02-05T10:00:00")
        );
        assert_eq!(
            after("2026-02-07T11:00:00", 8),
            local("2026-02-09T17:00:00")
        );
        let year = work.after(local("2026-12-31T16:00:00"), TimeDelta::hours(2));
        assert_eq!(year, local("2027-01-01T10:00:00"));
    }

    #[test]
    fn nobody_is_asked_out_of_hours_or_in_quiet_ones() {
        let work = WorkTime {
            quiet: vec![
                (time("12:00:00"), time("13:00:00")),
                (time("16:00:00"), time("10:00:00")),
            ],
            ..work()
        };
        let asked = |at: &str| work.asking_time(local(at));
        assert_eq!(asked("2026-02-02T11:15:00"), local("2026-02-02T11:15:00"));
        assert_eq!(asked("2026-02-02T12:15:00"), local("2026-02-02T13:00:00"));
        assert_eq!(asked("2026-02-02T09:15:00"), local("2026-02-02T10:00:00"));
        assert_eq!(asked("2026-02-03T16:15:00"), local("2026-02-05T10:00:00"));
        assert_eq!(asked("2026-02-06T18:00:00"), local("2026-02-09T10:00:00"));
    }

    #[test]
    fn where_nobody_may_ever_be_asked_it_ends_all_the_same() {
        let never = WorkTime {
            days: Vec::new(),
            ..WorkTime::default()
        };
        let at = local("2026-02-02T11:15:00");
        assert_eq!(never.asking_time(at), at);
        assert_eq!(never.working_day(at.date()), at.date());
        let _ends = never.after(at, TimeDelta::days(1));
    }
}
