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

#[test]
fn the_check_in_is_shown_and_made_ones_own_and_no_brief_begins_with_it() {
    let dir = TestDir::new();
    let shown = dir.run("prompts show check-in").done().stdout;
    assert!(
        shown.contains("[answers: yes or no, near the end of the work]"),
        "{shown}"
    );
    let json = dir.run("prompts show check-in --json").done().json();
    assert_eq!(json["questions"][0]["phase"], "course");
    dir.run("prompts eject check-in").done();
    dir.run("prompts check").done();
    let listed = dir.run("prompts list").done().stdout;
    assert!(listed.contains("check-in.toml"), "{listed}");
    let wrong = dir
        .read(".askfirst/prompts/check-in.toml")
        .replace("course", "corse");
    dir.write(".askfirst/prompts/check-in.toml", wrong);
    let checked = dir.run("prompts check").failed(1);
    assert!(
        checked.stdout.contains("did you mean `course`?"),
        "{checked:#?}"
    );

    let refused = dir.run("new X --checklist check-in --plain").failed(1);
    assert!(refused.stderr.contains("askfirst checkin"), "{refused:#?}");
    assert!(dir.run("list").done().stdout.contains("No briefs"));
    dir.write("x.toml", "title = \"X\"\nchecklist = \"check-in\"\n");
    let made = dir.run("new --from x.toml").done();
    assert!(made.stderr.contains("request is used"), "{made:#?}");
    let walked = dir.run_with("new --plain --resume x", "").done();
    assert!(walked.stdout.contains("Who is this for?"), "{walked:#?}");
}
