//! Hand-mangled briefs, and what the program says of each.

use std::fmt::Write as _;
use std::path::Path;

use askfirst::storage::{Entry, Folder, Store};

#[test]
fn every_mangled_brief_gets_a_clear_answer() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mangled");
    let files = std::fs::read_dir(&fixtures).expect("the fixtures").count();
    let entries = Folder::at(&fixtures).list().expect("it can be listed");
    assert_eq!(entries.len(), files);

    let mut said = String::new();
    for entry in entries {
        match entry {
            Entry::Brief(loaded) => {
                let _ = writeln!(said, "== {}.toml: can be read", loaded.brief.id);
                if let Some(why) = loaded.read_only {
                    let _ = writeln!(said, "read-only: {why}");
                }
                for note in loaded.notes {
                    let _ = writeln!(said, "note: {note}");
                }
            }
            Entry::Broken(broken) => {
                let _ = writeln!(said, "== {}: {}", broken.file, broken.summary);
                if !broken.picture.is_empty() {
                    let _ = writeln!(said, "{}", broken.picture);
                }
                let _ = writeln!(said, "hint: {}", broken.hint);
                assert!(!broken.hint.is_empty(), "{} has no hint", broken.file);
                assert!(broken.picture.len() < 2000, "{} is long", broken.file);
            }
        }
        said.push('\n');
    }
    insta::assert_snapshot!(said);
}

#[test]
fn reading_and_asking_never_write() {
    let root = tempfile::tempdir().expect("a folder");
    let before = "title = “oops\n";
    std::fs::File::create(root.path().join("a.toml"))
        .and_then(|mut file| std::io::Write::write_all(&mut file, before.as_bytes()))
        .expect("a file");
    let folder = Folder::at(root.path());
    let entries = folder.list().expect("it can be listed");
    assert!(matches!(entries.as_slice(), [Entry::Broken(_)]));
    let id = folder.find("a").expect("a broken file is found too");
    assert!(folder.load(&id).is_err());
    let after = std::fs::read_to_string(root.path().join("a.toml")).expect("it is there");
    assert_eq!(after, before);
}
