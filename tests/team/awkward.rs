//! `askfirst sync` where repositories are as they are: hooks, deleted files,
//! clones without the driver, work trees, submodules, settings of others.

use std::os::unix::fs::PermissionsExt as _;

use super::{Person, Team, git_is_missing, told};
use crate::support::Output;

const ANA: (&str, &str) = ("need_by = 2026-02-19", "need_by = 2026-03-09");
const RAJ: (&str, &str) = ("need_by = 2026-02-19", "need_by = 2026-04-01");

fn two() -> Option<Team> {
    (!git_is_missing()).then(|| Team::with_a_brief(&["ana", "raj"]))
}

/// A program that git starts.
fn program(person: &Person<'_>, name: &str, script: &str) {
    person.write(name, format!("#!/bin/sh\n{script}\n"));
    let rights = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(person.path(name), rights).unwrap();
}

fn with_path(person: &Person<'_>, folder: &str, args: &str) -> Output {
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", person.path(folder).display());
    let mut command = person.command_in(&person.path(""), env!("CARGO_BIN_EXE_askfirst"));
    told(command.env("PATH", path).args(args.split(' ')))
}

#[test]
fn what_one_deleted_and_the_other_changed_stays_and_is_said() {
    for is_first in [true, false] {
        let Some(team) = two() else { return };
        let (ana, raj) = (team.person("ana"), team.person("raj"));
        let file = ana.brief("what");
        let delete = || std::fs::remove_file(raj.path(&file)).unwrap();
        let out = if is_first {
            delete();
            raj.askfirst("sync").done();
            ana.edit(ANA.0, ANA.1);
            ana.askfirst("sync").done()
        } else {
            ana.edit(ANA.0, ANA.1);
            ana.askfirst("sync").done();
            delete();
            raj.askfirst("sync").done()
        };
        assert!(out.stdout.contains("Stays: What my analysts"), "{out:#?}");
        assert!(out.stdout.contains("one deleted it while"), "{out:#?}");
        for person in [&ana, &raj] {
            person.askfirst("sync").done();
            assert!(person.read(&file).contains(ANA.1));
            person.is_at_rest();
        }
    }
}

#[test]
fn what_one_took_out_of_a_brief_and_the_other_changed_stays_and_is_said() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    ana.edit(
        "text = \"Names of analysts stay out of the HR copy\"",
        "text = \"No names at all\"",
    );
    ana.askfirst("sync").done();
    let file = raj.brief("what");
    let text = raj.read(&file);
    let at = text.find("[answer.must_not_lose]").unwrap();
    let end = at + text[at + 1..].find("\n[").unwrap() + 2;
    raj.write(&file, format!("{}{}", &text[..at], &text[end..]));
    let out = raj.askfirst("sync").done().stdout;
    assert!(raj.read(&file).contains("No names at all"), "{out}");
    let (_, stays) = out.split_once("Stays: What my analysts").unwrap();
    assert!(
        stays.contains("was taken out by one and changed by"),
        "{out}"
    );
    assert!(stays.contains("the answer to"), "{out}");
}

#[test]
fn what_only_comes_in_does_not_touch_what_is_under_way_elsewhere() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    raj.edit(RAJ.0, RAJ.1);
    raj.askfirst("sync").done();
    ana.write("code.txt", "half done\n");
    ana.write("staged.txt", "staged\n");
    ana.git("add -N staged.txt", &[]);
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1);
    let file = std::fs::File::options()
        .write(true)
        .open(ana.path("code.txt"));
    file.unwrap().set_modified(long_ago).unwrap();
    let status = ana.git("status --porcelain", &[]);
    ana.askfirst("sync").done();
    assert!(ana.read(&ana.brief("what")).contains(RAJ.1));
    assert_eq!(ana.git("status --porcelain", &[]), status);
    let meta = std::fs::metadata(ana.path("code.txt")).unwrap();
    assert_eq!(meta.modified().unwrap(), long_ago);
    ana.is_at_rest();
}

#[test]
fn what_cannot_be_set_aside_stays_where_it_is() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    raj.edit(RAJ.0, RAJ.1);
    raj.askfirst("sync").done();
    ana.edit("appetite = \"3 days\"", "appetite = \"9 days\"");
    ana.write("new.txt", "new\n");
    ana.git("add -N new.txt", &[]);
    ana.write("code.txt", "half done\n");
    let out = ana.askfirst("sync").failed(1);
    assert!(
        out.stderr.contains("git add -N stands in the way"),
        "{out:#?}"
    );
    let status = ana.git("status --porcelain", &[]);
    assert_eq!(status, " M code.txt\n A new.txt\n");
    ana.is_at_rest();
    ana.git("add new.txt", &[]);
    ana.askfirst("sync").done();
    let status = ana.git("status --porcelain", &[]);
    assert_eq!(status, " M code.txt\nA  new.txt\n");
}

