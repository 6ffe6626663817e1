//! A folder that takes nothing, and one that somebody else writes to as well.

use crate::support::TestDir;
use crate::support::pty::{Launch, Pty, TITLE, at_a_text, contains, files};

/// Everything that came out, as text.
fn output(pty: &Pty) -> String {
    String::from_utf8_lossy(&pty.raw).into_owned()
}

#[test]
fn a_folder_that_went_away_is_told_and_the_text_is_kept_elsewhere() {
    let dir = TestDir::new();
    let kept = dir.path("kept");
    std::fs::create_dir(&kept).unwrap();
    let mut pty = Launch::new(&dir)
        .env("TMPDIR", kept.to_str().unwrap())
        .start();
    at_a_text(&mut pty);
    // A file in place of the folder: nothing can be written there, by nobody.
    std::fs::rename(dir.path(".askfirst"), dir.path("moved")).unwrap();
    dir.write(".askfirst", "");
    pty.keys("typed in vain?");
    pty.wait_for("Not saved").keys("<esc>");
    pty.wait_gone("Not saved").wait_for("typed in vain?");
    pty.keys("<c-c>");
    let status = pty.wait_exit();
    assert_eq!(status.exit_code(), 1, "{status}");
    assert!(files(&kept).contains("typed in vain?"), "{}", output(&pty));
    assert!(pty.shows("could not be saved"), "{}", pty.text());
    assert!(pty.shows("what was typed is in"), "{}", pty.text());
    assert!(!files(&dir.path("moved")).contains("typed in vain?"));
}

#[test]
fn a_folder_that_comes_back_gets_the_text() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    std::fs::rename(dir.path(".askfirst"), dir.path("moved")).unwrap();
    dir.write(".askfirst", "");
    pty.keys("typed meanwhile");
    pty.wait_for("Not saved");
    std::fs::remove_file(dir.path(".askfirst")).unwrap();
    std::fs::rename(dir.path("moved"), dir.path(".askfirst")).unwrap();
    pty.wait_for("try again").keys("<enter>");
    pty.wait_for_file(&dir.path(".askfirst"), "typed meanwhile");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
}

#[test]
fn where_nothing_can_be_written_at_all_the_text_is_printed_at_the_end() {
    if !std::path::Path::new("/bin/bash").exists() {
        return;
    }
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    pty.keys("<c-c>");
    pty.wait_exit();

    // As on a full disk, but for everybody, root included.
    let mut pty = Launch::new(&dir)
        .through("/bin/bash", &["-c", "ulimit -f 0; exec \"$ASKFIRST\""])
        .start();
    pty.wait_for(TITLE).keys("<enter>");
    pty.wait_for("in their own words?")
        .keys("nowhere to put this");
    pty.wait_for("Not saved").keys("<esc>");
    pty.wait_gone("Not saved").wait_for("nowhere to put this");
    let before = pty.raw.len();
    pty.keys("<c-c>");
    let status = pty.wait_exit();
    assert_eq!(
        (status.exit_code(), status.signal()),
        (1, None),
        "{}",
        output(&pty)
    );
    assert!(!pty.screen().alternate_screen());
    let end = String::from_utf8_lossy(&pty.raw[before..]).into_owned();
    let (_, end) = end.split_once("\x1b[?1049l").unwrap();
    assert!(end.contains("could not be saved"), "{end}");
    assert!(end.contains("nowhere to put this"), "{end}");
    assert!(end.contains("title ="), "{end}");
    let text = files(&dir.path(".askfirst"));
    assert!(text.contains(TITLE) && !text.contains("nowhere"), "{text}");
}

#[test]
fn the_command_line_takes_a_limit_of_file_sizes_for_an_error() {
    if !std::path::Path::new("/bin/bash").exists() {
        return;
    }
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir)
        .through(
            "/bin/bash",
            &[
                "-c",
                "ulimit -f 0; exec \"$ASKFIRST\" new --plain 'A title'",
            ],
        )
        .start();
    pty.wait_for("could not");
    let status = pty.wait_exit();
    assert_eq!((status.exit_code(), status.signal()), (1, None));
}

#[test]
fn two_windows_on_one_brief_lose_nothing() {
    let dir = TestDir::new();
    let briefs = dir.path(".askfirst");
    let mut one = Launch::new(&dir).start();
    at_a_text(&mut one);
    one.wait_for_file(&briefs, "words");
    let mut two = Launch::new(&dir).env("ASKFIRST_SEED", "8").start();
    two.wait_for(TITLE).keys("<enter>");
    two.wait_for("in their own words?");

    one.keys("what the first window heard");
    one.wait_for_file(&briefs, "what the first window heard");
    two.keys("what the second window heard");
    two.wait_for("The file has changed")
        .wait_for("Nothing was overwritten");
    assert!(files(&briefs).contains("what the first window heard"));
    two.keys("2<enter>");
    two.wait_gone("The file has changed");
    let all = two.wait_for_file(&briefs, "what the second window heard");
    assert!(all.contains("what the first window heard"), "{all}");
    two.keys("<c-c>");
    assert!(two.wait_exit().success());

    // The first goes on without noticing.
    one.keys(", and more");
    one.wait_for_file(&briefs, "what the first window heard, and more");
    one.keys("<c-c>");
    assert!(one.wait_exit().success());
    assert!(files(&briefs).contains("what the second window heard"));
    assert!(!contains(&one.raw, b"The file has changed"));
}
