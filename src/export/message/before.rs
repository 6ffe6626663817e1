//! What a customer said yes to before, and what waits for their yes now.

use crate::domain::sign_off::{self, SignOff};
use crate::domain::{Brief, Day, Difference, ItemId, Section};

/// Where a customer's yes stands.
pub(super) struct Before {
    /// The day of their newest yes that counts; `None` where there is none.
    pub yes: Option<Day>,
    /// What changed since, in the sections that wait for another yes.
    pub changed: Vec<Difference>,
    /// What is worded differently since; the yes stands.
    pub reworded: Vec<Difference>,
    /// The sections that wait for a yes, changed or never agreed to.
    pub open: Vec<Section>,
}

impl Before {
    pub fn new(brief: &Brief, to: &ItemId) -> Self {
        let mut theirs = sign_off::sign_offs(brief);
        theirs.retain(|s| &s.by == to && s.invalid.is_none());
        let open = sign_off::open_for(brief, to);
        let (mut changed, mut reworded) = (Vec::new(), Vec::new());
        for section in &Section::ALL {
            // The newest yes to a section decides.
            let Some(yes) = theirs.iter().rfind(|s| s.covers.contains(section)) else {
                continue;
            };
            let of = |list: &[Difference]| list.iter().find(|d| d.section == *section).cloned();
            changed.extend(of(&yes.changed).filter(|_| open.contains(section)));
            reworded.extend(of(&yes.reworded));
        }
        let newest = |s: &SignOff| s.at.date_naive();
        Self {
            yes: theirs.last().map(newest),
            changed,
            reworded,
            open,
        }
    }

    /// Whether a section waits for a yes that it never had.
    pub fn is_new(&self, section: &Section) -> bool {
        self.open.contains(section) && !self.changed.iter().any(|d| d.section == *section)
    }
}
