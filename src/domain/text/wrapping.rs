//! Greedy line breaking by grapheme: after spaces, after a hyphen between
//! letters, around wide characters (Chinese, Japanese, Korean are written
//! without spaces), and anywhere in a word that is longer than a line.
//!
//! Own code, since textwrap breaks long words between code points, which
//! tears emoji apart, and gives no positions for a caret.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Characters that do not begin a line in Chinese and Japanese.
const NOT_FIRST: &str = "、。，．：；？！」』）】〕〉》”’…ー々・｝］";

pub fn ranges(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        break_paragraph(paragraph, start, columns, &mut lines);
        start += paragraph.len() + 1;
    }
    lines
}

/// Adds the lines of `paragraph`, which begins at byte `offset` of the text.
fn break_paragraph(paragraph: &str, offset: usize, columns: usize, lines: &mut Vec<Range<usize>>) {
    let mut start = 0;
    let mut taken = 0;
    // The last place to break the present line, and the columns up to it.
    let mut place: Option<(usize, usize)> = None;
    let mut before = ("", 0);
    for (at, grapheme) in paragraph.grapheme_indices(true) {
        let wide = super::width(grapheme);
        let space = is_space(grapheme);
        if at > start && may_break(before, (grapheme, wide)) {
            place = Some((at, taken));
        }
        if taken + wide > columns && !space && at > start {
            let (end, used) = place.take().unwrap_or((at, taken));
            lines.push(offset + start..offset + end);
            start = end;
            taken -= used;
        }
        taken += wide;
        before = (grapheme, wide);
    }
    lines.push(offset + start..offset + paragraph.len());
}

/// Whether a line may end between two graphemes, given with their columns.
fn may_break((before, width_before): (&str, usize), (after, width_after): (&str, usize)) -> bool {
    if is_space(after) {
        return false;
    }
    if is_space(before) || before.ends_with('\u{200B}') {
        return true;
    }
    if before == "-" {
        return after.starts_with(char::is_alphabetic);
    }
    (width_before > 1 || width_after > 1) && !NOT_FIRST.contains(after)
}

/// A space that parts words; a no-break space does not.
fn is_space(grapheme: &str) -> bool {
    grapheme
        .chars()
        .all(|c| c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}'))
}
