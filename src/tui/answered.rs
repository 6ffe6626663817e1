//! What happens with the answer of a form or a choice.

mod amend;
mod by_key;
mod details;
mod files;
mod later;
mod reply;
mod steps;
mod unsaved;
mod versions;
mod yes;

pub use amend::ask_amend;
pub use by_key::{Unchecked, ask_signature, checked};
pub use details::{ask_goal, ask_name, ask_title};
pub use files::ask_export;
pub use later::{ask_later, ask_mute};
pub use steps::{ask_drop, ask_step, open_blockers, take_step};
pub use unsaved::ask_unsaved;
pub use versions::{ask_choice, ask_owner};
pub use yes::{ask_heard, ask_sign_off};

use details::{basis, goal};
use files::{ask_export_path, export_to, message_to, save_as};
use steps::{confirm, drop_brief, stage, start};
use yes::{heard, sign};

use crate::domain::action::{self};
use crate::domain::{Brief, Change, ItemId, ListEdit};
use crate::export::Format;

use super::dialog::{Dialog, Field, Form, FormKind, Picker, PickerKind};
use super::message::{Effect, Then};
use super::model::Model;
use super::screens::{Screen, share::Share};

/// Takes a filled form. Gives it back, with the reason, when it does not fit.
pub fn form(mut form: Form, model: &mut Model) -> Option<Form> {
    let result = match form.kind.clone() {
        FormKind::SignOff { id } => sign(&mut form, model, &id),
        FormKind::Signature { id } => by_key::check(&form, model, &id),
        FormKind::Heard { id } => heard(&form, model, &id),
        FormKind::ReplyFrom { id } => reply::from(&form, model, &id),
        FormKind::StartAnyway { id } => start(model, &id, &form.text(0)),
        FormKind::Confirm { id } => confirm(&form, model, &id),
        FormKind::Reopen { id } => stage(model, &id, "reopen", |brief, event, model| {
            action::reopen(brief, &form.text(0), event, model.now)
        }),
        FormKind::Drop { id } => drop_brief(model, &id, &form.text(0)),
        FormKind::Snooze { id } => later::snooze(model, &id, &form.text(0)),
        FormKind::Mute { id } => later::mute(model, &id, &form.text(0)),
        FormKind::Title { id } => {
            model.change(&id, "", Change::Title(form.text(0)));
            Ok(())
        }
        FormKind::Owner { id } => {
            versions::hand_over(model, &id, &form.text(0));
            Ok(())
        }
        FormKind::Version { id, place } => versions::write(model, &id, &place, &form.text(0)),
        FormKind::Basis { .. } => basis(&form, model),
        FormKind::Goal { at } => goal(&form, model, at),
        FormKind::ExportTo { id, format } => export_to(&form, model, &id, format),
        FormKind::MessageTo { .. } => message_to(&form, model),
        FormKind::Thanks { .. } => {
            // What is kept of the form is what the message takes.
            super::drafts::leave(model, &form);
            return None;
        }
        FormKind::Name => {
            model.effects.push(Effect::Name(form.text(0)));
            Ok(())
        }
        FormKind::KeepText { text } => {
            model.effects.push(Effect::WriteFile {
                path: form.text(0),
                content: text.into_bytes(),
                then: Then::Nothing,
            });
            Ok(())
        }
        FormKind::SaveAs { id } => save_as(&form, model, &id),
    };
    match result {
        Ok(()) => {
            super::drafts::forget(model, &form);
            None
        }
        Err(why) => {
            form.error = Some(why);
            Some(form)
        }
    }
}

/// Takes a choice.
pub fn picker(picker: Picker, model: &mut Model) {
    let at = picker.selected;
    let chosen = |ids: &[ItemId]| -> Vec<ItemId> {
        ids.iter()
            .zip(&picker.options)
            .filter(|(_, option)| option.chosen)
            .map(|(id, _)| id.clone())
            .collect()
    };
    match &picker.kind {
        PickerKind::Ask(customers) => {
            if let Some(to) = customers.get(at) {
                with_walk(model, |walk, model| walk.ask(model, to));
            }
        }
        PickerKind::Whose { at: row, customers } => {
            let whose = chosen(customers);
            let need =
                current(model).and_then(|b| Some((b.id.clone(), b.needs.get(*row)?.clone())));
            if let Some((id, mut item)) = need {
                item.whose = whose;
                model.change(
                    &id,
                    "whose need",
                    Change::Need(ListEdit::Replace { at: *row, item }),
                );
            }
        }
        PickerKind::Serves { at: row, needs } => {
            let serves = chosen(needs);
            let part = current(model)
                .and_then(|b| Some((b.id.clone(), b.deliverables.get(*row)?.clone())));
            if let Some((id, mut item)) = part {
                item.serves = serves;
                model.change(
                    &id,
                    "which needs a part serves",
                    Change::Deliverable(ListEdit::Replace { at: *row, item }),
                );
            }
        }
        PickerKind::RankOf(values) => {
            let whose = values.get(at).cloned().flatten();
            with_walk(model, |walk, model| walk.show_ranking(model, whose));
        }
        PickerKind::ShareTo { id, customers } => {
            if let Some(to) = customers.get(at) {
                model.open(Screen::Share(Share::new(id.clone(), to.clone())));
            }
        }
        PickerKind::Export { id } => {
            if let Some(format) = Format::offered().nth(at) {
                ask_export_path(model, id, format);
            }
        }
        PickerKind::Advance { id, commands } => {
            if let Some(step) = commands.get(at) {
                take_step(model, id, *step);
            }
        }
        PickerKind::TakeFor { at: row, targets } => {
            if let Some(target) = targets.get(at) {
                reply::take(model, *row, target.clone());
            }
        }
        PickerKind::Version {
            id,
            place,
            versions,
        } => versions::take(model, id, place, at, *versions),
        PickerKind::Later { id } => later::take(model, id, at),
        PickerKind::No { ways } => {
            if let Some(way) = ways.get(at) {
                crate::tui::screens::check_in::take_way(model, *way);
            }
        }
        PickerKind::Amend { id, calls } => {
            if let Some((section, call)) = calls.get(at) {
                amend::take(model, id, section, *call);
            }
        }
        PickerKind::NoBrief { id, text } => match at {
            0 => model.effects.push(Effect::EditFile {
                id: id.clone(),
                text: text.clone(),
            }),
            1 => {
                let form = Form::new(
                    "Keep the text",
                    FormKind::KeepText { text: text.clone() },
                    vec![Field::line(
                        "file",
                        &format!("{id}.edited.txt"),
                        "a whole path, or in this folder",
                    )],
                );
                model.dialog = Some(Dialog::Form(form));
            }
            _ => {}
        },
        PickerKind::NotSaved { id, ways } => {
            if let Some(way) = ways.get(at).copied() {
                let id = id.clone();
                unsaved::go(model, &id, way, picker);
            }
        }
    }
}

fn with_walk(model: &mut Model, act: impl FnOnce(&mut super::screens::walk::Walk, &mut Model)) {
    let Some(mut screen) = model.screens.pop() else {
        return;
    };
    if let Screen::Walk(walk) = &mut screen {
        act(walk, model);
    }
    model.screens.push(screen);
}

fn current(model: &Model) -> Option<&Brief> {
    model.current()
}

/// The customer that was typed, or why it is nobody.
fn customer(brief: &Brief, typed: &str) -> Result<ItemId, String> {
    let customer = brief.who(typed).map_err(|nobody| nobody.in_full())?;
    Ok(customer.id.clone())
}
