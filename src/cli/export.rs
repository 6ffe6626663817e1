//! `export`.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{Context, Done, Failure, Streams, agreement, files, save};
use crate::domain::{Brief, action, text};
use crate::export::{self, Document, Format, NotMade, Paper};
use crate::storage::{self, NotDelivered, Replace, Rights};

/// Write a brief as a document to share or keep
///
/// Without --output it is printed. The file carries the code of its version;
/// `askfirst verify` says later whether it is still what was written. An
/// earlier export of the same brief is replaced; any other file only with
/// --force.
///
/// --format agreement writes the bare text that a customer can sign with the SSH
/// key they use for git, and says how: see askfirst sign --help.
///
/// Examples:
///   askfirst export analysts --format markdown
///   askfirst export analysts --format html --output analysts.html
///   askfirst export analysts --format agreement --output analysts.txt
///   askfirst export analysts --format pdf --paper letter --output analysts.pdf
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// The form of the document
    #[arg(long, short, value_name = "FORMAT")]
    format: FormatWord,
    /// The paper of a PDF [default: a4]
    #[arg(long, value_name = "PAPER")]
    paper: Option<PaperWord>,
    /// The file to write, or a folder
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace any file that is there
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatWord {
    #[value(alias = "md")]
    Markdown,
    Html,
    Pdf,
    #[value(alias = "txt")]
    Text,
    Json,
    /// The bare text that is signed with an SSH key
    Agreement,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PaperWord {
    A4,
    Letter,
}

/// The format that the arguments name; `None` for the text that is signed,
/// which is no document.
fn format(args: &Args) -> Result<Option<Format>, Failure> {
    let format = match args.format {
        FormatWord::Markdown => Format::Markdown,
        FormatWord::Html => Format::Html,
        FormatWord::Text => Format::Text,
        FormatWord::Json => Format::Json,
        FormatWord::Pdf => {
            return Ok(Some(Format::Pdf(match args.paper {
                Some(PaperWord::Letter) => Paper::Letter,
                Some(PaperWord::A4) | None => Paper::A4,
            })));
        }
        FormatWord::Agreement => return Ok(None),
    };
    match args.paper {
        Some(_) => Err(Failure::wrong_usage("--paper goes with --format pdf")
            .hint("a page of HTML prints on any paper")),
        None => Ok(Some(format)),
    }
}

/// The document, or why there is none.
fn made(brief: &Brief, format: Format) -> Result<Document, Failure> {
    export::render(brief, format).map_err(|error| {
        let failure = Failure::new(format!("could not make {}", format.name())).because(&error);
        match error {
            NotMade::LeftOut => failure.hint(
                "--format html makes a page that prints; a build with the feature pdf has the rest",
            ),
            NotMade::Pdf(_) => failure,
        }
    })
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let loaded = context.load(&args.brief)?;
    let brief = &loaded.brief;
    let Some(format) = format(args)? else {
        let output = args.output.as_deref();
        return agreement::run(&loaded, output, args.force, context, streams);
    };
    let document = made(brief, format)?;
    if matches!(format, Format::Pdf(_)) && args.output.is_none() && context.terminal.output {
        return Err(Failure::new("a PDF is no text for a terminal")
            .hint(format!("write it to a file: --output {}.pdf", brief.id)));
    }
    let ours = |old: &[u8]| export::replaces(&document.bytes, old);
    // Recorded first: a document that somebody has and `verify` does not know
    // would look forged.
    if loaded.read_only.is_none() {
        let digest = export::digest(&document.bytes);
        let output = args.output.as_deref();
        if let Some(path) = output {
            let path = target(path, brief, format.extension());
            let replace = replace(args.force, &ours);
            storage::may_deliver(&path, replace).map_err(|error| refused(&path, &error))?;
        }
        save::change(context, &brief.id, |now, event| {
            if export::digest(&made(now, format)?.bytes) != digest {
                return Err(Failure::new("the brief was changed just now")
                    .hint("nothing was written; export it again"));
            }
            let word = format.word();
            Ok(action::exported(
                now,
                word,
                &digest,
                &document.parts,
                event,
                context.now,
            ))
        })?;
    }
    match &args.output {
        Some(path) => {
            let path = target(path, brief, format.extension());
            let replace = replace(args.force, &ours);
            storage::deliver(&path, &document.bytes, replace, Rights::Usual)
                .map_err(|error| refused(&path, &error))?;
            let shown = path.display().to_string();
            writeln!(streams.out, "Wrote {}", text::line(&shown))?;
        }
        None => streams.out.write_all(&document.bytes)?,
    }
    if loaded.read_only.is_some() {
        writeln!(
            streams.err,
            "note: this brief is read-only, so verify will not recognise the document"
        )?;
    }
    Ok(())
}

/// In a folder the document gets the name of the brief.
pub fn target(path: &Path, brief: &Brief, extension: &str) -> PathBuf {
    if path.is_dir() {
        path.join(format!("{}.{extension}", brief.id))
    } else {
        path.to_owned()
    }
}

fn replace<'a>(force: bool, ours: &'a dyn Fn(&[u8]) -> bool) -> Replace<'a> {
    if force {
        Replace::Always
    } else {
        Replace::If(ours)
    }
}

/// An export that was not written, in words for the user.
pub fn refused(path: &Path, error: &NotDelivered) -> Failure {
    let failure = files::not_written(path, error);
    match error {
        NotDelivered::Taken(_) => failure
            .because("there is a file of that name, and it is no export of this brief")
            .hint("choose another name, or replace it with --force"),
        _ => failure,
    }
}
