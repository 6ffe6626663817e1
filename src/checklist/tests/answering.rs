//! Where an answer goes.

use super::*;
use crate::checklist::answering::{
    answer_change, ask, ask_instead, changes_something, clear, entry, marked, next_basis, rests_on,
    text_of,
};
use crate::checklist::{Catalogue, Kind};
use crate::domain::entry::{self as typed, BasisEntry};
use crate::domain::{Agreement, Basis, Change, Day, Section};

fn today() -> Day {
    now().date_naive()
}

/// A question of a kind with nothing special about it.
fn a(id: &str, kind: Kind) -> Question {
    Question {
        id: id.to_owned(),
        ask: "What is it?".to_owned(),
        why: String::new(),
        example: String::new(),
        put: "What is it to you?".to_owned(),
        advice: String::new(),
        kind,
        choices: Vec::new(),
        needed: false,
        section: None,
        when: Vec::new(),
        phase: Default::default(),
    }
}

fn apply(brief: &mut Brief, change: Change) {
    brief.apply(change, now()).unwrap();
}

fn answer(brief: &mut Brief, question: &Question, text: &str, standing: Standing) {
    if let Some(change) = answer_change(brief, question, text, standing, today()) {
        apply(brief, change);
    }
}

#[test]
fn asking_in_place_of_a_text_takes_it_away_and_asking_about_one_keeps_it() {
    for (checklist, _) in Catalogue::built_in().all() {
        for question in &checklist.questions {
            let typed = match question.kind {
                Kind::Text | Kind::Appetite | Kind::Cadence => "some words",
                Kind::Date => "2026-02-19",
                _ => continue,
            };
            let mut brief = with_dana();
            answer(&mut brief, question, typed, told());
            let before = brief.clone();
            let dana = brief.customers[0].id.clone();
            apply(&mut brief, ask(&before, question, &dana));
            assert_eq!(text_of(&brief, &question.id), typed, "{}", question.id);
            let instead = ask_instead(&brief, question, &dana, today());
            let back = brief.apply(instead, now()).unwrap();
            let kept = if question.id == "title" { typed } else { "" };
            assert_eq!(text_of(&brief, &question.id), kept, "{}", question.id);
            let entry = brief.answers.get(&question.id).unwrap();
            assert_eq!(entry.standing.ask, Some(dana));
            apply(&mut brief, back);
            assert_eq!(text_of(&brief, &question.id), typed, "{}", question.id);
        }
    }
}

fn with_dana() -> Brief {
    let mut brief = brief();
    brief.customers.push(customer("Dana"));
    brief
}

#[test]
fn every_text_question_of_the_built_in_checklists_reads_back_what_was_typed() {
    for checklist in Catalogue::built_in().for_briefs() {
        for question in &checklist.questions {
            let typed = match question.kind {
                Kind::Date => "2026-02-19".to_owned(),
                Kind::Choice | Kind::YesNo => question.choices[0].value.clone(),
                kind if kind.is_list() || kind == Kind::Rank => continue,
                _ => "some words".to_owned(),
            };
            let mut brief = with_dana();
            answer(&mut brief, question, &typed, told());
            assert_eq!(text_of(&brief, &question.id), typed, "{}", question.id);
            assert!(
                crate::domain::readiness::is_answered(&brief, &question.id),
                "{}",
                question.id
            );
            let gone = clear(&brief, question, today());
            apply(&mut brief, gone);
            assert_eq!(text_of(&brief, &question.id), "", "{}", question.id);
        }
    }
}

#[test]
fn a_title_that_is_asked_for_is_the_title_of_the_brief() {
    let mut brief = brief();
    answer(
        &mut brief,
        &a("title", Kind::Text),
        " Job profiles ",
        told(),
    );
    assert_eq!(brief.title, "Job profiles");
    assert!(brief.answers.get("title").is_none());
}

#[test]
fn the_words_come_from_the_requester_today_until_somebody_says_otherwise() {
    let mut brief = with_dana();
    let words = a("words", Kind::Text);
    answer(&mut brief, &words, "a red box", Standing::guess());
    assert_eq!(brief.request.by, Some(id("Dana")));
    assert_eq!(brief.request.on, Some(today()));
    let earlier = "2026-01-12".parse().unwrap();
    answer(
        &mut brief,
        &words,
        "a red box",
        Standing::told(id("Dana"), earlier),
    );
    assert_eq!(brief.request.on, Some(earlier));
    // Mending a letter later does not change who said it and when.
    let standing = brief.answers.get("words").unwrap().standing.clone();
    answer(&mut brief, &words, "a red box!", standing);
    assert_eq!(brief.request.on, Some(earlier));
}

#[test]
fn a_day_that_cannot_be_read_stays_as_words() {
    let mut brief = brief();
    let need_by = a("need_by", Kind::Date);
    answer(
        &mut brief,
        &need_by,
        "when the leaves fall",
        Standing::guess(),
    );
    assert_eq!(brief.plan.need_by, None);
    assert_eq!(text_of(&brief, "need_by"), "when the leaves fall");
    answer(&mut brief, &need_by, "19 feb", Standing::guess());
    assert_eq!(text_of(&brief, "need_by"), "2026-02-19");
    assert_eq!(brief.answers.get("need_by").unwrap().text, "");
}

