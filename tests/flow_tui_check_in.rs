//! Looking up from the work, key by key: when nothing has changed, when
//! something has, when the thread is lost, and to the end of the story.

use askfirst::domain::{Basis, Event, EventKind, Stage, check_in};
use askfirst::tui::message::Msg;

use crate::support::SUPERREPORT;
use crate::support::screen::Screen;

/// The SuperReport, started on Wednesday 4 February, on the morning of a day.
pub fn running(now: &str) -> Screen {
    running_with(80, 24, now, "")
}

pub fn running_with(width: u16, height: u16, now: &str, more: &str) -> Screen {
    let mut screen = Screen::new(width, height);
    screen.put(
        "super-report-k7m2.toml",
        format!(
            "format = 1\nid = \"super-report-k7m2\"\nstage = \"in-progress\"\n\
             created = 2026-02-03T10:00:00+01:00\n{SUPERREPORT}\n{more}\n\
             [[event]]\nid = \"e1\"\nkind = \"shared\"\nat = 2026-02-03T11:00:00+01:00\nto = \"dana\"\n\n\
             [[event]]\nid = \"e2\"\nkind = \"started\"\nat = 2026-02-04T14:00:00+01:00\nfrom = \"asked\"\n"
        ),
    );
    screen.send(Msg::Resumed);
    screen.at(now);
    screen
}

const MONDAY: &str = "2026-02-09T15:00:00+01:00";

/// The last event of the brief on the disk.
#[track_caller]
fn last(screen: &Screen) -> Event {
    screen.brief().events.last().unwrap().clone()
}

#[track_caller]
fn last_of(screen: &Screen, kind: EventKind) -> Event {
    let events = screen.brief().events;
    events.into_iter().rfind(|e| e.kind == kind).unwrap()
}

#[test]
fn a_check_in_with_nothing_new_takes_at_most_8_keys_from_the_desk_and_back() {
    let mut screen = running(MONDAY);
    screen.must_show("Asks for a word");
    screen.must_show("3 working days on 2 guesses");
    insta::assert_snapshot!("check_in_desk", screen.picture());
    let before = screen.control_keys;
    screen.keys("c").must_show("Still for the same people?");
    screen.must_show("Dana Reyes (requester)");
    insta::assert_snapshot!("check_in_people", screen.picture());
    screen
        .keys("y")
        .must_show("Types of work received and resolved");
    screen.keys("<enter>").must_show("One-page table");
    insta::assert_snapshot!("check_in_agreed", screen.picture());
    screen.keys("y").must_show("Hire for the skills we use");
    screen.keys("y").must_show("Anything new?");
    screen.must_show("a guess: Opens in Excel");
    insta::assert_snapshot!("check_in_news", screen.picture());
    screen
        .keys("<enter>")
        .must_show("A short word to Dana Reyes?");
    insta::assert_snapshot!("check_in_word", screen.picture());
    screen.keys("n").must_show("desk");
    let keys = screen.control_keys - before;
    assert!(keys <= 8, "{keys} keys");
    screen.must_show("checked in; the next time on");
    screen.must_not_show("Asks for a word");
    let event = last(&screen);
    assert_eq!(event.kind, EventKind::CheckIn);
    for question in ["people", "top_need", "agreed", "goal"] {
        assert_eq!(check_in::answer(&event, question), Some("yes"));
    }
    assert!(screen.brief().drafts.is_empty());
    assert!(screen.clipboard.is_empty(), "nothing was sent");
}

#[test]
fn the_word_to_the_customer_is_copied_and_noted() {
    let mut screen = running(MONDAY);
    screen.keys("cyyyy<enter>").must_show("A short word");
    screen.keys("<tab>").must_show("Hello Human Resources");
    screen.keys("<tab><enter>");
    let copied = screen.clipboard.last().unwrap();
    assert!(copied.contains("Hello Dana Reyes"), "{copied}");
    let event = last(&screen);
    assert_eq!(event.kind, EventKind::CheckIn);
    assert_eq!(event.to.unwrap().as_str(), "dana");
    assert_eq!(event.via, "copied");
    screen.keys("u");
    assert_eq!(last(&screen).kind, EventKind::Undone);
}

#[test]
fn the_word_can_go_to_a_file() {
    let mut screen = running(MONDAY);
    screen.keys("cyyyy<enter>w<enter>");
    let text = screen.read("message-to-dana.txt");
    assert!(text.starts_with("Subject: What my analysts do all day"));
    assert_eq!(last(&screen).via, "file");
    assert_eq!(screen.model.screens.len(), 1, "{}", screen.text());
}

