//! What two people changed in two ways, and whose brief it is.

use crate::domain::conflict::{self, Choice};
use crate::domain::{BriefId, Change};
use crate::tui::dialog::{Dialog, Field, Form, FormKind, PickOption, Picker, PickerKind};
use crate::tui::drafts;
use crate::tui::model::Model;

/// Offers the versions of a conflict, and to write another one.
pub fn ask_choice(model: &mut Model, id: &BriefId, at: usize) {
    let Some(brief) = model.brief(id) else { return };
    let Some(conflict) = brief.conflicts.get(at) else {
        return;
    };
    let is_order = conflict.place.starts_with("order of ");
    let versions = conflict::versions(brief, conflict);
    let mut options: Vec<PickOption> = match is_order {
        true => vec![PickOption::with("as it stands", versions.join(", "))],
        false => versions.into_iter().map(PickOption::new).collect(),
    };
    let kept = options.len();
    options.push(match conflict.place.as_str() {
        "order of need" => PickOption::with("another order", "by numbers, as in 2 1 3"),
        _ => PickOption::new("something else"),
    });
    let title = conflict::what(brief, &conflict.place);
    model.dialog = Some(Dialog::Picker(Picker {
        title: "Changed in two ways".to_owned(),
        lines: vec![title],
        options,
        selected: 0,
        many: false,
        kind: PickerKind::Version {
            id: id.clone(),
            place: conflict.place.clone(),
            versions: kept,
        },
    }));
}

/// Takes the choice of a version, or asks for another one.
pub(super) fn take(model: &mut Model, id: &BriefId, place: &str, at: usize, versions: usize) {
    if at >= versions {
        let lines = match model.brief(id) {
            Some(brief) if place == "order of need" => {
                let needs = brief.needs.iter().enumerate();
                needs
                    .map(|(n, need)| format!("{} {}", n + 1, need.text))
                    .collect()
            }
            _ => Vec::new(),
        };
        let mut form = Form::new(
            "Something else",
            FormKind::Version {
                id: id.clone(),
                place: place.to_owned(),
            },
            vec![Field::lines(
                "what it is to be",
                "",
                "in your own words: a guess",
            )],
        );
        form.lines = lines;
        drafts::open(model, form);
        return;
    }
    let choice = match place.starts_with("order of ") {
        true => Choice::AsItIs,
        false => Choice::Keep(at),
    };
    if let Err(why) = choose(model, id, place, &choice) {
        model.complain(why);
    }
}

/// Takes what was written instead of the versions.
pub(super) fn write(
    model: &mut Model,
    id: &BriefId,
    place: &str,
    typed: &str,
) -> Result<(), String> {
    choose(model, id, place, &Choice::Write(typed.to_owned()))
}

fn choose(model: &mut Model, id: &BriefId, place: &str, choice: &Choice) -> Result<(), String> {
    let brief = model.brief(id).ok_or("that brief is no longer here")?;
    // The file may have been read again since the question.
    let at = brief.conflicts.iter().position(|c| c.place == place);
    let at = at.ok_or("somebody has chosen already")?;
    let what = conflict::what(brief, place);
    let change = conflict::choose(brief, at, choice).map_err(|e| e.to_string())?;
    if model.change(id, "choose a version", change) {
        model.say(format!("chosen: {what}"));
    }
    Ok(())
}

/// Asks who goes on with a brief.
pub fn ask_owner(model: &mut Model, id: &BriefId) {
    let Some(brief) = model.brief(id) else { return };
    let mut form = Form::new(
        "Whose brief is it?",
        FormKind::Owner { id: id.clone() },
        vec![Field::line(
            "name",
            &brief.owner.clone(),
            "empty makes it everybody's",
        )],
    );
    let mut names: Vec<&str> = model.items.iter().map(|i| i.brief.owner.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| !name.trim().is_empty());
    if !names.is_empty() {
        form.lines = vec![format!("so far: {}", names.join(", "))];
    }
    drafts::open(model, form);
}

pub(super) fn hand_over(model: &mut Model, id: &BriefId, to: &str) {
    if model.brief(id).is_none_or(|brief| brief.owner == to) {
        return;
    }
    if model.change(id, "hand over", Change::Owner(to.to_owned())) {
        model.say(match to {
            "" => "it is everybody's now".to_owned(),
            to => format!("it is for {to} now"),
        });
    }
}
