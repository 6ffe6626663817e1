//! Recording a reply in each brief that it says something about: in all of
//! them, or in none.

use std::cell::Cell;

use super::super::{Context, Failure, save};
use crate::domain::{Brief, ItemId, Sheet, reply};
use crate::reply::taking::{Came, DRAFT, Outcome, Taking};
use crate::storage::Loaded;

/// A brief with a reply in it.
pub struct Recorded {
    pub brief: Brief,
    /// Whoever wrote it, in this brief.
    pub by: ItemId,
    pub event: String,
    pub outcome: Outcome,
    /// As it was before.
    before: Brief,
    after: Loaded,
}

/// Why nothing was recorded.
pub enum Stopped {
    /// A brief is no longer what the pieces were matched to.
    Changed,
    Failed(Failure),
}

/// Records what was taken from a reply.
pub fn all(context: &Context, taking: &Taking, came: &Came) -> Result<Vec<Recorded>, Stopped> {
    let mut done: Vec<Recorded> = Vec::new();
    let replies = taking.replies(came);
    let is_one = replies.len() == 1;
    for (id, reply) in replies {
        let sheet = taking.sheets().iter().find(|s| s.brief == id);
        match one(context, sheet, &reply) {
            Ok(recorded) => done.push(recorded),
            Err(stopped) if is_one => return Err(stopped),
            Err(stopped) => return Err(take_back(context, done, stopped)),
        }
    }
    Ok(done)
}

fn one(
    context: &Context,
    sheet: Option<&Sheet>,
    taken: &reply::Reply,
) -> Result<Recorded, Stopped> {
    let Some(sheet) = sheet else {
        return Err(Stopped::Changed);
    };
    let changed = Cell::new(false);
    let event = Cell::new(String::new());
    let before = Cell::new(None);
    let saved = save::edit(context, &sheet.brief, |brief| {
        if Sheet::last(brief, &sheet.to) != *sheet {
            changed.set(true);
            return Ok(false);
        }
        let id = context.event_id(brief);
        let content = brief.clone();
        let change = reply::reply(brief, taken.clone(), &id, context.now)?;
        brief.apply(change, context.now)?;
        brief.drafts.retain(|d| {
            d.at != DRAFT || (d.field.is_empty() && d.draft.trim() != taken.words.trim())
        });
        save::note_change(context, &content, brief)?;
        event.set(id);
        before.set(Some(content));
        Ok(true)
    });
    let after = saved.map_err(Stopped::Failed)?;
    if changed.get() {
        return Err(Stopped::Changed);
    }
    Ok(Recorded {
        outcome: Outcome::of(&after.brief, taken),
        brief: Brief::clone(&after.brief),
        by: taken.by.clone(),
        event: event.take(),
        before: before.take().unwrap_or_else(|| Brief::clone(&after.brief)),
        after,
    })
}

/// Puts the briefs that were written back as they were.
fn take_back(context: &Context, done: Vec<Recorded>, stopped: Stopped) -> Stopped {
    let mut stuck = Vec::new();
    for one in done.into_iter().rev() {
        if context.store.save(&one.after, &one.before).is_err() {
            stuck.push(one.brief.id.to_string());
        }
    }
    match stopped {
        Stopped::Failed(failure) if stuck.is_empty() => {
            Stopped::Failed(failure.hint("nothing was recorded, in no brief"))
        }
        Stopped::Failed(failure) => {
            Stopped::Failed(failure.hint(format!("it is recorded in {} only", stuck.join(" and "))))
        }
        Stopped::Changed if stuck.is_empty() => Stopped::Changed,
        Stopped::Changed => Stopped::Failed(
            Failure::new("a brief was changed just now")
                .hint(format!("it is recorded in {} only", stuck.join(" and "))),
        ),
    }
}
