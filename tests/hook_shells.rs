//! The hooks in the shells themselves. A shell that is not on this machine is
//! named on standard error, and its tests pass.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::support::pty::Launch;
use crate::support::{Output, SUPERREPORT, TestDir};

/// 2026-02-09T13:00:00+01:00, the pinned time of the tests.
const NOON: &str = "1770638400";
const LINE: &str = "askfirst: what does Dana Reyes say to it? 2 guesses are open (askfirst checkin";

/// The program of a shell; `None` where it is not here.
fn shell(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.push("/usr/bin".into());
    let found = folders
        .iter()
        .map(|folder| folder.join(name))
        .find(|p| p.is_file());
    if found.is_none() {
        // Past the harness, which keeps the output of tests that pass.
        let _ = writeln!(std::io::stderr(), "skipped: there is no {name} here");
    }
    found
}

/// A due brief, and the clock of the shells.
fn due() -> TestDir {
    let mut dir = TestDir::with_a_due_brief();
    dir.env("ASKFIRST_EPOCH", NOON);
    dir.env("PS1", "");
    dir.env("PS2", "");
    dir
}

/// What the hooks read.
fn next(dir: &TestDir) -> PathBuf {
    dir.home().join(".local/state/askfirst/reminders/next")
}

/// The line that takes the hook into bash or zsh.
fn eval(dir: &TestDir, shell: &str) -> String {
    std::fs::write(dir.home().join("hook"), counted(dir, shell)).unwrap();
    "eval \"$(cat ~/hook)\"".to_owned()
}

/// The snippet, which starts the program through a script that counts.
fn counted(dir: &TestDir, shell: &str) -> String {
    let program = env!("CARGO_BIN_EXE_askfirst");
    let log = dir.home().join("started");
    let script = format!(
        "#!/bin/sh\necho \"$*\" >> '{}'\nexec '{program}' \"$@\"\n",
        log.display()
    );
    let path = dir.home().join("counts");
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let snippet = dir.run(&format!("hook {shell}")).done().stdout;
    assert!(snippet.contains(program), "{snippet}");
    snippet.replace(program, path.to_str().unwrap())
}

/// How often the program was started.
fn starts(dir: &TestDir) -> usize {
    let log = std::fs::read_to_string(dir.home().join("started"));
    log.unwrap_or_default().lines().count()
}

/// Lets an interactive shell read lines; bash and zsh show a prompt for each.
fn lines(dir: &TestDir, shell: &Path, script: &str) -> Output {
    let args: &[&str] = if shell.ends_with("bash") {
        &["--norc", "--noprofile", "-i"]
    } else {
        &["-f", "-i"]
    };
    let mut command = dir.command(shell);
    command.args(args).env("SHELL", shell).write_stdin(script);
    if shell.ends_with("zsh") {
        // No mark for a line without an end.
        command.env("PROMPT_EOL_MARK", "");
    }
    let output = command.output().unwrap();
    Output {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code().unwrap_or(-1),
    }
}

/// The lines of standard error that are no echo of what was typed.
fn told(output: &Output) -> Vec<&str> {
    let noise = [
        "bash: cannot set terminal process group",
        "bash: no job control in this shell",
    ];
    let lines = output.stderr.lines().map(str::trim);
    lines
        .filter(|line| {
            line.starts_with("askfirst:") || line.contains("zsh:") || line.contains("bash:")
        })
        .filter(|line| !noise.iter().any(|noise| line.starts_with(noise)))
        .collect()
}

/// bash and zsh, each with the name of its array of statuses.
fn both(mut test: impl FnMut(&Path, &str, &str)) {
    for (name, statuses) in [("bash", "PIPESTATUS"), ("zsh", "pipestatus")] {
        if let Some(path) = shell(name) {
            test(&path, name, statuses);
        }
    }
}

