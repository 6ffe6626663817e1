//! `--json`: every shape is the one that `docs/json.md` tells.

use serde_json::Value;

use crate::support::{SUPERREPORT, TestDir};

const DOCUMENT: &str = include_str!("../docs/json.md");

/// The keys that a section of the document names, in backticks or quotes.
fn section(heading: &str) -> &'static str {
    let (_, after) = DOCUMENT
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("there is no section {heading}"));
    after.split("\n## ").next().unwrap()
}

/// Every key of the value, however deep, is named in the section.
#[track_caller]
fn all_told(told: &str, value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| all_told(told, item)),
        Value::Object(map) => {
            for (key, value) in map {
                assert!(
                    told.contains(&format!("\"{key}\"")) || told.contains(&format!("`{key}`")),
                    "{key} is not in docs/json.md"
                );
                // The keys of these are ids, or told elsewhere.
                let by_id = key == "answers" && value.is_object();
                if !by_id && !["reach", "brief", "changed"].contains(&key.as_str()) {
                    all_told(told, value);
                }
            }
        }
        _ => {}
    }
}

#[test]
fn every_key_of_what_is_due_is_documented() {
    let dir = TestDir::with_a_due_brief();
    dir.write(".askfirst/broken.toml", "title = \"x");
    let due = dir.run("due --json").done().json();
    let told = format!("{}{}", section("`list --json`"), section("`due --json`"));
    all_told(&told, &due);
    assert_eq!(due["due"][0]["state"], "due");
    assert_eq!(due["broken"][0]["file"], "broken.toml");
}

fn project() -> TestDir {
    let dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml").done();
    dir
}

#[test]
fn every_key_of_every_command_is_documented() {
    let dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    dir.write(".askfirst/broken.toml", "title = \"x");
    dir.write("q.toml", "title = 1");
    let run = |heading: &str, args: &str| -> Value {
        let value = dir.run(args).json();
        all_told(section(heading), &value);
        value
    };
    run("`new --from FILE --json`", "new --from s.toml --json");
    let shared = run("`share BRIEF --json`", "share analysts --json");
    let all = "share --to dana --all --preview --json";
    run("`share BRIEF --json`", all);
    let code = shared["code"].as_str().unwrap();
    let sign = format!("sign analysts --by Dana --code {code} --via mail --json");
    run("`sign BRIEF --json`", &sign);
    let moves = "`start`, `deliver`, `confirm`, `reopen`, `drop`, `archive` with `--json`";
    dir.write("reply.txt", "OK, greetings from Lisbon");
    let replied = run(
        "`reply [BRIEF] [FILE] --yes --json`",
        "reply analysts reply.txt --yes --json",
    );
    assert_eq!(replied["recorded"], true);
    let started = run(moves, "start analysts --json");
    assert_eq!(started["stage"], "in-progress");
    let checkin = "`checkin [BRIEF] --json`";
    let with_list = format!("{}{}", section(checkin), section("`list --json`"));
    for args in [
        "",
        "--same --heard Dana --answer goal=no --shortcut \"by hand, by 6 mar\"",
        "--snooze fri",
        "--stop-asking x",
        "--ask-again",
        "--lost",
    ] {
        let value = dir.run(&format!("checkin analysts {args} --json")).done();
        all_told(&with_list, &value.json());
    }
    run("`log BRIEF --json`", "log analysts --json");
    for (args, stage) in [
        ("deliver analysts", "delivered"),
        ("confirm analysts --by Dana", "closed"),
        ("reopen analysts --because x", "in-progress"),
        ("drop analysts --because x", "dropped"),
        ("archive analysts", "dropped"),
    ] {
        let moved = run(moves, &format!("{args} --json"));
        assert_eq!(moved["stage"], stage, "{args}");
        assert!(moved["event"].is_string(), "{args}");
    }
    run("`list --json`", "list --all --json");
    let shown = format!(
        "{}{}",
        section("`list --json`"),
        section("`show BRIEF --json`")
    );
    all_told(&shown, &dir.run("show analysts --json").done().json());
    let export = "`export BRIEF --format json`";
    let exported = dir.run("export analysts --format json --output e.json");
    exported.done();
    all_told(
        &format!("{}{shown}", section(export)),
        &serde_json::from_str(&dir.read("e.json")).unwrap(),
    );
    run("`verify FILE --json`", "verify e.json --json");
    run("`goals --json`", "goals add team x --json");
    run("`goals --json`", "goals --json");
    run("`goals --json`", "goals remove 1 --json");
    run("`prompts list --json`", "prompts list --json");
    run("`prompts show ID --json`", "prompts show request --json");
    run("`prompts check --json`", "prompts check q.toml --json");
}

#[test]
fn archiving_twice_records_one_event() {
    let dir = project();
    let once = dir.run("archive analysts --json").done().json();
    assert_eq!(
        (&once["archived"], once["event"].is_null()),
        (&true.into(), false)
    );
    let twice = dir.run("archive analysts --json").done().json();
    assert_eq!(
        (&twice["archived"], twice["event"].is_null()),
        (&true.into(), true)
    );
    let back = dir.run("archive analysts --undo --json").done().json();
    assert_eq!(
        (&back["archived"], back["event"].is_null()),
        (&false.into(), false)
    );
}

#[test]
fn addresses_are_shown_to_the_worker_and_leave_in_no_export() {
    let dir = project();
    let address = "dana.reyes@example.com";
    let shown = dir.run("show analysts --json").done().json();
    assert_eq!(shown["reach"]["dana"], address);
    for format in ["markdown", "html", "text", "json"] {
        let exported = dir
            .run(&format!("export analysts --format {format}"))
            .done();
        assert!(!exported.stdout.contains(address), "{format}");
    }
}
