//! Breaking lines for files that people read as they are.

use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// Columns of a line: fits mail clients, which break at 76 to 78.
pub(super) const WIDTH: usize = 74;

/// `text` in lines of at most `width` columns, without a line break at the
/// end. Line breaks of `text` stay. Words longer than a line are cut only with
/// `cut`.
pub(super) fn wrap(text: &str, width: usize, first: &str, rest: &str, cut: bool) -> String {
    let options = options(width).subsequent_indent(rest).break_words(cut);
    lines(text, &options, first, rest)
}

/// The same for escaped Markdown, with nothing before the lines: code stays on
/// one line, as the backticks at its end would begin a block of code.
pub(super) fn wrap_markdown(text: &str, width: usize) -> String {
    let options = options(width)
        .break_words(false)
        .word_separator(WordSeparator::Custom(words_of_markdown));
    lines(text, &options, "", "")
}

fn options<'a>(width: usize) -> Options<'a> {
    Options::new(width)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        // Changing one word should not move all lines of a paragraph.
        .wrap_algorithm(WrapAlgorithm::FirstFit)
}

fn lines(text: &str, options: &Options<'_>, first: &str, rest: &str) -> String {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let indent = if lines.is_empty() { first } else { rest };
        if line.trim().is_empty() {
            lines.push(indent.trim_end().to_owned());
            continue;
        }
        for wrapped in textwrap::wrap(line.trim_end(), options.clone().initial_indent(indent)) {
            lines.push(wrapped.trim_end().to_owned());
        }
    }
    lines.join("\n")
}

/// Words with the space after them, and code as one word.
fn words_of_markdown(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut rest = line;
    Box::new(std::iter::from_fn(move || {
        let mut size = whole_word(rest);
        size += rest.get(size..)?.bytes().take_while(|b| *b == b' ').count();
        let (word, after) = rest
            .split_at_checked(size)
            .filter(|(word, _)| !word.is_empty())?;
        rest = after;
        Some(Word::from(word))
    }))
}

/// How many bytes the first word has. Backticks that stand alone begin code, which
/// has no space in it but before its end; other kinds of space part words as well,
/// and no line is broken there.
fn whole_word(line: &str) -> usize {
    let mut pieces = line.split_inclusive(' ');
    let (mut size, mut is_end) = (0, false);
    while let Some(piece) = pieces.next() {
        size += piece.len();
        let word = piece.trim_end_matches(' ');
        let last = word.rsplit(char::is_whitespace).next().unwrap_or(word);
        let is_fence = !last.is_empty() && last.bytes().all(|b| b == b'`');
        if !is_fence || is_end && last.len() == word.len() {
            break;
        }
        size += pieces.next().map_or(0, str::len);
        is_end = true;
    }
    size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_in_markdown_stays_on_one_line() {
        let text = "told by ``` www.a`` ``` on Wed,  and `b c` ``` x` ```";
        assert_eq!(
            wrap_markdown(text, 12),
            "told by\n``` www.a`` ```\non Wed,  and\n`b c`\n``` x` ```"
        );
        assert_eq!(wrap_markdown("a `` b", 4), "a\n`` b");
        let text = "a `b`\u{a0}``` x` ```\u{a0}``` y` ``` c";
        assert_eq!(
            wrap_markdown(text, 4),
            text.replacen(' ', "\n", 1).replace(" c", "\nc")
        );
        assert_eq!(wrap_markdown("", 4), "");
    }
}
