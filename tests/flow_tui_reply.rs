//! A customer's reply on its screen: pasted, looked through, recorded.

use askfirst::domain::{Basis, Event, EventKind, Stage};
use askfirst::tui::message::Msg;

use crate::support::misunderstood;
use crate::support::screen::Screen;

/// Compares the screen with what was reviewed.
macro_rules! see {
    ($screen:expr, $name:literal) => {
        insta::assert_snapshot!($name, $screen.picture())
    };
}

/// Dana's reply of the reference case, from a phone, with what she quotes.
const DANA: &str = "2 is wrong, we need job profiles for HR. OK otherwise\n\n\
    Sent from my iPhone\n\n\
    > On 3 Feb 2026, at 09:31, Sam <sam@example.com> wrote:\n\
    >\n\
    > before I start: is this right?\n";

fn reference(width: u16, height: u16) -> Screen {
    let mut screen = Screen::new(width, height);
    screen.put(
        "super-report-k7m2.toml",
        format!(
            "format = 1\nid = \"super-report-k7m2\"\nstage = \"draft\"\n\
             created = 2026-02-03T09:00:00+01:00\n{}",
            misunderstood()
        ),
    );
    screen.send(Msg::Resumed);
    screen
}

/// A brief that was sent to Dana with three questions, and its code.
fn sent(width: u16, height: u16) -> (Screen, String) {
    let mut screen = reference(width, height);
    screen.keys("s<enter>");
    let code = screen.copied_code();
    screen.at("2026-02-04T11:15:00+01:00");
    while screen.model.screens.len() > 1 {
        screen.keys("<esc>");
    }
    (screen, code)
}

fn replied(screen: &Screen) -> Vec<Event> {
    let brief = screen.brief();
    let events = brief.effective_events().into_iter();
    events
        .filter(|e| e.kind == EventKind::Replied)
        .cloned()
        .collect()
}

#[test]
fn danas_reply_is_in_the_right_place_in_three_keys() {
    let (mut screen, _) = sent(80, 24);
    see!(screen, "reply_1_desk");
    let before = screen.control_keys;
    screen.keys("r");
    see!(screen, "reply_2_empty");
    screen.paste(DANA);
    see!(screen, "reply_3_pieces");
    screen.keys("<enter>");
    see!(screen, "reply_4_recorded");
    // The third is the paste.
    assert_eq!(screen.control_keys - before, 2);

    let brief = screen.brief();
    let purpose = brief.answers.get("purpose").unwrap();
    assert_eq!(purpose.standing.basis, Basis::Told);
    assert!(
        purpose.text.contains("we need job profiles for HR"),
        "{purpose:?}"
    );
    let event = replied(&screen).remove(0);
    assert_eq!(event.words.trim(), DANA.trim(), "as it came");
    assert_eq!(
        event.answers.len(),
        3,
        "the rest is as it was guessed: {event:?}"
    );
    assert_eq!(brief.stage, Stage::Asked, "no yes");
    assert!(brief.drafts.is_empty(), "{:?}", brief.drafts);
}

#[test]
fn an_objection_stands_on_every_screen_until_they_are_asked_again() {
    let (mut screen, code) = sent(80, 24);
    screen.keys("r");
    screen.paste(&format!(
        "OK {code}, but only from March on\n\nBest from Lisbon, it rains"
    ));
    see!(screen, "objection_1_pieces");
    screen.keys("<enter>").must_show("s asks again");
    see!(screen, "objection_2_desk");
    screen
        .keys("<enter>")
        .must_show("Dana Reyes objected on 4 Feb");
    see!(screen, "objection_3_brief");
    screen.keys("v").must_show("! objects");
    see!(screen, "objection_4_review");
    screen
        .keys("g<enter>")
        .must_show("change the brief to what they want");
    assert!(askfirst::domain::sign_off::sign_offs(&screen.brief()).is_empty());
    screen.keys("s<enter>");
    while screen.model.screens.len() > 1 {
        screen.keys("<esc>");
    }
    screen.must_not_show("objected");
    see!(screen, "objection_5_asked_again");
}

#[test]
fn the_page_works_at_40_columns_and_15_rows() {
    let (mut screen, code) = sent(40, 15);
    screen.keys("r");
    see!(screen, "reply_small_1_empty");
    screen.paste(&format!("1. b\n2. no\n3. Calc\nB, A, C, D\nOK {code}"));
    see!(screen, "reply_small_2_pieces");
    screen.keys("G");
    see!(screen, "reply_small_3_last");
    screen.keys("m");
    see!(screen, "reply_small_4_move");
}

