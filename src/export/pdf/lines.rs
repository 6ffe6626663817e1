//! Paragraphs broken into lines, each ready to be drawn.

use std::ops::Range;

use unicode_bidi::BidiInfo;
use unicode_segmentation::UnicodeSegmentation;

use super::letters::{Letters, Run, Weight};

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink(pub u8, pub u8, pub u8);

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub weight: Weight,
    /// In points.
    pub size: f32,
    pub ink: Ink,
}

/// A text in one look.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub text: String,
    pub look: Look,
}

impl Span {
    pub fn new(text: impl Into<String>, look: Look) -> Self {
        Self {
            text: text.into(),
            look,
        }
    }
}

/// One line: its runs, each with its place from the left edge in points.
pub(super) struct Line {
    pub runs: Vec<(f32, Run, Look)>,
}

/// Breaks spans into lines of at most `width` points. Line breaks of the text
/// stay; a word that is longer than a line is cut.
pub(super) fn broken(letters: &mut Letters, spans: &[Span], width: f32) -> Vec<Line> {
    hard_lines(spans)
        .iter()
        .flat_map(|spans| Paragraph::new(spans).lines(letters, width))
        .collect()
}

fn hard_lines(spans: &[Span]) -> Vec<Vec<Span>> {
    let mut lines: Vec<Vec<Span>> = vec![Vec::new()];
    for span in spans {
        for (at, text) in span.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(Span::new(text.replace('\t', "    "), span.look));
            }
        }
    }
    lines
}

/// Text without line breaks, with the looks of its stretches.
struct Paragraph {
    text: String,
    looks: Vec<(Range<usize>, Look)>,
}

impl Paragraph {
    fn new(spans: &[Span]) -> Self {
        let mut text = String::new();
        let mut looks = Vec::new();
        for span in spans {
            let from = text.len();
            // Whatever still separates paragraphs would split the line in two.
            text.extend(span.text.chars().map(|c| match c {
                '\u{85}'
                | '\u{2028}'
                | '\u{2029}'
                | '\r'
                | '\u{b}'
                | '\u{c}'
                | '\u{1c}'..='\u{1e}' => ' ',
                other => other,
            }));
            looks.push((from..text.len(), span.look));
        }
        Self { text, looks }
    }

    fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The parts of a stretch by their looks.
    fn looks(&self, of: &Range<usize>) -> Vec<(Range<usize>, Look)> {
        let cut = |(range, look): &(Range<usize>, Look)| {
            let both = range.start.max(of.start)..range.end.min(of.end);
            (!both.is_empty()).then_some((both, *look))
        };
        self.looks.iter().filter_map(cut).collect()
    }

    fn width(&self, letters: &mut Letters, of: &Range<usize>) -> f32 {
        let looks = self.looks(of);
        let widths = looks
            .into_iter()
            .map(|(range, look)| letters.width(look.weight, self.slice(range)) * look.size);
        widths.sum()
    }

    fn lines(&self, letters: &mut Letters, width: f32) -> Vec<Line> {
        let bidi = BidiInfo::new(&self.text, None);
        let Some(paragraph) = bidi.paragraphs.first() else {
            return vec![Line { runs: Vec::new() }];
        };
        let ranges = self.ranges(letters, width);
        let mut lines = Vec::new();
        for range in ranges {
            let mut line = Line { runs: Vec::new() };
            let mut x = 0.0;
            let (levels, runs) = bidi.visual_runs(paragraph, range.clone());
            for run in runs {
                let leftward = levels
                    .get(run.start)
                    .is_some_and(unicode_bidi::Level::is_rtl);
                let mut parts = self.looks(&run);
                if leftward {
                    parts.reverse();
                }
                for (part, look) in parts {
                    for run in letters.runs(look.weight, self.slice(part), leftward) {
                        let wide = run.width * look.size;
                        line.runs.push((x, run, look));
                        x += wide;
                    }
                }
            }
            if paragraph.level.is_rtl() {
                let shift = (width - x).max(0.0);
                for run in &mut line.runs {
                    run.0 += shift;
                }
            }
            lines.push(line);
        }
        lines
    }

    /// Which stretch goes into which line. The space at the end of a line
    /// belongs to it, so that a reader does not glue words together.
    fn ranges(&self, letters: &mut Letters, width: f32) -> Vec<Range<usize>> {
        let mut lines: Vec<Range<usize>> = Vec::new();
        let mut start = 0;
        let mut used = 0.0;
        for (at, word) in words(&self.text) {
            let whole = at..at + word.len();
            let bare = at..at + word.trim_end_matches(' ').len();
            let wide = self.width(letters, &bare);
            if used > 0.0 && used + wide > width {
                lines.push(start..at);
                start = at;
                used = 0.0;
            }
            if wide > width {
                for (offset, cluster) in word.grapheme_indices(true) {
                    let at = at + offset;
                    let wide = self.width(letters, &(at..at + cluster.len()));
                    if used > 0.0 && used + wide > width && cluster != " " {
                        lines.push(start..at);
                        start = at;
                        used = 0.0;
                    }
                    used += wide;
                }
            } else {
                used += self.width(letters, &whole);
            }
        }
        lines.push(start..self.text.len());
        lines
    }
}

/// Words with the spaces behind them, and where they begin.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut in_spaces = false;
    for (at, c) in text.char_indices() {
        if c != ' ' && in_spaces {
            words.push((start, text.get(start..at).unwrap_or_default()));
            start = at;
        }
        in_spaces = c == ' ';
    }
    words.push((start, text.get(start..).unwrap_or_default()));
    words
}
