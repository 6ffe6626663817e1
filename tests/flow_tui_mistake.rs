//! The story with a mistake in it: the worker goes by the wrong reading, and
//! the customer's reply puts it right.

use askfirst::domain::{Basis, Stage};

use crate::support::screen::Screen;

/// A brief of which everything but the meaning is right, at its review.
pub fn with_the_wrong_reading() -> Screen {
    let mut screen = Screen::new(80, 24);
    screen.keys("a");
    screen
        .type_text("What my analysts do all day")
        .keys("<enter>");
    screen
        .type_text("Dana Reyes: owes HR the profiles of her desk")
        .keys("<enter>");
    screen
        .type_text("Human Resources: write job profiles")
        .keys("<pgdn><enter>");
    screen
        .type_text("I'd like to understand what my analysts are doing all day.")
        .keys("<enter>");
    screen.type_text("after the stand-up").keys("<enter>");
    screen
        .type_text("How many tickets we get, and whether we have the staff")
        .keys("<enter>");
    screen
        .type_text("Which kinds of work the desk does, by role")
        .keys("<enter>");
    screen.type_text("1").keys("<pgdn>");
    screen
        .type_text("HR decides on job profiles in March")
        .keys("<enter>");
    screen
        .type_text("Types of work with a share => HR can fill in a profile")
        .keys("<pgdn>");
    screen.type_text("none: nobody has set any").keys("<enter>");
    screen.type_text("One-page table #1").keys("<pgdn>");
    screen.type_text("Automation").keys("<pgdn>");
    screen.type_text("19 feb").keys("<enter>");
    screen.keys("4");
    screen
}

#[test]
fn an_old_code_does_not_sign_the_reading_that_the_customer_corrected() {
    let mut screen = with_the_wrong_reading();
    screen
        .keys("s")
        .must_show("How many tickets")
        .keys("<enter>");
    let old = screen.copied_code();
    assert_eq!(screen.brief().stage, Stage::Asked);

    // Dana writes back: no, the kinds of work.
    screen.at("2026-02-04T11:15:00+01:00");
    screen.keys("g");
    while !screen
        .picture()
        .contains("selected: What could they have meant?")
    {
        screen.keys("j");
    }
    screen.keys("<enter>").must_show("add a reading");
    screen.type_text("2").keys("<enter><up><tab>");
    screen.must_show("told by Dana Reyes on 4 Feb");
    insta::assert_snapshot!("mistake_1_corrected", screen.picture());
    screen.keys("<pgdn>").must_show("Your answers");
    let reading = screen.brief().chosen_reading().unwrap().clone();
    assert!(reading.text.starts_with("Which kinds"));
    assert_eq!(reading.standing.basis, Basis::Told);

    // Dana's first answer to the old message still says the old code.
    screen.keys("y");
    screen
        .type_text(&format!("Fine by me. OK {old}"))
        .keys("<enter>");
    insta::assert_snapshot!("mistake_2_old_code_refused", screen.picture());
    screen.must_show(&format!("{old} is the code of version 1"));
    screen.must_show("\u{2212} it means: How many tickets");
    screen.must_show("+ it means: Which kinds of work");
    assert_eq!(screen.brief().stage, Stage::Asked);

    // The words are still there after a look at the brief.
    screen.keys("<esc>").keys("s<enter>");
    let new = screen.copied_code();
    assert_ne!(old, new);
    assert!(
        screen.clipboard.last().unwrap().contains("Which kinds"),
        "{:?}",
        screen.clipboard.last()
    );
    insta::assert_snapshot!("mistake_3_second_message", screen.clipboard.last().unwrap());
    screen.keys("y").must_show("Fine by me");
    screen.keys("<c-u>");
    screen
        .type_text(&format!("Yes, that. OK {new}"))
        .keys("<enter>");
    assert_eq!(screen.brief().stage, Stage::Agreed, "{}", screen.text());
    screen.keys("m<enter>");
    assert_eq!(screen.brief().stage, Stage::InProgress, "{}", screen.text());
}

#[test]
fn what_changed_since_the_yes_lapses_and_is_asked_for_again() {
    let mut screen = with_the_wrong_reading();
    screen.keys("s<enter>");
    let code = screen.copied_code();
    screen.keys("y");
    screen.type_text(&format!("OK {code}")).keys("<enter>");
    screen
        .keys("<esc><enter>")
        .must_show("said yes on 3 Feb 2026");

    // Another part of the solution, after the yes.
    screen.at("2026-02-06T10:00:00+01:00");
    screen.keys("v");
    while !screen
        .picture()
        .contains("selected: What will you hand over")
    {
        screen.keys("j");
    }
    screen.keys("<enter>");
    screen
        .type_text("A chart of hours #1")
        .keys("<enter><pgdn>");
    screen.keys("<esc>");
    screen.must_show("agreed, amended");
    screen.must_show("! the solution: changed since the yes of Dana Reyes");
    screen.must_show("+ A chart of hours; serves: Types of work");
    insta::assert_snapshot!("amended_brief", screen.picture());
    screen.keys("m<enter>");
    insta::assert_snapshot!("amended_start_is_stopped", screen.picture());
    screen.must_show("start anyway, because");
    screen.keys("<esc><esc>");
    screen.must_show("Changed since they said yes");
    screen.keys("s");
    insta::assert_snapshot!("amended_share", screen.picture());
    screen.keys("<enter>");
    let again = screen.copied_code();
    assert_ne!(code, again);
    screen.keys("y");
    screen.type_text(&format!("OK {again}")).keys("<enter>");
    screen.must_show("Agreed, not started");
}

#[test]
fn starting_without_a_yes_takes_a_reason_that_stays_in_the_export() {
    let mut screen = with_the_wrong_reading();
    screen.keys("m<enter>");
    insta::assert_snapshot!("waiver_1_not_yet", screen.picture());
    screen.keys("<enter>");
    assert_eq!(screen.brief().stage, Stage::Draft, "a reason is needed");
    screen
        .type_text("Dana is away and HR meets on Friday")
        .keys("<enter>");
    let brief = screen.brief();
    assert_eq!(brief.stage, Stage::InProgress, "{}", screen.text());
    assert!(!brief.waivers.is_empty());
    screen.keys("p<enter><enter>");
    let html = screen.read(&format!("{}.html", brief.id));
    assert!(html.contains("Dana is away and HR meets on Friday"));
    screen.keys("<esc><enter>");
    screen.keys("G<pgup>");
    insta::assert_snapshot!("waiver_2_brief", screen.picture());
}

#[test]
fn heard_is_not_agreed() {
    let mut screen = with_the_wrong_reading();
    screen.keys("s<enter><esc><enter>n");
    screen.must_show("promotes nothing");
    screen
        .type_text("Looks interesting, let me think")
        .keys("<tab>");
    screen.type_text("chat").keys("<enter>");
    let brief = screen.brief();
    assert_eq!(brief.stage, Stage::Asked);
    screen
        .keys("G")
        .must_show("Looks interesting, let me think");
    screen.keys("m<enter>").must_show("nobody has said yes");
}

#[test]
fn a_dropped_request_can_be_taken_up_again() {
    let mut screen = with_the_wrong_reading();
    screen.keys("<esc><enter>d");
    screen
        .type_text("last year's profiles will do")
        .keys("<enter>");
    assert_eq!(screen.brief().stage, Stage::Dropped, "{}", screen.text());
    screen.keys("<esc>").must_show("Done");
    screen.keys("m<enter>");
    screen.type_text("they will not").keys("<enter>");
    assert_eq!(screen.brief().stage, Stage::Draft, "{}", screen.text());
}
