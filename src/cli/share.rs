//! `share`.

mod person;
mod tell;

use std::path::PathBuf;

use clap::ValueEnum;

use super::{Context, Done, Failure, Streams, files, save};
use crate::domain::{Brief, Bundle, Customer, ItemId, Nobody, Sheet, action};
use crate::export::{self, Flavour, Message};
use crate::storage::{Loaded, Replace};

/// Print the short message for a customer, and record that it went out
///
/// The message has at most three questions, the most important first, and the
/// code with which the customer can say yes. Paste it into your mail or chat.
/// In a terminal it is copied to the clipboard as well, where the terminal
/// allows that. A draft becomes "asked", and so do the questions.
///
/// After a yes it leads with what has changed since, and asks only for that.
/// With --all it is one message over all open briefs that want something of
/// this person, with three questions in all.
///
/// With --json: { "id", "to", "subject", "body", "code", "questions", "words",
/// "seconds", "warnings", "stage", "recorded", "format", "text", "thanks",
/// "burden" }; with --all, "briefs" instead of "id", "code" and "stage"
///
/// Examples:
///   askfirst share analysts
///   askfirst share analysts --to HR --via mail --output message.txt
///   askfirst share analysts --format eml --output to-dana.eml
///   askfirst share analysts --format form --output answer.html
///   askfirst share --to Dana --all
///   askfirst share analysts --preview
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    #[arg(required_unless_present = "all")]
    brief: Option<String>,
    /// The customer, by name; the requester where none is named
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// One message over all open briefs that want something of this person
    #[arg(long)]
    all: bool,
    /// The form of the message
    #[arg(long, value_name = "FORMAT", default_value = "plain")]
    format: FormatWord,
    /// Write the message to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How it goes out: mail, chat, in person
    #[arg(long, value_name = "CHANNEL", default_value = "")]
    via: String,
    /// Your name under the message [else ASKFIRST_NAME or config.toml]
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// Your mail address on the answer sheet, for the reply
    #[arg(long, value_name = "ADDRESS")]
    reply_to: Option<String>,
    /// Your own thanks, kept for the next message to them about it
    #[arg(long, value_name = "SENTENCE")]
    thanks: Option<String>,
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

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatWord {
    /// For mail, Teams, a text message
    #[value(alias = "text", alias = "txt")]
    Plain,
    /// Slack's markup, for a bot or a webhook
    Slack,
    /// For a wiki, a forge, or a chat that takes it
    #[value(alias = "md")]
    Markdown,
    /// A draft that a mail program opens ready to send
    #[value(alias = "mail")]
    Eml,
    /// A page that writes their reply: one HTML file that works offline
    Form,
    #[value(hide = true)]
    Html,
    #[value(hide = true)]
    Pdf,
}

/// A message with the briefs that it is about.
pub(super) struct Outgoing {
    message: Message,
    /// In the order of the message.
    briefs: Vec<Loaded>,
    to: Customer,
    flavour: Flavour,
    /// Questions that wait for the next message.
    waiting: usize,
    /// The answer sheet, where that is what goes out.
    page: Option<String>,
}

impl Outgoing {
    fn text(&self) -> String {
        match &self.page {
            Some(page) => page.clone(),
            None => self.message.form(self.flavour),
        }
    }

