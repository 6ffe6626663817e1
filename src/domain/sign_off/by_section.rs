//! Each section for itself: who agreed to it, by which grade, and what became
//! of that since.

use super::{SignOff, sign_offs};
use crate::domain::{Brief, Difference, Grade, ItemId, Moment, Section};

/// A customer's yes to one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionYes {
    pub by: ItemId,
    /// The event of the newest yes, which decides.
    pub event: String,
    pub at: Moment,
    pub code: String,
    /// The most that is on record for it as it stands: a word in passing does
    /// not lessen a signature that holds.
    pub grade: Grade,
    pub holding: Holding,
}

/// What became of a yes to a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holding {
    /// It stands word for word.
    AsAgreed,
    /// It is worded differently since; the worker says that it means the same.
    Reworded(Difference),
    /// It changed since and waits for another yes.
    Lapsed(Difference),
}

impl Holding {
    /// The word for JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::AsAgreed => "agreed",
            Self::Reworded(_) => "reworded",
            Self::Lapsed(_) => "lapsed",
        }
    }

    /// What is different now.
    pub fn difference(&self) -> Option<&Difference> {
        match self {
            Self::AsAgreed => None,
            Self::Reworded(difference) | Self::Lapsed(difference) => Some(difference),
        }
    }
}

/// Every section, in order, with the newest yes of each customer to it; the
/// oldest of these first.
pub fn by_section(brief: &Brief) -> Vec<(Section, Vec<SectionYes>)> {
    let sign_offs: Vec<SignOff> = sign_offs(brief)
        .into_iter()
        .filter(|s| s.invalid.is_none())
        .collect();
    let all = Section::ALL.iter();
    all.map(|section| (section.clone(), yeses(&sign_offs, section)))
        .collect()
}

fn yeses(sign_offs: &[SignOff], section: &Section) -> Vec<SectionYes> {
    let mut yeses: Vec<SectionYes> = Vec::new();
    for s in sign_offs.iter().rev() {
        if !s.covers.contains(section) {
            continue;
        }
        let holding = holding(s, section);
        match yeses.iter_mut().find(|yes| yes.by == s.by) {
            None => yeses.push(SectionYes {
                by: s.by.clone(),
                event: s.event.clone(),
                at: s.at,
                code: s.code.clone(),
                grade: s.grade.clone(),
                holding,
            }),
            Some(newer) => {
                let stands = |holding: &Holding| *holding == Holding::AsAgreed;
                if stands(&newer.holding)
                    && stands(&holding)
                    && s.grade.weight() > newer.grade.weight()
                {
                    newer.grade = s.grade.clone();
                }
            }
        }
    }
    yeses.reverse();
    yeses
}

fn holding(yes: &SignOff, section: &Section) -> Holding {
    let of = |list: &[Difference]| list.iter().find(|d| d.section == *section).cloned();
    match (of(&yes.changed), of(&yes.reworded)) {
        (Some(difference), _) => Holding::Lapsed(difference),
        (None, Some(difference)) => Holding::Reworded(difference),
        (None, None) => Holding::AsAgreed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::action::{self, Call, Said};
    use crate::domain::fixture::{apply, at, code, id, signed};
    use crate::domain::{Change, ListEdit};

    fn states(brief: &Brief) -> Vec<(&'static str, Grade)> {
        by_section(brief)
            .into_iter()
            .map(|(_, yeses)| (yeses[0].holding.word(), yeses[0].grade.clone()))
            .collect()
    }

    #[test]
    fn each_section_lapses_for_itself_and_a_rewording_is_told_as_one() {
        let mut brief = signed();
        let mut need = brief.needs[0].clone();
        need.text.push_str(", in percent");
        let change = Change::Need(ListEdit::Replace { at: 0, item: need });
        apply(&mut brief, change);
        let out = vec!["Nothing".to_owned()];
        apply(&mut brief, Change::Out(ListEdit::Set { items: out }));
        let when = at("2026-02-06T10:00:00+01:00");
        let change = action::call_change(&brief, &[Section::Scope], Call::Rewording, "", "r", when);
        apply(&mut brief, change);
        let words: Vec<_> = states(&brief).into_iter().map(|(word, _)| word).collect();
        assert_eq!(words, ["agreed", "lapsed", "reworded", "agreed", "agreed"]);
    }

    #[test]
    fn a_later_word_does_not_lessen_what_is_on_record() {
        let mut brief = signed();
        let said = Said {
            by: id("dana"),
            words: "still fine".into(),
            via: "phone".into(),
            code: code(&brief),
            covers: Vec::new(),
        };
        let change = action::sign(&brief, said, "e9", at("2026-02-06T10:00:00+01:00")).unwrap();
        apply(&mut brief, change);
        assert_eq!(sign_offs(&brief)[1].grade, Grade::Said);
        assert!(
            states(&brief)
                .iter()
                .all(|s| *s == ("agreed", Grade::Reply))
        );
    }
}
