//! What somebody else wrote to the folder while the interface is open: it is
//! read again, and nothing that is being typed goes away.

use crate::domain::{Brief, BriefId};
use crate::storage::{Broken, Goals, Loaded, StoreError};

use super::message::Effect;
use super::model::{Item, Model};
use super::screens::Screen;

/// Above so many files, all of the folder is read again.
const MANY: usize = 40;

/// Files of the folder were written to. While a dialog is open, what it is
/// about does not change behind it.
pub fn changed(model: &mut Model, names: impl IntoIterator<Item = String>, all: bool) {
    model.unread.extend(names);
    model.unread_all |= all || model.unread.len() > MANY;
    look(model);
}

/// Asks for what was written to, once no dialog is open.
pub fn look(model: &mut Model) {
    let is_any = model.unread_all || !model.unread.is_empty();
    if !is_any || model.dialog.is_some() {
        return;
    }
    let names = std::mem::take(&mut model.unread);
    if std::mem::take(&mut model.unread_all) {
        model.effects.push(Effect::List);
        return;
    }
    let ids = names.iter().filter_map(|name| name.strip_suffix(".toml"));
    let ids: Option<Vec<BriefId>> = ids
        .filter(|stem| *stem != "goals")
        .map(|stem| BriefId::parse(stem).ok())
        .collect();
    match ids {
        // A name that is no id is listed as broken.
        None => model.effects.push(Effect::List),
        Some(ids) => model.effects.push(Effect::Look {
            ids,
            goals: names.iter().any(|name| name == "goals.toml"),
        }),
    }
}

/// Takes over what was read. True where anything is new.
pub fn looked(
    model: &mut Model,
    briefs: Vec<(BriefId, Result<Loaded, StoreError>)>,
    goals: Option<Result<Goals, StoreError>>,
) -> bool {
    let mut is_new = false;
    model.shelf.revision += 1;
    for (id, result) in briefs {
        is_new |= take(model, &id, result);
    }
    match goals {
        Some(Ok(goals)) if goals.text != model.goals.text => {
            model.goals = goals;
            is_new = true;
        }
        Some(Err(error)) => model.complain(format!("the goals list: {error}")),
        _ => {}
    }
    is_new
}

fn take(model: &mut Model, id: &BriefId, result: Result<Loaded, StoreError>) -> bool {
    let is_open = model
        .screens
        .iter()
        .any(|screen| screen.about() == Some(id));
    let is_typed_in = model.screens.iter().any(|screen| {
        let takes_text = !matches!(screen, Screen::Brief(_) | Screen::Review(_));
        takes_text && screen.about() == Some(id)
    });
    let file = format!("{id}.toml");
    let was_broken = model.broken.len();
    model.broken.retain(|broken| broken.file != file);
    let was_broken = was_broken != model.broken.len();
    let unsaved = model.item(id).is_some_and(|item| !item.is_saved());
    match result {
        // What is not saved is compared when it is saved.
        _ if unsaved => was_broken,
        Ok(loaded) => {
            let Some(item) = model.item_mut(id) else {
                model.items.push(Item::loaded(loaded));
                return true;
            };
            // Our own save.
            if item
                .base
                .as_ref()
                .is_some_and(|base| base.text == loaded.text)
            {
                return was_broken;
            }
            // Somebody types there as well. One of the two texts would go away
            // unseen: that is asked about when ours is saved.
            let typed = |brief: &Brief| (brief.walk.clone(), brief.drafts.clone());
            if is_typed_in && typed(&item.brief) != typed(&loaded.brief) {
                return was_broken;
            }
            *item = Item::loaded(loaded);
            model.detach_steps(id);
            if is_open {
                model.say("changed by somebody else just now, and read again");
            }
            true
        }
        Err(StoreError::Broken(broken)) => {
            put_broken(model, *broken, id, is_open);
            true
        }
        // It may be half way to another name, and what is open stays open: the
        // next save says that its file is gone.
        Err(StoreError::Gone { .. }) if is_open => was_broken,
        Err(StoreError::Gone { .. }) => {
            model.items.retain(|item| &item.brief.id != id);
            model.shelf.remove(id);
            true
        }
        Err(_) => was_broken,
    }
}

fn put_broken(model: &mut Model, broken: Broken, id: &BriefId, is_open: bool) {
    model.broken.push(broken);
    if !is_open {
        model.items.retain(|item| &item.brief.id != id);
        model.shelf.remove(id);
    }
}
