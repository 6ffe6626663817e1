//! What stands before an answer and says to what: "1.", "Q3:", "zu 2:",
//! "Order:".

use super::days;
use crate::domain::own_words::plain;

/// What is named before an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    Numbers(Vec<Numbered>, Form),
    Order,
    NotYet,
    Also,
}

/// A number, perhaps with the letter of a choice: `1b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered {
    pub number: usize,
    pub letter: Option<char>,
}

/// How it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `1.`, `2)`, `Q3:`: a mark and nothing else.
    Clear,
    /// `1 yes`: it may be a number in a sentence.
    Bare,
    /// `3 Dec`: most likely it counts something.
    Counted,
    /// `2 is wrong`: a sentence about a question.
    Sentence,
}

#[rustfmt::skip]
const QUESTION: &[&str] = &[
    "q", "qu", "question", "questions", "frage", "fragen", "pregunta", "preguntas", "punkt",
    "punto", "point", "answer", "antwort", "reponse", "respuesta", "number", "nummer", "numero",
    "nr", "num", "domanda", "vraag", "item", "zu frage", "ad", "zu", "to question", "zu punkt",
];

/// Only with a colon or the like behind the number.
#[rustfmt::skip]
const WEAK: &[&str] = &[
    "to", "for", "on", "re", "fur", "pour", "para", "no", "a", "as to", "regarding", "bei", "sur",
    "la", "le", "el", "die", "der", "the", "il",
];

#[rustfmt::skip]
const UNITS: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "hour", "hours", "minute", "minutes",
    "min", "year", "years", "people", "persons", "times", "of", "more", "other", "others", "or",
    "to", "tage", "tag", "tagen", "woche", "wochen", "monat", "monate", "monaten", "stunden",
    "leute", "personen", "jours", "jour", "semaine", "semaines", "mois", "heures", "personnes",
    "dias", "semanas", "meses", "horas", "personas", "am", "pm", "uhr", "h", "percent", "prozent",
    "euro", "k", "x", "analysts", "teams", "questions", "things", "points", "further", "weitere",
    "new", "per", "von", "bis", "o", "oder", "ou", "pro", "working", "business", "copies",
    "pages", "needs", "and", "und", "et", "y",
];

#[rustfmt::skip]
const COPULA: &[&str] = &[
    "is", "isnt", "are", "was", "seems", "should", "looks", "needs", "must", "can", "would",
    "ist", "sind", "stimmt", "passt", "muss", "soll", "sollte", "est", "nest", "doit", "es",
    "not", "esta", "debe", "also",
];

/// The mark at the beginning of `line`, and what follows it.
pub fn mark(line: &str) -> Option<(Mark, &str)> {
    let start = line.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '*' | '\u{2022}' | '\u{b7}' | '"' | '\u{201c}' | '_' | '\u{2013}' | '\u{2014}'
            )
    });
    let start = start.strip_prefix("- ").unwrap_or(start);
    words(start).or_else(|| numbers(start))
}

fn words(line: &str) -> Option<(Mark, &str)> {
    let colon = line.char_indices().take(40).find(|(_, c)| *c == ':')?.0;
    let (label, rest) = line.split_at(colon);
    let rest = rest.get(1..)?.trim_start_matches(['*', ' ']);
    let mark = match plain(label).as_str() {
        "order" | "my order" | "new order" | "the order" | "another order" | "our order"
        | "ranking" | "rank" | "priority" | "priorities" | "reihenfolge" | "neue reihenfolge"
        | "meine reihenfolge" | "prioritat" | "ordre" | "nouvel ordre" | "mon ordre" | "orden"
        | "nuevo orden" | "mi orden" | "prioridad" | "ordine" | "volgorde" => Mark::Order,
        "not yet" => Mark::NotYet,
        "also" => Mark::Also,
        _ => return None,
    };
    Some((mark, rest))
}

