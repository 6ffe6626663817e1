//! What lies over a screen: a form, a choice, a text to read. What happens
//! with the answer is in `answered`.

use crate::domain::action::Call;
use crate::domain::{BriefId, ItemId, Section, sign_off};

use super::command::Command;
use super::model::Model;
use super::widgets::text_field::TextField;

/// Something over the screen.
#[derive(Debug)]
pub enum Dialog {
    Form(Form),
    Picker(Picker),
    Reader(Reader),
}

/// A few text fields.
#[derive(Debug)]
pub struct Form {
    pub title: String,
    pub lines: Vec<String>,
    pub fields: Vec<Field>,
    pub focus: usize,
    /// Why it was not taken.
    pub error: Option<String>,
    pub kind: FormKind,
}

/// One field of a form.
#[derive(Debug)]
pub struct Field {
    pub label: &'static str,
    pub hint: String,
    pub input: TextField,
    /// The text that it had before anybody typed.
    given: String,
}

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormKind {
    SignOff {
        id: BriefId,
    },
    /// A customer's SSH signature.
    Signature {
        id: BriefId,
    },
    Heard {
        id: BriefId,
    },
    /// Who wrote the reply on the screen, and when.
    ReplyFrom {
        id: BriefId,
    },
    /// Start in spite of what is missing.
    StartAnyway {
        id: BriefId,
    },
    Confirm {
        id: BriefId,
    },
    Reopen {
        id: BriefId,
    },
    Drop {
        id: BriefId,
    },
    /// When to be asked again.
    Snooze {
        id: BriefId,
    },
    /// Not to be asked any more.
    Mute {
        id: BriefId,
    },
    Title {
        id: BriefId,
    },
    /// Who goes on with it.
    Owner {
        id: BriefId,
    },
    /// Another version of what was changed in two ways.
    Version {
        id: BriefId,
        place: String,
    },
    /// What the answer to a question rests on.
    Basis {
        id: BriefId,
        question: String,
    },
    /// A goal of the goals list; `None` for a new one.
    Goal {
        at: Option<usize>,
    },
    ExportTo {
        id: BriefId,
        format: crate::export::Format,
    },
    /// A file for the message to a customer.
    MessageTo {
        id: BriefId,
        to: ItemId,
    },
    /// The worker's own thanks to a customer, in messages about a brief.
    Thanks {
        id: BriefId,
        to: ItemId,
    },
    /// The worker's name, below messages.
    Name,
    /// Where a text goes that could not be used.
    KeepText {
        text: String,
    },
    /// Save a brief elsewhere because the folder does not take it.
    SaveAs {
        id: BriefId,
    },
}

/// A choice of one or several.
#[derive(Debug)]
pub struct Picker {
    pub title: String,
    pub lines: Vec<String>,
    pub options: Vec<PickOption>,
    pub selected: usize,
    /// Several can be chosen, with Space.
    pub many: bool,
    pub kind: PickerKind,
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickOption {
    pub label: String,
    pub detail: String,
    pub chosen: bool,
}

/// What a choice is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickerKind {
    /// Who should answer the question on the screen.
    Ask(Vec<ItemId>),
    /// Whose need row `at` is.
    Whose {
        at: usize,
        customers: Vec<ItemId>,
    },
    /// Which needs part `at` serves.
    Serves {
        at: usize,
        needs: Vec<ItemId>,
    },
    RankOf(Vec<Option<ItemId>>),
    ShareTo {
        id: BriefId,
        customers: Vec<ItemId>,
    },
    Export {
        id: BriefId,
    },
    /// What to do next with a brief.
    Advance {
        id: BriefId,
        commands: Vec<Step>,
    },
    /// Which version of what was changed in two ways stays.
    Version {
        id: BriefId,
        place: String,
        versions: usize,
    },
    /// When to be asked again: what the ways come to is counted when one is taken.
    Later {
        id: BriefId,
    },
    /// What a piece of the reply on the screen is; `None` drops it.
    TakeFor {
        at: usize,
        targets: Vec<Option<crate::reply::Target>>,
    },
    /// What follows from a no at a check-in.
    No {
        ways: Vec<super::screens::check_in::Way>,
    },
    /// What a change since a yes is.
    Amend {
        id: BriefId,
        calls: Vec<(Section, Call)>,
    },
    /// What to do with an edited file that cannot be read.
    NoBrief {
        id: BriefId,
        text: String,
    },
    /// A brief could not be saved, or its file was changed by somebody else.
    NotSaved {
        id: BriefId,
        ways: Vec<WayOut>,
    },
}

/// What can be done with a brief that was not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayOut {
    /// Show how it differs from its file, then ask again.
    Compare,
    /// Go on with it under another name.
    Copy,
    /// Take the file as it is now.
    Reload,
    /// Write the file that is gone.
    WriteAgain,
    TryAgain,
    /// Write it to a file that the user names.
    Elsewhere,
}

/// A move of the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Start,
    Deliver,
    Confirm,
    Reopen,
    Drop,
}

/// A text to read.
#[derive(Debug)]
pub struct Reader {
    pub title: String,
    pub lines: Vec<String>,
    pub scroll: usize,
    /// What is shown again afterwards.
    pub then: Option<Picker>,
}

impl Form {
    /// A form with its first field in focus.
    pub fn new(title: impl Into<String>, kind: FormKind, fields: Vec<Field>) -> Self {
        Self {
            title: title.into(),
            lines: Vec::new(),
            fields,
            focus: 0,
            error: None,
            kind,
        }
    }

