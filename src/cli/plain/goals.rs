//! Goals: picked from the goals list, or added to it.

use super::{Step, Walk};
use crate::checklist::Question;
use crate::cli::{Failure, goals};
use crate::domain::entry;
use crate::domain::{Change, Goal, ItemId, ListEdit, Standing};

impl Walk<'_> {
    pub(super) fn offer_goals(&mut self) -> Result<(), Failure> {
        let known = self.context.store.goals()?.goals;
        if !known.is_empty() {
            self.say("The goals list; type a number to take one:")?;
        }
        for (number, goal) in (1..).zip(&known) {
            self.say(&format!("{number}. {}: {}", goal.level, goal.text))?;
        }
        self.say("Or a new one like: team: text => how the work serves it. Or: none")
    }

    pub(super) fn add_goal(&mut self, question: &Question, text: &str) -> Result<Step, Failure> {
        if text.eq_ignore_ascii_case("none") {
            let none = super::record::entry(
                &self.brief,
                question,
                Standing::not_needed("none: it serves no goal that is written down"),
            );
            let empty = Change::Goal(ListEdit::Set { items: Vec::new() });
            self.change(Change::All(vec![empty, none]))?;
            return Ok(Step::Next);
        }
        let (head, how) = entry::arrow(text);
        let numbers: Option<Vec<usize>> = head
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .map(|word| word.parse().ok())
            .collect();
        match numbers {
            Some(numbers) if !numbers.is_empty() => {
                let known = self.context.store.goals()?.goals;
                for number in numbers {
                    match number.checked_sub(1).and_then(|at| known.get(at)) {
                        Some(goal) => self.link(question, goal.clone(), &how)?,
                        None => self.say(&format!("There is no goal {number}"))?,
                    }
                }
            }
            _ => {
                let (level, text) = entry::goal(&head);
                let mut goal = Goal {
                    id: ItemId::for_text(&text, self.brief.goals.iter().map(|g| &g.id)),
                    level,
                    owner: String::new(),
                    text,
                    how: String::new(),
                };
                self.link(question, goal.clone(), &how)?;
                goals::change(self.context, |list| {
                    if !list
                        .iter()
                        .any(|g| g.text == goal.text && g.level == goal.level)
                    {
                        goal.id = ItemId::for_text(&goal.text, list.iter().map(|g| &g.id));
                        list.push(goal.clone());
                    }
                    Ok(())
                })?;
            }
        }
        Ok(Step::Next)
    }

    fn link(&mut self, question: &Question, mut goal: Goal, how: &str) -> Result<(), Failure> {
        let known = self
            .brief
            .goals
            .iter()
            .position(|g| g.text == goal.text && g.level == goal.level);
        how.clone_into(&mut goal.how);
        let edit = match known.and_then(|at| Some((at, self.brief.goals.get(at)?))) {
            Some((at, before)) => {
                goal.id = before.id.clone();
                ListEdit::Replace { at, item: goal }
            }
            None => {
                let taken = self.brief.goals.iter().any(|g| g.id == goal.id);
                if taken {
                    goal.id = ItemId::for_text(&goal.text, self.brief.goals.iter().map(|g| &g.id));
                }
                ListEdit::Insert {
                    at: self.brief.goals.len(),
                    item: goal,
                }
            }
        };
        let change = Change::All(vec![Change::Goal(edit), self.entry_of(question)]);
        self.change(change).map(|_| ())
    }
}
