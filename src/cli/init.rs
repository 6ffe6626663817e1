//! `init`.

use std::path::{Path, PathBuf};

use super::driver::{self, Registered};
use super::{Context, Done, Failure, Global, Streams, colleagues, files, paste, place};
use crate::domain::text;
use crate::git::{Git, NotDone};
use crate::storage::{self, Replace};

/// Keep the briefs of this folder here, to share them with a team
///
/// Makes .askfirst with a note for colleagues and a folder for checklists of
/// your own. From here and below, askfirst then uses it. Running it again
/// changes nothing that is there. With --dir, that folder is made instead.
///
/// In a git repository, git is told to merge briefs by meaning: .gitattributes
/// in the folder says so to everybody, and each clone registers askfirst for it
/// once, in its own settings (merge.askfirst in .git/config). In a terminal you
/// are asked; elsewhere --merge-driver does it.
///
/// Examples:
///   askfirst init
///   askfirst init --merge-driver
///   askfirst init && git add .askfirst
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Let git call askfirst to merge briefs in this repository
    #[arg(long, conflicts_with = "no_merge_driver")]
    merge_driver: bool,
    /// Leave the settings of the repository alone, and do not ask
    #[arg(long)]
    no_merge_driver: bool,
}

const README: &str = include_str!("init/README.md");
const SHARED: &str = include_str!("init/shared.md");
const ATTRIBUTES: &str = include_str!("init/gitattributes");
const PROMPTS: &str = include_str!("init/prompts.md");

pub fn run(args: &Args, global: &Global, streams: &mut Streams) -> Done {
    let folder = global
        .dir
        .clone()
        .filter(|dir| !dir.as_os_str().is_empty())
        .unwrap_or_else(|| PathBuf::from(place::PROJECT_FOLDER));
    let above = Context::build(global, super::Terminal::detect())
        .ok()
        .filter(|context| context.place.kind == super::PlaceKind::Project)
        .map(|context| context.place.path);
    // What was not named could be a trap in a clone; what is in it always could.
    if global.dir.is_none() {
        must_not_be_a_link(&folder)?;
    }
    must_not_be_a_link(&folder.join("prompts"))?;
    let mut said = Vec::new();
    make(&folder, &mut said)?;
    make(&folder.join("prompts"), &mut said)?;
    let git = Git::at(&folder);
    let is_shared = is_in_repository(&git, &folder)?;
    if is_shared {
        let readme = format!("{README}\n{SHARED}");
        write(&folder.join("README.md"), &readme, &mut said)?;
        write(&folder.join(".gitattributes"), ATTRIBUTES, &mut said)?;
    } else {
        write(&folder.join("README.md"), README, &mut said)?;
    }
    write(
        &folder.join("prompts").join("README.md"),
        PROMPTS,
        &mut said,
    )?;
    let out = &mut streams.out;
    if said.is_empty() {
        writeln!(out, "{} is ready; nothing was changed", shown(&folder))?;
        return offer(args, is_shared.then_some(&git), &folder, global, streams);
    }
    for path in &said {
        writeln!(out, "Made {}", shown(path))?;
    }
    let inside = std::path::absolute(&folder).ok();
    if let Some(above) = above.filter(|above| Some(above) != inside.as_ref()) {
        writeln!(
            streams.err,
            "note: until now {} was used here; its briefs stay there",
            shown(&above)
        )?;
    }
    if global.dir.is_some() {
        writeln!(out, "Use it with: askfirst --dir {} new", word(&folder))?;
    } else if is_shared {
        writeln!(out, "Begin with: askfirst new. To share it: askfirst sync")?;
    } else {
        writeln!(
            out,
            "Begin with: askfirst new. To share it: git add {}",
            word(&folder)
        )?;
    }
    offer(args, is_shared.then_some(&git), &folder, global, streams)
}

/// Whether the folder lies in a repository: to git, or where that is missing as
/// far as can be seen.
fn is_in_repository(git: &Git, folder: &Path) -> Result<bool, Failure> {
    match git.ask(["rev-parse", "--is-inside-work-tree"]) {
        Ok(answer) => Ok(answer == "true"),
        Err(NotDone::NoGit) => Ok(colleagues::is_in_repository(folder)),
        Err(NotDone::NotStarted(error)) => Err(Failure::new("could not start git")
            .because(files::plainly(&error))
            .hint("do it again when git runs here")),
        Err(_) => Ok(false),
    }
}

