//! The checks of the fuzz targets over the kept corpus, without a fuzzer.

use std::path::{Path, PathBuf};

#[allow(dead_code, reason = "each fuzz target has its own check")]
#[path = "../fuzz/checks/mod.rs"]
mod checks;

/// Every file of a folder, and how many there are. Of a file that fails it is
/// said which it is.
#[track_caller]
fn over(folder: &str, check: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    assert!(files.len() >= 5, "{} is a small corpus", folder.display());
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let passed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&bytes)));
        assert!(passed.is_ok(), "the check failed on {}", file.display());
    }
}

#[test]
fn the_corpus_of_briefs_passes() {
    over("fuzz/corpus/brief", checks::brief::check_all);
    over("tests/fixtures/mangled", checks::brief::check_all);
}

#[test]
fn the_corpus_of_checklists_passes() {
    over("fuzz/corpus/checklist", checks::checklist::check_all);
    over("prompts", checks::checklist::check_all);
}

#[test]
fn the_corpus_of_settings_passes() {
    over("fuzz/corpus/config", checks::config::check);
}

#[test]
fn the_corpus_of_messages_passes() {
    over("fuzz/corpus/message", checks::message::check);
}

#[test]
fn the_corpus_of_replies_passes() {
    over("fuzz/corpus/reply", checks::reply::check);
    over("tests/replies", checks::reply::check);
}
