//! `checkin` and `log`: looking up from the work by command line.

use crate::support::{SUPERREPORT, TestDir, code_in};

/// The SuperReport under way since Wednesday, 4 February, ten in the morning.
fn under_way() -> TestDir {
    let mut dir = TestDir::new();
    dir.at("2026-02-04T10:00:00+01:00");
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml").done();
    let code = code_in(&dir.run("share analysts").done().stdout);
    dir.run(&format!("sign analysts --by Dana --code {code}"))
        .done();
    dir.run("start analysts").done();
    dir
}

/// The text of the brief.
fn text(dir: &TestDir) -> String {
    std::fs::read_to_string(dir.brief("what-my")).unwrap()
}

fn check_ins(dir: &TestDir) -> usize {
    text(dir).matches("kind = \"check-in\"").count()
}

#[test]
fn nine_empty_lines_are_a_check_in_on_which_nothing_has_changed() {
    let mut dir = under_way();
    dir.at("2026-02-11T09:00:00+01:00");
    let held = dir.run_with("checkin", "\n".repeat(9)).done();
    assert!(held.stderr.contains("Due first: what-my"), "{held:#?}");
    let shown = &held.stdout;
    assert!(shown.contains("Due since Wed 11 Feb 2026: is"), "{shown}");
    assert!(shown.contains("The brief says: Types of work"), "{shown}");
    assert!(shown.contains("Recorded; ▶ what-my"), "{shown}");
    assert!(shown.contains("nothing has changed"), "{shown}");
    assert!(!shown.contains("Next:\n"), "nothing follows: {shown}");
    let written = text(&dir);
    let yes = ["people", "top_need", "agreed", "goal"].map(|q| format!("\"{q}: yes\""));
    for answer in yes {
        assert!(written.contains(&answer), "{answer}: {written}");
    }
    assert_eq!(check_ins(&dir), 1);
    // It is kept: the next one counts from here.
    assert!(
        dir.run("checkin")
            .done()
            .stdout
            .contains("No check-in is due")
    );
}

#[test]
fn a_no_names_the_commands_that_follow_and_drafts_a_message_that_asks() {
    let mut dir = under_way();
    dir.at("2026-02-09T10:00:00+01:00");
    let input = "\nn\nthe skills first\n\n\nHR has a form\nDana, friday: fine\n6 hours\nBy hand, by 20 feb\n\n";
    let held = dir.run_with("checkin analysts --plain", input).done();
    let shown = &held.stdout;
    for told in [
        "What is it instead",
        "Understood: Dana Reyes, Fri 6 Feb 2026",
        "Understood: 6 h",
        "Understood: By hand, put right by Fri 20 Feb 2026",
        "put the needs in their new order:\n    askfirst edit what-my",
        "askfirst share what-my",
        "--lost",
        "am I still on the right way?",
    ] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let written = text(&dir);
    assert!(
        written.contains("top_need: no, the skills first"),
        "{written}"
    );
    assert!(written.contains("[[shortcut]]"), "{written}");
    assert!(!written.contains("[[draft]]"), "{written}");
    let log = dir.run("log analysts").done().stdout;
    assert!(
        log.contains("checked in: something else matters most (the skills first); learned: HR has a form; heard from Dana Reyes on 6 Feb: fine; 6 hours so far"),
        "{log}"
    );

    // The shortcut comes back, and is put right.
    dir.at("2026-02-16T10:00:00+01:00");
    let input = format!("{}y\n", "\n".repeat(9));
    let held = dir.run_with("checkin analysts", input).done();
    let asked = "10 of 10: Is this shortcut put right: By hand, by Fri 20 Feb 2026?";
    assert!(held.stdout.contains(asked), "{held:#?}");
    assert!(text(&dir).contains("paid = 2026-02-16"));
}

#[test]
fn what_was_typed_before_an_interruption_is_offered_again() {
    let mut dir = under_way();
    dir.at("2026-02-09T10:00:00+01:00");
    let left = dir.run_with("checkin analysts", "\nn: skills\n\n\nHR has a form\n");
    let left = left.failed(1);
    assert!(left.stderr.contains("what was typed is kept"), "{left:#?}");
    assert_eq!(check_ins(&dir), 0);
    assert!(text(&dir).contains("[[draft]]"));
    // A word keeps, a yes or no is for its day.
    dir.at("2026-02-10T10:00:00+01:00");
    let held = dir.run_with("checkin analysts", "").failed(1).stdout;
    assert!(held.contains("is offered again"), "{held}");
    dir.at("2026-02-09T11:00:00+01:00");
    let held = dir.run_with("checkin analysts", "\n".repeat(9)).done();
    assert!(held.stdout.contains("[no, skills]"), "{held:#?}");
    let written = text(&dir);
    assert!(written.contains("top_need: no, skills"), "{written}");
    assert!(written.contains("learned: HR has a form"), "{written}");
    assert!(!written.contains("[[draft]]"), "{written}");
    assert_eq!(check_ins(&dir), 1);
}

