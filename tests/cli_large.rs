//! A folder of more briefs than are looked at each time: whatever is
//! remembered of it, the commands say what they say without that.

use std::fmt::Write as _;
use std::path::PathBuf;

use proptest::prelude::*;

use crate::support::{Output, TestDir};

const MANY: usize = 230;

fn text(at: usize, stage: &str) -> String {
    let mut text = format!(
        "format = 1\ntitle = \"Title {at}\"\nstage = \"{stage}\"\n\
         created = 2026-01-12T09:00:00+01:00\n\n\
         [request]\nwords = \"Could I have number {at}?\"\nby = \"dana\"\n\n\
         [[customer]]\nid = \"dana\"\nname = \"Dana Reyes\"\nrole = \"requester\"\n"
    );
    if stage != "draft" {
        let day = 1 + at % 4;
        let _ = write!(
            text,
            "\n[[event]]\nid = \"a\"\nkind = \"started\"\nat = 2026-02-{day:02}T10:00:00+01:00\n"
        );
    }
    text
}

fn name(at: usize) -> String {
    format!(".askfirst/brief-{at:03}.toml")
}

fn large() -> TestDir {
    let dir = TestDir::new();
    for at in 0..MANY {
        let stage = ["closed", "draft", "closed", "in-progress", "closed"][at % 5];
        dir.write(&name(at), text(at, stage));
    }
    dir
}

fn output(mut command: assert_cmd::Command) -> Output {
    let output = command.output().unwrap();
    Output {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap_or(-1),
    }
}

/// The same command of somebody who was never here.
fn anew(dir: &TestDir, args: &str) -> Output {
    let home = tempfile::tempdir().unwrap();
    let mut command = dir.command(env!("CARGO_BIN_EXE_askfirst"));
    command.env("HOME", home.path()).args(args.split(' '));
    output(command)
}

#[track_caller]
fn same(dir: &TestDir, commands: &[&str]) {
    for args in commands {
        assert_eq!(dir.run(args), anew(dir, args), "{args}");
    }
}

const ALL: [&str; 6] = [
    "list",
    "list --limit 3",
    "list --search zebra",
    "due",
    "due --json",
    "due --short",
];

fn cache(dir: &TestDir) -> PathBuf {
    dir.home().join(".cache/askfirst/index")
}

#[test]
fn what_is_remembered_changes_nothing_that_is_told() {
    let mut dir = large();
    same(&dir, &ALL);
    same(&dir, &ALL);
    dir.write(&name(3), text(3, "in-progress").replace("Title", "zebra"));
    same(&dir, &ALL);
    std::fs::remove_file(dir.path(&name(8))).unwrap();
    same(&dir, &ALL);
    std::fs::rename(dir.path(&name(13)), dir.path(".askfirst/other.toml")).unwrap();
    same(&dir, &ALL);
    dir.write(&name(18), "title = ");
    dir.write(".askfirst/No Id.toml", "");
    same(&dir, &ALL);
    same(&dir, &ALL);
    for now in [
        "2026-02-09T13:00:00+01:00",
        "2026-02-09T13:05:00+01:00",
        "2026-02-11T09:00:00+09:00",
        "2026-01-30T09:00:00+01:00",
        "2027-03-01T09:00:00+01:00",
    ] {
        dir.at(now);
        same(&dir, &ALL);
    }
    let folder = cache(&dir);
    std::fs::remove_dir_all(&folder).unwrap();
    // A file in the way: nothing can be kept there.
    std::fs::File::create(&folder).unwrap();
    same(&dir, &ALL);
    dir.write(&name(23), text(23, "draft"));
    same(&dir, &ALL);
}

#[test]
#[cfg(target_os = "linux")]
fn a_system_that_gives_no_second_thread_is_told_the_same() {
    if !crate::faults::can_trace() {
        return;
    }
    let dir = large();
    // The first makes the index, the second finds it.
    for args in ["list", "list", "list --search zebra", "due --json"] {
        let mut command = dir.command("strace");
        command.args(["-f", "-o", "/dev/null"]);
        command.args(["-e", "inject=clone,clone3:error=EAGAIN"]);
        command.arg(env!("CARGO_BIN_EXE_askfirst"));
        command.args(args.split(' '));
        assert_eq!(output(command), anew(&dir, args), "{args}");
    }
}

#[test]
fn what_this_program_writes_is_told_at_once() {
    let mut dir = large();
    dir.at("2026-02-09T13:00:00+01:00");
    same(&dir, &ALL);
    dir.run("archive brief-003").done();
    same(&dir, &["due", "list"]);
    dir.run("start brief-001 --because test").done();
    same(&dir, &ALL);
    dir.at("2026-02-20T13:00:00+01:00");
    same(&dir, &ALL);
}

