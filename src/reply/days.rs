//! Days as customers write them, in their language.

use crate::domain::own_words::plain;
use crate::domain::{Day, date};

/// What an answer says about a day.
#[derive(Debug, PartialEq, Eq)]
pub enum Said {
    /// This day, whatever the day on which it was written.
    Day(Day),
    /// Counted from the day on which it was written.
    Counted(Day),
    /// `3/4`: the third of April, or of March.
    EitherWay,
    /// No day that is understood.
    Unclear,
}

/// Reads a whole answer as a day, seen from `today`.
pub fn said(words: &str, today: Day) -> Said {
    let words = words.trim().trim_end_matches(['.', '!', ',']);
    // "12.12." has a full stop of its own.
    let typed = [words.to_owned(), format!("{words}."), in_english(words)];
    let mut either = false;
    for text in typed {
        match date::parse(&text, today) {
            Ok(day) => {
                let week = chrono::Days::new(7);
                let again = [today.checked_add_days(week), today.checked_sub_days(week)];
                let mut again = again.into_iter().flatten();
                let same = again.any(|from| date::parse(&text, from) == Ok(day));
                let fixed = same && text.contains(|c: char| c.is_ascii_digit());
                return if fixed {
                    Said::Day(day)
                } else {
                    Said::Counted(day)
                };
            }
            Err(date::DateError::Ambiguous(_)) => either = true,
            Err(_) => {}
        }
    }
    if either {
        Said::EitherWay
    } else {
        Said::Unclear
    }
}

/// Month and weekday names in English, without the small words around them.
fn in_english(words: &str) -> String {
    if words.len() > 80 {
        return String::new();
    }
    let mut said: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let bare = plain(word);
        if FILLERS.contains(&bare.as_str()) {
            continue;
        }
        let named = month(&bare)
            .and_then(|m| MONTHS.get(m as usize - 1))
            .copied()
            .or_else(|| weekday(&bare));
        let counted = bare.strip_suffix("er").filter(|n| *n == "1");
        match (named, counted) {
            (Some(name), _) => said.push(name.to_owned()),
            (None, Some(first)) => said.push(first.to_owned()),
            _ => said.push(word.to_lowercase()),
        }
    }
    said.join(" ")
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const FILLERS: [&str; 30] = [
    "by",
    "on",
    "the",
    "please",
    "latest",
    "am",
    "den",
    "der",
    "bis",
    "zum",
    "vom",
    "spatestens",
    "bitte",
    "le",
    "au",
    "du",
    "avant",
    "pour",
    "plus",
    "tard",
    "svp",
    "el",
    "de",
    "del",
    "para",
    "antes",
    "dia",
    "no",
    "later",
    "than",
];

/// The number of a month, by its name in English, German, French or Spanish.
pub fn month(word: &str) -> Option<u32> {
    let word = plain(word);
    let is = |names: &[&str]| names.contains(&word.as_str());
    let all: [&[&str]; 12] = [
        &[
            "jan", "january", "januar", "janner", "janvier", "janv", "enero", "ene",
        ],
        &["feb", "february", "februar", "fevrier", "fevr", "febrero"],
        &["mar", "march", "marz", "mars", "marzo"],
        &["apr", "april", "avril", "avr", "abril", "abr"],
        &["may", "mai", "mayo"],
        &["jun", "june", "juni", "juin", "junio"],
        &["jul", "july", "juli", "juillet", "juil", "julio"],
        &["aug", "august", "aout", "agosto", "ago"],
        &[
            "sep",
            "sept",
            "september",
            "septembre",
            "septiembre",
            "setiembre",
        ],
        &["oct", "october", "okt", "oktober", "octobre", "octubre"],
        &["nov", "november", "novembre", "noviembre"],
        &[
            "dec",
            "december",
            "dez",
            "dezember",
            "decembre",
            "diciembre",
            "dic",
        ],
    ];
    let at = all.iter().position(|names| is(names))?;
    u32::try_from(at + 1).ok()
}

fn weekday(word: &str) -> Option<&'static str> {
    Some(match word {
        "montag" | "lundi" | "lunes" => "monday",
        "dienstag" | "mardi" | "martes" => "tuesday",
        "mittwoch" | "mercredi" | "miercoles" => "wednesday",
        "donnerstag" | "jeudi" | "jueves" => "thursday",
        "freitag" | "vendredi" | "viernes" => "friday",
        "samstag" | "sonnabend" | "samedi" | "sabado" => "saturday",
        "sonntag" | "dimanche" | "domingo" => "sunday",
        "heute" | "aujourdhui" | "hoy" => "today",
        "morgen" | "demain" | "manana" => "tomorrow",
        "ende" | "fin" | "finales" => "end",
        _ => return None,
    })
}

/// The day in the head of a mail: "Thursday, February 5, 2026 9:12 AM". Only
/// what can be read in one way.
pub fn written(text: &str) -> Option<Day> {
    if text.len() > 200 {
        return None;
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '[' | ']'))
        .filter(|w| !w.is_empty())
        .collect();
    let number = |word: &str| -> Option<u32> {
        let bare = word.trim_end_matches(|c: char| c == '.' || c.is_ascii_alphabetic());
        let fits = (1..=4).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
        if fits { bare.parse().ok() } else { None }
    };
    for word in &words {
        if let Some(day) = joined(word) {
            return Some(day);
        }
    }
    let month = words.iter().find_map(|w| month(w.trim_end_matches('.')))?;
    let mut numbers = words.iter().filter_map(|w| number(w));
    let day = numbers.clone().find(|n| (1..=31).contains(n))?;
    let year = numbers.find(|n| (1990..=2200).contains(n))?;
    Day::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// `2026-02-05`, `05.02.2026`, `25/02/2026`.
fn joined(word: &str) -> Option<Day> {
    let word = word.split('T').next().unwrap_or(word);
    let separator = word.chars().find(|c| matches!(c, '-' | '.' | '/'))?;
    let parts: Vec<u32> = word
        .split(separator)
        .map(|p| p.parse().ok())
        .collect::<Option<_>>()?;
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let (year, month, day) = match (separator, *a > 31) {
        (_, true) => (*a, *b, *c),
        ('.', false) => (*c, *b, *a),
        ('/', false) if *a > 12 => (*c, *b, *a),
        ('/', false) if *b > 12 => (*c, *a, *b),
        ('/', false) if a == b => (*c, *b, *a),
        _ => return None,
    };
    let year = if year < 100 { year + 2000 } else { year };
    Day::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}
