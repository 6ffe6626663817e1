//! Styles: the terminal's own colours, with bold and reverse. Nothing is said
//! by colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::{Basis, Stage};

/// The styles of the interface.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    colour: bool,
}

impl Theme {
    /// With colours, or without them (`NO_COLOR`).
    pub fn new(colour: bool) -> Self {
        Self { colour }
    }

    fn coloured(self, style: Style, colour: Color) -> Style {
        if self.colour { style.fg(colour) } else { style }
    }

    /// Ordinary text.
    pub fn text(self) -> Style {
        Style::new()
    }

    /// The question, a title.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What can be passed over.
    pub fn quiet(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The selected row.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A key in a hint.
    pub fn key(self) -> Style {
        self.coloured(Style::new().add_modifier(Modifier::BOLD), Color::Cyan)
    }

    /// Something to look at.
    pub fn warn(self) -> Style {
        self.coloured(Style::new(), Color::Yellow)
    }

    /// Something that did not work.
    pub fn problem(self) -> Style {
        self.coloured(Style::new().add_modifier(Modifier::BOLD), Color::Red)
    }

    /// Something that is well.
    pub fn good(self) -> Style {
        self.coloured(Style::new(), Color::Green)
    }

    /// The mark and word of a basis.
    pub fn basis(self, basis: &Basis) -> Style {
        match basis {
            Basis::Told => self.good(),
            Basis::Guess | Basis::Asked => self.warn(),
            Basis::NotNeeded => self.quiet(),
            Basis::Unknown(_) => self.problem(),
        }
    }

    /// The mark and word of a stage.
    pub fn stage(self, stage: &Stage) -> Style {
        match stage {
            Stage::Agreed | Stage::Closed => self.good(),
            Stage::Asked | Stage::Delivered => self.warn(),
            Stage::InProgress => self.key(),
            _ => self.quiet(),
        }
    }
}
