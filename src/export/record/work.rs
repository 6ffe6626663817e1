//! The needs in rank order, and the work that is to meet them.

use crate::domain::cadence::Cadence;
use crate::domain::coverage::{self, Gap};
use crate::domain::{Basis, ItemId, Section, date, readiness};

use super::View;
use crate::export::outline::{Item, Part, Row, Tag, and, many, one};

/// Questions whose answer has a part of the document of its own.
const TOLD_ELSEWHERE: [&str; 15] = [
    "title",
    "words",
    "where",
    "origin",
    "customers",
    "readings",
    "purpose",
    "needs",
    "rank",
    "goals",
    "deliverables",
    "out",
    "need_by",
    "appetite",
    "cadence",
];

pub(super) fn needs(view: &View) -> Option<Part> {
    let mut part = Part::new("needs", "The needs, most important first");
    let brief = view.brief;
    if brief.needs.is_empty() {
        match view.left_out("needs") {
            Some(why) => part.text(format!("Left out on purpose: {why}")),
            None => part.notice("No need is written down."),
        }
        return Some(part);
    }
    let ranks = brief.ranks();
    let shared = |rank: usize| ranks.iter().filter(|r| **r == rank).count() > 1;
    let items = brief
        .needs
        .iter()
        .zip(&ranks)
        .map(|(need, rank)| {
            Item::new(many(&need.text))
                .number(*rank)
                .tag(view.tag(&need.standing, Some(&Section::Needs)))
                .detail("For", and(&view.names(&need.whose)))
                .detail(
                    "Met when",
                    match many(&need.acceptance) {
                        empty if empty.is_empty() => "nobody has said yet".to_owned(),
                        acceptance => acceptance,
                    },
                )
                .detail(
                    "Rank",
                    if shared(*rank) {
                        format!("{rank}, shared")
                    } else {
                        String::new()
                    },
                )
        })
        .collect();
    part.ordered(items);
    if brief.needs.len() > 1 {
        order(view, &mut part);
    }
    for id in coverage::unserved(brief) {
        if let Some(need) = brief.need(&id) {
            let need = one(&need.text);
            part.notice(format!("No part of the solution serves this yet: {need}"));
        }
    }
    rankings(view, &mut part);
    Some(part)
}

fn order(view: &View, part: &mut Part) {
    if view.brief.answers.get("rank").is_some() {
        let tag = view.tag_of("rank", Some(&Section::Needs));
        part.rows(vec![Row::new("This order", words(tag))]);
    } else if !readiness::is_ranked(view.brief) && view.agreed_by(&Section::Needs).is_none() {
        part.notice("Nobody has ranked the needs: this is the order in which they were written.");
    }
}

fn words(tag: Option<Tag>) -> String {
    tag.map_or_else(String::new, |t| t.words())
}

fn rankings(view: &View, part: &mut Part) {
    let brief = view.brief;
    if brief.rankings.is_empty() {
        return;
    }
    part.heading("The order that each person gave");
    let text = |id: &ItemId| {
        brief
            .need(id)
            .map_or_else(|| one(id.as_str()), |need| one(&need.text))
    };
    let items = brief
        .rankings
        .iter()
        .map(|ranking| {
            let when = ranking
                .on
                .map_or_else(String::new, |on| format!(", {}", date::show(on)));
            let mut item = Item::new(format!("{}{when}", view.name(&ranking.by)));
            for (place, id) in ranking.order.iter().enumerate() {
                item = item.detail(&(place + 1).to_string(), text(id));
            }
            item
        })
        .collect();
    part.list(items);
    for gap in coverage::gaps(brief) {
        if let Gap::RankingsDiffer { people, needs } = gap {
            part.notice(format!(
                "{} and {} see it differently: for {}, \u{201c}{}\u{201d} comes before \
                 \u{201c}{}\u{201d}; for {} it is the other way round.",
                view.name(&people.0),
                view.name(&people.1),
                view.name(&people.0),
                text(&needs.0),
                text(&needs.1),
                view.name(&people.1),
            ));
        }
    }
}

