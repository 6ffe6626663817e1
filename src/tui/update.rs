//! The one place where the model changes: a message comes in, effects go out.

use std::panic::{self, AssertUnwindSafe};

use crossterm::event::{KeyEvent, KeyEventKind};

use crate::domain::BriefId;
use crate::storage::{Entry, Goals, Loaded, StoreError};

use super::command::{Availability, Command};
use super::dialog::{self, Dialog};
use super::keymap::{self, Context, Key};
use super::looked;
use super::message::{Effect, Msg, Then};
use super::model::{Go, Item, Model};
use super::screens::{Input, Screen, filter::Filter, goals, people};
use super::shelf;
use super::widgets::text_field::FieldEvent;

/// Takes one message and gives back what is to be done.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Now(now) => model.pass_time(now),
        Msg::Resize(width, height) => model.size = (width, height),
        Msg::Key(event) if event.kind != KeyEventKind::Release => key(model, event),
        Msg::Key(_) => {}
        Msg::Paste(text) => input(model, Input::Text(text)),
        // Editors end a file with a line break that nobody typed.
        Msg::Edited(Ok(text)) => {
            let text = text.trim_end_matches(['\r', '\n']).to_owned();
            input(model, Input::Edited(text));
        }
        Msg::Edited(Err(why)) => model.complain(why),
        Msg::Mended(result) => {
            if let Err(why) = result {
                model.complain(why);
            }
            model.effects.push(Effect::List);
        }
        Msg::Rested => {
            keep(model);
            model.unrested = false;
        }
        Msg::Stop => {
            keep(model);
            model.quitting = true;
            model.effects.push(Effect::Quit);
        }
        Msg::Resumed => model.effects.push(Effect::List),
        Msg::Listed { briefs, goals } => listed(model, briefs, goals),
        Msg::Changed { names, all } => looked::changed(model, names, all),
        Msg::Looked { briefs, goals } => {
            if looked::looked(model, briefs, goals) {
                refresh(model);
            }
        }
        Msg::Shelved { found, goals } => shelf::shelved(model, *found, goals),
        Msg::Unchanged(goals) => shelf::unchanged(model, goals),
        Msg::Loaded(found) => shelf::loaded(model, found),
        Msg::Found(result) => shelf::found(model, result),
        Msg::Saved { id, result } => saved(model, id, *result),
        Msg::Reloaded { id, result } => reloaded(model, &id, *result),
        Msg::GoalsSaved(Ok(goals)) => model.goals = goals,
        Msg::GoalsSaved(Err(error)) => {
            model.complain(format!("the goals are not saved: {error}"));
            model.effects.push(Effect::List);
        }
        Msg::Named(Ok(name)) => {
            model.worker = name;
            model.say("your name stands below messages from now on");
        }
        Msg::Named(Err(why)) => model.complain(why),
        Msg::SignatureChecked { id, typed, result } => {
            super::answered::checked(model, &id, &typed, *result);
        }
        Msg::FileEdited { id, result } => match result {
            Ok(text) => super::whole_file::edited(model, &id, text),
            Err(why) => model.complain(why),
        },
        Msg::Copied(Ok(())) => match model.notice.take() {
            // What else happened matters more.
            Some(notice) if !notice.is_problem => model.say(format!("copied; {}", notice.text)),
            Some(notice) => model.notice = Some(notice),
            None => model.say("copied, if your terminal allows it"),
        },
        Msg::Copied(Err(why)) => model.complain(why),
        Msg::FileWritten { path, result, then } => match result {
            Ok(()) => {
                model.say(format!("written to {}", path.display()));
                written(model, then);
            }
            Err(why) => model.complain(why),
        },
    }
    follow(model);
    looked::look(model);
    model.look_ahead();
    with_top(model, |screen, model| screen.arrange(model));
    shelf::want(model);
    std::mem::take(&mut model.effects)
}

fn written(model: &mut Model, then: Then) {
    match then {
        Then::Nothing => {}
        Then::RecordExport {
            id,
            format,
            digest,
            parts,
        } => {
            let event = model.event_id();
            let change = model.brief(&id).and_then(|brief| {
                crate::domain::action::exported(brief, &format, &digest, &parts, &event, model.now)
            });
            if let Some(change) = change {
                model.change(&id, "export", change);
            }
        }
        Then::RecordShare => with_top(model, |screen, model| match screen {
            Screen::Share(share) => share.record(model, "file"),
            Screen::CheckIn(page) => page.sent(model, "file"),
            _ => {}
        }),
    }
}

