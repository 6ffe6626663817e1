//! Lists, item by item.

use super::*;
use crate::checklist::items::{
    ListKind, choose_reading, goals_with, leave_out, none_because, offered_goals, people,
    with_entry,
};
use crate::domain::{Basis, Change, Goal, Level};

const ALL: [ListKind; 6] = [
    ListKind::Customers,
    ListKind::Readings,
    ListKind::Needs,
    ListKind::Goals,
    ListKind::Deliverables,
    ListKind::Out,
];

fn apply(brief: &mut Brief, change: Change) {
    brief.apply(change, now()).unwrap();
}

fn type_in(brief: &mut Brief, kind: &ListKind, line: &str) {
    let typed = kind.typed(brief, line, None, &Standing::guess());
    apply(brief, typed.change);
}

fn two_people() -> Brief {
    let mut brief = brief();
    type_in(&mut brief, &ListKind::Customers, "Dana: plans with it");
    type_in(&mut brief, &ListKind::Customers, "Human Resources");
    brief
}

fn list() -> Checklist {
    checklist(&with("id = \"losses\"\nkind = \"list\""))
}

#[test]
fn a_line_makes_an_item_and_the_item_gives_the_line_back() {
    let lines = [
        "Bob <bob@example.com> (approver): signs it",
        "how many tickets there are",
        "a share for each (for Dana) => adds up to 100",
        "company: hire well => from the list",
        "one sheet #1",
        "automation",
    ];
    let mut brief = two_people();
    for (kind, line) in ALL.iter().zip(lines) {
        let at = kind.count(&brief);
        type_in(&mut brief, kind, line);
        assert_eq!(kind.line(&brief, at), line);
        // Edited without a change: the same item.
        let before = brief.clone();
        let again = kind.typed(&brief, line, Some(at), &told());
        apply(&mut brief, again.change);
        assert_eq!(brief, before, "{line}");
        assert_eq!(kind.line(&brief, at + 1), "");
    }
}

#[test]
fn items_of_every_list_can_be_moved_and_removed() {
    let of_answer = ListKind::Answer("losses".to_owned());
    for kind in ALL.iter().chain([&of_answer]) {
        let mut brief = brief();
        type_in(&mut brief, kind, "one");
        type_in(&mut brief, kind, "two");
        let first = kind.line(&brief, 0);
        let change = kind.move_item(&brief, 0, 1);
        apply(&mut brief, change);
        assert_eq!(kind.line(&brief, 1), first, "{kind:?}");
        let change = kind.remove(&brief, 0);
        apply(&mut brief, change);
        assert_eq!((kind.count(&brief), kind.line(&brief, 0)), (1, first));
    }
}

#[test]
fn the_first_customer_asked_for_it_and_the_next_receives_it() {
    let brief = two_people();
    let roles: Vec<_> = brief.customers.iter().map(|c| c.role.clone()).collect();
    assert_eq!(roles, [Role::Requester, Role::Receiver]);
}

#[test]
fn a_name_typed_again_adds_to_the_person_that_is_there() {
    let mut brief = two_people();
    brief.customers[0].notes = "likes tea".to_owned();
    type_in(&mut brief, &ListKind::Customers, "dana <dana@example.com>");
    assert_eq!(brief.customers.len(), 2);
    let dana = &brief.customers[0];
    assert_eq!(dana.reach, "dana@example.com");
    assert_eq!(dana.uses_for, "plans with it");
    assert_eq!(dana.notes, "likes tea");
}

#[test]
fn a_need_without_a_name_is_that_of_the_requester_until_said_otherwise() {
    let brief = two_people();
    let typed = ListKind::Needs.typed(&brief, "a table", None, &told());
    assert!(typed.whose_assumed && typed.follow_up);
    let mut after = brief.clone();
    apply(&mut after, typed.change);
    assert_eq!(after.needs[0].whose, [id("Dana")]);
    assert_eq!(after.needs[0].standing, told());
    let typed = ListKind::Needs.typed(&brief, "a table (for 2, Bob) => sorts", None, &told());
    assert!(!typed.whose_assumed && !typed.follow_up);
    assert_eq!(typed.unknown, ["Bob"]);
    let mut after = brief.clone();
    apply(&mut after, typed.change);
    assert_eq!(after.needs[0].whose, [id("Human Resources")]);
}

#[test]
fn people_are_named_by_number_name_or_initials_and_once() {
    let brief = two_people();
    let names = ["1", "HR", "dana", "9", "0", "Zoe"].map(str::to_owned);
    let (known, unknown) = people(&brief, &names);
    assert_eq!(known, [id("Dana"), id("Human Resources")]);
    assert_eq!(unknown, ["9", "0", "Zoe"]);
}

#[test]
fn a_part_typed_again_says_what_it_serves_and_keeps_what_it_rests_on() {
    let mut brief = two_people();
    type_in(&mut brief, &ListKind::Needs, "a table");
    let typed = ListKind::Deliverables.typed(&brief, "one sheet", None, &told());
    assert!(typed.follow_up, "it serves nothing yet");
    apply(&mut brief, typed.change);
    let typed = ListKind::Deliverables.typed(&brief, "one sheet #1 #7", None, &Standing::guess());
    assert_eq!(typed.unknown, ["need 7"]);
    assert!(!typed.follow_up);
    apply(&mut brief, typed.change);
    assert_eq!(brief.deliverables.len(), 1);
    assert_eq!(brief.deliverables[0].serves, [id("a table")]);
    assert_eq!(brief.deliverables[0].standing, told());
    type_in(&mut brief, &ListKind::Deliverables, "one sheet");
    assert_eq!(brief.deliverables[0].serves, [id("a table")]);
    // Edited, it serves what the line says: nothing.
    let typed = ListKind::Deliverables.typed(&brief, "one sheet", Some(0), &Standing::guess());
    apply(&mut brief, typed.change);
    assert!(brief.deliverables[0].serves.is_empty());
}

