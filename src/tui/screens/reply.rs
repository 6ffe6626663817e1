//! A customer's reply: pasted, looked through piece by piece, recorded.

mod kept;
mod record;

use crate::domain::{BriefId, Day, date};
use crate::reply::taking::{self, Sender, Taking, Why};
use crate::reply::{self, Letter, Target};
use crate::tui::command::Command;
use crate::tui::dialog::{Dialog, Field, Form, FormKind, PickOption, Picker, PickerKind};
use crate::tui::drafts;
use crate::tui::keymap::Context;
use crate::tui::message::Effect;
use crate::tui::model::{Go, Model};
use crate::tui::widgets::text_field::{FieldEvent, TextField};

use super::Input;

/// A reply that is being taken in.
#[derive(Debug)]
pub struct Reply {
    pub id: BriefId,
    pub field: TextField,
    /// The text as it was pasted, while the field shows just that: the field
    /// makes visible what the parser knows how to pass over.
    raw: Option<String>,
    pub at: Stage,
    pub selected: usize,
    /// Whoever wrote it.
    pub sender: Option<Sender>,
    /// Whom the mail is from, where that is no customer.
    pub stranger: Option<String>,
    /// The day on which they wrote it.
    pub on: Day,
    /// The same as the worker put it; then the mail's day does not count.
    said_on: Option<Day>,
    pub via: String,
    pub said_via: bool,
    /// What the pieces are taken for, of the text that was read last.
    pub taking: Option<Taking>,
    read: String,
    /// What has changed since an older version that a row says yes to.
    pub changed: Vec<(usize, Vec<String>)>,
}

/// What is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The text, as it came.
    Text,
    /// Its pieces.
    Pieces,
}

impl Reply {
    /// The page of a brief, with what was pasted there and not recorded.
    pub fn open(model: &Model, id: &BriefId) -> Option<Self> {
        let brief = model.brief(id)?;
        let mut page = Self {
            id: id.clone(),
            // What it makes visible takes more room; see `pasted`.
            field: TextField::lines().with_limit(8 * reply::LONGEST),
            raw: None,
            at: Stage::Text,
            selected: 0,
            sender: taking::sender(brief, &Letter::default()),
            stranger: None,
            on: model.today(),
            said_on: None,
            via: String::new(),
            said_via: false,
            taking: None,
            read: String::new(),
            changed: Vec::new(),
        };
        page.resume(brief);
        Some(page)
    }

