//! Lines, keys and values.

use std::borrow::Cow;

use chrono::{FixedOffset, NaiveDate, TimeZone as _};
use memchr::{memchr, memchr2};

use super::{Kind, Value};
use crate::domain::{Day, Moment};

/// Reads from the front of a text. All fail where they find what they do not
/// know, and nothing is read after that.
#[derive(Debug, Clone)]
pub(super) struct Scanner<'t> {
    rest: &'t str,
}

impl<'t> Scanner<'t> {
    pub fn of(text: &'t str) -> Self {
        Self { rest: text }
    }

    /// The first byte of what is left.
    pub fn peek(&self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    /// Takes so many bytes, which end at a character.
    fn take(&mut self, count: usize) -> Option<&'t str> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn eat(&mut self, what: &str) -> bool {
        match self.rest.strip_prefix(what) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        let count = self.rest.bytes().take_while(|byte| is_skipped(*byte));
        let count = count.count();
        // Only plain bytes are skipped, so that it ends at a character.
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// Blank lines, and lines with nothing but a comment.
    pub fn skip_blank_and_comment_lines(&mut self) -> Option<()> {
        while let Some(b'\n' | b'#' | b' ' | b'\t') = self.peek() {
            self.line_end()?;
        }
        Some(())
    }

    /// Blanks, a comment and the end of the line or the text.
    fn line_end(&mut self) -> Option<()> {
        self.skip(is_blank);
        match self.peek() {
            None => {}
            Some(b'\n') => self.rest = self.rest.get(1..)?,
            Some(b'#') => {
                let end = memchr(b'\n', self.rest.as_bytes());
                let end = end.map_or(self.rest.len(), |at| at + 1);
                self.rest = self.rest.get(end..)?;
            }
            Some(_) => return None,
        }
        Some(())
    }

    /// A name of letters, digits, `-` and `_`.
    fn bare(&mut self) -> Option<&'t str> {
        let is_part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        let count = self.rest.as_bytes().iter().take_while(|b| is_part(b));
        let name = self.take(count.count())?;
        (!name.is_empty()).then_some(name)
    }

    /// `[plan]`, `[answer.purpose]`, `[[need]]`, and the end of the line.
    pub fn header(&mut self) -> Option<(Kind, &'t str)> {
        let is_item = self.eat("[[");
        if !is_item && !self.eat("[") {
            return None;
        }
        let whole = self.rest;
        self.bare()?;
        if !is_item && self.eat(".") {
            self.bare()?;
        }
        let header = whole.get(..whole.len() - self.rest.len())?;
        let is_closed = self.eat(if is_item { "]]" } else { "]" });
        self.line_end().filter(|()| is_closed)?;
        match is_item {
            true => Some((Kind::of_item(header)?, "")),
            false => Kind::of_table(header),
        }
    }

    /// `key = value`, and the end of the line.
    pub fn entry(&mut self) -> Option<(&'t str, Value<'t>)> {
        let key = self.bare()?;
        self.skip(is_blank);
        if !self.eat("=") {
            return None;
        }
        self.skip(is_blank);
        let value = self.value()?;
        self.line_end()?;
        Some((key, value))
    }

