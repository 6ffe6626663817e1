//! The terminal, taken and given back.
//!
//! Every mode that is switched on is switched off on every way out: return,
//! error, panic, suspension, an external editor. Doing it twice does no harm,
//! and a terminal that is gone is an error value, never a panic.
//!
//! A panic gives the terminal back before its message is printed; the runner
//! catches the unwinding and saves what was typed.

use std::io::{self, BufWriter, Write};
use std::mem::ManuallyDrop;
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{SetCursorStyle, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{execute, queue};
use quiet::Quiet;
use ratatui::Frame;

use super::signals::Input;

mod quiet;

/// Whether the terminal is ours, for the panic hook and for doing things once.
static TAKEN: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// The terminal while it is ours; dropping it gives it back.
pub struct Terminal {
    /// Never dropped: ratatui prints to standard error when it cannot show the
    /// cursor again, which is a second panic when that is gone as well. The
    /// cursor is shown by [`give_back`].
    screen: ManuallyDrop<Screen>,
}

type Screen = ratatui::Terminal<Quiet<BufWriter<Out>>>;

/// Standard output without the buffer of [`io::stdout`], which holds on to what
/// a terminal that is gone did not take, for the next to flush it to stumble on.
struct Out;

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(io::stdout(), bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Terminal {
    /// Takes the terminal: raw mode, the alternate screen, bracketed paste.
    /// No mouse and no keyboard protocol, so that selecting text and every
    /// terminal work as ever.
    pub fn enter() -> io::Result<Self> {
        HOOK.call_once(|| {
            let earlier = panic::take_hook();
            panic::set_hook(Box::new(move |panic| {
                give_back();
                earlier(panic);
            }));
        });
        // A buffer holds a whole frame, so that it arrives in one piece.
        let out = BufWriter::with_capacity(1 << 16, Out);
        let screen = ManuallyDrop::new(Screen::new(Quiet::new(out))?);
        let mut terminal = Self { screen };
        terminal.take()?;
        Ok(terminal)
    }

    /// Draws one frame. An error means that the terminal is gone.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.screen.draw(view).map(|_| ())
    }

    /// The way to the terminal, for what is no frame
    /// ([`super::clipboard::copy`]).
    pub fn writer(&mut self) -> &mut impl Write {
        self.screen.backend_mut().writer()
    }

    /// Sets the modes again and forgets what was drawn: after SIGCONT, or when
    /// the screen was spoilt. An error means that the terminal is gone: the
    /// kernel sends SIGCONT with the SIGHUP of a hang-up.
    pub fn renew(&mut self) -> io::Result<()> {
        give_back();
        self.take()
    }

    /// Gives the terminal back and stops, as Ctrl+Z does; returns with the
    /// terminal taken again when the shell continues us. False, at once and
    /// without a flicker, where there is no shell to go to.
    pub fn suspend(&mut self, input: &Input) -> io::Result<bool> {
        if super::signals::has_no_shell() {
            return Ok(false);
        }
        self.lend(input, || input.stop_job())?
    }

    /// Runs `other` with the terminal as it was before, nobody reading it, and
    /// takes it again.
    pub fn lend<T>(&mut self, input: &Input, other: impl FnOnce() -> T) -> io::Result<T> {
        let paused = input.pause();
        give_back();
        let result = other();
        let taken = self.take();
        drop(paused);
        taken.map(|()| result)
    }

    fn take(&mut self) -> io::Result<()> {
        // Raw mode first: in the background it stops us, before anything is
        // written into what the shell shows.
        terminal::enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let entered = begin(&mut Out).and_then(|()| self.forget());
        if entered.is_err() {
            give_back();
        }
        entered
    }

    /// The next frame is drawn from scratch. Not `clear`, which asks the
    /// terminal where the cursor is, and the answer would go to the reader.
    fn forget(&mut self) -> io::Result<()> {
        self.screen.backend_mut().forget();
        let size = self.screen.size()?;
        self.screen.resize(size.into())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Undoes every mode, once; without effect where the terminal is not ours.
/// Errors are of no use to anybody here: the terminal is gone.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = end(&mut BufWriter::new(Out));
        let _ = terminal::disable_raw_mode();
    }
}

fn begin(out: &mut impl Write) -> io::Result<()> {
    execute!(out, EnterAlternateScreen, EnableBracketedPaste)
}

fn end(out: &mut impl Write) -> io::Result<()> {
    queue!(
        out,
        ResetColor,
        DisableBracketedPaste,
        SetCursorStyle::DefaultUserShape,
        LeaveAlternateScreen,
        Show,
    )?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_switched_on_is_switched_off() {
        let (mut on, mut off) = (Vec::new(), Vec::new());
        begin(&mut on).unwrap();
        end(&mut off).unwrap();
        let (on, off) = (
            String::from_utf8(on).unwrap(),
            String::from_utf8(off).unwrap(),
        );
        let modes: Vec<&str> = on.split("\x1b[?").skip(1).collect();
        assert!(modes.contains(&"1049h") && modes.contains(&"2004h"));
        for mode in modes {
            let undone = mode.strip_suffix('h').map(|mode| format!("\x1b[?{mode}l"));
            assert!(undone.is_some_and(|undone| off.contains(&undone)), "{mode}");
        }
        // The cursor shows and has its own shape, colours are the user's.
        for sequence in ["\x1b[?25h", "\x1b[0 q", "\x1b[0m"] {
            assert!(off.contains(sequence), "{sequence:?}");
        }
    }

    #[test]
    fn giving_back_what_was_not_taken_does_nothing() {
        give_back();
        give_back();
        assert!(!TAKEN.load(Ordering::SeqCst));
    }
}
