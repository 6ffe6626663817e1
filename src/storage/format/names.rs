//! Customers and needs where another part of the brief names them.

use std::ops::Range;

use toml::de::DeTable;

use super::fields::Reader;
use crate::domain::{Basis, ItemId, Standing};
use crate::storage::near::nearest;

/// Something that names a customer or need of the same brief.
pub(in crate::storage) struct Reference {
    pub span: Range<usize>,
    pub key: &'static str,
    /// As it is written.
    pub typed: String,
    /// Ids and names that could have been meant.
    pub known: Vec<String>,
}

/// Who can be named, and who was named in vain.
#[derive(Default)]
pub(super) struct Names {
    pub customers: Vec<(ItemId, String)>,
    pub needs: Vec<ItemId>,
    pub dangling: Vec<Reference>,
    /// Whether a name in place of an id is understood in any case.
    pub by_name: bool,
}

impl Names {
    /// The customer that an id or a name means. A name that is nobody's is
    /// kept as an id, so that it is seen.
    fn customer(
        &mut self,
        r: &mut Reader<'_>,
        key: &'static str,
        typed: &str,
        span: Range<usize>,
    ) -> Option<ItemId> {
        let wanted = typed.trim();
        if wanted.is_empty() {
            return None;
        }
        if let Some((id, _)) = self.customers.iter().find(|(id, _)| id.as_str() == wanted) {
            return Some(id.clone());
        }
        // What could be an id is one: only an import takes it for a name too.
        if self.by_name || ItemId::parse(wanted).is_err() {
            let lower = wanted.to_lowercase();
            let named = |(_, name): &&(ItemId, String)| name.trim().to_lowercase() == lower;
            if let Some((id, _)) = self.customers.iter().find(named) {
                return Some(id.clone());
            }
        }
        let known: Vec<String> = self
            .customers
            .iter()
            .flat_map(|(id, name)| [id.as_str().to_owned(), name.clone()])
            .filter(|name| !name.is_empty())
            .collect();
        Some(self.nobody(r, key, wanted, span, known, "a customer"))
    }

    fn need(
        &mut self,
        r: &mut Reader<'_>,
        key: &'static str,
        typed: &str,
        span: Range<usize>,
    ) -> Option<ItemId> {
        let wanted = typed.trim();
        if wanted.is_empty() {
            return None;
        }
        if let Some(id) = self.needs.iter().find(|id| id.as_str() == wanted) {
            return Some(id.clone());
        }
        let known = self.needs.iter().map(|id| id.as_str().to_owned()).collect();
        Some(self.nobody(r, key, wanted, span, known, "a need"))
    }

    fn nobody(
        &mut self,
        r: &mut Reader<'_>,
        key: &'static str,
        typed: &str,
        span: Range<usize>,
        known: Vec<String>,
        what: &str,
    ) -> ItemId {
        let meant = nearest(typed, known.iter().map(String::as_str))
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        r.note(
            &span,
            format!("`{key}` names `{typed}`, which is not {what} of this brief{meant}"),
        );
        self.dangling.push(Reference {
            span,
            key,
            typed: typed.to_owned(),
            known,
        });
        ItemId::parse(typed).unwrap_or_else(|_| ItemId::for_text(typed, []))
    }

    pub fn one(
        &mut self,
        r: &mut Reader<'_>,
        t: &DeTable<'_>,
        key: &'static str,
    ) -> Option<ItemId> {
        let typed = r.some_text(t, key)?;
        let span = t.get(key).map_or(0..0, |v| v.span());
        self.customer(r, key, &typed, span)
    }

    pub fn many(&mut self, r: &mut Reader<'_>, t: &DeTable<'_>, key: &'static str) -> Vec<ItemId> {
        r.texts(t, key)
            .into_iter()
            .filter_map(|(typed, span)| self.customer(r, key, &typed, span))
            .collect()
    }

    pub fn needs(&mut self, r: &mut Reader<'_>, t: &DeTable<'_>, key: &'static str) -> Vec<ItemId> {
        r.texts(t, key)
            .into_iter()
            .filter_map(|(typed, span)| self.need(r, key, &typed, span))
            .collect()
    }

    pub fn standing(&mut self, r: &mut Reader<'_>, t: &DeTable<'_>) -> Standing {
        let basis = r.some_text(t, "basis").map_or_else(Basis::default, |word| {
            let basis = Basis::from_word(&word);
            if !basis.is_known() {
                r.unknown_word(t, "basis", &word, Basis::WORDS);
            }
            basis
        });
        Standing {
            basis,
            by: self.one(r, t, "by"),
            on: r.day(t, "on"),
            why: r.text(t, "why"),
            ask: self.one(r, t, "ask"),
        }
    }

    /// Someone in an event: people of the past may be gone from the list.
    pub fn past(
        &mut self,
        r: &mut Reader<'_>,
        t: &DeTable<'_>,
        key: &'static str,
    ) -> Option<ItemId> {
        match ItemId::parse(&r.some_text(t, key)?) {
            Ok(id) => Some(id),
            Err(_) => self.one(r, t, key),
        }
    }
}
