//! Which brief a part of an id or title means.

use super::near::distance;
use super::{Entry, FindError};
use crate::domain::BriefId;

/// Most suggestions for a name that fits nothing.
const NEAR: usize = 3;

/// Whether an id and its title fit.
type Test<'a> = dyn Fn(&(BriefId, String)) -> bool + 'a;

/// The brief that `typed` means: its id, else the only one whose id begins
/// with it, holds it, or whose title holds it. Case does not matter.
pub(super) fn find(typed: &str, entries: &[Entry]) -> Result<BriefId, FindError> {
    let wanted = typed.trim().to_lowercase();
    // "x.toml" is what a shell completes.
    let wanted = wanted.strip_suffix(".toml").unwrap_or(&wanted);
    let all: Vec<(BriefId, String)> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Brief(loaded) => {
                Some((loaded.brief.id.clone(), loaded.brief.title.to_lowercase()))
            }
            // A broken file is found by its name, so that it can be edited.
            Entry::Broken(broken) => {
                let stem = broken.path.file_stem()?.to_str()?;
                Some((BriefId::parse(stem).ok()?, String::new()))
            }
        })
        .collect();
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
        near: near(wanted, &all),
    })
}

/// Ids with a word, or without their random letters, like what was typed.
fn near(wanted: &str, all: &[(BriefId, String)]) -> Vec<BriefId> {
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
