//! Moves of the stage: start, deliver, confirm, reopen, drop.

use crate::domain::action::{self, NotNow};
use crate::domain::readiness::Blocker;
use crate::domain::{Brief, BriefId, Change};
use crate::tui::dialog::{Dialog, Field, Form, FormKind, PickOption, Picker, PickerKind, Step};
use crate::tui::drafts;
use crate::tui::model::Model;
use crate::tui::screens::{Screen, check_in};

use super::customer;

pub(super) fn stage(
    model: &mut Model,
    id: &BriefId,
    what: &str,
    act: impl FnOnce(&Brief, &str, &Model) -> Result<Change, NotNow>,
) -> Result<(), String> {
    let event = model.event_id();
    let Some(brief) = model.brief(id) else {
        return Err("that brief is no longer here".to_owned());
    };
    let change = act(brief, &event, model).map_err(|e| e.to_string())?;
    model.change(id, what, change);
    if let Some(brief) = model.brief(id) {
        let text = format!("now {}", brief.stage.label());
        model.say(text);
    }
    Ok(())
}

pub(super) fn start(model: &mut Model, id: &BriefId, because: &str) -> Result<(), String> {
    stage(model, id, "start", |brief, event, model| {
        let needed = model.needed(brief);
        let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
        action::start(brief, &needed, because, event, model.now)
    })
}

pub(super) fn confirm(form: &Form, model: &mut Model, id: &BriefId) -> Result<(), String> {
    let by = model
        .brief(id)
        .map(|brief| customer(brief, &form.text(0)))
        .transpose()?;
    stage(model, id, "confirm", |brief, event, model| {
        action::confirm(brief, by.as_ref(), &form.text(1), event, model.now)
    })?;
    // What there is to learn is asked while it is fresh.
    if !matches!(model.top(), Some(Screen::CheckIn(_))) {
        check_in::open(model, id);
    }
    Ok(())
}

/// Drops the request; a check-in that led there is kept with it.
pub(super) fn drop_brief(model: &mut Model, id: &BriefId, because: &str) -> Result<(), String> {
    let event = model.event_id();
    let brief = model.brief(id).ok_or("that brief is no longer here")?;
    let change = action::drop_brief(brief, because, &event, model.now);
    let change = change.map_err(|e| e.to_string())?;
    let change = check_in::with_said(model, id, change);
    if model.change(id, "drop", change) {
        check_in::end(model, id);
        model.say("now dropped");
    }
    Ok(())
}

/// A move of the stage: at once, or by way of a form.
pub fn take_step(model: &mut Model, id: &BriefId, step: Step) {
    let result = match step {
        Step::Start => {
            let open = open_blockers(model, id);
            if open.is_empty() {
                start(model, id, "")
            } else {
                let mut form = Form::new(
                    "Not yet",
                    FormKind::StartAnyway { id: id.clone() },
                    vec![Field::lines(
                        "start anyway, because",
                        "",
                        "stays in the brief and in what you export",
                    )],
                );
                form.lines = vec!["Before you start:".to_owned()];
                form.lines
                    .extend(open.iter().map(|b| format!("\u{2022} {}", b.reason)));
                drafts::open(model, form);
                Ok(())
            }
        }
        Step::Deliver => stage(model, id, "deliver", |brief, event, model| {
            action::deliver(brief, "", event, model.now)
        }),
        Step::Confirm => {
            let who = model
                .brief(id)
                .and_then(Brief::requester)
                .map(|c| c.name.clone())
                .unwrap_or_default();
            let mut form = Form::new(
                "Is it what they needed?",
                FormKind::Confirm { id: id.clone() },
                vec![
                    Field::line("who said so", &who, ""),
                    Field::lines("their words", "", "what it made possible"),
                ],
            );
            form.focus = usize::from(!who.is_empty());
            drafts::open(model, form);
            Ok(())
        }
        Step::Reopen => {
            let form = Form::new(
                "Take it up again",
                FormKind::Reopen { id: id.clone() },
                vec![Field::lines("what was missing", "", "")],
            );
            drafts::open(model, form);
            Ok(())
        }
        Step::Drop => {
            ask_drop(model, id);
            Ok(())
        }
    };
    if let Err(why) = result {
        model.complain(why);
    }
}

/// Asks why a request is dropped.
pub fn ask_drop(model: &mut Model, id: &BriefId) {
    let form = Form::new(
        "Drop this request",
        FormKind::Drop { id: id.clone() },
        vec![Field::lines(
            "because",
            "",
            "it stays readable, and can be reopened",
        )],
    );
    drafts::open(model, form);
}

/// What still stands between a brief and starting.
pub fn open_blockers(model: &Model, id: &BriefId) -> Vec<Blocker> {
    let Some(brief) = model.brief(id) else {
        return Vec::new();
    };
    let needed = model.needed(brief);
    let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
    crate::domain::readiness::blockers(brief, &needed)
        .into_iter()
        .filter(|b| b.waived.is_none())
        .collect()
}

/// The choice of what to do next with a brief.
pub fn ask_step(model: &mut Model, id: &BriefId) {
    use crate::domain::Stage;
    let Some(brief) = model.brief(id) else { return };
    let steps: &[(Step, &str, &str)] = match brief.stage {
        Stage::Draft | Stage::Asked | Stage::Agreed => &[
            (
                Step::Start,
                "start the work",
                "checks what is still missing",
            ),
            (Step::Drop, "drop the request", "with the reason"),
        ],
        Stage::InProgress => &[
            (Step::Deliver, "hand it over", "delivered is not closed yet"),
            (Step::Drop, "drop the request", "with the reason"),
        ],
        Stage::Delivered => &[
            (
                Step::Confirm,
                "they say it is what they needed",
                "closes it",
            ),
            (Step::Reopen, "something was missing", "takes it up again"),
        ],
        Stage::Closed | Stage::Dropped => &[(Step::Reopen, "take it up again", "with the reason")],
        Stage::Unknown(_) => &[],
    };
    if steps.is_empty() {
        let stage = brief.stage.clone();
        model.complain(format!("this version does not know the stage {stage}"));
        return;
    }
    let lines = vec![format!("{} is {}", brief.title, brief.stage.label())];
    model.dialog = Some(Dialog::Picker(Picker {
        title: "What next?".to_owned(),
        lines,
        options: steps
            .iter()
            .map(|(_, label, detail)| PickOption::with(*label, *detail))
            .collect(),
        selected: 0,
        many: false,
        kind: PickerKind::Advance {
            id: id.clone(),
            commands: steps.iter().map(|(step, _, _)| *step).collect(),
        },
    }));
}
