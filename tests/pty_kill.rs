//! Killed without warning: what was typed is there again.

use std::os::unix::fs::MetadataExt;
use std::time::{Duration, Instant};

use crate::support::TestDir;
use crate::support::pty::{Launch, TITLE, at_a_list, at_a_text, files};

#[test]
fn a_walk_killed_at_rest_in_a_text_field_goes_on_with_the_text() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    pty.keys("I would like to understand");
    pty.wait_for_file(&dir.path(".askfirst"), "I would like to understand");
    assert_eq!(pty.kill().signal(), Some("Killed"));

    let mut pty = Launch::new(&dir).start();
    pty.wait_for(TITLE).keys("<enter>");
    pty.wait_for("in their own words?")
        .wait_for("I would like to understand")
        .keys(" them");
    pty.wait_for("I would like to understand them");
}

#[test]
fn a_walk_killed_at_rest_on_the_entry_line_of_a_list_goes_on_with_the_text() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_list(&mut pty);
    pty.keys("Dana Reyes: profiles<enter>Human Res");
    pty.wait_for_file(&dir.path(".askfirst"), "Human Res");
    pty.kill();

    let mut pty = Launch::new(&dir).start();
    pty.wait_for(TITLE).keys("<enter>");
    pty.wait_for("Who is this for?")
        .wait_for("Dana Reyes")
        .wait_for("Human Res")
        .keys("ources<enter>");
    pty.wait_for_file(&dir.path(".askfirst"), "name = \"Human Resources\"");
}

#[test]
fn a_title_is_there_again_after_a_kill() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    pty.wait_for("start your first brief").keys("a");
    pty.wait_for("what were you asked for?")
        .keys("Profiles of the");
    pty.wait_for_file(&dir.path(".askfirst"), "Profiles of the");
    pty.kill();

    let mut pty = Launch::new(&dir).start();
    pty.wait_for("Profiles of the").keys("<enter>");
    pty.wait_for("what were you asked for?")
        .wait_for("Profiles of the")
        .keys(" desk<enter>");
    pty.wait_for("Who is this for?");
    pty.wait_for_file(&dir.path(".askfirst"), "title = \"Profiles of the desk\"");
    pty.keys("<c-c>");
    pty.wait_exit();
    let names: Vec<_> = std::fs::read_dir(dir.path(".askfirst")).unwrap().collect();
    assert_eq!(names.len(), 1, "{names:?}");
}

#[test]
fn a_pasted_reply_in_the_sign_off_form_is_there_again_after_a_kill() {
    let dir = TestDir::new();
    dir.run_with("new --from -", crate::support::SUPERREPORT)
        .done();
    let mut pty = Launch::new(&dir).start();
    pty.wait_for("What my analysts do").keys("y");
    pty.wait_for("They said yes").keys("Yes, the kinds of work");
    pty.wait_for_file(&dir.path(".askfirst"), "Yes, the kinds of work");
    pty.kill();

    let mut pty = Launch::new(&dir).start();
    pty.wait_for("What my analysts do").keys("y");
    pty.wait_for("They said yes")
        .wait_for("Yes, the kinds of work");
}

/// The save itself takes time on a busy disk; the text on its way in that time
/// is not on it yet either.
const LAST: Duration = Duration::from_millis(2000);

#[test]
fn steady_typing_loses_at_most_the_last_second_to_a_kill_and_is_not_saved_at_every_key() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    let file = dir.brief("profiles-of-the-desk");
    let inode = || std::fs::metadata(&file).unwrap().ino();

    let since = Instant::now();
    let mut typed = String::new();
    let mut old = String::new();
    let (mut saves, mut last) = (0, inode());
    let mut words = 0;
    let end = Duration::from_secs(5);
    // Not a rest in all that time: the next word follows as soon as one is seen.
    while since.elapsed() < end {
        words += 1;
        let word = format!("w{words} ");
        typed.push_str(&word);
        if since.elapsed() < end.saturating_sub(LAST) {
            old.clone_from(&typed);
        }
        pty.keys(&word);
        pty.wait_for(&word);
        if inode() != last {
            last = inode();
            saves += 1;
        }
    }
    pty.kill();

    let text = files(&dir.path(".askfirst"));
    assert!(text.contains(old.trim_end()), "{old} is not in {text}");
    assert!(
        saves <= 1 + since.elapsed().as_millis() / 850 && saves > 0,
        "{saves} saves for {words} words in {:?}",
        since.elapsed()
    );
}
