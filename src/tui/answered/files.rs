//! Exports, messages and briefs that go to a file of the user's choice.

use crate::domain::BriefId;
use crate::export::{self, Flavour, Format, Paper};
use crate::tui::dialog::{Dialog, Field, Form, FormKind, PickOption, Picker, PickerKind};
use crate::tui::drafts;
use crate::tui::message::{Effect, Then};
use crate::tui::model::Model;
use crate::tui::screens::Screen;

pub(super) fn ask_export_path(model: &mut Model, id: &BriefId, format: Format) {
    let form = Form::new(
        format!("Export as {}", format.name()),
        FormKind::ExportTo {
            id: id.clone(),
            format,
        },
        vec![Field::line(
            "file",
            &format!("{id}.{}", format.extension()),
            "in this folder, or a whole path",
        )],
    );
    drafts::open(model, form);
}

pub(super) fn export_to(
    form: &Form,
    model: &mut Model,
    id: &BriefId,
    format: Format,
) -> Result<(), String> {
    let Some(brief) = model.brief(id) else {
        return Err("that brief is no longer here".to_owned());
    };
    let document = export::render(brief, format).map_err(|why| why.to_string())?;
    let digest = export::digest(&document.bytes);
    model.effects.push(Effect::WriteFile {
        path: form.text(0),
        content: document.bytes,
        then: Then::RecordExport {
            id: id.clone(),
            format: format.word().to_owned(),
            digest,
            parts: document.parts,
        },
    });
    Ok(())
}

pub(super) fn message_to(form: &Form, model: &mut Model) -> Result<(), String> {
    let path = form.text(0);
    let text = match model.top() {
        Some(Screen::Share(share)) => {
            let flavour = Flavour::of_file(&path).unwrap_or(share.flavour);
            share.message(model).map(|m| m.form(flavour))
        }
        Some(Screen::CheckIn(page)) => {
            let flavour = Flavour::of_file(&path).unwrap_or_default();
            page.message(model).map(|m| m.form(flavour))
        }
        _ => None,
    }
    .ok_or("there is no message to write")?;
    model.effects.push(Effect::WriteFile {
        path,
        content: text.into_bytes(),
        then: Then::RecordShare,
    });
    Ok(())
}

pub(super) fn save_as(form: &Form, model: &mut Model, id: &BriefId) -> Result<(), String> {
    let Some(item) = model.item(id) else {
        return Err("that brief is no longer here".to_owned());
    };
    let text = crate::storage::text_of(item.base.as_ref(), &item.brief);
    model.effects.push(Effect::WriteFile {
        path: form.text(0),
        content: text.into_bytes(),
        then: Then::Nothing,
    });
    Ok(())
}

/// What a format is good for.
fn used(format: Format) -> &'static str {
    match format {
        Format::Markdown => "for a wiki or a repository",
        Format::Html => "to print or read on a phone",
        Format::Pdf(Paper::A4) => "to attach, sign or file",
        Format::Pdf(Paper::Letter) => "the same on the paper of the US",
        Format::Text => "for a mail",
        Format::Json => "for programs",
    }
}

/// The choice of a format.
pub fn ask_export(model: &mut Model, id: &BriefId) {
    model.dialog = Some(Dialog::Picker(Picker {
        title: "Export".to_owned(),
        lines: vec!["One file, with the agreement, who said yes, and the code.".to_owned()],
        options: Format::offered()
            .map(|format| PickOption::with(format.name(), used(format)))
            .collect(),
        selected: 1,
        many: false,
        kind: PickerKind::Export { id: id.clone() },
    }));
}