#[test]
fn a_hook_that_refuses_leaves_everything_as_it_was() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    program(
        &ana,
        ".git/hooks/pre-commit",
        "echo 'no Fridays' >&2; exit 1",
    );
    ana.edit(ANA.0, RAJ.1);
    ana.git("add .askfirst", &[]);
    ana.edit(RAJ.1, ANA.1);
    ana.write(".askfirst/prompts/own.toml", "title = \"Own\"\n");
    ana.write("code.txt", "staged\n");
    ana.git("add code.txt", &[]);
    let look = || {
        (
            ana.git("status --porcelain", &[]),
            ana.git("rev-parse HEAD", &[]),
        )
    };
    let before = look();
    assert!(before.0.contains("MM .askfirst/"), "{before:?}");
    let out = ana.askfirst("sync").failed(1);
    assert!(out.stderr.contains("no Fridays"), "{out:#?}");
    assert!(out.stderr.contains("nothing was sent"), "{out:#?}");
    assert_eq!(look(), before);
    // Also one that only looks at the message, or a key that is not there.
    std::fs::remove_file(ana.path(".git/hooks/pre-commit")).unwrap();
    ana.git("config commit.gpgsign true", &[]);
    ana.git("config gpg.program false", &[]);
    ana.askfirst("sync").failed(1);
    assert_eq!(look(), before);
}

#[test]
fn what_came_in_is_told_also_where_nothing_can_be_sent() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    raj.edit("appetite = \"3 days\"", "appetite = \"9 days\"");
    raj.askfirst("sync").done();
    ana.edit(ANA.0, ANA.1);
    let hook = team.path("hub/hooks/pre-receive");
    std::fs::write(&hook, "#!/bin/sh\necho 'frozen until Monday' >&2\nexit 1\n").unwrap();
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let out = ana.askfirst("sync").failed(1);
    assert!(out.stdout.contains("raj changed the time"), "{out:#?}");
    assert!(!out.stdout.contains("Sent"), "{out:#?}");
    assert!(out.stderr.contains("frozen until Monday"), "{out:#?}");
    assert!(out.stderr.contains("with the next sync"), "{out:#?}");
    ana.is_at_rest();
    let json: serde_json::Value = ana.askfirst("sync --json").failed(1).json();
    assert_eq!(
        (&json["pushed"], &json["came"]),
        (&false.into(), &serde_json::json!([]))
    );
    std::fs::remove_file(hook).unwrap();
    let out = ana.askfirst("sync").done().stdout;
    assert!(out.starts_with("Sent:\n  What my analysts"), "{out}");
}

#[test]
fn hooks_run_in_the_language_of_the_user() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    program(&ana, ".git/hooks/pre-commit", "echo \"$LC_ALL\" > ../said");
    ana.edit(ANA.0, ANA.1);
    let mut command = ana.command_in(&ana.path(""), env!("CARGO_BIN_EXE_askfirst"));
    let out = told(command.env("LC_ALL", "de_DE.UTF-8").arg("sync"));
    assert_eq!(out.code, 0, "{out:#?}");
    let said = std::fs::read_to_string(team.path("said")).unwrap();
    assert_eq!(said, "de_DE.UTF-8\n");
}

#[test]
fn a_conflict_outside_of_the_folder_is_given_up() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    raj.write("code.txt", "raj's\n");
    raj.commit("code");
    raj.edit(RAJ.0, RAJ.1);
    raj.askfirst("sync --all-commits").done();
    ana.write("code.txt", "ana's\n");
    ana.commit("code");
    ana.edit("appetite = \"3 days\"", "appetite = \"9 days\"");
    ana.write("loose.txt", "loose\n");
    ana.git("add loose.txt", &[]);
    let out = ana.askfirst("sync --all-commits").failed(1);
    assert!(out.stderr.contains("  code.txt"), "{out:#?}");
    assert!(
        out.stderr.contains("everything here is as before"),
        "{out:#?}"
    );
    ana.is_at_rest();
    assert_eq!(ana.read("code.txt"), "ana's\n");
    assert_eq!(ana.git("status --porcelain", &[]), "A  loose.txt\n");
    assert!(ana.read(&ana.brief("what")).contains("9 days"));
}

