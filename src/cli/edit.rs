//! `edit`.

use std::path::Path;

use super::{Context, Done, Failure, Streams, files, save};
use crate::domain::text;
use crate::editor::{Editor, NotEdited};
use crate::storage::{self, Folder, Loaded, Replace, Rights, Store, StoreError};

/// Edit a brief as a file, in $VISUAL or $EDITOR
///
/// The editor gets a copy. When it closes, the copy is checked: only a brief
/// that can be read is saved. Where something is wrong, the place is shown and
/// the text is offered again; where nobody can be asked, it is kept beside the
/// brief and its path is said. A broken file is edited where it is.
///
/// Examples:
///   askfirst edit analysts
///   EDITOR="code --wait" askfirst edit analysts
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Any part of an id or title that fits only one
    brief: String,
}

pub fn run(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let id = context.store.find(&args.brief)?;
    let editor = editor_of(context)?;
    let base = match context.store.load(&id) {
        Ok(base) => base,
        Err(StoreError::Broken(broken)) => {
            return mend(context, &editor, &broken.path, &id, streams);
        }
        Err(error) => return Err(error.into()),
    };
    save::writable(&base)?;
    // A folder of its own: the copy is read by the same rules as a brief.
    let copies = tempfile::Builder::new()
        .prefix("askfirst-edit-")
        .tempdir()
        .map_err(|error| {
            Failure::new("could not make a copy to edit")
                .because(files::plainly(&error))
                .hint("TMPDIR can name another folder for it")
        })?;
    let copy = copies.path().join(format!("{id}.toml"));
    storage::deliver(&copy, base.text.as_ref(), Replace::Never, Rights::Private)
        .map_err(|error| files::not_written(&copy, &error))?;
    loop {
        editor
            .open(&copy)
            .map_err(|why| keep(not_edited(why), context, &base, &copy))?;
        let edited = match Folder::at(copies.path()).load(&id) {
            Ok(edited) => edited,
            Err(error) => {
                let failure = Failure::from(error);
                failure.write(&mut streams.err)?;
                if ask(context, streams, "Edit again? [Y/n] ")? {
                    continue;
                }
                return Err(keep(
                    Failure::new("the text was not saved"),
                    context,
                    &base,
                    &copy,
                ));
            }
        };
        if edited.text == base.text {
            writeln!(streams.out, "{id} is as it was")?;
            return Ok(());
        }
        // The edited text is the file from now on: comments and all.
        let mut brief = edited.brief.clone();
        // An answer written by hand belongs to what is signed, too.
        if let Some(checklist) = context.checklist_of(&brief).cloned() {
            checklist.word(&mut brief);
        }
        save::note_change(context, &base.brief, &mut brief)?;
        return match context.store.restore(&base, &edited, &brief) {
            Ok(saved) => {
                writeln!(streams.out, "Saved {id}")?;
                for note in &saved.notes {
                    writeln!(streams.err, "note: {}", text::line(note))?;
                }
                Ok(())
            }
            Err(error) => Err(keep(Failure::from(error), context, &base, &copy)),
        };
    }
}

/// A broken file has nothing that could be written into: it is edited itself.
fn mend(
    context: &Context,
    editor: &Editor,
    path: &Path,
    id: &crate::domain::BriefId,
    streams: &mut Streams,
) -> Done {
    // A link could lead to any file of the user, and a pipe to nowhere.
    if !path.symlink_metadata().is_ok_and(|meta| meta.is_file()) {
        return Err(Failure::new(format!("{id} cannot be edited"))
            .because("it is no regular file")
            .hint("look at it from the shell"));
    }
    loop {
        editor.open(path).map_err(not_edited)?;
        let Err(error) = context.store.load(id) else {
            writeln!(streams.out, "{id} can be read again")?;
            return Ok(());
        };
        Failure::from(error).write(&mut streams.err)?;
        if !ask(context, streams, "Edit again? [Y/n] ")? {
            return Err(Failure::new(format!("{id} is still broken"))
                .hint(format!("your text is in {}", path.display())));
        }
    }
}

/// Puts the edited text beside the brief, where it survives the copy.
fn keep(failure: Failure, context: &Context, base: &Loaded, copy: &Path) -> Failure {
    let Ok(text) = files::read_file(copy) else {
        return failure;
    };
    if *text == *base.text {
        return failure;
    }
    // Not `.toml`: it is no brief of the folder.
    let stem = format!("{}.edited", base.brief.id);
    match storage::keep_text(&context.place.path, &stem, "txt", &text) {
        Ok(beside) => failure.hint(format!("your text is kept in {}", beside.display())),
        Err(not_kept) => failure.details(format!(
            "your text could not be kept ({not_kept}); here it is:\n{text}"
        )),
    }
}

fn ask(context: &Context, streams: &mut Streams, question: &str) -> Result<bool, Failure> {
    if !context.terminal.input {
        return Ok(false);
    }
    Ok(streams.asks(question)?)
}

fn editor_of(context: &Context) -> Result<Editor, Failure> {
    Editor::parse(context.environment.editor.as_deref().unwrap_or_default()).map_err(not_edited)
}

fn not_edited(why: NotEdited) -> Failure {
    match &why {
        NotEdited::Unset => Failure::new(why.to_string()).hint("name one: export EDITOR=nano"),
        NotEdited::OpenQuote(command) => Failure::new("the editor cannot be understood")
            .because(format!("a quote is open in {command}")),
        NotEdited::NotStarted { source, .. } => Failure::new(why.to_string())
            .because(files::plainly(source))
            .hint("$VISUAL or $EDITOR names it"),
        NotEdited::GaveUp { status, .. } => Failure::new(why.to_string()).because(status),
    }
}
