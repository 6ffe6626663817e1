//! What commands print, and to whom.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::support::{SUPERREPORT, TestDir, code_in};

fn project() -> TestDir {
    let dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml").done();
    dir
}

#[test]
fn the_desk_says_what_to_do_where_there_is_no_terminal() {
    let dir = project();
    let failed = dir.run("").failed(1);
    assert_eq!(failed.stdout, "");
    assert!(
        failed.stderr.contains("askfirst list") && failed.stderr.contains("--plain"),
        "{failed:#?}"
    );
    assert!(dir.run("--plain").done().stdout.contains("what-my"));
}

#[test]
fn a_brief_is_named_by_any_part_that_fits_only_one() {
    let dir = project();
    dir.run("show ANALYSTS").done();
    let none = dir.run("show analists").failed(1);
    assert!(none.stderr.contains("hint: "), "{none:#?}");
    dir.run("new --from s.toml").done();
    let several = dir.run("show analysts").failed(1);
    assert_eq!(
        several.stderr.matches("what-my-analysts").count(),
        2,
        "{several:#?}"
    );
    dir.run("show \"\"").failed(1);
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let dir = project();
    for _ in 0..200 {
        dir.run(
            "goals add team \"A goal that makes the list longer than a pipe holds, or nearly\"",
        );
        if dir.read(".askfirst/goals.toml").len() > 4000 {
            break;
        }
    }
    for args in [
        ["list", "--json"],
        ["goals", "--json"],
        ["completions", "zsh"],
        ["prompts", "list"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_askfirst"))
            .args(args)
            .env_clear()
            .env("HOME", dir.home())
            .env("ASKFIRST_NOW", "2026-02-05T09:00:00+01:00")
            .current_dir(dir.work())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut errors = String::new();
        let stderr = child.stderr.take().unwrap();
        for line in BufReader::new(stderr).lines() {
            errors.push_str(&line.unwrap());
        }
        assert_eq!(child.wait().unwrap().code(), Some(0), "{args:?}: {errors}");
        assert_eq!(errors, "");
    }
}

#[test]
fn broken_files_are_listed_and_the_others_work() {
    let dir = project();
    dir.write(".askfirst/broken-a1b2.toml", "title = \"x\n");
    let listed = dir.run("list").done();
    assert!(listed.stdout.contains("what-my"), "{listed:#?}");
    assert!(
        listed.stdout.contains("! broken  broken-a1b2.toml"),
        "{listed:#?}"
    );
    let json = dir.run("list --json").done().json();
    assert_eq!(json["broken"][0]["line"], 1);
    let shown = dir.run("show broken-a1b2").failed(1);
    assert!(shown.stderr.contains("broken-a1b2.toml"), "{shown:#?}");
}

#[test]
fn a_newer_format_is_shown_and_not_changed() {
    let dir = project();
    let path = dir.brief("what-my");
    let name = format!(".askfirst/{}", path.file_name().unwrap().to_str().unwrap());
    dir.write(
        &name,
        dir.read(&name).replacen("format = 1", "format = 2", 1),
    );
    let before = dir.read(&name);
    dir.run("show analysts").done();
    for command in [
        "share analysts",
        "drop analysts --because x",
        "archive analysts",
        "edit analysts",
        "new --plain --resume analysts",
    ] {
        let refused = dir.run(command).failed(1);
        assert!(!refused.stderr.is_empty(), "{command}: {refused:#?}");
    }
    let exported = dir.run("export analysts --format text").done();
    assert!(exported.stderr.contains("read-only"), "{exported:#?}");
    assert_eq!(dir.read(&name), before);
}

#[test]
fn a_message_goes_to_a_named_customer_and_into_a_file() {
    let dir = project();
    let to = dir
        .run("share analysts --to human --via chat --output m.txt --from Mika")
        .done();
    assert!(to.stdout.contains("m.txt"), "{to:#?}");
    let message = dir.read("m.txt");
    assert!(message.contains("Mika"), "{message}");
    let code = code_in(&message);
    assert_eq!(
        dir.run("list --json").done().json()["briefs"][0]["code"],
        code.as_str()
    );
    assert!(
        dir.run("share analysts --output m.txt")
            .failed(1)
            .stderr
            .contains("--force")
    );
    dir.run("share analysts --output m.txt --force").done();
    let nowhere = dir.run("share analysts --output no/where/m.txt").failed(1);
    assert!(
        nowhere.stderr.contains("there is no folder"),
        "{nowhere:#?}"
    );
    let json = dir.run("share analysts --preview --json").done().json();
    assert_eq!(json["recorded"], false);
    assert!(json["words"].as_u64().unwrap() > 20);
}

#[test]
fn an_export_replaces_its_earlier_self_and_nothing_else() {
    let dir = project();
    dir.run("export analysts --format md --output a.md").done();
    dir.run("export analysts --format html --output a.md")
        .done();
    dir.write("notes.md", "my own notes\n");
    let refused = dir
        .run("export analysts --format md --output notes.md")
        .failed(1);
    assert!(refused.stderr.contains("--force"), "{refused:#?}");
    assert_eq!(dir.read("notes.md"), "my own notes\n");
    dir.run("export analysts --format md --output notes.md --force")
        .done();
    dir.run("verify notes.md").done();
    let nowhere = dir
        .run("export analysts --format md --output no/where.md")
        .failed(1);
    assert!(nowhere.stderr.contains("mkdir -p"), "{nowhere:#?}");
    // A folder gets a file with the name of the brief.
    std::fs::create_dir(dir.path("out")).unwrap();
    let into = dir.run("export analysts --format json --output out").done();
    assert!(into.stdout.contains("out/what-my-analysts"), "{into:#?}");
    assert!(
        dir.run("export analysts --format docx")
            .failed(2)
            .stderr
            .contains("markdown")
    );
}

#[test]
fn what_is_printed_can_be_verified_too() {
    let dir = project();
    let printed = dir.run("export analysts --format html").done();
    dir.run_with("verify -", printed.stdout).done();
}

#[test]
fn an_export_that_could_not_be_written_records_nothing() {
    let dir = project();
    let before = std::fs::read(dir.brief("what-my")).unwrap();
    dir.run("export analysts --format md --output no/where.md")
        .failed(1);
    dir.write("notes.md", "mine");
    dir.run("export analysts --format md --output notes.md")
        .failed(1);
    assert_eq!(std::fs::read(dir.brief("what-my")).unwrap(), before);
}

#[test]
fn commands_at_the_same_time_lose_nothing() {
    let dir = project();
    std::thread::scope(|scope| {
        for n in 0..8 {
            let dir = &dir;
            scope.spawn(move || {
                dir.run(&format!(
                    "sign analysts --by dana --heard --words \"word {n}\""
                ))
                .done();
                dir.run(&format!("goals add team \"goal {n}\"")).done();
            });
        }
    });
    let text = std::fs::read_to_string(dir.brief("what-my")).unwrap();
    for n in 0..8 {
        assert!(text.contains(&format!("word {n}")), "word {n} is lost");
    }
    let goals = dir.run("goals --json").done().json();
    assert_eq!(goals.as_array().unwrap().len(), 8);
}

#[test]
fn a_text_that_says_nothing_of_a_request_makes_no_brief() {
    let dir = TestDir::new();
    for text in [
        "",
        "# only a comment\n",
        "name = \"askfirst\"\n[dependencies]\nx = 1\n",
    ] {
        let refused = dir.run_with("new --from -", text).failed(1);
        assert!(
            refused.stderr.contains("no brief in standard input"),
            "{refused:#?}"
        );
    }
    assert!(dir.run("list").done().stdout.contains("No briefs"));
}

#[test]
fn a_file_that_was_cut_short_is_told_from_one_that_is_exact() {
    let dir = project();
    dir.run("export analysts --format md --output a.md").done();
    let whole = dir.read("a.md");
    dir.write("crlf.md", whole.replace('\n', "\r\n"));
    dir.run("verify crlf.md").done();
    dir.write("cut.md", &whole[..whole.len() - 40]);
    let cut = dir.run("verify cut.md").failed(1);
    assert!(cut.stderr.contains("cut short"), "{cut:#?}");
    dir.write("odd.md", whole.replacen("analysts", "analyst", 1));
    let odd = dir.run("verify odd.md").failed(1);
    assert!(odd.stdout.contains("altered"), "{odd:#?}");
    let piped = dir.run_with("verify -", whole).done();
    assert!(piped.stdout.contains("standard input is"), "{piped:#?}");
}

/// A device on which every write fails as on a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_message_that_could_not_be_shown_is_not_recorded_as_sent() {
    let dir = project();
    let before = std::fs::read(dir.brief("what-my")).unwrap();
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let ended = Command::new(env!("CARGO_BIN_EXE_askfirst"))
        .args(["share", "analysts"])
        .env_clear()
        .env("HOME", dir.home())
        .current_dir(dir.work())
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(std::fs::read(dir.brief("what-my")).unwrap(), before);
}
