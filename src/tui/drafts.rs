//! What is typed into a form about a brief is kept in its file, and offered
//! again when the form is opened the next time.

use crate::domain::{BriefId, WalkPlace};

use super::dialog::{Dialog, Form, FormKind};
use super::model::Model;

/// The word in the file for a form, and the brief it is about. Forms about
/// single short words are not kept.
fn place(form: &Form) -> Option<(&'static str, BriefId)> {
    Some(match &form.kind {
        FormKind::SignOff { id } => ("sign-off", id.clone()),
        FormKind::Heard { id } => ("heard", id.clone()),
        FormKind::StartAnyway { id } => ("start", id.clone()),
        FormKind::Confirm { id } => ("confirm", id.clone()),
        FormKind::Reopen { id } => ("reopen", id.clone()),
        FormKind::Drop { id } => ("drop", id.clone()),
        FormKind::Title { .. }
        | FormKind::Basis
        | FormKind::Goal { .. }
        | FormKind::ExportTo { .. }
        | FormKind::MessageTo
        | FormKind::Name
        | FormKind::KeepText { .. }
        | FormKind::SaveAs { .. } => return None,
    })
}

/// The field whose text is long enough to be missed.
fn longest(form: &Form) -> Option<usize> {
    form.fields.iter().position(|f| f.input.is_multiline())
}

/// Keeps the form that is open.
pub fn keep_form(model: &mut Model) {
    let Some(Dialog::Form(form)) = &model.dialog else {
        return;
    };
    let (Some((at, id)), Some(field)) = (place(form), longest(form)) else {
        return;
    };
    let draft = form.fields[field].input.text().to_owned();
    put(model, &id, at, draft);
}

/// Keeps what was typed when a form is left.
pub fn leave(model: &mut Model, form: &Form) {
    if let (Some((at, id)), Some(field)) = (place(form), longest(form)) {
        let draft = form.fields[field].input.text().to_owned();
        put(model, &id, at, draft);
    }
}

/// Forgets the draft of a form that was taken.
pub fn forget(model: &mut Model, form: &Form) {
    if let Some((at, id)) = place(form) {
        put(model, &id, at, String::new());
    }
}

/// Opens a form, with what was typed into it the last time.
pub fn open(model: &mut Model, mut form: Form) {
    fill(model, &mut form);
    model.dialog = Some(Dialog::Form(form));
}

fn fill(model: &Model, form: &mut Form) {
    let (Some((at, id)), Some(field)) = (place(form), longest(form)) else {
        return;
    };
    let draft = model
        .brief(&id)
        .and_then(|brief| brief.drafts.iter().find(|d| d.at == at));
    if let (Some(draft), Some(field)) = (draft, form.fields.get_mut(field)) {
        field.input.set_text(&draft.draft);
    }
}

fn put(model: &mut Model, id: &BriefId, at: &str, draft: String) {
    let Some(item) = model.item_mut(id) else {
        return;
    };
    let drafts = &mut item.brief.drafts;
    let before = drafts.clone();
    drafts.retain(|d| d.at != at);
    if !draft.trim().is_empty() {
        drafts.push(WalkPlace {
            at: at.to_owned(),
            draft,
            ..WalkPlace::default()
        });
    }
    if *drafts != before {
        model.save(id);
    }
}
