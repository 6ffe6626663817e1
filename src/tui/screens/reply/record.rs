//! What was taken from a reply becomes part of the briefs.

use crate::domain::{BriefId, Change, Section, reply};
use crate::reply::taking::{self, Came, DRAFT, Outcome};
use crate::tui::model::{Go, Model};

use super::Reply;

impl Reply {
    /// Records the reply, a step for each brief that it says something about.
    pub(super) fn record(&mut self, model: &mut Model) {
        let (Some(taking), Some(sender)) = (&self.taking, &self.sender) else {
            return;
        };
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let others = model.items.iter().map(|item| &*item.brief);
        if !taking.fits(&taking::sheets(brief, &sender.by, others)) {
            // Undone, or written by somebody else, while it was looked at.
            self.read(model);
            model.complain("the brief has changed meanwhile; look at the pieces again");
            return;
        }
        let came = Came {
            words: self.text().to_owned(),
            via: self.via.clone(),
            on: self.on,
        };
        let mut changes: Vec<(reply::Reply, BriefId, Change)> = Vec::new();
        for (id, taken) in taking.replies(&came) {
            let event = model.event_id();
            let Some(item) = model.item(&id) else {
                return;
            };
            if let Some(why) = item.read_only() {
                let why = format!("{}: {why}", item.brief.title);
                model.complain(why);
                return;
            }
            match reply::reply(&item.brief, taken.clone(), &event, model.now) {
                Ok(change) => changes.push((taken, id, change)),
                Err(not_now) => {
                    model.complain(not_now.to_string());
                    return;
                }
            }
        }
        let mut said = Vec::new();
        for (taken, id, change) in changes {
            if let Some(item) = model.item_mut(&id).filter(|_| id == self.id) {
                item.brief.drafts.retain(|d| d.at != DRAFT);
            }
            if !model.change(&id, "reply", change) {
                return;
            }
            let Some(after) = model.brief(&id) else {
                continue;
            };
            let outcome = Outcome::of(after, &taken);
            let name = after.name_of(&taken.by).to_owned();
            let name = name.split_whitespace().next().unwrap_or(&name).to_owned();
            let mut words = match id == self.id {
                true => format!("{name}: {}", outcome.words()),
                false => format!("{}: {}", after.title, outcome.words()),
            };
            words.push_str(&next(&outcome));
            said.push(words);
        }
        self.field.set_text("");
        self.raw = None;
        model.say(said.join(" \u{2013} "));
        model.unrested = false;
        model.go.push(Go::Back);
    }
}

/// What is to be done next, as short as a line of 80 columns wants it.
fn next(outcome: &Outcome) -> String {
    if outcome.objection {
        return "; e changes it, s asks again".to_owned();
    }
    if outcome.waits.is_empty() {
        return "; u takes it back".to_owned();
    }
    let parts: Vec<&str> = outcome.waits.iter().map(Section::label).collect();
    format!("; waits for a new yes: {}", parts.join(", "))
}
