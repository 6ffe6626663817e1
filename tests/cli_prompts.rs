//! `prompts`.

use crate::support::TestDir;

#[test]
fn a_built_in_checklist_is_ejected_changed_checked_and_used() {
    let dir = TestDir::new();
    assert!(dir.run("prompts list").done().stdout.contains("built in"));
    let made = dir.run("prompts eject quick").done();
    assert!(made.stdout.contains("quick.toml"), "{made:#?}");
    let again = dir.run("prompts eject quick").failed(1);
    assert!(again.stderr.contains("already"), "{again:#?}");
    dir.run("prompts check").done();
    let text = dir
        .read(".askfirst/prompts/quick.toml")
        .replacen("title = \"", "title = \"Our ", 1);
    dir.write(".askfirst/prompts/quick.toml", text);
    assert!(
        dir.run("prompts show quick")
            .done()
            .stdout
            .starts_with("Our ")
    );
    assert!(
        dir.run("prompts eject quick --output -")
            .done()
            .stdout
            .contains("title")
    );
}

#[test]
fn every_problem_of_a_checklist_is_reported_at_once() {
    let dir = TestDir::new();
    dir.write(
        "bad.toml",
        "title = \"x\"\nabout = \"y\"\n[[question]]\nid = \"a\"\nknd = \"text\"\nask = \"?\"\n[[question]]\nid = \"b\"\nkind = \"txt\"\nask = \"?\"\n",
    );
    let bad = dir.run("prompts check bad.toml").failed(1);
    assert!(
        bad.stdout.contains("knd") && bad.stdout.contains("txt"),
        "{bad:#?}"
    );
    let json = dir.run("prompts check bad.toml --json").failed(1).json();
    assert_eq!(json[0]["ok"], false);
    assert!(
        dir.run("prompts check missing.toml")
            .failed(1)
            .stdout
            .contains("no such file")
    );
    assert!(
        dir.run("prompts show nothing")
            .failed(1)
            .stderr
            .contains("there are: ")
    );
    assert!(
        dir.run("prompts eject nothing")
            .failed(1)
            .stderr
            .contains("request")
    );
}
