//! `drop`.

use super::{Context, Done, Streams, stage};
use crate::domain::action;

/// Give a request up, with the reason
///
/// Nothing is deleted; reopen takes it up again.
///
/// With --json: { "id", "stage", "archived", "code", "event" }
///
/// Examples:
///   askfirst drop analysts --because "HR uses last year's profiles"
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// Why
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
        "drop",
        |brief, event| action::drop_brief(brief, &args.because, event, context.now),
    )
}
