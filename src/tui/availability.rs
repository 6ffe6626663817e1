//! Whether a command can be used now.

use crate::domain::{Brief, Stage, progress};

use super::command::{Availability, Command};
use super::dialog::Dialog;
use super::model::Model;
use super::screens::walk::Page;
use super::screens::walk::lists::ListKind;
use super::screens::{Screen, desk, share};

use Availability::{Disabled, Hidden, Ready};

/// The answer for one command.
pub fn of(command: Command, model: &Model) -> Availability {
    if let Some(dialog) = &model.dialog {
        return in_dialog(command, dialog);
    }
    let Some(screen) = model.top() else {
        return Hidden;
    };
    match command {
        // Esc is pressed once too often easily; leaving takes a q.
        Command::Leave if matches!(screen, Screen::Desk(_)) => {
            Disabled("this is the desk; q quits")
        }
        Command::Undo if model.undo.is_empty() => Disabled("nothing to undo"),
        Command::Redo if model.redo.is_empty() => Disabled("nothing to redo"),
        Command::Open => match screen {
            Screen::Desk(desk) if desk.rows().is_empty() => Hidden,
            Screen::Goals(_) if model.goals.goals.is_empty() => Hidden,
            _ => Ready,
        },
        Command::Find if !model.has_briefs() => Disabled("there is no brief to find yet"),
        Command::People if !model.has_briefs() => Disabled("there is nobody yet"),
        // Where text is typed, the list is of use on the goals page only.
        Command::Goals => match screen {
            Screen::Walk(walk) => match &walk.page {
                Page::List(page) if page.row.is_some() || page.kind == ListKind::Goals => Ready,
                Page::List(_) => Hidden,
                _ => Ready,
            },
            Screen::Goals(_) => Disabled("this is the goals list"),
            _ => Ready,
        },
        Command::People if matches!(screen, Screen::People(_)) => Disabled("these are the people"),
        Command::Lost => match screen {
            Screen::CheckIn(page) if page.may_be_lost() => Ready,
            _ => Hidden,
        },
        Command::NoWord => match screen {
            Screen::CheckIn(page) if page.may_have_no_word() => Ready,
            _ => Hidden,
        },
        Command::Recipient => match screen {
            Screen::Share(share) => share::can_switch(&share.id, model),
            Screen::CheckIn(page) => share::can_switch(&page.id, model),
            _ => Hidden,
        },
        Command::Everyone => match screen {
            Screen::Desk(_)
                if model.shelf.has_others
                    || model.items.iter().any(|i| !model.is_mine(&i.brief)) =>
            {
                Ready
            }
            Screen::Desk(_) => Disabled("there are no briefs of others here"),
            _ => Hidden,
        },
        Command::Bundle => match screen {
            Screen::Share(share) if share.others(model) > 0 || share.all => Ready,
            _ => Hidden,
        },
        Command::Demo => match screen {
            Screen::Desk(_) if !model.has_briefs() && model.broken.is_empty() => Ready,
            _ => Hidden,
        },
        Command::Share
        | Command::Reply
        | Command::SignOff
        | Command::Signature
        | Command::Amend
        | Command::Heard
        | Command::Export
        | Command::Advance
        | Command::Drop
        | Command::Archive
        | Command::HandOver
        | Command::CheckIn
        | Command::Snooze
        | Command::Title
        | Command::Review
        | Command::EditFile
        | Command::Walk
        | Command::Edit => on_brief(command, model, screen),
        Command::Basis
        | Command::BasisDetails
        | Command::NewLine
        | Command::Editor
        | Command::Toggle
        | Command::Whose
        | Command::MoveUp
        | Command::MoveDown
        | Command::Up
        | Command::Pairs => in_walk(command, model, screen),
        _ => Ready,
    }
}

fn in_dialog(command: Command, dialog: &Dialog) -> Availability {
    match (command, dialog) {
        (Command::Toggle, Dialog::Picker(picker)) if !picker.many => Hidden,
        (Command::Up | Command::Down, Dialog::Form(form)) if form.fields.len() < 2 => Hidden,
        (Command::NewLine, Dialog::Form(form))
            if !form
                .fields
                .get(form.focus)
                .is_some_and(|f| f.input.is_multiline()) =>
        {
            Hidden
        }
        (Command::Undo | Command::Redo | Command::Find | Command::Palette | Command::Help, _) => {
            Disabled("close this first, with Esc")
        }
        _ => Ready,
    }
}

