//! Goals: picked from the goals list, or added to it.

use super::{Step, Walk};
use crate::checklist::items::{self, ListKind, Typed};
use crate::checklist::{Question, answering};
use crate::cli::{Failure, goals};
use crate::domain::{Standing, entry};

impl Walk<'_> {
    pub(super) fn offer_goals(&mut self) -> Result<(), Failure> {
        let known = self.context.store.goals()?.goals;
        if !known.is_empty() {
            self.say("The goals list; type a number to take one:")?;
        }
        for (number, goal) in (1..).zip(&known) {
            self.say(&format!("{number}. {}: {}", goal.level, goal.text))?;
        }
        self.say("A new goal is typed like this: team: the goal => how the work serves it")?;
        self.say("Where it serves no goal: none: why")
    }

    pub(super) fn add_goal(&mut self, question: &Question, text: &str) -> Result<Step, Failure> {
        if let Some(why) = items::none_because(&ListKind::Goals, text) {
            self.change(items::leave_out(&self.brief, question, why))?;
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
                        Some(goal) => {
                            let mut goal = goal.clone();
                            how.clone_into(&mut goal.how);
                            let typed = items::goal_typed(&self.brief, goal, None);
                            self.link(question, typed)?;
                        }
                        None => self.say(&format!("There is no goal {number}"))?,
                    }
                }
            }
            _ => {
                let none = Standing::default();
                let typed = ListKind::Goals.typed(&self.brief, text, None, &none);
                let at = typed.at;
                self.link(question, typed)?;
                if let Some(goal) = self.brief.goals.get(at).cloned() {
                    goals::change(self.context, |list| {
                        if let Some(more) = items::goals_with(list, &goal) {
                            *list = more;
                        }
                        Ok(())
                    })?;
                }
            }
        }
        Ok(Step::Next)
    }

    fn link(&mut self, question: &Question, typed: Typed) -> Result<(), Failure> {
        let standing = answering::standing_of(&self.brief, &question.id);
        if self.put(question, typed.change, standing)? {
            self.noted(&ListKind::Goals, typed.at)?;
        }
        Ok(())
    }
}