#[test]
fn answering_the_same_again_changes_nothing() {
    let mut brief = with_dana();
    let purpose = a("purpose", Kind::Text);
    assert_eq!(
        answer_change(&brief, &purpose, "  ", Standing::guess(), today()),
        None
    );
    answer(&mut brief, &purpose, "to plan", told());
    assert_eq!(
        answer_change(&brief, &purpose, "to plan ", told(), today()),
        None
    );
}

#[test]
fn the_wording_is_kept_as_it_was_asked_and_put() {
    let mut brief = with_dana();
    let purpose = a("purpose", Kind::Text);
    answer(&mut brief, &purpose, "to plan", told());
    let entry = brief.answers.get("purpose").unwrap();
    assert_eq!(entry.question, "What is it?");
    assert_eq!(entry.put, "", "nobody is asked");
    let change = ask(&brief, &purpose, &id("Dana"));
    apply(&mut brief, change);
    let entry = brief.answers.get("purpose").unwrap();
    assert_eq!(entry.put, "What is it to you?");
    assert_eq!(entry.text, "to plan", "the guess stays");
    assert_eq!(entry.standing.ask, Some(id("Dana")));
}

#[test]
fn an_answer_is_agreed_to_with_the_section_of_its_question() {
    let mut brief = with_dana();
    let tool = Question {
        section: Some(Section::Solution),
        ..a("tool", Kind::Text)
    };
    answer(&mut brief, &tool, "Excel", told());
    assert_eq!(
        Agreement::of(&brief).lines(&Section::Solution),
        ["answer: tool: Excel"]
    );
    // Asked before it is answered, by hand or by a reply: still agreed to then.
    let change = ask(&brief, &tool, &id("Dana"));
    apply(&mut brief, change);
    let entry = brief.answers.get("tool").unwrap();
    assert_eq!(entry.section, Some(Section::Solution));
}

#[test]
fn what_is_kept_elsewhere_is_not_agreed_to_twice() {
    let mut brief = with_dana();
    let words = Question {
        section: Some(Section::Want),
        ..a("words", Kind::Text)
    };
    answer(&mut brief, &words, "a red box", told());
    let want = Agreement::of(&brief);
    let said = want.lines(&Section::Want).iter();
    assert_eq!(said.filter(|line| line.contains("red box")).count(), 1);
    assert_eq!(entry(&brief, &words, "a red box", told()).section, None);
    let left_out = entry(&brief, &words, "", Standing::not_needed("nobody said any"));
    assert_eq!(left_out.section, Some(Section::Want));
}

#[test]
fn another_basis_leaves_the_text_alone() {
    let mut brief = with_dana();
    let tool = a("tool", Kind::Text);
    answer(&mut brief, &tool, "Excel", Standing::guess());
    let change = rests_on(&brief, &tool, told());
    apply(&mut brief, change);
    assert_eq!(text_of(&brief, "tool"), "Excel");
    assert_eq!(brief.answers.get("tool").unwrap().standing, told());
    assert!(!changes_something(&brief, &rests_on(&brief, &tool, told())));
}

#[test]
fn one_key_steps_through_what_an_answer_rests_on() {
    let brief = with_dana();
    let mut standing = Standing::guess();
    let mut seen = Vec::new();
    for _ in 0..4 {
        standing = next_basis(&brief, &standing, today());
        seen.push((standing.basis.clone(), standing.by.clone()));
    }
    assert_eq!(seen[0], (Basis::Told, Some(id("Dana"))));
    assert_eq!(seen[1], (Basis::Asked, None));
    assert_eq!(seen[2], (Basis::NotNeeded, None));
    assert_eq!(seen[3], (Basis::Guess, None));
    let alone = next_basis(&self::brief(), &Standing::guess(), today());
    assert_eq!(alone.basis, Basis::NotNeeded, "nobody could have told it");
}

#[test]
fn a_mark_names_who_said_it_and_when() {
    let brief = with_dana();
    let read = |text: &str| {
        let (_, mark) = typed::basis(text);
        marked(&brief, &Standing::default(), mark.as_ref(), today())
    };
    assert_eq!(read("x @told"), Ok(Standing::told(id("Dana"), today())));
    assert_eq!(
        read("x @told dana on 31 jan"),
        Ok(Standing::told(id("Dana"), "2026-01-31".parse().unwrap()))
    );
    assert_eq!(read("x @asked dan").unwrap().ask, Some(id("Dana")));
    assert!(read("x @told bob").unwrap_err().contains("bob"));
    assert!(read("x @told dana on the moon").is_err());
    assert!(read("x @not-needed").is_err());
    assert!(
        marked(
            &self::brief(),
            &Standing::default(),
            Some(&BasisEntry::Told {
                by: String::new(),
                on: String::new()
            }),
            today()
        )
        .is_err()
    );
}

#[test]
fn a_question_that_went_out_stays_with_the_customer_while_the_guess_is_typed() {
    let mut sent = Standing::to_ask(id("Dana"));
    sent.basis = Basis::Asked;
    let brief = with_dana();
    assert_eq!(marked(&brief, &sent, None, today()), Ok(sent.clone()));
    assert_eq!(
        marked(&brief, &told(), None, today()),
        Ok(Standing::guess()),
        "new words are not what Dana said"
    );
}
