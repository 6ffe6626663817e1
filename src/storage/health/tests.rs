use std::path::Path;

use super::*;
use crate::domain::Brief;
use crate::storage::{Store, write_atomically};

const REPORT: &str = include_str!("../../../docs/superreport.toml");

fn now() -> Moment {
    Moment::parse_from_rfc3339("2026-02-05T09:00:00+01:00").unwrap()
}

fn put(folder: &Folder, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    write_atomically(&path, text.as_bytes()).unwrap();
    path
}

fn folder() -> (tempfile::TempDir, Folder) {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path());
    (dir, folder)
}

/// Everything that is wrong, as kind and file.
fn all(folder: &Folder) -> Vec<(&'static str, String)> {
    let found = folder.findings(Sharing::Team, now()).unwrap();
    found
        .into_iter()
        .map(|finding| (finding.trouble.word(), finding.file))
        .collect()
}

fn only(folder: &Folder) -> Finding {
    let mut found = folder.findings(Sharing::Team, now()).unwrap();
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

fn backup(folder: &Folder) -> Backup {
    Backup::of(folder, "now")
}

#[test]
fn nothing_is_wrong_with_good_briefs_and_with_no_folder() {
    let (dir, folder) = folder();
    put(&folder, "one.toml", REPORT);
    put(&folder, "goals.toml", "");
    put(&folder, "README.md", "<<<<<<< a\n=======\n>>>>>>> b\n");
    assert_eq!(all(&folder), []);
    assert_eq!(all(&Folder::at(dir.path().join("none"))), []);
}

#[test]
fn every_kind_of_trouble_is_found() {
    let (_dir, folder) = folder();
    put(&folder, "broken.toml", "title = x\n");
    put(&folder, "newer.toml", "format = 99\ntitle = \"a\"\n");
    put(&folder, "No Id.toml", "title = \"a\"\n");
    put(&folder, "other.toml", "id = \"one\"\ntitle = \"a\"\n");
    put(&folder, ".askfirst-x1.tmp", "half");
    put(&folder, "goals.toml", "goal = 1");
    put(
        &folder,
        "marked.toml",
        "title = \"\"\"\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n\"\"\"\n",
    );
    let found = all(&folder);
    let expected = [
        ("leftover", ".askfirst-x1.tmp"),
        ("id", "No Id.toml"),
        ("broken", "broken.toml"),
        ("broken", "goals.toml"),
        ("conflict-markers", "marked.toml"),
        ("newer-format", "newer.toml"),
        ("id", "other.toml"),
    ];
    assert_eq!(found, expected.map(|(kind, file)| (kind, file.to_owned())));
}

#[test]
fn what_was_left_behind_goes_to_the_backup_as_it_is() {
    let (_dir, folder) = folder();
    put(&folder, ".askfirst-x1.tmp", "half");
    let found = only(&folder);
    folder.mend(&found, &backup(&folder)).unwrap();
    assert_eq!(all(&folder), []);
    let kept = backup(&folder).path().join(".askfirst-x1.tmp");
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "half");
    let ignored = folder.path().join(".askfirst-backup/.gitignore");
    assert_eq!(std::fs::read_to_string(ignored).unwrap(), "*\n");
}

#[test]
fn two_versions_that_git_left_are_merged_by_meaning_and_the_file_is_kept() {
    let (_dir, folder) = folder();
    let text = REPORT.replace(
        "need_by = 2026-02-19\n",
        "<<<<<<< ours\nneed_by = 2026-02-19\n||||||| base\n=======\nneed_by = 2026-03-09\n>>>>>>> theirs\n",
    );
    assert_ne!(text, REPORT);
    let path = put(&folder, "one.toml", &text);
    let found = only(&folder);
    assert_eq!(found.trouble, Trouble::Markers);
    folder.mend(&found, &backup(&folder)).unwrap();
    let mended = std::fs::read_to_string(&path).unwrap();
    assert!(mended.contains("2026-02-19") && mended.contains("2026-03-09"));
    assert!(!mended.contains("<<<<<<<"), "{mended}");
    assert_eq!(all(&folder), [("undecided", "one.toml".to_owned())]);
    let kept = backup(&folder).path().join("one.toml");
    assert_eq!(std::fs::read_to_string(kept).unwrap(), text);
}

#[test]
fn versions_that_are_no_briefs_are_left_alone() {
    let (_dir, folder) = folder();
    put(
        &folder,
        "one.toml",
        "<<<<<<< a\ntitle = x\n=======\ntitle = 1\n>>>>>>> b\n",
    );
    let found = only(&folder);
    assert_eq!((found.trouble, &found.repair), (Trouble::Markers, &None));
    assert!(found.hint.contains("choose one"), "{found:?}");
}

