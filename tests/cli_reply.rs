//! `askfirst reply`: what a customer wrote gets into the brief, and only that.

use crate::support::{Output, TestDir, code_in, misunderstood};

/// Dana's reply of the reference case.
const DANA: &str = "2 is wrong, we need job profiles for HR. OK otherwise";

/// A brief that was sent to Dana with three questions, and its code.
fn sent() -> (TestDir, String) {
    let dir = TestDir::new();
    dir.write("m.toml", misunderstood());
    dir.run("new --from m.toml").done();
    let message = dir.run("share analysts --via mail").done();
    (dir, code_in(&message.stdout))
}

impl TestDir {
    fn reply(&self, words: &str, args: &str) -> Output {
        self.write("reply.txt", words);
        self.run(&format!("reply analysts reply.txt {args}"))
    }

    fn event(&self, kind: &str) -> usize {
        let file = std::fs::read_to_string(self.brief("what-my-analysts")).unwrap();
        file.matches(&format!("kind = \"{kind}\"")).count()
    }

    fn answer(&self, id: &str) -> serde_json::Value {
        let shown = self.run("show analysts --json").done().json();
        let answers = shown["brief"]["answers"].as_array().unwrap().clone();
        let mut answers = answers.into_iter();
        answers.find(|a| a["id"] == id).unwrap_or_default()
    }
}

#[test]
fn answers_order_and_yes_get_into_the_brief_in_one_step() {
    let (dir, code) = sent();
    let words = format!("1. b\n2. job profiles for HR\n3. yes\nOrder: B, A, C, D\nOK {code}\n");
    let done = dir.reply(&words, "--yes --json").done().json();
    assert_eq!(done["left"], 0, "{done:#}");
    let brief = &done["briefs"][0];
    assert_eq!(brief["answers"], 3);
    assert_eq!(brief["order"], true);
    assert_eq!(brief["signed"], code);
    assert_eq!(brief["stage"], "agreed");
    // What she says now is not what she said yes to.
    assert_eq!(brief["waits"][0], "want", "{done:#}");
    let purpose = dir.answer("purpose");
    assert_eq!(purpose["text"], "job profiles for HR");
    assert_eq!(purpose["standing"]["basis"], "told");
    assert_eq!(purpose["standing"]["by"], "dana");
    let shown = dir.run("show analysts").done().stdout;
    let skills = shown.find("Skills that each").unwrap();
    assert!(
        skills < shown.find("Types of work received").unwrap(),
        "{shown}"
    );
    let file = dir.brief("what-my-analysts");
    let file = std::fs::read_to_string(file).unwrap();
    assert!(
        file.contains("Order: B, A, C, D"),
        "the reply as it came: {file}"
    );
}

#[test]
fn the_reply_of_the_story_is_shown_with_its_reasons_and_taken_with_one_line() {
    let (dir, _) = sent();
    dir.write("reply.txt", DANA);
    let done = dir.run_with("reply analysts reply.txt", "\n").done();
    assert!(done.stdout.contains("2. What will you decide"), "{done:?}");
    let purpose = dir.answer("purpose");
    let text = purpose["text"].as_str().unwrap();
    assert!(text.contains("we need job profiles for HR"), "{text}");
    let shown = dir.run("show analysts --json").done().json();
    assert_eq!(shown["stage"], "asked", "no yes");
}

#[test]
fn ok_but_signs_nothing_and_leads_to_an_amendment() {
    let (dir, code) = sent();
    dir.write(
        "reply.txt",
        format!("OK {code}, but only from March on, please"),
    );
    let done = dir.run_with("reply analysts reply.txt", "\n").done();
    assert!(done.stdout.contains("an objection"), "{done:?}");
    assert!(done.stdout.contains("Next: change the brief"), "{done:?}");
    assert_eq!(dir.event("signed"), 0);
    let unanswered = |dir: &TestDir| {
        let shown = dir.run("show analysts --json").done().json();
        shown["unanswered"].clone()
    };
    let said = unanswered(&dir);
    assert_eq!(said[0]["by"], "dana");
    let objection = said[0]["objection"].as_str().unwrap();
    assert!(objection.contains("only from March on"), "{said}");
    let shown = dir.run("show analysts").done();
    assert!(shown.stdout.contains("Dana Reyes objected"), "{shown:?}");
    // It counts until somebody comes back to it.
    dir.run("share analysts").done();
    assert_eq!(unanswered(&dir), serde_json::json!([]));
}

