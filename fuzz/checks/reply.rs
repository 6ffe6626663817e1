//! Any bytes as a reply: read, matched, and nothing lost.

use askfirst::domain::code_in::codes_in_line;
use askfirst::domain::own_words::{is_thanks, plain};
use askfirst::domain::sheet::{Put, Takes};
use askfirst::domain::{BriefId, Code, ItemId, Moment, Sheet};
use askfirst::reply::{Certainty, Target, own_lines, read, understand};

fn sheets() -> Vec<Sheet> {
    let id = |text: &str| ItemId::parse(text).unwrap();
    let named = |list: &[(&str, &str)]| {
        list.iter()
            .map(|(i, t)| (id(i), (*t).to_owned()))
            .collect::<Vec<_>>()
    };
    let put = |number, question: &str, put: &str, guess: &str, takes| Put {
        number,
        question: question.to_owned(),
        put: put.to_owned(),
        guess: guess.to_owned(),
        stale: false,
        takes,
    };
    let code = |text: &str| Code::parse(text).unwrap();
    let sent = Moment::parse_from_rfc3339("2026-02-05T09:00:00+01:00").unwrap();
    let report = Sheet {
        brief: BriefId::parse("what-my-analysts-do-all-day-k7m2").unwrap(),
        title: "What my analysts do all day".to_owned(),
        to: id("dana-reyes"),
        sent: Some(sent),
        code: code("7K2M9N"),
        today: code("7K2M9N"),
        older: vec![code("D4NA8X")],
        first_letter: 0,
        needs: named(&[
            (
                "kinds",
                "Types of work received and resolved, with a share for each",
            ),
            ("skills", "Skills that each type of work takes"),
            ("on-time", "Before HR's meeting on 20 February"),
            ("excel", "Opens in Excel, so that HR can sort it"),
        ]),
        puts: vec![
            put(
                1,
                "readings",
                "Which of these do you mean?",
                "Which kinds of work the desk receives and resolves, by role",
                Takes::OneOf(named(&[
                    (
                        "volume",
                        "How many tickets we get, and whether we have the staff for them",
                    ),
                    (
                        "kinds",
                        "Which kinds of work the desk receives and resolves, by role",
                    ),
                ])),
            ),
            put(
                2,
                "tool",
                "In which tool will you open it?",
                "Excel",
                Takes::Words,
            ),
            put(
                3,
                "need_by",
                "When do you need it at the latest?",
                "Thu 19 Feb 2026",
                Takes::Day,
            ),
        ],
    };
    let photocopies = Sheet {
        brief: BriefId::parse("the-monthly-photocopies-t8vw").unwrap(),
        code: code("PH0T08"),
        today: code("PH0T08"),
        older: Vec::new(),
        first_letter: 4,
        needs: named(&[
            ("archive", "One copy goes to the archive"),
            ("readers", "Everybody who reads it has it by the 5th"),
        ]),
        puts: vec![
            put(
                4,
                "who",
                "Who still reads the paper copies?",
                "",
                Takes::Words,
            ),
            put(
                5,
                "still",
                "Would a PDF by mail do?",
                "Yes, for all but the archive",
                Takes::Words,
            ),
        ],
        ..report.clone()
    };
    vec![report, photocopies]
}

/// Words that stand before an answer, and are no part of it.
const MARKS: &[&str] = &[
    "question",
    "questions",
    "frage",
    "fragen",
    "pregunta",
    "preguntas",
    "punkt",
    "punto",
    "point",
    "answer",
    "antwort",
    "reponse",
    "respuesta",
    "number",
    "nummer",
    "numero",
    "order",
    "reihenfolge",
    "neue",
    "meine",
    "ordre",
    "orden",
    "nuevo",
    "another",
    "ranking",
    "rank",
    "priority",
    "priorities",
    "prioritat",
    "prioridad",
    "ordine",
    "volgorde",
    "nouvel",
    "also",
    "item",
    "domanda",
    "vraag",
    "regarding",
];

