//! Whose brief it is, and who recorded what.

use super::{Team, git_is_missing};
use crate::support::TestDir;

#[test]
fn a_brief_is_its_makers_and_events_bear_the_name_of_who_recorded_them() {
    if git_is_missing() {
        return;
    }
    let team = Team::with_a_brief(&["ana", "raj"]);
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    let text = ana.read(&ana.brief("what"));
    assert!(text.contains("owner = \"ana\"\n"), "{text}");
    raj.askfirst("share what-my --to Dana --via mail").done();
    let text = raj.read(&raj.brief("what"));
    assert!(text.contains("who = \"raj\"\n"), "{text}");
    let log = raj.askfirst("log what-my").done().stdout;
    assert!(
        log.contains("sent to Dana Reyes") && log.contains("(raj)"),
        "{log}"
    );
    let json = raj.askfirst("export what-my --format json").done().stdout;
    assert!(json.contains("\"who\": \"raj\""), "{json}");

    let list = raj.askfirst("list").done().stdout;
    assert_eq!(list, "1 of colleagues: askfirst list --everyone\n");
    let list = raj.askfirst("list --everyone").done().stdout;
    assert!(list.contains("of ana"), "{list}");
    assert!(ana.askfirst("list").done().stdout.contains("analysts"));
    let all = raj.askfirst("list --json").done().stdout;
    assert!(all.contains("\"mine\": false"), "{all}");

    let out = ana.askfirst("handover what-my raj").done();
    assert!(out.stdout.ends_with(" is for raj now\n"), "{out:#?}");
    assert!(ana.askfirst("list").done().stdout.contains("of colleagues"));
    ana.askfirst("handover what-my --to-all").done();
    assert!(ana.askfirst("list").done().stdout.contains("analysts"));
    assert!(!ana.read(&ana.brief("what")).contains("owner"));
    ana.askfirst("handover what-my").done();
    assert!(ana.read(&ana.brief("what")).contains("owner = \"ana\""));
}

#[test]
fn only_what_is_mine_or_everybodys_is_due() {
    if git_is_missing() {
        return;
    }
    let mut team = Team::with_a_brief(&["ana", "raj"]);
    team.person("ana")
        .askfirst("start what-my --because test")
        .done();
    team.person("ana").askfirst("sync").done();
    team.person("raj").askfirst("sync").done();
    team.now = "2026-02-09T13:00:00+01:00".to_owned();
    let due = |name| team.person(name).askfirst("due").done().stdout;
    assert!(due("ana").contains("Dana"), "{}", due("ana"));
    assert_eq!(due("raj"), "Nothing is due.\n");
    let raj = team.person("raj");
    let all = raj.askfirst("due --everyone").done().stdout;
    assert!(all.contains("(of ana): ") && all.contains("Dana"), "{all}");
    let short = raj.askfirst("due --everyone --short --exit-code").failed(1);
    assert!(short.stdout.contains("Dana"), "{short:#?}");
    let json = raj.askfirst("due --everyone --json").done().stdout;
    assert!(json.contains("\"owner\": \"ana\""), "{json}");
    let own = team.person("ana").askfirst("due --everyone").done().stdout;
    assert_eq!(own, due("ana"));
    // What is remembered stays one's own.
    assert_eq!(due("raj"), "Nothing is due.\n");
    team.person("raj").askfirst("handover what-my raj").done();
    assert!(due("raj").contains("Dana"), "{}", due("raj"));
}

#[test]
fn where_nobody_shares_the_folder_nobody_is_named() {
    let dir = TestDir::with_a_due_brief();
    let file = std::fs::read_to_string(dir.brief("what")).unwrap();
    assert!(!file.contains("\nowner = "), "{file}");
    assert!(!file.contains("\nwho = "), "{file}");
    for command in ["list", "due"] {
        let all = dir.run(&format!("{command} --everyone")).done();
        assert_eq!(all.stdout, dir.run(command).done().stdout);
        assert!(all.stdout.contains("Dana"), "{all:#?}");
    }
}

#[test]
fn git_is_asked_for_a_name_only_when_it_matters_and_once() {
    if git_is_missing() {
        return;
    }
    let team = Team::with_a_brief(&["ana"]);
    let ana = team.person("ana");
    ana.write(
        "bin/git",
        format!(
            "#!/bin/sh\necho asked >> '{}'\necho ana\n",
            ana.path("asked").display()
        ),
    );
    use std::os::unix::fs::PermissionsExt as _;
    let program = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(ana.path("bin/git"), program).unwrap();
    let asked = |name: &str, args: &str| {
        let mut command = ana.command_in(&ana.path(""), env!("CARGO_BIN_EXE_askfirst"));
        command
            .env("PATH", ana.path("bin"))
            .env("ASKFIRST_NAME", name);
        let out = super::told(command.args(args.split(' ')));
        assert_eq!(out.code, 0, "{args}: {out:#?}");
        let told = std::fs::read_to_string(ana.path("asked")).unwrap_or_default();
        let _ = std::fs::remove_file(ana.path("asked"));
        told.lines().count()
    };
    for args in ["--version", "list", "due", "show what-my", "due"] {
        assert_eq!(asked("ana", args), 0, "{args}");
    }
    // Another name than the owner's: is it mine under the one in git?
    assert_eq!(asked("Ana Lima", "list"), 1);
    assert_eq!(asked("Ana Lima", "due"), 1);
    assert_eq!(asked("Ana Lima", "due"), 0, "it is remembered");
    assert_eq!(asked("ana", "share what-my --to Dana --via mail"), 1);
}

#[test]
fn a_name_in_a_hostile_repository_cannot_act() {
    if git_is_missing() {
        return;
    }
    let team = Team::with_a_brief(&["ana"]);
    let ana = team.person("ana");
    ana.git("config user.name", &["evil\u{1b}[31m\u{202e}"]);
    ana.git("config core.fsmonitor", &["touch planted"]);
    ana.git("config core.pager", &["touch planted"]);
    ana.askfirst("share what-my --to Dana --via mail").done();
    let log = ana.askfirst("log what-my").done().stdout;
    assert!(
        !log.contains('\u{1b}') && !log.contains('\u{202e}'),
        "{log:?}"
    );
    assert!(!ana.path("planted").exists());
}