#[test]
fn a_clone_without_the_driver_can_still_merge_by_meaning() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    ana.edit(ANA.0, ANA.1);
    ana.askfirst("sync").done();
    raj.edit(RAJ.0, RAJ.1);
    raj.commit("raj's");
    let pulled = raj.try_git("pull -q --no-rebase --no-edit", &[]);
    assert_eq!(pulled.code, 1, "{pulled:#?}");

    // What is wrong, and what to run, wherever one looks.
    let list = raj.askfirst("list --everyone").done().stdout;
    assert!(
        list.contains("two versions of the file were not joined"),
        "{list}"
    );
    for look in [
        "show what-my",
        "resolve what-my",
        "resolve what-my --keep 1",
    ] {
        let out = raj.askfirst(look).failed(1);
        assert!(
            out.stderr.contains("askfirst resolve BRIEF --join"),
            "{out:#?}"
        );
    }
    let text = raj.read(&raj.brief("what"));
    let out = raj.askfirst("sync").failed(1);
    assert!(out.stderr.contains("git merge --abort"), "{out:#?}");
    assert_eq!(raj.read(&raj.brief("what")), text);

    let joined = raj.askfirst("resolve what-my --join").done().stdout;
    assert!(
        joined.starts_with("Merged by meaning: What my analysts"),
        "{joined}"
    );
    assert!(joined.contains("--keep 2: Wed 1 Apr 2026"), "{joined}");
    assert!(joined.contains("Tell git so: git add "), "{joined}");
    let text = raj.read(&raj.brief("what"));
    assert!(
        !text.contains("<<<<") && text.contains("[[conflict]]"),
        "{text}"
    );
    let again = raj.askfirst("resolve what-my --join").failed(1);
    assert!(again.stderr.contains("no markers of git"), "{again:#?}");
    raj.git("add -A", &[]);
    raj.git("commit -q --no-edit", &[]);
    raj.askfirst("resolve what-my --keep 2").done();
    let out = raj.askfirst("sync").done();
    assert!(out.stdout.contains("Sent:"), "{out:#?}");
    ana.askfirst("sync").done();
    assert!(ana.read(&ana.brief("what")).contains(RAJ.1));
}

#[test]
fn sync_says_that_git_alone_would_merge_by_lines() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    let both = |turn: usize| {
        ana.write(".askfirst/prompts/a.txt", turn.to_string());
        ana.askfirst("sync").done();
        raj.write(".askfirst/prompts/r.txt", turn.to_string());
        raj.askfirst("sync").done().stderr
    };
    let noted = both(1);
    assert!(noted.contains("in this clone"), "{noted}");
    assert!(noted.contains("askfirst init --merge-driver"), "{noted}");
    raj.askfirst("init --merge-driver").done();
    assert_eq!(both(2), "");
    raj.git("rm -q .askfirst/.gitattributes", &[]);
    let noted = both(3);
    assert!(noted.contains("does not name the merge driver"), "{noted}");
}

#[test]
fn what_git_left_unmerged_is_not_sent() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    let head = ana.git("rev-parse HEAD", &[]);
    let marks = "<<<<<<< HEAD\n# one\n=======\n# two\n>>>>>>> x\n";
    ana.write(".askfirst/goals.toml", marks);
    let out = ana.askfirst("sync").failed(1);
    assert!(out.stderr.contains("goals.toml"), "{out:#?}");
    ana.write(".askfirst/goals.toml", "[[goal\n");
    let out = ana.askfirst("sync").failed(1);
    assert!(out.stderr.contains("is not sent"), "{out:#?}");
    std::fs::remove_file(ana.path(".askfirst/goals.toml")).unwrap();
    // In a text of several lines the file can still be read.
    let hidden = "text = \"\"\"\n<<<<<<< a\nfor HR\n=======\nfor us\n>>>>>>> b\n\"\"\"\n";
    ana.edit(
        "[answer.purpose]\n",
        &format!("[answer.tool]\n{hidden}\n[answer.purpose]\n"),
    );
    let out = ana.askfirst("sync").failed(1);
    assert!(out.stderr.contains("git left two versions"), "{out:#?}");
    assert!(out.stderr.contains(" --join"), "{out:#?}");
    assert_eq!(ana.git("rev-parse HEAD", &[]), head);
    let joined = ana.askfirst("resolve what-my --join").done().stdout;
    assert!(joined.contains("--keep 1: for HR"), "{joined}");
    ana.askfirst("sync").done();
}

