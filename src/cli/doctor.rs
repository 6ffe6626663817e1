//! `doctor`.

use serde_json::{Value, json};

use super::{Context, Done, Failure, PlaceKind, Streams, json as shapes};
use crate::domain::text;
use crate::storage::{Backup, Finding, Folder, Repair, Sharing};

/// Look for what is wrong with the folder of briefs, and mend what can be
///
/// It finds broken files, ids that are used twice, what a stopped program left
/// behind, files that others may write or read, briefs of a newer format, lines
/// that git left around two versions, changes that nobody has chosen between, and
/// a yes whose stored text is not what was agreed to. Links are not followed, and
/// looking changes nothing.
///
/// With --fix each repair is shown, then asked for. Every original is kept in
/// .askfirst-backup in the folder, which git ignores. What has no safe repair is
/// left as it is, with a hint.
///
/// Exit code: 0 nothing is wrong, or all of it was mended; 1 something is wrong;
/// 2 the folder could not be read, or wrong usage.
///
/// Examples:
///   askfirst doctor
///   askfirst doctor --fix
///   askfirst doctor --fix --yes --json
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Mend what can be, after asking for each repair
    #[arg(long)]
    fix: bool,
    /// Do not ask
    #[arg(long, requires = "fix")]
    yes: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A finding, and what became of it.
struct Case {
    finding: Finding,
    mended: bool,
    /// Why a repair was not done.
    failed: Option<String>,
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    look(args, context, streams).map_err(Failure::as_trouble)
}

fn look(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    if args.fix && args.json && !args.yes {
        return Err(Failure::wrong_usage("--fix with --json asks nobody")
            .hint("mend without being asked: --fix --yes --json"));
    }
    let folder = Folder::at(&context.place.path);
    // What a project shares may be read by all who have it.
    let sharing = match context.place.kind {
        PlaceKind::User => Sharing::Private,
        PlaceKind::Project | PlaceKind::Given => Sharing::Team,
    };
    let findings = folder.findings(sharing, context.now)?;
    let when = context.now.format("%Y-%m-%d-%H%M%S").to_string();
    let backup = Backup::of(&folder, &when);
    let mut cases = Vec::new();
    let mut is_over = false;
    for finding in findings {
        let mut case = Case {
            finding,
            mended: false,
            failed: None,
        };
        if !args.json {
            show(&case.finding, streams)?;
        }
        if args.fix && case.finding.repair.is_some() && !is_over {
            if !args.json {
                offer(&case.finding, streams)?;
            }
            let wanted = match args.yes {
                true => Some(true),
                false => asked(streams)?,
            };
            is_over = wanted.is_none();
            if wanted == Some(true) {
                match folder.mend(&case.finding, &backup) {
                    Ok(()) => case.mended = true,
                    Err(error) => case.failed = Some(error.to_string()),
                }
                if !args.json {
                    told(&case, streams)?;
                }
            }
        }
        cases.push(case);
    }
    let kept = backup.path().is_dir().then(|| backup.path().to_owned());
    let left = cases.iter().filter(|case| !case.mended).count();
    if args.json {
        let value = json!({
            "folder": context.place.path.display().to_string(),
            "problems": cases.iter().map(shape).collect::<Vec<_>>(),
            "left": left,
            "backup": kept.map(|path| path.display().to_string()),
        });
        shapes::write(&mut streams.out, &value)?;
    } else {
        let shown = context.place.path.display().to_string();
        if let Some(kept) = kept {
            let kept = kept.display().to_string();
            writeln!(streams.out, "The originals are in {}", text::line(&kept))?;
        }
        sum_up(args, &cases, left, &shown, context, streams)?;
    }
    if args.fix && left > 0 {
        not_all(&cases, context).write(&mut streams.err)?;
    }
    match left {
        0 => Ok(()),
        _ => Err(Failure::said()),
    }
}

/// What is said where something was to be mended and is not.
fn not_all(cases: &[Case], context: &Context) -> Failure {
    let failed = cases.iter().find_map(|case| {
        let why = case.failed.as_deref()?;
        Some((&case.finding.file, why))
    });
    match failed {
        Some((file, why)) => Failure::new(format!("{file} was not mended"))
            .because(why)
            .hint("the file is as it was; try again when that is put right")
            .hint(context.to_paste("askfirst doctor --fix")),
        None => Failure::new("not everything is mended")
            .hint("what is left has no safe repair, or was not wanted: it stands above"),
    }
}

