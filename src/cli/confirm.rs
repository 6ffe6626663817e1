//! `confirm`.

use super::{Context, Done, Streams, share, stage};
use crate::domain::{action, text};

/// Record that the result is what the customer needed, and close the brief
///
/// With --json: { "id", "stage", "archived", "code", "event" }
///
/// Examples:
///   askfirst confirm analysts --by Dana --because "HR filled in all profiles"
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// The customer who said so, by name
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Their words
    #[arg(long, value_name = "TEXT", default_value = "")]
    because: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let by = match &args.by {
        Some(typed) => Some(share::customer(
            &context.load(&args.brief)?.brief,
            Some(typed),
        )?),
        None => None,
    };
    stage::go(
        context,
        streams,
        (&args.brief, args.json),
        "confirm",
        |brief, event| action::confirm(brief, by.as_ref(), &args.because, event, context.now),
    )?;
    if !args.json {
        let id = context.store.find(&args.brief)?;
        let learn = format!("keep what there is to learn: askfirst checkin {id}");
        writeln!(
            streams.err,
            "hint: {}",
            text::line(&context.to_paste(&learn))
        )?;
    }
    Ok(())
}
