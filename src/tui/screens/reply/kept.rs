//! A reply is kept among the drafts of its brief until it is recorded.

use crate::domain::{Brief, Event, EventKind, WalkPlace};
use crate::reply::taking::{DRAFT, Sender, Why};
use crate::tui::model::Model;

use super::Reply;

const WHO: &str = "who";
const WHEN: &str = "when";
const CHANNEL: &str = "channel";

impl Reply {
    /// What was pasted before; else what was recorded and taken back at once,
    /// to be looked at again.
    pub(super) fn resume(&mut self, brief: &Brief) {
        let kept = |field: &str| {
            let mut drafts = brief.drafts.iter();
            drafts.find(|d| d.at == DRAFT && d.field == field)
        };
        if let Some(draft) = kept("") {
            self.set_text(&draft.draft);
        } else if let Some(event) = taken_back(brief) {
            self.set_text(&event.words);
            if let Some(by) = &event.by {
                self.said(by.as_str(), brief);
            }
            self.said_on = event.on;
            self.said_via = true;
            self.via.clone_from(&event.via);
            return;
        }
        if let Some(who) = kept(WHO) {
            self.said(&who.draft, brief);
        }
        self.said_on = kept(WHEN).and_then(|d| d.draft.parse().ok());
        self.on = self.said_on.unwrap_or(self.on);
        if let Some(channel) = kept(CHANNEL) {
            self.said_via = true;
            self.via.clone_from(&channel.draft);
        }
    }

    fn set_text(&mut self, text: &str) {
        self.field.set_text(text);
        self.raw = (self.field.text() != text).then(|| text.to_owned());
    }

    fn said(&mut self, id: &str, brief: &Brief) {
        let mut customers = brief.customers.iter();
        if let Some(one) = customers.find(|c| c.id.as_str() == id) {
            self.sender = Some(Sender {
                by: one.id.clone(),
                why: Why::Named,
            });
        }
    }

    /// Keeps the text, and what was said about who wrote it.
    pub fn keep(&self, model: &mut Model) {
        let mut kept = Vec::new();
        if !self.text().trim().is_empty() {
            let place = |field: &str, draft: &str| WalkPlace {
                field: field.to_owned(),
                draft: draft.to_owned(),
                ..WalkPlace::new(DRAFT)
            };
            kept.push(place("", self.text()));
            if let Some(sender) = self.sender.as_ref().filter(|s| s.why == Why::Named) {
                kept.push(place(WHO, sender.by.as_str()));
            }
            kept.extend(self.said_on.map(|on| place(WHEN, &on.to_string())));
            if self.said_via {
                kept.push(place(CHANNEL, &self.via));
            }
        }
        let Some(item) = model.item_mut(&self.id).filter(|i| i.read_only().is_none()) else {
            return;
        };
        if item.brief.drafts.iter().filter(|d| d.at == DRAFT).eq(&kept) {
            return;
        }
        item.brief.drafts.retain(|d| d.at != DRAFT);
        item.brief.drafts.extend(kept);
        let id = self.id.clone();
        model.save(&id);
    }
}

/// The reply that was undone last, if nothing else happened since.
fn taken_back(brief: &Brief) -> Option<&Event> {
    let undone = brief.events.iter().rev();
    let undone = undone.take_while(|e| e.kind == EventKind::Undone);
    let mut taken = undone.filter_map(|u| brief.events.iter().find(|e| e.id == u.undoes));
    let event = taken.find(|e| e.kind == EventKind::Replied)?;
    let counts = brief.effective_events();
    counts.iter().all(|e| e.id != event.id).then_some(event)
}
