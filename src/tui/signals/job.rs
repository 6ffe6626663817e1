//! What this process and its shell owe each other.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

/// Whose the terminal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Ours.
    Own,
    /// Another program's, which we wait for.
    Lent,
    /// The shell's: we are about to stop, or just continued.
    Stopping,
}

/// What the signal thread has to know of the main one.
#[derive(Default)]
pub struct Job {
    mode: AtomicU8,
    /// A stop of our own making is on its way to our own handler.
    own_stop: AtomicBool,
    /// A new size waits to be read.
    resized: AtomicBool,
}

impl Job {
    pub fn mode(&self) -> Mode {
        match self.mode.load(Ordering::SeqCst) {
            0 => Mode::Own,
            1 => Mode::Lent,
            _ => Mode::Stopping,
        }
    }

    pub fn set(&self, mode: Mode) {
        if mode == Mode::Stopping {
            self.own_stop.store(true, Ordering::SeqCst);
        }
        self.mode.store(mode as u8, Ordering::SeqCst);
    }

    /// What a SIGTSTP that arrived now is about. Ours may be seen only after
    /// the process was continued, so it is remembered apart from the mode.
    pub fn take_stop(&self) -> Mode {
        if self.own_stop.swap(false, Ordering::SeqCst) {
            Mode::Stopping
        } else {
            self.mode()
        }
    }

    /// Whether a new size is the first since one was read.
    pub fn size_is_new(&self) -> bool {
        !self.resized.swap(true, Ordering::SeqCst)
    }

    pub fn size_is_taken(&self) {
        self.resized.store(false, Ordering::SeqCst);
    }
}

/// Whether there is no shell with job control that could continue us: a shell
/// puts each job into a process group of its own, while the group of the
/// session's leader is orphaned (`tmux new askfirst`, `ssh -t host askfirst`).
pub fn has_no_shell() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session == rustix::process::getpgrp())
}
