//! `completions`.

use clap_complete::Shell;

use super::{Done, Streams};

/// Print completions for your shell
///
/// Examples:
///   askfirst completions bash > askfirst.bash
///   askfirst completions fish > ~/.config/fish/completions/askfirst.fish
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The shell
    shell: Shell,
}

pub fn run(args: &Args, streams: &mut Streams) -> Done {
    // Made in memory: the generator panics when its writer fails.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "askfirst", &mut script);
    streams.out.write_all(&script)?;
    Ok(())
}
