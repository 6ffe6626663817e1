//! Beside a shell and an editor.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::TestDir;
use crate::support::pty::{Launch, at_a_text, files};

#[test]
fn ctrl_z_goes_back_to_the_shell_and_fg_to_the_question() {
    if !Path::new("/bin/bash").exists() {
        return;
    }
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir)
        .through("/bin/bash", &["--norc", "--noprofile", "-i"])
        .env("PS1", "ready: ")
        .start();
    pty.wait_for("ready:").keys("\"$ASKFIRST\"<enter>");
    at_a_text(&mut pty);
    pty.keys("half a sente<c-z>");
    pty.wait_for("Stopped")
        .wait_until("the shell's screen", |pty| !pty.screen().alternate_screen());
    let text = files(&dir.path(".askfirst"));
    assert!(text.contains("half a sente"), "{text}");

    pty.keys("echo in the $((6 * 7)) shell<enter>");
    pty.wait_for("in the 42 shell").keys("fg<enter>");
    pty.wait_for("in their own words?")
        .wait_for("half a sente")
        .keys("nce");
    pty.wait_for("half a sentence").keys("<c-c>");
    pty.wait_until("the shell's screen", |pty| !pty.screen().alternate_screen());
    pty.keys("echo ended $?<enter>").wait_for("ended 0");
    let text = files(&dir.path(".askfirst"));
    assert!(text.contains("half a sentence"), "{text}");
    pty.keys("exit<enter>").wait_exit();
}

#[test]
fn without_a_shell_ctrl_z_says_so_and_the_program_stays() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).start();
    at_a_text(&mut pty);
    pty.keys("half<c-z>");
    pty.wait_for("there is no shell to go back to")
        .keys(" and whole");
    pty.wait_for("half and whole");
}

#[test]
fn the_editor_gets_the_text_and_gives_it_back() {
    let dir = TestDir::new();
    dir.write(
        "editor",
        "#!/bin/sh\necho 'the editor runs'\necho 'a line of the editor' >> \"$1\"\n",
    );
    let editor = dir.path("editor");
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut pty = Launch::new(&dir)
        .env("EDITOR", editor.to_str().unwrap())
        .start();
    at_a_text(&mut pty);
    pty.keys("typed here<c-j><c-x>");
    pty.wait_for("in their own words?")
        .wait_for("a line of the editor")
        .keys(", and on");
    pty.wait_for("a line of the editor, and on").keys("<enter>");
    pty.wait_for_file(&dir.path(".askfirst"), "a line of the editor, and on");
    assert!(files(&dir.path(".askfirst")).contains("typed here"));
}

#[test]
fn an_editor_that_is_not_there_is_named_and_the_text_stays() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).env("EDITOR", "/nowhere/ed").start();
    at_a_text(&mut pty);
    pty.keys("typed here<c-x>");
    pty.wait_for("could not run /nowhere/ed")
        .wait_for("typed here");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
}

#[test]
fn an_editor_that_fails_leaves_the_text_as_it_was() {
    let dir = TestDir::new();
    let mut pty = Launch::new(&dir).env("EDITOR", "false").start();
    at_a_text(&mut pty);
    pty.keys("typed here<c-x>");
    pty.wait_for("nothing was changed").wait_for("typed here");
}
