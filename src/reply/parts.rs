//! Takes a reply apart: what of it are its writer's own words, and what each
//! stretch of them stands below.

use super::Letter;
use super::asked::{Asked, At, Ours};
use crate::domain::own_words::{self, Line, Whose, plain};
use crate::domain::{Code, Sheet};

/// A stretch of own words, between quotes.
#[derive(Debug)]
pub struct Part<'a> {
    pub lines: Vec<Line<'a>>,
    pub below: Option<Below>,
}

/// The question below which words stand.
#[derive(Debug, Clone, Copy)]
pub struct Below {
    pub put: At,
    /// Marked as a quote, and no other question between it and the last words.
    pub sure: bool,
}

/// A reply, taken apart.
pub struct Parts<'a> {
    pub parts: Vec<Part<'a>>,
    /// Why numbers in it may mean the questions of another message.
    pub shaky: Option<&'static str>,
    /// Numbers that mean other questions in what is quoted.
    pub other: Vec<usize>,
    /// Behind more lines than anybody writes: not taken apart.
    pub rest: &'a str,
}

/// Only so many lines are looked at one by one, empty ones not counted. A
/// megabyte of usual mail has fewer.
const LINES: usize = 32_000;
/// And so many of them that are their own.
const OWN: usize = 16_000;
/// Further empty lines between two others say nothing more.
const EMPTY: usize = 10;

enum Token<'a> {
    Own(Line<'a>),
    Quoted { what: Option<Ours>, marked: bool },
}

/// Names that the writer of a letter goes by.
fn names(letter: &Letter, sheets: &[Sheet]) -> Vec<String> {
    let to = sheets.iter().map(|s| s.to.as_str().replace('-', " "));
    let mut names: Vec<String> = to.chain([plain(&letter.name)]).collect();
    names.retain(|name| !name.is_empty());
    names.dedup();
    names
}

pub fn take<'a>(letter: &'a Letter, asked: &mut Asked<'_>) -> Parts<'a> {
    let names = names(letter, asked.sheets);
    let (text, mut rest) = within(&letter.text);
    let mut lines = own_words::lines_by(text, &names);
    let is_own = |line: &Line<'_>| line.whose == Whose::Own && !line.text.is_empty();
    let mut own = lines.iter().enumerate().filter(|(_, line)| is_own(line));
    if let Some((at, line)) = own.nth(OWN) {
        let begins = line.text.as_ptr().addr() - text.as_ptr().addr();
        rest = letter.text.get(begins..).unwrap_or_default();
        lines.truncate(at);
    }
    let copy = unmarked_copy(&lines, asked, &names);
    greeted_by_name(&mut lines, asked);
    let turn = other_message(&lines, asked);
    if let Some(Turn::To(sheet)) = turn {
        asked.turn_to(sheet);
    }
    let mut other = Vec::new();
    let tokens = tokens(&lines, copy, asked, &mut other);
    Parts {
        parts: parts(tokens),
        shaky: match turn {
            _ if !rest.is_empty() => Some("beside more lines than are read"),
            Some(Turn::Older) => Some("they answer an older message"),
            Some(Turn::To(_)) => Some("they answer another message"),
            None => None,
        },
        other,
        rest,
    }
}

