//! `share`: the forms of the message, one over all briefs, thanks and burden.

use super::support::{TestDir, code_in};

const SUPERREPORT: &str = include_str!("../docs/superreport.toml");

/// Two briefs for Dana, one with a question.
fn two() -> TestDir {
    let dir = TestDir::new();
    dir.write("one.toml", SUPERREPORT);
    let second = SUPERREPORT.replace("What my analysts do all day", "Monthly cost sheet")
        + "\n[answer.tool]\nbasis = \"guess\"\nask = \"dana\"\n\
           question = \"In which tool will they open it?\"\n\
           put = \"In which tool will you open it?\"\n";
    dir.write("two.toml", second);
    dir.run("new --from one.toml").done();
    dir.run("new --from two.toml").done();
    dir
}

#[test]
fn one_message_asks_over_all_briefs_and_is_recorded_in_each() {
    let dir = two();
    let preview = dir.run("share --to dana --all --preview").done();
    assert!(
        preview.stderr.contains("nothing was recorded"),
        "{preview:#?}"
    );
    let sent = dir
        .run("share --to dana --all --via mail --from Raj")
        .done();
    let body = &sent.stdout;
    assert_eq!(body.matches("Hello Dana Reyes,").count(), 1, "{body}");
    for shown in [
        "About \"Monthly cost sheet\"",
        "About \"What my analysts",
        "\n1. In which tool",
        "\nA. Types",
        "\nD. Types",
    ] {
        assert!(body.contains(shown), "{shown}: {body}");
    }
    let briefs = dir.run("list --json").done().json()["briefs"].clone();
    let mut instants = Vec::new();
    for brief in briefs.as_array().unwrap() {
        assert_eq!(brief["stage"], "asked");
        assert!(body.contains(&format!("\"OK {}\"", brief["code"].as_str().unwrap())));
        let file = std::fs::read_to_string(dir.brief(brief["id"].as_str().unwrap())).unwrap();
        assert_eq!(file.matches("kind = \"shared\"").count(), 1, "{file}");
        let (_, event) = file.split_once("kind = \"shared\"").unwrap();
        let at = event.lines().find(|l| l.starts_with("at = "));
        instants.push(at.unwrap().to_owned());
    }
    assert_eq!(instants[0], instants[1]);
    assert!(
        sent.stderr.contains("1 message, 1 question in 14 days"),
        "{}",
        sent.stderr
    );
    assert_eq!(
        sent.stderr.matches("askfirst reply ").count(),
        1,
        "one answer to one message: {}",
        sent.stderr
    );
}

#[test]
fn all_says_whom_it_could_mean_and_when_nothing_waits() {
    let dir = two();
    let nobody = dir.run("share --to zed --all").failed(1);
    assert!(nobody.stderr.contains("Dana Reyes"), "{nobody:#?}");
    assert!(dir.run("share --all").failed(2).stderr.contains("--to"));
    let text = std::fs::read_to_string(dir.brief("monthly")).unwrap();
    dir.write(
        ".askfirst/monthly-copy-aaaa.toml",
        text.replace("dana.reyes@example.com", "dana@other.example"),
    );
    let several = dir.run("share --to dana --all").failed(1);
    assert!(
        several.stderr.contains("dana@other.example"),
        "{several:#?}"
    );
    let address = dir
        .run("share --to dana@other.example --all --preview")
        .done();
    assert!(address.stdout.contains("Hello Dana Reyes"), "{address:#?}");
    for brief in ["what-my", "monthly-cost", "monthly-copy"] {
        dir.run(&format!("drop {brief} --because x")).done();
    }
    dir.run("share --to dana --all").failed(1);
    let briefless = dir.run("share what-my --to dana --all").done();
    assert!(
        briefless.stderr.contains("Nothing waits for Dana"),
        "{briefless:#?}"
    );
    let json = dir
        .run("share what-my --to dana --all --json")
        .done()
        .json();
    assert_eq!(json["briefs"].as_array().unwrap().len(), 0);
}

#[test]
fn the_json_of_all_names_every_brief() {
    let dir = two();
    let json = dir.run("share --to dana --all --json").done().json();
    assert_eq!(json["briefs"].as_array().unwrap().len(), 2);
    assert_eq!(json["briefs"][0]["questions"][0], "tool");
    assert_eq!(json["recorded"], true);
    assert_eq!(json["burden"]["questions"], 1);
    assert_eq!(json["waiting"], 0);
}

