//! A TOML text cut into its headers and keys without losing a byte: joined
//! again, the pieces are the text. Only `\n` ends a line here.

use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, parse_document};

/// One `key = value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::storage) struct Entry {
    /// Comments and blank lines above it.
    pub lead: String,
    /// The parts of the key, decoded.
    pub key: Vec<String>,
    /// From the start of the line to the value: indentation, key and `=`.
    pub before: String,
    /// The value as it is written.
    pub value: String,
    /// From the value to the end of the line, with the line break.
    pub after: String,
}

/// One `[header]` or `[[header]]` with its keys; the first has no header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::storage) struct Section {
    /// Blank lines and the comments that touch the header.
    pub lead: String,
    /// The line of the header, empty for the first section.
    pub header: String,
    pub path: Vec<String>,
    /// Whether it is an item of an array of tables.
    pub item: bool,
    pub entries: Vec<Entry>,
    /// Comments and blank lines after the last key.
    pub trail: String,
}

/// A whole text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::storage) struct Lines {
    /// Comments and blank lines at the very top.
    pub head: String,
    /// Never empty: the first holds the keys before any header.
    pub sections: Vec<Section>,
}

impl Lines {
    /// Cuts a text. `None` where it is no valid TOML (values are not checked).
    pub fn parse(text: &str) -> Option<Self> {
        let source = Source::new(text);
        let tokens = source.lex().into_vec();
        let mut events: Vec<Event> = Vec::with_capacity(tokens.len());
        let mut errors = None;
        parse_document(&tokens, &mut events, &mut errors);
        if errors.is_some() {
            return None;
        }
        Cutter {
            text,
            source,
            events: &events,
            at: 0,
            done: 0,
        }
        .cut()
    }

    /// The text again.
    pub fn text(&self) -> String {
        let mut text = self.head.clone();
        for section in &self.sections {
            text.push_str(&section.lead);
            text.push_str(&section.header);
            for e in &section.entries {
                for part in [&e.lead, &e.before, &e.value, &e.after] {
                    text.push_str(part);
                }
            }
            text.push_str(&section.trail);
        }
        text
    }
}

/// What is inside an inline table or an array.
pub(in crate::storage) struct Inner {
    /// Keys (empty in an array) and values, as they are written.
    pub parts: Vec<(Vec<String>, String)>,
    /// The comments between them, one a line.
    pub comments: String,
}

/// Looks into an inline table or an array. `None` for other values.
pub(super) fn inner(value: &str) -> Option<Inner> {
    let wrapped = format!("v={value}");
    let source = Source::new(&wrapped);
    let tokens = source.lex().into_vec();
    let mut events: Vec<Event> = Vec::with_capacity(tokens.len());
    let mut errors = None;
    parse_document(&tokens, &mut events, &mut errors);
    if errors.is_some() {
        return None;
    }
    let open = events
        .iter()
        .position(|e| e.kind() == EventKind::KeyValSep)?
        + 1;
    let rest = events.get(open..)?;
    let open = rest.iter().position(|e| !is_trivia(e.kind()))?;
    if !opens(rest.get(open)?.kind()) {
        return None;
    }
    let mut comments = String::new();
    for event in rest.iter().filter(|e| e.kind() == EventKind::Comment) {
        comments.push_str(wrapped.get(event.span().start()..event.span().end())?);
        comments.push('\n');
    }
    let mut parts = Vec::new();
    let mut key = Vec::new();
    let mut at = open + 1;
    while let Some(event) = rest.get(at) {
        match event.kind() {
            EventKind::SimpleKey => key.push(decode_key(source, event)),
            kind if kind == EventKind::Scalar || opens(kind) => {
                let end = value_end(rest, at)?;
                let raw = wrapped.get(event.span().start()..end.1)?;
                parts.push((std::mem::take(&mut key), raw.to_owned()));
                at = end.0;
            }
            kind if closes(kind) => break,
            _ => {}
        }
        at += 1;
    }
    Some(Inner { parts, comments })
}

fn opens(kind: EventKind) -> bool {
    matches!(kind, EventKind::ArrayOpen | EventKind::InlineTableOpen)
}

fn closes(kind: EventKind) -> bool {
    matches!(kind, EventKind::ArrayClose | EventKind::InlineTableClose)
}

fn is_trivia(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Whitespace | EventKind::Comment | EventKind::Newline
    )
}

/// The last event of the value that begins at `at`, and where it ends.
fn value_end(events: &[Event], at: usize) -> Option<(usize, usize)> {
    let mut depth = 0usize;
    for (n, event) in events.iter().enumerate().skip(at) {
        if opens(event.kind()) {
            depth += 1;
        } else if closes(event.kind()) {
            depth = depth.checked_sub(1)?;
        }
        if depth == 0 {
            return Some((n, event.span().end()));
        }
    }
    None
}

fn decode_key(source: Source<'_>, event: &Event) -> String {
    let mut key = std::borrow::Cow::Borrowed("");
    if let Some(raw) = source.get(event) {
        raw.decode_key(&mut key, &mut ());
    }
    key.into_owned()
}

struct Cutter<'a> {
    text: &'a str,
    source: Source<'a>,
    events: &'a [Event],
    /// The event that comes next.
    at: usize,
    /// Everything before this offset is in a piece.
    done: usize,
}

