use super::*;
use crate::checklist::{Catalogue, State, answer_text, rank_numbers, state};
use crate::domain::{Basis, Deliverable, Goal, Level, Origin, Ranking, readiness};

fn report() -> Checklist {
    Catalogue::built_in().get("report").unwrap().clone()
}

fn asked_entry() -> Answer {
    Answer {
        standing: Standing {
            basis: Basis::Asked,
            ask: Some(id("dana")),
            ..Standing::default()
        },
        ..Answer::default()
    }
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

#[test]
fn a_plain_answer_stands_as_its_basis() {
    let list = report();
    let purpose = question(&list, "purpose");
    let mut brief = brief();
    let mut stand = |answer: Option<Answer>| {
        brief.answers.set("purpose", answer);
        state(purpose, &brief)
    };
    let dana = || Some(id("dana"));
    assert_eq!(stand(None), State::Open);
    assert_eq!(stand(Some(text("  "))), State::Open);
    assert_eq!(stand(Some(text("to decide"))), State::Guess { ask: None });
    let told_nothing = Answer {
        standing: told(),
        ..Answer::default()
    };
    assert_eq!(stand(Some(told_nothing)), State::Open, "told, but not what");
    let unknown = Answer {
        standing: Standing::to_ask(id("dana")),
        ..Answer::default()
    };
    assert_eq!(
        stand(Some(unknown.clone())),
        State::Unknown { ask: id("dana") }
    );
    let guess = Answer {
        text: "to decide".to_owned(),
        ..unknown
    };
    assert_eq!(stand(Some(guess)), State::Guess { ask: dana() });
    assert_eq!(stand(Some(asked_entry())), State::Asked { to: dana() });
    let said = Answer {
        standing: told(),
        ..text("to decide")
    };
    let on = Some(now().date_naive());
    assert_eq!(stand(Some(said)), State::Told { by: dana(), on });
    let left_out = Answer {
        standing: Standing::not_needed("it is a gift"),
        ..Answer::default()
    };
    assert_eq!(
        stand(Some(left_out)),
        State::NotNeeded {
            why: "it is a gift".to_owned()
        }
    );
    let no_reason = Answer {
        standing: Standing::not_needed(""),
        ..Answer::default()
    };
    assert_eq!(
        stand(Some(no_reason)),
        State::Open,
        "left out without a reason"
    );
    let newer = Answer {
        standing: Standing {
            basis: Basis::Unknown("rumoured".to_owned()),
            ..Standing::default()
        },
        ..text("to decide")
    };
    assert_eq!(stand(Some(newer)).label(), "rumoured");
}

#[test]
fn a_list_stands_as_its_weakest_item() {
    let list = report();
    let needs = question(&list, "needs");
    let mut brief = brief();
    assert_eq!(state(needs, &brief), State::Open);
    brief.needs = vec![need("one", told()), need("two", told())];
    assert_eq!(state(needs, &brief).label(), "told");
    brief.needs[1].standing.basis = Basis::Asked;
    assert_eq!(state(needs, &brief).label(), "asked");
    brief.needs.push(need("three", Standing::guess()));
    assert_eq!(state(needs, &brief).label(), "guess");
    brief.answers.set("needs", Some(asked_entry()));
    let put = State::Asked {
        to: Some(id("dana")),
    };
    assert_eq!(state(needs, &brief), put, "the guesses were put to Dana");
    brief.needs.iter_mut().for_each(|n| n.standing = told());
    assert_eq!(state(needs, &brief).label(), "told", "and she has answered");
}

#[test]
fn readings_stand_as_the_chosen_one() {
    let list = report();
    let readings = question(&list, "readings");
    let mut brief = superreport();
    assert_eq!(state(readings, &brief).label(), "told");
    brief.readings[1].chosen = false;
    assert_eq!(state(readings, &brief), State::Open, "still to be chosen");
    brief.answers.set("readings", Some(asked_entry()));
    assert_eq!(state(readings, &brief).label(), "asked");
}

#[test]
fn a_file_written_by_hand_says_who_told_the_words_and_the_order() {
    let list = report();
    let mut brief = superreport();
    let words = question(&list, "words");
    assert_eq!(state(words, &brief), State::Guess { ask: None });
    brief.request.by = Some(id("dana"));
    assert_eq!(state(words, &brief).label(), "told");
    let rank = question(&list, "rank");
    assert_eq!(state(rank, &brief), State::Open);
    brief.rankings.push(Ranking {
        by: id("HR"),
        order: vec![id("skills"), id("excel"), id("gone")],
        on: None,
    });
    let told = State::Told {
        by: Some(id("HR")),
        on: None,
    };
    assert_eq!(state(rank, &brief), told);
    assert_eq!(answer_text(rank, &brief)[3], "HR: skills > excel > gone");
}

#[test]
fn every_answer_can_be_read_as_plain_lines() {
    let catalogue = Catalogue::built_in();
    let request = catalogue.get("request").unwrap();
    let mut brief = superreport();
    brief.request.origin = Some(Origin::OwnIdea);
    brief.answers.set("rank", Some(Answer::default()));
    brief.answers.set("on_board", Some(text("quiet")));
    brief.out = vec!["Volumes".to_owned(), " ".to_owned()];
    let lines = |id: &str| answer_text(question(request, id), &brief);
    assert_eq!(
        lines("customers"),
        [
            "Dana Reyes, requester: Owes HR the profiles",
            "HR, requester"
        ]
    );
    assert_eq!(lines("words"), ["I'd like to understand", "what they do"]);
    assert_eq!(lines("origin"), ["It is my own idea, nobody asked"]);
    assert_eq!(
        lines("readings"),
        ["or: How many tickets", "chosen: Which kinds of work"]
    );
    assert_eq!(
        lines("needs"),
        [
            "1=. kinds of work (for Dana Reyes, HR, gone); met when: HR can fill in a profile",
            "1=. skills",
            "3. excel"
        ]
    );
    assert_eq!(
        lines("rank"),
        ["1=. kinds of work", "1=. skills", "3. excel"]
    );
    assert_eq!(lines("goals"), ["team: Fair grading (Graded from this)"]);
    assert_eq!(
        lines("deliverables"),
        [
            "One-page table (serves: kinds of work; skills)",
            "Chart (serves no need)"
        ]
    );
    assert_eq!(lines("out"), ["Volumes"]);
    assert_eq!(lines("need_by"), ["2026-02-19, Thursday"]);
    assert_eq!(
        lines("on_board"),
        ["They heard of it and said nothing against it"]
    );
    assert!(lines("purpose").is_empty());
    assert!(lines("where").is_empty());
    let everything = request
        .questions
        .iter()
        .flat_map(|q| answer_text(q, &brief))
        .collect::<String>();
    assert!(
        !everything.contains("private"),
        "notes about people stay out"
    );
}

#[test]
fn an_answer_that_was_left_out_reads_as_its_reason() {
    let list = report();
    let mut brief = brief();
    let none = Answer {
        standing: Standing::not_needed("no goal covers it"),
        ..Answer::default()
    };
    brief.answers.set("goals", Some(none));
    assert_eq!(
        answer_text(question(&list, "goals"), &brief),
        ["not needed: no goal covers it"]
    );
}

#[test]
fn a_choice_that_the_checklist_no_longer_has_is_shown_as_it_is() {
    let list = checklist(&with("id = \"sure\"\nkind = \"yes_no\""));
    let sure = question(&list, "sure");
    let mut brief = brief();
    brief.answers.set("sure", Some(text("perhaps")));
    assert_eq!(answer_text(sure, &brief), ["perhaps"]);
    brief.answers.set("sure", Some(text("yes")));
    assert_eq!(answer_text(sure, &brief), ["Yes"]);
}

#[test]
fn equal_ranks_are_marked_and_unranked_needs_are_only_counted() {
    let mut brief = superreport();
    assert_eq!(rank_numbers(&brief), ["1=", "1=", "3"]);
    assert!(!readiness::is_ranked(&brief));
    let list = report();
    let first = &answer_text(question(&list, "needs"), &brief)[0];
    assert!(first.starts_with("1. "), "{first}");
    brief.needs.clear();
    assert!(rank_numbers(&brief).is_empty());
}

#[test]
fn every_state_has_a_symbol_of_one_column_and_a_word() {
    let states = [
        State::Open,
        State::Unknown { ask: id("x") },
        State::Guess { ask: None },
        State::Asked { to: None },
        State::Told { by: None, on: None },
        State::NotNeeded { why: String::new() },
    ];
    for (at, one) in states.iter().enumerate() {
        assert_eq!(crate::domain::text::width(one.symbol()), 1);
        for other in &states[at + 1..] {
            assert_ne!(one.symbol(), other.symbol());
            assert_ne!(one.label(), other.label());
        }
    }
}
