//! `calendar`.

use std::path::{Path, PathBuf};

use super::{Context, Done, Failure, Streams, files};
use crate::clock::Here;
use crate::domain::text;
use crate::remind::calendar::{self, Earlier};
use crate::storage::{self, Entry, NotDelivered, Replace, Rights};

/// Write the coming check-ins as a calendar (.ics)
///
/// One event for each brief that wants something, at the time of its next
/// reminder: private, and it takes no time from the day. Import it again
/// whenever you like: events are updated, and never doubled.
///
/// Without --output it is printed. Over an earlier calendar of the same folder,
/// events that are no longer wanted are cancelled; any other file is replaced
/// only with --force.
///
/// Examples:
///   askfirst calendar --output checkins.ics
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The file to write, or a folder
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace any file that is there
    #[arg(long, requires = "output")]
    force: bool,
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let work = match &context.settings {
        Some(path) => storage::read_settings(path)?.work,
        None => crate::domain::work_time::WorkTime::default(),
    };
    let zone = Here::find();
    let (mut fresh, mut unread) = (Vec::new(), Vec::new());
    for entry in context.store.list()? {
        match entry {
            Entry::Brief(loaded) => {
                let brief = &loaded.brief;
                fresh.extend(calendar::Entry::of(brief, &work, &zone, context.now));
            }
            Entry::Broken(broken) => unread.push(broken),
        }
    }
    let place = std::path::absolute(context.store.place())?;
    let place = place.canonicalize().unwrap_or(place);
    let folder = calendar::folder_word(&place.to_string_lossy());
    let target = args.output.as_deref().map(target);
    let earlier = match target.as_deref() {
        Some(path) => earlier(path, &folder)?,
        None => None,
    };
    let names: Vec<&str> = unread.iter().filter_map(|b| id_of(&b.path)).collect();
    let entries = calendar::merged(
        fresh,
        earlier.as_ref().map_or(&[], |earlier| &earlier.entries),
        &names,
        context.now,
    );
    let document = calendar::render(&entries, &folder, context.now);
    match &target {
        None => streams.out.write_all(document.as_bytes())?,
        Some(path) => {
            let ours = |old: &[u8]| {
                let old = std::str::from_utf8(old).ok().and_then(Earlier::read);
                old.is_some_and(|old| old.folder == folder)
            };
            let replace = match args.force {
                true => Replace::Always,
                false => Replace::If(&ours),
            };
            storage::deliver(path, &document, replace, Rights::Usual)
                .map_err(|error| refused(path, &error))?;
            let gone = entries.iter().filter(|entry| entry.cancelled).count();
            let shown = path.display().to_string();
            writeln!(
                streams.out,
                "Wrote {} with {}{}",
                text::line(&shown),
                count(entries.len() - gone),
                match gone {
                    0 => String::new(),
                    gone => format!(", and {gone} cancelled"),
                }
            )?;
        }
    }
    for broken in &unread {
        writeln!(
            streams.err,
            "note: {} is not in it: {}",
            text::line(&broken.file),
            text::line(&broken.summary)
        )?;
    }
    Ok(())
}

fn count(check_ins: usize) -> String {
    match check_ins {
        0 => "no check-in: nothing is planned".to_owned(),
        1 => "1 check-in".to_owned(),
        n => format!("{n} check-ins"),
    }
}

/// In a folder the calendar has a name of its own.
fn target(path: &Path) -> PathBuf {
    match path.is_dir() {
        true => path.join("askfirst.ics"),
        false => path.to_owned(),
    }
}

/// The calendar that is there already, if it is one of this folder.
fn earlier(path: &Path, folder: &str) -> Result<Option<Earlier>, Failure> {
    // What was cancelled stands only there: one that cannot be read is not
    // replaced by one that knows of nothing.
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = files::read_file_bytes(path)?;
    let text = std::str::from_utf8(&bytes).ok();
    Ok(text
        .and_then(Earlier::read)
        .filter(|earlier| earlier.folder == folder))
}

fn id_of(path: &Path) -> Option<&str> {
    path.file_stem()?.to_str()
}

fn refused(path: &Path, error: &NotDelivered) -> Failure {
    let failure = files::not_written(path, error);
    match error {
        NotDelivered::Taken(_) => failure
            .because("there is a file of that name, and it is no calendar of these briefs")
            .hint("choose another name, or replace it with --force"),
        _ => failure,
    }
}