#[test]
fn back_stop_and_the_lost_thread_are_one_sign_each() {
    let mut dir = under_way();
    dir.at("2026-02-09T10:00:00+01:00");
    let held = dir
        .run_with("checkin analysts", "n, others\n<\n<\ny\n?\n.\n")
        .done();
    let shown = &held.stdout;
    assert!(shown.contains("before I go on with"), "{shown}");
    let written = text(&dir);
    assert!(written.contains("people: yes"), "{written}");
    assert!(written.contains("lost the thread"), "{written}");
    assert!(!written.contains("agreed: yes"), "left out: {written}");
    let lost = dir.run("checkin analysts --lost --to HR").done();
    assert!(lost.stdout.contains("Hello Human Resources"), "{lost:#?}");
    assert_eq!(check_ins(&dir), 1, "a message records nothing");
}

#[test]
fn options_answer_without_asking() {
    let mut dir = under_way();
    dir.at("2026-02-09T10:00:00+01:00");
    let held = dir
        .run("check-in analysts --same --answer \"goal=no, it was met\" --heard Dana:yesterday --spent \"1 day\" --json")
        .done()
        .json();
    assert_eq!(held["answers"]["people"], "yes");
    assert_eq!(held["answers"]["goal"], "no, it was met");
    // They may have gone into it before Dana's word.
    assert!(held["unconfirmed"]["spent_hours"].is_null());
    assert!(held["next"].as_array().unwrap().len() > 2, "{held}");
    assert_eq!(held["update"]["to"], "dana");
    for (options, told) in [
        ("--answer goals=yes", "no question \"goals\""),
        ("--answer goal", "not like ID=TEXT"),
        ("--answer goal=perhaps", "yes or no"),
        ("--heard Zoe", "nobody here is called"),
        ("--heard Dana:tomorrow", "still to come"),
        ("--spent soon", "no time that work takes"),
        ("--paid tests", "no open shortcut"),
        ("--to Zoe --same", "not among the customers"),
        ("--same --snooze fri", "stand alone"),
        ("--snooze later", "is not a day"),
        ("--stop-asking \" \"", "a reason is needed"),
    ] {
        let refused = dir.run(&format!("checkin analysts {options}"));
        assert_ne!(refused.code, 0, "{options}");
        assert!(refused.stderr.contains(told), "{options}: {refused:#?}");
    }
    assert_eq!(check_ins(&dir), 1, "what is refused records nothing");
}

#[test]
fn a_check_in_is_put_off_stopped_and_taken_up_again() {
    let mut dir = under_way();
    dir.at("2026-02-11T09:30:00+01:00");
    let due = |dir: &TestDir| dir.run("list --json").done().json()["briefs"][0].clone();
    assert_eq!(due(&dir)["due"]["state"], "due");
    let off = dir.run("checkin --snooze \"in 2 days\"").done();
    assert!(off.stdout.contains("Fri 13 Feb 2026, 09:00"), "{off:#?}");
    assert_eq!(due(&dir)["snoozed"], "2026-02-13T09:00:00");
    assert!(
        dir.run("list")
            .done()
            .stdout
            .contains("put off until Fri 13 Feb")
    );
    dir.run("checkin analysts --stop-asking \"HR is away\"")
        .done();
    assert_eq!(due(&dir)["muted"], "HR is away");
    assert!(due(&dir)["due"].is_null());
    assert!(
        dir.run("show analysts")
            .done()
            .stdout
            .contains("Not asked about: HR is away")
    );
    let off = dir.run("checkin analysts --snooze fri").failed(1);
    assert!(off.stderr.contains("--ask-again"), "{off:#?}");
    dir.run("checkin analysts --ask-again").done();
    assert!(due(&dir)["muted"].is_null());
    let again = dir.run("checkin analysts --ask-again").done();
    assert!(again.stdout.contains("asked about already"), "{again:#?}");
    // Nobody looks up: it goes stale, and a list says so.
    dir.at("2026-03-02T09:30:00+01:00");
    assert!(dir.run("list").done().stdout.contains("stale since"));
    assert_eq!(due(&dir)["due"]["state"], "stale");
}

