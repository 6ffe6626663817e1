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
}