/// The same right before a number.
const SHORT: &[&str] = &[
    "q", "qu", "fr", "nr", "no", "num", "ad", "zu", "to", "for", "on", "re", "fur", "pour", "para",
    "a", "bei", "sur", "la", "le", "el", "die", "der", "the", "il",
];

/// "frage 2" and "q3a", in one word or two.
fn is_mark(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| !c.is_numeric());
    let before = word.strip_suffix(digits).unwrap_or(word);
    let is_short = SHORT.contains(&before);
    let is_number = (1..=3).contains(&digits.chars().count());
    MARKS.contains(&word.trim_matches(|c: char| c.is_numeric()))
        || is_number && (is_short || MARKS.contains(&before))
}

/// What "nr1und" says behind its mark and number: "und".
fn behind_mark(word: &str) -> Option<&str> {
    let number = word.find(char::is_numeric)?;
    let behind = word.get(number..)?.trim_start_matches(char::is_numeric);
    is_mark(word.strip_suffix(behind)?).then_some(behind)
}

/// A word of a sentence that is neither said by a piece nor a mark.
fn lost(sentence: &str, said: &str) -> Option<String> {
    let is_kept = |w: &str| w.chars().count() <= 3 || said.contains(w);
    let words = plain(sentence);
    // The number of a question may be written without a space after it.
    let words = words.split(' ');
    let mut words = words.map(|w| w.trim_start_matches(char::is_numeric));
    let is_lost =
        |word: &&str| !is_kept(word) && !is_mark(word) && !behind_mark(word).is_some_and(is_kept);
    words.find(is_lost).map(str::to_owned)
}

pub fn check(data: &[u8]) {
    thread_local!(static SHEETS: Vec<Sheet> = sheets());
    SHEETS.with(|sheets| {
        let letter = read(data);
        let today = "2026-02-06".parse().unwrap();
        let pieces = understand(&letter, sheets, today);
        let own = own_lines(&letter, sheets);
        // What nobody has to look at is theirs, word by word.
        let theirs = plain(&own.join(" "));
        for piece in pieces.iter().filter(|p| p.certainty == Certainty::Exact) {
            let is_theirs = |line: &str| theirs.contains(&plain(line));
            assert!(piece.words.lines().all(is_theirs), "{piece:?} of {own:?}");
            if let Target::Yes { brief, code } = &piece.target {
                let sheet = sheets.iter().find(|s| &s.brief == brief).unwrap();
                assert_eq!(sheet.today, *code);
                let named = |line: &str| {
                    codes_in_line(line)
                        .iter()
                        .any(|f| f.code == *code && f.after_ok)
                };
                assert!(piece.words.lines().any(named), "{piece:?} of {own:?}");
            }
        }
        let said: String = pieces
            .iter()
            .map(|p| format!(" {} ", plain(&p.words)))
            .collect();
        for line in &own {
            let mut rest = line.as_str();
            for sentence in line.split_inclusive(['.', '!', '?', '\u{2026}']) {
                // Thanks may go on behind such a sign: "Thank?, Dana".
                if is_thanks(rest) {
                    break;
                }
                rest = rest.strip_prefix(sentence).unwrap_or_default();
                if is_thanks(sentence) {
                    continue;
                }
                // The sign of "nº 2" is no letter, behind another word neither, and
                // what is not seen may part a mark from a word; or they belong to one.
                let parts = |c: char| {
                    matches!(c, 'º' | '°' | 'ª' | '\u{ad}' | '\u{fe00}'..='\u{fe0f}')
                        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
                };
                let found = lost(&sentence.replace(parts, " "), &said);
                let found = found.filter(|_| lost(sentence, &said).is_some());
                assert!(found.is_none(), "{found:?} of {line:?} is lost: {pieces:#?}");
            }
        }
    });
}
