//! Whose words a reply holds: what its writer wrote, what is quoted, and what
//! is greeting, thanks and signature. The one place that decides it: a code, a
//! number or a yes counts only in words of their own.

use super::text;

mod courtesy;
mod quotes;
#[cfg(test)]
mod tests;

/// Longer lines are no greeting, no signature and no head of a mail (bytes).
const LONGEST: usize = 400;

/// What a line of a reply is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Words of whoever wrote the reply; empty lines as well.
    Own,
    /// A greeting, thanks, a farewell, a signature, the advertising of a phone.
    Courtesy,
    /// Behind a mark such as `>`.
    Quoted,
    /// What introduces a quoted message: "On ... wrote:", `From:` and `Sent:`.
    Head,
    /// After such a head and without a mark: the quoted message, to the end.
    Below,
}

/// A line of a reply, without white space around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Without marks of quoting, and without a greeting before own words.
    pub text: &'a str,
    pub whose: Whose,
    /// Begins with three spaces or a tab: it goes on with what stands above.
    pub indented: bool,
}

/// The lines of a reply.
pub fn lines(words: &str) -> Vec<Line<'_>> {
    lines_by(words, &[])
}

/// As [`lines()`], where names that its writer goes by are known: such a name
/// on a line of its own is a signature.
pub fn lines_by<'a>(words: &'a str, names: &[String]) -> Vec<Line<'a>> {
    let mut lines = quotes::mark(words);
    courtesy::mark(&mut lines, names);
    lines
}

/// What the writer wrote, line by line.
pub fn own_lines(words: &str) -> impl Iterator<Item = &str> {
    let lines = lines(words).into_iter();
    lines.filter(|l| l.whose == Whose::Own).map(|l| l.text)
}

/// Whether a line or sentence says thanks and nothing else.
pub fn is_thanks(line: &str) -> bool {
    courtesy::is_thanks(line)
}

/// The label and the rest of a line of a mail's head, in the languages that
/// mail programs speak: `From`, `Sent`, `To`, `Subject`.
pub fn head_line(line: &str) -> Option<(HeadField, &str)> {
    quotes::head_line(line)
}

/// A line of the head of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadField {
    From,
    Date,
    To,
    Subject,
}

/// `text` in small letters without accents, apostrophes and punctuation, its
/// words one space apart: what it says, however it was typed.
pub fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if text.is_ascii() {
        return plain_ascii(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_alphanumeric() {
            if gap && !plain.is_empty() {
                plain.push(' ');
            }
            gap = false;
            plain.push(c);
        } else if c.is_ascii() {
            gap |= !matches!(c, '\'' | '`');
        } else if !is_within_word(c) {
            gap = true;
        }
    };
    for c in text.chars() {
        if c.is_ascii() {
            push(c.to_ascii_lowercase());
            continue;
        }
        for c in c.to_lowercase().nfkd() {
            match c {
                'ß' => ['s', 's'].into_iter().for_each(&mut push),
                'œ' => ['o', 'e'].into_iter().for_each(&mut push),
                'æ' => ['a', 'e'].into_iter().for_each(&mut push),
                c => push(c),
            }
        }
    }
    plain
}

fn plain_ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut gap = false;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            if gap && !plain.is_empty() {
                plain.push(' ');
            }
            gap = false;
            plain.push(char::from(byte.to_ascii_lowercase()));
        } else {
            gap |= !matches!(byte, b'\'' | b'`');
        }
    }
    plain
}

/// Apostrophes, accents and what shows nothing do not part words.
fn is_within_word(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '`' | '\u{b4}')
        || unicode_normalization::char::is_combining_mark(c)
        || text::is_hidden(c)
}

/// Without white space and what shows nothing at both ends. What turns the
/// reading direction stays: it says how the words were shown.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| is_nothing(c) && !turns(c))
}

fn is_nothing(c: char) -> bool {
    if c.is_ascii() {
        return c <= ' ' || c == '\u{7f}';
    }
    c.is_whitespace() || c.is_control() || text::is_hidden(c)
}

/// Whether a character makes a text read otherwise than it is stored.
pub fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
