//! Whole programs, run one after the other in turns.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::Error;
use super::folder::NOW;

/// A program with its arguments, in a home of its own.
#[derive(Debug, Clone)]
pub struct Program {
    pub name: String,
    file: PathBuf,
    args: Vec<String>,
    home: PathBuf,
    now: &'static str,
}

/// Two things that ran in turns.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    pub one: Duration,
    pub other: Duration,
    /// The middle of the ratios of each turn: what else the machine did
    /// meanwhile was in both.
    pub ratio: f64,
}

/// The program that is measured: that of `ASKFIRST_PROGRAM`, else the one that was built
/// with the benchmark. That one is built of libraries that do a little more for the tests,
/// and lies less well (`layout.ld`).
pub fn askfirst() -> String {
    let own = || env!("CARGO_BIN_EXE_askfirst").to_owned();
    std::env::var("ASKFIRST_PROGRAM").unwrap_or_else(|_| own())
}

impl Program {
    pub fn new(name: &str, file: impl Into<PathBuf>, args: &[&str], home: &Path) -> Self {
        Self {
            name: name.to_owned(),
            file: file.into(),
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            home: home.to_owned(),
            now: NOW,
        }
    }

    /// At another moment than [`NOW`].
    pub fn at(self, now: &'static str) -> Self {
        Self { now, ..self }
    }

    /// This program.
    pub fn askfirst(args: &[&str], folder: &Path, home: &Path) -> Self {
        let dir = folder.display().to_string();
        let mut all = vec!["--dir", dir.as_str()];
        all.extend(args);
        let name = format!("askfirst {}", args.join(" "));
        Self::new(&name, askfirst(), &all, home)
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.file);
        command
            .args(&self.args)
            .env_clear()
            .env("HOME", &self.home)
            .env("PATH", "/usr/bin:/bin")
            .env("TERM", "xterm-256color")
            .env("ASKFIRST_NOW", self.now)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    pub fn time(&self) -> Result<Duration, Error> {
        let start = Instant::now();
        let status = self.command().status()?;
        let time = start.elapsed();
        // rg says with 1 that it found nothing.
        match status.code() {
            Some(0 | 1) => Ok(time),
            _ => Err(format!("{} ended with {status}", self.name).into()),
        }
    }

    /// The most memory that it had, in KiB, as `time` of GNU tells: the middle of some
    /// runs; `None` where there is none.
    pub fn memory(&self) -> Option<u64> {
        let once = |_| {
            let mut command = Command::new("/usr/bin/time");
            command.args(["-f", "%M"]).arg(&self.file).args(&self.args);
            command
                .env_clear()
                .env("HOME", &self.home)
                .env("ASKFIRST_NOW", self.now)
                .stdin(Stdio::null())
                .stdout(Stdio::null());
            let told = String::from_utf8(command.output().ok()?.stderr).ok()?;
            told.trim().lines().last()?.parse().ok()
        };
        let mut found: Vec<u64> = (0..21).map(once).collect::<Option<_>>()?;
        found.sort_unstable();
        found.get(found.len() / 2).copied()
    }
}

/// Runs two programs in turns.
pub fn pair(runs: usize, one: &Program, other: &Program) -> Result<Pair, Error> {
    pair_of(runs, || one.time(), || other.time())
}

/// The same for anything that takes time.
pub fn pair_of(
    runs: usize,
    mut one: impl FnMut() -> Result<Duration, Error>,
    mut other: impl FnMut() -> Result<Duration, Error>,
) -> Result<Pair, Error> {
    one()?;
    other()?;
    let (mut ones, mut others, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        let (a, b) = (one()?, other()?);
        ratios.push(a.as_secs_f64() / b.as_secs_f64().max(f64::EPSILON));
        ones.push(a);
        others.push(b);
    }
    ratios.sort_by(f64::total_cmp);
    Ok(Pair {
        one: middle(ones),
        other: middle(others),
        ratio: ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN),
    })
}

pub fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
