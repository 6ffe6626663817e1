//! The same for the interface, in a terminal: text is typed into a walk, and
//! saved on the way out.

use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use askfirst::storage::{Entry, Folder, Store as _};

use super::cases::begun;
use super::judge::{self, Run};
use super::sweep::{MODES, Tally, over, report};
use super::trace::{self, Call};
use super::tree::{self, Tree};
use super::{can_trace, is_long};
use crate::support::TestDir;
use crate::support::pty::{Launch, Pty};

const TYPED: &str = "She plans with it";

/// In the shorter run every so many points are tried.
const STRIDE: usize = 17;

struct Bench {
    dir: TestDir,
    root: PathBuf,
    logs: tempfile::TempDir,
    old: Tree,
    new: Tree,
    calls: Vec<Call>,
}

/// What a run left.
#[derive(Default)]
struct Left {
    /// The exit code; `None` for a signal.
    code: Option<i32>,
    output: String,
    /// Before it was told to stop.
    screen: String,
    is_typed: bool,
    hung: bool,
}

impl Bench {
    fn new() -> Self {
        let dir = begun();
        let root = dir.work().parent().unwrap().to_owned();
        let mut bench = Self {
            logs: tempfile::tempdir().unwrap(),
            old: tree::take(&root),
            new: Tree::new(),
            calls: Vec::new(),
            root,
            dir,
        };
        let left = bench.run(&["-e", "trace=%file,%desc"]);
        assert_eq!(left.code, Some(0), "{}", left.output);
        bench.calls = trace::calls(&bench.log());
        bench.new = tree::take(&bench.root);
        bench
    }

    fn log(&self) -> PathBuf {
        self.logs.path().join("log")
    }

    fn run(&self, options: &[&str]) -> Left {
        tree::put_back(&self.root, &self.old);
        let log = self.log();
        let mut args = vec!["-o", log.to_str().unwrap()];
        args.extend(options);
        args.push(env!("CARGO_BIN_EXE_askfirst"));
        let mut pty = Launch::new(&self.dir).through("strace", &args).start();
        let mut left = Left::default();
        // With a fault in it, what is waited for may not come.
        let soon = Duration::from_secs(2);
        if within(&mut pty, soon, |pty| pty.shows("Kinds")) {
            pty.keys("<enter>");
            within(&mut pty, soon, |pty| pty.shows("3 of"));
            pty.keys(TYPED);
            left.is_typed = within(&mut pty, soon, |pty| pty.shows(TYPED));
        }
        left.screen = pty.text();
        if !pty.is_over() {
            pty.keys("<c-c>");
            within(&mut pty, Duration::from_secs(10), |_| false);
        }
        if !pty.is_over() {
            left.hung = true;
            pty.kill();
            return left;
        }
        let status = pty.wait_exit();
        left.output = String::from_utf8_lossy(&pty.raw).into_owned();
        if status.signal().is_none() {
            left.code = i32::try_from(status.exit_code()).ok();
        }
        left
    }

    /// What is being typed, as the file says, and the file.
    fn kept(&self) -> Option<(String, Vec<u8>)> {
        let entry = Folder::at(self.dir.path(".askfirst")).list().ok()?.pop()?;
        let Entry::Brief(loaded) = entry else {
            return None;
        };
        let draft = loaded.brief.walk.clone()?.draft;
        Some((draft, loaded.text.as_bytes().to_vec()))
    }