    fn value(&mut self) -> Option<Value<'t>> {
        match self.peek()? {
            b'"' | b'\'' => self.text().map(Value::Text),
            b'[' => self.texts().map(Value::Texts),
            _ => {
                let end = |b: &u8| is_blank(*b) || matches!(b, b'\n' | b'#');
                let end = self.rest.as_bytes().iter().position(end);
                plain(self.take(end.unwrap_or(self.rest.len()))?)
            }
        }
    }

    fn texts(&mut self) -> Option<Vec<Cow<'t, str>>> {
        let mut texts = Vec::new();
        if !self.eat("[") {
            return None;
        }
        loop {
            self.skip(|byte| is_blank(byte) || byte == b'\n');
            if self.eat("]") {
                return Some(texts);
            }
            texts.push(self.text()?);
            self.skip(|byte| is_blank(byte) || byte == b'\n');
            if !self.eat(",") {
                return self.eat("]").then_some(texts);
            }
        }
    }

    /// A text in any of the four kinds of quotes.
    fn text(&mut self) -> Option<Cow<'t, str>> {
        if self.eat("\"\"\"") {
            self.eat("\n");
            self.quoted(true)
        } else if self.eat("'''") {
            self.eat("\n");
            let end = memchr::memmem::find(self.rest.as_bytes(), b"'''")?;
            let text = self.take(end)?;
            // More quotes at the end are part of it.
            let is_end = self.eat("'''") && self.peek() != Some(b'\'');
            is_end.then_some(Cow::Borrowed(text))
        } else if self.eat("\"") {
            self.quoted(false)
        } else if self.eat("'") {
            let end = memchr2(b'\'', b'\n', self.rest.as_bytes())?;
            let text = self.take(end)?;
            self.eat("'").then_some(Cow::Borrowed(text))
        } else {
            None
        }
    }

    /// What follows the quotes that begin a text, to those that end it.
    fn quoted(&mut self, has_lines: bool) -> Option<Cow<'t, str>> {
        let mut text = Cow::Borrowed("");
        loop {
            let part = match has_lines {
                true => memchr2(b'"', b'\\', self.rest.as_bytes())?,
                false => memchr::memchr3(b'"', b'\\', b'\n', self.rest.as_bytes())?,
            };
            let part = self.take(part)?;
            let quotes = if has_lines { "\"\"\"" } else { "\"" };
            if self.eat(quotes) {
                // More quotes at the end are part of it.
                if has_lines && self.peek() == Some(b'"') {
                    return None;
                }
                join(&mut text, part);
                return Some(text);
            }
            join(&mut text, part);
            match self.peek()? {
                b'\\' => {
                    let c = self.escape()?;
                    text.to_mut().push(c);
                }
                b'"' => join(&mut text, self.take(1)?),
                // The end of a line in a text of one.
                _ => return None,
            }
        }
    }

    /// One of the escapes that this program writes.
    fn escape(&mut self) -> Option<char> {
        let c = match self.take(2)? {
            "\\\\" => '\\',
            "\\\"" => '"',
            "\\n" => '\n',
            "\\t" => '\t',
            "\\r" => '\r',
            "\\u" => {
                let digits = self.take(4)?;
                let are_digits = digits.bytes().all(|b| b.is_ascii_hexdigit());
                let number = u32::from_str_radix(digits, 16).ok();
                return char::from_u32(number.filter(|_| are_digits)?);
            }
            _ => return None,
        };
        Some(c)
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Appends without a copy where there is nothing yet.
fn join<'t>(text: &mut Cow<'t, str>, part: &'t str) {
    if text.is_empty() && matches!(text, Cow::Borrowed(_)) {
        *text = Cow::Borrowed(part);
    } else if !part.is_empty() {
        text.to_mut().push_str(part);
    }
}

/// A value that is no text.
fn plain(word: &str) -> Option<Value<'static>> {
    Some(match word {
        "true" => Value::Flag(true),
        "false" => Value::Flag(false),
        _ if word.len() == 10 => Value::Day(day(word.as_bytes())?),
        _ if word.len() > 10 => Value::Moment(moment(word)?),
        _ => {
            let is_number = word.bytes().all(|b| b.is_ascii_digit());
            if !is_number || (word.len() > 1 && word.starts_with('0')) {
                return None;
            }
            Value::Number(word.parse().ok()?)
        }
    })
}

/// A number of so many digits.
fn digits<const N: usize>(bytes: &[u8]) -> Option<u32> {
    let bytes: &[u8; N] = bytes.try_into().ok()?;
    bytes.iter().try_fold(0, |all: u32, byte| {
        byte.is_ascii_digit()
            .then(|| all * 10 + u32::from(byte - b'0'))
    })
}

/// `2026-02-19`
fn day(bytes: &[u8]) -> Option<Day> {
    let [year @ .., b'-', m1, m2, b'-', d1, d2] = bytes else {
        return None;
    };
    let year = i32::try_from(digits::<4>(year)?).ok()?;
    let (month, day) = (digits::<2>(&[*m1, *m2])?, digits::<2>(&[*d1, *d2])?);
    NaiveDate::from_ymd_opt(year, month, day)
}

/// `2026-02-03T09:00:00+01:00`, with `Z` for an offset of nothing, and a part of
/// a second of three, six or nine digits.
fn moment(word: &str) -> Option<Moment> {
    let (date, rest) = word.as_bytes().split_at_checked(10)?;
    let (time, rest) = rest.split_at_checked(9)?;
    let [b'T', h1, h2, b':', m1, m2, b':', s1, s2] = time else {
        return None;
    };
    let two = |a: &u8, b: &u8| digits::<2>(&[*a, *b]);
    let (hour, minute, second) = (two(h1, h2)?, two(m1, m2)?, two(s1, s2)?);
    let (nanos, rest) = match rest {
        [b'.', rest @ ..] => {
            let count = rest.iter().take_while(|byte| byte.is_ascii_digit());
            let (part, rest) = rest.split_at_checked(count.count())?;
            let nanos = match part.len() {
                3 => digits::<3>(part)? * 1_000_000,
                6 => digits::<6>(part)? * 1_000,
                9 => digits::<9>(part)?,
                _ => return None,
            };
            (nanos, rest)
        }
        _ => (0, rest),
    };
    let east = match rest {
        b"Z" => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two(h1, h2)?, two(m1, m2)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
            if *sign == b'-' { -seconds } else { seconds }
        }
        _ => return None,
    };
    let at = day(date)?.and_hms_nano_opt(hour, minute, second, nanos)?;
    FixedOffset::east_opt(east)?
        .from_local_datetime(&at)
        .single()
}
