//! The end of a check-in: it is recorded, and what follows from it is said.

use std::io::Write as _;

use serde_json::{Value, json};

use super::next::{self, Next};
use super::{Args, Sitting};
use crate::checklist::check_in::{self as answers, Said};
use crate::cli::attention::{Attention, moment};
use crate::cli::{Context, Done, Failure, Streams, json as shapes, save, share};
use crate::domain::check_in::Phase;
use crate::domain::nudge::State;
use crate::domain::{Brief, EventKind, ItemId, action, text, wording};
use crate::export::{self, Message, News, Occasion};

/// The word in the file for what was typed at a check-in and not recorded, as the
/// screen keeps it too.
pub const DRAFT: &str = "check-in";
/// The field that says on which day it was.
pub const DRAFT_ON: &str = "on";

/// What moves the brief with the check-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    Nothing,
    Deliver,
    /// Somebody said that it is what they needed, in these words.
    Confirm(Option<ItemId>, String),
    /// It is taken up again, with what was missing.
    Reopen,
}

/// Everything that a check-in comes to.
pub struct Outcome {
    pub said: Said,
    pub then: Then,
    /// The message that asks was shown already.
    pub has_asked: bool,
}

impl Outcome {
    /// Records it, and says what comes next.
    ///
    /// # Errors
    ///
    /// When it cannot be recorded.
    pub fn finish(
        &self,
        args: &Args,
        context: &Context,
        sitting: &Sitting,
        streams: &mut Streams,
    ) -> Done {
        // Asked for before anything is written: a wrong name records nothing.
        let to = match &args.to {
            Some(typed) => Some(share::customer(&sitting.before, Some(typed))?),
            None => sitting.before.requester().map(|c| c.id.clone()),
        };
        let saved = save::edit(context, &sitting.before.id, |brief| {
            self.record(context, brief).map(|()| true)
        })?;
        let after = &saved.brief;
        let attention = Attention::of(after, context);
        let next = next::steps(sitting, self, after);
        let from = args.from.as_deref().unwrap_or(&context.environment.name);
        let again = |occasion: &Occasion| !(self.has_asked && *occasion == Occasion::Lost);
        let occasion = occasion(sitting, self).filter(again);
        let message = to.zip(occasion).map(|(to, occasion)| {
            let news = self.news(occasion, &attention);
            (export::update(after, &to, from, &news), to)
        });
        if args.json {
            let value = self.json(sitting, after, &attention, &next, message.as_ref());
            return shapes::write(&mut streams.out, &value);
        }
        let out = &mut streams.out;
        let moved = after.stage != sitting.before.stage;
        writeln!(
            out,
            "Recorded; {} {} {} {}",
            after.stage.symbol(),
            after.id,
            if moved { "is now" } else { "is" },
            text::line(after.stage.label())
        )?;
        let before = Attention::of(&sitting.before, context);
        for line in clocks(sitting, &before, after, &attention) {
            writeln!(out, "{}", text::line(&line))?;
        }
        write_next(context, out, &next)?;
        if let Some((message, to)) = &message {
            let name = text::line(after.name_of(to));
            match occasion {
                Some(Occasion::Course | Occasion::HandedOver) => {
                    writeln!(out, "\nAn update for {name}, to send if you like:\n")?;
                }
                _ => writeln!(out, "\nA message for {name} that asks:\n")?,
            }
            writeln!(out, "{}", text::block(message.text().trim_end()))?;
            out.flush()?;
            about_message(context, streams, message)?;
        }
        Ok(())
    }

    /// The check-in is one event. A confirmation comes before it, so that what
    /// there is to learn is told about closed work; what moves the brief on comes
    /// after it.
    fn record(&self, context: &Context, brief: &mut Brief) -> Result<(), Failure> {
        let at = context.now;
        brief.drafts.retain(|draft| draft.at != DRAFT);
        if let Then::Confirm(by, words) = &self.then {
            let event = context.event_id(brief);
            let change = action::confirm(brief, by.as_ref(), words, &event, at)?;
            brief.apply(change, at)?;
        }
        let event = context.event_id(brief);
        let change = self.said.record(brief, &event, at, at.date_naive())?;
        brief.apply(change, at)?;
        let event = context.event_id(brief);
        match &self.then {
            Then::Deliver => {
                let change = action::deliver(brief, "", &event, at)?;
                brief.apply(change, at)?;
            }
            Then::Reopen => {
                let missing = self.said.answer_to(answers::MISSING).unwrap_or("not said");
                let change = action::reopen(brief, missing, &event, at)?;
                brief.apply(change, at)?;
            }
            Then::Nothing | Then::Confirm(..) => {}
        }
        Ok(())
    }

