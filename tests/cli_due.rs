//! `due`: what is told, and what is remembered between two runs.

use std::path::PathBuf;

use crate::support::{SUPERREPORT, TestDir};

/// What is remembered for the hooks.
fn state(dir: &TestDir) -> PathBuf {
    dir.home().join(".local/state/askfirst/reminders")
}

/// The file of the folder.
fn state_file(dir: &TestDir) -> PathBuf {
    let files = std::fs::read_dir(state(dir)).unwrap();
    let mut files = files.map(|entry| entry.unwrap().path());
    let found = files.find(|path| path.extension().is_some_and(|e| e == "state"));
    found.expect("nothing is remembered")
}

/// The first line of what the hooks read.
fn next(dir: &TestDir) -> String {
    let text = std::fs::read_to_string(state(dir).join("next")).unwrap();
    text.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn who_what_since_when_and_the_command_are_told() {
    let mut dir = TestDir::with_a_due_brief();
    let due = dir.run("due").done();
    let lines: Vec<&str> = due.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{due:#?}");
    assert_eq!(
        lines[0],
        "! What my analysts do all day: what does Dana Reyes say to it? 2 guesses are open"
    );
    assert!(lines[1].starts_with("  due since 10:36: askfirst checkin what-my-"));
    assert_eq!(due.stderr, "");
    assert_eq!(dir.run("due --short").done().stdout, "1 due: Dana Reyes\n");

    dir.at("2026-02-11T13:00:00+01:00");
    let later = dir.run("due").done().stdout;
    assert!(
        later.contains("due since Mon 9 Feb 2026 (2 working days): "),
        "{later}"
    );
    dir.at("2026-03-02T13:00:00+01:00");
    let stale = dir.run("due").done().stdout;
    assert!(
        stale.starts_with("~ ") && stale.contains("  stale, due since"),
        "{stale}"
    );
    assert_eq!(dir.run("due --short").done().stdout, "1 stale\n");
}

#[test]
fn before_anything_is_due_what_comes_next_is_told_and_a_status_line_is_empty() {
    let mut dir = TestDir::with_a_due_brief();
    dir.at("2026-02-06T13:00:00+01:00");
    let due = dir.run("due").done().stdout;
    assert!(
        due.starts_with("Nothing is due.\nNext, on Mon 9 Feb 2026 at 10:36: What my"),
        "{due}"
    );
    assert_eq!(dir.run("due --short").done().stdout, "");
    let json = dir.run("due --json").done().json();
    assert_eq!(json["due"], serde_json::json!([]));
    assert_eq!(json["next"][0]["state"], "later");
}

#[test]
fn the_exit_code_is_that_of_git_diff() {
    let mut dir = TestDir::with_a_due_brief();
    let due = dir.run("due --exit-code").failed(1);
    assert!(due.stdout.contains("Dana Reyes") && due.stderr.is_empty());
    dir.run("due --exit-code --short").failed(1);
    dir.run("due --exit-code --json").failed(1);
    dir.at("2026-02-06T13:00:00+01:00");
    dir.run("due --exit-code").done();
    let trouble = dir.run("due --exit-code --dir s.toml").failed(2);
    assert!(trouble.stderr.starts_with("error: "), "{trouble:#?}");
    dir.run("due --dir s.toml").failed(1);
    dir.run("due --json --short").failed(2);
}

#[test]
fn a_brief_that_was_changed_by_hand_is_read_again() {
    let dir = TestDir::with_a_due_brief();
    dir.run("due").done();
    let path = dir.brief("what-my");
    let text = std::fs::read_to_string(&path).unwrap();
    // The same size, and the times turned back.
    let times = std::fs::metadata(&path).unwrap().modified().unwrap();
    let changed = text.replace("Dana Reyes", "Dora Reyes");
    assert_eq!(changed.len(), text.len());
    std::fs::write(&path, changed).unwrap();
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(times).unwrap();
    assert!(dir.run("due").done().stdout.contains("Dora Reyes"));

    // One after the other within a tick of the clock.
    for name in ["Dina", "Dona", "Duna", "Dyna"] {
        let changed = text.replace("Dana Reyes", &format!("{name} Reyes"));
        std::fs::write(&path, changed).unwrap();
        assert!(dir.run("due").done().stdout.contains(name), "{name}");
    }
    std::fs::remove_file(&path).unwrap();
    assert_eq!(dir.run("due").done().stdout, "Nothing is due.\n");
}

#[test]
fn other_working_hours_count_at_once_and_wrong_ones_are_told() {
    let dir = TestDir::with_a_due_brief();
    dir.run("due --exit-code").failed(1);
    let config = dir.home().join(".config/askfirst");
    std::fs::create_dir_all(&config).unwrap();
    let set = |text: &str| std::fs::write(config.join("config.toml"), text).unwrap();
    set("[work]\nholidays = [2026-02-09]\n");
    dir.run("due --exit-code").done();
    set("[work]\nhours = \"all day\"\n");
    let told = dir.run("due").done();
    assert!(told.stderr.contains("note: config.toml"), "{told:#?}");
    assert!(told.stdout.contains("Dana Reyes"));
    let hook = dir.run("due --hook").done();
    assert!(
        hook.stderr.is_empty() && hook.stdout.contains("Dana Reyes"),
        "{hook:#?}"
    );
}

#[test]
fn a_broken_brief_is_told_and_hides_no_other() {
    let dir = TestDir::with_a_due_brief();
    dir.write(".askfirst/broken.toml", "title = \"x");
    let due = dir.run("due").done();
    assert!(due.stdout.contains("Dana Reyes"));
    assert!(
        due.stderr.starts_with("note: broken.toml cannot be read: "),
        "{due:#?}"
    );
    assert_eq!(dir.run("due --hook").done().stderr, "");
}

#[test]
fn all_folders_are_told_with_the_folder_in_the_command() {
    let dir = TestDir::with_a_due_brief();
    dir.run_args(&["--dir", "an other", "new", "--from", "s.toml"], "")
        .done();
    let due = dir
        .run_args(&["due", "--all", "--dir", "elsewhere"], "")
        .done()
        .stdout;
    assert_eq!(due.matches("! What my").count(), 1, "{due}");
    assert!(due.contains("askfirst --dir "), "{due}");
    assert_eq!(
        dir.run("due --all").done().stdout,
        dir.run("due").done().stdout
    );
    // A folder that is gone is forgotten without a word.
    std::fs::rename(dir.path(".askfirst"), dir.path("away")).unwrap();
    std::fs::create_dir(dir.path(".askfirst")).unwrap();
    let gone = dir.run("due --all").done();
    assert!(
        gone.stdout.starts_with("Nothing is due.") && gone.stderr.is_empty(),
        "{gone:#?}"
    );
    std::fs::remove_dir(dir.path(".askfirst")).unwrap();
    let gone = dir.run("due --all").done();
    assert!(gone.stderr.is_empty(), "{gone:#?}");
}

#[test]
fn the_hook_shows_one_thing_and_then_rests_for_four_hours() {
    let mut dir = TestDir::with_a_due_brief();
    dir.at("2026-02-05T09:00:00+01:00");
    dir.write(
        "t.toml",
        SUPERREPORT.replace("What my analysts do", "Another"),
    );
    dir.run("new --from t.toml").done();
    dir.run("start another --because test").done();
    dir.at("2026-02-09T12:00:00+01:00");
    let first = dir.run("due --hook").done();
    assert_eq!(first.stdout.lines().count(), 1);
    assert!(first.stdout.contains("Dana Reyes") && first.stdout.contains("; 1 more: "));
    assert_eq!(first.stderr, "");
    // 16:00
    assert!(next(&dir).starts_with("1770649200 "), "{}", next(&dir));
    dir.at("2026-02-09T15:59:00+01:00");
    assert_eq!(dir.run("due --hook").done().stdout, "");
    dir.at("2026-02-09T16:00:00+01:00");
    let second = dir.run("due --hook").done().stdout;
    assert!(
        second.contains("Dana Reyes") && second != first.stdout,
        "{second}"
    );
    assert!(!second.contains("more"), "{second}");
    // Both were told today; the next day of nudges is Wednesday.
    dir.at("2026-02-10T09:00:00+01:00");
    assert_eq!(dir.run("due --hook").done().stdout, "");
    dir.at("2026-02-11T09:00:00+01:00");
    assert_ne!(dir.run("due --hook").done().stdout, "");
}

#[test]
fn the_hook_is_silent_at_night_and_once_the_brief_is_gone() {
    let mut dir = TestDir::with_a_due_brief();
    dir.at("2026-02-09T20:00:00+01:00");
    assert_eq!(dir.run("due --hook").done().stdout, "");
    dir.at("2026-02-11T09:00:00+01:00");
    std::fs::remove_file(dir.brief("what-my")).unwrap();
    let gone = dir.run("due --hook").done();
    assert_eq!((gone.stdout.as_str(), gone.stderr.as_str()), ("", ""));
    assert!(next(&dir).starts_with("none "), "{}", next(&dir));
}

#[test]
fn every_command_that_writes_a_brief_says_when_the_hook_is_to_look() {
    let dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml").done();
    assert!(next(&dir).starts_with("none "), "a draft wants nothing");
    dir.run("start analysts --because test").done();
    // Monday, 10:36
    assert!(next(&dir).starts_with("1770629760 "), "{}", next(&dir));
    dir.run("deliver analysts").done();
    // Three working days.
    assert!(next(&dir).starts_with("1770710400 "), "{}", next(&dir));
    dir.run("confirm analysts --by Dana").done();
    assert!(next(&dir).starts_with("none "));
}

#[test]
fn what_is_remembered_is_private_and_can_be_lost() {
    let dir = TestDir::with_a_due_brief();
    let due = dir.run("due").done().stdout;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(state(&dir)), 0o700);
        assert_eq!(mode(state_file(&dir)), 0o600);
        assert_eq!(mode(state(&dir).join("next")), 0o600);
    }
    // All but the moment of the look, and what a status bar shows at that moment.
    let read = || {
        let text = std::fs::read_to_string(state_file(&dir)).unwrap();
        let of_then = |line: &&str| line.starts_with("looked\t") || line.starts_with("bar\t");
        let lines = text.lines().filter(|line| !of_then(line));
        lines.collect::<Vec<_>>().join("\n")
    };
    let whole = read();
    let damages: [&[u8]; 5] = [
        b"",
        b"\0\0\0",
        b"\xff\xfe garbage",
        &whole.as_bytes()[..whole.len() / 2],
        b"askfirst-reminders 99\nbasis\t\nfolder\t/\nend\n",
    ];
    for damage in damages {
        for name in [state_file(&dir), state(&dir).join("next")] {
            std::fs::write(name, damage).unwrap();
        }
        let again = dir.run("due").done();
        assert_eq!(
            (again.stdout.as_str(), again.stderr.as_str()),
            (due.as_str(), "")
        );
        assert_eq!(read(), whole);
        assert!(next(&dir).starts_with("1770629760 "));
    }
    // The hook finds the folder again by the other file.
    std::fs::write(state_file(&dir), "garbage").unwrap();
    std::fs::rename(dir.path(".askfirst"), dir.path("briefs")).unwrap();
    let text = std::fs::read_to_string(state(&dir).join("next")).unwrap();
    std::fs::write(
        state(&dir).join("next"),
        text.replace(".askfirst", "briefs"),
    )
    .unwrap();
    let shown = dir.run("due --hook").done().stdout;
    assert!(
        shown.contains("Dana Reyes") && shown.contains("--dir"),
        "{shown}"
    );
}

