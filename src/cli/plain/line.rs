//! One line of input, and what it means everywhere.

use std::io::{BufRead, Read};

use super::super::{Failure, Streams};
use crate::domain::text;

/// A longer line is cut: no answer is a book.
const LONGEST: u64 = 1024 * 1024;

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Text(String),
    /// Keep or skip.
    Empty,
    Back,
    /// "I don't know": ask this customer; empty for the requester.
    Unknown(String),
    /// Take the answer away, or an item of a list, from 1.
    Remove(Option<usize>),
    /// The input has ended.
    End,
}

/// Reads a line after a prompt.
///
/// # Errors
///
/// Those of the streams.
pub fn read(streams: &mut Streams, terminal: bool) -> Result<Line, Failure> {
    write!(streams.out, "> ")?;
    streams.out.flush()?;
    let mut bytes = Vec::new();
    let input = &mut streams.input;
    let count = input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)?;
    if count == 0 {
        writeln!(streams.out)?;
        return Ok(Line::End);
    }
    let whole = bytes.ends_with(b"\n") || (count as u64) < LONGEST;
    if !whole {
        input.skip_until(b'\n')?;
    }
    let typed = String::from_utf8_lossy(&bytes).into_owned();
    if !terminal {
        // A pipe shows nothing by itself.
        writeln!(streams.out, "{}", text::fit(&text::line(typed.trim()), 200))?;
    }
    if !whole {
        writeln!(
            streams.out,
            "That line was longer than 1 MiB; the rest was left out"
        )?;
    }
    Ok(parse(&typed))
}

fn parse(typed: &str) -> Line {
    let line = typed.trim();
    if let Some(who) = line.strip_prefix("? ") {
        return Line::Unknown(who.trim().to_owned());
    }
    if let Some(number) = line.strip_prefix('-').and_then(|n| n.trim().parse().ok()) {
        return Line::Remove(Some(number));
    }
    match line {
        "" => Line::Empty,
        "<" => Line::Back,
        "?" => Line::Unknown(String::new()),
        "-" => Line::Remove(None),
        text => Line::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_answer_or_one_of_five_signs() {
        assert_eq!(parse("  \r\n"), Line::Empty);
        assert_eq!(parse("<\n"), Line::Back);
        assert_eq!(parse("?\n"), Line::Unknown(String::new()));
        assert_eq!(parse("? Dana\n"), Line::Unknown("Dana".into()));
        assert_eq!(parse("- 2\n"), Line::Remove(Some(2)));
        assert_eq!(parse("-\n"), Line::Remove(None));
        assert_eq!(parse("?? why\n"), Line::Text("?? why".into()));
        assert_eq!(parse("<b>\n"), Line::Text("<b>".into()));
    }
}
