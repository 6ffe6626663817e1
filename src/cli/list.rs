//! `list`.

use std::collections::{BTreeSet, HashMap};

use clap::builder::PossibleValuesParser;
use serde_json::json;

use super::attention;
use super::{Context, Done, Streams, json as shapes};
use crate::domain::work_time::{Local, Zone as _};
use crate::domain::{Brief, Day, Search, Stage, Summary, date, search, text};
use crate::storage::{Broken, Entry, Row, Rows};

/// List the briefs, those in progress first
///
/// One line each: stage, id, title, for whom, by when, how long it has gone on
/// without a word from them, and whether a check-in is due. Archived briefs are
/// left out. Where a team shares the folder, yours and everybody's are listed;
/// with --everyone those of colleagues follow, and --json has them all. Files that
/// cannot be read are listed with the reason.
///
/// With --search: those that have all of the words, anywhere in their text; parts
/// of words, whatever their case and accents.
///
/// With --limit, in a folder of more than 200 briefs: a draft that is not shown
/// and that an editor wrote to in its place counts as it was, for ten minutes at
/// most.
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
///   askfirst list --search "dana report"
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
    /// Only briefs that have all of these words
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
    /// Only so many, the first ones
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
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

/// So much is written at once, bytes.
const PIECE: usize = 32 * 1024;

/// What briefs are listed by: whether it is a colleague's, the stage, whether no
/// day is known, and the day.
type Key = (bool, u8, bool, Option<Day>);

fn key(is_mine: bool, stage: &str, need_by: Option<Day>) -> Key {
    let at = ORDER.iter().position(|s| s.word() == stage);
    let at = u8::try_from(at.unwrap_or(ORDER.len())).unwrap_or(u8::MAX);
    (!is_mine, at, need_by.is_none(), need_by)
}

fn is_shown(args: &Args, stage: &str) -> bool {
    args.stage.as_deref().is_none_or(|s| s == stage)
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    if args.json {
        return json(args, context, streams);
    }
    if args.search.is_none()
        && let Some(limit) = args.limit
        && let Some(rows) = context.store.recent(&context.lens)
    {
        let picked = Picked::of(args, context, &rows);
        let first = picked.shown.iter().take(limit).map(|(_, place)| *place);
        let looked_at = first.chain(picked.under_way.iter().copied());
        let looked_at: Vec<Row<'_>> = looked_at.filter_map(|place| rows.at(place)).collect();
        if context.store.are_as_known(&rows, &looked_at) {
            return picked.tell(args, context, streams);
        }
    }
    let rows = match args.search.as_deref().map(Search::parse) {
        Some(search) => context.store.search(&search, &context.lens)?,
        None => context.store.rows(&context.lens)?,
    };
    Picked::of(args, context, &rows).tell(args, context, streams)
}

/// The briefs that are listed, in their order, and why others are not.
struct Picked<'a> {
    rows: &'a Rows,
    /// By their places: of ten thousand that is a quarter of a megabyte less.
    shown: Vec<(Key, u32)>,
    under_way: Vec<u32>,
    archived: usize,
    of_others: usize,
    /// Whether there is any but for its stage.
    any: bool,
    /// Columns of the longest stage and id.
    widths: (usize, usize),
}

impl<'a> Picked<'a> {
    fn of(args: &Args, context: &Context, rows: &'a Rows) -> Self {
        let (mut archived, mut of_others, mut any) = (0, 0, false);
        let (mut stages, mut id) = (BTreeSet::new(), 0);
        let mut shown = Vec::with_capacity(rows.len());
        let mut under_way = Vec::new();
        for (place, line) in rows.places() {
            let Some(row) = line.head() else { continue };
            if row.is_under_way() {
                under_way.push(place);
            }
            if row.archived && !args.all {
                archived += 1;
                continue;
            }
            let is_mine = context.me.answers_to(row.owner);
            if !is_mine && !args.everyone {
                of_others += 1;
                continue;
            }
            any = true;
            if is_shown(args, row.stage) {
                // Rows come by id, and stay so within a day.
                shown.push((key(is_mine, row.stage, row.need_by), place));
                stages.insert(row.stage);
                id = id.max(row.id.len());
            }
        }
        let labels = stages.into_iter().map(Stage::from_word);
        let stage = labels.map(|stage| text::width(stage.label())).max();
        match args.limit.filter(|limit| *limit < shown.len()) {
            Some(limit) => {
                let (first, ..) = shown.select_nth_unstable(limit);
                first.sort_unstable();
            }
            None => shown.sort_unstable(),
        }
        Self {
            rows,
            shown,
            under_way,
            archived,
            of_others,
            any,
            widths: (stage.unwrap_or_default(), id),
        }
    }

    fn tell(&self, args: &Args, context: &Context, streams: &mut Streams) -> Done {
        let broken = &self.rows.broken;
        let local = context.here.local(context.now);
        let mut lines = Lines::default();
        let first = self.shown.iter().take(args.limit.unwrap_or(usize::MAX));
        for row in first.filter_map(|(_, place)| self.rows.at(*place)?.summary()) {
            lines.row(context, &row, local, self.widths);
            if lines.text.len() > PIECE {
                streams.out.write_all(lines.text.as_bytes())?;
                lines.text.clear();
            }
        }
        streams.out.write_all(lines.text.as_bytes())?;
        for file in broken {
            writeln!(
                streams.out,
                "! broken  {}: {}",
                text::line(&file.file),
                text::line(&file.summary)
            )?;
        }
        let shown = self.shown.len();
        if let Some(limit) = args.limit.filter(|limit| *limit < shown) {
            writeln!(streams.out, "and {} more", shown - limit)?;
        }
        if self.of_others > 0 {
            let command = context.to_paste("askfirst list --everyone");
            let command = text::line(&command).into_owned();
            writeln!(streams.out, "{} of colleagues: {command}", self.of_others)?;
        } else if shown == 0 && broken.is_empty() {
            nothing(args, context, streams, self.any, self.archived)?;
        }
        Ok(())
    }
}