fn on_brief(command: Command, model: &Model, screen: &Screen) -> Availability {
    if matches!(screen, Screen::Walk(_)) && matches!(command, Command::Edit) {
        return Ready;
    }
    if matches!(
        screen,
        Screen::Goals(_) | Screen::People(_) | Screen::Filter(_)
    ) {
        return if command == Command::Edit {
            Ready
        } else {
            Hidden
        };
    }
    let Some(brief) = model.current() else {
        if let Screen::Desk(desk) = screen
            && !desk.rows().is_empty()
        {
            if command == Command::EditFile {
                return Ready;
            }
            return Disabled(desk::BROKEN);
        }
        return Disabled("there is no brief here yet; a starts one");
    };
    let Some(item) = model.item(&brief.id) else {
        return Hidden;
    };
    let read_only = item.read_only().is_some();
    match command {
        Command::Export => Ready,
        _ if read_only => Disabled("this file is of a newer version: it can be read, not changed"),
        Command::Reply if brief.customers.is_empty() => {
            Disabled("name a customer first: there is nobody who could have written")
        }
        Command::Share | Command::SignOff | Command::Signature | Command::Heard
            if brief.customers.is_empty() =>
        {
            Disabled("name a customer first: there is nobody to send it to")
        }
        Command::Amend if !item.is_amended() => Disabled("nothing has changed since a yes"),
        Command::CheckIn => may_check_in(brief),
        Command::Snooze => {
            let is_asked = item.due.is_some();
            match is_asked || progress::muted(brief).is_some() {
                true => Ready,
                false => Disabled("nothing is going to be asked about this one"),
            }
        }
        Command::Advance if matches!(brief.stage, Stage::Unknown(_)) => {
            Disabled("this version does not know the stage of this brief")
        }
        Command::Drop if matches!(brief.stage, Stage::Dropped | Stage::Closed) => {
            Disabled("it is done with already")
        }
        _ => Ready,
    }
}

/// Whoever looks up from the work is not turned away; there has to be work.
fn may_check_in(brief: &Brief) -> Availability {
    match brief.stage {
        Stage::Draft => Disabled("this is a draft: e goes through its questions"),
        Stage::Asked => Disabled("the work has not started: s asks them again"),
        Stage::Agreed => Disabled("the work has not started: m starts it"),
        Stage::Dropped => Disabled("it was dropped; m takes it up again"),
        Stage::Unknown(_) => Disabled("this version does not know the stage of this brief"),
        _ => Ready,
    }
}

fn in_walk(command: Command, model: &Model, screen: &Screen) -> Availability {
    let Screen::Walk(walk) = screen else {
        return match (command, screen) {
            (Command::NewLine | Command::Editor, Screen::CheckIn(_)) => Ready,
            (Command::Up | Command::MoveUp | Command::MoveDown, _) => Ready,
            _ => Hidden,
        };
    };
    match (command, &walk.page) {
        (Command::Up, Page::List(page)) if page.row.is_none() => match model.brief(&walk.id) {
            Some(brief) if !page.kind.rows(brief).is_empty() => Ready,
            _ => Hidden,
        },
        (Command::Up, Page::Text(_)) => Hidden,
        (Command::Up, _) => Ready,
        (Command::NewLine, Page::Text(page)) if page.field.is_multiline() => Ready,
        (Command::NewLine, _) => Hidden,
        (Command::Editor, Page::Text(_) | Page::List(_)) => Ready,
        (Command::Toggle, Page::List(page))
            if !matches!(page.kind, ListKind::Readings | ListKind::Deliverables) =>
        {
            Hidden
        }
        (Command::Whose, Page::List(page))
            if !matches!(page.kind, ListKind::Needs | ListKind::Deliverables) =>
        {
            Hidden
        }
        (Command::Whose | Command::Pairs, Page::Rank(page)) if page.order.len() < 2 => {
            Disabled("there is nothing to rank yet")
        }
        (Command::Basis | Command::BasisDetails, _) if walk.at == "words" => Hidden,
        _ => Ready,
    }
}
