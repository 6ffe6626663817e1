//! `askfirst` without a command.

use std::sync::Arc;

use super::{Context, Done, Failure, Opening, Streams, demo, list};
use crate::chance;
use crate::editor::Editor;
use crate::tui::{self, Ended, Failed, Start};

/// Opens the desk; prints it as plain lines where there are no screens.
///
/// # Errors
///
/// When neither is possible.
pub fn open(context: &Context, streams: &mut Streams) -> Done {
    if context.plain {
        list::run(&list::Args::default(), context, streams)?;
        writeln!(
            streams.out,
            "Start a new brief with: askfirst new --plain\nAll commands: askfirst --help"
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
        catalogue: Arc::new(context.catalogue.clone()),
        worker: context.environment.name.clone(),
        colour: !context.environment.no_color,
        editor: context
            .environment
            .editor
            .as_deref()
            .and_then(|command| Editor::parse(command).ok()),
        settings: context.settings.clone(),
        now: context.now,
        seed: chance::number(),
        walk: match &context.opening {
            Opening::Desk => None,
            Opening::Walk(id) => Some(id.clone()),
        },
    };
    tui::run(&start).map_err(|failed| match failed {
        Failed::Terminal(error) => Failure::new("the screens could not be shown")
            .because(error)
            .hint("askfirst --plain works with any terminal"),
        Failed::Unsaved { title, why, kept } => {
            Failure::new(format!("\u{201c}{title}\u{201d} could not be saved"))
                .because(why)
                .hint(format!("what was typed is in {}", kept.display()))
        }
    })
}
