//! What is said about the reply on the screen.

use crate::domain::{BriefId, date};
use crate::reply::Target;
use crate::reply::taking::{Sender, Why};
use crate::tui::dialog::Form;
use crate::tui::model::Model;
use crate::tui::screens::{Screen, reply::Reply};

use super::customer;

pub(super) fn from(form: &Form, model: &mut Model, id: &BriefId) -> Result<(), String> {
    let today = model.today();
    let Some(brief) = model.brief(id) else {
        return Err("that brief is no longer here".to_owned());
    };
    let by = customer(brief, &form.text(0))?;
    let on = match form.text(1).as_str() {
        "" => today,
        typed => date::parse_past(typed, today).map_err(|error| error.to_string())?,
    };
    let sender = Sender {
        by,
        why: Why::Named,
    };
    let via = form.text(2);
    with_reply(model, |page, model| page.set_from(model, sender, on, via));
    Ok(())
}

pub(super) fn take(model: &mut Model, at: usize, target: Option<Target>) {
    with_reply(model, |page, _| page.take(at, target));
}

fn with_reply(model: &mut Model, act: impl FnOnce(&mut Reply, &mut Model)) {
    let Some(mut screen) = model.screens.pop() else {
        return;
    };
    if let Screen::Reply(page) = &mut screen {
        act(page, model);
    }
    model.screens.push(screen);
}