/// Why there is nothing to list.
fn nothing(
    args: &Args,
    context: &Context,
    streams: &mut Streams,
    any: bool,
    archived: usize,
) -> Done {
    let place = context.place.path.display().to_string();
    let place = text::line(&place);
    match (any, args.stage.as_deref()) {
        (true, Some(stage)) => writeln!(streams.out, "No brief in {place} is {stage}")?,
        _ if archived > 0 => writeln!(
            streams.out,
            "Everything in {place} is archived: {archived}. {}",
            text::line(&context.to_paste("See them with: askfirst list --all"))
        )?,
        _ if args.search.is_some() => {
            writeln!(streams.out, "No brief in {place} has all of these words")?;
        }
        _ => writeln!(
            streams.out,
            "No briefs in {place} yet. {}",
            text::line(
                &context.to_paste("Begin with: askfirst new, or look around with: askfirst demo")
            )
        )?,
    }
    Ok(())
}

/// The same with everything that scripts may want, for which the briefs are
/// read: those of everyone, with the owner of each.
fn json(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let mut briefs: Vec<Brief> = Vec::new();
    let mut broken: Vec<Broken> = Vec::new();
    let words = args.search.as_deref().map(Search::parse);
    let is_found = |brief: &Brief| {
        let mut words = words.iter();
        words.all(|words| words.is_in(&search::folded(brief)))
    };
    for entry in context.store.list()? {
        match entry {
            Entry::Brief(loaded) => briefs.push(loaded.brief.into_inner()),
            Entry::Broken(file) => broken.push(file),
        }
    }
    briefs.retain(|b| (args.all || !b.archived) && is_shown(args, b.stage.word()) && is_found(b));
    briefs.sort_by_key(|brief| {
        let is_mine = context.me.is_mine(brief);
        let key = key(is_mine, brief.stage.word(), brief.plan.need_by);
        (key, brief.id.clone())
    });
    briefs.truncate(args.limit.unwrap_or(usize::MAX));
    let briefs: Vec<_> = briefs.iter().map(|b| shapes::summary(context, b)).collect();
    let broken: Vec<_> = broken.iter().map(shapes::broken).collect();
    shapes::write(
        &mut streams.out,
        &json!({ "briefs": briefs, "broken": broken }),
    )
}

/// Lines one after the other; what is the same in many of them is made once.
#[derive(Default)]
struct Lines {
    text: String,
    days: HashMap<Day, String>,
}

impl Lines {
    fn day(&mut self, day: Day) {
        let shown = self.days.entry(day).or_insert_with(|| date::show(day));
        self.text.push_str(shown);
    }

    fn row(
        &mut self,
        context: &Context,
        row: &Summary<'_>,
        now: Local,
        (stage, id): (usize, usize),
    ) {
        let label = text::line(row.stage.label());
        self.text.push_str(row.stage.symbol());
        self.text.push(' ');
        self.text.push_str(&label);
        self.gap(stage.saturating_sub(text::width(&label)) + 2);
        self.text.push_str(&row.id);
        self.gap(id.saturating_sub(row.id.len()) + 2);
        match row.title.trim() {
            "" => self.text.push_str("(no title yet)"),
            title => self.text.push_str(text::line(title).trim_end()),
        }
        let mut more = Parts(false);
        if row.is_undecided {
            more.add(&mut self.text, "changed in two ways, choose one");
        }
        if !context.me.answers_to(&row.owner) {
            more.add(&mut self.text, "of ");
            self.text.push_str(&text::line(&row.owner));
        }
        if let Some(name) = &row.requester {
            more.add(&mut self.text, "for ");
            self.text.push_str(&text::line(name));
        }
        if let Some(day) = row.need_by {
            more.add(&mut self.text, "by ");
            self.day(day);
        }
        if row.is_amended {
            more.add(&mut self.text, "amended");
        }
        if let Some(name) = &row.objector {
            more.add(&mut self.text, &text::line(name));
            self.text.push_str(" objected");
        }
        if let Some(clock) = row.unconfirmed(&context.work, now) {
            more.add(&mut self.text, &text::line(&clock));
        }
        let put_off = row.put_off.is_some_and(|until| until > context.now);
        let muted = row.muted.as_deref();
        if let Some(words) = attention::words(muted, row.due(now), put_off) {
            more.add(&mut self.text, &text::line(&words));
        }
        if row.archived {
            more.add(&mut self.text, "archived");
        }
        if more.0 {
            self.text.push(')');
        }
        self.text.push('\n');
    }

    fn gap(&mut self, columns: usize) {
        self.text.extend(std::iter::repeat_n(' ', columns));
    }
}

/// What stands in brackets after a title; whether there is anything yet.
struct Parts(bool);

impl Parts {
    fn add(&mut self, to: &mut String, part: &str) {
        to.push_str(if self.0 { ", " } else { "  (" });
        to.push_str(part);
        self.0 = true;
    }
}
