//! Text that came from outside, made harmless: nothing in it can move a
//! cursor, hide a word or turn the reading direction.
//!
//! [`line()`] and [`block`] clean; [`width`], [`fit`] and [`wrap`] measure and
//! lay out in terminal columns, always by grapheme (what a reader takes for
//! one character).

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

mod cleaning;
mod kinds;
#[cfg(test)]
mod tests;
mod wrapping;

/// `text` on one line; controls, line breaks and invisible characters become
/// visible replacements: `␛` for ESC, `⏎` for a line break, a space for a tab,
/// `‹U+202E›` for what has no picture.
///
/// Joiners inside emoji and inside words of scripts that need them stay. More
/// than six combining marks on one letter become a count. Cleaning twice
/// changes nothing more; clean text is borrowed.
pub fn line(text: &str) -> Cow<'_, str> {
    cleaning::clean(text, cleaning::Breaks::Marked)
}

/// `text` with its line breaks (as `\n`) and tabs as four spaces; everything
/// else as in [`line()`].
pub fn block(text: &str) -> Cow<'_, str> {
    cleaning::clean(text, cleaning::Breaks::Kept)
}

/// Whether `c` shows nothing by itself: a joiner, a selector, a direction mark,
/// a filler. Some of them mean something between the right neighbours.
pub fn is_hidden(c: char) -> bool {
    kinds::is_hidden(c)
}

/// The graphemes of `text`: what a reader takes for one character.
pub fn graphemes(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.graphemes(true)
}

/// Columns that `text` takes on a terminal.
///
/// The sum over graphemes, as cells are filled: unicode-width on the whole
/// text counts ligatures across graphemes (lam and alef) as one column. A
/// half-width voicing mark takes a column of its own on terminals.
pub fn width(text: &str) -> usize {
    if let Some(width) = plain_width(text) {
        return width;
    }
    let voicing = |c: &char| matches!(c, '\u{FF9E}' | '\u{FF9F}');
    let voiced = text.chars().filter(voicing).count();
    voiced + graphemes(text).map(UnicodeWidthStr::width).sum::<usize>()
}

/// `text` cleaned as by [`line()`] and cut to `columns`, with `…` where
/// something is missing. Never wider than `columns`.
pub fn fit(text: &str, columns: usize) -> String {
    let clean = line(text);
    let Some(room) = columns.checked_sub(1) else {
        return String::new();
    };
    // No column has more than these bytes there.
    let may_fit = clean.len() <= columns.saturating_mul(3);
    if may_fit && plain_width(&clean).is_some_and(|width| width <= columns) {
        return clean.into_owned();
    }
    // Walks no further than the cut: a long text costs no more than a short one.
    let mut taken = 0;
    let mut cut = 0;
    for (at, grapheme) in clean.grapheme_indices(true) {
        taken += width(grapheme);
        if taken > columns {
            let kept = clean.get(..cut).unwrap_or_default().trim_end();
            return format!("{kept}…");
        }
        if taken <= room {
            cut = at + grapheme.len();
        }
    }
    clean.into_owned()
}

/// `text` cleaned as by [`block`] and broken into lines of at most `columns`
/// (at least 1), without trailing spaces. Words longer than a line are broken
/// between graphemes; one grapheme wider than `columns` stands on its own
/// line. An empty text is one empty line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let clean = block(text);
    wrap_ranges(&clean, columns)
        .into_iter()
        .map(|range| clean.get(range).unwrap_or_default().trim_end().to_owned())
        .collect()
}

/// Where [`wrap`] breaks a text that is clean already: byte ranges that
/// together with the `\n`s between some of them make up the whole text. Spaces
/// at the end of a line belong to it and may hang over `columns`.
pub fn wrap_ranges(text: &str, columns: usize) -> Vec<Range<usize>> {
    wrapping::ranges(text, columns.max(1))
}

/// The columns of a text in which each character takes one and there is nothing to
/// clean; `None` for any other.
fn plain_width(text: &str) -> Option<usize> {
    if is_plain(text) {
        return Some(text.len());
    }
    text.chars().try_fold(0, |width, c| {
        kinds::stands_alone(c).then_some(width + 1_usize)
    })
}

/// Printable ASCII only: one byte, one column, nothing to clean.
fn is_plain(text: &str) -> bool {
    // Without a way out in the middle many bytes are looked at in one step.
    text.bytes()
        .fold(true, |all, byte| all & matches!(byte, b' '..=b'~'))
}
