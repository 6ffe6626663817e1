//! One brief with its history.

use crate::domain::{Agreement, BriefId};
use crate::export;
use crate::tui::command::Command;
use crate::tui::message::Effect;
use crate::tui::model::{Go, Model};

use super::{Input, desk};

/// The brief screen.
#[derive(Debug)]
pub struct View {
    pub id: BriefId,
    pub scroll: usize,
}

impl View {
    /// The brief, from its top.
    pub fn new(id: BriefId) -> Self {
        Self { id, scroll: 0 }
    }

    /// Takes an input.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        let Input::Command(command) = input else {
            return;
        };
        model.notice = None;
        let page = usize::from(model.size.1).saturating_sub(6).max(1);
        match command {
            Command::Up => self.scroll = self.scroll.saturating_sub(1),
            Command::Down => self.scroll += 1,
            Command::Previous => self.scroll = self.scroll.saturating_sub(page),
            Command::Next => self.scroll += page,
            Command::First => self.scroll = 0,
            Command::Last => self.scroll = usize::MAX / 2,
            Command::Leave => model.go.push(Go::Back),
            Command::Copy => {
                let text = model.brief(&self.id).map(export::text);
                if let Some(text) = text {
                    model.effects.push(Effect::Copy(text));
                }
            }
            other => desk::on_brief(model, &self.id, other),
        }
        self.scroll = self.scroll.min(self.longest(model));
    }

    fn longest(&self, model: &Model) -> usize {
        super::super::pages::brief::height(model, &self.id, model.size.0)
            .saturating_sub(usize::from(model.size.1).saturating_sub(5))
    }
}

/// The code of the brief as it stands.
pub fn code(model: &Model, id: &BriefId) -> String {
    model
        .brief(id)
        .map(|b| Agreement::of(b).code().to_string())
        .unwrap_or_default()
}