    fn news(&self, occasion: Occasion, attention: &Attention) -> News {
        let text = |id: &str| self.said.answer_to(id).unwrap_or_default().to_owned();
        let next = attention.due.as_ref().filter(|(_, s)| *s == State::Later);
        News {
            occasion,
            learned: text("learned"),
            tell: text("tell"),
            shortcut: self.said.taken.first().cloned(),
            moved: self.said.has_a_no(),
            next: next.map(|(due, _)| due.at().date()),
        }
    }

    fn json(
        &self,
        sitting: &Sitting,
        after: &Brief,
        attention: &Attention,
        next: &[Next],
        message: Option<&(Message, ItemId)>,
    ) -> Value {
        let mut events = after.events.iter().rev();
        let event = events.find(|e| e.kind == EventKind::CheckIn);
        let answers: serde_json::Map<String, Value> = self
            .said
            .answers
            .iter()
            .map(|(id, answer)| (id.clone(), answer.as_str().into()))
            .collect();
        let next: Vec<Value> = next
            .iter()
            .map(|n| json!({ "why": n.why, "command": n.command }))
            .collect();
        let mut value = json!({
            "id": after.id.as_str(),
            "phase": sitting.phase.word(),
            "recorded": true,
            "event": event.map(|e| &e.id),
            "stage": after.stage.word(),
            "answers": answers,
            "next": next,
            "update": message.map(|(message, to)| message_json(to, message)),
        });
        shapes::add(&mut value, attention.json(after));
        value
    }
}

/// On which occasion the customer is written to, if it is one.
fn occasion(sitting: &Sitting, outcome: &Outcome) -> Option<Occasion> {
    let yes = |id: &str| outcome.said.answer_to(id).and_then(answers::verdict) == Some(true);
    match (&sitting.phase, &outcome.then) {
        (_, Then::Deliver) => Some(Occasion::HandedOver),
        (_, Then::Confirm(..)) | (Phase::Close, _) => None,
        (Phase::Confirm, Then::Nothing) if yes(answers::CONFIRMED) => None,
        (Phase::Confirm, Then::Nothing) => Some(Occasion::Confirm),
        (Phase::Standing, _) if yes("still_used") => None,
        (Phase::Standing, _) => Some(Occasion::Standing),
        // Who doubts should ask, not report.
        _ if outcome.said.noes(&sitting.asked(&outcome.said)).is_empty() => Some(Occasion::Course),
        _ => Some(Occasion::Lost),
    }
}

/// How the clock of unconfirmed work went, and when the next check-in is.
fn clocks(
    sitting: &Sitting,
    before: &Attention,
    after_brief: &Brief,
    after: &Attention,
) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(clock) = &after.clock {
        let now = wording::unconfirmed(after_brief, clock);
        let was = before
            .clock
            .as_ref()
            .map(|clock| wording::unconfirmed(&sitting.before, clock));
        lines.push(match was.filter(|was| *was != now) {
            Some(was) => format!("Unconfirmed work: {now} (before: {was})"),
            None => format!("Unconfirmed work: {now}"),
        });
    }
    match &after.due {
        Some((due, State::Later)) => {
            let question = wording::nudge(after_brief, due);
            lines.push(format!("Next check-in: {}: {question}", moment(due.at())));
        }
        Some((due, _)) => lines.push(format!("Still due: {}", wording::nudge(after_brief, due))),
        None => {}
    }
    lines
}

fn write_next(context: &Context, out: &mut dyn std::io::Write, next: &[Next]) -> Done {
    if next.is_empty() {
        return Ok(());
    }
    writeln!(out, "Next:")?;
    for step in next {
        writeln!(out, "  {}:", text::line(&step.why))?;
        writeln!(out, "    {}", text::line(&context.to_paste(&step.command)))?;
    }
    Ok(())
}

/// How long the message is, and what to look at before it is sent.
///
/// # Errors
///
/// Those of the writer.
pub fn about_message(context: &Context, streams: &mut Streams, message: &Message) -> Done {
    let err = &mut streams.err;
    writeln!(
        err,
        "\n{} words, about {} seconds to read",
        message.words, message.seconds
    )?;
    let named = !context.environment.name.is_empty();
    for warning in &message.warnings {
        writeln!(err, "look at this: {}", text::line(warning))?;
        if warning == export::NAMELESS && !named {
            writeln!(
                err,
                "hint: --from \"Your name\", ASKFIRST_NAME or name in config.toml puts your name under it"
            )?;
        }
    }
    Ok(())
}

/// A message for scripts.
pub fn message_json(to: &ItemId, message: &Message) -> Value {
    json!({
        "to": to.as_str(),
        "subject": message.subject,
        "body": message.body,
        "words": message.words,
        "seconds": message.seconds,
        "warnings": message.warnings,
    })
}
