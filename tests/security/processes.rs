//! Which programs are started, and what is connected to.

use super::said::{lines, must_be_only_text};
use super::{HostileRepository, everything, strace};
use crate::support::pty::Launch;
use crate::support::words;

/// What a command may start, beside git to look at where it is: what the user
/// asked for.
fn expected(line: &str) -> &'static [&'static str] {
    match line.split(' ').next().unwrap_or_default() {
        // `true` is the editor of this test.
        "edit" => &["true", "git"],
        "sign" | "verify" => &["ssh-keygen", "git"],
        "remind" => &[
            "systemctl",
            "crontab",
            "launchctl",
            "schtasks",
            "loginctl",
            "git",
        ],
        _ => &["git"],
    }
}

/// The programs in a trace with all of their arguments, the traced one left out.
fn programs(trace: &str) -> Vec<(String, String)> {
    let calls = trace.lines().filter(|line| line.contains("execve"));
    let calls = calls.filter_map(|line| {
        let (_, rest) = line.split_once("(\"")?;
        let (path, arguments) = rest.split_once('"')?;
        let name = path.rsplit('/').next()?;
        Some((name.to_owned(), arguments.to_owned()))
    });
    calls.filter(|(name, _)| name != "askfirst").collect()
}

#[track_caller]
fn must_be_expected(line: &str, trace: &str) {
    assert!(
        trace.contains("execve"),
        "askfirst {line} was not traced: {trace}"
    );
    for (program, arguments) in programs(trace) {
        assert!(
            expected(line).contains(&program.as_str()),
            "askfirst {line} ran {program} {arguments}"
        );
        if program == "git" {
            let only_looks = [
                "core.fsmonitor=false",
                "\"config\", \"--global\"",
                "merge-file",
            ];
            let safe = only_looks.iter().any(|word| arguments.contains(word));
            assert!(safe, "askfirst {line} ran git {arguments}");
            assert!(
                arguments.contains("safe.bareRepository=explicit")
                    || arguments.contains("--global"),
                "askfirst {line} ran git {arguments}"
            );
        }
    }
    must_not_connect(line, trace);
}

#[track_caller]
fn must_not_connect(line: &str, trace: &str) {
    for call in trace.lines() {
        for family in [
            "AF_INET",
            "AF_INET6",
            "AF_PACKET",
            "AF_BLUETOOTH",
            "AF_VSOCK",
        ] {
            assert!(!call.contains(family), "askfirst {line}: {call}");
        }
        // The C library asks a service of the machine for names of users.
        let local = call.contains("nscd") || !call.contains("connect(");
        assert!(
            local || line.starts_with("remind"),
            "askfirst {line}: {call}"
        );
    }
}

const TRACED: [&str; 7] = [
    "-f",
    "-qq",
    "-s",
    "400",
    "-e",
    "trace=process,network",
    "-o",
];

#[test]
fn no_command_starts_a_program_or_connects_in_a_hostile_repository() {
    let Some(strace) = strace() else { return };
    let mut hostile = HostileRepository::unpacked();
    hostile.dir.env("EDITOR", "true");
    let file = hostile.dir.home().join("trace");
    let mut seen = std::collections::BTreeSet::new();
    for line in lines() {
        let mut command = hostile.dir.command(strace);
        let traced = command.args(TRACED).arg(&file);
        let traced = traced
            .arg(env!("CARGO_BIN_EXE_askfirst"))
            .args(words(&line));
        let output = traced.output().unwrap();
        let trace = std::fs::read_to_string(&file).unwrap();
        must_be_expected(&line, &trace);
        must_be_only_text(&line, &[output.stdout, output.stderr].concat());
        assert!(
            !hostile.planted().exists(),
            "something ran: askfirst {line}"
        );
        seen.extend(programs(&trace).into_iter().map(|(program, _)| program));
    }
    // It was looked at closely enough to see these.
    for program in ["true", "git"] {
        assert!(seen.contains(program), "{seen:?}");
    }
}

#[test]
fn the_screens_start_no_program_and_connect_to_nothing_in_a_hostile_repository() {
    if strace().is_none() {
        return;
    }
    let hostile = HostileRepository::unpacked();
    let shell = "exec strace -f -qq -s 400 -e trace=process,network -o \"$HOME/trace\" \"$ASKFIRST\" --everyone";
    let mut pty = Launch::new(&hostile.dir)
        .through("/bin/sh", &["-c", shell])
        .size(100, 40)
        .start();
    pty.wait_for("Hostile");
    pty.keys("/Hostile<enter>").wait_for("in two ways");
    pty.keys("v").wait_for("Your answers");
    pty.keys("s").wait_for("Subject:");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());
    let trace = std::fs::read_to_string(hostile.dir.home().join("trace")).unwrap();
    must_be_expected("on its screens", &trace);
    assert!(!hostile.planted().exists());
    for harm in [
        &b"\x1b]0;"[..],
        b"\x07",
        b"\x1bP1$q",
        "\u{202e}".as_bytes(),
        "\u{200b}".as_bytes(),
    ] {
        assert!(!crate::support::pty::contains(&pty.raw, harm), "{harm:?}");
    }
}

#[test]
fn a_sync_runs_nothing_that_came_with_the_folder() {
    let hostile = HostileRepository::cloned();
    let dir = &hostile.dir;
    std::fs::remove_file(dir.path(".askfirst/pipe-aaaa.toml")).unwrap();
    hostile.git(&["init", "-q", "--bare", "-b", "main", "hub"]);
    dir.write(".gitignore", "hub\nout\n");
    // The user's own git would add the files below as those of another repository.
    hostile.git(&[
        "-c",
        "safe.bareRepository=explicit",
        "add",
        ".gitignore",
        "evil.toml",
    ]);
    hostile.git(&["commit", "-q", "-m", "first"]);
    hostile.git(&["remote", "add", "origin", "hub"]);
    hostile.git(&["push", "-q", "-u", "origin", "main"]);
    let before = everything(&dir.home());
    // It looks like a repository of its own, with settings: then there is none.
    let refused = dir.run("sync").failed(1);
    assert!(refused.stderr.contains("bare repository"), "{refused:#?}");
    assert!(
        !hostile.planted().exists(),
        "a setting or a hook of the folder ran"
    );
    dir.run("list").done();
    // Nor is sent what nobody could read; a link is not looked behind.
    std::fs::remove_file(dir.path(".askfirst/HEAD")).unwrap();
    for file in [
        "broken-aaaa",
        "dangling-aaaa",
        "folder-aaaa",
        "keys-aaaa",
        "linked-aaaa",
        "goals",
    ] {
        let refused = dir.run("sync").failed(1);
        must_be_only_text("sync", refused.stderr.as_bytes());
        std::fs::remove_file(dir.path(&format!(".askfirst/{file}.toml"))).unwrap();
    }
    let synced = dir.run("sync").done();
    must_be_only_text("sync", synced.stdout.as_bytes());
    must_be_only_text("sync", synced.stderr.as_bytes());
    assert!(
        !hostile.planted().exists(),
        "a setting or a hook of the folder ran"
    );
    assert!(
        before
            .iter()
            .all(|file| everything(&dir.home()).contains(file))
    );
    // In the history it is only text, too, and it is the user who wrote it.
    let log = hostile
        .git(&[
            "-c",
            "safe.bareRepository=explicit",
            "log",
            "-1",
            "--format=%an%n%B",
        ])
        .stdout;
    must_be_only_text("sync", log.as_bytes());
    assert!(log.starts_with("Ana\n"), "{log}");
}
