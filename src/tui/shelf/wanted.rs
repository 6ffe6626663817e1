//! Which briefs of a large folder are read, and when they are put back.

use std::collections::BTreeSet;

use crate::domain::{Brief, BriefId};
use crate::tui::command::Command;
use crate::tui::keymap::{self, Key};
use crate::tui::message::{Effect, Msg};
use crate::tui::model::{Model, StepPart};
use crate::tui::screens::{Screen, desk};
use crate::tui::update::contexts;

use super::Seen;

/// So many briefs stay in memory at most besides those that can be seen after some
/// keys: few are read again when somebody turns round.
const SPARE: usize = 16;
/// So many are read at once before the next key is asked for.
const AHEAD: usize = 4;

/// Asks for what the screen on top shows and nobody has read yet.
pub fn want(model: &mut Model) {
    if model.shelf.is_empty() {
        return;
    }
    let Some(top) = model.top() else { return };
    let all = match top {
        // What somebody is asked may be in any brief with their name.
        Screen::Share(_) | Screen::Reply(_) => model.current().map(people),
        Screen::People(_) | Screen::Goals(_) => Some(Vec::new()),
        _ => None,
    };
    if let Some(who) = all
        && !model.shelf.read.contains(&Vec::new())
        && model.shelf.read.insert(who.clone())
    {
        model.effects.push(Effect::LoadAll(who));
    }
    evict(model);
    // Asked for already, or the same rows of the same briefs as the last time.
    let seen = Seen {
        rows: match model.top() {
            Some(Screen::Desk(desk)) => Some(desk.seen(model)),
            _ => None,
        },
        screens: model.screens.len(),
        items: model.items.len(),
        revision: model.shelf.revision,
    };
    if model.unshown || (seen.rows.is_some() && model.shelf.seen.as_ref() == Some(&seen)) {
        return;
    }
    if unread(model).is_empty() {
        model.shelf.seen = Some(seen);
    } else {
        model.effects.push(Effect::Show);
    }
}

/// Whether a message only moves about on the desk: what is passed need not be
/// read.
pub fn is_passing(model: &Model, msg: &Msg) -> bool {
    let Msg::Key(event) = msg else { return false };
    let is_desk = model.dialog.is_none() && matches!(model.top(), Some(Screen::Desk(_)));
    let mut commands = keymap::commands(contexts(model), Key::of(*event));
    is_desk
        && commands.all(|command| {
            matches!(
                command,
                Command::Up
                    | Command::Down
                    | Command::First
                    | Command::Last
                    | Command::Previous
                    | Command::Next
                    | Command::Pick(_)
            )
        })
}

/// What the screen on top shows and nobody has read yet.
pub fn unread(model: &Model) -> Vec<BriefId> {
    let Some(top) = model.top().filter(|_| !model.shelf.is_empty()) else {
        return Vec::new();
    };
    let mut ids = top.window(model);
    ids.extend(model.screens.iter().filter_map(Screen::brief));
    ids.extend(model.unnamed_on_shelf());
    ids.retain(|id| is_unread(model, id));
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Some of what is shown after the next keys and nobody has read yet: it is
/// read while nobody does anything.
pub fn ahead(model: &Model) -> Vec<BriefId> {
    let Some(Screen::Desk(desk)) = model.top().filter(|_| !model.shelf.is_empty()) else {
        return Vec::new();
    };
    let mut ids = desk.near(model);
    ids.retain(|id| is_unread(model, id));
    ids.truncate(AHEAD);
    ids
}

fn is_unread(model: &Model, id: &BriefId) -> bool {
    model.item(id).is_none() && model.shelf.find(id).is_some() && !model.shelf.missing.contains(id)
}

/// The names and addresses of the customers.
fn people(brief: &Brief) -> Vec<String> {
    let words = brief.customers.iter().flat_map(|c| [&c.name, &c.reach]);
    let words = words.filter(|words| !words.trim().is_empty());
    let mut words: Vec<String> = words.cloned().collect();
    if words.is_empty() {
        // Nobody, and not everybody.
        words.push(brief.id.to_string());
    }
    words
}

/// Puts back what nobody looks at, where too much is in memory.
fn evict(model: &mut Model) {
    let most = desk::reach(model) + SPARE;
    if model.items.len() <= most || !matches!(model.top(), Some(Screen::Desk(_))) {
        return;
    }
    let mut used: BTreeSet<BriefId> = model.screens.iter().filter_map(Screen::brief).collect();
    if let Some(Screen::Desk(desk)) = model.top() {
        used.extend(desk.window(model));
        used.extend(desk.near(model));
    }
    for step in model.undo.iter().chain(&model.redo) {
        concerned(&step.part, &mut used);
    }
    let shelf = &mut model.shelf;
    let mut is_other = false;
    model.items.retain(|item| {
        let id = &item.brief.id;
        if shelf.find(id).is_none() || used.contains(id) || !item.is_saved() || !item.is_looked_at {
            return true;
        }
        is_other |= shelf.put_back(item, &model.me);
        false
    });
    shelf.read.clear();
    if is_other {
        shelf.look_through();
    }
}

/// The briefs that a step changes.
fn concerned(part: &StepPart, ids: &mut BTreeSet<BriefId>) {
    match part {
        StepPart::Brief { id, .. } | StepPart::File { id, .. } => {
            ids.insert(id.clone());
        }
        StepPart::Goals(_) => {}
        StepPart::Both(one, other) => {
            concerned(one, ids);
            concerned(other, ids);
        }
    }
}
