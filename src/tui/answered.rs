//! What happens with the answer of a form or a choice.

use std::str::FromStr as _;

use crate::domain::action::{self, NotNow, Said};
use crate::domain::readiness::Blocker;
use crate::domain::sign_off::{self, WrongCode};
use crate::domain::{
    Basis, Brief, BriefId, Change, Difference, Goal, ItemId, Level, ListEdit, Section, Standing,
    date, entry,
};
use crate::export::{self, Format};

use super::dialog::{Dialog, Field, Form, FormKind, PickOption, Picker, PickerKind, Reader, Step};
use super::message::{Effect, Then};
use super::model::Model;
use super::screens::{Screen, share::Share};

/// Takes a filled form. Gives it back, with the reason, when it does not fit.
pub fn form(mut form: Form, model: &mut Model) -> Option<Form> {
    let result = match form.kind.clone() {
        FormKind::SignOff { id } => sign(&mut form, model, &id),
        FormKind::Heard { id } => heard(&form, model, &id),
        FormKind::StartAnyway { id } => start(model, &id, &form.text(0)),
        FormKind::Confirm { id } => confirm(&form, model, &id),
        FormKind::Reopen { id } => stage(model, &id, "reopen", |brief, event, model| {
            action::reopen(brief, &form.text(0), event, model.now)
        }),
        FormKind::Drop { id } => stage(model, &id, "drop", |brief, event, model| {
            action::drop_brief(brief, &form.text(0), event, model.now)
        }),
        FormKind::Title { id } => {
            model.change(&id, "", Change::Title(form.text(0)));
            Ok(())
        }
        FormKind::Basis => basis(&form, model),
        FormKind::Goal { at } => goal(&form, model, at),
        FormKind::ExportTo { id, format } => export_to(&form, model, &id, format),
        FormKind::MessageTo => message_to(&form, model),
        FormKind::Name => {
            model.effects.push(Effect::Name(form.text(0)));
            Ok(())
        }
        FormKind::KeepText { text } => {
            model.effects.push(Effect::WriteFile {
                path: form.text(0),
                text,
                then: Then::Nothing,
            });
            Ok(())
        }
        FormKind::SaveAs { id } => save_as(&form, model, &id),
    };
    match result {
        Ok(()) => {
            super::drafts::forget(model, &form);
            None
        }
        Err(why) => {
            form.error = Some(why);
            Some(form)
        }
    }
}

/// Takes a choice.
pub fn picker(picker: Picker, model: &mut Model) {
    let at = picker.selected;
    let chosen = |ids: &[ItemId]| -> Vec<ItemId> {
        ids.iter()
            .zip(&picker.options)
            .filter(|(_, option)| option.chosen)
            .map(|(id, _)| id.clone())
            .collect()
    };
    match &picker.kind {
        PickerKind::Ask(customers) => {
            if let Some(to) = customers.get(at) {
                with_walk(model, |walk, model| walk.ask(model, to));
            }
        }
        PickerKind::Whose { at: row, customers } => {
            let whose = chosen(customers);
            let need =
                current(model).and_then(|b| Some((b.id.clone(), b.needs.get(*row)?.clone())));
            if let Some((id, mut item)) = need {
                item.whose = whose;
                model.change(
                    &id,
                    "whose need",
                    Change::Need(ListEdit::Replace { at: *row, item }),
                );
            }
        }
        PickerKind::Serves { at: row, needs } => {
            let serves = chosen(needs);
            let part = current(model)
                .and_then(|b| Some((b.id.clone(), b.deliverables.get(*row)?.clone())));
            if let Some((id, mut item)) = part {
                item.serves = serves;
                model.change(
                    &id,
                    "which needs a part serves",
                    Change::Deliverable(ListEdit::Replace { at: *row, item }),
                );
            }
        }
        PickerKind::RankOf(values) => {
            let whose = values.get(at).cloned().flatten();
            with_walk(model, |walk, model| walk.show_ranking(model, whose));
        }
        PickerKind::ShareTo { id, customers } => {
            if let Some(to) = customers.get(at) {
                model.open(Screen::Share(Share::new(id.clone(), to.clone())));
            }
        }
        PickerKind::Export { id } => {
            if let Some(format) = Format::ALL.get(at) {
                ask_export_path(model, id, *format);
            }
        }
        PickerKind::Advance { id, commands } => {
            if let Some(step) = commands.get(at) {
                take_step(model, id, *step);
            }
        }
        PickerKind::NoBrief { id, text } => match at {
            0 => model.effects.push(Effect::EditFile {
                id: id.clone(),
                text: text.clone(),
            }),
            1 => {
                let form = Form::new(
                    "Keep the text",
                    FormKind::KeepText { text: text.clone() },
                    vec![Field::line(
                        "file",
                        &format!("{id}.edited.txt"),
                        "a whole path, or in this folder",
                    )],
                );
                model.dialog = Some(Dialog::Form(form));
            }
            _ => {}
        },
        PickerKind::NotSaved { id, changed: true } if at > 1 => {
            let id = id.clone();
            compare(model, &id, picker);
        }
        PickerKind::NotSaved { id, changed } => not_saved(model, id, *changed, at),
    }
}

