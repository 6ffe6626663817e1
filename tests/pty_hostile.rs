//! Files that somebody else made.

use crate::support::TestDir;
use crate::support::pty::{Launch, Pty, contains};

const TITLE: &str = r"\u001b]0;pwn\u0007 re\u202elttit\u200bx";

/// A brief with the same harm in every text.
fn hostile() -> String {
    let harm = TITLE;
    format!(
        r#"format = 1
title = "Hostile {harm}"
checklist = "request"
stage = "asked"
created = 2026-02-03T09:00:00+01:00

[request]
words = "words {harm}"
by = "dana"
where = "where {harm}"
origin = "asked"

[[customer]]
id = "dana"
name = "Dana {harm}"
role = "requester"
uses_for = "uses {harm}"
reach = "reach {harm}"

[[reading]]
id = "one"
text = "reading {harm}"

[[reading]]
id = "two"
text = "other {harm}"
chosen = true

[answer.purpose]
text = "purpose {harm}"
basis = "told"
by = "dana"
on = 2026-02-04

[[need]]
id = "n1"
text = "need {harm}"
for = ["dana"]
acceptance = "acceptance {harm}"

[[need]]
id = "n2"
text = "second {harm}"

[[goal]]
level = "team"
text = "goal {harm}"
how = "how {harm}"

[[deliverable]]
id = "d1"
text = "part {harm}"
serves = ["n1"]

[scope]
out = ["out {harm}"]

[plan]
appetite = "appetite {harm}"

[walk]
at = "customers"
draft = "draft {harm}"

[[waiver]]
what = "rank {harm}"
because = "because {harm}"
on = 2026-02-04

[[event]]
id = "e1"
kind = "reopened"
at = 2026-02-04T09:00:00+01:00
because = "event {harm}"

[[event]]
id = "e2"
kind = "odd {harm}"
at = 2026-02-04T10:00:00+01:00
via = "via {harm}"
words = "said {harm}"
"#
    )
}

#[track_caller]
fn must_be_harmless(pty: &Pty, at: &str) {
    for (name, harm) in [
        ("a title", &b"\x1b]0;"[..]),
        ("a bell", b"\x07"),
        ("an override", "\u{202e}".as_bytes()),
        ("an invisible space", "\u{200b}".as_bytes()),
    ] {
        assert!(!contains(&pty.raw, harm), "{name} came out at {at}");
    }
}

#[test]
fn no_screen_lets_the_harm_of_a_file_through() {
    let dir = TestDir::new();
    dir.write(".askfirst/hostile-k7m2.toml", hostile());
    dir.write(
        ".askfirst/broken-k7m2.toml",
        "title = \"\u{202e}txet\u{200b}\"\nstage = \u{1b}]0;pwn\u{7}\n",
    );
    dir.write(".askfirst/na\u{1b}]0;pwn\u{7}me.toml", "title = 1");
    dir.write(
        ".askfirst/goals.toml",
        "[[goal]]\nlevel = \"team\"\ntext = \"goal \\u001b]0;pwn\\u0007\\u202e\"\n",
    );
    let mut pty = Launch::new(&dir).start();
    pty.wait_for("Hostile");
    must_be_harmless(&pty, "the desk");
    // The broken files come first.
    pty.keys("G");
    pty.wait_until("the brief in focus", |pty| {
        pty.text()
            .lines()
            .any(|l| l.contains("Hostile") && l.contains('\u{203a}'))
    });
    for (keys, shown) in [
        ("P", "askfirst people"),
        ("O", "askfirst goals"),
        ("/", "askfirst find"),
        (":", "askfirst commands"),
        ("?", "askfirst keys"),
        ("y", "They said yes"),
        ("p", "to print or read"),
        ("m", "What next?"),
    ] {
        pty.wait_for("askfirst desk").keys(keys);
        // Esc alone: together with the next key it would be Alt and that key.
        pty.wait_for(shown).keys("<esc>");
        pty.wait_gone(shown);
        must_be_harmless(&pty, shown);
    }
    // The brief, its review, and every page of its questions.
    pty.keys("<enter>");
    pty.wait_for("What they said").keys("G");
    pty.wait_for("event").keys("v");
    pty.wait_for("Your answers").keys("G<esc>");
    pty.wait_for("History").keys("e");
    pty.wait_for("1 of");
    let of = pty.text().split_once("1 of ").unwrap().1.to_owned();
    let pages: u32 = of.split_whitespace().next().unwrap().parse().unwrap();
    for page in 2..=pages {
        // One by one: a burst of keys is drawn once, at its end.
        pty.keys("<pgdn>").wait_for(&format!("{page} of {pages}"));
    }
    pty.keys("<pgdn>").wait_for("things before you start");
    must_be_harmless(&pty, "the questions");
    pty.keys("s").wait_for("Subject:").keys("<enter>");
    pty.wait_until("the message", |pty| contains(&pty.raw, b"\x1b]52;"));
    must_be_harmless(&pty, "the message");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
    must_be_harmless(&pty, "the end");
}

#[test]
fn odd_files_in_the_folder_are_listed_and_the_rest_works() {
    let dir = TestDir::new();
    dir.run_with("new --from -", crate::support::SUPERREPORT)
        .done();
    dir.write(".askfirst/half-k7m2.toml", "title = \"half\nstage = ");
    std::fs::create_dir(dir.path(".askfirst/folder-k7m2.toml")).unwrap();
    let sparse = std::fs::File::create(dir.path(".askfirst/huge-k7m2.toml")).unwrap();
    sparse.set_len(100_000_000).unwrap();
    dir.write(".askfirst/nul-k7m2.toml", b"title = \"a\0b\"\n");
    dir.write(".askfirst/latin-k7m2.toml", b"title = \"\xe9\"\n");
    std::os::unix::fs::symlink("gone.toml", dir.path(".askfirst/link-k7m2.toml")).unwrap();
    dir.write(
        ".askfirst/newer-k7m2.toml",
        "format = 99\ntitle = \"From the future\"\n",
    );

    let mut pty = Launch::new(&dir).size(100, 40).start();
    pty.wait_for("What my analysts do all day");
    for name in ["half", "folder", "huge", "nul", "latin", "link"] {
        pty.wait_for(&format!("{name}-k7m2.toml"));
    }
    pty.wait_for("From the future");
    // The others work as ever.
    pty.keys("a");
    pty.wait_for("what were you asked for?")
        .keys("Another one<enter>");
    pty.wait_for("Who is this for?")
        .keys("Dana: profiles<enter>");
    pty.wait_for_file(&dir.path(".askfirst"), "title = \"Another one\"");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
    assert_eq!(
        std::fs::read(dir.path(".askfirst/nul-k7m2.toml")).unwrap(),
        b"title = \"a\0b\"\n"
    );
}