#[test]
fn the_answer_to_a_follow_up_completes_the_item() {
    let mut brief = two_people();
    type_in(&mut brief, &ListKind::Needs, "a table");
    type_in(&mut brief, &ListKind::Deliverables, "one sheet");
    for (kind, at, text, unknown) in [
        (ListKind::Customers, 1, "job profiles", vec![]),
        (ListKind::Needs, 0, "it sorts", vec![]),
        (ListKind::Deliverables, 0, "1 and 4", vec!["need 4"]),
    ] {
        let (change, missing) = kind.followed(&brief, at, text).unwrap();
        assert_eq!(missing, unknown);
        apply(&mut brief, change);
    }
    assert_eq!(brief.customers[1].uses_for, "job profiles");
    assert_eq!(brief.needs[0].acceptance, "it sorts");
    assert_eq!(brief.deliverables[0].serves, [id("a table")]);
    assert_eq!(ListKind::Needs.followed(&brief, 9, "x"), None);
    let next = ListKind::Deliverables.followed(&brief, 0, "a chart 2");
    assert_eq!(next, None, "that is the next part");
}

#[test]
fn a_goal_is_linked_once_and_put_on_the_goals_list_once() {
    let mut brief = brief();
    type_in(
        &mut brief,
        &ListKind::Goals,
        "team: fair grading => from it",
    );
    type_in(&mut brief, &ListKind::Goals, "team: fair grading");
    assert_eq!(brief.goals.len(), 1);
    assert_eq!(brief.goals[0].how, "from it");
    type_in(&mut brief, &ListKind::Goals, "company: fair grading");
    assert_eq!(brief.goals.len(), 2);
    assert_ne!(brief.goals[0].id, brief.goals[1].id);

    let list = goals_with(&[], &brief.goals[0]).unwrap();
    assert_eq!(list[0].how, "", "how it is served is about this brief");
    assert_eq!(goals_with(&list, &brief.goals[0]), None);
    let other = Goal {
        level: Level::Company,
        text: "hire well".to_owned(),
        ..list[0].clone()
    };
    let offered = offered_goals(&brief, &[list[0].clone(), other.clone()]);
    assert_eq!(offered, [other]);
}

#[test]
fn goals_are_left_out_by_word_and_none_is_left_behind() {
    let kind = ListKind::Goals;
    assert_eq!(none_because(&kind, "None"), Some("none"));
    assert_eq!(
        none_because(&kind, "none: nobody set any"),
        Some("nobody set any")
    );
    assert_eq!(none_because(&kind, "nonesuch is our goal"), None);
    assert_eq!(none_because(&kind, "日本"), None);
    assert_eq!(none_because(&ListKind::Needs, "none"), None);

    let goals = checklist(&with("id = \"goals\"\nkind = \"goals\""));
    let question = question(&goals, "goals");
    let mut brief = brief();
    type_in(&mut brief, &ListKind::Goals, "team: fair grading");
    let change = leave_out(&brief, question, "nobody set any");
    apply(&mut brief, change);
    assert!(brief.goals.is_empty());
    let entry = brief.answers.get("goals").unwrap();
    assert_eq!(entry.standing, Standing::not_needed("nobody set any"));
    // One that is named after all: the list is needed again.
    let typed = ListKind::Goals.typed(&brief, "team: fair grading", None, &Standing::guess());
    let standing = entry.standing.clone();
    let change = with_entry(&brief, question, typed.change, standing);
    apply(&mut brief, change);
    assert_eq!(
        brief.answers.get("goals").unwrap().standing.basis,
        Basis::Guess
    );
}

#[test]
fn a_list_of_texts_keeps_its_wording_and_what_it_rests_on() {
    let checklist = list();
    let question = question(&checklist, "losses");
    let kind = ListKind::of(question).unwrap();
    let mut brief = brief();
    for line in ["names", "dates"] {
        let typed = kind.typed(&brief, line, None, &Standing::guess());
        let change = with_entry(&brief, question, typed.change, told());
        apply(&mut brief, change);
    }
    let answer = brief.answers.get("losses").unwrap();
    assert_eq!(answer.items, ["names", "dates"]);
    assert_eq!(answer.question, "?");
    assert_eq!(answer.standing, told());
}

#[test]
fn only_one_reading_is_chosen_and_the_choice_may_rest_on_words() {
    let mut brief = brief();
    type_in(&mut brief, &ListKind::Readings, "how many");
    type_in(&mut brief, &ListKind::Readings, "which kinds");
    let change = choose_reading(&brief, 0, None);
    apply(&mut brief, change);
    let change = choose_reading(&brief, 1, Some(told()));
    apply(&mut brief, change);
    assert!(!brief.readings[0].chosen);
    assert_eq!(brief.chosen_reading().unwrap().standing, told());
}
