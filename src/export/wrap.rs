//! Breaking lines for files that people read as they are.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// Columns of a line: fits mail clients, which break at 76 to 78.
pub(super) const WIDTH: usize = 74;

/// `text` in lines of at most `width` columns, without a line break at the
/// end. Line breaks of `text` stay. Words longer than a line are cut only with
/// `cut`.
pub(super) fn wrap(text: &str, width: usize, first: &str, rest: &str, cut: bool) -> String {
    let options = |first| {
        Options::new(width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(cut)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation)
            // Changing one word should not move all lines of a paragraph.
            .wrap_algorithm(WrapAlgorithm::FirstFit)
    };
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let indent = if lines.is_empty() { first } else { rest };
        if line.trim().is_empty() {
            lines.push(indent.trim_end().to_owned());
            continue;
        }
        for wrapped in textwrap::wrap(line.trim_end(), options(indent)) {
            lines.push(wrapped.trim_end().to_owned());
        }
    }
    lines.join("\n")
}
