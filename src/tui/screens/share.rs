//! The message for a customer: shown, copied, written, recorded as sent.

use crate::domain::burden::{Burden, burden};
use crate::domain::{BriefId, Bundle, Customer, ItemId, action, questions};
use crate::export::{self, Flavour, Message};
use crate::tui::answered;
use crate::tui::command::{Availability, Command};
use crate::tui::dialog::{Dialog, Field, Form, FormKind, PickOption, Picker, PickerKind};
use crate::tui::drafts;
use crate::tui::message::Effect;
use crate::tui::model::{Go, Model};

use super::{Input, Screen, desk};

/// The message for one customer.
#[derive(Debug)]
pub struct Share {
    pub id: BriefId,
    pub to: ItemId,
    pub scroll: usize,
    /// Over all briefs that want something of them.
    pub all: bool,
    pub flavour: Flavour,
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
        Self {
            id,
            to,
            scroll: 0,
            all: false,
            flavour: Flavour::Plain,
        }
    }

    fn person<'a>(&self, model: &'a Model) -> Option<&'a Customer> {
        model.brief(&self.id)?.customer(&self.to)
    }

    fn bundle<'a>(&self, model: &'a Model) -> Bundle<'a> {
        let briefs = model.items.iter().filter(|item| item.read_only().is_none());
        match self.person(model) {
            Some(person) => Bundle::new(briefs.map(|item| &*item.brief), person),
            None => Bundle::default(),
        }
    }

    /// How many other briefs want something of them.
    pub fn others(&self, model: &Model) -> usize {
        let parts = self.bundle(model).parts;
        parts.iter().filter(|p| p.brief.id != self.id).count()
    }

    /// What they were asked lately, over all briefs.
    pub fn burden(&self, model: &Model) -> Option<Burden> {
        let briefs = model.items.iter().map(|item| &*item.brief);
        Some(burden(briefs, self.person(model)?, model.today()))
    }

    /// The message as it would be sent now.
    pub fn message(&self, model: &Model) -> Option<Message> {
        let brief = model.brief(&self.id)?;
        brief.customer(&self.to)?;
        let mut message = match self.all {
            true => export::bundle(&self.bundle(model), &model.worker),
            false => export::message(brief, &self.to, &model.worker),
        };
        for warning in &mut message.warnings {
            if warning == export::NAMELESS {
                warning.push_str("; n adds it");
            }
        }
        Some(message)
    }

    /// Subject and body as they are copied; a mail draft is for a file.
    pub fn text(&self, model: &Model) -> Option<String> {
        let flavour = match self.flavour {
            Flavour::Mail => Flavour::Plain,
            flavour => flavour,
        };
        self.message(model).map(|m| m.form(flavour))
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
            Command::Reply => desk::on_brief(model, &self.id, command),
            Command::Bundle => {
                self.all = !self.all;
                self.scroll = 0;
            }
            Command::Form => {
                self.flavour = self.flavour.next();
                model.say(format!("as {}", self.flavour.name()));
            }
            Command::Thanks => self.ask_thanks(model),
            Command::WriteFile => {
                let name = format!("message-to-{}.{}", self.to, self.flavour.extension());
                let kind = FormKind::MessageTo {
                    id: self.id.clone(),
                    to: self.to.clone(),
                };
                let hint = "here, or a whole path; .eml is a mail draft, .md Markdown";
                let field = Field::line("file", &name, hint);
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

    fn ask_thanks(&self, model: &mut Model) {
        let kind = FormKind::Thanks {
            id: self.id.clone(),
            to: self.to.clone(),
        };
        let hint = "one sentence of your own; empty is \"Thank you!\"";
        let field = Field::line("thanks", "", hint);
        drafts::open(model, Form::new("Your thanks", kind, vec![field]));
    }

    /// Records that the message went out, and goes back.
    pub fn record(&mut self, model: &mut Model, via: &str) {
        let (Some(message), Some(person)) = (self.message(model), self.person(model)) else {
            return;
        };
        let name = person.name.clone();
        let now = model.now;
        let mut changes = Vec::new();
        for sheet in &message.sheets {
            let event = model.event_id();
            if let Some(brief) = model.brief(&sheet.brief) {
                let change = action::share_sheet(brief, sheet, via, &event, now);
                changes.push((sheet.brief.clone(), change));
            }
        }
        let all = changes.len();
        let refused = model.change_all("share", changes);
        match (refused.as_slice(), all) {
            ([], 0) => return,
            ([], 1) => model.say(format!("noted as sent to {name}; when the answer comes, r")),
            ([], _) => model.say(format!(
                "noted as sent to {name} in {all} briefs; when the answer comes, r"
            )),
            // Why is in the notice already.
            (_, 1) => return,
            (refused, _) => {
                let names: Vec<&str> = refused.iter().map(BriefId::as_str).collect();
                let kept = all - refused.len();
                model.complain(format!(
                    "noted in {kept} of {all} briefs, not in {}",
                    names.join(", ")
                ));
                return;
            }
        }
        model.go.push(Go::Back);
    }
}
