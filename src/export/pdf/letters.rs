//! From text to glyphs: which font has a letter, what stands for one that none
//! has, and in which order a line with right-to-left text is drawn.

use std::collections::HashMap;
use std::ops::Range;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::ttf_parser;
use rustybuzz::{Direction, Face, UnicodeBuffer};
use unicode_segmentation::UnicodeSegmentation;

/// One of the fonts in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// DejaVu Sans has Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic
/// and many signs. It is built in: the same brief gives the same bytes on any
/// machine, which a font of the system would not.
pub(super) struct Letters {
    regular: Loaded,
    bold: Loaded,
    /// Widths of words, in em: most words come again.
    widths: HashMap<(Weight, String), f32>,
}

struct Loaded {
    face: Face<'static>,
    font: Font,
}

impl Loaded {
    fn new(data: &'static [u8]) -> Option<Self> {
        let face = ttf_parser::Face::parse(data, 0).ok()?;
        Some(Self {
            face: Face::from_face(face),
            font: Font::new(data.into(), 0)?,
        })
    }
}

/// Glyphs of one font and one direction, drawn from left to right.
pub(super) struct Run {
    pub glyphs: Vec<KrillaGlyph>,
    pub font: Font,
    /// What the glyphs were made from.
    pub text: String,
    /// What was written, where the glyphs show something else for it.
    pub instead_of: Option<String>,
    /// In em.
    pub width: f32,
}

impl Letters {
    /// The fonts. `None` only if they were broken, which a test would notice.
    pub fn new() -> Option<Self> {
        Some(Self {
            regular: Loaded::new(dejavu::sans_condensed::regular())?,
            bold: Loaded::new(dejavu::sans_condensed::bold())?,
            widths: HashMap::new(),
        })
    }

    fn of(&self, weight: Weight) -> &Loaded {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Whether both fonts can show a cluster: a name looks the same everywhere.
    fn has(&self, cluster: &str) -> bool {
        [&self.regular, &self.bold].iter().all(|loaded| {
            cluster
                .chars()
                .all(|c| is_invisible(c) || loaded.face.glyph_index(c).is_some_and(|g| g.0 != 0))
        })
    }

    /// The width of a text, in em.
    pub fn width(&mut self, weight: Weight, text: &str) -> f32 {
        let key = (weight, text.to_owned());
        if let Some(width) = self.widths.get(&key) {
            return *width;
        }
        let width = self.runs(weight, text, false).iter().map(|r| r.width).sum();
        self.widths.insert(key, width);
        width
    }

    /// The runs of a text of one direction, in the order in which they are drawn.
    pub fn runs(&self, weight: Weight, text: &str, leftward: bool) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (range, shown) in self.pieces(text) {
            let piece = text.get(range).unwrap_or_default();
            runs.push(if shown {
                self.shaped(weight, piece.to_owned(), None, leftward)
            } else {
                self.shaped(weight, substitute(piece), Some(piece.to_owned()), false)
            });
        }
        if leftward {
            runs.reverse();
        }
        runs
    }

    /// Stretches of a text that the fonts can show, or cannot.
    fn pieces(&self, text: &str) -> Vec<(Range<usize>, bool)> {
        let mut pieces: Vec<(Range<usize>, bool)> = Vec::new();
        for (at, cluster) in text.grapheme_indices(true) {
            let end = at + cluster.len();
            let shown = self.has(cluster);
            match pieces.last_mut() {
                Some((range, same)) if *same == shown => range.end = end,
                _ => pieces.push((at..end, shown)),
            }
        }
        pieces
    }

    fn shaped(
        &self,
        weight: Weight,
        text: String,
        instead_of: Option<String>,
        leftward: bool,
    ) -> Run {
        let loaded = self.of(weight);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        buffer.set_direction(match leftward {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        });
        let shaped = rustybuzz::shape(&loaded.face, &[], buffer);
        let em = loaded.font.units_per_em();
        let infos = shaped.glyph_infos();
        // Where the text of each cluster ends: at the start of the next one.
        let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        let end_of = |start: usize| {
            let next = starts.partition_point(|s| *s <= start);
            starts.get(next).copied().unwrap_or(text.len())
        };
        let glyphs: Vec<KrillaGlyph> = infos
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, place)| {
                let start = info.cluster as usize;
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    place.x_advance as f32 / em,
                    place.x_offset as f32 / em,
                    place.y_offset as f32 / em,
                    place.y_advance as f32 / em,
                    start..end_of(start),
                    None,
                )
            })
            .collect();
        let advance: i32 = shaped.glyph_positions().iter().map(|p| p.x_advance).sum();
        Run {
            glyphs,
            font: loaded.font.clone(),
            text,
            instead_of,
            width: advance as f32 / em,
        }
    }
}

/// Joiners and selectors that shape their neighbours and show nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// Names the characters by their numbers: `‹U+65E5 U+672C›`.
fn substitute(text: &str) -> String {
    let numbers: Vec<String> = text
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| format!("U+{:04X}", u32::from(c)))
        .collect();
    format!("\u{2039}{}\u{203a}", numbers.join(" "))
}
