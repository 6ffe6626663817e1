//! The outline as strips of a page.

use krilla::tagging::{ListNumbering, Tag};
use std::num::NonZeroU16;

use super::flow::{Bar, Flow, Place, ROOT};
use super::letters::Weight;
use super::lines::{Ink, Look, Span};
use crate::export::outline::{Block, Detail, Item, Outline, Part, Row, Tag as Basis, Tone};

const INK: Ink = Ink(0x1d, 0x22, 0x26);
pub(super) const SOFT: Ink = Ink(0x59, 0x63, 0x6b);
pub(super) const FAINT: Ink = Ink(0xc4, 0xcb, 0xd0);
const GOOD: Ink = Ink(0x1b, 0x6b, 0x45);
const OPEN: Ink = Ink(0x7a, 0x53, 0x00);
const WARN: Ink = Ink(0xa1, 0x2c, 0x20);

const fn look(weight: Weight, size: f32, ink: Ink) -> Look {
    Look { weight, size, ink }
}

const TITLE: Look = look(Weight::Bold, 18.0, INK);
const HEADING: Look = look(Weight::Bold, 12.0, INK);
const SMALL_HEADING: Look = look(Weight::Bold, 9.5, SOFT);
const BODY: Look = look(Weight::Regular, 10.0, INK);
const STRONG: Look = look(Weight::Bold, 10.0, INK);
const QUOTE: Look = look(Weight::Regular, 11.5, INK);
const SMALL: Look = look(Weight::Regular, 9.0, INK);
const LABEL: Look = look(Weight::Regular, 9.0, SOFT);
pub(super) const TINY: Look = look(Weight::Regular, 7.5, SOFT);

/// Where the values of labelled lines begin, from the label.
const LABELS: f32 = 86.0;
const WIDE_LABELS: f32 = 122.0;

fn ink(tone: Tone) -> Ink {
    match tone {
        Tone::Good => GOOD,
        Tone::Quiet => SOFT,
        Tone::Open => OPEN,
        Tone::Warn => WARN,
    }
}

fn level(level: u16) -> NonZeroU16 {
    NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN)
}

/// A place with lines of this pitch.
fn at(left: f32, above: f32, pitch: f32) -> Place {
    Place {
        left,
        above,
        pitch,
        ..Place::default()
    }
}

pub(super) fn fill(flow: &mut Flow, outline: &Outline) {
    let title = flow.node(ROOT, Tag::Hn(level(1), Some(outline.title.clone())));
    let place = Place {
        keep: true,
        ..at(0.0, 0.0, 23.0)
    };
    flow.text(title, &[Span::new(&*outline.title, TITLE)], place);

    let status = &outline.status;
    let tone = ink(status.tone);
    let node = flow.node(ROOT, Tag::P);
    let place = Place {
        bar: Some(Bar { x: 0.0, ink: tone }),
        keep: true,
        ..at(10.0, 8.0, 15.0)
    };
    let word = format!("{} {}", status.symbol, status.word);
    let spans = [
        Span::new(
            word,
            Look {
                ink: tone,
                ..STRONG
            },
        ),
        Span::new(format!("  {}", status.sentence), BODY),
    ];
    flow.text(node, &spans, place);
    rows(flow, ROOT, &outline.facts, 10.0);

    for part in &outline.parts {
        flow.next_part();
        section(flow, part);
    }
    flow.next_part();
    let closing = flow.node(ROOT, Tag::P);
    let place = Place {
        rule: true,
        ..at(0.0, 22.0, 12.0)
    };
    flow.text(closing, &[Span::new(&*outline.closing, LABEL)], place);
}

/// What this file lacks, told where it lacks something.
pub(super) fn note(flow: &mut Flow) {
    let node = flow.node(ROOT, Tag::P);
    let text = "Characters that the letters of this PDF lack stand as their numbers: \
                \u{2039}U+65E5\u{203a}. The HTML record shows the characters themselves.";
    flow.text(node, &[Span::new(text, LABEL)], at(0.0, 5.0, 12.0));
}

fn section(flow: &mut Flow, part: &Part) {
    let section = flow.node(ROOT, Tag::Section);
    let heading = flow.node(section, Tag::Hn(level(2), Some(part.heading.to_owned())));
    let place = Place {
        keep: true,
        rule: true,
        ..at(0.0, 22.0, 16.0)
    };
    flow.text(heading, &[Span::new(part.heading, HEADING)], place);
    for block in &part.blocks {
        match block {
            Block::Heading { text } => {
                let node = flow.node(section, Tag::Hn(level(3), Some(text.clone())));
                let place = Place {
                    keep: true,
                    ..at(0.0, 9.0, 13.0)
                };
                flow.text(node, &[Span::new(&**text, SMALL_HEADING)], place);
            }
            Block::Text { text, tag } => {
                let node = flow.node(section, Tag::P);
                let keep = tag.is_some();
                let place = Place {
                    keep,
                    ..at(0.0, 5.0, 14.0)
                };
                flow.text(node, &[Span::new(&**text, BODY)], place);
                basis(flow, section, tag.as_ref(), 0.0, false);
            }
            Block::Quote { words, source } => quote(flow, section, words, source),
            Block::List { ordered, items } => list(flow, section, *ordered, items),
            Block::Rows { rows: list } => rows(flow, section, list, 5.0),
            Block::Notice { symbol, text } => {
                let node = flow.node(section, Tag::P);
                let bar = Bar { x: 0.0, ink: OPEN };
                let place = Place {
                    bar: Some(bar),
                    ..at(10.0, 6.0, 14.0)
                };
                let mark = Span::new(
                    format!("{symbol} "),
                    Look {
                        ink: OPEN,
                        ..STRONG
                    },
                );
                flow.text(node, &[mark, Span::new(&**text, BODY)], place);
            }
        }
    }
}

