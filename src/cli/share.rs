//! `share`.

use std::io::Write;
use std::path::PathBuf;

use serde_json::json;

use super::{Context, Done, Failure, Streams, files, json as shapes, paste, save};
use crate::domain::{Brief, ItemId, Nobody, action, text};
use crate::export::{self, Message};
use crate::storage::Replace;

/// Print the short message for a customer, and record that it went out
///
/// The message has at most three questions, the most important first, and the
/// code with which the customer can say yes. Paste it into your mail or chat.
/// In a terminal it is copied to the clipboard as well, where the terminal
/// allows that. A draft becomes "asked", and so do the questions.
///
/// With --json: { "id", "to", "subject", "body", "code", "questions", "words",
/// "seconds", "warnings", "stage", "recorded" }
///
/// Examples:
///   askfirst share analysts
///   askfirst share analysts --to HR --via mail --output message.txt
///   askfirst share analysts --preview
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// The customer, by name; the requester where none is named
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Write the message to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How it goes out: mail, chat, in person
    #[arg(long, value_name = "CHANNEL", default_value = "")]
    via: String,
    /// Your name under the message [else ASKFIRST_NAME or config.toml]
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// Only look: record nothing
    #[arg(long)]
    preview: bool,
    /// Replace a file that is there
    #[arg(long, requires = "output")]
    force: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let mut loaded = context.load(&args.brief)?;
    let to = customer(&loaded.brief, args.to.as_deref())?;
    let from = args.from.as_deref().unwrap_or(&context.environment.name);
    let message = export::message(&loaded.brief, &to, from);
    if !args.preview {
        save::writable(&loaded)?;
    }
    if let Some(path) = &args.output {
        let replace = if args.force {
            Replace::Always
        } else {
            Replace::Never
        };
        files::write(path, &message.text(), replace).map_err(|failure| {
            if path.is_file() && !args.force {
                failure.hint("replace it with --force")
            } else {
                failure
            }
        })?;
    }
    // Shown before it is recorded: what nobody could see did not go out. A
    // reader that leaves early has seen what it wanted.
    let shown = if args.json {
        Ok(())
    } else {
        show(args, streams, &loaded.brief, &to, &message)
    };
    let shown = match shown {
        Err(failure) if !failure.is_closed_pipe() => return Err(failure),
        shown => shown,
    };
    if !args.preview {
        // What is recorded must be what was read: a brief that changed since
        // gets its message made anew.
        let id = loaded.brief.id.clone();
        loaded = save::change(context, &id, |brief, event| {
            let now = export::message(brief, &to, from);
            if now != message {
                return Err(Failure::new("the brief was changed just now").hint("share it again"));
            }
            let sheet = message.sheets.first();
            Ok(sheet.map(|s| action::share_sheet(brief, s, &args.via, event, context.now)))
        })
        .map_err(|failure| failure.hint("the message is not recorded as sent"))?;
    }
    let brief = &loaded.brief;
    if args.json {
        return shapes::write(
            &mut streams.out,
            &json!({
                "id": brief.id.as_str(),
                "to": to.as_str(),
                "subject": message.subject,
                "body": message.body,
                "code": message.code,
                "questions": message.questions,
                "words": message.words,
                "seconds": message.seconds,
                "warnings": message.warnings,
                "stage": brief.stage.word(),
                "recorded": !args.preview,
            }),
        );
    }
    shown?;
    remarks(args, context, streams, brief, &to, &message)
}

fn show(args: &Args, streams: &mut Streams, brief: &Brief, to: &ItemId, message: &Message) -> Done {
    let name = text::line(brief.name_of(to)).into_owned();
    match &args.output {
        Some(path) => writeln!(
            streams.out,
            "Wrote the message for {name} to {}",
            text::line(&path.display().to_string())
        )?,
        None => writeln!(streams.out, "{}", text::block(message.text().trim_end()))?,
    }
    streams.out.flush()?;
    Ok(())
}

fn remarks(
    args: &Args,
    context: &Context,
    streams: &mut Streams,
    brief: &Brief,
    to: &ItemId,
    message: &Message,
) -> Done {
    let name = text::line(brief.name_of(to)).into_owned();
    let err = &mut streams.err;
    writeln!(
        err,
        "\n{} words, about {} seconds to read",
        message.words, message.seconds
    )?;
    for warning in &message.warnings {
        writeln!(err, "look at this: {}", text::line(warning))?;
    }
    if args.from.is_none() && context.environment.name.is_empty() {
        writeln!(
            err,
            "hint: --from \"Your name\", ASKFIRST_NAME or name in config.toml puts your name under it"
        )?;
    }
    if context.terminal.output && !context.environment.dumb {
        copy(&mut streams.out, &message.text())?;
        writeln!(
            streams.err,
            "Copied to the clipboard, where your terminal allows it"
        )?;
    }
    let err = &mut streams.err;
    if args.preview {
        writeln!(err, "A preview: nothing was recorded")?;
    } else {
        writeln!(
            err,
            "Recorded as sent to {name}; the brief is {}",
            brief.stage.label()
        )?;
        writeln!(
            err,
            "{}",
            text::line(&context.to_paste(&format!(
                "When they say yes: askfirst sign {} --by {} --code {}",
                brief.id,
                brief.customer(to).map_or_else(|| to.to_string(), paste::customer),
                message.code
            )))
        )?;
    }
    Ok(())
}

/// OSC 52: the terminal puts the text on the clipboard, also over ssh.
fn copy(out: &mut dyn Write, text: &str) -> std::io::Result<()> {
    let command = crossterm::clipboard::CopyToClipboard::to_clipboard_from(text);
    let mut sequence = String::new();
    if crossterm::Command::write_ansi(&command, &mut sequence).is_ok() {
        out.write_all(sequence.as_bytes())?;
        out.flush()?;
    }
    Ok(())
}

/// The customer that is meant; the requester where nobody is named.
pub fn customer(brief: &Brief, typed: Option<&str>) -> Result<ItemId, Failure> {
    let customer = match typed {
        None => brief.who_or_requester(""),
        Some(typed) => brief.who(typed),
    };
    match customer {
        Ok(customer) => Ok(customer.id.clone()),
        Err(nobody @ Nobody::NoCustomers) => Err(Failure::new(nobody.to_string()).hint(format!(
            "add one: askfirst new --plain --resume {0}, or askfirst edit {0}",
            brief.id
        ))),
        Err(nobody) => Err(Failure::new(nobody.to_string()).hint(nobody.hint())),
    }
}
