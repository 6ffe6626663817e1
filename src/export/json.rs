//! The brief as JSON, for scripts and other programs.

use serde_json::{Map, Value, json};

use crate::domain::conflict;
use crate::domain::coverage::{self, Gap};
use crate::domain::evidence::{self, Key};
use crate::domain::sign_off::{self, SectionState, SectionYes};
use crate::domain::{
    Agreement, Basis, Brief, Day, Difference, EventKind, Grade, ItemId, Section, Stage, Standing,
    questions, readiness, text, wording,
};

use super::record::{View, closing_answers};
use super::{Format, Mark, mark};

/// The whole brief and what follows from it, as one JSON object. The shape is
/// stable: keys may be added, and `schema` grows when one changes its meaning.
///
/// Days are `2026-02-19`, moments RFC 3339 with the offset. What is unknown is
/// `null`; text that is not there is `""`. People and needs are named by `id`.
///
/// | key | value |
/// |---|---|
/// | `mark` | `{program, brief, code, format}`, by which `verify` knows the file |
/// | `schema` | `1` |
/// | `id`, `title`, `checklist`, `stage`, `created`, `archived` | of the brief |
/// | `status` | `agreed`, `amended`, `partly-agreed` or `open` |
/// | `code`, `version` | of the agreement as it stands |
/// | `request` | `{words, by, on, where, origin}` |
/// | `customers` | `[{id, name, role, uses_for}]`, without private notes and addresses |
/// | `readings` | `[{id, text, chosen, standing}]` |
/// | `answers` | `[{id, question, put, text, items, section, standing}]` |
/// | `needs` | in rank order, `[{id, rank, text, for, acceptance, served_by, standing}]` |
/// | `ranked` | whether somebody has put the needs in order |
/// | `rankings` | `[{by, order, on}]` |
/// | `goals` | `[{id, level, owner, text, how}]` |
/// | `deliverables` | `[{id, text, serves, standing}]` |
/// | `out` | `[text]` |
/// | `plan` | `{need_by, appetite, cadence}` |
/// | `assumptions` | what nobody but the worker has said: `[{kind, id, text, agreed}]` |
/// | `open_questions` | most important first, `[{id, to, put, guess, asked}]` |
/// | `gaps` | `[{kind, ...}]`; what `kind` needs: `part`, `need`, `people`, `needs` |
/// | `owner` | whose work it is; `""` is everybody's |
/// | `conflicts` | what two people changed in two ways and nobody chose yet: `[{place, what, versions}]` |
/// | `waivers` | `[{what, because, on}]` |
/// | `shortcuts` | `[{id, text, pay_back, on, paid}]` |
/// | `closing` | of closed work `{made_possible, wrong_guess, remember}`, if told |
/// | `sections` | `[{section, label, state, by, yeses}]`; state `open`, `agreed` or `lapsed` |
/// | `sign_offs` | `[{by, at, via, words, code, version, grade, claimed, proves, key, covers, holds, changed, reworded, invalid}]` |
/// | `worker_signatures` | `[{at, code, version, current, key, invalid}]` |
/// | `agreement` | the canonical text that the code follows from |
/// | `events` | `[{id, kind, at, who, by, to, via, words, code, questions, because}]`, exports left out |
///
/// A `standing` is `{basis, by, on, why, ask}`; a `changed` and a `reworded` is
/// `{section, removed, added}`; a yes of `yeses` is
/// `{by, at, code, grade, state}` with state `agreed`, `reworded` or `lapsed`; a
/// `key` is `{principal, fingerprint}`. `grade` is the one that counts, `claimed`
/// what the file claims where that is more.
///
/// The strings are as they are in the brief: before they go to a terminal,
/// [`json_text`] escapes what could do harm there.
pub fn json_value(brief: &Brief) -> Value {
    let view = View::of(brief);
    let Mark {
        brief: id,
        code,
        format,
    } = mark::of(brief, Format::Json);
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        object.insert(key.to_owned(), value);
    };
    put(
        "mark",
        json!({"program": "askfirst", "brief": id, "code": code, "format": format}),
    );
    put("schema", json!(1));
    put("id", json!(brief.id.as_str()));
    put("title", json!(brief.title));
    put("checklist", json!(brief.checklist));
    put("stage", json!(brief.stage.word()));
    put("status", json!(status(brief, &view)));
    put("created", json!(brief.created.to_rfc3339()));
    put("archived", json!(brief.archived));
    put("code", json!(view.code));
    put("version", json!(view.version(&view.code)));
    content(brief, &mut put);
    put("assumptions", assumptions(&view));
    put("open_questions", open_questions(brief));
    put("gaps", coverage::gaps(brief).iter().map(gap).collect());
    put("owner", json!(brief.owner));
    let conflicts = brief.conflicts.iter().map(|found| {
        json!({
            "place": found.place,
            "what": conflict::what(brief, &found.place),
            "versions": conflict::versions(brief, found),
        })
    });
    put("conflicts", conflicts.collect());
    put(
        "waivers",
        brief
            .waivers
            .iter()
            .map(|w| json!({"what": w.what, "because": w.because, "on": day(w.on)}))
            .collect(),
    );
    put("shortcuts", shortcuts(brief));
    put("closing", closing(brief));
    put("sections", sections(&view));
    put("sign_offs", sign_offs(&view));
    put("worker_signatures", worker_signatures(&view));
    put("agreement", json!(Agreement::of(brief).text()));
    put("events", events(brief));
    Value::Object(object)
}

