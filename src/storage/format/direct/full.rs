//! A brief in which nothing is left out. Whoever gives it one thing more is told so
//! here by the compiler, and by the test where one of the readers does not know it.

use super::*;
use crate::domain::brief::FORMAT;
use crate::domain::fixture::{at, day, id};
use crate::domain::{
    Answer, Basis, Brief, Conflict, Customer, Deliverable, Event, EventKind, Goal, Grade, Level,
    Need, Origin, Plan, Ranking, Reading, Request, Role, Section, Shortcut, Stage, Standing,
    Waiver, WalkPlace,
};

fn text(of: &str) -> String {
    format!("{of} \u{e9}\n\"quoted\" \\ and more")
}

fn standing() -> Standing {
    Standing {
        basis: Basis::Told,
        by: Some(id("dana")),
        on: Some(day("2026-02-03")),
        why: text("why"),
        ask: Some(id("dana")),
    }
}

fn place(of: &str) -> WalkPlace {
    WalkPlace {
        at: of.to_owned(),
        draft: text("draft"),
        field: text("field"),
        row: Some(2),
        standing: Some(standing()),
    }
}

pub(super) fn brief() -> Brief {
    let answer = Answer {
        text: text("answer"),
        items: vec![text("item"), "it's".to_owned()],
        standing: standing(),
        question: text("question"),
        put: text("put"),
        section: Some(Section::Scope),
    };
    let event = Event {
        id: text("event"),
        kind: EventKind::Signed,
        at: at("2026-02-03T09:00:00.5+01:00"),
        who: text("who"),
        by: Some(id("dana")),
        to: Some(id("gone")),
        via: text("via"),
        words: text("words"),
        code: text("code"),
        agreed: text("agreed"),
        covers: vec![Section::Want, Section::Dates],
        grade: Some(Grade::Reply),
        questions: vec![text("questions")],
        because: text("because"),
        format: text("format"),
        digest: text("digest"),
        from: Some(Stage::Asked),
        undoes: text("undoes"),
        until: Some(at("2026-02-04T09:00:00-03:30")),
        on: Some(day("2026-02-03")),
        spent: text("spent"),
        answers: vec![text("answers")],
        shown: vec![text("shown")],
        remarks: vec![text("remarks")],
        signature: text("signature"),
        key: text("key"),
    };
    Brief {
        format: FORMAT,
        id: BriefId::parse("b").expect("it is one"),
        title: text("title"),
        owner: text("owner"),
        checklist: text("checklist"),
        stage: Stage::Delivered,
        created: at("2026-02-02T09:00:00Z"),
        archived: true,
        request: Request {
            words: text("request"),
            by: Some(id("dana")),
            on: Some(day("2026-02-01")),
            place: text("place"),
            origin: Some(Origin::Assigned),
        },
        customers: vec![Customer {
            id: id("dana"),
            name: text("name"),
            role: Role::Approver,
            uses_for: text("uses"),
            reach: text("reach"),
            notes: text("notes"),
        }],
        readings: vec![Reading {
            id: id("r"),
            text: text("reading"),
            chosen: true,
            standing: standing(),
        }],
        answers: [("purpose".to_owned(), answer)].into_iter().collect(),
        needs: vec![Need {
            id: id("n"),
            text: text("need"),
            whose: vec![id("dana")],
            acceptance: text("acceptance"),
            same: true,
            standing: standing(),
        }],
        rankings: vec![Ranking {
            by: id("dana"),
            order: vec![id("n")],
            on: Some(day("2026-02-03")),
        }],
        goals: vec![Goal {
            id: id("g"),
            level: Level::Company,
            owner: text("goal owner"),
            text: text("goal"),
            how: text("how"),
        }],
        deliverables: vec![Deliverable {
            id: id("d"),
            text: text("part"),
            serves: vec![id("n")],
            standing: standing(),
        }],
        out: vec![text("out")],
        plan: Plan {
            need_by: Some(day("2026-03-02")),
            appetite: text("appetite"),
            cadence: text("cadence"),
        },
        waivers: vec![Waiver {
            what: text("what"),
            because: text("waived"),
            on: Some(day("2026-02-03")),
        }],
        shortcuts: vec![Shortcut {
            id: id("s"),
            text: text("shortcut"),
            pay_back: Some(day("2026-04-01")),
            on: Some(day("2026-02-03")),
            paid: Some(day("2026-04-02")),
        }],
        conflicts: vec![Conflict {
            place: text("conflict"),
            versions: vec![text("one"), text("two")],
        }],
        events: vec![event],
        walk: Some(place("purpose")),
        drafts: vec![place("rank")],
    }
}
