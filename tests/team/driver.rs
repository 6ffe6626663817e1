//! The merge driver, called by git itself.

use super::{Person, Team, git_is_missing};

/// Two clones with the driver, and the reference brief in both.
fn two() -> Option<Team> {
    if git_is_missing() {
        return None;
    }
    let team = Team::with_a_brief(&["ana", "raj"]);
    for name in ["ana", "raj"] {
        team.person(name).askfirst("init --merge-driver").done();
    }
    Some(team)
}

/// Ana's side stands on `main`, Raj's on `theirs` in Ana's clone.
fn apart(team: &Team, ana: impl FnOnce(&Person<'_>), raj: impl FnOnce(&Person<'_>)) {
    let (a, r) = (team.person("ana"), team.person("raj"));
    ana(&a);
    a.commit("ana's");
    raj(&r);
    r.commit("raj's");
    let there = team.path("raj").display().to_string();
    a.git("fetch -q", &[&there, "main:theirs"]);
}

fn both_are_there(person: &Person<'_>) {
    let text = person.read(&person.brief("what"));
    assert!(text.contains("need_by = 2026-03-09"), "{text}");
    assert!(text.contains("appetite = \"9 days\""), "{text}");
    assert!(!text.contains("[[conflict]]"), "{text}");
    person.askfirst("show what-my").done();
}

const ANA: (&str, &str) = ("need_by = 2026-02-19", "need_by = 2026-03-09");
const RAJ: (&str, &str) = ("appetite = \"3 days\"", "appetite = \"9 days\"");

#[test]
fn neighbouring_lines_are_merged_rebased_and_picked() {
    for (way, back) in [
        ("merge -q --no-edit theirs", ""),
        ("rebase -q theirs", ""),
        ("cherry-pick theirs", ""),
    ] {
        let Some(team) = two() else { return };
        apart(&team, |a| a.edit(ANA.0, ANA.1), |r| r.edit(RAJ.0, RAJ.1));
        let ana = team.person("ana");
        ana.git(way, &[]);
        both_are_there(&ana);
        assert_eq!(back, "");
        assert_eq!(ana.git("status --porcelain", &[]), "");
    }
}

#[test]
fn one_answer_changed_in_two_ways_is_a_choice_in_the_file_and_no_marker() {
    let Some(team) = two() else { return };
    let (one, two) = ("need_by = 2026-03-09", "need_by = 2026-04-01");
    apart(&team, |a| a.edit(ANA.0, one), |r| r.edit(ANA.0, two));
    let ana = team.person("ana");
    let merged = ana.try_git("merge -q --no-edit theirs", &[]);
    assert_eq!(merged.code, 0, "{merged:#?}");
    assert!(
        merged.stderr.contains("was changed in two ways"),
        "{merged:#?}"
    );
    let text = ana.read(&ana.brief("what"));
    assert!(!text.contains("<<<<<<<"), "{text}");
    assert!(
        text.contains("versions = [\"2026-03-09\", \"2026-04-01\"]"),
        "{text}"
    );

    let shown = ana.askfirst("show what-my").done().stdout;
    assert!(shown.contains("--keep 2: Wed 1 Apr 2026"), "{shown}");
    let start = ana.askfirst("start what-my --because hurry").failed(1);
    assert!(start.stderr.contains("changed in two ways"), "{start:#?}");
    assert!(start.stderr.contains("askfirst resolve"), "{start:#?}");
    let list = ana.askfirst("list").done().stdout;
    assert!(list.contains("changed in two ways"), "{list}");

    let chosen = ana.askfirst("resolve what-my --keep two").done();
    assert!(chosen.stdout.starts_with("Chosen: the day"), "{chosen:#?}");
    let text = ana.read(&ana.brief("what"));
    assert!(text.contains("need_by = 2026-04-01"), "{text}");
    assert!(!text.contains("[[conflict]]"), "{text}");
    ana.askfirst("start what-my --because hurry").done();
    let nothing = ana.askfirst("resolve what-my --keep 1").failed(1);
    assert!(nothing.stderr.contains("nothing to choose"), "{nothing:#?}");
}

