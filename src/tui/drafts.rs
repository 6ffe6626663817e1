//! What is typed into a form about a brief or a goal is kept in its file, and
//! offered again when the form is opened the next time.

use crate::domain::walk_place::thanks_place;
use crate::domain::{BriefId, ItemId, WalkPlace};

use super::dialog::{Dialog, Form, FormKind};
use super::message::Effect;
use super::model::Model;

/// Where the fields of a form are kept.
struct Place {
    file: File,
    /// The word for the form. It has a hyphen, which no question's id has.
    at: String,
    /// The words for its fields, in order; empty for the main one.
    fields: &'static [&'static str],
}

/// The file that a form is about.
enum File {
    Brief(BriefId),
    Goals,
}

/// Forms that are ways out of trouble are not kept, and neither is one's own
/// name: they are about no file that could be written.
fn place(model: &Model, form: &Form) -> Option<Place> {
    let of = |id: &BriefId, at: &str, fields| {
        Some(Place {
            file: File::Brief(id.clone()),
            at: at.to_owned(),
            fields,
        })
    };
    match &form.kind {
        FormKind::SignOff { id } => {
            of(id, "sign-off", &["who", "", "code", "channel", "agreed-to"])
        }
        FormKind::Signature { id } => of(id, "ssh-signature", &["", "keys", "who"]),
        FormKind::Heard { id } => of(id, "heard-only", &["who", "", "channel"]),
        FormKind::ReplyFrom { id } => of(id, "reply-from", &["who", "when", "channel"]),
        FormKind::StartAnyway { id } => of(id, "start-anyway", &[""]),
        FormKind::Confirm { id } => of(id, "they-confirm", &["who", ""]),
        FormKind::Reopen { id } => of(id, "take-up-again", &[""]),
        FormKind::Drop { id } => of(id, "drop-because", &[""]),
        FormKind::Snooze { id } => of(id, "ask-again", &[""]),
        FormKind::Mute { id } => of(id, "stop-asking", &[""]),
        FormKind::Title { id } => of(id, "new-title", &[""]),
        FormKind::Owner { id } => of(id, "new-owner", &[""]),
        FormKind::Version { id, place } => of(id, &format!("version-of-{place}"), &[""]),
        FormKind::Basis { id, question } => of(
            id,
            &format!("basis-of-{question}"),
            &["basis", "who", "when", "why"],
        ),
        FormKind::ExportTo { id, format } => {
            of(id, &format!("export-{}", format.word()), &["file"])
        }
        FormKind::Thanks { id, to } => of(id, &thanks_place(to), &[""]),
        FormKind::MessageTo { id, to } => of(id, &format!("message-to-{to}"), &["file"]),
        FormKind::Goal { at } => Some(Place {
            file: File::Goals,
            at: match at {
                None => NEW_GOAL.to_owned(),
                Some(at) => changed_goal(&model.goals.goals.get(*at)?.id),
            },
            fields: &["level", "", "owner"],
        }),
        FormKind::Name | FormKind::KeepText { .. } | FormKind::SaveAs { .. } => None,
    }
}

const NEW_GOAL: &str = "new-goal";

fn changed_goal(id: &ItemId) -> String {
    format!("change-{id}")
}

/// Keeps the form that is open.
pub fn keep_form(model: &mut Model) {
    if let Some(Dialog::Form(form)) = model.dialog.take() {
        leave(model, &form);
        model.dialog = Some(Dialog::Form(form));
    }
}

/// Keeps what was typed when a form is left.
pub fn leave(model: &mut Model, form: &Form) {
    let Some(place) = place(model, form) else {
        return;
    };
    let typed = place
        .fields
        .iter()
        .zip(&form.fields)
        .filter(|(_, field)| field.is_touched())
        .map(|(name, field)| WalkPlace {
            field: (*name).to_owned(),
            draft: field.input.text().to_owned(),
            ..WalkPlace::new(place.at.clone())
        })
        .collect();
    put(model, &place, typed);
}

/// Forgets the draft of a form that was taken.
pub fn forget(model: &mut Model, form: &Form) {
    if let Some(place) = place(model, form) {
        put(model, &place, Vec::new());
    }
}

/// Opens a form, with what was typed into it the last time.
pub fn open(model: &mut Model, mut form: Form) {
    if let Some(place) = place(model, &form) {
        let drafts: &[WalkPlace] = match &place.file {
            File::Brief(id) => model.brief(id).map_or(&[], |brief| &brief.drafts),
            File::Goals => &model.goals.drafts,
        };
        for (name, field) in place.fields.iter().zip(&mut form.fields) {
            let kept = |d: &&WalkPlace| d.at == place.at && d.field == *name;
            if let Some(draft) = drafts.iter().find(kept) {
                field.input.set_text(&draft.draft);
            }
        }
    }
    model.dialog = Some(Dialog::Form(form));
}

/// Puts the drafts of one form in the place of its earlier ones.
fn put(model: &mut Model, place: &Place, typed: Vec<WalkPlace>) {
    let replace = |drafts: &mut Vec<WalkPlace>| {
        let old: Vec<&WalkPlace> = drafts.iter().filter(|d| d.at == place.at).collect();
        let is_new = old.iter().copied().ne(&typed);
        if is_new {
            drafts.retain(|d| d.at != place.at);
            drafts.extend(typed.iter().cloned());
        }
        is_new
    };
    match &place.file {
        File::Brief(id) => {
            let Some(item) = model.item_mut(id).filter(|i| i.read_only().is_none()) else {
                return;
            };
            if replace(&mut item.brief.drafts) {
                model.save(id);
            }
        }
        File::Goals => {
            let base = model.goals.clone();
            let mut after = base.clone();
            if replace(&mut after.drafts) {
                // What was typed about a goal goes with it.
                let known: Vec<String> = after.goals.iter().map(|g| changed_goal(&g.id)).collect();
                after
                    .drafts
                    .retain(|d| d.at == NEW_GOAL || known.contains(&d.at));
                model.goals = after.clone();
                model.effects.push(Effect::SaveGoals {
                    base: Box::new(base),
                    after: Box::new(after),
                });
            }
        }
    }
}
