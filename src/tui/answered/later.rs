//! Being asked later, or not at all.

use crate::domain::check_in;
use crate::domain::work_time::Zone as _;
use crate::domain::{BriefId, Moment, nudge, progress};
use crate::tui::dialog::{Dialog, Field, Form, FormKind, PickOption, Picker, PickerKind};
use crate::tui::drafts;
use crate::tui::model::Model;
use crate::tui::screens;

/// The ways in the dialog, as they are typed.
const WAYS: [(&str, &str); 3] = [
    ("in 4 hours", "4 h"),
    ("tomorrow", "tomorrow"),
    ("on Monday", "monday"),
];

/// Asks when to be asked again. One that is not asked about is asked about
/// again, at once.
pub fn ask_later(model: &mut Model, id: &BriefId) {
    let Some(brief) = model.brief(id) else { return };
    if progress::muted(brief).is_some() {
        let event = model.event_id();
        if model.change(id, "ask again", check_in::unmute(&event, model.now)) {
            let due = model
                .brief(id)
                .and_then(|brief| nudge::due(brief, &model.work, &model.here));
            model.say(match due {
                Some(due) => format!("it is asked about again, from {}", shown(due.at())),
                None => "it is asked about again".to_owned(),
            });
        }
        return;
    }
    let mut options: Vec<PickOption> = WAYS
        .iter()
        .map(|(label, typed)| PickOption::with(*label, understood(model, typed)))
        .collect();
    options.push(PickOption::with(
        "another time",
        "fri, in 3 days, 2w, 6 mar",
    ));
    options.push(PickOption::with("stop asking", "with the reason"));
    model.dialog = Some(Dialog::Picker(Picker {
        title: "Ask again".to_owned(),
        lines: vec![brief.title.clone()],
        options,
        selected: 0,
        many: false,
        kind: PickerKind::Later { id: id.clone() },
    }));
}

pub(super) fn take(model: &mut Model, id: &BriefId, at: usize) {
    match WAYS.get(at) {
        Some((_, typed)) => {
            if let Err(why) = snooze(model, id, typed) {
                model.complain(why);
            }
        }
        None if at == WAYS.len() => drafts::open(
            model,
            Form::new(
                "Ask again",
                FormKind::Snooze { id: id.clone() },
                vec![Field::line("when", "", "4 h, fri, in 3 days, 2w, 6 mar")],
            ),
        ),
        None => ask_mute(model, id),
    }
}

/// Asks why it is not to be asked about any more.
pub fn ask_mute(model: &mut Model, id: &BriefId) {
    let mut form = Form::new(
        "Stop asking",
        FormKind::Mute { id: id.clone() },
        vec![Field::lines(
            "because",
            "",
            "e.g. it waits for the new system",
        )],
    );
    form.lines = vec!["z asks again; so does a check-in, and starting anew.".to_owned()];
    drafts::open(model, form);
}

pub(super) fn snooze(model: &mut Model, id: &BriefId, typed: &str) -> Result<(), String> {
    let until = until(model, typed)?;
    let event = model.event_id();
    let change = check_in::snooze(until, &event, model.now);
    if model.change(id, "ask later", change) {
        let due = model
            .brief(id)
            .and_then(|brief| nudge::due(brief, &model.work, &model.here));
        if let Some(due) = due {
            model.say(format!("asked again on {}", shown(due.at())));
        }
    }
    Ok(())
}

pub(super) fn mute(model: &mut Model, id: &BriefId, because: &str) -> Result<(), String> {
    let event = model.event_id();
    let change = check_in::mute(because, &event, model.now).map_err(|e| e.to_string())?;
    let change = screens::check_in::with_said(model, id, change);
    if model.change(id, "stop asking", change) {
        screens::check_in::end(model, id);
        model.say("not asked about any more; z asks again");
    }
    Ok(())
}

fn until(model: &Model, typed: &str) -> Result<Moment, String> {
    check_in::until_moment(typed, &model.work, &model.here, model.now)
        .map_err(|error| error.to_string())
}

/// What a way comes to, not before working hours: "Mon 9 Feb 09:00".
fn understood(model: &Model, typed: &str) -> String {
    let asked = |at| shown(model.work.asking_time(model.here.local(at)));
    until(model, typed).map_or_else(|_| String::new(), asked)
}

fn shown(at: crate::domain::work_time::Local) -> String {
    at.format("%a %-d %b %H:%M").to_string()
}
