//! The documents say what the program does now.
//!
//! Generated parts are written again by `ASKFIRST_UPDATE_DOCS=1 cargo test docs`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use askfirst::domain::cadence::Cadence;
use askfirst::domain::work_time::WorkTime;
use askfirst::domain::{EventKind, Stage};
use askfirst::tui::command::Command;
use askfirst::tui::keymap::{Context, TABLE};

use crate::support::screen::Screen;
use crate::support::{SUPERREPORT, TestDir, code_in};

/// Writes what is generated instead of comparing it.
const UPDATE: &str = "ASKFIRST_UPDATE_DOCS";

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(file(name)).unwrap_or_default()
}

/// Whether what is generated is to be written.
pub fn updating() -> bool {
    std::env::var_os(UPDATE).is_some()
}

/// Writes a picture, which should load fast.
#[track_caller]
pub fn write_picture(name: &str, bytes: &[u8]) {
    assert!(bytes.len() < 150_000, "{name} has {} bytes", bytes.len());
    askfirst::storage::write_atomically(&file(name), bytes).unwrap();
}

/// Checks that a file of the repository holds exactly this text.
#[track_caller]
pub fn current(name: &str, fresh: &str) {
    if updating() {
        askfirst::storage::write_atomically(&file(name), fresh.as_bytes()).unwrap();
    }
    assert!(
        read(name) == fresh,
        "{name} is not what the program makes now; if that is right: {UPDATE}=1 cargo test, \
         and look at the difference"
    );
}

/// A part of the README between `<!-- name -->` and `<!-- /name -->`.
#[track_caller]
pub fn part(name: &str) -> String {
    split(&read("README.md"), name).1
}

#[track_caller]
fn split(text: &str, name: &str) -> (String, String, String) {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text
        .split_once(&open)
        .unwrap_or_else(|| panic!("the README has no {open}"));
    let (inside, after) = rest
        .split_once(&close)
        .unwrap_or_else(|| panic!("the README has no {close}"));
    (
        format!("{before}{open}"),
        inside.to_owned(),
        format!("{close}{after}"),
    )
}

#[track_caller]
pub fn current_part(name: &str, fresh: &str) {
    // Two parts may be written at the same time.
    static README: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _one = README.lock();
    let (before, _, after) = split(&read("README.md"), name);
    current("README.md", &format!("{before}\n{fresh}\n{after}"));
}

/// The text of the first fenced block in a part.
#[track_caller]
pub fn fenced(part: &str) -> String {
    let inside = part.split("```").nth(1).expect("a fenced block");
    let (_, text) = inside.split_once('\n').expect("a line after the fence");
    text.to_owned()
}

#[test]
fn the_keys_are_those_of_the_program() {
    let mut contexts: Vec<Context> = Vec::new();
    for binding in TABLE {
        if !contexts.contains(&binding.context) {
            contexts.push(binding.context);
        }
    }
    let mut table = "| where | keys |\n|---|---|\n".to_owned();
    for context in contexts {
        let mut cells: Vec<String> = Vec::new();
        for binding in TABLE.iter().filter(|b| b.context == context) {
            let keys: Vec<String> = match binding.command {
                Command::Pick(1) => vec!["`1` to `9`".to_owned()],
                Command::Pick(_) => continue,
                _ => binding
                    .keys
                    .iter()
                    .map(|key| format!("`{}`", key.label()))
                    .collect(),
            };
            cells.push(format!("{} {}", keys.join(" "), binding.command.label()));
        }
        let _ = writeln!(table, "| {} | {} |", context.title(), cells.join(" · "));
    }
    current_part("keys", table.trim_end());
}

