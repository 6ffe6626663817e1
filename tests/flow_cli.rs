//! The SuperReport through the command line, from the request to the record.

use crate::support::{SUPERREPORT, TestDir, code_in};

/// A project with the brief of the reference case in it.
fn superreport() -> TestDir {
    let dir = TestDir::new();
    dir.write("superreport.toml", SUPERREPORT);
    dir.run("new --from superreport.toml").done();
    dir
}

#[test]
fn the_superreport_goes_from_the_request_to_the_confirmed_result() {
    let mut dir = TestDir::new();
    dir.write("superreport.toml", SUPERREPORT);
    let made = dir.run("new --from superreport.toml").done();
    assert!(made.stdout.contains("what-my-analysts"), "{made:#?}");
    assert!(
        made.stdout.contains("nobody has said yes to the need"),
        "{made:#?}"
    );

    // Starting before anybody said yes is stopped, with the reasons.
    let early = dir.run("start analysts").failed(1);
    assert!(
        early.stderr.contains("nobody has said yes to the solution"),
        "{early:#?}"
    );
    assert!(early.stderr.contains("hint: "), "{early:#?}");

    // The message is short, and a preview records nothing.
    let preview = dir.run("share analysts --preview").done();
    assert!(dir.run("list").done().stdout.contains("draft"));
    let shared = dir.run("share analysts --via mail").done();
    assert_eq!(preview.stdout, shared.stdout);
    assert!(shared.stdout.contains("Subject: "), "{shared:#?}");
    assert!(
        !shared.stdout.contains('\u{1b}'),
        "no clipboard without a terminal"
    );
    let code = code_in(&shared.stdout);
    assert_eq!(
        dir.run("show analysts --json").done().json()["stage"],
        "asked"
    );

    // A code that is no code, one of nothing, and then the right one.
    dir.at("2026-02-05T11:00:00+01:00");
    let wrong = dir.run("sign analysts --by Dana --code 7K2M9").failed(1);
    assert!(wrong.stderr.contains("6 letters"), "{wrong:#?}");
    dir.run("sign analysts --by Nobody --code 000000").failed(1);
    let heard = dir.run("sign analysts --by Legal --heard --via chat --words \"Looks useful\"");
    let unknown = heard.failed(1);
    assert!(unknown.stderr.contains("Human Resources"), "{unknown:#?}");
    dir.run("sign analysts --by human --heard --via chat --words \"Looks useful\"")
        .done();
    assert_eq!(
        dir.run("show analysts --json").done().json()["stage"],
        "asked"
    );
    let signed = dir
        .run(&format!(
            "sign analysts --by Dana --code {} --via mail --words \"OK {code}\"",
            code.to_lowercase()
        ))
        .done();
    assert!(
        signed
            .stdout
            .contains("Nothing stands between here and starting"),
        "{signed:#?}"
    );
    let shown = dir.run("show analysts --json").done().json();
    assert_eq!(shown["stage"], "agreed");
    assert!(
        shown["sections"]
            .as_array()
            .unwrap()
            .iter()
            .all(|s| s["state"] == "agreed")
    );

    dir.at("2026-02-05T12:00:00+01:00");
    dir.run("start analysts").done();
    dir.at("2026-02-19T10:00:00+01:00");
    dir.run("deliver analysts --because \"mailed to Dana\"")
        .done();
    dir.at("2026-02-24T10:00:00+01:00");
    let closed = dir
        .run("confirm analysts --by Dana --because \"HR filled in all profiles\"")
        .done();
    assert!(closed.stdout.contains("closed"), "{closed:#?}");

    // Everything is in the record, in every form, and verifies.
    for (format, file) in [
        ("markdown", "a.md"),
        ("html", "a.html"),
        ("text", "a.txt"),
        ("json", "a.json"),
    ] {
        dir.run(&format!(
            "export analysts --format {format} --output {file}"
        ))
        .done();
        let verified = dir.run(&format!("verify {file}")).done();
        assert!(verified.stdout.contains("exact"), "{verified:#?}");
        let document = dir.read(file);
        assert!(
            document.contains("what my analysts are doing all day"),
            "{format}"
        );
        assert!(document.contains(&code), "{format}");
    }
}

