//! What the words of an answer mean to the question they answer.

use super::days::{self, Said};
use super::vocabulary as words;
use crate::domain::own_words::plain;
use crate::domain::reply::Given;
use crate::domain::sheet::{Put, Takes, choice_letter};
use crate::domain::{Day, ItemId};

/// An answer, understood.
#[derive(Debug, PartialEq, Eq)]
pub struct Value {
    pub given: Given,
    pub fit: Fit,
    /// Why it has to be looked at; empty otherwise.
    pub doubt: &'static str,
}

/// How well words fit a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// They may be no answer to it.
    Doubtful,
    /// Words, as good as any.
    Words,
    /// A yes, a choice, a day: what was asked for.
    Right,
}

/// Longer answers are words (bytes).
const LONG: usize = 4000;

/// When a letter was written.
#[derive(Debug, Clone, Copy)]
pub struct When {
    pub day: Day,
    /// From its head; else it is the day on which it was pasted.
    pub known: bool,
}

pub fn value(text: &str, put: &Put, when: When) -> Value {
    let right = |given| Value {
        given,
        fit: Fit::Right,
        doubt: "",
    };
    let doubt = |given, doubt| Value {
        given,
        fit: Fit::Doubtful,
        doubt,
    };
    // So many words are no letter, no yes and no day.
    if text.len() > LONG {
        return match put.takes {
            Takes::Words => Value {
                given: Given::Words,
                fit: Fit::Words,
                doubt: "",
            },
            _ => doubt(Given::Words, "many words"),
        };
    }
    if let Takes::OneOf(of) = &put.takes
        && let Some(value) = choice(text, of)
    {
        return value;
    }
    let short = words::short(text);
    if short == words::Short::Yes || is_guess(text, &put.guess) {
        return yes(put);
    }
    if short == words::Short::No {
        let nothing = put.guess.is_empty() && !matches!(put.takes, Takes::Words);
        return match nothing {
            true => doubt(Given::Words, "there was no guess to say no to"),
            false if put.stale => doubt(Given::No, "the guess has changed since"),
            false => right(Given::No),
        };
    }
    if short == words::Short::Nothing {
        return doubt(Given::Words, "it may be no answer");
    }
    match &put.takes {
        Takes::Day => match days::said(text, when.day) {
            Said::Day(day) => return right(Given::Day(day)),
            Said::Counted(day) if when.known => return right(Given::Day(day)),
            Said::Counted(day) => {
                return doubt(Given::Day(day), "counted from today: the reply has no date");
            }
            Said::EitherWay => return doubt(Given::Words, "the day can be read in two ways"),
            Said::Unclear if text.contains(|c: char| c.is_ascii_digit()) => {
                return doubt(Given::Words, "no day that is understood");
            }
            Said::Unclear => {}
        },
        Takes::OneOf(_) => {
            let none = ["none of these:", "something else:"].iter().any(|s| {
                text.get(..s.len())
                    .is_some_and(|t| t.eq_ignore_ascii_case(s))
            });
            if !none {
                return doubt(Given::Words, "none of the choices by letter or in full");
            }
        }
        Takes::Words | Takes::Order => {}
    }
    if words::yes_but(text) {
        return doubt(Given::Words, "a yes with a condition");
    }
    if agrees(text, put) {
        return doubt(Given::Yes, "a yes with more words");
    }
    Value {
        given: Given::Words,
        fit: Fit::Words,
        doubt: "",
    }
}

/// What is said in place of what was wrong: "wrong, we need job profiles" says
/// that we need job profiles. All of the words if they begin with no such no.
pub fn instead(text: &str) -> &str {
    let (no, rest) = match text.split_once([',', ';', ':', '.', '\u{2013}', '\u{2014}']) {
        Some((no, rest)) => (no, rest.trim_start()),
        None => return text,
    };
    let says_something = rest.split_whitespace().count() > 1;
    match words::is_no(no) && says_something {
        true => rest,
        false => text,
    }
}

/// A yes to the guess.
pub fn yes(put: &Put) -> Value {
    let (given, fit, doubt) = if put.stale {
        (Given::Yes, Fit::Doubtful, "the guess has changed since")
    } else if put.guess.is_empty() && matches!(put.takes, Takes::OneOf(_) | Takes::Day) {
        (
            Given::Words,
            Fit::Doubtful,
            "there was no guess to say yes to",
        )
    } else {
        (Given::Yes, Fit::Right, "")
    };
    Value { given, fit, doubt }
}

/// "Yes, Excel is fine": it begins with a yes and names the guess.
fn agrees(text: &str, put: &Put) -> bool {
    if put.guess.is_empty() || !may_hold(text, &put.guess) {
        return false;
    }
    let said = plain(text);
    let rest = said
        .split_once(' ')
        .filter(|(first, _)| words::is_yes(first) || words::is_fine(first));
    let Some((_, rest)) = rest else {
        return false;
    };
    let guess = plain(&put.guess);
    let denied = words::denies(text) || words::reservation(text);
    !guess.is_empty() && !denied && format!(" {rest} ").contains(&format!(" {guess} "))
}

