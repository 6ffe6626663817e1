//! What a user notices of the checklists.

mod answering;
mod catalogue;
mod conditions;
mod items;
mod parsing;
mod prompts;
mod reviewing;
mod walking;

use std::path::Path;

use super::{Checklist, Question, parse};
use crate::domain::{
    Answer, Brief, BriefId, Customer, ItemId, Moment, Need, Reading, Role, Standing,
};

pub const BASE: &str = r#"
title = "Small"
about = "For tests"

[[question]]
id = "customers"
kind = "customers"
ask = "Who is this for?"
why = "Because"
put = "Who else?"

[[question]]
id = "purpose"
kind = "text"
ask = "Why?"
why = "Because"
put = "Why?"

[[question]]
id = "needs"
kind = "needs"
ask = "What?"
why = "Because"
put = "What?"

[[question]]
id = "rank"
kind = "rank"
when = { question = "needs", more_than = 1 }
ask = "Which first?"
why = "Because"
put = "Which first?"
"#;

/// A question with some lines of its own, after [`BASE`].
pub fn with(lines: &str) -> String {
    format!("{BASE}\n[[question]]\nask = \"?\"\nwhy = \"!\"\nput = \"?\"\n{lines}\n")
}

pub fn check(text: &str) -> Result<Checklist, Vec<String>> {
    parse(Path::new("small.toml"), text)
}

pub fn checklist(text: &str) -> Checklist {
    check(text).unwrap_or_else(|problems| panic!("{}", problems.join("\n\n")))
}

/// The only problem of a text.
pub fn problem(text: &str) -> String {
    let problems = check(text).expect_err("the text is wrong");
    assert_eq!(problems.len(), 1, "{}", problems.join("\n\n"));
    problems[0].clone()
}

pub fn question<'c>(checklist: &'c Checklist, id: &str) -> &'c Question {
    checklist.question(id).expect("the question is there")
}

pub fn now() -> Moment {
    "2026-02-03T10:00:00+01:00".parse().unwrap()
}

pub fn id(word: &str) -> ItemId {
    ItemId::for_text(word, [])
}

pub fn brief() -> Brief {
    Brief::new(BriefId::for_title("Small", 7), "Small", "small", now())
}

pub fn customer(name: &str) -> Customer {
    Customer {
        id: id(name),
        name: name.to_owned(),
        role: Role::Requester,
        uses_for: String::new(),
        reach: String::new(),
        notes: "private".to_owned(),
    }
}

pub fn need(text: &str, standing: Standing) -> Need {
    Need {
        id: id(text),
        text: text.to_owned(),
        whose: Vec::new(),
        acceptance: String::new(),
        same: false,
        standing,
    }
}

pub fn reading(text: &str, chosen: bool, standing: Standing) -> Reading {
    Reading {
        id: id(text),
        text: text.to_owned(),
        chosen,
        standing,
    }
}

pub fn told() -> Standing {
    Standing::told(id("dana"), now().date_naive())
}

pub fn text(text: &str) -> Answer {
    Answer {
        text: text.to_owned(),
        ..Answer::default()
    }
}

pub fn ids(questions: &[&Question]) -> Vec<String> {
    questions.iter().map(|q| q.id.clone()).collect()
}
