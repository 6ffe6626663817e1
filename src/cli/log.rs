//! `log`.

use serde_json::json;

use super::{Context, Done, Streams, json as shapes};
use crate::domain::{text, timeline};

/// Tell the life of a brief, oldest first
///
/// One line each: when, what, and the words. Check-ins that were missed are in
/// it, and at the end what is ahead.
///
/// With --json: [ { "kind", "at", "text", "event", "ahead" } ]
///
/// Examples:
///   askfirst log analysts
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    use crate::domain::work_time::Zone as _;
    let loaded = context.load(&args.brief)?;
    let brief = &loaded.brief;
    let marks = timeline::marks(brief, &context.work, &context.here, context.now);
    let now = context.here.local(context.now);
    if args.json {
        let marks: Vec<_> = marks
            .iter()
            .map(|mark| {
                json!({
                    "kind": mark.kind.word(),
                    "at": mark.at.format("%Y-%m-%dT%H:%M:%S").to_string(),
                    "text": mark.text,
                    "event": mark.event,
                    "ahead": mark.at > now,
                })
            })
            .collect();
        return shapes::write(&mut streams.out, &marks.into());
    }
    let widest = marks.iter().map(|m| m.kind.word().len()).max().unwrap_or(0);
    let mut ahead = false;
    for mark in &marks {
        if mark.at > now && !ahead {
            ahead = true;
            writeln!(streams.out, "-- today, {} --", now.format("%a %-d %b %Y"))?;
        }
        writeln!(
            streams.out,
            "{:>15}  {} {:widest$}  {}",
            mark.at.format("%a %-d %b %Y").to_string(),
            mark.kind.symbol(),
            mark.kind.word(),
            text::line(&mark.text)
        )?;
    }
    Ok(())
}
