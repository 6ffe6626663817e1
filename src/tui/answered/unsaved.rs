//! What to do when a brief could not be saved.

use crate::domain::BriefId;
use crate::storage::{Entry, StoreError, text_of};
use crate::tui::dialog::{
    Dialog, Field, Form, FormKind, PickOption, Picker, PickerKind, Reader, WayOut,
};
use crate::tui::message::Effect;
use crate::tui::model::Model;

/// Asks what becomes of a brief that was not saved, and why it was not. The
/// dialog opens while somebody types: the way that is selected loses nothing,
/// and a number only selects.
pub fn ask_unsaved(model: &mut Model, id: &BriefId, error: &StoreError) {
    let title = model.brief(id).map(|b| b.title.clone()).unwrap_or_default();
    let (heading, lines, ways) = match error {
        StoreError::Changed { .. } => (
            "The file has changed",
            vec![
                format!("\u{201c}{title}\u{201d} was changed by somebody else since it was read."),
                "Nothing was overwritten. What you typed is still here.".to_owned(),
            ],
            vec![WayOut::Compare, WayOut::Copy, WayOut::Reload],
        ),
        StoreError::Gone { .. } => (
            "The file is gone",
            vec![
                format!("\u{201c}{title}\u{201d} is no longer in the folder."),
                "What you have here is still complete.".to_owned(),
            ],
            vec![WayOut::WriteAgain, WayOut::Elsewhere],
        ),
        other => (
            "Not saved",
            vec![
                other.to_string(),
                "What you typed is still here and is tried again with the next change.".to_owned(),
            ],
            vec![WayOut::TryAgain, WayOut::Copy, WayOut::Elsewhere],
        ),
    };
    model.dialog = Some(Dialog::Picker(Picker {
        title: heading.to_owned(),
        lines,
        options: ways.iter().map(|way| option(*way)).collect(),
        selected: 0,
        many: false,
        kind: PickerKind::NotSaved {
            id: id.clone(),
            ways,
        },
    }));
}

fn option(way: WayOut) -> PickOption {
    match way {
        WayOut::Compare => PickOption::with("compare", "show the difference first"),
        WayOut::Copy => PickOption::with("keep mine as a copy", "under another name"),
        WayOut::Reload => PickOption::with("reload", "take the file, drop what is here"),
        WayOut::WriteAgain => PickOption::with("write it again", "in the same place"),
        WayOut::TryAgain => PickOption::new("try again"),
        WayOut::Elsewhere => PickOption::with("save elsewhere", "a file of your choice"),
    }
}

/// Goes the way that was chosen in `asked`.
pub(super) fn go(model: &mut Model, id: &BriefId, way: WayOut, asked: Picker) {
    match way {
        WayOut::Compare => compare(model, id, asked),
        WayOut::Copy => copy(model, id),
        WayOut::Reload => {
            model.forget_steps(id);
            model.effects.push(Effect::Reload(id.clone()));
        }
        WayOut::WriteAgain => model.effects.push(Effect::WriteAgain(id.clone())),
        WayOut::TryAgain => model.save(id),
        WayOut::Elsewhere => {
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

/// The brief goes on under another name; its file, if there is one, is read
/// again.
fn copy(model: &mut Model, id: &BriefId) {
    let number = model.number();
    let Some(item) = model.item(id) else {
        return;
    };
    let mut copy = item.brief.clone().into_inner();
    if item.base.is_none() {
        // It never had a file: another id is enough.
        copy.id = BriefId::for_title(&copy.title, number);
        model.items.retain(|i| &i.brief.id != id);
        model.shelf.revision += 1;
    } else {
        copy.title = format!("{} (my copy)", copy.title);
        copy.id = BriefId::for_title(&copy.title, number);
        model.forget_steps(id);
        model.effects.push(Effect::Reload(id.clone()));
    }
    let title = copy.title.clone();
    // Who was in the middle of an answer goes on with it in the copy.
    let mut screens = std::mem::take(&mut model.screens);
    for screen in &mut screens {
        screen.follow(id, &copy.id);
    }
    model.screens = screens;
    model.create(copy);
    model.say(format!("this is now \u{201c}{title}\u{201d}"));
}

fn compare(model: &mut Model, id: &BriefId, then: Picker) {
    let Some(item) = model.item(id) else { return };
    let mine = text_of(item.base.as_ref(), &item.brief);
    let theirs = match item.theirs.as_deref() {
        Some(Entry::Brief(loaded)) => loaded.text.to_string(),
        Some(Entry::Broken(broken)) => broken.summary.clone(),
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
