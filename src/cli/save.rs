//! Load, change, save: the way of every command that changes a brief.

use super::{Context, Failure};
use crate::domain::{Brief, BriefId, Change, check_in};
use crate::storage::{Loaded, StoreError};

/// How often a change is made anew when somebody else saves in between. Each
/// round of a race has a winner, so this is enough for that many writers.
const TRIES: usize = 64;

/// Changes a brief and saves it. `make` is asked again, with the brief as it
/// stands then, when the file was changed in between: nothing is overwritten,
/// and a change that no longer fits is refused by the same rules.
///
/// # Errors
///
/// Those of `make`, and when the brief cannot be read or written.
pub fn change(
    context: &Context,
    id: &BriefId,
    mut make: impl FnMut(&Brief, &str) -> Result<Option<Change>, Failure>,
) -> Result<Loaded, Failure> {
    edit(context, id, |brief| {
        let event = context.event_id(brief);
        let Some(change) = make(brief, &event)? else {
            return Ok(false);
        };
        brief.apply(change, context.now)?;
        Ok(true)
    })
}

/// As [`change`], for what is more than one change. `make` says whether there is
/// anything to save.
///
/// # Errors
///
/// As for [`change`].
pub fn edit(
    context: &Context,
    id: &BriefId,
    mut make: impl FnMut(&mut Brief) -> Result<bool, Failure>,
) -> Result<Loaded, Failure> {
    let mut tries = 0;
    loop {
        let base = context.store.load(id)?;
        let mut brief = base.brief.clone();
        if !make(&mut brief)? {
            return Ok(base);
        }
        writable(&base)?;
        match context.store.save(&base, &brief) {
            Err(StoreError::Changed { .. }) if tries < TRIES => tries += 1,
            saved => return Ok(saved?),
        }
    }
}

/// Notes in the history that the content of a brief was changed while its work
/// runs. Where the walk stands and what is half typed is no content.
pub fn note_change(context: &Context, before: &Brief, after: &mut Brief) -> Result<(), Failure> {
    let mut content = before.clone();
    content.walk.clone_from(&after.walk);
    content.drafts.clone_from(&after.drafts);
    if content == *after {
        return Ok(());
    }
    let event = context.event_id(after);
    if let Some(change) = check_in::changed(before, after, &event, context.now) {
        after.apply(change, context.now)?;
    }
    Ok(())
}

/// Refuses a brief that can be shown and not changed.
pub fn writable(loaded: &Loaded) -> Result<(), Failure> {
    match &loaded.read_only {
        Some(why) => Err(
            Failure::new(format!("{} cannot be changed", loaded.brief.id))
                .because(why)
                .hint("a newer askfirst can"),
        ),
        None => Ok(()),
    }
}
