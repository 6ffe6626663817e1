//! Copying through the terminal (OSC 52), which works over ssh and needs no
//! display server.
//!
//! Nothing comes back: terminals and tmux may drop the request silently. Say
//! "sent to the clipboard", and show the text or offer a file besides.

use std::io::{self, Write};

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

/// The most that is sent, in bytes of text. Terminals drop sequences over
/// 100,000 bytes (xterm, hterm), which is this much before base64.
pub const LIMIT: usize = 74_000;

/// Why nothing was copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The terminal would drop it.
    #[error(
        "too long to copy: {length} bytes, terminals take {LIMIT}\n\
         hint: write it to a file instead"
    )]
    TooLong {
        /// Bytes of the text.
        length: usize,
    },
    /// The terminal cannot be written to.
    #[error("could not reach the terminal to copy: {0}")]
    Terminal(#[from] io::Error),
}

/// Asks the terminal behind `terminal` to take `text` into its clipboard.
pub fn copy(terminal: &mut impl Write, text: &str) -> Result<(), CopyError> {
    if text.len() > LIMIT {
        return Err(CopyError::TooLong { length: text.len() });
    }
    Ok(execute!(
        terminal,
        CopyToClipboard::to_clipboard_from(text)
    )?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_gets_the_text_in_one_sequence() {
        let mut out = Vec::new();
        copy(&mut out, "Grüße\n").unwrap();
        assert_eq!(out, b"\x1b]52;c;R3LDvMOfZQo=\x1b\\");
    }

    #[test]
    fn a_text_that_terminals_would_drop_is_refused() {
        let mut out = Vec::new();
        copy(&mut out, &"x".repeat(LIMIT)).unwrap();
        assert!(out.len() < 100_000);
        out.clear();
        let refused = copy(&mut out, &"x".repeat(LIMIT + 1)).unwrap_err();
        assert!(
            refused
                .to_string()
                .starts_with("too long to copy: 74001 bytes")
        );
        assert!(out.is_empty());
    }

    #[test]
    fn a_terminal_that_is_gone_is_an_error() {
        let mut gone: &mut [u8] = &mut [];
        assert!(matches!(copy(&mut gone, "x"), Err(CopyError::Terminal(_))));
    }
}
