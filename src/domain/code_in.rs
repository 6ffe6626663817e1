//! Finding the code in a customer's own words ("ok 7k2 m9q, thanks").
//!
//! Only what they wrote counts: a mail that quotes the message below an answer
//! quotes its code too, and that is no yes.

use std::ops::Range;

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
    if found.iter().any(|c| c.code == today) {
        return Some(today);
    }
    let older: Vec<String> = sign_off::versions(brief)
        .into_iter()
        .map(|v| v.code)
        .collect();
    found
        .iter()
        .find(|c| older.contains(&c.code.to_string()))
        .or_else(|| found.iter().find(|c| c.after_ok && c.looks_meant))
        .map(|c| c.code)
}

/// What stands where a code should in a customer's own words ("OK 7K2M9"),
/// right or not, as typed.
pub fn code_like(words: &str) -> Option<&str> {
    own_lines(words).find_map(|line| {
        let mut tokens = line
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '!'))
            .filter(|t| !t.is_empty());
        tokens.find(|t| is_ok(t))?;
        tokens.next().filter(|t| {
            (LETTERS - 1..=LETTERS + 1).contains(&t.chars().count())
                && t.chars().any(|c| c.is_ascii_digit())
        })
    })
}

/// The code that a customer's words name instead of the one that was typed
/// for them, right or not. `None` when they name that one, or none at all.
pub fn other_code(brief: &Brief, words: &str, typed: Code) -> Option<String> {
    if candidates(words).iter().any(|c| c.code == typed) {
        return None;
    }
    code_in(brief, words)
        .map(|code| code.to_string())
        .or_else(|| code_like(words).map(str::to_owned))
}

/// Whether a customer's own words hold this code.
pub(super) fn names(words: &str, code: Code) -> bool {
    candidates(words).iter().any(|c| c.code == code)
}

/// What a customer wrote around "OK" and the code: before it on the same line,
/// and all that follows. "OK 7K2M9Q, but only from March" is no plain yes.
/// `None` when there are no words, and when the code is not in them.
pub fn beside_code(words: &str, code: Code) -> Option<String> {
    let found = candidates(words);
    let named = || found.iter().filter(|c| c.code == code);
    let at = named().find(|c| c.after_ok).or_else(|| named().next())?;
    let mut lines = own_lines(words).skip(at.line);
    let line = lines.next()?;
    let has_words = |text: &str| text.contains(char::is_alphanumeric);
    let before = line.get(..at.range.start)?.trim();
    let mut after = line.get(at.range.end..)?.to_owned();
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

struct Candidate {
    code: Code,
    /// Among the lines that the customer wrote, from 0.
    line: usize,
    /// Of the code and the "OK" before it, in bytes of that line.
    range: Range<usize>,
    after_ok: bool,
    /// A digit or capitals only: "thanks" may have a right check letter.
    looks_meant: bool,
}

fn candidates(words: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (number, line) in own_lines(words).enumerate() {
        let tokens = tokens(line);
        for (at, (start, token)) in tokens.iter().enumerate() {
            let before = |n: usize| at.checked_sub(n).map(|b| tokens[b]);
            let ok = before(1).filter(|(_, word)| is_ok(word));
            // Our own sentence, quoted without a mark: Reply "OK 7K2M9Q".
            let reply = |(_, word): (usize, &str)| word.eq_ignore_ascii_case("reply");
            if ok.is_some() && before(2).is_some_and(reply) {
                continue;
            }
            let first = ok.map_or(*start, |(start, _)| start);
            let mut consider = |text: &str, after_ok: bool, end: usize| {
                if let Ok(code) = Code::parse(text) {
                    found.push(Candidate {
                        code,
                        line: number,
                        range: first..end,
                        after_ok,
                        looks_meant: text.contains(|c: char| c.is_ascii_digit())
                            || !text.contains(|c: char| c.is_lowercase()),
                    });
                }
            };
            // "7K2 M9Q", "7 K 2 M 9 Q"
            let mut text = String::new();
            for (start, more) in &tokens[at..] {
                text.push_str(more);
                if text.chars().count() > LETTERS + 2 {
                    break;
                }
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
    }
    found
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

/// The lines that the customer wrote: without quoted ones, and nothing after
/// the head of a mail that is quoted below.
fn own_lines(words: &str) -> impl Iterator<Item = &str> {
    let lines: Vec<&str> = words.lines().map(str::trim).collect();
    let end = (0..lines.len())
        .find(|at| begins_quote(&lines[*at..]))
        .unwrap_or(lines.len());
    lines
        .into_iter()
        .take(end)
        .filter(|line| !line.starts_with(['>', '|', '\u{ff1e}']))
}

/// `-----Original Message-----`, a rule of underscores (Outlook), or the head
/// of a mail: two lines such as `From: ...` and `Sent: ...`.
fn begins_quote(lines: &[&str]) -> bool {
    let Some(first) = lines.first() else {
        return false;
    };
    let rule = |c: char| first.starts_with(&String::from(c).repeat(5));
    if rule('_') || (rule('-') && first.ends_with("-----")) {
        return true;
    }
    let head = |line: &str| {
        let label = line.trim_matches('*').split(':').next().unwrap_or_default();
        line.contains(':')
            && ["from", "sent", "date", "to", "cc", "subject"]
                .iter()
                .any(|known| label.trim().eq_ignore_ascii_case(known))
    };
    head(first) && lines.get(1).is_some_and(|next| head(next))
}

#[cfg(test)]
mod tests;
