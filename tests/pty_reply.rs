//! A reply pasted into the real program.

use crate::support::pty::{Launch, contains, files};
use crate::support::{TestDir, misunderstood};

/// A brief that was sent to Dana with three questions.
fn sent() -> TestDir {
    let dir = TestDir::new();
    dir.write("m.toml", misunderstood());
    dir.run("new --from m.toml").done();
    dir.run("share analysts --via mail").done();
    dir
}

#[test]
fn danas_reply_takes_three_keys_in_a_terminal() {
    let dir = sent();
    let mut pty = Launch::new(&dir).start();
    pty.wait_for("What my analysts do").keys("r");
    pty.wait_for("Paste the reply as it came");
    pty.paste(b"2 is wrong, we need job profiles for HR. OK otherwise\r\rSent from my iPhone");
    pty.wait_for("Enter records")
        .wait_for("2. What will you decide");
    pty.keys("<enter>").wait_for("u takes it back");
    let file = pty.wait_for_file(&dir.path(".askfirst"), "kind = \"replied\"");
    assert!(file.contains("Sent from my iPhone"), "as it came: {file}");
    assert!(!file.contains("their-reply"), "{file}");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
}

#[test]
fn the_command_without_a_file_opens_the_page() {
    let dir = sent();
    let mut pty = Launch::new(&dir).args(&["reply", "analysts"]).start();
    pty.wait_for("Paste the reply as it came");
    pty.paste(b"3. yes")
        .wait_for("Enter records")
        .keys("<enter>");
    pty.wait_for_file(&dir.path(".askfirst"), "kind = \"replied\"");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
}

#[test]
fn a_paste_is_there_again_after_a_kill_and_half_of_one_harms_nothing() {
    let dir = sent();
    let before = files(&dir.path(".askfirst"));
    let mut pty = Launch::new(&dir).args(&["reply", "analysts"]).start();
    pty.wait_for("Paste the reply as it came");
    pty.send(b"\x1b[200~3. yes, and half of a past".to_vec());
    pty.take_in(std::time::Duration::from_millis(100));
    pty.kill();
    assert_eq!(files(&dir.path(".askfirst")), before);

    let mut pty = Launch::new(&dir).args(&["reply", "analysts"]).start();
    pty.wait_for("Paste the reply as it came");
    pty.paste(b"3. yes, greetings from Lisbon")
        .wait_for("Enter records");
    pty.kill();
    let mut pty = Launch::new(&dir).start();
    pty.wait_for("What my analysts do").keys("r");
    pty.wait_for("greetings from Lisbon").keys("<enter>");
    pty.wait_for("Enter records").keys("<enter>");
    pty.wait_for_file(&dir.path(".askfirst"), "kind = \"replied\"");
}

#[test]
fn a_megabyte_with_escape_sequences_is_pasted_kept_and_never_obeyed() {
    let dir = sent();
    let mut pty = Launch::new(&dir).args(&["reply", "analysts"]).start();
    pty.wait_for("Paste the reply as it came");
    let line = "quoted again and again \x1b]0;pwn\x07\x1b[31;5m\u{9b}7m\u{202e}\r";
    let text = format!("3. yes\r\r{}", line.repeat(1_000_000 / line.len()));
    let before = pty.raw.len();
    pty.paste(text.as_bytes());
    pty.wait_for("Enter records").keys("<enter>");
    let file = pty.wait_for_file(&dir.path(".askfirst"), "kind = \"replied\"");
    assert!(file.len() > 900_000);
    for harm in [
        &b"\x1b]0;"[..],
        b"\x1b[31;5m",
        "\u{9b}".as_bytes(),
        "\u{202e}".as_bytes(),
    ] {
        assert!(!contains(&pty.raw[before..], harm), "{harm:?} came out");
    }
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
}

#[test]
fn plain_lines_end_with_a_full_stop_and_are_kept_until_they_are_recorded() {
    let dir = sent();
    let mut pty = Launch::new(&dir)
        .args(&["--plain", "reply", "analysts"])
        .start();
    pty.wait_for("end it with Ctrl+D or a line with a single full stop");
    pty.send(b"3. yes, greetings from Lisbon\r.\r".to_vec());
    pty.wait_for("An empty line records it");
    pty.wait_for_file(&dir.path(".askfirst"), "their-reply");
    pty.kill();

    let mut pty = Launch::new(&dir)
        .args(&["--plain", "reply", "analysts"])
        .start();
    pty.wait_for("One that is not recorded yet is kept");
    pty.send(b".\r".to_vec());
    pty.wait_for("An empty line records it")
        .send(b"\r".to_vec());
    assert!(pty.wait_exit().success(), "{}", pty.text());
    let file = files(&dir.path(".askfirst"));
    assert!(file.contains("kind = \"replied\""), "{file}");
    assert!(!file.contains("their-reply"), "{file}");
}

#[test]
fn a_brief_that_somebody_else_changes_meanwhile_is_looked_at_again() {
    let dir = sent();
    dir.write("reply.txt", "3. yes");
    let mut pty = Launch::new(&dir)
        .args(&["reply", "analysts", "reply.txt"])
        .start();
    pty.wait_for("yes: Excel")
        .wait_for("An empty line records it");
    let path = dir.brief("what-my-analysts");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("text = \"Excel\"", "text = \"Calc\"")).unwrap();
    pty.send(b"\r".to_vec());
    pty.wait_for("was changed just now").wait_for("Calc");
    assert!(!files(&dir.path(".askfirst")).contains("kind = \"replied\""));
    pty.send(b"\r".to_vec());
    assert!(pty.wait_exit().success(), "{}", pty.text());
    let file = files(&dir.path(".askfirst"));
    assert!(file.contains("kind = \"replied\""), "{file}");
    assert!(file.contains("text = \"Calc\""), "{file}");
}
