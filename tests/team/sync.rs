//! `askfirst sync` over real git.

use super::{Team, git_is_missing};

fn two() -> Option<Team> {
    (!git_is_missing()).then(|| Team::with_a_brief(&["ana", "raj"]))
}

#[test]
fn what_came_in_is_told_by_brief_and_by_person() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    raj.edit("appetite = \"3 days\"", "appetite = \"9 days\"");
    raj.askfirst("share what-my --to Dana --via mail").done();
    let sent = raj.askfirst("sync").done().stdout;
    assert!(sent.starts_with("Sent:\n  What my analysts"), "{sent}");
    let message = raj.git("log -1 --format=%s", &[]);
    assert!(message.starts_with("Brief: What my analysts"), "{message}");
    assert!(message.ends_with("(changed)\n"), "{message}");

    ana.edit("need_by = 2026-02-19", "need_by = 2026-03-09");
    let came = ana.askfirst("sync").done().stdout;
    let (came, sent) = came.split_once("Sent:\n").unwrap();
    assert!(came.starts_with("Came in:\n  What my analysts"), "{came}");
    assert!(came.contains("    raj wrote to Dana Reyes\n"), "{came}");
    assert!(
        came.contains("    raj changed the time it is worth to \u{201c}9 days\u{201d}\n"),
        "{came}"
    );
    assert!(
        sent.contains("    ana changed the day to Mon 9 Mar 2026\n"),
        "{sent}"
    );
    ana.is_at_rest();
    let text = ana.read(&ana.brief("what"));
    assert!(text.contains("9 days") && text.contains("2026-03-09"));
    raj.askfirst("sync").done();
    assert_eq!(raj.read(&raj.brief("what")), text);
    let nothing = ana.askfirst("sync").done().stdout;
    assert_eq!(nothing, "Nothing came in, and there was nothing to send\n");
}

#[test]
fn a_reply_and_a_new_order_are_told_in_plain_words() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    let file = raj.brief("what");
    let text = raj.read(&file);
    let at: Vec<usize> = text.match_indices("[[need]]").map(|(at, _)| at).collect();
    let (one, two) = (&text[at[0]..at[1]], &text[at[1]..at[2]]);
    let swapped = text.replacen(&format!("{one}{two}"), &format!("{two}{one}"), 1);
    let reply = "\n[[event]]\nid = \"re01\"\nkind = \"replied\"\nat = 2026-02-05T09:00:00+01:00\nby = \"dana\"\nwords = \"Friday is fine\"\n";
    raj.write(&file, format!("{swapped}{reply}"));
    raj.askfirst("sync").done();
    let came = ana.askfirst("sync").done().stdout;
    assert!(
        came.contains("Dana Reyes's reply, taken in by raj: \u{201c}Friday is fine\u{201d}"),
        "{came}"
    );
    assert!(
        came.contains("raj changed the order of the needs"),
        "{came}"
    );
    let json = ana.askfirst("sync --json").done().stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["pushed"], false);
    assert_eq!(json["came"], serde_json::json!([]));
}

#[test]
fn both_versions_of_one_answer_come_to_everybody() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    ana.edit("need_by = 2026-02-19", "need_by = 2026-03-09");
    raj.edit("need_by = 2026-02-19", "need_by = 2026-04-01");
    ana.askfirst("sync").done();
    let out = raj.askfirst("sync").done().stdout;
    assert!(
        out.contains("Changed in two ways: What my analysts"),
        "{out}"
    );
    assert!(
        out.contains("\u{201c}Mon 9 Mar 2026\u{201d} or \u{201c}Wed 1 Apr 2026\u{201d}"),
        "{out}"
    );
    assert!(out.contains("askfirst resolve"), "{out}");
    ana.askfirst("sync").done();
    ana.askfirst("resolve what-my --keep 1").done();
    ana.askfirst("sync").done();
    let came = raj.askfirst("sync").done().stdout;
    assert!(
        came.contains("ana chose between the versions of the day"),
        "{came}"
    );
    assert!(!raj.read(&raj.brief("what")).contains("[[conflict]]"));
}