pub(super) fn solution(view: &View) -> Option<Part> {
    let mut part = Part::new("solution", "What will be made");
    let brief = view.brief;
    if brief.deliverables.is_empty() {
        match view.left_out("deliverables") {
            Some(why) => part.text(format!("Left out on purpose: {why}")),
            None => part.notice("No part of a solution is written down."),
        }
        return Some(part);
    }
    let ranks = brief.ranks();
    let items = brief
        .deliverables
        .iter()
        .map(|d| {
            let serves: Vec<String> = brief
                .needs
                .iter()
                .zip(&ranks)
                .filter(|(need, _)| d.serves.contains(&need.id))
                .map(|(need, rank)| format!("need {rank}, {}", one(&need.text)))
                .collect();
            let serves = if serves.is_empty() {
                "none of the needs so far; is it wanted?".to_owned()
            } else {
                serves.join("; ")
            };
            Item::new(many(&d.text))
                .tag(view.tag(&d.standing, Some(&Section::Solution)))
                .detail("Serves", serves)
        })
        .collect();
    part.list(items);
    Some(part)
}

pub(super) fn out_of_scope(view: &View) -> Option<Part> {
    let mut part = Part::new("scope", "Out of scope");
    let out: Vec<Item> = view
        .brief
        .out
        .iter()
        .filter(|o| !o.trim().is_empty())
        .map(|o| Item::new(many(o)))
        .collect();
    match view.left_out("out") {
        Some(why) => part.text(format!("Nothing, on purpose: {why}")),
        None if out.is_empty() => part.text("Nothing is named."),
        None => {}
    }
    if !out.is_empty() {
        part.list(out);
        let tag = view.tag_of("out", Some(&Section::Scope));
        part.rows(vec![Row::new("This list", words(tag))]);
    }
    Some(part)
}

pub(super) fn plan(view: &View) -> Option<Part> {
    let mut part = Part::new("plan", "When");
    let plan = &view.brief.plan;
    let mut rows = Vec::new();
    let fields = [
        ("need_by", "Needed by", plan.need_by.map(date::show)),
        ("appetite", "Time it is worth", Some(many(&plan.appetite))),
        ("cadence", "Check-ins", Some(cadence(&plan.cadence))),
    ];
    for (question, label, value) in fields {
        let section = (question != "cadence").then_some(&Section::Dates);
        match value.filter(|v| !v.is_empty()) {
            // How often the worker looks up is nobody else's to agree to.
            Some(value) if section.is_none() => rows.push(Row::new(label, value)),
            Some(value) => rows.push(Row::new(label, value).tag(view.tag_of(question, section))),
            None => {
                if let Some(why) = view.left_out(question) {
                    rows.push(Row::new(label, format!("left out on purpose: {why}")));
                }
            }
        }
    }
    if rows.is_empty() {
        part.text("No date is named.");
    }
    part.rows(rows);
    Some(part)
}

/// How often the worker looks up, in words; as it was typed where that cannot be
/// read.
fn cadence(typed: &str) -> String {
    match Cadence::parse(typed) {
        Ok(_) if typed.trim().is_empty() => String::new(),
        Ok(Cadence::Automatic) => "at a quarter, half and three quarters of the way".to_owned(),
        Ok(cadence) => many(&cadence.show()),
        Err(_) => many(typed),
    }
}

pub(super) fn other_answers(view: &View) -> Option<Part> {
    let mut part = Part::new("answers", "Other answers");
    let items: Vec<Item> = view
        .brief
        .answers
        .iter()
        .filter(|(id, answer)| !TOLD_ELSEWHERE.contains(id) && answer.is_given())
        .map(|(id, answer)| {
            let value = if answer.standing.basis == Basis::NotNeeded {
                one(&answer.standing.why)
            } else {
                let text = many(&answer.text);
                let items = answer.items.iter().map(|i| many(i));
                std::iter::once(text)
                    .chain(items)
                    .filter(|t| !t.is_empty())
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            Item::new(view.question(id))
                .tag(view.tag(&answer.standing, answer.section.as_ref()))
                .detail("", value)
        })
        .collect();
    if items.is_empty() {
        return None;
    }
    part.list(items);
    Some(part)
}
