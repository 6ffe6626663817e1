//! What becomes due while the interface is open, being asked later, and the
//! note about what was changed while the work ran.

use askfirst::domain::{EventKind, Stage};
use askfirst::tui::message::Msg;

use super::flow_tui_check_in::{running, running_with};
use crate::support::SUPERREPORT;
use crate::support::screen::{Screen, moment};

/// A second brief, newer, due on Thursday the 12th.
fn two(now: &str, more: &str) -> Screen {
    let mut screen = running_with(80, 24, "2026-02-05T08:00:00+01:00", more);
    let other = SUPERREPORT
        .replace("What my analysts do all day", "The form for finance")
        .replace(
            "basis = \"guess\"",
            "basis = \"told\"\nby = \"dana\"\non = 2026-02-05",
        )
        .replace("cadence = \"weekly\"", "cadence = \"every 7 days\"");
    screen.put(
        "the-form-bbbb.toml",
        format!(
            "format = 1\nid = \"the-form-bbbb\"\nstage = \"in-progress\"\n\
             created = 2026-02-05T08:00:00+01:00\n{other}\n\
             [[event]]\nid = \"f1\"\nkind = \"started\"\nat = 2026-02-05T08:00:00+01:00\nfrom = \"agreed\"\n"
        ),
    );
    screen.send(Msg::Resumed);
    screen.at(now);
    screen
}

#[test]
fn what_is_due_stands_first_the_oldest_on_top_and_stale_is_said() {
    let mut screen = two("2026-02-13T10:00:00+01:00", "");
    screen.keys("k");
    let text = screen.text();
    let place = |words: &str| {
        text.find(words)
            .unwrap_or_else(|| panic!("no {words} in\n{text}"))
    };
    assert!(place("Asks for a word") < place("What my analysts"));
    assert!(place("What my analysts") < place("The form for finance"));
    insta::assert_snapshot!("due_desk", screen.picture());
    screen
        .at("2026-02-18T10:00:00+01:00")
        .must_show("stale \u{2013} ");
}

#[test]
fn a_banner_says_once_what_becomes_due_and_takes_no_key() {
    let mut screen = running("2026-02-09T08:00:00+01:00");
    screen.keys("a");
    screen.type_text("A form");
    let caret = screen.frame().1;
    // The deadline of the wait is the moment at which it becomes due.
    let due = screen.model.next_due().unwrap();
    assert_eq!(due.to_rfc3339(), "2026-02-09T11:12:00+01:00");
    screen
        .at("2026-02-09T11:11:59+01:00")
        .must_not_show("what does Dana");
    screen.at("2026-02-09T11:12:00+01:00");
    screen.must_show("What my analysts do all day: what does Dana Reyes say to it?");
    insta::assert_snapshot!("due_banner", screen.picture());
    assert_eq!(screen.frame().1, caret, "the caret stays");
    screen.type_text("s").must_show("A forms");
    let next = screen.model.next_due().unwrap();
    assert!(next > due, "nothing ticks in between");
    screen
        .resize(40, 15)
        .must_show("What my analysts do all day");
    insta::assert_snapshot!("small_due_banner", screen.picture());
    screen.resize(80, 24);
    // On the desk it stands among the rows; the first key takes it away.
    screen.keys("<esc>").must_show("Asks for a word").keys("j");
    assert!(screen.model.banner.is_none());
    screen.at("2026-02-09T16:00:00+01:00");
    assert!(screen.model.banner.is_none(), "said once");
    screen.at("2026-02-11T09:00:00+01:00");
    assert!(screen.model.banner.is_some(), "the second nudge");
}

#[test]
fn the_interface_waits_for_the_next_due_moment_or_midnight_and_for_nothing_else() {
    let mut screen = running("2026-02-09T08:00:00+01:00");
    let next = |screen: &Screen| screen.model.next_change().map(|at| at.to_rfc3339());
    assert_eq!(next(&screen).unwrap(), "2026-02-09T11:12:00+01:00");
    screen.at("2026-02-09T11:12:00+01:00");
    assert_eq!(next(&screen).unwrap(), "2026-02-10T00:00:00+01:00");
    screen.at("2026-02-10T00:00:00+01:00");
    assert_eq!(next(&screen).unwrap(), "2026-02-11T00:00:00+01:00");
    screen.at("2026-02-11T00:00:00+01:00");
    assert_eq!(next(&screen).unwrap(), "2026-02-11T09:00:00+01:00");
    let empty = Screen::new(80, 24);
    assert_eq!(next(&empty), None, "nothing is counted");
}

#[test]
fn the_banner_goes_when_the_check_in_is_made() {
    let mut screen = running("2026-02-09T08:00:00+01:00");
    screen.keys("<enter>").at("2026-02-09T11:12:00+01:00");
    assert!(screen.model.banner.is_some());
    screen.keys("c");
    assert!(screen.model.banner.is_none());
    screen.keys("yyyy<enter>n");
    assert!(screen.model.banner.is_none());
}

#[test]
fn nothing_is_said_out_of_hours_or_when_the_clock_goes_back() {
    let mut screen = running("2026-02-09T08:00:00+01:00");
    screen.at("2026-02-09T22:00:00+01:00");
    assert!(screen.model.banner.is_none());
    screen.at("2026-02-09T08:00:00+01:00");
    screen.at("2026-02-01T08:00:00+01:00");
    assert!(screen.model.banner.is_none());
    assert!(screen.model.next_due().is_some());
}

