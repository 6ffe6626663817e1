//! Every list of the walk is edited in place: add, change, remove, undo, redo,
//! move; and what else a page of the walk can do.

use askfirst::domain::{Basis, Brief, Role};
use askfirst::tui::message::Msg;

use crate::support::SUPERREPORT;
use crate::support::screen::{Screen, parse};

/// The reference case as somebody wrote it by hand, on the desk.
pub fn reference() -> Screen {
    let mut screen = Screen::new(80, 24);
    screen.put(
        "super-report-k7m2.toml",
        format!(
            "format = 1\nid = \"super-report-k7m2\"\nstage = \"draft\"\n\
             created = 2026-02-03T09:00:00+01:00\n{}",
            SUPERREPORT.replace("checklist = \"report\"", "checklist = \"request\"")
        ),
    );
    screen.send(Msg::Resumed);
    screen
}

/// The review's row with this question, opened.
pub fn open(screen: &mut Screen, question: &str) {
    screen.keys("e");
    pick(screen, question);
}

/// The same, from the review.
pub fn pick(screen: &mut Screen, question: &str) {
    screen.keys("g");
    for _ in 0..40 {
        if screen.picture().contains(&format!("selected: {question}")) {
            screen.keys("<enter>");
            return;
        }
        // Without a look at each frame: this is done very often.
        for key in parse("j") {
            screen.send(Msg::Key(key));
        }
    }
    panic!("no {question:?} in\n{}", screen.text());
}

type Rows = fn(&Brief) -> Vec<String>;

#[test]
fn every_list_takes_adding_changing_removing_moving_undo_and_redo() {
    let lists: [(&str, &str, &str, Rows); 6] = [
        ("Who is this for?", "Zoë: signs the budget", " too", |b| {
            b.customers
                .iter()
                .map(|c| format!("{}: {}", c.name, c.uses_for))
                .collect()
        }),
        (
            "What could they have meant?",
            "Who is overloaded",
            " too",
            |b| b.readings.iter().map(|r| r.text.clone()).collect(),
        ),
        (
            "What must the result do",
            "Fits a page => it prints",
            " too",
            |b| {
                b.needs
                    .iter()
                    .map(|n| format!("{} => {}", n.text, n.acceptance))
                    .collect()
            },
        ),
        (
            "Which goals",
            "team: Fewer surprises => asked first",
            " too",
            |b| {
                b.goals
                    .iter()
                    .map(|g| format!("{}: {} => {}", g.level, g.text, g.how))
                    .collect()
            },
        ),
        (
            "What will you hand over",
            "A page of notes #1",
            " #2",
            |b| {
                b.deliverables
                    .iter()
                    .map(|d| format!("{} {:?}", d.text, d.serves))
                    .collect()
            },
        ),
        ("What will you leave out?", "Last year", " too", |b| {
            b.out.clone()
        }),
    ];
    for (question, line, more, rows) in lists {
        let mut screen = reference();
        let first = rows(&screen.brief());
        open(&mut screen, question);

        screen.type_text(line).keys("<enter>");
        let added = rows(&screen.brief());
        assert_eq!(added.len(), first.len() + 1, "{question}");
        assert_eq!(added[..first.len()], first[..], "{question}");

        // Enter on the row brings the same line back to change.
        screen.keys("<up><enter>");
        let shown = screen.text();
        screen.keys("<enter>");
        assert_eq!(
            rows(&screen.brief()),
            added,
            "{question} changed by looking at it:\n{shown}"
        );
        screen.keys("<up><enter>");
        screen.type_text(more).keys("<enter>");
        let changed = rows(&screen.brief());
        assert_eq!(changed.len(), added.len(), "{question}");
        assert_ne!(changed, added, "{question}");
        assert_eq!(changed[..first.len()], first[..], "{question}");

        screen.keys("<up>K");
        let moved = rows(&screen.brief());
        assert_eq!(moved[first.len() - 1], changed[first.len()], "{question}");
        screen.keys("J");
        assert_eq!(rows(&screen.brief()), changed, "{question}");
        screen.keys("K");

        screen.keys("x");
        assert_eq!(rows(&screen.brief()), first, "{question} after removing");
        screen.must_show("removed; u brings it back");
        screen.keys("u");
        assert_eq!(rows(&screen.brief()), moved, "{question} after undo");
        screen.keys("U");
        assert_eq!(rows(&screen.brief()), first, "{question} after redo");
        screen.keys("uuuuuu");
        assert_eq!(rows(&screen.brief()), first, "{question} after undoing all");
    }
}

