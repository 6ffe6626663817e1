//! What was typed and is not recorded yet.

use super::Talk;
use crate::checklist::check_in as answers;
use crate::checklist::{Kind, Question};
use crate::cli::checkin::Sitting;
use crate::cli::checkin::outcome::{DRAFT, DRAFT_ON};
use crate::cli::{Done, Failure, save};
use crate::domain::{Day, WalkPlace, text};
use crate::storage::Loaded;

/// What was typed before an interruption, by question. A yes or no holds for the
/// day on which it was said.
pub(super) fn of(sitting: &Sitting, loaded: &Loaded, today: Day) -> Vec<(String, String)> {
    let drafts = || loaded.brief.drafts.iter().filter(|d| d.at == DRAFT);
    let on = drafts().find(|d| d.field == DRAFT_ON).map(|d| &d.draft);
    let is_today = on.is_some_and(|on| *on == today.to_string());
    let holds = |d: &&WalkPlace| {
        let question = sitting.question(&d.field);
        question.is_some_and(|q| is_today || q.kind != Kind::YesNo)
    };
    let kept = drafts().filter(holds);
    kept.map(|d| (d.field.clone(), d.draft.clone())).collect()
}

impl Talk<'_> {
    pub(super) fn forget(&mut self, question: &Question) -> Done {
        self.said.answer(&question.id, "");
        match question.id.as_str() {
            answers::HEARD => self.said.heard = None,
            answers::SPENT => self.said.spent.clear(),
            answers::SHORTCUT => self.said.taken.clear(),
            _ => {}
        }
        self.keep(&question.id, "")
    }

    /// Keeps what was typed in the file, until the check-in is recorded. Where
    /// that fails the talk goes on: the end of it will say so.
    pub(super) fn keep(&mut self, question: &str, typed: &str) -> Done {
        let before = self.kept.clone();
        self.kept.retain(|(id, _)| id != question);
        if !typed.trim().is_empty() {
            self.kept.push((question.to_owned(), typed.to_owned()));
        }
        if self.kept == before {
            return Ok(());
        }
        let kept = &self.kept;
        let today = self.context.now.date_naive().to_string();
        let saved = save::edit(self.context, &self.sitting.before.id, |brief| {
            brief.drafts.retain(|draft| draft.at != DRAFT);
            if !kept.is_empty() {
                brief.drafts.push(WalkPlace {
                    draft: today.clone(),
                    field: DRAFT_ON.to_owned(),
                    ..WalkPlace::new(DRAFT)
                });
            }
            brief
                .drafts
                .extend(kept.iter().map(|(id, typed)| WalkPlace {
                    at: DRAFT.to_owned(),
                    draft: typed.clone(),
                    field: id.clone(),
                    ..WalkPlace::default()
                }));
            Ok(true)
        });
        if let (Err(failure), false) = (saved, self.not_kept) {
            self.not_kept = true;
            self.say(&format!("This is not kept so far: {}", failure.what))?;
        }
        Ok(())
    }

    /// The input has ended before the questions did.
    pub(super) fn leave(self) -> Done {
        let id = &self.sitting.before.id;
        let again = format!("go on with: askfirst checkin {id} --plain");
        let again = self.context.to_paste(&again).into_owned();
        let kept = match (self.kept.is_empty(), self.not_kept) {
            (true, _) => "nothing was typed",
            (_, true) => "what was typed could not be kept",
            (false, false) => "what was typed is kept",
        };
        if self.context.terminal.input {
            writeln!(
                self.streams.out,
                "\nNot recorded; {kept}; {}",
                text::line(&again)
            )?;
            return Ok(());
        }
        Err(Failure::new("the input ended before the questions did")
            .because(format!("the check-in is not recorded; {kept}"))
            .hint(again)
            .hint(
                "a full stop (.) leaves out the rest; options ask nothing: askfirst checkin --help",
            ))
    }
}
