//! The hook in git itself.

use std::path::Path;

use crate::support::{Output, TestDir};

const LINE: &str =
    "askfirst: what does Dana Reyes say to it? 2 guesses are open (askfirst checkin what-my-";

/// A repository with two branches and a due brief; `None` where there is no git.
fn repository() -> Option<TestDir> {
    let mut dir = TestDir::with_a_due_brief();
    // Where git is, as on the machine.
    let path = std::env::var("PATH").unwrap_or_default();
    dir.env("PATH", &path);
    dir.env("GIT_CONFIG_NOSYSTEM", "1");
    for (kind, name) in [("AUTHOR", "Ana"), ("COMMITTER", "Ana")] {
        dir.env(&format!("GIT_{kind}_NAME"), name);
        dir.env(&format!("GIT_{kind}_EMAIL"), "ana@example.org");
    }
    if dir.command("git").arg("--version").output().is_err() {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "skipped: there is no git here");
        return None;
    }
    for args in [
        "init -q -b main",
        "add -A",
        "commit -q -m one",
        "branch other",
    ] {
        git(&dir, args).done();
    }
    Some(dir)
}

fn git(dir: &TestDir, args: &str) -> Output {
    let output = dir.command("git").args(args.split(' ')).output().unwrap();
    Output {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap_or(-1),
    }
}

fn shown(output: &Output) -> usize {
    output.stderr.matches(LINE).count()
}

#[test]
fn a_checkout_tells_what_is_due_here_at_most_every_four_hours() {
    let Some(mut dir) = repository() else { return };
    let installed = dir.run("hook git --install").done();
    assert!(installed.stdout.starts_with("Wrote "), "{installed:#?}");
    assert!(
        installed.stdout.contains("due --hook=git"),
        "{installed:#?}"
    );
    assert!(installed.stdout.contains("Take it away again with: rm "));

    let out = git(&dir, "checkout other").done();
    assert_eq!(shown(&out), 1, "{out:#?}");
    assert_eq!(out.stdout, "");
    assert_eq!(shown(&git(&dir, "checkout main").done()), 0);
    // A file is no branch.
    dir.at("2026-02-10T10:00:00+01:00");
    assert_eq!(shown(&git(&dir, "checkout main -- s.toml").done()), 0);
    // On any day until it is stale, and not at night.
    assert_eq!(shown(&git(&dir, "switch other").done()), 1);
    dir.at("2026-02-10T22:00:00+01:00");
    assert_eq!(shown(&git(&dir, "switch main").done()), 0);
    dir.at("2026-03-10T10:00:00+01:00");
    assert_eq!(shown(&git(&dir, "switch other").done()), 0);
}

#[test]
fn nothing_is_told_of_other_folders_or_before_it_is_due() {
    let Some(mut dir) = repository() else { return };
    dir.run("hook git --install").done();
    dir.at("2026-02-06T10:00:00+01:00");
    assert_eq!(shown(&git(&dir, "checkout other").done()), 0);
    dir.at("2026-02-09T13:00:00+01:00");
    dir.env("ASKFIRST_DIR", "elsewhere");
    assert_eq!(shown(&git(&dir, "checkout main").done()), 0);
}

#[test]
fn a_checkout_succeeds_whatever_happens_to_the_program() {
    let Some(dir) = repository() else { return };
    let script = dir.run("hook git").done().stdout;
    let program = env!("CARGO_BIN_EXE_askfirst");
    let hook = dir.path(".git/hooks/post-checkout");
    let put = |program_there: &str| {
        std::fs::write(&hook, script.replace(program, program_there)).unwrap();
        executable(&hook);
    };
    put("/nowhere/askfirst");
    let gone = git(&dir, "checkout other").done();
    assert_eq!(gone.stderr, "Switched to branch 'other'\n");
    dir.write("fails", "#!/bin/sh\necho oops >&2\nexit 3\n");
    executable(&dir.path("fails"));
    put(dir.path("fails").to_str().unwrap());
    let fails = git(&dir, "checkout main").done();
    assert_eq!(fails.stderr, "Switched to branch 'main'\n");
}

#[test]
fn a_hook_that_is_there_is_never_overwritten() {
    let Some(dir) = repository() else { return };
    let hook = ".git/hooks/post-checkout";
    dir.write(hook, "#!/bin/sh\necho mine\n");
    let refused = dir.run("hook git --install").failed(1);
    assert!(
        refused.stderr.contains("there is such a hook already"),
        "{refused:#?}"
    );
    assert_eq!(dir.read(hook), "#!/bin/sh\necho mine\n");
    // As the hint says.
    let both = format!("{}\n{}", dir.read(hook), dir.run("hook git").done().stdout);
    dir.write(hook, both);
    executable(&dir.path(hook));
    assert_eq!(shown(&git(&dir, "checkout other").done()), 1);
}

#[test]
fn hooks_that_other_repositories_share_are_left_alone() {
    let Some(dir) = repository() else { return };
    std::fs::create_dir(dir.path("shared")).unwrap();
    git(&dir, "config core.hooksPath shared").done();
    let refused = dir.run("hook git --install").failed(1);
    assert!(
        refused.stderr.contains("core.hooksPath is shared"),
        "{refused:#?}"
    );
    assert!(
        std::fs::read_dir(dir.path("shared"))
            .unwrap()
            .next()
            .is_none()
    );
    let nowhere = TestDir::new();
    let refused = nowhere.run("hook git --install").failed(1);
    assert!(refused.stderr.contains("no git repository"), "{refused:#?}");
    dir.run("hook bash --install").failed(2);
    dir.run("hook tcsh").failed(2);
}

#[test]
fn a_second_worktree_shares_the_hook() {
    let Some(dir) = repository() else { return };
    git(&dir, "worktree add -q tree other").done();
    let mut command = dir.command(env!("CARGO_BIN_EXE_askfirst"));
    let output = command
        .current_dir(dir.path("tree"))
        .args(["hook", "git", "--install"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(dir.path(".git/hooks/post-checkout").exists());
}

fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}
