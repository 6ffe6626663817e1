//! `list`.

use clap::builder::PossibleValuesParser;
use serde_json::json;

use super::attention::Attention;
use super::{Context, Done, Streams, json as shapes};
use crate::domain::sign_off::lapsed;
use crate::domain::{Brief, Stage, date, text, wording};
use crate::storage::{Broken, Entry};

/// List the briefs, those in progress first
///
/// One line each: stage, id, title, for whom, by when, how long it has gone on
/// without a word from them, and whether a check-in is due. Archived briefs are
/// left out. Where a team shares the folder, yours and everybody's are listed;
/// with --everyone those of colleagues follow, and --json has them all. Files
/// that cannot be read are listed with the reason.
///
/// With --json: { "briefs": [ { "id", "title", "stage", "archived", "checklist",
/// "created", "owner", "mine", "undecided", "requester", "need_by", "code",
/// "amended", "open_questions", "due", "unconfirmed", "muted", "snoozed" } ],
/// "broken": [ { "file", "summary", "line", "column", "hint" } ] }
///
/// Examples:
///   askfirst list
///   askfirst list --stage in-progress
///   askfirst list --all --json
#[derive(Debug, Default, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Only briefs of this stage
    #[arg(long, value_name = "STAGE", value_parser = PossibleValuesParser::new(Stage::WORDS))]
    stage: Option<String>,
    /// Archived briefs too
    #[arg(long)]
    all: bool,
    /// Those of colleagues too, after yours and everybody's
    #[arg(long)]
    pub everyone: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// In which order the stages are listed: what is under way first.
const ORDER: [Stage; 7] = [
    Stage::InProgress,
    Stage::Agreed,
    Stage::Asked,
    Stage::Draft,
    Stage::Delivered,
    Stage::Closed,
    Stage::Dropped,
];

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let mut briefs: Vec<Brief> = Vec::new();
    let mut broken: Vec<Broken> = Vec::new();
    for entry in context.store.list()? {
        match entry {
            Entry::Brief(loaded) => briefs.push(loaded.brief),
            Entry::Broken(file) => broken.push(file),
        }
    }
    let count = briefs.len();
    briefs.retain(|brief| args.all || !brief.archived);
    let archived = count - briefs.len();
    let is_mine = |brief: &Brief| context.me.is_mine(brief);
    let before = briefs.len();
    // Scripts see all, with the owner of each.
    briefs.retain(|brief| args.everyone || args.json || is_mine(brief));
    let of_others = before - briefs.len();
    let hidden = |brief: &Brief| {
        args.stage
            .as_deref()
            .is_some_and(|s| s != brief.stage.word())
    };
    let any = !briefs.is_empty();
    briefs.retain(|brief| !hidden(brief));
    briefs.sort_by_key(|brief| {
        let stage = ORDER
            .iter()
            .position(|s| *s == brief.stage)
            .unwrap_or(ORDER.len());
        (
            !is_mine(brief),
            stage,
            brief.plan.need_by.is_none(),
            brief.plan.need_by,
            brief.id.clone(),
        )
    });
    if args.json {
        let briefs: Vec<_> = briefs.iter().map(|b| shapes::summary(context, b)).collect();
        let broken: Vec<_> = broken.iter().map(shapes::broken).collect();
        return shapes::write(
            &mut streams.out,
            &json!({ "briefs": briefs, "broken": broken }),
        );
    }
    let stage = briefs
        .iter()
        .map(|b| text::width(b.stage.label()))
        .max()
        .unwrap_or(0);
    let id = briefs
        .iter()
        .map(|b| b.id.as_str().len())
        .max()
        .unwrap_or(0);
    for brief in &briefs {
        writeln!(
            streams.out,
            "{}",
            line(context, brief, stage, id).trim_end()
        )?;
    }
    for file in &broken {
        writeln!(
            streams.out,
            "! broken  {}: {}",
            text::line(&file.file),
            text::line(&file.summary)
        )?;
    }
    if of_others > 0 {
        let command = context.to_paste("askfirst list --everyone");
        let command = text::line(&command).into_owned();
        writeln!(streams.out, "{of_others} of colleagues: {command}")?;
    } else if briefs.is_empty() && broken.is_empty() {
        let place = context.place.path.display().to_string();
        let place = text::line(&place);
        match (any, args.stage.as_deref()) {
            (true, Some(stage)) => writeln!(streams.out, "No brief in {place} is {stage}")?,
            _ if archived > 0 => writeln!(
                streams.out,
                "Everything in {place} is archived: {archived}. {}",
                text::line(&context.to_paste("See them with: askfirst list --all"))
            )?,
            _ => writeln!(
                streams.out,
                "No briefs in {place} yet. {}",
                text::line(
                    &context
                        .to_paste("Begin with: askfirst new, or look around with: askfirst demo")
                )
            )?,
        }
    }
    Ok(())
}

fn line(context: &Context, brief: &Brief, stage: usize, id: usize) -> String {
    let label = text::line(brief.stage.label()).into_owned();
    let gap = " ".repeat(stage.saturating_sub(text::width(&label)));
    let title = match brief.title.trim() {
        "" => "(no title yet)".into(),
        title => text::line(title),
    };
    let mut line = format!(
        "{} {label}{gap}  {:id$}  {title}",
        brief.stage.symbol(),
        brief.id.as_str()
    );
    let mut more = Vec::new();
    if !brief.conflicts.is_empty() {
        more.push("changed in two ways, choose one".to_owned());
    }
    if !context.me.is_mine(brief) {
        more.push(format!("of {}", text::line(brief.owner.trim())));
    }
    if let Some(customer) = brief.requester() {
        more.push(format!("for {}", text::line(&customer.name)));
    }
    if let Some(day) = brief.plan.need_by {
        more.push(format!("by {}", date::show(day)));
    }
    if !lapsed(brief).is_empty() {
        more.push("amended".to_owned());
    }
    if let Some(by) = wording::objector(brief) {
        more.push(format!("{} objected", text::line(brief.name_of(by))));
    }
    let attention = Attention::of(brief, context);
    if let Some(clock) = &attention.clock {
        more.push(text::line(&wording::unconfirmed(brief, clock)).into_owned());
    }
    if let Some(words) = attention.words() {
        more.push(text::line(&words).into_owned());
    }
    if brief.archived {
        more.push("archived".to_owned());
    }
    if !more.is_empty() {
        line.push_str(&format!("  ({})", more.join(", ")));
    }
    line
}
