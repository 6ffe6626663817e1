//! JSON for scripts; `docs/json.md` tells the shapes.

use std::fmt::Write as _;
use std::io::Write;

use serde_json::{Value, json};

use super::attention::Attention;
use super::{Context, Done};
use crate::checklist::{Checklist, Choice};
use crate::domain::questions::open_questions;
use crate::domain::sign_off::{self, SectionState, lapsed, section_states};
use crate::domain::{Agreement, Brief, Difference, Section, conflict, readiness, reply};
use crate::export;
use crate::storage::{Broken, Loaded};

/// Writes a value for people who read JSON, with a line break at the end.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, value: &Value) -> Done {
    let text = serde_json::to_string_pretty(value)?;
    writeln!(out, "{}", escape_invisible(&text))?;
    Ok(())
}

/// The same JSON with what a terminal would obey or hide written as `\u....`:
/// nothing is lost, and nothing acts. Outside of strings JSON has none of it.
fn escape_invisible(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        let acts = matches!(c, '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{34f}' | '\u{fff9}'..='\u{fffb}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}');
        if acts {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Adds keys to an object.
pub fn add(value: &mut Value, more: impl IntoIterator<Item = (&'static str, Value)>) {
    if let Value::Object(map) = value {
        map.extend(more.into_iter().map(|(key, value)| (key.to_owned(), value)));
    }
}

/// The brief in a list: what it is, for whom, and how far it has come.
pub fn summary(context: &Context, brief: &Brief) -> Value {
    let mut value = json!({
        "id": brief.id.as_str(),
        "title": brief.title,
        "stage": brief.stage.word(),
        "archived": brief.archived,
        "checklist": brief.checklist,
        "created": brief.created.to_rfc3339(),
        "owner": brief.owner,
        "mine": context.me.is_mine(brief),
        "undecided": brief.conflicts.len(),
        "requester": brief.requester().map(|c| &c.name),
        "need_by": brief.plan.need_by.map(|day| day.to_string()),
        "code": Agreement::of(brief).code().to_string(),
        "amended": lapsed(brief).iter().map(|s| s.word()).collect::<Vec<_>>(),
        "open_questions": open_questions(brief).len(),
        "unanswered": unanswered(brief),
    });
    add(&mut value, Attention::of(brief, context).json(brief));
    value
}

/// What customers wrote that the brief does not hold yet.
fn unanswered(brief: &Brief) -> Value {
    let said = reply::unanswered(brief);
    said.iter()
        .map(|said| {
            json!({
                "by": said.by.as_str(),
                "on": said.on.to_string(),
                "objection": Some(said.objection).filter(|words| !words.is_empty()),
                "remarks": said.remarks,
            })
        })
        .collect()
}

/// Addresses by customer. Exports have none: they are made to be passed on.
fn reach(brief: &Brief) -> Value {
    let known = brief
        .customers
        .iter()
        .filter(|c| !c.reach.trim().is_empty());
    known
        .map(|c| (c.id.to_string(), Value::from(c.reach.as_str())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// Where a brief is after a command that moves it, and the id of what was
/// recorded; `null` where there was nothing to do.
pub fn moved(brief: &Brief, recorded: bool) -> Value {
    let event = brief.events.last().filter(|_| recorded);
    json!({
        "id": brief.id.as_str(),
        "stage": brief.stage.word(),
        "archived": brief.archived,
        "code": Agreement::of(brief).code().to_string(),
        "event": event.map(|e| &e.id),
    })
}

/// How each section stands: `agreed` where one customer agreed to it as it is.
pub fn sections(brief: &Brief) -> Value {
    let yeses = sign_off::by_section(brief);
    let sections = section_states(brief).into_iter().zip(yeses);
    let sections = sections.map(|((section, state), (_, yeses))| {
        let (word, by) = match &state {
            SectionState::Open => ("open", &[][..]),
            SectionState::Agreed(by) => ("agreed", by.as_slice()),
            SectionState::Lapsed(by) => ("lapsed", by.as_slice()),
        };
        let by: Vec<&str> = by.iter().map(|id| id.as_str()).collect();
        json!({
            "section": section.word(),
            "state": word,
            "by": by,
            "yeses": export::section_yeses(&yeses),
        })
    });
    sections.collect()
}

/// The brief with everything in it, and how it stands.
pub fn full(context: &Context, loaded: &Loaded) -> Value {
    let brief = &loaded.brief;
    let mut value = summary(context, brief);
    let questions: Vec<Value> = open_questions(brief)
        .iter()
        .map(|q| {
            json!({
                "question": q.question,
                "to": q.to.as_str(),
                "put": q.put,
                "guess": q.guess,
                "asked": q.asked.map(|day| day.to_string()),
            })
        })
        .collect();
    let needed = context.needed(brief);
    let blockers: Vec<Value> = readiness::blockers(brief, &needed)
        .iter()
        .map(|b| {
            json!({
                "what": b.requirement.key(),
                "reason": b.reason,
                "question": b.question,
                "waived": b.waived,
            })
        })
        .collect();
    let gaps: Vec<Value> = super::review::gap_lines(brief)
        .into_iter()
        .map(Value::from)
        .collect();
    let exported = serde_json::from_str(&export::json_text(brief));
    if let Value::Object(map) = &mut value {
        map.insert("read_only".into(), json!(loaded.read_only));
        map.insert("notes".into(), json!(loaded.notes));
        map.insert("reach".into(), reach(brief));
        map.insert("sections".into(), sections(brief));
        map.insert("questions".into(), questions.into());
        map.insert("blockers".into(), blockers.into());
        map.insert("gaps".into(), gaps.into());
        map.insert("conflicts".into(), conflicts(brief));
        map.insert("brief".into(), exported.unwrap_or(Value::Null));
    }
    value
}

/// What two people changed in two ways: the versions in words, as the review
/// shows them.
pub fn conflicts(brief: &Brief) -> Value {
    let conflicts = brief.conflicts.iter().map(|found| {
        json!({
            "place": found.place,
            "what": conflict::what(brief, &found.place),
            "versions": conflict::versions(brief, found),
        })
    });
    conflicts.collect()
}

/// A checklist with its questions, in the words of a checklist file.
pub fn checklist(checklist: &Checklist) -> Value {
    let choice = |c: &Choice| json!({ "value": c.value, "label": c.label });
    let questions = checklist.questions.iter().map(|q| {
        json!({
            "id": q.id,
            "kind": q.kind.word(),
            "ask": q.ask,
            "why": q.why,
            "example": q.example,
            "put": q.put,
            "advice": q.advice,
            "choices": q.choices.iter().map(choice).collect::<Vec<_>>(),
            "needed": q.needed,
            "section": q.section.as_ref().map(Section::word),
            "conditional": !q.when.is_empty(),
            "phase": checklist.is_check_in().then(|| q.phase.word()),
        })
    });
    json!({
        "id": checklist.id,
        "title": checklist.title,
        "about": checklist.about,
        "questions": questions.collect::<Vec<_>>(),
    })
}

/// A file that is no readable brief.
pub fn broken(broken: &Broken) -> Value {
    json!({
        "file": broken.file,
        "summary": broken.summary,
        "line": broken.line,
        "column": broken.column,
        "hint": broken.hint,
    })
}

/// What changed between two versions, by section.
pub fn differences(changed: &[Difference]) -> Value {
    changed
        .iter()
        .map(|d| json!({ "section": d.section.word(), "removed": d.removed, "added": d.added }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_loses_nothing_and_sends_nothing_that_acts() {
        let nasty = json!({ "t": "a\u{1b}[31m\u{202e}b\u{9b}c\u{e0041}\u{1f600}" });
        let mut out = Vec::new();
        write(&mut out, &nasty).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(
            text.contains("\\u001b[31m\\u202eb\\u009bc\\udb40\\udc41\u{1f600}"),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), nasty);
    }
}
