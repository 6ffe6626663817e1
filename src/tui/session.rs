//! Changing briefs from the interface: every change is saved at once and can
//! be taken back.

use crate::domain::{Brief, BriefId, Change, Goal, Moment, WalkPlace, check_in};

use crate::storage::Loaded;

use super::message::Effect;
use super::model::{Item, Model, Step, StepPart};
use super::screens::desk::Group;

/// Steps kept for undo.
const STEPS: usize = 500;

impl Model {
    /// Applies a change, saves it, and remembers how to take it back. `what`
    /// says in a few words what was done; empty takes the change's own words.
    pub fn change(&mut self, id: &BriefId, what: &str, change: Change) -> bool {
        let what = if what.is_empty() {
            change.describe().to_owned()
        } else {
            what.to_owned()
        };
        let Some(part) = self.apply(id, change) else {
            return false;
        };
        self.remember(Step { what, part });
        true
    }

    /// Applies changes to several briefs as one step. Gives back those that
    /// could not be changed.
    pub fn change_all(&mut self, what: &str, changes: Vec<(BriefId, Change)>) -> Vec<BriefId> {
        let mut done: Option<StepPart> = None;
        let mut refused = Vec::new();
        for (id, change) in changes {
            match (self.apply(&id, change), done.take()) {
                (None, before) => {
                    refused.push(id);
                    done = before;
                }
                (part, None) => done = part,
                (Some(part), Some(before)) => {
                    done = Some(StepPart::Both(Box::new(before), Box::new(part)));
                }
            }
        }
        if let Some(part) = done {
            self.remember(Step {
                what: what.to_owned(),
                part,
            });
        }
        refused
    }

    /// Applies a change and changes the goals list, as one step.
    pub fn change_with_goals(
        &mut self,
        id: &BriefId,
        what: &str,
        change: Change,
        goals: Vec<Goal>,
    ) {
        let before = self.goals.goals.clone();
        let Some(part) = self.apply(id, change) else {
            return;
        };
        self.put_goals(goals);
        self.remember(Step {
            what: what.to_owned(),
            part: StepPart::Both(Box::new(part), Box::new(StepPart::Goals(before))),
        });
    }

    /// Changes the goals list.
    pub fn change_goals(&mut self, what: &str, goals: Vec<Goal>) {
        let before = self.goals.goals.clone();
        self.put_goals(goals);
        self.remember(Step {
            what: what.to_owned(),
            part: StepPart::Goals(before),
        });
    }

    /// Adds a new brief and writes it.
    pub fn create(&mut self, brief: Brief) {
        self.effects.push(Effect::Save(brief.id.clone()));
        self.items.push(Item {
            base: None,
            brief: brief.into(),
            failed: false,
            theirs: None,
            why: None,
            due: None,
            group: Group::Drafts,
            is_looked_at: false,
            amended: std::cell::OnceCell::new(),
        });
        self.unrested = false;
    }

    /// Keeps the place of the walk and what is being typed there. What was
    /// being typed at another question waits among the drafts for its return.
    /// It is no step of its own for undo.
    pub fn keep_place(&mut self, id: &BriefId, place: Option<WalkPlace>) {
        let Some(item) = self.item_mut(id) else {
            return;
        };
        if item.read_only().is_some() {
            return;
        }
        if item.brief.keep_place(place) {
            self.save(id);
        }
    }

    /// What was being typed at a question and has been taken since.
    pub fn forget_draft(&mut self, id: &BriefId, question: &str) {
        if let Some(item) = self.item_mut(id).filter(|i| i.read_only().is_none()) {
            item.brief.forget_draft(question);
        }
    }

    /// Takes the last step back.
    pub fn undo(&mut self) {
        let Some(step) = self.undo.pop() else {
            self.say("nothing to undo");
            return;
        };
        let what = step.what.clone();
        if let Some(part) = self.take_back(step.part) {
            self.redo.push(Step {
                what: what.clone(),
                part,
            });
            self.say(format!("undone: {what}"));
        }
    }

    /// Does the last undone step again.
    pub fn redo(&mut self) {
        let Some(step) = self.redo.pop() else {
            self.say("nothing to redo");
            return;
        };
        let what = step.what.clone();
        if let Some(part) = self.take_back(step.part) {
            self.undo.push(Step {
                what: what.clone(),
                part,
            });
            self.say(format!("done again: {what}"));
        }
    }

    /// Forgets the steps of a brief whose file was changed by somebody else.
    pub fn forget_steps(&mut self, id: &BriefId) {
        self.undo.retain(|s| !concerns(&s.part, id));
        self.redo.retain(|s| !concerns(&s.part, id));
    }

    /// The file of a brief was written by somebody else, and read again: what
    /// they wrote beside the values must not go with a step. The whole file is
    /// not put back any more, and neither is what was done before that.
    pub fn detach_steps(&mut self, id: &BriefId) {
        fn detach(part: &mut StepPart, brief: &BriefId) -> bool {
            match part {
                StepPart::Brief { id, earlier, .. } => {
                    if id == brief {
                        *earlier = None;
                    }
                    true
                }
                StepPart::File { id, .. } => id != brief,
                StepPart::Goals(_) => true,
                StepPart::Both(a, b) => detach(a, brief) && detach(b, brief),
            }
        }
        for steps in [&mut self.undo, &mut self.redo] {
            let mut reach = true;
            let mut kept = Vec::new();
            for mut step in std::mem::take(steps).into_iter().rev() {
                reach &= detach(&mut step.part, id);
                if reach || !concerns(&step.part, id) {
                    kept.push(step);
                }
            }
            kept.reverse();
            *steps = kept;
        }
    }