/// What is remembered for reminders, with when each file was written.
fn remembered(dir: &TestDir) -> Vec<(PathBuf, Vec<u8>, std::time::SystemTime)> {
    let folder = dir.home().join(".local/state/askfirst/reminders");
    let files = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    let file = |path: PathBuf| {
        let bytes = std::fs::read(&path).unwrap();
        let written = std::fs::metadata(&path).unwrap().modified().unwrap();
        (path, bytes, written)
    };
    paths.into_iter().map(file).collect()
}

#[test]
fn a_new_brief_that_wants_nothing_does_no_more_work_than_its_own_file() {
    let mut dir = large();
    dir.at("2026-02-09T13:00:00+01:00");
    same(&dir, &["due"]);
    let before = remembered(&dir);
    dir.write("draft.toml", "title = \"Monthly downtime\"\n");
    dir.run("new --from draft.toml").done();
    assert_eq!(remembered(&dir), before);
    same(&dir, &ALL);
}

#[test]
fn a_brief_that_wanted_nothing_and_was_changed_in_its_place_is_told_soon() {
    let mut dir = large();
    dir.at("2026-02-09T13:00:00+01:00");
    same(&dir, &["due"]);
    dir.write(&name(0), text(0, "in-progress"));
    // A list looks at all files.
    same(&dir, &["list"]);
    dir.at("2026-02-09T13:11:00+01:00");
    same(&dir, &["due", "due --json"]);
}

#[test]
fn a_list_that_is_cut_off_shows_rows_as_their_files_are_now() {
    let mut dir = large();
    dir.at("2026-02-09T13:00:00+01:00");
    let first = "list --limit 3 --stage draft";
    same(&dir, &["list", first]);
    // In its place, so that the folder itself has not changed.
    dir.write(&name(1), text(1, "draft").replace("Title", "zebra"));
    assert!(dir.run(first).done().stdout.contains("zebra 1"));
    same(&dir, &[first]);
    // One that was not among the first, and is to be.
    let soon = text(226, "draft") + "\n[plan]\nneed_by = 2026-02-10\n";
    dir.write(&name(226), soon);
    dir.at("2026-02-09T13:11:00+01:00");
    same(&dir, &[first]);
    assert!(dir.run(first).done().stdout.contains("brief-226"));
}

#[test]
fn words_are_found_in_any_text_whatever_their_case_and_accents() {
    let dir = large();
    dir.write(
        &name(7),
        text(7, "draft").replace("Could I have", "Überfällig: could I have"),
    );
    let found = dir.run("list --search \"UBERFALLIG could\"").done().stdout;
    assert!(
        found.contains("brief-007") && found.lines().count() == 1,
        "{found}"
    );
    let none = dir.run("list --search nosuchword").done().stdout;
    assert!(none.ends_with("has all of these words\n"), "{none}");
    let json = dir.run("list --search überfällig --json").done().json();
    assert_eq!(json["briefs"].as_array().unwrap().len(), 1);
}

#[test]
fn a_list_can_be_cut_off() {
    let dir = large();
    let all = dir.run("list").done().stdout;
    let some = dir.run("list --limit 5").done().stdout;
    let lines: Vec<&str> = some.lines().collect();
    assert_eq!(lines.len(), 6);
    assert!(all.starts_with(&lines[..5].join("\n")));
    assert_eq!(lines[5], format!("and {} more", MANY - 5));
}

#[test]
fn a_large_folder_of_a_team_tells_mine_first_and_everyones_as_from_the_files() {
    let mut dir = TestDir::new();
    dir.at("2026-02-09T13:00:00+01:00");
    // As far as can be told without asking git: a repository is above.
    dir.write(".git", "");
    dir.env("ASKFIRST_NAME", "Ana Lima");
    for at in 0..MANY {
        let stage = ["closed", "in-progress"][at % 2];
        let owner = ["", "owner = \"ana lima\"\n", "owner = \"Raj\"\n"][at % 3];
        let versions = "\n[[conflict]]\nplace = \"title\"\nversions = [\"a\", \"b\"]\n";
        let conflict = if at == 12 { versions } else { "" };
        let text = text(at, stage).replacen("title", &format!("{owner}title"), 1);
        dir.write(&name(at), text + conflict);
    }
    let all = [
        "list",
        "list --everyone",
        "list --everyone --search number",
        "list --json",
        "due --json",
        "due --everyone --json",
        "due --everyone",
    ];
    same(&dir, &all);
    same(&dir, &all);
    let mine = dir.run("list").done().stdout;
    assert!(!mine.contains("of Raj"), "{mine}");
    assert!(mine.contains("brief-012") && mine.contains("changed in two ways"));
    let everyone = dir.run("list --everyone").done().stdout;
    let theirs: Vec<bool> = everyone
        .lines()
        .map(|line| line.contains("of Raj"))
        .collect();
    assert!(theirs.contains(&true) && theirs.is_sorted(), "{everyone}");
    let due = dir.run("due --json").done().json();
    let due: Vec<&str> = due["due"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["id"].as_str().unwrap())
        .collect();
    assert!(
        !due.is_empty()
            && due
                .iter()
                .all(|id| id[6..].parse::<usize>().unwrap() % 3 != 2)
    );
    // What is given away is not mine to be reminded of any more.
    dir.run(&format!("handover {} Raj", due[0])).done();
    same(&dir, &all);
    assert!(!dir.run("due --json").done().stdout.contains(due[0]));
}

