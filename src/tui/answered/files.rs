//! Exports, messages and briefs that go to a file of the user's choice, and
//! what to do when a brief could not be saved.

use crate::domain::BriefId;
use crate::export::{self, Format};
use crate::tui::dialog::{Dialog, Field, Form, FormKind, PickOption, Picker, PickerKind, Reader};
use crate::tui::message::{Effect, Then};
use crate::tui::model::Model;
use crate::tui::screens::Screen;

pub(super) fn ask_export_path(model: &mut Model, id: &BriefId, format: Format) {
    let form = Form::new(
        format!("Export as {}", format.word()),
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
    model.dialog = Some(Dialog::Form(form));
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
    let text = export::render(brief, format);
    let digest = export::digest(&text);
    model.effects.push(Effect::WriteFile {
        path: form.text(0),
        text,
        then: Then::RecordExport {
            id: id.clone(),
            format: format.word().to_owned(),
            digest,
        },
    });
    Ok(())
}

pub(super) fn message_to(form: &Form, model: &mut Model) -> Result<(), String> {
    let text = match model.top() {
        Some(Screen::Share(share)) => share.text(model),
        _ => None,
    }
    .ok_or("there is no message to write")?;
    model.effects.push(Effect::WriteFile {
        path: form.text(0),
        text,
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
        text,
        then: Then::Nothing,
    });
    Ok(())
}

/// The choice of a format.
pub fn ask_export(model: &mut Model, id: &BriefId) {
    model.dialog = Some(Dialog::Picker(Picker {
        title: "Export".to_owned(),
        lines: vec!["One file, with the agreement, who said yes, and the code.".to_owned()],
        options: vec![
            PickOption::with("Markdown", "for a wiki or a repository"),
            PickOption::with("HTML", "to print or read on a phone"),
            PickOption::with("plain text", "for a mail"),
            PickOption::with("JSON", "for programs"),
        ],
        selected: 1,
        many: false,
        kind: PickerKind::Export { id: id.clone() },
    }));
}

pub(super) fn not_saved(model: &mut Model, id: &BriefId, changed: bool, at: usize) {
    match (changed, at) {
        (true, 0) => {
            model.forget_steps(id);
            model.effects.push(Effect::Reload(id.clone()));
        }
        (false, 0) => model.save(id),
        (_, 1) => {
            let number = model.number();
            let Some(item) = model.item_mut(id) else {
                return;
            };
            let mut copy = item.brief.clone();
            if item.base.is_none() {
                // It never had a file: another id is enough.
                copy.id = BriefId::for_title(&copy.title, number);
                model.items.retain(|i| &i.brief.id != id);
            } else {
                copy.title = format!("{} (my copy)", copy.title);
                copy.id = BriefId::for_title(&copy.title, number);
                model.forget_steps(id);
                model.effects.push(Effect::Reload(id.clone()));
            }
            let title = copy.title.clone();
            model.create(copy);
            model.say(format!("kept as \u{201c}{title}\u{201d}"));
        }
        _ => {
            let form = Form::new(
                "Save elsewhere",
                FormKind::SaveAs { id: id.clone() },
                vec![Field::line(
                    "file",
                    &format!("{id}.toml"),
                    "a whole path, or in this folder",
                )],
            );
            model.dialog = Some(Dialog::Form(form));
        }
    }
}

pub(super) fn compare(model: &mut Model, id: &BriefId, then: Picker) {
    let Some(item) = model.item(id) else { return };
    let mine = crate::storage::text_of(item.base.as_ref(), &item.brief);
    let theirs = match item.theirs.as_deref() {
        Some(crate::storage::Entry::Brief(loaded)) => loaded.text.to_string(),
        Some(crate::storage::Entry::Broken(broken)) => broken.summary.clone(),
        None => String::new(),
    };
    let mut lines = vec!["\u{2212} in the file now    + what is here".to_owned()];
    let difference = similar::TextDiff::from_lines(theirs.as_str(), mine.as_str());
    for group in difference.grouped_ops(1) {
        lines.push(String::new());
        for op in group {
            for change in difference.iter_changes(&op) {
                let sign = match change.tag() {
                    similar::ChangeTag::Delete => '\u{2212}',
                    similar::ChangeTag::Insert => '+',
                    similar::ChangeTag::Equal => ' ',
                };
                lines.push(format!("{sign} {}", change.value().trim_end()));
            }
        }
    }
    model.dialog = Some(Dialog::Reader(Reader {
        title: "What differs".to_owned(),
        lines,
        scroll: 0,
        then: Some(then),
    }));
}
