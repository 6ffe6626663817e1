//! The forms for a basis, a goal, a title and a name.

use crate::checklist::answering::marked;
use crate::domain::entry::{self, BasisEntry};
use crate::domain::{Basis, BriefId, Goal, ItemId, Level, Standing};
use crate::tui::dialog::{Dialog, Field, Form, FormKind};
use crate::tui::drafts;
use crate::tui::model::Model;

use super::{current, customer, with_walk};

pub(super) fn basis(form: &Form, model: &mut Model) -> Result<(), String> {
    let today = model.today();
    let Some(brief) = current(model) else {
        return Err("that brief is no longer here".to_owned());
    };
    let (who, when, why) = (form.text(1), form.text(2), form.text(3));
    let word = form.text(0).to_lowercase().replace(' ', "-");
    let word = Basis::from_word(&word);
    if matches!(word, Basis::Told | Basis::Asked) {
        // Unlike behind an answer, nothing typed is not the requester.
        customer(brief, &who)?;
    }
    let entry = match word {
        Basis::Guess => BasisEntry::Guess,
        Basis::Told => BasisEntry::Told { by: who, on: when },
        Basis::Asked => BasisEntry::Asked { to: who },
        Basis::NotNeeded if why.is_empty() => {
            return Err("why is it not needed?".to_owned());
        }
        Basis::NotNeeded => BasisEntry::NotNeeded { why },
        Basis::Unknown(_) => {
            return Err("write guess, asked, told or not-needed".to_owned());
        }
    };
    let standing = marked(brief, &Standing::default(), Some(&entry), today)?;
    with_walk(model, |walk, model| walk.set_standing(model, standing));
    Ok(())
}

pub(super) fn goal(form: &Form, model: &mut Model, at: Option<usize>) -> Result<(), String> {
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
            if let Some(crate::tui::screens::Screen::Goals(page)) = model.screens.last_mut() {
                page.selected = goals.len() - 1;
            }
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
    drafts::open(model, form);
}

/// The form for the title.
pub fn ask_title(model: &mut Model, id: &BriefId) {
    let title = model.brief(id).map(|b| b.title.clone()).unwrap_or_default();
    let form = Form::new(
        "Title",
        FormKind::Title { id: id.clone() },
        vec![Field::line("title", &title, "the id stays as it is")],
    );
    drafts::open(model, form);
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
