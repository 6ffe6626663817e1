//! `start`.

use super::{Context, Done, Streams, stage};
use crate::domain::action;

/// Start the work on a brief
///
/// It takes a named customer, a purpose, ranked needs, and a yes to the need
/// and to the solution. What is missing can be waived with --because: the
/// reason stays in the brief and in its exports.
///
/// With --json: { "id", "stage", "archived", "code", "event" }
///
/// Examples:
///   askfirst start analysts
///   askfirst start analysts --because "Dana is away, HR meets on Friday"
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// Why to start although something is missing
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
        "start",
        |brief, event| {
            let needed = context.needed(brief);
            action::start(brief, &needed, &args.because, event, context.now)
        },
    )
}
