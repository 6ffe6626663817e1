//! `show`.

use super::attention::Attention;
use super::{Context, Done, Streams, json, review};
use crate::domain::{Agreement, text};
use crate::export;

/// Show a brief, and what stands between it and starting
///
/// With --json: as in list, and "read_only", "notes", "sections" (each
/// "open", "agreed" or "lapsed", by whom, and by which grade), "questions", "blockers",
/// "gaps", and "brief", which is what `export --format json` writes.
///
/// Examples:
///   askfirst show analysts
///   askfirst show analysts --json
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
    let loaded = context.load(&args.brief)?;
    let brief = &loaded.brief;
    if args.json {
        return json::write(&mut streams.out, &json::full(context, &loaded));
    }
    let out = &mut streams.out;
    write!(out, "{}", text::block(&export::text(brief)))?;
    writeln!(out, "\n---")?;
    writeln!(
        out,
        "{} {} {} (code {})",
        brief.id,
        brief.stage.symbol(),
        text::line(brief.stage.label()),
        Agreement::of(brief).code()
    )?;
    review::write_sections(out, brief)?;
    review::write_open(out, context, brief)?;
    for line in Attention::of(brief, context).lines(brief) {
        writeln!(out, "{}", text::line(&line))?;
    }
    for note in loaded.notes.iter().chain(&loaded.read_only) {
        writeln!(streams.err, "note: {}", text::line(note))?;
    }
    Ok(())
}
