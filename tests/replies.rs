//! Replies as people write them, each with what a reader makes of it. See
//! replies/README.md for how to add one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use askfirst::domain::reply::Given;
use askfirst::domain::sheet::{Put, Takes};
use askfirst::domain::{BriefId, Code, Day, ItemId, Moment, Sheet};
use askfirst::reply::{Certainty, Letter, Piece, Target, read, understand};
use serde::Deserialize;

/// Of all matches that a reader finds, at least so many are found (percent).
const RECALL: usize = 97;
/// Of all likely matches, at most so many are none (percent).
const NOISE: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Who writes with what, and how.
    what: String,
    /// What they were asked: names of files in `sheets`, the brief at hand first.
    asked: Vec<String>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    subject: String,
    on: Option<Day>,
    /// The matches, in their order.
    found: Vec<String>,
    /// Words of others, and greetings: in no piece.
    #[serde(default)]
    never: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetFile {
    brief: String,
    title: String,
    to: String,
    sent: String,
    code: String,
    today: String,
    older: Vec<String>,
    #[serde(default)]
    first_letter: usize,
    needs: Vec<Named>,
    #[serde(default)]
    put: Vec<PutFile>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PutFile {
    number: usize,
    question: String,
    put: String,
    #[serde(default)]
    guess: String,
    #[serde(default)]
    stale: bool,
    #[serde(default)]
    takes: String,
    #[serde(default)]
    choices: Vec<Named>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replies")
}

fn named(list: Vec<Named>) -> Vec<(ItemId, String)> {
    list.into_iter()
        .map(|n| (ItemId::parse(&n.id).unwrap(), n.text))
        .collect()
}

fn sheet(name: &str) -> Sheet {
    let path = folder().join("sheets").join(format!("{name}.toml"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let file: SheetFile = toml::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
    let code = |text: &String| Code::parse(text).unwrap();
    Sheet {
        brief: BriefId::parse(&file.brief).unwrap(),
        title: file.title,
        to: ItemId::parse(&file.to).unwrap(),
        sent: Some(Moment::parse_from_rfc3339(&file.sent).unwrap()),
        code: code(&file.code),
        today: code(&file.today),
        older: file.older.iter().map(code).collect(),
        first_letter: file.first_letter,
        needs: named(file.needs),
        puts: file
            .put
            .into_iter()
            .map(|put| Put {
                number: put.number,
                question: put.question,
                put: put.put,
                guess: put.guess,
                stale: put.stale,
                takes: match put.takes.as_str() {
                    "day" => Takes::Day,
                    "order" => Takes::Order,
                    _ if !put.choices.is_empty() => Takes::OneOf(named(put.choices)),
                    _ => Takes::Words,
                },
            })
            .collect(),
    }
}

/// A reply of the collection.
pub struct Case {
    pub name: String,
    pub bytes: Vec<u8>,
    expected: Expected,
    pub sheets: Vec<Sheet>,
}

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let expected: Expected = toml::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let bytes = ["txt", "eml"]
            .iter()
            .find_map(|e| std::fs::read(path.with_extension(e)).ok())
            .unwrap_or_else(|| panic!("{name} has no .txt and no .eml"));
        let sheets = expected.asked.iter().map(|name| sheet(name)).collect();
        cases.push(Case {
            name,
            bytes,
            expected,
            sheets,
        });
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

pub fn today() -> Day {
    "2026-02-06".parse().unwrap()
}

/// A piece as the collection writes it, without its words: `answer tool yes`.
fn meaning(piece: &Piece) -> String {
    match &piece.target {
        Target::Answer {
            question, given, ..
        } => {
            let given = match given {
                Given::Yes => "yes".to_owned(),
                Given::No => "no".to_owned(),
                Given::Reading(id) => format!("choice {}", id.as_str()),
                Given::Day(day) => format!("day {day}"),
                Given::Words => "words".to_owned(),
            };
            format!("{question} = {given}")
        }
        Target::Order { needs, .. } => {
            let ids: Vec<&str> = needs.iter().map(ItemId::as_str).collect();
            format!("order {}", ids.join(", "))
        }
        Target::Yes { brief, .. } => format!("yes to {}", brief.as_str()),
        Target::OldYes { brief, .. } => format!("old yes to {}", brief.as_str()),
        Target::Objection { brief } => format!("objection to {}", brief.as_str()),
        Target::Remark => "remark".to_owned(),
    }
}

fn certainty(piece: &Piece) -> &'static str {
    match piece.certainty {
        Certainty::Exact => "exact",
        Certainty::Likely => "likely",
        Certainty::Open => "open",
    }
}

/// What a line of the collection says: how sure, what, and some of the words.
fn wanted(line: &str) -> (&str, String, &str) {
    let (sure, rest) = line.split_once(' ').unwrap_or_else(|| panic!("{line}"));
    assert!(["exact", "likely", "open"].contains(&sure), "{line}");
    let (what, words) = rest.split_once(" | ").unwrap_or((rest, ""));
    let what = what
        .replace("the report", "what-my-analysts-do-all-day-k7m2")
        .replace("the photocopies", "the-monthly-photocopies-t8vw")
        .replace("the checklist", "checklist-for-new-colleagues-p3qz");
    (sure, what, words)
}

fn shown(pieces: &[Piece]) -> String {
    let line = |p: &Piece| {
        format!(
            "    {} {} | {:?} ({})",
            certainty(p),
            meaning(p),
            p.words,
            p.why
        )
    };
    pieces.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[derive(Default)]
struct Tally {
    replies: usize,
    exact: usize,
    exact_found: usize,
    wanted: usize,
    found: usize,
    likely: usize,
    noise: usize,
}

#[test]
fn no_reply_is_matched_wrongly_and_few_matches_are_missed() {
    let mut tally = Tally::default();
    let mut wrong = Vec::new();
    let mut missed = Vec::new();
    for case in cases() {
        let letter = read(&case.bytes);
        let pieces = understand(&letter, &case.sheets, today());
        tally.replies += 1;
        let mut open: Vec<_> = case
            .expected
            .found
            .iter()
            .map(|line| wanted(line))
            .collect();
        // No exact match that a reader would not call exact.
        for piece in pieces.iter().filter(|p| p.certainty == Certainty::Exact) {
            let is_wanted = open
                .iter()
                .any(|(sure, what, _)| *sure == "exact" && *what == meaning(piece));
            if !is_wanted {
                wrong.push(format!(
                    "{}: {} | {:?}",
                    case.name,
                    meaning(piece),
                    piece.words
                ));
            }
        }
        let mut left: Vec<&Piece> = pieces.iter().collect();
        let mut lacking = Vec::new();
        for (sure, what, words) in open.drain(..) {
            tally.wanted += 1;
            tally.exact += usize::from(sure == "exact");
            let at = left
                .iter()
                .position(|p| meaning(p) == what && p.words.contains(words));
            match at {
                Some(at) => {
                    let piece = left.remove(at);
                    tally.found += 1;
                    tally.exact_found +=
                        usize::from(sure == "exact" && piece.certainty == Certainty::Exact);
                    if sure != certainty(piece) {
                        lacking.push(format!("{sure} {what}, not {}", certainty(piece)));
                    }
                }
                None => lacking.push(format!("{sure} {what} | {words}")),
            }
        }
        tally.likely += pieces
            .iter()
            .filter(|p| p.certainty == Certainty::Likely)
            .count();
        let noise: Vec<&&Piece> = left
            .iter()
            .filter(|p| p.certainty == Certainty::Likely)
            .collect();
        tally.noise += noise.len();
        for words in &case.expected.never {
            if let Some(piece) = pieces.iter().find(|p| p.words.contains(words)) {
                wrong.push(format!(
                    "{}: {words:?} is not theirs, in {:?}",
                    case.name, piece.words
                ));
            }
        }
        // What nobody expects is noise, and a remark is one too.
        if !lacking.is_empty() || !left.is_empty() {
            missed.push(format!(
                "{} ({})\n  lacks {}\n  found\n{}",
                case.name,
                case.expected.what,
                lacking.join("; "),
                shown(&pieces)
            ));
        }
    }
    println!("{}", missed.join("\n"));
    println!(
        "{} replies: {} of {} exact matches exact, {} of {} matches found, {} of {} likely ones none",
        tally.replies,
        tally.exact_found,
        tally.exact,
        tally.found,
        tally.wanted,
        tally.noise,
        tally.likely
    );
    assert!(wrong.is_empty(), "matched wrongly:\n{}", wrong.join("\n"));
    assert!(tally.replies >= 120, "{} replies", tally.replies);
    assert!(
        tally.found * 100 >= tally.wanted * RECALL,
        "{}",
        missed.join("\n")
    );
    assert!(
        tally.noise * 100 <= tally.likely * NOISE,
        "{}",
        missed.join("\n")
    );
}

#[test]
fn who_wrote_a_reply_and_when_is_read_from_its_head() {
    let mut wrong = Vec::new();
    for case in cases() {
        let Letter {
            name,
            address,
            subject,
            on,
            ..
        } = read(&case.bytes);
        let e = &case.expected;
        let found = (name.as_str(), address.as_str(), subject.as_str(), on);
        let wanted = (
            e.name.as_str(),
            e.address.as_str(),
            e.subject.as_str(),
            e.on,
        );
        if found != wanted {
            wrong.push(format!("{}: {found:?}, not {wanted:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_collection_shows_many_ways_to_reply() {
    let cases = cases();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &cases {
        for word in [
            "Outlook",
            "Gmail",
            "Apple Mail",
            "phone",
            "German",
            "French",
            "Spanish",
            "hostile",
            "HTML",
            "inline",
        ] {
            let seen = case.expected.what.contains(word);
            *kinds.entry(word).or_default() += usize::from(seen);
        }
    }
    assert!(kinds.values().all(|count| *count >= 4), "{kinds:?}");
}
