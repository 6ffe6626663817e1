//! Any text as the file of a brief.

use std::mem::take;
use std::path::Path;

use askfirst::domain::{Agreement, Brief, BriefId};
use askfirst::storage::{Broken, Loaded, import_text, merge_texts, read_text, text_of};

use super::{harmless, moment};

const NAME: &str = "fuzzed-brief-k7m2";

#[allow(clippy::result_large_err, reason = "as the storage gives it")]
fn read(text: &str) -> Result<Loaded, Broken> {
    let id = BriefId::parse(NAME).unwrap();
    read_text("fuzzed-brief-k7m2.toml", &id, text, moment())
}

/// What is told of a file that is no brief.
pub fn told(broken: &Broken) {
    harmless("the name", &broken.file);
    harmless("the summary", &broken.summary);
    harmless("the picture", &broken.picture);
    harmless("the hint", &broken.hint);
    assert!(
        !broken.summary.is_empty() && !broken.hint.is_empty(),
        "{broken:?}"
    );
    assert!(
        broken.picture.len() < 20_000,
        "{} bytes are shown",
        broken.picture.len()
    );
}

/// The same, whatever the order of the answers.
fn same(a: &Brief, b: &Brief) -> bool {
    let sorted = |brief: &Brief| {
        let mut brief = brief.clone();
        let mut answers: Vec<_> = brief
            .answers
            .iter()
            .map(|(id, a)| (id.to_owned(), a.clone()))
            .collect();
        answers.sort_by(|(a, _), (b, _)| a.cmp(b));
        brief.answers = answers.into_iter().collect();
        brief
    };
    sorted(a) == sorted(b)
}

pub fn check(data: &[u8]) {
    // A run looks at a part of it, so that there can be many.
    let part = data.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    one_part(data, part % 8);
}

/// All that holds of a text.
pub fn check_all(data: &[u8]) {
    (0..8).for_each(|part| one_part(data, part));
}

fn one_part(data: &[u8], part: u8) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if part == 0 {
        return imported(text);
    }
    match read(text) {
        Err(broken) => told(&broken),
        Ok(loaded) => readable(text, &loaded, part),
    }
}

fn imported(text: &str) {
    match import_text("-", text, 7, moment()) {
        Err(broken) => told(&broken),
        Ok(loaded) => {
            let again = read_text("again.toml", &loaded.brief.id, &loaded.text, moment())
                .expect("ours can be read");
            assert!(same(&again.brief, &loaded.brief), "{}", loaded.text);
        }
    }
}

fn readable(text: &str, loaded: &Loaded, part: u8) {
    let brief = &loaded.brief;
    for note in &loaded.notes {
        harmless("a note", note);
    }
    let code = Agreement::of(brief).code();
    if loaded.read_only.is_some() {
        return;
    }
    match part {
        1 | 2 => as_it_was(text, loaded),
        3 | 4 => {
            let changed = changed(brief);
            let written = text_of(Some(loaded), &changed);
            let again = read(&written).unwrap_or_else(|e| panic!("{}: {written}", e.summary));
            assert!(same(&again.brief, &changed), "{text}\n---\n{written}");
            assert_ne!(Agreement::of(&changed).code(), code, "{text}");
        }
        5 | 6 => {
            let fresh = text_of(None, brief);
            let again = read(&fresh).unwrap_or_else(|e| panic!("{}: {fresh}", e.summary));
            assert!(same(&again.brief, brief), "{text}\n---\n{fresh}");
            assert_eq!(Agreement::of(&again.brief).code(), code);
        }
        // An empty ancestor is none.
        _ if text.trim().is_empty() => {}
        _ => merged(text, loaded),
    }
}

fn changed(brief: &Brief) -> Brief {
    let mut changed = brief.clone();
    changed.title.push_str(" and more");
    changed.out.push("what nobody asked for".to_owned());
    changed
}

/// What is not changed is not written otherwise, and lines that end otherwise
/// say the same.
fn as_it_was(text: &str, loaded: &Loaded) {
    assert_eq!(text_of(Some(loaded), &loaded.brief), text);
    let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
    let other = read(&crlf).expect("line ends break nothing");
    assert!(same(&other.brief, &loaded.brief), "{text:?}");
}

/// With itself, and with a side that did nothing.
fn merged(text: &str, loaded: &Loaded) {
    let path = Path::new("fuzzed-brief-k7m2.toml");
    let written = text_of(Some(loaded), &changed(&loaded.brief));
    for [base, ours, theirs] in [
        [text, text, text],
        [text, &written, text],
        [text, text, &written],
    ] {
        let merged = merge_texts(path, [base, ours, theirs], moment());
        let merged = merged.unwrap_or_else(|e| panic!("{}: {text}", e.summary));
        let is = read(&merged.text).unwrap_or_else(|e| panic!("{}: {}", e.summary, merged.text));
        let wanted = if base == ours { theirs } else { ours };
        let mut wanted = read(wanted).expect("it was read before").brief;
        // A choice without versions is none; two about one place become one.
        let mut is = is.brief;
        let (found, open) = (take(&mut is.conflicts), take(&mut wanted.conflicts));
        for version in open.iter().flat_map(|c| &c.versions) {
            let mut kept = found.iter().flat_map(|c| &c.versions);
            let is_kept = version.trim().is_empty() || kept.any(|v| v == version);
            assert!(is_kept, "{version:?} is lost: {text}\n---\n{}", merged.text);
        }
        assert!(same(&is, &wanted), "{text}\n---\n{}", merged.text);
        assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    }
}
