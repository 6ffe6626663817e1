//! The thread that reads the terminal, and how it is kept from doing so.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event, KeyEventKind};
use rustix::event::{PollFd, PollFlags};
use rustix::io::Errno;

use super::{Incoming, Note};

const PAUSE: u8 = b'p';
const RESUME: u8 = b'r';

/// How long a pause waits for the thread: it answers at once, unless it is in
/// the middle of an unfinished paste, or stuck in a terminal that is gone.
const PATIENCE: Duration = Duration::from_millis(300);

/// How long crossterm is asked what it has. With `use-dev-tty` it looks at the
/// time before it looks at what it has read already: zero is never answered, and
/// a thread that had to wait for the processor in between can be told "nothing"
/// with keys left over. Without that feature it waits for *new* input only, and
/// the rest of a burst of over 1,024 bytes is left lying. What is new wakes the
/// thread up anyhow; below a millisecond crossterm asks without a pause, so this
/// is as short as can be.
const MOMENT: Duration = Duration::from_micros(50);

/// How often it must say "nothing" to be believed.
const ASKED: usize = 3;

/// The same for the rest of a burst that is seen together: it is believed at
/// once, since it is asked again when that is passed on.
const INSTANT: Duration = Duration::from_micros(10);

/// So much at most is passed on together.
const BURST: usize = 256;

/// A handle to the thread; it ends when this is dropped.
pub struct Reader {
    orders: UnixStream,
    paused: Receiver<()>,
}

impl Reader {
    pub fn start(notes: Sender<Note>) -> io::Result<Self> {
        let terminal = terminal()?;
        let (orders, ordered) = UnixStream::pair()?;
        let (answer, paused) = mpsc::channel();
        let thread = ReaderThread {
            terminal,
            ordered,
            answer,
            notes,
        };
        thread::Builder::new()
            .name("terminal".into())
            .spawn(move || thread.run())?;
        Ok(Self { orders, paused })
    }

    pub fn pause(&self) {
        if (&self.orders).write_all(&[PAUSE]).is_ok() {
            let _ = self.paused.recv_timeout(PATIENCE);
        }
    }

    pub fn resume(&self) {
        let _ = (&self.orders).write_all(&[RESUME]);
    }
}

struct ReaderThread {
    terminal: OwnedFd,
    ordered: UnixStream,
    answer: Sender<()>,
    notes: Sender<Note>,
}

impl ReaderThread {
    fn run(mut self) {
        loop {
            let (terminal, ordered) = match self.wait() {
                Ok(ready) => ready,
                Err(_) => return self.close(),
            };
            if !ordered.is_empty() && !self.obey() {
                return;
            }
            if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                return self.close();
            }
            if ordered.is_empty() && terminal.contains(PollFlags::IN) && !self.read() {
                return;
            }
        }
    }

    /// Blocks until the terminal or an order is there; which of them, and how.
    fn wait(&self) -> io::Result<(PollFlags, PollFlags)> {
        let mut fds = [
            PollFd::new(&self.terminal, PollFlags::IN),
            PollFd::new(&self.ordered, PollFlags::IN),
        ];
        loop {
            match rustix::event::poll(&mut fds, None) {
                Ok(_) => {
                    let [terminal, ordered] = &fds;
                    return Ok((terminal.revents(), ordered.revents()));
                }
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Takes an order and, told to pause, waits for the end of it. False when
    /// nobody gives orders any more.
    fn obey(&mut self) -> bool {
        let mut order = [0];
        let mut paused = false;
        loop {
            match self.ordered.read(&mut order) {
                Ok(0) => return false,
                Ok(_) if order == [PAUSE] => {
                    paused = true;
                    let _ = self.answer.send(());
                }
                Ok(_) => return true,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
            if !paused {
                return true;
            }
        }
    }

    /// Passes on what the terminal has. False when nobody listens.
    fn read(&self) -> bool {
        // There are no more keys than bytes: a single letter goes on at once.
        let bytes = rustix::io::ioctl_fionread(&self.terminal).unwrap_or(u64::MAX);
        let mut read = 0_u64;
        let mut burst = Vec::new();
        loop {
            let is_whole = read >= bytes || burst.len() >= BURST;
            let more = !is_whole && event::poll(INSTANT).unwrap_or(false);
            if !more {
                if !self.pass_on(&mut burst) {
                    return false;
                }
                match has_more() {
                    Ok(true) => {}
                    Ok(false) => return true,
                    Err(_) => {
                        self.send(Incoming::Closed);
                        return false;
                    }
                }
            }
            read += 1;
            let incoming = match event::read() {
                Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => Incoming::Key(key),
                Ok(Event::Paste(text)) => Incoming::Paste(text),
                // Sizes come by signal; mouse and focus are not asked for.
                Ok(_) => continue,
                Err(_) => Incoming::Closed,
            };
            let over = incoming == Incoming::Closed;
            burst.push(incoming);
            if over {
                self.pass_on(&mut burst);
                return false;
            }
        }
    }

    fn pass_on(&self, burst: &mut Vec<Incoming>) -> bool {
        let burst = std::mem::take(burst);
        burst.is_empty() || self.notes.send(Note::Keys(burst)).is_ok()
    }

    fn close(&self) {
        self.send(Incoming::Closed);
    }

    fn send(&self, incoming: Incoming) -> bool {
        self.notes.send(Note::Incoming(incoming)).is_ok()
    }
}

/// Whether there is another event.
fn has_more() -> io::Result<bool> {
    for _ in 0..ASKED {
        if event::poll(MOMENT)? {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Drop for ReaderThread {
    fn drop(&mut self) {
        // Without a reader no key would ever come again: save and end instead.
        if thread::panicking() {
            self.close();
        }
    }
}

/// The terminal that crossterm reads: standard input, or else the controlling
/// one.
fn terminal() -> io::Result<OwnedFd> {
    let input = io::stdin();
    if input.is_terminal() {
        input.as_fd().try_clone_to_owned()
    } else {
        Ok(File::options()
            .read(true)
            .write(true)
            .open("/dev/tty")?
            .into())
    }
}
