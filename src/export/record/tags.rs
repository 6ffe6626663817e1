//! What an answer rests on, as a tag beside it.

use crate::domain::{Basis, Section, Standing, date};

use super::View;
use crate::export::outline::{Tag, Tone, and, one};

impl View<'_> {
    /// The tag of an answer. A yes to its section makes more of a guess: it
    /// then is agreed.
    pub fn tag(&self, standing: &Standing, section: Option<&Section>) -> Option<Tag> {
        if standing.basis == Basis::NotNeeded {
            return Some(self.plain(standing));
        }
        let Some(by) = section.and_then(|s| self.agreed_by(s)) else {
            return Some(self.plain(standing));
        };
        let mut detail = format!("by {}", and(&self.names(by)));
        match (&standing.basis, &standing.by, standing.on) {
            (Basis::Told, Some(teller), Some(on)) if by == [teller.clone()] => {
                detail.push_str(&format!(", as told on {}", date::show(on)));
            }
            (Basis::Told, None, None) => detail.push_str(", as told"),
            (Basis::Told, ..) => {
                detail.push_str(&format!(", as told {}", self.source(standing)));
            }
            (Basis::Guess | Basis::Asked, ..) => detail.push_str("; a guess until then"),
            _ => {}
        }
        Some(Tag {
            tone: Tone::Good,
            symbol: "✓",
            word: "agreed".to_owned(),
            detail,
        })
    }

    fn plain(&self, standing: &Standing) -> Tag {
        let tone = match standing.basis {
            Basis::Told => Tone::Good,
            Basis::NotNeeded => Tone::Quiet,
            _ => Tone::Open,
        };
        let detail = match standing.basis {
            Basis::Told => self.source(standing),
            Basis::Asked => match &standing.ask {
                Some(id) => format!("of {}, no answer yet", self.name(id)),
                None => "no answer yet".to_owned(),
            },
            _ => String::new(),
        };
        Tag {
            tone,
            symbol: standing.basis.symbol(),
            word: one(standing.basis.label()),
            detail,
        }
    }

    /// `by Dana Reyes on Wed 4 Feb 2026`, as far as known.
    pub fn source(&self, standing: &Standing) -> String {
        let by = standing
            .by
            .as_ref()
            .map(|by| format!("by {}", self.name(by)));
        let on = standing.on.map(|on| format!("on {}", date::show(on)));
        [by, on].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The tag of what has a place of its own but whose basis is kept with the
    /// question, as for dates. Without an entry it is a guess.
    pub fn tag_of(&self, question: &str, section: Option<&Section>) -> Option<Tag> {
        let standing = self.standing_of(question);
        self.tag(&standing, section)
    }

    pub fn standing_of(&self, question: &str) -> Standing {
        self.brief
            .answers
            .get(question)
            .map(|a| a.standing.clone())
            .unwrap_or_default()
    }

    /// Why a question was left out on purpose, if it was.
    pub fn left_out(&self, question: &str) -> Option<String> {
        let standing = self.standing_of(question);
        (standing.basis == Basis::NotNeeded).then(|| match one(&standing.why) {
            why if why.is_empty() => "no reason given".to_owned(),
            why => why,
        })
    }
}
