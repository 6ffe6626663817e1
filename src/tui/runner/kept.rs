//! The last resort for what the folder did not take: another folder, else the
//! terminal.

use std::io::{self, Write as _};
use std::path::PathBuf;

use crate::domain::text;
use crate::storage;
use crate::tui::model::{Item, Model};

/// A brief that is not in its folder as it was left.
#[derive(Debug)]
pub struct Unsaved {
    /// Its title, harmless on a terminal; its id where it has none.
    pub title: String,
    /// Why it was not saved; empty where that is not known.
    pub why: String,
    /// The file that has it instead, or why there is none.
    pub kept: Result<PathBuf, String>,
    /// The file as it should be.
    pub text: String,
}

/// Keeps the briefs whose last save failed.
pub fn failed(model: &Model) -> Vec<Unsaved> {
    let failed = |item: &&Item| item.failed && !item.is_saved();
    model.items.iter().filter(failed).map(keep).collect()
}

/// Keeps every brief that differs from its file: after a panic in the middle of
/// a save nobody knows whether it failed.
pub fn all(model: &Model) -> Vec<Unsaved> {
    let differs = |item: &&Item| !item.is_saved() && item.read_only().is_none();
    model.items.iter().filter(differs).map(keep).collect()
}

/// Says where it is, to standard error: for a panic, which has no error value.
pub fn tell(unsaved: &[Unsaved]) -> io::Result<()> {
    let mut err = io::stderr().lock();
    for one in unsaved {
        match &one.kept {
            Ok(path) => {
                let path = path.display().to_string();
                writeln!(err, "what was typed is in {}", text::line(&path))?;
            }
            Err(why) => {
                let why = text::line(why);
                writeln!(err, "what was typed is in no file ({why}); it is:")?;
                writeln!(err, "{}", text::block(&one.text))?;
            }
        }
    }
    Ok(())
}

fn keep(item: &Item) -> Unsaved {
    let text = storage::text_of(item.base.as_ref(), &item.brief);
    let name = match item.brief.title.trim() {
        "" => item.brief.id.as_str(),
        title => title,
    };
    let stem = format!("askfirst-kept-{}", item.brief.id);
    let places = [Some(std::env::temp_dir()), std::env::home_dir()];
    let mut kept = Err("no other folder".to_owned());
    for place in places.iter().flatten() {
        kept = storage::keep_text(place, &stem, "toml", &text).map_err(|error| error.to_string());
        if kept.is_ok() {
            break;
        }
    }
    Unsaved {
        title: text::line(name).into_owned(),
        why: item.why.clone().unwrap_or_default(),
        kept,
        text,
    }
}
