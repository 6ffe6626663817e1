//! What is being typed or ranked is there again when a page comes back.

use crate::support::screen::Screen;

/// A brief whose next page is this one, from the desk.
fn at(question: &str) -> Screen {
    let screen = Screen::new(80, 24);
    screen.put(
        "walked-k7m2.toml",
        format!(
            "format = 1\nid = \"walked-k7m2\"\ntitle = \"Walked\"\nchecklist = \"request\"\n\
             stage = \"draft\"\ncreated = 2026-02-03T09:00:00+01:00\n\n\
             [walk]\nat = \"{question}\"\n\n\
             [[need]]\nid = \"one\"\ntext = \"the first need\"\n\n\
             [[need]]\nid = \"two\"\ntext = \"the second need\"\n\n\
             [[need]]\nid = \"three\"\ntext = \"the third need\"\n"
        ),
    );
    let mut screen = screen.again();
    screen.keys("<enter>");
    screen
}

#[test]
fn a_text_stays_while_the_help_is_read() {
    let mut screen = at("purpose");
    screen.type_text("HR decides").keys("<f1>");
    screen.must_show("keys").keys("<esc>");
    screen.must_show("HR decides").type_text(" in March");
    screen.keys("<enter>");
    assert!(screen.file().contains("\"HR decides in March\""));
}

#[test]
fn a_text_stays_while_the_program_is_suspended() {
    let mut screen = at("purpose");
    screen.type_text("HR decides");
    screen.rest();
    screen.send(askfirst::tui::message::Msg::Resumed);
    screen.must_show("HR decides");
}

#[test]
fn pairs_go_on_after_the_help() {
    let mut screen = at("rank");
    screen.keys("p1");
    screen.must_show("question 2 of at most").keys("?");
    screen.keys("<esc>");
    screen.must_show("question 2 of at most");
}

#[test]
fn the_text_of_the_other_window_is_not_emptied_by_reloading() {
    let mut screen = at("purpose");
    screen.type_text("what I heard");
    let theirs = screen.file().replace(
        "at = \"purpose\"",
        "at = \"purpose\"\ndraft = \"what they heard\"",
    );
    screen.put("walked-k7m2.toml", theirs);
    screen.rest();
    screen.must_show("The file has changed").keys("3<enter>");
    screen.must_show("what they heard");
    screen.keys("<c-c>");
    assert!(screen.file().contains("what they heard"));
}

#[test]
fn a_cadence_is_echoed_and_doubted_once() {
    let text = "title = \"Kinds\"\nchecklist = \"report\"\n[walk]\nat = \"cadence\"\n";
    let mut screen = Screen::in_memory(80, 24, &[("kinds-a2b3", text)]);
    screen
        .keys("<enter>")
        .must_show("How often will you show them");
    screen
        .type_text("every tue")
        .must_show("= weekly on Tuesday");
    screen
        .keys("<bs><bs><bs>")
        .type_text("often")
        .keys("<enter>");
    screen
        .must_show("write it like every 3 days")
        .must_show("Enter again keeps it");
    screen.keys("<enter>").must_not_show("How often will you");
}

#[test]
fn keys_go_on_into_the_text_while_the_folder_is_away_for_a_moment() {
    use askfirst::tui::message::Msg;

    let mut screen = at("purpose");
    screen.type_text("HR decides").rest();
    let away = screen.path("away");
    std::fs::rename(screen.briefs(), &away).unwrap();
    let changed = || Msg::Changed {
        names: Vec::new(),
        all: true,
    };
    screen.send(changed());
    screen.type_text(" in March");
    screen.must_show("HR decides in March");
    std::fs::rename(&away, screen.briefs()).unwrap();
    screen.send(changed());
    screen.keys("<enter>");
    assert!(screen.file().contains("\"HR decides in March\""));
}
