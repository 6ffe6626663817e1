//! The pictures in `docs/screens` show what the program draws now.
//!
//! To draw them again: `ASKFIRST_UPDATE_DOCS=1 cargo test screens`.

use crate::docs;
use crate::flow_tui_check_in::running;
use crate::support::screen::Screen;
use crate::support::{TestDir, svg};

/// Compares the picture of a screen with the one in the repository.
#[track_caller]
fn picture(screen: &mut Screen, name: &str, title: &str) {
    let (buffer, caret) = screen.frame();
    let svg = svg::picture(&buffer, caret, title);
    docs::current(&format!("docs/screens/{name}.svg"), &svg);
}

/// The desk of the demo.
fn demo() -> Screen {
    let dir = TestDir::new();
    dir.run("--dir demo demo").done();
    let mut screen = Screen::new(80, 24);
    for entry in std::fs::read_dir(dir.path("demo")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_file() {
            screen.put(&name, std::fs::read(path).unwrap());
        }
    }
    screen.at("2026-02-05T09:05:00+01:00");
    screen.again()
}

#[test]
fn the_desk_and_a_brief_are_drawn_as_they_are() {
    let mut screen = demo();
    screen.keys("g").must_show("Asks for a word");
    screen.must_show("In progress");
    picture(&mut screen, "desk", "The desk: what to do next");

    screen.keys("/");
    screen.type_text("one-page table").keys("<enter>");
    screen.must_show("said yes on 4 Feb 2026");
    picture(&mut screen, "brief", "A brief and its history");
}

#[test]
fn the_check_in_is_drawn_as_it_is() {
    let mut screen = running("2026-02-06T09:05:00+01:00");
    screen.keys("cyy").must_show("building what was agreed");
    picture(
        &mut screen,
        "check-in",
        "A check-in: what was said so far, and the next question",
    );
    let before = screen.control_keys - 3;
    screen.keys("yy<enter>n").must_show("checked in");
    // The README says seven.
    assert_eq!(screen.control_keys - before, 7);
}

#[test]
fn the_walk_is_drawn_as_it_is() {
    let mut screen = Screen::new(80, 24);
    let mut drawn = 0;
    docs::walk(&mut screen, |screen, shown, typed| {
        let (name, title) = match (shown, typed) {
            (shown, typed) if shown.starts_with("What must") && typed.starts_with("Opens") => (
                "walk",
                "A question of the walk, with three needs and one being typed",
            ),
            (shown, "2") if shown.starts_with("Which need") => {
                ("rank", "Ranking the needs by their numbers")
            }
            ("Your answers", "") => ("review", "Check your answers"),
            (shown, "") if shown.starts_with("To ") => ("share", "The message for the customer"),
            _ => return,
        };
        picture(screen, name, title);
        drawn += 1;
    });
    assert_eq!(drawn, 4);
}
