//! Where a reply comes from, and where it is kept when it cannot be recorded.

use std::io::{BufRead as _, Read as _};
use std::path::{Path, PathBuf};

use super::super::{Context, Done, Failure, Streams, files, save};
use super::Args;
use crate::domain::{BriefId, WalkPlace, text};
use crate::reply::taking::DRAFT;
use crate::reply::{self, Letter};
use crate::storage;

/// A terminal in its line mode takes no longer line, and says nothing.
const LONGEST_LINE: usize = 4095;

/// A reply and whence it is.
pub struct Source {
    pub letter: Letter,
    pub origin: Origin,
    /// The brief that was named, for what is kept.
    named: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file that stays where it is.
    File(PathBuf),
    /// Standard input that has ended: nothing can be asked.
    Piped,
    /// Pasted or typed into the terminal.
    Pasted,
}

/// The brief and the file among what was typed: one word alone is a brief if
/// there is one, else a file.
pub fn arguments(
    args: &Args,
    context: &Context,
) -> Result<(Option<String>, Option<PathBuf>), Failure> {
    let (Some(word), None) = (&args.brief, &args.file) else {
        return Ok((args.brief.clone(), args.file.clone()));
    };
    let path = Path::new(word);
    let found = context.store.find(word);
    let is_file = word == "-" || (found.is_err() && path.is_file());
    match is_file {
        true => Ok((None, Some(path.to_owned()))),
        false => Ok((Some(word.clone()), None)),
    }
}

/// The reply.
pub fn source(
    context: &Context,
    streams: &mut Streams,
    named: Option<&str>,
    file: Option<&Path>,
) -> Result<Source, Failure> {
    let (bytes, origin) = match file {
        Some(path) if path.as_os_str() != "-" => {
            (files::read_file_bytes(path)?, Origin::File(path.to_owned()))
        }
        None if context.terminal.input => (
            pasted(context, streams, named)?.into_bytes(),
            Origin::Pasted,
        ),
        _ => (files::read_input(streams)?, Origin::Piped),
    };
    let letter = reply::read(&bytes);
    if letter.text.trim().is_empty() {
        return Err(Failure::new("there is no reply")
            .because("the text is empty")
            .hint("name a file, or paste it: askfirst reply BRIEF"));
    }
    Ok(Source {
        letter,
        origin,
        named: named.map(str::to_owned),
    })
}

/// Lines from the terminal, up to Ctrl+D or a single full stop.
fn pasted(
    context: &Context,
    streams: &mut Streams,
    named: Option<&str>,
) -> Result<String, Failure> {
    let kept = named.and_then(|named| {
        let brief = context.load(named).ok()?.brief.into_inner();
        let mut drafts = brief.drafts.into_iter();
        drafts.find(|d| d.at == DRAFT && d.field.is_empty())
    });
    let out = &mut streams.out;
    writeln!(
        out,
        "Paste the reply as it came; end it with Ctrl+D or a line with a single full stop"
    )?;
    if let Some(kept) = &kept {
        let begin = kept.draft.trim().lines().next().unwrap_or_default();
        let begin = text::fit(begin, 60);
        writeln!(
            out,
            "One that is not recorded yet is kept: \u{201c}{begin}\u{201d}; a full stop at once takes that"
        )?;
    }
    out.flush()?;
    let mut pasted = String::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        let input = &mut streams.input;
        let room = files::LONGEST.saturating_sub(pasted.len() as u64);
        let count = input.by_ref().take(room).read_until(b'\n', &mut line)?;
        let typed = String::from_utf8_lossy(&line);
        let typed = typed.replace("\u{1b}[200~", "").replace("\u{1b}[201~", "");
        if count == 0 || typed.trim() == "." {
            break;
        }
        if line.len() >= LONGEST_LINE {
            writeln!(
                streams.err,
                "look at this: a terminal cuts lines after {LONGEST_LINE} bytes; to be sure, name a file"
            )?;
        }
        pasted.push_str(&typed);
    }
    match kept {
        Some(kept) if pasted.trim().is_empty() => Ok(kept.draft),
        _ => Ok(pasted),
    }
}

/// Whom a mail is from, as it says.
pub fn from(letter: &Letter) -> String {
    match (letter.name.trim(), letter.address.trim()) {
        ("", address) => address.to_owned(),
        (name, "") => name.to_owned(),
        (name, address) => format!("{name} <{address}>"),
    }
}

/// Keeps what was pasted among the drafts of the brief until it is recorded.
/// Where that fails it goes on: the end of it will say so.
pub fn keep_draft(context: &Context, streams: &mut Streams, id: &BriefId, words: &str) -> Done {
    let kept = save::edit(context, id, |brief| {
        let is_it = |d: &WalkPlace| d.at == DRAFT && d.field.is_empty();
        if brief.drafts.iter().any(|d| is_it(d) && d.draft == words) {
            return Ok(false);
        }
        brief.drafts.retain(|d| !is_it(d));
        brief.drafts.push(WalkPlace {
            draft: words.to_owned(),
            ..WalkPlace::new(DRAFT)
        });
        Ok(true)
    });
    if let Err(failure) = kept {
        writeln!(
            streams.err,
            "note: this is not kept so far: {}",
            text::line(&failure.what)
        )?;
    }
    Ok(())
}

/// Puts a reply that could not be recorded into a file of its own; nobody has to
/// paste it again.
pub fn keep(failure: Failure, context: &Context, source: &Source) -> Failure {
    let is_usage = failure.exit_code() == 2;
    if is_usage
        || failure.is_closed_pipe()
        || failure.is_told()
        || matches!(source.origin, Origin::File(_))
    {
        return failure;
    }
    let named = source.named.as_deref();
    let id = named.and_then(|named| context.store.find(named).ok());
    if let Some(id) = &id
        && source.origin == Origin::Pasted
        && context.store.load(id).is_ok_and(|loaded| {
            let mut drafts = loaded.brief.drafts.iter();
            drafts.any(|d| d.at == DRAFT && d.draft == source.letter.text)
        })
    {
        return failure.hint(format!(
            "the reply is kept in the brief; go on with: askfirst reply {id} --plain"
        ));
    }
    let stem = id.map_or_else(|| "reply".to_owned(), |id| format!("{id}.reply"));
    let words = &source.letter.text;
    let places = [context.place.path.clone(), std::env::temp_dir()];
    let mut why = String::new();
    for place in places {
        match storage::keep_text(&place, &stem, "txt", words) {
            Ok(path) => {
                return failure.hint(format!("the reply is kept in {}", path.display()));
            }
            Err(not_kept) => why = not_kept.to_string(),
        }
    }
    failure.details(format!(
        "the reply could not be kept ({why}); here it is:\n{words}"
    ))
}
