//! The sweep itself.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::cases::{CASES, Case};
use super::judge::{self, Run};
use super::trace::{self, Call};
use super::tree::{self, Tree};
use super::{can_trace, exists, is_long};
use crate::support::{TestDir, words};

/// What is done to a system call.
pub const MODES: [&str; 5] = [
    "error=ENOSPC",
    "error=EIO",
    "error=EACCES",
    "error=EINTR",
    "signal=KILL",
];

/// A run that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(10);

/// In the shorter run every so many points are tried, in turn over all of them.
const STRIDE: usize = 41;

/// One command, ready to be run again and again.
pub struct Bench<'a> {
    case: &'a Case,
    dir: TestDir,
    pub root: PathBuf,
    logs: tempfile::TempDir,
    pub args: Vec<String>,
    pub old: Tree,
    pub new: Tree,
    /// What was written on the way, each time.
    pub between: Vec<Vec<u8>>,
    usual: i32,
    calls: Vec<Call>,
}

/// What a run left.
pub struct Left {
    code: Option<i32>,
    stderr: String,
    hung: bool,
}

impl<'a> Bench<'a> {
    /// Sets a command up, and runs it once without a fault.
    pub fn new(case: &'a Case) -> Self {
        let dir = (case.project)();
        let root = dir.work().parent().unwrap().to_owned();
        let mut args = words(case.args);
        for arg in &mut args {
            if arg == "CODE" {
                *arg = dir.read("code");
            }
        }
        let mut bench = Self {
            case,
            logs: tempfile::tempdir().unwrap(),
            args,
            old: tree::take(&root),
            new: Tree::new(),
            between: Vec::new(),
            usual: 0,
            calls: Vec::new(),
            root,
            dir,
        };
        let left = bench.run(&["-e", "trace=%file,%desc"]);
        bench.calls = trace::calls(&bench.log());
        bench.usual = left.code.unwrap();
        assert!(
            !left.stderr.contains("error: "),
            "{}: {}",
            case.name,
            left.stderr
        );
        bench.new = tree::take(&bench.root);
        bench.run(&["-s", "1000000", "-x", "-e", "trace=write"]);
        bench.between = trace::written(&bench.log());
        bench
    }

    /// What is on its standard input.
    pub fn input(&self) -> &'static [u8] {
        self.case.input.as_bytes()
    }

    /// The environment of the command.
    pub fn environment(&self) -> Vec<(String, String)> {
        self.dir.variables()
    }

    pub fn log(&self) -> PathBuf {
        self.logs.path().join("log")
    }

    /// Runs it from the old state, traced.
    pub fn run(&self, options: &[&str]) -> Left {
        self.run_in("strace", options, self.case.input)
    }

    fn run_in(&self, program: &str, options: &[&str], input: &str) -> Left {
        tree::put_back(&self.root, &self.old);
        let mut command = self.dir.command(program);
        if program == "strace" {
            command.arg("-o").arg(self.log());
        }
        let since = Instant::now();
        let output = command
            .args(options)
            .arg(env!("CARGO_BIN_EXE_askfirst"))
            .args(&self.args)
            .write_stdin(input)
            .timeout(PATIENCE)
            .output()
            .unwrap();
        Left {
            code: output.status.code(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            hung: since.elapsed() >= PATIENCE,
        }
    }

    /// One fault. `Ok(false)` when the run ended before it.
    fn fault(&self, call: &str, number: usize, mode: &str) -> Result<bool, String> {
        let traced = format!("trace={call}");
        let inject = format!("inject={call}:{mode}:when={number}");
        let left = self.run(&["-s", "60", "-e", &traced, "-e", &inject]);
        let was_killed = mode.starts_with("signal");
        let log = std::fs::read(self.log()).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let hit = log.lines().find(|line| line.contains("(INJECTED)"));
        let reached = if was_killed {
            left.code.is_none()
        } else {
            hit.is_some()
        };
        if !reached && !left.hung {
            return Ok(false);
        }
        let failed = hit.and_then(Call::parse);
        self.judge(&left, failed.as_ref(), was_killed)
            .map(|()| true)
            .map_err(|why| format!("{why}\n      {}", hit.unwrap_or("killed")))
    }

    fn judge(&self, left: &Left, failed: Option<&Call>, was_killed: bool) -> Result<(), String> {
        let is = tree::take(&self.root);
        judge::verdict(&Run {
            root: &self.root,
            old: &self.old,
            new: &self.new,
            between: &self.between,
            is: &is,
            code: left.code,
            usual: self.usual,
            stderr: &left.stderr,
            failed,
            was_killed,
            hung: left.hung,
        })
    }
}