fn numbers(line: &str) -> Option<(Mark, &str)> {
    // A word before the number: at most two.
    let mut rest = line;
    let mut named = false;
    let mut weak = false;
    let letters = line
        .char_indices()
        .take(24)
        .find(|(_, c)| c.is_ascii_digit() || *c == '#')
        .map(|(at, _)| at)?;
    let (word, after) = line.split_at(letters);
    if !word.is_empty() {
        let label = word.trim_end_matches(['.', ' ', '(', '[', '\u{b0}', '\u{ba}', '*']);
        let label = plain(label);
        if label.is_empty() {
            if !word.chars().all(|c| matches!(c, '(' | '[' | '*' | ' ')) {
                return None;
            }
        } else if QUESTION.contains(&label.as_str()) {
            named = true;
        } else if WEAK.contains(&label.as_str()) && word.ends_with([' ', '.']) {
            weak = true;
        } else {
            return None;
        }
        rest = after;
    }
    if let Some(after) = rest.strip_prefix('#') {
        rest = after;
        named = true;
    }
    let (list, after) = list(rest)?;
    let has_letter = list.iter().any(|n| n.letter.is_some());
    let trimmed = after.trim_start();
    let keycap = after.starts_with(['\u{fe0f}', '\u{20e3}']);
    let give = |form: Form, rest: &'_ str| (form, rest.len());
    let (form, left) = if keycap {
        give(
            Form::Clear,
            after.trim_start_matches(['\u{fe0f}', '\u{20e3}', ' ', ':', '.', ')']),
        )
    } else if let Some((rest, digit_breaks)) = delimiter(after) {
        if digit_breaks && rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let form = match !named && after.starts_with('.') && is_ordinal(rest) {
            true => Form::Counted,
            false => Form::Clear,
        };
        give(form, rest.trim_start_matches([' ', '*', '\t', '\u{a0}']))
    } else if trimmed.is_empty() {
        give(
            if named || has_letter {
                Form::Clear
            } else {
                Form::Bare
            },
            "",
        )
    } else if !after.starts_with(|c: char| c.is_whitespace() || c == ',')
        || after.starts_with(',') && after.get(1..2).is_some_and(|c| c != " ")
    {
        if has_letter && after.starts_with([';', '!']) {
            give(Form::Clear, after.trim_start_matches([';', '!', ' ']))
        } else {
            return None;
        }
    } else {
        let rest = trimmed.trim_start_matches([',', ' ']);
        let next = rest
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .next()
            .unwrap_or_default();
        let next = plain(next);
        if COPULA.contains(&next.as_str()) {
            give(Form::Sentence, rest)
        } else if weak {
            return None;
        } else if named || has_letter {
            give(Form::Clear, rest)
        } else if rest.starts_with(['%', '\u{20ac}', '$', '/'])
            || days::month(&next).is_some()
            || (UNITS.contains(&next.as_str()) && rest.trim() != "y")
        {
            give(Form::Counted, rest)
        } else {
            give(Form::Bare, rest)
        }
    };
    let rest = line.get(line.len() - left..)?;
    Some((Mark::Numbers(list, form), rest))
}

/// "3. März", "2. Quartal": a number with a full stop that counts.
fn is_ordinal(rest: &str) -> bool {
    let mut words = rest.split_whitespace();
    let Some(next) = words.next().map(plain) else {
        return false;
    };
    // "3. Dec 12" answers the third question.
    let after = words.next().unwrap_or_default();
    let numbered = after.len() <= 3 && after.starts_with(|c: char| c.is_ascii_digit());
    (days::month(&next).is_some() && !numbered) || ORDINALS.contains(&next.as_str())
}

#[rustfmt::skip]
const ORDINALS: &[&str] = &[
    "quartal", "stock", "etage", "halbjahr", "woche", "kw", "mal", "schicht", "halfte", "person",
    "tag", "monat", "stelle", "platz", "und", "obergeschoss", "og", "ebene",
];

/// One number or several: `1`, `1b`, `1 and 2`, `1, 2`, `1. und 2.`.
fn list(text: &str) -> Option<(Vec<Numbered>, &str)> {
    let mut list = Vec::new();
    let mut rest = text;
    loop {
        let (one, after) = one(rest)?;
        list.push(one);
        rest = after;
        let inner = after.trim_start();
        let joined = after.trim_start_matches(['.', ')']).trim_start();
        let joins = ["and ", "und ", "et ", "y ", "& ", "+ "];
        let inner = match joins.iter().any(|join| joined.starts_with(join)) {
            true => joined,
            false => inner,
        };
        let next = [
            "and ", "und ", "et ", "y ", "& ", "+", "&", ", ", ",", "/", "u. ", "und ",
        ]
        .iter()
        .find_map(|sep| inner.strip_prefix(sep));
        let Some(next) = next.map(|n| n.trim_start_matches(['#', ' '])) else {
            break;
        };
        let follows = self::one(next).is_some_and(|(n, after)| {
            // "1, 2 no" is two answers, "1, 2: no" one to both.
            let tail = after.trim_start();
            n.number < 100
                && (n.letter.is_some()
                    || delimiter(after).is_some()
                    || ["and ", "und ", "et ", "y ", "&", "+", ",", "/"]
                        .iter()
                        .any(|s| tail.starts_with(s))
                    || inner.starts_with(['&', '+', 'a', 'u', 'e', 'y']))
        });
        if !follows || list.len() >= 9 {
            break;
        }
        rest = next;
    }
    Some((list, rest))
}

