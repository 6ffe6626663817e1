use super::*;
use crate::domain::fixture::{at, day, id};
use crate::domain::sheet::{Put, Takes};

pub fn sheet() -> Sheet {
    let text = |id_: &str, text: &str| (id(id_), text.to_owned());
    let put = |number, question: &str, put: &str, guess: &str, takes| Put {
        number,
        question: question.into(),
        put: put.into(),
        guess: guess.into(),
        stale: false,
        takes,
    };
    Sheet {
        brief: BriefId::parse("what-my-analysts-do-all-day-k7m2").unwrap(),
        title: "What my analysts do all day".into(),
        to: id("dana"),
        sent: Some(at("2026-02-05T09:00:00+01:00")),
        code: Code::of("today"),
        today: Code::of("today"),
        older: vec![Code::of("older")],
        first_letter: 0,
        needs: vec![
            text(
                "kinds",
                "Types of work received and resolved, with a share for each",
            ),
            text("skills", "Skills that each type of work takes"),
            text("on-time", "Before HR's meeting on 20 February"),
            text("excel", "Opens in Excel, so that HR can sort it"),
        ],
        puts: vec![
            put(
                1,
                "readings",
                "Which of these do you mean?",
                "Which kinds of work the desk receives and resolves, by role",
                Takes::OneOf(vec![
                    text(
                        "volume",
                        "How many tickets we get, and whether we have the staff for them",
                    ),
                    text(
                        "kinds",
                        "Which kinds of work the desk receives and resolves, by role",
                    ),
                ]),
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
    }
}

/// The pieces of a text, each on a line.
pub fn shown(text: &str) -> String {
    let code = Code::of("today").to_string();
    let letter = read(text.replace("{}", &code).as_bytes());
    let pieces = understand(&letter, &[sheet()], day("2026-02-06"));
    let lines: Vec<String> = pieces
        .iter()
        .map(|p| {
            let target = match &p.target {
                Target::Answer {
                    question, given, ..
                } => format!("{question}={given:?}"),
                Target::Order { needs, .. } => {
                    format!(
                        "order {}",
                        needs
                            .iter()
                            .map(ItemId::as_str)
                            .collect::<Vec<_>>()
                            .join(" ")
                    )
                }
                Target::Yes { .. } => "yes".into(),
                Target::OldYes { .. } => "old".into(),
                Target::Objection { .. } => "objection".into(),
                Target::Remark => "remark".into(),
            };
            format!("{:?} {target} {:?} ({})", p.certainty, p.words, p.why)
        })
        .collect();
    lines.join("\n")
}

#[test]
fn answers_by_number_are_found_on_one_line() {
    let found = shown("1 yes, 2 no, 3 Dec 12");
    let expected = [
        "Exact readings=Yes \"yes\" (number 1)",
        "Exact tool=No \"no\" (number 2)",
        "Exact need_by=Day(2026-12-12) \"Dec 12\" (number 3)",
    ];
    assert_eq!(found, expected.join("\n"));
}

#[test]
fn a_condition_close_behind_a_choice_is_not_lost() {
    for text in [
        "1a; but only for March",
        "1b;only for March",
        "q1a! but not in April",
    ] {
        let pieces =
            super::understand(&super::read(text.as_bytes()), &[sheet()], day("2026-02-06"));
        let said: String = pieces.iter().map(|p| p.words.as_str()).collect();
        let month = if text.contains("March") {
            "March"
        } else {
            "April"
        };
        assert!(said.contains(month), "{text}: {pieces:#?}");
        let exact = |p: &Piece| p.certainty == Certainty::Exact && !p.words.contains(month);
        assert!(!pieces.iter().any(exact), "{text}: {pieces:#?}");
    }
}

#[test]
fn words_set_in_below_an_order_are_not_lost() {
    let found = shown("Order: B, A, D, C\n   but C only from March");
    assert!(found.contains("but C only from March"), "{found}");
    assert!(!found.contains("Exact"), "{found}");
}

#[test]
fn words_around_a_code_that_signs_nothing_are_not_lost() {
    let found = shown("Looks good, go ahead.\n\n\u{202e}OK {}\u{202c}");
    assert!(found.contains("Looks good, go ahead."), "{found}");
    assert!(!found.contains("Exact"), "{found}");
}

#[test]
fn a_yes_that_is_the_name_of_a_choice_is_not_sure_even_alone() {
    let mut sheet = sheet();
    sheet.puts.truncate(1);
    let choices = ["yes", "Only in March"].map(|text| (id(&plain_id(text)), text.to_owned()));
    for put in &mut sheet.puts {
        put.guess = "Only in March".to_owned();
        put.takes = Takes::OneOf(choices.to_vec());
    }
    for text in [
        "yes",
        "1. yes",
        "Yes!",
        "> Which of these do you mean?\n\nyes",
    ] {
        let pieces = understand(&read(text.as_bytes()), &[sheet.clone()], day("2026-02-06"));
        assert!(
            pieces.iter().all(|p| p.certainty != Certainty::Exact),
            "{text}: {pieces:#?}"
        );
    }
}

fn plain_id(text: &str) -> String {
    text.to_lowercase().replace(' ', "-")
}

#[test]
fn beyond_more_lines_than_anybody_writes_all_is_kept_and_nothing_is_sure() {
    let mut text = "2. Word\n".to_owned();
    text.push_str(&"and so on\n".repeat(40_000));
    text.push_str("OK {}\n");
    let code = Code::of("today").to_string();
    let pieces = understand(
        &read(text.replace("{}", &code).as_bytes()),
        &[sheet()],
        day("2026-02-06"),
    );
    assert!(pieces.iter().all(|p| p.certainty != Certainty::Exact));
    let said: usize = pieces
        .iter()
        .map(|p| p.words.matches("and so on").count())
        .sum();
    assert_eq!(said, 40_000);
    assert!(pieces.iter().any(|p| p.words.ends_with(&code)));
}