fn show(finding: &Finding, streams: &mut Streams) -> Done {
    let out = &mut streams.out;
    // Most reports say the line themselves.
    let line = match finding.line {
        Some(line) if !finding.what.starts_with("line ") => format!(":{line}"),
        _ => String::new(),
    };
    writeln!(
        out,
        "{}{line}: {}",
        text::line(&finding.file),
        text::line(&finding.what)
    )?;
    if !finding.picture.trim().is_empty() {
        writeln!(out, "{}", text::block(finding.picture.trim_end()))?;
    }
    if !finding.hint.is_empty() {
        writeln!(out, "  hint: {}", text::line(&finding.hint))?;
    }
    Ok(())
}

/// What a repair would do, exactly.
fn offer(finding: &Finding, streams: &mut Streams) -> Done {
    let out = &mut streams.out;
    match &finding.repair {
        None => {}
        Some(Repair::PutAway) => writeln!(out, "  repair: put the file into the backup")?,
        Some(Repair::Rights { mode }) => writeln!(out, "  repair: give it the mode {mode:04o}")?,
        Some(Repair::Write { was, text: new }) => {
            writeln!(
                out,
                "  repair: change the file, and keep it as it is in the backup"
            )?;
            let diff = similar::TextDiff::from_lines(was.as_str(), new.as_str());
            for change in diff.iter_all_changes() {
                let sign = match change.tag() {
                    similar::ChangeTag::Equal => continue,
                    similar::ChangeTag::Delete => '\u{2212}',
                    similar::ChangeTag::Insert => '+',
                };
                let line = change.value().trim_end();
                writeln!(out, "    {sign} {}", text::line(line))?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

/// `None` where nobody answers any more.
fn asked(streams: &mut Streams) -> Result<Option<bool>, Failure> {
    write!(streams.err, "Do it? [y/N] ")?;
    streams.err.flush()?;
    let mut answer = String::new();
    if streams.input.read_line(&mut answer)? == 0 {
        writeln!(streams.err)?;
        return Ok(None);
    }
    let answer = answer.trim().to_lowercase();
    Ok(Some(answer == "y" || answer == "yes"))
}

fn told(case: &Case, streams: &mut Streams) -> Done {
    match &case.failed {
        None => writeln!(streams.out, "  mended")?,
        Some(why) => writeln!(streams.out, "  not mended: {}", text::line(why))?,
    }
    Ok(())
}

fn sum_up(
    args: &Args,
    cases: &[Case],
    left: usize,
    folder: &str,
    context: &Context,
    streams: &mut Streams,
) -> Done {
    let folder = text::line(folder);
    let problems = |n: usize| match n {
        1 => "1 problem".to_owned(),
        n => format!("{n} problems"),
    };
    let out = &mut streams.out;
    match (cases.len(), left) {
        (0, _) => writeln!(out, "Nothing is wrong with {folder}")?,
        (all, 0) => writeln!(out, "{} mended in {folder}", problems(all))?,
        (all, left) if left == all => writeln!(out, "{} in {folder}", problems(all))?,
        (all, left) => writeln!(
            out,
            "{} mended, {left} left in {folder}",
            problems(all - left)
        )?,
    }
    let can = cases
        .iter()
        .filter(|case| !case.mended && case.finding.repair.is_some());
    if !args.fix && can.count() > 0 {
        let command = context.to_paste("askfirst doctor --fix");
        writeln!(streams.out, "To mend what can be: {}", text::line(&command))?;
    }
    Ok(())
}

fn shape(case: &Case) -> Value {
    let finding = &case.finding;
    json!({
        "file": finding.file,
        "kind": finding.trouble.word(),
        "what": finding.what,
        "line": finding.line,
        "column": finding.column,
        "hint": (!finding.hint.is_empty()).then_some(&finding.hint),
        "repair": match &finding.repair {
            None => Value::Null,
            Some(Repair::PutAway) => "put-away".into(),
            Some(Repair::Rights { .. }) => "mode".into(),
            Some(Repair::Write { .. }) => "write".into(),
        },
        "mended": case.mended,
        "failed": case.failed,
    })
}
