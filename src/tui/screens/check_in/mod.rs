//! The check-in: a short talk about the work, one question after the other,
//! each beside what the brief says today. What was said so far is kept in the
//! file; it becomes one event when the talk is over.

mod finish;
mod kept;
mod lead_on;
mod texts;
mod turns;

pub use finish::{end, with_said};
pub use lead_on::{Way, open, take_way};

use crate::checklist::check_in::Said;
use crate::checklist::{CHECK_IN, Checklist, Question};
use crate::domain::check_in::{self as domain, Phase};
use crate::domain::{BriefId, ItemId, Shortcut, Stage};
use crate::export::Occasion;
use crate::tui::command::Command;
use crate::tui::keymap::Context;
use crate::tui::message::Effect;
use crate::tui::model::{Go, Model};
use crate::tui::widgets::text_field::{FieldEvent, TextField};

use super::Input;

/// A check-in under way.
#[derive(Debug)]
pub struct CheckIn {
    pub id: BriefId,
    pub phase: Phase,
    /// The stage in which the phase was chosen.
    stage: Stage,
    pub at: Turn,
    /// The answers yes and no, and the shortcuts that were put right.
    pub said: Said,
    /// What was typed to other questions.
    pub texts: Vec<(String, String)>,
    pub field: TextField,
    /// The row of the menu: 0 is "that is all".
    pub selected: usize,
    pub scroll: usize,
    pub remark: Option<String>,
    /// Whom the short word goes to.
    pub to: ItemId,
    /// It is handed over with this check-in.
    pub hands_over: bool,
    /// Where to go back to from the message that asks.
    lost: Option<Turn>,
}

/// What the talk is about now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// A question that takes a yes or a no.
    Ask(String),
    /// Shortcuts that should be put right by now.
    PutRight,
    /// What else is there to tell?
    News,
    /// A question that takes a text.
    Tell(String),
    /// Is it to be handed over now?
    HandOver,
    /// A short word to a customer.
    Word,
}

/// One row of the menu of what there may be to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewsRow {
    /// A question for a text.
    Text(String),
    /// An open shortcut, which may be put right.
    Shortcut(ItemId),
}

impl CheckIn {
    /// The check-in of a brief, where it was left today. `None` where there is
    /// no such brief, or no checklist for it.
    pub fn open(model: &Model, id: &BriefId) -> Option<Self> {
        let brief = model.brief(id)?;
        let recurring = brief.checklist == "recurring";
        let phase = match domain::phase(brief, &model.work, &model.here, model.now) {
            // Only standing work is asked about again.
            Phase::Standing if !recurring => Phase::Close,
            phase => phase,
        };
        Self::at(model, id, phase)
    }

    /// The questions of a phase.
    pub fn at(model: &Model, id: &BriefId, phase: Phase) -> Option<Self> {
        let brief = model.brief(id)?;
        checklist(model)?;
        let to = brief.requester().map(|c| c.id.clone());
        let mut page = Self {
            id: id.clone(),
            phase,
            stage: brief.stage.clone(),
            at: Turn::Word,
            said: Said::default(),
            texts: Vec::new(),
            field: TextField::lines(),
            selected: 0,
            scroll: 0,
            remark: None,
            to: to.unwrap_or_else(|| ItemId::for_text("nobody", [])),
            hands_over: false,
            lost: None,
        };
        page.resume(model, brief);
        let turns = page.turns(model);
        let open = turns.iter().find(|turn| !page.is_settled(turn));
        page.at = open.or(turns.last()).cloned()?;
        page.fill();
        Some(page)
    }

