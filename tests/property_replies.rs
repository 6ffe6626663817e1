//! Replies of the collection, changed at random: whatever comes in, nothing
//! breaks, no words are lost, and no yes is found that nobody wrote.

use askfirst::domain::Code;
use askfirst::domain::code_in::codes_in_line;
use askfirst::domain::own_words::{is_thanks, plain};
use askfirst::reply::{Certainty, Letter, Target, own_lines, read, understand};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::replies::{Case, cases, today};

/// A change to a reply; places count from 0 and wrap around.
#[derive(Debug, Clone)]
enum Change {
    Drop(usize),
    Twice(usize),
    Swap(usize, usize),
    Quote(usize),
    Unquote(usize),
    /// A line of another reply.
    Take(usize, usize),
    Insert(usize, usize),
    Delete(usize),
    Upper(usize),
    Join(usize),
    Cut(usize),
}

const PIECES: [&str; 24] = [
    ">",
    " ",
    "\n",
    "\n\n",
    "1.",
    "2) ",
    "Q3",
    "OK ",
    "7K2M9N",
    "PH0T08",
    "but ",
    "\u{200b}",
    "\u{202e}",
    "\u{1b}[31m",
    "On 5 Feb Raj wrote:\n",
    "From: a\nSent: b\n",
    "-- \n",
    "yes",
    "\u{301}",
    "\u{1f44d}",
    "\0",
    "\r",
    "B, A",
    "thanks",
];

fn change() -> impl Strategy<Value = Change> {
    let at = any::<usize>;
    prop_oneof![
        at().prop_map(Change::Drop),
        at().prop_map(Change::Twice),
        (at(), at()).prop_map(|(a, b)| Change::Swap(a, b)),
        at().prop_map(Change::Quote),
        at().prop_map(Change::Unquote),
        (at(), at()).prop_map(|(a, b)| Change::Take(a, b)),
        (at(), 0..PIECES.len()).prop_map(|(a, b)| Change::Insert(a, b)),
        at().prop_map(Change::Delete),
        at().prop_map(Change::Upper),
        at().prop_map(Change::Join),
        at().prop_map(Change::Cut),
    ]
}

