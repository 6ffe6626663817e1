//! Parse, run, exit code.

use std::process::ExitCode;
#[cfg(unix)]
use std::sync::Arc;

use askfirst::cli::{self, Streams};

fn main() -> ExitCode {
    // A limit on file sizes is an error of the write then, and not the end. The
    // default action of the signal is all there is to lose when this fails.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
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
