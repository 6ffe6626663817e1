//! What the commands that move a brief have in common.

use super::{Context, Done, Failure, Streams, json, save};
use crate::domain::action::NotNow;
use crate::domain::{Brief, Change, text};

/// Moves a brief, named by `typed`, and says where it is now.
///
/// # Errors
///
/// When the brief cannot move, with what it takes.
pub fn go(
    context: &Context,
    streams: &mut Streams,
    (typed, as_json): (&str, bool),
    verb: &str,
    make: impl Fn(&Brief, &str) -> Result<Change, NotNow>,
) -> Done {
    let id = context.store.find(typed)?;
    let saved = save::change(context, &id, |brief, event| match make(brief, event) {
        Ok(change) => Ok(Some(change)),
        Err(not_now) => Err(explain(not_now, verb, brief)),
    })?;
    let brief = &saved.brief;
    if as_json {
        return json::write(&mut streams.out, &json::moved(brief, true));
    }
    writeln!(
        streams.out,
        "{} {} is {}",
        brief.stage.symbol(),
        brief.id,
        text::line(brief.stage.label())
    )?;
    Ok(())
}

fn explain(not_now: NotNow, verb: &str, brief: &Brief) -> Failure {
    let next = match (verb, &not_now) {
        ("start", NotNow::WrongStage(stage)) if stage.word() != "dropped" => None,
        ("deliver", NotNow::WrongStage(stage)) if stage.before_start() => Some("start"),
        ("confirm", NotNow::WrongStage(stage)) if stage.before_start() => Some("start"),
        ("confirm", NotNow::WrongStage(stage)) if stage.word() == "in-progress" => Some("deliver"),
        ("start" | "deliver" | "confirm", NotNow::WrongStage(_)) => Some("reopen"),
        _ => None,
    };
    let plain = matches!(not_now, NotNow::WrongStage(_) | NotNow::NoReason);
    let mut failure = Failure::from(not_now);
    if plain {
        failure.why = std::mem::take(&mut failure.what);
        failure.what = format!("could not {verb} {}", brief.id);
    }
    match next {
        Some(next) => failure.hint(format!("first: askfirst {next} {}", brief.id)),
        None => failure,
    }
}