    /// Queues the writing of a brief as it stands in memory.
    pub fn save(&mut self, id: &BriefId) {
        let Some(item) = self.item(id) else { return };
        if item.read_only().is_some() {
            return;
        }
        let effect = Effect::Save(id.clone());
        if !self.effects.contains(&effect) {
            self.effects.push(effect);
        }
    }

    fn apply(&mut self, id: &BriefId, change: Change) -> Option<StepPart> {
        let now = self.now;
        let item = self.item_mut(id)?;
        if let Some(why) = item.read_only() {
            let why = why.to_owned();
            self.complain(why);
            return None;
        }
        let earlier = item.base.clone();
        let before = item.brief.clone();
        let result = item.brief.apply(change, now);
        match result {
            Ok(back) => {
                let noted = note(&before, &item.brief, now);
                let back = self.noted(id, noted, back);
                self.save(id);
                Some(StepPart::Brief {
                    id: id.clone(),
                    change: back,
                    earlier: Some(Box::new(earlier?)),
                })
            }
            Err(refused) => {
                self.complain(refused.to_string());
                None
            }
        }
    }

    /// What is changed while the work runs is noted with the change, so that
    /// one undo takes back both.
    fn noted(&mut self, id: &BriefId, note: Option<Change>, back: Change) -> Change {
        let Some(Change::Record(mut event)) = note else {
            return back;
        };
        event.id = self.event_id();
        let now = self.now;
        let noted = self
            .item_mut(id)
            .and_then(|item| item.brief.apply(Change::Record(event), now).ok());
        match noted {
            Some(noted) => Change::All(vec![noted, back]),
            None => back,
        }
    }

    /// As [`Self::put_file`] for a file that was edited by hand: with the note
    /// that running work was changed.
    pub fn take_file(&mut self, id: &BriefId, text: Loaded) -> Option<StepPart> {
        let before = self.brief(id)?.clone();
        let part = self.put_file(id, text)?;
        let note = note(&before, self.brief(id)?, self.now);
        let Some(Change::Record(mut event)) = note else {
            return Some(part);
        };
        event.id = self.event_id();
        let now = self.now;
        let change = self
            .item_mut(id)?
            .brief
            .apply(Change::Record(event), now)
            .ok()?;
        // Taken back first; the text of the file comes with the other part.
        let noted = StepPart::Brief {
            id: id.clone(),
            change,
            earlier: None,
        };
        Some(StepPart::Both(Box::new(noted), Box::new(part)))
    }

    fn take_back(&mut self, part: StepPart) -> Option<StepPart> {
        match part {
            StepPart::Goals(goals) => {
                let before = self.goals.goals.clone();
                self.put_goals(goals);
                Some(StepPart::Goals(before))
            }
            StepPart::File { id, earlier } => {
                // What was typed since is no part of the step.
                let item = self.item(&id)?;
                let typed = (item.brief.walk.clone(), item.brief.drafts.clone());
                let part = self.put_file(&id, *earlier)?;
                if let Some(item) = self.item_mut(&id) {
                    (item.brief.walk, item.brief.drafts) = typed;
                }
                Some(part)
            }
            StepPart::Both(one, other) => {
                let one = self.take_back(*one)?;
                let other = self.take_back(*other)?;
                Some(StepPart::Both(Box::new(one), Box::new(other)))
            }
            StepPart::Brief {
                id,
                change,
                earlier,
            } => {
                let now = self.now;
                let Some(item) = self.item_mut(&id) else {
                    self.complain("that brief is no longer here");
                    return None;
                };
                let base = item.base.clone()?;
                match item.brief.apply(change, now) {
                    Ok(back) => {
                        let later = earlier.is_some().then(|| Box::new(base));
                        match earlier {
                            Some(earlier) => self.effects.push(Effect::Restore {
                                id: id.clone(),
                                earlier,
                            }),
                            None => self.save(&id),
                        }
                        Some(StepPart::Brief {
                            id,
                            change: back,
                            earlier: later,
                        })
                    }
                    Err(refused) => {
                        self.complain(format!("cannot be taken back: {refused}"));
                        None
                    }
                }
            }
        }
    }

    /// Puts another text of a file in its place. What happened since stays in
    /// the history.
    pub fn put_file(&mut self, id: &BriefId, text: Loaded) -> Option<StepPart> {
        let item = self.item_mut(id)?;
        let base = item.base.clone()?;
        let mut brief = text.brief.clone();
        for event in &item.brief.events {
            if !brief.events.iter().any(|e| e.id == event.id) {
                brief.events.push(event.clone());
            }
        }
        item.brief = brief;
        self.effects.push(Effect::Restore {
            id: id.clone(),
            earlier: Box::new(text),
        });
        Some(StepPart::File {
            id: id.clone(),
            earlier: Box::new(base),
        })
    }

    fn put_goals(&mut self, goals: Vec<Goal>) {
        let base = Box::new(self.goals.clone());
        self.goals.goals = goals;
        self.effects.push(Effect::SaveGoals {
            base,
            after: Box::new(self.goals.clone()),
        });
    }

    /// Remembers a step for undo.
    pub fn remember(&mut self, step: Step) {
        self.redo.clear();
        self.undo.push(step);
        if self.undo.len() > STEPS {
            self.undo.remove(0);
        }
    }
}

/// The note that running work was changed, without an id yet.
fn note(before: &Brief, after: &Brief, now: Moment) -> Option<Change> {
    (before != after)
        .then(|| check_in::changed(before, after, "", now))
        .flatten()
}

/// Whether a step changed a brief.
fn concerns(part: &StepPart, brief: &BriefId) -> bool {
    match part {
        StepPart::Brief { id, .. } | StepPart::File { id, .. } => id == brief,
        StepPart::Goals(_) => false,
        StepPart::Both(a, b) => concerns(a, brief) || concerns(b, brief),
    }
}
