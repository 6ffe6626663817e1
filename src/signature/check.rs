//! Whether a signature is that of a customer under a version of a brief, and if
//! not, why not. `ssh-keygen` is asked one thing at a time, so that the reason
//! follows from its answers and not from its wording, which has changed often.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::Allowed;
use super::program::{self, NotRun};
use crate::domain::sign_off;
use crate::domain::signature::NAMESPACE;
use crate::domain::work_time::Local;
use crate::domain::{Agreement, Brief, BriefId, Customer, Difference, ItemId, Signature, text};

/// How many texts of other briefs are tried to say whose a signature is.
const TRIED: usize = 64;

/// Why a signature is refused.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    #[error(transparent)]
    NotRun(#[from] NotRun),
    #[error("it signs version {number}, {code}, and the brief has changed since")]
    Older {
        number: usize,
        code: String,
        changed: Vec<Difference>,
    },
    #[error("it signs another brief: {brief}, {code}")]
    OtherBrief { brief: BriefId, code: String },
    #[error("it signs the text with the line ends of Windows, which is another text")]
    LineEnds,
    #[error("it signs neither the text of today nor any other that is known here")]
    OtherText,
    #[error("the key {fingerprint} is not in {}", signers.display())]
    UnknownKey {
        fingerprint: String,
        signers: PathBuf,
    },
    #[error("the key {fingerprint} is revoked in {}", revoked.display())]
    Revoked {
        fingerprint: String,
        revoked: PathBuf,
    },
    #[error("the key {fingerprint} had expired by {at}")]
    Expired { fingerprint: String, at: String },
    #[error("the key {fingerprint} was not valid yet on {at}")]
    NotYet { fingerprint: String, at: String },
    #[error("{} allows the key {fingerprint} for other uses only", signers.display())]
    OtherUse {
        fingerprint: String,
        signers: PathBuf,
    },
    /// `ssh-keygen` says no in words of its own.
    #[error("ssh-keygen refused it: {0}")]
    Refused(String),
    #[error("the key is that of {principal}, and {name} is {reach}")]
    NotTheirs {
        principal: String,
        name: String,
        reach: String,
    },
    #[error("the key is that of {principal}, who is {name} in this brief")]
    SomebodyElse { principal: String, name: String },
    #[error("the key is that of {principal}, which is nobody's address in this brief")]
    Whose { principal: String },
    #[error("the key is allowed for {}", names.join(" and "))]
    Several { names: Vec<String> },
    #[error("it was recorded as that of {noted}, and the key is now that of {principal}")]
    Noted { noted: String, principal: String },
}

/// Whether the signature is one over a text, whoever made it.
pub(super) fn fits(signature: &Path, text: &str) -> Result<bool, NotRun> {
    let args = ["-Y", "check-novalidate", "-n", NAMESPACE, "-s"].map(OsStr::new);
    let args: Vec<&OsStr> = args.into_iter().chain([signature.as_os_str()]).collect();
    Ok(program::ask(&args, text)?.yes)
}

/// The text that a signature is under, if that is the brief of today. `others`
/// are other briefs, to tell where it belongs instead.
///
/// # Errors
///
/// Which text it is under instead, as far as that can be told.
pub fn verified_text<'a>(
    brief: &Brief,
    signature: &Signature,
    others: impl IntoIterator<Item = &'a Brief>,
) -> Result<Agreement, Unfit> {
    let file = program::in_file(signature)?;
    let is = |text: &str| fits(file.path(), text);
    let today = Agreement::of(brief);
    if is(&today.text())? {
        return Ok(today);
    }
    for old in sign_off::versions(brief) {
        if old.agreement != today && is(&old.agreement.text())? {
            return Err(Unfit::Older {
                number: old.number,
                changed: old.agreement.differences(&today),
                code: old.code,
            });
        }
    }
    if is(&today.text().replace('\n', "\r\n"))? {
        return Err(Unfit::LineEnds);
    }
    let texts = others
        .into_iter()
        .filter(|o| o.id != brief.id)
        .flat_map(|o| {
            let old = sign_off::versions(o).into_iter().map(|v| v.agreement);
            old.chain([Agreement::of(o)])
                .map(|agreement| (o.id.clone(), agreement))
        });
    for (other, agreement) in texts.take(TRIED) {
        if is(&agreement.text())? {
            return Err(Unfit::OtherBrief {
                brief: other,
                code: agreement.code().to_string(),
            });
        }
    }
    Err(Unfit::OtherText)
}

