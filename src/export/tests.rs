//! What somebody who gets an export, a message or a file to check would notice.

use super::fixture::{self, amended, apply, at, code, id, signed, superreport};
use super::{Format, Mark, Verdict, digest, json_value, mark, message, render, verify};
use crate::domain::{Brief, Change, EventKind, action};

/// The brief after the export was recorded, and the file.
fn export(mut brief: Brief, format: Format) -> (Brief, String) {
    let file = render(&brief, format);
    let now = at("2026-02-10T10:00:00+01:00");
    let event = format!("x{}", brief.events.len());
    if let Some(change) = action::exported(&brief, format.word(), &digest(&file), &event, now) {
        apply(&mut brief, change);
    }
    (brief, file)
}

#[test]
fn the_signed_superreport_reads_well_in_every_format() {
    let brief = signed();
    for format in Format::ALL {
        insta::assert_snapshot!(format!("signed_{}", format.word()), render(&brief, format));
    }
}

#[test]
fn the_draft_and_the_amended_superreport_read_well() {
    insta::assert_snapshot!("draft_text", render(&superreport(), Format::Text));
    insta::assert_snapshot!("amended_text", render(&amended(), Format::Text));
    insta::assert_snapshot!("amended_markdown", render(&amended(), Format::Markdown));
    insta::assert_snapshot!("amended_html", render(&amended(), Format::Html));
}

#[test]
fn the_messages_read_well() {
    let to = id("dana");
    insta::assert_snapshot!(
        "message_draft",
        message(&superreport(), &to, "Alex Kim").text()
    );
    insta::assert_snapshot!("message_signed", message(&signed(), &to, "Alex Kim").text());
    insta::assert_snapshot!(
        "message_amended",
        message(&amended(), &to, "Alex Kim").text()
    );
    insta::assert_snapshot!(
        "message_receiver",
        message(&amended(), &id("hr"), "").text()
    );
}
