//! `askfirst` without a command.

use super::{Context, Done, Failure, Streams, list};

/// Opens the desk; prints it as plain lines where there are no screens.
///
/// # Errors
///
/// When neither is possible.
pub fn open(context: &Context, streams: &mut Streams) -> Done {
    if context.plain {
        list::run(&list::Args::default(), context, streams)?;
        writeln!(
            streams.out,
            "Start a new brief with: askfirst new --plain\nAll commands: askfirst --help"
        )?;
        return Ok(());
    }
    if !context.terminal.is_interactive() {
        return Err(Failure::new("the desk needs a terminal")
            .hint("print what there is with: askfirst list")
            .hint("or use plain lines: askfirst --plain, askfirst new --plain"));
    }
    interface(context)
}

/// Runs the interface.
///
/// # Errors
///
/// Those of the terminal.
pub fn interface(context: &Context) -> Done {
    crate::tui::run(context).map_err(|error| {
        Failure::new("the screens could not be shown")
            .because(error)
            .hint("askfirst --plain works with any terminal")
    })
}