#[test]
fn a_yes_signs_and_says_what_waits_for_another_one() {
    let (mut screen, code) = sent(80, 24);
    screen.keys("r");
    screen.paste(&format!("2. job profiles for HR\n3. yes\nOK {code}"));
    screen.must_show("2 answers, signed").keys("<enter>");
    screen.must_show("waits for a new yes: what they want and why");
    let brief = screen.brief();
    assert_eq!(brief.stage, Stage::Agreed);
    screen.keys("u");
    let brief = screen.brief();
    assert_eq!(brief.stage, Stage::Asked);
    assert!(replied(&screen).is_empty());
    assert_eq!(
        brief.answers.get("purpose").unwrap().standing.basis,
        Basis::Asked
    );
    // What was taken back is there to be looked at again.
    screen
        .keys("r")
        .must_show("job profiles for HR")
        .keys("<enter>");
    screen.must_show("2 answers, signed").keys("<enter>");
    assert_eq!(replied(&screen).len(), 1);
}

#[test]
fn a_piece_is_moved_dropped_and_taken_up_again_and_esc_keeps_it() {
    let (mut screen, _) = sent(80, 24);
    screen.keys("r");
    screen.paste("Job profiles for HR, that is what it is for");
    screen.keys("m").must_show("What is it?");
    see!(screen, "reply_move");
    let options = screen.text();
    let line = options
        .lines()
        .find(|l| l.contains("2. What will you"))
        .unwrap();
    let number = line
        .trim_start_matches(['\u{2502}', ' '])
        .chars()
        .next()
        .unwrap();
    screen.keys(&number.to_string()).must_show("as you say");
    screen.keys("<space>").must_show("dropped").keys("<space>");
    screen.keys("m");
    screen.keys(&number.to_string());
    // Back to the text, off the page, and in again.
    screen
        .keys("<esc>")
        .must_show("Paste the reply")
        .keys("<enter>");
    screen.must_show("as you say").keys("<enter>");
    let brief = screen.brief();
    let purpose = brief.answers.get("purpose").unwrap();
    assert_eq!(purpose.text, "Job profiles for HR, that is what it is for");
}

#[test]
fn who_wrote_it_and_when_is_shown_and_can_be_said() {
    let (mut screen, _) = sent(80, 24);
    screen.keys("r");
    screen.paste("3. yes");
    screen.must_show("the last message went to them").keys("e");
    screen.keys("<c-u>").type_text("hr").keys("<tab><c-u>");
    screen.type_text("yesterday").keys("<enter>");
    screen.must_show("Human Resources").must_show("3 Feb 2026");
    screen.keys("<esc><esc>");
    screen
        .keys("r<enter>")
        .must_show("Human Resources")
        .keys("<enter>");
    let event = replied(&screen).remove(0);
    assert_eq!(event.by.unwrap().as_str(), "hr");
    assert_eq!(event.on.unwrap().to_string(), "2026-02-03");
}

#[test]
fn what_was_pasted_survives_until_it_is_recorded() {
    let (mut screen, _) = sent(80, 24);
    screen.keys("r");
    screen.paste("3. yes, and greetings from Lisbon");
    let mut screen = screen.again();
    screen.keys("r").must_show("greetings from Lisbon");
    screen.keys("<esc>");
    screen
        .keys("r")
        .must_show("greetings from Lisbon")
        .keys("<enter><enter>");
    assert_eq!(replied(&screen).len(), 1);
    screen.keys("r").must_not_show("greetings from Lisbon");
    screen.type_text("she said on the phone: ").rest();
    let mut screen = screen.again();
    screen.keys("r").must_show("she said on the phone:");
}

#[test]
fn a_paste_behind_typed_words_waits_for_enter_and_one_on_the_pieces_goes_on() {
    let (mut screen, _) = sent(80, 24);
    screen.keys("r").type_text("3. yes");
    screen.keys("<c-j>");
    screen
        .paste("and 2. job profiles")
        .must_show("Paste the reply");
    screen.keys("<enter>").must_show("Enter records");
    screen.paste("One more thing: no names");
    screen.must_show("Enter records").must_show("no names");
    screen.keys("<enter>");
    let words = replied(&screen).remove(0).words;
    assert_eq!(
        words,
        "3. yes\nand 2. job profiles\nOne more thing: no names"
    );
}

