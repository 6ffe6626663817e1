//! `deliver`.

use super::{Context, Done, Streams, stage};
use crate::domain::action;

/// Record that the result was handed over
///
/// Delivered is not closed: the customer confirms that it is what they needed.
///
/// With --json: { "id", "stage", "archived", "code", "event" }
///
/// Examples:
///   askfirst deliver analysts
///   askfirst deliver analysts --because "sent by mail, with the sheet"
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// A note to keep with it
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
        "deliver",
        |brief, event| action::deliver(brief, &args.because, event, context.now),
    )
}