fn changed(text: &str, changes: &[Change], all: &[Case]) -> String {
    let mut text = text.to_owned();
    for change in changes {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let count = lines.len();
        let place = |at: usize| at % count;
        match *change {
            Change::Drop(at) => drop(lines.remove(place(at))),
            Change::Twice(at) => lines.insert(place(at), lines[place(at)].clone()),
            Change::Swap(a, b) => lines.swap(place(a), place(b)),
            Change::Quote(at) => lines[place(at)].insert_str(0, "> "),
            Change::Unquote(at) => {
                // From there on.
                for line in lines.iter_mut().skip(place(at)) {
                    *line = line.trim_start_matches(['>', ' ']).to_owned();
                }
            }
            Change::Take(case, line) => {
                let other = String::from_utf8_lossy(&all[case % all.len()].bytes).into_owned();
                let other: Vec<&str> = other.split('\n').collect();
                lines.insert(place(line), other[line % other.len()].to_owned());
            }
            Change::Upper(at) => lines[place(at)] = lines[place(at)].to_uppercase(),
            Change::Join(at) if place(at) + 1 < count => {
                let next = lines.remove(place(at) + 1);
                lines[place(at)].push_str(&next);
            }
            Change::Join(_) => {}
            Change::Insert(at, piece) => {
                let at = boundary(&text, at);
                text.insert_str(at, PIECES[piece]);
                continue;
            }
            Change::Delete(at) => {
                let at = boundary(&text, at);
                if at < text.len() {
                    text.remove(at);
                }
                continue;
            }
            Change::Cut(at) => {
                text.truncate(boundary(&text, at));
                continue;
            }
        }
        text = lines.join("\n");
    }
    text
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Words that stand before an answer, and are no part of it.
#[rustfmt::skip]
const MARKS: &[&str] = &[
    "question", "questions", "frage", "fragen", "pregunta", "preguntas", "punkt", "punto", "point",
    "answer", "antwort", "reponse", "respuesta", "number", "nummer", "numero", "order", "reihenfolge",
    "neue", "meine", "ordre", "orden", "nuevo", "another", "ranking", "rank", "regarding", "priority",
    "priorities", "prioritat", "prioridad", "ordine", "volgorde", "nouvel", "also", "item", "domanda",
    "vraag",
];

/// What must hold of any reply.
fn holds(bytes: &[u8], case: &Case) -> Result<(), TestCaseError> {
    let letter: Letter = read(bytes);
    let pieces = understand(&letter, &case.sheets, today());
    let own = own_lines(&letter, &case.sheets);
    // What nobody has to look at is theirs, word by word: nothing that is
    // quoted, and nothing of ours.
    let theirs = plain(&own.join(" "));
    for piece in pieces.iter().filter(|p| p.certainty == Certainty::Exact) {
        for line in piece.words.lines() {
            prop_assert!(
                theirs.contains(&plain(line)),
                "{piece:?} of {:?}",
                letter.text
            );
        }
        // A yes is OK and today's code, perhaps over the end of a line.
        if let Target::Yes { brief, code } = &piece.target {
            let sheet = case.sheets.iter().find(|s| &s.brief == brief);
            prop_assert_eq!(sheet.map(|s| s.today), Some(*code));
            let named = |line: &str| {
                let found = codes_in_line(line);
                found.iter().any(|f| f.code == *code && f.after_ok)
            };
            prop_assert!(
                piece.words.lines().any(named),
                "{piece:?} of {:?}",
                letter.text
            );
            prop_assert!(Code::parse(&code.to_string()).is_ok());
        }
    }
    // Each of their words stands in a piece.
    let said: String = pieces
        .iter()
        .map(|p| format!(" {} ", plain(&p.words)))
        .collect();
    for line in &own {
        // A keycap is a number of its own, and glues words for the eye of a test.
        if line.contains(['\u{fe0f}', '\u{20e3}']) {
            continue;
        }
        for sentence in line.split_inclusive(['.', '!', '?']) {
            // A guess of ours that came from another reply is nobody's words.
            let guess = sentence
                .trim_start()
                .to_lowercase()
                .starts_with("my guess:");
            if is_thanks(sentence) || guess {
                continue;
            }
            let sentence = plain(sentence);
            let words: Vec<&str> = sentence.split(' ').collect();
            for (at, word) in words
                .iter()
                .enumerate()
                .filter(|(_, w)| w.chars().count() > 3)
            {
                // "Question3", "Regarding 3": what names a number stands before it.
                let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
                let next = words.get(at + 1).and_then(|next| next.chars().next());
                let is_mark = MARKS.contains(&bare) || next.is_some_and(|c| c.is_ascii_digit());
                prop_assert!(
                    is_mark || said.contains(word),
                    "{word:?} of {line:?} is lost:\n{pieces:#?}"
                );
            }
        }
    }
    Ok(())
}

#[test]
fn every_reply_of_the_collection_keeps_all_words() {
    for case in cases() {
        holds(&case.bytes, &case).unwrap_or_else(|e| panic!("{}: {e}", case.name));
    }
}

/// The same changes in each run; `PROPTEST_CASES` asks for more, and for others.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let (cases, rng_seed) = match default.cases {
        256 => (600, RngSeed::Fixed(20_260_205)),
        asked => (asked, default.rng_seed),
    };
    ProptestConfig {
        cases,
        rng_seed,
        failure_persistence: None,
        ..default
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_changed_reply_loses_no_words_and_finds_no_yes_that_nobody_wrote(
        at in any::<usize>(),
        changes in prop::collection::vec(change(), 1..8),
    ) {
        thread_local!(static ALL: Vec<Case> = small());
        ALL.with(|all| {
            let case = &all[at % all.len()];
            let text = String::from_utf8_lossy(&case.bytes);
            let text = changed(&text, &changes, all);
            holds(text.as_bytes(), case)
        })?;
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        thread_local!(static ALL: Vec<Case> = small());
        ALL.with(|all| holds(&bytes, &all[0]))?;
    }
}

/// All but the long ones: those are read as they are.
fn small() -> Vec<Case> {
    let mut all = cases();
    all.retain(|case| case.bytes.len() < 20_000);
    all
}