#[test]
fn a_choice_can_be_made_by_hand() {
    let Some(team) = two() else { return };
    let (one, two) = ("need_by = 2026-03-09", "need_by = 2026-04-01");
    apart(&team, |a| a.edit(ANA.0, one), |r| r.edit(ANA.0, two));
    let ana = team.person("ana");
    ana.git("merge -q --no-edit theirs", &[]);
    let file = ana.brief("what");
    let text = ana.read(&file);
    let at = text.find("[[conflict]]").unwrap();
    let end = text[at..].find("\n\n").map_or(text.len(), |n| at + n);
    ana.write(&file, format!("{}{}", &text[..at], &text[end..]));
    ana.askfirst("start what-my --because hurry").done();
}

#[test]
fn a_sign_off_of_one_side_lapses_where_the_other_changed_what_was_signed() {
    let Some(team) = two() else { return };
    apart(
        &team,
        |ana| {
            let message = ana.askfirst("share what-my --to Dana").done();
            let code = crate::support::code_in(&message.stdout);
            ana.askfirst(&format!("sign what-my --by Dana --code {code} --via mail"))
                .done();
        },
        |raj| raj.edit(ANA.0, ANA.1),
    );
    let ana = team.person("ana");
    ana.git("merge -q --no-edit theirs", &[]);
    let shown = ana.askfirst("show what-my").done().stdout;
    assert!(
        shown.contains("the dates: changed since the yes of Dana Reyes"),
        "{shown}"
    );
}

#[test]
fn a_file_that_both_added_is_one_with_all_that_both_wrote() {
    let Some(team) = two() else { return };
    let name = ".askfirst/both-k7m2.toml";
    let text =
        |words: &str| format!("format = 1\ntitle = \"Both\"\n\n[scope]\nout = [\"{words}\"]\n");
    apart(
        &team,
        |ana| ana.write(name, text("phones")),
        |raj| raj.write(name, text("faxes")),
    );
    let ana = team.person("ana");
    ana.git("merge -q --no-edit theirs", &[]);
    let merged = ana.read(name);
    assert!(
        merged.contains("phones") && merged.contains("faxes"),
        "{merged}"
    );
    assert!(!merged.contains("<<<<"), "{merged}");
}

#[test]
fn a_file_that_one_deleted_is_left_to_git() {
    let Some(team) = two() else { return };
    apart(
        &team,
        |ana| std::fs::remove_file(ana.path(&ana.brief("what"))).unwrap(),
        |raj| raj.edit(ANA.0, ANA.1),
    );
    let ana = team.person("ana");
    let merged = ana.try_git("merge -q --no-edit theirs", &[]);
    assert_eq!(merged.code, 1, "{merged:#?}");
    assert!(merged.stdout.contains("modify/delete"), "{merged:#?}");
    assert!(ana.read(&ana.brief("what")).contains(ANA.1));
}

#[test]
fn line_ends_of_windows_stay_and_are_no_difference() {
    let Some(team) = two() else { return };
    let crlf = |person: &Person<'_>| {
        let file = person.brief("what");
        let text = person.read(&file).replace('\n', "\r\n");
        person.write(&file, text);
    };
    apart(
        &team,
        |ana| {
            ana.edit(ANA.0, ANA.1);
            crlf(ana);
        },
        |raj| raj.edit(RAJ.0, RAJ.1),
    );
    let ana = team.person("ana");
    ana.git("merge -q --no-edit theirs", &[]);
    let text = ana.read(&ana.brief("what"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    both_are_there(&ana);
}

#[test]
fn what_cannot_be_read_is_left_to_git_with_markers() {
    for spoil in ["[plan", "format = 99 # "] {
        let Some(team) = two() else { return };
        let from = if spoil == "[plan" {
            "[plan]"
        } else {
            "format = 1"
        };
        apart(
            &team,
            |ana| ana.edit(ANA.0, ANA.1),
            |raj| {
                raj.edit(ANA.0, "need_by = 2026-05-05");
                raj.edit(from, spoil);
            },
        );
        let ana = team.person("ana");
        let merged = ana.try_git("merge -q --no-edit theirs", &[]);
        assert_eq!(merged.code, 1, "{merged:#?}");
        let file = ana.brief("what");
        let text = ana.read(&file);
        assert!(
            text.contains("<<<<<<<") && text.contains(">>>>>>>"),
            "{text}"
        );
        assert!(
            text.contains("2026-03-09") && text.contains("2026-05-05"),
            "{text}"
        );
        assert!(ana.git("status --porcelain", &[]).starts_with("UU "));
        // Listed as broken, and never overwritten.
        let list = ana.askfirst("list").done().stdout;
        assert!(list.contains("! broken"), "{list}");
        assert_eq!(ana.read(&file), text);
    }
}

#[test]
fn bytes_that_are_no_text_get_markers_too() {
    let Some(team) = two() else { return };
    apart(
        &team,
        |ana| ana.edit(ANA.0, ANA.1),
        |raj| {
            raj.edit(ANA.0, "need_by = 2026-05-05");
            let file = raj.brief("what");
            let mut bytes = raj.read(&file).into_bytes();
            bytes.extend(b"# \xff\n");
            raj.write(&file, bytes);
        },
    );
    let ana = team.person("ana");
    let merged = ana.try_git("merge -q --no-edit theirs", &[]);
    assert_eq!(merged.code, 1, "{merged:#?}");
    let bytes = std::fs::read(ana.path(&ana.brief("what"))).unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("<<<<<<<"));
}

