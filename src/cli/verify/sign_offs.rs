//! `verify BRIEF`: every stored signature is checked again.

use serde_json::{Value, json};

use super::super::{Context, Done, Failure, Streams, json as shapes, signers};
use super::Args;
use crate::domain::work_time::Zone as _;
use crate::domain::{Agreement, Brief, EventKind, date, text};
use crate::signature::{self, Judged, Verdict};
use crate::storage::Loaded;

pub fn run(loaded: &Loaded, args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let brief = &loaded.brief;
    // Without any customer's signature nobody's key has to be known.
    let theirs = brief
        .effective_events()
        .into_iter()
        .any(|e| e.kind == EventKind::Signed && !e.signature.trim().is_empty());
    let allowed = match signers::find(&args.signers, context) {
        Ok(allowed) => Some(allowed),
        Err(failure) if theirs || args.signers.allowed_signers.is_some() => return Err(failure),
        Err(_) => None,
    };
    let local = |at| context.here.local(at);
    let judged = signature::judge(brief, allowed.as_ref(), context.now, local)?;
    let is_good = judged.iter().all(|j| j.verdict.is_good());
    if args.json {
        let value = json!({
            "id": brief.id.as_str(),
            "code": Agreement::of(brief).code().to_string(),
            "allowed_signers": allowed.map(|a| a.signers.display().to_string()),
            "good": is_good,
            "signatures": judged.iter().map(shape).collect::<Vec<_>>(),
        });
        shapes::write(&mut streams.out, &value)?;
    } else if judged.is_empty() {
        writeln!(
            streams.out,
            "No sign-off of {} has a signature: there is nothing to check",
            brief.id
        )?;
    } else {
        for one in &judged {
            for line in lines(brief, one) {
                writeln!(streams.out, "{line}")?;
            }
        }
    }
    match is_good {
        true => Ok(()),
        false => Err(Failure::said()),
    }
}

/// What is wrong, or what there is to know all the same.
fn reasons(verdict: &Verdict) -> Vec<String> {
    match verdict {
        Verdict::Good { notes, .. } => notes.clone(),
        Verdict::Unnamed => Vec::new(),
        Verdict::Doubtful(doubt) => vec![doubt.to_string()],
        Verdict::Invalid(invalid) => vec![invalid.to_string()],
        Verdict::Unfit(signature::Unfit::OtherText) => {
            vec!["it does not sign the text that is stored with it".to_owned()]
        }
        Verdict::Unfit(unfit) => vec![unfit.to_string()],
    }
}

fn lines(brief: &Brief, one: &Judged) -> Vec<String> {
    let who = match (&one.kind, &one.by) {
        (EventKind::Countersigned, _) => "the worker".to_owned(),
        (_, Some(by)) => text::line(brief.name_of(by)).into_owned(),
        (_, None) => "nobody".to_owned(),
    };
    let on = date::show(one.at.date_naive());
    let version = match one.is_current {
        true => "today's version",
        false => "an older version",
    };
    let code = text::line(&one.code);
    let key = one.fingerprint.as_deref().unwrap_or("no key");
    let head = match &one.verdict {
        Verdict::Good { principal, .. } => format!(
            "\u{2713} good: {who}, {on}, {version} {code}, by {key}, the key of {}",
            text::line(principal)
        ),
        Verdict::Unnamed => format!(
            "\u{2713} good: {who}, {on}, {version} {code}, by {key}, which no allowed signer names"
        ),
        other => format!(
            "\u{d7} {}: {who}, {on}, {code}, by {key}",
            other.word().replace('-', " ")
        ),
    };
    let mark = match one.verdict.is_good() {
        true => "  note: ",
        false => "  ",
    };
    let why = reasons(&one.verdict).into_iter();
    let why = why.map(|reason| format!("{mark}{}", text::line(&reason)));
    [head].into_iter().chain(why).collect()
}

fn shape(one: &Judged) -> Value {
    let principal = match &one.verdict {
        Verdict::Good { principal, .. } => Some(principal),
        _ => None,
    };
    json!({
        "event": one.event,
        "kind": one.kind.word(),
        "by": one.by.as_ref().map(|by| by.as_str()),
        "at": one.at.to_rfc3339(),
        "code": one.code,
        "current": one.is_current,
        "verdict": one.verdict.word(),
        "reasons": reasons(&one.verdict),
        "principal": principal,
        "fingerprint": one.fingerprint,
    })
}