fn with_walk(model: &mut Model, act: impl FnOnce(&mut super::screens::walk::Walk, &mut Model)) {
    let Some(mut screen) = model.screens.pop() else {
        return;
    };
    if let Screen::Walk(walk) = &mut screen {
        act(walk, model);
    }
    model.screens.push(screen);
}

fn current(model: &Model) -> Option<&Brief> {
    model.current()
}

fn customer(brief: &Brief, typed: &str) -> Result<ItemId, String> {
    match brief.find_customer(typed) {
        Ok(Some(customer)) => Ok(customer.id.clone()),
        Ok(None) if typed.is_empty() => Err("who was it? A yes needs a name".to_owned()),
        Ok(None) => {
            let names: Vec<&str> = brief.customers.iter().map(|c| c.name.as_str()).collect();
            Err(if names.is_empty() {
                "this brief names no customer yet; add them first".to_owned()
            } else {
                format!("nobody here is called that; there is {}", names.join(", "))
            })
        }
        Err(several) => {
            let names: Vec<&str> = several.iter().map(|c| c.name.as_str()).collect();
            Err(format!("that could be {}", names.join(" or ")))
        }
    }
}

fn sign(form: &mut Form, model: &mut Model, id: &BriefId) -> Result<(), String> {
    let event = model.event_id();
    let now = model.now;
    let Some(brief) = model.brief(id) else {
        return Err("that brief is no longer here".to_owned());
    };
    let by = customer(brief, &form.text(0))?;
    let words = form.text(1);
    let code = match form.text(2) {
        typed if !typed.is_empty() => typed,
        _ => sign_off::code_in(brief, &words)
            .map(|code| code.to_string())
            .or_else(|| sign_off::code_like(&words).map(str::to_owned))
            .ok_or("which code did they give? It stands in the message they got")?,
    };
    let covers = match form.text(4).to_lowercase().as_str() {
        "" | "all" | "everything" => Vec::new(),
        "need" => vec![Section::Want, Section::Needs, Section::Scope],
        "solution" => vec![Section::Solution, Section::Dates],
        other => {
            return Err(format!(
                "\u{201c}{other}\u{201d}: write all, need or solution"
            ));
        }
    };
    let said = Said {
        by: by.clone(),
        words,
        via: form.text(3),
        code,
        covers,
    };
    match action::sign(brief, said, &event, now) {
        Ok(change) => {
            let name = brief.name_of(&by).to_owned();
            let code = Model::code(brief);
            model.change(id, "sign-off", change);
            model.say(format!("{name} said yes to {code}"));
            Ok(())
        }
        Err(NotNow::Code(WrongCode::Old {
            code,
            number,
            changed,
        })) => {
            form.lines = difference_lines(&changed, &format!("version {number}"));
            Err(format!(
                "{code} is the code of version {number}, and the brief has changed since: \
                 send them today's version and ask again"
            ))
        }
        Err(other) => Err(other.to_string()),
    }
}