#[test]
fn a_no_leads_to_the_page_that_says_it_and_back() {
    let mut screen = running(MONDAY);
    screen.keys("cyyn").must_show("What follows?");
    insta::assert_snapshot!("check_in_no", screen.picture());
    screen.keys("1").must_show("What will you hand over");
    screen.keys("<up>x<pgdn>").must_show("same people? yes");
    screen.must_show("nothing else? no");
    screen.must_show("still serve this goal?");
    let brief = screen.brief();
    assert_eq!(brief.deliverables.len(), 2);
    // The change is noted with it.
    assert_eq!(last(&screen).kind, EventKind::Changed);
    screen.keys("y<enter>").must_show("Not all is as I thought");
    screen.keys("n");
    let event = last(&screen);
    assert_eq!(check_in::answer(&event, "agreed"), Some("no"));
}

#[test]
fn a_no_can_be_asked_about_and_becomes_a_question_for_the_customer() {
    let mut screen = running(MONDAY);
    screen.keys("cyn2").must_show("To Dana Reyes");
    screen.keys("<enter>").must_show("nothing else?");
    let copied = screen.clipboard.last().unwrap();
    let asked = "Is this still what matters most to you? (Types of work";
    assert!(copied.contains(asked), "{copied}");
    let brief = screen.brief();
    let rank = brief.answers.get("rank").unwrap();
    assert_eq!(rank.standing.basis, Basis::Asked);
    assert!(
        last_of(&screen, EventKind::Shared)
            .questions
            .contains(&"rank".to_owned())
    );
    screen.keys("yy<enter>n");
    assert_eq!(check_in::answer(&last(&screen), "top_need"), Some("no"));
}

#[test]
fn what_only_the_worker_reads_beside_a_question_is_not_sent() {
    let mut screen = running(MONDAY);
    screen
        .keys("cyy")
        .must_show("nobody has said yes to the solution");
    screen.keys("n2<enter>");
    let copied = screen.clipboard.last().unwrap();
    assert!(
        copied.contains("what you would like to get? (One-page"),
        "{copied}"
    );
    assert!(!copied.contains("nobody has said yes"), "{copied}");
}

#[test]
fn a_no_can_pause_the_work_and_what_was_said_is_kept_with_it() {
    let mut screen = running(MONDAY);
    screen.keys("cn");
    screen.keys("4").must_show("because");
    screen
        .type_text("HR is on leave until March")
        .keys("<enter>");
    let brief = screen.brief();
    let kinds: Vec<_> = brief.events.iter().rev().take(2).map(|e| &e.kind).collect();
    assert_eq!(kinds, [&EventKind::Muted, &EventKind::CheckIn]);
    screen
        .must_show("In progress")
        .must_not_show("Asks for a word");
    screen
        .keys("<enter>")
        .must_show("not asked about: HR is on leave until March");
    insta::assert_snapshot!("check_in_muted_brief", screen.picture());
    screen.keys("z").must_show("it is asked about again");
    screen.must_show("asked about on Thu 12 Feb");
    // One step each.
    screen.keys("uu");
    let brief = screen.brief();
    assert!(
        brief
            .effective_events()
            .iter()
            .all(|e| e.kind != EventKind::CheckIn)
    );
}

#[test]
fn a_no_can_stop_the_work() {
    let mut screen = running(MONDAY);
    screen.keys("cn5");
    screen.type_text("They have bought one").keys("<enter>");
    assert_eq!(screen.brief().stage, Stage::Dropped);
    assert_eq!(screen.model.screens.len(), 1, "{}", screen.text());
    screen.keys("u");
    let brief = screen.brief();
    assert_eq!(brief.stage, Stage::InProgress);
    assert!(
        brief
            .effective_events()
            .iter()
            .all(|e| e.kind != EventKind::CheckIn)
    );
}

#[test]
fn the_lost_thread_is_one_key_away_and_leads_back() {
    let mut screen = running(MONDAY);
    screen
        .keys("cyt")
        .must_show("Before you go on: ask Dana Reyes?");
    insta::assert_snapshot!("check_in_lost", screen.picture());
    screen.keys("n").must_show("what matters most to them?");
    screen
        .keys("t<enter>")
        .must_show("what matters most to them?");
    assert!(screen.clipboard.last().unwrap().contains("before I go on"));
    assert_eq!(last(&screen).kind, EventKind::Shared);
    // While typing, too: the text waits.
    screen.keys("yyy1");
    screen.type_text("HR has a form").keys("<f4>");
    screen.must_show("I learned: HR has a form.");
    screen.keys("<esc>").must_show("HR has a form");
    // A reply with the code is a yes to what was asked.
    let code = screen.copied_code();
    screen.keys("<esc><esc>y");
    screen.type_text(&format!("OK {code}")).keys("<enter>");
    assert_eq!(last(&screen).kind, EventKind::Signed, "{}", screen.text());
}

