//! The built-in questions themselves, and their documentation.

use super::*;
use crate::checklist::{Catalogue, Kind};
use crate::domain::check_in::Phase;
use crate::domain::{Origin, text};

const README: &str = include_str!("../../../prompts/README.md");

/// The practices that concern the time before the work starts (the table of the
/// design, row by row), the questions that carry each, and a word by which a
/// reader would know it.
const PRACTICES: &[(&str, &[(&str, &str)])] = &[
    (
        "a casual remark is not yet a request",
        &[
            ("request/words", "in their own words"),
            ("request/where", "Where and when"),
            ("request/origin", "in passing"),
        ],
    ),
    (
        "the remark can be read in more than one way",
        &[
            ("request/readings", "two ways to read it"),
            ("report/readings", "two ways to read it"),
            ("quick/words", "read another way"),
        ],
    ),
    (
        "nobody asked for it",
        &[
            ("request/origin", "own idea"),
            ("request/who_says_yes", "say yes"),
        ],
    ),
    (
        "who am I doing this for",
        &[
            ("request/customers", "Who is this for?"),
            ("quick/customers", "Who is this for?"),
            ("fix/customers", "Who is this for?"),
            ("report/customers", "Who is this for?"),
            ("recurring/customers", "Who is this for"),
        ],
    ),
    (
        "anyone can be the customer",
        &[
            ("request/customers", "boss"),
            ("request/customers", "finance"),
            ("request/customers", "a peer"),
            ("request/customers", "users of a template"),
            ("request/customers", "next person in line"),
            ("recurring/customers", "users of the template"),
        ],
    ),
    (
        "the loudest voice is not the most important",
        &[
            ("request/rank", "loudest voice"),
            ("report/rank", "loudest voice"),
        ],
    ),
    (
        "ask why they need it",
        &[
            ("request/purpose", "decision or next step"),
            ("report/purpose", "Which decision"),
        ],
    ),
    (
        "fix the cause, not the symptom",
        &[
            ("fix/why_ladder", "why that"),
            ("fix/root_cause", "not the symptom"),
            ("fix/last_worked", "last work"),
            ("fix/what_changed", "changed"),
        ],
    ),
    (
        "ask them to rank",
        &[("request/rank", "matters most"), ("quick/rank", "first")],
    ),
    (
        "both critical",
        &[
            (
                "request/rank",
                "Both critical? Then ask how the work can meet both",
            ),
            ("fix/rank", "Both critical?"),
            ("recurring/rank", "how the process can meet both"),
        ],
    ),
    (
        "overdoing",
        &[
            ("request/deliverables", "red stripe"),
            ("request/out", "leave out"),
        ],
    ),
    (
        "the next person may not know either",
        &[
            ("request/purpose", "one step further up"),
            ("quick/purpose", "one step further up"),
        ],
    ),
    (
        "aligned with the goals",
        &[
            ("request/goals", "team, department or company"),
            ("report/goals", "team, department or company"),
        ],
    ),
    (
        "on board with the solution, not only with the need",
        &[("request/on_board", "this solution, not only with the need")],
    ),
    (
        "a quiet meeting is not a yes",
        &[
            ("request/on_board", "quiet meeting is not a yes"),
            ("recurring/still_used", "Silence is not a yes"),
        ],
    ),
    (
        "do not surprise them, keep them informed",
        &[
            ("request/who_says_yes", "surprise"),
            ("report/cadence", "informed"),
        ],
    ),
    (
        "useful",
        &[
            ("request/needs", "answers the question"),
            ("request/needs", "easy to understand"),
            ("request/needs", "own tools"),
            ("request/need_by", "Too late is of no use"),
            ("report/opened_in", "In which tool"),
        ],
    ),
    (
        "you said you fixed it",
        &[("fix/needs", "You said you fixed it")],
    ),
    (
        "shortcuts cost later",
        &[
            ("fix/shortcut", "shortcut"),
            ("fix/pay_back_by", "pay the shortcut back"),
        ],
    ),
    (
        "upset people are blocked people",
        &[
            ("fix/words", "Upset people are blocked people"),
            ("fix/what_changed", "without a finger pointing"),
        ],
    ),
    (
        "what must not be lost or changed",
        &[
            ("fix/must_not_lose", "must not be lost or changed"),
            ("report/must_not_lose", "must not be lost"),
            ("recurring/must_not_lose", "must not be lost"),
        ],
    ),
    (
        "standing work drifts too",
        &[
            ("recurring/customers", "Who still uses it?"),
            ("recurring/still_used", "still used"),
            ("recurring/missed", "What would be missed"),
            ("recurring/ask_again", "ask again"),
            ("recurring/out", "photocopies"),
        ],
    ),
];