#[test]
fn the_command_line_is_that_of_the_program() {
    let mut root = askfirst::cli::command();
    root.build();
    let mut table = "| command | does |\n|---|---|\n".to_owned();
    let mut row = |command: &clap::Command| {
        let usage = command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ").replace('|', "\\|");
        // The global options are told below the table.
        let usage = usage.lines().next().unwrap_or_default().to_owned();
        let about = command.get_about().map(ToString::to_string);
        let _ = writeln!(table, "| `{usage}` | {} |", about.unwrap_or_default());
    };
    for command in root.get_subcommands() {
        row(command);
    }
    current_part("commands", table.trim_end());
}

#[test]
fn the_message_is_what_the_program_writes() {
    let dir = TestDir::new();
    dir.run_with("new --from -", SUPERREPORT).done();
    let message = dir.run("share analysts --preview").done().stdout;
    current_part("message", &format!("```text\n{}\n```", message.trim_end()));
}

#[test]
fn the_commands_of_the_story_do_what_is_said() {
    let story = fenced(&part("story"));
    let dir = TestDir::new();
    std::fs::create_dir(dir.path("docs")).unwrap();
    dir.write("docs/superreport.toml", SUPERREPORT);
    std::fs::remove_dir(dir.path(".askfirst")).unwrap();
    let mut code = String::new();
    for line in story.lines() {
        let (command, says) = line.split_once('#').unwrap_or((line, ""));
        let command = command.trim().strip_prefix("askfirst ").expect(line);
        let output = dir.run(&command.replace("CODE", &code));
        if says.contains("not yet") {
            output.failed(1);
            continue;
        }
        let output = output.done();
        if command.starts_with("share") {
            code = code_in(&output.stdout);
        }
        if command.starts_with("verify") {
            assert!(output.stdout.contains("exact"), "{output:#?}");
        }
    }
    let briefs = dir.run("list --json").done().json();
    assert_eq!(briefs["briefs"][0]["stage"], "in-progress");
}

/// Types the walk of the README. `look` sees each screen before it is answered
/// and after each piece of the answer: what the row begins with, and the piece.
#[track_caller]
pub fn walk(screen: &mut Screen, mut look: impl FnMut(&mut Screen, &str, &str)) {
    for row in part("walk").lines().filter(|l| l.starts_with("| ")).skip(1) {
        let cells: Vec<&str> = row.trim_matches(['|', ' ']).split(" | ").collect();
        let [shown, typed] = cells[..] else {
            panic!("not two cells: {row}")
        };
        screen.must_show(shown);
        look(screen, shown, "");
        // Keys stand in backticks, all else is typed.
        for (at, piece) in typed.split('`').enumerate() {
            let piece = piece.trim();
            if piece.is_empty() {
                continue;
            }
            if at % 2 == 1 {
                screen.keys(&key(piece));
            } else if piece.contains("CODE") {
                let code = screen.copied_code();
                screen.type_text(&piece.replace("CODE", &code));
            } else {
                screen.type_text(piece);
            }
            look(screen, shown, piece);
        }
    }
}

/// The label of a key in the language of [`Screen::keys`].
fn key(label: &str) -> String {
    let known = TABLE
        .iter()
        .flat_map(|binding| binding.keys)
        .any(|key| key.label() == label);
    assert!(known, "there is no key {label}");
    if label.chars().count() == 1 {
        label.to_owned()
    } else {
        format!("<{}>", label.to_lowercase())
    }
}

#[test]
fn the_keys_of_the_story_lead_to_a_signed_brief() {
    let mut screen = Screen::new(80, 24);
    walk(&mut screen, |_, _, _| {});
    let brief = screen.brief();
    assert_eq!(brief.stage, Stage::Agreed, "{}", screen.text());
    assert_eq!(brief.needs.len(), 4);
    assert!(brief.needs[0].text.starts_with("Types of work"));
    let said = format!("{} keys", screen.control_keys);
    assert!(
        read("README.md").replace('\n', " ").contains(&said),
        "the README does not say {said}"
    );
}

