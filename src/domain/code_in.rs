//! Finding the code in a customer's own words ("ok 7k2 m9q, thanks").
//!
//! Only what they wrote counts: a mail that quotes the message below an answer
//! quotes its code too, and that is no yes.

use std::ops::Range;

use super::own_words::own_lines;
use super::{Agreement, Brief, Code, sign_off};

/// Letters of a code.
const LETTERS: usize = 6;

/// The code in a customer's words: today's if it is there, else that of an
/// older version, else what follows "OK" and looks like a code. `None` when
/// they gave none.
pub fn code_in(brief: &Brief, words: &str) -> Option<Code> {
    let found = candidates(words);
    if found.is_empty() {
        return None;
    }
    let today = Agreement::of(brief).code();
    if found.iter().any(|c| c.found.code == today) {
        return Some(today);
    }
    let older: Vec<String> = sign_off::versions(brief)
        .into_iter()
        .map(|v| v.code)
        .collect();
    let mut found = found.iter().map(|c| &c.found);
    found
        .clone()
        .find(|c| older.contains(&c.code.to_string()))
        .or_else(|| found.find(|c| c.after_ok && c.looks_meant))
        .map(|c| c.code)
}

/// What stands where a code should in a customer's own words ("OK 7K2M9"),
/// right or not, as typed.
pub fn code_like(words: &str) -> Option<&str> {
    own_lines(words).find_map(code_like_in_line)
}

/// As [`code_like`], in one line of their own words.
pub fn code_like_in_line(line: &str) -> Option<&str> {
    let mut tokens = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '!'))
        .filter(|t| !t.is_empty());
    tokens.find(|t| is_ok(t))?;
    tokens.next().filter(|t| {
        (LETTERS - 1..=LETTERS + 1).contains(&t.chars().count())
            && t.chars().any(|c| c.is_ascii_digit())
    })
}

/// The code that a customer's words name instead of the one that was typed
/// for them, right or not. `None` when they name that one, or none at all.
pub fn other_code(brief: &Brief, words: &str, typed: Code) -> Option<String> {
    if candidates(words).iter().any(|c| c.found.code == typed) {
        return None;
    }
    code_in(brief, words)
        .map(|code| code.to_string())
        .or_else(|| code_like(words).map(str::to_owned))
}

/// What a customer wrote around "OK" and the code: before it on the same line,
/// and all that follows. "OK 7K2M9Q, but only from March" is no plain yes.
/// `None` when there are no words, and when the code is not in them.
pub fn beside_code(words: &str, code: Code) -> Option<String> {
    let found = candidates(words);
    let named = || found.iter().filter(|c| c.found.code == code);
    let at = named()
        .find(|c| c.found.after_ok)
        .or_else(|| named().next())?;
    let mut lines = own_lines(words).skip(at.line);
    let line = lines.next()?;
    let has_words = |text: &str| text.contains(char::is_alphanumeric);
    let before = line.get(..at.found.range.start)?.trim();
    let mut after = line.get(at.found.range.end..)?.to_owned();
    for line in lines {
        after.push('\n');
        after.push_str(line);
    }
    let after = after.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    let parts = [before, after.trim_end()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| has_words(part)).collect();
    (!parts.is_empty()).then(|| parts.join(" \u{2026} "))
}

/// The word that makes "OK, but" of an OK. It stops nothing: who heard the yes
/// knows whether it was one.
pub fn reservation(words: &str) -> Option<String> {
    words
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .find(|word| RESERVATIONS.contains(&word.as_str()))
}

const RESERVATIONS: [&str; 9] = [
    "but", "except", "unless", "however", "although", "if", "once", "only", "provided",
];

/// A code in a line of a customer's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub code: Code,
    /// Of the code and the "OK" before it, in bytes of that line.
    pub range: Range<usize>,
    pub after_ok: bool,
    /// A digit or capitals only: "thanks" may have a right check letter.
    pub looks_meant: bool,
}

struct Candidate {
    /// Among the lines that the customer wrote, from 0.
    line: usize,
    found: Found,
}

fn candidates(words: &str) -> Vec<Candidate> {
    let lines = own_lines(words).enumerate();
    let found = lines.flat_map(|(line, text)| {
        let found = codes_in_line(text).into_iter();
        found.map(move |found| Candidate { line, found })
    });
    found.collect()
}

/// The codes in one line of their own words, in any case and spacing. What
/// happens to look like a code is found as well: see [`Found::looks_meant`].
pub fn codes_in_line(line: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let tokens = tokens(line);
    for (at, (start, token)) in tokens.iter().enumerate() {
        if token.len() > LETTERS + 4 {
            continue;
        }
        let before = |n: usize| at.checked_sub(n).and_then(|b| tokens.get(b));
        let ok = before(1).filter(|(_, word)| is_ok(word));
        // Our own sentence, quoted without a mark: Reply "OK 7K2M9Q".
        let reply = |(_, word): &(usize, &str)| word.eq_ignore_ascii_case("reply");
        if ok.is_some() && (before(2).is_some_and(reply) || is_to_say_yes(&before)) {
            continue;
        }
        let first = ok.map_or(*start, |(start, _)| *start);
        let mut consider = |text: &str, after_ok: bool, end: usize| {
            if text.len() != LETTERS {
                return;
            }
            if let Ok(code) = Code::parse(text) {
                found.push(Found {
                    code,
                    range: first..end,
                    after_ok,
                    looks_meant: text.contains(|c: char| c.is_ascii_digit())
                        || !text.contains(|c: char| c.is_lowercase()),
                });
            }
        };
        // "7K2 M9Q", "7 K 2 M 9 Q"
        let mut text = String::with_capacity(LETTERS);
        for (start, more) in tokens.iter().skip(at) {
            if text.len() + more.len() > LETTERS {
                break;
            }
            text.push_str(more);
            consider(&text, ok.is_some(), start + more.len());
        }
        // "OK7K2M9Q"
        if let Some(glued) = token
            .get(..2)
            .filter(|head| is_ok(head))
            .and(token.get(2..))
        {
            consider(glued, true, start + token.len());
        }
    }
    found
}

/// Our sentence in a message about several briefs: To say yes to it: "OK ...".
fn is_to_say_yes<'t>(before: &impl Fn(usize) -> Option<&'t (usize, &'t str)>) -> bool {
    ["it", "to", "yes", "say", "to"]
        .iter()
        .zip(2..)
        .all(|(word, n)| before(n).is_some_and(|(_, w)| w.eq_ignore_ascii_case(word)))
}

/// The words of a line, each with its place in bytes.
fn tokens(line: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut tokens = Vec::new();
    for part in line.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let token = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !token.is_empty() {
            tokens.push((at, token));
        }
        at += part.len();
    }
    tokens
}

fn is_ok(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.eq_ignore_ascii_case("ok") || word.eq_ignore_ascii_case("okay")
}

#[cfg(test)]
mod tests;
