//! What was written, before it is seen from a certain day.

use chrono::Weekday;

/// What a text says, and the weekday written beside a date.
pub struct Spoken {
    pub meaning: Meaning,
    pub beside: Option<Weekday>,
}

/// What a text says.
pub enum Meaning {
    /// A date, perhaps without its year.
    Date {
        year: Option<i32>,
        month: u32,
        day: u32,
    },
    /// Day and month that may be swapped.
    EitherWay,
    /// A day of the week.
    Weekday(Weekday, Which),
    /// Days from today, negative for the past.
    Days(i64),
    /// So many units away; ahead, back, or whatever is asked for.
    Distance {
        unit: Unit,
        count: i64,
        ahead: Option<bool>,
    },
    /// The first day of the span so many steps from the present one.
    Start(Span, i64),
    /// The last day of it.
    End(Span, i64),
    /// The last day of a named month.
    EndOfMonth { month: u32, year: Option<i32> },
}

/// Which of all Fridays.
#[derive(Clone, Copy)]
pub enum Which {
    Any,
    This,
    Next,
    Last,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Span {
    Week,
    Month,
    Quarter,
    Year,
}

/// Reads `typed`; none where it is not understood to its last word.
pub fn read(typed: &str) -> Option<Spoken> {
    let lower = typed.to_lowercase().replace(',', " ");
    let all: Vec<&str> = lower.split_whitespace().collect();
    let mut words = all.as_slice();
    while let [first, rest @ ..] = words {
        let filler = matches!(
            *first,
            "by" | "on" | "until" | "till" | "before" | "the" | "due"
        );
        if !filler || rest.is_empty() {
            break;
        }
        words = rest;
    }
    // "Thu 19 Feb": the weekday is checked against the date.
    if let [first, rest @ ..] = words
        && let Some(beside) = weekday(first)
        && let Some(meaning) = date(rest)
    {
        return Some(Spoken {
            meaning,
            beside: Some(beside),
        });
    }
    let meaning = date(words)
        .or_else(|| named(words))
        .or_else(|| distance(words))?;
    Some(Spoken {
        meaning,
        beside: None,
    })
}

pub fn full_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// Dates: `2026-02-19`, `19.2.`, `19/2/2026`, `19 feb`, `feb 19 2027`.
fn date(words: &[&str]) -> Option<Meaning> {
    match *words {
        [one] => joined(one),
        // "19. 2. 2026", as written in Germany and its neighbours
        [day, month, ref rest @ ..] if day.ends_with('.') && month.ends_with('.') => {
            let year = year_of(rest)?;
            let day = number(day.strip_suffix('.')?)?;
            let month = number(month.strip_suffix('.')?)?;
            Some(Meaning::Date { year, month, day })
        }
        [a, "of", b, ref rest @ ..] | [a, b, ref rest @ ..] => {
            let year = year_of(rest)?;
            let (day, month) = match (day_number(a), month(b)) {
                (Some(day), Some(month)) => (day, month),
                _ => (day_number(b)?, month(a)?),
            };
            Some(Meaning::Date { year, month, day })
        }
        [] => None,
    }
}

/// A date in one word.
fn joined(word: &str) -> Option<Meaning> {
    if word.contains('-') {
        let [a, b, c] = parts(word, '-')?;
        // "19-feb-2026"
        if let Some(month) = month(b) {
            return Some(Meaning::Date {
                year: Some(year(c)?),
                month,
                day: number(a)?,
            });
        }
        let year = Some(four_digits(a)?);
        return Some(Meaning::Date {
            year,
            month: number(b)?,
            day: number(c)?,
        });
    }
    if word.contains('/') {
        if let Some([a, b, c]) = parts(word, '/') {
            if let Some(year) = four_digits(a) {
                return Some(Meaning::Date {
                    year: Some(year),
                    month: number(b)?,
                    day: number(c)?,
                });
            }
            return Some(slashed(number(a)?, number(b)?, Some(year(c)?)));
        }
        let (a, b) = word.split_once('/')?;
        return Some(slashed(number(a)?, number(b)?, None));
    }
    let (day, rest) = word.split_once('.')?;
    let (month, rest) = rest.split_once('.').unwrap_or((rest, ""));
    let year = if rest.is_empty() {
        None
    } else {
        Some(year(rest)?)
    };
    Some(Meaning::Date {
        year,
        month: number(month)?,
        day: number(day)?,
    })
}

/// Americans put the month first; only a number above 12 tells.
fn slashed(a: u32, b: u32, year: Option<i32>) -> Meaning {
    match (a > 12, b > 12) {
        (false, true) => Meaning::Date {
            year,
            month: a,
            day: b,
        },
        (false, false) if a != b => Meaning::EitherWay,
        _ => Meaning::Date {
            year,
            month: b,
            day: a,
        },
    }
}

/// Words without a number.
fn named(words: &[&str]) -> Option<Meaning> {
    Some(match *words {
        ["today" | "now" | "tonight"] | ["this", "morning" | "afternoon" | "evening"] => {
            Meaning::Days(0)
        }
        ["tomorrow" | "tmr" | "tmrw"] => Meaning::Days(1),
        ["day", "after", "tomorrow"] => Meaning::Days(2),
        ["yesterday"] => Meaning::Days(-1),
        ["day", "before", "yesterday"] => Meaning::Days(-2),
        ["eow"] => Meaning::End(Span::Week, 0),
        ["eom"] => Meaning::End(Span::Month, 0),
        ["eoq"] => Meaning::End(Span::Quarter, 0),
        ["eoy"] => Meaning::End(Span::Year, 0),
        ["end", "of", ref rest @ ..] | ["end", ref rest @ ..] => end(rest)?,
        ["next", what] => match (weekday(what), span(what)) {
            (Some(weekday), _) => Meaning::Weekday(weekday, Which::Next),
            (_, Some(span)) => Meaning::Start(span, 1),
            _ => return None,
        },
        ["last", what] => match (weekday(what), unit(what)) {
            (Some(weekday), _) => Meaning::Weekday(weekday, Which::Last),
            (_, Some(unit)) => Meaning::Distance {
                unit,
                count: 1,
                ahead: Some(false),
            },
            _ => return None,
        },
        ["this", what] => match (weekday(what), span(what)) {
            (Some(weekday), _) => Meaning::Weekday(weekday, Which::This),
            // A promise for "this week" is due when the week ends.
            (_, Some(span)) => Meaning::End(span, 0),
            _ => return None,
        },
        [what] => Meaning::Weekday(weekday(what)?, Which::Any),
        _ => return None,
    })
}

/// What follows "end of".
fn end(words: &[&str]) -> Option<Meaning> {
    match *words {
        ["the" | "this", what] | [what] if span(what).is_some() => {
            Some(Meaning::End(span(what)?, 0))
        }
        ["next", what] => Some(Meaning::End(span(what)?, 1)),
        ["last", what] => Some(Meaning::End(span(what)?, -1)),
        [name, ref rest @ ..] => Some(Meaning::EndOfMonth {
            month: month(name)?,
            year: year_of(rest)?,
        }),
        [] => None,
    }
}

/// `in 3 days`, `3d`, `+2 weeks`, `a week ago`, `2 weeks from now`.
fn distance(words: &[&str]) -> Option<Meaning> {
    let (words, ahead) = match words {
        ["in" | "within", rest @ ..] | [rest @ .., "from", "now" | "today"] => (rest, Some(true)),
        [rest @ .., "ago"] => (rest, Some(false)),
        _ => (words, None),
    };
    let (count, unit) = match *words {
        [count, word] => (amount(count.trim_start_matches('+'))?, unit(word)?),
        [one] => {
            let one = one.strip_prefix('+').unwrap_or(one);
            let digits = one.find(|c: char| !c.is_ascii_digit())?;
            let (count, word) = one.split_at_checked(digits)?;
            (amount(count)?, unit(word)?)
        }
        _ => return None,
    };
    Some(Meaning::Distance { unit, count, ahead })
}

fn amount(word: &str) -> Option<i64> {
    const NAMES: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    match NAMES.iter().position(|name| *name == word) {
        Some(place) => i64::try_from(place + 1).ok(),
        None => digits(word, 5).map(i64::from),
    }
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "d" | "day" | "days" => Unit::Day,
        "w" | "wk" | "wks" | "week" | "weeks" => Unit::Week,
        "m" | "mo" | "month" | "months" => Unit::Month,
        "y" | "yr" | "yrs" | "year" | "years" => Unit::Year,
        _ => return None,
    })
}