#[test]
fn only_the_folder_is_committed_and_what_is_staged_elsewhere_stays_staged() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    raj.edit("appetite = \"3 days\"", "appetite = \"9 days\"");
    raj.askfirst("sync").done();

    ana.write("code.txt", "one\nstaged\nthree\n");
    ana.write("new.txt", "new\n");
    ana.git("add code.txt new.txt", &[]);
    ana.write("code.txt", "one\nstaged\nand more\n");
    ana.write("loose.txt", "loose\n");
    ana.edit("need_by = 2026-02-19", "need_by = 2026-03-09");
    let before = ana.git("status --porcelain", &[]);
    let staged = ana.git("diff --cached", &[]);
    ana.askfirst("sync").done();
    let after = ana.git("status --porcelain", &[]);
    let others = |status: &str| -> Vec<String> {
        let lines = status.lines().filter(|line| !line.contains(".askfirst"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(others(&before), others(&after));
    assert_eq!(after.lines().count(), 3, "{after}");
    assert_eq!(ana.git("diff --cached", &[]), staged);
    assert_eq!(ana.read("code.txt"), "one\nstaged\nand more\n");
    let files = ana.git("show --name-only --format= HEAD", &[]);
    assert_eq!(files.trim(), ana.brief("what"));
    ana.is_at_rest();
}

#[test]
fn what_cannot_be_joined_leaves_everything_as_it_was() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    raj.write(
        ".askfirst/goals.toml",
        "[[goal]]\nid = \"a\"\nlevel = \"team\"\ntext = \"Raj's\"\n",
    );
    raj.askfirst("sync").done();
    ana.write(
        ".askfirst/goals.toml",
        "[[goal]]\nid = \"a\"\nlevel = \"team\"\ntext = \"Ana's\"\n",
    );
    ana.write("code.txt", "mine\n");
    let refused = ana.askfirst("sync").failed(1);
    assert!(
        refused.stderr.contains(".askfirst/goals.toml"),
        "{refused:#?}"
    );
    assert!(
        refused.stderr.contains("everything here is as before"),
        "{refused:#?}"
    );
    ana.is_at_rest();
    assert_eq!(ana.read("code.txt"), "mine\n");
    assert!(ana.read(".askfirst/goals.toml").contains("Ana's"));
    assert_eq!(ana.git("status --porcelain", &[]), " M code.txt\n");
}

#[test]
fn files_that_are_being_changed_are_never_touched_by_what_comes_in() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    raj.write("code.txt", "raj's\n");
    raj.commit("code");
    raj.git("push -q", &[]);
    ana.write("code.txt", "half done\n");
    let refused = ana.askfirst("sync").failed(1);
    assert!(refused.stderr.contains("  code.txt"), "{refused:#?}");
    assert_eq!(ana.read("code.txt"), "half done\n");
    ana.is_at_rest();
}

#[test]
fn commits_about_other_files_are_sent_only_when_that_is_wanted() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    ana.write("code.txt", "one\n");
    ana.commit("code");
    ana.edit("need_by = 2026-02-19", "need_by = 2026-03-09");
    let head = ana.git("rev-parse HEAD", &[]);
    let refused = ana.askfirst("sync").failed(1);
    assert!(refused.stderr.contains("  code.txt"), "{refused:#?}");
    assert!(refused.stderr.contains("--all-commits"), "{refused:#?}");
    assert_eq!(ana.git("rev-parse HEAD", &[]), head, "nothing was done");
    ana.askfirst("sync --all-commits").done();
    assert_eq!(ana.git("rev-list --count origin/main..HEAD", &[]), "0\n");
}

#[test]
fn offline_the_briefs_are_committed_and_sent_later() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    ana.edit("need_by = 2026-02-19", "need_by = 2026-03-09");
    let url = ana.git("remote get-url origin", &[]);
    // Nobody listens on this port.
    ana.git("remote set-url origin http://127.0.0.1:1/hub.git", &[]);
    let refused = ana.askfirst("sync").failed(1);
    assert!(
        refused.stderr.contains("origin cannot be reached"),
        "{refused:#?}"
    );
    assert!(
        refused.stderr.contains("sent with the next sync"),
        "{refused:#?}"
    );
    ana.is_at_rest();
    ana.git("remote set-url origin", &[url.trim()]);
    let sent = ana.askfirst("sync").done().stdout;
    assert!(sent.contains("ana changed the day"), "{sent}");
}