    /// The trimmed text of a field.
    pub fn text(&self, at: usize) -> String {
        self.fields
            .get(at)
            .map(|f| f.input.text().trim().to_owned())
            .unwrap_or_default()
    }

    /// The field in focus.
    pub fn field(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.focus)
    }

    /// Whether Enter can take the form from any field.
    fn is_complete(&self, model: &Model) -> bool {
        match &self.kind {
            FormKind::SignOff { id } => {
                !self.text(0).is_empty()
                    && (!self.text(2).is_empty()
                        || model.brief(id).is_some_and(|brief| {
                            sign_off::code_in(brief, &self.text(1)).is_some()
                                || sign_off::code_like(&self.text(1)).is_some()
                        }))
            }
            FormKind::Owner { .. } => true,
            FormKind::Signature { .. } => !self.text(0).is_empty(),
            FormKind::Basis { .. } | FormKind::Goal { .. } | FormKind::ReplyFrom { .. } => true,
            _ => self
                .fields
                .iter()
                .all(|f| !f.input.text().trim().is_empty()),
        }
    }

    /// Moves the focus; true when it was on the last field already.
    fn step(&mut self, by: isize) -> bool {
        let to = self.focus.checked_add_signed(by);
        match to {
            Some(to) if to < self.fields.len() => {
                self.focus = to;
                false
            }
            Some(_) => true,
            None => false,
        }
    }
}

impl Field {
    /// A field of one line.
    pub fn line(label: &'static str, text: &str, hint: impl Into<String>) -> Self {
        Self::with(TextField::line(), label, text, hint.into())
    }

    /// A field of several lines.
    pub fn lines(label: &'static str, text: &str, hint: impl Into<String>) -> Self {
        Self::with(TextField::lines(), label, text, hint.into())
    }

    fn with(mut input: TextField, label: &'static str, text: &str, hint: String) -> Self {
        input.set_text(text);
        Self {
            label,
            hint,
            given: input.text().to_owned(),
            input,
        }
    }

    /// Whether anything was typed, or what was there taken away.
    pub fn is_touched(&self) -> bool {
        let text = self.input.text();
        text != self.given && !(text.trim().is_empty() && self.given.is_empty())
    }
}

impl PickOption {
    /// An option without detail.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            detail: String::new(),
            chosen: false,
        }
    }

    /// An option with a quiet word beside it.
    pub fn with(label: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            detail: detail.into(),
            ..Self::new(label)
        }
    }
}

/// A command while a dialog is open. Gives the dialog back if it stays.
pub fn command(dialog: Dialog, command: Command, model: &mut Model) -> Option<Dialog> {
    match dialog {
        Dialog::Form(mut form) => {
            match command {
                Command::Leave => {
                    super::drafts::leave(model, &form);
                    return None;
                }
                Command::Up => {
                    form.step(-1);
                }
                Command::Down => {
                    form.step(1);
                }
                Command::Accept => {
                    // Enter goes to the next field until nothing is missing.
                    if form.is_complete(model) || form.step(1) {
                        return super::answered::form(form, model).map(Dialog::Form);
                    }
                }
                Command::NewLine => {
                    if let Some(field) = form.field() {
                        model.heed(field.input.paste("\n"));
                    }
                }
                Command::Editor => {
                    if let Some(field) = form.field() {
                        let text = field.input.text().to_owned();
                        model.effects.push(super::message::Effect::Edit(text));
                    }
                }
                _ => {}
            }
            Some(Dialog::Form(form))
        }
        Dialog::Picker(mut picker) => {
            let last = picker.options.len().saturating_sub(1);
            match command {
                // Esc is no answer where it would throw a text away.
                Command::Leave if matches!(picker.kind, PickerKind::NoBrief { .. }) => {
                    model.say("say what becomes of your text: 1, 2 or 3");
                }
                Command::Leave => return None,
                Command::Up => picker.selected = picker.selected.saturating_sub(1),
                Command::Down => picker.selected = (picker.selected + 1).min(last),
                Command::First => picker.selected = 0,
                Command::Last => picker.selected = last,
                Command::Toggle if picker.many => {
                    if let Some(option) = picker.options.get_mut(picker.selected) {
                        option.chosen = !option.chosen;
                    }
                }
                Command::Pick(n) => {
                    let at = usize::from(n).saturating_sub(1);
                    if at <= last {
                        picker.selected = at;
                        if picker.many {
                            if let Some(option) = picker.options.get_mut(at) {
                                option.chosen = !option.chosen;
                            }
                        } else if !matches!(picker.kind, PickerKind::NotSaved { .. }) {
                            super::answered::picker(picker, model);
                            return model.dialog.take();
                        }
                    }
                }
                Command::Accept => {
                    super::answered::picker(picker, model);
                    return model.dialog.take();
                }
                _ => {}
            }
            Some(Dialog::Picker(picker))
        }
        Dialog::Reader(mut reader) => {
            let page = usize::from(model.size.1).saturating_sub(8).max(1);
            let last = reader.lines.len().saturating_sub(1);
            match command {
                Command::Leave => return reader.then.map(Dialog::Picker),
                Command::Up => reader.scroll = reader.scroll.saturating_sub(1),
                Command::Down => reader.scroll = (reader.scroll + 1).min(last),
                Command::Previous => reader.scroll = reader.scroll.saturating_sub(page),
                Command::Next => reader.scroll = (reader.scroll + page).min(last),
                Command::First => reader.scroll = 0,
                Command::Last => reader.scroll = last,
                _ => {}
            }
            Some(Dialog::Reader(reader))
        }
    }
}
