//! `verify`.

mod agreement;
mod sign_offs;

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Context, Done, Failure, Streams, files, json as shapes, review, signers};
use crate::domain::{Agreement, BriefId, text};
use crate::export::{self, Against, Altered, AlteredPart, Became, Verdict};

/// Say whether an export is what was exported, or check all signatures again
///
/// Of a file: exit code 0, it is exactly what was exported, and the brief has
/// the same code today. Exit code 1: it was altered, or is not known, or the
/// brief has changed since. Of an altered file the parts that were changed are
/// named, and the lines where what was exported is known word for word; of a
/// PDF, the pages. - reads standard input.
///
/// Of a brief, or with --sign-offs: every SSH signature in it is checked again
/// with ssh-keygen against the allowed signers, and each claim that there is
/// one. Exit code 0: nothing is wrong. Nothing else that askfirst shows has
/// checked a signature that stands in a file.
///
/// With --json, of a file: { "file", "brief", "code", "format", "verdict",
/// "today", "changed", "parts", "against" }, where "verdict" is "exact",
/// "older", "altered" or "unknown", and "parts" are those of an altered file.
/// Of a brief: { "id", "code", "allowed_signers", "good", "signatures" }, each
/// { "event", "kind", "by", "at", "code", "current", "verdict", "reasons",
/// "principal", "fingerprint" }.
///
/// Examples:
///   askfirst verify analysts.html
///   askfirst verify analysts --allowed-signers ~/.ssh/allowed_signers
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The exported file, or any part of an id or title that fits only one
    #[arg(value_name = "FILE_OR_BRIEF")]
    what: PathBuf,
    /// It is a brief, even if there is a file of that name
    #[arg(long)]
    sign_offs: bool,
    #[command(flatten)]
    signers: signers::KeyOptions,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    if args.sign_offs {
        let loaded = context.load(&args.what.display().to_string())?;
        return sign_offs::run(&loaded, args, context, streams);
    }
    let file = match args.what.display().to_string() {
        dash if dash == "-" => "standard input".to_owned(),
        file => file,
    };
    let is_named = args.what.components().count() == 1 && args.what.as_os_str() != "-";
    if is_named
        && args.what.symlink_metadata().is_err()
        && let Ok(loaded) = context.load(&file)
    {
        return sign_offs::run(&loaded, args, context, streams);
    }
    let document = files::read_bytes(&args.what, streams)?;
    let Some(mark) = export::mark(&document) else {
        let plain = std::str::from_utf8(&document).unwrap_or_default();
        if let Some(text) = Agreement::parse(plain) {
            return agreement::run(plain, &text, &file, args, context, streams);
        }
        return Err(Failure::new(format!("{file} is no export of askfirst"))
            .because("it names no brief and no code")
            .hint("the end of an export names them: a file that was cut short has lost it"));
    };
    let loaded = BriefId::parse(&mark.brief)
        .map_err(|error| Failure::new(format!("{file} names no brief")).because(error))
        .and_then(|id| {
            context.store.load(&id).map_err(|error| {
                let place = context.place.path.display();
                Failure::new(format!("could not compare {file}"))
                    .because(error)
                    .hint(format!(
                        "looked for {id} in {place}; name another folder with --dir"
                    ))
            })
        })?;
    let verdict = export::verify(&document, &mark, &loaded.brief);
    if args.json {
        let (mut today, mut changed, mut parts, mut against) = (None, None, None, None);
        let word = match &verdict {
            Verdict::Exact => "exact",
            Verdict::ExactButOlder {
                today: code,
                changed: differences,
            } => {
                today = Some(code.clone());
                changed = Some(shapes::differences(differences));
                "older"
            }
            Verdict::Altered(altered) => {
                parts = Some(altered.parts.iter().map(part).collect::<Vec<_>>());
                against = match altered.against {
                    Against::Export => Some("export"),
                    Against::Today => Some("today"),
                    Against::Nothing => None,
                };
                "altered"
            }
            Verdict::Unknown => "unknown",
        };
        shapes::write(
            &mut streams.out,
            &json!({
                "file": file,
                "brief": mark.brief,
                "code": mark.code,
                "format": mark.format,
                "verdict": word,
                "today": today,
                "changed": changed,
                "parts": parts,
                "against": against,
            }),
        )?;
    } else {
        let out = &mut streams.out;
        let file = text::line(&file);
        let (brief, code) = (text::line(&mark.brief), text::line(&mark.code));
        match &verdict {
            Verdict::Exact => writeln!(
                out,
                "✓ exact: {file} is what was exported of {brief}, and {code} is its code today"
            )?,
            Verdict::ExactButOlder { today, changed } => {
                writeln!(
                    out,
                    "! older: {file} is what was exported of {brief} as {code}; the brief has changed since and is {today} today"
                )?;
                write!(out, "{}", text::block(&review::differences(changed)))?;
            }
            Verdict::Altered(altered) => {
                writeln!(
                    out,
                    "× altered: {file} is not what was exported of {brief} as {code}"
                )?;
                write!(out, "{}", text::block(&told(altered, &mark.format)))?;
            }
            Verdict::Unknown => {
                writeln!(out, "? unknown: nothing of {brief} was exported as {code}")?
            }
        }
    }
    if verdict == Verdict::Exact {
        Ok(())
    } else {
        Err(Failure::said())
    }
}

/// More lines of a part are only counted.
const MOST_LINES: usize = 6;
const MOST_LETTERS: usize = 200;

/// Which parts were altered, as far as it can be told.
fn told(altered: &Altered, format: &str) -> String {
    let mut told = String::new();
    if altered.against == Against::Today {
        told.push_str(
            "What was exported is not known word for word, and the brief may have changed since. \
             Against what it says today:\n",
        );
    }
    for part in &altered.parts {
        let became = match part.became {
            Became::Changed => "changed",
            Became::Gone => "taken out",
            Became::Added => "put in",
        };
        told.push_str(&format!("  {became}: {}\n", part.name));
        lines(&mut told, '-', &part.removed);
        lines(&mut told, '+', &part.added);
    }
    if altered.parts.is_empty() {
        told.push_str(match (altered.against, format) {
            (Against::Nothing, _) => "Which part was changed cannot be told.\n",
            (_, "pdf") => {
                "Every page is drawn as it was: notes, fonts or metadata were changed, or the \
                 file was only written anew by another program.\n"
            }
            _ => "Every part reads as it was: only spaces or empty lines were changed.\n",
        });
    }
    told
}

fn lines(told: &mut String, sign: char, lines: &[String]) {
    for line in lines.iter().take(MOST_LINES) {
        // A line of JSON may be very long.
        let shown: String = line.chars().take(MOST_LETTERS).collect();
        let cut = if shown.len() < line.len() { "..." } else { "" };
        told.push_str(&format!("    {sign} {}{cut}\n", text::line(&shown)));
    }
    if let Some(more) = lines.len().checked_sub(MOST_LINES).filter(|n| *n > 0) {
        told.push_str(&format!("    {sign} and {more} more lines\n"));
    }
}

fn part(part: &AlteredPart) -> Value {
    json!({
        "part": part.id,
        "name": part.name,
        "became": match part.became {
            Became::Changed => "changed",
            Became::Gone => "gone",
            Became::Added => "added",
        },
        "removed": part.removed,
        "added": part.added,
    })
}
