//! `new`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{
    Context, Done, Failure, Opening, Streams, desk, files, json as shapes, plain, prompts, review,
    save,
};
use crate::chance;
use crate::checklist::{self, Checklist};
use crate::domain::{Brief, BriefId, Event, EventKind, text};
use crate::storage::{self, Loaded, StoreError};

/// Begin a brief: walk through the questions, or read one from a file
///
/// In a terminal the walk opens; it can be left at any time. With --plain, or
/// where there is no terminal, the questions come as plain lines, one answer a
/// line, each saved at once. In the plain walk:
///
///   (empty line)       keep what is there, or skip the question
///   ?                  "I don't know": ask the requester ("? hr": ask HR)
///   <                  go back one question
///   "-" or "- 2"       take the answer away, or item 2 of a list
///   text @told dana    said by Dana ("@told dana on 4 feb", "@asked dana",
///                      "@not-needed because ...", "@guess")
///   2 1 3              an order, with = between equals ("2=1 3")
///   Dana Reyes <dana@example.com> (requester): writes job profiles
///   a need (for Dana, HR) => how they will know that it is met
///   a part of the solution #1 #2     serves the needs 1 and 2
///   team: a goal => how the work serves it
///
/// When the input ends early, all answers are kept and --resume goes on.
///
/// A file given with --from is a brief as a person would write it: no id,
/// format or dates are needed. With --json (and --from): { "id", "file", "code",
/// "stage", "blockers" }
///
/// Examples:
///   askfirst new "What my analysts do all day"
///   askfirst new --checklist quick --plain
///   askfirst new --plain --resume analysts
///   askfirst new --from superreport.toml
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// What it is about, in a few words
    title: Option<String>,
    /// The questions to walk through; see askfirst prompts list
    #[arg(long, value_name = "ID")]
    checklist: Option<String>,
    /// Read a brief from a file, or - for standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Go on with a walk that was left
    #[arg(long, value_name = "BRIEF", conflicts_with_all = ["title", "checklist", "from"])]
    resume: Option<String>,
    /// Print JSON
    #[arg(long, requires = "from")]
    json: bool,
}

impl Args {
    /// Those of a file alone.
    pub fn from(file: PathBuf) -> Self {
        Self {
            title: None,
            checklist: None,
            from: Some(file),
            resume: None,
            json: false,
        }
    }
}

pub fn run(args: &Args, context: Context, streams: &mut Streams) -> Done {
    if let Some(id) = &args.checklist {
        for_a_brief(prompts::find(&context, id)?)?;
    }
    if let Some(path) = &args.from {
        return from_file(args, path, &context, streams);
    }
    let loaded = match &args.resume {
        Some(typed) => {
            let loaded = context.load(typed)?;
            save::writable(&loaded)?;
            loaded
        }
        None => create(&context, None, empty(args, &context))?,
    };
    if context.plain || !context.terminal.is_interactive() {
        return plain::walk(&context, loaded, streams);
    }
    desk::interface(&Context {
        opening: Opening::Walk(loaded.brief.id.clone()),
        ..context
    })
    .map(drop)
}

/// Refuses the questions that are asked later.
fn for_a_brief(checklist: &Checklist) -> Done {
    if checklist.is_check_in() {
        return Err(Failure::new("no brief begins with the check-in")
            .because("its questions come while the work runs")
            .hint("begin with another one: askfirst prompts list")
            .hint("look up from running work with: askfirst checkin"));
    }
    Ok(())
}

fn empty(args: &Args, context: &Context) -> Brief {
    let title = args.title.as_deref().unwrap_or_default().trim();
    let id = if title.is_empty() {
        BriefId::unnamed(chance::number())
    } else {
        BriefId::for_title(title, chance::number())
    };
    let checklist = args.checklist.as_deref().unwrap_or(checklist::DEFAULT);
    let mut brief = Brief::new(id, title, checklist, context.now);
    let created = context.event_id(&brief);
    brief
        .events
        .push(Event::new(created, EventKind::Created, context.now));
    brief
}