#[test]
fn the_next_key_is_for_the_row_that_was_under_the_cursor() {
    // Both in progress, the older one first and put off; the other becomes due.
    let put_off = "[[event]]\nid = \"z\"\nkind = \"snoozed\"\n\
                   at = 2026-02-04T15:00:00+01:00\nuntil = 2026-03-02T09:00:00+01:00\n";
    let mut screen = two("2026-02-09T08:00:00+01:00", put_off);
    screen.keys("g").must_show("In progress");
    let first = screen.model.current().unwrap().id.clone();
    screen.at("2026-02-12T09:00:00+01:00");
    screen.must_show("Asks for a word");
    assert_eq!(screen.model.current().unwrap().id, first);
    assert!(first.as_str().starts_with("super-report"));
}

#[test]
fn a_brief_is_asked_about_later_as_people_write_it() {
    let mut screen = running("2026-02-09T15:00:00+01:00");
    screen
        .keys("z")
        .must_show("on Monday")
        .must_show("Mon 16 Feb 09:00");
    insta::assert_snapshot!("due_snooze", screen.picture());
    screen
        .keys("2")
        .must_show("asked again on Tue 10 Feb 09:00");
    screen.must_not_show("Asks for a word");
    let until = screen.brief().events.last().unwrap().until.unwrap();
    assert_eq!(until, moment("2026-02-10T09:00:00+01:00"));
    screen.keys("u").must_show("Asks for a word");
    screen.keys("z4");
    screen
        .type_text("whenever")
        .keys("<enter>")
        .must_show("or write 4 h");
    screen.keys("<c-u>");
    // A Sunday is asked about on Monday.
    screen
        .type_text("in 6 days")
        .keys("<enter>")
        .must_show("asked again on Mon 16 Feb 09:00");
    screen
        .keys("<enter>")
        .must_show("put off; asked about on Mon 16 Feb 09:00");
    screen.must_show("put off 9 Feb");
}

#[test]
fn asking_stops_with_a_reason_and_begins_again() {
    let mut screen = running("2026-02-09T15:00:00+01:00");
    screen.keys("z5<enter>").must_show("because");
    screen.type_text("Waiting for the new system").keys("<esc>");
    screen
        .keys("z5")
        .must_show("Waiting for the new system")
        .keys("<enter>");
    screen.must_show("not asked about any more; z asks again");
    assert_eq!(screen.model.next_due(), None);
    screen.keys("z").must_show("it is asked about again");
    assert!(screen.model.next_due().is_some() || screen.shows("Asks for a word"));
}

#[test]
fn a_change_while_the_work_runs_is_noted_and_taken_back_with_it() {
    let mut screen = running("2026-02-09T15:00:00+01:00");
    let first = screen.brief();
    screen.keys("<enter>t");
    screen.keys("<c-u>");
    screen.type_text("What they do").keys("<enter>");
    let brief = screen.brief();
    assert_eq!(brief.events.last().unwrap().kind, EventKind::Changed);
    assert_eq!(brief.title, "What they do");
    // Once a day: the second change of the day has no note of its own.
    screen.keys("t<c-u>");
    screen.type_text("What they do all day").keys("<enter>");
    assert_eq!(screen.brief().events.len(), brief.events.len());
    screen.keys("uu");
    let back = screen.brief();
    assert_eq!(back.title, first.title);
    let counted = |events: Vec<&askfirst::domain::Event>| events.len();
    assert_eq!(
        counted(back.effective_events()),
        counted(first.effective_events())
    );
    screen.keys("U");
    assert_eq!(screen.brief().title, "What they do");
    assert!(
        screen
            .brief()
            .effective_events()
            .iter()
            .any(|e| e.kind == EventKind::Changed)
    );
}

#[test]
fn the_whole_file_edited_while_the_work_runs_is_noted_and_taken_back() {
    let mut screen = running("2026-02-09T15:00:00+01:00");
    let first = screen.file();
    screen.editor(|text| Ok(text.replace("Opens in Excel", "Opens in a sheet # what else")));
    screen.keys("E").must_show("the file is as you wrote it");
    let brief = screen.brief();
    assert!(brief.needs[3].text.starts_with("Opens in a sheet"));
    assert_eq!(brief.events.last().unwrap().kind, EventKind::Changed);
    screen.keys("u");
    let kept = |text: &str| text.split("[[event]]").next().unwrap().to_owned();
    assert_eq!(kept(&screen.file()), kept(&first));
    let brief = screen.brief();
    assert!(
        brief
            .effective_events()
            .iter()
            .all(|e| e.kind != EventKind::Changed)
    );
    screen.keys("U");
    assert!(screen.brief().needs[3].text.starts_with("Opens in a sheet"));
    // A comment changes nothing.
    screen.at("2026-02-10T15:00:00+01:00");
    screen.editor(|text| Ok(format!("{text}# a comment\n")));
    screen.keys("E");
    let noted = |screen: &Screen| {
        let brief = screen.brief();
        let events = brief.effective_events();
        events
            .iter()
            .filter(|e| e.kind == EventKind::Changed)
            .count()
    };
    assert_eq!(noted(&screen), 1);
}

#[test]
fn the_timeline_tells_what_was_kept_and_what_was_missed() {
    let mut screen = running_with(80, 24, "2026-02-12T15:00:00+01:00", "");
    assert_eq!(screen.brief().stage, Stage::InProgress);
    screen.keys("cyyyy<enter>n<enter>");
    screen
        .must_show("missed 2\u{d7}")
        .must_show("check-in 12 Feb");
    screen.must_show("needed 19 Feb");
    insta::assert_snapshot!("due_timeline", screen.picture());
}