/// What differs between two versions, line by line.
fn difference_lines(changed: &[Difference], since: &str) -> Vec<String> {
    let mut lines = vec![format!("What has changed since {since}:")];
    for difference in changed {
        lines.push(format!("{}:", difference.section.label()));
        let changes = difference.told();
        lines.extend(changes.into_iter().map(|line| format!("  {line}")));
    }
    lines
}

fn heard(form: &Form, model: &mut Model, id: &BriefId) -> Result<(), String> {
    let event = model.event_id();
    let now = model.now;
    let Some(brief) = model.brief(id) else {
        return Err("that brief is no longer here".to_owned());
    };
    let said = Said {
        by: customer(brief, &form.text(0))?,
        words: form.text(1),
        via: form.text(2),
        code: String::new(),
        covers: Vec::new(),
    };
    let change = action::heard(brief, said, &event, now).map_err(|e| e.to_string())?;
    model.change(id, "heard, not agreed", change);
    model.say("noted; it is not a yes");
    Ok(())
}

fn stage(
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

fn start(model: &mut Model, id: &BriefId, because: &str) -> Result<(), String> {
    stage(model, id, "start", |brief, event, model| {
        let needed = model.needed(brief);
        let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
        action::start(brief, &needed, because, event, model.now)
    })
}

fn confirm(form: &Form, model: &mut Model, id: &BriefId) -> Result<(), String> {
    let by = model
        .brief(id)
        .map(|brief| customer(brief, &form.text(0)))
        .transpose()?;
    stage(model, id, "confirm", |brief, event, model| {
        action::confirm(brief, by.as_ref(), &form.text(1), event, model.now)
    })
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
                model.dialog = Some(Dialog::Form(form));
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
            let form = Form::new(
                "Is it what they needed?",
                FormKind::Confirm { id: id.clone() },
                vec![
                    Field::line("who said so", &who, ""),
                    Field::lines("their words", "", "what it made possible"),
                ],
            );
            model.dialog = Some(Dialog::Form(form));
            Ok(())
        }
        Step::Reopen => {
            let form = Form::new(
                "Take it up again",
                FormKind::Reopen { id: id.clone() },
                vec![Field::lines("what was missing", "", "")],
            );
            model.dialog = Some(Dialog::Form(form));
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
    model.dialog = Some(Dialog::Form(form));
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

fn basis(form: &Form, model: &mut Model) -> Result<(), String> {
    let today = model.today();
    let Some(brief) = current(model) else {
        return Err("that brief is no longer here".to_owned());
    };
    let word = form.text(0).to_lowercase().replace(' ', "-");
    let basis = Basis::from_word(&word);
    let standing = match basis {
        Basis::Guess => Standing::guess(),
        Basis::Told => {
            let on = form.text(2);
            let on = if on.is_empty() {
                today
            } else {
                chrono::NaiveDate::from_str(&on)
                    .or_else(|_| date::parse_past(&on, today))
                    .map_err(|e| e.to_string())?
            };
            Standing::told(customer(brief, &form.text(1))?, on)
        }
        Basis::Asked => Standing {
            basis: Basis::Asked,
            ask: Some(customer(brief, &form.text(1))?),
            ..Standing::default()
        },
        Basis::NotNeeded => {
            if form.text(3).is_empty() {
                return Err("why is it not needed?".to_owned());
            }
            Standing::not_needed(form.text(3))
        }
        Basis::Unknown(_) => {
            return Err("write guess, asked, told or not-needed".to_owned());
        }
    };
    with_walk(model, |walk, model| walk.set_standing(model, standing));
    Ok(())
}

fn goal(form: &Form, model: &mut Model, at: Option<usize>) -> Result<(), String> {
    let text = form.text(1);
    if text.is_empty() {
        return Err("what is the goal?".to_owned());
    }
    let level = entry::level(&form.text(0)).ok_or("write team, department or company")?;
    let mut goals = model.goals.goals.clone();
    let goal = Goal {
        id: ItemId::for_text(&text, goals.iter().map(|g| &g.id)),
        level,
        owner: form.text(2),
        text,
        how: String::new(),
    };
    match at.and_then(|at| goals.get_mut(at)) {
        Some(old) => {
            let id = old.id.clone();
            *old = Goal { id, ..goal };
            model.change_goals("change a goal", goals);
        }
        None => {
            goals.push(goal);
            model.change_goals("add a goal", goals);
        }
    }
    Ok(())
}

/// The form for a goal of the goals list.
pub fn ask_goal(model: &mut Model, at: Option<usize>) {
    let old = at.and_then(|at| model.goals.goals.get(at));
    let form = Form::new(
        if at.is_some() {
            "Change the goal"
        } else {
            "A new goal"
        },
        FormKind::Goal { at },
        vec![
            Field::line(
                "level",
                old.map_or(Level::Team.word(), |g| g.level.word()),
                Level::WORDS.join(", "),
            ),
            Field::line("goal", old.map_or("", |g| g.text.as_str()), ""),
            Field::line(
                "owner",
                old.map_or("", |g| g.owner.as_str()),
                "who answers for it",
            ),
        ],
    );
    let mut form = form;
    form.focus = usize::from(at.is_none());
    model.dialog = Some(Dialog::Form(form));
}

fn ask_export_path(model: &mut Model, id: &BriefId, format: Format) {
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

fn export_to(form: &Form, model: &mut Model, id: &BriefId, format: Format) -> Result<(), String> {
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

fn message_to(form: &Form, model: &mut Model) -> Result<(), String> {
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

fn save_as(form: &Form, model: &mut Model, id: &BriefId) -> Result<(), String> {
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

fn not_saved(model: &mut Model, id: &BriefId, changed: bool, at: usize) {
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

fn compare(model: &mut Model, id: &BriefId, then: Picker) {
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

/// The form that records a yes.
pub fn ask_sign_off(model: &mut Model, id: &BriefId) {
    let Some(brief) = model.brief(id) else { return };
    let who = last_asked(brief);
    let code = Model::code(brief);
    let form = Form::new(
        "They said yes",
        FormKind::SignOff { id: id.clone() },
        vec![
            Field::line("who", &who, ""),
            Field::lines("their words", "", "paste the reply, as it came"),
            Field::line(
                "code",
                "",
                "from their reply; if it is in their words, leave this",
            ),
            Field::line("channel", "", "mail, chat, in person"),
            Field::line("agreed to", "all", "all, need or solution"),
        ],
    );
    let mut form = form;
    form.lines = vec![format!(
        "A quiet meeting is not a yes. Today's code is {code}."
    )];
    form.focus = usize::from(!who.is_empty());
    super::drafts::fill(model, &mut form);
    model.dialog = Some(Dialog::Form(form));
}

/// The form that records that somebody heard of it.
pub fn ask_heard(model: &mut Model, id: &BriefId) {
    let Some(brief) = model.brief(id) else { return };
    let who = last_asked(brief);
    let mut form = Form::new(
        "Heard, not agreed",
        FormKind::Heard { id: id.clone() },
        vec![
            Field::line("who", &who, ""),
            Field::lines("their words", "", "as they said it"),
            Field::line("channel", "", "mail, chat, in person"),
        ],
    );
    form.lines = vec!["It is kept in the history and promotes nothing.".to_owned()];
    form.focus = usize::from(!who.is_empty());
    super::drafts::fill(model, &mut form);
    model.dialog = Some(Dialog::Form(form));
}

/// The customer who got the last message, else the requester.
fn last_asked(brief: &Brief) -> String {
    brief
        .effective_events()
        .into_iter()
        .rev()
        .find_map(|e| e.to.as_ref())
        .map(|id| brief.name_of(id).to_owned())
        .or_else(|| brief.requester().map(|c| c.name.clone()))
        .unwrap_or_default()
}

/// The form for the worker's name.
pub fn ask_name(model: &mut Model) {
    let name = model.worker.clone();
    model.dialog = Some(Dialog::Form(Form::new(
        "Your name",
        FormKind::Name,
        vec![Field::line("name", &name, "as it stands below a message")],
    )));
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

/// The form for the title.
pub fn ask_title(model: &mut Model, id: &BriefId) {
    let title = model.brief(id).map(|b| b.title.clone()).unwrap_or_default();
    model.dialog = Some(Dialog::Form(Form::new(
        "Title",
        FormKind::Title { id: id.clone() },
        vec![Field::line("title", &title, "the id stays as it is")],
    )));
}
