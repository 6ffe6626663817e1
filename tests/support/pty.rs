//! The real program in a pseudo-terminal: keys go in as bytes, and what comes
//! out is kept raw and as the screen a person would see.
//!
//! Nothing here waits for a fixed time: every wait blocks on the output, on the
//! end of the process or on a file, up to [`PATIENCE`].

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use super::TestDir;

/// How long a wait lasts before it is a failure: a loaded machine is slow.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// How often a file is looked at while nothing comes from the terminal.
const GLANCE: Duration = Duration::from_millis(20);

/// The program about to be run.
pub struct Launch {
    dir: PathBuf,
    home: PathBuf,
    program: String,
    args: Vec<String>,
    environment: Vec<(String, String)>,
    columns: u16,
    rows: u16,
}

impl Launch {
    /// The program in the working directory of a test, 80 columns by 24 rows.
    pub fn new(dir: &TestDir) -> Self {
        Self {
            dir: dir.work(),
            home: dir.home(),
            program: env!("CARGO_BIN_EXE_askfirst").to_owned(),
            args: Vec::new(),
            environment: Vec::new(),
            columns: 80,
            rows: 24,
        }
    }

    /// The same with arguments.
    pub fn args(mut self, args: &[&str]) -> Self {
        self.args = args.iter().map(|&a| a.to_owned()).collect();
        self
    }

    /// Another program, which can start this one as `$ASKFIRST`.
    pub fn through(mut self, program: &str, args: &[&str]) -> Self {
        let ours = std::mem::replace(&mut self.program, program.to_owned());
        self.environment.push(("ASKFIRST".to_owned(), ours));
        self.args(args)
    }

    /// The same through a shell that stays: only the end of a session's leader
    /// resets the terminal, so that what the program left can be looked at.
    /// The shell prints `ended N` and waits; [`Pty::pid`] is the program's.
    pub fn through_shell(self) -> Self {
        self.through(
            "/bin/sh",
            &[
                "-c",
                "sh -c 'echo $$ > \"$HOME\"/pid; exec \"$ASKFIRST\"'; echo ended $?; read -r _",
            ],
        )
    }

    /// The same with a variable set.
    pub fn env(mut self, key: &str, value: &str) -> Self {
        self.environment.push((key.to_owned(), value.to_owned()));
        self
    }

