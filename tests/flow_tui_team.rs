//! What a team shares, on the screens: versions to choose from, and whose brief
//! it is.

use askfirst::domain::Me;
use askfirst::tui::message::Msg;

use crate::flow_tui_lists::reference;
use crate::support::screen::Screen;

const CONFLICTS: &str = r#"
[[conflict]]
place = "title"
versions = ["Job profiles", "What the desk does"]

[[conflict]]
place = "answer.purpose"
versions = ["text: to grade\nbasis: guess", "text: to hire\nbasis: told\nby: dana\non: 2026-02-05"]
"#;

/// The reference case, with two things that were changed in two ways.
fn undecided() -> Screen {
    let mut screen = reference();
    let file = "super-report-k7m2.toml";
    let text = screen.file();
    screen.put(file, text + CONFLICTS);
    screen.send(Msg::Resumed);
    screen
}

#[test]
fn a_version_is_chosen_in_the_review_and_the_choice_can_be_taken_back() {
    let mut screen = undecided();
    screen.must_show("Changed in two ways");
    screen.must_show("choose: the title");
    let before = screen.file();
    screen.keys("<enter>");
    screen.must_show("the title was changed in two ways");
    screen.keys("v");
    screen.must_show("Changed in two ways: Enter chooses");
    screen.keys("g<enter>");
    screen.must_show("What the desk does");
    screen.must_show("something else");
    screen.keys("2");
    screen.must_show("chosen: the title");
    let brief = screen.brief();
    assert_eq!(brief.title, "What the desk does");
    assert_eq!(brief.conflicts.len(), 1);
    screen.keys("u");
    assert_eq!(screen.file(), before, "undo brings the versions back");
    screen.keys("U");

    // The next one by words of one's own.
    screen.keys("g<enter>");
    screen.must_show("to hire (told by Dana Reyes on 5 Feb)");
    screen.keys("3");
    screen.type_text("to do both");
    screen.keys("<enter>");
    let brief = screen.brief();
    let purpose = brief.answers.get("purpose").unwrap();
    assert_eq!(purpose.text, "to do both");
    assert!(purpose.standing.is_guess());
    assert!(brief.conflicts.is_empty());
    screen.must_not_show("Enter chooses");
}

#[test]
fn a_brief_whose_walk_was_left_says_first_that_something_is_to_be_chosen() {
    let mut screen = undecided();
    let text = screen.file();
    let begin = text.find("stage = ").unwrap();
    let end = begin + text[begin..].find('\n').unwrap();
    let draft = format!("{}stage = \"draft\"{}", &text[..begin], &text[end..]);
    let text = draft + "\n[walk]\nat = \"customers\"\n";
    screen.put("super-report-k7m2.toml", text);
    screen.send(Msg::Resumed);
    screen.must_show("choose: the title").keys("<enter>");
    screen.must_show("the title was changed in two ways");
    // The walk is one key away.
    screen.keys("e").must_show("Who is this for?");
}

#[test]
fn nothing_starts_before_one_is_chosen() {
    let mut screen = undecided();
    screen.keys("m1");
    screen.type_text("no time");
    screen.keys("<enter>");
    screen.must_show("have to be chosen first");
    assert!(screen.brief().stage.before_start());
}

#[test]
fn what_is_half_written_for_a_version_is_kept() {
    let mut screen = undecided();
    screen.keys("<enter>v");
    screen.keys("g<enter>3");
    screen.type_text("half a ti");
    screen.keys("<esc>");
    assert!(screen.file().contains("half a ti"));
    screen.keys("g<enter>3");
    screen.must_show("half a ti");
}

#[test]
fn mine_stand_on_the_desk_and_m_shows_those_of_everyone() {
    let mut screen = reference();
    let text = screen.file();
    let of_raj = text.replace("stage =", "owner = \"Raj\"\nstage =");
    screen.put(
        "of-raj-p3r8.toml",
        of_raj
            .replace("super-report-k7m2", "of-raj-p3r8")
            .replace("title = \"", "title = \"Raj: "),
    );
    screen.model.me = Me::among("Ana", || "ana".to_owned());
    screen.send(Msg::Resumed);
    screen.must_not_show("Raj: ");
    screen.must_show("1 of colleagues is not shown; M shows all");
    screen.keys("M");
    screen.must_show("Of colleagues");
    screen.must_show("Raj: ");
    screen.keys("G");
    screen.keys("o");
    screen.must_show("Whose brief is it?");
    screen.keys("<bs><bs><bs>");
    screen.type_text("Ana");
    screen.keys("<enter>");
    screen.must_not_show("Of colleagues");
    screen.keys("u");
    screen.must_show("Of colleagues");
    screen.keys("M");
    screen.must_not_show("Raj: ");
}
