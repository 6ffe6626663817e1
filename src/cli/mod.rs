//! The command line: one file a command, whose doc comment is its help.
//!
//! Arguments are parsed as they were typed, then resolved against a [`Context`]
//! that is built once. Commands write to the given [`Streams`] and give back a
//! [`Failure`]; only `main` makes an exit code of it.

mod agreement;
mod amend;
mod archive;
mod attention;
mod calendar;
mod checkin;
mod colleagues;
mod completions;
mod confirm;
pub mod context;
mod deliver;
mod demo;
mod desk;
mod doctor;
mod driver;
mod drop;
mod due;
mod edit;
mod export;
pub mod failure;
mod files;
mod goals;
mod handover;
mod hook;
mod init;
mod json;
mod list;
mod log;
mod man;
mod merge_driver;
mod new;
mod paste;
mod place;
mod plain;
mod prompts;
mod quick;
pub mod reference;
mod remind;
mod reminders;
mod reopen;
mod reply;
mod resolve;
mod review;
mod save;
mod share;
mod show;
mod sign;
mod signers;
mod stage;
mod start;
pub mod streams;
mod sync;
mod verify;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand};

pub use context::{Context, Environment, Opening, Place, PlaceKind, Terminal};
pub use failure::{Done, Failure};
pub use streams::Streams;

/// Find out what the person really needs before you build it
///
/// Without a command, askfirst opens the desk: what to do next, for whom.
///
/// A brief is one request, clarified: who it is for, what they want and why,
/// the ranked needs, the solution, and who said yes to it. Each is one TOML
/// file in the nearest .askfirst folder upwards from here, else in your data
/// folder. BRIEF is any part of an id or title that fits only one.
///
/// Examples:
///   askfirst                              open the desk
///   askfirst new "What my analysts do"    walk through the questions
///   askfirst share analysts               the message for the customer
///   askfirst reply analysts mail.eml      their answers, order and yes
///   askfirst sign analysts --by Dana --code 7K2M9Q
#[derive(Debug, Parser)]
#[command(
    name = "askfirst",
    version,
    verbatim_doc_comment,
    disable_help_subcommand = true,
    after_help = "Exit code: 0 done, 1 could not, 2 wrong usage."
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    /// Show the briefs of colleagues too, on the desk
    #[arg(long)]
    pub everyone: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Global {
    /// The folder with the briefs [else ASKFIRST_DIR, else the one found from here]
    #[arg(long, global = true, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Plain lines instead of screens, for screen readers and pipes
    #[arg(long, global = true)]
    pub plain: bool,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    New(new::Args),
    List(list::Args),
    Show(show::Args),
    Edit(edit::Args),
    Share(share::Args),
    Reply(reply::Args),
    Sign(Box<sign::Args>),
    Amend(amend::Args),
    Export(export::Args),
    Verify(verify::Args),
    Start(start::Args),
    Resolve(resolve::Args),
    Handover(handover::Args),
    #[command(alias = "check-in")]
    Checkin(Box<checkin::Args>),
    Log(log::Args),
    Deliver(deliver::Args),
    Confirm(confirm::Args),
    Reopen(reopen::Args),
    Drop(drop::Args),
    Archive(archive::Args),
    Due(due::Args),
    Hook(hook::Args),
    Remind(remind::Args),
    Calendar(calendar::Args),
    Goals(goals::Args),
    Prompts(prompts::Args),
    Demo(demo::Args),
    Init(init::Args),
    Sync(sync::Args),
    Doctor(doctor::Args),
    MergeDriver(merge_driver::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs one command line; the first argument is the program's name.
///
/// # Errors
///
/// What could not be done, in words for the user. A closed pipe is no failure.
pub fn run(args: impl IntoIterator<Item = OsString>, streams: &mut Streams) -> Done {
    let args: Vec<OsString> = args.into_iter().collect();
    let done = match quick::parse(&args) {
        Ok(cli) => {
            let dir = cli.global.dir.clone();
            dispatch(cli, streams).map_err(|failure| failure.in_folder(dir.as_deref()))
        }
        Err(error) if error.use_stderr() => Err(Failure::usage(&error)),
        Err(help) => write!(streams.out, "{}", help.render()).map_err(Failure::from),
    };
    let flushed = streams.out.flush().map_err(Failure::from);
    match done.and(flushed) {
        Err(failure) if failure.is_closed_pipe() => Ok(()),
        done => done,
    }
}

fn dispatch(cli: Cli, streams: &mut Streams) -> Done {
    let Cli {
        global,
        everyone,
        command,
    } = cli;
    let context = || Context::build(&global, streams_terminal());
    match command {
        // These need no place for briefs.
        Some(Command::Completions(args)) => completions::run(&args, streams),
        Some(Command::Man(args)) => man::run(&args, streams),
        Some(Command::Hook(args)) => hook::run(&args, streams),
        // Prompts and status lines wait for it: no more is read than it needs.
        Some(Command::Due(args)) => due::run(&args, &global, streams),
        Some(Command::MergeDriver(args)) => merge_driver::run(&args, streams),
        Some(Command::Init(args)) => init::run(&args, &global, streams),
        Some(Command::Demo(args)) => demo::run(&args, &global, streams),
        None => {
            let context = Context {
                everyone,
                ..context()?
            };
            desk::open(&context, streams)
        }
        Some(Command::New(args)) => new::run(&args, context()?, streams),
        Some(Command::List(args)) => list::run(&args, &context()?, streams),
        Some(Command::Show(args)) => show::run(&args, &context()?, streams),
        Some(Command::Edit(args)) => edit::run(&args, &context()?, streams),
        Some(Command::Share(args)) => share::run(&args, &context()?, streams),
        Some(Command::Reply(args)) => reply::run(&args, context()?, streams),
        Some(Command::Sign(args)) => sign::run(&args, &context()?, streams),
        Some(Command::Amend(args)) => amend::run(&args, &context()?, streams),
        Some(Command::Export(args)) => export::run(&args, &context()?, streams),
        Some(Command::Verify(args)) => verify::run(&args, &context()?, streams),
        Some(Command::Resolve(args)) => resolve::run(&args, &context()?, streams),
        Some(Command::Handover(args)) => handover::run(&args, &context()?, streams),
        Some(Command::Start(args)) => start::run(&args, &context()?, streams),
        Some(Command::Checkin(args)) => checkin::run(&args, context()?, streams),
        Some(Command::Log(args)) => log::run(&args, &context()?, streams),
        Some(Command::Deliver(args)) => deliver::run(&args, &context()?, streams),
        Some(Command::Confirm(args)) => confirm::run(&args, &context()?, streams),
        Some(Command::Reopen(args)) => reopen::run(&args, &context()?, streams),
        Some(Command::Drop(args)) => drop::run(&args, &context()?, streams),
        Some(Command::Archive(args)) => archive::run(&args, &context()?, streams),
        Some(Command::Remind(args)) => remind::run(&args, &global, streams),
        Some(Command::Calendar(args)) => calendar::run(&args, &context()?, streams),
        Some(Command::Sync(args)) => sync::run(&args, &context()?, streams),
        Some(Command::Doctor(args)) => doctor::run(&args, &context()?, streams),
        Some(Command::Goals(args)) => goals::run(&args, &context()?, streams),
        Some(Command::Prompts(args)) => prompts::run(&args, &context()?, streams),
    }
}

fn streams_terminal() -> Terminal {
    Terminal::detect()
}

/// The whole command line, for completions, manual pages and the reference.
pub fn command() -> clap::Command {
    Cli::command()
}