fn is_guess(text: &str, guess: &str) -> bool {
    if guess.is_empty() || text.len() > 2 * guess.len() + 80 || !may_hold(text, guess) {
        return false;
    }
    let guess = plain(guess);
    let said = plain(text);
    let said = said.strip_suffix(" please").unwrap_or(&said);
    let after_yes = said
        .split_once(' ')
        .filter(|(first, _)| words::is_yes(first));
    let before_yes = said
        .rsplit_once(' ')
        .filter(|(_, last)| words::is_yes(last));
    !guess.is_empty()
        && (said == guess
            || after_yes.is_some_and(|(_, rest)| rest == guess)
            || before_yes.is_some_and(|(rest, _)| rest == guess))
}

/// Whether `text` has at least the letters of `part`: a quick look, which
/// spares most answers a closer one. True where it is not known.
fn may_hold(text: &str, part: &str) -> bool {
    let letters = |text: &str| text.bytes().filter(u8::is_ascii_alphanumeric).count();
    !text.is_ascii() || !part.is_ascii() || letters(part) <= letters(text)
}

/// One of the choices: by its letter, its place, or its own text.
fn choice(text: &str, of: &[(ItemId, String)]) -> Option<Value> {
    let said = plain(text);
    let said = [
        "option ",
        "choice ",
        "reading ",
        "antwort ",
        "opcion ",
        "variante ",
    ]
    .iter()
    .find_map(|s| said.strip_prefix(s))
    .unwrap_or(&said);
    let said = [
        " please",
        " thanks",
        " bitte",
        " is right",
        " is correct",
        " of course",
    ]
    .iter()
    .find_map(|s| said.strip_suffix(s))
    .unwrap_or(said);
    let pick = |at: usize, fit: Fit, doubt: &'static str| {
        let (id, _) = of.get(at)?;
        Some(Value {
            given: Given::Reading(id.clone()),
            fit,
            doubt,
        })
    };
    let letter = |word: &str| {
        let mut chars = word.chars();
        let c = chars.next().filter(|_| chars.next().is_none())?;
        (0..of.len()).find(|at| choice_letter(*at) == Some(c))
    };
    if let Some(at) = letter(said) {
        return pick(at, Fit::Right, "");
    }
    // A text of its own that two choices share decides nothing.
    let mut same = of
        .iter()
        .enumerate()
        .filter(|(_, (_, t))| !t.is_empty() && plain(t) == said);
    if let (Some((at, _)), None) = (same.next(), same.next()) {
        return pick(at, Fit::Right, "");
    }
    if let Some(at) = place(said, of.len()) {
        return pick(at, Fit::Right, "");
    }
    // "b, which kinds of work": the letter and its text, or the letter and more.
    let (first, rest) = said.split_once(' ')?;
    let at = letter(first).or_else(|| {
        let digits = first.trim_start_matches(|c: char| c.is_ascii_digit());
        letter(digits).filter(|_| digits.len() < first.len())
    })?;
    let starts = text
        .trim_start()
        .trim_start_matches(|c: char| !c.is_alphanumeric());
    // "a report" is a sentence.
    let marked = starts.get(first.len()..).is_some_and(|r| {
        r.starts_with([')', '.', ':', ',', ';'])
            || r.trim_start().starts_with(['-', '\u{2013}', '('])
    });
    let (_, text) = of.get(at)?;
    let whole = plain(text);
    if !whole.is_empty() && (rest == whole || (rest.len() >= 14 && whole.starts_with(rest))) {
        return pick(at, Fit::Right, "");
    }
    marked
        .then(|| pick(at, Fit::Doubtful, "a choice with more words"))
        .flatten()
}

/// "The second one", "die zweite", "la deuxi\u{e8}me", "el segundo".
fn place(said: &str, count: usize) -> Option<usize> {
    let said = [
        "the ",
        "der ",
        "die ",
        "das ",
        "la ",
        "le ",
        "el ",
        "lo ",
        "definitely the ",
        "i mean the ",
        "yes the ",
    ]
    .iter()
    .find_map(|s| said.strip_prefix(s))
    .unwrap_or(said);
    let said = [
        " one",
        " option",
        " reading",
        " choice",
        " option bitte",
        " variante",
        " opcion",
        " version",
    ]
    .iter()
    .find_map(|s| said.strip_suffix(s))
    .unwrap_or(said);
    let places: [&[&str]; 4] = [
        &[
            "first", "1st", "erste", "ersten", "erstere", "premiere", "premier", "1ere", "primera",
            "primero", "former",
        ],
        &[
            "second", "2nd", "zweite", "zweiten", "zweites", "deuxieme", "seconde", "second",
            "2eme", "2e", "segunda", "segundo",
        ],
        &[
            "third",
            "3rd",
            "dritte",
            "dritten",
            "troisieme",
            "3eme",
            "tercera",
            "tercero",
        ],
        &[
            "fourth",
            "4th",
            "vierte",
            "vierten",
            "quatrieme",
            "cuarta",
            "cuarto",
        ],
    ];
    let last = [
        "last", "latter", "letzte", "letztere", "zweitere", "derniere", "dernier", "ultima",
        "ultimo",
    ];
    let at = match places.iter().position(|names| names.contains(&said)) {
        Some(at) => at,
        None if last.contains(&said) && count > 0 => {
            // "The latter" is said of two.
            if matches!(said, "latter" | "letztere" | "zweitere") && count != 2 {
                return None;
            }
            count - 1
        }
        None => return None,
    };
    (at < count).then_some(at)
}
