//! `archive`.

use super::{Context, Done, Streams, json, save};
use crate::domain::action;

/// Put a brief away, or bring it back
///
/// An archived brief stays in the folder and is left out of lists.
///
/// With --json: { "id", "stage", "archived", "code", "event" }
///
/// Examples:
///   askfirst archive analysts
///   askfirst archive analysts --undo
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// A note to keep with it
    #[arg(long, value_name = "TEXT", default_value = "")]
    because: String,
    /// Bring it back
    #[arg(long)]
    undo: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let id = context.store.find(&args.brief)?;
    let mut was = None;
    let saved = save::change(context, &id, |brief, event| {
        was = Some(brief.archived);
        let away = !args.undo;
        Ok((brief.archived != away)
            .then(|| action::archive(brief, away, &args.because, event, context.now)))
    })?;
    if args.json {
        let moved = was == Some(args.undo);
        return json::write(&mut streams.out, &json::moved(&saved.brief, moved));
    }
    let said = match (args.undo, was) {
        (true, Some(false)) => "was not archived",
        (true, _) => "is back",
        (false, Some(true)) => "is archived already",
        (false, _) => "is archived; bring it back with --undo",
    };
    writeln!(streams.out, "{id} {said}")?;
    Ok(())
}