#[test]
fn without_a_look_only_what_is_certain_is_applied_and_the_rest_is_told() {
    let (dir, _) = sent();
    let done = dir.reply("3. yes\n\nBy the way, Lisbon is lovely this week.", "--yes");
    let done = done.failed(3);
    assert!(done.stdout.contains("1 answer, 1 remark"), "{done:?}");
    assert!(done.stdout.contains("Lisbon is lovely"), "{done:?}");
    assert_eq!(dir.answer("opened_in")["standing"]["basis"], "told");
    assert_eq!(dir.answer("purpose")["standing"]["basis"], "asked");
}

#[test]
fn a_piece_can_be_moved_or_dropped_and_the_words_stay() {
    let (dir, _) = sent();
    dir.write("reply.txt", "Job profiles for HR, that is what it is for");
    let shown = dir.run_with("reply analysts reply.txt", "1\n\n.\n").done();
    let at = shown
        .stdout
        .lines()
        .find(|l| l.contains("2. What will you decide"));
    let number: usize = shown
        .stdout
        .lines()
        .filter_map(|l| l.trim().split_once(". question 2. What will you decide"))
        .find_map(|(n, _)| n.parse().ok())
        .unwrap_or_else(|| panic!("{at:?} {shown:?}"));
    assert_eq!(dir.event("replied"), 0, "a full stop leaves it");
    let moved = dir.run_with("reply analysts reply.txt", format!("1\n{number}\n\n"));
    assert!(moved.done().stdout.contains("as you say"));
    let purpose = dir.answer("purpose");
    assert_eq!(
        purpose["text"],
        "Job profiles for HR, that is what it is for"
    );
    dir.write("other.txt", "Greetings to all of you");
    let dropped = dir
        .run_with("reply analysts other.txt", "1\n9\n1\n2\n\n")
        .done();
    assert!(!dropped.stdout.is_empty());
    let file = std::fs::read_to_string(dir.brief("what-my-analysts")).unwrap();
    assert!(file.contains("Greetings to all of you"), "{file}");
}

#[test]
fn an_old_code_shows_the_difference_and_signs_nothing() {
    let (dir, old) = sent();
    let file = dir.brief("what-my-analysts");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.replace("\"Automation\"", "\"Automation\", \"Forecasts\"");
    std::fs::write(&file, text).unwrap();
    let done = dir.reply(&format!("OK {old}"), "--yes").failed(3);
    assert!(done.stdout.contains("Forecasts"), "{done:?}");
    assert_eq!(dir.event("signed"), 0);
    let preview = dir
        .reply(&format!("ok {}", old.to_lowercase()), "--preview")
        .done();
    assert!(preview.stdout.contains("older version"), "{preview:?}");
}

#[test]
fn a_wrong_letter_a_foreign_code_and_a_condition_sign_nothing() {
    let (dir, code) = sent();
    dir.run("new --from m.toml").done();
    let other = dir.path(".askfirst");
    let other = std::fs::read_dir(other).unwrap().count();
    assert_eq!(other, 2);
    let mut wrong = code.clone();
    let last = wrong.pop().unwrap();
    wrong.push(if last == '7' { '8' } else { '7' });
    let first = dir.run("list --json").done().json()["briefs"].clone();
    let named = |n: usize| first[n]["id"].as_str().unwrap().to_owned();
    let mine = if first[0]["stage"] == "asked" { 0 } else { 1 };
    let foreign = first[1 - mine]["code"].as_str().unwrap().to_owned();
    assert_ne!(foreign, code);
    for words in [
        format!("OK {wrong}"),
        format!("OK {foreign}"),
        format!("OK {code}, but only from March on"),
        format!("not OK {code}"),
        "OK".to_owned(),
        format!("Thanks!\n\n> Reply \"OK {code}\" to say yes"),
    ] {
        dir.write("reply.txt", &words);
        let done = dir.run(&format!("reply {} reply.txt --yes", named(mine)));
        assert_ne!(done.code, 1, "{done:?}");
        let shown = dir
            .run(&format!("show {} --json", named(mine)))
            .done()
            .json();
        assert_eq!(shown["stage"], "asked", "{words}");
        assert_eq!(
            shown["brief"]["sign_offs"].as_array().unwrap().len(),
            0,
            "{words}"
        );
    }
}