#[test]
fn what_there_is_to_tell_is_understood_and_comes_back() {
    let mut screen = running(MONDAY);
    screen.keys("cyyyy2");
    screen.type_text("Zoe, yesterday").keys("<enter>");
    screen.must_show("nobody here is called \u{201c}Zoe\u{201d}");
    screen.keys("<c-u>");
    screen
        .type_text("Dana, friday")
        .must_show("= Dana Reyes on Fri 6 Feb 2026");
    screen.keys("<enter>3");
    screen
        .type_text("6 hours")
        .must_show("= 6 h")
        .keys("<enter>");
    screen.keys("4");
    screen.type_text("Counted by hand, by 16 feb");
    screen.must_show("= to be put right by Mon 16 Feb 2026");
    insta::assert_snapshot!("check_in_shortcut", screen.picture());
    screen.keys("<enter>").must_show("that is all");
    insta::assert_snapshot!("check_in_told", screen.picture());
    screen
        .keys("<enter>")
        .must_show("For now, the quick way: Counted by hand, until 16 Feb.");
    screen.keys("n");
    let brief = screen.brief();
    let event = last(&screen);
    assert_eq!(event.by.as_ref().unwrap().as_str(), "dana");
    assert_eq!(event.on.unwrap().to_string(), "2026-02-06");
    assert_eq!(event.spent, "6 hours");
    assert_eq!(brief.shortcuts[0].text, "Counted by hand");
    assert_eq!(
        brief.shortcuts[0].pay_back.unwrap().to_string(),
        "2026-02-16"
    );
    screen
        .keys("<enter>")
        .must_show("! Counted by hand, by Mon 16 Feb 2026");
    screen.keys("<esc>");

    // It comes back: in the menu before its day, as a question from then on.
    screen.at("2026-02-12T10:00:00+01:00");
    screen
        .keys("cyyyy")
        .must_show("6 Is the shortcut put right?")
        .keys("<esc>");
    screen.at("2026-02-16T10:00:00+01:00");
    screen.keys("cyyyy").must_show("Is this put right by now?");
    screen.must_show("Counted by hand, by Mon 16 Feb 2026");
    screen.keys("y<enter>n");
    let paid = screen.brief().shortcuts[0].paid.unwrap();
    assert_eq!(paid.to_string(), "2026-02-16");
    screen
        .keys("<enter>")
        .must_show("Counted by hand (put right on 16 Feb)");
    screen.keys("<esc>u");
    assert_eq!(screen.brief().shortcuts[0].paid, None);
}

#[test]
fn what_was_said_is_there_after_a_kill() {
    let mut screen = running(MONDAY);
    screen.keys("cyyyy1");
    screen.type_text("HR has a form of its own").rest();
    let mut screen = screen.again();
    screen.keys("c").must_show("Anything new?");
    screen
        .must_show("same people? yes")
        .must_show("HR has a form of its own");
    screen.keys("<esc>");
    // Tomorrow the yes is asked for again; what was typed stays.
    screen.at("2026-02-10T10:00:00+01:00");
    screen.keys("c").must_show("Still for the same people?");
    screen.keys("yyyy").must_show("HR has a form of its own");
    screen.keys("<enter>n");
    let event = last(&screen);
    assert_eq!(
        check_in::answer(&event, "learned"),
        Some("HR has a form of its own")
    );
    assert!(screen.brief().drafts.is_empty());
}

#[test]
fn near_the_end_it_is_the_handover_then_their_yes_then_what_there_is_to_learn() {
    let shortcut = "[[shortcut]]\nid = \"by-hand\"\ntext = \"Counted by hand\"\non = 2026-02-06\n";
    let mut screen = running_with(80, 24, "2026-02-18T15:00:00+01:00", shortcut);
    screen.keys("c").must_show("Does it answer their question?");
    screen.must_show("HR decides on job profiles");
    screen.keys("yyy").must_show("needed by Thu 19 Feb 2026");
    screen
        .keys("y")
        .must_show("Before it is over: is this put right?");
    screen.keys("n").must_show("Is it to be handed over now?");
    insta::assert_snapshot!("check_in_hand_over", screen.picture());
    screen
        .keys("y")
        .must_show("is ready for you")
        .keys("<enter>");
    assert_eq!(screen.brief().stage, Stage::Delivered);
    screen.must_show("they say when it is done");

    // Three working days later: did they confirm?
    screen.at("2026-02-23T10:00:00+01:00");
    screen
        .must_show("Asks for a word")
        .must_show("did Dana Reyes say that it is what they needed?");
    screen.keys("c").must_show("no word yet: ask them");
    screen
        .keys("w")
        .must_show("on 18 Feb I handed over")
        .keys("<enter>");
    assert_eq!(last(&screen).words, "no word yet");
    screen.at("2026-02-26T10:00:00+01:00");
    screen.keys("cy").must_show("their words");
    screen.type_text("Yes, HR uses it already").keys("<enter>");
    assert_eq!(screen.brief().stage, Stage::Closed);
    screen
        .must_show("Before it is over: is this put right?")
        .keys("y");
    screen.must_show("What did it make possible?");
    screen
        .type_text("HR wrote four job profiles")
        .keys("<enter>");
    screen.type_text("That she wanted numbers").keys("<enter>");
    insta::assert_snapshot!("check_in_closing", screen.picture());
    screen
        .type_text("Ask what they do next with it")
        .keys("<enter>");
    screen.must_show("kept for the next time");
    let event = last(&screen);
    assert_eq!(
        check_in::answer(&event, "remember"),
        Some("Ask what they do next with it")
    );
    assert!(screen.brief().shortcuts[0].paid.is_some());
}