/// What was tried, and what was wrong.
#[derive(Default)]
pub struct Tally {
    pub points: BTreeMap<&'static str, usize>,
    pub bad: Vec<String>,
}

/// Lets several threads take one job after the other.
pub fn over<T: Sync>(jobs: &[T], work: impl Fn(usize, &T) + Sync) {
    let next = Mutex::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let at = {
                        let mut next = next.lock().unwrap();
                        *next += 1;
                        *next - 1
                    };
                    let Some(job) = jobs.get(at) else { return };
                    work(at, job);
                }
            });
        }
    });
}

fn chosen() -> Vec<&'static Case> {
    let only = std::env::var("ASKFIRST_FAULTS").unwrap_or_default();
    CASES
        .iter()
        .filter(|case| case.name.contains(&only))
        .collect()
}

/// Those that write what there is to write themselves, and let nobody else do it,
/// as git does in a sync.
pub fn ours() -> Vec<&'static Case> {
    let mut cases = chosen();
    cases.retain(|case| case.name != "sync");
    cases
}

pub fn report(what: &str, tally: &Tally) {
    let all: usize = tally.points.values().sum();
    eprintln!("{what}: {all} points, {} bad", tally.bad.len());
    for (mode, points) in &tally.points {
        eprintln!("  {mode}: {points}");
    }
    assert!(tally.bad.is_empty(), "{}", tally.bad.join("\n"));
}

#[test]
fn a_fault_at_any_system_call_loses_nothing_and_is_told() {
    if !can_trace() {
        return;
    }
    let stride = if is_long() { 1 } else { STRIDE };
    let tally = Mutex::new(Tally::default());
    over(&chosen(), |at, case| {
        let since = Instant::now();
        let bench = Bench::new(case);
        let (mut tried, mut wrong) = (0, 0);
        let mut turn = at;
        for (call, number) in trace::points(&bench.calls) {
            for mode in MODES {
                // A close that is said to fail has closed the file all the same;
                // one that strace lets fail has not.
                if call == "close" && mode.starts_with("error") {
                    continue;
                }
                // git goes on when the program is killed, while all is compared.
                if case.name == "sync" && mode.starts_with("signal") {
                    continue;
                }
                turn += 1;
                if turn % stride != 0 {
                    continue;
                }
                let result = bench.fault(&call, number, mode);
                let mut tally = tally.lock().unwrap();
                match result {
                    Ok(reached) => {
                        tried += usize::from(reached);
                        *tally.points.entry(mode).or_default() += usize::from(reached);
                    }
                    Err(why) => {
                        (tried, wrong) = (tried + 1, wrong + 1);
                        *tally.points.entry(mode).or_default() += 1;
                        let name = case.name;
                        tally
                            .bad
                            .push(format!("{name}: {call} {number} {mode}: {why}"));
                    }
                }
            }
        }
        let took = since.elapsed().as_secs();
        eprintln!("  {}: {tried} points, {wrong} bad, {took} s", case.name);
    });
    report("faults", &tally.into_inner().unwrap());
}

/// The last write that fits is short, and the next one fails.
#[test]
fn a_limit_of_file_sizes_at_any_byte_loses_nothing_and_is_told() {
    if !exists("prlimit") {
        eprintln!("prlimit is missing; nothing was tried");
        return;
    }
    let tally = Mutex::new(Tally::default());
    over(&ours(), |_, case| {
        if !can_trace() {
            return;
        }
        let bench = Bench::new(case);
        let longest = bench.new.values().map(|node| match node {
            tree::Node::File { bytes, .. } => bytes.len(),
            _ => 0,
        });
        let longest = longest.max().unwrap_or(0).min(40_000);
        let steps = if is_long() { 60 } else { 5 };
        for step in 0..steps {
            // Densely at the beginning, where the small files are.
            let limit = longest * step * step / (steps * steps);
            let option = format!("--fsize={limit}");
            let left = bench.run_in("prlimit", &[&option], case.input);
            let result = bench.judge(&left, None, false);
            let mut tally = tally.lock().unwrap();
            *tally.points.entry("short write").or_default() += 1;
            if let Err(why) = result {
                let name = case.name;
                tally.bad.push(format!("{name}: limit {limit}: {why}"));
            }
        }
    });
    report("short writes", &tally.into_inner().unwrap());
}
