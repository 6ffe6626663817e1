//! The screens. Each has its state, its `update` and its `view`.

use crossterm::event::KeyEvent;

use crate::domain::BriefId;
use crate::tui::command::Command;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::widgets::text_field::TextField;

pub mod brief;
pub mod check_in;
pub mod desk;
pub mod filter;
pub mod goals;
pub mod new;
pub mod people;
pub mod reply;
pub mod review;
pub mod share;
pub mod walk;

/// What a screen is given.
#[derive(Debug)]
pub enum Input {
    Command(Command),
    /// A key that is no command here.
    Key(KeyEvent),
    /// Text to put in at the cursor: a paste.
    Text(String),
    /// Text to put in place of what is there: back from the editor.
    Edited(String),
}

/// One screen.
#[derive(Debug)]
pub enum Screen {
    Desk(desk::Desk),
    New(new::New),
    Walk(Box<walk::Walk>),
    Review(review::Review),
    Share(share::Share),
    Brief(brief::View),
    CheckIn(Box<check_in::CheckIn>),
    Reply(Box<reply::Reply>),
    Goals(goals::Goals),
    People(people::People),
    Filter(filter::Filter),
}

impl Screen {
    /// The desk.
    pub fn desk() -> Self {
        Self::Desk(desk::Desk::default())
    }

    /// Where keys are looked up, first to last.
    pub fn contexts(&self) -> &'static [Context] {
        use Context as C;
        match self {
            Self::Desk(_) => &[C::Desk, C::Moving, C::Always],
            Self::New(_) => &[C::New, C::Always],
            Self::Walk(walk) => walk.contexts(),
            Self::Review(_) => &[C::Review, C::Moving, C::Always],
            Self::Share(_) => &[C::Share, C::Moving, C::Always],
            Self::Brief(_) => &[C::Brief, C::Moving, C::Always],
            Self::CheckIn(page) => page.contexts(),
            Self::Reply(page) => page.contexts(),
            Self::Goals(_) => &[C::Goals, C::Moving, C::Always],
            Self::People(_) => &[C::People, C::Moving, C::Always],
            Self::Filter(_) => &[C::Filter, C::Always],
        }
    }

    /// The field that has the keyboard.
    pub fn field(&mut self) -> Option<&mut TextField> {
        match self {
            Self::New(new) => Some(&mut new.field),
            Self::Walk(walk) => walk.field(),
            Self::CheckIn(page) => page.field(),
            Self::Reply(page) => page.field(),
            Self::Filter(filter) => Some(&mut filter.field),
            _ => None,
        }
    }

    /// The brief that the screen is about.
    pub fn brief(&self) -> Option<BriefId> {
        match self {
            Self::Desk(desk) => desk.selected(),
            Self::New(new) => new.id.clone(),
            Self::Walk(walk) => Some(walk.id.clone()),
            Self::Review(review) => Some(review.id.clone()),
            Self::Share(share) => Some(share.id.clone()),
            Self::Brief(view) => Some(view.id.clone()),
            Self::CheckIn(page) => Some(page.id.clone()),
            Self::Reply(page) => Some(page.id.clone()),
            Self::People(_) | Self::Goals(_) | Self::Filter(_) => None,
        }
    }

    /// Keeps what is being typed in the file.
    pub fn keep(&self, model: &mut Model) {
        match self {
            Self::Walk(walk) => walk.keep(model),
            Self::New(new) => new.clone_for_keeping().keep(model),
            Self::CheckIn(page) => page.keep(model),
            Self::Reply(page) => page.keep(model),
            _ => {}
        }
    }

    /// Takes an input.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        match self {
            Self::Desk(desk) => desk.update(model, input),
            Self::New(new) => new.update(model, input),
            Self::Walk(walk) => walk.update(model, input),
            Self::Review(review) => review.update(model, input),
            Self::Share(share) => share.update(model, input),
            Self::Brief(view) => view.update(model, input),
            Self::CheckIn(page) => page.update(model, input),
            Self::Reply(page) => page.update(model, input),
            Self::Goals(goals) => goals.update(model, input),
            Self::People(people) => people.update(model, input),
            Self::Filter(filter) => filter.update(model, input),
        }
    }

    /// Makes what the next frame needs; after every message, for the top one.
    pub fn arrange(&mut self, model: &Model) {
        match self {
            Self::Desk(desk) => desk.arrange(model),
            Self::CheckIn(page) => page.arrange(model),
            _ => {}
        }
    }

    /// Makes a part of what the frames after the next keys need. False where all
    /// is there.
    pub fn prepare(&mut self, model: &Model) -> bool {
        match self {
            Self::Desk(desk) => desk.prepare(model),
            _ => false,
        }
    }

    /// The briefs that it shows beside the one it is about.
    pub fn window(&self, model: &Model) -> Vec<BriefId> {
        match self {
            Self::Desk(desk) => desk.window(model),
            Self::Filter(filter) => filter.window(model),
            _ => Vec::new(),
        }
    }

    /// Fits the screen to briefs that changed under it.
    pub fn refresh(&mut self, model: &Model) {
        if let Self::Walk(walk) = self {
            walk.refresh(model);
        }
    }

    /// The brief that it is about.
    pub fn about(&self) -> Option<&BriefId> {
        match self {
            Self::Walk(walk) => Some(&walk.id),
            Self::Review(review) => Some(&review.id),
            Self::Share(share) => Some(&share.id),
            Self::Brief(view) => Some(&view.id),
            Self::CheckIn(page) => Some(&page.id),
            Self::Reply(page) => Some(&page.id),
            Self::New(new) => new.id.as_ref(),
            Self::Desk(_) | Self::People(_) | Self::Goals(_) | Self::Filter(_) => None,
        }
    }

    /// Shows another brief, which is a copy of the one it is about.
    pub fn follow(&mut self, from: &BriefId, to: &BriefId) {
        let id = match self {
            Self::Walk(walk) => &mut walk.id,
            Self::Review(review) => &mut review.id,
            Self::Share(share) => &mut share.id,
            Self::Brief(view) => &mut view.id,
            Self::CheckIn(page) => &mut page.id,
            Self::Reply(page) => &mut page.id,
            Self::New(new) => match &mut new.id {
                Some(id) => id,
                None => return,
            },
            Self::Desk(_) | Self::People(_) | Self::Goals(_) | Self::Filter(_) => return,
        };
        if id == from {
            id.clone_from(to);
        }
    }

    /// Shows a brief that was read again in place of what was here.
    pub fn reload(&mut self, model: &Model, id: &BriefId) {
        match self {
            Self::Walk(walk) if &walk.id == id => walk.reload(model),
            _ => self.refresh(model),
        }
    }

    /// The heading of the screen.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Desk(_) => "desk",
            Self::New(_) => "new brief",
            Self::Walk(_) => "questions",
            Self::Review(_) => "check your answers",
            Self::Share(_) => "share",
            Self::Brief(_) => "brief",
            Self::CheckIn(_) => "check-in",
            Self::Reply(_) => "reply",
            Self::Goals(_) => "goals",
            Self::People(_) => "people",
            Self::Filter(filter) => filter.title(),
        }
    }
}
