//! Texts and words, and who is named: what the tables have in common.

use std::borrow::Cow;
use std::mem;

use super::Value;
use crate::domain::{Basis, Customer, ItemId, Need, Standing};

pub(super) fn own(text: &mut Cow<'_, str>) -> String {
    mem::take(text).into_owned()
}

pub(super) fn own_all(texts: &mut Vec<Cow<'_, str>>) -> Vec<String> {
    texts.drain(..).map(Cow::into_owned).collect()
}

/// A known word; nothing where there is none, which is another matter.
pub(super) fn word<T>(
    text: &str,
    from: fn(&str) -> T,
    is_known: fn(&T) -> bool,
) -> Option<Option<T>> {
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
    pub fn one(self, typed: &str) -> Option<Option<ItemId>> {
        let wanted = typed.trim();
        if wanted.is_empty() {
            return Some(None);
        }
        let found = self.0.iter().find(|c| c.id.as_str() == wanted);
        found.map(|c| Some(c.id.clone()))
    }

    pub fn many(self, typed: &[Cow<'_, str>]) -> Option<Vec<ItemId>> {
        let found = typed.iter().map(|typed| self.one(typed));
        let found: Vec<Option<ItemId>> = found.collect::<Option<_>>()?;
        Some(found.into_iter().flatten().collect())
    }
}

/// The needs with some ids, as above.
pub(super) fn needs_of(needs: &[Need], typed: &[Cow<'_, str>]) -> Option<Vec<ItemId>> {
    let wanted = typed.iter().map(|t| t.trim()).filter(|t| !t.is_empty());
    wanted
        .map(|wanted| {
            let found = needs.iter().find(|n| n.id.as_str() == wanted);
            found.map(|n| n.id.clone())
        })
        .collect()
}

/// Takes a key of what something rests on; fails for any other.
pub(super) fn stand(
    standing: &mut Standing,
    key: &str,
    value: &mut Value<'_>,
    names: Names<'_>,
) -> Option<()> {
    match (key, value) {
        ("basis", Value::Text(text)) => {
            standing.basis = word(text, Basis::from_word, Basis::is_known)?.unwrap_or_default();
        }
        ("by", Value::Text(text)) => standing.by = names.one(text)?,
        ("on", Value::Day(day)) => standing.on = Some(*day),
        ("why", Value::Text(text)) => standing.why = own(text),
        ("ask", Value::Text(text)) => standing.ask = names.one(text)?,
        _ => return None,
    }
    Some(())
}
