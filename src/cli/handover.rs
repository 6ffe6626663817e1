//! `handover`.

use super::{Context, Done, Failure, Streams, json as shapes, save};
use crate::domain::{Change, text};

/// Hand a brief over to a colleague
///
/// A brief that is made where a team shares the folder is its maker's: their
/// desk and `askfirst due` show it. Without a name it becomes yours, and with
/// --to-all everybody's.
///
/// With --json: { "id", "stage", "archived", "code", "event", "owner" }
///
/// Examples:
///   askfirst handover analysts "Raj Patel"
///   askfirst handover analysts
///   askfirst handover analysts --to-all
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// The colleague's name, as in their settings or their commits
    to: Option<String>,
    /// Make it everybody's
    #[arg(long, conflicts_with = "to")]
    to_all: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let id = context.store.find(&args.brief)?;
    let to = match &args.to {
        _ if args.to_all => String::new(),
        Some(name) => name.trim().to_owned(),
        None => context.me.owner().to_owned(),
    };
    if to.is_empty() && !args.to_all {
        return Err(Failure::new("to whom?")
            .because("your name is not known here")
            .hint(format!("say it: askfirst handover {id} \"Raj Patel\""))
            .hint("--to-all makes it everybody's"));
    }
    let mut recorded = false;
    let saved = save::change(context, &id, |brief, _| {
        recorded = brief.owner != to;
        Ok(recorded.then(|| Change::Owner(to.clone())))
    })?;
    let brief = &saved.brief;
    if args.json {
        let mut value = shapes::moved(brief, false);
        if let serde_json::Value::Object(map) = &mut value {
            map.insert("owner".into(), brief.owner.as_str().into());
        }
        return shapes::write(&mut streams.out, &value);
    }
    let out = &mut streams.out;
    match brief.owner.trim() {
        "" => writeln!(out, "{id} is everybody's now")?,
        owner => writeln!(out, "{id} is for {} now", text::line(owner))?,
    }
    Ok(())
}