#[test]
fn a_mail_says_who_wrote_it_and_when_and_finds_its_brief() {
    let (dir, code) = sent();
    dir.write(
        "mail.eml",
        format!(
            "From: Dana Reyes <Dana.Reyes@example.com>\r\n\
             Date: Wed, 4 Feb 2026 16:20:00 +0100\r\n\
             Subject: =?utf-8?Q?Re:_What_my_analysts_do_all_day?=\r\n\
             MIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n\
             3. yes\r\n\r\nOK {code}\r\n"
        ),
    );
    let done = dir.run("reply mail.eml --yes --json").done().json();
    assert_eq!(done["by"], "dana");
    assert_eq!(done["why"], "address");
    assert_eq!(done["on"], "2026-02-04");
    assert_eq!(done["via"], "mail");
    assert_eq!(done["briefs"][0]["signed"], code);
    assert_eq!(dir.answer("opened_in")["standing"]["on"], "2026-02-04");
}

#[test]
fn a_mail_from_somebody_else_is_nobodys_word_until_somebody_says_whose() {
    let (dir, code) = sent();
    let mail = format!(
        "From: Mallory <m@example.org>\r\nDate: Wed, 4 Feb 2026 16:20:00 +0100\r\n\
         Subject: Re\r\n\r\nOK {code}\r\n"
    );
    dir.write("mail.eml", mail);
    let refused = dir.run("reply analysts mail.eml --yes").failed(1);
    assert!(
        refused.stderr.contains("Mallory <m@example.org>"),
        "{refused:?}"
    );
    assert_eq!(dir.event("replied"), 0);
    let shown = dir.run("reply analysts mail.eml --preview").done();
    assert!(
        shown.stderr.contains("not among the customers"),
        "{shown:?}"
    );
    dir.run("reply analysts mail.eml --yes --by Dana").done();
    assert_eq!(dir.event("signed"), 1);
}

#[test]
fn a_reply_may_answer_a_question_of_another_brief() {
    let (dir, _) = sent();
    let second = misunderstood().replace("What my analysts do all day", "Desk hours of the team");
    dir.write("n.toml", second);
    dir.run("new --from n.toml").done();
    let message = dir.run("share desk-hours").done();
    let code = code_in(&message.stdout);
    let done = dir.reply(&format!("OK {code}"), "--yes --json").json();
    let other = dir.run("show desk-hours --json").done().json();
    assert_eq!(other["brief"]["sign_offs"][0]["code"], code, "{done:#}");
    assert_eq!(other["brief"]["sign_offs"][0]["by"], "dana");
    assert_eq!(dir.event("signed"), 0);
}

