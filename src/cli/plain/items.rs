//! The pages whose answer is a list: one item a line, an empty line ends it.

use super::line::Line;
use super::{Step, Walk, present};
use crate::checklist::items::{self, ListKind, Typed};
use crate::checklist::{Question, answering};
use crate::cli::Failure;
use crate::domain::{Basis, Change, Standing, coverage, entry, text};

impl Walk<'_> {
    pub(super) fn list_page(&mut self, question: &Question) -> Result<Step, Failure> {
        let Some(kind) = ListKind::of(question) else {
            return Ok(Step::Next);
        };
        match kind {
            ListKind::Goals => self.offer_goals()?,
            ListKind::Deliverables => self.show_needs()?,
            _ => {}
        }
        self.say("One a line; an empty line ends the list. A minus and a number, like - 1, removes that one")?;
        loop {
            match self.read()? {
                Line::End => return Ok(Step::End),
                Line::Back => return Ok(Step::Back),
                Line::Empty => return self.after_list(question, &kind),
                Line::Unknown(who) => {
                    if self.hand_over(question, &who)? {
                        return Ok(Step::Next);
                    }
                }
                Line::Remove(None) => {
                    let today = self.context.now.date_naive();
                    let gone = answering::clear(&self.brief, question, today);
                    if self.change(gone)? {
                        self.say("The list is empty")?;
                    }
                }
                Line::Remove(Some(number)) => self.remove(question, &kind, number)?,
                Line::Text(typed) => {
                    let (text, mark) = entry::basis(&typed);
                    if text.is_empty() {
                        // A mark alone is about the whole list.
                        if let Some(standing) = self.rests_on(question, mark.as_ref())? {
                            let left_out = standing.basis == Basis::NotNeeded;
                            let entry = answering::rests_on(&self.brief, question, standing);
                            if self.change(entry)? && left_out {
                                return Ok(Step::Next);
                            }
                        }
                        continue;
                    }
                    let standing = match mark {
                        // The list keeps what it rests on.
                        None if !kind.items_have_basis() => {
                            answering::standing_of(&self.brief, &question.id)
                        }
                        mark => match self.stands(&Standing::default(), mark.as_ref())? {
                            Some(standing) => standing,
                            None => continue,
                        },
                    };
                    if self.add(question, &kind, &text, standing)? == Step::End {
                        return Ok(Step::End);
                    }
                }
            }
        }
    }

    fn add(
        &mut self,
        question: &Question,
        kind: &ListKind,
        text: &str,
        standing: Standing,
    ) -> Result<Step, Failure> {
        if *kind == ListKind::Goals {
            return self.add_goal(question, text);
        }
        let typed = kind.typed(&self.brief, text, None, &standing);
        for name in &typed.unknown {
            self.say(&match kind {
                ListKind::Needs => format!("{name} is not among the customers"),
                _ => format!("There is no {name}"),
            })?;
        }
        // Saved before it is complete: nothing typed is lost.
        let standing = if kind.items_have_basis() {
            answering::standing_of(&self.brief, &question.id)
        } else {
            standing
        };
        if !self.put(question, typed.change.clone(), standing)? {
            return Ok(Step::Next);
        }
        self.noted(kind, typed.at)?;
        match kind {
            ListKind::Needs => self.complete_need(&typed),
            ListKind::Deliverables if typed.follow_up => self.ask_what_it_serves(kind, &typed),
            _ => Ok(Step::Next),
        }
    }

    fn ask_what_it_serves(&mut self, kind: &ListKind, typed: &Typed) -> Result<Step, Failure> {
        self.say("It serves no need so far. Which ones does it serve? Numbers, like 1 2; an empty line leaves it so")?;
        match self.read()? {
            Line::End => return Ok(Step::End),
            Line::Empty => {}
            Line::Text(text) => match kind.followed(&self.brief, typed.at, &text) {
                Some((change, unknown)) => {
                    for name in unknown {
                        self.say(&format!("There is no {name}"))?;
                    }
                    if self.change(change)? {
                        self.noted(kind, typed.at)?;
                    }
                }
                None => self.ahead = Some(Line::Text(text)),
            },
            sign => self.ahead = Some(sign),
        }
        Ok(Step::Next)
    }

    /// How an item was understood: who cannot see the line hears it.
    pub(super) fn noted(&mut self, kind: &ListKind, at: usize) -> Result<(), Failure> {
        // A whole pasted page need not be heard twice.
        let line = text::fit(&kind.line(&self.brief, at), 200);
        self.say(&format!("Noted as {}: {line}", at + 1))
    }

    /// Changes a list, with the entry of its question.
    pub(super) fn put(
        &mut self,
        question: &Question,
        change: Change,
        standing: Standing,
    ) -> Result<bool, Failure> {
        let change = items::with_entry(&self.brief, question, change, standing);
        self.change(change)
    }

    fn remove(
        &mut self,
        question: &Question,
        kind: &ListKind,
        number: usize,
    ) -> Result<(), Failure> {
        let at = match number.checked_sub(1) {
            Some(at) if at < kind.count(&self.brief) => at,
            _ => return self.say(&format!("There is no item {number}")),
        };
        if self.change(kind.remove(&self.brief, at))? {
            self.say("Removed. Now:")?;
            for line in present::items(&self.brief, question) {
                self.say(&line)?;
            }
        }
        Ok(())
    }

    fn show_needs(&mut self) -> Result<(), Failure> {
        if !self.brief.needs.is_empty() {
            self.say("The needs, for #1 #2 behind a part:")?;
        }
        for (number, need) in (1..).zip(self.brief.needs.clone()) {
            self.say(&format!("#{number} {}", need.text))?;
        }
        Ok(())
    }

    fn after_list(&mut self, question: &Question, kind: &ListKind) -> Result<Step, Failure> {
        match kind {
            ListKind::Readings => return self.choose_reading(question),
            ListKind::Deliverables => {
                for id in coverage::unserved(&self.brief) {
                    let need = self.brief.need(&id).map(|n| n.text.clone());
                    if let Some(text) = need {
                        self.say(&format!("No part serves this need yet: {text}"))?;
                    }
                }
            }
            _ => {}
        }
        Ok(Step::Next)
    }

    fn choose_reading(&mut self, question: &Question) -> Result<Step, Failure> {
        match self.brief.readings.len() {
            0 => return Ok(Step::Next),
            1 => self.say(
                "That is one way to read it. What else could they have meant? (or an empty line)",
            )?,
            _ => {}
        }
        if self.brief.readings.len() == 1 {
            match self.read()? {
                Line::End => return Ok(Step::End),
                Line::Back => return Ok(Step::Back),
                Line::Text(typed) => {
                    let (text, _) = entry::basis(&typed);
                    self.add(question, &ListKind::Readings, &text, Standing::guess())?;
                }
                _ => {}
            }
        }
        self.say("Which one do they most likely mean? A number, with @told NAME if they said so; empty: as it is")?;
        for line in present::items(&self.brief, question) {
            self.say(&line)?;
        }
        loop {
            let typed = match self.read()? {
                Line::End => return Ok(Step::End),
                Line::Back => return Ok(Step::Back),
                Line::Empty | Line::Remove(_) => return Ok(Step::Next),
                Line::Unknown(who) => {
                    if self.hand_over(question, &who)? {
                        return Ok(Step::Next);
                    }
                    continue;
                }
                Line::Text(typed) => typed,
            };
            let (text, mark) = entry::basis(&typed);
            let count = self.brief.readings.len();
            let Some(at) = text
                .parse::<usize>()
                .ok()
                .and_then(|n| n.checked_sub(1))
                .filter(|at| *at < count)
            else {
                self.say(&format!("Type a number from 1 to {count}"))?;
                continue;
            };
            let Some(standing) = self.rests_on(question, mark.as_ref())? else {
                continue;
            };
            let change = Change::All(vec![
                items::choose_reading(&self.brief, at, Some(standing.clone())),
                answering::rests_on(&self.brief, question, standing),
            ]);
            if self.change(change)? {
                return Ok(Step::Next);
            }
        }
    }
}