/// Another copy of the program, at a place whose name is awkward.
fn elsewhere(person: &Person<'_>) -> std::path::PathBuf {
    let folder = person.path(".git/it's 100%P $HOME");
    std::fs::create_dir_all(&folder).unwrap();
    let program = folder.join("askfirst");
    // Not from here: a program started meanwhile by another test would hold the
    // file open, and what is being written cannot be started.
    let mut copy = person.command_in(&folder, "cp");
    let copied = super::told(copy.args([env!("CARGO_BIN_EXE_askfirst"), "askfirst"]));
    assert_eq!(copied.code, 0, "{copied:#?}");
    program
}

#[test]
fn a_program_at_an_awkward_place_is_found_by_git() {
    let Some(team) = two() else { return };
    apart(&team, |a| a.edit(ANA.0, ANA.1), |r| r.edit(RAJ.0, RAJ.1));
    let ana = team.person("ana");
    ana.git("config --unset merge.askfirst.driver", &[]);
    let program = elsewhere(&ana);
    let mut init = ana.command_in(&ana.path(""), &program);
    super::told(init.args(["init", "--merge-driver"])).done();
    ana.git("merge -q --no-edit theirs", &[]);
    both_are_there(&ana);
}

#[test]
fn where_the_program_is_gone_git_marks_the_lines() {
    let Some(team) = two() else { return };
    let other = "need_by = 2026-04-01";
    apart(&team, |a| a.edit(ANA.0, ANA.1), |r| r.edit(ANA.0, other));
    let ana = team.person("ana");
    let file = ana.brief("what");
    let driver = ana.git("config merge.askfirst.driver", &[]);
    let (_, rest) = driver.split_once(" merge-driver").unwrap();
    for program in ["/nowhere/askfirst", "false", "sh -c 'exit 101'"] {
        let gone = format!("{program} merge-driver{}", rest.trim_end());
        ana.git("config merge.askfirst.driver", &[&gone]);
        let merged = ana.try_git("merge -q --no-edit theirs", &[]);
        assert_eq!(merged.code, 1, "{merged:#?}");
        let text = ana.read(&file);
        // 1 says that they are marked already.
        assert_eq!(text.contains("<<<<<<< ours"), program != "false", "{text}");
        ana.git("merge --abort", &[]);
    }
    let gone = format!("/nowhere/askfirst merge-driver{}", rest.trim_end());
    ana.git("config merge.askfirst.driver", &[&gone]);
    let out = ana.askfirst("init").done();
    assert!(out.stderr.contains("is not there any more"), "{out:#?}");
    ana.askfirst("init --merge-driver").done();
    assert_eq!(ana.git("config merge.askfirst.driver", &[]), driver);
    ana.git("merge -q --no-edit theirs", &[]);
    assert!(ana.read(&file).contains("[[conflict]]"));
}

#[test]
fn a_file_that_one_renamed_and_the_other_changed_is_one_file() {
    let Some(team) = two() else { return };
    let new = ".askfirst/red-box-k7m2.toml";
    apart(
        &team,
        |ana| {
            ana.edit(ANA.0, ANA.1);
            std::fs::rename(ana.path(&ana.brief("what")), ana.path(new)).unwrap();
        },
        |raj| raj.edit(RAJ.0, RAJ.1),
    );
    let ana = team.person("ana");
    ana.git("merge -q --no-edit theirs", &[]);
    let text = ana.read(new);
    assert!(text.contains(ANA.1) && text.contains(RAJ.1), "{text}");
    let names = ana.git("ls-files .askfirst", &[]);
    assert!(!names.contains("what-my"), "{names}");
    ana.askfirst("show red-box").done();
}