#[test]
fn the_line_is_shown_once_and_the_statuses_are_kept() {
    both(|path, name, statuses| {
        let dir = due();
        let snippet = eval(&dir, name);
        let script = format!(
            "{snippet}\n{snippet}\n(exit 7)\necho status $?\nfalse | true | false\n\
             echo all ${{{statuses}[*]}}\necho last $?\n"
        );
        let output = lines(&dir, path, &script);
        assert_eq!(
            output.stdout, "status 7\nall 1 0 1\nlast 0\n",
            "{name}: {output:#?}"
        );
        let told = told(&output);
        assert_eq!(told.len(), 1, "{name}: {output:#?}");
        assert!(told[0].starts_with(LINE), "{name}: {output:#?}");
        assert_eq!(starts(&dir), 1, "{name}");
    });
}

#[test]
fn nothing_is_started_before_something_is_due() {
    both(|path, name, _| {
        let mut dir = due();
        dir.env("ASKFIRST_EPOCH", "1770629759");
        let output = lines(&dir, path, &format!("{}\n:\n:\n", eval(&dir, name)));
        assert!(told(&output).is_empty(), "{name}: {output:#?}");
        assert_eq!(starts(&dir), 0, "{name}");
        // A second later it is time.
        dir.env("ASKFIRST_EPOCH", "1770629760");
        dir.at("2026-02-09T10:36:00+01:00");
        lines(&dir, path, &format!("{}\n:\n:\n", eval(&dir, name)));
        assert_eq!(starts(&dir), 1, "{name}");
    });
}

#[test]
fn strict_shells_and_odd_settings_are_left_alive() {
    let strict = [
        (
            "bash",
            "set -euC; IFS=0123456789; shopt -s nullglob failglob; readonly at=1 now=2 status=3",
        ),
        ("bash", "set -eu; set -o posix; set -f"),
        (
            "zsh",
            "setopt err_exit no_unset no_clobber sh_word_split; IFS=0123456789",
        ),
        (
            "zsh",
            "setopt ksh_arrays null_glob warn_create_global err_return",
        ),
    ];
    for (name, options) in strict {
        let Some(path) = shell(name) else { continue };
        let dir = due();
        let script = format!(
            "{options}\n{}\n! true\necho status \"$?\"\n",
            eval(&dir, name)
        );
        let output = lines(&dir, &path, &script);
        assert_eq!(output.stdout, "status 1\n", "{options}: {output:#?}");
        let told = told(&output);
        assert_eq!(told.len(), 1, "{options}: {output:#?}");
        assert!(told[0].starts_with(LINE), "{options}: {output:#?}");
    }
}

#[test]
fn prompt_functions_that_are_there_go_on_and_see_the_status() {
    let Some(path) = shell("bash") else { return };
    for before in [
        "PROMPT_COMMAND='echo before $?;'",
        "PROMPT_COMMAND='echo before $? # a comment'",
        "PROMPT_COMMAND=('echo before $?')",
    ] {
        let dir = due();
        let script = format!(
            "{before}\n{}\nafter() {{ echo after $?; }}\n\
             PROMPT_COMMAND[0]=\"${{PROMPT_COMMAND[0]}}\"$'\\n'after\n(exit 7)\n:\n",
            eval(&dir, "bash")
        );
        let output = lines(&dir, &path, &script);
        assert!(
            output.stdout.contains("before 7\n"),
            "{before}: {output:#?}"
        );
        assert_eq!(told(&output).len(), 1, "{before}: {output:#?}");
    }
    let Some(path) = shell("zsh") else { return };
    let dir = due();
    let script = format!(
        "precmd() {{ echo before $? }}\n{}\nafter() {{ echo after $? }}\n\
         precmd_functions+=(after)\n(exit 7)\n:\n",
        eval(&dir, "zsh")
    );
    let output = lines(&dir, &path, &script);
    assert!(output.stdout.contains("before 7\nafter 7\n"), "{output:#?}");
    assert_eq!(told(&output).len(), 1, "{output:#?}");
}

#[test]
fn a_function_behind_the_hook_sees_the_status_too() {
    let Some(path) = shell("bash") else { return };
    let dir = due();
    let script = format!(
        "{}\nPROMPT_COMMAND=\"$PROMPT_COMMAND\"$'\\n''echo after $?'\n(exit 7)\n:\n",
        eval(&dir, "bash")
    );
    let output = lines(&dir, &path, &script);
    assert!(output.stdout.contains("after 7\n"), "{output:#?}");
}