/// Asks about one signature under one text at one time.
pub(super) struct Inquiry<'a> {
    file: tempfile::NamedTempFile,
    signature: &'a Signature,
    text: String,
    allowed: &'a Allowed,
    at: Local,
}

impl<'a> Inquiry<'a> {
    pub(super) fn new(
        signature: &'a Signature,
        text: &Agreement,
        allowed: &'a Allowed,
        at: Local,
    ) -> Result<Self, NotRun> {
        Ok(Self {
            file: program::in_file(signature)?,
            signature,
            text: text.text(),
            allowed,
            at,
        })
    }

    /// Local time, as git gives it: the file of allowed signers has local times.
    fn time(&self) -> String {
        format!("verify-time={}", self.at.format("%Y%m%d%H%M%S"))
    }

    /// Whom the allowed signers name for the key; may be patterns.
    fn principals(&self) -> Result<Vec<String>, Unfit> {
        let time = self.time();
        let args = ["-Y", "find-principals", "-O", time.as_str(), "-f"].map(OsStr::new);
        let files = [
            self.allowed.signers.as_os_str(),
            OsStr::new("-s"),
            self.file.path().as_os_str(),
        ];
        let args: Vec<&OsStr> = args.into_iter().chain(files).collect();
        let answer = program::ask(&args, "")?;
        let lines = answer.out.lines().map(str::trim);
        let principals: Vec<String> = lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        if principals.is_empty() || !answer.yes {
            return Err(self.refusal(&answer.err));
        }
        Ok(principals)
    }

    /// Whether the key may sign as somebody.
    pub(super) fn allows(&self, principal: &str) -> Result<(), Unfit> {
        let answer = self.verify(principal, None)?;
        if !answer.yes {
            return Err(self.refusal(&answer.err));
        }
        let Some(revoked) = &self.allowed.revoked else {
            return Ok(());
        };
        match self.verify(principal, Some(revoked))?.yes {
            true => Ok(()),
            false => Err(Unfit::Revoked {
                fingerprint: self.signature.fingerprint.clone(),
                revoked: revoked.clone(),
            }),
        }
    }

    fn verify(&self, principal: &str, revoked: Option<&Path>) -> Result<program::Answer, NotRun> {
        let time = self.time();
        let mut args: Vec<&OsStr> = ["-Y", "verify", "-n", NAMESPACE, "-O", time.as_str()]
            .map(OsStr::new)
            .to_vec();
        args.extend([OsStr::new("-f"), self.allowed.signers.as_os_str()]);
        args.extend(["-I", principal].map(OsStr::new));
        args.extend([OsStr::new("-s"), self.file.path().as_os_str()]);
        if let Some(revoked) = revoked {
            args.extend([OsStr::new("-r"), revoked.as_os_str()]);
        }
        program::ask(&args, &self.text)
    }

    /// Only what no answer of yes or no can tell is read from the words.
    fn refusal(&self, words: &str) -> Unfit {
        let fingerprint = self.signature.fingerprint.clone();
        let at = self.at.format("%-d %b %Y, %H:%M").to_string();
        let signers = self.allowed.signers.clone();
        if words.contains("has expired") {
            Unfit::Expired { fingerprint, at }
        } else if words.contains("not yet valid") {
            Unfit::NotYet { fingerprint, at }
        } else if words.contains("not permitted for use in signature namespace") {
            Unfit::OtherUse {
                fingerprint,
                signers,
            }
        } else if words.contains("No principal matched") || words.trim().is_empty() {
            Unfit::UnknownKey {
                fingerprint,
                signers,
            }
        } else {
            let mut lines = words.lines().filter(|l| !l.contains("Could not verify"));
            Unfit::Refused(text::line(lines.next().unwrap_or("no")).into_owned())
        }
    }
}

