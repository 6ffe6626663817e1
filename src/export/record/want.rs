//! What they want and why: the words, the people, the meaning, the purpose.

use crate::domain::{Basis, Origin, Section, date};

use super::View;
use crate::export::outline::{Block, Item, Part, many, one};

pub(super) fn request(view: &View) -> Option<Part> {
    let mut part = Part::new("request", "The request, word for word");
    let request = &view.brief.request;
    let by = request.by.as_ref().map(|by| view.name(by));
    let on = request.on.map(|on| format!("on {}", date::show(on)));
    let place = Some(one(&request.place)).filter(|p| !p.is_empty());
    let source: Vec<String> = [by, on, place].into_iter().flatten().collect();
    let source = source.join(", ");
    if request.words.trim().is_empty() {
        part.notice("The words of the request are not written down.");
        if !source.is_empty() {
            part.text(source);
        }
    } else {
        part.blocks.push(Block::Quote {
            words: many(&request.words),
            source,
        });
    }
    match &request.origin {
        Some(Origin::OwnIdea) => part.notice(
            "Nobody asked for this: it is the worker's own idea, and a proposal until a named \
             person says yes.",
        ),
        Some(Origin::Assigned) => part.text("It was assigned."),
        Some(Origin::Unknown(word)) => part.text(format!("How it came about: {}", one(word))),
        Some(Origin::Asked) | None => {}
    }
    Some(part)
}

pub(super) fn customers(view: &View) -> Option<Part> {
    let mut part = Part::new("customers", "Who it is for");
    let items = view
        .brief
        .customers
        .iter()
        .map(|c| {
            let name = match one(&c.name) {
                name if name.is_empty() => one(c.id.as_str()),
                name => name,
            };
            Item::new(format!("{name} ({})", one(c.role.word())))
                .detail("Uses it for", many(&c.uses_for))
        })
        .collect::<Vec<_>>();
    if items.is_empty() {
        part.notice("Nobody is named as the customer.");
    }
    part.list(items);
    Some(part)
}

pub(super) fn meaning(view: &View) -> Option<Part> {
    let mut part = Part::new("meaning", "What it means");
    let brief = view.brief;
    if let Some(why) = view.left_out("readings") {
        part.text(format!("Left out on purpose: {why}"));
    }
    match brief.chosen_reading() {
        Some(chosen) => part.tagged(
            many(&chosen.text),
            view.tag(&chosen.standing, Some(&Section::Want)),
        ),
        None if brief.readings.is_empty() && part.blocks.is_empty() => return None,
        None if brief.readings.is_empty() => {}
        None => part.notice("No reading is chosen yet."),
    }
    let others: Vec<Item> = brief
        .readings
        .iter()
        .filter(|r| brief.chosen_reading().is_none_or(|c| c.id != r.id))
        .map(|r| Item::new(many(&r.text)))
        .collect();
    if !others.is_empty() {
        // Only the chosen one is in the text that is signed.
        part.heading(if brief.chosen_reading().is_some() {
            "Other readings considered, no part of the agreement"
        } else {
            "Readings considered, no part of the agreement yet"
        });
        part.list(others);
    }
    Some(part)
}

pub(super) fn purpose(view: &View) -> Option<Part> {
    let mut part = Part::new("purpose", "What it is good for");
    match view.brief.answers.get("purpose").filter(|a| a.is_given()) {
        Some(answer) if answer.standing.basis == Basis::NotNeeded => part.tagged(
            many(&answer.standing.why),
            view.tag(&answer.standing, Some(&Section::Want)),
        ),
        Some(answer) => {
            let mut text = many(&answer.text);
            for item in &answer.items {
                text.push('\n');
                text.push_str(&many(item));
            }
            part.tagged(
                text.trim_start().to_owned(),
                view.tag(&answer.standing, Some(&Section::Want)),
            );
        }
        None => part.notice("The purpose is not known: which decision or next step does it feed?"),
    }
    Some(part)
}

pub(super) fn goals(view: &View) -> Option<Part> {
    let mut part = Part::new("goals", "Goals it serves");
    let goals = &view.brief.goals;
    let items = goals
        .iter()
        .map(|goal| {
            Item::new(many(&goal.text))
                .detail("Level", one(goal.level.word()))
                .detail("Owner", one(&goal.owner))
                .detail("How", many(&goal.how))
        })
        .collect();
    part.list(items);
    match view.left_out("goals") {
        Some(why) => part.text(format!("None, on purpose: {why}")),
        None if goals.is_empty() => part.notice("No goal is named."),
        None => {}
    }
    Some(part)
}
