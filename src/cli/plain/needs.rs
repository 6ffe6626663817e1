//! Needs: whose, and how they will know that it is met.

use super::line::Line;
use super::{Step, Walk};
use crate::checklist::items::{ListKind, Typed, people};
use crate::cli::Failure;
use crate::domain::{Change, ListEdit, entry};

impl Walk<'_> {
    /// Asks for what was not typed with a need.
    pub(super) fn complete_need(&mut self, typed: &Typed) -> Result<Step, Failure> {
        let Some(id) = self.brief.needs.get(typed.at).map(|n| n.id.clone()) else {
            return Ok(Step::Next);
        };
        if typed.whose_assumed && self.brief.customers.len() > 1 {
            let whose = self.brief.requester().map(|c| c.name.clone());
            self.say(&format!(
                "Whose need is it? Numbers or names; empty: {}",
                whose.unwrap_or_default()
            ))?;
            for (number, customer) in (1..).zip(self.brief.customers.clone()) {
                self.say(&format!("{number}. {}", customer.name))?;
            }
            match self.read()? {
                Line::End => return Ok(Step::End),
                Line::Text(typed) => {
                    let is_numbers = typed
                        .chars()
                        .all(|c| c.is_ascii_digit() || " ,".contains(c));
                    let words = if is_numbers {
                        typed.replace(' ', ",")
                    } else {
                        typed
                    };
                    let (whose, unknown) = people(&self.brief, &entry::names_in(&words));
                    for name in unknown {
                        self.say(&format!("{name} is not among the customers"))?;
                    }
                    let at = self.brief.needs.iter().position(|n| n.id == id);
                    let need = at.and_then(|at| Some((at, self.brief.needs.get(at)?.clone())));
                    if let Some((at, mut item)) = need.filter(|_| !whose.is_empty()) {
                        item.whose = whose;
                        self.change(Change::Need(ListEdit::Replace { at, item }))?;
                    }
                }
                Line::Empty => {}
                sign => self.ahead = Some(sign),
            }
        }
        if typed.follow_up {
            self.say("How will they know that it is met? (empty: not known yet)")?;
            match self.read()? {
                Line::End => return Ok(Step::End),
                Line::Text(typed) => {
                    let at = self.brief.needs.iter().position(|n| n.id == id);
                    let change =
                        at.and_then(|at| ListKind::Needs.followed(&self.brief, at, &typed));
                    if let Some((change, _)) = change {
                        self.change(change)?;
                    }
                }
                Line::Empty => {}
                sign => self.ahead = Some(sign),
            }
        }
        Ok(Step::Next)
    }
}
