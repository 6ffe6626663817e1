//! `merge-driver`.

use std::path::PathBuf;

use super::{Done, Failure, Streams, files};
use crate::clock;
use crate::domain::text;
use crate::git::{Git, NotDone};
use crate::storage::{self, Replace};

/// Merge two versions of a brief by meaning, for git
///
/// git calls it, where askfirst init has told it to, with %O %A %B %P: the common
/// ancestor, ours, theirs and the path. The result is written to the second file.
/// Different answers, needs, events, check-ins and sign-offs of both sides are
/// all kept. What both sides changed, each in its own way, is kept as two
/// versions under [[conflict]] in the file, and shown in the review.
///
/// A file that is no brief, or cannot be read, is left to git, which marks the
/// lines that differ. Exit code 0: merged; 1: left to git.
///
/// Examples:
///   askfirst merge-driver base.toml ours.toml theirs.toml analysts-k7m2.toml
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The common ancestor, empty where there is none
    base: PathBuf,
    /// Our version; the result is written here
    ours: PathBuf,
    /// Their version
    theirs: PathBuf,
    /// The path of the brief in the repository
    path: PathBuf,
}

/// How a line begins for git's user, before the path.
pub const SAYS: &str = "askfirst: ";
/// What is said of a place behind the path and the place.
pub const STAYS: &str = " was taken out by one and changed by the other; it stays";

pub fn run(args: &Args, streams: &mut Streams) -> Done {
    let now =
        clock::now().map_err(|error| Failure::new("could not tell the time").because(error))?;
    let read = || -> Result<[String; 3], Failure> {
        let [base, ours, theirs] = [&args.base, &args.ours, &args.theirs];
        let read = files::read_file;
        Ok([read(base)?, read(ours)?, read(theirs)?])
    };
    let [base, ours, theirs] = match read() {
        Ok(versions) => versions,
        Err(failure) => {
            failure.write(&mut streams.err)?;
            return by_lines(args);
        }
    };
    let shown = text::line(&args.path.display().to_string()).into_owned();
    match storage::merge_texts(&args.path, [&base, &ours, &theirs], now) {
        Ok(merged) => {
            files::write(&args.ours, &merged.text, Replace::Always)?;
            for place in &merged.kept {
                writeln!(streams.err, "{SAYS}{shown}: {}{STAYS}", text::line(place))?;
            }
            for conflict in &merged.conflicts {
                writeln!(
                    streams.err,
                    "{SAYS}{shown}: {} was changed in two ways; both are kept, choose in the review",
                    text::line(&conflict.place)
                )?;
            }
            Ok(())
        }
        Err(broken) => {
            writeln!(
                streams.err,
                "askfirst: left to git: {}",
                text::block(&broken.summary)
            )?;
            by_lines(args)
        }
    }
}

/// As git does it without a driver: markers around the lines that differ.
fn by_lines(args: &Args) -> Done {
    let here = std::env::current_dir().map_err(Failure::from)?;
    let mut arguments: Vec<std::ffi::OsString> = vec!["merge-file".into()];
    for label in ["ours", "ancestor", "theirs"] {
        arguments.extend(["-L".into(), label.into()]);
    }
    let versions = [&args.ours, &args.base, &args.theirs];
    arguments.extend(versions.map(|path| path.clone().into_os_string()));
    match Git::at(&here).act(arguments, false) {
        // No line differs in two ways, which says nothing of their meaning.
        Ok(_) => Err(
            Failure::new(format!("{} is merged by lines only", args.path.display()))
                .hint("look at it before you go on"),
        ),
        Err(NotDone::Refused {
            code: Some(1..=127),
            ..
        }) => Err(
            Failure::new(format!("{} has lines that differ", args.path.display()))
                .hint("look for <<<<<<< in it, keep what is right, then git add it"),
        ),
        Err(error) => {
            Err(Failure::new(format!("could not merge {}", args.path.display())).because(error))
        }
    }
}