#[test]
fn the_brief_in_the_readme_is_read_without_a_complaint() {
    let text = fenced(&part("example"));
    let dir = TestDir::new();
    dir.run_with("new --from -", text.as_str()).done();
    let shown = dir.run("show monthly --json").done().json();
    assert_eq!(shown["notes"], serde_json::json!([]));
    assert_eq!(shown["brief"]["needs"].as_array().unwrap().len(), 2);
}

#[test]
fn every_key_of_a_brief_is_in_the_readme() {
    // The settings are read by the same reader.
    let table = part("format") + &part("work");
    let mut keys = std::collections::BTreeSet::new();
    for entry in std::fs::read_dir(file("src/storage/format")).unwrap() {
        let path = entry.unwrap().path();
        // The folder has a second reader of the same keys.
        if path.is_dir() || path.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        // The reader asks for a key of a table: r.text(t, "reach").
        for table in ["(root, \"", "(t, \"", "(table, \"", ", t, \""] {
            for rest in text.split(table).skip(1) {
                keys.extend(rest.split_once('"').map(|(key, _)| key.to_owned()));
            }
        }
    }
    assert!(keys.len() > 50, "the reader asks otherwise now: {keys:?}");
    keys.retain(|key| {
        let told = [
            format!("`{key}`"),
            format!("`[{key}]`"),
            format!("`[[{key}]]`"),
            format!("`[{key}."),
            format!("\n{key} = "),
            format!("\n[{key}]"),
        ];
        !told.iter().any(|told| table.contains(told))
    });
    assert!(keys.is_empty(), "the README does not tell of {keys:?}");
}

#[test]
fn every_kind_of_event_is_in_the_readme() {
    let table = part("format");
    for kind in EventKind::WORDS {
        assert!(table.contains(&format!("`{kind}`")), "{kind}");
    }
}

#[test]
fn the_settings_in_the_readme_are_read_and_the_usual_ones() {
    let dir = TestDir::new();
    dir.write("config.toml", fenced(&part("work")));
    let read = askfirst::storage::read_settings(&dir.path("config.toml")).unwrap();
    assert_eq!(read.name, "Ana Lima");
    let usual = WorkTime::default();
    let (days, from, to) = (read.work.days, read.work.from, read.work.to);
    assert_eq!((days, from, to), (usual.days, usual.from, usual.to));
    assert_eq!(read.work.holidays.len(), 2);
    assert_eq!(read.work.quiet.len(), 1);
}

#[test]
fn every_cadence_in_the_readme_is_understood() {
    let readme = read("README.md");
    let (_, table) = readme
        .split_once("| cadence of a brief | asks |\n")
        .unwrap();
    let rows = table.lines().skip(1).take_while(|l| l.starts_with('|'));
    let mut seen = 0;
    for row in rows {
        let first = row.trim_matches('|').split('|').next().unwrap();
        for typed in first.split('`').skip(1).step_by(2) {
            Cadence::parse(typed).unwrap_or_else(|why| panic!("{typed}: {why}"));
            seen += 1;
        }
    }
    assert!(seen > 6, "{seen}");
}

#[test]
fn the_rust_that_is_needed_is_that_of_the_package() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    assert!(read("README.md").contains(&format!(") {version} or newer")));
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    for name in [
        "README.md",
        "CHANGELOG.md",
        "docs/json.md",
        "docs/performance.md",
        "docs/trust.md",
        "SECURITY.md",
        "fuzz/README.md",
        "prompts/README.md",
    ] {
        let text = read(name);
        assert!(!text.is_empty(), "{name} is empty");
        let links = text
            .split("](")
            .chain(text.split("src=\""))
            .skip(1)
            .filter_map(|rest| rest.split([')', '"', '#']).next());
        for link in links.filter(|l| l.contains(['.', '/']) && !l.contains([' ', ':'])) {
            let folder = file(name).parent().unwrap().to_owned();
            assert!(folder.join(link).exists(), "{name} links to {link}");
        }
    }
}
