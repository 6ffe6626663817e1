//! Check your answers.

use super::*;
use crate::checklist::Catalogue;
use crate::checklist::review::{Group, Row, State, answer, rows};
use crate::domain::action::{self, Said};
use crate::domain::{Agreement, Basis, Deliverable, Goal, Level, Origin, Ranking, Waiver};

fn report() -> Checklist {
    Catalogue::built_in().get("report").unwrap().clone()
}

fn superreport() -> Brief {
    let mut brief = brief();
    let mut dana = customer("Dana Reyes");
    dana.uses_for = "Owes HR the profiles".to_owned();
    brief.customers = vec![dana, customer("HR")];
    brief.request.words = "I'd like to understand\nwhat they do".to_owned();
    brief.readings = vec![
        reading("How many tickets", false, Standing::guess()),
        reading("Which kinds of work", true, told()),
    ];
    let mut kinds = need("kinds of work", told());
    kinds.whose = vec![id("Dana Reyes"), id("HR"), id("gone")];
    kinds.acceptance = "HR can fill in a profile".to_owned();
    let mut skills = need("skills", told());
    skills.same = true;
    brief.needs = vec![kinds, skills, need("excel", Standing::guess())];
    brief.deliverables = vec![
        Deliverable {
            id: id("table"),
            text: "One-page table".to_owned(),
            serves: vec![id("kinds-of-work"), id("skills"), id("gone")],
            standing: told(),
        },
        Deliverable {
            id: id("chart"),
            text: "Chart".to_owned(),
            serves: vec![],
            standing: Standing::guess(),
        },
    ];
    brief.goals = vec![Goal {
        id: id("fair"),
        level: Level::Team,
        owner: String::new(),
        text: "Fair grading".to_owned(),
        how: "Graded from this".to_owned(),
    }];
    brief.plan.need_by = "2026-02-19".parse().ok();
    brief
}

/// An answer as it is shown: the word of its state, and the text.
fn shown(brief: &Brief, question: &Question) -> Vec<String> {
    answer(brief, question)
        .iter()
        .map(|(state, text)| format!("{}: {text}", state.label().1))
        .collect()
}

fn group(rows: &[Row], group: Group) -> Vec<String> {
    rows.iter()
        .filter(|r| r.group == group)
        .flat_map(|r| r.answer.iter().map(|(_, text)| text.clone()))
        .collect()
}

#[test]
fn an_answer_stands_as_its_basis_and_what_is_missing_as_a_gap() {
    let list = report();
    let purpose = question(&list, "purpose");
    let mut brief = superreport();
    let mut stand = |answer: Option<Answer>| {
        brief.answers.set("purpose", answer);
        shown(&brief, purpose).remove(0)
    };
    let with = |words: &str, standing: Standing| {
        Some(Answer {
            standing,
            ..text(words)
        })
    };
    assert_eq!(stand(None), "gap: ");
    assert_eq!(stand(with(" ", told())), "gap: ", "told, but not what");
    assert_eq!(
        stand(with("to decide", Standing::guess())),
        "guess: to decide"
    );
    assert_eq!(stand(with("to decide", told())), "told: to decide");
    let hr = || Standing::to_ask(id("HR"));
    assert_eq!(stand(with("", hr())), "to ask: I don't know; HR might");
    assert_eq!(stand(with("to decide", hr())), "guess: to decide");
    let sent = Standing {
        basis: Basis::Asked,
        ..hr()
    };
    assert_eq!(stand(with("", sent)), "asked: I don't know; HR might");
    assert_eq!(
        stand(with("", Standing::not_needed("it is a gift"))),
        "not needed: it is a gift"
    );
    assert_eq!(
        stand(with("", Standing::not_needed(" "))),
        "gap: ",
        "left out without a reason"
    );
    let newer = Standing {
        basis: Basis::Unknown("rumoured".to_owned()),
        ..Standing::default()
    };
    assert_eq!(stand(with("to decide", newer)), "rumoured: to decide");
}

