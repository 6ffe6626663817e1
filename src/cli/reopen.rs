//! `reopen`.

use super::{Context, Done, Streams, stage};
use crate::domain::action;

/// Take a delivered, closed or dropped brief up again
///
/// With --json: { "id", "stage", "archived", "code", "event" }
///
/// Examples:
///   askfirst reopen analysts --because "HR's list lacks the night shift"
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// What was missing
    #[arg(long, value_name = "TEXT", default_value = "")]
    because: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    stage::go(
        context,
        streams,
        (&args.brief, args.json),
        "reopen",
        |brief, event| action::reopen(brief, &args.because, event, context.now),
    )
}
