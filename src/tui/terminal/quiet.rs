//! Says to the terminal only what it does not know: a frame that is like the
//! one before sends nothing at all.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// A backend that remembers the cursor.
pub(super) struct Quiet<W: Write> {
    inner: CrosstermBackend<W>,
    is_shown: Option<bool>,
    /// Where it is; drawing moves it.
    at: Option<Position>,
}

impl<W: Write> Quiet<W> {
    pub fn new(out: W) -> Self {
        Self {
            inner: CrosstermBackend::new(out),
            is_shown: None,
            at: None,
        }
    }

    /// The way past it: the cursor may be anywhere afterwards.
    pub fn writer(&mut self) -> &mut impl Write {
        self.forget();
        &mut self.inner
    }

    /// Somebody else had the terminal.
    pub fn forget(&mut self) {
        (self.is_shown, self.at) = (None, None);
    }

    fn show(&mut self, shown: bool) -> io::Result<()> {
        if self.is_shown == Some(shown) {
            return Ok(());
        }
        match shown {
            true => self.inner.show_cursor()?,
            false => self.inner.hide_cursor()?,
        }
        self.is_shown = Some(shown);
        Ok(())
    }
}

impl<W: Write> Backend for Quiet<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.at = None;
        self.inner.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.at != Some(position) {
            self.inner.set_cursor_position(position)?;
            self.at = Some(position);
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        // It is asked before each frame: not by opening the terminal once more.
        match rustix::termios::tcgetwinsize(io::stdout()) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => {
                Ok(Size::new(size.ws_col, size.ws_row))
            }
            _ => self.inner.size(),
        }
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use std::mem::ManuallyDrop;

    use ratatui::layout::Rect;
    use ratatui::widgets::Paragraph;
    use ratatui::{Terminal, TerminalOptions, Viewport};

    use super::*;

    /// What reaches a terminal for each of some frames: a text, and where the
    /// cursor is.
    fn sent(frames: &[(&str, Option<u16>)]) -> Vec<String> {
        let mut out = Vec::new();
        let mut ends = vec![0];
        {
            let viewport = Viewport::Fixed(Rect::new(0, 0, 10, 1));
            let options = TerminalOptions { viewport };
            for upto in 1..=frames.len() {
                out.clear();
                let quiet = Quiet::new(&mut out);
                // Nothing is said when it ends.
                let mut terminal =
                    ManuallyDrop::new(Terminal::with_options(quiet, options.clone()).unwrap());
                for (text, cursor) in &frames[..upto] {
                    terminal
                        .draw(|frame| {
                            frame.render_widget(Paragraph::new(*text), frame.area());
                            if let Some(x) = cursor {
                                frame.set_cursor_position((*x, 0));
                            }
                        })
                        .unwrap();
                }
                ends.push(out.len());
            }
        }
        let parts = ends.windows(2).map(|ends| out[ends[0]..ends[1]].to_vec());
        parts.map(|part| String::from_utf8(part).unwrap()).collect()
    }

    #[test]
    fn a_frame_like_the_one_before_sends_nothing() {
        let all = sent(&[
            ("one", None),
            ("one", None),
            ("two", None),
            ("two", Some(1)),
        ]);
        assert!(
            all[0].contains("one") && all[0].contains("\x1b[?25l"),
            "{all:?}"
        );
        assert_eq!(all[1], "");
        assert!(
            all[2].contains("two") && !all[2].contains("\x1b[?25l"),
            "{all:?}"
        );
        assert_eq!(all[3], "\x1b[?25h\x1b[1;2H");
    }

    #[test]
    fn the_cursor_stands_where_it_belongs_after_every_frame() {
        let all = sent(&[
            ("a", Some(1)),
            ("b", Some(1)),
            ("b", Some(1)),
            ("b", Some(0)),
        ]);
        // Drawing moves it.
        assert!(all[1].ends_with("\x1b[1;2H"), "{all:?}");
        assert_eq!(all[2..], ["".to_owned(), "\x1b[1;1H".to_owned()]);
    }
}
