//! What is done before it is needed, and until when there is nothing to do.

use std::time::Duration;

use crate::tui::message::Effect;
use crate::tui::model::Model;
use crate::tui::signals::{Incoming, Input};
use crate::tui::{prepare, shelf};

use super::{Start, settle};

/// What happened while nobody did anything.
pub(super) enum Waited {
    Came(Incoming),
    /// The screen shows something else than the files say.
    Other,
    /// All is read that may be seen next.
    Nothing,
}

/// Makes ready what is seen after the next keys, until one comes.
pub(super) fn wait(start: &Start<'_>, model: &mut Model, input: &Input) -> Waited {
    let shown = (model.shelf.revision, model.notice.is_some());
    loop {
        let ids = shelf::ahead(model);
        if ids.is_empty() && !prepare(model) {
            return Waited::Nothing;
        }
        if !ids.is_empty() {
            settle(start.store, model, vec![Effect::Load(ids)]);
            if shown != (model.shelf.revision, model.notice.is_some()) {
                return Waited::Other;
            }
        }
        match input.next(Some(Duration::ZERO)) {
            Incoming::TimedOut => {}
            incoming => return Waited::Came(incoming),
        }
    }
}

/// Reads the briefs that are seen now, after all keys that waited.
pub(super) fn read_shown(start: &Start<'_>, model: &mut Model) {
    if std::mem::take(&mut model.unshown) {
        settle(start.store, model, vec![Effect::Show]);
    }
}

/// How long it is until something becomes due or a day begins: the only reasons
/// to wake up while nobody does anything. Where the clock was moved meanwhile, that is found out
/// then, and waited for again.
pub(super) fn until_change(model: &Model) -> Option<Duration> {
    let wait = model.next_change()? - model.now;
    wait.to_std().ok()
}
