use super::*;
use crate::domain::action;
use crate::domain::fixture::{amended, apply, at, signed};
use crate::domain::{Change, Stage};

/// A brief whose export was recorded, and the file.
fn exported(mut brief: Brief, format: Format) -> (Brief, Vec<u8>) {
    let document = render(&brief, format).unwrap();
    let digest = mark::digest(&document.bytes);
    let change = action::exported(
        &brief,
        format.word(),
        &digest,
        &document.parts,
        "x1",
        at("2026-02-10T10:00:00+01:00"),
    );
    apply(&mut brief, change.unwrap());
    (brief, document.bytes)
}

/// The ids of the parts of a text that are not as they were.
fn altered_parts(brief: &Brief, file: &[u8]) -> (Vec<(String, Became)>, Against) {
    let mark = mark::find(file).unwrap();
    match super::verify(file, &mark, brief) {
        Verdict::Altered(altered) => {
            let parts = altered.parts.into_iter();
            (parts.map(|p| (p.id, p.became)).collect(), altered.against)
        }
        other => panic!("{other:?}"),
    }
}

fn replaced(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(file.to_vec()).unwrap();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

#[test]
fn the_part_that_was_edited_is_named_in_every_format() {
    let changed = |id: &str| (id.to_owned(), Became::Changed);
    for format in Format::TEXTS {
        let (brief, file) = exported(signed(), format);
        // Only the needs have this.
        let edited = replaced(&file, "An .xlsx file", "A .docx file");
        let (parts, against) = altered_parts(&brief, &edited);
        let needs = vec![changed("needs")];
        let with_text = vec![changed("needs"), changed("agreement")];
        // In JSON the agreed text stands as a whole besides; it is left there.
        assert!(parts == needs || parts == with_text, "{format:?} {parts:?}");
        assert_eq!(against, Against::Export, "{format:?}");

        let date = match format {
            Format::Json => "\"2026-02-19\"",
            _ => "Thu 19 Feb 2026",
        };
        let edited = replaced(&file, date, &date.replace("19", "20"));
        let (parts, _) = altered_parts(&brief, &edited);
        assert_eq!(parts, vec![changed("plan")], "{format:?}");
    }
}

#[test]
fn the_lines_that_went_and_came_are_told() {
    let (brief, file) = exported(signed(), Format::Html);
    let edited = replaced(&file, "An .xlsx file", "A .docx &amp; file");
    let mark = mark::find(&edited).unwrap();
    let Verdict::Altered(altered) = super::verify(&edited, &mark, &brief) else {
        panic!("it was edited");
    };
    let part = &altered.parts[0];
    assert_eq!(part.name, "the needs");
    assert_eq!(
        part.removed,
        ["Met when An .xlsx file without macros or links"]
    );
    assert_eq!(
        part.added,
        ["Met when A .docx & file without macros or links"]
    );
}

#[test]
fn what_was_taken_out_or_put_in_is_told_as_such() {
    let (brief, file) = exported(signed(), Format::Markdown);
    let text = String::from_utf8(file).unwrap();
    let (before, rest) = text.split_once("## Out of scope\n").unwrap();
    let (_, after) = rest.split_once("\n## ").unwrap();
    let without = format!("{before}## Bonus\n\n- 500 EUR\n\n## {after}");
    let (parts, _) = altered_parts(&brief, without.as_bytes());
    assert_eq!(
        parts,
        vec![
            ("scope".to_owned(), Became::Gone),
            ("Bonus".to_owned(), Became::Added)
        ]
    );
}

#[test]
fn the_part_is_told_also_when_the_brief_has_changed_since() {
    for format in Format::TEXTS {
        let (mut brief, file) = exported(signed(), format);
        let now = at("2026-02-12T10:00:00+01:00");
        brief.apply(Change::Title("Another".into()), now).unwrap();
        brief.needs[0].text = "Something else altogether".into();
        brief.out.clear();
        if format == Format::Json {
            continue;
        }
        let edited = replaced(&file, "Needed by", "Needed after");
        let (parts, against) = altered_parts(&brief, &edited);
        assert_eq!(
            parts,
            vec![("plan".to_owned(), Became::Changed)],
            "{format:?}"
        );
        assert_eq!(against, Against::Export);

        // An export of an older version of the program kept no parts.
        for event in &mut brief.events {
            event.shown.clear();
        }
        let (parts, against) = altered_parts(&brief, &edited);
        assert_eq!(against, Against::Today);
        let ids: Vec<&str> = parts.iter().map(|(id, _)| id.as_str()).collect();
        for part in ["needs", "scope", "plan"] {
            assert!(ids.contains(&part), "{format:?} {ids:?}");
        }
        assert!(!ids.contains(&"request"), "{ids:?}");
    }
}

#[test]
fn a_later_event_does_not_hide_what_was_exported() {
    let (mut brief, file) = exported(amended(), Format::Text);
    let now = at("2026-02-12T10:00:00+01:00");
    let mut event = Event::new("s1", EventKind::Shared, now);
    event.to = brief.request.by.clone();
    apply(&mut brief, Change::Record(Box::new(event)));
    brief.apply(Change::Stage(Stage::Asked), now).unwrap();
    let mark = mark::find(&file).unwrap();
    assert_eq!(super::verify(&file, &mark, &brief), Verdict::Exact);
    let edited = replaced(&file, "Needed by", "Needed after");
    let Verdict::Altered(altered) = super::verify(&edited, &mark, &brief) else {
        panic!("it was edited");
    };
    assert!(altered.parts[0].removed[0].starts_with("Needed by"));
}

#[test]
fn spaces_and_ends_of_lines_are_no_part() {
    let (brief, file) = exported(signed(), Format::Text);
    let edited = replaced(&file, "\n\n", "\n\n\n");
    let (parts, against) = altered_parts(&brief, &edited);
    assert_eq!((parts.len(), against), (0, Against::Export), "{parts:?}");
}

#[test]
fn of_several_exports_the_nearest_counts() {
    let (brief, first) = exported(signed(), Format::Text);
    let mut later = brief.clone();
    later.shortcuts = Vec::new();
    later.plan.cadence = "every day".into();
    let (later, _) = {
        let document = render(&later, Format::Text).unwrap();
        let digest = mark::digest(&document.bytes);
        let now = at("2026-02-11T10:00:00+01:00");
        let change = action::exported(&later, "text", &digest, &document.parts, "x2", now);
        apply(&mut later, change.unwrap());
        (later, document)
    };
    let edited = replaced(&first, "An .xlsx file", "A .docx file");
    let (parts, _) = altered_parts(&later, &edited);
    assert_eq!(parts, vec![("needs".to_owned(), Became::Changed)]);
}

#[cfg(feature = "pdf")]
mod pdf {
    use super::*;
    use crate::export::Paper;

    /// The same PDF with the contents of one page packed anew after a change.
    fn edited(file: &[u8], page: usize, insert: &[u8]) -> Vec<u8> {
        use std::io::{Read, Write};
        let find = |from: usize, what: &[u8]| {
            let at = file[from..].windows(what.len()).position(|w| w == what);
            at.map(|at| from + at)
        };
        let (mut from, mut seen) = (0, 0);
        while let Some(at) = find(from, b"stream\n") {
            let start = at + b"stream\n".len();
            let end = find(start, b"\nendstream").unwrap();
            let mut content = Vec::new();
            let packed = flate2::read::ZlibDecoder::new(&file[start..end]);
            let read = { packed }.read_to_end(&mut content);
            if read.is_ok() && content.windows(4).any(|w| w == b" Tf ") {
                seen += 1;
                if seen == page {
                    content.extend_from_slice(insert);
                    let mut packer =
                        flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
                    packer.write_all(&content).unwrap();
                    let packed = packer.finish().unwrap();
                    return [&file[..start], &packed, &file[end..]].concat();
                }
            }
            from = end + b"\nendstream".len();
        }
        panic!("there is no page {page}");
    }

    #[test]
    fn the_page_that_was_edited_is_named_with_what_stands_on_it() {
        for paper in [Paper::A4, Paper::Letter] {
            let (brief, file) = exported(signed(), Format::Pdf(paper));
            let mark = mark::find(&file).unwrap();
            assert_eq!(super::super::verify(&file, &mark, &brief), Verdict::Exact);
            for page in [1, 2] {
                let edited = edited(&file, page, b"\n1 0 0 rg 0 0 99 99 re f");
                let Verdict::Altered(altered) = super::super::verify(&edited, &mark, &brief) else {
                    panic!("it was edited");
                };
                assert_eq!(altered.against, Against::Export);
                assert_eq!(altered.parts.len(), 1, "{altered:?}");
                let name = &altered.parts[0].name;
                assert!(name.starts_with(&format!("page {page} (")), "{name}");
                assert_eq!(name.contains("the request"), page == 1, "{name}");
                assert_eq!(altered.parts[0].became, Became::Changed);
            }
        }
    }

    #[test]
    fn an_appended_change_counts_instead_of_what_it_replaces() {
        let (brief, file) = exported(signed(), Format::Pdf(Paper::A4));
        let text = String::from_utf8_lossy(&file).into_owned();
        let page = text.find("/Contents ").unwrap();
        let number: u32 = text[page + 10..]
            .split(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        let more =
            format!("\n{number} 0 obj\n<< /Length 9 >>\nstream\n0 0 m h S\nendstream\nendobj\n");
        let edited = [&file[..], more.as_bytes()].concat();
        let mark = mark::find(&edited).unwrap();
        let Verdict::Altered(altered) = super::super::verify(&edited, &mark, &brief) else {
            panic!("it was edited");
        };
        assert_eq!(altered.parts.len(), 1, "{altered:?}");
    }

    #[test]
    fn a_pdf_with_other_bytes_and_the_same_pages_says_so() {
        let (brief, file) = exported(signed(), Format::Pdf(Paper::A4));
        let edited = [&file[..], b"\n% a note\n"].concat();
        let (parts, against) = altered_parts(&brief, &edited);
        assert_eq!((parts.len(), against), (0, Against::Export));
    }
}
