//! Which brief a part of an id or title means.

use super::near::distance;
use super::{Broken, Entry, FindError, Rows};
use crate::domain::BriefId;

/// Most suggestions for a name that fits nothing.
const NEAR: usize = 3;

/// An id, and the title in small letters.
pub(super) type Name = (BriefId, String);

/// Whether an id and its title fit.
type Test<'a> = dyn Fn(&Name) -> bool + 'a;

/// The names of some entries.
pub(super) fn names(entries: &[Entry]) -> Vec<Name> {
    let name = |entry: &Entry| match entry {
        Entry::Brief(loaded) => Some((loaded.brief.id.clone(), loaded.brief.title.to_lowercase())),
        Entry::Broken(broken) => of_broken(broken),
    };
    entries.iter().filter_map(name).collect()
}

/// The same of rows, in the same order.
pub(super) fn names_of_rows(rows: &Rows) -> Vec<Name> {
    let briefs = rows.iter().filter_map(|row| {
        let id = BriefId::parse(&row.id).ok()?;
        Some((id, row.title.to_lowercase()))
    });
    let mut all: Vec<Name> = briefs.collect();
    all.extend(rows.broken.iter().filter_map(of_broken));
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all
}

/// A broken file is found by its name, so that it can be edited.
fn of_broken(broken: &Broken) -> Option<Name> {
    let stem = broken.path.file_stem()?.to_str()?;
    Some((BriefId::parse(stem).ok()?, String::new()))
}

/// What is typed, as ids are.
pub(super) fn wanted(typed: &str) -> String {
    let wanted = typed.trim().to_lowercase();
    // "x.toml" is what a shell completes.
    wanted.strip_suffix(".toml").unwrap_or(&wanted).to_owned()
}

/// The brief that `typed` means: its id, else the only one whose id begins
/// with it, holds it, or whose title holds it. Case does not matter.
pub(super) fn find(typed: &str, all: &[Name]) -> Result<BriefId, FindError> {
    let wanted = wanted(typed);
    let wanted = wanted.as_str();
    if let Some((id, _)) = all.iter().find(|(id, _)| id.as_str() == wanted) {
        return Ok(id.clone());
    }
    let tests: [&Test<'_>; 3] = [
        &|(id, _)| id.as_str().starts_with(wanted),
        &|(id, _)| id.as_str().contains(wanted),
        &|(_, title)| title.contains(wanted),
    ];
    for test in tests {
        if wanted.is_empty() {
            break;
        }
        let mut fits: Vec<BriefId> = all
            .iter()
            .filter(|entry| test(entry))
            .map(|(id, _)| id.clone())
            .collect();
        match fits.len() {
            0 => {}
            1 => return Ok(fits.remove(0)),
            _ => {
                return Err(FindError::Several {
                    typed: typed.to_owned(),
                    fits,
                });
            }
        }
    }
    Err(FindError::None {
        typed: typed.to_owned(),
        near: near(wanted, all),
    })
}

/// Ids with a word, or without their random letters, like what was typed.
fn near(wanted: &str, all: &[Name]) -> Vec<BriefId> {
    let allowed = (wanted.chars().count() / 3).min(3);
    let mut close: Vec<(usize, &BriefId)> = all
        .iter()
        .filter_map(|(id, title)| {
            let text = id.as_str();
            let slug = text.rsplit_once('-').map_or(text, |(slug, _)| slug);
            let words = text.split('-').chain(title.split_whitespace());
            let far = words
                .chain([text, slug, title])
                .map(|word| distance(wanted, word))
                .min()?;
            (far <= allowed && !wanted.is_empty()).then_some((far, id))
        })
        .collect();
    close.sort();
    close
        .into_iter()
        .take(NEAR)
        .map(|(_, id)| id.clone())
        .collect()
}
