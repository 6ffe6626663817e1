//! What became of a reply, for one brief.

use crate::domain::reply::{Reply, Taken};
use crate::domain::{Brief, Code, Section, sign_off};

/// What a recorded reply changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Questions that are answered by it.
    pub answers: usize,
    /// Their order of the needs was taken.
    pub order: bool,
    /// The version that it signed.
    pub signed: Option<Code>,
    /// A no, or a yes with a condition.
    pub objection: bool,
    /// Pieces that are kept as remarks.
    pub remarks: usize,
    /// The sections that wait for another yes of theirs, because they say
    /// something else now than the last one covered.
    pub waits: Vec<Section>,
}

impl Outcome {
    /// What a reply did to a brief, which is `after` by now.
    pub fn of(after: &Brief, reply: &Reply) -> Self {
        let mut outcome = Self::taken(reply);
        let theirs = sign_off::sign_offs(after);
        let mut theirs = theirs.iter().filter(|yes| yes.by == reply.by);
        if theirs.any(|yes| yes.invalid.is_none()) {
            outcome.waits = sign_off::open_for(after, &reply.by);
        }
        outcome
    }

    /// What is taken from a reply, before it is recorded.
    pub fn taken(reply: &Reply) -> Self {
        let mut outcome = Self {
            remarks: reply.remarks.len(),
            ..Self::default()
        };
        for taken in &reply.taken {
            match taken {
                Taken::Answer { .. } => outcome.answers += 1,
                Taken::Order(_) => outcome.order = true,
                Taken::Yes { code, .. } => outcome.signed = Some(*code),
                Taken::Objection(_) => outcome.objection = true,
            }
        }
        outcome
    }

    /// In a few words: "2 answers, order, signed".
    pub fn words(&self) -> String {
        let mut parts = Vec::new();
        match self.answers {
            0 => {}
            1 => parts.push("1 answer".to_owned()),
            n => parts.push(format!("{n} answers")),
        }
        if self.order {
            parts.push("order".to_owned());
        }
        if self.signed.is_some() {
            parts.push("signed".to_owned());
        }
        if self.objection {
            parts.push("objection, nothing signed".to_owned());
        }
        match self.remarks {
            0 => {}
            1 => parts.push("1 remark".to_owned()),
            n => parts.push(format!("{n} remarks")),
        }
        match parts.is_empty() {
            true => "kept, nothing taken from it".to_owned(),
            false => parts.join(", "),
        }
    }

    /// What is to be done next, if anything is.
    pub fn next(&self, name: &str) -> Option<String> {
        if self.objection {
            return Some(format!(
                "change the brief to what {name} wants, then share it again"
            ));
        }
        if self.waits.is_empty() {
            return None;
        }
        let parts: Vec<&str> = self.waits.iter().map(Section::label).collect();
        Some(format!(
            "waits for another yes of {name}: {}",
            parts.join(", ")
        ))
    }
}