#[test]
fn a_wrong_reading_is_corrected_and_only_the_new_version_can_be_signed() {
    let dir = TestDir::new();
    // The worker takes the remark for a question about volume.
    let wrong = SUPERREPORT
        .replace("chosen = true\nbasis = \"told\"                        # guess | asked | told | not-needed\nby = \"dana\"\non = 2026-02-04\n", "")
        .replace("id = \"volume\"\n", "id = \"volume\"\nchosen = true\n");
    assert_ne!(wrong, SUPERREPORT);
    dir.write("wrong.toml", &wrong);
    dir.run("new --from wrong.toml").done();
    let old = code_in(&dir.run("share analysts").done().stdout);

    // Dana answers: not how many, which kinds. The worker corrects the file.
    let mut dir = dir;
    dir.env("EDITOR", "/bin/sh fix.sh");
    dir.write(
        "fix.sh",
        "sed -i -e '/^chosen = true/d' -e '/^text = \"Which kinds/ a chosen = true' \"$1\"\n",
    );
    dir.run("edit analysts").done();

    // Her old code signs nothing, and what has changed is shown.
    let refused = dir
        .run(&format!(
            "sign analysts --by Dana --code {old} --words \"OK {old}\""
        ))
        .failed(1);
    assert!(refused.stderr.contains("older version"), "{refused:#?}");
    assert!(
        refused
            .stderr
            .contains("\u{2212} it means: How many tickets"),
        "{refused:#?}"
    );
    assert!(
        refused.stderr.contains("+ it means: Which kinds"),
        "{refused:#?}"
    );
    assert_eq!(
        dir.run("show analysts --json").done().json()["stage"],
        "asked"
    );

    let new = code_in(&dir.run("share analysts").done().stdout);
    assert_ne!(old, new);
    dir.run(&format!(
        "sign analysts --by Dana --code {new} --words \"OK {new}\""
    ))
    .done();
    dir.run("start analysts").done();
}

#[test]
fn verify_tells_exact_altered_older_and_unknown_apart() {
    let dir = superreport();
    dir.run("export analysts --format markdown --output a.md")
        .done();
    assert!(dir.run("verify a.md").done().stdout.contains("exact"));

    // Line ends and a byte-order mark are no change.
    dir.write(
        "crlf.md",
        format!("\u{feff}{}", dir.read("a.md").replace('\n', "\r\n")),
    );
    dir.run("verify crlf.md").done();

    dir.write("altered.md", dir.read("a.md").replace("skills", "talents"));
    let altered = dir.run("verify altered.md").failed(1);
    assert!(altered.stdout.contains("altered"), "{altered:#?}");

    dir.write("none.md", "# Shopping\n");
    let none = dir.run("verify none.md").failed(1);
    assert!(none.stderr.contains("no export"), "{none:#?}");
    dir.run("verify missing.md").failed(1);

    // The brief changes: the old document is genuine, and no longer holds.
    let file = dir.brief("what-my");
    let text = std::fs::read_to_string(&file).unwrap();
    dir.write(
        &format!(".askfirst/{}", file.file_name().unwrap().to_str().unwrap()),
        text.replace("appetite = \"3 days\"", "appetite = \"3 weeks\""),
    );
    let older = dir.run("verify a.md").failed(1);
    assert!(older.stdout.contains("older"), "{older:#?}");
    assert!(older.stdout.contains("\u{2212} worth 3 days"), "{older:#?}");
    assert_eq!(
        dir.run("verify a.md --json").failed(1).json()["verdict"],
        "older"
    );
}

#[test]
fn a_change_after_the_yes_lapses_exactly_that_part() {
    let dir = superreport();
    let code = code_in(&dir.run("share analysts").done().stdout);
    dir.run(&format!("sign analysts --by Dana --code {code}"))
        .done();
    let file = dir.brief("what-my");
    let name = format!(".askfirst/{}", file.file_name().unwrap().to_str().unwrap());
    dir.write(
        &name,
        dir.read(&name)
            .replacen("Opens in Excel", "Opens in LibreOffice", 1),
    );
    let shown = dir.run("show analysts --json").done().json();
    assert_eq!(shown["amended"], serde_json::json!(["needs"]));
    let refused = dir.run("start analysts").failed(1);
    assert!(
        refused.stderr.contains("changed since the yes: the needs"),
        "{refused:#?}"
    );
    assert!(dir.run("list").done().stdout.contains("amended"));
}

