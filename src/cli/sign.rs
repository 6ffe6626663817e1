//! `sign`.

mod by_key;

use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{Context, Done, Failure, Streams, files, json as shapes, review, save, share, signers};
use crate::domain::action::{self, NotNow, Said};
use crate::domain::sign_off::{self, WrongCode};
use crate::domain::{Agreement, Brief, Code, EventKind, ItemId, Section, Sheet, text};
use crate::reply::{self, Letter, Piece, Target};

/// Record that a customer said yes
///
/// The code says to which version. The code of an older version signs nothing:
/// what has changed since is shown. With --heard it is recorded that they heard
/// of it and did not say yes, which agrees to nothing and needs no code. A yes
/// covers what is still open for whoever says it; what they said yes to before
/// and has not changed keeps their earlier words.
///
/// Words that name another code are refused, unless --anyway is given.
///
/// --ssh-signature takes a signature instead, checked by ssh-keygen as git does
/// it: askfirst export BRIEF --format agreement writes the text, the customer
/// runs ssh-keygen -Y sign -n askfirst-signoff@v1 -f KEY FILE and sends FILE.sig
/// back. The key counts for the customer whose address (reach) the allowed
/// signers name; --by says whose it is where the brief has no address of theirs.
/// Where it has another address the signature is refused: put the address right
/// in the brief. --worker records your own signature under today's version.
///
/// With --json: { "id", "by", "code", "covers", "grade", "stage", "agreed",
/// "key", "sections", "blockers", "warnings" }, where "agreed" is false for
/// --heard; with --worker { "id", "code", "key", "event" }.
///
/// Examples:
///   askfirst sign analysts --by Dana --code 7K2M9Q --via mail --words "OK 7K2M9Q"
///   askfirst sign analysts --by HR --code 7K2M9Q --only need
///   askfirst sign analysts --by Dana --heard --words "I'll have a look"
///   askfirst sign analysts --ssh-signature analysts.txt.sig
///   askfirst sign analysts --worker --ssh-key ~/.ssh/id_ed25519
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
    /// The customer who said it, by name
    #[arg(
        long,
        value_name = "NAME",
        required_unless_present_any = ["ssh_signature", "worker"],
        conflicts_with = "worker"
    )]
    by: Option<String>,
    /// The code that they named
    #[arg(
        long,
        required_unless_present_any = ["heard", "ssh_signature", "worker"],
        conflicts_with_all = ["heard", "ssh_signature", "worker"]
    )]
    code: Option<String>,
    /// How they said it: mail, chat, in person
    #[arg(long, value_name = "CHANNEL", default_value = "")]
    via: String,
    /// Their words, or - to read them from standard input
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        allow_hyphen_values = true,
        conflicts_with_all = ["ssh_signature", "worker"]
    )]
    words: String,
    /// They agreed to this part only
    #[arg(long, conflicts_with_all = ["heard", "ssh_signature", "worker"])]
    only: Option<Part>,
    /// Record it although their words name another code
    #[arg(long, conflicts_with_all = ["heard", "ssh_signature", "worker"])]
    anyway: bool,
    /// They heard of it and did not agree
    #[arg(long, conflicts_with_all = ["ssh_signature", "worker"])]
    heard: bool,
    /// The signature under the agreement, or - to read it from standard input
    #[arg(long, value_name = "FILE")]
    ssh_signature: Option<PathBuf>,
    /// It is your own signature
    #[arg(long)]
    worker: bool,
    /// Sign with this key of yours, or with the agent's key for a .pub
    #[arg(
        long,
        value_name = "FILE",
        requires = "worker",
        conflicts_with = "ssh_signature"
    )]
    ssh_key: Option<PathBuf>,
    #[command(flatten)]
    signers: signers::KeyOptions,
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
    if args.worker {
        return by_key::worker(args, context, streams);
    }
    if let Some(file) = &args.ssh_signature {
        return by_key::customer(args, file, context, streams);
    }
    let loaded = context.load(&args.brief)?;
    let by = share::customer(&loaded.brief, args.by.as_deref())?;
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
    let warnings: Vec<String> = condition
        .map(|said| format!("they wrote \u{201c}{said}\u{201d}: is that a yes to all of it? Change the brief to what they want, share it, and sign the new code"))
        .into_iter()
        .collect();
    if args.json {
        let value = recorded(context, brief, Some(&by), !args.heard, &warnings);
        return shapes::write(&mut streams.out, &value);
    }
    let name = text::line(brief.name_of(&by)).into_owned();
    if args.heard {
        writeln!(
            streams.out,
            "Recorded that {name} heard of it. Nothing is agreed by that"
        )?;
        return Ok(());
    }
    writeln!(
        streams.out,
        "{name} said yes to {}, version {}; the brief is {}",
        what(&covered(brief)),
        Agreement::of(brief).code(),
        text::line(brief.stage.label())
    )?;
    review::write(&mut streams.out, context, brief)?;
    for warning in &warnings {
        writeln!(streams.err, "look at this: {}", text::line(warning))?;
    }
    Ok(())
}

/// What the yes that was just recorded covers.
fn covered(brief: &Brief) -> Vec<Section> {
    let yes = brief.events.iter().rfind(|e| e.kind == EventKind::Signed);
    match yes.map(|e| e.covers.as_slice()) {
        None | Some([]) => Section::ALL.to_vec(),
        Some(covers) => covers.to_vec(),
    }
}

fn what(covers: &[Section]) -> String {
    if covers.len() == Section::ALL.len() {
        "the whole brief".to_owned()
    } else if covers == Part::Need.sections() {
        "the need".to_owned()
    } else if covers == Part::Solution.sections() {
        "the solution".to_owned()
    } else {
        let labels: Vec<&str> = covers.iter().map(Section::label).collect();
        text::line(&labels.join(", ")).into_owned()
    }
}

/// What was recorded, for scripts.
fn recorded(
    context: &Context,
    brief: &Brief,
    by: Option<&ItemId>,
    agreed: bool,
    warnings: &[String],
) -> Value {
    let event = brief.events.last();
    let yes = sign_off::sign_offs(brief).pop().filter(|_| agreed);
    let blockers = crate::domain::readiness::blockers(brief, &context.needed(brief));
    let blockers: Vec<_> = blockers.iter().map(|b| b.reason.clone()).collect();
    let covers = yes.as_ref().map(|yes| yes.covers.as_slice());
    let covers: Vec<&str> = covers
        .unwrap_or_default()
        .iter()
        .map(Section::word)
        .collect();
    let key = yes.as_ref().and_then(|yes| yes.key.as_ref());
    json!({
        "id": brief.id.as_str(),
        "by": by.map(ItemId::as_str),
        "code": event.map(|e| e.code.clone()).filter(|code| !code.is_empty()),
        "covers": covers,
        "grade": yes.as_ref().map(|yes| yes.grade.word().to_owned()),
        "stage": brief.stage.word(),
        "agreed": agreed,
        "key": key.map(|k| json!({ "principal": k.principal, "fingerprint": k.fingerprint })),
        "sections": shapes::sections(brief),
        "blockers": blockers,
        "warnings": warnings,
    })
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
