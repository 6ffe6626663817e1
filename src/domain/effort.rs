//! How much time something takes or is worth, as people write it: "3 days",
//! "half a day", "2h 30m".

use chrono::TimeDelta;

use super::work_time::WorkTime;

/// The longest that is understood, in hours: about ten years of work.
const LONGEST: f64 = 20_000.0;

/// Reads a time that work takes. A day is a working day, a week five of them, a
/// month four weeks. `None` where it is not understood, negative or absurd.
///
/// ```
/// use askfirst::domain::{effort, work_time::WorkTime};
/// let work = WorkTime::default();
/// assert_eq!(effort::parse("1.5 days", &work).unwrap().num_hours(), 12);
/// assert_eq!(effort::parse("about 2h 30m", &work).unwrap().num_minutes(), 150);
/// assert_eq!(effort::parse("as long as it takes", &work), None);
/// ```
pub fn parse(typed: &str, work: &WorkTime) -> Option<TimeDelta> {
    let mut text = typed.trim().to_lowercase();
    for filler in ["about ", "around ", "at most ", "up to ", "max ", "~"] {
        if let Some(rest) = text.strip_prefix(filler) {
            text = rest.trim().to_owned();
        }
    }
    for (words, number) in [
        ("half a ", "0.5 "),
        ("half an ", "0.5 "),
        ("a few ", "3 "),
        ("a couple of ", "2 "),
        ("one ", "1 "),
        ("two ", "2 "),
        ("three ", "3 "),
        ("a ", "1 "),
        ("an ", "1 "),
    ] {
        if let Some(rest) = text.strip_prefix(words) {
            text = format!("{number}{rest}");
            break;
        }
    }
    let day = minutes(work.day())? / 60.0;
    let mut hours = 0.0;
    let mut rest = text.as_str();
    loop {
        rest = rest
            .trim_start_matches(|c: char| c.is_whitespace() || c == ',')
            .trim_start_matches("and ");
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest.get(..end)?.parse().ok()?;
        let after = rest.get(end..)?.trim_start();
        let end = after
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(after.len());
        hours += number
            * match after.get(..end)? {
                "m" | "min" | "mins" | "minute" | "minutes" => 1.0 / 60.0,
                "h" | "hr" | "hrs" | "hour" | "hours" => 1.0,
                "d" | "day" | "days" => day,
                "w" | "wk" | "wks" | "week" | "weeks" => 5.0 * day,
                "month" | "months" => 20.0 * day,
                _ => return None,
            };
        rest = after.get(end..)?;
    }
    let known = hours.is_finite() && hours > 0.0 && hours <= LONGEST;
    // Whole minutes: nobody counts seconds of work.
    known.then(|| TimeDelta::minutes((hours * 60.0).round() as i64))
}

/// A time that work took, for people: `6 h`, `2 h 30 min`, `45 min`.
pub fn show(time: TimeDelta) -> String {
    match (time.num_hours(), time.num_minutes() % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn minutes(time: TimeDelta) -> Option<f64> {
    u32::try_from(time.num_minutes()).ok().map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_read_as_people_write_it() {
        let work = WorkTime::default();
        for (typed, shown) in [
            ("3 days", "24 h"),
            ("half a day", "4 h"),
            ("about an hour", "1 h"),
            ("2h 30m", "2 h 30 min"),
            ("1 day and 2 hours", "10 h"),
            ("a couple of weeks", "80 h"),
            ("45 min", "45 min"),
            ("1.5h", "1 h 30 min"),
        ] {
            let read = parse(typed, &work);
            assert_eq!(read.map(show).as_deref(), Some(shown), "{typed}");
        }
    }

    #[test]
    fn other_words_are_no_time() {
        let work = WorkTime::default();
        for typed in [
            "",
            "soon",
            "3",
            "3 apples",
            "-2 h",
            "1e9 weeks",
            "h",
            "3 days?",
        ] {
            assert_eq!(parse(typed, &work), None, "{typed}");
        }
    }
}
