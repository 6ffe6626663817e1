//! How much the record of a yes proves. A file says what it likes: a grade
//! counts only as far as what is stored beside it bears it out.

use super::signature::{NoSignature, Signature};
use super::{Brief, Code, Event, EventKind, Grade, Moment, code_in, sign_off};

/// What the record of a yes comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The grade that counts.
    pub grade: Grade,
    /// Why that is less than the file claims.
    pub doubt: Option<Doubt>,
    /// Of a signature that is stored and well-formed.
    pub key: Option<Key>,
}

/// The key of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// As the allowed signers named it when the signature was recorded; may be
    /// empty. The file says so: only another verification shows it.
    pub principal: String,
    /// Of the public key in the signature itself.
    pub fingerprint: String,
}

impl Key {
    /// As an event keeps it: `dana@example.com SHA256:...`.
    pub fn stored(&self) -> String {
        format!("{} {}", self.principal, self.fingerprint)
            .trim()
            .to_owned()
    }
}

/// Why a grade counts for less than the file claims.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    #[error("the words that are stored do not hold the code")]
    NoCode,
    #[error("no SSH signature is stored with it")]
    Unsigned,
    #[error("what is stored as its SSH signature is none: {0}")]
    NoSignature(NoSignature),
    #[error("the signature that is stored is by another key than the one noted")]
    OtherKey,
}

/// What an event of a yes comes to, without any other program.
pub fn of(event: &Event) -> Evidence {
    let claimed = event.grade.clone().unwrap_or(Grade::Said);
    let less = |doubt: Doubt| Evidence {
        grade: Grade::Said,
        doubt: Some(doubt),
        key: None,
    };
    match claimed {
        Grade::Reply => match Code::parse(&event.code) {
            Ok(code) if code_in::names(&event.words, code) => plain(claimed),
            _ => less(Doubt::NoCode),
        },
        Grade::Signed => match key_of(event) {
            Ok(key) => Evidence {
                grade: claimed,
                doubt: None,
                key: Some(key),
            },
            Err(doubt) => less(doubt),
        },
        Grade::Said | Grade::Unknown(_) => plain(claimed),
    }
}

fn plain(grade: Grade) -> Evidence {
    Evidence {
        grade,
        doubt: None,
        key: None,
    }
}

/// The key of the signature that is stored with an event.
fn key_of(event: &Event) -> Result<Key, Doubt> {
    if event.signature.trim().is_empty() {
        return Err(Doubt::Unsigned);
    }
    let signature = Signature::parse(&event.signature).map_err(Doubt::NoSignature)?;
    let noted = event.key.trim();
    let (principal, fingerprint) = noted.rsplit_once(' ').unwrap_or(("", noted));
    if fingerprint != signature.fingerprint {
        return Err(Doubt::OtherKey);
    }
    Ok(Key {
        principal: principal.trim().to_owned(),
        fingerprint: signature.fingerprint,
    })
}

/// The worker's own signature under a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Countersigned {
    pub event: String,
    pub at: Moment,
    /// The code of the version that was signed.
    pub code: String,
    /// Whether that is the version of today.
    pub is_current: bool,
    /// The key, or why it counts for nothing.
    pub key: Result<Key, Doubt>,
}

/// The worker's signatures that were not undone, oldest first. One whose text
/// is about another brief, or no longer fits its code, is none of this brief.
pub fn countersigned(brief: &Brief) -> Vec<Countersigned> {
    let mut events = brief.effective_events();
    events.retain(|e| e.kind == EventKind::Countersigned);
    if events.is_empty() {
        return Vec::new();
    }
    let today = super::Agreement::of(brief);
    let read = |event: &&Event| {
        let text = sign_off::stored_text(brief, event).ok()?;
        Some(Countersigned {
            event: event.id.clone(),
            at: event.at,
            code: text.code().to_string(),
            is_current: text == today,
            key: key_of(event),
        })
    };
    events.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::signed;
    use crate::domain::signature::tests::REAL;

    fn yes() -> Event {
        let events = signed().events;
        events
            .into_iter()
            .find(|e| e.kind == EventKind::Signed)
            .unwrap()
    }

    #[test]
    fn a_reply_counts_as_one_only_while_its_words_hold_the_code() {
        let mut event = yes();
        assert_eq!(of(&event).grade, Grade::Reply);
        let words = std::mem::take(&mut event.words);
        for other in ["", "fine with me", "> OK CODE", "OK 7K2M9Q"] {
            event.words = other.replace("CODE", &event.code);
            let evidence = of(&event);
            assert_eq!(evidence.grade, Grade::Said, "{other}");
            assert_eq!(evidence.doubt, Some(Doubt::NoCode), "{other}");
        }
        event.words = words.to_lowercase();
        assert_eq!(of(&event).grade, Grade::Reply);
    }

    #[test]
    fn a_claim_to_be_signed_is_worth_the_signature_beside_it() {
        let mut event = yes();
        event.grade = Some(Grade::Signed);
        assert_eq!(of(&event).doubt, Some(Doubt::Unsigned));
        assert_eq!(of(&event).grade, Grade::Said);
        event.signature = "trust me".into();
        assert!(matches!(of(&event).doubt, Some(Doubt::NoSignature(_))));
        event.signature = REAL.into();
        event.key = "dana@example.com SHA256:another".into();
        assert_eq!(of(&event).doubt, Some(Doubt::OtherKey));
        let signature = Signature::parse(REAL).unwrap();
        event.key = format!("dana@example.com {}", signature.fingerprint);
        let evidence = of(&event);
        assert_eq!((&evidence.grade, &evidence.doubt), (&Grade::Signed, &None));
        let key = evidence.key.unwrap();
        assert_eq!(key.principal, "dana@example.com");
        assert_eq!(key.stored(), event.key);
        // A signature beside a lower claim makes it no more than that.
        event.grade = Some(Grade::Said);
        assert_eq!(of(&event).grade, Grade::Said);
    }
}