#[test]
fn a_brief_that_changed_meanwhile_is_looked_at_again() {
    let (mut screen, _) = sent(80, 24);
    screen.keys("r");
    screen.paste("3. yes");
    let (name, text) = screen.files().remove(0);
    let text = text.replace("text = \"Excel\"", "text = \"Calc\"");
    screen.put(&name, text);
    screen.send(Msg::Resumed);
    screen.keys("<enter>").must_show("changed meanwhile");
    assert!(replied(&screen).is_empty());
    screen.must_show("Calc").keys("<enter>");
    assert_eq!(replied(&screen).len(), 1);
}

#[test]
fn an_old_code_shows_what_changed() {
    let (mut screen, code) = sent(80, 24);
    let (name, text) = screen.files().remove(0);
    screen.put(
        &name,
        text.replace("\"Automation\"", "\"Automation\", \"Forecasts\""),
    );
    screen.send(Msg::Resumed);
    screen.keys("r");
    screen.paste(&format!("OK {code}"));
    screen.must_show("older version").must_show("Forecasts");
    see!(screen, "reply_old_code");
    screen.keys("<enter>");
    let brief = screen.brief();
    assert!(askfirst::domain::sign_off::sign_offs(&brief).is_empty());
    assert_eq!(replied(&screen).len(), 1);
}

#[test]
fn a_reply_about_two_briefs_is_a_step_in_each() {
    let (mut screen, _) = sent(80, 24);
    let second = misunderstood().replace("What my analysts do all day", "Desk hours");
    screen.put(
        "desk-hours-a2b3.toml",
        format!(
            "format = 1\nid = \"desk-hours-a2b3\"\nstage = \"draft\"\n\
             created = 2026-02-03T09:00:00+01:00\n{second}"
        ),
    );
    screen.send(Msg::Resumed);
    // It stands below: a draft.
    screen.keys("Gs<enter>");
    let code = screen.copied_code();
    while screen.model.screens.len() > 1 {
        screen.keys("<esc>");
    }
    screen.keys("g");
    while screen.model.current().unwrap().id.as_str() != "super-report-k7m2" {
        screen.keys("j");
    }
    screen.keys("r");
    screen.paste(&format!("OK {code}\n\nGreetings to all of you"));
    screen.must_show("in Desk hours: signed").keys("<enter>");
    let signed = |screen: &Screen| {
        let texts = screen.texts();
        let of = |id: &str| texts.iter().find(|(i, _)| i == id).unwrap().1.clone();
        let hours = of("desk-hours-a2b3").matches("kind = \"signed\"").count()
            - of("desk-hours-a2b3")
                .matches("kind = \"undone\"")
                .count()
                .min(1);
        (
            hours,
            of("super-report-k7m2")
                .matches("kind = \"replied\"")
                .count(),
        )
    };
    assert_eq!(signed(&screen), (1, 1));
    let steps = screen.model.undo.len();
    screen.keys("u");
    assert_eq!(screen.model.undo.len(), steps - 1);
    assert_eq!(signed(&screen), (0, 1), "one step for each brief");
}

#[test]
fn hostile_text_shows_and_does_nothing_and_is_kept_as_it_came() {
    let (mut screen, _) = sent(80, 24);
    let nasty = "3. yes\n\n\u{1b}]0;pwn\u{7}red \u{9b}7m \u{202e}rtl\u{200b} <script> <!channel>";
    screen.keys("r");
    // Every frame is looked at for what a terminal would obey.
    screen.paste(nasty);
    screen.keys("jm<esc><esc>");
    screen.keys("<enter><enter><enter>");
    assert_eq!(replied(&screen).remove(0).words, nasty);
}

#[test]
fn a_megabyte_is_one_insertion_and_more_is_refused_in_words() {
    let (mut screen, _) = sent(80, 24);
    let line = "a line that somebody quoted again and again\n";
    screen.keys("r");
    screen.paste(&line.repeat(2_000_000 / line.len()));
    screen.must_show("nothing was inserted");
    screen.paste(&format!(
        "3. yes\n\n{}",
        line.repeat(1_000_000 / line.len())
    ));
    screen.must_show("Enter records").keys("<enter>");
    let words = replied(&screen).remove(0).words;
    assert!(words.len() > 999_000, "{}", words.len());
}

#[test]
fn a_brief_without_customers_says_what_is_missing() {
    let mut screen = Screen::new(80, 24);
    screen.keys("a");
    screen.type_text("Something").keys("<enter><esc>");
    screen.keys("<esc>").keys("r");
    screen.must_show("name a customer first");
}
