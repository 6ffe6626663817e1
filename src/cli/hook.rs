//! `hook`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::ValueEnum;

use super::reminders::Reminders;
use super::{Done, Failure, Streams, paste};
use crate::domain::text;
use crate::domain::work_time::WorkTime;
use crate::git::NO_NESTED;
use crate::remind::hook::{Host, snippet};
use crate::storage::{self, NotDelivered, Replace, Rights};

/// Print what makes your shell, or git, tell when a check-in is due
///
/// One line above the prompt, at most every four hours and once per brief and
/// day, in your working hours: the person and the question. The shell reads one
/// small file; askfirst is started only when something may be due. The exit
/// status and what commands print stay as they are. To be put into the
/// settings of the shell:
///
///   bash        eval "$(askfirst hook bash)"             in ~/.bashrc
///   zsh         eval "$(askfirst hook zsh)"              in ~/.zshrc
///   fish        askfirst hook fish | source              in config.fish
///   nu          askfirst hook nu | save FILE             in its autoload folder
///   powershell  Invoke-Expression (& askfirst hook powershell | Out-String)
///
/// git: a post-checkout hook that tells after a checkout when a check-in of that
/// folder is due. With --install it is put into the repository you are in,
/// unless that has such a hook already.
///
/// Examples:
///   askfirst hook bash
///   askfirst hook git --install
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The shell, or git
    #[arg(value_name = "SHELL")]
    host: Shell,
    /// With git: write .git/hooks/post-checkout where there is none
    #[arg(long)]
    install: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Nu,
    #[value(name = "powershell")]
    Power,
    Git,
}

impl Shell {
    fn host(self) -> Host {
        match self {
            Self::Bash => Host::Bash,
            Self::Zsh => Host::Zsh,
            Self::Fish => Host::Fish,
            Self::Nu => Host::Nu,
            Self::Power => Host::PowerShell,
            Self::Git => Host::Git,
        }
    }
}

pub fn run(args: &Args, streams: &mut Streams) -> Done {
    if args.install && args.host != Shell::Git {
        return Err(Failure::wrong_usage("only the hook for git is installed")
            .hint("put the one for a shell into its settings: askfirst hook --help"));
    }
    let program = std::env::current_exe().map_err(|error| {
        Failure::new("could not tell where the program is")
            .because(storage::plainly(&error))
            .hint("do it again, or start it by its whole path")
    })?;
    let next = Reminders::of(WorkTime::default()).next_file();
    let next = next.ok_or_else(|| {
        Failure::new("there is no place to remember what is due").because("there is no home folder")
    })?;
    let script = snippet(args.host.host(), &program, &next).ok_or_else(|| {
        let why = "the name of its folder is no text";
        Failure::new("the shell could not find the program").because(why)
    })?;
    if args.install {
        return install(&script, streams);
    }
    streams.out.write_all(script.as_bytes())?;
    Ok(())
}

/// Writes the hook of the repository here, and shows what is in it.
fn install(script: &str, streams: &mut Streams) -> Done {
    let path = hooks_folder()?.join("post-checkout");
    let shown = path.display().to_string();
    let command = "askfirst hook git";
    if let Some(folder) = path.parent() {
        let made = storage::create_folder(folder);
        made.map_err(|error| not_written(&shown).because(storage::plainly(&error)))?;
    }
    match storage::deliver(&path, script, Replace::Never, Rights::Program) {
        Ok(()) => {}
        Err(NotDelivered::Taken(_)) => {
            return Err(Failure::new(format!("could not write {shown}"))
                .because("there is such a hook already")
                .hint(format!("add to it what this prints: {command}")));
        }
        Err(NotDelivered::Io { source, .. }) => {
            return Err(not_written(&shown).because(storage::plainly(&source)));
        }
        Err(error) => return Err(not_written(&shown).because(error)),
    }
    writeln!(streams.out, "Wrote {}:\n", text::line(&shown))?;
    for line in script.lines() {
        writeln!(streams.out, "  {}", text::line(line))?;
    }
    let word = paste::word_of_shell(&shown);
    writeln!(
        streams.out,
        "\nTake it away again with: rm {}",
        text::line(&word)
    )?;
    Ok(())
}

fn not_written(shown: &str) -> Failure {
    Failure::new(format!("could not write {shown}"))
        .hint("what was there is as it was; the script itself: askfirst hook git")
}

/// Where git looks for the hooks of the repository here. A folder of hooks
/// elsewhere, which other repositories may share, is left to its owner.
fn hooks_folder() -> Result<PathBuf, Failure> {
    let ask = |what: &[&str]| -> Option<PathBuf> {
        let output = Command::new("git")
            .args(NO_NESTED)
            .args(["-c", "core.fsmonitor=false", "rev-parse"])
            .args(what)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        let line = text.trim_end_matches(['\r', '\n']);
        (output.status.success() && !line.is_empty()).then(|| PathBuf::from(line))
    };
    let common = ask(&["--git-common-dir"]).ok_or_else(|| {
        Failure::new("there is no git repository here")
            .hint("print the hook and put it where it belongs: askfirst hook git")
    })?;
    let hooks = ask(&["--git-path", "hooks"]).unwrap_or_else(|| common.join("hooks"));
    let own = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if hooks != common.join("hooks") && !own(&hooks).starts_with(own(&common)) {
        let hooks = hooks.display();
        return Err(
            Failure::new("the hooks of this repository are somewhere else")
                .because(format!("core.hooksPath is {hooks}"))
                .hint("put it there yourself: askfirst hook git"),
        );
    }
    Ok(hooks)
}