#[test]
fn a_shell_within_a_shell_is_not_troubled_by_what_it_inherits() {
    let Some(path) = shell("bash") else { return };
    let dir = due();
    let script = format!(
        "{}\nexport PROMPT_COMMAND\nbash --norc --noprofile -i <<< $'false\\necho inner $?'\n",
        eval(&dir, "bash")
    );
    let output = lines(&dir, &path, &script);
    assert_eq!(output.stdout, "inner 1\n", "{output:#?}");
    assert_eq!(told(&output).len(), 1, "{output:#?}");
}

#[test]
fn of_many_shells_at_once_one_shows_it() {
    both(|path, name, _| {
        let dir = due();
        let snippet = eval(&dir, name);
        let script = format!("{snippet}\n:\n:\n");
        std::fs::write(dir.path("script"), &script).unwrap();
        let children: Vec<std::process::Child> = (0..6)
            .map(|_| {
                let args: &[&str] = if name == "bash" {
                    &["--norc", "--noprofile", "-i"]
                } else {
                    &["-f", "-i"]
                };
                std::process::Command::new(path)
                    .args(args)
                    .env_clear()
                    .env("HOME", dir.home())
                    .env("PATH", "/usr/bin:/bin")
                    .env("ASKFIRST_NOW", "2026-02-09T13:00:00+01:00")
                    .env("ASKFIRST_EPOCH", NOON)
                    .env("PS1", "")
                    .current_dir(dir.work())
                    .stdin(std::fs::File::open(dir.path("script")).unwrap())
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let mut all = String::new();
        for child in children {
            let output = child.wait_with_output().unwrap();
            all.push_str(&String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(all.matches(LINE).count(), 1, "{name}: {all}");
    });
}

#[test]
fn where_nothing_can_be_written_a_shell_shows_it_once_and_tells_no_error() {
    both(|path, name, _| {
        for is_full in [false, true] {
            let dir = due();
            let mut script = format!("{}\n:\n:\n(exit 7)\necho status \"$?\"\n", eval(&dir, name));
            if is_full {
                // Any write to a file fails, as on a full disk.
                let snippet = dir.run(&format!("hook {name}")).done().stdout;
                std::fs::write(dir.home().join("hook"), snippet).unwrap();
                script.insert_str(0, "ulimit -f 0\n");
            } else {
                std::fs::remove_dir_all(dir.home().join(".local/state")).unwrap();
                std::fs::write(dir.home().join(".local/state"), "").unwrap();
            }
            let output = lines(&dir, path, &script);
            assert_eq!(output.stdout, "status 7\n", "{name}: {output:#?}");
            let told = told(&output);
            assert_eq!(told.len(), 1, "{name}: {output:#?}");
            assert!(told[0].starts_with(LINE), "{name}: {output:#?}");
        }
    });
}

#[test]
fn a_program_that_is_gone_or_fails_is_not_missed() {
    both(|path, name, _| {
        for broken in ["", "#!/nowhere/sh\n", "#!/bin/sh\necho oops >&2\nexit 3\n"] {
            let dir = due();
            let snippet = eval(&dir, name);
            if broken.is_empty() {
                std::fs::remove_file(dir.home().join("counts")).unwrap();
            } else {
                std::fs::write(dir.home().join("counts"), broken).unwrap();
            }
            let script = format!("{snippet}\n:\n(exit 7)\necho status \"$?\"\n");
            let output = lines(&dir, path, &script);
            assert_eq!(output.stdout, "status 7\n", "{name}: {output:#?}");
            assert!(told(&output).is_empty(), "{name} {broken:?}: {output:#?}");
        }
    });
}

#[test]
fn garbage_in_the_file_is_mended_and_never_run() {
    both(|path, name, _| {
        for garbage in [
            "",
            "x",
            "a[$(touch pwned)] 1\n",
            "1 a[$(touch pwned)]\n",
            "$(touch pwned) `touch pwned`\n",
            "08 09\n",
            "99999999999999999999999 1\n",
            "none\n",
            "-5 0x10\n",
            // Written later than now: the clock went back.
            "none 1990000000\n",
            "1990000000 1990000000\n",
        ] {
            let dir = due();
            std::fs::write(next(&dir), garbage).unwrap();
            let script = format!("{}\n:\n:\n(exit 7)\necho status \"$?\"\n", eval(&dir, name));
            let output = lines(&dir, path, &script);
            assert_eq!(
                output.stdout, "status 7\n",
                "{name} {garbage:?}: {output:#?}"
            );
            let told = told(&output);
            assert_eq!(told.len(), 1, "{name} {garbage:?}: {output:#?}");
            assert!(told[0].starts_with(LINE), "{name}: {output:#?}");
            assert!(!dir.path("pwned").exists(), "{name} {garbage:?}");
            let mended = std::fs::read_to_string(next(&dir)).unwrap();
            assert!(mended.starts_with("1770796800 1770638400\n"), "{mended}");
        }
    });
}

#[test]
fn the_clock_of_the_shell_itself_is_read_too() {
    both(|path, name, _| {
        let mut dir = due();
        // No time at all: then the shell's own counts, long after the pinned one.
        dir.env("ASKFIRST_EPOCH", "");
        let output = lines(&dir, path, &format!("{}\n:\n", eval(&dir, name)));
        assert_eq!(told(&output).len(), 1, "{name}: {output:#?}");
        let before = starts(&dir);
        std::fs::write(next(&dir), "99999999999 1\n").unwrap();
        let output = lines(&dir, path, &format!("{}\n:\n", eval(&dir, name)));
        assert!(told(&output).is_empty(), "{name}: {output:#?}");
        assert_eq!(starts(&dir), before, "{name}");
    });
}

#[test]
fn a_folder_with_an_odd_name_is_a_folder() {
    both(|path, name, _| {
        let mut dir = due();
        let odd = dir.home().join("it's $(touch pwned) \"x\" \\");
        std::fs::create_dir(&odd).unwrap();
        dir.env("XDG_STATE_HOME", odd.to_str().unwrap());
        dir.run("due").done();
        let output = lines(&dir, path, &format!("{}\n:\n:\n", eval(&dir, name)));
        assert_eq!(told(&output).len(), 1, "{name}: {output:#?}");
        assert!(!dir.path("pwned").exists());
        assert!(odd.join("askfirst/reminders/next").exists());
    });
}

#[test]
fn fish_shows_the_line_once_and_keeps_the_statuses() {
    let Some(path) = shell("fish") else { return };
    let dir = due();
    std::fs::write(dir.path("hook.fish"), counted(&dir, "fish")).unwrap();
    let fish = Launch::new(&dir)
        .through(path.to_str().unwrap(), &["--no-config", "--interactive"])
        .size(160, 40)
        .env("ASKFIRST_NOW", "2026-02-09T13:00:00+01:00")
        .env("ASKFIRST_EPOCH", NOON);
    let mut fish = fish.start();
    fish.wait_for("work");
    fish.keys("source hook.fish; source hook.fish<enter>");
    fish.wait_for(LINE);
    fish.keys("sh -c 'exit 7'<enter>");
    fish.keys("echo st-$status<enter>").wait_for("st-7");
    fish.keys("false | true | false<enter>");
    fish.keys("echo all-$pipestatus<enter>")
        .wait_for("all-1 all-0 all-1");
    assert_eq!(
        fish.text().matches("askfirst: what").count(),
        1,
        "{}",
        fish.text()
    );
    fish.keys("exit<enter>").wait_exit();
    assert_eq!(starts(&dir), 1);
}

/// Lets fish run a script in which prompts are announced.
fn fish(dir: &TestDir, path: &Path, script: &str) -> Output {
    let mut command = dir.command(path);
    let output = command
        .args(["--no-config", "-c", script])
        .output()
        .unwrap();
    Output {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code().unwrap_or(-1),
    }
}

#[test]
fn fish_starts_nothing_too_early_and_bears_garbage_and_loss() {
    let Some(path) = shell("fish") else { return };
    let prompts = "emit fish_prompt; emit fish_prompt; emit fish_prompt";
    let run = |dir: &TestDir| {
        std::fs::write(dir.path("hook.fish"), counted(dir, "fish")).unwrap();
        fish(dir, &path, &format!("source hook.fish; {prompts}"))
    };
    let mut early = due();
    early.env("ASKFIRST_EPOCH", "1770629759");
    let output = run(&early);
    assert_eq!(
        (output.stderr.as_str(), starts(&early)),
        ("", 0),
        "{output:#?}"
    );

    for garbage in [
        "",
        "x",
        "(touch pwned) 1\n",
        "1 (touch pwned)\n",
        "none 1990000000\n",
    ] {
        let dir = due();
        std::fs::write(next(&dir), garbage).unwrap();
        let output = run(&dir);
        assert!(output.stderr.starts_with(LINE), "{garbage:?}: {output:#?}");
        assert_eq!(output.stderr.lines().count(), 1, "{garbage:?}: {output:#?}");
        assert!(!dir.path("pwned").exists());
    }

    let unwritable = due();
    std::fs::remove_dir_all(unwritable.home().join(".local/state")).unwrap();
    std::fs::write(unwritable.home().join(".local/state"), "").unwrap();
    let output = run(&unwritable);
    assert_eq!(output.stderr.lines().count(), 1, "{output:#?}");

    let gone = due();
    std::fs::write(gone.path("hook.fish"), counted(&gone, "fish")).unwrap();
    std::fs::remove_file(gone.home().join("counts")).unwrap();
    let output = fish(&gone, &path, &format!("source hook.fish; {prompts}"));
    assert_eq!(output.stderr, "", "{output:#?}");

    // The clock of fish itself, long after the pinned one.
    let mut own = TestDir::with_a_due_brief();
    own.env("PS1", "");
    let output = run(&own);
    assert!(output.stderr.starts_with(LINE), "{output:#?}");
}

#[test]
fn nu_shows_the_line_once_and_keeps_the_status() {
    let Some(path) = shell("nu") else { return };
    let dir = due();
    let hook = dir.path("hook.nu");
    std::fs::write(&hook, counted(&dir, "nu")).unwrap();
    let source = format!("source '{}'\n", hook.display());
    let prompt = "do --env ($env.config.hooks.pre_prompt | last)\n";
    let script = format!(
        "{source}{source}print ($env.config.hooks.pre_prompt | length)\n\
         $env.LAST_EXIT_CODE = 7\n{prompt}print $env.LAST_EXIT_CODE\n{prompt}{prompt}"
    );
    std::fs::write(dir.path("script.nu"), script).unwrap();
    let output = dir
        .command(path)
        .args(["--no-config-file", "script.nu"])
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    assert_eq!(text(output.stdout), "1\n7\n");
    let told = text(output.stderr);
    assert!(
        told.starts_with(LINE) && told.lines().count() == 1,
        "{told}"
    );
    assert_eq!(starts(&dir), 1);
}

#[test]
fn powershell_shows_the_line_once_and_keeps_the_status() {
    let Some(path) = shell("pwsh") else { return };
    let dir = due();
    std::fs::write(dir.path("hook.ps1"), counted(&dir, "powershell")).unwrap();
    let script = "function global:prompt { 'before ' + $LASTEXITCODE }\n. ./hook.ps1\n. ./hook.ps1\n\
                  sh -c 'exit 7'\nprompt\nprompt\n";
    let output = dir
        .command(path)
        .args(["-NoProfile", "-Command", script])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.matches(LINE).count(), 1, "{text}");
    assert_eq!(text.matches("before 7").count(), 2, "{text}");
    assert_eq!(starts(&dir), 1);
}

#[test]
fn a_name_with_an_escape_sequence_does_not_reach_the_terminal() {
    let Some(path) = shell("bash") else { return };
    let mut dir = TestDir::new();
    let hostile = SUPERREPORT.replace("Dana Reyes", "Da\\u001b]0;na\\u0007\\u202e");
    dir.write("s.toml", hostile);
    dir.run("new --from s.toml").done();
    dir.run("start analysts --because test").done();
    dir.at("2026-02-09T13:00:00+01:00");
    dir.env("ASKFIRST_EPOCH", NOON);
    dir.env("PS1", "");
    let output = lines(&dir, &path, &format!("{}\n:\n", eval(&dir, "bash")));
    let told = output.stderr.lines().find(|l| l.starts_with("askfirst: "));
    let told = told.expect("the line is shown");
    assert!(!told.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{told:?}");
}