    /// Where keys are looked up.
    pub fn contexts(&self) -> &'static [Context] {
        match self.at {
            Stage::Text => &[Context::Pasting, Context::Always],
            Stage::Pieces => &[Context::Pieces, Context::Moving, Context::Always],
        }
    }

    /// The field that takes printable keys.
    pub fn field(&mut self) -> Option<&mut TextField> {
        (self.at == Stage::Text).then_some(&mut self.field)
    }

    /// The reply as it came.
    pub fn text(&self) -> &str {
        self.raw.as_deref().unwrap_or_else(|| self.field.text())
    }

    /// Takes a key, a paste or a command.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        if model.brief(&self.id).is_none() {
            model.go.push(Go::Back);
            return;
        }
        match input {
            Input::Key(key) if self.at == Stage::Text => {
                let event = self.field.handle(key);
                self.typed(model, event);
            }
            Input::Key(_) => {}
            Input::Text(text) => self.pasted(model, &text),
            Input::Edited(text) => {
                let event = self.field.replace(&text);
                self.typed(model, event);
            }
            Input::Command(command) => {
                model.notice = None;
                match self.at {
                    Stage::Text => self.in_text(model, command),
                    Stage::Pieces => self.in_pieces(model, command),
                }
            }
        }
    }

    fn typed(&mut self, model: &mut Model, event: FieldEvent) {
        if event == FieldEvent::Changed {
            self.raw = None;
        }
        model.heed(event);
    }

    /// A paste into the empty page is the whole reply, and is read at once; one
    /// on top of the pieces goes on with the text.
    fn pasted(&mut self, model: &mut Model, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let long = self.text().len() + text.len();
        if long > reply::LONGEST {
            model.complain(format!(
                "nothing was inserted: {long} bytes, {} fit; leave out what it quotes",
                reply::LONGEST
            ));
            return;
        }
        let is_whole = self.field.text().trim().is_empty();
        if is_whole {
            self.field.set_text("");
        } else if self.at == Stage::Pieces {
            let end = crossterm::event::KeyEvent::new(
                crossterm::event::KeyCode::End,
                crossterm::event::KeyModifiers::CONTROL,
            );
            self.field.handle(end);
            self.field.paste("\n");
        }
        let event = self.field.paste(&text);
        let is_taken = event == FieldEvent::Changed;
        self.typed(model, event);
        if is_taken && is_whole {
            self.raw = Some(text);
        }
        if is_taken && (is_whole || self.at == Stage::Pieces) {
            self.keep(model);
            model.unrested = false;
            self.read(model);
        }
    }

    fn in_text(&mut self, model: &mut Model, command: Command) {
        match command {
            Command::Accept if self.text().trim().is_empty() => {
                model.say("paste what they wrote, or type what they said");
            }
            Command::Accept => {
                self.keep(model);
                model.unrested = false;
                self.read(model);
            }
            Command::NewLine => {
                let event = self.field.paste("\n");
                self.typed(model, event);
            }
            Command::Editor => {
                let text = self.field.text().to_owned();
                model.effects.push(Effect::Edit(text));
            }
            Command::Leave => {
                self.keep(model);
                model.unrested = false;
                model.go.push(Go::Back);
            }
            _ => {}
        }
    }

    fn in_pieces(&mut self, model: &mut Model, command: Command) {
        let last = self.rows().saturating_sub(1);
        let page = usize::from(model.size.1 / 4).max(1);
        match command {
            Command::Up => self.selected = self.selected.saturating_sub(1),
            Command::Down => self.selected = (self.selected + 1).min(last),
            Command::First => self.selected = 0,
            Command::Last => self.selected = last,
            Command::Previous => self.selected = self.selected.saturating_sub(page),
            Command::Next => self.selected = (self.selected + page).min(last),
            Command::Pick(n) => self.selected = usize::from(n).saturating_sub(1).min(last),
            Command::LeaveOut => {
                if let Some(taking) = &mut self.taking {
                    taking.toggle(self.selected);
                }
            }
            Command::MoveTo => self.ask_target(model),
            Command::From => self.ask_from(model),
            Command::Leave => self.at = Stage::Text,
            Command::Record => self.record(model),
            _ => {}
        }
    }

    /// How many pieces there are.
    pub fn rows(&self) -> usize {
        self.taking.as_ref().map_or(0, |t| t.rows().len())
    }

    /// Matches the text to what they were asked. What was moved or dropped
    /// stays so, as long as the text and the briefs are the same.
    pub(super) fn read(&mut self, model: &Model) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let letter = reply::read(self.text().as_bytes());
        if self.sender.as_ref().is_none_or(|s| s.why != Why::Named) {
            self.sender = taking::sender(brief, &letter);
        }
        let Some(sender) = &self.sender else { return };
        let from = match letter.name.trim() {
            "" => letter.address.trim(),
            name => name,
        };
        self.stranger = taking::is_stranger(sender, &letter).then(|| from.to_owned());
        let today = model.today();
        // A clock ahead of ours is no day to come.
        let written = letter.on.filter(|on| *on <= today);
        self.on = self.said_on.or(written).unwrap_or(today);
        if !self.said_via {
            self.via = match letter.address.is_empty() {
                true => String::new(),
                false => "mail".to_owned(),
            };
        }
        let others = model.items.iter().map(|item| &*item.brief);
        let sheets = taking::sheets(brief, &sender.by, others);
        self.at = Stage::Pieces;
        let is_same = self.read == self.text();
        if is_same && self.taking.as_ref().is_some_and(|t| t.fits(&sheets)) {
            return;
        }
        self.read = self.text().to_owned();
        self.selected = 0;
        let letter = Letter {
            on: Some(self.on),
            ..letter
        };
        let taking = Taking::of(&letter, sheets, today);
        self.changed = taking
            .rows()
            .iter()
            .enumerate()
            .filter_map(|(at, row)| match &row.piece.target {
                Target::OldYes { brief, code } => {
                    Some((at, taking::difference(model.brief(brief)?, *code)))
                }
                _ => None,
            })
            .collect();
        self.taking = Some(taking);
    }

    fn ask_target(&self, model: &mut Model) {
        let Some(taking) = self.taking.as_ref().filter(|t| !t.rows().is_empty()) else {
            return;
        };
        let Some(row) = taking.rows().get(self.selected) else {
            return;
        };
        let targets = taking.targets(self.selected);
        let options = targets
            .iter()
            .map(|target| PickOption::new(taking::option(taking, target.as_ref())));
        model.dialog = Some(Dialog::Picker(Picker {
            title: "What is it?".to_owned(),
            lines: vec![format!("\u{201c}{}\u{201d}", row.piece.words.trim())],
            options: options.collect(),
            selected: 0,
            many: false,
            kind: PickerKind::TakeFor {
                at: self.selected,
                targets,
            },
        }));
    }

    /// Takes a piece for something else.
    pub fn take(&mut self, at: usize, target: Option<Target>) {
        if let Some(taking) = &mut self.taking {
            taking.take(at, target);
        }
    }

    fn ask_from(&self, model: &mut Model) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        let name = self.sender.as_ref().map(|s| brief.name_of(&s.by));
        let form = Form::new(
            "Who wrote it, and when?",
            FormKind::ReplyFrom {
                id: self.id.clone(),
            },
            vec![
                Field::line("who", name.unwrap_or_default(), "a customer of the brief"),
                Field::line("when", &date::show(self.on), "yesterday, 4 feb"),
                Field::line("channel", &self.via, "mail, chat, in person"),
            ],
        );
        drafts::open(model, form);
    }

    /// What the form said.
    pub fn set_from(&mut self, model: &mut Model, sender: Sender, on: Day, via: String) {
        if self.sender.as_ref().map(|s| &s.by) != Some(&sender.by) || self.stranger.is_some() {
            self.sender = Some(sender);
        }
        if on != self.on {
            self.said_on = Some(on);
        }
        if via != self.via {
            self.said_via = true;
            self.via = via;
        }
        // A day in the reply counts from the day on which it was written.
        if on != self.on {
            self.taking = None;
        }
        self.keep(model);
        self.read(model);
    }
}
