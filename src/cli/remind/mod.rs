//! `remind`.

mod digest;
mod machine;
mod setup;
mod status;

use clap::Subcommand;

use super::{Done, Global, Streams, Terminal};
use crate::remind::timer::Kind;

/// Be reminded on your desktop: set up a timer, see it, take it back
///
/// The timer runs `askfirst remind run` every half hour of your working time.
/// That sends at most one notification a working day, none in quiet hours, and
/// none when nothing is due.
///
/// Examples:
///   askfirst remind install
///   askfirst remind status
///   askfirst remind uninstall
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Set up a timer of this platform
    ///
    /// Shows what it is about to write and where, and asks. Takes the user's
    /// systemd, else cron; launchd on macOS; the Task Scheduler on Windows.
    /// Running it again brings the timer up to date. Reminders are about all
    /// folders that askfirst knows, or with --dir about that one.
    ///
    /// Examples:
    ///   askfirst remind install
    ///   askfirst remind install --cron --yes
    #[command(verbatim_doc_comment)]
    Install {
        #[command(flatten)]
        kind: KindArgs,
        /// Do it without asking
        #[arg(long, short)]
        yes: bool,
    },
    /// Say what is set up, whether it is active, and when it runs next
    ///
    /// With --json: { "timers": [ { "kind", "state", "active", "next", "files" }
    /// ], "last_sent", "notifications" }
    ///
    /// Examples:
    ///   askfirst remind status
    #[command(verbatim_doc_comment)]
    Status {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Send the reminder of this working day, if anything is due
    ///
    /// The timer runs this. It sends at most one notification a working day about
    /// all known folders, or about the one of --dir. What cannot be shown is
    /// shown next time. It is no error when nothing is sent.
    ///
    /// Examples:
    ///   askfirst remind run --verbose
    #[command(verbatim_doc_comment)]
    Run {
        /// Say what was sent, or why nothing was
        #[arg(long, short)]
        verbose: bool,
    },
    /// Take the timer back
    ///
    /// Removes only what install wrote. A file that was changed since is named
    /// and left.
    ///
    /// Examples:
    ///   askfirst remind uninstall
    #[command(verbatim_doc_comment)]
    Uninstall {
        #[command(flatten)]
        kind: KindArgs,
        /// Do it without asking
        #[arg(long, short)]
        yes: bool,
    },
}

/// Which timer, where it is not to be found out.
#[derive(Debug, Clone, Copy, clap::Args)]
#[group(multiple = false)]
struct KindArgs {
    /// A timer of your own systemd
    #[arg(long)]
    systemd: bool,
    /// A line in your crontab
    #[arg(long)]
    cron: bool,
    /// An agent of launchd (macOS)
    #[arg(long)]
    launchd: bool,
    /// A task of the Task Scheduler (Windows)
    #[arg(long)]
    windows: bool,
}

impl KindArgs {
    fn kind(self) -> Option<Kind> {
        [
            (self.systemd, Kind::Systemd),
            (self.cron, Kind::Cron),
            (self.launchd, Kind::Launchd),
            (self.windows, Kind::Windows),
        ]
        .into_iter()
        .find_map(|(chosen, kind)| chosen.then_some(kind))
    }
}

pub fn run(args: &Args, global: &Global, streams: &mut Streams) -> Done {
    let terminal = Terminal::detect();
    match &args.action {
        Action::Install { kind, yes } => {
            setup::install(kind.kind(), *yes, global, terminal, streams)
        }
        Action::Status { json } => status::run(*json, global, streams),
        Action::Run { verbose } => digest::run(*verbose, global, streams),
        Action::Uninstall { kind, yes } => {
            setup::uninstall(kind.kind(), *yes, global, terminal, streams)
        }
    }
}