fn find<'c>(catalogue: &'c Catalogue, place: &str) -> &'c Question {
    let (list, id) = place.split_once('/').unwrap();
    catalogue
        .get(list)
        .and_then(|c| c.question(id))
        .unwrap_or_else(|| panic!("there is no question {place}"))
}

fn words(q: &Question) -> String {
    let choices: Vec<&str> = q.choices.iter().map(|c| c.label.as_str()).collect();
    [
        &q.ask,
        &q.why,
        &q.example,
        &q.put,
        &q.advice,
        &choices.join(" "),
    ]
    .map(String::as_str)
    .join("\n")
}

fn every_question(mut see: impl FnMut(&Checklist, &Question)) {
    let catalogue = Catalogue::built_in();
    for list in catalogue.for_briefs() {
        for question in &list.questions {
            see(list, question);
        }
    }
}

#[test]
fn every_practice_before_the_start_is_asked_for_somewhere() {
    let catalogue = Catalogue::built_in();
    for (practice, carried_by) in PRACTICES {
        for (place, word) in *carried_by {
            let text = words(find(&catalogue, place)).to_lowercase();
            assert!(
                text.contains(&word.to_lowercase()),
                "{practice}: {place} lost {word:?}"
            );
        }
    }
}

#[test]
fn the_table_of_practices_in_the_readme_names_questions_that_are_there() {
    let catalogue = Catalogue::built_in();
    let table = README
        .split("## Which practice is asked where")
        .nth(1)
        .unwrap();
    let named: Vec<&str> = table
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| word.contains('/'))
        .collect();
    for place in &named {
        find(&catalogue, place);
    }
    for (practice, carried_by) in PRACTICES
        .iter()
        .filter(|(p, _)| *p != "who am I doing this for")
    {
        assert!(
            carried_by.iter().any(|(place, _)| named.contains(place)),
            "the table has no row for: {practice}"
        );
    }
    let rows = table.lines().filter(|l| l.starts_with("| ")).count() - 1;
    assert!(rows >= PRACTICES.len(), "{rows} rows");
}

#[test]
fn the_default_walk_is_these_pages_and_no_more() {
    let catalogue = Catalogue::built_in();
    let mut brief = brief();
    brief.request.origin = Some(Origin::Asked);
    brief.needs = vec![need("a", told()), need("b", told())];
    assert_eq!(
        ids(&catalogue.get("request").unwrap().asked_of(&brief)),
        [
            "customers",
            "origin",
            "words",
            "where",
            "readings",
            "purpose",
            "needs",
            "rank",
            "goals",
            "deliverables",
            "out",
            "need_by",
            "on_board"
        ]
    );
    brief.request.origin = Some(Origin::Assigned);
    assert_eq!(catalogue.get("request").unwrap().asked_of(&brief).len(), 12);
    brief.needs.pop();
    assert_eq!(catalogue.get("request").unwrap().asked_of(&brief).len(), 11);
    assert_eq!(catalogue.get("quick").unwrap().asked_of(&brief).len(), 5);
    for list in catalogue.for_briefs() {
        assert!(list.asked_of(&brief).len() <= 14, "{} is a form", list.id);
    }
}

#[test]
fn every_page_fits_a_small_screen() {
    every_question(|list, q| {
        let at = format!("{}/{}", list.id, q.id);
        let fits = |what: &str, text: &str, columns: usize| {
            let width = text::width(text);
            assert!(width <= columns, "{at}: {what} has {width} columns: {text}");
        };
        fits("ask", &q.ask, 72);
        fits("why", &q.why, 120);
        fits("example", &q.example, 100);
        fits("put", &q.put, 100);
        fits("advice", &q.advice, 120);
        for choice in &q.choices {
            fits("label", &choice.label, 60);
        }
        assert!(list.asked_of(&brief()).len() <= 14);
        fits("about", &list.about, 90);
    });
}

#[test]
fn the_words_are_those_of_a_colleague() {
    every_question(|list, q| {
        let at = format!("{}/{}", list.id, q.id);
        let text = format!(" {} ", words(q).to_lowercase());
        let single: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
        for bad in [
            "help",
            "helps",
            "blame",
            "stakeholder",
            "stakeholders",
            "leverage",
            "utilize",
            "must've",
            "whose-fault",
        ] {
            assert!(!single.contains(&bad), "{at} says {bad:?}");
        }
        for bad in ["you should have", "you failed", "your fault", "!!"] {
            assert!(!text.contains(bad), "{at} says {bad:?}");
        }
        assert!(q.ask.ends_with(['?', '.']), "{at}: {}", q.ask);
        assert!(q.put.ends_with('?'), "{at} puts no question: {}", q.put);
        let length = q.put.split_whitespace().count();
        assert!(
            length <= 20,
            "{at} takes {length} words of the customer's time"
        );
        assert!(
            !q.example.is_empty()
                || q.kind.is_choice()
                || q.id == "deliverables" && list.id == "quick",
            "{at} has no example"
        );
    });
}

