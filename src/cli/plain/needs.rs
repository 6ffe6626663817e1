//! Needs: what, whose, and how they will know that it is met.

use super::line::Line;
use super::{Step, Walk};
use crate::checklist::Question;
use crate::cli::Failure;
use crate::domain::entry;
use crate::domain::{Change, ItemId, ListEdit, Need, Standing};

impl Walk<'_> {
    pub(super) fn add_need(
        &mut self,
        question: &Question,
        text: &str,
        standing: Standing,
    ) -> Result<Step, Failure> {
        let (text, acceptance) = entry::need(text);
        let (text, names) = entry::whose(&text);
        let mut whose = self.people(&names)?;
        if let (true, [only]) = (whose.is_empty(), self.brief.customers.as_slice()) {
            whose.push(only.id.clone());
        }
        let mut need = Need {
            id: ItemId::for_text(&text, self.brief.needs.iter().map(|n| &n.id)),
            text,
            whose,
            acceptance,
            same: false,
            standing,
        };
        let change = Change::All(vec![
            Change::Need(ListEdit::Insert {
                at: self.brief.needs.len(),
                item: need.clone(),
            }),
            self.entry_of(question),
        ]);
        // Saved before it is complete: nothing typed is lost.
        if !self.change(change)? {
            return Ok(Step::Next);
        }
        if need.whose.is_empty() && self.brief.customers.len() > 1 {
            self.say("Whose need is it? Numbers or names; empty: not known yet")?;
            for (number, customer) in (1..).zip(self.brief.customers.clone()) {
                self.say(&format!("{number}. {}", customer.name))?;
            }
            match self.read()? {
                Line::End => return Ok(Step::End),
                Line::Text(typed) => {
                    let words = if typed
                        .chars()
                        .all(|c| c.is_ascii_digit() || " ,".contains(c))
                    {
                        typed.replace(' ', ",")
                    } else {
                        typed
                    };
                    need.whose = self.people(&entry::names_in(&words))?;
                    self.replace(&need)?;
                }
                _ => {}
            }
        }
        if need.acceptance.is_empty() {
            self.say("How will they know that it is met? (empty: not known yet)")?;
            match self.read()? {
                Line::End => return Ok(Step::End),
                Line::Text(typed) => {
                    need.acceptance = typed;
                    self.replace(&need)?;
                }
                _ => {}
            }
        }
        Ok(Step::Next)
    }

    fn replace(&mut self, need: &Need) -> Result<bool, Failure> {
        match self.brief.needs.iter().position(|n| n.id == need.id) {
            Some(at) => self.change(Change::Need(ListEdit::Replace {
                at,
                item: need.clone(),
            })),
            None => Ok(false),
        }
    }

    /// The customers that numbers or names mean; those that mean nobody are
    /// said.
    fn people(&mut self, names: &[String]) -> Result<Vec<ItemId>, Failure> {
        let mut people = Vec::new();
        for name in names {
            let by_number = name
                .parse::<usize>()
                .ok()
                .and_then(|n| self.brief.customers.get(n.checked_sub(1)?))
                .map(|c| c.id.clone());
            let found = by_number.or_else(|| {
                let found = self.brief.find_customer(name).ok().flatten();
                found.map(|c| c.id.clone())
            });
            match found {
                Some(id) if people.contains(&id) => {}
                Some(id) => people.push(id),
                None => self.say(&format!("{name} is not among the customers"))?,
            }
        }
        Ok(people)
    }
}
