//! What is not certain: guesses, open questions, checks that were waived.

use crate::domain::{Basis, Section, Standing, conflict, date, questions};

use super::View;
use crate::export::outline::{Item, Part, many, one};

/// Guesses that no yes covers, also those that were put to a customer.
pub(super) fn assumptions(view: &View) -> Option<Part> {
    let brief = view.brief;
    let mut guesses: Vec<Item> = Vec::new();
    let mut add = |label: &str, text: String, standing: &Standing, section: Option<&Section>| {
        let agreed = section.is_some_and(|s| view.agreed_by(s).is_some());
        if matches!(standing.basis, Basis::Guess | Basis::Asked) && !agreed && !text.is_empty() {
            let after = if label.ends_with(['?', ':']) { "" } else { ":" };
            guesses
                .push(Item::new(format!("{label}{after} {text}")).tag(view.tag(standing, section)));
        }
    };
    let of = |question: &str| view.standing_of(question);
    if let Some(reading) = brief.chosen_reading() {
        let text = many(&reading.text);
        add("It means", text, &reading.standing, Some(&Section::Want));
    }
    for (id, answer) in brief.answers.iter() {
        let mut text = many(&answer.text);
        for item in &answer.items {
            text.push_str(if text.is_empty() { "" } else { "; " });
            text.push_str(&one(item));
        }
        let (label, section) = match id {
            "purpose" => ("It is good for".to_owned(), Some(&Section::Want)),
            _ => (view.question(id), answer.section.as_ref()),
        };
        add(&label, text, &answer.standing, section);
    }
    for need in &brief.needs {
        add(
            "A need",
            many(&need.text),
            &need.standing,
            Some(&Section::Needs),
        );
    }
    let out = brief.out.iter().map(|o| one(o)).filter(|o| !o.is_empty());
    let out: Vec<String> = out.collect();
    add(
        "Out of scope",
        out.join("; "),
        &of("out"),
        Some(&Section::Scope),
    );
    let need_by = brief.plan.need_by.map_or_else(String::new, date::show);
    add("Needed by", need_by, &of("need_by"), Some(&Section::Dates));
    let worth = many(&brief.plan.appetite);
    add(
        "Time it is worth",
        worth,
        &of("appetite"),
        Some(&Section::Dates),
    );

    let mut part = Part::new("assumptions", "Assumptions still open");
    if guesses.is_empty() {
        part.text("None: everything here was told, agreed or left out on purpose.");
    } else {
        part.text("Nobody but the worker has said these so far.");
    }
    part.list(guesses);
    Some(part)
}

/// What two people changed in two ways, and nobody chose yet.
pub(super) fn conflicts(view: &View) -> Option<Part> {
    let brief = view.brief;
    if brief.conflicts.is_empty() {
        return None;
    }
    let mut part = Part::new("conflicts", "Not decided yet");
    part.text("Two people changed this at the same time. One version has to be chosen.");
    let items = brief.conflicts.iter().map(|found| {
        let versions = conflict::versions(brief, found);
        let versions: Vec<String> = versions.iter().map(|v| one(v)).collect();
        let between = match found.place.starts_with("order of ") {
            true => "; ",
            false => " | or | ",
        };
        Item::new(one(&conflict::what(brief, &found.place)))
            .detail("Versions", versions.join(between))
    });
    part.list(items.collect());
    Some(part)
}

/// Open questions by customer.
pub(super) fn questions(view: &View) -> Option<Part> {
    let open = questions::open_questions(view.brief);
    let mut people: Vec<_> = Vec::new();
    for question in &open {
        if !people.contains(&&question.to) {
            people.push(&question.to);
        }
    }
    if people.is_empty() {
        return None;
    }
    let mut part = Part::new("questions", "Open questions");
    for person in people {
        part.heading(format!("For {}", view.name(person)));
        let items = open
            .iter()
            .filter(|q| &q.to == person)
            .map(|q| {
                Item::new(one(&q.put))
                    .detail("Guess so far", one(&q.guess))
                    .detail(
                        "Asked",
                        q.asked.map_or_else(|| "not yet".to_owned(), date::show),
                    )
            })
            .collect();
        part.list(items);
    }
    Some(part)
}

/// Checks that were overruled, with the reasons.
pub(super) fn waivers(view: &View) -> Option<Part> {
    let waivers = &view.brief.waivers;
    if waivers.is_empty() {
        return None;
    }
    let mut part = Part::new("waivers", "Going ahead without");
    let items = waivers
        .iter()
        .map(|w| {
            let what = match w.what.as_str() {
                "customer" => "A named customer".to_owned(),
                "purpose" => "A known purpose".to_owned(),
                "ranked-need" => "Ranked needs".to_owned(),
                "agreement" => "A yes to the need".to_owned(),
                "solution" => "A yes to the solution".to_owned(),
                question => format!("An answer to \u{201c}{}\u{201d}", view.question(question)),
            };
            Item::new(what)
                .detail(
                    "Because",
                    match many(&w.because) {
                        empty if empty.is_empty() => "no reason given".to_owned(),
                        because => because,
                    },
                )
                .detail("On", w.on.map_or_else(String::new, date::show))
        })
        .collect();
    part.list(items);
    Some(part)
}
