//! The real thing in a pseudo-terminal: the test binary starts itself, and the
//! child runs `the_program` below.

use std::io::{Read, Write};
use std::sync::mpsc;
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal as Sent, kill_process};

use super::*;
use crate::tui::terminal::Terminal;

/// Far more than anything here takes, also on a busy machine.
const LONG: Duration = Duration::from_secs(20);

/// Not a test: what the child does. It says what comes in, and obeys `e` (lend
/// the terminal to a shell that reads a line), `z` (suspend) and `q`.
#[test]
#[ignore = "the other half of the tests beside it"]
fn the_program() {
    answer();
    // The test harness would report to a terminal that may be gone.
    std::process::exit(0);
}

fn answer() {
    let mut terminal = Terminal::enter().unwrap();
    let input = Input::open().unwrap();
    let say = |terminal: &mut Terminal, text: &str| {
        let _ = write!(terminal.writer(), "<{text}>");
        let _ = terminal.writer().flush();
    };
    say(&mut terminal, "ready");
    loop {
        match input.next(None) {
            Incoming::Key(key) => {
                let code = key.code.to_string();
                match code.as_str() {
                    "q" => return,
                    "p" => panic!("on purpose"),
                    "z" => {
                        let stopped = terminal.suspend(&input).unwrap();
                        say(&mut terminal, &format!("suspended {stopped}"));
                    }
                    "e" => {
                        let shell = "echo lent; read line; echo \"shell got $line\"";
                        let ran = terminal.lend(&input, || {
                            std::process::Command::new("sh")
                                .args(["-c", shell])
                                .status()
                        });
                        assert!(ran.unwrap().unwrap().success());
                        say(&mut terminal, "back");
                    }
                    _ => say(&mut terminal, &format!("key {code}")),
                }
            }
            Incoming::Paste(text) => say(&mut terminal, &format!("paste {}", text.len())),
            Incoming::Resize(columns, rows) => {
                say(&mut terminal, &format!("size {columns}x{rows}"))
            }
            Incoming::Signal(Signal::Continue) => {
                if terminal.renew().is_err() {
                    return;
                }
                say(&mut terminal, "continued");
            }
            Incoming::Signal(signal) => {
                say(&mut terminal, &format!("{signal:?}"));
                if signal != Signal::Suspend {
                    return;
                }
            }
            Incoming::Closed => return,
            Incoming::Changed | Incoming::TimedOut => unreachable!(),
        }
    }
}

/// A terminal with the program in it.
struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    output: mpsc::Receiver<Vec<u8>>,
    seen: String,
}

impl Pty {
    fn start() -> Self {
        let mut pty = Self::start_by(CommandBuilder::from_argv);
        pty.expect("<ready>");
        pty
    }

