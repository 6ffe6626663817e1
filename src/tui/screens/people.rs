//! Everybody you work for, over all briefs, and what waits for them.

use crate::domain::{BriefId, questions};
use crate::tui::command::Command;
use crate::tui::model::{Go, Model};

use super::{Input, Screen, brief::View};

/// The people of all briefs that are not archived.
#[derive(Debug, Default)]
pub struct People {
    pub selected: usize,
}

/// One person and one brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    pub role: String,
    pub brief: BriefId,
    pub title: String,
    /// Questions that wait for this person.
    pub open: usize,
}

impl People {
    /// Takes an input.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        let Input::Command(command) = input else {
            return;
        };
        model.notice = None;
        let rows = rows(model);
        let last = rows.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        match command {
            Command::Up => self.selected = self.selected.saturating_sub(1),
            Command::Down => self.selected = (self.selected + 1).min(last),
            Command::First => self.selected = 0,
            Command::Last => self.selected = last,
            Command::Open => {
                if let Some(row) = rows.get(self.selected) {
                    model.open(Screen::Brief(View::new(row.brief.clone())));
                }
            }
            Command::Leave => model.go.push(Go::Back),
            _ => {}
        }
    }
}

/// All people with their briefs, by name.
pub fn rows(model: &Model) -> Vec<Row> {
    let mut rows: Vec<Row> = model
        .items
        .iter()
        .map(|i| &i.brief)
        .filter(|b| !b.archived)
        .flat_map(|brief| {
            let open = questions::open_questions(brief);
            brief.customers.iter().map(move |c| Row {
                name: c.name.clone(),
                role: c.role.word().to_owned(),
                brief: brief.id.clone(),
                title: brief.title.clone(),
                open: open.iter().filter(|q| q.to == c.id).count(),
            })
        })
        .collect();
    rows.sort_by_key(|row| (row.name.to_lowercase(), row.title.to_lowercase()));
    rows
}
