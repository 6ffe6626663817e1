use super::*;
use crate::checklist::{Catalogue, Position, Walk};
use crate::domain::{Basis, Origin, WalkPlace};

fn request() -> Checklist {
    Catalogue::built_in().get("request").unwrap().clone()
}

fn name(question: Option<&Question>) -> &str {
    question.map_or("the end", |q| q.id.as_str())
}

#[test]
fn a_new_brief_begins_at_the_customers_and_can_go_to_the_end_and_back() {
    let (list, brief) = (request(), brief());
    let mut walk = Walk::resume(&list, &brief);
    assert_eq!(name(walk.question()), "customers");
    assert!(walk.previous().is_none());
    let mut there = Vec::new();
    while let Some(question) = walk.question() {
        there.push(question.id.clone());
        let next = walk.next().map(|q| q.id.clone());
        let Some(next) = next else { break };
        walk = Walk::at(&list, &brief, &next);
    }
    assert_eq!(there, ids(&list.asked_of(&brief)));
    let mut back = vec![name(walk.question()).to_owned()];
    while let Some(question) = walk.previous() {
        back.push(question.id.clone());
        walk = Walk::at(&list, &brief, &question.id);
    }
    back.reverse();
    assert_eq!(there, back);
}

#[test]
fn the_position_counts_the_questions_that_are_asked() {
    let list = request();
    let mut brief = brief();
    brief.customers.push(customer("Dana"));
    let walk = Walk::at(&list, &brief, "words");
    let position = Position {
        at: 3,
        of: 11,
        settled: 1,
    };
    assert_eq!(walk.position(), Some(position));
    brief.request.origin = Some(Origin::Asked);
    brief.needs = vec![need("a", told()), need("b", told())];
    let walk = Walk::at(&list, &brief, "on_board");
    let position = Position {
        at: 13,
        of: 13,
        settled: 3,
    };
    assert_eq!(walk.position(), Some(position));
    assert!(walk.next().is_none());
}

#[test]
fn a_walk_resumes_at_the_question_where_it_was_left() {
    let list = request();
    let mut brief = brief();
    brief.walk = Some(WalkPlace {
        at: "goals".to_owned(),
        draft: "half a wo".to_owned(),
        ..WalkPlace::default()
    });
    assert_eq!(name(Walk::resume(&list, &brief).question()), "goals");
}

#[test]
fn a_question_that_is_not_asked_any_more_hands_over_to_its_neighbours() {
    let list = request();
    let mut brief = brief();
    // The worker stood at "where" and another window changed the origin.
    brief.request.origin = Some(Origin::Assigned);
    let walk = Walk::at(&list, &brief, "where");
    assert_eq!(name(walk.question()), "readings");
    assert_eq!(name(walk.previous()), "words");
    assert_eq!(name(walk.next()), "purpose");
    assert_eq!(name(Walk::after(&list, &brief, "where")), "readings");
    assert_eq!(name(Walk::after(&list, &brief, "words")), "readings");
}

#[test]
fn a_place_that_the_checklist_does_not_know_leads_to_the_first_open_question() {
    let list = request();
    let mut brief = brief();
    brief.customers.push(customer("Dana"));
    for at in ["", "colour", "\u{1b}[2J"] {
        brief.walk = Some(WalkPlace {
            at: at.to_owned(),
            ..WalkPlace::default()
        });
        assert_eq!(name(Walk::resume(&list, &brief).question()), "origin");
    }
}

#[test]
fn the_last_question_going_away_leads_to_the_end() {
    let text =
        with("id = \"extra\"\nkind = \"text\"\nwhen = { question = \"purpose\", answered = true }");
    let list = checklist(&text);
    let walk = Walk::at(&list, &brief(), "extra");
    assert!(walk.question().is_none());
    assert!(walk.position().is_none());
    assert_eq!(name(walk.previous()), "needs");
    assert!(walk.next().is_none());
    assert_eq!(name(walk.first_open()), "customers");
}

#[test]
fn not_knowing_settles_a_question_and_the_next_open_one_comes_round() {
    let list = checklist(BASE);
    let mut brief = brief();
    let unknown = Answer {
        standing: Standing::to_ask(id("dana")),
        ..Answer::default()
    };
    brief.answers.set("purpose", Some(unknown));
    let walk = Walk::at(&list, &brief, "needs");
    assert_eq!(name(walk.first_open()), "customers");
    brief.customers.push(customer("Dana"));
    let mut asked = need("a", Standing::guess());
    asked.standing.basis = Basis::Asked;
    brief.needs.push(asked);
    let walk = Walk::resume(&list, &brief);
    assert!(walk.first_open().is_none());
    assert!(walk.question().is_none(), "nothing is left to ask");
    assert_eq!(name(walk.previous()), "needs");
    assert_eq!(walk.questions().count(), 3);
}

#[test]
fn whatever_the_brief_says_the_walk_ends_and_never_turns_round() {
    let list = request();
    for origin in [None, Some(Origin::Asked), Some(Origin::OwnIdea)] {
        for needs in 0..3 {
            for at in list.questions.iter().map(|q| q.id.as_str()) {
                let mut brief = brief();
                brief.request.origin = origin.clone();
                brief.needs = vec![need("a", told()); needs];
                let mut steps = 0;
                let mut walk = Walk::at(&list, &brief, at);
                while let Some(next) = walk.next() {
                    walk = Walk::at(&list, &brief, &next.id);
                    assert_eq!(walk.question(), Some(next));
                    steps += 1;
                    assert!(steps <= list.questions.len());
                }
            }
        }
    }
}