#[test]
fn hostile_text_in_a_reply_never_reaches_the_terminal_and_is_kept_as_it_came() {
    let (dir, _) = sent();
    let nasty = "3. yes\n\n\u{1b}]0;pwn\u{7}\u{1b}[31;5mred \u{9b}7m \u{202e}rtl\u{200b} <script> <!channel>";
    dir.write("reply.txt", nasty);
    let mut said = vec![
        dir.run("reply analysts reply.txt --preview"),
        dir.run("reply analysts reply.txt --preview --json"),
        dir.run_with("reply analysts reply.txt", "1\n\n\n"),
    ];
    for command in [
        "show analysts",
        "show analysts --json",
        "list --json",
        "log analysts",
    ] {
        said.push(dir.run(command));
    }
    for one in said {
        let text = one.done();
        let bad = |c: &char| {
            (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{200b}')
        };
        let found: Vec<char> = text
            .stdout
            .chars()
            .chain(text.stderr.chars())
            .filter(bad)
            .collect();
        assert!(found.is_empty(), "{found:?} in {text:?}");
    }
    let file = std::fs::read_to_string(dir.brief("what-my-analysts")).unwrap();
    let document: toml_edit::DocumentMut = file.parse().unwrap();
    let events = document["event"].as_array_of_tables().unwrap();
    let words = events.iter().find_map(|e| {
        (e["kind"].as_str() == Some("replied")).then(|| e["words"].as_str().unwrap().to_owned())
    });
    assert!(words.unwrap().contains("\u{1b}]0;pwn"), "{file}");
}

#[test]
fn a_megabyte_is_taken_and_three_are_refused_in_words() {
    let (dir, _) = sent();
    let line = "a line that somebody quoted again and again\n";
    let big = format!("3. yes\n\n{}", line.repeat(1_000_000 / line.len()));
    let done = dir.reply(&big, "--yes");
    assert_ne!(done.code, 1, "{}", done.stderr);
    assert_eq!(dir.event("replied"), 1);
    let refused = dir.reply(&big.repeat(3), "--yes").failed(1);
    assert!(
        refused.stderr.contains("too long for a brief"),
        "{}",
        refused.stderr
    );
    assert_eq!(dir.event("replied"), 1);
    dir.run("show analysts").done();
}

#[test]
fn who_and_when_can_be_said_and_nonsense_is_refused() {
    let (dir, _) = sent();
    let done = dir.reply("3. yes", "--yes --json --by HR --on yesterday --via phone");
    let done = done.json();
    assert_eq!((&done["by"], &done["why"]), (&"hr".into(), &"named".into()));
    assert_eq!(done["on"], "2026-02-04");
    for args in ["--by Nobody", "--on tomorrow", "--on sometime"] {
        let refused = dir.reply("3. yes", &format!("--yes {args}")).failed(1);
        assert!(!refused.stderr.is_empty());
    }
    dir.reply("", "--yes").failed(1);
    dir.reply("3. yes", "--json").failed(2);
    dir.run("reply analysts no-such-file --yes").failed(1);
    dir.run("reply no-such-brief --yes").failed(1);
}

#[test]
fn text_from_a_pipe_is_never_recorded_without_a_word_and_never_lost() {
    let (dir, _) = sent();
    let shown = dir.run_with("reply analysts", "3. yes\n").failed(2);
    assert!(shown.stdout.contains("3. In which tool"), "{shown:?}");
    assert!(shown.stderr.contains("--yes"), "{shown:?}");
    assert_eq!(dir.event("replied"), 0);
    dir.run_with("reply analysts - --yes", "3. yes\n").done();
    assert_eq!(dir.event("replied"), 1);
}

#[cfg(unix)]
#[test]
fn where_nothing_can_be_saved_nothing_is_half_applied_and_the_text_is_given_back() {
    let (dir, _) = sent();
    dir.write(
        "n.toml",
        misunderstood().replace("What my analysts do", "Second"),
    );
    dir.run("new --from n.toml").done();
    let code = code_in(&dir.run("share second").done().stdout);
    let before = crate::support::pty::files(&dir.path(".askfirst"));
    let program = env!("CARGO_BIN_EXE_askfirst");
    let output = dir
        .command("/bin/bash")
        .args([
            "-c",
            &format!("ulimit -f 0; exec '{program}' reply analysts - --yes"),
        ])
        .write_stdin(format!("3. yes, in Calc\nOK {code}\n"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.contains("yes, in Calc"),
        "the reply itself: {stderr}"
    );
    assert_eq!(before, crate::support::pty::files(&dir.path(".askfirst")));
}

#[cfg(unix)]
#[test]
fn a_brief_that_cannot_be_saved_takes_back_the_one_that_was() {
    let (dir, _) = sent();
    dir.write(
        "n.toml",
        misunderstood().replace("What my analysts do", "Second"),
    );
    dir.run("new --from n.toml").done();
    let code = code_in(&dir.run("share second").done().stdout);
    // The second file has outgrown what may be written.
    let path = dir.brief("second");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{text}\n# {}\n", "x".repeat(100_000))).unwrap();
    let before = crate::support::pty::files(&dir.path(".askfirst"));
    dir.write(
        "reply.txt",
        format!("OK {code}\n\nGreetings to all of you\n"),
    );
    let program = env!("CARGO_BIN_EXE_askfirst");
    let output = dir
        .command("/bin/bash")
        .args([
            "-c",
            &format!("ulimit -f 40; exec '{program}' reply analysts reply.txt"),
        ])
        .write_stdin("\n")
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("in no brief"), "{stderr}");
    assert_eq!(before, crate::support::pty::files(&dir.path(".askfirst")));
}

#[test]
fn a_yes_with_a_condition_is_questioned_in_any_language_when_it_is_signed_by_hand() {
    let (dir, code) = sent();
    for (words, is_plain) in [
        ("OK CODE, but only from March on", false),
        ("OK CODE, aber erst ab M\u{e4}rz", false),
        ("OK CODE. Thanks for asking first!", true),
    ] {
        let words = words.replace("CODE", &code);
        let sign = format!("sign analysts --by Dana --code {code} --words \"{words}\"");
        let done = dir.run(&sign).done();
        let is_asked = done.stderr.contains("is that a yes to all of it?");
        assert_eq!(is_asked, !is_plain, "{done:?}");
    }
}

#[test]
fn an_objection_stands_in_the_list() {
    let (dir, code) = sent();
    dir.write("reply.txt", format!("OK {code}, but only from March on"));
    dir.run_with("reply analysts reply.txt", "\n").done();
    let list = dir.run("list").done().stdout;
    assert!(list.contains("Dana Reyes objected"), "{list}");
    let due = dir.run("due").done().stdout;
    assert!(!due.contains("has not answered"), "{due}");
}
