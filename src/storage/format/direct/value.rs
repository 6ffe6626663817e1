//! Headers, keys and values of a text, in the few ways in which this program writes
//! them and in which people do nearly always.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _};
use memchr::{memchr, memchr2, memchr3};

use super::{Entry, Kind, MANY, Value};
use crate::domain::{Day, Moment};

/// Reads a text from the front. What is asked for fails where there is something
/// else, and nothing is read after that.
#[derive(Debug, Clone)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

/// A number that is the same for the same keys, and mostly another for others.
fn sign_of(key: &str) -> usize {
    match key.as_bytes() {
        [first, .., last] => usize::from(*first) + 3 * usize::from(*last) + 7 * key.len(),
        _ => 0,
    }
}

/// Whether a table has a key already; also where it has too many to be looked at.
fn is_there(above: &[Entry<'_>], key: &str) -> bool {
    above.len() > MANY || above.iter().any(|(other, _)| *other == key)
}

/// The bytes of keys without quotes.
const BARE: [bool; 256] = {
    let mut are = [false; 256];
    let mut byte = 0_u8;
    while byte < u8::MAX {
        are[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        byte += 1;
    }
    are
};

/// A text as it is written between its quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'t> {
    raw: &'t str,
    /// Whether that is what it says.
    is_plain: bool,
}

impl<'t> Text<'t> {
    pub fn is_empty(self) -> bool {
        self.raw.is_empty()
    }

    /// A name or a known word, which nobody writes with escapes.
    pub fn word(self) -> Option<&'t str> {
        self.is_plain.then_some(self.raw)
    }

    /// What it says; `None` where it has rare escapes.
    pub fn own(self) -> Option<String> {
        match self.is_plain {
            true => Some(self.raw.to_owned()),
            false => unescaped(self.raw),
        }
    }
}

/// The texts of a list, which were gone through once before.
#[derive(Debug, Clone)]
pub(super) struct List<'t>(Scanner<'t>);

impl<'t> Iterator for List<'t> {
    type Item = Text<'t>;

    fn next(&mut self) -> Option<Text<'t>> {
        self.0.skip_blank_lines();
        let text = self.0.string()?;
        self.0.skip_blank_lines();
        let _ = self.0.eat(b',');
        Some(text)
    }
}

impl<'t> Scanner<'t> {
    /// Reads a text without controls but for line ends and tabs.
    pub fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The keys up to the next header, or the end.
    pub fn keys(&mut self, to: &mut Vec<Entry<'t>>) -> Option<()> {
        let begin = to.len();
        let mut seen = 0_u64;
        loop {
            self.skip_blank_lines();
            if matches!(self.byte(), None | Some(b'[')) {
                return Some(());
            }
            let key = self.bare()?;
            let sign = 1 << (sign_of(key) % 64);
            if seen & sign != 0 && is_there(to.get(begin..)?, key) {
                return None;
            }
            seen |= sign;
            if self.rest().starts_with(b" = \"") {
                self.at += 3;
            } else {
                self.skip_blanks();
                self.eat(b'=')?;
                self.skip_blanks();
            }
            // Put where it belongs at once: to hand it on takes longer than to read it.
            match self.byte()? {
                b'"' | b'\'' => {
                    let text = self.string()?;
                    to.push((key, Value::Text(text)));
                }
                b'[' => {
                    let list = self.list()?;
                    to.push((key, Value::Texts(list)));
                }
                b't' | b'f' => match self.bare()? {
                    "true" => to.push((key, Value::Flag(true))),
                    "false" => to.push((key, Value::Flag(false))),
                    _ => return None,
                },
                _ => {
                    let rest = self.rest();
                    let is_end = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'#');
                    let size = rest.iter().position(is_end).unwrap_or(rest.len());
                    to.push((key, plain(self.take(size)?)?));
                }
            }
            self.end_line()?;
        }
    }

    /// The header behind some keys; nothing at the end.
    pub fn header(&mut self) -> Option<Option<(Kind, &'t str)>> {
        if self.byte().is_none() {
            return Some(None);
        }
        let found = self.brackets()?;
        self.end_line()?;
        Some(Some(found))
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
        if self.eat(b'\n').is_some() {
            return Some(());
        }
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
        let rest = self.rest();
        let is_end = |b: &u8| !BARE[usize::from(*b)];
        let size = rest.iter().position(is_end).unwrap_or(rest.len());
        self.take(size).filter(|name| !name.is_empty())
    }

    /// `[plan]`, `[answer.purpose]`, `[[need]]`.
    fn brackets(&mut self) -> Option<(Kind, &'t str)> {
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

    fn list(&mut self) -> Option<List<'t>> {
        self.eat(b'[')?;
        let list = List(self.clone());
        loop {
            self.skip_blank_lines();
            if self.eat(b']').is_some() {
                return Some(list);
            }
            self.string()?;
            self.skip_blank_lines();
            if self.eat(b',').is_none() {
                self.eat(b']')?;
                return Some(list);
            }
        }
    }

    #[inline(always)]
    fn string(&mut self) -> Option<Text<'t>> {
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
                let raw = self.take(size)?;
                self.eat(b'\'')?;
                let is_plain = true;
                Some(Text { raw, is_plain })
            }
            _ => None,
        }
    }

    /// A text behind its quote.
    #[inline(always)]
    fn line(&mut self) -> Option<Text<'t>> {
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
        let raw = self.take(size)?;
        self.at += 1;
        Some(Text { raw, is_plain })
    }

    /// A text of several lines behind its quotes.
    #[inline(always)]
    fn lines(&mut self) -> Option<Text<'t>> {
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
        let raw = self.take(size)?;
        self.at += 3;
        Some(Text { raw, is_plain })
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
