//! What comes in: keys, pastes, new sizes and signals, in one queue.
//!
//! Two threads block, one on the terminal and one on signals, and nothing
//! wakes up while nobody does anything. The terminal has a thread of its own
//! because reading it can block in the middle of a paste and, with crossterm,
//! never comes back when the terminal goes away: the main thread still hears
//! of the hang-up, saves and ends.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use crossterm::event::KeyEvent;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH, SIGXFSZ};
use signal_hook::iterator::{Handle, Signals};
use signal_hook::low_level;

mod job;
mod reader;
#[cfg(test)]
mod tests;
mod watch;

pub(super) use job::has_no_shell;
use job::{Job, Mode};
use reader::Reader;
pub use watch::{Changes, Watch};

/// What the program is told to do from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM, SIGINT or SIGQUIT: save and end.
    Stop,
    /// SIGHUP: save and end; the terminal is most likely gone.
    HangUp,
    /// SIGTSTP from outside: [`super::terminal::Terminal::suspend`].
    Suspend,
    /// SIGCONT: somebody else used the terminal meanwhile;
    /// [`super::terminal::Terminal::renew`].
    Continue,
}

/// The next thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A key was pressed, or repeats.
    Key(KeyEvent),
    /// A text was pasted, its line breaks as they came.
    Paste(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// A signal.
    Signal(Signal),
    /// Somebody wrote to the folder: [`Watch::take`].
    Changed,
    /// The terminal cannot be read any more.
    Closed,
    /// The time is over.
    TimedOut,
}

/// How a thread hands something to the main one. The size of the terminal is
/// asked for when its turn comes: a storm of resizes leaves only the last.
enum Note {
    Incoming(Incoming),
    /// Keys that waited together, so that they are seen together.
    Keys(Vec<Incoming>),
    Resized,
}

/// The queue and the two threads that fill it; the threads end with it.
pub struct Input {
    notes: Receiver<Note>,
    /// The rest of what came together.
    waiting: RefCell<VecDeque<Incoming>>,
    sender: Sender<Note>,
    job: Arc<Job>,
    reader: Reader,
    signals: Handle,
}

impl Input {
    /// Begins to listen. Once a process: the signals keep their handlers.
    ///
    /// From here on, a file that grows over its limit (SIGXFSZ) is an error of
    /// the write rather than the end of the program.
    pub fn open() -> io::Result<Self> {
        let job = Arc::new(Job::default());
        let (sender, notes) = mpsc::channel();
        signal_hook::flag::register(SIGXFSZ, Arc::default())?;
        let mut signals =
            Signals::new([SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH])?;
        let handle = signals.handle();
        let reader = Reader::start(sender.clone())?;
        let (watched, kept) = (Arc::clone(&job), sender.clone());
        thread::Builder::new()
            .name("signals".into())
            .spawn(move || watch(&mut signals, &watched, &sender))?;
        Ok(Self {
            notes,
            waiting: RefCell::default(),
            sender: kept,
            job,
            reader,
            signals: handle,
        })
    }

    /// Tells from now on when somebody writes to a folder.
    pub fn watch(&self, folder: &std::path::Path) -> Watch {
        Watch::new(folder, self.sender.clone())
    }

    /// Waits for the next thing, at most for `deadline`; without one, for as
    /// long as it takes. `Some(Duration::ZERO)` asks what is there already.
    pub fn next(&self, deadline: Option<Duration>) -> Incoming {
        let mut waiting = self.waiting.borrow_mut();
        if let Some(incoming) = waiting.pop_front() {
            return incoming;
        }
        let note = match deadline {
            Some(deadline) => self.notes.recv_timeout(deadline),
            None => self
                .notes
                .recv()
                .map_err(|_| RecvTimeoutError::Disconnected),
        };
        match note {
            Ok(Note::Incoming(incoming)) => incoming,
            Ok(Note::Keys(keys)) => {
                waiting.extend(keys);
                waiting.pop_front().unwrap_or(Incoming::TimedOut)
            }
            Ok(Note::Resized) => {
                self.job.size_is_taken();
                match crossterm::terminal::size() {
                    Ok((columns, rows)) => Incoming::Resize(columns, rows),
                    Err(_) => Incoming::Closed,
                }
            }
            Err(RecvTimeoutError::Timeout) => Incoming::TimedOut,
            Err(RecvTimeoutError::Disconnected) => Incoming::Closed,
        }
    }

    /// Leaves the terminal to somebody else until the guard is dropped. Ctrl+C
    /// and Ctrl+Z typed there are theirs; when the other program suspends
    /// itself, this one stops with it, as the shell expects of a job.
    pub fn pause(&self) -> Paused<'_> {
        self.job.set(Mode::Lent);
        self.reader.pause();
        Paused(self)
    }

    /// Stops the whole job, as Ctrl+Z does elsewhere; comes back when it is
    /// continued. False, at once, where no shell would ever continue it.
    ///
    /// To be called with the terminal given back:
    /// [`super::terminal::Terminal::suspend`] does both.
    pub(super) fn stop_job(&self) -> io::Result<bool> {
        if has_no_shell() {
            return Ok(false);
        }
        self.job.set(Mode::Stopping);
        // The parent of a wrapper script must stop too, or the shell waits on.
        rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?;
        low_level::raise(signal_hook::consts::SIGSTOP)?;
        Ok(true)
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        // What is typed from here on is for the shell.
        self.reader.pause();
        self.signals.close();
    }
}

/// While this lives, nobody reads the terminal.
pub struct Paused<'a>(&'a Input);

impl Drop for Paused<'_> {
    fn drop(&mut self) {
        self.0.job.set(Mode::Own);
        self.0.reader.resume();
    }
}

/// Passes signals on until the handle is closed.
fn watch(signals: &mut Signals, job: &Job, sender: &Sender<Note>) {
    for signal in signals.forever() {
        let told = match signal {
            SIGWINCH => {
                if job.size_is_new() && sender.send(Note::Resized).is_err() {
                    return;
                }
                continue;
            }
            SIGHUP => Signal::HangUp,
            SIGTSTP => match job.take_stop() {
                Mode::Own => Signal::Suspend,
                Mode::Lent => {
                    if !has_no_shell() {
                        let _ = low_level::raise(signal_hook::consts::SIGSTOP);
                    }
                    continue;
                }
                Mode::Stopping => continue,
            },
            SIGCONT if job.mode() == Mode::Own => Signal::Continue,
            SIGINT | SIGQUIT if job.mode() != Mode::Own => continue,
            SIGCONT => continue,
            _ => Signal::Stop,
        };
        if sender.send(Note::Incoming(Incoming::Signal(told))).is_err() {
            return;
        }
    }
}
