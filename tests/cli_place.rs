//! Where briefs live, `init` and `demo`.

use crate::support::{SUPERREPORT, TestDir};

#[test]
fn init_makes_a_shared_folder_once() {
    let dir = TestDir::bare();
    let made = dir.run("init").done();
    assert!(made.stdout.contains(".askfirst"), "{made:#?}");
    let readme = dir.read(".askfirst/README.md");
    assert!(readme.contains("brief"));
    dir.write(".askfirst/README.md", "ours");
    let again = dir.run("init").done();
    assert!(again.stdout.contains("nothing was changed"), "{again:#?}");
    assert_eq!(dir.read(".askfirst/README.md"), "ours");
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml").done();
    dir.brief("what-my");
}

#[test]
fn without_a_project_folder_briefs_are_private_in_the_home() {
    let dir = TestDir::bare();
    dir.write("s.toml", SUPERREPORT);
    let made = dir.run("new --from s.toml --json").done().json();
    let file = std::path::PathBuf::from(made["file"].as_str().unwrap());
    assert!(file.starts_with(dir.home()), "{file:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(file.parent().unwrap()), 0o700);
    }
}

#[test]
fn dir_and_the_environment_name_another_folder() {
    let mut dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml --dir one").done();
    assert!(dir.run("list").done().stdout.contains("No briefs"));
    assert!(dir.run("--dir one list").done().stdout.contains("what-my"));
    dir.env("ASKFIRST_DIR", "one");
    assert!(dir.run("list").done().stdout.contains("what-my"));
    assert!(
        dir.run("list --dir two")
            .done()
            .stdout
            .contains("No briefs")
    );
    dir.env("ASKFIRST_DIR", "s.toml");
    assert!(dir.run("list").failed(1).stderr.contains("not a folder"));
    dir.env("ASKFIRST_DIR", "");
    assert!(dir.run("list").done().stdout.contains("No briefs"));
}

#[test]
fn a_wrong_pinned_time_is_told() {
    let mut dir = TestDir::new();
    dir.at("yesterday");
    let failed = dir.run("list").failed(1);
    assert!(failed.stderr.contains("ASKFIRST_NOW"), "{failed:#?}");
}

#[test]
fn the_demo_has_something_for_every_stage() {
    let mut dir = TestDir::new();
    let tmp = dir.path("tmp");
    std::fs::create_dir(&tmp).unwrap();
    dir.env("TMPDIR", tmp.to_str().unwrap());
    let shown = dir.run("demo").done();
    for stage in [
        "draft",
        "asked",
        "agreed",
        "in progress",
        "delivered",
        "closed",
    ] {
        assert!(shown.stdout.contains(stage), "{stage}: {}", shown.stdout);
    }
    assert!(
        shown.stdout.contains("Remove it with: rm -r "),
        "{shown:#?}"
    );
    let folder = std::fs::read_dir(&tmp)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let place = folder.to_str().unwrap();
    let briefs = dir.run(&format!("--dir {place} list --json")).done().json();
    let briefs = briefs["briefs"].as_array().unwrap();
    assert_eq!(briefs.len(), 9);
    for brief in briefs {
        let id = brief["id"].as_str().unwrap();
        let shown = dir
            .run(&format!("--dir {place} show {id} --json"))
            .done()
            .json();
        assert_eq!(shown["notes"], serde_json::json!([]), "{id}");
    }
    // The real sign-offs hold; one brief was changed after the yes.
    let amended: Vec<_> = briefs
        .iter()
        .filter(|b| b["amended"] != serde_json::json!([]))
        .map(|b| b["title"].as_str().unwrap())
        .collect();
    assert_eq!(amended, ["Monthly downtime report"]);
    assert!(
        dir.run("list").done().stdout.contains("No briefs"),
        "the project is untouched"
    );
}

#[test]
fn the_demo_never_fills_a_folder_in_use() {
    let dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml").done();
    let refused = dir.run("demo --dir .askfirst").failed(1);
    assert!(refused.stderr.contains("in use"), "{refused:#?}");
    dir.run("demo --dir fresh").done();
}

#[cfg(unix)]
#[test]
fn a_linked_project_folder_is_used_only_when_it_is_named() {
    let dir = TestDir::bare();
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml --dir real").done();
    std::os::unix::fs::symlink("real", dir.path(".askfirst")).unwrap();
    let refused = dir.run("list").failed(1);
    assert!(
        refused.stderr.contains("is a link") && refused.stderr.contains("hint: if you trust it"),
        "{refused:#?}"
    );
    assert!(
        dir.run("list --dir .askfirst")
            .done()
            .stdout
            .contains("what-my")
    );
}

/// The administrator may write anywhere, so there is nothing to see for one.
#[cfg(unix)]
#[test]
fn a_folder_that_takes_nothing_is_told_in_plain_words() {
    use std::os::unix::fs::PermissionsExt;
    let dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml").done();
    let folder = dir.path(".askfirst");
    let allow = |mode| {
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(0o555);
    if std::fs::File::create(folder.join("probe")).is_ok() {
        return;
    }
    let shown = dir.run("show analysts");
    let refused = dir.run("share analysts");
    allow(0o755);
    shown.done();
    let refused = refused.failed(1);
    assert!(
        refused.stderr.contains("it is not allowed\n")
            && refused
                .stderr
                .contains("hint: the message is not recorded as sent"),
        "{refused:#?}"
    );
}

#[test]
fn the_demo_has_something_due_stale_and_put_off_on_every_day_of_the_week() {
    for day in 2..=8 {
        let mut dir = TestDir::new();
        dir.at(&format!("2026-02-{day:02}T08:00:00+01:00"));
        dir.run("--dir demo demo").done();
        let list = dir.run("--dir demo list --json").done().json();
        let briefs = list["briefs"].as_array().unwrap();
        let count = |state: &str| briefs.iter().filter(|b| b["due"]["state"] == state).count();
        assert!(count("due") >= 2, "day {day}: {list}");
        assert!(count("stale") >= 1, "day {day}: {list}");
        let put_off = briefs.iter().filter(|b| b["snoozed"].is_string());
        assert_eq!(put_off.count(), 1, "day {day}");
        let log = dir.run("--dir demo log handbook").done().stdout;
        assert!(log.contains("missed") && log.contains("check-in"), "{log}");
    }
}