/// The lines that are taken apart, and all that follows them.
fn within(text: &str) -> (&str, &str) {
    let mut begins = true;
    let mut lines = 0;
    for (at, byte) in text.bytes().enumerate() {
        let ends = byte == b'\n';
        lines += usize::from(begins && !ends);
        begins = ends;
        if lines > LINES {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// "Raj," above the rest: a greeting, unless it names something they were
/// shown.
fn greeted_by_name(lines: &mut [Line<'_>], asked: &Asked<'_>) {
    let mut own = lines.iter_mut().filter(|l| !l.text.is_empty());
    let Some(first) = own.next().filter(|l| l.whose == Whose::Own) else {
        return;
    };
    let Some(name) = first.text.strip_suffix(',') else {
        return;
    };
    let is_name = name.chars().next().is_some_and(char::is_uppercase)
        && name.len() <= 30
        && name.split(' ').count() <= 2
        && name
            .chars()
            .all(|c| c.is_alphabetic() || c == ' ' || c == '-')
        && !super::vocabulary::means_something(name)
        && name.chars().count() > 2
        && !name.split(' ').any(|word| asked.mentions(word));
    if is_name && own.next().is_some() {
        first.whose = Whose::Courtesy;
    }
}

/// Which other message than the last one is quoted.
#[derive(Clone, Copy)]
enum Turn {
    To(usize),
    Older,
}

fn other_message(lines: &[Line<'_>], asked: &Asked<'_>) -> Option<Turn> {
    let mut turn = None;
    for line in lines {
        if !matches!(line.whose, Whose::Quoted | Whose::Below) || line.text.is_empty() {
            continue;
        }
        if let Some(code) = code_to_reply(line.text) {
            let mut active = asked.active.iter().filter_map(|at| asked.sheets.get(*at));
            if active.any(|s| s.code == code) {
                return None;
            }
            let other = asked.sheets.iter().position(|s| s.code == code);
            turn = turn.or(Some(other.map_or(Turn::Older, Turn::To)));
            continue;
        }
        let found = asked.recognise(line.text).filter(|m| m.strong);
        if let Some(Ours::Put((sheet, _))) = found.map(|m| m.ours) {
            if asked.active.contains(&sheet) {
                return None;
            }
            turn = turn.or(Some(Turn::To(sheet)));
        }
    }
    turn
}

/// The code in our sentence `Reply "OK 7K2M9Q" to say yes`.
fn code_to_reply(line: &str) -> Option<Code> {
    let mut words = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    words.find(|w| w.eq_ignore_ascii_case("reply"))?;
    words.next().filter(|w| w.eq_ignore_ascii_case("ok"))?;
    Code::parse(words.next()?).ok()
}

/// A copy of our message that no mark tells from their own words.
#[derive(Clone, Copy)]
struct Copied {
    start: usize,
    /// Behind its last line that is known again.
    end: usize,
    /// Behind the name below it.
    tail: usize,
}

fn unmarked_copy(lines: &[Line<'_>], asked: &Asked<'_>, names: &[String]) -> Option<Copied> {
    let mut found: Vec<(usize, Ours)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.whose != Whose::Own || line.text.is_empty() {
            continue;
        }
        if let Some(m) = asked.recognise(line.text).filter(|m| m.strong) {
            // "Why ..." begins many sentences.
            let weak = m.ours == Ours::Frame
                && !line.text.ends_with([':', '?'])
                && !line.text.contains(": ");
            if !weak {
                found.push((at, m.ours));
            }
        }
    }
    let telling = found
        .iter()
        .any(|(_, ours)| matches!(ours, Ours::Put(_) | Ours::HowTo | Ours::Need(..)));
    let needs: Vec<usize> = found
        .iter()
        .filter_map(|(_, ours)| match ours {
            Ours::Need(_, at) => Some(*at),
            _ => None,
        })
        .collect();
    // All needs in another order are an answer of theirs.
    if needs.len() == found.len() && !needs.is_sorted() {
        return None;
    }
    let alone = found.len() == 1
        && !found
            .iter()
            .any(|(_, o)| matches!(o, Ours::Put(_) | Ours::HowTo));
    if !telling || alone {
        return None;
    }
    let (first, _) = *found.first()?;
    let (last, how) = *found.last()?;
    // From our greeting on, where it stands not far above.
    let greets = |line: &Line<'_>| {
        let said = plain(line.text);
        said.strip_prefix("hello ").is_some_and(|rest| {
            names
                .iter()
                .any(|n| n.split(' ').any(|part| rest.split(' ').any(|w| w == part)))
        })
    };
    let above = lines
        .get(first.saturating_sub(25)..first)
        .unwrap_or_default();
    let greeting = above.iter().rposition(greets);
    let start = greeting.map_or(first, |at| first.saturating_sub(25) + at);
    let has_own = lines
        .get(..start)
        .unwrap_or_default()
        .iter()
        .any(|l| l.whose == Whose::Own && !l.text.is_empty());
    let mut tail = last + 1;
    if has_own && how == Ours::HowTo {
        let mut left = 3;
        for (at, line) in lines.iter().enumerate().skip(last + 1) {
            if line.whose != Whose::Own || line.text.len() > 120 || left == 0 {
                break;
            }
            if !line.text.is_empty() {
                left -= 1;
                tail = at + 1;
            }
        }
    }
    Some(Copied {
        start,
        end: last + 1,
        tail,
    })
}

fn tokens<'a>(
    lines: &[Line<'a>],
    copy: Option<Copied>,
    asked: &Asked<'_>,
    other: &mut Vec<usize>,
) -> Vec<Token<'a>> {
    let mut tokens = Vec::with_capacity(lines.len());
    let mut last: Option<Ours> = None;
    let mut rest = String::new();
    let mut empty = 0;
    for (at, line) in lines.iter().enumerate() {
        let in_copy = copy.is_some_and(|c| (c.start..c.end).contains(&at));
        let in_tail = copy.is_some_and(|c| (c.end..c.tail).contains(&at));
        let marked = matches!(line.whose, Whose::Quoted | Whose::Head);
        if line.text.is_empty() {
            if line.whose == Whose::Own && empty < EMPTY {
                tokens.push(Token::Own(*line));
                empty += 1;
            }
            continue;
        }
        empty = 0;
        if line.whose == Whose::Courtesy && !in_copy {
            continue;
        }
        let quoted = line.whose != Whose::Own || in_copy || in_tail;
        if !quoted {
            last = None;
            rest.clear();
            tokens.push(Token::Own(*line));
            continue;
        }
        if line.whose == Whose::Head || in_tail {
            last = None;
            tokens.push(Token::Quoted { what: None, marked });
            continue;
        }
        // The second half of a text that a mail program broke.
        let said = if rest.is_empty() {
            String::new()
        } else {
            plain(line.text)
        };
        let said = said.strip_suffix(" my guess").unwrap_or(&said);
        if !said.is_empty() && rest.starts_with(said) {
            rest = rest
                .get(said.len()..)
                .unwrap_or_default()
                .trim_start()
                .to_owned();
            tokens.push(Token::Quoted { what: last, marked });
            continue;
        }
        rest.clear();
        let found = asked.recognise(line.text);
        let what = found.map(|m| m.ours);
        if let Some(m) = found {
            m.rest.clone_into(&mut rest);
        }
        let choice = what.is_none() && asked.labelled_choice(line.text);
        if what.is_none() && !choice && marked {
            let number: Option<usize> = line
                .text
                .split(['.', ')'])
                .next()
                .and_then(|n| n.parse().ok());
            other.extend(number.filter(|n| *n < 100 && !other.contains(n)));
        }
        // Unmarked words between our lines: theirs, where they follow a
        // question or a need; else ours, or of somebody else's mail.
        let follows = match last {
            Some(Ours::Put(_) | Ours::Choice(_) | Ours::Guess(_)) => true,
            Some(Ours::Need(..)) => in_copy,
            _ => false,
        };
        if what.is_none() && !choice && !marked && follows && line.whose != Whose::Courtesy {
            if !own_words::is_thanks(line.text) {
                tokens.push(Token::Own(*line));
            }
            continue;
        }
        if what.is_some() {
            last = what;
        } else if !choice {
            last = last.filter(|_| marked);
        }
        tokens.push(Token::Quoted { what, marked });
    }
    tokens
}

fn parts(tokens: Vec<Token<'_>>) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut above: Vec<(Option<Ours>, bool)> = Vec::new();
    for token in tokens {
        match token {
            Token::Quoted { what, marked } => above.push((what, marked)),
            Token::Own(line) if line.text.is_empty() => {
                if let Some(part) = parts.last_mut().filter(|_| above.is_empty()) {
                    part.lines.push(line);
                }
            }
            Token::Own(line) => {
                match parts.last_mut().filter(|_| above.is_empty()) {
                    Some(part) => part.lines.push(line),
                    None => parts.push(Part {
                        lines: vec![line],
                        below: below(&above),
                    }),
                }
                above.clear();
            }
        }
    }
    parts
}

/// The question that ends what is quoted above.
fn below(above: &[(Option<Ours>, bool)]) -> Option<Below> {
    let is_put = |what: &Option<Ours>| matches!(what, Some(Ours::Put(_)));
    let at = above.iter().rposition(|(what, _)| {
        matches!(what, Some(Ours::Put(_) | Ours::Choice(_) | Ours::Guess(_)))
    })?;
    let put = match above.get(at)?.0? {
        Ours::Put(put) | Ours::Choice(put) | Ours::Guess(put) => put,
        _ => return None,
    };
    let after = above.get(at + 1..).unwrap_or_default();
    // Words of ours after it: they write below the whole message.
    if after.len() > 2
        || after
            .iter()
            .any(|(what, _)| matches!(what, Some(Ours::HowTo | Ours::Need(..))))
    {
        return None;
    }
    let puts = above.iter().filter(|(what, _)| is_put(what));
    let mut puts: Vec<Option<Ours>> = puts.map(|(what, _)| *what).collect();
    puts.dedup();
    let sure = after.is_empty()
        && puts.as_slice() == [Some(Ours::Put(put))]
        && above.iter().all(|(_, marked)| *marked);
    Some(Below { put, sure })
}