/// The mail addresses in what the brief has as somebody's reach.
pub(super) fn addresses(customer: &Customer) -> impl Iterator<Item = &str> {
    let words = customer
        .reach
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '(' | ')'));
    words
        .map(|word| word.trim_start_matches("mailto:"))
        .filter(|word| {
            let whole = word.split_once('@');
            whole.is_some_and(|(who, at)| !who.is_empty() && !at.is_empty())
        })
}

/// The name under which the key may sign as this customer: their address.
fn as_customer(
    inquiry: &Inquiry<'_>,
    principals: &[String],
    customer: &Customer,
) -> Result<Option<String>, Unfit> {
    for address in addresses(customer) {
        if let Some(same) = principals.iter().find(|p| p.eq_ignore_ascii_case(address)) {
            return inquiry.allows(same).map(|()| Some(same.clone()));
        }
        if principals.iter().any(|p| p.contains(['*', '?'])) {
            for spelled in [address.to_owned(), address.to_lowercase()] {
                match inquiry.allows(&spelled) {
                    Ok(()) => return Ok(Some(spelled)),
                    Err(revoked @ (Unfit::Revoked { .. } | Unfit::NotRun(_))) => {
                        return Err(revoked);
                    }
                    Err(_) => {}
                }
            }
        }
    }
    Ok(None)
}

/// Whose yes a signature is: the customer whose address the allowed signers
/// name for the key. Where a customer has no address, the worker has to say
/// that it is theirs (`by`); where they have another one, it is not.
///
/// # Errors
///
/// Why it is nobody's, or not theirs.
pub fn customer_for(
    brief: &Brief,
    signature: &Signature,
    text: &Agreement,
    allowed: &Allowed,
    by: Option<&ItemId>,
    at: Local,
) -> Result<(ItemId, String), Unfit> {
    let inquiry = Inquiry::new(signature, text, allowed, at)?;
    let principals = inquiry.principals()?;
    let mut theirs: Vec<(&Customer, String)> = Vec::new();
    for customer in &brief.customers {
        if let Some(principal) = as_customer(&inquiry, &principals, customer)? {
            theirs.push((customer, principal));
        }
    }
    let shown = |list: &[String]| text::line(&list.join(", ")).into_owned();
    let name = |customer: &Customer| text::line(&customer.name).into_owned();
    if let Some(by) = by {
        if let Some((customer, principal)) = theirs.iter().find(|(c, _)| c.id == *by) {
            return Ok((customer.id.clone(), principal.clone()));
        }
        if let Some((other, principal)) = theirs.into_iter().next() {
            return Err(Unfit::SomebodyElse {
                principal,
                name: name(other),
            });
        }
        let customer = brief.customer(by);
        if let Some(customer) = customer
            && addresses(customer).next().is_some()
        {
            return Err(Unfit::NotTheirs {
                principal: shown(&principals),
                name: name(customer),
                reach: text::line(customer.reach.trim()).into_owned(),
            });
        }
        let principal = principals.into_iter().next().unwrap_or_default();
        inquiry.allows(&principal)?;
        return Ok((by.clone(), principal));
    }
    match theirs.as_slice() {
        [(customer, principal)] => Ok((customer.id.clone(), principal.clone())),
        [] => {
            // A revoked key is refused before anybody is asked whose it is.
            if let Some(first) = principals.first() {
                inquiry.allows(first)?;
            }
            Err(Unfit::Whose {
                principal: shown(&principals),
            })
        }
        several => Err(Unfit::Several {
            names: several.iter().map(|(c, _)| name(c)).collect(),
        }),
    }
}

/// Whom the allowed signers name for a key, for a signature that need not be a
/// customer's.
///
/// # Errors
///
/// Why it counts for nobody.
pub fn principal_of(
    signature: &Signature,
    text: &Agreement,
    allowed: &Allowed,
    at: Local,
) -> Result<String, Unfit> {
    let inquiry = Inquiry::new(signature, text, allowed, at)?;
    let principal = inquiry.principals()?.into_iter().next().unwrap_or_default();
    inquiry.allows(&principal)?;
    Ok(principal)
}
