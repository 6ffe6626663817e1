use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use super::*;
use crate::checklist::{Catalogue, DEFAULT, Source};

fn put(folder: &Path, name: &str, text: &[u8]) -> PathBuf {
    let path = folder.join(name);
    let mut file = fs::File::create(&path).unwrap();
    file.write_all(text).unwrap();
    path
}

fn all(catalogue: &Catalogue) -> Vec<String> {
    catalogue.all().map(|(c, _)| c.id.clone()).collect()
}

#[test]
fn every_built_in_checklist_is_valid_and_the_default_is_the_first() {
    let catalogue = Catalogue::built_in();
    assert_eq!(catalogue.invalid(), []);
    assert_eq!(
        all(&catalogue),
        ["request", "quick", "fix", "report", "recurring", "check-in"]
    );
    assert_eq!(all(&catalogue)[0], DEFAULT);
    for id in all(&catalogue) {
        let text = Catalogue::built_in_text(&id).expect("it can be ejected");
        assert!(parse(Path::new(&format!("{id}.toml")), text).is_ok());
    }
    assert_eq!(Catalogue::built_in_text("../request"), None);
}

#[test]
fn the_first_folder_wins_then_the_second_then_the_binary() {
    let (team, mine) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let titled = |title: &str| BASE.replace("Small", title).into_bytes();
    put(team.path(), "quick.toml", &titled("Team"));
    put(mine.path(), "quick.toml", &titled("Mine"));
    put(mine.path(), "zebra.toml", &titled("Zebra"));
    put(mine.path(), "ant.toml", &titled("Ant"));
    put(mine.path(), "notes.txt", b"not a checklist");
    let catalogue = Catalogue::load(&[team.path(), mine.path(), Path::new("/not/there")]);
    assert_eq!(catalogue.invalid(), []);
    assert_eq!(catalogue.get("quick").unwrap().title, "Team");
    assert_eq!(
        all(&catalogue),
        [
            "request",
            "quick",
            "fix",
            "report",
            "recurring",
            "check-in",
            "ant",
            "zebra"
        ]
    );
    let quick = catalogue.all().find(|(c, _)| c.id == "quick").unwrap();
    assert_eq!(quick.1, &Source::File(team.path().join("quick.toml")));
}

#[test]
fn a_broken_file_is_reported_and_the_others_still_work() {
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "quick.toml", b"title = ");
    put(folder.path(), "good.toml", BASE.as_bytes());
    let catalogue = Catalogue::load(&[folder.path()]);
    assert_eq!(catalogue.invalid().len(), 1);
    assert_eq!(catalogue.invalid()[0].path, path);
    assert!(catalogue.get("good").is_some());
    assert_eq!(catalogue.get("quick").unwrap().title, "A quick one");
}

#[test]
fn what_is_no_ordinary_file_is_named_and_never_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("folder.toml")).unwrap();
    put(
        folder.path(),
        "latin.toml",
        b"title = \"x\"\nabout = \"\xff\"\n",
    );
    let large = put(folder.path(), "large.toml", b"");
    fs::OpenOptions::new()
        .write(true)
        .open(large)
        .unwrap()
        .set_len(100 << 20)
        .unwrap();
    let catalogue = Catalogue::load(&[folder.path()]);
    let shown: Vec<String> = catalogue
        .invalid()
        .iter()
        .flat_map(|i| i.problems.clone())
        .collect();
    assert_eq!(shown.len(), 3, "{shown:#?}");
    assert!(shown[0].ends_with("folder.toml: it is a folder, not a file"));
    assert!(shown[1].contains("the file has 100 MiB, a checklist has at most 2 MiB"));
    assert!(shown[2].contains("line 2 is not valid UTF-8"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_in_the_users_own_folder_only() {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let target = put(elsewhere.path(), "mine.toml", BASE.as_bytes());
    symlink(&target, folder.path().join("linked.toml")).unwrap();
    symlink("/not/there", folder.path().join("dangling.toml")).unwrap();
    symlink("/dev/zero", folder.path().join("endless.toml")).unwrap();
    symlink("round.toml", folder.path().join("round.toml")).unwrap();

    let shared = Catalogue::load(&[folder.path()]);
    assert!(shared.get("linked").is_none());
    assert_eq!(shared.invalid().len(), 4);
    for invalid in shared.invalid() {
        assert!(invalid.problems[0].contains("links in a shared folder are not followed"));
    }
    let own = Catalogue::load_from(&[], &[folder.path()]);
    assert!(own.get("linked").is_some());
    let shown: Vec<_> = own.invalid().iter().map(|i| &i.problems[0]).collect();
    assert_eq!(shown.len(), 3, "{shown:?}");
    assert!(shown[0].contains("leads nowhere"));
    assert!(shown[1].contains("no regular file"));
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_folder_does_not_make_the_program_wait() {
    let folder = tempfile::tempdir().unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path().join("pipe.toml"))
        .status();
    if !made.is_ok_and(|s| s.success()) {
        return;
    }
    let catalogue = Catalogue::load(&[folder.path()]);
    assert!(catalogue.invalid()[0].problems[0].contains("no regular file"));
}

#[test]
fn a_folder_that_is_a_file_is_reported_and_not_taken_for_empty() {
    let folder = tempfile::tempdir().unwrap();
    let file = put(folder.path(), "prompts", b"");
    let catalogue = Catalogue::load(&[&file]);
    assert!(catalogue.invalid()[0].problems[0].contains("could not read the folder"));
    assert_eq!(catalogue.all().count(), 6);
}