#[test]
fn the_same_answer_means_the_same_in_every_checklist() {
    let mut seen: Vec<(String, Kind)> = Vec::new();
    every_question(|list, q| match seen.iter().find(|(id, _)| *id == q.id) {
        Some((_, kind)) => assert_eq!(*kind, q.kind, "{}/{}", list.id, q.id),
        None => seen.push((q.id.clone(), q.kind)),
    });
}

#[test]
fn every_example_in_the_readme_is_accepted() {
    let blocks: Vec<&str> = README
        .split("```toml\n")
        .skip(1)
        .filter_map(|block| block.split("```").next())
        .collect();
    assert!(blocks.len() >= 2);
    for block in blocks {
        if block.starts_with("title") {
            checklist(block);
        } else {
            checklist(&format!("{BASE}\n{block}"));
        }
    }
}

#[test]
fn the_check_in_of_the_readme_is_accepted_and_its_ids_are_there() {
    let (_, block) = README.split_once("```toml check-in\n").unwrap();
    let block = block.split("```").next().unwrap();
    let read = crate::checklist::parse(std::path::Path::new("check-in.toml"), block);
    assert_eq!(read.unwrap().questions.len(), 3);
    let (_, part) = README.split_once("\n## The check-in\n").unwrap();
    let part = part.split("\n## ").next().unwrap();
    for q in &Catalogue::built_in().get("check-in").unwrap().questions {
        assert!(part.contains(&format!("`{}`", q.id)), "{}", q.id);
    }
    for phase in Phase::WORDS {
        assert!(part.contains(&format!("| `{phase}` |")), "{phase}");
    }
}

#[test]
fn the_readme_names_every_kind_key_and_checklist() {
    for kind in Kind::ALL {
        let word = kind.word();
        assert!(README.contains(&format!("| `{word}` |")), "kind {word}");
    }
    for key in [
        "id", "kind", "ask", "why", "example", "put", "advice", "choices", "needed", "section",
        "when",
    ] {
        assert!(README.contains(&format!("| `{key}` |")), "key {key}");
    }
    for (list, _) in Catalogue::built_in().all() {
        assert!(
            README.contains(&format!("| `{}` |", list.id)),
            "{}",
            list.id
        );
    }
}

#[test]
fn a_check_in_asks_in_phases_and_most_of_it_is_answered_by_yes() {
    let catalogue = Catalogue::built_in();
    let list = catalogue.get("check-in").unwrap();
    let ids = |phase: &Phase, answered: &[(String, String)]| -> Vec<&str> {
        let asked = list.asked_in(phase, answered);
        asked.iter().map(|q| q.id.as_str()).collect()
    };
    let course = list.asked_in(&Phase::Course, &[]);
    let yes_no = course.iter().filter(|q| q.kind == Kind::YesNo).count();
    assert_eq!(yes_no, 4, "a key each, and one for all the rest");
    assert!(course.iter().take(4).all(|q| q.kind == Kind::YesNo));
    assert_eq!(
        ids(&Phase::Handover, &[]).len(),
        4,
        "the four fit questions"
    );
    assert_eq!(ids(&Phase::Confirm, &[]), ["confirmed"]);
    let no = [("confirmed".to_owned(), "no".to_owned())];
    assert_eq!(ids(&Phase::Confirm, &no), ["confirmed", "missing"]);
    assert_eq!(ids(&Phase::Close, &[]).len(), 3);
    assert_eq!(ids(&Phase::Standing, &[]), ["still_used"]);
    assert!(catalogue.for_briefs().all(|c| c.id != "check-in"));
}

#[test]
fn phases_are_for_the_check_in_and_its_questions_are_quick_to_answer() {
    let question = |id: &str, more: &str| {
        format!(
            "title = \"T\"\nabout = \"A\"\n[[question]]\nid = \"{id}\"\nask = \"A?\"\n\
             why = \"W\"\nput = \"P?\"\n{more}\n"
        )
    };
    let problems = |file: &str, text: &str| {
        let parsed = crate::checklist::parse(std::path::Path::new(file), text);
        parsed.map(|c| c.id).unwrap_err().join("\n")
    };
    let wrong = question("people", "kind = \"yes_no\"\nphase = \"cuorse\"");
    assert!(problems("check-in.toml", &wrong).contains("did you mean `course`?"));
    let list = question("people", "kind = \"list\"");
    assert!(problems("check-in.toml", &list).contains("asks for yes or no"));
    let signed = question("people", "kind = \"text\"\nsection = \"want\"");
    assert!(problems("check-in.toml", &signed).contains("nothing of a check-in gets signed"));
    let other = question("people", "kind = \"text\"\nphase = \"course\"");
    assert!(problems("ours.toml", &other).contains("only the check-in has phases"));
}
