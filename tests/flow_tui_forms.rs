//! What is filled in and not taken yet: the fields of forms, and what an
//! answer rests on.

use askfirst::domain::Basis;

use super::flow_tui_lists::{open, pick, reference};

#[test]
fn a_basis_that_was_changed_is_there_after_a_kill_and_after_esc() {
    let mut screen = reference();
    open(&mut screen, "Why do they need it?");
    screen.keys("<tab><tab>").must_show("not needed").rest();
    let mut screen = screen.again();
    screen.keys("<enter>").must_show("not needed").keys("<esc>");
    screen.keys("e").must_show("not needed");
    let before = screen.brief().answers.get("purpose").unwrap().clone();
    assert_eq!(before.standing.basis, Basis::Told, "it is not taken yet");
    screen.keys("<enter>");
    let brief = screen.brief();
    let after = brief.answers.get("purpose").unwrap();
    assert_eq!(after.standing.basis, Basis::NotNeeded);
    assert_eq!(brief.drafts, []);
}

#[test]
fn a_basis_that_was_changed_on_a_choice_is_kept_too() {
    let mut screen = reference();
    open(&mut screen, "How did it come to you?");
    screen.keys("<tab>").must_show("told by").keys("<esc>");
    pick(&mut screen, "How did it come to you?");
    screen.must_show("told by").rest();
    let mut screen = screen.again();
    screen.keys("e").must_show("told by").keys("<pgdn>");
    let brief = screen.brief();
    let origin = brief.answers.get("origin").unwrap();
    assert_eq!(origin.standing.basis, Basis::Told);
}

#[test]
fn a_kept_basis_does_not_name_somebody_who_is_gone() {
    let screen = reference();
    let text = screen.file() + "\n[[draft]]\nat = \"purpose\"\nbasis = \"told\"\nby = \"nobody\"\n";
    screen.put("super-report-k7m2.toml", text);
    let mut screen = screen.again();
    open(&mut screen, "Why do they need it?");
    screen.must_show("Dana").must_not_show("nobody");
}

#[test]
fn a_question_mark_in_place_of_a_day_takes_the_day_away() {
    let mut screen = reference();
    let day = screen.brief().plan.need_by;
    assert!(day.is_some());
    open(&mut screen, "When do they need it?");
    screen.keys("<c-u>").type_text("?").keys("<enter><enter>");
    let brief = screen.brief();
    assert_eq!(brief.plan.need_by, None);
    assert!(brief.answers.get("need_by").unwrap().standing.ask.is_some());
    screen.keys("u");
    assert_eq!(screen.brief().plan.need_by, day, "it can be undone");
}
