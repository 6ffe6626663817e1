//! Text that is no TOML: what most likely went wrong, in plain words.

use super::problem::{Problem, floor};

/// The lines that git leaves around two versions that it could not join.
const OURS: &str = "<<<<<<<";
const THEIRS: &str = ">>>>>>>";

const SMART: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '«', '»'];

/// The problem behind an error of the TOML reader.
pub(super) fn explain(text: &str, error: &toml::de::Error) -> Problem {
    let span = error.span().unwrap_or(0..0);
    let message = error.message().lines().next().unwrap_or("").trim();
    if let Some(at) = conflict(text) {
        return Problem::new(at, "two versions of the file were not joined by git")
            .label("conflict marker")
            .hint(CONFLICT_HINT);
    }
    if let Some(at) = text.find('\0') {
        return Problem::new(at..at + 1, "the file has NUL bytes, so it is no text")
            .hint("it may have been cut off by a crash: bring it back from git or a backup");
    }
    let start = floor(text, span.start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line = &text[line_start..line_end];
    let trimmed = line.trim();
    let whole_line = line_start..line_end;

    if let Some((at, quote)) = line.char_indices().find(|(_, c)| SMART.contains(c))
        && (message.contains("quote") || !in_plain_quotes(line, at))
    {
        let at = line_start + at;
        return Problem::new(
            at..at + quote.len_utf8(),
            "a curly quote stands where a text begins",
        )
        .label("not a straight quote")
        .hint("write texts in straight quotes: \"like this\"");
    }
    if message.contains("duplicate key") {
        let name = text.get(span.clone()).unwrap_or("").trim().to_owned();
        return Problem::new(span, format!("`{name}` is there twice"))
            .label("again here")
            .hint(format!("keep one `{name}`, and remove or rename the other"));
    }
    if message.contains("recurse") || message.contains("recursion") {
        return Problem::new(span, "brackets are nested too deeply")
            .hint("a brief nests at most a few brackets; remove the surplus ones");
    }
    if message.contains("unclosed array") && !message.contains("table") {
        return Problem::new(span, "a list has no closing `]`")
            .hint("add `]` behind the last element of the list");
    }
    if message.contains("comma") {
        return Problem::new(span, "a comma is missing between two elements")
            .label("comma missing before this")
            .hint("separate the elements of a list with commas: [\"one\", \"two\"]");
    }
    if trimmed.starts_with('[')
        && !trimmed
            .split('#')
            .next()
            .unwrap_or("")
            .trim()
            .ends_with(']')
    {
        let close = if trimmed.starts_with("[[") { "]]" } else { "]" };
        return Problem::new(whole_line, format!("a header has no closing `{close}`"))
            .hint(format!("end the header with `{close}`"));
    }
    if let Some((key, _)) = trimmed
        .split_once(':')
        .filter(|(key, _)| is_key(key) && !key.trim().is_empty())
    {
        return Problem::new(whole_line, "a `:` stands where `=` is meant")
            .hint(format!("write `{} = …`", key.trim()));
    }
    if !trimmed.contains('=') && !trimmed.starts_with('[') && !trimmed.starts_with('#') {
        let key = trimmed.split_whitespace().next().unwrap_or("");
        if is_key(key) && !key.is_empty() && message.contains("key") {
            return Problem::new(whole_line, "a key has no `=`").hint(format!(
                "write `{key} = \"…\"`, or begin the line with `#` to make it a comment; a text of several lines stands between \"\"\" and \"\"\""
            ));
        }
    }
    if message.contains("invalid") && message.contains("string") {
        let quote = if message.contains("literal") {
            "'"
        } else {
            "\""
        };
        let many = if message.contains("multi-line") {
            quote.repeat(3)
        } else {
            quote.to_owned()
        };
        if message.contains("control") || message.contains("escape") {
            return Problem::new(span, message)
                .hint("write a backslash twice (\\\\), or put the text between single quotes");
        }
        return Problem::new(span, format!("a text has no closing {many}")).hint(format!(
            "end the text with {many}; a quote inside it is written \\\""
        ));
    }
    if message.contains("must be quoted") || unquoted(line) {
        return Problem::new(span, "a text has no quotes around it")
            .hint("write texts in quotes: \"like this\"");
    }
    if message.contains("missing value") || trimmed.ends_with('=') {
        return Problem::new(span, "a key has no value")
            .label("value missing")
            .hint("write a value behind the `=`, or remove the line");
    }
    if message.contains("escape") || message.contains('\\') {
        return Problem::new(span, message.to_owned())
            .hint("write a backslash twice (\\\\), or put the text between single quotes");
    }
    let what = if message.is_empty() {
        "this is no TOML"
    } else {
        message
    };
    Problem::new(span, what.to_owned())
        .hint("compare the line with its neighbours: key = \"text\", key = [\"a\", \"b\"], [table] or [[item]]")
}

pub(super) const CONFLICT_HINT: &str = "choose one of the two versions between <<<<<<< and >>>>>>>, \
remove the three marker lines, and save";

/// The first conflict marker that is one: its partner follows.
pub(super) fn conflict(text: &str) -> Option<std::ops::Range<usize>> {
    let mut at = 0;
    let mut open = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare.starts_with(OURS) && is_marker(bare, OURS) {
            open = open.or(Some(at..at + bare.len()));
        } else if open.is_some() && is_marker(bare, THEIRS) {
            return open;
        }
        at += line.len();
    }
    None
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn is_key(text: &str) -> bool {
    text.trim()
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Whether the byte at `at` stands between straight quotes.
fn in_plain_quotes(line: &str, at: usize) -> bool {
    line.get(..at)
        .is_some_and(|t| t.matches('"').count() % 2 == 1)
}

/// `key = words without quotes`.
fn unquoted(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, value)| {
        is_key(key) && value.trim().chars().next().is_some_and(char::is_alphabetic)
    })
}
