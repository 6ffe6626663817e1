//! The outline as plain text: readable in any window, mail or printout.

use super::outline::{Block, Detail, Item, Outline, Part, Row};
use super::wrap::{WIDTH, wrap};
use crate::domain::text;

pub(super) fn render(outline: &Outline, mark: &str) -> String {
    let mut out = String::new();
    let title = wrap(&outline.title, WIDTH, "", "", true);
    out.push_str(&title);
    out.push('\n');
    out.push_str(&"=".repeat(longest(&title)));
    out.push_str("\n\n");
    let status = &outline.status;
    let line = format!("{} {}. {}", status.symbol, status.word, status.sentence);
    push(&mut out, &line, "", "  ");
    out.push('\n');
    rows(&mut out, &outline.facts);
    for part in &outline.parts {
        out.push('\n');
        render_part(&mut out, part);
    }
    out.push('\n');
    out.push_str(&"-".repeat(WIDTH));
    out.push('\n');
    push(&mut out, &outline.closing, "", "");
    // Never wrapped: the mark is found by its line.
    out.push('\n');
    out.push_str(mark);
    out.push('\n');
    out
}

fn longest(lines: &str) -> usize {
    let widths = lines.lines().map(text::width);
    widths.max().unwrap_or(0).clamp(1, WIDTH)
}

fn push(out: &mut String, text: &str, first: &str, rest: &str) {
    out.push_str(&wrap(text, WIDTH, first, rest, true));
    out.push('\n');
}

fn render_part(out: &mut String, part: &Part) {
    out.push_str(part.heading);
    out.push('\n');
    out.push_str(&"-".repeat(text::width(part.heading)));
    out.push('\n');
    for (at, block) in part.blocks.iter().enumerate() {
        match block {
            Block::Heading { text } => {
                if at > 0 {
                    out.push('\n');
                }
                push(out, &format!("{text}:"), "", "");
            }
            Block::Text { text, tag } => {
                push(out, text, "", "");
                if let Some(tag) = tag {
                    push(out, &format!("[{}]", tag.words()), "", " ");
                }
            }
            Block::Quote { words, source } => {
                push(out, words, "  > ", "  > ");
                if !source.is_empty() {
                    push(out, source, "    ", "    ");
                }
            }
            Block::List { ordered, items } => {
                for item in items {
                    render_item(out, item, *ordered);
                }
            }
            Block::Rows { rows: list } => rows(out, list),
            Block::Notice { symbol, text } => {
                push(out, text, &format!("{symbol} "), "  ");
            }
        }
    }
}

fn render_item(out: &mut String, item: &Item, ordered: bool) {
    let first = if ordered {
        format!("{:>2}. ", item.number)
    } else {
        "  - ".to_owned()
    };
    let rest = " ".repeat(first.len());
    push(out, &item.text, &first, &rest);
    if let Some(tag) = &item.tag {
        push(
            out,
            &format!("[{}]", tag.words()),
            &rest,
            &format!("{rest} "),
        );
    }
    for detail in &item.details {
        push(out, &detail_line(detail), &rest, &format!("{rest}  "));
    }
}

fn detail_line(detail: &Detail) -> String {
    if detail.label.is_empty() {
        detail.value.clone()
    } else {
        format!("{}: {}", detail.label, detail.value)
    }
}

fn rows(out: &mut String, rows: &[Row]) {
    for row in rows {
        let tag = row
            .tag
            .as_ref()
            .map_or_else(String::new, |t| format!("  [{}]", t.words()));
        push(out, &format!("{}: {}{tag}", row.label, row.value), "", "  ");
    }
}