#[test]
fn a_shallow_clone_is_synced_like_another() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    std::fs::remove_dir_all(raj.path("")).unwrap();
    let hub = format!("file://{}", team.path("hub").display());
    let root = team.path("");
    let mut clone = raj.command_in(&root, "git");
    assert_eq!(
        told(clone.args(["clone", "-q", "--depth=1", &hub, "raj"])).code,
        0
    );
    raj.git("config user.name raj", &[]);
    raj.git("config user.email raj@example.org", &[]);
    for day in ["2026-03-01", "2026-03-09"] {
        let text = ana.read(&ana.brief("what"));
        let line = text.lines().find(|l| l.starts_with("need_by")).unwrap();
        ana.edit(line, &format!("need_by = {day}"));
        ana.askfirst("sync").done();
    }
    raj.edit("appetite = \"3 days\"", "appetite = \"9 days\"");
    let out = raj.askfirst("sync").done().stdout;
    assert!(
        out.contains("ana changed the day to Mon 9 Mar 2026"),
        "{out}"
    );
    let text = raj.read(&raj.brief("what"));
    assert!(text.contains(ANA.1) && text.contains("9 days"), "{text}");
    assert_eq!(raj.git("rev-list --count origin/main..HEAD", &[]), "0\n");
}

#[test]
fn where_else_it_would_go_is_left_to_the_user() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    ana.edit(ANA.0, ANA.1);
    let head = ana.git("rev-parse HEAD", &[]);
    ana.git("config remote.pushDefault fork", &[]);
    let out = ana.askfirst("sync").failed(1);
    assert!(out.stderr.contains("is pushed to fork"), "{out:#?}");
    ana.git("config --unset remote.pushDefault", &[]);
    ana.git("checkout -q -b topic --track main", &[]);
    let out = ana.askfirst("sync").failed(1);
    assert!(out.stderr.contains("git push -u origin topic"), "{out:#?}");
    assert_eq!(ana.git("rev-parse HEAD", &[]), head);
}

#[test]
fn nobody_waits_for_a_password_that_nobody_can_type() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    let said = ana.path("said").display().to_string();
    let script =
        format!("echo \"$@\" > '{said}'\necho 'x: Permission denied (publickey).' >&2\nexit 255");
    program(&ana, "bin/ssh", &script);
    ana.git("remote set-url origin ssh://git.example/hub.git", &[]);
    let out = with_path(&ana, "bin", "sync");
    assert_eq!(out.code, 1, "{out:#?}");
    assert!(
        out.stderr.contains("origin wants to know who you are"),
        "{out:#?}"
    );
    assert!(
        ana.read("said").contains("-oBatchMode=yes"),
        "{}",
        ana.read("said")
    );
    // Whoever has a command of their own keeps it.
    ana.git("config core.sshCommand", &["ssh -v"]);
    with_path(&ana, "bin", "sync");
    assert!(ana.read("said").starts_with("-v "), "{}", ana.read("said"));
}

#[test]
fn a_folder_deep_in_a_repository_with_spaces_in_its_path_is_synced() {
    if git_is_missing() {
        return;
    }
    let team = Team::of(&["ana", "raj"]);
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    let below = |person: &Person<'_>, args: &str| {
        let folder = person.path("my work/it's 100%");
        std::fs::create_dir_all(&folder).unwrap();
        let mut command = person.command_in(&folder, env!("CARGO_BIN_EXE_askfirst"));
        told(command.args(crate::support::words(args)))
    };
    assert_eq!(below(&ana, "init --merge-driver").code, 0);
    let text = crate::support::SUPERREPORT;
    ana.write(
        "my work/it's 100%/s.toml",
        text.replace("What my analysts", "Red box"),
    );
    below(&ana, "new --from s.toml").done();
    std::fs::remove_file(ana.path("my work/it's 100%/s.toml")).unwrap();
    let sent = below(&ana, "sync").done().stdout;
    assert!(sent.contains("Red box"), "{sent}");
    assert_eq!(ana.git("status --porcelain", &[]), "");
    raj.git("pull -q", &[]);
    below(&raj, "init --merge-driver").done();
    let files = raj.git("ls-files -z", &[]);
    let file = files
        .split('\0')
        .find(|f| f.contains("red-box"))
        .unwrap()
        .to_owned();
    let edit = |person: &Person<'_>, (from, to): (&str, &str)| {
        let text = person.read(&file);
        assert!(text.contains(from), "{text}");
        person.write(&file, text.replacen(from, to, 1));
        person.commit(to);
    };
    edit(&ana, ANA);
    ana.git("push -q", &[]);
    edit(&raj, ("appetite = \"3 days\"", "appetite = \"9 days\""));
    // git itself calls the driver with the path.
    raj.git("pull -q --rebase", &[]);
    let text = raj.read(&file);
    assert!(text.contains(ANA.1) && text.contains("9 days"), "{text}");
    assert!(!text.contains("conflict"), "{text}");
    below(&raj, "sync").done();
    let came = below(&ana, "sync").done().stdout;
    assert!(came.contains("raj changed the time it is worth"), "{came}");
}