#[test]
fn a_brief_under_way_that_wants_nothing_and_is_changed_in_its_place_is_told_at_once() {
    let mut dir = large();
    dir.at("2026-02-09T13:00:00+01:00");
    // Nobody asks about this one.
    let muted = "\n[[event]]\nid = \"b\"\nkind = \"muted\"\nat = 2026-02-05T10:00:00+01:00\n";
    dir.write(&name(8), text(8, "in-progress") + muted);
    same(&dir, &["due --json"]);
    assert!(!dir.run("due --json").done().stdout.contains("brief-008"));
    dir.write(&name(8), text(8, "in-progress"));
    same(&dir, &["due --json"]);
    assert!(dir.run("due --json").done().stdout.contains("brief-008"));
}

/// Something that happens to a folder.
#[derive(Debug, Clone)]
enum Happens {
    Replace(usize, &'static str),
    Edit(usize, &'static str),
    Remove(usize),
    Rename(usize, usize),
    Clock(&'static str),
    Tear(bool),
}

fn any_event() -> impl Strategy<Value = Happens> {
    let stage = || prop::sample::select(vec!["draft", "in-progress", "closed"]);
    let at = 0..MANY;
    let clock = prop::sample::select(vec![
        "2026-02-03T12:00:00+01:00",
        "2026-02-09T13:00:00+01:00",
        "2026-02-09T13:04:00+01:00",
        "2026-02-12T08:00:00-05:00",
    ]);
    prop_oneof![
        4 => (at.clone(), stage()).prop_map(|(at, stage)| Happens::Replace(at, stage)),
        // Those that are under way: see the test of the others.
        2 => (0..MANY / 5, stage()).prop_map(|(at, stage)| Happens::Edit(at * 5 + 3, stage)),
        1 => at.clone().prop_map(Happens::Remove),
        1 => (at.clone(), at).prop_map(|(from, to)| Happens::Rename(from, to)),
        2 => clock.prop_map(Happens::Clock),
        1 => any::<bool>().prop_map(Happens::Tear),
    ]
}

fn happen(dir: &mut TestDir, event: &Happens) {
    let replace = |at: usize, stage: &str| {
        let path = dir.path(&name(at));
        askfirst::storage::write_atomically(&path, text(at, stage).as_bytes()).unwrap();
    };
    match event {
        Happens::Replace(at, stage) => replace(*at, stage),
        Happens::Edit(at, stage) => {
            // What is under way, and so looked at each time.
            let old = std::fs::read_to_string(dir.path(&name(*at))).unwrap_or_default();
            match old.contains("\"in-progress\"") {
                true => dir.write(&name(*at), text(*at, stage)),
                false => replace(*at, stage),
            }
        }
        Happens::Remove(at) => drop(std::fs::remove_file(dir.path(&name(*at)))),
        Happens::Rename(from, to) => {
            drop(std::fs::rename(
                dir.path(&name(*from)),
                dir.path(&name(*to)),
            ));
        }
        Happens::Clock(now) => dir.at(now),
        Happens::Tear(all) => {
            let state = dir.home().join(".local/state/askfirst/reminders");
            let folder = if *all { cache(dir) } else { state };
            for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let size = file.metadata().unwrap().len();
                let cut = std::fs::File::options().write(true).open(file.path());
                cut.unwrap().set_len(size / 2).unwrap();
            }
        }
    }
}

fn cases() -> ProptestConfig {
    let long = std::env::var_os("ASKFIRST_LONG").is_some();
    ProptestConfig::with_cases(if long { 200 } else { 3 })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn whatever_happens_what_is_due_is_told_as_from_the_files(
        events in proptest::collection::vec(any_event(), 1..12),
    ) {
        let mut dir = large();
        dir.at("2026-02-09T13:00:00+01:00");
        dir.run("due").done();
        for event in events {
            happen(&mut dir, &event);
            same(&dir, &["due --short", "due --json", "list"]);
        }
    }
}
