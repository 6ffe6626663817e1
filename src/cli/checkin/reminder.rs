//! Put off, stop asking, ask again.

use serde_json::json;

use super::Args;
use crate::cli::attention::{Attention, moment};
use crate::cli::{Context, Done, Failure, Streams, json as shapes, save};
use crate::domain::nudge::State;
use crate::domain::{Brief, Change, check_in, progress, text, wording};

/// Does what the options say about asking.
///
/// # Errors
///
/// When nothing is asked about the brief, or the time cannot be read.
pub fn run(args: &Args, context: &Context, brief: &Brief, streams: &mut Streams) -> Done {
    let mut recorded = true;
    let saved = save::change(context, &brief.id, |brief, event| {
        let now = context.now;
        if let Some(because) = &args.stop_asking {
            check_in::mute(because, event, now).map(Some).map_err(|_| {
                Failure::new("a reason is needed").hint("say why: --stop-asking \"an hour's work\"")
            })
        } else if args.ask_again {
            recorded = progress::muted(brief).is_some();
            Ok(recorded.then(|| check_in::unmute(event, now)))
        } else {
            snooze(args, context, brief, event).map(Some)
        }
    })?;
    let brief = &saved.brief;
    let attention = Attention::of(brief, context);
    if args.json {
        let event = brief.events.last().filter(|_| recorded);
        let mut value = json!({
            "id": brief.id.as_str(),
            "stage": brief.stage.word(),
            "recorded": recorded,
            "event": event.map(|e| &e.id),
        });
        shapes::add(&mut value, attention.json(brief));
        return shapes::write(&mut streams.out, &value);
    }
    let next = match &attention.due {
        Some((due, state)) => {
            let question = wording::nudge(brief, due);
            let when = match state {
                State::Later => moment(due.at()),
                State::Due(_) | State::Stale => "now".to_owned(),
            };
            format!("{when}: {question}")
        }
        None => "nothing is due".to_owned(),
    };
    let line = if args.stop_asking.is_some() {
        let again = format!("ask again with: askfirst checkin {} --ask-again", brief.id);
        format!("Not asked about any more; {}", context.to_paste(&again))
    } else if args.ask_again && !recorded {
        format!("It is asked about already. Next: {next}")
    } else if args.ask_again {
        format!("Asked about again. Next: {next}")
    } else {
        format!("Put off. Next: {next}")
    };
    writeln!(streams.out, "{}", text::line(&line))?;
    Ok(())
}

fn snooze(args: &Args, context: &Context, brief: &Brief, event: &str) -> Result<Change, Failure> {
    let typed = args.snooze.as_deref().unwrap_or_default();
    let until = check_in::until_moment(typed, &context.work, &context.here, context.now)
        .map_err(|error| Failure::new(format!("could not put {} off", brief.id)).because(error))?;
    if progress::muted(brief).is_some() {
        return Err(
            Failure::new(format!("{} is not asked about", brief.id)).hint(format!(
                "ask again first: askfirst checkin {} --ask-again",
                brief.id
            )),
        );
    }
    if Attention::of(brief, context).due.is_none() {
        return Err(Failure::new(format!("nothing is asked about {}", brief.id))
            .because(format!("it is {}", brief.stage.label())));
    }
    Ok(check_in::snooze(until, event, context.now))
}
