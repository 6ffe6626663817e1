//! `prompts`.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::json;

use super::{Context, Done, Failure, PlaceKind, Streams, files, json as shapes};
use crate::checklist::{self, Catalogue, Checklist, Kind, Source};
use crate::domain::check_in::Phase;
use crate::domain::text;
use crate::storage::Replace;

/// The checklists: list, show, check, and make one your own
///
/// A checklist is a TOML file with questions. Files in the prompts folder
/// beside the briefs come first, then those in your config folder, then the
/// built-in ones.
///
/// With --json: list [ { "id", "title", "about", "questions", "source" } ];
/// show { "id", "title", "about", "questions" }; check [ { "file", "ok",
/// "problems" } ].
///
/// Examples:
///   askfirst prompts list
///   askfirst prompts show report
///   askfirst prompts check .askfirst/prompts/*.toml
///   askfirst prompts eject quick
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the checklists and where they come from
    ///
    /// Examples:
    ///   askfirst prompts list
    #[command(verbatim_doc_comment)]
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show the questions of a checklist
    ///
    /// Examples:
    ///   askfirst prompts show report
    #[command(verbatim_doc_comment)]
    Show {
        /// The id of the checklist
        id: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Check checklist files, and report every problem at once
    ///
    /// Without files, those in the prompts folders are checked. Exit code 1
    /// where one cannot be used.
    ///
    /// Examples:
    ///   askfirst prompts check
    ///   askfirst prompts check my-checklist.toml
    #[command(verbatim_doc_comment)]
    Check {
        /// The files
        files: Vec<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write a built-in checklist to a file, to change it
    ///
    /// It goes into the prompts folder beside the briefs, where it is used in
    /// place of the built-in one. A file that is there is not replaced.
    ///
    /// Examples:
    ///   askfirst prompts eject quick
    ///   askfirst prompts eject quick --output -
    #[command(verbatim_doc_comment)]
    Eject {
        /// The id of the checklist
        id: String,
        /// Another file, or - for standard output
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    match &args.action {
        Action::List { json } => list(*json, context, streams),
        Action::Show { id, json: true } => {
            shapes::write(&mut streams.out, &shapes::checklist(find(context, id)?))
        }
        Action::Show { id, .. } => show(find(context, id)?, streams),
        Action::Check { files, json } => check(files, *json, context, streams),
        Action::Eject { id, output } => eject(id, output.as_deref(), context, streams),
    }
}

/// The checklist with an id.
///
/// # Errors
///
/// When there is none, with the nearest names.
pub fn find<'a>(context: &'a Context, id: &str) -> Result<&'a Checklist, Failure> {
    context.catalogue.get(id).ok_or_else(|| {
        let ids: Vec<&str> = context
            .catalogue
            .all()
            .map(|(c, _)| c.id.as_str())
            .collect();
        let failure = Failure::new(format!("there is no checklist {id}"))
            .hint(format!("there are: {}", ids.join(", ")));
        let broken = context.catalogue.invalid().iter().any(|i| {
            i.path
                .file_stem()
                .is_some_and(|stem| stem.to_str() == Some(id))
        });
        if broken {
            failure.hint("a file of that name cannot be used: askfirst prompts check")
        } else {
            failure
        }
    })
}

fn list(as_json: bool, context: &Context, streams: &mut Streams) -> Done {
    let source = |source: &Source| match source {
        Source::BuiltIn => "built in".to_owned(),
        Source::File(path) => path.display().to_string(),
    };
    if as_json {
        let all: Vec<_> = context
            .catalogue
            .all()
            .map(|(c, from)| {
                json!({
                    "id": c.id,
                    "title": c.title,
                    "about": c.about,
                    "questions": c.questions.len(),
                    "source": source(from),
                })
            })
            .collect();
        return shapes::write(&mut streams.out, &all.into());
    }
    let widest = context
        .catalogue
        .all()
        .map(|(c, _)| text::width(&c.id))
        .max()
        .unwrap_or(0);
    for (c, from) in context.catalogue.all() {
        let gap = " ".repeat(widest.saturating_sub(text::width(&c.id)));
        writeln!(
            streams.out,
            "{}{gap}  {} ({} questions, {})",
            text::line(&c.id),
            text::line(&c.about),
            c.questions.len(),
            text::line(&source(from))
        )?;
    }
    for invalid in context.catalogue.invalid() {
        writeln!(
            streams.err,
            "note: {} cannot be used; {}",
            text::line(&invalid.path.display().to_string()),
            text::line(&context.to_paste("see: askfirst prompts check"))
        )?;
    }
    Ok(())
}

