//! `amend`.

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{Context, Done, Failure, Streams, json as shapes, review, save};
use crate::domain::action::Call;
use crate::domain::amendment::{self, Amended, NotCalled};
use crate::domain::{Brief, Change, Section, date, text};

/// Say what a change since a yes is: material, or a mere rewording
///
/// Without --material and --rewording it shows what has changed since whose yes,
/// and how that counts. What you call nothing counts as material: the yes to
/// that part has lapsed and is asked for again. A rewording says the same in
/// other words: the yes stands, and whoever gave it is shown the difference with
/// the next message all the same. The next change of that part is judged anew.
///
/// With --json: { "id", "code", "changes" }, each { "section", "by", "code",
/// "since", "counts", "called", "because", "removed", "added" }.
///
/// Examples:
///   askfirst amend analysts
///   askfirst amend analysts --rewording needs --because "a typing error"
///   askfirst amend analysts --material dates
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// Parts that say the same in other words
    #[arg(long, value_name = "PART", value_delimiter = ',')]
    rewording: Vec<Part>,
    /// Parts that say something else
    #[arg(long, value_name = "PART", value_delimiter = ',')]
    material: Vec<Part>,
    /// Why; it is kept, and shown to the customer
    #[arg(long, value_name = "TEXT", default_value = "")]
    because: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A part of what is agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// What they want and why
    Want,
    /// The needs and their order
    Needs,
    /// What is out of scope
    Scope,
    /// The solution
    Solution,
    /// The dates
    Dates,
}

impl Part {
    fn section(self) -> Section {
        match self {
            Self::Want => Section::Want,
            Self::Needs => Section::Needs,
            Self::Scope => Section::Scope,
            Self::Solution => Section::Solution,
            Self::Dates => Section::Dates,
        }
    }
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let loaded = context.load(&args.brief)?;
    if let Some(both) = args.rewording.iter().find(|p| args.material.contains(p)) {
        let both = both.section();
        return Err(Failure::wrong_usage(format!(
            "{both} is named as a rewording and as material"
        )));
    }
    let calls = [
        (Call::Rewording, &args.rewording),
        (Call::Material, &args.material),
    ];
    let any = calls.iter().any(|(_, parts)| !parts.is_empty());
    if !any && !args.because.trim().is_empty() {
        return Err(Failure::wrong_usage(
            "--because needs --rewording or --material",
        ));
    }
    let brief = match any {
        false => loaded.brief,
        true => {
            save::change(context, &loaded.brief.id, |brief, event| {
                let mut changes = Vec::new();
                for (at, (call, parts)) in calls.iter().enumerate() {
                    let sections: Vec<Section> = parts.iter().map(|p| p.section()).collect();
                    if sections.is_empty() {
                        continue;
                    }
                    // Two events at once need two ids.
                    let event = match at {
                        0 => event.to_owned(),
                        _ => format!("{event}-m"),
                    };
                    let change = amendment::call(
                        brief,
                        &sections,
                        *call,
                        &args.because,
                        &event,
                        context.now,
                    );
                    changes.push(change.map_err(|why| refused(why, brief))?);
                }
                Ok(Some(Change::All(changes)))
            })?
            .brief
        }
    };
    if args.json {
        return shapes::write(&mut streams.out, &changes(&brief));
    }
    let out = &mut streams.out;
    let amended = amendment::amended(&brief);
    if amended.is_empty() {
        writeln!(out, "Nothing has changed since a yes")?;
        return Ok(());
    }
    for change in &amended {
        writeln!(out, "{}", line(&brief, change))?;
        let difference = review::differences(std::slice::from_ref(&change.difference));
        // Its first line is the heading, which is said already.
        for told in difference.lines().skip(1) {
            writeln!(out, "  {}", text::line(told))?;
        }
    }
    if amended.iter().any(|a| a.counts == Call::Material) {
        let ask = format!("ask for the yes again: askfirst share {}", brief.id);
        writeln!(out, "{}", context.to_paste(&ask))?;
    }
    Ok(())
}

/// `! the dates, since the yes of Dana Reyes on ...: material`.
fn line(brief: &Brief, change: &Amended) -> String {
    let (mark, counts) = match (change.counts, change.called) {
        (Call::Rewording, _) => ('~', "a rewording, as you call it; the yes stands"),
        (Call::Material, true) => ('!', "material, as you call it; the yes has lapsed"),
        (Call::Material, false) => ('!', "material, as long as you call it nothing else"),
    };
    let because = match change.because.trim() {
        "" => String::new(),
        because => format!(" ({})", text::line(because)),
    };
    format!(
        "{mark} {}, since the yes of {} on {} to {}: {counts}{because}",
        text::line(change.section.label()),
        text::line(brief.name_of(&change.by)),
        date::show(change.since.date_naive()),
        text::line(&change.code),
    )
}

fn changes(brief: &Brief) -> Value {
    let amended = amendment::amended(brief);
    let changes = amended.iter().map(|a| {
        json!({
            "section": a.section.word(),
            "by": a.by.as_str(),
            "code": a.code,
            "since": a.since.to_rfc3339(),
            "counts": match a.counts {
                Call::Rewording => "rewording",
                Call::Material => "material",
            },
            "called": a.called,
            "because": a.because,
            "removed": a.difference.removed,
            "added": a.difference.added,
        })
    });
    json!({
        "id": brief.id.as_str(),
        "code": crate::domain::Agreement::of(brief).code().to_string(),
        "changes": changes.collect::<Vec<_>>(),
    })
}

fn refused(why: NotCalled, brief: &Brief) -> Failure {
    Failure::new("this change cannot be called anything")
        .because(why)
        .hint(format!(
            "see what changed since which yes: askfirst amend {}",
            brief.id
        ))
}