/// Makes ready what is seen after the next keys, while nobody does anything:
/// a part of it, so that a key does not wait. False where all is ready.
pub fn prepare(model: &mut Model) -> bool {
    let mut is_any = false;
    with_top(model, |screen, model| is_any = screen.prepare(model));
    is_any
}

/// Lets the top screen change the model. A panic goes on with the screen in its
/// place, so that what is typed there can be saved on the way out.
fn with_top(model: &mut Model, act: impl FnOnce(&mut Screen, &mut Model)) {
    let Some(mut screen) = model.screens.pop() else {
        return;
    };
    let acted = panic::catch_unwind(AssertUnwindSafe(|| act(&mut screen, model)));
    model.screens.push(screen);
    if let Err(cause) = acted {
        panic::resume_unwind(cause);
    }
}

/// The contexts in which a key is looked up now.
pub fn contexts(model: &Model) -> &'static [Context] {
    match &model.dialog {
        Some(Dialog::Form(_)) => &[Context::Form, Context::Always],
        Some(Dialog::Picker(_)) => &[Context::Picker, Context::Moving, Context::Always],
        Some(Dialog::Reader(_)) => &[Context::Reader, Context::Moving, Context::Always],
        None => model.top().map_or(&[Context::Always], Screen::contexts),
    }
}

fn key(model: &mut Model, event: KeyEvent) {
    let key = Key::of(event);
    let contexts = contexts(model);
    let mut refusal = None;
    for command in keymap::commands(contexts, key) {
        match command.availability(model) {
            Availability::Ready => {
                run(model, command);
                return;
            }
            Availability::Disabled(why) => refusal = refusal.or(Some(why)),
            Availability::Hidden => {}
        }
    }
    if let Some(why) = refusal {
        model.say(why);
        return;
    }
    if contexts.iter().any(|c| c.is_typing()) {
        input(model, Input::Key(event));
    }
}

/// Runs a command, wherever it came from: a key or the palette.
pub fn run(model: &mut Model, command: Command) {
    match command {
        Command::Quit => {
            keep(model);
            model.quitting = true;
            model.effects.push(Effect::Quit);
            return;
        }
        Command::Suspend => {
            keep(model);
            model.effects.push(Effect::Suspend);
            return;
        }
        _ => {}
    }
    if let Some(open) = model.dialog.take() {
        model.dialog = dialog::command(open, command, model);
        return;
    }
    match command {
        Command::Undo => {
            model.undo();
            refresh(model);
        }
        Command::Redo => {
            model.redo();
            refresh(model);
        }
        Command::Help => {
            let filter = Filter::help(model);
            model.open(Screen::Filter(filter));
        }
        Command::Palette => {
            let filter = Filter::palette(model);
            model.open(Screen::Filter(filter));
        }
        Command::Find => {
            let filter = Filter::find(model);
            model.open(Screen::Filter(filter));
        }
        Command::Goals => model.open(Screen::Goals(goals::Goals::default())),
        Command::People => model.open(Screen::People(people::People::default())),
        _ => with_top(model, |screen, model| {
            screen.update(model, Input::Command(command));
        }),
    }
}

fn input(model: &mut Model, input: Input) {
    match (&mut model.dialog, input) {
        (Some(Dialog::Form(form)), input) => {
            let Some(field) = form.field() else { return };
            let event = match input {
                Input::Key(key) => field.input.handle(key),
                Input::Text(text) => field.input.paste(&text),
                Input::Edited(text) => field.input.replace(&text),
                Input::Command(_) => return,
            };
            match event {
                FieldEvent::Changed => {
                    form.error = None;
                    model.unrested = true;
                }
                FieldEvent::Refused(too_long) => form.error = Some(too_long.to_string()),
                FieldEvent::Moved | FieldEvent::Ignored => {}
            }
        }
        (Some(_), _) => {}
        (None, input) => with_top(model, |screen, model| screen.update(model, input)),
    }
}

/// Puts what is typed into the files.
fn keep(model: &mut Model) {
    super::drafts::keep_form(model);
    // Help, palette and find may lie over a page on which something is typed.
    let screens = std::mem::take(&mut model.screens);
    for screen in &screens {
        screen.keep(model);
    }
    model.screens = screens;
    let failed: Vec<BriefId> = model
        .items
        .iter()
        .filter(|i| !i.is_saved())
        .map(|i| i.brief.id.clone())
        .collect();
    for id in failed {
        model.save(&id);
    }
}

pub(super) fn refresh(model: &mut Model) {
    let mut screens = std::mem::take(&mut model.screens);
    for screen in &mut screens {
        screen.refresh(model);
    }
    model.screens = screens;
}

