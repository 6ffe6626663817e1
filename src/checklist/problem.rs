//! Problems of a checklist file: collected with their place, shown in the order
//! of the file, each with line, column and a caret.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use crate::domain::text;

/// More problems than this are counted and not shown: after so many a reader
/// mends the first ones and checks again.
const SHOWN: usize = 40;
/// Lines longer than this (bytes) are not pictured.
const LONG_LINE: usize = 400;

struct Problem {
    /// Bytes of the source.
    at: Range<usize>,
    what: String,
    hint: String,
    sort: Sort,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// The file is no valid TOML here.
    Syntax,
    /// It may only follow from a syntax error elsewhere in the file.
    MayFollow,
    Other,
}

/// The problems of one file, as they are found.
pub(super) struct Problems<'a> {
    path: String,
    source: &'a str,
    found: Vec<Problem>,
}

impl<'a> Problems<'a> {
    pub fn new(path: &Path, source: &'a str) -> Self {
        Self {
            path: text::line(&path.to_string_lossy()).into_owned(),
            source,
            found: Vec::new(),
        }
    }

    /// Something wrong at a place (bytes of the source). `hint` may be empty.
    pub fn add(&mut self, at: Range<usize>, what: impl Into<String>, hint: impl Into<String>) {
        self.push(at, what.into(), hint.into(), Sort::Other);
    }

    /// As [`Problems::add`], for something that is missing or that points at
    /// another part of the file: not reported when the file is no valid TOML,
    /// because the part may be there and only unreadable.
    pub fn add_missing(
        &mut self,
        at: Range<usize>,
        what: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.push(at, what.into(), hint.into(), Sort::MayFollow);
    }

    /// The file is no valid TOML at this place.
    pub fn add_syntax(&mut self, at: Range<usize>, what: &str) {
        self.push(at, what.to_owned(), String::new(), Sort::Syntax);
    }

    fn push(&mut self, at: Range<usize>, what: String, hint: String, sort: Sort) {
        self.found.push(Problem {
            at,
            what,
            hint,
            sort,
        });
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All problems in the order of the file, rendered and safe to show.
    pub fn render(mut self) -> Vec<String> {
        self.drop_what_follows();
        self.found.sort_by_key(|p| p.at.start);
        let more = self.found.len().saturating_sub(SHOWN);
        let mut shown: Vec<String> = self
            .found
            .iter()
            .take(SHOWN)
            .map(|p| self.picture(p))
            .collect();
        if more > 0 {
            shown.push(format!("and {more} more problems in {}", self.path));
        }
        shown
    }

    /// With broken lines in it, a file is read as well as may be: what was read
    /// from such a line was not written like that, and what seems to be missing
    /// may be there.
    fn drop_what_follows(&mut self) {
        let ends: Vec<usize> = self.source.match_indices('\n').map(|(at, _)| at).collect();
        let line = |at: usize| ends.partition_point(|end| *end < at);
        let broken: BTreeSet<usize> = self
            .found
            .iter()
            .filter(|p| p.sort == Sort::Syntax)
            .map(|p| line(p.at.start))
            .collect();
        if broken.is_empty() {
            return;
        }
        self.found.retain(|p| match p.sort {
            Sort::Syntax => true,
            Sort::MayFollow => false,
            Sort::Other => !broken.contains(&line(p.at.start)),
        });
    }

    fn picture(&self, problem: &Problem) -> String {
        let place = Place::of(self.source, problem.at.start);
        let line = place.line_of(self.source);
        let title = text::line(&problem.what).into_owned();
        let report = Level::ERROR.primary_title(title.as_str());
        let group = if line.len() > LONG_LINE {
            report.element(
                Origin::path(self.path.as_str())
                    .line(place.line)
                    .char_column(place.column),
            )
        } else {
            let from = problem.at.start.saturating_sub(place.start).min(line.len());
            let to = problem.at.end.saturating_sub(place.start).min(line.len());
            report.element(
                Snippet::source(line)
                    .line_start(place.line)
                    .path(self.path.as_str())
                    .annotation(AnnotationKind::Primary.span(from..to.max(from))),
            )
        };
        let hint = text::line(&problem.hint).into_owned();
        let group = if hint.is_empty() {
            group
        } else {
            group.element(Level::HELP.with_name("hint").message(hint.as_str()))
        };
        text::block(&Renderer::plain().render(&[group])).into_owned()
    }
}

/// Where a byte of the source is.
struct Place {
    /// From 1.
    line: usize,
    /// In characters, from 1.
    column: usize,
    /// The byte at which the line begins.
    start: usize,
}

impl Place {
    fn of(source: &str, at: usize) -> Self {
        let mut at = at.min(source.len());
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        let before = &source[..at];
        let start = before.rfind('\n').map_or(0, |n| n + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
            start,
        }
    }