    /// The same in another size.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// Runs it.
    pub fn start(self) -> Pty {
        let pair = native_pty_system()
            .openpty(size(self.columns, self.rows))
            .unwrap();
        let mut command = CommandBuilder::new(&self.program);
        command.env_clear();
        command.cwd(&self.dir);
        for (key, value) in [
            ("HOME", self.home.to_str().unwrap()),
            ("PATH", "/usr/bin:/bin"),
            ("TMPDIR", self.home.to_str().unwrap()),
            ("TERM", "xterm-256color"),
            ("ASKFIRST_NOW", "2026-02-05T09:00:00+01:00"),
            ("ASKFIRST_SEED", "7"),
        ] {
            command.env(key, value);
        }
        for (key, value) in &self.environment {
            command.env(key, value);
        }
        command.args(&self.args);
        let modes = modes(pair.master.as_ref());
        let mut child = pair.slave.spawn_command(command).unwrap();
        let pid = child.process_id().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (out, output) = mpsc::channel();
        let reading = std::thread::spawn(move || {
            let mut bytes = vec![0; 1 << 16];
            while let Ok(n) = reader.read(&mut bytes) {
                // Nobody listens any more: the terminal is being closed.
                if n == 0 || out.send(bytes[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        let (tell, ended) = mpsc::channel();
        std::thread::spawn(move || {
            let _ = tell.send(child.wait());
        });
        Pty {
            master: Some(pair.master),
            slave: Some(pair.slave),
            writer: Some(Writer::start(writer)),
            output: Some(output),
            reading: Some(reading),
            ended,
            is_over: false,
            status: None,
            pid,
            home: self.home,
            modes,
            raw: Vec::new(),
            screen: vt100::Parser::new(cells(self.rows), cells(self.columns), 0),
        }
    }
}

/// The program running in its terminal.
pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    /// Held open, so that the terminal keeps what the program left there.
    slave: Option<Box<dyn SlavePty + Send>>,
    writer: Option<Writer>,
    output: Option<Receiver<Vec<u8>>>,
    reading: Option<JoinHandle<()>>,
    ended: Receiver<std::io::Result<ExitStatus>>,
    is_over: bool,
    /// How it ended, where that was found out by the way.
    status: Option<std::io::Result<ExitStatus>>,
    pid: u32,
    home: PathBuf,
    /// The modes of the terminal before the program ran.
    pub modes: String,
    /// Everything that came out.
    pub raw: Vec<u8>,
    screen: vt100::Parser,
}

/// A thread that writes, so that a long paste cannot block the test while the
/// program waits for its output to be read.
struct Writer {
    texts: mpsc::Sender<Vec<u8>>,
}

impl Writer {
    fn start(mut writer: Box<dyn Write + Send>) -> Self {
        let (texts, waiting) = mpsc::channel::<Vec<u8>>();
        std::thread::spawn(move || {
            for text in waiting {
                if writer.write_all(&text).is_err() {
                    break;
                }
            }
        });
        Self { texts }
    }
}

impl Pty {
    /// Types bytes as they are.
    pub fn send(&mut self, bytes: impl Into<Vec<u8>>) -> &mut Self {
        self.writer
            .as_ref()
            .unwrap()
            .texts
            .send(bytes.into())
            .unwrap();
        self
    }

    /// Types text and named keys: `"ab<enter>"`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        let mut bytes = Vec::new();
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            match rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
                Some((name, after)) => {
                    bytes.extend(named(name));
                    rest = after;
                }
                None => {
                    bytes.extend(c.to_string().bytes());
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        self.send(bytes)
    }

    /// Pastes, as a terminal with bracketed paste does.
    pub fn paste(&mut self, text: &[u8]) -> &mut Self {
        self.send([b"\x1b[200~", text, b"\x1b[201~"].concat())
    }

    /// What the screen shows.
    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// The screen, for its modes and its cursor.
    pub fn screen(&self) -> &vt100::Screen {
        self.screen.screen()
    }

    /// Whether the screen shows a text, wherever its lines are broken.
    pub fn shows(&self, text: &str) -> bool {
        flat(&self.text()).contains(&flat(text))
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        self.wait_until(text, |pty| pty.shows(text))
    }

    /// Waits until the screen no longer shows a text.
    #[track_caller]
    pub fn wait_gone(&mut self, text: &str) -> &mut Self {
        self.wait_until(text, |pty| !pty.shows(text))
    }

    /// Waits until something holds; output and files are looked at again and
    /// again.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) -> &mut Self {
        let since = Instant::now();
        loop {
            if holds(self) {
                return self;
            }
            let open = self.take_in(GLANCE);
            let waited = since.elapsed();
            if waited >= PATIENCE || (!open && waited >= Duration::from_secs(10)) {
                panic!("waited for {what:?} in vain; the screen:\n{}", self.text());
            }
        }
    }

    /// Waits until a file of the folder holds a text, and gives all of it.
    #[track_caller]
    pub fn wait_for_file(&mut self, folder: &Path, part: &str) -> String {
        self.wait_until(part, |_| files(folder).contains(part));
        files(folder)
    }

    /// Takes in what comes within `time`. False when no more will come.
    pub fn take_in(&mut self, time: Duration) -> bool {
        let Some(output) = &self.output else {
            return false;
        };
        match output.recv_timeout(time) {
            Ok(bytes) => {
                self.screen.process(&bytes);
                self.raw.extend(bytes);
                true
            }
            Err(RecvTimeoutError::Timeout) => true,
            Err(RecvTimeoutError::Disconnected) => false,
        }
    }

    /// Takes in what comes until nothing came for `quiet`; the number of bytes.
    pub fn drain(&mut self, quiet: Duration) -> usize {
        let before = self.raw.len();
        loop {
            let had = self.raw.len();
            if !self.take_in(quiet) || self.raw.len() == had {
                return self.raw.len() - before;
            }
        }
    }

    /// Whether the program has ended.
    pub fn is_over(&mut self) -> bool {
        if self.is_over {
            return true;
        }
        let Ok(status) = self.ended.try_recv() else {
            return false;
        };
        self.is_over = true;
        self.status = Some(status);
        true
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.screen
            .screen_mut()
            .set_size(cells(rows), cells(columns));
        let master = self.master.as_ref().unwrap();
        master.resize(size(columns, rows)).unwrap();
        self
    }

    /// The process of the program, also behind [`Launch::through_shell`].
    pub fn pid(&self) -> Pid {
        let told = std::fs::read_to_string(self.home.join("pid")).ok();
        let pid = told
            .and_then(|t| t.trim().parse().ok())
            .unwrap_or(self.pid.cast_signed());
        Pid::from_raw(pid).unwrap()
    }

    /// Sends the program a signal.
    pub fn signal(&mut self, signal: Signal) -> &mut Self {
        kill_process(self.pid(), signal).unwrap();
        self
    }

    /// The modes of the terminal as they are.
    pub fn modes_now(&self) -> String {
        modes(self.master.as_deref().unwrap())
    }

    /// Waits for the end of the program, with everything it still wrote.
    #[track_caller]
    pub fn wait_exit(&mut self) -> ExitStatus {
        if let Some(status) = self.status.take() {
            self.slave = None;
            while self.take_in(PATIENCE) {}
            return status.unwrap();
        }
        let since = Instant::now();
        loop {
            match self.ended.try_recv() {
                Ok(status) => {
                    self.is_over = true;
                    // Nobody else has the terminal open: its output ends.
                    self.slave = None;
                    while self.take_in(PATIENCE) {}
                    return status.unwrap();
                }
                Err(_) => {
                    if !self.take_in(GLANCE) {
                        // Closed by us: only the end is left to wait for.
                        let status = self.ended.recv_timeout(PATIENCE);
                        self.is_over = true;
                        return status.expect("the program does not end").unwrap();
                    }
                }
            }
            assert!(
                since.elapsed() < PATIENCE,
                "the program does not end; the screen:\n{}",
                self.text()
            );
        }
    }

    /// Ends the program as a loss of power would.
    pub fn kill(mut self) -> ExitStatus {
        self.signal(Signal::KILL);
        self.wait_exit()
    }

    /// Closes the window: the other end of the terminal goes away.
    pub fn hang_up(&mut self) -> &mut Self {
        // The reading thread has the terminal open as well, and comes back only
        // with something to read: a new size is always answered.
        self.output = None;
        let master = self.master.take().unwrap();
        master.resize(size(71, 21)).unwrap();
        self.reading.take().unwrap().join().unwrap();
        self.writer = None;
        self.slave = None;
        self
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // A failed test leaves no program behind.
        if !self.is_over {
            for pid in [Some(self.pid()), Pid::from_raw(self.pid.cast_signed())] {
                let _ = pid.map(|pid| kill_process(pid, Signal::KILL));
            }
        }
    }
}

/// The text of all briefs in a folder.
pub fn files(folder: &Path) -> String {
    let mut text = String::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return text;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        let is_brief = path.is_file() && path.extension().is_some_and(|e| e == "toml");
        // Between the listing and the reading a brief may get its name.
        if is_brief && let Ok(one) = std::fs::read_to_string(&path) {
            text.push_str(&one);
        }
    }
    text
}

/// Whether bytes occur in other bytes.
pub fn contains(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect()
}

fn modes(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

/// What xterm sends for a key.
fn named(name: &str) -> Vec<u8> {
    if let Some(letter) = name.strip_prefix("c-").and_then(|n| n.bytes().next()) {
        return vec![letter & 0x1f];
    }
    let bytes: &[u8] = match name {
        "enter" => b"\r",
        "esc" => b"\x1b",
        "tab" => b"\t",
        "s-tab" => b"\x1b[Z",
        "pgup" => b"\x1b[5~",
        "pgdn" => b"\x1b[6~",
        "up" => b"\x1b[A",
        "down" => b"\x1b[B",
        "right" => b"\x1b[C",
        "left" => b"\x1b[D",
        "home" => b"\x1b[H",
        "end" => b"\x1b[F",
        "bs" => b"\x7f",
        "del" => b"\x1b[3~",
        "f1" => b"\x1bOP",
        "f2" => b"\x1bOQ",
        "f3" => b"\x1bOR",
        "a-enter" => b"\x1b\r",
        other => panic!("no key is called {other}"),
    };
    bytes.to_vec()
}

/// The title of the briefs that tests begin.
pub const TITLE: &str = "Profiles of the desk";

/// From the empty desk to the first page, a list: who is it for?
pub fn at_a_list(pty: &mut Pty) {
    pty.wait_for("start your first brief").keys("a");
    pty.wait_for("what were you asked for?");
    pty.keys(TITLE).keys("<enter>");
    pty.wait_for("Who is this for?");
}

/// From the empty desk to the first page with a text field.
pub fn at_a_text(pty: &mut Pty) {
    at_a_list(pty);
    pty.keys("Dana Reyes: she owes the profiles<pgdn>");
    pty.wait_for("How did it come to you?").keys("1");
    pty.wait_for("in their own words?");
}