fn follow(model: &mut Model) {
    let mut going: std::collections::VecDeque<Go> = std::mem::take(&mut model.go).into();
    while let Some(go) = going.pop_front() {
        match go {
            Go::Run(command) => {
                if command.availability(model) == Availability::Ready {
                    run(model, command);
                    going.extend(std::mem::take(&mut model.go));
                }
            }
            Go::To(screen) => model.screens.push(*screen),
            Go::Instead(screen) => {
                if model.screens.len() > 1 {
                    model.screens.pop();
                }
                model.screens.push(*screen);
            }
            Go::Back => {
                let above = if model.screens.len() > 1 {
                    model.screens.pop()
                } else {
                    None
                };
                // Help, palette and find change nothing: an order of needs that
                // is being made stays as it is.
                if !matches!(above, Some(Screen::Filter(_))) {
                    refresh_top(model);
                }
            }
            Go::Desk => {
                model.screens.truncate(1);
            }
        }
    }
}

fn refresh_top(model: &mut Model) {
    if let Some(mut screen) = model.screens.pop() {
        screen.refresh(model);
        model.screens.push(screen);
    }
}

fn listed(
    model: &mut Model,
    briefs: Result<Vec<Entry>, StoreError>,
    goals: Result<Goals, StoreError>,
) {
    match goals {
        Ok(goals) => model.goals = goals,
        Err(error) => model.complain(format!("the goals list: {error}")),
    }
    let entries = match briefs {
        Ok(entries) => entries,
        Err(error) => {
            model.complain(error.to_string());
            return;
        }
    };
    let before: Vec<(BriefId, Option<Loaded>)> = model
        .items
        .iter()
        .map(|i| (i.brief.id.clone(), i.base.clone()))
        .collect();
    model.shelf = shelf::Shelf::default().after(&model.shelf);
    let items = std::mem::take(&mut model.items);
    let (unsaved, saved): (Vec<Item>, Vec<Item>) = items.into_iter().partition(|i| !i.is_saved());
    model.broken.clear();
    for entry in entries {
        match entry {
            Entry::Brief(loaded) => {
                if !unsaved.iter().any(|i| i.brief.id == loaded.brief.id) {
                    model.items.push(Item::loaded(*loaded));
                }
            }
            Entry::Broken(broken) => model.broken.push(broken),
        }
    }
    model.items.extend(unsaved);
    // A folder may be half way to another name, and what is open stays open: the
    // next save says that its file is gone.
    for item in saved {
        let id = &item.brief.id;
        let is_open = model
            .screens
            .iter()
            .any(|screen| screen.about() == Some(id));
        if is_open && model.item(id).is_none() {
            model.items.push(item);
        }
    }
    for (id, base) in before {
        let now = model.item(&id).and_then(|item| item.base.as_ref());
        if now.map(|now| &now.text) != base.as_ref().map(|base| &base.text) {
            model.detach_steps(&id);
        }
    }
    refresh(model);
}

fn saved(model: &mut Model, id: BriefId, result: Result<Loaded, StoreError>) {
    match result {
        Ok(loaded) => {
            let now = model.now;
            let was_failed = model.item(&id).is_some_and(|i| i.failed);
            if let Some(item) = model.item_mut(&id) {
                item.failed = false;
                item.why = None;
                item.theirs = None;
                item.brief.adopt_names(&loaded.brief);
                item.base = Some(loaded);
                model.saved_at = Some(now);
            }
            if was_failed {
                model.say("saved");
            }
        }
        Err(error) => not_saved(model, &id, error),
    }
}

fn reloaded(model: &mut Model, id: &BriefId, result: Result<Entry, StoreError>) {
    model.items.retain(|i| &i.brief.id != id);
    model.shelf.revision += 1;
    match result {
        Ok(Entry::Brief(loaded)) => model.items.push(Item::loaded(*loaded)),
        Ok(Entry::Broken(broken)) => model.broken.push(broken),
        Err(StoreError::Broken(broken)) => model.broken.push(*broken),
        Err(error) => model.complain(error.to_string()),
    }
    if model.brief(id).is_none() {
        model.go.push(Go::Desk);
    }
    let mut screens = std::mem::take(&mut model.screens);
    for screen in &mut screens {
        screen.reload(model, id);
    }
    model.screens = screens;
}

fn not_saved(model: &mut Model, id: &BriefId, error: StoreError) {
    if let Some(item) = model.item_mut(id) {
        item.failed = true;
        item.why = Some(error.to_string());
        if let StoreError::Changed { now, .. } = &error {
            item.theirs = Some(now.clone());
        }
    }
    if !model.quitting {
        super::answered::ask_unsaved(model, id, &error);
    }
}
