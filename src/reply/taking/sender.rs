//! Who wrote a reply, and what they were asked.

use unicode_normalization::UnicodeNormalization;

use crate::domain::burden::same_person;
use crate::domain::{Brief, BriefId, Code, Customer, EventKind, ItemId, Sheet, sign_off};

use super::super::Letter;

/// Whom a reply is taken to be from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    pub by: ItemId,
    pub why: Why,
}

/// Why that customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The worker said so.
    Named,
    /// The mail came from their address.
    Address,
    /// The mail bears their name.
    Name,
    /// The last message went to them.
    LastAsked,
    /// They made the request.
    Requester,
}

impl Why {
    /// The reason in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Named => "as you say",
            Self::Address => "the mail is from their address",
            Self::Name => "the mail bears their name",
            Self::LastAsked => "the last message went to them",
            Self::Requester => "they made the request",
        }
    }

    /// The word for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Address => "address",
            Self::Name => "name",
            Self::LastAsked => "last-asked",
            Self::Requester => "requester",
        }
    }
}

/// Who most likely wrote a letter: its sender where that is a customer of the
/// brief, else whoever was sent the last message, else the requester. `None`
/// where the brief has no customers.
pub fn sender(brief: &Brief, letter: &Letter) -> Option<Sender> {
    let found = |by: &ItemId, why| Sender {
        by: by.clone(),
        why,
    };
    let address = key(&letter.address);
    if !address.is_empty() {
        let mut customers = brief.customers.iter();
        if let Some(one) = customers.find(|c| has_address(c, &address)) {
            return Some(found(&one.id, Why::Address));
        }
    }
    let name = key(&letter.name);
    if !name.is_empty() {
        let mut same = brief.customers.iter().filter(|c| is_named(c, &name));
        if let (Some(one), None) = (same.next(), same.next()) {
            return Some(found(&one.id, Why::Name));
        }
    }
    let events = brief.effective_events();
    let asked = events.iter().rev().find_map(|e| {
        let to = e.to.as_ref().filter(|_| e.kind == EventKind::Shared)?;
        brief.customer(to)
    });
    if let Some(one) = asked {
        return Some(found(&one.id, Why::LastAsked));
    }
    Some(found(&brief.requester()?.id, Why::Requester))
}

/// Whether a letter says whom it is from, and that is nobody known.
pub fn is_stranger(sender: &Sender, letter: &Letter) -> bool {
    let says = !letter.address.trim().is_empty() || !letter.name.trim().is_empty();
    says && matches!(sender.why, Why::LastAsked | Why::Requester)
}

/// "dana@example.com", also as "Dana <dana@example.com>" or behind "mailto:".
fn has_address(customer: &Customer, address: &str) -> bool {
    let reach = key(&customer.reach);
    reach
        .split(|c: char| c.is_whitespace() || "<>,;()\"".contains(c))
        .any(|part| part.strip_prefix("mailto:").unwrap_or(part) == address)
}

/// "Dana Reyes", also as "Reyes, Dana" and with more behind it, as in
/// "Dana Reyes (Operations)".
fn is_named(customer: &Customer, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let text = text.split('(').next().unwrap_or_default();
        let words = text.split(|c: char| !c.is_alphanumeric());
        let mut words: Vec<String> = words.filter(|w| !w.is_empty()).map(str::to_owned).collect();
        words.sort();
        words
    };
    let known = words(&key(&customer.name));
    !known.is_empty() && known == words(name)
}

fn key(text: &str) -> String {
    text.trim().nfc().collect::<String>().to_lowercase()
}

/// What a customer was asked: in the brief at hand, and in the last message
/// about each other open brief of `others`, the newest first.
pub fn sheets<'a>(
    brief: &Brief,
    by: &ItemId,
    others: impl IntoIterator<Item = &'a Brief>,
) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    if let Some(person) = brief.customer(by) {
        for other in others {
            if other.id == brief.id || other.archived || !other.stage.is_open() {
                continue;
            }
            let asked = same_person(other, person).map(|to| Sheet::last(other, to));
            sheets.extend(asked.filter(|sheet| sheet.sent.is_some()));
        }
    }
    sheets.sort_by_key(|sheet| std::cmp::Reverse(sheet.sent));
    sheets.insert(0, Sheet::last(brief, by));
    sheets
}

/// The brief whose code stands first in a text, also in what it quotes.
pub fn brief_of<'a>(text: &str, briefs: impl IntoIterator<Item = &'a Brief>) -> Option<BriefId> {
    let mut codes: Vec<(usize, Code)> = Vec::new();
    let mut at = 0;
    for part in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        if let Ok(code) = Code::parse(word) {
            codes.push((at, code));
        }
        at += part.len();
    }
    if codes.is_empty() {
        return None;
    }
    let places = briefs.into_iter().filter_map(|brief| {
        let today = crate::domain::Agreement::of(brief).code();
        let versions = sign_off::versions(brief);
        let mut known: Vec<Code> = versions.iter().map(|v| v.agreement.code()).collect();
        known.push(today);
        let first = codes.iter().find(|(_, code)| known.contains(code))?;
        Some((first.0, brief.id.clone()))
    });
    places.min().map(|(_, id)| id)
}
