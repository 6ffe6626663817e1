//! `askfirst init` in a git repository.

use super::{Team, git_is_missing};
use crate::support::TestDir;
use crate::support::pty::Launch;

const DRIVER: &str = "config --local --get merge.askfirst.driver";

#[test]
fn init_makes_the_folder_for_a_team_and_touches_nothing_else() {
    if git_is_missing() {
        return;
    }
    let team = Team::of(&["ana"]);
    let ana = team.person("ana");
    std::fs::remove_dir_all(ana.path(".askfirst")).unwrap();
    ana.git("commit -q -a -m empty", &[]);
    let config = ana.read(".git/config");
    let out = ana.askfirst("init").done();
    // Nobody can be asked here: the command is shown instead.
    assert!(
        out.stdout.contains("askfirst init --merge-driver"),
        "{out:#?}"
    );
    assert_eq!(ana.read(".git/config"), config);
    let attributes = ana.read(".askfirst/.gitattributes");
    assert!(
        attributes.contains("\n/*.toml merge=askfirst\n"),
        "{attributes}"
    );
    assert!(
        ana.read(".askfirst/README.md")
            .contains("askfirst init --merge-driver")
    );
    for (file, driver) in [
        ("x-k7m2.toml", "askfirst"),
        ("goals.toml", "unspecified"),
        ("prompts/own.toml", "unspecified"),
    ] {
        let told = ana.git("check-attr merge --", &[&format!(".askfirst/{file}")]);
        assert!(told.contains(&format!("merge: {driver}")), "{told}");
    }
    let status = ana.git("status --porcelain", &[]);
    assert_eq!(status, "?? .askfirst/\n");

    let out = ana.askfirst("init --merge-driver").done();
    assert!(out.stdout.contains("from now on"), "{out:#?}");
    let driver = ana.git(DRIVER, &[]);
    assert!(driver.contains("merge-driver %O %A %B %P"), "{driver}");
    assert_eq!(ana.git("status --porcelain", &[]), status);
    let again = ana.askfirst("init").done();
    assert!(again.stdout.contains("nothing was changed"), "{again:#?}");
    assert!(again.stdout.contains("git merges briefs by meaning here"));
}

#[test]
fn another_driver_and_other_attributes_are_left_alone_and_said() {
    if git_is_missing() {
        return;
    }
    let team = Team::of(&["ana"]);
    let ana = team.person("ana");
    ana.git("config merge.askfirst.driver", &["my-own %A"]);
    ana.write(".askfirst/.gitattributes", "*.toml text\n");
    let out = ana.askfirst("init --merge-driver").done();
    assert!(out.stderr.contains("left alone: my-own %A"), "{out:#?}");
    assert!(
        out.stderr.contains("add: /*.toml merge=askfirst"),
        "{out:#?}"
    );
    assert_eq!(ana.git(DRIVER, &[]), "my-own %A\n");
    assert_eq!(ana.read(".askfirst/.gitattributes"), "*.toml text\n");
}

/// A program of another name knows its own driver.
#[test]
fn a_renamed_program_does_not_take_its_driver_for_that_of_another() {
    if git_is_missing() {
        return;
    }
    let team = Team::of(&["ana"]);
    let ana = team.person("ana");
    let ours = std::path::Path::new(env!("CARGO_BIN_EXE_askfirst"));
    let place = tempfile::tempdir_in(ours.parent().unwrap()).unwrap();
    let renamed = place.path().join("af");
    std::fs::hard_link(ours, &renamed).unwrap();
    let mut command = ana.command_in(&ana.path(""), renamed.to_str().unwrap());
    super::told(command.args(["init", "--merge-driver"])).done();
    assert!(ana.git(DRIVER, &[]).contains("/af merge-driver "));
    let mut command = ana.command_in(&ana.path(""), renamed.to_str().unwrap());
    let told = super::told(command.args(["init", "--merge-driver"])).done();
    assert!(!told.stderr.contains("another merge driver"), "{told:#?}");
}

#[test]
fn outside_of_git_there_is_nothing_of_git() {
    if git_is_missing() {
        return;
    }
    let dir = TestDir::bare();
    let out = dir.run("init").done();
    assert!(!out.stdout.contains("merge"), "{out:#?}");
    assert!(!dir.path(".askfirst/.gitattributes").exists());
    assert!(!dir.read(".askfirst/README.md").contains("merge-driver"));
    let refused = dir.run("init --merge-driver").failed(1);
    assert!(
        refused.stderr.contains("hint: make one first: git init"),
        "{refused:#?}"
    );
}

#[test]
fn where_git_is_not_installed_the_folder_is_made_for_colleagues_who_have_it() {
    let dir = TestDir::bare();
    std::fs::create_dir(dir.path(".git")).unwrap();
    let init = |args: &str| {
        let mut command = dir.command(env!("CARGO_BIN_EXE_askfirst"));
        super::told(command.env("PATH", "/nowhere").args(args.split(' ')))
    };
    let out = init("init").done();
    assert!(dir.path(".askfirst/.gitattributes").exists(), "{out:#?}");
    assert!(out.stderr.contains("no git here yet"), "{out:#?}");
    let again = init("init").done();
    assert!(again.stdout.contains("nothing was changed"), "{again:#?}");
    let out = init("init --merge-driver").failed(1);
    assert!(out.stderr.contains("there is no git here"), "{out:#?}");
    init("list").done();
}

#[test]
fn in_a_terminal_the_driver_is_offered_and_an_answer_is_waited_for() {
    if git_is_missing() {
        return;
    }
    for (answer, is_wanted) in [("\r", true), ("y\r", true), ("n\r", false)] {
        let dir = TestDir::bare();
        let git = |args: &[&str]| super::told(dir.command("git").args(args));
        assert_eq!(git(&["init", "-q"]).code, 0);
        let mut pty = Launch::new(&dir).args(&["init"]).start();
        pty.wait_for("Let git merge briefs by meaning here?");
        assert_eq!(git(&["config", "merge.askfirst.driver"]).code, 1);
        pty.send(answer);
        assert!(pty.wait_exit().success());
        let driver = git(&["config", "merge.askfirst.driver"]).stdout;
        assert_eq!(driver.contains("merge-driver"), is_wanted, "{driver}");
    }
}