impl Cutter<'_> {
    fn cut(mut self) -> Option<Lines> {
        let mut lines = Lines {
            head: String::new(),
            sections: vec![Section::default()],
        };
        let mut first = true;
        while let Some(event) = self.events.get(self.at) {
            let kind = event.kind();
            if is_trivia(kind) {
                self.at += 1;
                continue;
            }
            let start = self.line_start(event.span().start());
            let mut trivia = self.take(start)?;
            if std::mem::take(&mut first) {
                lines.head = std::mem::take(&mut trivia);
            }
            match kind {
                EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                    let (trail, lead) = split(&trivia);
                    lines.sections.last_mut()?.trail.push_str(trail);
                    let path = self.keys();
                    let end = self.line_end()?;
                    lines.sections.push(Section {
                        lead: lead.to_owned(),
                        header: self.take(end)?,
                        path,
                        item: kind == EventKind::ArrayTableOpen,
                        ..Section::default()
                    });
                }
                EventKind::SimpleKey => {
                    let key = self.keys();
                    while is_trivia(self.events.get(self.at)?.kind()) {
                        self.at += 1;
                    }
                    let value_start = self.events.get(self.at)?.span().start();
                    let (last, value_end) = value_end(self.events, self.at)?;
                    self.at = last + 1;
                    let before = self.take(value_start)?;
                    let value = self.take(value_end)?;
                    let end = self.line_end()?;
                    let after = self.take(end)?;
                    lines.sections.last_mut()?.entries.push(Entry {
                        lead: trivia,
                        key,
                        before,
                        value,
                        after,
                    });
                }
                _ => return None,
            }
        }
        let rest = self.take(self.text.len())?;
        if first {
            lines.head = rest;
        } else {
            lines.sections.last_mut()?.trail.push_str(&rest);
        }
        Some(lines)
    }

    /// The parts of a key; goes on behind the `]` or `=` that ends it.
    fn keys(&mut self) -> Vec<String> {
        let mut keys = Vec::new();
        while let Some(event) = self.events.get(self.at) {
            self.at += 1;
            match event.kind() {
                EventKind::SimpleKey => keys.push(decode_key(self.source, event)),
                EventKind::KeyValSep | EventKind::StdTableClose | EventKind::ArrayTableClose => {
                    break;
                }
                _ => {}
            }
        }
        keys
    }

    /// Goes on behind the line break, and tells where that is.
    fn line_end(&mut self) -> Option<usize> {
        while let Some(event) = self.events.get(self.at) {
            if !is_trivia(event.kind()) {
                return None;
            }
            self.at += 1;
            if event.kind() == EventKind::Newline {
                return Some(event.span().end());
            }
        }
        Some(self.text.len())
    }

    fn line_start(&self, offset: usize) -> usize {
        self.text
            .get(..offset)
            .and_then(|t| t.rfind('\n'))
            .map_or(0, |at| at + 1)
    }

    fn take(&mut self, end: usize) -> Option<String> {
        let piece = self.text.get(self.done..end)?;
        self.done = end;
        Some(piece.to_owned())
    }
}

/// Trivia before a header: what stays with the section above, and what
/// belongs to the header (the comments that touch it, and blank lines above).
fn split(trivia: &str) -> (&str, &str) {
    let mut at = trivia.len();
    let mut blank = false;
    for line in trivia.split_inclusive('\n').rev() {
        match (line.trim().is_empty(), blank) {
            (true, _) => blank = true,
            (false, true) => break,
            (false, false) => {}
        }
        at -= line.len();
    }
    trivia.split_at(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_joined_are_the_text() {
        for text in [
            "",
            "# only a comment",
            "\n\n",
            "a = 1",
            "# top\n\n# two\na.b . c=1 # x\n\n  [ t . \"u\" ] # y\n\n# stays\n\n# goes\n[[x]]\n q = [ 1, # c\n 2 ]\n# end",
            "a = { b = 1,\n c = [{}] }\ns = \"\"\"\n[no]\n# no\n\"\"\"\n[z]",
        ] {
            let lines = Lines::parse(text).expect("it is TOML");
            assert_eq!(lines.text(), text);
        }
        assert_eq!(Lines::parse("a = = 1"), None);
    }

    #[test]
    fn comments_that_touch_a_header_belong_to_it() {
        let lines = Lines::parse("a=1\n# stays\n\n# goes\n[b]\n").expect("it is TOML");
        assert_eq!(lines.sections[0].trail, "# stays\n");
        assert_eq!(lines.sections[1].lead, "\n# goes\n");
    }

    #[test]
    fn an_inline_table_opens_into_its_keys() {
        let found = inner("{ a = 1, # c\n b.c = [1, {d = 2}] }").expect("a table");
        assert_eq!(found.comments, "# c\n");
        let found = found.parts;
        assert_eq!(found[0], (vec!["a".to_owned()], "1".to_owned()));
        assert_eq!(found[1].0, ["b", "c"]);
        assert_eq!(found[1].1, "[1, {d = 2}]");
        assert_eq!(inner("[1, 'x']").map(|f| f.parts.len()), Some(2));
        assert!(inner("1").is_none());
    }
}
