//! `sync`.

mod came;
mod rebase;
mod repository;
mod steps;
mod tell;

use self::came::Came;
use self::rebase::Kept;
use self::repository::{Changed, Repository};
use super::{Context, Done, Failure, Streams, files};
use crate::domain::text;
use crate::storage;

/// Take in what colleagues did, and send what you did
///
/// A thin wrapper over your own git, for the folder with the briefs alone: what
/// changed in it is committed, what others sent is fetched, your commits are put
/// behind theirs, briefs are merged by meaning, and yours are sent. It tells what
/// came in, by brief and by person.
///
/// What else you changed or staged in the repository stays as it is. Commits of
/// yours that touch other files would be sent too: that takes --all-commits.
/// What one took out and the other changed stays, and is told. When something
/// cannot be joined, everything is left as it was before.
///
/// With --json: { "branch", "remote", "committed", "came": [ { "id", "title",
/// "what": [ ... ] } ], "sent": [ the same ], "kept": [ the same ],
/// "undecided": [ { "id", "title", "conflicts" } ], "pushed", "dry_run" }
///
/// Examples:
///   askfirst sync --dry-run
///   askfirst sync
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Only look: fetch, and tell what would come in and go out
    #[arg(long)]
    dry_run: bool,
    /// Send your commits that touch other files too
    #[arg(long)]
    all_commits: bool,
    /// What the commit says, instead of which briefs changed
    #[arg(long, short, value_name = "TEXT")]
    message: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What a sync did, or would do.
#[derive(Debug, Default)]
struct Told {
    came: Vec<Came>,
    sent: Vec<Came>,
    /// What one side took out and the other one changed.
    kept: Vec<Kept>,
    committed: bool,
    pushed: bool,
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let repository = Repository::of(context)?;
    let terminal = context.terminal.input;
    let changed = changed(&repository)?;
    let open = to_commit(&repository, context, &changed)?;
    only_briefs(args, &repository)?;
    let mut told = Told::default();
    if !args.dry_run && !changed.is_empty() {
        let message = match &args.message {
            Some(message) => message.clone(),
            None => message(&open, changed.len()),
        };
        repository.commit_folder(&changed, &message, terminal)?;
        told.committed = true;
    }
    repository.fetch(told.committed, terminal)?;
    // All that was never in the own branch, whoever fetched it.
    let base = |name: &str| repository.git.ask(["merge-base", "HEAD", name]).ok();
    let since = base(&repository.upstream);
    let mut not_sent = None;
    let theirs = if args.dry_run {
        repository.commit(&repository.upstream)
    } else {
        told.kept = repository.rebase()?;
        match repository.push(&mut told.kept, terminal) {
            Ok((pushed, theirs)) => {
                told.pushed = pushed;
                theirs
            }
            // What came in is here all the same, and is told only once.
            Err(failure) => {
                not_sent = Some(failure);
                repository.commit(&repository.upstream)
            }
        }
    };
    let range = |from: &Option<String>, to: &str| from.as_ref().map(|from| format!("{from}..{to}"));
    if let Some(range) = theirs.as_ref().and_then(|theirs| range(&since, theirs)) {
        told.came = came::came(&repository, context, &range)?;
    }
    let goes = range(&theirs, "HEAD").filter(|_| not_sent.is_none());
    if let Some(range) = goes {
        told.sent = came::came(&repository, context, &range)?;
    }
    if args.dry_run {
        told.sent.extend(open);
    }
    tell::tell(
        args,
        context,
        &repository,
        &told,
        not_sent.is_some(),
        streams,
    )?;
    match not_sent {
        Some(failure) => Err(failure),
        None => Ok(()),
    }
}

/// The paths in the folder that are changed, new or gone.
fn changed(repository: &Repository) -> Result<Vec<Changed>, Failure> {
    let mut changed: Vec<Changed> = Vec::new();
    for (letters, path) in repository.status()? {
        if !repository.holds(&path) {
            continue;
        }
        let unmerged = letters.contains('U') || letters == "AA" || letters == "DD";
        if unmerged {
            return Err(Failure::new(format!("{path} is not merged yet"))
                .because("git waits for a decision about it")
                .hint("look at it, then: git add, and sync again"));
        }
        let name = path.rsplit('/').next().unwrap_or(&path);
        // What a crash left behind while writing is no brief.
        if !(name.starts_with(".askfirst-") && name.ends_with(".tmp")) {
            let is_staged = letters.ends_with(' ');
            let is_new = letters == "??" || letters.starts_with('A');
            // Taken out of the index and still there is told in two lines.
            match changed.iter_mut().find(|change| change.path == path) {
                Some(change) => {
                    change.is_staged &= is_staged;
                    change.is_new &= is_new;
                }
                None => changed.push(Changed {
                    path,
                    is_staged,
                    is_new,
                }),
            }
        }
    }
    Ok(changed)
}