fn show(checklist: &Checklist, streams: &mut Streams) -> Done {
    let out = &mut streams.out;
    writeln!(
        out,
        "{} ({})\n{}",
        text::line(&checklist.title),
        text::line(&checklist.id),
        text::line(&checklist.about)
    )?;
    for (number, q) in (1..).zip(&checklist.questions) {
        let mut marks = vec![kind(q.kind)];
        let phase = match q.phase {
            Phase::Handover => Some("near the end of the work"),
            Phase::Confirm => Some("once it is handed over"),
            Phase::Close => Some("when it is confirmed"),
            Phase::Standing => Some("where standing work expires"),
            Phase::Course | Phase::Unknown(_) => None,
        };
        marks.extend(phase);
        if q.needed {
            marks.push("needed to start");
        }
        if q.section.is_some() {
            marks.push("part of what is signed");
        }
        if !q.when.is_empty() {
            marks.push("asked only where it fits");
        }
        writeln!(
            out,
            "\n{number}. {}  [{}: {}]",
            text::line(&q.ask),
            text::line(&q.id),
            marks.join(", ")
        )?;
        let lines = [
            ("Why", &q.why),
            ("Example", &q.example),
            ("For them", &q.put),
            ("Advice", &q.advice),
        ];
        for (label, line) in lines {
            if !line.trim().is_empty() {
                writeln!(out, "   {label}: {}", text::line(line))?;
            }
        }
        for choice in &q.choices {
            writeln!(
                out,
                "   - {}: {}",
                text::line(&choice.value),
                text::line(&choice.label)
            )?;
        }
    }
    Ok(())
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::List => "list",
        Kind::Choice => "choice",
        Kind::YesNo => "yes or no",
        Kind::Date => "date",
        Kind::Customers => "customers",
        Kind::Readings => "readings",
        Kind::Needs => "needs",
        Kind::Rank => "rank",
        Kind::Goals => "goals",
        Kind::Deliverables => "deliverables",
        Kind::Appetite => "appetite",
        Kind::Cadence => "cadence",
    }
}

fn check(paths: &[PathBuf], as_json: bool, context: &Context, streams: &mut Streams) -> Done {
    let mut found: Vec<(PathBuf, Vec<String>)> = Vec::new();
    if paths.is_empty() {
        for (_, source) in context.catalogue.all() {
            if let Source::File(path) = source {
                found.push((path.clone(), Vec::new()));
            }
        }
        let invalid = context.catalogue.invalid();
        found.extend(invalid.iter().map(|i| (i.path.clone(), i.problems.clone())));
    }
    for path in paths {
        let problems = match files::read_file(path) {
            Ok(text) => checklist::parse(path, &text).err().unwrap_or_default(),
            Err(failure) => vec![format!("{}: {}", failure.what, failure.why)],
        };
        found.push((path.clone(), problems));
    }
    let bad = found
        .iter()
        .filter(|(_, problems)| !problems.is_empty())
        .count();
    if as_json {
        let all: Vec<_> = found
            .iter()
            .map(|(path, problems)| {
                json!({
                    "file": path.display().to_string(),
                    "ok": problems.is_empty(),
                    "problems": problems,
                })
            })
            .collect();
        shapes::write(&mut streams.out, &all.into())?;
    } else {
        for (path, problems) in &found {
            let shown = path.display().to_string();
            if problems.is_empty() {
                writeln!(streams.out, "✓ {}", text::line(&shown))?;
            } else {
                writeln!(streams.out, "× {}", text::line(&shown))?;
                for problem in problems {
                    writeln!(streams.out, "{}\n", text::block(problem.trim_end()))?;
                }
            }
        }
        if found.is_empty() {
            let folders: Vec<_> = context
                .prompt_folders
                .iter()
                .map(|folder| folder.display().to_string())
                .collect();
            writeln!(
                streams.out,
                "No checklists of your own in {}; the built-in ones are in use",
                text::line(&folders.join(" or "))
            )?;
        }
    }
    match bad {
        0 => Ok(()),
        1 => Err(Failure::new("one checklist cannot be used")),
        n => Err(Failure::new(format!("{n} checklists cannot be used"))),
    }
}

fn eject(id: &str, output: Option<&Path>, context: &Context, streams: &mut Streams) -> Done {
    let Some(checklist) = Catalogue::built_in_text(id) else {
        let ids: Vec<String> = Catalogue::built_in()
            .all()
            .map(|(c, _)| c.id.clone())
            .collect();
        return Err(Failure::new(format!("there is no built-in checklist {id}"))
            .hint(format!("there are: {}", ids.join(", "))));
    };
    if output.is_some_and(|path| path.as_os_str() == "-") {
        write!(streams.out, "{checklist}")?;
        return Ok(());
    }
    let path = match output {
        Some(path) => path.to_owned(),
        None => {
            let folder = context.place.path.join("prompts");
            let is_link = folder
                .symlink_metadata()
                .is_ok_and(|meta| meta.is_symlink());
            if is_link && context.place.kind != PlaceKind::User {
                return Err(
                    Failure::new(format!("could not write into {}", folder.display()))
                        .because("it is a link, which could lead anywhere")
                        .hint("name a file with --output"),
                );
            }
            files::make_folder(&folder)?;
            folder.join(format!("{id}.toml"))
        }
    };
    files::write(&path, checklist, Replace::Never).map_err(|failure| {
        if path.is_file() {
            failure.hint("change that one, or name another file with --output")
        } else {
            failure
        }
    })?;
    let shown = path.display().to_string();
    writeln!(
        streams.out,
        "Wrote {}. Change it, and {}",
        text::line(&shown),
        text::line(&context.to_paste("check it with: askfirst prompts check"))
    )?;
    Ok(())
}