    fn line_of<'s>(&self, source: &'s str) -> &'s str {
        source[self.start..].lines().next().unwrap_or_default()
    }
}

/// `did you mean ...?`, or nothing when no name is near.
pub(super) fn did_you_mean<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    nearest(typed, names).map_or_else(String::new, |name| format!("did you mean `{name}`?"))
}

/// The name that differs least, when it differs by a third at the most.
pub(super) fn nearest<'n>(
    typed: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let typed: Vec<char> = typed
        .chars()
        .take(64)
        .flat_map(char::to_lowercase)
        .collect();
    names
        .into_iter()
        .map(|name| (distance(&typed, &name.chars().collect::<Vec<_>>()), name))
        .filter(|(edits, name)| *edits <= 1 + name.chars().count().max(typed.len()) / 4)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
}

/// Edits between two words, two swapped neighbours counting as one (optimal
/// string alignment; Boytsov 2011, "Indexing methods for approximate
/// dictionary searching", 2.1).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let change = rows[i][j] + usize::from(from != to);
            let mut best = change.min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows.last()
        .and_then(|row| row.last())
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_finds_the_right_name_and_a_stranger_none() {
        let names = ["text", "list", "deliverables", "yes_no"];
        assert_eq!(nearest("texxt", names), Some("text"));
        assert_eq!(nearest("tetx", names), Some("text"));
        assert_eq!(nearest("Deliverable", names), Some("deliverables"));
        assert_eq!(nearest("yes-no", names), Some("yes_no"));
        assert_eq!(nearest("colour", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest(&"x".repeat(100_000), names), None);
    }

    #[test]
    fn a_place_counts_characters_and_never_splits_one() {
        let source = "a\nü日x\n";
        let at = source.find('x').unwrap();
        let place = Place::of(source, at);
        assert_eq!((place.line, place.column), (2, 3));
        assert_eq!(place.line_of(source), "ü日x");
        assert_eq!(Place::of(source, 3).column, 1, "inside of ü");
        assert_eq!(Place::of(source, 99).line, 3);
    }

    #[test]
    fn a_very_long_line_is_named_and_not_pictured() {
        let source = format!("a = {}\n", "x".repeat(100_000));
        let mut problems = Problems::new(Path::new("x.toml"), &source);
        problems.add(4..5, "odd", "");
        let shown = problems.render();
        assert_eq!(shown.len(), 1);
        assert!(shown[0].contains("x.toml:1:5"), "{}", shown[0]);
        assert!(shown[0].len() < 200);
    }

    #[test]
    fn only_so_many_problems_are_spelled_out() {
        let mut problems = Problems::new(Path::new("x.toml"), "a\n");
        for _ in 0..1000 {
            problems.add(0..1, "odd", "");
        }
        let shown = problems.render();
        assert_eq!(shown.len(), SHOWN + 1);
        assert_eq!(shown[SHOWN], "and 960 more problems in x.toml");
    }
}
