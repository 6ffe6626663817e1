//! A no leads on: correct the brief, ask the customer, pause or stop; then the
//! talk goes on where it was.

use crate::checklist::answering;
use crate::domain::check_in::Phase;
use crate::domain::{Brief, BriefId, text};
use crate::tui::answered;
use crate::tui::dialog::{Dialog, PickOption, Picker, PickerKind};
use crate::tui::model::Model;
use crate::tui::screens::{Screen, share::Share, walk::Walk};

use super::{CheckIn, Turn, checklist};

/// One way to go on from a no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Open the page of the walk that says it.
    Correct,
    /// Write the message that asks.
    Ask,
    /// Note it, and go on.
    Note,
    /// Stop asking, with the reason.
    Pause,
    /// Drop the request, with the reason.
    Stop,
    /// Put standing work away that nobody uses.
    PutAway,
}

/// Asks what follows from a no.
pub(super) fn ask_way(page: &CheckIn, model: &mut Model) {
    let Some(brief) = model.brief(&page.id) else {
        return;
    };
    let name = brief
        .customer(&page.to)
        .map_or_else(String::new, |c| c.name.clone());
    let lines = page
        .question(model)
        .map(|q| q.ask.clone())
        .into_iter()
        .collect();
    let can_correct = walk_question(page, model, brief).is_some();
    let mut ways: Vec<(Way, String, &str)> = Vec::new();
    let mut way = |way, label: String, detail| ways.push((way, label, detail));
    if page.phase == Phase::Standing {
        way(Way::Ask, format!("ask {name}"), "a short message");
        way(Way::PutAway, "stop making it".to_owned(), "puts it away");
        way(Way::Pause, "do not ask again".to_owned(), "with the reason");
    } else {
        if page.phase == Phase::Handover {
            way(Way::Note, "not yet: go on working".to_owned(), "");
        }
        if can_correct {
            way(
                Way::Correct,
                "correct the brief".to_owned(),
                "then on from here",
            );
        }
        if !name.is_empty() {
            way(
                Way::Ask,
                format!("ask {name}"),
                "the message with the question",
            );
        }
        if page.phase != Phase::Handover {
            way(Way::Note, "note it and go on".to_owned(), "");
        }
        way(
            Way::Pause,
            "pause".to_owned(),
            "not to be asked, with the reason",
        );
        way(
            Way::Stop,
            "stop the work".to_owned(),
            "drops it, with the reason",
        );
    }
    model.dialog = Some(Dialog::Picker(Picker {
        title: "No. What follows?".to_owned(),
        lines,
        options: ways
            .iter()
            .map(|(_, label, detail)| PickOption::with(label, *detail))
            .collect(),
        selected: 0,
        many: false,
        kind: PickerKind::No {
            ways: ways.iter().map(|(way, _, _)| *way).collect(),
        },
    }));
}

/// Goes one of the ways, from the check-in on top.
pub fn take_way(model: &mut Model, way: Way) {
    let Some(mut screen) = model.screens.pop() else {
        return;
    };
    if let Screen::CheckIn(page) = &mut screen {
        go(page, model, way);
    }
    model.screens.push(screen);
}

fn go(page: &mut CheckIn, model: &mut Model, way: Way) {
    match way {
        Way::Note => page.note_no(model),
        Way::Correct => {
            let question = model
                .brief(&page.id)
                .and_then(|brief| walk_question(page, model, brief));
            page.note_no(model);
            let walk = question.and_then(|q| Walk::open_from_review(model, &page.id, &q));
            if let Some(walk) = walk {
                model.open(Screen::Walk(Box::new(walk)));
                model.say("correct what is no longer so; PgDn brings you back");
            }
        }
        Way::Ask if page.phase == Phase::Standing => {
            page.said.answer("still_used", "no");
            page.turn_to(Turn::Word);
        }
        Way::Ask => ask_customer(page, model),
        // The form for the reason comes next; it takes what was said with it.
        Way::Pause => {
            no_without_going_on(page);
            answered::ask_mute(model, &page.id);
        }
        Way::Stop => {
            no_without_going_on(page);
            answered::ask_drop(model, &page.id);
        }
        Way::PutAway => {
            no_without_going_on(page);
            put_away(page, model);
        }
    }
}