#[test]
fn a_place_that_takes_nothing_is_no_error() {
    let mut dir = TestDir::with_a_due_brief();
    let due = dir.run("due").done();
    std::fs::remove_dir_all(dir.home().join(".local/state")).unwrap();
    std::fs::write(dir.home().join(".local/state"), "a file").unwrap();
    assert_eq!(dir.run("due").done(), due);
    let hook = dir.run("due --hook").done();
    assert!(
        hook.stdout.contains("Dana Reyes") && hook.stderr.is_empty(),
        "{hook:#?}"
    );
    dir.run("deliver analysts").done();
    dir.env("HOME", "");
    let homeless = dir.run("due").done();
    assert_eq!(homeless.stderr, "");
}

#[test]
fn nobody_is_reminded_of_a_demo() {
    let mut dir = TestDir::bare();
    dir.run("demo --dir shown").done();
    dir.run("--dir shown archive night").done();
    dir.at("2026-03-05T12:00:00+01:00");
    assert_ne!(dir.run("--dir shown due --short").done().stdout, "");
    assert!(!state(&dir).join("next").exists());
    assert_eq!(dir.run("--dir shown due --hook").done().stdout, "");
    assert_eq!(dir.run("due --all --short").done().stdout, "");
}

#[test]
fn hostile_text_is_harmless_in_every_form() {
    let mut dir = TestDir::new();
    let text = SUPERREPORT
        .replace("Dana Reyes", "Da\\u001b[31mna\\u202e")
        .replace("What my analysts", "$(touch pwned) `id`");
    dir.write("s.toml", text);
    dir.run("new --from s.toml").done();
    let path = dir
        .brief("touch")
        .file_stem()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    dir.run(&format!("start {path} --because test")).done();
    dir.at("2026-02-09T13:00:00+01:00");
    for args in ["due", "due --short", "due --json", "due --hook"] {
        let out = dir.run(args).done().stdout;
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{args}: {out:?}");
        assert!(out.contains("na"), "{args}: {out:?}");
    }
}
