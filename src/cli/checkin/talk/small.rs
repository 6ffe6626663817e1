//! The small questions between and after those of the checklist.

use super::{Move, Talk};
use crate::checklist::check_in as answers;
use crate::cli::plain::line::Line;
use crate::cli::{Failure, share};
use crate::domain::{Brief, ItemId, wording};

impl Talk<'_> {
    pub(super) fn paid(&mut self, id: &ItemId, count: &str) -> Result<Move, Failure> {
        let brief: &Brief = &self.sitting.before;
        let Some(shortcut) = brief.shortcuts.iter().find(|s| &s.id == id) else {
            return Ok(Move::Next);
        };
        let shortcut = wording::shortcut(shortcut);
        self.say(&format!(
            "{count}Is this shortcut put right: {shortcut}? [no]"
        ))?;
        self.yes_or_no(|talk, yes| {
            talk.said.paid.retain(|paid| paid != id);
            if yes {
                talk.said.paid.push(id.clone());
            }
        })
    }

    pub(super) fn by(&mut self, count: &str) -> Result<Move, Failure> {
        let brief = &self.sitting.before;
        let name = self.by.as_ref().map_or("nobody", |by| brief.name_of(by));
        self.say(&format!("{count}Who said so? [{name}]"))?;
        match self.read()? {
            Line::Text(typed) => match share::customer(brief, Some(&typed)) {
                Ok(by) => {
                    self.by = Some(by);
                    Ok(Move::Next)
                }
                Err(failure) => {
                    let hint = failure.hints.first().cloned().unwrap_or_default();
                    self.say(&format!("{}; {hint}", failure.what))?;
                    Ok(Move::Again)
                }
            },
            line => Ok(after(&line)),
        }
    }

    pub(super) fn free(&mut self, put: impl FnOnce(&mut Self, &str)) -> Result<Move, Failure> {
        match self.read()? {
            Line::Text(typed) => {
                put(self, &typed);
                Ok(Move::Next)
            }
            line => Ok(after(&line)),
        }
    }

    pub(super) fn yes_or_no(&mut self, put: impl FnOnce(&mut Self, bool)) -> Result<Move, Failure> {
        match self.read()? {
            Line::Text(typed) if typed == "." => Ok(Move::Stop),
            Line::Text(typed) => {
                let yes = match typed.as_str() {
                    "1" => Some(true),
                    "2" => Some(false),
                    typed => answers::verdict(typed),
                };
                match yes {
                    Some(yes) => {
                        put(self, yes);
                        Ok(Move::Next)
                    }
                    None => {
                        self.say("Type y or n")?;
                        Ok(Move::Again)
                    }
                }
            }
            Line::Empty => {
                put(self, false);
                Ok(Move::Next)
            }
            line => Ok(after(&line)),
        }
    }
}

/// What a sign means where it is no answer.
fn after(line: &Line) -> Move {
    match line {
        Line::End => Move::End,
        Line::Back => Move::Back,
        Line::Text(typed) if typed == "." => Move::Stop,
        Line::Text(_) | Line::Unknown(_) => Move::Again,
        Line::Empty | Line::Remove(_) => Move::Next,
    }
}
