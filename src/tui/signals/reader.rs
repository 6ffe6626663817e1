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

/// How long crossterm is asked what it has, twice. With `use-dev-tty` it looks
/// at the time before it looks at what it has read already: zero is never
/// answered, and a thread that had to wait for the processor can be told
/// "nothing" with keys left over, hardly ever twice in a row. Without that
/// feature it waits for *new* input only, and the rest of a burst of over 1,024
/// bytes is left lying.
const MOMENT: Duration = Duration::from_millis(5);

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
        loop {
            match event::poll(MOMENT).and_then(|some| Ok(some || event::poll(MOMENT)?)) {
                Ok(true) => {}
                Ok(false) => return true,
                Err(_) => {
                    self.send(Incoming::Closed);
                    return false;
                }
            }
            let incoming = match event::read() {
                Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => Incoming::Key(key),
                Ok(Event::Paste(text)) => Incoming::Paste(text),
                // Sizes come by signal; mouse and focus are not asked for.
                Ok(_) => continue,
                Err(_) => Incoming::Closed,
            };
            let over = incoming == Incoming::Closed;
            if !self.send(incoming) || over {
                return false;
            }
        }
    }

    fn close(&self) {
        self.send(Incoming::Closed);
    }

    fn send(&self, incoming: Incoming) -> bool {
        self.notes.send(Note::Incoming(incoming)).is_ok()
    }
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