#[test]
fn what_is_missing_takes_the_work_up_again() {
    let mut screen = running("2026-02-18T15:00:00+01:00");
    screen.keys("cyyyyyn");
    assert_eq!(screen.brief().stage, Stage::Delivered, "{}", screen.text());
    screen.at("2026-02-23T10:00:00+01:00");
    screen
        .keys("cn")
        .must_show("What is missing?")
        .keys("<enter>");
    screen.must_show("A few words are enough");
    screen.type_text("HR cannot open the sheet").keys("<enter>");
    let brief = screen.brief();
    assert_eq!(brief.stage, Stage::InProgress);
    let event = last(&screen);
    assert_eq!(event.kind, EventKind::Reopened);
    assert_eq!(event.because, "HR cannot open the sheet");
    screen.keys("u");
    assert_eq!(screen.brief().stage, Stage::Delivered);
}

#[test]
fn a_result_that_does_not_fit_is_not_handed_over() {
    let mut screen = running("2026-02-18T15:00:00+01:00");
    screen
        .keys("cyyn")
        .must_show("not yet: go on working")
        .keys("1");
    screen.keys("y").must_show("A short word").keys("n");
    assert_eq!(screen.brief().stage, Stage::InProgress);
    assert_eq!(check_in::answer(&last(&screen), "usable"), Some("no"));
}

#[test]
fn a_draft_says_why_there_is_nothing_to_check() {
    let mut screen = Screen::new(80, 24);
    screen.keys("a");
    screen.type_text("A form").keys("<enter><esc>c");
    screen.must_show("this is a draft: e goes through its questions");
    screen
        .keys("z")
        .must_show("nothing is going to be asked about this one");
}

#[test]
fn standing_work_that_was_closed_asks_who_still_uses_it() {
    let mut screen = running("2026-02-18T15:00:00+01:00");
    let file = screen
        .file()
        .replace("checklist = \"report\"", "checklist = \"recurring\"");
    let closed = "[[event]]\nid = \"k\"\nkind = \"confirmed\"\nat = 2026-02-18T10:00:00+01:00\nby = \"dana\"\n";
    let file = file.replace("stage = \"in-progress\"", "stage = \"closed\"") + closed;
    screen.put("super-report-k7m2.toml", file);
    screen.send(Msg::Resumed);
    screen.at("2026-08-18T10:00:00+01:00");
    screen.must_show("does anybody still use it?").keys("c");
    screen.must_show("Does anybody still use it?").keys("n");
    screen.must_show("stop making it").keys("1");
    screen
        .must_show("Do you still use it, and for what?")
        .keys("<enter>");
    let event = last(&screen);
    assert_eq!(check_in::answer(&event, "still_used"), Some("no"));
    screen.must_not_show("Asks for a word");
    screen.keys("cn2");
    assert!(screen.brief().archived);
    screen.keys("u");
    assert!(!screen.brief().archived);
}

#[test]
fn the_check_in_works_at_40_columns_and_15_rows() {
    let mut screen = running_with(40, 15, MONDAY, "");
    insta::assert_snapshot!("small_check_in_desk", screen.picture());
    screen.keys("c");
    insta::assert_snapshot!("small_check_in", screen.picture());
    screen.keys("yyyy");
    insta::assert_snapshot!("small_check_in_news", screen.picture());
    screen.keys("1");
    screen.type_text("HR has a form of its own");
    insta::assert_snapshot!("small_check_in_text", screen.picture());
    screen.keys("<enter><enter>");
    insta::assert_snapshot!("small_check_in_word", screen.picture());
}

#[test]
fn the_check_in_and_the_brief_look_right_on_a_wide_screen() {
    let mut screen = running_with(120, 40, "2026-02-16T15:00:00+01:00", "");
    insta::assert_snapshot!("wide_check_in_desk", screen.picture());
    screen.keys("<enter>").must_show("missed 2");
    insta::assert_snapshot!("wide_timeline", screen.picture());
}