/// Registers the merge driver, where that is wanted and nothing else is there.
fn offer(
    args: &Args,
    git: Option<&Git>,
    folder: &Path,
    global: &Global,
    streams: &mut Streams,
) -> Done {
    let dir = global.dir.as_deref();
    let Some(git) = git else {
        if args.merge_driver {
            return Err(Failure::new("the merge driver was not registered")
                .because("the folder is in no git repository")
                .hint("make one first: git init"));
        }
        return Ok(());
    };
    if args.no_merge_driver {
        return Ok(());
    }
    let attributes = std::fs::read_to_string(folder.join(".gitattributes")).unwrap_or_default();
    if !attributes.contains("merge=askfirst") {
        let file = shown(&folder.join(".gitattributes"));
        writeln!(
            streams.err,
            "note: {file} does not name the merge driver; add: /*.toml merge=askfirst"
        )?;
    }
    let registered = match driver::registered(git) {
        Err(NotDone::NoGit) if !args.merge_driver => {
            writeln!(
                streams.err,
                "note: there is no git here yet; once it is, merge briefs by meaning: {}",
                text::line(&paste::with_dir(driver::TO_REGISTER, dir))
            )?;
            return Ok(());
        }
        registered => registered.map_err(|error| {
            let command = paste::with_dir(driver::TO_REGISTER, dir);
            not_registered().because(error).hint(command)
        })?,
    };
    match registered {
        Registered::Yes => {
            writeln!(streams.out, "git merges briefs by meaning here")?;
            return Ok(());
        }
        Registered::Other(other) => {
            let other = text::line(&other).into_owned();
            writeln!(
                streams.err,
                "note: another merge driver is registered and was left alone: {other}"
            )?;
            return Ok(());
        }
        Registered::Gone(program) => {
            let program = text::line(&program).into_owned();
            writeln!(
                streams.err,
                "note: git was told to call {program}, which is not there any more"
            )?;
        }
        Registered::No => {}
    }
    let terminal = super::Terminal::detect();
    let wanted = args.merge_driver
        || (terminal.is_interactive()
            && streams.asks(
                "Let git merge briefs by meaning here? It is noted in .git/config. [Y/n] ",
            )?);
    if !wanted {
        let command = paste::with_dir(driver::TO_REGISTER, dir);
        let command = text::line(&command);
        writeln!(streams.out, "To merge briefs by meaning: {command}")?;
        return Ok(());
    }
    driver::register(git).map_err(|error| {
        let command = paste::with_dir(driver::TO_REGISTER, dir);
        not_registered().because(error).hint(command)
    })?;
    writeln!(streams.out, "git merges briefs by meaning here from now on")?;
    Ok(())
}

fn not_registered() -> Failure {
    Failure::new("the merge driver was not registered")
}

fn must_not_be_a_link(folder: &Path) -> Done {
    if !folder
        .symlink_metadata()
        .is_ok_and(|meta| meta.is_symlink())
    {
        return Ok(());
    }
    let failure = Failure::new(format!("{} was left alone", folder.display()))
        .because("it is a link, which could lead anywhere");
    Err(failure.hint("take the link away first, or name another folder with --dir"))
}

/// Folders and files of a team have the usual rights, not private ones.
fn make(path: &Path, said: &mut Vec<PathBuf>) -> Done {
    if path.is_dir() {
        return Ok(());
    }
    storage::create_shared_folder(path).map_err(|error| {
        Failure::new(format!("could not make {}", path.display()))
            .because(files::plainly(&error))
            .hint("nothing else was made; do it again where you may write")
    })?;
    said.push(path.to_owned());
    Ok(())
}

fn write(path: &Path, text: &str, said: &mut Vec<PathBuf>) -> Done {
    if path.exists() {
        return Ok(());
    }
    files::write(path, text, Replace::Never)?;
    said.push(path.to_owned());
    Ok(())
}

fn shown(path: &Path) -> String {
    text::line(&path.display().to_string()).into_owned()
}

fn word(path: &Path) -> String {
    text::line(&paste::word_of_shell(&path.display().to_string())).into_owned()
}
