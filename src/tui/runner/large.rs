//! Folders of so many briefs that they are not all read to be shown.

use crate::domain::{BriefId, Search};
use crate::storage::{Entry, Rows, Store, StoreError};
use crate::tui::message::{Found, Msg};
use crate::tui::model::Model;
use crate::tui::shelf::{LARGE, Shelf, Shelved};

/// So many that were found are shown; nobody looks through more.
const MOST: usize = 100;

/// The folder as it is.
pub(super) fn list(store: &dyn Store, model: &Model) -> Msg {
    let is_large = !model.shelf.is_empty() || store.count().is_ok_and(|count| count > LARGE);
    if is_large {
        let lens = model.lens();
        if !model.shelf.is_empty() && store.is_as_known(model.shelf.roll(), &lens) {
            return Msg::Unchanged(store.goals());
        }
        let mut shelf = Shelf::default();
        let found = match store.survey(&lens, &mut |row| shelf.add(&row, &model.me)) {
            Ok(Some((roll, broken))) => {
                shelf.place_all(roll);
                let broken = Some(broken);
                Ok(Shelved { shelf, broken })
            }
            Ok(None) => {
                let rows = store.rows(&lens);
                rows.map(|rows| Shelf::of(rows, &lens, &model.me))
            }
            Err(error) => Err(error),
        };
        return Msg::Shelved {
            found: Box::new(found),
            goals: store.goals(),
        };
    }
    Msg::Listed {
        briefs: store.list(),
        goals: store.goals(),
    }
}

/// A large folder as it was when it was last looked at, if that is known.
pub(super) fn glimpse(store: &dyn Store, model: &Model) -> Msg {
    let mut shelf = Shelf::default();
    let roll = store.glimpse(&model.lens(), &mut |row| shelf.add(&row, &model.me));
    match roll {
        Some(roll) if shelf.len() > LARGE => {
            shelf.place_all(roll);
            let broken = None;
            Msg::Shelved {
                found: Box::new(Ok(Shelved { shelf, broken })),
                goals: store.goals(),
            }
        }
        _ => list(store, model),
    }
}

pub(super) fn load(
    store: &dyn Store,
    ids: &[BriefId],
) -> Vec<(BriefId, Result<Entry, StoreError>)> {
    let load = |id: &BriefId| {
        let loaded = store.load(id);
        (
            id.clone(),
            loaded.map(|loaded| Entry::Brief(Box::new(loaded))),
        )
    };
    ids.iter().map(load).collect()
}

/// All that have the words of one of some texts, or that are not archived.
pub(super) fn load_all(
    store: &dyn Store,
    model: &Model,
    words: &[String],
) -> Vec<(BriefId, Result<Entry, StoreError>)> {
    let lens = model.lens();
    let mut ids: Vec<BriefId> = Vec::new();
    let mut add = |rows: Result<Rows, StoreError>, all: bool| {
        let Ok(rows) = rows else { return };
        let rows = rows.iter().filter(|row| all || !row.archived);
        ids.extend(rows.filter_map(|row| BriefId::parse(&row.id).ok()));
    };
    if words.is_empty() {
        add(store.rows(&lens), false);
    }
    for words in words {
        add(store.search(&Search::parse(words), &lens), true);
    }
    ids.sort_unstable();
    ids.dedup();
    load(store, &ids)
}

/// The briefs that have all words; what happened last first.
pub(super) fn find(store: &dyn Store, model: &Model, words: &str) -> Result<Found, StoreError> {
    let rows = store.search(&Search::parse(words), &model.lens())?;
    let briefs = rows.iter().map(|row| (row.touched, row.id));
    let mut briefs: Vec<_> = briefs.collect();
    briefs.sort_by(|a, b| b.cmp(a));
    let more = briefs.len().saturating_sub(MOST);
    let first = briefs.into_iter().take(MOST);
    Ok(Found {
        words: words.to_owned(),
        ids: first
            .filter_map(|(_, id)| BriefId::parse(&id).ok())
            .collect(),
        more,
    })
}
