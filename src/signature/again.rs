//! Every signature of a brief, checked again.

use super::Allowed;
use super::check::{Inquiry, Unfit, addresses, customer_for, fits, principal_of};
use super::program::{self, NotRun};
use crate::domain::evidence::Doubt;
use crate::domain::sign_off::{self, Invalid};
use crate::domain::signature::NoSignature;
use crate::domain::work_time::Local;
use crate::domain::{Agreement, Brief, Event, EventKind, Grade, ItemId, Moment, Signature, text};

/// A stored signature, checked again.
#[derive(Debug)]
pub struct Judged {
    pub event: String,
    pub kind: EventKind,
    pub by: Option<ItemId>,
    pub at: Moment,
    pub code: String,
    /// Whether it is under the text of today.
    pub is_current: bool,
    /// Of the key in the signature, if there is one.
    pub fingerprint: Option<String>,
    pub verdict: Verdict,
}

/// What became of a stored signature.
#[derive(Debug)]
pub enum Verdict {
    /// It is what it was recorded as.
    Good {
        principal: String,
        /// What a reader should know all the same.
        notes: Vec<String>,
    },
    /// The worker's own, by a key that the allowed signers do not name.
    Unnamed,
    /// It claims to be signed, and there is no signature for it.
    Doubtful(Doubt),
    /// The text beside it is not that of its code, or of another brief.
    Invalid(Invalid),
    Unfit(Unfit),
}

impl Verdict {
    /// The word for JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Good { .. } => "good",
            Self::Unnamed => "unnamed",
            Self::Doubtful(_) => "missing",
            Self::Invalid(_) => "altered",
            Self::Unfit(unfit) => match unfit {
                Unfit::NotRun(_) => "unchecked",
                Unfit::Revoked { .. } => "revoked",
                Unfit::Expired { .. } | Unfit::NotYet { .. } => "expired",
                Unfit::UnknownKey { .. } | Unfit::OtherUse { .. } => "unknown-key",
                Unfit::OtherText | Unfit::Older { .. } | Unfit::OtherBrief { .. } => "altered",
                Unfit::LineEnds | Unfit::Refused(_) => "altered",
                _ => "not-theirs",
            },
        }
    }

    /// Whether nothing is wrong with it.
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Good { .. } | Self::Unnamed)
    }
}

/// Checks every signature of a brief again, and every claim that there is one.
/// `local` tells the local time of a moment, `now` is the present.
///
/// # Errors
///
/// When `ssh-keygen` cannot be run.
pub fn judge(
    brief: &Brief,
    allowed: Option<&Allowed>,
    now: Moment,
    local: impl Fn(Moment) -> Local,
) -> Result<Vec<Judged>, NotRun> {
    let today = Agreement::of(brief);
    let mut judged = Vec::new();
    for event in brief.effective_events() {
        let claims = match event.kind {
            EventKind::Signed => {
                event.grade == Some(Grade::Signed) || !event.signature.trim().is_empty()
            }
            EventKind::Countersigned => true,
            _ => false,
        };
        if !claims {
            continue;
        }
        let signature = Signature::parse(&event.signature);
        let verdict = match one(brief, event, &signature, allowed, now, &local) {
            Verdict::Unfit(Unfit::NotRun(error)) => return Err(error),
            verdict => verdict,
        };
        judged.push(Judged {
            event: event.id.clone(),
            kind: event.kind.clone(),
            by: event.by.clone(),
            at: event.at,
            code: event.code.clone(),
            is_current: sign_off::stored_text(brief, event).is_ok_and(|text| text == today),
            fingerprint: signature.ok().map(|s| s.fingerprint),
            verdict,
        });
    }
    Ok(judged)
}

fn one(
    brief: &Brief,
    event: &Event,
    signature: &Result<Signature, NoSignature>,
    allowed: Option<&Allowed>,
    now: Moment,
    local: &impl Fn(Moment) -> Local,
) -> Verdict {
    let signature = match signature {
        _ if event.signature.trim().is_empty() => return Verdict::Doubtful(Doubt::Unsigned),
        Ok(signature) => signature,
        Err(none) => return Verdict::Doubtful(Doubt::NoSignature(none.clone())),
    };
    let text = match sign_off::stored_text(brief, event) {
        Ok(text) => text,
        Err(invalid) => return Verdict::Invalid(invalid),
    };
    let noted = event.key.trim();
    let (noted, fingerprint) = noted.rsplit_once(' ').unwrap_or(("", noted));
    if fingerprint != signature.fingerprint {
        return Verdict::Doubtful(Doubt::OtherKey);
    }
    let is_theirs = event.kind == EventKind::Signed;
    let checked = || -> Result<Verdict, Unfit> {
        let file = program::in_file(signature)?;
        if !fits(file.path(), &text.text())? {
            return Err(Unfit::OtherText);
        }
        let Some(allowed) = allowed else {
            return Ok(Verdict::Unnamed);
        };
        let at = local(event.at);
        let principal = if is_theirs {
            let (_, principal) =
                customer_for(brief, signature, &text, allowed, event.by.as_ref(), at)?;
            principal
        } else {
            match principal_of(signature, &text, allowed, at) {
                Err(Unfit::UnknownKey { .. }) => return Ok(Verdict::Unnamed),
                principal => principal?,
            }
        };
        let inquiry = Inquiry::new(signature, &text, allowed, at)?;
        if !noted.is_empty()
            && !noted.eq_ignore_ascii_case(&principal)
            && inquiry.allows(noted).is_err()
        {
            return Err(Unfit::Noted {
                noted: text::line(noted).into_owned(),
                principal,
            });
        }
        let mut notes = Vec::new();
        let today = Inquiry::new(signature, &text, allowed, local(now))?;
        if let Err(why) = today.allows(&principal) {
            notes.push(format!("it would not be taken today: {why}"));
        }
        let customer = event.by.as_ref().and_then(|by| brief.customer(by));
        if let Some(customer) = customer.filter(|c| is_theirs && addresses(c).next().is_none()) {
            notes.push(format!(
                "{} has no address in the brief: whether {} is them is for you to know",
                text::line(&customer.name),
                text::line(&principal)
            ));
        }
        Ok(Verdict::Good { principal, notes })
    };
    if is_theirs
        && event
            .by
            .as_ref()
            .is_none_or(|by| brief.customer(by).is_none())
    {
        return Verdict::Invalid(Invalid::Nobody);
    }
    checked().unwrap_or_else(Verdict::Unfit)
}
