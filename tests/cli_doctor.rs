//! `doctor`: what is wrong with a folder is found, and mended only when asked.

use crate::support::{SUPERREPORT, TestDir};

/// A folder with something of everything in it.
fn ailing() -> TestDir {
    let dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml").done();
    dir.write(".askfirst/broken.toml", "title = Kinds of work\n");
    dir.write(
        ".askfirst/copy.toml",
        format!("id = \"first\"\n{SUPERREPORT}"),
    );
    dir.write(".askfirst/.askfirst-x7.tmp", "half of a bri");
    let marked = SUPERREPORT.replace(
        "appetite = \"3 days\"\n",
        "<<<<<<< HEAD\nappetite = \"3 days\"\n=======\nappetite = \"5 days\"\n>>>>>>> raj\n",
    );
    assert_ne!(marked, SUPERREPORT);
    dir.write(".askfirst/marked.toml", marked);
    dir
}

fn files(dir: &TestDir) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(dir.path(".askfirst"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_good_folder_is_said_to_be_one() {
    let dir = TestDir::new();
    dir.run_with("new --from -", SUPERREPORT).done();
    let good = dir.run("doctor").done().stdout;
    assert!(good.starts_with("Nothing is wrong with "), "{good}");
    let json = dir.run("doctor --json").done().json();
    assert_eq!(json["problems"].as_array().unwrap().len(), 0);
    assert_eq!(json["left"], 0);
}

#[test]
fn what_is_wrong_is_told_and_nothing_is_changed() {
    let dir = ailing();
    let before = files(&dir);
    let told = dir.run("doctor").failed(1).stdout;
    for part in [
        "broken.toml: line 1",
        "copy.toml: it says that its id is first",
        ".askfirst-x7.tmp: 13 bytes",
        "marked.toml:",
        "git left two versions in it",
        "4 problems in ",
        "To mend what can be: askfirst doctor --fix",
    ] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
    assert_eq!(files(&dir), before);
    // Nobody answers: nothing is done.
    dir.run("doctor --fix").failed(1);
    assert_eq!(files(&dir), before);
    dir.run_with("doctor --fix", "\nno\n\n").failed(1);
    assert_eq!(files(&dir), before);
}

#[test]
fn a_repair_is_shown_asked_for_and_the_original_kept() {
    let dir = ailing();
    let original = dir.read(".askfirst/copy.toml");
    // The leftover, not the copy, and the two versions.
    let mended = dir.run_with("doctor --fix", "y\nn\nyes\n").failed(1);
    let told = &mended.stdout;
    assert!(
        told.contains("repair: put the file into the backup"),
        "{told}"
    );
    assert!(told.contains("+ id = \"copy\""), "{told}");
    assert!(told.contains("2 problems mended, 2 left"), "{told}");
    assert!(mended.stderr.contains("Do it? [y/N]"), "{mended:?}");
    assert_eq!(dir.read(".askfirst/copy.toml"), original);
    let backup = ".askfirst/.askfirst-backup/2026-02-05-090000";
    assert_eq!(
        dir.read(&format!("{backup}/.askfirst-x7.tmp")),
        "half of a bri"
    );
    assert!(
        dir.read(&format!("{backup}/marked.toml"))
            .contains("<<<<<<< HEAD")
    );
    let shown = dir.run("show marked").done().stdout;
    assert!(
        shown.contains("5 days") && shown.contains("3 days"),
        "{shown}"
    );
}

#[test]
fn a_script_mends_without_being_asked_and_reads_what_was_done() {
    let dir = ailing();
    dir.run("doctor --fix --json").failed(2);
    let json = dir.run("doctor --fix --yes --json").failed(1).json();
    let done: Vec<_> = json["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| {
            (
                p["file"].as_str().unwrap(),
                p["kind"].as_str().unwrap(),
                p["mended"] == true,
            )
        })
        .collect();
    assert_eq!(
        done,
        [
            (".askfirst-x7.tmp", "leftover", true),
            ("broken.toml", "broken", false),
            ("copy.toml", "id", true),
            ("marked.toml", "conflict-markers", true),
        ]
    );
    assert!(
        json["backup"]
            .as_str()
            .unwrap()
            .contains(".askfirst-backup")
    );
    // What nobody understands is as it was; two versions wait for a choice.
    assert_eq!(dir.read(".askfirst/broken.toml"), "title = Kinds of work\n");
    let left = dir.run("doctor").failed(1).stdout;
    assert!(left.contains("askfirst resolve marked"), "{left}");
    assert!(left.contains("2 problems in "), "{left}");
}

#[test]
fn hostile_names_are_shown_harmless_and_not_touched() {
    let dir = TestDir::new();
    let name = ".askfirst/\u{1b}[31m\u{202e}evil.toml";
    dir.write(name, "title = \"a\"\n");
    dir.write(".askfirst/bad\nname.toml", "title = \"a\"\n");
    let told = dir.run("doctor --fix --yes").failed(1);
    assert!(!told.stdout.contains('\u{1b}') && !told.stdout.contains('\u{202e}'));
    assert!(told.stdout.contains("its name is no id"), "{told:?}");
    assert_eq!(dir.read(name), "title = \"a\"\n");
}

#[cfg(unix)]
#[test]
fn a_private_folder_that_others_may_read_is_told_and_closed() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = TestDir::bare();
    dir.run_with("new --from -", SUPERREPORT).done();
    let folder = dir.home().join(".local/share/askfirst");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let told = dir.run("doctor").failed(1).stdout;
    assert!(
        told.contains(".: others on this machine may read it"),
        "{told}"
    );
    dir.run("doctor --fix --yes").done();
    let mode = folder.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700);
    dir.run("doctor").done();
}
