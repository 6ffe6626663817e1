//! `resolve`.

use serde_json::json;

use super::{Context, Done, Failure, Streams, files, json as shapes, paste, review, save};
use crate::domain::conflict::{self, Choice, NoChoice};
use crate::domain::{Brief, text};
use crate::git::Git;
use crate::storage::{self, Replace};

/// Choose between two versions of what two people changed at the same time
///
/// Without an option it shows all versions of a brief. PLACE is the number or
/// the name of one of them, or a part of it; it can be left out where there is
/// one. What is written with --text is your own, a guess until somebody says so;
/// for an order of needs it is their numbers, as in "2 1 3".
///
/// Where git did not know how to merge briefs and left a file with markers
/// (<<<<<<<), --join merges its two versions by meaning; what was mended in it
/// by hand stays.
///
/// With --json: { "id", "code", "chosen", "conflicts": [ { "place", "what",
/// "versions" } ] }, where "chosen" is the place, or null
///
/// Examples:
///   askfirst resolve analysts
///   askfirst resolve analysts --keep 2
///   askfirst resolve analysts purpose --text "HR grades the jobs with it"
///   askfirst resolve analysts --join
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// Which of the places, by number or name
    place: Option<String>,
    /// The version that stays, by its number
    #[arg(long, value_name = "N", value_parser = number)]
    keep: Option<usize>,
    /// Something else in place of the versions
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["keep", "as_it_is"])]
    text: Option<String>,
    /// Leave what stands there now
    #[arg(long, conflicts_with = "keep")]
    as_it_is: bool,
    /// Merge the versions that git left between markers in the file
    #[arg(long, conflicts_with_all = ["place", "keep", "text", "as_it_is"])]
    join: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// 1, or `one`.
fn number(typed: &str) -> Result<usize, String> {
    const WORDS: [&str; 4] = ["one", "two", "three", "four"];
    let word = WORDS.iter().position(|word| *word == typed);
    let number = word.map(|at| at + 1).or_else(|| typed.parse().ok());
    let number = number.filter(|n| *n > 0);
    number.ok_or_else(|| "versions are numbered from 1".to_owned())
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    if args.join {
        return join(args, context, streams);
    }
    let choice = match (args.keep, &args.text, args.as_it_is) {
        (Some(n), ..) => Choice::Keep(n - 1),
        (_, Some(text), _) => Choice::Write(text.clone()),
        (.., true) => Choice::AsItIs,
        _ => return show(args, context, streams),
    };
    let id = context.store.find(&args.brief)?;
    let mut chosen = None;
    let saved = save::edit(context, &id, |brief| {
        let at = find(args, context, brief)?;
        let before = brief.clone();
        let place = before.conflicts.get(at).map(|c| c.place.clone());
        let change = conflict::choose(brief, at, &choice).map_err(|why| {
            let shown = format!("askfirst resolve {}", brief.id);
            Failure::new("this cannot be chosen")
                .because(why)
                .hint(format!("see the versions with: {shown}"))
        })?;
        brief.apply(change, context.now)?;
        save::note_change(context, &before, brief)?;
        chosen = place;
        Ok(true)
    })?;
    let brief = &saved.brief;
    let place = chosen.unwrap_or_default();
    if args.json {
        return shapes::write(&mut streams.out, &shape(brief, Some(&place)));
    }
    let what = conflict::what(brief, &place);
    writeln!(streams.out, "Chosen: {}", text::line(&what))?;
    review::write_open(&mut streams.out, context, brief)?;
    Ok(())
}

fn show(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let loaded = context.load(&args.brief)?;
    let brief = &loaded.brief;
    if args.json {
        return shapes::write(&mut streams.out, &shape(brief, None));
    }
    if brief.conflicts.is_empty() {
        writeln!(streams.out, "Nothing in {} waits for a choice", brief.id)?;
    }
    review::write_conflicts(&mut streams.out, context, brief)?;
    Ok(())
}

/// Merges what git left between markers.
fn join(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let id = context.store.find(&args.brief)?;
    let folder = &context.place.path;
    let name = format!("{id}.toml");
    let path = folder.join(&name);
    let text = files::read_file(&path)?;
    if !storage::has_markers(&text) {
        return Err(Failure::new(format!("nothing to join in {name}"))
            .because("there are no markers of git in it")
            .hint(context.to_paste(&format!("see how it stands: askfirst show {id}"))));
    }
    // What both came from, as long as git waits for a decision.
    let git = Git::at(folder);
    let base = git.ask_bytes(["show", &format!(":1:./{name}")], b"");
    let base = base.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let merged = storage::join_marked(&path, &text, base.as_deref(), context.now)?;
    let is_same = |old: &[u8]| old == text.as_bytes();
    files::write(&path, &merged.text, Replace::If(&is_same))?;
    let loaded = context.load(id.as_str())?;
    let brief = &loaded.brief;
    if args.json {
        return shapes::write(&mut streams.out, &shape(brief, None));
    }
    let out = &mut streams.out;
    writeln!(out, "Merged by meaning: {}", text::line(brief.title.trim()))?;
    let file = paste::word_of_shell(&path.display().to_string());
    let waits = git.ask(["ls-files", "--unmerged", "--", &name]);
    if waits.is_ok_and(|waits| !waits.is_empty()) {
        writeln!(out, "Tell git so: git add {}", text::line(&file))?;
    }
    review::write_conflicts(out, context, brief)?;
    Ok(())
}

fn shape(brief: &Brief, chosen: Option<&str>) -> serde_json::Value {
    json!({
        "id": brief.id.as_str(),
        "code": crate::domain::Agreement::of(brief).code().to_string(),
        "chosen": chosen,
        "conflicts": shapes::conflicts(brief),
    })
}

fn find(args: &Args, context: &Context, brief: &Brief) -> Result<usize, Failure> {
    let typed = args.place.as_deref().unwrap_or_default();
    if let Some(at) = conflict::at(brief, typed) {
        return Ok(at);
    }
    if brief.conflicts.is_empty() {
        let failure = Failure::new(format!("nothing to choose in {}", brief.id));
        return Err(failure.because(NoChoice::Nothing));
    }
    let places: Vec<String> = brief
        .conflicts
        .iter()
        .zip(1..)
        .map(|(c, n)| format!("  {n}. {}: {}", c.place, conflict::what(brief, &c.place)))
        .collect();
    let what = match typed {
        "" => "several places wait for a choice".to_owned(),
        typed => format!("{} is none of them, or several", text::fit(typed, 40)),
    };
    let shown = context
        .to_paste("see the versions with: askfirst resolve")
        .into_owned();
    Err(Failure::new(what)
        .details(places.join("\n"))
        .hint(format!("{shown} {}", brief.id)))
}
