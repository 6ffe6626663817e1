//! One pass over a text, deciding for each character by the one put out
//! before it and the one that follows. Whatever a decision looks ahead to is
//! itself never replaced, so cleaning twice gives the same as once.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::kinds::{self, BLACK_FLAG, FLAG_TAGS, JOINER, KEYCAP, NON_JOINER, ZERO_WIDTH_SPACE};

/// Marks on one letter. Hebrew verse and Tibetan stacks reach five; beyond
/// that, it is meant to spill over the lines around it.
const MARKS: usize = 6;
/// Joiners in one emoji; a kiss of two people takes three.
const JOINS: usize = 6;
/// Columns of a tab where the line breaks are kept.
const TAB: &str = "    ";

/// What becomes of line breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// A visible mark, all on one line.
    Marked,
    /// A `\n` each.
    Kept,
}

pub fn clean(text: &str, breaks: Breaks) -> Cow<'_, str> {
    let is_kept = breaks == Breaks::Kept;
    let is_plain = |byte| matches!(byte, b' '..=b'~') | (is_kept & (byte == b'\n'));
    // Without a way out in the middle many bytes are looked at in one step.
    if text.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        return Cow::Borrowed(text);
    }
    if text
        .chars()
        .all(|c| kinds::stands_alone(c) || (is_kept && c == '\n'))
    {
        return Cow::Borrowed(text);
    }
    carefully(text, breaks)
}

/// The same one character after the other.
pub(super) fn carefully(text: &str, breaks: Breaks) -> Cow<'_, str> {
    let mut cleaner = Cleaner {
        text,
        breaks,
        out: None,
        before: None,
        marks: 0,
        excess: 0,
        joins: 0,
    };
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        at += cleaner.take(c, at);
    }
    cleaner.count_excess();
    match cleaner.out {
        Some(cleaned) => Cow::Owned(cleaned),
        None => Cow::Borrowed(text),
    }
}

struct Cleaner<'a> {
    text: &'a str,
    breaks: Breaks,
    /// What is put out so far, from the first difference on; before that, the
    /// text itself.
    out: Option<String>,
    /// The character put out last.
    before: Option<char>,
    /// Marks on the present letter.
    marks: usize,
    /// Marks left out since.
    excess: usize,
    /// Joiners in the present emoji.
    joins: usize,
}

