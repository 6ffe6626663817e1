//! The end of a check-in: the short word to a customer, and the one event that
//! keeps what was said.

use crate::checklist::check_in::{SHORTCUT, Said};
use crate::domain::check_in::Phase;
use crate::domain::nudge;
use crate::domain::{BriefId, Change, Day, EventKind, Sheet, action, check_in as domain, date};
use crate::export::{self, Message, News};
use crate::tui::dialog::{Field, Form, FormKind};
use crate::tui::drafts;
use crate::tui::model::{Go, Model};
use crate::tui::screens::Screen;

use super::kept::put_drafts;
use super::{CheckIn, Turn, checklist, occasion};

impl CheckIn {
    /// Everything that was said, each text in its place.
    fn all(&self, model: &Model) -> Result<Said, (String, String)> {
        let mut said = self.said.clone();
        let (Some(brief), Some(checklist)) = (model.brief(&self.id), checklist(model)) else {
            return Ok(said);
        };
        for (id, text) in &self.texts {
            let Some(question) = checklist.question(id).filter(|q| q.phase == self.phase) else {
                continue;
            };
            said.take(brief, question, text, &model.work, model.today())
                .map_err(|why| (id.clone(), why))?;
        }
        Ok(said)
    }

    /// What was said, as a change; `Err` with the question whose text is not
    /// understood, and why.
    pub(super) fn recorded(&self, model: &Model, event: &str) -> Result<Change, (String, String)> {
        let said = self.all(model)?;
        let none = || (String::new(), "that brief is no longer here".to_owned());
        let brief = model.brief(&self.id).ok_or_else(none)?;
        said.record(brief, event, model.now, model.today())
            .map_err(|why| (String::new(), why.to_string()))
    }

    /// The short word, or the message that asks.
    pub fn message(&self, model: &Model) -> Option<Message> {
        let brief = model.brief(&self.id)?;
        let shortcut = self.text_of(SHORTCUT);
        let news = News {
            occasion: occasion(self),
            learned: self.text_of("learned").to_owned(),
            tell: self.text_of("tell").to_owned(),
            shortcut: (!shortcut.trim().is_empty())
                .then(|| domain::shortcut(shortcut, model.today())),
            moved: self.said.has_a_no(),
            next: self.next_day(model),
        };
        let mut message = export::update(brief, &self.to, &model.worker, &news);
        for warning in &mut message.warnings {
            if warning == export::NAMELESS {
                warning.push_str("; N adds it");
            }
        }
        Some(message)
    }

    /// When the next check-in comes if this one is kept.
    fn next_day(&self, model: &Model) -> Option<Day> {
        let mut after = model.brief(&self.id)?.clone();
        let change = self.recorded(model, "next").ok()?;
        after.apply(change, model.now).ok()?;
        nudge::due(&after, &model.work, &model.here).map(|due| due.at().date())
    }

    /// The message went out.
    pub fn sent(&mut self, model: &mut Model, via: &str) {
        if !self.is_lost() {
            self.finish(model, Some(via));
            return;
        }
        let event = model.event_id();
        let now = model.now;
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let name = brief.name_of(&self.to).to_owned();
        let sheet = Sheet::word(brief, &self.to);
        let change = action::share_sheet(brief, &sheet, via, &event, now);
        if model.change(&self.id, "ask before going on", change) {
            model.say(format!("noted as asked; when {name} answers, y records it"));
            self.found(model);
        }
    }

    /// Keeps the check-in as one step, and leaves.
    pub(super) fn finish(&mut self, model: &mut Model, via: Option<&str>) {
        let (event, second) = (model.event_id(), model.event_id());
        let change = match self.recorded(model, &event) {
            Ok(change) => change,
            Err((question, why)) if question.is_empty() => {
                model.complain(why);
                return;
            }
            Err((question, why)) => {
                self.turn_to(Turn::Tell(question));
                self.remark = Some(why);
                return;
            }
        };
        let to = self.to.clone();
        let mut change = change;
        if let (Some(via), Some(event)) = (via, check_in_event(&mut change)) {
            event.to = Some(to);
            via.clone_into(&mut event.via);
        }
        if self.hands_over {
            let deliver = model
                .brief(&self.id)
                .and_then(|brief| action::deliver(brief, "", &second, model.now).ok());
            change = Change::All([Some(change), deliver].into_iter().flatten().collect());
        }
        let what = match self.phase {
            _ if self.hands_over => "hand over",
            Phase::Close => "what there is to learn",
            _ => "check-in",
        };
        // Nothing learned, nothing noted.
        let is_empty = self.phase == Phase::Close && self.texts.is_empty() && self.said.is_empty();
        let done = is_empty || model.change(&self.id, what, change);
        if done {
            forget(model, &self.id);
            let text = self.farewell(model);
            model.say(text);
            self.leave(model);
        }
    }

