//! Text that was pasted with the head of the mail above it, or with the line
//! that a chat puts above what somebody says.

use super::mail::one_line;
use super::{Letter, days};
use crate::domain::own_words::{HeadField, head_line};

/// Reads pasted text: who, when and about what from its head, if it has one.
pub fn read(text: &str) -> Letter {
    mail_head(text)
        .or_else(|| chat_head(text))
        .unwrap_or_else(|| Letter {
            text: text.to_owned(),
            ..Letter::default()
        })
}

/// `From: ... Sent: ...`, in the languages of mail programs.
fn mail_head(text: &str) -> Option<Letter> {
    let mut letter = Letter::default();
    let mut from = false;
    let mut other = false;
    let mut end = 0;
    for line in text.split_inclusive('\n').take(20) {
        let trimmed = line.trim();
        match head_line(trimmed) {
            Some((field, value)) => {
                let value = one_line(value);
                match field {
                    HeadField::From if !from => {
                        (letter.name, letter.address) = who(&value);
                        from = true;
                    }
                    HeadField::Date if letter.on.is_none() => {
                        letter.on = days::written(&value);
                        other = true;
                    }
                    HeadField::Subject if letter.subject.is_empty() => {
                        letter.subject = value;
                        other = true;
                    }
                    _ => {}
                }
            }
            None if trimmed.is_empty() && end == 0 => {}
            None => break,
        }
        end += line.len();
    }
    if !(from && other) {
        return None;
    }
    text.get(end..)?.clone_into(&mut letter.text);
    Some(letter)
}

/// Name and address from `Dana Reyes <dana@example.com>` and its kin.
fn who(value: &str) -> (String, String) {
    let is_mark = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '[' | ']' | '(' | ')' | '"' | ';' | ',')
    };
    let address = value.split(is_mark).find(|word| word.contains('@'));
    let address = address
        .map(|a| a.trim_start_matches("mailto:"))
        .unwrap_or_default();
    let name = value.split(['<', '[', '(']).next().unwrap_or_default();
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '*'));
    let name = if name.contains('@') { "" } else { name };
    (name.to_owned(), address.to_owned())
}

/// "Dana Reyes  9:12 AM", "[05.02.26, 09:12] Dana Reyes: OK".
fn chat_head(text: &str) -> Option<Letter> {
    let text = text.trim_start();
    let line = text.lines().next()?;
    if line.len() > 120 {
        return None;
    }
    // WhatsApp and Teams: a stamp in brackets, a name, and perhaps their words.
    if let Some(inner) = line.strip_prefix('[') {
        let (stamp, rest) = inner.split_once(']')?;
        if !has_time(stamp) {
            return None;
        }
        let (name, words) = rest.split_once(": ").unwrap_or((rest, ""));
        if !is_person(name) {
            return None;
        }
        let mut words = words.to_owned();
        words.push_str(text.get(line.len()..)?);
        return Some(Letter {
            name: one_line(name),
            on: days::written(stamp),
            text: words,
            ..Letter::default()
        });
    }
    let mut end = line.len();
    let mut head = line.to_owned();
    if !has_time(line) {
        // Slack puts the time on the line below the name.
        let next = text.get(line.len()..)?.trim_start();
        let below = next.lines().next()?;
        let only_time = below.len() <= 12 && has_time(below);
        if !only_time || !is_person(line) {
            return None;
        }
        end = text.len() - next.len() + below.len();
        head.push_str("  ");
        head.push_str(below.trim());
    }
    let mut words = head
        .split([' ', ',', '\t', '\u{a0}', '[', ']', '(', ')'])
        .filter(|w| !w.is_empty());
    let name: Vec<&str> = words
        .by_ref()
        .take_while(|w| !w.starts_with(|c: char| c.is_ascii_digit()) && !is_day_word(w))
        .collect();
    let rest_is_time = words.all(|w| {
        w.starts_with(|c: char| c.is_ascii_digit())
            || is_day_word(w)
            || matches!(w, "AM" | "PM" | "am" | "pm" | "at" | "um" | "\u{e0}")
    });
    let name = name.join(" ");
    (rest_is_time && is_person(&name)).then(|| Letter {
        name,
        on: days::written(&head),
        text: text.get(end..).unwrap_or_default().to_owned(),
        ..Letter::default()
    })
}

fn is_day_word(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',']);
    let is_month = days::month(word).is_some();
    is_month
        || crate::domain::date::weekday(word).is_some()
        || matches!(word, "Today" | "Yesterday" | "Heute" | "Gestern")
}

/// `9:12`, with nothing glued to it but an `AM`.
fn has_time(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '(' | ')'))
        .any(|word| {
            let digits =
                |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
            let word = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let mut parts = word.split(':');
            let (hours, minutes) = (parts.next(), parts.next());
            hours.is_some_and(digits) && minutes.is_some_and(|m| m.len() == 2 && digits(m))
        })
}

/// Two to four words, each as names are written.
fn is_person(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let count = words.clone().count();
    (2..=4).contains(&count)
        && words.all(|w| w.chars().next().is_some_and(char::is_uppercase))
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '?' | '!'))
}
