//! Strips on pages.

use krilla::Document as Pdf;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline as Bookmarks, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};

use super::contents::{FAINT, TINY};
use super::flow::{Flow, Strip};
use super::lines::{Ink, Line, Span, broken};
use super::{EDGE, SIDE};
use crate::export::outline::Outline;

/// Which strips stand on which page.
pub(super) fn split(strips: &[Strip], room: f32) -> Vec<std::ops::Range<usize>> {
    let mut pages = Vec::new();
    let mut start = 0;
    let mut used = 0.0;
    let mut at = 0;
    while at < strips.len() {
        // What must stay together: up to the first strip that lets go. More
        // than half a page of it is broken all the same.
        let mut end = at;
        let mut chain = 0.0;
        while let Some(strip) = strips.get(end) {
            let above = if end == start { 0.0 } else { strip.above };
            if end > at && chain + above + strip.height > room / 2.0 {
                break;
            }
            chain += above + strip.height;
            end += 1;
            if !strip.keep {
                break;
            }
        }
        if at > start && used + chain > room {
            pages.push(start..at);
            start = at;
            used = 0.0;
            continue;
        }
        used += chain;
        at = end;
    }
    pages.push(start..strips.len());
    pages
}

/// Draws all strips, and says which parts stand on which page.
pub(super) fn draw(
    pdf: &mut Pdf,
    flow: &mut Flow,
    outline: &Outline,
    mark: &str,
    settings: &PageSettings,
    height: f32,
) -> Vec<Vec<usize>> {
    let strips = std::mem::take(&mut flow.strips);
    let pages = split(&strips, height - 2.0 * EDGE);
    let count = pages.len();
    let mut bookmarks = Bookmarks::new();
    let mut parts = Vec::new();
    for (number, range) in pages.into_iter().enumerate() {
        let foot = foot(flow, mark, number + 1, count);
        let mut page = pdf.start_page_with(settings.clone());
        let mut surface = page.surface();
        let mut y = EDGE;
        let mut on_page: Vec<usize> = Vec::new();
        let strips = strips.get(range).unwrap_or_default();
        for (at, strip) in strips.iter().enumerate() {
            if at > 0 {
                if strip.rule {
                    let middle = y + strip.above / 2.0;
                    block(&mut surface, (SIDE, middle), (flow.width, 0.6), FAINT);
                }
                y += strip.above;
            }
            if strip.begins
                && let Some(part) = outline.parts.get(strip.part.wrapping_sub(1))
            {
                let place = XyzDestination::new(number, Point::from_xy(0.0, (y - 12.0).max(0.0)));
                bookmarks.push_child(OutlineNode::new(part.heading.to_owned(), place));
            }
            if !on_page.contains(&strip.part) {
                on_page.push(strip.part);
            }
            if let Some(bar) = strip.bar {
                block(
                    &mut surface,
                    (SIDE + bar.x, y),
                    (2.4, strip.height),
                    bar.ink,
                );
            }
            for (left, line, node) in &strip.lines {
                let marks = text(&mut surface, line, SIDE + left, y + strip.baseline, true);
                for (mark, (_, run, _)) in marks.into_iter().zip(&line.runs) {
                    flow.mark(*node, mark, run.instead_of.as_deref());
                }
            }
            y += strip.height;
        }
        for (x, line) in &foot {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
                ArtifactType::Footer,
            )));
            text(&mut surface, line, SIDE + x, height - EDGE + 26.0, false);
            surface.end_tagged();
        }
        surface.finish();
        page.finish();
        parts.push(on_page);
    }
    pdf.set_outline(bookmarks);
    parts
}

/// The running foot: the mark at the left, the number at the right.
fn foot(flow: &mut Flow, mark: &str, number: usize, count: usize) -> Vec<(f32, Line)> {
    let width = flow.width;
    let number = format!("Page {number} of {count}");
    let right = flow.letters.width(TINY.weight, &number) * TINY.size;
    let mut one = |text: &str, width: f32| {
        let lines = broken(&mut flow.letters, &[Span::new(text, TINY)], width);
        lines.into_iter().next()
    };
    let left = one(mark, width - right - 12.0).map(|line| (0.0, line));
    let right = one(&number, right + 10.0).map(|line| (width - right, line));
    left.into_iter().chain(right).collect()
}

fn fill(ink: Ink) -> Fill {
    Fill {
        paint: krilla::color::rgb::Color::new(ink.0, ink.1, ink.2).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

/// A filled rectangle, which means nothing to a reader.
fn block(surface: &mut Surface, (x, y): (f32, f32), (w, h): (f32, f32), ink: Ink) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(x, y, w, h) {
        path.push_rect(rect);
    }
    let Some(path) = path.finish() else { return };
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Layout,
    )));
    surface.set_fill(Some(fill(ink)));
    surface.draw_path(&path);
    surface.end_tagged();
}

/// Draws a line. With `tagged`, each run gets its mark, which are the result.
fn text(surface: &mut Surface, line: &Line, left: f32, y: f32, tagged: bool) -> Vec<Identifier> {
    let mut marks = Vec::new();
    for (x, run, look) in &line.runs {
        if tagged {
            marks.push(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
        }
        surface.set_fill(Some(fill(look.ink)));
        let from = Point::from_xy(left + x, y);
        let font = run.font.clone();
        surface.draw_glyphs(from, &run.glyphs, font, &run.text, look.size, false);
        if tagged {
            surface.end_tagged();
        }
    }
    marks
}
