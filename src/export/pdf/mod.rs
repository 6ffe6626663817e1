//! The outline as a PDF: pages with running feet, tagged for readers that read
//! aloud, the fonts embedded, nothing in it that depends on clock or machine.

mod contents;
mod flow;
mod letters;
mod lines;
mod pages;
mod read;

pub(super) use read::contents_of_pages;

use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::{Document as Pdf, SerializeSettings};

use super::outline::Outline;
use super::{Document, NotMade, Paper, parts, record};
use crate::domain::{Brief, EventKind};
use flow::Flow;
use letters::Letters;

/// Points: 18 mm at the sides, 20 mm above and below.
const SIDE: f32 = 51.0;
const EDGE: f32 = 57.0;

fn size(paper: Paper) -> (f32, f32) {
    match paper {
        Paper::A4 => (595.28, 841.89),
        Paper::Letter => (612.0, 792.0),
    }
}

pub(super) fn render(brief: &Brief, mark: &str, paper: Paper) -> Result<Document, NotMade> {
    let outline = record::outline(brief);
    // PDF/UA, the standard for readers that read aloud. Where a text cannot
    // keep it (a letter whose glyph has no Unicode), a plain PDF is better
    // than none.
    let accessible = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .unwrap_or_default();
    draw(brief, &outline, mark, paper, accessible)
        .or_else(|_| draw(brief, &outline, mark, paper, Configuration::default()))
}

fn draw(
    brief: &Brief,
    outline: &Outline,
    mark: &str,
    paper: Paper,
    configuration: Configuration,
) -> Result<Document, NotMade> {
    let broken = || NotMade::Pdf("the fonts of the program cannot be read".to_owned());
    let (width, height) = size(paper);
    let settings = PageSettings::from_wh(width, height).ok_or_else(broken)?;
    let letters = Letters::new().ok_or_else(broken)?;
    let mut flow = Flow::new(letters, width - 2.0 * SIDE);
    contents::fill(&mut flow, outline);
    if flow.strips.iter().any(has_substitutes) {
        contents::note(&mut flow);
    }
    let mut pdf = Pdf::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    pdf.set_metadata(metadata(brief, outline, mark));
    let on_pages = pages::draw(&mut pdf, &mut flow, outline, mark, &settings, height);
    pdf.set_tag_tree(flow.tree());
    let bytes = pdf
        .finish()
        .map_err(|error| NotMade::Pdf(error.to_string()))?;
    let mut pieces = parts::cut(&bytes);
    for (piece, on_page) in pieces.iter_mut().zip(on_pages) {
        let parts = on_page.iter().map(|part| match part {
            0 => Some("head"),
            part => outline.parts.get(part - 1).map(|p| p.id),
        });
        piece.holds = parts.map(|id| id.unwrap_or("foot").to_owned()).collect();
    }
    Ok(Document {
        parts: parts::kept(&pieces),
        bytes,
    })
}

fn has_substitutes(strip: &flow::Strip) -> bool {
    let runs = strip.lines.iter().flat_map(|(_, line, _)| &line.runs);
    runs.into_iter().any(|(_, run, _)| run.instead_of.is_some())
}

fn metadata(brief: &Brief, outline: &Outline, mark: &str) -> Metadata {
    use chrono::{Datelike, Timelike};
    // The last thing that happened, not the clock: the same brief gives the
    // same bytes. Exports do not count, as in the other formats.
    let events = brief
        .events
        .iter()
        .filter(|e| e.kind != EventKind::Exported);
    let last = events.map(|e| e.at).chain([brief.created]).max();
    let at = last.unwrap_or(brief.created).naive_utc();
    let part = |number: u32| u8::try_from(number).unwrap_or(0);
    let date = DateTime::new(u16::try_from(at.year()).unwrap_or(0))
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0);
    Metadata::new()
        .title(outline.title.clone())
        .description(mark.to_owned())
        .creator("askfirst".to_owned())
        .language("en".to_owned())
        .creation_date(date)
}

#[cfg(test)]
mod tests;
