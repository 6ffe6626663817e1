//! The Share screen: all that waits for a person, its forms, thanks, burden.

use askfirst::domain::{Brief, EventKind};

use super::flow_tui_lists::reference;
use crate::support::SUPERREPORT;
use crate::support::screen::Screen;

/// The reference case and a second brief for Dana with a question; the first
/// is shared.
fn two() -> Screen {
    let mut screen = reference();
    screen.put(
        "monthly-cost-sheet-aaaa.toml",
        format!(
            "format = 1\nid = \"monthly-cost-sheet-aaaa\"\nstage = \"draft\"\n\
             created = 2026-02-03T09:00:00+01:00\n{}\n[answer.tool]\nbasis = \"guess\"\n\
             ask = \"dana\"\nput = \"In which tool will you open it?\"\n",
            SUPERREPORT.replace("What my analysts do all day", "Monthly cost sheet")
        ),
    );
    screen.send(askfirst::tui::message::Msg::Resumed);
    screen.keys("s");
    screen
}

fn shared(screen: &Screen) -> Vec<usize> {
    let sent = |brief: &Brief| {
        let events = brief.effective_events().into_iter();
        events.filter(|e| e.kind == EventKind::Shared).count()
    };
    screen.model.items.iter().map(|i| sent(&i.brief)).collect()
}

#[test]
fn all_that_waits_for_a_person_goes_out_at_once_and_is_taken_back_at_once() {
    let mut screen = two();
    screen.must_show("1 other brief waits for them");
    screen.must_not_show("2 briefs");
    screen.keys("a").must_show("2 briefs").must_show("About");
    insta::assert_snapshot!("share_all", screen.picture());
    screen.keys("<enter>").must_show("in 2 briefs");
    let copied = screen.clipboard.last().unwrap().clone();
    assert!(
        copied.contains("Monthly cost sheet") && copied.contains("analysts"),
        "{copied}"
    );
    assert_eq!(copied.matches("\"OK ").count(), 2, "{copied}");
    assert_eq!(shared(&screen), [1, 1]);
    let at: Vec<_> = screen
        .model
        .items
        .iter()
        .map(|i| i.brief.events.last().unwrap().at)
        .collect();
    assert_eq!(at[0], at[1]);
    screen.keys("u");
    assert_eq!(shared(&screen), [0, 0]);
    screen.keys("U");
    assert_eq!(shared(&screen), [1, 1]);
    screen
        .keys("s")
        .must_show("1 message, 1 question in 14 days");
}

#[test]
fn thanks_in_ones_own_words_stay_with_the_brief() {
    let mut screen = two();
    screen.keys("t");
    screen.type_text("You save me days").keys("<enter>");
    screen.keys("Y");
    let copied = screen.clipboard.last().unwrap().clone();
    assert!(
        copied.contains("\nYou save me days\n") && !copied.contains("Thank you!"),
        "{copied}"
    );
    let mut again = screen.again();
    again.keys("sY");
    if !again.shows("Subject: What my analysts") {
        again.keys("<esc>jsY");
    }
    assert!(again.clipboard.last().unwrap().contains("You save me days"));
    // Emptied, it is the usual word again.
    again.keys("t<c-u><enter>Y");
    assert!(again.clipboard.last().unwrap().contains("Thank you!"));
}

#[test]
fn the_form_is_chosen_and_a_file_has_the_one_of_its_name() {
    let mut screen = two();
    screen
        .keys("f")
        .must_show("as Slack markup")
        .must_show("*Subject:*");
    screen.keys("Y");
    assert!(screen.clipboard.last().unwrap().starts_with("*Subject:* "));
    screen.keys("f").must_show("**Subject:**");
    screen.keys("f").must_show("To: dana.reyes@example.com");
    screen.keys("w<enter>").must_show("noted as sent");
    let file = screen.path("message-to-dana.eml");
    let draft = std::fs::read_to_string(file).unwrap();
    assert!(draft.starts_with("X-Unsent: 1\r\nTo: "), "{draft}");
}

#[test]
fn small_screens_show_the_message_too() {
    let mut screen = two();
    screen.resize(40, 15);
    screen.keys("a");
    insta::assert_snapshot!("share_all_small", screen.picture());
    assert!(screen.shows("Hello Dana"), "{}", screen.picture());
}
