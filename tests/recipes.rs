//! The recipes of the README, each as it stands there.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::docs::{fenced, part};
use crate::support::TestDir;
use crate::support::pty::Launch;

/// The folder of the program first, so that `askfirst` is this one.
fn path() -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_askfirst"));
    let folder = program.parent().unwrap().display();
    format!("{folder}:{}", std::env::var("PATH").unwrap_or_default())
}

fn found(name: &str) -> Option<PathBuf> {
    let path = path();
    let mut folders = std::env::split_paths(&path);
    let found = folders.find_map(|f| Some(f.join(name)).filter(|path| path.is_file()));
    if found.is_none() {
        let _ = writeln!(std::io::stderr(), "skipped: there is no {name} here");
    }
    found
}

#[test]
fn the_script_of_the_readme_tells_what_is_due_and_nothing_else() {
    let mut dir = TestDir::with_a_due_brief();
    dir.env("PATH", &path());
    let script = fenced(&part("script"));
    let run = |dir: &TestDir| {
        let output = dir
            .command("sh")
            .args(["-e", "-c", &script])
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(
        run(&dir),
        "1 due: Dana Reyes\nLook up from the work first: askfirst due --all\n"
    );
    dir.at("2026-02-06T13:00:00+01:00");
    assert_eq!(run(&dir), "");
}

#[test]
fn the_status_line_of_tmux_names_who_waits() {
    let Some(tmux) = found("tmux") else { return };
    let dir = TestDir::with_a_due_brief();
    // As in a file, and not every minute.
    let conf = fenced(&part("tmux")).replace("interval 60", "interval 1");
    dir.write("tmux.conf", conf);
    let socket = dir.home().join("tmux");
    let socket = socket.to_str().unwrap();
    let mut screen = Launch::new(&dir)
        .through(
            tmux.to_str().unwrap(),
            &["-f", "tmux.conf", "-S", socket, "new-session", "cat"],
        )
        .env("PATH", &path())
        .env("LC_ALL", "C.UTF-8")
        .env("ASKFIRST_NOW", "2026-02-09T13:00:00+01:00")
        .size(120, 24)
        .start();
    screen.wait_for("1 due: Dana Reyes");
    screen.keys("<c-d>").wait_exit();
}

#[test]
fn starship_shows_who_waits_and_nothing_when_nobody_does() {
    let Some(starship) = found("starship") else {
        return;
    };
    let mut dir = TestDir::with_a_due_brief();
    dir.env("PATH", &path());
    dir.env("STARSHIP_SHELL", "sh");
    std::fs::create_dir_all(dir.home().join(".config")).unwrap();
    let file = dir.home().join(".config/starship.toml");
    let config = format!("format = \"$custom|\"\n{}", fenced(&part("starship")));
    std::fs::write(file, config).unwrap();
    let prompt = |dir: &TestDir| {
        let output = dir.command(&starship).arg("prompt").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(
        prompt(&dir).contains("1 due: Dana Reyes"),
        "{}",
        prompt(&dir)
    );
    dir.at("2026-02-06T13:00:00+01:00");
    assert!(prompt(&dir).trim().ends_with('|') && !prompt(&dir).contains("due"));
}

#[test]
fn the_lines_for_the_shells_work_as_they_stand() {
    let table = part("shells");
    for name in ["bash", "zsh", "fish", "nu", "pwsh"] {
        let Some(shell) = found(name) else { continue };
        let label = match name {
            "nu" => "Nushell",
            "pwsh" => "PowerShell",
            name => name,
        };
        let row = table
            .lines()
            .find(|line| line.starts_with(&format!("| {label} |")))
            .unwrap_or_else(|| panic!("no row for {name}"));
        let line = row.split('`').nth(1).unwrap().replace("\\|", "|");
        let mut dir = TestDir::with_a_due_brief();
        dir.env("PATH", &path());
        std::fs::create_dir_all(dir.home().join(".config/nushell/autoload")).unwrap();
        let (args, check): (&[&str], &str) = match name {
            "bash" | "zsh" => (&["-c"], "__askfirst_prompt"),
            "fish" => (&["--no-config", "-c"], "emit fish_prompt"),
            "nu" => (&["-c"], ""),
            _ => (&["-NoProfile", "-Command"], "prompt"),
        };
        let output = dir
            .command(&shell)
            .args(args)
            .arg(format!("{line}\n{check}\ntrue"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{name}: {output:?}");
        if name == "nu" {
            let file = dir.home().join(".config/nushell/autoload/askfirst.nu");
            assert!(
                std::fs::read_to_string(file)
                    .unwrap()
                    .contains("pre_prompt")
            );
        } else {
            let told = String::from_utf8_lossy(&output.stderr).into_owned()
                + &String::from_utf8_lossy(&output.stdout);
            assert!(
                told.contains("askfirst: what does Dana Reyes"),
                "{name}: {told}"
            );
        }
    }
}
