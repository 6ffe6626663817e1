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
        && let Some(value) = choice(text, of, &put.guess)
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

/// The choice with a letter, named as it was shown: "1b".
pub fn lettered(letter: char, put: &Put) -> Option<Value> {
    let Takes::OneOf(of) = &put.takes else {
        return None;
    };
    let at = (0..of.len()).find(|at| choice_letter(*at) == Some(letter))?;
    let (id, _) = of.get(at)?;
    Some(Value {
        given: Given::Reading(id.clone()),
        fit: Fit::Right,
        doubt: "",
    })
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
    } else if put.guess.len() <= 40 && words::is_no(&put.guess) {
        // "Yes" to "My guess: no" agrees with it, or says the opposite.
        (Given::Yes, Fit::Doubtful, "the guess itself is a no")
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
fn choice(text: &str, of: &[(ItemId, String)], guess: &str) -> Option<Value> {
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
    if let Some(at) = letter(said).or_else(|| place(said, of.len())) {
        let is_called_so = |text: &str| {
            let text = plain(text);
            text == said || place(&text, of.len()) == Some(at)
        };
        let mut others = of.iter().enumerate().filter(|(other, _)| *other != at);
        return match others.any(|(_, (_, text))| is_called_so(text)) {
            true => pick(at, Fit::Doubtful, "another choice is called that"),
            false => pick(at, Fit::Right, ""),
        };
    }
    let is_text = |at: &usize| {
        let text_of = of.get(*at).map(|(_, of)| of.as_str());
        text_of.is_some_and(|of| !of.is_empty() && may_hold(text, of) && plain(of) == said)
    };
    let mut same = (0..of.len()).filter(is_text);
    let (first, more) = (same.next(), same.next().is_some());
    // A text that two choices share decides nothing.
    if let Some(at) = first {
        let doubt = called_yes(text, said, guess);
        if !doubt.is_empty() {
            return pick(at, Fit::Doubtful, doubt);
        }
        if !more {
            return pick(at, Fit::Right, "");
        }
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

/// Why the text of a choice may be meant otherwise, where it is a yes or a no:
/// of the guess.
fn called_yes(text: &str, said: &str, guess: &str) -> &'static str {
    let same = plain(guess) == said;
    match words::short(text) {
        words::Short::Yes if !guess.is_empty() && !same => "it may be a yes to the guess",
        words::Short::No if !guess.is_empty() && !words::is_yes(guess) => {
            "it may be a no to the guess"
        }
        words::Short::Nothing => "it may be no answer",
        _ => "",
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{day, id};

    fn given(text: &str, guess: &str, choices: &[&str]) -> (Given, bool) {
        let choices = choices.iter().zip(["one", "two", "three"]);
        let put = Put {
            number: 1,
            question: "readings".to_owned(),
            put: "Which of these do you mean?".to_owned(),
            guess: guess.to_owned(),
            stale: false,
            takes: match choices.len() {
                0 => Takes::Words,
                _ => Takes::OneOf(choices.map(|(t, i)| (id(i), (*t).to_owned())).collect()),
            },
        };
        let when = When {
            day: day("2026-02-06"),
            known: true,
        };
        let value = value(text, &put, when);
        (value.given, value.fit == Fit::Right)
    }

    #[test]
    fn a_yes_is_not_surely_the_choice_that_is_called_yes() {
        let choices = ["yes", "no", "Only in March"];
        for (text, guess) in [
            ("yes", "Only in March"),
            ("Yes!", "no"),
            ("no", "Only in March"),
            ("no", "no"),
        ] {
            let (_, sure) = given(text, guess, &choices);
            assert!(!sure, "{text:?} beside the guess {guess:?}");
        }
        let one = || Given::Reading(id("one"));
        let two = || Given::Reading(id("two"));
        assert_eq!(given("yes", "yes", &choices), (one(), true));
        assert_eq!(given("no", "yes", &choices), (two(), true));
        assert_eq!(given("yes", "", &choices), (one(), true));
        assert_eq!(given("a", "Only in March", &choices), (one(), true));
        assert_eq!(given("a, yes", "Only in March", &choices), (one(), true));
    }

    #[test]
    fn a_choice_that_is_called_as_another_is_numbered_is_not_sure() {
        for (text, choices) in [
            ("b", ["B", "A", ""]),
            ("the second", ["Second", "First", "Third"]),
            ("a", ["x", "A", "A"]),
        ] {
            let (_, sure) = given(text, "", &choices);
            assert!(!sure, "{text:?} of {choices:?}");
        }
        assert!(given("a", "", &["A", "B", "C"]).1);
        assert!(given("the first", "", &["First", "Second", "Third"]).1);
    }

    #[test]
    fn neither_yes_nor_no_is_sure_where_the_guess_is_a_no() {
        for text in ["yes", "no", "No."] {
            let (_, sure) = given(text, "no", &[]);
            assert!(!sure, "{text:?}");
        }
        assert_eq!(given("yes", "Excel", &[]), (Given::Yes, true));
    }
}
