//! What somebody did to a brief, told to a colleague: from the brief before and
//! after.

use super::text::{fit, line};
use super::{Brief, Event, EventKind, ItemId, conflict, date, wording};

/// How long a text is told, in columns.
const LONG: usize = 60;

/// What happened between two versions of a brief, a sentence each: "Raj changed
/// the order of the needs". `who` is the one who wrote it, where the events do
/// not say; safe to show.
pub fn between(before: Option<&Brief>, after: &Brief, who: &str) -> Vec<String> {
    let who = match who.trim() {
        "" => "somebody".to_owned(),
        who => line(who).into_owned(),
    };
    let Some(before) = before else {
        let mut told = vec![format!("{who} began it")];
        let later = after.events.iter().filter(|e| e.kind != EventKind::Created);
        told.extend(later.map(|event| happened(after, event, &who)));
        return told;
    };
    let new = after.events.iter();
    let new = new.filter(|e| !before.events.iter().any(|old| old.id == e.id));
    let mut told: Vec<String> = new.map(|event| happened(after, event, &who)).collect();
    let did = changed(before, after);
    told.extend(did.into_iter().map(|did| format!("{who} {did}")));
    let open = after.conflicts.iter();
    let open = open.filter(|c| !before.conflicts.contains(c));
    told.extend(open.map(|c| {
        let what = conflict::what(after, &c.place);
        format!("{what} was changed in two ways: it waits for a choice")
    }));
    told
}

fn happened(brief: &Brief, event: &Event, who: &str) -> String {
    let by = |id: &Option<ItemId>| {
        let name = id.as_ref().map(|id| brief.name_of(id));
        line(name.unwrap_or("somebody")).into_owned()
    };
    let recorder = match event.who.trim() {
        "" => who.to_owned(),
        who => line(who).into_owned(),
    };
    let words = |text: &str| match text.trim() {
        "" => String::new(),
        text => format!(": \u{201c}{}\u{201d}", quote(text)),
    };
    match event.kind {
        EventKind::Replied => {
            let said = event.answers.iter().chain(&event.remarks);
            let said = said.map(|s| quote(s)).collect::<Vec<_>>().join("; ");
            let said = match said.as_str() {
                "" => words(&event.words),
                said => format!(": {said}"),
            };
            format!("{}'s reply, taken in by {recorder}{said}", by(&event.by))
        }
        EventKind::Signed => {
            let code = line(&event.code).into_owned();
            let yes = format!("{}'s yes to {code}, recorded by {recorder}", by(&event.by));
            yes + &words(&event.words)
        }
        EventKind::Shared => format!("{recorder} wrote to {}", by(&event.to)),
        EventKind::CheckIn => format!("{recorder} checked in"),
        EventKind::Confirmed => {
            let words = words(&event.words);
            format!(
                "{} confirmed the result, says {recorder}{words}",
                by(&event.by)
            )
        }
        EventKind::Started => format!("{recorder} started the work"),
        EventKind::Delivered => format!("{recorder} delivered it"),
        EventKind::Dropped => format!("{recorder} dropped it{}", words(&event.because)),
        EventKind::Archived => format!("{recorder} put it away"),
        EventKind::Restored => format!("{recorder} brought it back"),
        EventKind::Undone => {
            let what = wording::event(brief, event);
            format!("{recorder} took something back ({})", quote(&what))
        }
        _ => format!("{recorder}: {}", quote(&wording::event(brief, event))),
    }
}

fn quote(text: &str) -> String {
    fit(&line(text.trim()), LONG)
}

fn quoted(text: &str) -> String {
    format!("\u{201c}{}\u{201d}", quote(text))
}