#[test]
fn a_copy_gets_the_id_of_its_file_and_keeps_the_rest() {
    let (_dir, folder) = folder();
    put(
        &folder,
        "one.toml",
        &format!("id = \"other\" # mine\n{REPORT}"),
    );
    let found = only(&folder);
    folder.mend(&found, &backup(&folder)).unwrap();
    assert_eq!(all(&folder), []);
    let text = std::fs::read_to_string(folder.path().join("one.toml")).unwrap();
    assert_eq!(text, format!("id = \"one\"\n{REPORT}"));
}

#[test]
fn a_file_that_changed_since_is_not_mended() {
    let (_dir, folder) = folder();
    let path = put(&folder, "one.toml", &format!("id = \"other\"\n{REPORT}"));
    let found = only(&folder);
    put(&folder, "one.toml", REPORT);
    let refused = folder.mend(&found, &backup(&folder)).unwrap_err();
    assert!(matches!(refused, NotMended::Changed), "{refused}");
    assert_eq!(std::fs::read_to_string(path).unwrap(), REPORT);
}

#[test]
fn a_yes_whose_text_was_changed_is_found_and_never_mended() {
    let (_dir, folder) = folder();
    let store: &dyn Store = &folder;
    let brief: Brief = crate::storage::import("s.toml", REPORT, 7, now()).unwrap();
    let base = store.create(&brief).unwrap();
    let mut signed = brief.clone();
    let dana = signed.customers[0].id.clone();
    let kind = crate::domain::EventKind::Signed;
    let event = crate::domain::Event {
        by: Some(dana),
        code: crate::domain::Agreement::of(&brief).code().to_string(),
        agreed: crate::domain::Agreement::of(&brief).text(),
        ..crate::domain::Event::new("e1", kind, now())
    };
    signed.events.push(event);
    store.save(&base, &signed).unwrap();
    assert_eq!(all(&folder), []);
    let path = folder.file(&brief.id);
    let text = std::fs::read_to_string(&path).unwrap();
    let forged = text.replace("appetite: 3 days", "appetite: 3 weeks");
    assert_ne!(forged, text);
    write_atomically(&path, forged.as_bytes()).unwrap();
    let found = only(&folder);
    assert_eq!((found.trouble, &found.repair), (Trouble::SignOff, &None));
    assert!(found.what.contains("does not match its code"), "{found:?}");
}

#[cfg(unix)]
#[test]
fn rights_that_others_should_not_have_are_taken_away() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_dir, folder) = folder();
    let path = put(&folder, "one.toml", REPORT);
    let set = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    set(&path, 0o666);
    let team = only(&folder);
    assert!(team.what.contains("anybody"), "{team:?}");
    folder.mend(&team, &backup(&folder)).unwrap();
    assert_eq!(mode(&path), 0o664);
    set(folder.path(), 0o755);
    let mine = folder.findings(Sharing::Private, now()).unwrap();
    assert_eq!(mine.len(), 2, "{mine:#?}");
    for found in &mine {
        folder.mend(found, &backup(&folder)).unwrap();
    }
    assert_eq!((mode(&path), mode(folder.path())), (0o600, 0o700));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_neither_by_a_look_nor_by_a_repair() {
    let (_dir, folder) = folder();
    let outside = tempfile::tempdir().unwrap();
    let target = outside.path().join("precious");
    write_atomically(&target, format!("id = \"other\"\n{REPORT}").as_bytes()).unwrap();
    let before = std::fs::read(&target).unwrap();
    for name in ["one.toml", ".askfirst-a.tmp", "goals.toml"] {
        std::os::unix::fs::symlink(&target, folder.path().join(name)).unwrap();
    }
    for found in folder.findings(Sharing::Private, now()).unwrap() {
        if found.file != "." {
            assert_eq!(found.repair, None, "{found:?}");
        }
    }
    // Nor is a backup made behind one.
    put(&folder, ".askfirst-b.tmp", "half");
    std::os::unix::fs::symlink(outside.path(), folder.path().join(".askfirst-backup")).unwrap();
    let found = folder.findings(Sharing::Team, now()).unwrap();
    let found = found.iter().find(|f| f.file == ".askfirst-b.tmp").unwrap();
    assert!(folder.mend(found, &backup(&folder)).is_err());
    assert!(folder.path().join(".askfirst-b.tmp").exists());
    assert_eq!(std::fs::read(&target).unwrap(), before);
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 1);
}
