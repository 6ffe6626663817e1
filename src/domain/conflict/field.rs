//! The values of a brief by their place in the file.

use super::Said;
use crate::domain::{
    Basis, Brief, Change, Day, ItemId, Level, ListEdit, Origin, Role, Section, Stage, Standing,
};

/// A value that can be set from a text.
pub(super) enum Field<'b> {
    Text(&'b mut String),
    Texts(&'b mut Vec<String>),
    Day(&'b mut Option<Day>),
    Id(&'b mut Option<ItemId>),
    Flag(&'b mut bool),
    Stage(&'b mut Stage),
    Origin(&'b mut Option<Origin>),
    Role(&'b mut Role),
    Level(&'b mut Level),
    Basis(&'b mut Basis),
    Section(&'b mut Option<Section>),
    Said(SaidIn<'b>),
}

/// Words and what they rest on, where they stand.
pub(super) struct SaidIn<'b> {
    text: &'b mut String,
    items: Option<&'b mut Vec<String>>,
    acceptance: Option<&'b mut String>,
    standing: &'b mut Standing,
}

impl<'b> SaidIn<'b> {
    pub fn put(&mut self, said: Said) {
        *self.text = said.text;
        if let Some(items) = &mut self.items {
            **items = said.items;
        }
        if let Some(acceptance) = &mut self.acceptance {
            **acceptance = said.acceptance;
        }
        *self.standing = said.standing;
    }

    pub fn acceptance(&self) -> String {
        let acceptance = self.acceptance.as_deref();
        acceptance.cloned().unwrap_or_default()
    }

    /// One of its keys, or all of it.
    fn key(self, key: Option<&str>) -> Option<Field<'b>> {
        Some(match key {
            None => Field::Said(self),
            Some("text") => Field::Text(self.text),
            Some("items") => Field::Texts(self.items?),
            Some("acceptance") => Field::Text(self.acceptance?),
            Some("basis") => Field::Basis(&mut self.standing.basis),
            Some("by") => Field::Id(&mut self.standing.by),
            Some("on") => Field::Day(&mut self.standing.on),
            Some("why") => Field::Text(&mut self.standing.why),
            Some("ask") => Field::Id(&mut self.standing.ask),
            Some(_) => return None,
        })
    }
}

impl<'b> Field<'b> {
    /// The value at a place; `None` where there is none.
    pub fn of(brief: &'b mut Brief, place: &str) -> Option<Self> {
        if let Some(rest) = place.strip_prefix("answer.") {
            return answer(brief, rest);
        }
        let parts: Vec<&str> = place.split('.').collect();
        let key = parts.get(2).copied();
        Some(match parts.as_slice() {
            ["title"] => Self::Text(&mut brief.title),
            ["owner"] => Self::Text(&mut brief.owner),
            ["checklist"] => Self::Text(&mut brief.checklist),
            ["stage"] => Self::Stage(&mut brief.stage),
            ["archived"] => Self::Flag(&mut brief.archived),
            ["request", "words"] => Self::Text(&mut brief.request.words),
            ["request", "where"] => Self::Text(&mut brief.request.place),
            ["request", "by"] => Self::Id(&mut brief.request.by),
            ["request", "on"] => Self::Day(&mut brief.request.on),
            ["request", "origin"] => Self::Origin(&mut brief.request.origin),
            ["plan", "need_by"] => Self::Day(&mut brief.plan.need_by),
            ["plan", "appetite"] => Self::Text(&mut brief.plan.appetite),
            ["plan", "cadence"] => Self::Text(&mut brief.plan.cadence),
            ["need", id] | ["need", id, _] => {
                let need = brief.needs.iter_mut().find(|n| n.id.as_str() == *id)?;
                let said = SaidIn {
                    text: &mut need.text,
                    items: None,
                    acceptance: Some(&mut need.acceptance),
                    standing: &mut need.standing,
                };
                return said.key(key);
            }
            ["reading", id] | ["reading", id, _] => {
                let reading = brief.readings.iter_mut().find(|r| r.id.as_str() == *id)?;
                let said = SaidIn {
                    text: &mut reading.text,
                    items: None,
                    acceptance: None,
                    standing: &mut reading.standing,
                };
                return said.key(key);
            }
            ["deliverable", id] | ["deliverable", id, _] => {
                let mut parts = brief.deliverables.iter_mut();
                let part = parts.find(|d| d.id.as_str() == *id)?;
                let said = SaidIn {
                    text: &mut part.text,
                    items: None,
                    acceptance: None,
                    standing: &mut part.standing,
                };
                return said.key(key);
            }
            ["customer", id, key] => {
                let mut customers = brief.customers.iter_mut();
                let customer = customers.find(|c| c.id.as_str() == *id)?;
                match *key {
                    "name" => Self::Text(&mut customer.name),
                    "role" => Self::Role(&mut customer.role),
                    "uses_for" => Self::Text(&mut customer.uses_for),
                    "reach" => Self::Text(&mut customer.reach),
                    "notes" => Self::Text(&mut customer.notes),
                    _ => return None,
                }
            }
            ["goal", id, key] => {
                let goal = brief.goals.iter_mut().find(|g| g.id.as_str() == *id)?;
                match *key {
                    "level" => Self::Level(&mut goal.level),
                    "owner" => Self::Text(&mut goal.owner),
                    "text" => Self::Text(&mut goal.text),
                    "how" => Self::Text(&mut goal.how),
                    _ => return None,
                }
            }
            ["shortcut", id, key] => {
                let mut shortcuts = brief.shortcuts.iter_mut();
                let shortcut = shortcuts.find(|s| s.id.as_str() == *id)?;
                match *key {
                    "text" => Self::Text(&mut shortcut.text),
                    "pay_back" => Self::Day(&mut shortcut.pay_back),
                    "on" => Self::Day(&mut shortcut.on),
                    "paid" => Self::Day(&mut shortcut.paid),
                    _ => return None,
                }
            }
            _ => return None,
        })
    }

    /// Sets it, or says why it cannot be.
    pub fn set(&mut self, value: &str) -> Result<(), String> {
        match self {
            Self::Text(text) => value.clone_into(text),
            Self::Texts(texts) => {
                let lines = value.lines().map(str::trim).filter(|l| !l.is_empty());
                **texts = lines.map(str::to_owned).collect();
            }
            Self::Day(day) => {
                let parsed = value.trim().parse();
                **day = Some(parsed.map_err(|_| "write the day like 2026-02-19".to_owned())?);
            }
            Self::Id(id) => **id = Some(ItemId::parse(value).map_err(|e| e.to_string())?),
            Self::Flag(flag) => {
                **flag = match value {
                    "true" => true,
                    "false" => false,
                    _ => return Err("it is true or false".to_owned()),
                }
            }
            // A word that this version does not know was somebody's all the same.
            Self::Stage(stage) => **stage = Stage::from_word(value),
            Self::Origin(origin) => **origin = Some(Origin::from_word(value)),
            Self::Role(role) => **role = Role::from_word(value),
            Self::Level(level) => **level = Level::from_word(value),
            Self::Basis(basis) => **basis = Basis::from_word(value),
            Self::Section(section) => **section = Some(Section::from_word(value)),
            Self::Said(said) => said.put(Said::parse(value)),
        }
        Ok(())
    }
}

/// The id of a question may hold dots.
fn answer<'b>(brief: &'b mut Brief, rest: &str) -> Option<Field<'b>> {
    let whole = brief.answers.get(rest).is_some();
    let (question, key) = match rest.rsplit_once('.') {
        Some((question, key)) if !whole => (question, Some(key)),
        _ => (rest, None),
    };
    let answer = brief.answers.get_mut(question)?;
    if key == Some("section") {
        return Some(Field::Section(&mut answer.section));
    }
    let said = SaidIn {
        text: &mut answer.text,
        items: Some(&mut answer.items),
        acceptance: None,
        standing: &mut answer.standing,
    };
    said.key(key)
}

/// The change from a brief to the same with another value at a place.
pub(super) fn change(before: &Brief, after: Brief, place: &str) -> Option<Change> {
    macro_rules! replace {
        ($list:ident, $change:path) => {{
            let differs = before
                .$list
                .iter()
                .zip(&after.$list)
                .position(|(a, b)| a != b);
            let at = differs.unwrap_or(0);
            let item = after.$list.into_iter().nth(at)?;
            $change(ListEdit::Replace { at, item })
        }};
    }
    let list = place.split('.').next()?;
    Some(match list {
        "title" => Change::Title(after.title),
        "owner" => Change::Owner(after.owner),
        "checklist" => Change::Checklist(after.checklist),
        "stage" => Change::Stage(after.stage),
        "archived" => Change::Archived(after.archived),
        "request" => Change::Request(after.request),
        "plan" => Change::Plan(after.plan),
        "need" => replace!(needs, Change::Need),
        "reading" => replace!(readings, Change::Reading),
        "deliverable" => replace!(deliverables, Change::Deliverable),
        "customer" => replace!(customers, Change::Customer),
        "goal" => replace!(goals, Change::Goal),
        "shortcut" => replace!(shortcuts, Change::Shortcut),
        "answer" => {
            let changed = after
                .answers
                .iter()
                .find(|(id, a)| before.answers.get(id) != Some(*a));
            let rest = place.strip_prefix("answer.")?;
            let (question, answer) = match changed {
                Some((id, answer)) => (id.to_owned(), answer.clone()),
                None => {
                    let id = match (before.answers.get(rest), rest.rsplit_once('.')) {
                        (None, Some((id, _))) => id,
                        _ => rest,
                    };
                    (id.to_owned(), before.answers.get(id)?.clone())
                }
            };
            Change::Answer {
                question,
                answer: Some(answer),
            }
        }
        _ => return None,
    })
}
