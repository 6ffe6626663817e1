//! The steps of a story, done by the same actions as at the keyboard, so that
//! codes and sign-offs are real.

use chrono::{Duration, NaiveTime};

use crate::chance;
use crate::cli::{Context, Failure};
use crate::domain::action::{self, Said};
use crate::domain::check_in::{self, Answers};
use crate::domain::{Agreement, Brief, Change, Day, ItemId, ListEdit, Moment, Need, Standing, id};
use crate::{export, storage};

/// A brief file and what happened to it.
pub struct Story {
    pub file: &'static str,
    pub text: &'static str,
    /// Days ago, and the hour.
    pub created: (i64, u32),
    /// Days ago, the hour, and what happened.
    pub steps: &'static [(i64, u32, Step)],
}

/// Something that happened.
pub enum Step {
    Share {
        to: &'static str,
        via: &'static str,
    },
    /// `{code}` in the words becomes the code of that version.
    Sign {
        by: &'static str,
        via: &'static str,
        words: &'static str,
    },
    Heard {
        by: &'static str,
        via: &'static str,
        words: &'static str,
    },
    Start {
        because: &'static str,
    },
    Deliver {
        because: &'static str,
    },
    Confirm {
        by: &'static str,
        because: &'static str,
    },
    /// A change after the yes.
    AddNeed {
        text: &'static str,
        whose: &'static str,
    },
    /// Questions with their answers, who was heard from on that day, and the
    /// time so far.
    CheckIn {
        answers: &'static [(&'static str, &'static str)],
        heard: Option<&'static str>,
        spent: &'static str,
    },
    /// To be put right so many days from today.
    Shortcut {
        text: &'static str,
        in_days: i64,
    },
    /// Put off until nine in so many days from today.
    Snooze {
        in_days: i64,
    },
}

/// The brief of a story as it stands now.
///
/// # Errors
///
/// When a file or a step of the demo is wrong; a test goes through all.
pub fn tell(story: &Story, reference: Day, context: &Context) -> Result<Brief, Failure> {
    let moved = context.now.date_naive() - reference;
    let text = move_days(story.text, moved);
    let (days, hour) = story.created;
    let created = ago(context.now, days, hour);
    let mut brief = storage::import(story.file, &text, chance::number(), created)?;
    if let Some(checklist) = context.checklist_of(&brief).cloned() {
        checklist.word(&mut brief);
    }
    for (days, hour, step) in story.steps {
        let at = ago(context.now, *days, *hour);
        let event = id::letters(chance::number());
        let change = step.change(&brief, context, &event, at)?;
        brief.apply(change, at)?;
    }
    Ok(brief)
}

impl Step {
    fn change(
        &self,
        brief: &Brief,
        context: &Context,
        event: &str,
        at: Moment,
    ) -> Result<Change, Failure> {
        let customer = |name: &str| {
            ItemId::parse(name)
                .map_err(|error| Failure::new(format!("no customer {name}")).because(error))
        };
        let said = |by: &str, via: &str, words: &str| -> Result<Said, Failure> {
            let code = Agreement::of(brief).code().to_string();
            Ok(Said {
                by: customer(by)?,
                words: words.replace("{code}", &code),
                via: via.to_owned(),
                code,
                covers: Vec::new(),
            })
        };
        Ok(match self {
            Self::Share { to, via } => {
                let to = customer(to)?;
                let sheets = export::message(brief, &to, "").sheets;
                let sent = sheets.iter();
                let sent = sent.map(|sheet| action::share_sheet(brief, sheet, via, event, at));
                Change::All(sent.collect())
            }
            Self::Sign { by, via, words } => action::sign(brief, said(by, via, words)?, event, at)?,
            Self::Heard { by, via, words } => {
                action::heard(brief, said(by, via, words)?, event, at)?
            }
            Self::Start { because } => {
                action::start(brief, &context.needed(brief), because, event, at)?
            }
            Self::Deliver { because } => action::deliver(brief, because, event, at)?,
            Self::Confirm { by, because } => {
                action::confirm(brief, Some(&customer(by)?), because, event, at)?
            }
            Self::AddNeed { text, whose } => {
                let added = Change::Need(ListEdit::Insert {
                    at: brief.needs.len(),
                    item: Need {
                        id: ItemId::for_text(text, brief.needs.iter().map(|n| &n.id)),
                        text: (*text).to_owned(),
                        whose: vec![customer(whose)?],
                        acceptance: String::new(),
                        same: false,
                        standing: Standing::guess(),
                    },
                });
                let mut after = brief.clone();
                after.apply(added.clone(), at)?;
                let noted = check_in::changed(brief, &after, event, at);
                Change::All([added].into_iter().chain(noted).collect())
            }
            Self::CheckIn {
                answers,
                heard,
                spent,
            } => {
                let said = Answers {
                    answers: answers
                        .iter()
                        .map(|(id, answer)| ((*id).to_owned(), (*answer).to_owned()))
                        .collect(),
                    heard: match heard {
                        Some(by) => Some((customer(by)?, at.date_naive())),
                        None => None,
                    },
                    spent: (*spent).to_owned(),
                    words: String::new(),
                };
                check_in::check_in(brief, said, event, at)?
            }
            Self::Shortcut { text, in_days } => {
                let day = context.now.date_naive() + Duration::days(*in_days);
                check_in::take_shortcut(brief, text, Some(day), at.date_naive())
            }
            Self::Snooze { in_days } => {
                check_in::snooze(ahead(context.now, *in_days, 9), event, at)
            }
        })
    }
}

fn ahead(now: Moment, days: i64, hour: u32) -> Moment {
    let then = now + Duration::days(days);
    NaiveTime::from_hms_opt(hour, 0, 0)
        .and_then(|time| then.with_time(time).single())
        .unwrap_or(then)
}

fn ago(now: Moment, days: i64, hour: u32) -> Moment {
    let then = now - Duration::days(days);
    // Today's hours may lie ahead; a story only looks back.
    NaiveTime::from_hms_opt(hour, 0, 0)
        .and_then(|time| then.with_time(time).single())
        .unwrap_or(then)
        .min(now)
}

/// Moves every `2026-02-04` in a text by some days.
fn move_days(text: &str, by: Duration) -> String {
    let mut moved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let day: Option<Day> = rest
            .get(..10)
            .filter(|word| word.as_bytes().first().is_some_and(u8::is_ascii_digit))
            .and_then(|word| word.parse().ok());
        match day {
            Some(day) if rest.as_bytes().get(4) == Some(&b'-') => {
                moved.push_str(&(day + by).to_string());
                rest = rest.get(10..).unwrap_or_default();
            }
            _ => {
                moved.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_are_moved() {
        assert_eq!(
            move_days("on = 2026-02-27 # 3 days, é 2026", Duration::days(3)),
            "on = 2026-03-02 # 3 days, é 2026"
        );
    }
}