/// [`json_value`] in lines. Controls, direction marks and other characters
/// that a terminal would obey or hide are written as `\u` escapes, which a
/// program reads back as they were.
pub fn json_text(brief: &Brief) -> String {
    let pretty = serde_json::to_string_pretty(&json_value(brief)).unwrap_or_default();
    let mut safe = String::with_capacity(pretty.len() + 1);
    let mut buffer = [0; 4];
    for c in pretty.chars() {
        let letter: &str = c.encode_utf8(&mut buffer);
        if c.is_ascii() && c != '\u{7f}' || text::line(letter) == letter && !c.is_control() {
            safe.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    safe.push('\n');
    safe
}

fn content(brief: &Brief, put: &mut impl FnMut(&str, Value)) {
    let request = &brief.request;
    put(
        "request",
        json!({
            "words": request.words,
            "by": id(request.by.as_ref()),
            "on": day(request.on),
            "where": request.place,
            "origin": request.origin.as_ref().map(|o| o.word()),
        }),
    );
    let customers = brief.customers.iter().map(|c| {
        json!({
            "id": c.id.as_str(),
            "name": c.name,
            "role": c.role.word(),
            "uses_for": c.uses_for,
        })
    });
    put("customers", customers.collect());
    let readings = brief.readings.iter().map(|r| {
        json!({
            "id": r.id.as_str(),
            "text": r.text,
            "chosen": r.chosen,
            "standing": standing(&r.standing),
        })
    });
    put("readings", readings.collect());
    let answers = brief.answers.iter().map(|(id, a)| {
        json!({
            "id": id,
            "question": a.question,
            "put": a.put,
            "text": a.text,
            "items": a.items,
            "section": a.section.as_ref().map(Section::word),
            "standing": standing(&a.standing),
        })
    });
    put("answers", answers.collect());
    let needs = brief.needs.iter().zip(brief.ranks()).map(|(need, rank)| {
        let served_by = brief
            .deliverables
            .iter()
            .filter(|d| d.serves.contains(&need.id))
            .map(|d| d.id.as_str());
        json!({
            "id": need.id.as_str(),
            "rank": rank,
            "text": need.text,
            "for": ids(&need.whose),
            "acceptance": need.acceptance,
            "served_by": served_by.collect::<Vec<_>>(),
            "standing": standing(&need.standing),
        })
    });
    put("needs", needs.collect());
    put("ranked", json!(readiness::is_ranked(brief)));
    let rankings = brief
        .rankings
        .iter()
        .map(|r| json!({"by": r.by.as_str(), "order": ids(&r.order), "on": day(r.on)}));
    put("rankings", rankings.collect());
    let goals = brief.goals.iter().map(|g| {
        json!({
            "id": g.id.as_str(),
            "level": g.level.word(),
            "owner": g.owner,
            "text": g.text,
            "how": g.how,
        })
    });
    put("goals", goals.collect());
    let deliverables = brief.deliverables.iter().map(|d| {
        json!({
            "id": d.id.as_str(),
            "text": d.text,
            "serves": ids(&d.serves),
            "standing": standing(&d.standing),
        })
    });
    put("deliverables", deliverables.collect());
    put("out", json!(brief.out));
    put(
        "plan",
        json!({
            "need_by": day(brief.plan.need_by),
            "appetite": brief.plan.appetite,
            "cadence": brief.plan.cadence,
        }),
    );
}

fn status(brief: &Brief, view: &View) -> &'static str {
    let any = |wanted: fn(&SectionState) -> bool| view.sections.iter().any(|(_, s)| wanted(s));
    if any(|s| matches!(s, SectionState::Lapsed(_))) {
        "amended"
    } else if sign_off::need_agreed(brief) && sign_off::solution_agreed(brief) {
        "agreed"
    } else if any(|s| matches!(s, SectionState::Agreed(_))) {
        "partly-agreed"
    } else {
        "open"
    }
}

fn assumptions(view: &View) -> Value {
    let brief = view.brief;
    let mut guesses: Vec<Value> = Vec::new();
    let mut add = |kind: &str, id: &str, text: &str, is: &Standing, section: Option<&Section>| {
        if matches!(is.basis, Basis::Guess | Basis::Asked) && !text.trim().is_empty() {
            let agreed = section.is_some_and(|s| view.agreed_by(s).is_some());
            guesses.push(json!({"kind": kind, "id": id, "text": text, "agreed": agreed}));
        }
    };
    if let Some(r) = brief.chosen_reading() {
        let want = Some(&Section::Want);
        add("reading", r.id.as_str(), &r.text, &r.standing, want);
    }
    for (id, a) in brief.answers.iter() {
        let text = [std::slice::from_ref(&a.text), a.items.as_slice()].concat();
        let text = text.join("\n");
        let section = match id {
            "purpose" => Some(&Section::Want),
            _ => a.section.as_ref(),
        };
        add("answer", id, text.trim(), &a.standing, section);
    }
    for need in &brief.needs {
        let needs = Some(&Section::Needs);
        add("need", need.id.as_str(), &need.text, &need.standing, needs);
    }
    let named = brief.out.iter().map(|o| o.trim());
    let out: Vec<&str> = named.filter(|o| !o.is_empty()).collect();
    // As answers these have no text of their own: it is in scope and plan.
    let need_by = brief
        .plan
        .need_by
        .map_or_else(String::new, |d| d.to_string());
    for (id, text, section) in [
        ("out", out.join("\n"), Section::Scope),
        ("need_by", need_by, Section::Dates),
        ("appetite", brief.plan.appetite.clone(), Section::Dates),
    ] {
        add(id, id, text.trim(), &view.standing_of(id), Some(&section));
    }
    guesses.into()
}

fn open_questions(brief: &Brief) -> Value {
    let open = questions::open_questions(brief);
    let open = open.iter().map(|q| {
        json!({
            "id": q.question,
            "to": q.to.as_str(),
            "put": q.put,
            "guess": q.guess,
            "asked": day(q.asked),
        })
    });
    open.collect()
}

fn gap(gap: &Gap) -> Value {
    match gap {
        Gap::PartServesNothing(part) => {
            json!({"kind": "part-serves-nothing", "part": part.as_str()})
        }
        Gap::NeedUnserved(need) => json!({"kind": "need-unserved", "need": need.as_str()}),
        Gap::NoAcceptance(need) => json!({"kind": "no-acceptance", "need": need.as_str()}),
        Gap::NeedOfNobody(need) => json!({"kind": "need-of-nobody", "need": need.as_str()}),
        Gap::OneReading => json!({"kind": "one-reading"}),
        Gap::NoReadingChosen => json!({"kind": "no-reading-chosen"}),
        Gap::NoGoal => json!({"kind": "no-goal"}),
        Gap::RankingsDiffer { people, needs } => json!({
            "kind": "rankings-differ",
            "people": [people.0.as_str(), people.1.as_str()],
            "needs": [needs.0.as_str(), needs.1.as_str()],
        }),
    }
}

fn shortcuts(brief: &Brief) -> Value {
    let shortcuts = brief.shortcuts.iter().map(|s| {
        json!({
            "id": s.id.as_str(),
            "text": s.text,
            "pay_back": day(s.pay_back),
            "on": day(s.on),
            "paid": day(s.paid),
        })
    });
    shortcuts.collect()
}

/// What closed work left to learn; `null` where nothing was told.
fn closing(brief: &Brief) -> Value {
    let told = closing_answers(brief);
    if brief.stage != Stage::Closed || told.is_empty() {
        return Value::Null;
    }
    let of = |id: &str| told.iter().find(|(q, _)| *q == id).map(|(_, a)| *a);
    json!({
        "made_possible": of("made_possible"),
        "wrong_guess": of("wrong_guess"),
        "remember": of("remember"),
    })
}

fn sections(view: &View) -> Value {
    let yeses = sign_off::by_section(view.brief);
    let sections = view.sections.iter().zip(&yeses);
    let sections = sections.map(|((section, state), (_, yeses))| {
        let (state, by): (&str, &[ItemId]) = match state {
            SectionState::Open => ("open", &[]),
            SectionState::Agreed(by) => ("agreed", by),
            SectionState::Lapsed(by) => ("lapsed", by),
        };
        json!({
            "section": section.word(),
            "label": section.label(),
            "state": state,
            "by": ids(by),
            "yeses": section_yeses(yeses),
        })
    });
    sections.collect()
}

/// Who said yes to a section, by which grade, and what became of it.
pub fn section_yeses(yeses: &[SectionYes]) -> Value {
    let yeses = yeses.iter().map(|yes| {
        json!({
            "by": yes.by.as_str(),
            "at": yes.at.to_rfc3339(),
            "code": yes.code,
            "grade": yes.grade.word(),
            "state": yes.holding.word(),
        })
    });
    yeses.collect()
}

fn key(key: &Key) -> Value {
    json!({"principal": key.principal, "fingerprint": key.fingerprint})
}

fn worker_signatures(view: &View) -> Value {
    let signed = evidence::countersigned(view.brief);
    let signed = signed.iter().map(|s| {
        json!({
            "at": s.at.to_rfc3339(),
            "code": s.code,
            "version": view.version(&s.code),
            "current": s.is_current,
            "key": s.key.as_ref().ok().map(key),
            "invalid": s.key.as_ref().err().map(ToString::to_string),
        })
    });
    signed.collect()
}

fn sign_offs(view: &View) -> Value {
    let words =
        |sections: &[Section]| -> Value { sections.iter().map(|s| json!(s.word())).collect() };
    let sign_offs = view.sign_offs.iter().map(|s| {
        let differences = |list: &[Difference]| -> Value {
            let list = list.iter();
            list.map(
                |d| json!({"section": d.section.word(), "removed": d.removed, "added": d.added}),
            )
            .collect()
        };
        let claimed = s.doubt.as_ref().and_then(|_| {
            let event = view.brief.events.iter().find(|e| e.id == s.event)?;
            event.grade.as_ref().map(Grade::word)
        });
        json!({
            "by": s.by.as_str(),
            "at": s.at.to_rfc3339(),
            "via": s.via,
            "words": s.words,
            "code": s.code,
            "version": view.version(&s.code),
            "grade": s.grade.word(),
            "claimed": claimed,
            "proves": wording::proves(s),
            "key": s.key.as_ref().map(key),
            "covers": words(&s.covers),
            "holds": words(&s.holds()),
            "changed": differences(&s.changed),
            "reworded": differences(&s.reworded),
            "invalid": s.invalid.as_ref().map(ToString::to_string),
        })
    });
    sign_offs.collect()
}

/// What happened, without exports: an export must not change the next one.
fn events(brief: &Brief) -> Value {
    let events = brief.effective_events();
    let events = events.iter().filter(|e| e.kind != EventKind::Exported);
    let events = events.map(|e| {
        json!({
            "id": e.id,
            "kind": e.kind.word(),
            "at": e.at.to_rfc3339(),
            "who": e.who,
            "by": id(e.by.as_ref()),
            "to": id(e.to.as_ref()),
            "via": e.via,
            "words": e.words,
            "code": e.code,
            "questions": e.questions,
            "because": e.because,
        })
    });
    events.collect()
}

fn standing(standing: &Standing) -> Value {
    json!({
        "basis": standing.basis.word(),
        "by": id(standing.by.as_ref()),
        "on": day(standing.on),
        "why": standing.why,
        "ask": id(standing.ask.as_ref()),
    })
}

fn id(id: Option<&ItemId>) -> Value {
    json!(id.map(ItemId::as_str))
}

fn ids(ids: &[ItemId]) -> Value {
    ids.iter().map(|id| json!(id.as_str())).collect()
}

fn day(day: Option<Day>) -> Value {
    json!(day.map(|d| d.to_string()))
}
