//! Values as they are written, and lists of texts changed in place.

use std::fmt::Write as _;

use toml::de::DeValue;

use super::doc::Val;
use super::lines;

/// A list longer than this is written one element a line. Columns.
const WIDE: usize = 90;

/// A key of a table, quoted where it must be.
pub(super) fn key(key: &str) -> String {
    let bare = !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if bare { key.to_owned() } else { basic(key) }
}

/// A value in the way this program writes it.
pub(super) fn write(val: &Val) -> String {
    match val {
        Val::Text(text) => string(text),
        Val::Texts(texts) => list(texts),
        Val::Flag(flag) => flag.to_string(),
        Val::Number(number) => number.to_string(),
        Val::Day(day) => day.to_string(),
        Val::Moment(moment) => moment.clone(),
    }
}

fn list(texts: &[String]) -> String {
    let parts: Vec<String> = texts.iter().map(|t| basic_or_literal(t)).collect();
    let one_line = format!("[{}]", parts.join(", "));
    if one_line.chars().count() <= WIDE {
        return one_line;
    }
    let mut text = "[\n".to_owned();
    for part in parts {
        let _ = writeln!(text, "    {part},");
    }
    text.push(']');
    text
}

fn string(text: &str) -> String {
    if text.contains('\n') {
        multi_line(text)
    } else {
        basic_or_literal(text)
    }
}

/// Single quotes where they save backslashes.
fn basic_or_literal(text: &str) -> String {
    // Most texts, for which no letter has to be looked at by itself.
    let is_plain = |b: u8| matches!(b, b' '..=b'~') & (b != b'"') & (b != b'\\');
    if text.bytes().fold(true, |all, b| all & is_plain(b)) {
        return format!("\"{text}\"");
    }
    let plain = !text.contains('\'') && !text.chars().any(must_escape);
    if plain && text.contains(['"', '\\']) {
        format!("'{text}'")
    } else {
        basic(text)
    }
}

fn basic(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => escaped(c, &mut out),
        }
    }
    out.push('"');
    out
}

fn multi_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    out.push_str("\"\"\"\n");
    let mut quotes = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '"' {
            quotes += 1;
            // Three in a row would end the text, and so would one at its end.
            if quotes == 3 || chars.peek().is_none() {
                out.push('\\');
                quotes = 0;
            }
            out.push(c);
            continue;
        }
        quotes = 0;
        match c {
            '\n' | '\t' => out.push(c),
            // Blanks at the end of a line fall to the next editor.
            ' ' if chars.peek().is_none_or(|next| *next == '\n') => out.push_str("\\u0020"),
            c => escaped(c, &mut out),
        }
    }
    out.push_str("\"\"\"");
    out
}

/// Controls, and characters that nobody sees in an editor.
fn must_escape(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
        )
}

fn escaped(c: char, out: &mut String) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\r' => out.push_str("\\r"),
        c if must_escape(c) => {
            let _ = write!(out, "\\u{:04X}", u32::from(c));
        }
        c => out.push(c),
    }
}

/// Whether a value as it is written says `val`.
pub(super) fn is(raw: &str, val: &Val) -> bool {
    // As nearly all are written, which is known in less time.
    if raw == write(val) {
        return true;
    }
    let Ok(value) = DeValue::parse(raw) else {
        return false;
    };
    match (value.get_ref(), val) {
        (DeValue::String(is), Val::Text(text)) => is == text,
        (DeValue::Boolean(is), Val::Flag(flag)) => is == flag,
        (DeValue::Integer(is), Val::Number(number)) => is.as_str() == number.to_string(),
        (DeValue::Array(is), Val::Texts(texts)) => {
            is.len() == texts.len()
                && is
                    .iter()
                    .zip(texts)
                    .all(|(is, text)| is.get_ref().as_str() == Some(text))
        }
        _ => false,
    }
}

