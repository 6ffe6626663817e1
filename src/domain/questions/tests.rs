use proptest::prelude::*;

use super::*;
use crate::domain::Answer;
use crate::domain::action;
use crate::domain::fixture::{apply, at, day, id, superreport};
use crate::domain::{Change, Standing};

fn ask(brief: &mut Brief, question: &str, to: &str) {
    let before = brief.answers.get(question);
    let answer = action::ask(
        before,
        &format!("{question}?"),
        &format!("put {question}?"),
        &id(to),
    );
    brief.answers.set(question, Some(answer));
}

fn order(brief: &Brief) -> Vec<String> {
    open_questions(brief)
        .into_iter()
        .map(|q| q.question)
        .collect()
}

#[test]
fn what_the_plan_depends_on_most_comes_first() {
    let mut brief = superreport();
    for question in [
        "zeta",
        "goals",
        "need_by",
        "purpose",
        "readings",
        "customers",
    ] {
        ask(&mut brief, question, "dana");
    }
    assert_eq!(
        order(&brief),
        [
            "customers",
            "readings",
            "purpose",
            "need_by",
            "goals",
            "tool",
            "zeta",
            "must_not_lose"
        ],
        "and of equal weight, what nobody has guessed yet"
    );
}

#[test]
fn a_message_takes_three_questions_for_its_reader() {
    let mut brief = superreport();
    for question in ["purpose", "readings", "need_by", "a", "b"] {
        ask(&mut brief, question, "hr");
    }
    let of = |to: &str| -> Vec<String> {
        next_questions(&brief, &id(to))
            .into_iter()
            .map(|q| q.question)
            .collect()
    };
    assert_eq!(of("hr"), ["readings", "purpose", "need_by"]);
    assert_eq!(of("dana"), ["tool", "must_not_lose"]);
    assert_eq!(of("nobody"), [""; 0]);
}

#[test]
fn a_question_without_words_for_the_customer_falls_back() {
    let mut brief = superreport();
    let mut put = |put: &str, question: &str| {
        let answer = Answer {
            put: put.into(),
            question: question.into(),
            standing: Standing::to_ask(id("dana")),
            ..Answer::default()
        };
        brief.answers.set("tool", Some(answer));
        open_questions(&brief)[0].put.clone()
    };
    assert_eq!(put("Which program?", "Which tool?"), "Which program?");
    assert_eq!(put(" ", "Which tool?"), "Which tool?");
    assert_eq!(put("", ""), "tool");
}

#[test]
fn what_was_told_or_is_not_needed_is_open_no_longer() {
    let mut brief = superreport();
    for basis in [
        Basis::Told,
        Basis::NotNeeded,
        Basis::Unknown("heard".into()),
    ] {
        let mut answer = brief.answers.get("tool").unwrap().clone();
        answer.standing.basis = basis;
        brief.answers.set("tool", Some(answer));
        assert_eq!(order(&brief), ["must_not_lose"]);
    }
}

#[test]
fn each_person_has_a_day_of_asking_of_their_own() {
    let mut brief = superreport();
    let tool = ["tool".to_owned()];
    let first = at("2026-02-04T23:30:00+01:00");
    let change = action::share(&brief, &id("dana"), &tool, "mail", "e1", first);
    apply(&mut brief, change);
    let asked = |brief: &Brief, to: &str| asked_on(brief, "tool", &id(to));
    assert_eq!(
        asked(&brief, "dana"),
        Some(day("2026-02-04")),
        "the day where it was sent"
    );
    assert_eq!(asked(&brief, "hr"), None);
    let again = at("2026-02-09T08:00:00+01:00");
    let change = action::share(&brief, &id("dana"), &tool, "mail", "e2", again);
    apply(&mut brief, change);
    assert_eq!(asked(&brief, "dana"), Some(day("2026-02-09")));
    apply(&mut brief, Change::Withdraw { event: "e2".into() });
    assert_eq!(
        asked(&brief, "dana"),
        Some(day("2026-02-04")),
        "what was undone was not sent"
    );
}

#[test]
fn a_guess_goes_along_so_that_they_can_say_yes_to_it() {
    let mut brief = superreport();
    for question in ["readings", "need_by", "appetite", "places", "purpose"] {
        ask(&mut brief, question, "dana");
    }
    let mut places = brief.answers.get("places").unwrap().clone();
    places.items = vec!["the desk ".into(), String::new(), "the portal".into()];
    brief.answers.set("places", Some(places));
    let guess = |question: &str| {
        let all = open_questions(&brief);
        all.into_iter()
            .find(|q| q.question == question)
            .unwrap()
            .guess
    };
    assert_eq!(
        guess("readings"),
        "Which kinds of work the desk receives and resolves, by role"
    );
    assert_eq!(guess("need_by"), date::show(day("2026-02-19")));
    assert_eq!(guess("appetite"), "3 days");
    assert_eq!(guess("places"), "the desk; the portal");
    assert!(guess("purpose").starts_with("HR decides"));
    assert_eq!(guess("tool"), "", "nobody has an idea");
}

#[test]
fn a_day_that_could_not_be_read_goes_along_in_its_words() {
    let mut brief = superreport();
    brief.plan.need_by = None;
    let text = Answer {
        text: "soon".into(),
        ..Answer::default()
    };
    brief.answers.set("need_by", Some(text));
    ask(&mut brief, "need_by", "dana");
    assert_eq!(open_questions(&brief)[0].guess, "soon");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_question_is_in_the_list_once_and_messages_are_its_beginning(
        asked in prop::collection::btree_map("[a-e]|purpose|readings|rank", any::<bool>(), 0..7)
    ) {
        let mut brief = superreport();
        for (question, to_dana) in &asked {
            ask(&mut brief, question, if *to_dana { "dana" } else { "hr" });
        }
        let all = open_questions(&brief);
        let mut ids: Vec<&str> = all.iter().map(|q| q.question.as_str()).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
        prop_assert_eq!(count, asked.len() + 2);
        for to in ["dana", "hr"] {
            let theirs: Vec<_> = all.iter().filter(|q| q.to == id(to)).take(AT_MOST).cloned().collect();
            prop_assert_eq!(next_questions(&brief, &id(to)), theirs);
        }
    }
}
