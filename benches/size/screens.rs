//! Programs with a screen, on a terminal of their own.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::Error;
use super::folder::NOW;

/// After so long without a byte a frame is whole.
const QUIET: Duration = Duration::from_millis(60);
/// So long is waited for the first byte.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that runs on a terminal of 80x24.
pub struct Screen {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn std::io::Write + Send>,
    bytes: Receiver<(Instant, usize)>,
    _master: Box<dyn MasterPty + Send>,
}

/// What came to a terminal.
#[derive(Debug, Clone, Copy, Default)]
pub struct Came {
    /// From the beginning to the last byte.
    pub time: Duration,
    pub bytes: usize,
}

impl Screen {
    /// Starts a program, and waits for its first frame.
    pub fn open(file: &str, args: &[&str], home: &Path) -> Result<(Self, Came), Error> {
        let size = PtySize {
            rows: 24,
            cols: 80,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::new(file);
        command.args(args);
        command.env_clear();
        command.env("HOME", home);
        command.env("PATH", "/usr/bin:/bin");
        command.env("TERM", "xterm-256color");
        command.env("ASKFIRST_NOW", NOW);
        let mut reader = pair.master.try_clone_reader()?;
        let writer = pair.master.take_writer()?;
        let (sender, bytes) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 65_536];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || sender.send((Instant::now(), count)).is_err() {
                    break;
                }
            }
        });
        let start = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let screen = Self {
            child,
            writer,
            bytes,
            _master: pair.master,
        };
        let came = screen.wait(start)?;
        Ok((screen, came))
    }

    fn wait(&self, start: Instant) -> Result<Came, Error> {
        let mut came = Came::default();
        let mut patience = PATIENCE;
        loop {
            match self.bytes.recv_timeout(patience) {
                Ok((at, count)) => {
                    came.time = at - start;
                    came.bytes += count;
                    patience = QUIET;
                }
                Err(RecvTimeoutError::Timeout) if came.bytes > 0 => return Ok(came),
                Err(error) => return Err(format!("nothing came: {error}").into()),
            }
        }
    }

    /// Sends keys all at once, and waits until they are shown.
    pub fn keys(&mut self, keys: &str) -> Result<Came, Error> {
        let start = Instant::now();
        self.writer.write_all(keys.as_bytes())?;
        self.writer.flush()?;
        self.wait(start)
    }

    /// Sends keys, and waits for nothing.
    pub fn send(&mut self, keys: &str) -> Result<(), Error> {
        self.writer.write_all(keys.as_bytes())?;
        Ok(self.writer.flush()?)
    }

    /// Waits until the program ends.
    pub fn ended(mut self) -> Result<(), Error> {
        match self.child.wait()?.success() {
            true => Ok(()),
            false => Err("it failed".into()),
        }
    }

    /// A number of the process, as Linux tells.
    fn number(&self, key: &str) -> Option<u64> {
        let id = self.child.process_id()?;
        let text = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = text.lines().find(|line| line.starts_with(key))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }

    /// The most memory that it had, in KiB.
    pub fn memory(&self) -> Option<u64> {
        self.number("VmHWM")
    }

    /// Memory of its own, which is no page of a file, in KiB.
    pub fn own_memory(&self) -> Option<u64> {
        self.number("RssAnon")
    }

    /// What it does while nobody does anything: how often it woke up, the bytes
    /// that it wrote and the processor time, in ticks.
    pub fn idle(&self, time: Duration) -> Option<(u64, usize, u64)> {
        let ticks = || {
            let id = self.child.process_id()?;
            let text = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            let after = text.rsplit_once(')')?.1;
            let numbers = after.split_whitespace().skip(11).take(2);
            Some(numbers.filter_map(|n| n.parse::<u64>().ok()).sum::<u64>())
        };
        let wakes = || {
            let all = ["voluntary_ctxt_switches", "nonvoluntary_ctxt_switches"];
            all.iter().map(|key| self.number(key)).sum::<Option<u64>>()
        };
        let (before, wakes_before) = (ticks()?, wakes()?);
        thread::sleep(time);
        let bytes = self.bytes.try_iter().map(|(_, count)| count).sum();
        Some((wakes()? - wakes_before, bytes, ticks()? - before))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