#[test]
fn what_was_removed_comes_back_with_its_comments() {
    for question in [
        "Who is this for?",
        "What could they have meant?",
        "What must the result do",
        "Which goals",
        "What will you hand over",
        "What will you leave out?",
    ] {
        let mut screen = reference();
        let first = screen.file();
        open(&mut screen, question);
        screen.keys("<up>");
        while screen.text().contains("x remove") {
            screen.keys("x");
        }
        let steps = screen.model.undo.len();
        assert!(steps >= 2, "{question}");
        screen.keys("<esc>");
        for _ in 0..steps {
            screen.keys("u");
        }
        let mut now: toml_edit::DocumentMut = screen.file().parse().unwrap();
        now.remove("walk");
        assert_eq!(now.to_string(), first, "{question}");
    }
}

#[test]
fn tab_on_a_row_changes_the_basis_of_this_row_only() {
    let mut screen = reference();
    open(&mut screen, "What must the result do");
    screen.keys("<up>");
    screen.must_show("Opens in Excel");
    screen.keys("<tab>");
    let brief = screen.brief();
    assert_eq!(
        brief.needs[3].standing.basis,
        Basis::Told,
        "{}",
        screen.text()
    );
    assert_eq!(
        brief.needs[2].standing,
        reference().brief().needs[2].standing
    );
    screen.keys("u");
    assert_eq!(screen.brief().needs[3].standing.basis, Basis::Guess);
}

#[test]
fn f2_says_who_told_it_and_when() {
    let mut screen = reference();
    open(&mut screen, "Why do they need it?");
    screen.keys("<f2>");
    insta::assert_snapshot!("lists_basis_form", screen.picture());
    screen
        .keys("<tab><c-u>")
        .type_text("human")
        .keys("<tab><c-u>");
    screen.type_text("yesterday").keys("<enter>");
    screen.must_show("told by Human Resources on 2 Feb");
    screen.keys("<enter>");
    let answer = screen.brief().answers.get("purpose").unwrap().clone();
    assert_eq!(answer.standing.by.unwrap().as_str(), "hr");
    assert_eq!(answer.standing.on.unwrap().to_string(), "2026-02-02");
}

#[test]
fn i_do_not_know_is_a_question_for_a_customer_and_goes_into_the_message() {
    let mut screen = reference();
    open(&mut screen, "When do they need it?");
    screen.keys("<c-u>");
    screen.type_text("?").keys("<enter>");
    insta::assert_snapshot!("lists_who_could_answer", screen.picture());
    screen.keys("1");
    screen.must_show("a question for Dana Reyes");
    screen.keys("G").must_show("By which day do you need it");
    screen
        .keys("s<pgdn>")
        .must_show("By which day do you need it");
    screen.keys("<enter>");
    assert!(screen.clipboard[0].contains("1. By which day do you need it"));
    let answer = screen.brief().answers.get("need_by").unwrap().clone();
    assert_eq!(answer.standing.basis, Basis::Asked);
}

#[test]
fn an_answer_that_is_not_needed_says_why() {
    let mut screen = reference();
    open(&mut screen, "Why do they need it?");
    screen.keys("<c-u>");
    while !screen.shows("not needed: type the reason") {
        screen.keys("<tab>");
    }
    screen.type_text("it is a legal duty").keys("<enter>");
    let answer = screen.brief().answers.get("purpose").unwrap().clone();
    assert_eq!(answer.standing.basis, Basis::NotNeeded);
    assert_eq!(answer.standing.why, "it is a legal duty");
    screen.must_show("it is a legal duty");
}

#[test]
fn a_role_and_an_address_can_be_typed_with_the_name() {
    let mut screen = reference();
    open(&mut screen, "Who is this for?");
    screen
        .type_text("Zoë <zoe@example.com> (approver): signs the budget")
        .keys("<enter>");
    let zoe = screen.brief().customers[2].clone();
    assert_eq!(zoe.name, "Zoë");
    assert_eq!(zoe.role, Role::Approver);
    assert_eq!(zoe.reach, "zoe@example.com");
    assert_eq!(zoe.uses_for, "signs the budget");
}

#[test]
fn needs_are_ranked_by_pairs() {
    let mut screen = reference();
    open(&mut screen, "Which need matters most?");
    screen.keys("p");
    insta::assert_snapshot!("lists_pairs", screen.picture());
    let mut asked = 0;
    // The later one always matters more.
    while screen.shows("Which matters more to Dana Reyes?") {
        let text = screen.text();
        let number = |mark: &str| {
            let line = text
                .lines()
                .find(|l| l.trim_start().starts_with(mark))
                .unwrap();
            ["Types of work", "Skills", "Before HR", "Opens in Excel"]
                .iter()
                .position(|n| line.contains(n))
                .unwrap()
        };
        let key = if number("1 ") > number("2 ") {
            "1"
        } else {
            "2"
        };
        screen.keys(key);
        asked += 1;
    }
    assert!(asked <= 5, "{asked} questions for four needs");
    screen.keys("<enter>");
    let order: Vec<_> = screen
        .brief()
        .needs
        .iter()
        .map(|n| n.id.to_string())
        .collect();
    assert_eq!(order, ["excel", "on-time", "skills", "kinds"]);
}