    fn start_by(command: impl FnOnce(Vec<std::ffi::OsString>) -> CommandBuilder) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize {
                rows: 24,
                cols: 80,
                ..PtySize::default()
            })
            .unwrap();
        let binary = std::env::current_exe().unwrap();
        let arguments = [
            "--ignored",
            "--exact",
            "--nocapture",
            "tui::signals::tests::the_program",
        ];
        let program = std::iter::once(binary.into_os_string())
            .chain(arguments.map(Into::into))
            .collect();
        let mut command = command(program);
        command.env("RUST_BACKTRACE", "0");
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count) = reader.read(&mut bytes) {
                if count == 0 || sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self {
            child,
            master: Some(pair.master),
            keys: Some(keys),
            output,
            seen: String::new(),
        }
    }

    fn send(&mut self, keys: &str) {
        let writer = self.keys.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Waits until the terminal got `text`, and gives what came before it.
    fn expect(&mut self, text: &str) -> String {
        loop {
            if let Some(at) = self.seen.find(text) {
                let rest = self.seen.split_off(at + text.len());
                return std::mem::replace(&mut self.seen, rest);
            }
            match self.output.recv_timeout(LONG) {
                Ok(bytes) => self.seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => panic!("no {text:?} in {:?}", self.seen),
            }
        }
    }

    fn kill(&self, signal: Sent) {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    /// Waits for the end, and gives the exit code.
    fn end(mut self) -> u32 {
        let (sender, ended) = mpsc::channel();
        let mut killer = self.child.clone_killer();
        thread::spawn(move || sender.send(self.child.wait()));
        if let Ok(status) = ended.recv_timeout(LONG) {
            return status.unwrap().exit_code();
        }
        killer.kill().unwrap();
        panic!("the program did not end");
    }
}

#[test]
fn keys_and_pastes_arrive_and_the_terminal_is_given_back() {
    let mut pty = Pty::start();
    pty.send("a");
    pty.expect("<key a>");
    pty.send("\x1b");
    pty.expect("<key Esc>");
    pty.send("\x1b[200~two\rlines\x1b[201~");
    pty.expect("<paste 9>");
    pty.send("q");
    pty.expect("\x1b[?2004l");
    pty.expect("\x1b[?1049l");
    pty.expect("\x1b[?25h");
    assert_eq!(pty.end(), 0);
}

#[test]
fn a_megabyte_of_paste_arrives_in_one_piece() {
    let mut pty = Pty::start();
    let mut keys = pty.keys.take().unwrap();
    let writer = thread::spawn(move || {
        let paste = format!("\x1b[200~{}\x1b[201~", "word ".repeat(200_000));
        keys.write_all(paste.as_bytes()).unwrap();
        keys
    });
    pty.expect("<paste 1000000>");
    pty.keys = Some(writer.join().unwrap());
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn a_burst_of_keys_loses_none_and_leaves_none_behind() {
    let mut pty = Pty::start();
    // More than crossterm reads at once.
    pty.send(&format!("{}b", "a".repeat(3000)));
    assert_eq!(pty.expect("<key b>").matches("<key a>").count(), 3000);
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn a_signal_ends_an_idle_program_with_the_terminal_given_back() {
    for (signal, told) in [
        (Sent::TERM, "Stop"),
        (Sent::INT, "Stop"),
        (Sent::HUP, "HangUp"),
    ] {
        let mut pty = Pty::start();
        pty.kill(signal);
        pty.expect(&format!("<{told}>"));
        pty.expect("\x1b[?1049l");
        assert_eq!(pty.end(), 0);
    }
}

#[test]
fn a_terminal_that_goes_away_ends_the_program() {
    let mut pty = Pty::start();
    // The thread that reads the output ends at the next one, and with it the
    // last hold on the terminal.
    drop(std::mem::replace(&mut pty.output, mpsc::channel().1));
    pty.send("x");
    drop((pty.keys.take(), pty.master.take()));
    assert_eq!(pty.end(), 0);
}

#[test]
fn an_unfinished_paste_does_not_keep_a_signal_from_being_heard() {
    let mut pty = Pty::start();
    pty.send("\x1b[200~and then the line broke");
    pty.kill(Sent::HUP);
    pty.expect("<HangUp>");
    assert_eq!(pty.end(), 0);
}

#[test]
fn a_new_size_is_told() {
    let mut pty = Pty::start();
    let size = PtySize {
        rows: 15,
        cols: 40,
        ..PtySize::default()
    };
    pty.master.as_ref().unwrap().resize(size).unwrap();
    pty.expect("<size 40x15>");
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn another_program_gets_all_of_the_input() {
    let mut pty = Pty::start();
    pty.send("e");
    let given_back = pty.expect("lent");
    assert!(given_back.contains("\x1b[?1049l"));
    pty.send("a line for the shell\n");
    pty.expect("shell got a line for the shell");
    pty.expect("\x1b[?1049h");
    pty.expect("<back>");
    pty.send("x");
    pty.expect("<key x>");
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn ctrl_c_in_another_program_is_not_ours() {
    let mut pty = Pty::start();
    pty.send("e");
    pty.expect("lent");
    pty.kill(Sent::INT);
    pty.send("done\n");
    pty.expect("<back>");
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn suspending_without_a_shell_would_freeze_and_is_not_done() {
    let mut pty = Pty::start();
    pty.send("z");
    pty.expect("<suspended false>");
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn a_shell_can_suspend_and_continue_the_program() {
    let mut pty = Pty::start_by(|program| {
        let mut shell = CommandBuilder::new("bash");
        shell.args(["--norc", "--noprofile", "-i"]);
        shell.env("PS1", "$ ");
        let program: Vec<_> = program.iter().map(|word| word.to_string_lossy()).collect();
        shell.env("PROGRAM", program.join(" "));
        shell
    });
    pty.send("$PROGRAM\n");
    pty.expect("<ready>");
    pty.send("z");
    pty.expect("\x1b[?1049l");
    pty.expect("Stopped");
    pty.send("fg\n");
    pty.expect("\x1b[?1049h");
    pty.expect("<suspended true>");
    pty.send("a");
    let between = pty.expect("<key a>");
    assert!(!between.contains("Suspend>"), "{between:?}");
    pty.send("q");
    pty.expect("\x1b[?1049l");
    pty.expect("$ ");
    pty.send("exit\n");
    assert_eq!(pty.end(), 0);
}

#[test]
fn a_stop_from_outside_asks_to_suspend_and_going_on_sets_the_modes_again() {
    let mut pty = Pty::start();
    pty.kill(Sent::TSTP);
    pty.expect("<Suspend>");
    pty.kill(Sent::STOP);
    pty.kill(Sent::CONT);
    pty.expect("\x1b[?1049h");
    pty.expect("<continued>");
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_speaks() {
    let mut pty = Pty::start();
    pty.send("p");
    let before = pty.expect("on purpose");
    assert!(before.contains("\x1b[?1049l") && before.contains("\x1b[?25h"));
    assert_eq!(pty.end(), 101);
}
