//! `reply`.

mod read;
mod record;
mod shape;
mod talk;

use std::path::PathBuf;

use super::{Context, Done, Failure, Opening, Streams, desk, save, share};
use crate::domain::{Brief, Day, ItemId, date, text};
use crate::reply::taking::{self, Came, Sender, Taking, Why};
use crate::reply::{self, Letter};
use crate::storage::Entry;
use read::{Origin, Source};
use record::{Recorded, Stopped};
use talk::Said;

/// Take a customer's reply into the brief: answers, order, yes
///
/// FILE is a mail (.eml) or any text; without it, or with -, the text comes from
/// standard input. In a terminal without FILE the screen to paste it opens; with
/// --plain the pasted lines end with Ctrl+D or a line with a single full stop.
///
/// Each piece is shown with what it was matched to and why. Enter records it; a
/// number moves or drops that piece; a full stop leaves everything as it is. What
/// matches nothing is kept as a remark, and the whole reply in the history.
/// "OK" with the code of the present version signs it; an older code shows what
/// has changed since and signs nothing, and neither does "OK, but ...".
///
/// Without BRIEF it is the one whose code the text names or quotes.
///
/// With --yes only what was named for certain is applied: the rest is kept as
/// remarks and printed, and the exit code is 3 where there is any. With --json (and --yes or
/// --preview): { "id", "by", "why", "on", "via", "pieces", "left", "recorded",
/// "briefs" }
///
/// Examples:
///   askfirst reply analysts
///   askfirst reply analysts mail.eml --yes
///   askfirst reply mail.eml --preview
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one; else the one whose code
    /// the text names
    brief: Option<String>,
    /// A mail (.eml) or a text, or - for standard input
    file: Option<PathBuf>,
    /// Who wrote it, by name [else the mail's sender, or whom you asked last]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The day on which they wrote it [else that of the mail, or today]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// How it came: mail, chat [else mail for a mail]
    #[arg(long, value_name = "CHANNEL", default_value = "")]
    via: String,
    /// Apply what was named for certain, ask nothing
    #[arg(long, conflicts_with = "preview")]
    yes: bool,
    /// Only look: record nothing
    #[arg(long)]
    preview: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Whether the screens know everything that was asked for.
    fn is_bare(&self) -> bool {
        self.by.is_none()
            && self.on.is_none()
            && self.via.is_empty()
            && !self.yes
            && !self.preview
            && !self.json
    }
}

pub fn run(args: &Args, context: Context, streams: &mut Streams) -> Done {
    if args.json && !args.yes && !args.preview {
        return Err(Failure::wrong_usage(
            "--json asks nothing: add --yes or --preview",
        ));
    }
    let (named, file) = read::arguments(args, &context)?;
    if let (Some(brief), None) = (&named, &file)
        && args.is_bare()
        && !context.plain
        && context.terminal.is_interactive()
    {
        let loaded = context.load(brief)?;
        save::writable(&loaded)?;
        return desk::interface(&Context {
            opening: Opening::Reply(loaded.brief.id.clone()),
            ..context
        })
        .map(drop);
    }
    let source = read::source(&context, streams, named.as_deref(), file.as_deref())?;
    let done = take_in(args, &context, streams, named.as_deref(), &source);
    done.map_err(|failure| read::keep(failure, &context, &source))
}

/// What is known of a reply besides its pieces.
struct Reply<'a> {
    letter: &'a Letter,
    sender: Sender,
    came: Came,
}

fn take_in(
    args: &Args,
    context: &Context,
    streams: &mut Streams,
    named: Option<&str>,
    source: &Source,
) -> Done {
    let letter = &source.letter;
    let id = match named {
        Some(typed) => context.store.find(typed)?,
        None => brief_of(context, letter)?,
    };
    let mut told = false;
    loop {
        let loaded = context.store.load(&id)?;
        let brief = &loaded.brief;
        if !args.preview {
            save::writable(&loaded)?;
        }
        let reply = Reply {
            letter,
            sender: sender(args, brief, letter)?,
            came: came(args, context, letter)?,
        };
        if source.origin == Origin::Pasted && !args.preview && !told {
            read::keep_draft(context, streams, &id, &letter.text)?;
        }
        let sheets = taking::sheets(brief, &reply.sender.by, &others(context)?);
        let mut taking = Taking::of(letter, sheets, reply.came.on);
        if !args.json {
            talk::head(streams, brief, &reply)?;
        }
        if args.preview {
            return preview(args, context, streams, brief, &reply, &taking);
        }
        let proposed = taking.clone();
        let left = if args.yes {
            taking.keep_exact()
        } else {
            match talk::confirm(context, streams, brief, &mut taking, source)? {
                Said::Record => Vec::new(),
                Said::Leave => return talk::left(context, streams, brief, source),
                Said::Ended => return Err(talk::ended(brief, source)),
            }
        };
        match record::all(context, &taking, &reply.came) {
            Ok(recorded) => {
                return tell(
                    args, context, streams, brief, &reply, &proposed, &left, &recorded,
                );
            }
            // Somebody else wrote meanwhile: what was looked at is no longer so.
            Err(Stopped::Changed) => {
                if !args.json {
                    writeln!(
                        streams.out,
                        "The brief was changed just now; here is what the reply means today"
                    )?;
                }
                told = true;
            }
            Err(Stopped::Failed(failure)) => return Err(failure),
        }
    }
}

