//! Finding the code in a customer's own words ("ok 7k2 m9q, thanks").
//!
//! Only what they wrote counts: a mail that quotes the message below an answer
//! quotes its code too, and that is no yes.

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

struct Candidate {
    code: Code,
    after_ok: bool,
    /// A digit or capitals only: "thanks" may have a right check letter.
    looks_meant: bool,
}

fn candidates(words: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    for line in own_lines(words) {
        let tokens: Vec<&str> = line
            .split(|c: char| !c.is_alphanumeric())
            .filter(|t| !t.is_empty())
            .collect();
        for (at, token) in tokens.iter().enumerate() {
            let before = |n: usize| at.checked_sub(n).map(|b| tokens[b]);
            let after_ok = before(1).is_some_and(is_ok);
            // Our own sentence, quoted without a mark: Reply "OK 7K2M9Q".
            let reply = |word: &str| word.eq_ignore_ascii_case("reply");
            if after_ok && before(2).is_some_and(reply) {
                continue;
            }
            // "7K2 M9Q", "7 K 2 M 9 Q"
            let mut text = String::new();
            for more in &tokens[at..] {
                text.push_str(more);
                if text.chars().count() > LETTERS + 2 {
                    break;
                }
                consider(&text, after_ok, &mut found);
            }
            // "OK7K2M9Q"
            if let Some(glued) = token
                .get(..2)
                .filter(|head| is_ok(head))
                .and(token.get(2..))
            {
                consider(glued, true, &mut found);
            }
        }
    }
    found
}

fn consider(text: &str, after_ok: bool, found: &mut Vec<Candidate>) {
    if let Ok(code) = Code::parse(text) {
        found.push(Candidate {
            code,
            after_ok,
            looks_meant: text.contains(|c: char| c.is_ascii_digit())
                || !text.contains(|c: char| c.is_lowercase()),
        });
    }
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
