//! The layers hold, and risky things are done in one place each.
//!
//! The sources are read as text: comments and test code are left out, paths
//! that begin with `crate::` or climb to the root with `super::` are followed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What each part of the library may use of the others. The middle modules do
/// not know each other.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("clock", &["domain"]),
    ("chance", &[]),
    ("editor", &[]),
    ("git", &[]),
    ("signature", &["domain"]),
    ("checklist", &["domain"]),
    ("storage", &["domain"]),
    ("export", &["domain"]),
    ("reply", &["domain"]),
    ("remind", &["domain"]),
    (
        "tui",
        &[
            "domain",
            "checklist",
            "storage",
            "export",
            "reply",
            "remind",
            "clock",
            "chance",
            "editor",
            "signature",
        ],
    ),
    (
        "cli",
        &[
            "domain",
            "checklist",
            "storage",
            "export",
            "reply",
            "remind",
            "clock",
            "chance",
            "editor",
            "git",
            "signature",
            "tui",
        ],
    ),
];

/// Files outside `storage` that write to the disk, each with the reason.
const WRITERS: &[(&str, &str)] = &[];

/// What may start other programs, each with what it starts.
const STARTERS: &[(&str, &str)] = &[
    ("editor.rs", "the user's editor"),
    ("git.rs", "git"),
    ("cli/hook.rs", "git, to ask where its hooks are"),
    ("signature/program.rs", "ssh-keygen"),
    (
        "signature/allowed.rs",
        "git, for the user's own configuration",
    ),
    ("cli/remind/machine.rs", "what manages timers"),
];

/// One source file, without comments and test code.
struct Source {
    /// From `src`, with `/`.
    path: String,
    code: String,
}

