//! Ids for things that were written down without one: the same for the same
//! file, so that readers and writers agree.

use std::collections::HashSet;

use crate::domain::ItemId;

/// The id of each item of one list, from the ids and texts in the file. Ids
/// that are missing, unusable or taken are made from the text.
pub(in crate::storage) fn assign(given: &[(&str, &str)]) -> Vec<ItemId> {
    let mut taken: Vec<ItemId> = Vec::new();
    let own: Vec<Option<ItemId>> = given
        .iter()
        .map(|(id, _)| {
            let id = ItemId::parse(id).ok()?;
            if taken.contains(&id) {
                return None;
            }
            taken.push(id.clone());
            Some(id)
        })
        .collect();
    own.into_iter()
        .zip(given)
        .map(|(own, (_, text))| {
            own.unwrap_or_else(|| {
                let id = ItemId::for_text(text, &taken);
                taken.push(id.clone());
                id
            })
        })
        .collect()
}

/// The text that an id is made from.
pub(in crate::storage) fn text_of<'a>(list: &str, get: impl Fn(&str) -> &'a str) -> &'a str {
    get(if list == "customer" { "name" } else { "text" })
}

/// The ids of events, which may hold any characters.
pub(in crate::storage) fn for_events<'a>(given: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let given: Vec<&str> = given.into_iter().collect();
    let all: HashSet<&str> = given.iter().copied().collect();
    let mut taken: HashSet<String> = HashSet::new();
    let ids = given.iter().enumerate().map(|(n, id)| {
        if !id.is_empty() && taken.insert((*id).to_owned()) {
            return (*id).to_owned();
        }
        let made = (n + 1..)
            .map(|n| format!("event-{n}"))
            .find(|made| !all.contains(made.as_str()) && taken.insert(made.clone()));
        made.unwrap_or_default()
    });
    ids.collect()
}