/// Writes a new brief, with the comments of the text that it was read from;
/// where its id is taken, under the next random one.
fn create(context: &Context, from: Option<&Loaded>, mut brief: Brief) -> Result<Loaded, Failure> {
    let mut tries = 0;
    loop {
        let made = match from {
            Some(from) => context.store.create_from(from, &brief),
            None => context.store.create(&brief),
        };
        match made {
            Err(StoreError::Exists(_)) if tries < 16 => {
                tries += 1;
                brief.id = if brief.id.is_unnamed() {
                    BriefId::unnamed(chance::number())
                } else {
                    BriefId::for_title(&brief.title, chance::number())
                };
            }
            created => return Ok(created?),
        }
    }
}

fn from_file(args: &Args, path: &Path, context: &Context, streams: &mut Streams) -> Done {
    let text = files::read(path, streams)?;
    let name = match path.file_name() {
        Some(name) if path.as_os_str() != "-" => name.to_string_lossy().into_owned(),
        _ => "standard input".to_owned(),
    };
    let mut is_nothing = false;
    let finish = |brief: &mut Brief| {
        is_nothing = is_blank(brief);
        let title = args.title.as_deref().unwrap_or_default().trim();
        if !title.is_empty() {
            title.clone_into(&mut brief.title);
            brief.id = BriefId::for_title(title, chance::number());
        }
        if let Some(checklist) = &args.checklist {
            brief.checklist.clone_from(checklist);
        }
        if let Some(checklist) = context.checklist_of(brief) {
            checklist.word(brief);
        }
    };
    let read = storage::import_text_with(&name, &text, chance::number(), context.now, finish)?;
    if is_nothing {
        return Err(Failure::new(format!("there is no brief in {name}"))
            .because("it says nothing that belongs into one")
            .hint("the least is a line like: title = \"Monthly downtime report\""));
    }
    let brief = Brief::clone(&read.brief);
    let known = context.catalogue.get(&brief.checklist);
    let known = known.is_some_and(|checklist| !checklist.is_check_in());
    let loaded = create(context, Some(&read), brief)?;
    let brief = &loaded.brief;
    let file = context.place.path.join(format!("{}.toml", brief.id));
    let file = file.display().to_string();
    if !known {
        writeln!(
            streams.err,
            "note: there is no checklist {} for a brief; {} is used until there is",
            text::line(&brief.checklist),
            checklist::DEFAULT
        )?;
    }
    if args.json {
        let needed = context.needed(brief);
        let blockers: Vec<_> = crate::domain::readiness::blockers(brief, &needed)
            .into_iter()
            .map(|b| b.reason)
            .collect();
        return shapes::write(
            &mut streams.out,
            &json!({
                "id": brief.id.as_str(),
                "file": file,
                "code": crate::domain::Agreement::of(brief).code().to_string(),
                "stage": brief.stage.word(),
                "blockers": blockers,
            }),
        );
    }
    // In one piece: a terminal's stream writes line by line.
    let mut said = Vec::new();
    writeln!(said, "Made {} in {}", brief.id, text::line(&file))?;
    review::write(&mut said, context, brief)?;
    next(&mut said, context, brief)?;
    streams.out.write_all(&said)?;
    Ok(())
}

/// Whether a file says nothing of a request: it is empty, or something else.
fn is_blank(brief: &Brief) -> bool {
    let nothing = Brief::new(brief.id.clone(), "", &brief.checklist, brief.created);
    brief.request == nothing.request
        && brief.plan == nothing.plan
        && brief.answers.iter().next().is_none()
        && [
            brief.title.trim().is_empty(),
            brief.customers.is_empty(),
            brief.readings.is_empty(),
            brief.needs.is_empty(),
            brief.goals.is_empty(),
            brief.deliverables.is_empty(),
            brief.out.is_empty(),
        ]
        .iter()
        .all(|empty| *empty)
}

/// The commands that usually come next.
///
/// # Errors
///
/// Those of the writer.
pub fn next(out: &mut dyn std::io::Write, context: &Context, brief: &Brief) -> std::io::Result<()> {
    let id = &brief.id;
    let second = if brief.requester().is_some() {
        format!("askfirst share {id}")
    } else {
        format!("askfirst new --plain --resume {id}")
    };
    writeln!(out, "Next:")?;
    for command in [format!("askfirst show {id}"), second] {
        writeln!(out, "  {}", text::line(&context.to_paste(&command)))?;
    }
    Ok(())
}
