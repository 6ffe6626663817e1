//! Where a command reads from and writes to.

use std::io::{self, BufRead, Write};

/// Standard input, output and error, or stand-ins for them.
pub struct Streams {
    pub input: Box<dyn BufRead>,
    pub out: Box<dyn Write>,
    pub err: Box<dyn Write>,
}

impl Streams {
    /// Those of the process.
    pub fn standard() -> Self {
        Self {
            input: Box::new(io::BufReader::new(io::stdin())),
            out: Box::new(io::stdout()),
            err: Box::new(io::stderr()),
        }
    }

    /// Asks on standard error, where an empty answer is a yes; no answer is a no.
    ///
    /// # Errors
    ///
    /// Those of the streams.
    pub fn asks(&mut self, question: &str) -> io::Result<bool> {
        write!(self.err, "{question}")?;
        self.err.flush()?;
        let mut answer = String::new();
        if self.input.read_line(&mut answer)? == 0 {
            return Ok(false);
        }
        Ok(!answer.trim().to_lowercase().starts_with('n'))
    }
}
