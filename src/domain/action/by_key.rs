//! Yeses and countersignatures by an SSH key, once `ssh-keygen` has agreed.

use super::{NotNow, signed};
use crate::domain::evidence::Key;
use crate::domain::{
    Agreement, Brief, Change, Event, EventKind, Grade, ItemId, Moment, Section, Signature,
};

/// A signature that was verified over the text of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByKey {
    pub signature: Signature,
    /// As the allowed signers name it; empty where none did.
    pub principal: String,
    /// The text that was verified.
    pub text: Agreement,
}

impl ByKey {
    fn event(self, kind: EventKind, id: &str, at: Moment) -> Event {
        let key = Key {
            principal: self.principal,
            fingerprint: self.signature.fingerprint.clone(),
        };
        let mut event = Event::new(id, kind, at);
        event.code = self.text.code().to_string();
        event.agreed = self.text.text();
        event.signature = self.signature.armour();
        event.key = key.stored();
        event
    }
}

/// Records a customer's signature. It covers all of it: the whole text is what
/// was signed, whatever they had said yes to before.
///
/// # Errors
///
/// When `by` is no customer, or the brief is not what was verified any more.
pub fn sign_by_key(
    brief: &Brief,
    by: &ItemId,
    verified: ByKey,
    via: &str,
    id: &str,
    at: Moment,
) -> Result<Change, NotNow> {
    if brief.customer(by).is_none() {
        return Err(NotNow::Nobody(by.clone()));
    }
    still(brief, &verified)?;
    let mut event = verified.event(EventKind::Signed, id, at);
    event.by = Some(by.clone());
    event.grade = Some(Grade::Signed);
    event.via = via.to_owned();
    event.covers = Section::ALL.to_vec();
    Ok(signed(brief, event))
}

/// Records the worker's own signature.
///
/// # Errors
///
/// When the brief is not what was verified any more.
pub fn countersign(brief: &Brief, verified: ByKey, id: &str, at: Moment) -> Result<Change, NotNow> {
    still(brief, &verified)?;
    let event = verified.event(EventKind::Countersigned, id, at);
    Ok(Change::Record(Box::new(event)))
}

fn still(brief: &Brief, verified: &ByKey) -> Result<(), NotNow> {
    match Agreement::of(brief) == verified.text {
        true => Ok(()),
        false => Err(NotNow::Meanwhile),
    }
}
