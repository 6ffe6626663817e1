//! The goals list, `goals.toml` beside the briefs.

use crate::tui::answered;
use crate::tui::command::Command;
use crate::tui::model::{Go, Model};

use super::Input;

/// The goals of team, department and company.
#[derive(Debug, Default)]
pub struct Goals {
    pub selected: usize,
}

impl Goals {
    /// Takes an input.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        let Input::Command(command) = input else {
            return;
        };
        model.notice = None;
        let last = model.goals.goals.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        let at = self.selected;
        match command {
            Command::Up => self.selected = at.saturating_sub(1),
            Command::Down => self.selected = (at + 1).min(last),
            Command::First => self.selected = 0,
            Command::Last => self.selected = last,
            Command::Pick(n) if usize::from(n) <= last + 1 => {
                self.selected = usize::from(n).saturating_sub(1);
            }
            Command::Add => answered::ask_goal(model, None),
            Command::Open | Command::Edit if at < model.goals.goals.len() => {
                answered::ask_goal(model, Some(at));
            }
            Command::Remove if at < model.goals.goals.len() => {
                let mut goals = model.goals.goals.clone();
                goals.remove(at);
                model.change_goals("remove a goal", goals);
                model.say("removed from the list; briefs that serve it keep it. u brings it back");
            }
            Command::MoveUp if at > 0 => self.shift(model, at - 1),
            Command::MoveDown if at < last => self.shift(model, at + 1),
            Command::Leave => model.go.push(Go::Back),
            _ => {}
        }
    }

    fn shift(&mut self, model: &mut Model, to: usize) {
        let mut goals = model.goals.goals.clone();
        if self.selected < goals.len() && to < goals.len() {
            goals.swap(self.selected, to);
            self.selected = to;
            model.change_goals("reorder the goals", goals);
        }
    }
}
