//! Places in a text, as bytes between graphemes.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// The start of the grapheme before `at`.
pub fn before(text: &str, at: usize) -> usize {
    GraphemeCursor::new(at, text.len(), true)
        .prev_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(0)
}

/// The end of the grapheme after `at`.
pub fn after(text: &str, at: usize) -> usize {
    GraphemeCursor::new(at, text.len(), true)
        .next_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(text.len())
}

/// The start of the word before `at`, over spaces and line breaks.
pub fn word_before(text: &str, at: usize) -> usize {
    let head = text.get(..at).unwrap_or_default().trim_end();
    let line = line_start(head, head.len());
    let word = head
        .get(line..)
        .unwrap_or_default()
        .split_word_bound_indices()
        .next_back()
        .map_or(line, |(start, _)| line + start);
    // Words may end inside a grapheme, as in a row of flags.
    if is_between(text, word) {
        word
    } else {
        before(text, word)
    }
}

/// The end of the word after `at`, over spaces and line breaks.
pub fn word_after(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let tail = rest.trim_start();
    let start = at + rest.len() - tail.len();
    let line = tail.split('\n').next().unwrap_or_default();
    let word = start + line.split_word_bounds().next().map_or(0, str::len);
    if is_between(text, word) {
        word
    } else {
        after(text, word)
    }
}

/// Whether `at` is between two graphemes.
pub fn is_between(text: &str, at: usize) -> bool {
    matches!(
        GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0),
        Ok(true)
    )
}

/// The start of the line that `at` is in.
pub fn line_start(text: &str, at: usize) -> usize {
    let head = text.get(..at).unwrap_or_default();
    head.rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the line that `at` is in.
pub fn line_end(text: &str, at: usize) -> usize {
    let tail = text.get(at..).unwrap_or_default();
    tail.find('\n').map_or(text.len(), |newline| at + newline)
}
