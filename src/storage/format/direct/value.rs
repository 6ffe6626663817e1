//! Headers, keys and values of a text, in the few ways in which this program writes
//! them and in which people do nearly always.

use std::borrow::Cow;

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _};
use memchr::{memchr, memchr2, memchr3};

use super::{Kind, Value};
use crate::domain::{Day, Moment};

/// Reads a text from the front. What is asked for fails where there is something
/// else, and nothing is read after that.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

/// What comes next in a text.
#[derive(Debug)]
pub(super) enum Part<'t> {
    Header(Kind, &'t str),
    Entry(&'t str, Value<'t>),
    End,
}

impl<'t> Scanner<'t> {
    /// Reads a text without controls but for line ends and tabs.
    pub fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next header or key.
    pub fn part(&mut self) -> Option<Part<'t>> {
        self.skip_blank_lines();
        match self.byte() {
            None => Some(Part::End),
            Some(b'[') => {
                let (kind, name) = self.header()?;
                self.end_line()?;
                Some(Part::Header(kind, name))
            }
            Some(_) => {
                let key = self.bare()?;
                self.skip_blanks();
                self.eat(b'=')?;
                self.skip_blanks();
                let value = self.value()?;
                self.end_line()?;
                Some(Part::Entry(key, value))
            }
        }
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        self.byte().filter(|found| *found == byte)?;
        self.at += 1;
        Some(())
    }

    fn take(&mut self, size: usize) -> Option<&'t str> {
        let taken = self.text.get(self.at..self.at.checked_add(size)?)?;
        self.at += size;
        Some(taken)
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\t') = self.byte() {
            self.at += 1;
        }
    }

    fn skip_comment(&mut self) {
        let rest = self.rest();
        self.at += memchr(b'\n', rest).unwrap_or(rest.len());
    }

    /// What may stand between two keys, and between two values of a list.
    fn skip_blank_lines(&mut self) {
        loop {
            match self.byte() {
                Some(b' ' | b'\t' | b'\n') => self.at += 1,
                Some(b'#') => self.skip_comment(),
                _ => return,
            }
        }
    }

    /// The end of a line on which there is no more than a comment.
    fn end_line(&mut self) -> Option<()> {
        self.skip_blanks();
        if self.byte() == Some(b'#') {
            self.skip_comment();
        }
        match self.byte() {
            None => Some(()),
            Some(_) => self.eat(b'\n'),
        }
    }

    /// A name of letters, digits, `-` and `_`.
    fn bare(&mut self) -> Option<&'t str> {
        let is_bare = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        let rest = self.rest();
        let size = rest.iter().position(|b| !is_bare(b)).unwrap_or(rest.len());
        self.take(size).filter(|name| !name.is_empty())
    }

    /// `[plan]`, `[answer.purpose]`, `[[need]]`.
    fn header(&mut self) -> Option<(Kind, &'t str)> {
        self.eat(b'[')?;
        if self.eat(b'[').is_some() {
            let kind = Kind::of_item(self.bare()?)?;
            self.eat(b']')?;
            self.eat(b']')?;
            return Some((kind, ""));
        }
        let name = self.bare()?;
        let found = match self.eat(b'.') {
            Some(()) if name == "answer" => (Kind::Answer, self.bare()?),
            Some(()) => return None,
            None => (Kind::of_table(name)?, ""),
        };
        self.eat(b']')?;
        Some(found)
    }

    fn value(&mut self) -> Option<Value<'t>> {
        match self.byte()? {
            b'"' | b'\'' => Some(Value::Text(self.string()?)),
            b'[' => Some(Value::Texts(self.list()?)),
            b't' | b'f' => match self.bare()? {
                "true" => Some(Value::Flag(true)),
                "false" => Some(Value::Flag(false)),
                _ => None,
            },
            _ => {
                let rest = self.rest();
                let is_end = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'#');
                let size = rest.iter().position(is_end).unwrap_or(rest.len());
                plain(self.take(size)?)
            }
        }
    }

    fn list(&mut self) -> Option<Vec<Cow<'t, str>>> {
        self.eat(b'[')?;
        let mut texts = Vec::new();
        loop {
            self.skip_blank_lines();
            if self.eat(b']').is_some() {
                return Some(texts);
            }
            texts.push(self.string()?);
            self.skip_blank_lines();
            if self.eat(b',').is_none() {
                self.eat(b']')?;
                return Some(texts);
            }
        }
    }

    fn string(&mut self) -> Option<Cow<'t, str>> {
        let rest = self.rest();
        if rest.starts_with(b"\"\"\"") {
            self.at += 3;
            // A line end behind the quotes is for the eye.
            let _ = self.eat(b'\n');
            return self.lines();
        }
        let quote = *rest.first()?;
        self.at += 1;
        match quote {
            b'"' => self.line(),
            b'\'' if !rest.starts_with(b"'''") => {
                let rest = self.rest();
                let size = memchr2(b'\'', b'\n', rest)?;
                let text = self.take(size)?;
                self.eat(b'\'')?;
                Some(text.into())
            }
            _ => None,
        }
    }

    /// A text behind its quote.
    fn line(&mut self) -> Option<Cow<'t, str>> {
        let rest = self.rest();
        let (mut size, mut is_plain) = (0, true);
        loop {
            size += memchr3(b'"', b'\\', b'\n', rest.get(size..)?)?;
            match rest.get(size)? {
                b'"' => break,
                b'\\' => (size, is_plain) = (size + 2, false),
                _ => return None,
            }
        }
        let text = self.take(size)?;
        self.eat(b'"')?;
        if is_plain {
            return Some(text.into());
        }
        unescaped(text).map(Cow::Owned)
    }

    /// A text of several lines behind its quotes.
    fn lines(&mut self) -> Option<Cow<'t, str>> {
        let rest = self.rest();
        let (mut size, mut is_plain) = (0, true);
        loop {
            size += memchr2(b'"', b'\\', rest.get(size..)?)?;
            let from = rest.get(size..)?;
            if from.starts_with(b"\"\"\"") {
                break;
            }
            match from.first()? {
                b'"' => size += 1,
                _ => (size, is_plain) = (size + 2, false),
            }
        }
        // One or two more quotes belong to the text.
        let more = rest.get(size + 3..)?.iter().take_while(|b| **b == b'"');
        size += match more.count() {
            more @ 0..=2 => more,
            _ => return None,
        };
        let text = self.take(size)?;
        self.at += 3;
        if is_plain {
            return Some(text.into());
        }
        unescaped(text).map(Cow::Owned)
    }
}

