//! The pictures in `docs/screens` show what the program draws now.
//!
//! To draw them again: `ASKFIRST_UPDATE_DOCS=1 cargo test screens`.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use askfirst::export;

use crate::docs;
use crate::flow_tui_check_in::running;
use crate::support::screen::Screen;
use crate::support::{SUPERREPORT, TestDir, asking, code_in, svg};

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

#[test]
fn the_message_is_drawn_as_it_is() {
    let (mut brief, sheet) = asking(|_| {});
    brief.thank(&sheet.to, "It spares me weeks to ask you first.");
    let message = export::message(&brief, &sheet.to, "Raj Patel").text();
    let lines: Vec<String> = message
        .lines()
        .flat_map(|line| textwrap::wrap(line, 76))
        .map(std::borrow::Cow::into_owned)
        .collect();
    let height = u16::try_from(lines.len()).unwrap();
    let mut buffer = Buffer::empty(Rect::new(0, 0, 78, height));
    for (y, line) in (0..).zip(&lines) {
        buffer.set_string(1, y, line, Style::new());
    }
    let svg = svg::picture(&buffer, None, "The message that your requester gets");
    docs::current("docs/screens/message.svg", &svg);
}

/// Pixels differ from machine to machine, so it is the page behind a picture
/// that is compared: by its digest, in a file beside the pictures.
#[test]
fn the_pages_in_the_pictures_are_those_of_the_program() {
    let (brief, sheet) = asking(|_| {});
    let form = export::form(&brief, &sheet, "Raj Patel", "raj@example.com");
    let mut dir = TestDir::new();
    dir.run_with("new --from -", SUPERREPORT).done();
    let shared = dir.run("share analysts").done();
    let code = code_in(&shared.stdout);
    dir.run(&format!("sign analysts --by Dana --code {code} --via mail"))
        .done();
    dir.at("2026-02-06T09:00:00+01:00");
    let record = dir.run("export analysts --format html").done().stdout;
    let mut digests = String::new();
    for (name, page) in [("record", &record), ("reply", &form), ("sheet", &form)] {
        let digest = export::digest(page.as_bytes());
        digests.push_str(&format!("{name}.png {digest}\n"));
    }
    draw(&form, &record);
    docs::current("docs/screens/pages.txt", &digests);
}

/// Draws the pictures again where the documents are to be written.
#[cfg(unix)]
fn draw(form: &str, record: &str) {
    use crate::support::browser::browser;

    if !docs::updating() {
        return;
    }
    let mut browser = browser().expect("the pictures are taken in a browser");
    let mut page = browser.open(record);
    let picture = page.picture("body", 720, 880);
    docs::write_picture("docs/screens/record.png", &picture);
    drop(page);
    let mut page = browser.open(form);
    page.click("[data-letter=B] [data-move='-1']");
    page.click("[name=q1][value=b]");
    page.click("[name=q3][value=yes]");
    page.click("[name=verdict][value=yes]");
    let upper = page.picture("#needs", 720, 580);
    docs::write_picture("docs/screens/sheet.png", &upper);
    let lower = page.picture("#agree", 720, 790);
    docs::write_picture("docs/screens/reply.png", &lower);
}

#[cfg(not(unix))]
fn draw(_form: &str, _record: &str) {}
