//! What a change since a yes is: material, or a mere rewording.

use crate::domain::action::Call;
use crate::domain::amendment::{self, Amended};
use crate::domain::{Brief, BriefId, Section, text};
use crate::tui::dialog::{Dialog, PickOption, Picker, PickerKind};
use crate::tui::model::Model;

/// Lines of differences that leave room for the choice on a small screen.
const LINES: usize = 9;

/// The choice, with the difference above it.
pub fn ask_amend(model: &mut Model, id: &BriefId) {
    let Some(brief) = model.brief(id) else { return };
    let amended = amendment::amended(brief);
    let mut options = Vec::new();
    let mut calls = Vec::new();
    let mut sections: Vec<&Section> = amended.iter().map(|a| &a.section).collect();
    sections.dedup();
    for section in sections {
        let these: Vec<&Amended> = amended.iter().filter(|a| a.section == *section).collect();
        for call in [Call::Rewording, Call::Material] {
            if these.iter().all(|a| a.called && a.counts == call) {
                continue;
            }
            let (what, then) = match call {
                Call::Rewording => ("reworded", "the yes stands"),
                Call::Material => ("material", "asks for the yes again"),
            };
            let label = format!("{what}: {}", section.label());
            options.push(PickOption::with(label, then));
            calls.push((section.clone(), call));
        }
    }
    if options.is_empty() {
        model.say("nothing has changed since a yes");
        return;
    }
    let lines = lines(brief, &amended);
    model.dialog = Some(Dialog::Picker(Picker {
        title: "Changed since their yes".to_owned(),
        lines,
        options,
        selected: 0,
        many: false,
        kind: PickerKind::Amend {
            id: id.clone(),
            calls,
        },
    }));
}

/// The differences, each with how it counts now.
fn lines(brief: &Brief, amended: &[Amended]) -> Vec<String> {
    let mut lines = Vec::new();
    for change in amended {
        let counts = match (change.counts, change.called) {
            (Call::Rewording, _) => "~ a rewording",
            (Call::Material, true) => "! material",
            (Call::Material, false) => "! counts as material",
        };
        lines.push(format!(
            "{counts}: {}, since {}'s yes",
            change.section.label(),
            text::fit(brief.name_of(&change.by), 24)
        ));
        lines.extend(
            change
                .difference
                .told()
                .into_iter()
                .map(|l| format!("  {l}")),
        );
    }
    if lines.len() > LINES {
        lines.truncate(LINES - 1);
        lines.push("\u{2026} the rest stands on the screen of the brief".to_owned());
    }
    lines
}

pub(super) fn take(model: &mut Model, id: &BriefId, section: &Section, call: Call) {
    let event = model.event_id();
    let Some(brief) = model.brief(id) else { return };
    match amendment::call(
        brief,
        std::slice::from_ref(section),
        call,
        "",
        &event,
        model.now,
    ) {
        Ok(change) => {
            let (what, told) = match call {
                Call::Rewording => (
                    "rewording",
                    "a rewording: the yes stands, they see the difference",
                ),
                Call::Material => (
                    "material change",
                    "material: s writes the message that asks again",
                ),
            };
            if model.change(id, what, change) {
                model.say(told);
            }
        }
        Err(why) => model.complain(why.to_string()),
    }
}