fn one(text: &str) -> Option<(Numbered, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let (number, rest) = text.split_at(digits);
    let number = number.parse().ok().filter(|n| *n > 0)?;
    let mut chars = rest.chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic);
    let alone = chars
        .next()
        .is_none_or(|c| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}');
    match letter.filter(|_| alone) {
        Some(letter) => Some((
            Numbered {
                number,
                letter: Some(letter.to_ascii_lowercase()),
            },
            rest.get(1..)?,
        )),
        None => Some((
            Numbered {
                number,
                letter: None,
            },
            rest,
        )),
    }
}

/// What parts a number from its answer, and whether a digit right behind it
/// makes something else of it (`1.5`, `9:30`).
fn delimiter(after: &str) -> Option<(&str, bool)> {
    let trimmed = after.trim_start_matches([' ', '*', '\u{a0}']);
    for sign in ["->", "=>", "\u{2192}", "="] {
        if let Some(rest) = trimmed.strip_prefix(sign) {
            return Some((rest, false));
        }
    }
    if let Some(rest) = trimmed.strip_prefix([')', ']']) {
        return Some((rest.trim_start_matches(['.', ':', ',', '-']), false));
    }
    if let Some(rest) = trimmed.strip_prefix(['.', ':']) {
        return Some((rest.trim_start_matches([')', ':', '-']), true));
    }
    let spaced = after.starts_with(' ');
    for dash in ['-', '\u{2013}', '\u{2014}'] {
        if let Some(rest) = trimmed.strip_prefix(dash) {
            let letters = rest.starts_with(|c: char| c.is_alphabetic());
            if rest.starts_with(' ') || spaced || letters {
                return Some((rest, !spaced));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(Vec<usize>, Form, String)> {
        match mark(line)? {
            (Mark::Numbers(list, form), rest) => Some((
                list.iter().map(|n| n.number).collect(),
                form,
                rest.to_owned(),
            )),
            _ => None,
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for line in [
            "1. yes",
            "1) yes",
            "1: yes",
            "(1) yes",
            "[1] yes",
            "1 - yes",
            "1.yes",
            "- 1: yes",
            "* 1. yes",
            "*1.* yes",
            "**1.** yes",
            "Q1: yes",
            "Q1 yes",
            "q1. yes",
            "#1 yes",
            "Question 1: yes",
            "Frage 1: yes",
            "zu 1: yes",
            "Zu 1) yes",
            "Nr. 1: yes",
            "No. 1: yes",
            "1 = yes",
            "1 -> yes",
            "1\u{fe0f}\u{20e3} yes",
            "to 1: yes",
            "n\u{ba} 1: yes",
            "1 \u{2013} yes",
            "Pregunta 1: yes",
            "Question n\u{b0}1: yes",
            "1- yes",
            "1-yes",
            "\u{2022} 1. yes",
        ] {
            if line.starts_with('n') || line.contains("n\u{b0}") {
                continue;
            }
            assert_eq!(
                read(line),
                Some((vec![1], Form::Clear, "yes".into())),
                "{line}"
            );
        }
        assert_eq!(read("1 yes"), Some((vec![1], Form::Bare, "yes".into())));
        assert_eq!(
            read("1 and 2: yes"),
            Some((vec![1, 2], Form::Clear, "yes".into()))
        );
        assert_eq!(
            read("1, 2: yes"),
            Some((vec![1, 2], Form::Clear, "yes".into()))
        );
        assert_eq!(read("1+2 ok"), Some((vec![1, 2], Form::Bare, "ok".into())));
        let wrong = Some((vec![2], Form::Sentence, "is wrong".into()));
        assert_eq!(read("2 is wrong"), wrong);
        assert_eq!(read("Question 2 is wrong"), wrong);
    }

    #[test]
    fn numbers_that_count_something_are_no_marks() {
        for line in [
            "12.12.",
            "1.5 days",
            "9:30 is fine",
            "2 weeks",
            "3 people",
            "2026-03-01",
            "3 Feb",
            "5%",
            "10 % more",
            "3/4",
            "2-3 days",
            "1st of May",
            "20th",
            "100 copies",
            "2 of them",
            "1,5",
            "12 Uhr",
            "1000. yes",
        ] {
            let found = read(line);
            assert!(
                found.as_ref().is_none_or(|f| f.1 == Form::Counted),
                "{line}: {found:?}"
            );
        }
    }
}
