//! The message for a customer: shown, copied, written, recorded as sent.

use crate::domain::{BriefId, ItemId, action, questions};
use crate::export::{self, Message};
use crate::tui::answered;
use crate::tui::command::{Availability, Command};
use crate::tui::dialog::{Dialog, Field, Form, FormKind, PickOption, Picker, PickerKind};
use crate::tui::drafts;
use crate::tui::message::Effect;
use crate::tui::model::{Go, Model};

use super::{Input, Screen};

/// The message for one customer.
#[derive(Debug)]
pub struct Share {
    pub id: BriefId,
    pub to: ItemId,
    pub scroll: usize,
}

/// Opens the message: at once for a single customer, else after asking who.
pub fn ask(model: &mut Model, id: &BriefId) {
    let Some(brief) = model.brief(id) else { return };
    let customers: Vec<ItemId> = brief.customers.iter().map(|c| c.id.clone()).collect();
    // The requester first: Enter, Enter sends it to whoever asked.
    let first = brief.requester().map(|c| c.id.clone());
    match (customers.as_slice(), first) {
        ([one], _) => model.open(Screen::Share(Share::new(id.clone(), one.clone()))),
        (_, Some(first)) => model.open(Screen::Share(Share::new(id.clone(), first))),
        _ => {}
    }
}

/// Whether there is somebody else to write to.
pub fn can_switch(id: &BriefId, model: &Model) -> Availability {
    match model.brief(id) {
        Some(brief) if brief.customers.len() > 1 => Availability::Ready,
        _ => Availability::Hidden,
    }
}

impl Share {
    /// The message of a brief for one of its customers.
    pub fn new(id: BriefId, to: ItemId) -> Self {
        Self { id, to, scroll: 0 }
    }

    /// The message as it would be sent now.
    pub fn message(&self, model: &Model) -> Option<Message> {
        let brief = model.brief(&self.id)?;
        brief.customer(&self.to)?;
        let mut message = export::message(brief, &self.to, &model.worker);
        for warning in &mut message.warnings {
            if warning == export::NAMELESS {
                warning.push_str("; n adds it");
            }
        }
        Some(message)
    }

    /// Subject and body.
    pub fn text(&self, model: &Model) -> Option<String> {
        self.message(model).map(|m| m.text())
    }

    /// Takes an input.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        let Input::Command(command) = input else {
            return;
        };
        model.notice = None;
        match command {
            Command::Up => self.scroll = self.scroll.saturating_sub(1),
            Command::Down => self.scroll = self.scroll.saturating_add(1),
            Command::Previous => self.scroll = self.scroll.saturating_sub(10),
            Command::Next => self.scroll = self.scroll.saturating_add(10),
            Command::First => self.scroll = 0,
            Command::Last => self.scroll = usize::MAX / 2,
            Command::Leave => model.go.push(Go::Back),
            Command::Recipient => self.switch(model),
            Command::Copy => {
                if let Some(text) = self.text(model) {
                    model.effects.push(Effect::Copy(text));
                }
            }
            Command::Send => {
                if let Some(text) = self.text(model) {
                    model.effects.push(Effect::Copy(text));
                    self.record(model, "copied");
                }
            }
            Command::Name => answered::ask_name(model),
            Command::WriteFile => {
                let name = format!("message-to-{}.txt", self.to);
                let kind = FormKind::MessageTo {
                    id: self.id.clone(),
                    to: self.to.clone(),
                };
                let field = Field::line("file", &name, "in this folder, or a whole path");
                let form = Form::new("Write the message to a file", kind, vec![field]);
                drafts::open(model, form);
            }
            _ => {}
        }
        let last = crate::tui::pages::share::overflow(model, self);
        self.scroll = self.scroll.min(last);
    }

    fn switch(&mut self, model: &mut Model) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let options = brief
            .customers
            .iter()
            .map(|c| {
                let open = questions::next_questions(brief, &c.id).len();
                let detail = match open {
                    0 => c.role.word().to_owned(),
                    1 => format!("{}, 1 question", c.role),
                    n => format!("{}, {n} questions", c.role),
                };
                PickOption::with(&c.name, detail)
            })
            .collect();
        let customers: Vec<ItemId> = brief.customers.iter().map(|c| c.id.clone()).collect();
        let selected = customers.iter().position(|c| *c == self.to).unwrap_or(0);
        model.go.push(Go::Back);
        model.dialog = Some(Dialog::Picker(Picker {
            title: "Who is it for?".to_owned(),
            lines: Vec::new(),
            options,
            selected,
            many: false,
            kind: PickerKind::ShareTo {
                id: self.id.clone(),
                customers,
            },
        }));
    }

    /// Records that the message went out, and goes back.
    pub fn record(&mut self, model: &mut Model, via: &str) {
        let Some(message) = self.message(model) else {
            return;
        };
        let event = model.event_id();
        let now = model.now;
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let name = brief.name_of(&self.to).to_owned();
        let Some(sheet) = message.sheets.first() else {
            return;
        };
        let change = action::share_sheet(brief, sheet, via, &event, now);
        if model.change(&self.id, "share", change) {
            model.say(format!("noted as sent to {name}; when the answer comes, y"));
            model.go.push(Go::Back);
        }
    }
}
