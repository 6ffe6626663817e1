//! `edit`, with a shell script for an editor.

use crate::support::{SUPERREPORT, TestDir};

fn project(editor: &str) -> TestDir {
    let mut dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml").done();
    dir.write("editor.sh", editor);
    dir.env("EDITOR", "/bin/sh \"editor.sh\"");
    dir
}

#[test]
fn what_the_editor_saves_becomes_the_file_comments_and_all() {
    let dir = project("sed -i -e 's/3 days/4 days/' -e '1i # my own remark' \"$1\"\n");
    let saved = dir.run("edit analysts").done();
    assert!(saved.stdout.contains("Saved"), "{saved:#?}");
    let text = std::fs::read_to_string(dir.brief("what-my")).unwrap();
    assert!(
        text.contains("4 days") && text.contains("# my own remark"),
        "{text}"
    );
}

#[test]
fn closing_the_editor_without_a_change_changes_nothing() {
    let dir = project("exit 0\n");
    let before = std::fs::read(dir.brief("what-my")).unwrap();
    assert!(dir.run("edit analysts").done().stdout.contains("as it was"));
    assert_eq!(std::fs::read(dir.brief("what-my")).unwrap(), before);
}

#[test]
fn a_broken_text_is_kept_beside_the_brief_and_not_saved() {
    let dir = project("printf '[[need]\\nmine = 1\\n' >> \"$1\"\n");
    let before = std::fs::read(dir.brief("what-my")).unwrap();
    let failed = dir.run("edit analysts").failed(1);
    assert!(
        failed.stderr.contains("your text is kept in"),
        "{failed:#?}"
    );
    assert_eq!(std::fs::read(dir.brief("what-my")).unwrap(), before);
    let kept = failed
        .stderr
        .lines()
        .find(|l| l.contains("kept in"))
        .unwrap();
    let path = kept.split(" kept in ").nth(1).unwrap();
    assert!(std::fs::read_to_string(path).unwrap().contains("mine = 1"));
    // It is no brief, and does not count as a broken one.
    assert_eq!(
        dir.run("list --json").done().json()["broken"],
        serde_json::json!([])
    );
}

#[test]
fn a_broken_file_can_be_mended() {
    let dir = project("sed -i 's/^\\[\\[broken\\]$//' \"$1\"\n");
    let name = dir.brief("what-my");
    let broken = format!("{}[[broken]\n", std::fs::read_to_string(&name).unwrap());
    dir.write(
        &format!(".askfirst/{}", name.file_name().unwrap().to_str().unwrap()),
        broken,
    );
    dir.run("show what-my").failed(1);
    let mended = dir.run("edit what-my").done();
    assert!(mended.stdout.contains("can be read again"), "{mended:#?}");
    dir.run("show what-my").done();
}

#[test]
fn a_change_on_the_disk_meanwhile_loses_neither_text() {
    let dir = project(
        "sed -i 's/3 days/5 days/' \"$1\"\nfor f in .askfirst/what-my*.toml; do echo '# from the other window' >> \"$f\"; done\n",
    );
    let failed = dir.run("edit analysts").failed(1);
    assert!(failed.stderr.contains("changed on disk"), "{failed:#?}");
    let path = failed
        .stderr
        .split(" kept in ")
        .nth(1)
        .unwrap()
        .lines()
        .next()
        .unwrap();
    assert!(std::fs::read_to_string(path).unwrap().contains("5 days"));
    assert!(
        std::fs::read_to_string(dir.brief("what-my"))
            .unwrap()
            .contains("other window")
    );
}

#[test]
fn a_missing_editor_is_named() {
    let mut dir = project("");
    dir.env("EDITOR", "no-such-editor -w");
    let failed = dir.run("edit analysts").failed(1);
    assert!(failed.stderr.contains("no-such-editor"), "{failed:#?}");
    dir.env("EDITOR", " ");
    assert!(
        dir.run("edit analysts")
            .failed(1)
            .stderr
            .contains("no editor is set")
    );
    dir.env("EDITOR", "'open");
    assert!(dir.run("edit analysts").failed(1).stderr.contains("quote"));
}