impl Source {
    /// The part of the library that the file belongs to: `domain`, `cli`, ...
    fn part(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// How many modules lie between the file and the root of the library.
    fn depth(&self) -> usize {
        let names = self.path.split('/').count();
        if self.path.ends_with("/mod.rs") {
            names - 1
        } else {
            names
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All files of the library and the binary that are no test code.
fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    collect(&root(), &mut files);
    let mut tests = BTreeSet::new();
    let mut sources = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let folder = children(&file);
        let code = production(&text, |module| {
            tests.insert(folder.join(format!("{module}.rs")));
            tests.insert(folder.join(module));
        });
        sources.push((file, code));
    }
    sources
        .into_iter()
        .filter(|(file, _)| !file.ancestors().any(|path| tests.contains(path)))
        .map(|(file, code)| Source {
            path: file
                .strip_prefix(root())
                .unwrap()
                .components()
                .map(|c| c.as_os_str().to_string_lossy())
                .collect::<Vec<_>>()
                .join("/"),
            code,
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// Where the files of a module's own modules are.
fn children(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default();
    let folder = file.parent().unwrap_or(file);
    if ["mod", "lib", "main"].iter().any(|name| stem == *name) {
        folder.to_owned()
    } else {
        folder.join(stem)
    }
}

/// The text without comments and `#[cfg(test)]` code; `test_module` is told of
/// test modules that are files. A test module in the file ends the file.
fn production(text: &str, mut test_module: impl FnMut(&str)) -> String {
    let mut code = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let next = lines.next().unwrap_or_default().trim();
            if let Some(module) = next.split("mod ").nth(1).filter(|_| next.ends_with(';')) {
                test_module(module.trim_end_matches(';'));
            } else if next.contains("mod ") {
                break;
            }
            continue;
        }
        let line = match line.find("//") {
            // An address in a string is no comment.
            Some(at) if !line[..at].ends_with(':') => &line[..at],
            _ => line,
        };
        code.push_str(line);
        code.push('\n');
    }
    code
}

/// The parts of the library that a source uses.
fn used(source: &Source) -> BTreeSet<String> {
    let climb = "super::".repeat(source.depth());
    let mut used = BTreeSet::new();
    for start in ["crate::", climb.as_str()] {
        for (at, _) in source.code.match_indices(start) {
            let before = source.code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            used.extend(first_names(&source.code[at + start.len()..]));
        }
    }
    used
}

/// The first name of a path, or the first names of all in braces.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(list) = path.trim_start().strip_prefix('{') else {
        return vec![name(path)];
    };
    let mut names = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(name(&list[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(name(&list[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Where a text stands, as `file:line: the line`.
fn mentions(source: &Source, text: &str) -> Vec<String> {
    source
        .code
        .lines()
        .filter(|line| line.contains(text))
        .map(|line| format!("{}: {}", source.path, line.trim()))
        .collect()
}

#[test]
fn no_layer_is_crossed() {
    let mut crossed = Vec::new();
    for source in sources() {
        let part = source.part().to_owned();
        if part == "main" || part == "lib" {
            continue;
        }
        let Some((_, may)) = MAY_USE.iter().find(|(name, _)| *name == part) else {
            crossed.push(format!("{}: {part} has no place in MAY_USE", source.path));
            continue;
        };
        for name in used(&source) {
            let known = MAY_USE.iter().any(|(part, _)| *part == name);
            if known && name != part && !may.contains(&name.as_str()) {
                crossed.push(format!("{}: {part} uses {name}", source.path));
            }
        }
    }
    assert!(crossed.is_empty(), "{}", crossed.join("\n"));
}

#[test]
fn the_binary_uses_only_the_command_line() {
    let sources = sources();
    let main = sources.iter().find(|s| s.path == "main.rs").unwrap();
    for line in main.code.lines().filter(|line| line.contains("askfirst::")) {
        assert!(line.contains("askfirst::cli"), "{line}");
    }
}

#[test]
fn only_the_clock_reads_the_time() {
    let mut read = Vec::new();
    for source in sources().iter().filter(|s| s.path != "clock.rs") {
        for call in [
            "Local::now",
            "Utc::now",
            "SystemTime::now",
            "Instant::now",
            "SystemTime::",
        ] {
            read.extend(mentions(source, call));
        }
    }
    assert!(read.is_empty(), "{}", read.join("\n"));
}

#[test]
fn only_chance_makes_random_numbers() {
    let mut made = Vec::new();
    for source in sources().iter().filter(|s| s.path != "chance.rs") {
        for call in ["getrandom", "rand::", "RandomState"] {
            made.extend(mentions(source, call));
        }
    }
    assert!(made.is_empty(), "{}", made.join("\n"));
}

#[test]
fn only_the_storage_writes_files() {
    let mut written = Vec::new();
    for source in sources().iter().filter(|s| s.part() != "storage") {
        if WRITERS.iter().any(|(path, _)| *path == source.path) {
            continue;
        }
        for call in [
            "fs::write",
            "fs::rename",
            "fs::copy",
            "fs::remove_",
            "fs::create_dir",
            "fs::set_permissions",
            "File::create",
            "OpenOptions",
            "remove_file",
            ".persist",
        ] {
            written.extend(mentions(source, call));
        }
    }
    assert!(written.is_empty(), "{}", written.join("\n"));
}

#[test]
fn nothing_is_unsafe_and_nothing_panics_on_a_closed_pipe() {
    let mut found = Vec::new();
    for source in &sources() {
        for word in [
            "unsafe ",
            "println!",
            "eprintln!",
            "print!(",
            "eprint!(",
            "dbg!(",
        ] {
            found.extend(mentions(source, word));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let mut wrong = Vec::new();
    for source in &sources() {
        let text = std::fs::read_to_string(root().join(&source.path)).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next();
        let lines = code.unwrap_or_default().lines().count();
        if lines > 500 {
            wrong.push(format!("{}: {lines} lines, split it", source.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_begins_with_what_it_is() {
    for source in &sources() {
        let text = std::fs::read_to_string(root().join(&source.path)).unwrap();
        assert!(text.starts_with("//! "), "{}", source.path);
    }
}

#[test]
fn other_programs_are_started_in_few_places_and_never_by_a_shell() {
    let mut found = Vec::new();
    for source in &sources() {
        for word in ["process::Command", "Command::new("] {
            if !STARTERS.iter().any(|(path, _)| *path == source.path) {
                found.extend(mentions(source, word));
            }
        }
        for shell in ["Command::new(\"sh\")", "\"-c\".", "Command::new(\"bash"] {
            found.extend(mentions(source, shell));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn exceptions_are_still_needed() {
    for (path, what) in STARTERS {
        let found = sources().into_iter().find(|s| s.path == *path);
        let source = found.unwrap_or_else(|| panic!("{path} is gone ({what})"));
        let starts = mentions(&source, "Command::new(");
        assert!(
            !starts.is_empty(),
            "{path} starts nothing any more ({what})"
        );
    }
    for (path, why) in WRITERS {
        let found = sources().into_iter().find(|s| s.path == *path);
        let source = found.unwrap_or_else(|| panic!("{path} is gone ({why})"));
        let writes = [".persist", "fs::create_dir"]
            .iter()
            .any(|call| !mentions(&source, call).is_empty());
        assert!(writes, "{path} writes nothing any more ({why})");
    }
}

#[test]
fn the_reader_of_sources_sees_what_is_used() {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        code: production(text, |_| {}),
    };
    let names = |path: &str, text: &str| {
        used(&source(path, text))
            .into_iter()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        names("export/a.rs", "use crate::storage::Folder;"),
        "storage"
    );
    assert_eq!(
        names(
            "export/a.rs",
            "use crate::{\n    domain::{self, Brief},\n    cli,\n};"
        ),
        "cli domain"
    );
    assert_eq!(
        names("export/a.rs", "let x = crate::clock::now();"),
        "clock"
    );
    assert_eq!(names("export/a.rs", "use super::super::tui::run;"), "tui");
    assert_eq!(names("export/mod.rs", "use super::tui::run;"), "tui");
    assert_eq!(names("export/a.rs", "use super::wrap;"), "");
    assert_eq!(
        names(
            "export/a.rs",
            "// see crate::cli\n#[cfg(test)]\nmod tests {\n use crate::storage; }"
        ),
        ""
    );
}
