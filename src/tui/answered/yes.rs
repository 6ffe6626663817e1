//! Recording that a customer said yes, or only heard of it.

use crate::domain::action::{self, NotNow, Said};
use crate::domain::sign_off::{self, WrongCode};
use crate::domain::{Brief, BriefId, Code, Difference, Section};
use crate::domain::{text, wording};
use crate::tui::dialog::{Field, Form, FormKind};
use crate::tui::drafts;
use crate::tui::model::Model;

use super::customer;

pub(super) fn sign(form: &mut Form, model: &mut Model, id: &BriefId) -> Result<(), String> {
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
    let typed = Code::parse(&code).ok();
    if let Some(typed) = typed
        && let Some(other) = sign_off::other_code(brief, &words, typed)
    {
        let doubt = format!(
            "their words name {other}, and the code here is {typed}: mend the one that is \
             wrong. Enter again takes {typed}"
        );
        // Whoever sees this a second time, and typed nothing since, means it.
        if form.error.as_ref() != Some(&doubt) {
            return Err(doubt);
        }
    }
    let beside = typed.and_then(|code| sign_off::beside_code(&words, code));
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
            // The notice is one line of 80 columns.
            model.say(match beside {
                None => format!("{name} said yes to {code}"),
                Some(beside) => format!(
                    "{} said yes, and \u{201c}{}\u{201d}; u takes it back",
                    text::fit(&name, 16),
                    text::fit(&beside, 26)
                ),
            });
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
pub(super) fn difference_lines(changed: &[Difference], since: &str) -> Vec<String> {
    let mut lines = vec![format!("What has changed since {since}:")];
    lines.extend(wording::differences(changed));
    lines
}

pub(super) fn heard(form: &Form, model: &mut Model, id: &BriefId) -> Result<(), String> {
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
                format!("today {code}; leave this if their words have it"),
            ),
            Field::line("channel", "", "mail, chat, in person"),
            Field::line("agreed to", "all", "all, need or solution"),
        ],
    );
    let mut form = form;
    form.lines = vec!["A quiet meeting is not a yes.".to_owned()];
    form.focus = usize::from(!who.is_empty());
    drafts::open(model, form);
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
    drafts::open(model, form);
}

/// The customer who got the last message, else the requester.
pub(super) fn last_asked(brief: &Brief) -> String {
    brief
        .effective_events()
        .into_iter()
        .rev()
        .find_map(|e| e.to.as_ref())
        .map(|id| brief.name_of(id).to_owned())
        .or_else(|| brief.requester().map(|c| c.name.clone()))
        .unwrap_or_default()
}