/// What will be committed, by brief. A file that nobody could read is not sent
/// to anybody.
fn to_commit(
    repository: &Repository,
    context: &Context,
    changed: &[Changed],
) -> Result<Vec<Came>, Failure> {
    let mut all = Vec::new();
    for Changed { path, is_new, .. } in changed {
        can_be_read(repository, context, path)?;
        let is_new = *is_new;
        let name = path.strip_prefix(&repository.folder).unwrap_or(path);
        let came = match came::here(repository, context, path) {
            Some(Ok(brief)) => Came {
                id: brief.id.to_string(),
                title: brief.title,
                what: vec![if is_new { "new" } else { "changed" }.to_owned()],
            },
            Some(Err(broken)) => {
                return Err(Failure::from(broken)
                    .hint("mend it first; a brief that cannot be read is not sent"));
            }
            None => {
                let is_there = repository.top.join(path).exists();
                let what = match (is_there, is_new) {
                    (false, _) => "removed",
                    (true, true) => "new",
                    (true, false) => "changed",
                };
                Came {
                    id: repository.brief(path).unwrap_or(name).to_owned(),
                    title: String::new(),
                    what: vec![what.to_owned()],
                }
            }
        };
        all.push(came);
    }
    Ok(all)
}

/// Refuses what git left unmerged, and a goals list that cannot be read.
fn can_be_read(repository: &Repository, context: &Context, path: &str) -> Done {
    let name = path.strip_prefix(&repository.folder).unwrap_or(path);
    if name == "goals.toml" {
        context.store.goals().map_err(|error| {
            Failure::from(error).hint("mend it first; what cannot be read is not sent")
        })?;
    }
    let file = repository.top.join(path);
    let text = match name.ends_with(".toml") && file.is_file() {
        true => files::read_file(&file).unwrap_or_default(),
        false => String::new(),
    };
    if !storage::has_markers(&text) {
        return Ok(());
    }
    let failure = Failure::new(format!("git left two versions in {name}"))
        .because("there are markers such as <<<<<<< in it");
    Err(match repository.brief(path) {
        Some(id) => failure.hint(context.to_paste(&format!(
            "merge them by meaning: askfirst resolve {id} --join"
        ))),
        None => failure.hint("choose what is right, and remove the lines with the markers"),
    }
    .hint("if they are meant to stand there, commit the file yourself first"))
}

/// Refuses to send what has nothing to do with briefs, unless it is wanted.
fn only_briefs(args: &Args, repository: &Repository) -> Result<(), Failure> {
    if args.all_commits || repository.commit(&repository.upstream).is_none() {
        return Ok(());
    }
    let range = format!("{}..HEAD", repository.upstream);
    let others = repository.others_in(&range)?;
    if others.is_empty() {
        return Ok(());
    }
    const MOST: usize = 8;
    let mut lines: Vec<String> = others.iter().take(MOST).map(|p| format!("  {p}")).collect();
    if others.len() > MOST {
        lines.push(format!("  and {} more", others.len() - MOST));
    }
    let folder = repository.folder.trim_end_matches('/');
    Err(
        Failure::new("you have commits that were not sent yet and touch other files")
            .because(format!(
                "they are on {} and would go along",
                repository.branch
            ))
            .details(lines.join("\n"))
            .hint("send them too: askfirst sync --all-commits")
            .hint(format!(
                "or send them yourself first: git push; {folder} was not touched"
            )),
    )
}

/// What the commit says: which briefs changed.
fn message(open: &[Came], files: usize) -> String {
    let name = |came: &Came| match came.title.trim() {
        "" => text::line(&came.id).into_owned(),
        title => text::fit(&text::line(title), 50),
    };
    let what = |came: &Came| came.what.first().cloned().unwrap_or_default();
    if let [one] = open {
        return format!("Brief: {} ({})\n", name(one), what(one));
    }
    let count = |word: &str| {
        open.iter()
            .filter(|came| came.what.iter().any(|w| w == word))
            .count()
    };
    let counts = ["new", "changed", "removed"].map(|word| (word, count(word)));
    let counts = counts.iter().filter(|(_, n)| *n > 0);
    let counts: Vec<String> = counts.map(|(word, n)| format!("{n} {word}")).collect();
    let head = match counts.is_empty() {
        true => format!("{files} files"),
        false => counts.join(", "),
    };
    let mut lines = vec![format!("Briefs: {head}"), String::new()];
    lines.extend(open.iter().map(|came| {
        format!(
            "- {}: {} ({})",
            what(came),
            name(came),
            text::line(&came.id)
        )
    }));
    lines.join("\n") + "\n"
}