#[test]
fn words_that_name_another_code_are_refused_unless_the_worker_says_so() {
    let dir = superreport();
    let code = code_in(&dir.run("share analysts").done().stdout);
    let sign = format!("sign analysts --by Dana --code {code} --words \"OK 7K2M9\"");
    let refused = dir.run(&sign).failed(1);
    assert!(refused.stderr.contains("they name 7K2M9"), "{refused:#?}");
    assert!(refused.stderr.contains("--anyway"), "{refused:#?}");
    let taken = dir.run(&format!("{sign} --anyway --json")).done().json();
    assert_eq!(taken["grade"], "said", "hearsay, not their reply");
    assert_eq!(taken["warnings"], serde_json::json!([]));
}

#[test]
fn a_condition_behind_the_code_is_shown() {
    let dir = superreport();
    let code = code_in(&dir.run("share analysts").done().stdout);
    let sign =
        format!("sign analysts --by Dana --code {code} --words \"OK {code}, but only from March\"");
    let signed = dir.run(&sign).done();
    assert!(
        signed
            .stderr
            .contains("\u{201c}but only from March\u{201d}"),
        "{signed:#?}"
    );
    let again = dir.run(&format!("{sign} --json")).done().json();
    let warning = again["warnings"][0].as_str().unwrap();
    assert!(warning.contains("but only from March"), "{warning}");
}

#[test]
fn a_yes_to_the_need_alone_is_no_yes_to_the_solution() {
    let dir = superreport();
    let code = code_in(&dir.run("share analysts").done().stdout);
    dir.run(&format!(
        "sign analysts --by Dana --code {code} --only need"
    ))
    .done();
    let refused = dir.run("start analysts").failed(1);
    assert!(refused.stderr.contains("the solution"), "{refused:#?}");
    assert!(!refused.stderr.contains("yes to the need"), "{refused:#?}");
    dir.run(&format!(
        "sign analysts --by human --code {code} --only solution"
    ))
    .done();
    dir.run("start analysts").done();
}

#[test]
fn starting_anyway_keeps_the_reason() {
    let dir = superreport();
    dir.run("start analysts --because \"Dana is away, HR meets on Friday\"")
        .done();
    let document = dir.run("export analysts --format text").done().stdout;
    assert!(document.contains("HR meets on Friday"), "{document}");
    assert!(
        dir.run("list --stage in-progress")
            .done()
            .stdout
            .contains("what-my")
    );
}

#[test]
fn an_ok_with_a_but_is_recorded_and_pointed_at() {
    let dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml").done();
    let code = code_in(&dir.run("share analysts").done().stdout);
    let sign = |words: &str| {
        dir.run(&format!(
            "sign analysts --by Dana --code {code} --words \"{words}\""
        ))
        .done()
        .stderr
    };
    assert!(sign("OK, but leave the chart out").contains("wrote \u{201c}OK, but leave"));
    let shown = dir.run(&format!("sign analysts --by hr --code {code} --via chat"));
    let shown = shown.done().stdout;
    assert!(
        shown.contains("✓ 2 agreed") && !shown.contains("guess"),
        "what a yes covers is no guess: {shown}"
    );
    assert_eq!(sign(&format!("OK {code}, thanks. Butter is out")), "");
}

#[test]
fn a_brief_is_dropped_reopened_and_archived_with_reasons() {
    let dir = superreport();
    let refused = dir.run("drop analysts").failed(1);
    assert!(
        refused.stderr.contains("a reason is needed"),
        "{refused:#?}"
    );
    dir.run("drop analysts --because \"last year's profiles do\"")
        .done();
    dir.run("reopen analysts --because \"they do not\"").done();
    assert_eq!(
        dir.run("show analysts --json").done().json()["stage"],
        "draft"
    );
    dir.run("archive analysts").done();
    let away = dir.run("list").done().stdout;
    assert!(
        away.contains("is archived: 1") && away.contains("list --all"),
        "{away}"
    );
    assert!(dir.run("list --all").done().stdout.contains("archived"));
    assert!(
        dir.run("archive analysts")
            .done()
            .stdout
            .contains("already")
    );
    dir.run("archive analysts --undo").done();
    assert!(dir.run("list").done().stdout.contains("what-my"));
    let wrong = dir.run("deliver analysts").failed(1);
    assert!(wrong.stderr.contains("first: askfirst start"), "{wrong:#?}");
}