#[test]
fn lists_and_orders_are_shown_item_by_item() {
    let catalogue = Catalogue::built_in();
    let request = catalogue.get("request").unwrap();
    let mut brief = superreport();
    brief.request.origin = Some(Origin::OwnIdea);
    brief.out = vec!["Volumes".to_owned()];
    let lines = |brief: &Brief, id: &str| shown(brief, question(request, id));
    assert_eq!(
        lines(&brief, "readings"),
        [
            "set aside: 1 How many tickets",
            "told: 2 Which kinds of work"
        ]
    );
    assert_eq!(lines(&brief, "needs")[2], "guess: 3 excel");
    assert_eq!(lines(&brief, "goals"), ["guess: 1 team: Fair grading"]);
    assert_eq!(lines(&brief, "out"), ["guess: 1 Volumes"]);
    assert_eq!(lines(&brief, "need_by"), ["guess: 2026-02-19"]);
    assert_eq!(
        lines(&brief, "origin"),
        ["guess: It is my own idea, nobody asked"]
    );
    assert_eq!(lines(&brief, "rank"), ["gap: "], "nobody has ranked them");
    brief.rankings.push(Ranking {
        by: id("HR"),
        order: vec![id("skills"), id("kinds of work"), id("excel")],
        on: None,
    });
    assert_eq!(
        lines(&brief, "rank"),
        ["told: 1 kinds of work", "told: 1 skills", "told: 3 excel"]
    );
}

#[test]
fn what_was_said_yes_to_is_no_guess_until_it_changes() {
    let list = report();
    let mut brief = superreport();
    let needs = question(&list, "needs");
    let said = Said {
        by: id("HR"),
        words: "OK".to_owned(),
        via: "mail".to_owned(),
        code: Agreement::of(&brief).code().to_string(),
        covers: Vec::new(),
    };
    let change = action::sign(&brief, said, "e1", now()).unwrap();
    brief.apply(change, now()).unwrap();
    assert_eq!(
        shown(&brief, needs),
        ["told: 1 kinds of work", "told: 2 skills", "agreed: 3 excel"]
    );
    brief.needs[0].acceptance.push('!');
    assert_eq!(shown(&brief, needs)[2], "lapsed: 3 excel");
}

#[test]
fn the_review_says_what_blocks_what_is_missing_and_who_is_to_be_asked() {
    let list = report();
    let mut brief = superreport();
    brief.waivers.push(Waiver {
        what: "ranked-need".to_owned(),
        because: "there is one that counts".to_owned(),
        on: None,
    });
    let unknown = Answer {
        standing: Standing::to_ask(id("HR")),
        put: "What is it for?".to_owned(),
        ..Answer::default()
    };
    brief.answers.set("purpose", Some(unknown));
    let rows = rows(&brief, Some(&list));
    let blockers = group(&rows, Group::Blockers);
    assert!(blockers[0].starts_with("the purpose is not known"));
    assert!(blockers[1].ends_with("(waived: there is one that counts)"));
    assert_eq!(rows[1].answer[0].0, State::Waived);
    assert_eq!(rows[0].question, "purpose", "Enter leads there");
    let answers = rows.iter().filter(|r| r.group == Group::Answers);
    let asked = list.asked_of(&brief);
    assert_eq!(
        answers.map(|r| r.question.as_str()).collect::<Vec<_>>(),
        asked.iter().map(|q| q.id.as_str()).collect::<Vec<_>>()
    );
    let gaps = group(&rows, Group::Gaps);
    assert!(
        gaps.contains(&"no part serves \u{201c}excel\u{201d} yet".to_owned()),
        "{gaps:?}"
    );
    assert_eq!(
        group(&rows, Group::Open),
        ["HR: What is it for? (not sent yet)"]
    );
    assert!(!format!("{rows:?}").contains("private"), "notes stay out");
}

#[test]
fn without_a_checklist_the_rest_of_the_review_is_still_there() {
    let rows = rows(&superreport(), None);
    assert!(!group(&rows, Group::Blockers).is_empty());
    assert!(group(&rows, Group::Answers).is_empty());
}

#[test]
fn a_choice_that_the_checklist_no_longer_has_is_shown_as_it_is() {
    let list = checklist(&with("id = \"sure\"\nkind = \"yes_no\""));
    let sure = question(&list, "sure");
    let mut brief = brief();
    brief.answers.set("sure", Some(text("perhaps")));
    assert_eq!(shown(&brief, sure), ["guess: perhaps"]);
    brief.answers.set("sure", Some(text("yes")));
    assert_eq!(shown(&brief, sure), ["guess: Yes"]);
}