#[test]
fn the_end_of_the_work_is_handed_over_confirmed_and_learned_from() {
    let mut dir = under_way();
    dir.at("2026-02-18T10:00:00+01:00");
    let held = dir.run_with("checkin", "\n\n\n\ny\n").done();
    assert!(
        held.stdout.contains("Does it answer their question?"),
        "{held:#?}"
    );
    assert!(held.stdout.contains("is now delivered"), "{held:#?}");
    assert!(held.stdout.contains("it is ready"), "{held:#?}");

    // Silence is not a yes, and no option says it for them.
    dir.at("2026-02-20T10:00:00+01:00");
    let same = dir.run("checkin analysts --same --json").done().json();
    assert_eq!(same["answers"], serde_json::json!({}));
    assert_eq!(same["stage"], "delivered");
    dir.at("2026-02-25T10:00:00+01:00");
    let held = dir.run_with("checkin", "\n").done();
    assert!(
        held.stdout
            .contains("Did they say that it is what they needed? [not known]")
    );
    assert!(held.stdout.contains("A yes is enough"), "{held:#?}");
    dir.at("2026-03-02T10:00:00+01:00");
    let held = dir.run_with("checkin", "n\nHR cannot open it\ny\n").done();
    assert!(held.stdout.contains("is now in progress"), "{held:#?}");
    dir.run("deliver analysts").done();

    dir.at("2026-03-05T10:00:00+01:00");
    let input = "y\nhr\nThank you!\nFour profiles\nThat she wanted numbers\nAsk what comes next\n";
    let held = dir.run_with("checkin", input).done();
    assert!(held.stdout.contains("is now closed"), "{held:#?}");
    let written = text(&dir);
    assert!(written.contains("by = \"hr\""), "{written}");
    assert!(
        written.contains("remember: Ask what comes next"),
        "{written}"
    );
    let exported = dir.run("export analysts --format text").done().stdout;
    for told in ["Looking back", "Four profiles", "That she wanted numbers"] {
        assert!(exported.contains(told), "{told}: {exported}");
    }
    let again = dir
        .run("checkin analysts --answer \"remember=Ask first\"")
        .done();
    assert!(again.stdout.contains("Recorded; "), "{again:#?}");
}

#[test]
fn shortcuts_that_are_open_stand_in_the_exported_record() {
    let dir = under_way();
    dir.run("checkin analysts --shortcut \"Counted by hand, by 6 mar\" --shortcut \"No tests\"")
        .done();
    dir.run("checkin analysts --paid tests").done();
    let exported = dir.run("export analysts --format markdown").done().stdout;
    assert!(
        exported.contains("Shortcuts still to be put right"),
        "{exported}"
    );
    assert!(exported.contains("Counted by hand"), "{exported}");
    assert!(!exported.contains("No tests"), "{exported}");
}

#[test]
fn equally_due_ones_are_listed_and_a_draft_is_sent_to_the_share() {
    let mut dir = under_way();
    dir.run("new --from s.toml").done();
    let list = dir.run("list --json").done().json();
    let draft = list["briefs"][1]["id"].as_str().unwrap().to_owned();
    let refused = dir.run(&format!("checkin {draft}")).failed(1);
    assert!(
        refused.stderr.contains(&format!("askfirst share {draft}")),
        "{refused:#?}"
    );
    let code = code_in(&dir.run(&format!("share {draft}")).done().stdout);
    dir.run(&format!("sign {draft} --by Dana --code {code}"))
        .done();
    dir.run(&format!("start {draft}")).done();
    dir.at("2026-02-11T09:30:00+01:00");
    let several = dir.run("checkin").failed(1);
    assert!(
        several.stderr.contains("2 check-ins are equally due"),
        "{several:#?}"
    );
    assert!(
        several.stderr.contains(&format!("{draft}: is")),
        "{several:#?}"
    );
}

#[test]
fn a_change_by_hand_of_running_work_is_noted() {
    let mut dir = under_way();
    dir.env("EDITOR", "/bin/sh fix.sh");
    dir.write(
        "fix.sh",
        "sed -i 's/^need_by = .*/need_by = 2026-02-26/' \"$1\"\n",
    );
    dir.at("2026-02-09T10:00:00+01:00");
    dir.run("edit analysts").done();
    let log = dir.run("log analysts").done().stdout;
    assert!(log.contains("changed after the yes: the dates"), "{log}");
    // A comment is no change of the content.
    dir.write("fix.sh", "echo '# mine' >> \"$1\"\n");
    dir.at("2026-02-10T10:00:00+01:00");
    dir.run("edit analysts").done();
    let log = dir.run("log analysts --json").done().json();
    let changes = log
        .as_array()
        .unwrap()
        .iter()
        .filter(|m| m["kind"] == "changed");
    assert_eq!(changes.count(), 1);
    assert!(text(&dir).ends_with("# mine\n"));
}

#[test]
fn nothing_in_a_brief_acts_on_the_terminal() {
    let dir = under_way();
    let name = format!(
        ".askfirst/{}",
        dir.brief("what-my").file_name().unwrap().to_str().unwrap()
    );
    let nasty = dir
        .read(&name)
        .replace("Dana Reyes", "Dana \\u001b[31m\\u202eReyes");
    dir.write(&name, nasty);
    let held = dir.run_with("checkin analysts --plain", "\u{1b}[2J\n.\n");
    let held = format!("{}{}", held.stdout, held.stderr);
    let log = dir.run("log analysts").done().stdout;
    let asked = dir.run("checkin analysts --lost").done().stdout;
    for shown in [held, log, asked] {
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    }
}
