//! The JSON of `reply`.

use serde_json::{Value, json};

use super::super::{Done, Streams, json as shapes};
use super::Reply;
use super::record::Recorded;
use super::talk::certainty;
use crate::domain::reply::Given;
use crate::domain::{Brief, Section};
use crate::reply::Target;
use crate::reply::taking::Taking;

/// Writes what a reply was taken for, and what became of it.
pub fn write(
    streams: &mut Streams,
    brief: &Brief,
    reply: &Reply<'_>,
    taking: &Taking,
    left: &[usize],
    recorded: Option<&[Recorded]>,
) -> Done {
    let pieces: Vec<Value> = taking
        .rows()
        .iter()
        .enumerate()
        .map(|(at, row)| {
            json!({
                "words": row.piece.words,
                "certainty": certainty(row.piece.certainty),
                "why": row.piece.why,
                "target": target(row.take.as_ref()),
                "applied": recorded.is_some() && !left.contains(&at),
            })
        })
        .collect();
    let briefs: Vec<Value> = recorded.unwrap_or_default().iter().map(outcome).collect();
    shapes::write(
        &mut streams.out,
        &json!({
            "id": brief.id.as_str(),
            "by": reply.sender.by.as_str(),
            "why": reply.sender.why.word(),
            "on": reply.came.on.to_string(),
            "via": reply.came.via,
            "pieces": pieces,
            "left": left.len(),
            "recorded": recorded.is_some(),
            "briefs": briefs,
        }),
    )
}

fn outcome(one: &Recorded) -> Value {
    let (brief, outcome) = (&one.brief, &one.outcome);
    let waits: Vec<&str> = outcome.waits.iter().map(Section::word).collect();
    json!({
        "id": brief.id.as_str(),
        "event": one.event,
        "stage": brief.stage.word(),
        "answers": outcome.answers,
        "order": outcome.order,
        "signed": outcome.signed.map(|code| code.to_string()),
        "objection": outcome.objection,
        "remarks": outcome.remarks,
        "waits": waits,
    })
}

fn target(target: Option<&Target>) -> Value {
    match target {
        Some(Target::Answer {
            brief,
            question,
            given,
        }) => {
            let (kind, value) = match given {
                Given::Yes => ("yes", None),
                Given::No => ("no", None),
                Given::Reading(id) => ("reading", Some(id.to_string())),
                Given::Day(day) => ("day", Some(day.to_string())),
                Given::Words => ("words", None),
            };
            json!({
                "kind": "answer",
                "brief": brief.as_str(),
                "question": question,
                "given": kind,
                "value": value,
            })
        }
        Some(Target::Order { brief, needs }) => {
            let needs: Vec<&str> = needs.iter().map(|id| id.as_str()).collect();
            json!({ "kind": "order", "brief": brief.as_str(), "needs": needs })
        }
        Some(Target::Yes { brief, code }) => {
            json!({ "kind": "yes", "brief": brief.as_str(), "code": code.to_string() })
        }
        Some(Target::OldYes { brief, code }) => {
            json!({ "kind": "old-yes", "brief": brief.as_str(), "code": code.to_string() })
        }
        Some(Target::Objection { brief }) => {
            json!({ "kind": "objection", "brief": brief.as_str() })
        }
        Some(Target::Remark) => json!({ "kind": "remark" }),
        None => json!({ "kind": "dropped" }),
    }
}
