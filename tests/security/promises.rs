//! Each promise of SECURITY.md names the tests that hold it.

use std::collections::BTreeSet;
use std::path::Path;

/// The names of all functions under a folder that are tests.
fn tests_in(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests_in(&path, names);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            for after in text.split("#[test]").skip(1) {
                let name = after
                    .split_once("fn ")
                    .and_then(|(_, rest)| rest.split_once('('));
                names.extend(name.map(|(name, _)| name.trim().to_owned()));
            }
        }
    }
}

fn root(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn all_tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    tests_in(&root("src"), &mut names);
    tests_in(&root("tests"), &mut names);
    assert!(names.len() > 500, "{}", names.len());
    names
}

/// The entries of the lists behind a heading, each as one line.
fn entries(text: &str, heading: &str) -> Vec<String> {
    let (_, part) = text.split_once(heading).unwrap();
    let part = part.split("\n## ").next().unwrap();
    let mut entries: Vec<String> = Vec::new();
    for line in part.lines() {
        match (line.strip_prefix("- "), entries.last_mut()) {
            (Some(begun), _) => entries.push(begun.to_owned()),
            (None, Some(last)) if line.starts_with("  ") => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => {}
        }
    }
    entries
}

/// What could be the name of a test in a text: words between backticks.
fn names(text: &str) -> Vec<&str> {
    let quoted = text.split('`').skip(1).step_by(2);
    let is_name = |name: &&str| {
        name.matches('_').count() > 1
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    quoted.filter(is_name).collect()
}

#[test]
fn each_promise_names_a_test_that_is_there() {
    let text = std::fs::read_to_string(root("SECURITY.md")).unwrap();
    let promises = entries(&text, "\n## Promises\n");
    assert!(promises.len() > 20, "{}", promises.len());
    let tests = all_tests();
    for promise in &promises {
        let named = names(promise);
        assert!(!named.is_empty(), "no test is named: {promise}");
        for name in named {
            assert!(tests.contains(name), "there is no test {name}: {promise}");
        }
    }
}

#[test]
fn the_documents_name_tests_that_are_there() {
    let figures = std::fs::read_to_string(root("docs/trust.md")).unwrap();
    let tried = crate::docs::part("tried");
    assert!(names(&tried).len() > 20, "{tried}");
    let tests = all_tests();
    for name in names(&figures).into_iter().chain(names(&tried)) {
        assert!(tests.contains(name), "there is no test {name}");
    }
}
