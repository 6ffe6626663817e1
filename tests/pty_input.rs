//! Pastes, sizes, and nothing at all.

use std::time::Duration;

use crate::support::TestDir;
use crate::support::pty::{Launch, TITLE, at_a_text, contains, files};

#[test]
fn a_paste_of_a_megabyte_is_refused_clearly_and_the_program_answers() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    pty.keys("before ");
    pty.paste("0123456789abcde\n".repeat(1 << 16).as_bytes());
    pty.wait_for("nothing was inserted").keys("after");
    pty.wait_for("before after");
}

#[test]
fn a_paste_of_fifty_kilobytes_is_taken_and_saved() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    let text: String = (0..3200)
        .map(|n| format!("line {n} of a mail\n"))
        .collect::<String>()
        + "the last line";
    assert!(text.len() > 50_000);
    pty.paste(text.as_bytes());
    pty.wait_for("the last line").keys(", and more");
    pty.wait_for("the last line, and more");
    let file = pty.wait_for_file(&dir.path(".askfirst"), "the last line, and more");
    assert!(file.contains("line 0 of a mail") && file.contains("line 1600 of a mail"));
}

#[test]
fn what_is_harmful_in_a_paste_never_reaches_the_terminal_or_the_file() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    let before = pty.raw.len();
    pty.paste(
        "one\x1b]0;pwn\x07\x1b[31;5mred\x1bc\0nul\r\ntwo\rthree\u{9b}7mc1\u{202e}rtl\u{200b}zero"
            .as_bytes(),
    );
    pty.keys(" end");
    pty.wait_for("zero").wait_for("end");
    for (name, harm) in [
        ("a title", &b"\x1b]0;"[..]),
        ("a bell", b"\x07"),
        ("a blink", b"\x1b[31;5m"),
        ("a reset", b"\x1bc"),
        ("a NUL", b"\0"),
        ("a C1 code", "\u{9b}".as_bytes()),
        ("an override", "\u{202e}".as_bytes()),
        ("an invisible space", "\u{200b}".as_bytes()),
    ] {
        assert!(!contains(&pty.raw[before..], harm), "{name} came out");
    }
    let file = pty.wait_for_file(&dir.path(".askfirst"), " end");
    assert!(
        !file.contains(['\x1b', '\0', '\r', '\u{9b}', '\u{202e}', '\u{200b}']),
        "{file:?}"
    );
    assert!(file.contains("three"), "{file}");
}

#[test]
fn a_storm_of_sizes_keeps_the_text_and_the_screen_comes_back() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    pty.keys("one ");
    pty.wait_for("one").resize(20, 5).keys("two ");
    pty.wait_gone("in their own words?");
    pty.resize(5, 2).keys("three ");
    pty.resize(1, 1).keys("four ");
    pty.resize(120, 40).keys("five ");
    pty.wait_for("in their own words?")
        .wait_for("one two three four five");
    pty.resize(40, 15).keys("six");
    pty.wait_for("one two three four five six");
    for n in 1..60 {
        pty.resize(1 + n * 37 % 140, 1 + n * 11 % 50);
    }
    pty.resize(80, 24).keys(".");
    pty.wait_for("one two three four five six.")
        .wait_for("in their own words?");
    pty.wait_for_file(&dir.path(".askfirst"), "one two three four five six.");
    let (row, column) = pty.screen().cursor_position();
    let line = pty.screen().rows(0, column).nth(usize::from(row)).unwrap();
    assert!(line.ends_with("six."), "the cursor stands after {line:?}");
}

#[test]
fn nothing_is_written_while_nothing_happens() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    pty.keys("typed");
    pty.wait_for_file(&dir.path(".askfirst"), "typed");
    // What is waited for is that nothing comes, which takes a time of its own:
    // longer than the rest after which typed text is saved.
    let quiet = Duration::from_millis(1500);
    pty.drain(quiet);
    assert_eq!(pty.drain(quiet), 0, "{}", pty.text());
}

#[test]
fn a_flood_of_keys_without_paste_marks_is_taken_whole() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    let text: String = (0..1500).map(|n| format!("k{n} ")).collect();
    pty.keys(&text);
    pty.wait_for("k1499");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
    let file = files(&dir.path(".askfirst"));
    assert!(file.contains(text.trim_end()), "{file}");
    assert!(file.contains(TITLE));
}
