//! What reminders cost those who wait for a prompt: the hook with nothing due
//! against starting a process, `due` against the program's own start.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{Error, Table, pair};

const PROGRAM: &str = env!("CARGO_BIN_EXE_askfirst");

/// Measures with the briefs of a folder, in a home of its own.
pub fn measure(folder: &Path) -> Result<Table, Error> {
    let home = tempfile::tempdir()?;
    let here = Here {
        folder,
        home: home.path(),
    };
    let mut table = Table::with("compared with");
    here.due(&mut table)?;
    for shell in ["bash", "zsh"] {
        here.hook(shell, &mut table)?;
    }
    Ok(table)
}

struct Here<'a> {
    folder: &'a Path,
    home: &'a Path,
}

impl Here<'_> {
    fn command(&self, program: &str, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(args)
            .env_clear()
            .env("HOME", self.home)
            .env("PATH", "/usr/bin:/bin")
            .env("ASKFIRST_DIR", self.folder)
            .env("ASKFIRST_NOW", "2026-02-12T11:00:00+01:00")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        command
    }

    /// `due` over 100 briefs, and the version, in turns.
    fn due(&self, table: &mut Table) -> Result<(), Error> {
        let run = |args: &[&str]| -> Result<(), Error> {
            let status = self.command(PROGRAM, args).status()?;
            if status.success() {
                Ok(())
            } else {
                Err(format!("{args:?} failed").into())
            }
        };
        let version = || run(&["--version"]);
        for args in [&["due"][..], &["due", "--short"]] {
            let (ours, bare) = pair(400, || run(args), version)?;
            let name = format!("`askfirst {}` over 100 briefs", args.join(" "));
            table.against(&name, ours, "`askfirst --version`", bare);
        }
        Ok(())
    }

    /// The function of the hook with nothing due, and `true`, in one shell.
    fn hook(&self, shell: &str, table: &mut Table) -> Result<(), Error> {
        let hook = self
            .command(PROGRAM, &["hook", shell])
            .stdout(Stdio::piped())
            .output()?;
        let hook = String::from_utf8(hook.stdout)?;
        // Each round has many calls of the one and some of the other, in
        // microseconds; the shell's own loop is in both.
        let script = format!(
            "{hook}\n{}\n\
             for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do\n\
             a=$EPOCHREALTIME; for ((i = 0; i < 1000; i++)); do __askfirst_prompt; done\n\
             b=$EPOCHREALTIME; for ((i = 0; i < 100; i++)); do /bin/true; done\n\
             c=$EPOCHREALTIME; echo \"$a $b $c\"; done\n",
            if shell == "zsh" {
                "zmodload zsh/datetime"
            } else {
                ":"
            }
        );
        let args: &[&str] = if shell == "bash" {
            &["--norc", "--noprofile", "-c", &script]
        } else {
            &["-f", "-c", &script]
        };
        // Where there is no such shell there is no figure.
        let Ok(output) = self.command(shell, args).stdout(Stdio::piped()).output() else {
            return Ok(());
        };
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for line in String::from_utf8(output.stdout)?.lines() {
            let times: Vec<f64> = line.split(' ').filter_map(|t| t.parse().ok()).collect();
            let [a, b, c] = times[..] else {
                return Err(format!("{shell} has no clock: {line}").into());
            };
            ours.push(Duration::from_secs_f64((b - a) / 1000.0));
            bare.push(Duration::from_secs_f64((c - b) / 100.0));
        }
        let name = format!("the hook in {shell}, nothing due");
        table.against(
            &name,
            super::middle(ours),
            "`/bin/true`",
            super::middle(bare),
        );
        Ok(())
    }
}
