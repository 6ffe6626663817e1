//! What is wrong with a file, said so that a person can mend it: place, caret
//! and a suggestion.

use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::super::Broken;
use crate::domain::text;

/// Characters shown on each side of a place in a long line.
const AROUND: usize = 48;

/// Something wrong at a place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::storage) struct Problem {
    /// Byte offsets.
    pub span: Range<usize>,
    /// What is wrong, without the place.
    pub what: String,
    /// A few words beside the caret.
    pub label: String,
    pub hint: String,
}

impl Problem {
    pub fn new(span: Range<usize>, what: impl Into<String>) -> Self {
        Self {
            span,
            what: what.into(),
            label: String::new(),
            hint: String::new(),
        }
    }

    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The problem as it is shown; `more` further ones are only counted.
    pub fn broken(&self, path: &Path, text: &str, more: usize) -> Broken {
        let file = file_name(path);
        let (line, column) = place(text, self.span.start);
        let also = match more {
            0 => String::new(),
            1 => " (and one more problem)".to_owned(),
            n => format!(" (and {n} more problems)"),
        };
        Broken {
            summary: text::line(&format!(
                "line {line}, column {column}: {}{also}",
                self.what
            ))
            .into_owned(),
            line: Some(line),
            column: Some(column),
            picture: self.picture(&file, text, line),
            hint: text::block(&self.hint).into_owned(),
            file,
            path: path.to_owned(),
        }
    }

    fn picture(&self, file: &str, whole: &str, line: usize) -> String {
        let start = floor(whole, self.span.start);
        let from = whole[..start].rfind('\n').map_or(0, |at| at + 1);
        let to = whole[start..]
            .find('\n')
            .map_or(whole.len(), |at| start + at);
        let end = floor(whole, self.span.end).clamp(start, to);
        // Replaced bit by bit, so that the caret stays under its place.
        let before = cut_front(&whole[from..start]);
        let marked = cut_back(&whole[start..end]);
        let after = cut_back(&whole[end..to]);
        let before = text::line(&before).into_owned();
        let marked = text::line(&marked).into_owned();
        let after = text::line(after.trim_end_matches('\r')).into_owned();
        let shown = format!("{before}{marked}{after}");
        let span = before.len()..before.len() + marked.len();
        let label = text::line(&self.label).into_owned();
        let mut mark = AnnotationKind::Primary.span(span);
        if !label.is_empty() {
            mark = mark.label(label);
        }
        let snippet = Snippet::source(shown)
            .line_start(line)
            .path(file.to_owned())
            .annotation(mark);
        let report = &[Group::with_level(Level::ERROR).element(snippet)];
        let rendered = Renderer::plain().render(report);
        // The column in the first line would be that of the shortened line.
        rendered
            .lines()
            .skip_while(|l| l.trim_start().starts_with("-->"))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// A problem of the file as a whole.
pub(in crate::storage) fn whole_file(
    path: &Path,
    summary: impl AsRef<str>,
    hint: impl AsRef<str>,
) -> Broken {
    Broken {
        file: file_name(path),
        path: path.to_owned(),
        summary: text::line(summary.as_ref()).into_owned(),
        line: None,
        column: None,
        picture: String::new(),
        hint: text::block(hint.as_ref()).into_owned(),
    }
}

/// The name of a file, safe to show.
pub(in crate::storage) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    text::line(&name.to_string_lossy()).into_owned()
}

/// Line and column of an offset, both from 1; columns count characters.
pub(in crate::storage) fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..floor(text, offset)];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[start..].chars().count() + 1)
}

/// The nearest place at or before `offset` where a character begins.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn cut_front(text: &str) -> String {
    let count = text.chars().count();
    if count <= AROUND {
        return text.to_owned();
    }
    let tail: String = text.chars().skip(count - AROUND).collect();
    format!("…{tail}")
}

fn cut_back(text: &str) -> String {
    if text.chars().count() <= AROUND {
        return text.to_owned();
    }
    let head: String = text.chars().take(AROUND).collect();
    format!("{head}…")
}
