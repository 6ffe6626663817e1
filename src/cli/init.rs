//! `init`.

use std::path::{Path, PathBuf};

use super::{Context, Done, Failure, Global, Streams, files, paste, place};
use crate::domain::text;
use crate::storage::Replace;

/// Keep the briefs of this folder here, to share them with a team
///
/// Makes .askfirst with a note for colleagues and a folder for checklists of
/// your own. From here and below, askfirst then uses it. Running it again
/// changes nothing that is there. With --dir, that folder is made instead.
///
/// Examples:
///   askfirst init
///   askfirst init && git add .askfirst
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {}

const README: &str = include_str!("init/README.md");
const PROMPTS: &str = include_str!("init/prompts.md");

pub fn run(_args: &Args, global: &Global, streams: &mut Streams) -> Done {
    let folder = global
        .dir
        .clone()
        .filter(|dir| !dir.as_os_str().is_empty())
        .unwrap_or_else(|| PathBuf::from(place::PROJECT_FOLDER));
    let above = Context::build(global, super::Terminal::detect())
        .ok()
        .filter(|context| context.place.kind == super::PlaceKind::Project)
        .map(|context| context.place.path);
    let mut said = Vec::new();
    make(&folder, &mut said)?;
    make(&folder.join("prompts"), &mut said)?;
    write(&folder.join("README.md"), README, &mut said)?;
    write(
        &folder.join("prompts").join("README.md"),
        PROMPTS,
        &mut said,
    )?;
    let out = &mut streams.out;
    if said.is_empty() {
        writeln!(out, "{} is ready; nothing was changed", shown(&folder))?;
        return Ok(());
    }
    for path in &said {
        writeln!(out, "Made {}", shown(path))?;
    }
    let inside = std::path::absolute(&folder).ok();
    if let Some(above) = above.filter(|above| Some(above) != inside.as_ref()) {
        writeln!(
            streams.err,
            "note: until now {} was used here; its briefs stay there",
            shown(&above)
        )?;
    }
    if global.dir.is_some() {
        writeln!(out, "Use it with: askfirst --dir {} new", word(&folder))?;
    } else {
        writeln!(
            out,
            "Begin with: askfirst new. To share it: git add {}",
            word(&folder)
        )?;
    }
    Ok(())
}

/// Folders and files of a team have the usual rights, not private ones.
fn make(path: &Path, said: &mut Vec<PathBuf>) -> Done {
    if path.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(path).map_err(|error| {
        Failure::new(format!("could not make {}", path.display())).because(files::plainly(&error))
    })?;
    said.push(path.to_owned());
    Ok(())
}

fn write(path: &Path, text: &str, said: &mut Vec<PathBuf>) -> Done {
    if path.exists() {
        return Ok(());
    }
    files::write(path, text, Replace::Never)?;
    said.push(path.to_owned());
    Ok(())
}

fn shown(path: &Path) -> String {
    text::line(&path.display().to_string()).into_owned()
}

fn word(path: &Path) -> String {
    text::line(&paste::word_of_shell(&path.display().to_string())).into_owned()
}