/// All briefs that can be read.
fn others(context: &Context) -> Result<Vec<Brief>, Failure> {
    let entries = context.store.list()?;
    Ok(entries
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::Brief(loaded) => Some(loaded.brief.into_inner()),
            Entry::Broken(_) => None,
        })
        .collect())
}

fn brief_of(context: &Context, letter: &Letter) -> Result<crate::domain::BriefId, Failure> {
    let briefs = others(context)?;
    let whole = format!("{}\n{}", letter.subject, letter.text);
    taking::brief_of(&whole, &briefs).ok_or_else(|| {
        Failure::new("no brief is named")
            .because("the text neither names nor quotes a code of one")
            .hint("say which: askfirst reply BRIEF FILE")
    })
}

/// Who wrote it, and why that is believed.
fn sender(args: &Args, brief: &Brief, letter: &Letter) -> Result<Sender, Failure> {
    if args.by.is_some() {
        let by = share::customer(brief, args.by.as_deref())?;
        return Ok(Sender {
            by,
            why: Why::Named,
        });
    }
    let Some(sender) = taking::sender(brief, letter) else {
        let nobody = share::customer(brief, None).err();
        return Err(nobody.unwrap_or_else(|| Failure::new("nobody is named")));
    };
    if args.yes && taking::is_stranger(&sender, letter) {
        let names: Vec<&str> = brief.customers.iter().map(|c| c.name.as_str()).collect();
        return Err(Failure::new(format!(
            "the mail is from {}, who is not among the customers of this brief",
            read::from(letter)
        ))
        .hint(format!(
            "say whose words they are with --by: {}",
            names.join(", ")
        )));
    }
    Ok(sender)
}

fn came(args: &Args, context: &Context, letter: &Letter) -> Result<Came, Failure> {
    // What is cut is marked, and would not be the reply as it came.
    if letter.text.len() > reply::LONGEST {
        return Err(Failure::new("the reply is too long for a brief")
            .because(format!("{} bytes fit", reply::LONGEST))
            .hint("leave out what it quotes below their own words"));
    }
    let today = context.now.date_naive();
    let on: Day = match &args.on {
        Some(typed) => date::parse_past(typed, today).map_err(|error| {
            Failure::new("the day cannot be understood")
                .because(error)
                .hint("write it as 4 feb or 2026-02-04")
        })?,
        // A clock ahead of ours is no day to come.
        None => letter.on.filter(|on| *on <= today).unwrap_or(today),
    };
    let is_mail = !letter.address.is_empty();
    let via = match args.via.trim() {
        "" if is_mail => "mail",
        via => via,
    };
    Ok(Came {
        words: letter.text.clone(),
        via: via.to_owned(),
        on,
    })
}

fn preview(
    args: &Args,
    context: &Context,
    streams: &mut Streams,
    brief: &Brief,
    reply: &Reply<'_>,
    taking: &Taking,
) -> Done {
    if args.json {
        let mut exact = taking.clone();
        let left = exact.keep_exact();
        return shape::write(streams, brief, reply, taking, &left, None);
    }
    talk::rows(context, streams, taking)?;
    writeln!(streams.err, "A preview: nothing was recorded")?;
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "all that happened")]
fn tell(
    args: &Args,
    context: &Context,
    streams: &mut Streams,
    brief: &Brief,
    reply: &Reply<'_>,
    proposed: &Taking,
    left: &[usize],
    recorded: &[Recorded],
) -> Done {
    if args.json {
        shape::write(streams, brief, reply, proposed, left, Some(recorded))?;
    } else {
        talk::outcome(context, streams, recorded)?;
        if !left.is_empty() {
            talk::left_over(context, streams, proposed, left)?;
        }
    }
    match left.is_empty() {
        true => Ok(()),
        false => Err(Failure::left()),
    }
}

/// The name of a customer, safe to print.
fn name(brief: &Brief, id: &ItemId) -> String {
    text::line(brief.name_of(id)).into_owned()
}
