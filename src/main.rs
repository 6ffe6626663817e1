//! Parse, run, exit code.

use std::process::ExitCode;

use askfirst::cli::{self, Streams};

fn main() -> ExitCode {
    let mut streams = Streams::standard();
    match cli::run(std::env::args_os(), &mut streams) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // With standard error closed there is nobody left to tell.
            let _ = failure.write(&mut streams.err);
            ExitCode::from(failure.exit_code())
        }
    }
}