/// A list on disk changed into `texts`: elements that stay keep their comment
/// and their place in the line. `None` where it is easier to write it anew.
pub(super) fn change_list(raw: &str, texts: &[String]) -> Option<String> {
    if !raw.contains('\n') {
        return None;
    }
    let old: Vec<(String, String)> = lines::inner(raw)?
        .parts
        .into_iter()
        .map(|(_, raw)| {
            let text = DeValue::parse(&raw).ok()?.get_ref().as_str()?.to_owned();
            Some((text, raw))
        })
        .collect::<Option<_>>()?;
    let body = raw.strip_prefix('[')?.strip_suffix(']')?;
    let (opening, body) = body.split_once('\n')?;
    // One chunk an element: the lines above it, its own, and what follows it.
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut rest = body;
    for (text, raw) in &old {
        let at = find_element(rest, raw)?;
        let lead = rest.get(..at)?;
        let after = rest.get(at + raw.len()..)?;
        let (line, next) = match after.split_once('\n') {
            Some((line, next)) => (line, next),
            None => (after, ""),
        };
        let tail = line.trim_start().strip_prefix(',').unwrap_or(line);
        // A second element in the line, or none of its own: too tangled.
        if !(tail.trim().is_empty() || tail.trim_start().starts_with('#'))
            || !lead.lines().last().unwrap_or("").trim().is_empty()
        {
            return None;
        }
        chunks.push(Chunk {
            text: text.clone(),
            lead: lead.to_owned(),
            raw: raw.clone(),
            tail: tail.trim_end().to_owned(),
        });
        rest = next;
    }
    let closing = rest;
    let indent = chunks
        .first()
        .and_then(|c| c.lead.rsplit('\n').next())
        .unwrap_or("    ")
        .to_owned();
    let mut used = vec![false; chunks.len()];
    let places: Vec<Option<usize>> = texts
        .iter()
        .map(|text| {
            let at = (0..chunks.len()).find(|i| !used[*i] && &chunks[*i].text == text)?;
            used[at] = true;
            Some(at)
        })
        .collect();
    let mut out = format!("[{opening}\n");
    for (n, (text, place)) in texts.iter().zip(places).enumerate() {
        // An element that was reworded keeps the comment of its place.
        let place = place.or_else(|| {
            let free = texts.len() == chunks.len() && !used.get(n).copied().unwrap_or(true);
            free.then_some(n)
        });
        match place.and_then(|at| chunks.get(at)) {
            Some(chunk) => {
                let raw = if &chunk.text == text {
                    chunk.raw.clone()
                } else {
                    basic_or_literal(text)
                };
                let _ = writeln!(out, "{}{raw},{}", chunk.lead, chunk.tail);
            }
            None => {
                let _ = writeln!(out, "{indent}{},", basic_or_literal(text));
            }
        }
    }
    out.push_str(closing);
    out.push(']');
    Some(out)
}

struct Chunk {
    text: String,
    lead: String,
    raw: String,
    /// What follows the comma: blanks and a comment.
    tail: String,
}

/// The offset of `raw` behind blank and comment lines.
fn find_element(rest: &str, raw: &str) -> Option<usize> {
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let inner = line.trim_start();
        if !(inner.is_empty() || inner.starts_with('#')) {
            let start = at + (line.len() - inner.len());
            return rest.get(start..)?.starts_with(raw).then_some(start);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(raw: &str) -> String {
        DeValue::parse(raw)
            .expect("it is TOML")
            .get_ref()
            .as_str()
            .expect("it is text")
            .to_owned()
    }

    #[test]
    fn any_text_comes_back_as_it_was() {
        for text in [
            "",
            "plain",
            "it's",
            "say \"yes\"",
            "it's \"yes\" \\ no",
            "two\nlines",
            "\nfirst empty",
            "ends with quote\n\"",
            "\n\"\"\"\"\"\"\"",
            "tab\tand\u{1b}[31m escape",
            "cr\r\nlf",
            "\u{202e}turned\u{85}",
            "trailing \n blanks  \n",
            "\u{7f}\0",
            "back\\\nslash",
        ] {
            assert_eq!(back(&string(text)), text, "{}", string(text));
            assert_eq!(back(&basic_or_literal(text)), text);
            assert!(!string(text).contains(['\u{1b}', '\u{202e}', '\u{85}', '\r']));
        }
    }

    #[test]
    fn an_element_that_stays_keeps_its_comment() {
        let raw = "[\n  \"a\", # one\n  # about b\n  \"b\" # two\n]";
        let to = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|t| (*t).to_owned()).collect();
            change_list(raw, &texts)
        };
        assert_eq!(
            to(&["b", "c"]).as_deref(),
            Some("[\n  # about b\n  \"b\", # two\n  \"c\",\n]")
        );
        assert_eq!(
            to(&["a", "b2"]).as_deref(),
            Some("[\n  \"a\", # one\n  # about b\n  \"b2\", # two\n]")
        );
    }
}