fn no_without_going_on(page: &mut CheckIn) {
    if let Turn::Ask(id) = &page.at {
        let id = id.clone();
        page.said.answer(&id, "no");
    }
}

/// The question becomes one for the customer, and the message with it opens.
fn ask_customer(page: &mut CheckIn, model: &mut Model) {
    let (id, to) = (page.id.clone(), page.to.clone());
    let asked = page.question(model).cloned();
    let change = asked.and_then(|asked| {
        let brief = model.brief(&id)?;
        let walked = walk_question(page, model, brief)?;
        let mut question = model.checklist_of(brief)?.question(&walked)?.clone();
        question.put = put(brief, &asked.id, &asked.put);
        Some(answering::ask(brief, &question, &to))
    });
    page.note_no(model);
    if let Some(change) = change {
        model.change(&id, "ask instead of guessing", change);
    }
    model.open(Screen::Share(Share::new(id, to)));
}

fn put_away(page: &mut CheckIn, model: &mut Model) {
    let (first, second) = (model.event_id(), model.event_id());
    let now = model.now;
    let Some(brief) = model.brief(&page.id) else {
        return;
    };
    let away = crate::domain::action::archive(brief, true, "nobody uses it", &second, now);
    let said = page.recorded(model, &first);
    let Ok(said) = said else { return };
    let change = crate::domain::Change::All(vec![said, away]);
    if model.change(&page.id.clone(), "put away", change) {
        super::finish::forget(model, &page.id);
        model.say("put away; u brings it back");
        page.leave(model);
    }
}

/// The question with what it is about, for a customer who has no brief at hand:
/// what the worker reads beside it is not all for them.
fn put(brief: &Brief, id: &str, question: &str) -> String {
    let about: Vec<&str> = match id {
        "people" => brief.customers.iter().map(|c| c.name.as_str()).collect(),
        "top_need" => brief
            .needs
            .iter()
            .take(1)
            .map(|n| n.text.as_str())
            .collect(),
        "agreed" => brief.deliverables.iter().map(|d| d.text.as_str()).collect(),
        "goal" => brief.goals.iter().map(|g| g.text.as_str()).collect(),
        _ => Vec::new(),
    };
    let about: Vec<String> = about.iter().take(3).map(|t| text::fit(t, 60)).collect();
    match about.join("; ").as_str() {
        "" => question.to_owned(),
        about => format!("{question} ({about})"),
    }
}

/// The question of the walk that says what a question of the check-in is
/// about, where the brief's checklist has one.
fn walk_question(page: &CheckIn, model: &Model, brief: &Brief) -> Option<String> {
    let Turn::Ask(id) = &page.at else { return None };
    let candidates: &[&str] = match id.as_str() {
        "people" => &["customers"],
        "top_need" => &["rank", "needs"],
        "agreed" => &["deliverables", "out", "needs"],
        "goal" => &["goals", "purpose"],
        "answers" => &["purpose", "readings"],
        "understandable" | "usable" => &["tool", "deliverables", "needs"],
        "in_time" => &["need_by", "needs"],
        _ => &["needs"],
    };
    let asked = model.checklist_of(brief)?.asked_of(brief);
    let found = candidates
        .iter()
        .find(|id| asked.iter().any(|q| q.id == **id))?;
    Some((*found).to_owned())
}

/// Opens the check-in of a brief.
pub fn open(model: &mut Model, id: &BriefId) {
    debug_assert!(checklist(model).is_some());
    match CheckIn::open(model, id) {
        Some(page) => model.open(Screen::CheckIn(Box::new(page))),
        None => model.complain("there are no questions for it; askfirst prompts check says why"),
    }
}
