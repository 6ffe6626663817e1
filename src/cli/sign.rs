//! `sign`.

use clap::ValueEnum;
use serde_json::json;

use super::{Context, Done, Failure, Streams, files, json as shapes, review, save, share};
use crate::domain::action::{self, NotNow, Said};
use crate::domain::sign_off::{self, WrongCode};
use crate::domain::{Agreement, Brief, Code, Section, Sheet, text};
use crate::reply::{self, Letter, Piece, Target};

/// Record that a customer said yes
///
/// The code says to which version. The code of an older version signs nothing:
/// what has changed since is shown. With --heard it is recorded that they heard
/// of it and did not say yes, which agrees to nothing and needs no code.
///
/// Words that name another code are refused, unless --anyway is given.
///
/// With --json: { "id", "by", "code", "covers", "grade", "stage", "agreed",
/// "blockers", "warnings" }, where "agreed" is false for --heard.
///
/// Examples:
///   askfirst sign analysts --by Dana --code 7K2M9Q --via mail --words "OK 7K2M9Q"
///   askfirst sign analysts --by HR --code 7K2M9Q --only need
///   askfirst sign analysts --by Dana --heard --words "I'll have a look"
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// The customer who said it, by name
    #[arg(long, value_name = "NAME")]
    by: String,
    /// The code that they named
    #[arg(long, required_unless_present = "heard", conflicts_with = "heard")]
    code: Option<String>,
    /// How they said it: mail, chat, in person
    #[arg(long, value_name = "CHANNEL", default_value = "")]
    via: String,
    /// Their words, or - to read them from standard input
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        allow_hyphen_values = true
    )]
    words: String,
    /// They agreed to this part only
    #[arg(long, conflicts_with = "heard")]
    only: Option<Part>,
    /// Record it although their words name another code
    #[arg(long, conflicts_with = "heard")]
    anyway: bool,
    /// They heard of it and did not agree
    #[arg(long)]
    heard: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A part that can be agreed to alone.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Part {
    /// What they want, the needs, what is out of scope
    Need,
    /// The solution and the dates
    Solution,
}

impl Part {
    fn sections(self) -> Vec<Section> {
        match self {
            Self::Need => vec![Section::Want, Section::Needs, Section::Scope],
            Self::Solution => vec![Section::Solution, Section::Dates],
        }
    }
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let loaded = context.load(&args.brief)?;
    let by = share::customer(&loaded.brief, Some(&args.by))?;
    let words = if args.words == "-" {
        files::read("-".as_ref(), streams)?
    } else {
        args.words.clone()
    };
    let said = Said {
        by: by.clone(),
        words: words.trim().to_owned(),
        via: args.via.clone(),
        code: args.code.clone().unwrap_or_default(),
        covers: args.only.map(Part::sections).unwrap_or_default(),
    };
    let typed = Code::parse(&said.code).ok().filter(|_| !args.heard);
    let condition = condition(context, &loaded.brief, &said).filter(|_| !args.heard);
    let saved = save::change(context, &loaded.brief.id, |brief, event| {
        if args.heard {
            return Ok(Some(action::heard(
                brief,
                said.clone(),
                event,
                context.now,
            )?));
        }
        if let Some(other) = typed
            .filter(|_| !args.anyway)
            .and_then(|typed| sign_off::other_code(brief, &said.words, typed))
        {
            return Err(named_another(&other, &said.code));
        }
        match action::sign(brief, said.clone(), event, context.now) {
            Ok(change) => Ok(Some(change)),
            Err(not_now) => Err(with_id(not_now, brief.id.as_str())),
        }
    })?;
    let brief = &saved.brief;
    let event = brief.events.last();
    let warnings: Vec<String> = condition
        .map(|said| format!("they wrote \u{201c}{said}\u{201d}: is that a yes to all of it? Change the brief to what they want, share it, and sign the new code"))
        .into_iter()
        .collect();
    if args.json {
        let blockers: Vec<_> = crate::domain::readiness::blockers(brief, &context.needed(brief))
            .iter()
            .map(|b| b.reason.clone())
            .collect();
        let covers: Vec<&str> = if args.heard {
            Vec::new()
        } else if said.covers.is_empty() {
            Section::ALL.iter().map(Section::word).collect()
        } else {
            said.covers.iter().map(Section::word).collect()
        };
        return shapes::write(
            &mut streams.out,
            &json!({
                "id": brief.id.as_str(),
                "by": by.as_str(),
                "code": event.map(|e| e.code.clone()).filter(|code| !code.is_empty()),
                "covers": covers,
                "grade": event.and_then(|e| e.grade.as_ref()).map(|g| g.word().to_owned()),
                "stage": brief.stage.word(),
                "agreed": !args.heard,
                "blockers": blockers,
                "warnings": warnings,
            }),
        );
    }
    let name = text::line(brief.name_of(&by)).into_owned();
    if args.heard {
        writeln!(
            streams.out,
            "Recorded that {name} heard of it. Nothing is agreed by that"
        )?;
        return Ok(());
    }
    let what = match args.only {
        None => "the whole brief",
        Some(Part::Need) => "the need",
        Some(Part::Solution) => "the solution",
    };
    writeln!(
        streams.out,
        "{name} said yes to {what}, version {}; the brief is {}",
        Agreement::of(brief).code(),
        text::line(brief.stage.label())
    )?;
    review::write(&mut streams.out, context, brief)?;
    for warning in &warnings {
        writeln!(streams.err, "look at this: {}", text::line(warning))?;
    }
    Ok(())
}

/// What in their words is no plain yes: "OK, but ...". It stops nothing: who
/// heard the yes knows whether it was one.
fn condition(context: &Context, brief: &Brief, said: &Said) -> Option<String> {
    let letter = Letter {
        text: said.words.clone(),
        ..Letter::default()
    };
    let sheet = Sheet::last(brief, &said.by);
    let pieces = reply::understand(&letter, &[sheet], context.now.date_naive());
    let is_no = |piece: &&Piece| matches!(piece.target, Target::Objection { .. });
    let piece = pieces.iter().find(is_no)?;
    let words = sign_off::check_code(brief, &said.code).ok();
    let words = words.and_then(|code| sign_off::beside_code(&said.words, code));
    Some(words.unwrap_or_else(|| piece.words.trim().to_owned()))
}

fn named_another(other: &str, code: &str) -> Failure {
    Failure::new(format!("their words name another code than {code}"))
        .because(format!("they name {other}"))
        .hint("mend --code or --words, whichever is wrong")
        .hint("if both are as they came, record it with --anyway")
}

/// Names the brief in the hint, so that it can be pasted.
fn with_id(not_now: NotNow, id: &str) -> Failure {
    let old = matches!(not_now, NotNow::Code(WrongCode::Old { .. }));
    let mut failure = Failure::from(not_now);
    for hint in &mut failure.hints {
        *hint = hint.replace("BRIEF", id);
    }
    if old {
        failure.what = "this code signs an older version".to_owned();
    }
    failure
}
