//! Texts and words, and who is named: what the tables have in common.

use super::Value;
use super::value::{List, Text};
use crate::domain::{Basis, Customer, ItemId, Need, Standing};

pub(super) fn own(text: &Text<'_>) -> Option<String> {
    text.own()
}

pub(super) fn own_all(texts: &List<'_>) -> Option<Vec<String>> {
    texts.clone().map(Text::own).collect()
}

/// A known word; nothing where there is none, which is another matter.
pub(super) fn word<T>(
    text: &Text<'_>,
    from: fn(&str) -> T,
    is_known: fn(&T) -> bool,
) -> Option<Option<T>> {
    let text = text.word()?;
    if text.is_empty() {
        return Some(None);
    }
    let word = from(text);
    is_known(&word).then_some(Some(word))
}

/// Those who can be named.
#[derive(Clone, Copy)]
pub(super) struct Names<'b>(pub &'b [Customer]);

impl Names<'_> {
    /// The customer with an id; fails for a name, and for an id that is nobody's.
    pub fn one(self, typed: &Text<'_>) -> Option<Option<ItemId>> {
        let wanted = typed.word()?.trim();
        if wanted.is_empty() {
            return Some(None);
        }
        let found = self.0.iter().find(|c| c.id.as_str() == wanted);
        found.map(|c| Some(c.id.clone()))
    }

    pub fn many(self, typed: &List<'_>) -> Option<Vec<ItemId>> {
        let mut found = Vec::new();
        for typed in typed.clone() {
            found.extend(self.one(&typed)?);
        }
        Some(found)
    }
}

/// The needs with some ids, as above.
pub(super) fn needs_of(needs: &[Need], typed: &List<'_>) -> Option<Vec<ItemId>> {
    let mut all = Vec::new();
    for typed in typed.clone() {
        let wanted = typed.word()?.trim();
        if !wanted.is_empty() {
            let found = needs.iter().find(|n| n.id.as_str() == wanted)?;
            all.push(found.id.clone());
        }
    }
    Some(all)
}

/// Takes a key of what something rests on; fails for any other.
pub(super) fn stand(
    standing: &mut Standing,
    key: &str,
    value: &Value<'_>,
    names: Names<'_>,
) -> Option<()> {
    match (key, value) {
        ("basis", Value::Text(text)) => {
            standing.basis = word(text, Basis::from_word, Basis::is_known)?.unwrap_or_default();
        }
        ("by", Value::Text(text)) => standing.by = names.one(text)?,
        ("on", Value::Day(day)) => standing.on = Some(*day),
        ("why", Value::Text(text)) => standing.why = own(text)?,
        ("ask", Value::Text(text)) => standing.ask = names.one(text)?,
        _ => return None,
    }
    Some(())
}
