//! Somebody else writes to the folder while the interface is open.

use std::path::Path;

use crate::support::TestDir;
use crate::support::pty::{Launch, Pty, at_a_text, contains};

/// Saves as editors do: another file, renamed.
fn save(path: &Path, change: impl FnOnce(String) -> String) {
    let text = change(std::fs::read_to_string(path).unwrap());
    let other = path.with_extension("edited");
    std::fs::write(&other, text).unwrap();
    std::fs::rename(other, path).unwrap();
}

fn on_the_desk(dir: &TestDir) -> Pty {
    let mut pty = Launch::new(dir).start();
    pty.wait_for("What my analysts do");
    pty
}

fn with_a_brief() -> TestDir {
    let dir = TestDir::new();
    dir.run_with("new --from -", crate::support::SUPERREPORT)
        .done();
    dir
}

#[test]
fn the_desk_shows_what_somebody_else_changed_made_and_removed() {
    let dir = with_a_brief();
    let mut pty = on_the_desk(&dir);
    let file = dir.brief("what-my");
    save(&file, |text| {
        text.replace("What my analysts do", "What others do")
    });
    pty.wait_for("What others do");
    dir.run("new --from - Another").failed(1);
    dir.run_with(
        "new --from - \"Quite another\"",
        crate::support::SUPERREPORT,
    )
    .done();
    pty.wait_for("Quite another");
    std::fs::remove_file(file).unwrap();
    pty.wait_gone("What others do");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
}

#[test]
fn what_is_being_typed_stays_when_the_file_changes_and_both_are_kept() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    let file = dir.brief("profiles-of-the-desk");
    pty.keys("I would like").wait_for("I would like");
    // A comment by an editor, and a customer by a command.
    save(&file, |text| {
        text.replace("Dana Reyes", "Dana R. Reyes") + "# mine\n"
    });
    pty.wait_for("changed by somebody else");
    pty.keys(" to understand")
        .wait_for("I would like to understand");
    let text = pty.wait_for_file(&dir.path(".askfirst"), "I would like to understand");
    assert!(text.contains("Dana R. Reyes"), "{text}");
    assert!(text.contains("# mine"), "{text}");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
    assert!(!contains(&pty.raw, b"The file has changed"));
}

#[test]
fn a_folder_that_is_made_replaced_and_gone_is_followed() {
    let dir = TestDir::new();
    std::fs::remove_dir(dir.path(".askfirst")).unwrap();
    let there = dir.path("briefs");
    let mut pty = Launch::new(&dir).args(&["--dir", "briefs"]).start();
    pty.wait_for("start your first brief");
    let make = |title: &str| {
        dir.run_with(
            &format!("--dir briefs new --from - \"{title}\""),
            crate::support::SUPERREPORT,
        )
        .done();
    };
    make("The first one");
    pty.wait_for("The first one");
    std::fs::rename(&there, dir.path("elsewhere")).unwrap();
    pty.wait_gone("The first one");
    make("The second one");
    pty.wait_for("The second one");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
}

#[test]
fn a_file_that_goes_away_under_what_is_typed_is_asked_about_and_written_again() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    pty.keys("kept all the same").wait_for("kept all the same");
    std::fs::remove_file(dir.brief("profiles-of-the-desk")).unwrap();
    pty.keys(" and more");
    pty.wait_for("The file is gone").keys("<enter>");
    pty.wait_for_file(&dir.path(".askfirst"), "kept all the same");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
}
