//! `new --from`.

use crate::support::{SUPERREPORT, TestDir};

#[test]
fn a_brief_comes_from_a_file_or_from_standard_input() {
    let dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    let one = dir.run("new --from s.toml --json").done().json();
    let two = dir
        .run_with("new --from - --json", SUPERREPORT)
        .done()
        .json();
    assert_ne!(one["id"], two["id"], "two briefs of one title have two ids");
    assert!(
        one["id"]
            .as_str()
            .unwrap()
            .starts_with("what-my-analysts-do-all-day-")
    );
    assert!(std::path::Path::new(one["file"].as_str().unwrap()).is_file());
    // The comments of the person stay in the file.
    let text = std::fs::read_to_string(one["file"].as_str().unwrap()).unwrap();
    assert!(
        text.contains("# the red stripe: nobody asked for it"),
        "{text}"
    );
}

#[test]
fn a_title_and_a_checklist_can_be_given_beside_the_file() {
    let dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    let made = dir
        .run("new \"Kinds of work\" --checklist quick --from s.toml --json")
        .done()
        .json();
    assert!(made["id"].as_str().unwrap().starts_with("kinds-of-work-"));
    let listed = dir.run("list --json").done().json();
    assert_eq!(listed["briefs"][0]["title"], "Kinds of work");
    assert_eq!(listed["briefs"][0]["checklist"], "quick");
}

#[test]
fn a_file_that_is_no_brief_is_refused_with_the_place() {
    let dir = TestDir::new();
    dir.write("bad.toml", "title = \"x\"\n[[need]\ntext = 3\n");
    let bad = dir.run("new --from bad.toml").failed(1);
    assert!(bad.stderr.contains("bad.toml"), "{bad:#?}");
    assert!(bad.stderr.contains('2'), "the line is named: {bad:#?}");
    dir.write("bin.toml", b"title = \"\xff\"\n");
    assert!(
        dir.run("new --from bin.toml")
            .failed(1)
            .stderr
            .contains("UTF-8")
    );
    assert!(
        dir.run("new --from nothing.toml")
            .failed(1)
            .stderr
            .contains("no such file")
    );
    assert!(dir.run("new --from .").failed(1).stderr.contains("regular"));
    assert!(dir.run("list").done().stdout.contains("No briefs"));
}

#[test]
fn an_unknown_checklist_is_named_with_those_that_exist() {
    let dir = TestDir::new();
    let unknown = dir.run("new x --checklist reprot").failed(1);
    assert!(unknown.stderr.contains("report"), "{unknown:#?}");
    assert!(
        dir.run("list").done().stdout.contains("No briefs"),
        "nothing was made"
    );
}

#[test]
fn hostile_titles_make_harmless_files_and_lines() {
    let dir = TestDir::new();
    for title in [
        "../../../etc/passwd",
        "\u{1b}[31mred\u{202e}",
        "日本語",
        "a\tb",
        "👩‍👩‍👧 family",
    ] {
        let made = dir.run_args(&["new", title, "--plain"], "").done();
        assert!(!made.stdout.contains('\u{1b}'), "{made:#?}");
    }
    let listed = dir.run("list").done();
    assert_eq!(listed.stdout.lines().count(), 5, "{listed:#?}");
    assert!(!listed.stdout.contains('\u{1b}') && !listed.stdout.contains('\u{202e}'));
    for entry in std::fs::read_dir(dir.path(".askfirst")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            name.chars()
                .all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)),
            "{name}"
        );
    }
    let json = dir.run("list --json").done();
    assert!(!json.stdout.contains('\u{202e}') && json.stdout.contains("\\u202e"));
}
