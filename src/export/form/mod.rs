//! The answer sheet: one page that works from a disk, without a network. It
//! shows what one customer is asked, and writes their reply in the form that
//! [`crate::reply`] reads.
//!
//! What people wrote stands in the page as text and in attributes, escaped; the
//! script is the same in every sheet and takes it from there. A content security
//! policy lets nothing else run, and nothing be loaded.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, context};
use serde::Serialize;

use super::outline::{many, one};
use crate::domain::sheet::{Takes, choice_letter};
use crate::domain::{Brief, Origin, Section, Sheet, date, sign_off};

const TEMPLATE: &str = include_str!("form.html");
const STYLE: &str = include_str!("form.css");
const SCRIPT: &str = include_str!("form.js");

/// SHA-256 of what stands inside `<style>` and `<script>`, as the policy names
/// them. A test says what they are after a change.
const STYLE_HASH: &str = "sha256-6KreWeKzqzy1dy0ZmhxwkiTwO9B71zESyCyWEfF/FEc=";
const SCRIPT_HASH: &str = "sha256-WtUExND/BkPVwsrg6CWaq38KQ8O+Zi+O0bLNJDEI+/Y=";

#[derive(Serialize)]
struct Row {
    label: String,
    value: String,
}

#[derive(Serialize)]
struct Need {
    letter: Option<char>,
    text: String,
    acceptance: String,
    same: bool,
}

#[derive(Serialize)]
struct Question {
    number: usize,
    put: String,
    guess: String,
    /// `words`, `choice`, `day` or `order`.
    takes: &'static str,
    choices: Vec<Choice>,
    /// There is something to pick besides the field.
    radios: bool,
}

#[derive(Serialize)]
struct Choice {
    letter: char,
    text: String,
    guess: bool,
}

/// The answer sheet for what a customer is asked. `from` is the worker's name
/// and `reply_to` their address; both may be empty.
pub(super) fn render(brief: &Brief, sheet: &Sheet, from: &str, reply_to: &str) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let lines = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build();
    if let Ok(lines) = lines {
        environment.set_syntax(lines);
    }
    let needs = needs(brief, sheet);
    let letters: Vec<String> = needs
        .iter()
        .filter_map(|need| need.letter)
        .map(|letter| letter.to_string())
        .collect();
    let name = brief.customer(&sheet.to).map(|c| one(&c.name));
    let (yes_on, changes) = changes(brief, sheet);
    let title = match one(&brief.title) {
        empty if empty.is_empty() => "Your request".to_owned(),
        title => title,
    };
    let values = context! {
        style => STYLE,
        script => SCRIPT,
        style_hash => STYLE_HASH,
        script_hash => SCRIPT_HASH,
        title,
        subject => one(&super::message(brief, &sheet.to, from).subject),
        name => name.unwrap_or_default(),
        from => one(from),
        reply_to => one(reply_to),
        own_idea => brief.request.origin == Some(Origin::OwnIdea),
        thanks => many(brief.thanks(&sheet.to)),
        code => sheet.code.to_string(),
        changes, yes_on,
        request => many(&brief.request.words),
        understood => Serde(understood(brief)),
        movable => letters.len() > 1,
        example => letters.iter().rev().cloned().collect::<Vec<_>>().join(", "),
        needs => Serde(needs),
        plan => texts(brief.deliverables.iter().map(|part| part.text.as_str())),
        out => texts(brief.out.iter().map(String::as_str)),
        need_by => brief.plan.need_by.map(date::show),
        rest => Serde(rest(brief)),
        questions => Serde(questions(brief, sheet)),
    };
    // The name's ending turns on the escaping of every value.
    let page = environment
        .add_template("form.html", TEMPLATE)
        .and_then(|()| environment.get_template("form.html"))
        .and_then(|template| template.render(values))
        .map(|page| page + "\n");
    // The template is part of the program and is tested; should it fail all
    // the same, the record can be read and answered by mail.
    page.unwrap_or_else(|_| {
        let own = super::mark::line(&super::mark::of(brief, super::Format::Html));
        super::html::render(&super::record::outline(brief), &own)
    })
}

fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    texts.map(many).filter(|text| !text.is_empty()).collect()
}