/// A text without its escapes; `None` for the rare ones.
fn unescaped(text: &str) -> Option<String> {
    let mut all = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'\\', rest.as_bytes()) {
        all.push_str(rest.get(..at)?);
        let size = match rest.as_bytes().get(at + 1)? {
            b'\\' => (all.push('\\'), 2).1,
            b'"' => (all.push('"'), 2).1,
            b'n' => (all.push('\n'), 2).1,
            b't' => (all.push('\t'), 2).1,
            b'r' => (all.push('\r'), 2).1,
            b'u' => {
                let hex = rest.get(at + 2..at + 6)?;
                // It takes a sign as well.
                if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
                    return None;
                }
                all.push(char::from_u32(u32::from_str_radix(hex, 16).ok()?)?);
                6
            }
            _ => return None,
        };
        rest = rest.get(at + size..)?;
    }
    all.push_str(rest);
    Some(all)
}

/// A day, a moment or a number.
fn plain(text: &str) -> Option<Value<'static>> {
    let bytes = text.as_bytes();
    if let Some((day, rest)) = bytes.split_first_chunk::<10>()
        && day.get(4) == Some(&b'-')
    {
        let day = day_of(day)?;
        return match rest {
            [] => Some(Value::Day(day)),
            _ => Some(Value::Moment(moment_of(day, rest)?)),
        };
    }
    let is_number = match bytes {
        [b'0'] => true,
        [b'1'..=b'9', more @ ..] => more.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    is_number.then(|| text.parse().ok())?.map(Value::Number)
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |all, byte| {
        byte.is_ascii_digit()
            .then(|| 10 * all + u32::from(byte - b'0'))
    })
}

/// `2026-02-03`
fn day_of(bytes: &[u8; 10]) -> Option<Day> {
    let [y @ .., b'-', m1, m2, b'-', d1, d2] = bytes else {
        return None;
    };
    let year = i32::try_from(digits(y)?).ok()?;
    NaiveDate::from_ymd_opt(year, digits(&[*m1, *m2])?, digits(&[*d1, *d2])?)
}

/// What follows the day: `T09:00:00+01:00`, `T09:00:00.5Z`.
fn moment_of(day: Day, bytes: &[u8]) -> Option<Moment> {
    let ([b'T', h1, h2, b':', m1, m2, b':', s1, s2], rest) = bytes.split_first_chunk::<9>()? else {
        return None;
    };
    let (nanos, rest) = match rest {
        [b'.', rest @ ..] => {
            let size = rest.iter().take_while(|b| b.is_ascii_digit()).count();
            let (fraction, rest) = rest.split_at_checked(size)?;
            let scale = 10_u32.pow(u32::try_from(9_usize.checked_sub(size)?).ok()?);
            (
                digits(fraction).filter(|_| size > 0)?.checked_mul(scale)?,
                rest,
            )
        }
        _ => (0, rest),
    };
    let minutes = match rest {
        [b'Z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let minutes = i32::try_from(60 * hours + minutes).ok()?;
            if *sign == b'-' { -minutes } else { minutes }
        }
        _ => return None,
    };
    let (hour, minute) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
    // A leap second is none of these.
    let time = NaiveTime::from_hms_nano_opt(hour, minute, digits(&[*s1, *s2])?, nanos)?;
    let offset = FixedOffset::east_opt(60 * minutes)?;
    offset
        .from_local_datetime(&NaiveDateTime::new(day, time))
        .single()
}
