//! Checking a signature for the form that takes one.

use super::files::resolve;
use crate::domain::action::ByKey;
use crate::domain::work_time::Zone as _;
use crate::domain::{Brief, ItemId, Signature};
use crate::signature::{self, Signers};
use crate::storage::{Entry, Store};
use crate::tui::answered::Unchecked;
use crate::tui::message::{Checked, SignatureForm};
use crate::tui::model::Model;

/// Asks `ssh-keygen`.
pub fn check(
    store: &dyn Store,
    model: &Model,
    brief: &Brief,
    by: Option<&ItemId>,
    typed: &SignatureForm,
) -> Result<Checked, Unchecked> {
    let words = |why: String| Unchecked::Words(why);
    let text = signature::read(&resolve(&typed.file)).map_err(words)?;
    let signed = Signature::parse(&text).map_err(|none| words(none.to_string()))?;
    let named = typed.allowed.trim();
    let option = Signers {
        signers: (!named.is_empty()).then(|| resolve(named)),
        revoked: None,
    };
    let allowed = signature::find_signers(&option, &model.signers).map_err(|error| {
        let why = error.to_string();
        words(match error {
            signature::NotAllowed::Unset => format!("{why}: name it below as keys"),
            _ => why,
        })
    })?;
    let entries = store.list().unwrap_or_default();
    let others: Vec<Brief> = entries
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::Brief(loaded) => Some(loaded.brief.into_inner()),
            Entry::Broken(_) => None,
        })
        .collect();
    let now = model.here.local(model.now);
    let text = signature::verified_text(brief, &signed, &others).map_err(Unchecked::Unfit)?;
    let (by, principal) = signature::customer_for(brief, &signed, &text, &allowed, by, now)
        .map_err(Unchecked::Unfit)?;
    Ok(Checked {
        by,
        verified: ByKey {
            signature: signed,
            principal,
            text,
        },
    })
}