    fn parts(&self) -> impl Iterator<Item = (&Brief, &Sheet)> {
        let briefs = self.briefs.iter().map(|loaded| &*loaded.brief);
        briefs.zip(&self.message.sheets)
    }
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let flavour = match args.format {
        FormatWord::Plain => Flavour::Plain,
        FormatWord::Slack => Flavour::Slack,
        FormatWord::Markdown => Flavour::Markdown,
        FormatWord::Eml => Flavour::Mail,
        FormatWord::Html => return Err(no_message(args, "html")),
        FormatWord::Pdf => return Err(no_message(args, "pdf")),
        FormatWord::Form => Flavour::Plain,
    };
    fits(args, context)?;
    let outgoing = match (args.all, &args.brief) {
        (false, Some(typed)) => about_one(args, context, flavour, typed)?,
        _ => match about_all(args, context, flavour, streams)? {
            Ok(outgoing) => outgoing,
            Err(to) => return tell::nothing(args, streams, &to),
        },
    };
    if !args.preview {
        outgoing.briefs.iter().try_for_each(save::writable)?;
    }
    if let Some(path) = &args.output {
        let replace = if args.force {
            Replace::Always
        } else {
            Replace::Never
        };
        files::write(path, outgoing.text(), replace).map_err(|failure| {
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
        tell::show(args, streams, &outgoing)
    };
    let shown = match shown {
        Err(failure) if !failure.is_closed_pipe() => return Err(failure),
        shown => shown,
    };
    let (outgoing, left) = match args.preview {
        true => (outgoing, Vec::new()),
        false => record(args, context, outgoing)?,
    };
    if args.json {
        tell::json(args, context, streams, &outgoing, &left)?;
    } else {
        shown?;
        tell::remarks(args, context, streams, &outgoing, &left)?;
    }
    match left.is_empty() {
        true => Ok(()),
        false => Err(not_everywhere(&outgoing, left)),
    }
}

/// Whether the options go together.
fn fits(args: &Args, context: &Context) -> Done {
    let form = matches!(args.format, FormatWord::Form);
    if form && args.all {
        return Err(
            Failure::wrong_usage("an answer sheet is about one brief, without --all")
                .hint("the message over all briefs can be answered by number"),
        );
    }
    if form && args.output.is_none() && !args.json && context.terminal.output {
        return Err(
            Failure::new("an answer sheet is a page, which no terminal shows")
                .hint("write it to a file: --output answer.html"),
        );
    }
    let Some(address) = &args.reply_to else {
        return Ok(());
    };
    if !form {
        return Err(Failure::wrong_usage("--reply-to goes with --format form"));
    }
    let strange = |c: char| c.is_whitespace() || c.is_control() || "<>(),;:\"\\?&".contains(c);
    let whole = matches!(address.split_once('@'), Some((name, domain)) if !name.is_empty() && !domain.is_empty() && !domain.contains('@'));
    if !whole || address.contains(strange) || address.len() > 254 {
        return Err(
            Failure::wrong_usage(format!("{address} is no mail address"))
                .hint("--reply-to takes the bare address: name@example.com"),
        );
    }
    Ok(())
}

fn no_message(args: &Args, format: &str) -> Failure {
    let brief = args.brief.as_deref().unwrap_or("BRIEF");
    Failure::wrong_usage(format!("{format} is the record, which is no message")).hint(format!(
        "write it with: askfirst export {brief} --format {format}"
    ))
}

fn about_one(
    args: &Args,
    context: &Context,
    flavour: Flavour,
    typed: &str,
) -> Result<Outgoing, Failure> {
    let mut loaded = context.load(typed)?;
    let to = customer(&loaded.brief, args.to.as_deref())?;
    if let Some(thanks) = &args.thanks {
        loaded.brief.thank(&to, thanks);
    }
    let nobody = || Failure::new(format!("{to} is not among the customers"));
    let person = loaded.brief.customer(&to).cloned().ok_or_else(nobody)?;
    let from = from(args, context);
    let mut message = export::message(&loaded.brief, &to, from);
    let page = matches!(args.format, FormatWord::Form).then(|| {
        // A page has room for all needs; a message only for the first.
        let sheet = Sheet::of(&loaded.brief, &to, &message.questions, 1);
        let address = args.reply_to.as_deref().unwrap_or_default();
        let page = export::form(&loaded.brief, &sheet, from, address);
        message.sheets = vec![sheet];
        page
    });
    Ok(Outgoing {
        message,
        briefs: vec![loaded],
        to: person,
        flavour,
        waiting: 0,
        page,
    })
}

/// The message over all briefs; only whom it is for where there is none.
fn about_all(
    args: &Args,
    context: &Context,
    flavour: Flavour,
    streams: &mut Streams,
) -> Result<Result<Outgoing, Customer>, Failure> {
    let mut all = person::open_briefs(context, streams)?;
    let to = match &args.brief {
        Some(typed) => {
            let brief = context.load(typed)?.brief;
            let to = customer(&brief, args.to.as_deref())?;
            brief.customer(&to).cloned()
        }
        None => Some(person::meant(&all, args.to.as_deref())?),
    };
    let to = to.ok_or_else(|| Failure::new("nobody is named"))?;
    if let Some(thanks) = &args.thanks {
        for loaded in &mut all {
            let ids: Vec<ItemId> = person::ids(&loaded.brief, &to);
            for id in ids {
                loaded.brief.thank(&id, thanks);
            }
        }
    }
    let bundle = Bundle::new(all.iter().map(|loaded| &*loaded.brief), &to);
    let message = export::bundle(&bundle, from(args, context));
    let waiting = bundle.waiting;
    let in_order: Vec<Loaded> = message
        .sheets
        .iter()
        .filter_map(|sheet| all.iter().find(|l| l.brief.id == sheet.brief).cloned())
        .collect();
    Ok(match in_order.is_empty() {
        true => Err(to),
        false => Ok(Outgoing {
            message,
            briefs: in_order,
            to,
            flavour,
            waiting,
            page: None,
        }),
    })
}

fn from<'a>(args: &'a Args, context: &'a Context) -> &'a str {
    args.from.as_deref().unwrap_or(&context.environment.name)
}

/// What was not recorded, and why.
type Left = Vec<(String, Failure)>;

/// Records it in each brief with the same instant. A message about one brief
/// that cannot be recorded fails as a whole; of several, the others are.
fn record(
    args: &Args,
    context: &Context,
    mut outgoing: Outgoing,
) -> Result<(Outgoing, Left), Failure> {
    let mut left = Vec::new();
    let alone = outgoing.briefs.len() == 1;
    for (loaded, sheet) in outgoing.briefs.iter_mut().zip(&outgoing.message.sheets) {
        let id = loaded.brief.id.clone();
        let saved = save::edit(context, &id, |brief| {
            // What is recorded must be what was read: a brief that changed
            // since gets its message made anew.
            if !is_still(sheet, brief) {
                return Err(Failure::new("the brief was changed just now").hint("share it again"));
            }
            let event = context.event_id(brief);
            let sent = action::share_sheet(brief, sheet, &args.via, &event, context.now);
            brief.apply(sent, context.now)?;
            if let Some(thanks) = &args.thanks {
                brief.thank(&sheet.to, thanks);
            }
            Ok(true)
        });
        match saved {
            Ok(saved) => *loaded = saved,
            Err(failure) if alone => {
                return Err(failure.hint("the message is not recorded as sent"));
            }
            Err(failure) => left.push((id.to_string(), failure)),
        }
    }
    Ok((outgoing, left))
}

/// Whether a brief would still be asked about in the same way.
fn is_still(sheet: &Sheet, brief: &Brief) -> bool {
    let first = sheet.puts.first().map_or(1, |put| put.number);
    let mut now = Sheet::of(brief, &sheet.to, &sheet.questions(), first);
    now.first_letter = sheet.first_letter;
    now.needs.truncate(sheet.needs.len());
    now == *sheet
}

fn not_everywhere(outgoing: &Outgoing, left: Left) -> Failure {
    let all = outgoing.briefs.len();
    let mut details = String::new();
    for (id, failure) in &left {
        let why = match failure.why.is_empty() {
            true => String::new(),
            false => format!(": {}", failure.why),
        };
        details.push_str(&format!("  not in {id}: {}{why}\n", failure.what));
    }
    Failure::new(format!(
        "the message is recorded in {} of {all} briefs",
        all - left.len()
    ))
    .details(details)
    .hint("share these again before you count on the answers to them")
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