#[test]
fn a_second_work_tree_and_a_submodule_are_synced_as_what_they_are() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    // Another work tree of the same clone, on a branch of its own.
    ana.git("push -q origin main:topic", &[]);
    ana.git("fetch -q", &[]);
    ana.git("worktree add -q --track -b topic ../tree origin/topic", &[]);
    let tree = team.path("tree");
    let at = |folder: &std::path::Path, args: &str| {
        let mut command = ana.command_in(folder, env!("CARGO_BIN_EXE_askfirst"));
        told(command.args(args.split(' ')))
    };
    let file = ana.brief("what");
    let text = ana.read(&file);
    std::fs::write(tree.join(&file), text.replace(ANA.0, ANA.1)).unwrap();
    let sent = at(&tree, "sync").done().stdout;
    assert!(sent.contains("ana changed the day"), "{sent}");
    assert_eq!(ana.read(&file), text, "the other work tree is as it was");

    // The repository with the briefs inside of another one.
    let hub = team.path("hub").display().to_string();
    let outer = team.path("outer");
    std::fs::create_dir(&outer).unwrap();
    let git = |args: &[&str]| {
        let out = told(ana.command_in(&outer, "git").args(args));
        assert_eq!(out.code, 0, "{args:?}: {out:#?}");
    };
    git(&["init", "-q"]);
    git(&[
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        &hub,
        "sub",
    ]);
    let sub = outer.join("sub");
    for (key, value) in [("user.name", "ana"), ("user.email", "ana@example.org")] {
        told(ana.command_in(&sub, "git").args(["config", key, value]));
    }
    std::fs::write(sub.join(&file), text.replace(ANA.0, ANA.1)).unwrap();
    let sent = at(&sub, "sync").done().stdout;
    assert!(sent.contains("ana changed the day"), "{sent}");
    let came = raj.askfirst("sync").done().stdout;
    assert!(came.contains("ana changed the day"), "{came}");
    told(
        ana.command_in(&sub, "git")
            .args(["checkout", "-q", "--detach"]),
    );
    let out = at(&sub, "sync").failed(1);
    assert!(out.stderr.contains("no branch is checked out"), "{out:#?}");
}

#[test]
fn nothing_from_a_colleague_acts_on_the_terminal() {
    let Some(team) = two() else { return };
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    raj.git("config user.name", &["raj\u{1b}]0;owned\u{7}\u{202e}"]);
    raj.edit(
        "title = \"What my analysts do all day\"",
        "title = \"Red \\u001b[2J\\u202e box\"",
    );
    raj.write(".askfirst/\u{1b}[31mred.txt", "x");
    let sent = raj.askfirst("sync").done();
    let message = raj.git("log -1 --format=%B", &[]);
    let came = ana.askfirst("sync").done();
    assert!(came.stdout.contains("Red "), "{came:#?}");
    for text in [sent.stdout, sent.stderr, message, came.stdout, came.stderr] {
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
    }
}

#[test]
fn a_repository_cannot_make_sync_run_more_than_git_would() {
    let Some(team) = two() else { return };
    let ana = team.person("ana");
    ana.edit(ANA.0, ANA.1);
    // What a command appends is a comment.
    let plant = |name: &str| format!("touch {} #", ana.path(name).display());
    for key in [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "sequence.editor",
        "diff.external",
        "diff.toml.command",
        "diff.toml.textconv",
    ] {
        let name = format!("planted-{}", key.replace('.', "-"));
        ana.git("config", &[key, &plant(&name)]);
    }
    ana.write(".git/info/attributes", "*.toml diff=toml\n");
    let planted = || -> Vec<String> {
        let names = std::fs::read_dir(ana.path("")).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|n| n.starts_with("planted-")).collect();
        names.sort();
        for name in &names {
            std::fs::remove_file(ana.path(name)).unwrap();
        }
        names
    };
    for args in ["list", "show what-my", "due", "resolve what-my", "init"] {
        ana.askfirst(args).done();
        assert_eq!(planted(), [""; 0], "{args}");
    }
    // What their own git runs in there, it runs for them here as well.
    ana.git("fetch -q", &[]);
    ana.git("add -A -n", &[]);
    let own = planted();
    assert_eq!(own, ["planted-core-fsmonitor"]);
    for args in ["sync --dry-run", "sync"] {
        ana.askfirst(args).done();
        let more = planted();
        assert!(
            more.iter().all(|name| own.contains(name)),
            "{args}: {more:?}"
        );
    }
}
