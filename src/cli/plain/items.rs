//! The pages whose answer is a list: one item a line, an empty line ends it.

use super::line::Line;
use super::{Step, Walk, present, record};
use crate::checklist::{Kind, Question};
use crate::cli::Failure;
use crate::domain::entry;
use crate::domain::{
    Basis, Change, Customer, Deliverable, ItemId, ListEdit, Reading, Role, Standing, coverage,
    removal,
};

impl Walk<'_> {
    pub(super) fn list_page(&mut self, question: &Question) -> Result<Step, Failure> {
        match question.kind {
            Kind::Goals => self.offer_goals()?,
            Kind::Deliverables => self.show_needs()?,
            _ => {}
        }
        self.say("One a line; an empty line ends the list, - 1 removes the first")?;
        loop {
            match self.read()? {
                Line::End => return Ok(Step::End),
                Line::Back => return Ok(Step::Back),
                Line::Empty => return self.after_list(question),
                Line::Unknown(who) => {
                    if self.hand_over(question, &who)? {
                        return Ok(Step::Next);
                    }
                }
                Line::Remove(None) => {
                    let today = self.context.now.date_naive();
                    let gone = record::clear(&self.brief, question, today);
                    if self.change(gone)? {
                        self.say("The list is empty")?;
                    }
                }
                Line::Remove(Some(number)) => self.remove(question, number)?,
                Line::Text(typed) => {
                    let (text, mark) = entry::basis(&typed);
                    if text.is_empty() {
                        // A mark alone is about the whole list.
                        if let Some(standing) = self.rests_on(question, mark.as_ref())? {
                            let left_out = standing.basis == Basis::NotNeeded;
                            let entry = record::entry(&self.brief, question, standing);
                            if self.change(entry)? && left_out {
                                return Ok(Step::Next);
                            }
                        }
                        continue;
                    }
                    let Some(standing) = self.stands(None, mark.as_ref())? else {
                        continue;
                    };
                    if self.add(question, &text, standing)? == Step::End {
                        return Ok(Step::End);
                    }
                }
            }
        }
    }

    fn add(
        &mut self,
        question: &Question,
        text: &str,
        standing: Standing,
    ) -> Result<Step, Failure> {
        match question.kind {
            Kind::Customers => self.add_customer(question, text),
            Kind::Readings => self.add_reading(question, text, standing),
            Kind::Needs => self.add_need(question, text, standing),
            Kind::Goals => self.add_goal(question, text),
            Kind::Deliverables => self.add_deliverable(question, text, standing),
            _ => {
                let mut items = record::items_of(&self.brief, question).to_vec();
                items.push(text.to_owned());
                let change = record::items(&self.brief, question, items, standing);
                self.change(change)?;
                Ok(Step::Next)
            }
        }
    }

    fn remove(&mut self, question: &Question, number: usize) -> Result<(), Failure> {
        let count = present::items(&self.brief, question).len();
        let at = match number.checked_sub(1) {
            Some(at) if at < count => at,
            _ => return self.say(&format!("There is no item {number}")),
        };
        let change = match question.kind {
            Kind::Customers => removal::customer(&self.brief, at),
            Kind::Readings => Change::Reading(ListEdit::Remove { at }),
            Kind::Needs => removal::need(&self.brief, at),
            Kind::Goals => Change::Goal(ListEdit::Remove { at }),
            Kind::Deliverables => Change::Deliverable(ListEdit::Remove { at }),
            _ => {
                let mut items = record::items_of(&self.brief, question).to_vec();
                items.remove(at);
                let before = self.brief.answers.get(&question.id);
                let standing = before.map(|a| a.standing.clone()).unwrap_or_default();
                record::items(&self.brief, question, items, standing)
            }
        };
        if self.change(change)? {
            self.say("Removed. Now:")?;
            for line in present::items(&self.brief, question) {
                self.say(&line)?;
            }
        }
        Ok(())
    }

    /// The entry of a list that has just got an item: its basis stays, unless
    /// the list had been left out.
    pub(super) fn entry_of(&self, question: &Question) -> Change {
        let before = self
            .brief
            .answers
            .get(&question.id)
            .map(|a| a.standing.clone());
        let standing = before
            .filter(|s| s.basis != Basis::NotNeeded)
            .unwrap_or_default();
        record::entry(&self.brief, question, standing)
    }

    fn add_customer(&mut self, question: &Question, text: &str) -> Result<Step, Failure> {
        let typed = entry::customer(text);
        let name = typed.name.to_lowercase();
        let known = self
            .brief
            .customers
            .iter()
            .position(|c| c.name.to_lowercase() == name);
        let edit = match known.and_then(|at| Some((at, self.brief.customers.get(at)?.clone()))) {
            Some((at, mut customer)) => {
                customer.role = typed.role.unwrap_or(customer.role);
                if !typed.reach.is_empty() {
                    customer.reach = typed.reach;
                }
                if !typed.uses_for.is_empty() {
                    customer.uses_for = typed.uses_for;
                }
                ListEdit::Replace { at, item: customer }
            }
            None => {
                let at = self.brief.customers.len();
                let usual = if at == 0 {
                    Role::Requester
                } else {
                    Role::Receiver
                };
                ListEdit::Insert {
                    at,
                    item: Customer {
                        id: self.brief.new_customer_id(&typed.name),
                        name: typed.name,
                        role: typed.role.unwrap_or(usual),
                        uses_for: typed.uses_for,
                        reach: typed.reach,
                        notes: String::new(),
                    },
                }
            }
        };
        let change = Change::All(vec![Change::Customer(edit), self.entry_of(question)]);
        self.change(change)?;
        Ok(Step::Next)
    }

    fn add_reading(
        &mut self,
        question: &Question,
        text: &str,
        standing: Standing,
    ) -> Result<Step, Failure> {
        let reading = Reading {
            id: ItemId::for_text(text, self.brief.readings.iter().map(|r| &r.id)),
            text: text.to_owned(),
            chosen: false,
            standing,
        };
        let change = Change::All(vec![
            Change::Reading(ListEdit::Insert {
                at: self.brief.readings.len(),
                item: reading,
            }),
            self.entry_of(question),
        ]);
        self.change(change)?;
        Ok(Step::Next)
    }

    fn add_deliverable(
        &mut self,
        question: &Question,
        text: &str,
        standing: Standing,
    ) -> Result<Step, Failure> {
        let (text, numbers) = entry::deliverable(text);
        let mut serves = Vec::new();
        for number in numbers {
            match number
                .checked_sub(1)
                .and_then(|at| self.brief.needs.get(at))
            {
                Some(need) => serves.push(need.id.clone()),
                None => self.say(&format!("There is no need {number}"))?,
            }
        }
        let lonely = serves.is_empty();
        let known = self.brief.deliverables.iter().position(|d| d.text == text);
        let taken = self.brief.deliverables.iter().map(|d| &d.id);
        let mut item = Deliverable {
            id: ItemId::for_text(&text, taken),
            text,
            serves,
            standing,
        };
        let edit = match known.and_then(|at| Some((at, self.brief.deliverables.get(at)?))) {
            Some((at, before)) => {
                item.id = before.id.clone();
                ListEdit::Replace { at, item }
            }
            None => ListEdit::Insert {
                at: self.brief.deliverables.len(),
                item,
            },
        };
        let change = Change::All(vec![Change::Deliverable(edit), self.entry_of(question)]);
        if self.change(change)? && lonely && !self.brief.needs.is_empty() {
            self.say("It serves no need so far. Type it again with #1 to say which, or leave it")?;
        }
        Ok(Step::Next)
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

    fn after_list(&mut self, question: &Question) -> Result<Step, Failure> {
        match question.kind {
            Kind::Readings => return self.choose_reading(question),
            Kind::Deliverables => {
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
                    self.add_reading(question, &text, Standing::guess())?;
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
            let mut items = self.brief.readings.clone();
            for (place, reading) in items.iter_mut().enumerate() {
                reading.chosen = place == at;
                if reading.chosen {
                    reading.standing = standing.clone();
                }
            }
            let change = Change::All(vec![
                Change::Reading(ListEdit::Set { items }),
                record::entry(&self.brief, question, standing),
            ]);
            if self.change(change)? {
                return Ok(Step::Next);
            }
        }
    }
}
