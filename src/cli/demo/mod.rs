//! `demo`.

mod step;
mod stories;

use std::path::{Path, PathBuf};

use super::reminders::UNWATCHED;
use super::{
    Context, Done, Failure, Global, Place, PlaceKind, Streams, Terminal, desk, goals, list, paste,
};
use crate::domain::{Day, Goal, ItemId, Level, text};
use crate::storage::{self, NotDelivered, Replace, Rights};

/// Look around in a throw-away folder with nine lively briefs
///
/// Opens the desk on a copy of made-up requests in all stages; do with them
/// what you like. The folder is removed when you leave, unless --keep is given.
/// Where there is no terminal, the briefs are listed and the folder is kept.
/// With --dir, that folder is filled; it must be new or empty.
///
/// Examples:
///   askfirst demo
///   askfirst demo --keep
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Keep the folder
    #[arg(long)]
    keep: bool,
}

pub fn run(args: &Args, global: &Global, streams: &mut Streams) -> Done {
    // Not ASKFIRST_DIR, which names the real briefs.
    let given = global
        .dir
        .as_deref()
        .filter(|dir| !dir.as_os_str().is_empty());
    let (path, throw_away) = match given {
        Some(dir) => (vacant(dir)?, None),
        None => {
            let folder = throw_away()?;
            (folder.path().to_owned(), Some(folder))
        }
    };
    show(path, throw_away, args.keep, global.plain, streams)
}

/// Opens the demo in a throw-away folder, from the desk of another one.
///
/// # Errors
///
/// As for the command.
pub fn look_around(context: &Context, streams: &mut Streams) -> Done {
    let folder = throw_away()?;
    show(
        folder.path().to_owned(),
        Some(folder),
        false,
        context.plain,
        streams,
    )
}

fn throw_away() -> Result<tempfile::TempDir, Failure> {
    tempfile::Builder::new()
        .prefix("askfirst-demo-")
        .tempdir()
        .map_err(|error| {
            Failure::new("could not make a folder for the demo")
                .because(storage::plainly(&error))
                .hint("name one with --dir")
        })
}

fn show(
    path: PathBuf,
    throw_away: Option<tempfile::TempDir>,
    keep: bool,
    plain: bool,
    streams: &mut Streams,
) -> Done {
    let place = Place {
        path: path.clone(),
        kind: PlaceKind::Given,
    };
    let context = Context::at(place, plain, Terminal::detect())?;
    fill(&context)?;
    let shown = path.display().to_string();
    let word = paste::word_of_shell(&shown);
    let shown = text::line(&shown);
    let screens = context.terminal.is_interactive() && !context.plain;
    if screens {
        desk::interface(&context)?;
    } else {
        writeln!(streams.out, "The demo is in {shown}\n")?;
        list::run(&list::Args::default(), &context, streams)?;
        writeln!(
            streams.out,
            "\nLook at one with: askfirst --dir {} show night",
            text::line(&word)
        )?;
    }
    match throw_away {
        Some(folder) if screens && !keep => {
            let _ = folder.close();
            writeln!(
                streams.out,
                "The demo was removed. Begin your own with: askfirst new"
            )?;
        }
        Some(folder) => {
            let _ = folder.keep();
            writeln!(streams.out, "Remove it with: rm -r {}", text::line(&word))?;
        }
        None => writeln!(streams.out, "Remove it with: rm -r {}", text::line(&word))?,
    }
    Ok(())
}

fn vacant(dir: &Path) -> Result<PathBuf, Failure> {
    let full = std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if full || (dir.exists() && !dir.is_dir()) {
        return Err(Failure::new(format!("{} is in use", dir.display()))
            .because("the demo only fills a new or empty folder")
            .hint("name another one with --dir, or leave --dir out"));
    }
    Ok(dir.to_owned())
}

/// Marks the folder: nobody wants to be reminded of what is made up.
fn unwatched(folder: &Path) -> Done {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new(format!("could not write to {}", folder.display()))
            .because(error)
            .hint("name another folder with --dir")
    };
    storage::create_folder(folder).map_err(|error| failed(&storage::plainly(&error)))?;
    let mark = folder.join(UNWATCHED);
    let text = "These briefs are made up: askfirst reminds of none of them.\n";
    let written = storage::deliver(&mark, text, Replace::Always, Rights::Private);
    written.map_err(|error| match &error {
        NotDelivered::Io { source, .. } => failed(&storage::plainly(source)),
        other => failed(other),
    })
}

/// Writes the demo's briefs and goals.
///
/// # Errors
///
/// When they cannot be written.
pub fn fill(context: &Context) -> Done {
    unwatched(&context.place.path)?;
    let reference: Day = stories::TODAY.parse().unwrap_or_default();
    for story in stories::STORIES {
        let brief = step::tell(story, reference, context)?;
        context.store.create(&brief)?;
    }
    goals::change(context, |list| {
        for (level, owner, text) in stories::GOALS {
            list.push(Goal {
                id: ItemId::for_text(text, list.iter().map(|g| &g.id)),
                level: Level::from_word(level),
                owner: (*owner).to_owned(),
                text: (*text).to_owned(),
                how: String::new(),
            });
        }
        Ok(())
    })?;
    Ok(())
}
