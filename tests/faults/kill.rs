//! Killed for real, at any moment: commands, and the interface while somebody
//! types. And told to stop, which loses nothing at all.

use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use askfirst::storage::{Entry, Folder, Store as _};
use rustix::process::Signal;

use super::is_long;
use super::judge::{self, Run};
use super::sweep::{Bench, ours, over};
use super::tree;
use crate::support::TestDir;
use crate::support::pty::{Launch, Pty, at_a_text};

/// Numbers without a pattern, the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

#[test]
fn a_command_killed_at_any_moment_leaves_old_or_new() {
    if !super::can_trace() {
        return;
    }
    let rounds = if is_long() { 60 } else { 2 };
    let tally = Mutex::new((0, 0, Vec::new()));
    over(&ours(), |at, case| {
        let bench = Bench::new(case);
        let mut dice = Dice(0x9e37_79b9 + at as u64);
        for _ in 0..rounds {
            tree::put_back(&bench.root, &bench.old);
            let mut child = bench
                .command()
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            {
                use std::io::Write as _;
                // It may be gone before it has read all.
                let _ = child.stdin.take().unwrap().write_all(bench.input());
            }
            std::thread::sleep(Duration::from_micros(dice.below(25_000)));
            let _ = child.kill();
            let status = child.wait().unwrap();
            let is = tree::take(&bench.root);
            let verdict = judge::verdict(&Run {
                root: &bench.root,
                old: &bench.old,
                new: &bench.new,
                between: &bench.between,
                is: &is,
                code: status.code(),
                usual: 0,
                stderr: "",
                failed: None,
                was_killed: true,
                hung: false,
            });
            let mut tally = tally.lock().unwrap();
            tally.0 += 1;
            tally.1 += usize::from(status.code().is_none());
            if let Err(why) = verdict {
                tally.2.push(format!("{}: {why}", case.name));
            }
        }
    });
    let (runs, killed, bad) = tally.into_inner().unwrap();
    eprintln!(
        "kills: {killed} of {runs} runs ended by it, {} bad",
        bad.len()
    );
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// What is being typed, as the file says.
fn draft(dir: &TestDir) -> String {
    let entries = Folder::at(dir.path(".askfirst")).list().unwrap();
    let [Entry::Brief(loaded)] = &entries[..] else {
        panic!("{entries:?}");
    };
    let walk = loaded.brief.walk.clone();
    walk.map(|walk| walk.draft).unwrap_or_default()
}

/// A second, and the time that a save takes on a busy machine.
const LAST: Duration = Duration::from_millis(2500);

/// Forty characters a second, as fast as anybody types.
const PAUSE: Duration = Duration::from_millis(25);

/// Types until the end, and gives what was typed by when.
fn typing(pty: &mut Pty, time: Duration) -> Vec<(Instant, char)> {
    let since = Instant::now();
    let mut typed = Vec::new();
    while since.elapsed() < time {
        let number = typed.len();
        let c = match number % 7 {
            6 => ' ',
            _ => char::from(b'a' + u8::try_from(number * 7 % 26).unwrap()),
        };
        pty.send(c.to_string().into_bytes());
        typed.push((Instant::now(), c));
        let next = since + PAUSE * u32::try_from(typed.len()).unwrap();
        while let Some(rest) = next.checked_duration_since(Instant::now()) {
            pty.take_in(rest);
        }
    }
    typed
}

#[test]
fn typing_killed_at_any_moment_loses_at_most_the_last_second_and_no_hole_before_it() {
    let rounds = if is_long() { 100 } else { 4 };
    let jobs: Vec<u64> = (0..rounds).collect();
    let lost = Mutex::new(Vec::new());
    over(&jobs, |_, seed| {
        let mut dice = Dice(0xdead_beef + seed * 977);
        let dir = TestDir::new();
        let mut pty = Launch::new(&dir).start();
        at_a_text(&mut pty);
        let time = Duration::from_millis(1200 + dice.below(2500));
        let typed = typing(&mut pty, time);
        let end = Instant::now();
        pty.kill();
        let kept = draft(&dir);
        let all: String = typed.iter().map(|(_, c)| c).collect();
        assert!(
            all.starts_with(&kept),
            "a hole: {kept:?} is not the beginning of {all:?}"
        );
        let missing = typed.get(kept.chars().count());
        let age = missing.map_or(Duration::ZERO, |(at, _)| end.duration_since(*at));
        assert!(
            age <= LAST,
            "{age:?} of typing is lost: {kept:?} of {all:?}"
        );
        lost.lock().unwrap().push((age, all.len() - kept.len()));
    });
    let mut lost = lost.into_inner().unwrap();
    lost.sort();
    let (most, characters) = lost.last().copied().unwrap_or_default();
    eprintln!(
        "typing: {} kills, at most {most:?} missing ({characters} characters), half of them {:?}",
        lost.len(),
        lost[lost.len() / 2].0
    );
}

#[test]
fn typing_that_is_told_to_stop_at_any_moment_loses_nothing_that_was_seen() {
    let rounds = if is_long() { 60 } else { 3 };
    let jobs: Vec<u64> = (0..rounds).collect();
    over(&jobs, |_, seed| {
        let mut dice = Dice(0xcafe_f00d + seed * 331);
        let dir = TestDir::new();
        let mut pty = Launch::new(&dir).start();
        at_a_text(&mut pty);
        let time = Duration::from_millis(50 + dice.below(1500));
        let typed = typing(&mut pty, time);
        let all: String = typed.iter().map(|(_, c)| c).collect();
        // The last word and a mark are on the screen: all of it has come in.
        pty.keys("XYZ").wait_for("XYZ");
        match seed % 3 {
            0 => drop(pty.signal(Signal::TERM)),
            1 => drop(pty.signal(Signal::HUP)),
            _ => drop(pty.hang_up()),
        }
        let status = pty.wait_exit();
        assert!(status.success(), "{status}");
        // The pseudo-terminal ends a line itself when the window is closed.
        assert_eq!(draft(&dir).trim_end_matches('\n'), format!("{all}XYZ"));
    });
}

impl Bench<'_> {
    /// The command as it is, not traced.
    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_askfirst"));
        command
            .env_clear()
            .envs(self.environment())
            .current_dir(self.root.join("work"))
            .args(&self.args);
        command
    }
}