impl Cleaner<'_> {
    /// Deals with `c` at byte `at` and whatever belongs to it; gives the bytes
    /// that are done.
    fn take(&mut self, c: char, at: usize) -> usize {
        if matches!(c, ' '..='~') && self.excess == 0 {
            self.keep(c);
            return 1;
        }
        let end = at + c.len_utf8();
        let rest = self.text.get(end..).unwrap_or_default();
        let next = rest.chars().next();
        let hidden = kinds::is_hidden(c);
        if kinds::is_mark(c) && !hidden {
            self.mark(c, at);
            return c.len_utf8();
        }
        if self.excess > 0 {
            self.count_excess();
        }
        match c {
            '\n' if self.breaks == Breaks::Kept => self.keep(c),
            '\r' | '\n' => {
                let pair = c == '\r' && next == Some('\n');
                match self.breaks {
                    Breaks::Marked => self.replace(at, "⏎"),
                    Breaks::Kept => self.replace(at, "\n"),
                }
                return 1 + usize::from(pair);
            }
            '\t' => match self.breaks {
                Breaks::Marked => self.replace(at, " "),
                Breaks::Kept => self.replace(at, TAB),
            },
            '\0'..='\x1F' => {
                let picture = char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}');
                self.replace(at, picture.encode_utf8(&mut [0; 4]));
            }
            '\x7F' => self.replace(at, "␡"),
            '\u{80}'..='\u{9F}' => self.name(c, at),
            BLACK_FLAG => {
                self.keep(c);
                if let Some(tags) = FLAG_TAGS.iter().find(|tags| rest.starts_with(**tags)) {
                    if let Some(out) = &mut self.out {
                        out.push_str(tags);
                    }
                    return c.len_utf8() + tags.len();
                }
            }
            _ if !hidden => self.keep(c),
            _ if self.belongs(c, next) => self.keep(c),
            _ => self.name(c, at),
        }
        c.len_utf8()
    }

    /// Whether an invisible character means something where it stands.
    fn belongs(&self, c: char, next: Option<char>) -> bool {
        let Some(before) = self.before else {
            return false;
        };
        let letter = |c: char| c.is_alphabetic() && !kinds::is_mark(c) && !kinds::is_hidden(c);
        match c {
            JOINER => {
                let emoji = (kinds::is_pictograph(before) || before == '\u{FE0F}')
                    && next.is_some_and(kinds::is_pictograph)
                    && self.joins < JOINS;
                emoji || kinds::is_virama(before) || kinds::uses_joiners(before)
            }
            NON_JOINER => {
                kinds::is_virama(before)
                    || kinds::uses_joiners(before)
                        && next.is_some_and(|next| kinds::uses_joiners(next) && letter(next))
            }
            ZERO_WIDTH_SPACE => {
                kinds::parts_words_unseen(before)
                    && next.is_some_and(|next| kinds::parts_words_unseen(next) && letter(next))
            }
            '\u{FE0E}' | '\u{FE0F}' => {
                kinds::is_pictograph(before)
                    || matches!(before, '0'..='9' | '#' | '*') && next == Some(KEYCAP)
            }
            '\u{FE00}'..='\u{FE02}' | '\u{E0100}'..='\u{E01EF}' => kinds::has_variants(before),
            '\u{180B}'..='\u{180D}' | '\u{180F}' => kinds::is_mongolian(before),
            '\u{180E}' => kinds::is_mongolian(before) && next.is_some_and(kinds::is_mongolian),
            '\u{2800}' => kinds::is_braille(before) && next.is_some_and(kinds::is_braille),
            _ => false,
        }
    }

    fn mark(&mut self, c: char, at: usize) {
        if self.excess == 0 && kinds::hangs(c, self.before) {
            return self.name(c, at);
        }
        if matches!(self.before, None | Some('\n')) {
            // A mark needs something to sit on, or it lands on what the screen
            // shows before this text.
            self.replace(at, "◌");
        }
        if self.marks < MARKS {
            self.marks += 1;
            self.push(c);
        } else {
            self.differ(at);
            self.excess += 1;
        }
    }

    /// Says how many marks were left out, if any.
    fn count_excess(&mut self) {
        if self.excess > 0 {
            if let Some(out) = &mut self.out {
                let _ = write!(out, "‹+{} marks›", self.excess);
            }
            self.begin('›');
        }
    }

    /// Passes a character that is no mark.
    fn keep(&mut self, c: char) {
        let joined = self.before == Some(JOINER);
        // Selectors and skin tones go on with the emoji before them.
        let goes_on = matches!(
            c,
            JOINER | '\u{FE0E}' | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}'
        );
        let joins = if joined || goes_on { self.joins } else { 0 };
        let marks = if c == JOINER || c == NON_JOINER {
            self.marks
        } else {
            0
        };
        self.push(c);
        self.joins = joins + usize::from(c == JOINER);
        self.marks = marks;
    }

    fn push(&mut self, c: char) {
        if let Some(out) = &mut self.out {
            out.push(c);
        }
        self.before = Some(c);
    }

    fn replace(&mut self, at: usize, shown: &str) {
        self.differ(at);
        if let Some(out) = &mut self.out {
            out.push_str(shown);
        }
        if let Some(last) = shown.chars().next_back() {
            self.begin(last);
        }
    }

    /// Shows a character that has no picture by its number.
    fn name(&mut self, c: char, at: usize) {
        self.replace(at, &format!("‹U+{:04X}›", c as u32));
    }

    /// From byte `at` on, what is put out is no longer the text itself.
    fn differ(&mut self, at: usize) {
        if self.out.is_none() {
            let mut out = String::with_capacity(self.text.len() + 16);
            out.push_str(self.text.get(..at).unwrap_or_default());
            self.out = Some(out);
        }
    }

    fn begin(&mut self, last: char) {
        self.before = Some(last);
        self.marks = 0;
        self.excess = 0;
        self.joins = 0;
    }
}