fn quote(flow: &mut Flow, section: usize, words: &str, source: &str) {
    let quote = flow.node(section, Tag::BlockQuote);
    let bar = Bar { x: 0.0, ink: FAINT };
    let node = flow.node(quote, Tag::P);
    let place = Place {
        bar: Some(bar),
        keep: !source.is_empty(),
        ..at(12.0, 6.0, 16.0)
    };
    flow.text(node, &[Span::new(words, QUOTE)], place);
    if !source.is_empty() {
        let node = flow.node(quote, Tag::P);
        let place = Place {
            bar: Some(bar),
            ..at(12.0, 0.0, 13.0)
        };
        flow.text(node, &[Span::new(source, LABEL)], place);
    }
}

/// What an answer rests on, below it.
fn basis(flow: &mut Flow, parent: usize, tag: Option<&Basis>, left: f32, keep: bool) {
    let Some(tag) = tag else { return };
    let node = flow.node(parent, Tag::P);
    let tone = ink(tag.tone);
    let word = Span::new(
        format!("{} {}", tag.symbol, tag.word),
        Look { ink: tone, ..SMALL },
    );
    let mut spans = vec![word];
    if !tag.detail.is_empty() {
        spans.push(Span::new(format!("  {}", tag.detail), LABEL));
    }
    let place = Place {
        keep,
        ..at(left, 0.0, 12.5)
    };
    flow.text(node, &spans, place);
}

fn list(flow: &mut Flow, section: usize, ordered: bool, items: &[Item]) {
    let numbering = match ordered {
        true => ListNumbering::Decimal,
        false => ListNumbering::None,
    };
    let list = flow.node(section, Tag::L(numbering));
    let short = items.iter().all(|item| item.details.is_empty());
    for item in items {
        let entry = flow.node(list, Tag::LI);
        let label = flow.node(entry, Tag::Lbl);
        let body = flow.node(entry, Tag::LBody);
        let text = flow.node(body, Tag::P);
        let (mark, left, look) = match ordered {
            true => (format!("{}.", item.number), 24.0, STRONG),
            false => ("\u{2013}".to_owned(), 14.0, LABEL),
        };
        let words = if short { BODY } else { STRONG };
        let place = Place {
            keep: item.tag.is_some() || !item.details.is_empty(),
            ..at(left, if short { 3.0 } else { 7.0 }, 14.0)
        };
        let (marks, words) = ([Span::new(mark, look)], [Span::new(&*item.text, words)]);
        let width = flow.width;
        let columns: [(usize, f32, f32, &[Span]); 2] =
            [(label, 0.0, left, &marks), (text, left, width, &words)];
        flow.columns(&columns, place);
        let more = !item.details.is_empty();
        basis(flow, body, item.tag.as_ref(), left, more);
        for (at, detail) in item.details.iter().enumerate() {
            // The first stays with its item, and so does the second last.
            self::detail(flow, body, detail, left, at + 2 == item.details.len());
        }
    }
}

fn detail(flow: &mut Flow, body: usize, detail: &Detail, left: f32, keep: bool) {
    let value = [Span::new(&*detail.value, SMALL)];
    let place = Place {
        keep,
        ..at(left, 0.0, 12.5)
    };
    let node = flow.node(body, Tag::P);
    if detail.label.is_empty() {
        flow.text(node, &value, place);
        return;
    }
    let said = flow.node(body, Tag::P);
    let label = [Span::new(&*detail.label, LABEL)];
    let right = flow.width;
    let columns: [(usize, f32, f32, &[Span]); 2] = [
        (node, left, left + LABELS - 6.0, &label),
        (said, left + LABELS, right, &value),
    ];
    flow.columns(&columns, place);
}

fn rows(flow: &mut Flow, section: usize, rows: &[Row], above: f32) {
    let list = flow.node(section, Tag::L(ListNumbering::None));
    for (index, row) in rows.iter().enumerate() {
        let entry = flow.node(list, Tag::LI);
        let name = flow.node(entry, Tag::Lbl);
        let body = flow.node(entry, Tag::LBody);
        let value = flow.node(body, Tag::P);
        let place = Place {
            keep: row.tag.is_some(),
            ..at(0.0, if index == 0 { above } else { 2.0 }, 14.0)
        };
        let label = [Span::new(
            &*row.label,
            Look {
                size: 10.0,
                ..LABEL
            },
        )];
        let words = [Span::new(&*row.value, BODY)];
        let right = flow.width;
        let columns: [(usize, f32, f32, &[Span]); 2] = [
            (name, 0.0, WIDE_LABELS - 6.0, &label),
            (value, WIDE_LABELS, right, &words),
        ];
        flow.columns(&columns, place);
        basis(flow, body, row.tag.as_ref(), WIDE_LABELS, false);
    }
}
