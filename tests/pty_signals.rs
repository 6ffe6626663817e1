//! Told to stop, or the window closed: everything is kept, and the terminal is
//! as it was.

use rustix::process::Signal;

use crate::support::TestDir;
use crate::support::pty::{Launch, Pty, TITLE, at_a_text, contains, files};

/// Whether the terminal is as it was before the program.
#[track_caller]
fn must_be_given_back(pty: &mut Pty) {
    pty.wait_for("ended 0");
    assert_eq!(pty.modes_now(), pty.modes);
    let screen = pty.screen();
    assert!(!screen.alternate_screen(), "the alternate screen stays");
    assert!(!screen.bracketed_paste(), "bracketed paste stays on");
    assert!(!screen.hide_cursor(), "the cursor stays hidden");
    assert!(
        contains(&pty.raw, b"\x1b[0 q"),
        "the cursor keeps its shape"
    );
}

#[track_caller]
fn stopped_by(signal: Signal) {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).through_shell().start();
    at_a_text(&mut pty);
    assert_ne!(pty.modes_now(), pty.modes, "the terminal was never taken");
    pty.keys("typed just before the end");
    pty.wait_for("typed just before the end").signal(signal);
    must_be_given_back(&mut pty);
    let text = files(&dir.path(".askfirst"));
    assert!(text.contains("typed just before the end"), "{text}");
}

#[test]
fn sigterm_saves_what_is_typed_and_gives_the_terminal_back() {
    stopped_by(Signal::TERM);
}

#[test]
fn sighup_saves_what_is_typed_and_gives_the_terminal_back() {
    stopped_by(Signal::HUP);
}

#[test]
fn sigint_saves_what_is_typed_and_gives_the_terminal_back() {
    stopped_by(Signal::INT);
}

#[test]
fn ctrl_c_saves_what_is_typed_and_gives_the_terminal_back() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).through_shell().start();
    at_a_text(&mut pty);
    pty.keys("typed just before the end<c-c>");
    must_be_given_back(&mut pty);
    let text = files(&dir.path(".askfirst"));
    assert!(text.contains("typed just before the end"), "{text}");
}

#[test]
fn what_is_typed_stays_under_the_help_and_is_saved_as_well() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).through_shell().start();
    at_a_text(&mut pty);
    pty.keys("typed, then help<f1>");
    pty.wait_for("In a text field").keys("<esc>");
    pty.wait_for("typed, then help").keys(" and on<f1>");
    pty.wait_for("In a text field").signal(Signal::TERM);
    must_be_given_back(&mut pty);
    let text = files(&dir.path(".askfirst"));
    assert!(text.contains("typed, then help and on"), "{text}");
}

#[test]
fn closing_the_window_saves_what_is_typed_and_ends_the_program() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    pty.keys("typed in a window");
    pty.wait_for("typed in a window").hang_up();
    let status = pty.wait_exit();
    assert!(status.success(), "{status}");
    let text = files(&dir.path(".askfirst"));
    assert!(text.contains("typed in a window"), "{text}");

    let mut pty = Launch::new(&dir).start();
    pty.wait_for(TITLE).keys("<enter>");
    pty.wait_for("in their own words?")
        .wait_for("typed in a window");
}

#[test]
fn a_stop_in_the_middle_of_a_form_saves_what_is_typed_there() {
    let dir = TestDir::new();
    dir.run_with("new --from -", crate::support::SUPERREPORT)
        .done();
    let mut pty = Launch::new(&dir).through_shell().start();
    pty.wait_for("What my analysts do").keys("y");
    pty.wait_for("They said yes").keys("Yes, but later");
    pty.wait_for("Yes, but later").signal(Signal::TERM);
    must_be_given_back(&mut pty);
    let text = files(&dir.path(".askfirst"));
    assert!(text.contains("Yes, but later"), "{text}");
}