    /// Where keys are looked up.
    pub fn contexts(&self) -> &'static [Context] {
        use Context::{Always, Moving, News, Question, Telling, Word};
        match self.at {
            Turn::Ask(_) | Turn::PutRight | Turn::HandOver => &[Question, Moving, Always],
            Turn::News => &[News, Moving, Always],
            Turn::Tell(_) => &[Telling, Always],
            Turn::Word => &[Word, Moving, Always],
        }
    }

    /// The field that takes printable keys.
    pub fn field(&mut self) -> Option<&mut TextField> {
        matches!(self.at, Turn::Tell(_)).then_some(&mut self.field)
    }

    /// The question that the talk is about.
    pub fn question<'m>(&self, model: &'m Model) -> Option<&'m Question> {
        match &self.at {
            Turn::Ask(id) | Turn::Tell(id) => checklist(model)?.question(id),
            _ => None,
        }
    }

    /// Whether the message that asks is shown, because the thread is lost.
    pub fn is_lost(&self) -> bool {
        self.lost.is_some()
    }

    /// Whether there is a thread to lose: once it is handed over, there is none.
    pub fn may_be_lost(&self) -> bool {
        self.has_menu() && !self.is_lost()
    }

    /// Whether "no word yet" is an answer here.
    pub fn may_have_no_word(&self) -> bool {
        self.phase == Phase::Confirm && matches!(self.at, Turn::Ask(_))
    }

    /// Goes on with the questions of another phase when the stage has moved: a
    /// brief that was confirmed asks what there is to learn.
    pub fn arrange(&mut self, model: &Model) {
        let Some(brief) = model.brief(&self.id) else {
            return;
        };
        if brief.stage == self.stage || model.dialog.is_some() {
            return;
        }
        let next = match brief.stage {
            Stage::Closed => Self::at(model, &self.id, Phase::Close),
            _ => Self::open(model, &self.id),
        };
        if let Some(next) = next {
            *self = next;
        }
    }

    /// Takes a key, a paste or a command.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        let Some(brief) = model.brief(&self.id) else {
            model.go.push(Go::Back);
            return;
        };
        if matches!(brief.stage, Stage::Draft | Stage::Dropped) {
            // Undone or dropped under it.
            model.go.push(Go::Back);
            return;
        }
        match input {
            Input::Key(key) => self.typed(model, |field| field.handle(key)),
            Input::Text(text) => self.typed(model, |field| field.paste(&text)),
            Input::Edited(text) => self.typed(model, |field| field.replace(&text)),
            Input::Command(command) => {
                model.notice = None;
                self.remark = None;
                self.command(model, command);
            }
        }
    }

    fn typed(&mut self, model: &mut Model, act: impl FnOnce(&mut TextField) -> FieldEvent) {
        if matches!(self.at, Turn::Tell(_)) {
            let event = act(&mut self.field);
            if event == FieldEvent::Changed {
                self.remark = None;
            }
            model.heed(event);
        }
    }

    fn command(&mut self, model: &mut Model, command: Command) {
        if self.at == Turn::Word && self.scrolled(model, command) {
            return;
        }
        match (&self.at, command) {
            (Turn::Word, Command::Leave | Command::Skip | Command::Previous)
                if self.lost.is_some() =>
            {
                self.found(model);
            }
            // The talk is over: leaving it does not lose it.
            (Turn::Word, Command::Leave | Command::Skip) => self.finish(model, None),
            (Turn::Word, Command::Send) => {
                if let Some(message) = self.message(model) {
                    model.effects.push(Effect::Copy(message.text()));
                    self.sent(model, "copied");
                }
            }
            (Turn::Word, Command::WriteFile) => self.ask_file(model),
            (Turn::Word, Command::Recipient) => self.next_recipient(model),
            (Turn::Word, Command::Name) => crate::tui::answered::ask_name(model),
            (Turn::Tell(_), Command::Leave) if self.has_menu() => {
                self.take_text();
                self.keep(model);
                self.turn_to(Turn::News);
            }
            (_, Command::Leave) => {
                self.take_text();
                self.keep(model);
                model.unrested = false;
                model.go.push(Go::Back);
            }
            (_, Command::Lost) => {
                self.take_text();
                self.keep(model);
                self.lost = Some(self.at.clone());
                self.turn_to(Turn::Word);
            }
            (_, Command::Previous) => self.back(model),
            (Turn::Ask(_), Command::Yes) => self.yes(model),
            (Turn::Ask(_), Command::No) => self.no(model),
            (Turn::Ask(_), Command::NoWord) => {
                "no word yet".clone_into(&mut self.said.words);
                self.turn_to(Turn::Word);
            }
            (Turn::PutRight, Command::Yes) => {
                let Some(brief) = model.brief(&self.id) else {
                    return;
                };
                self.said.paid = self
                    .to_put_right(model, brief)
                    .map(|s| s.id.clone())
                    .collect();
                self.go_on(model);
            }
            (Turn::PutRight, Command::No) => {
                self.said.paid.clear();
                self.go_on(model);
            }
            (Turn::HandOver, Command::Yes | Command::No) => {
                self.hands_over = command == Command::Yes;
                self.go_on(model);
            }
            (Turn::News, _) => self.news(model, command),
            (Turn::Tell(_), Command::Accept) => self.accept_text(model),
            (Turn::Tell(_), Command::NewLine) => self.typed(model, |field| field.paste("\n")),
            (Turn::Tell(_), Command::Editor) => {
                model
                    .effects
                    .push(Effect::Edit(self.field.text().to_owned()));
            }
            _ => {}
        }
    }

    /// Moves the text of the message; true when the command was for that.
    fn scrolled(&mut self, model: &Model, command: Command) -> bool {
        let page = 10;
        self.scroll = match command {
            Command::Up => self.scroll.saturating_sub(1),
            Command::Down => self.scroll + 1,
            // From the top it leads back to the talk.
            Command::Previous if self.scroll > 0 => self.scroll.saturating_sub(page),
            Command::Next => self.scroll + page,
            Command::First => 0,
            Command::Last => usize::MAX / 2,
            _ => return false,
        };
        let last = crate::tui::pages::check_in::overflow(model, self);
        self.scroll = self.scroll.min(last);
        true
    }

    fn yes(&mut self, model: &mut Model) {
        let Turn::Ask(id) = &self.at else { return };
        if id == crate::checklist::check_in::CONFIRMED {
            // Their words and their name belong to it: the form asks for both.
            crate::tui::answered::take_step(model, &self.id, crate::tui::dialog::Step::Confirm);
            return;
        }
        let id = id.clone();
        self.said.answer(&id, "yes");
        self.go_on(model);
    }

    fn no(&mut self, model: &mut Model) {
        let Turn::Ask(id) = &self.at else { return };
        if id == crate::checklist::check_in::CONFIRMED {
            let id = id.clone();
            self.said.answer(&id, "no");
            self.go_on(model);
            return;
        }
        lead_on::ask_way(self, model);
    }

    /// Notes a no, and goes on to the next question.
    pub fn note_no(&mut self, model: &mut Model) {
        if let Turn::Ask(id) = &self.at {
            let id = id.clone();
            self.said.answer(&id, "no");
            self.go_on(model);
        }
    }

    fn news(&mut self, model: &mut Model, command: Command) {
        let rows = self.news_rows(model);
        match command {
            Command::Up => self.selected = self.selected.saturating_sub(1),
            Command::Down => self.selected = (self.selected + 1).min(rows.len()),
            Command::First => self.selected = 0,
            Command::Last => self.selected = rows.len(),
            Command::Pick(n) => self.pick(&rows, usize::from(n)),
            Command::Accept if self.selected == 0 => self.go_on(model),
            Command::Accept => self.pick(&rows, self.selected),
            _ => {}
        }
    }

    fn pick(&mut self, rows: &[NewsRow], at: usize) {
        match at.checked_sub(1).and_then(|at| rows.get(at)) {
            Some(NewsRow::Text(id)) => self.turn_to(Turn::Tell(id.clone())),
            Some(NewsRow::Shortcut(id)) => {
                if self.said.paid.contains(id) {
                    self.said.paid.retain(|paid| paid != id);
                } else {
                    self.said.paid.push(id.clone());
                }
                self.selected = 0;
            }
            None => {}
        }
    }

    fn turn_to(&mut self, turn: Turn) {
        self.at = turn;
        self.scroll = 0;
        self.selected = 0;
        self.fill();
    }

    /// From the message that asks back to the question.
    fn found(&mut self, model: &mut Model) {
        let back = self.lost.take();
        let turns = self.turns(model);
        let back = back.or(turns.first().cloned());
        if let Some(turn) = back {
            self.turn_to(turn);
        }
    }
}

/// The questions of the check-ins.
pub fn checklist(model: &Model) -> Option<&Checklist> {
    model.catalogue.get(CHECK_IN)
}

/// Shortcuts that are due to be put right: their day has come, or it is nearly
/// time to hand over.
fn is_due(shortcut: &Shortcut, phase: &Phase, today: crate::domain::Day) -> bool {
    *phase != Phase::Course || shortcut.pay_back.is_some_and(|day| day <= today)
}

/// What the short word is for.
fn occasion(page: &CheckIn) -> Occasion {
    match page.phase {
        _ if page.lost.is_some() => Occasion::Lost,
        Phase::Confirm => Occasion::Confirm,
        Phase::Standing => Occasion::Standing,
        _ if page.hands_over => Occasion::HandedOver,
        _ => Occasion::Course,
    }
}