#[test]
fn a_push_that_comes_second_takes_the_first_in_and_is_tried_again() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    raj.edit("appetite = \"3 days\"", "appetite = \"9 days\"");
    raj.askfirst("sync").done();
    raj.edit("appetite = \"9 days\"", "appetite = \"8 days\"");
    raj.commit("later");
    // Raj is faster once, between Ana's fetch and her push.
    let hook = ".git/hooks/pre-push";
    let other = team.path("raj").display().to_string();
    ana.write(
        hook,
        format!(
            "#!/bin/sh\nunset GIT_DIR\nrm -f '{}'\ngit -C '{other}' push -q\n",
            ana.path(hook).display()
        ),
    );
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(ana.path(hook), std::fs::Permissions::from_mode(0o755)).unwrap();
    ana.edit("need_by = 2026-02-19", "need_by = 2026-03-09");
    let out = ana.askfirst("sync").done().stdout;
    assert!(out.contains("raj changed the time it is worth"), "{out}");
    assert!(!ana.path(hook).exists(), "the hook ran");
    raj.askfirst("sync").done();
    let text = raj.read(&raj.brief("what"));
    assert!(
        text.contains("8 days") && text.contains("2026-03-09"),
        "{text}"
    );
}

#[test]
fn the_first_commit_is_made_as_the_hint_says() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    ana.git("checkout -q --orphan fresh", &[]);
    // Before anything follows, and before there is anywhere to send it.
    let out = ana.askfirst("sync").failed(1);
    let hint = "git commit --allow-empty -m Begin && git push -u origin fresh";
    assert!(out.stderr.contains(hint), "{out:#?}");
    ana.git("remote rename origin elsewhere", &[]);
    let out = ana.askfirst("sync").failed(1);
    let other = "Begin && git push -u elsewhere fresh";
    assert!(out.stderr.contains(other), "{out:#?}");
    ana.git("remote rename elsewhere origin", &[]);
    ana.git("config branch.fresh.remote origin", &[]);
    ana.git("config branch.fresh.merge refs/heads/fresh", &[]);
    let out = ana.askfirst("sync").failed(1);
    let hint = "git commit --allow-empty -m Begin && git push -u origin HEAD";
    assert!(out.stderr.contains(hint), "{out:#?}");
    for command in hint.split(" && ") {
        ana.git(command.strip_prefix("git ").unwrap(), &[]);
    }
    ana.askfirst("sync").done();
}

#[test]
fn nothing_is_done_where_it_cannot_be_done_and_the_way_out_is_said() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    ana.edit("need_by = 2026-02-19", "need_by = 2026-03-09");
    let head = || ana.git("rev-parse HEAD", &[]);
    let was = head();
    let refused = |why: &str, hint: &str| {
        let out = ana.askfirst("sync").failed(1);
        assert!(out.stderr.contains(why), "{why}: {out:#?}");
        assert!(out.stderr.contains(hint), "{hint}: {out:#?}");
        assert_eq!(head(), was);
    };
    ana.git("checkout -q --detach", &[]);
    refused("no branch is checked out", "git switch main");
    ana.git("checkout -q main", &[]);

    ana.git("config --unset branch.main.remote", &[]);
    refused("follows none of origin", "git push -u origin main");
    ana.git("config branch.main.remote origin", &[]);

    std::fs::create_dir(ana.path(".git/rebase-merge")).unwrap();
    refused("a rebase is under way", "git rebase --abort");
    std::fs::remove_dir(ana.path(".git/rebase-merge")).unwrap();
    ana.write(".git/MERGE_HEAD", was.as_bytes());
    refused("a merge is under way", "git merge --abort");
    std::fs::remove_file(ana.path(".git/MERGE_HEAD")).unwrap();

    ana.git("remote remove origin", &[]);
    refused("no remote", "git remote add origin URL");

    let text = ana.read(&ana.brief("what"));
    std::fs::rename(ana.path(".git"), ana.path("git-away")).unwrap();
    let out = ana.askfirst("sync").failed(1);
    assert!(out.stderr.contains("no git repository here"), "{out:#?}");
    assert_eq!(ana.read(&ana.brief("what")), text);
    let mut without = ana.command_in(&ana.path(""), env!("CARGO_BIN_EXE_askfirst"));
    let out = super::told(without.env("PATH", "/nowhere").arg("sync"));
    assert!(
        out.stderr.contains("git, which is not installed"),
        "{out:#?}"
    );
}

