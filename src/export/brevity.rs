//! Text made short and plain enough for a mail, a chat or a phone.

use crate::domain::text;

/// Words; the marks of list entries (`-`, `1.`, `1a.`, `A.`) are none.
pub(super) fn count(text: &str) -> usize {
    let is_mark = |word: &str| {
        matches!(
            word.as_bytes(),
            [b'1'..=b'9' | b'A'..=b'Z', b'.'] | [b'1'..=b'9', b'a'..=b'z', b'.']
        )
    };
    text.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric) && !is_mark(word))
        .count()
}

/// `label` and a text that ends like a sentence.
pub(super) fn sentence(label: &str, text: &str, columns: usize) -> String {
    format!("{label}{}", stopped(short(text, columns)))
}

pub(super) fn stopped(mut text: String) -> String {
    if !text.ends_with(['.', '!', '?', ':', ')']) {
        text.push('.');
    }
    text
}

/// Texts one after the other, with the number of those left out.
pub(super) fn series(texts: &[&str], most: usize, columns: usize) -> String {
    let texts: Vec<&&str> = texts.iter().filter(|t| !t.trim().is_empty()).collect();
    let mut shown: Vec<String> = texts
        .iter()
        .take(most)
        .map(|t| {
            let text = short(t, columns);
            match text.ends_with("...") {
                true => text,
                false => text.trim_end_matches(['.', ';']).to_owned(),
            }
        })
        .collect();
    if texts.len() > most {
        shown.push(format!("and {} more", texts.len() - most));
    }
    shown.join("; ")
}

/// Text from the brief on one line, in characters that a phone sends.
pub(super) fn say(from_brief: &str) -> String {
    let mut plain = String::new();
    for word in text::line(&from_brief.replace(['\n', '\r', '\t'], " ")).split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        for c in word.chars() {
            match c {
                '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2032}' => plain.push('\''),
                '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' => plain.push('"'),
                '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
                '\u{2026}' => plain.push_str("..."),
                other => plain.push(other),
            }
        }
    }
    plain
}

/// As [`say`], cut at a word to about `columns`.
pub(super) fn short(from_brief: &str, columns: usize) -> String {
    // A text may be a megabyte; what is beyond the cut need not be looked at.
    let head = from_brief.char_indices().nth(2_000).map(|(at, _)| at);
    let whole = say(head
        .and_then(|at| from_brief.get(..at))
        .unwrap_or(from_brief));
    if text::width(&whole) <= columns {
        return whole;
    }
    let mut used = 0;
    let mut cut = 0;
    let mut at_word = 0;
    for (at, c) in whole.char_indices() {
        let mut buffer = [0; 4];
        used += text::width(c.encode_utf8(&mut buffer));
        if used + 3 > columns {
            break;
        }
        cut = at + c.len_utf8();
        if c == ' ' {
            at_word = at;
        }
    }
    // One long word, or a script without spaces, is cut inside.
    let end = if at_word * 2 > cut { at_word } else { cut };
    let mut kept = whole.get(..end).unwrap_or_default();
    // The end of a clause reads better than the middle of one.
    if let Some(clause) = kept
        .rfind([';', ',', ':', '.'])
        .filter(|at| at * 5 > end * 3)
    {
        kept = kept.get(..clause).unwrap_or_default();
    }
    while let Some((before, last)) = kept.trim_end().rsplit_once(' ') {
        if !DANGLING.contains(&last) {
            break;
        }
        kept = before;
    }
    format!(
        "{}...",
        kept.trim_end_matches([' ', ',', ';', ':', '.', '-'])
    )
}

/// Words after which a text should not stop.
const DANGLING: [&str; 18] = [
    "a", "an", "the", "of", "to", "in", "on", "by", "for", "with", "and", "or", "that", "at",
    "from", "as", "so", "without",
];

#[cfg(test)]
mod tests {
    use super::{count, say, series, short};

    #[test]
    fn a_long_text_is_cut_where_it_reads_well() {
        let text = "HR decides on job profiles in March; without it they would copy old ones";
        assert_eq!(short(text, 52), "HR decides on job profiles in March...");
        assert_eq!(
            short("The same as a sheet with the ticket categories", 36),
            "The same as a sheet..."
        );
        assert_eq!(short("short", 36), "short");
        assert_eq!(short(&"x".repeat(100), 10), "xxxxxxx...");
        assert_eq!(short(&"日".repeat(100), 10), "日日日...");
        assert_eq!(short("", 10), "");
    }

    #[test]
    fn typographic_marks_become_what_every_phone_has() {
        assert_eq!(
            say("\u{201c}it\u{2019}s\u{201d} 1\u{2013}2\u{2026}\n\nÄpfel"),
            "\"it's\" 1-2... Äpfel"
        );
    }

    #[test]
    fn what_is_left_out_of_a_series_is_counted() {
        assert_eq!(series(&["a.", "", "b", "c"], 2, 20), "a; b; and 1 more");
    }

    #[test]
    fn marks_of_lists_are_no_words() {
        assert_eq!(count("- one\nB. two\n1. three\n   1a. four"), 4);
    }
}