    fn fault(&self, call: &str, number: usize, mode: &str) -> Result<bool, String> {
        let traced = format!("trace={call}");
        let inject = format!("inject={call}:{mode}:when={number}");
        let left = self.run(&["-s", "60", "-e", &traced, "-e", &inject]);
        let was_killed = mode.starts_with("signal");
        let log = std::fs::read(self.log()).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let hit = log.lines().find(|line| line.contains("(INJECTED)"));
        let reached = match was_killed {
            true => left.code.is_none(),
            false => hit.is_some(),
        };
        if !reached && !left.hung {
            return Ok(false);
        }
        let stderr: String = left
            .output
            .lines()
            .filter(|line| line.contains("error: ") || line.contains("hint: "))
            .filter_map(|line| {
                line.find("error: ")
                    .or(line.find("hint: "))
                    .map(|at| &line[at..])
            })
            .flat_map(|line| [line.trim_end(), "\n"])
            .collect();
        let is = tree::take(&self.root);
        // Where the brief could not be opened, nothing was typed, and that is
        // told on the desk.
        let told = ["could not", "cannot be read", "not allowed", "interrupted"];
        let is_told = told.iter().any(|told| left.screen.contains(told));
        if !left.is_typed && left.code == Some(0) && !is_told {
            return Err(format!("it is silent about {hit:?}\n{}", left.screen));
        }
        // A terminal that goes away in the middle of the typing takes the rest of
        // it along; what had come in is kept.
        let is_cut = hit.is_some_and(|hit| hit.starts_with("write(1,"));
        let kept = self.kept();
        let is_part = kept
            .as_ref()
            .is_some_and(|(draft, _)| TYPED.starts_with(draft));
        let between: Vec<Vec<u8>> = match kept {
            Some((_, text)) if is_cut && is_part => vec![text],
            _ => Vec::new(),
        };
        let failed = hit.and_then(Call::parse);
        let run = Run {
            root: &self.root,
            old: &self.old,
            new: if left.is_typed { &self.new } else { &self.old },
            between: &between,
            is: &is,
            code: left.code,
            usual: 0,
            stderr: &stderr,
            failed: failed.as_ref(),
            was_killed,
            hung: left.hung,
        };
        // An eventfd that cannot be written to, by which threads wake each other:
        // no system says so, and the watcher of files ends the program there.
        let is_waker = hit.is_some_and(|hit| hit.contains(r#""\1\0\0\0\0\0\0\0", 8"#));
        match is_waker {
            true => judge::kept(&run),
            false => judge::verdict(&run),
        }
        .map(|()| true)
        .map_err(|why| format!("{why}\n      {}", hit.unwrap_or("killed")))
    }
}

/// Takes in what comes until something holds; false when it does not in time.
fn within(pty: &mut Pty, time: Duration, holds: impl Fn(&Pty) -> bool) -> bool {
    let since = Instant::now();
    while !holds(pty) {
        if since.elapsed() >= time || pty.is_over() || !pty.take_in(Duration::from_millis(10)) {
            return false;
        }
    }
    true
}

#[test]
fn a_fault_at_any_system_call_of_the_interface_loses_nothing_and_is_told() {
    if !can_trace() {
        return;
    }
    let stride = if is_long() { 1 } else { STRIDE };
    let points = trace::points(&Bench::new().calls);
    let faults: Vec<(String, usize, &'static str)> = points
        .into_iter()
        .filter(|(call, _)| !["close", "epoll_ctl", "epoll_wait"].contains(&call.as_str()))
        .flat_map(|(call, number)| MODES.map(|mode| (call.clone(), number, mode)))
        .enumerate()
        .filter_map(|(at, fault)| (at % stride == 0).then_some(fault))
        .collect();
    let tally = Mutex::new(Tally::default());
    let halves: Vec<_> = faults.chunks(faults.len().div_ceil(2)).collect();
    over(&halves, |_, faults| {
        let bench = Bench::new();
        for (call, number, mode) in *faults {
            let result = bench.fault(call, *number, mode);
            let mut tally = tally.lock().unwrap();
            let reached = *result.as_ref().unwrap_or(&true);
            *tally.points.entry(mode).or_default() += usize::from(reached);
            if let Err(why) = result {
                tally.bad.push(format!("{call} {number} {mode}: {why}"));
            }
        }
    });
    report("the interface", &tally.into_inner().unwrap());
}