#[test]
fn a_brief_that_nobody_could_read_is_not_sent() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    ana.edit("[plan]", "[plan");
    let head = ana.git("rev-parse HEAD", &[]);
    let refused = ana.askfirst("sync").failed(1);
    assert!(refused.stderr.contains("is not sent"), "{refused:#?}");
    assert_eq!(ana.git("rev-parse HEAD", &[]), head);
}

#[test]
fn a_dry_run_changes_nothing_and_tells_all() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    raj.edit("appetite = \"3 days\"", "appetite = \"9 days\"");
    raj.askfirst("sync").done();
    ana.edit("need_by = 2026-02-19", "need_by = 2026-03-09");
    let before = (
        ana.git("rev-parse HEAD", &[]),
        ana.git("status --porcelain", &[]),
    );
    let out = ana.askfirst("sync --dry-run").done().stdout;
    assert!(
        out.contains("Would come in:") && out.contains("raj changed the time it is worth"),
        "{out}"
    );
    assert!(
        out.contains("Would be sent:") && out.contains("    changed\n"),
        "{out}"
    );
    let after = (
        ana.git("rev-parse HEAD", &[]),
        ana.git("status --porcelain", &[]),
    );
    assert_eq!(before, after);
}

#[test]
fn credentials_that_nobody_can_type_are_asked_for_in_words() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    // A transport that says what git says without a terminal.
    ana.write("bin/git-remote-secret", "#!/bin/sh\necho \"fatal: could not read Username for 'https://x': terminal prompts disabled\" >&2\nexit 128\n");
    use std::os::unix::fs::PermissionsExt as _;
    let helper = ana.path("bin/git-remote-secret");
    std::fs::set_permissions(&helper, std::fs::Permissions::from_mode(0o755)).unwrap();
    ana.git("remote set-url origin secret::x", &[]);
    let path = format!(
        "{}:{}",
        ana.path("bin").display(),
        std::env::var("PATH").unwrap()
    );
    let mut command = ana.command_in(&ana.path(""), env!("CARGO_BIN_EXE_askfirst"));
    let out = super::told(command.env("PATH", path).arg("sync"));
    assert_eq!(out.code, 1, "{out:#?}");
    assert!(
        out.stderr.contains("origin wants to know who you are"),
        "{out:#?}"
    );
    assert!(out.stderr.contains("run it in a terminal"), "{out:#?}");
}

#[test]
fn a_folder_that_is_named_is_synced_from_anywhere() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    ana.edit("need_by = 2026-02-19", "need_by = 2026-03-09");
    let folder = ana.path(".askfirst").display().to_string();
    let mut command = ana.command_in(&team.path(""), env!("CARGO_BIN_EXE_askfirst"));
    let out = super::told(command.args(["--dir", &folder, "sync"]));
    assert_eq!(out.code, 0, "{out:#?}");
    let came = raj.askfirst("sync").done().stdout;
    assert!(came.contains("ana changed the day"), "{came}");
}

#[test]
fn a_folder_that_is_the_whole_repository_is_synced_too() {
    if git_is_missing() {
        return;
    }
    let team = Team::of(&["ana"]);
    let ana = team.person("ana");
    ana.git("rm -q -r .askfirst code.txt", &[]);
    ana.askfirst("--dir . init --no-merge-driver").done();
    ana.write("s.txt", crate::support::SUPERREPORT);
    ana.askfirst("--dir . new --from s.txt").done();
    let sent = ana.askfirst("--dir . sync").done().stdout;
    assert!(sent.contains("ana began it"), "{sent}");
    assert_eq!(ana.git("status --porcelain", &[]), "");
    assert_eq!(ana.git("rev-list --count origin/main..HEAD", &[]), "0\n");
}

#[test]
fn a_new_file_that_is_gone_again_is_no_commit() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    ana.write(".askfirst/note.txt", "x");
    ana.git("add .askfirst/note.txt", &[]);
    std::fs::remove_file(ana.path(".askfirst/note.txt")).unwrap();
    let head = ana.git("rev-parse HEAD", &[]);
    ana.askfirst("sync").done();
    assert_eq!(ana.git("rev-parse HEAD", &[]), head);
    assert_eq!(ana.git("status --porcelain", &[]), "");
}
