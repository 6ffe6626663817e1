//! What was typed and not accepted: in the walk, at another of its questions,
//! and in forms.

use super::{Brief, ItemId, Standing};

/// Where an unfinished walk stands, and what was being typed there; or one
/// field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WalkPlace {
    /// The question on the screen, or the word for a form. That word has a
    /// hyphen, which no question's id has.
    pub at: String,
    /// Text that has not been accepted yet.
    pub draft: String,
    /// The field of the page or form that the draft belongs to; empty for the
    /// main one.
    pub field: String,
    /// The row of the list that was being edited, from 1.
    pub row: Option<usize>,
    /// The basis that was taken and not accepted.
    pub standing: Option<Standing>,
}

impl WalkPlace {
    /// A question at which nothing was typed.
    pub fn new(at: impl Into<String>) -> Self {
        Self {
            at: at.into(),
            ..Self::default()
        }
    }

    /// Whether it says no more than where the walk stands.
    pub fn is_bare(&self) -> bool {
        self.draft.is_empty() && self.row.is_none() && self.standing.is_none()
    }
}

/// Where the thanks to a customer are kept, also while they are typed.
pub fn thanks_place(to: &ItemId) -> String {
    format!("thanks-to-{to}")
}

impl Brief {
    /// Keeps the place of the walk. What was being typed at another question
    /// waits among the drafts for its return. True when anything changed.
    pub fn keep_place(&mut self, place: Option<WalkPlace>) -> bool {
        let mut drafts = self.drafts.clone();
        let at = place.as_ref().map(|p| p.at.as_str());
        let left = self.walk.clone().filter(|old| at != Some(&old.at));
        if let Some(left) = left.filter(|left| !left.is_bare()) {
            drafts.retain(|d| d.at != left.at);
            drafts.push(left);
        }
        drafts.retain(|d| at != Some(&d.at));
        if self.walk == place && self.drafts == drafts {
            return false;
        }
        self.walk = place;
        self.drafts = drafts;
        true
    }

    /// What was being typed at a question when it was left last.
    pub fn place_at(&self, question: &str) -> Option<&WalkPlace> {
        let mut places = self.walk.iter().chain(&self.drafts);
        places.find(|place| place.at == question)
    }

    /// Forgets what was being typed at a question; the walk stays there.
    pub fn forget_draft(&mut self, question: &str) {
        self.drafts.retain(|d| d.at != question);
        if let Some(place) = self.walk.as_mut().filter(|w| w.at == question) {
            *place = WalkPlace::new(question);
        }
    }

    /// The worker's own thanks to a customer; empty where they wrote none.
    pub fn thanks(&self, to: &ItemId) -> &str {
        let at = thanks_place(to);
        let kept = self.drafts.iter().find(|d| d.at == at);
        kept.map_or("", |d| d.draft.trim())
    }

    /// Keeps the worker's own thanks to a customer for the next message too.
    /// True when they are others than before.
    pub fn thank(&mut self, to: &ItemId, thanks: &str) -> bool {
        if self.thanks(to) == thanks.trim() {
            return false;
        }
        let at = thanks_place(to);
        self.drafts.retain(|d| d.at != at);
        if !thanks.trim().is_empty() {
            self.drafts.push(WalkPlace {
                draft: thanks.trim().to_owned(),
                ..WalkPlace::new(at)
            });
        }
        true
    }

    /// A basis that was kept, unless whom it names has gone meanwhile.
    pub fn still_stands(&self, standing: &Standing) -> bool {
        let is_here = |id: &ItemId| self.customer(id).is_some();
        standing.by.iter().chain(&standing.ask).all(is_here)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture;

    fn typed(at: &str, draft: &str) -> WalkPlace {
        WalkPlace {
            draft: draft.to_owned(),
            ..WalkPlace::new(at)
        }
    }

    #[test]
    fn what_was_typed_at_a_question_waits_until_the_walk_is_back() {
        let mut brief = fixture::superreport();
        brief.walk = Some(typed("purpose", "to pay"));
        assert!(brief.keep_place(Some(WalkPlace::new("out"))));
        assert_eq!(brief.drafts, [typed("purpose", "to pay")]);
        let back = brief.place_at("purpose").cloned();
        assert!(brief.keep_place(back));
        assert_eq!(brief.walk, Some(typed("purpose", "to pay")));
        assert!(brief.drafts.is_empty());
    }

    #[test]
    fn a_basis_alone_is_kept_too() {
        let mut brief = fixture::superreport();
        brief.walk = Some(WalkPlace {
            standing: Some(Standing::not_needed("")),
            ..WalkPlace::new("purpose")
        });
        brief.keep_place(None);
        assert_eq!(brief.drafts.len(), 1);
    }
}