fn span(word: &str) -> Option<Span> {
    Some(match word {
        "week" => Span::Week,
        "month" => Span::Month,
        "quarter" => Span::Quarter,
        "year" => Span::Year,
        _ => return None,
    })
}

pub fn weekday(word: &str) -> Option<Weekday> {
    Some(match word.strip_suffix('.').unwrap_or(word) {
        "mon" | "monday" => Weekday::Mon,
        "tue" | "tues" | "tuesday" => Weekday::Tue,
        "wed" | "weds" | "wednesday" => Weekday::Wed,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
        "fri" | "friday" => Weekday::Fri,
        "sat" | "saturday" => Weekday::Sat,
        "sun" | "sunday" => Weekday::Sun,
        _ => return None,
    })
}

fn month(word: &str) -> Option<u32> {
    Some(match word.strip_suffix('.').unwrap_or(word) {
        "jan" | "january" => 1,
        "feb" | "february" => 2,
        "mar" | "march" => 3,
        "apr" | "april" => 4,
        "may" => 5,
        "jun" | "june" => 6,
        "jul" | "july" => 7,
        "aug" | "august" => 8,
        "sep" | "sept" | "september" => 9,
        "oct" | "october" => 10,
        "nov" | "november" => 11,
        "dec" | "december" => 12,
        _ => return None,
    })
}

/// `19`, `19.`, `19th`.
fn day_number(word: &str) -> Option<u32> {
    let bare = ["st", "nd", "rd", "th", "."]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word);
    number(bare)
}

/// A day or a month: one or two digits.
fn number(word: &str) -> Option<u32> {
    digits(word, 2)
}

/// The year after a date: nothing, or one word that is a year.
fn year_of(rest: &[&str]) -> Option<Option<i32>> {
    match rest {
        [] => Some(None),
        [one] => year(one).map(Some),
        _ => None,
    }
}

/// `2026`, or `26` for it.
fn year(word: &str) -> Option<i32> {
    if word.len() == 2 {
        return i32::try_from(digits(word, 2)?).ok().map(|year| 2000 + year);
    }
    four_digits(word)
}

fn four_digits(word: &str) -> Option<i32> {
    let year = digits(word, 4).filter(|_| word.len() == 4)?;
    i32::try_from(year).ok()
}

/// Up to `most` ASCII digits and nothing else.
fn digits(word: &str, most: usize) -> Option<u32> {
    let fits = word.len() <= most && word.bytes().all(|byte| byte.is_ascii_digit());
    if fits { word.parse().ok() } else { None }
}

/// Exactly three parts.
fn parts(word: &str, separator: char) -> Option<[&str; 3]> {
    word.split(separator).collect::<Vec<_>>().try_into().ok()
}