/// Rows with something in them.
fn rows<const N: usize>(rows: [(&str, String); N]) -> Vec<Row> {
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    rows.map(|(label, value)| Row {
        label: label.to_owned(),
        value,
    })
    .collect()
}

fn understood(brief: &Brief) -> Vec<Row> {
    let purpose = brief.answers.get("purpose").map(|a| many(&a.text));
    let reading = brief.chosen_reading().map(|r| many(&r.text));
    rows([
        ("I took it as", reading.unwrap_or_default()),
        ("It is good for", purpose.unwrap_or_default()),
    ])
}

/// What the code stands for and the page does not show above.
fn rest(brief: &Brief) -> Vec<Row> {
    let customers = brief.customers.iter().map(|customer| {
        let uses = match many(&customer.uses_for) {
            empty if empty.is_empty() => empty,
            uses => format!(": {uses}"),
        };
        format!(
            "{} ({}){uses}",
            one(&customer.name),
            one(customer.role.word())
        )
    });
    let goals = brief.goals.iter().map(|goal| {
        let how = match many(&goal.how) {
            empty if empty.is_empty() => empty,
            how => format!(": {how}"),
        };
        format!("{}{how}", many(&goal.text))
    });
    let mut rest = rows([
        ("Who it is for", customers.collect::<Vec<_>>().join("\n")),
        ("Goals it serves", goals.collect::<Vec<_>>().join("\n")),
        ("Time it is worth", many(&brief.plan.appetite)),
    ]);
    for (id, answer) in brief.answers.iter() {
        let agreed = answer.section.as_ref().is_some_and(Section::is_known);
        if id == "purpose" || !agreed {
            continue;
        }
        let told = std::iter::once(&answer.text).chain(&answer.items);
        let value = texts(told.map(String::as_str)).join("\n");
        let label = [&answer.question, &answer.put].map(|text| one(text));
        let label = label.into_iter().find(|l| !l.is_empty());
        if !value.is_empty() {
            rest.push(Row {
                label: label.unwrap_or_else(|| one(id)),
                value,
            });
        }
    }
    rest
}

fn needs(brief: &Brief, sheet: &Sheet) -> Vec<Need> {
    let needs = sheet.needs.iter().enumerate().map(|(at, (id, text))| {
        let need = brief.need(id);
        Need {
            letter: sheet.letter(at),
            text: many(text),
            acceptance: need.map_or_else(String::new, |n| many(&n.acceptance)),
            same: at > 0 && need.is_some_and(|n| n.same),
        }
    });
    needs.filter(|need| !need.text.is_empty()).collect()
}

fn questions(brief: &Brief, sheet: &Sheet) -> Vec<Question> {
    let chosen = brief.chosen_reading().map(|reading| &reading.id);
    let movable = sheet.needs.len() > 1;
    let puts = sheet.puts.iter().map(|put| {
        let choices: Vec<Choice> = match &put.takes {
            Takes::OneOf(of) => of
                .iter()
                .enumerate()
                .filter_map(|(at, (id, text))| {
                    Some(Choice {
                        letter: choice_letter(at)?,
                        text: many(text),
                        guess: Some(id) == chosen,
                    })
                })
                .collect(),
            _ => Vec::new(),
        };
        let takes = match put.takes {
            Takes::OneOf(_) => "choice",
            Takes::Day => "day",
            Takes::Order if movable => "order",
            Takes::Order | Takes::Words => "words",
        };
        let guess = many(&put.guess);
        Question {
            number: put.number,
            put: many(&put.put),
            radios: !guess.is_empty() || !choices.is_empty(),
            guess,
            takes,
            choices,
        }
    });
    puts.collect()
}

/// What changed since the customer's last yes, and when that was.
fn changes(brief: &Brief, sheet: &Sheet) -> (String, Vec<String>) {
    let last = sign_off::sign_offs(brief)
        .into_iter()
        .rfind(|yes| yes.by == sheet.to && yes.invalid.is_none());
    let Some(yes) = last else {
        return Default::default();
    };
    let changes = yes.changed.iter().flat_map(|difference| {
        let changes = difference.changes().into_iter();
        changes.map(|change| many(&change.words(str::to_owned)))
    });
    (date::show(yes.at.date_naive()), changes.collect())
}

#[cfg(test)]
mod tests;
