//! `askfirst` without a command.

use std::sync::Arc;

use super::{Context, Done, Failure, Opening, Streams, demo, list};
use crate::chance;
use crate::domain::text;
use crate::editor::Editor;
use crate::tui::{self, Ended, Failed, Start, Unsaved};

/// Opens the desk; prints it as plain lines where there are no screens.
///
/// # Errors
///
/// When neither is possible.
pub fn open(context: &Context, streams: &mut Streams) -> Done {
    if context.plain {
        let mut args = list::Args::default();
        args.everyone = context.everyone;
        list::run(&args, context, streams)?;
        writeln!(
            streams.out,
            "{}\nAll commands: askfirst --help",
            text::line(&context.to_paste("Start a new brief with: askfirst new --plain"))
        )?;
        return Ok(());
    }
    if !context.terminal.is_interactive() {
        return Err(Failure::new("the desk needs a terminal")
            .hint("print what there is with: askfirst list")
            .hint("or use plain lines: askfirst --plain, askfirst new --plain"));
    }
    match interface(context)? {
        Ended::Quit => Ok(()),
        Ended::Demo => demo::look_around(context, streams),
    }
}

/// Runs the interface.
///
/// # Errors
///
/// Those of the terminal, and what could not be saved on the way out.
pub fn interface(context: &Context) -> Result<Ended, Failure> {
    let start = Start {
        store: context.store.as_ref(),
        catalogue: Arc::clone(&context.catalogue),
        worker: context.environment.name.clone(),
        me: context.me.clone(),
        everyone: context.everyone,
        colour: !context.environment.no_color,
        editor: context
            .environment
            .editor
            .as_deref()
            .and_then(|command| Editor::parse(command).ok()),
        settings: context.settings.clone(),
        now: context.now,
        seed: chance::number(),
        work: context.work.clone(),
        signers: context.signers.clone(),
        here: context.here,
        walk: match &context.opening {
            Opening::Walk(id) => Some(id.clone()),
            _ => None,
        },
        check_in: match &context.opening {
            Opening::CheckIn(id) => Some(id.clone()),
            _ => None,
        },
        reply: match &context.opening {
            Opening::Reply(id) => Some(id.clone()),
            _ => None,
        },
    };
    tui::run(&start).map_err(|failed| match failed {
        Failed::Terminal(error) => Failure::new("the screens could not be shown")
            .because(error)
            .hint("askfirst --plain works with any terminal"),
        Failed::Unsaved(unsaved) => could_not_save(unsaved),
    })
}

/// Says where it is instead; where it is nowhere, the text itself is all there
/// is left to give.
fn could_not_save(unsaved: Vec<Unsaved>) -> Failure {
    let titles: Vec<String> = unsaved
        .iter()
        .map(|one| format!("\u{201c}{}\u{201d}", one.title))
        .collect();
    let mut reasons: Vec<&str> = unsaved.iter().map(|one| one.why.as_str()).collect();
    reasons.dedup();
    let mut failure = Failure::new(format!("{} could not be saved", titles.join(" and ")))
        .because(reasons.join("; "));
    for one in &unsaved {
        match &one.kept {
            Ok(path) => {
                failure = failure.hint(format!("what was typed is in {}", path.display()));
            }
            Err(why) => {
                failure.details.push_str(&one.text);
                failure = failure.hint(format!(
                    "no other place took it either ({why}): copy the text from above"
                ));
            }
        }
    }
    failure
}
