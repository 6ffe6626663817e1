//! The file of a brief, edited as a whole in $EDITOR.

use crate::domain::BriefId;
use crate::storage;

use super::dialog::{Dialog, PickOption, Picker, PickerKind};
use super::message::Effect;
use super::model::{Model, Step};

/// Opens the file of a brief as it stands.
pub fn open(model: &mut Model, id: &BriefId) {
    let Some(item) = model.item(id) else { return };
    let text = storage::text_of(item.base.as_ref(), &item.brief);
    model.effects.push(Effect::EditFile {
        id: id.clone(),
        text,
    });
}

/// Takes the edited text if it is a brief, else offers it again.
pub fn edited(model: &mut Model, id: &BriefId, text: String) {
    let now = model.now;
    if model
        .item(id)
        .and_then(|i| i.base.as_ref())
        .is_some_and(|base| *base.text == *text)
    {
        model.say("the file is as it was");
        return;
    }
    match storage::read_text(&format!("{id}.toml"), id, &text, now) {
        Ok(loaded) => {
            if let Some(part) = model.take_file(id, loaded) {
                model.remember(Step {
                    what: "edit the file".to_owned(),
                    part,
                });
                model.say("the file is as you wrote it; u takes it back");
            }
        }
        Err(broken) => {
            let mut lines = vec![broken.summary.clone()];
            lines.extend(broken.picture.lines().map(str::to_owned));
            lines.push(broken.hint.clone());
            model.dialog = Some(Dialog::Picker(Picker {
                title: "This is no brief yet".to_owned(),
                lines,
                options: vec![
                    PickOption::with("edit again", "your text as you left it"),
                    PickOption::with("keep the text in a file", "and leave the brief as it was"),
                    PickOption::with("drop it", "the brief stays as it was"),
                ],
                selected: 0,
                many: false,
                kind: PickerKind::NoBrief {
                    id: id.clone(),
                    text,
                },
            }));
        }
    }
}