    /// What was missing takes the work up again.
    pub(super) fn reopen(&mut self, model: &mut Model) {
        let (event, second) = (model.event_id(), model.event_id());
        let missing = self.text_of(crate::checklist::check_in::MISSING).to_owned();
        let said = self.recorded(model, &event);
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let reopened = action::reopen(brief, &missing, &second, model.now);
        let (said, reopened) = match (said, reopened) {
            (Ok(said), Ok(reopened)) => (said, reopened),
            (Err((_, why)), _) => {
                self.remark = Some(why);
                return;
            }
            (_, Err(why)) => {
                self.remark = Some(why.to_string());
                return;
            }
        };
        if model.change(&self.id, "take up again", Change::All(vec![said, reopened])) {
            forget(model, &self.id);
            model.say("taken up again, with what was missing");
            self.leave(model);
        }
    }

    fn farewell(&self, model: &Model) -> String {
        let done = match self.phase {
            _ if self.hands_over => "handed over; they say when it is done",
            Phase::Close => "kept for the next time",
            _ => "checked in",
        };
        let due = model
            .brief(&self.id)
            .and_then(|brief| nudge::due(brief, &model.work, &model.here));
        match due {
            Some(due) => format!("{done}; the next time on {}", date::show(due.at().date())),
            None => done.to_owned(),
        }
    }

    /// Another customer gets the word.
    pub(super) fn next_recipient(&mut self, model: &Model) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let at = brief.customers.iter().position(|c| c.id == self.to);
        let next = at.map_or(0, |at| (at + 1) % brief.customers.len().max(1));
        if let Some(customer) = brief.customers.get(next) {
            self.to = customer.id.clone();
            self.scroll = 0;
        }
    }

    pub(super) fn ask_file(&self, model: &mut Model) {
        let kind = FormKind::MessageTo {
            id: self.id.clone(),
            to: self.to.clone(),
        };
        let name = format!("message-to-{}.txt", self.to);
        let field = Field::line("file", &name, "in this folder, or a whole path");
        let form = Form::new("Write the message to a file", kind, vec![field]);
        drafts::open(model, form);
    }
}

/// A change that ends the talk on top, if it is about this brief, with what was
/// said so far before it: pausing or dropping must come after the check-in.
pub fn with_said(model: &mut Model, id: &BriefId, change: Change) -> Change {
    let event = model.event_id();
    match talk_about(model, id).map(|page| page.recorded(model, &event)) {
        Some(Ok(said)) => Change::All(vec![said, change]),
        _ => change,
    }
}

/// Leaves the talk on top, if it is about this brief: it is in the history.
pub fn end(model: &mut Model, id: &BriefId) {
    if talk_about(model, id).is_some() {
        forget(model, id);
        model.go.push(Go::Back);
    }
}

fn talk_about<'m>(model: &'m Model, id: &BriefId) -> Option<&'m CheckIn> {
    match model.top() {
        Some(Screen::CheckIn(page)) if &page.id == id => Some(page),
        _ => None,
    }
}

/// Forgets what was said when it has become an event.
pub(super) fn forget(model: &mut Model, id: &BriefId) {
    put_drafts(model, id, Vec::new());
}

fn check_in_event(change: &mut Change) -> Option<&mut crate::domain::Event> {
    match change {
        Change::Record(event) if event.kind == EventKind::CheckIn => Some(event),
        Change::All(changes) => changes.iter_mut().find_map(check_in_event),
        _ => None,
    }
}