#[test]
fn thanks_in_ones_own_words_are_kept_for_the_next_message() {
    let dir = two();
    let default = dir.run("share what-my --preview").done();
    assert!(default.stdout.contains("\nThank you!"), "{default:#?}");
    assert!(default.stderr.contains("--thanks"), "{default:#?}");
    let sentence = "Your two minutes save me days.";
    let own = dir
        .run(&format!("share what-my --thanks \"{sentence}\""))
        .done();
    assert!(own.stdout.contains(sentence) && !own.stdout.contains("Thank you!"));
    assert!(!own.stderr.contains("--thanks"), "{own:#?}");
    let again = dir.run("share what-my --preview").done();
    assert!(again.stdout.contains(sentence), "{again:#?}");
    let other = dir.run("share what-my --to human --preview").done();
    assert!(other.stdout.contains("Thank you!"), "{other:#?}");
    let helped = dir.run("share what-my --preview --thanks \"This helps me!!\"");
    assert!(helped.done().stderr.contains("assist"));
}

#[test]
fn a_mail_draft_and_the_other_forms_are_written() {
    let dir = two();
    dir.run("share what-my --format eml --output d.eml").done();
    let draft = dir.read("d.eml");
    assert!(draft.starts_with("X-Unsent: 1\r\nTo: \"Dana Reyes\" <dana.reyes@example.com>\r\n"));
    assert!(
        !draft.contains("Message-ID") && !draft.contains("Date:"),
        "{draft}"
    );
    let hr = dir
        .run("share what-my --to human --format eml --preview")
        .done();
    assert!(!hr.stdout.contains("To:"), "{hr:#?}");
    assert!(hr.stderr.contains("no mail address"), "{hr:#?}");
    let slack = dir.run("share what-my --format slack --preview").done();
    assert!(slack.stdout.starts_with("*Subject:* "), "{slack:#?}");
    let markdown = dir.run("share what-my --format md --preview").done();
    assert!(
        markdown.stdout.contains("\n- A. Types of work"),
        "{markdown:#?}"
    );
    let record = dir.run("share what-my --format html").failed(2);
    assert!(
        record.stderr.contains("askfirst export what-my"),
        "{record:#?}"
    );
}

#[test]
fn a_yes_that_holds_is_not_asked_for_again() {
    let dir = two();
    let code = code_in(&dir.run("share what-my").done().stdout);
    dir.run(&format!("sign what-my --by Dana --code {code} --via mail"))
        .done();
    let after = dir.run("share what-my").done();
    assert!(after.stdout.contains("No reply is needed."), "{after:#?}");
    assert!(!after.stdout.contains("\"OK "), "{after:#?}");
    assert!(!after.stderr.contains("askfirst sign"), "{after:#?}");
    let all = dir.run("share --to dana --all --preview").done();
    assert!(!all.stdout.contains("analysts do all day"), "{all:#?}");
}

#[test]
fn much_that_was_asked_is_said_gently() {
    let mut dir = two();
    for day in 5..8 {
        dir.at(&format!("2026-02-0{day}T09:00:00+01:00"));
        dir.run("share monthly").done();
    }
    let json = dir.run("share monthly --preview --json").done().json();
    assert_eq!(json["burden"]["messages"], 3);
    assert_eq!(json["burden"]["last"], "2026-02-07");
    let much = json["burden"]["much"].as_str().unwrap();
    assert!(much.contains("in person"), "{much}");
    assert!(
        dir.run("share monthly --preview")
            .done()
            .stderr
            .contains(much)
    );
}

#[cfg(unix)]
#[test]
fn a_brief_that_cannot_be_saved_is_named_beside_those_that_can() {
    let dir = two();
    let path = dir.brief("what-my");
    let name = format!(".askfirst/{}", path.file_name().unwrap().to_str().unwrap());
    // Longer than files may be in the shell below; the other is not.
    let padding = "# padding\n".repeat(20_000);
    dir.write(&name, dir.read(&name) + &padding);
    let program = env!("CARGO_BIN_EXE_askfirst");
    let script = format!("ulimit -f 64; {program} share --to dana --all --json");
    let output = dir.command("sh").args(["-c", &script]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("recorded in 1 of 2 briefs"), "{told}");
    assert!(told.contains("not in what-my-analysts"), "{told}");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["recorded"], false);
    for brief in json["briefs"].as_array().unwrap() {
        let fits = brief["id"].as_str().unwrap().starts_with("monthly");
        assert_eq!(brief["recorded"], fits, "{brief}");
        let file = std::fs::read_to_string(dir.brief(brief["id"].as_str().unwrap())).unwrap();
        assert_eq!(file.contains("kind = \"shared\""), fits);
    }
}