/// What was changed in the brief itself: "changed the title".
fn changed(before: &Brief, after: &Brief) -> Vec<String> {
    let mut did: Vec<String> = Vec::new();
    if before.title != after.title {
        did.push(format!("changed the title to {}", quoted(&after.title)));
    }
    if before.owner != after.owner {
        did.push(match after.owner.trim() {
            "" => "made it everybody's".to_owned(),
            owner => format!("handed it over to {}", quote(owner)),
        });
    }
    if before.request != after.request {
        did.push("changed what was said, or how it came".to_owned());
    }
    let told = |before: &Brief, after: &Brief, id: &str| {
        let worded = after.answers.get(id).map_or("", |a| a.question.trim());
        let name = match worded {
            "" => quoted(&id.replace('_', " ")),
            worded => quoted(worded),
        };
        let was = before.answers.get(id).is_some_and(super::Answer::is_given);
        match after.answers.get(id).is_some_and(super::Answer::is_given) {
            true if was => format!("changed the answer to {name}"),
            true => format!("answered {name}"),
            false => format!("took the answer to {name} away"),
        }
    };
    let given = |brief: &Brief, id: &str| brief.answers.get(id).is_some_and(|a| a.is_given());
    let mut ids: Vec<&str> = after.answers.iter().map(|(id, _)| id).collect();
    ids.extend(
        before
            .answers
            .iter()
            .map(|(id, _)| id)
            .filter(|id| after.answers.get(id).is_none()),
    );
    for id in ids {
        let differs = before.answers.get(id) != after.answers.get(id);
        if differs && (given(before, id) || given(after, id)) {
            did.push(told(before, after, id));
        }
    }
    macro_rules! list {
        ($list:ident, $one:literal, $many:literal, $text:ident) => {
            items(
                &mut did,
                ($one, $many),
                &before
                    .$list
                    .iter()
                    .map(|i| (&i.id, &i.$text, i))
                    .collect::<Vec<_>>(),
                &after
                    .$list
                    .iter()
                    .map(|i| (&i.id, &i.$text, i))
                    .collect::<Vec<_>>(),
            );
        };
    }
    list!(customers, "the customer", "the customers", name);
    list!(readings, "the reading", "the readings", text);
    list!(needs, "the need", "the needs", text);
    list!(deliverables, "the part", "the parts of the solution", text);
    list!(goals, "the goal", "the goals", text);
    list!(shortcuts, "the shortcut", "the shortcuts", text);
    if before.rankings != after.rankings {
        did.push("noted how somebody ranks the needs".to_owned());
    }
    if before.out != after.out {
        did.push("changed what is out of scope".to_owned());
    }
    if before.plan.need_by != after.plan.need_by {
        did.push(match after.plan.need_by {
            Some(day) => format!("changed the day to {}", date::show(day)),
            None => "took the day away".to_owned(),
        });
    }
    for (was, is, what) in [
        (
            &before.plan.appetite,
            &after.plan.appetite,
            "the time it is worth",
        ),
        (
            &before.plan.cadence,
            &after.plan.cadence,
            "how often to look up from the work",
        ),
    ] {
        match is.trim() {
            _ if was == is => {}
            "" => did.push(format!("took {what} away")),
            is => did.push(format!("changed {what} to {}", quoted(is))),
        }
    }
    if after.waivers.len() > before.waivers.len() {
        did.push("went ahead without something, with the reason".to_owned());
    }
    let chosen = before.conflicts.iter();
    for conflict in chosen.filter(|c| !after.conflicts.iter().any(|now| now.place == c.place)) {
        let what = conflict::what(after, &conflict.place);
        did.push(format!("chose between the versions of {what}"));
    }
    did
}

/// Items that came, went, changed or moved.
fn items<T: PartialEq>(
    did: &mut Vec<String>,
    (one, many): (&str, &str),
    before: &[(&ItemId, &String, &T)],
    after: &[(&ItemId, &String, &T)],
) {
    let find = |list: &[(&ItemId, &String, &T)], id: &ItemId| list.iter().position(|i| i.0 == id);
    for (id, text, item) in after {
        match find(before, id).and_then(|at| before.get(at)) {
            None => did.push(format!("added {one} {}", quoted(text))),
            Some((_, _, was)) if was != item => {
                did.push(format!("changed {one} {}", quoted(text)));
            }
            Some(_) => {}
        }
    }
    for (_, text, _) in before.iter().filter(|(id, ..)| find(after, id).is_none()) {
        did.push(format!("took out {one} {}", quoted(text)));
    }
    let order: Vec<usize> = after
        .iter()
        .filter_map(|(id, ..)| find(before, id))
        .collect();
    if !order.is_sorted() {
        did.push(format!("changed the order of {many}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{at, id, superreport};
    use crate::domain::{Change, ListEdit};

    #[test]
    fn what_came_in_is_told_by_who_did_it() {
        let before = superreport();
        let mut after = before.clone();
        after.needs.swap(0, 1);
        after.out.push("faxes".into());
        after.title = "Job profiles".into();
        let mut reply = Event::new("r1", EventKind::Replied, at("2026-02-06T09:00:00+01:00"));
        reply.by = Some(id("dana"));
        reply.words = "Before \u{1b}[31mthe 19th, please".into();
        reply.who = "Raj".into();
        let record = Change::Record(Box::new(reply));
        after.apply(record, before.created).unwrap();
        assert_eq!(
            between(Some(&before), &after, "Lee"),
            [
                "Dana Reyes's reply, taken in by Raj: \u{201c}Before \u{241b}[31mthe 19th, please\u{201d}",
                "Lee changed the title to \u{201c}Job profiles\u{201d}",
                "Lee changed the order of the needs",
                "Lee changed what is out of scope",
            ]
        );
        assert_eq!(between(Some(&before), &before, "Lee"), [""; 0]);
        assert_eq!(between(None, &before, " ")[0], "somebody began it");
    }

    #[test]
    fn what_came_what_went_and_what_changed_are_three_things() {
        let before = superreport();
        let mut after = before.clone();
        let gone = after.needs.remove(0);
        after.needs[0].acceptance = "another".into();
        let mut new = gone.clone();
        new.id = id("fresh");
        new.text = "Fresh every week".into();
        let edit = ListEdit::Insert { at: 9, item: new };
        after.apply(Change::Need(edit), before.created).unwrap();
        let told = between(Some(&before), &after, "Raj");
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].starts_with("Raj changed the need"), "{told:?}");
        assert_eq!(
            told[1],
            "Raj added the need \u{201c}Fresh every week\u{201d}"
        );
        assert!(told[2].starts_with("Raj took out the need"), "{told:?}");
    }
}
