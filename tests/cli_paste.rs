//! Commands in messages: pasted as they are, they do what they say, and no
//! brief from somebody else can slip one in.

use crate::support::{Output, SUPERREPORT, TestDir};

/// Whether every command of a text that looks at briefs names the folder.
#[track_caller]
fn names_the_folder(output: &Output, dir: &str) {
    let text = format!("{}{}", output.stdout, output.stderr);
    let commands: Vec<&str> = text.split("askfirst ").skip(1).collect();
    assert!(!commands.is_empty(), "no command in {output:#?}");
    for command in commands {
        assert!(
            command.starts_with(&format!("--dir {dir} ")) || command.starts_with("demo"),
            "{command} of {output:#?}"
        );
    }
}

#[test]
fn hints_repeat_the_folder_that_was_given() {
    let dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    dir.write("t.toml", "title = \"Downtime\"\n");
    let mine = "--dir \"my briefs\"";
    let check = |output: Output| names_the_folder(&output, "'my briefs'");
    check(dir.run(&format!("{mine} list")).done());
    check(dir.run(&format!("{mine} goals")).done());
    check(dir.run(&format!("{mine} new --from s.toml")).done());
    check(dir.run(&format!("{mine} new --from t.toml")).done());
    check(dir.run(&format!("{mine} deliver analysts")).failed(1));
    check(dir.run(&format!("{mine} share downtime")).failed(1));
    check(dir.run(&format!("{mine} share analysts")).done());
    check(
        dir.run(&format!("{mine} sign analysts --by Dana --code 7K2M9Q"))
            .failed(1),
    );
    check(dir.run(&format!("{mine} show nothing-like-it")).failed(1));
    check(dir.run(&format!("{mine} goals remove 3")).failed(1));
    check(dir.run(mine).failed(1));
    let walked = dir
        .run_with(&format!("{mine} new Third --plain"), "Dana\n")
        .done();
    assert!(
        walked
            .stdout
            .contains("askfirst --dir 'my briefs' new --plain --resume third-"),
        "{walked:#?}"
    );
    // What the environment says need not be said again.
    let plain = dir.run("show nothing-like-it").failed(1);
    assert!(plain.stderr.contains("with: askfirst list"), "{plain:#?}");
}

#[test]
fn no_name_in_a_brief_becomes_a_command_of_the_shell() {
    let dir = TestDir::new();
    dir.write(
        "s.toml",
        "title = \"Form\"\n[[customer]]\nid = \"eve\"\nname = \"Eve $(touch owned) `id` \\\" !!\"\n",
    );
    dir.run("new --from s.toml").done();
    dir.run("start form --because later").done();
    let lost = dir.run("checkin form --lost").done();
    let (_, command) = lost.stderr.split_once("askfirst checkin ").unwrap();
    let line = command.lines().next().unwrap();
    assert!(line.ends_with(" --heard eve"), "{line}");
}

#[test]
fn people_of_one_name_are_told_apart_by_id() {
    let dir = TestDir::new();
    dir.write(
        "s.toml",
        "title = \"Form\"\n[[customer]]\nid = \"one\"\nname = \"Dana\"\n[[customer]]\nid = \"two\"\nname = \"Dana\"\n",
    );
    dir.run("new --from s.toml").done();
    let asked = dir.run("share form --to dana").failed(1);
    assert!(asked.stderr.contains("say which: one, two"), "{asked:#?}");
    dir.run("share form --to two").done();
    let nobody = dir.run("share form --to \"\"").failed(1);
    assert!(nobody.stderr.contains("say who: one, two"), "{nobody:#?}");
}