#[test]
fn two_needs_can_rank_the_same() {
    let mut screen = reference();
    open(&mut screen, "Which need matters most?");
    screen.keys("jj=<enter>");
    let brief = screen.brief();
    assert_eq!(brief.ranks(), [1, 2, 2, 4], "{}", screen.text());
}

#[test]
fn people_who_rank_differently_are_shown() {
    let mut screen = reference();
    open(&mut screen, "Which need matters most?");
    screen.keys("w2").must_show("as Dana Reyes would rank them");
    screen.keys("1<enter>");
    screen
        .keys("w3")
        .must_show("as Human Resources would rank them");
    screen.keys("4<enter>");
    insta::assert_snapshot!("lists_two_rankings", screen.picture());
    assert_eq!(screen.brief().rankings.len(), 2);
    // The order of the brief is another matter.
    assert_eq!(screen.brief().needs[0].id.as_str(), "kinds");
    screen.keys("<enter>");
    screen.keys("G");
    insta::assert_snapshot!("lists_disagreement", screen.picture());
    screen.must_show("in opposite orders");
}

#[test]
fn words_where_numbers_of_needs_were_asked_for_are_the_next_part() {
    let mut screen = reference();
    open(&mut screen, "What will you hand over");
    screen.type_text("A talk").keys("<enter>");
    screen.must_show("which needs does it serve?");
    screen.type_text("A page of notes").keys("<pgdn>");
    let parts: Vec<_> = screen
        .brief()
        .deliverables
        .iter()
        .map(|d| d.text.clone())
        .collect();
    assert_eq!(parts[3..], ["A talk", "A page of notes"]);
}

#[test]
fn a_goal_comes_from_the_goals_list_by_its_number() {
    let mut screen = reference();
    screen.keys("O").must_show("goals");
    screen.keys("a");
    screen.type_text("Fewer late nights").keys("<tab>");
    screen.type_text("Ines").keys("<enter>");
    insta::assert_snapshot!("lists_goals_screen", screen.picture());
    screen.keys("a").type_text("Fewer emails").keys("<enter>");
    screen.keys("K");
    assert!(
        screen.read("briefs/goals.toml").find("emails")
            < screen.read("briefs/goals.toml").find("late"),
        "{}",
        screen.read("briefs/goals.toml")
    );
    screen.keys("x").must_not_show("Fewer emails");
    screen.keys("u").must_show("Fewer emails");
    screen.keys("<esc>");
    open(&mut screen, "Which goals");
    screen.must_show("1 team: Fewer emails");
    screen.type_text("2").keys("<enter>");
    assert_eq!(screen.brief().goals[2].text, "Fewer late nights");
    // A new one goes into the list as well, and out again.
    screen.type_text("department: One desk").keys("<enter>");
    assert!(screen.read("briefs/goals.toml").contains("One desk"));
    screen.keys("<up>u");
    assert!(!screen.read("briefs/goals.toml").contains("One desk"));
    assert_eq!(screen.brief().goals.len(), 3);
}

#[test]
fn an_archived_brief_is_off_the_desk_and_comes_back() {
    let mut screen = reference();
    screen.keys("x");
    assert!(screen.brief().archived);
    screen.must_not_show("What my analysts");
    // The desk is empty, but this is nobody's first brief.
    screen.must_show("show what is put away");
    screen
        .keys("A")
        .must_show("What my analysts")
        .must_show("Archived");
    insta::assert_snapshot!("lists_archived", screen.picture());
    screen.keys("x");
    assert!(!screen.brief().archived);
    screen.keys("u");
    assert!(screen.brief().archived);
    screen.keys("u");
    assert!(!screen.brief().archived);
}

#[test]
fn a_brief_is_found_by_any_word_in_it() {
    let mut screen = reference();
    screen
        .keys("a")
        .type_text("The form for finance")
        .keys("<enter><esc>");
    screen.keys("/");
    screen.type_text("xlsx");
    insta::assert_snapshot!("lists_find", screen.picture());
    screen.keys("<enter>").must_show("What they said");
    screen.keys("<esc>/");
    screen.type_text("finance");
    screen.keys("<enter>").must_show("The form for finance");
}

#[test]
fn a_command_is_run_by_its_name() {
    let mut screen = reference();
    screen.keys(":");
    insta::assert_snapshot!("lists_palette", screen.picture());
    screen.type_text("archive").keys("<enter>");
    assert!(screen.brief().archived, "{}", screen.text());
}

#[test]
fn what_was_said_on_the_desk_goes_when_something_is_looked_for() {
    let mut screen = reference();
    screen.keys("M").must_show("there are no briefs of others");
    screen.keys("/").type_text("analysts");
    screen.must_not_show("there are no briefs of others");
}
