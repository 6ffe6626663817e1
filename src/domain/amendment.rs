//! Changes after a yes, and what the worker calls them: material, so that the
//! yes is asked for again, or a mere rewording. Whoever said yes is shown the
//! difference either way.

use super::action::{self, Call};
use super::sign_off::{Holding, by_section, sign_offs};
use super::{Brief, Change, Difference, EventKind, ItemId, Moment, Section};

/// What is different in a section since somebody's yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    pub section: Section,
    /// Whose yes, and the code of the version that they agreed to.
    pub by: ItemId,
    pub code: String,
    pub since: Moment,
    pub difference: Difference,
    /// How it counts.
    pub counts: Call,
    /// Whether the worker called it that; what nobody called anything is
    /// material.
    pub called: bool,
    /// The reason for the call; may be empty.
    pub because: String,
}

/// What changed since which yes, by section and then by the age of the yes.
pub fn amended(brief: &Brief) -> Vec<Amended> {
    let mut amended = Vec::new();
    for (section, yeses) in by_section(brief) {
        for yes in yeses {
            let (counts, difference) = match yes.holding {
                Holding::AsAgreed => continue,
                Holding::Reworded(difference) => (Call::Rewording, difference),
                Holding::Lapsed(difference) => (Call::Material, difference),
            };
            let call = last_call(brief, &yes.event, &section);
            let call = call.filter(|(kind, _)| *kind == counts);
            amended.push(Amended {
                section: section.clone(),
                by: yes.by,
                code: yes.code,
                since: yes.at,
                difference,
                counts,
                called: call.is_some(),
                because: call.map(|(_, because)| because).unwrap_or_default(),
            });
        }
    }
    amended
}

/// What was last called what about the section as it stands, since a yes.
fn last_call(brief: &Brief, yes: &str, section: &Section) -> Option<(Call, String)> {
    let events = brief.effective_events();
    let after = events.iter().skip_while(|e| e.id != yes);
    let call = after
        .filter(|e| matches!(e.kind, EventKind::Reworded | EventKind::Amended))
        .filter(|e| e.covers.contains(section))
        .last()?;
    let today = super::Agreement::of(brief);
    let text = super::sign_off::stored_text(brief, call).ok()?;
    (text.lines(section) == today.lines(section)).then(|| {
        let kind = match call.kind {
            EventKind::Reworded => Call::Rewording,
            _ => Call::Material,
        };
        (kind, call.because.clone())
    })
}

/// Why a change is not called anything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotCalled {
    #[error("nobody has said yes to {} yet, so nothing in it has changed since", .0.label())]
    NoYes(Section),
    #[error("nothing has changed in {} since the yes", .0.label())]
    Unchanged(Section),
    #[error("it counts as that already: {}", .0.label())]
    Already(Section),
    #[error("no part is named")]
    Nothing,
}

/// Records what the worker calls the changes of some sections.
///
/// # Errors
///
/// When one of them has not changed since anybody's yes, or is called that
/// already.
pub fn call(
    brief: &Brief,
    sections: &[Section],
    call: Call,
    because: &str,
    id: &str,
    at: Moment,
) -> Result<Change, NotCalled> {
    if sections.is_empty() {
        return Err(NotCalled::Nothing);
    }
    let amended = amended(brief);
    for section in sections {
        let these: Vec<&Amended> = amended.iter().filter(|a| a.section == *section).collect();
        if these.is_empty() {
            let counts =
                |s: &super::sign_off::SignOff| s.invalid.is_none() && s.covers.contains(section);
            return Err(match sign_offs(brief).iter().any(counts) {
                true => NotCalled::Unchanged(section.clone()),
                false => NotCalled::NoYes(section.clone()),
            });
        }
        if these.iter().all(|a| a.called && a.counts == call) {
            return Err(NotCalled::Already(section.clone()));
        }
    }
    Ok(action::call_change(brief, sections, call, because, id, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{self, apply, at};
    use crate::domain::{Grade, sign_off};

    fn rewording(brief: &Brief, sections: &[Section]) -> Result<Change, NotCalled> {
        let when = at("2026-02-10T10:00:00+01:00");
        call(brief, sections, Call::Rewording, "a typo", "call", when)
    }

    #[test]
    fn what_nobody_called_anything_is_material() {
        let brief = fixture::amended();
        let amended = amended(&brief);
        let sections: Vec<_> = amended.iter().map(|a| a.section.clone()).collect();
        assert_eq!(sections, [Section::Needs, Section::Dates]);
        assert!(
            amended
                .iter()
                .all(|a| a.counts == Call::Material && !a.called)
        );
    }

    #[test]
    fn a_call_holds_for_the_text_of_then_and_can_be_taken_back() {
        let mut brief = fixture::amended();
        let change = rewording(&brief, &[Section::Needs]).unwrap();
        let back = brief
            .apply(change, at("2026-02-10T10:00:00+01:00"))
            .unwrap();
        let called = &amended(&brief)[0];
        assert_eq!((called.counts, called.called), (Call::Rewording, true));
        assert_eq!(called.because, "a typo");
        assert_eq!(sign_off::lapsed(&brief), [Section::Dates]);
        assert_eq!(
            rewording(&brief, &[Section::Needs]),
            Err(NotCalled::Already(Section::Needs))
        );
        let mut later = brief.clone();
        later.needs[0].text.push_str(" or more");
        assert_eq!(amended(&later)[0].counts, Call::Material);
        assert!(!amended(&later)[0].called);
        apply(&mut brief, back);
        assert_eq!(sign_off::lapsed(&brief), [Section::Needs, Section::Dates]);
    }

    #[test]
    fn what_did_not_change_cannot_be_called_anything() {
        let brief = fixture::amended();
        assert_eq!(
            rewording(&brief, &[Section::Needs, Section::Want]),
            Err(NotCalled::Unchanged(Section::Want))
        );
        assert_eq!(rewording(&brief, &[]), Err(NotCalled::Nothing));
        assert_eq!(
            rewording(&fixture::superreport(), &[Section::Want]),
            Err(NotCalled::NoYes(Section::Want))
        );
    }

    #[test]
    fn an_edited_call_changes_nothing() {
        let mut brief = fixture::amended();
        let change = rewording(&brief, &[Section::Needs]).unwrap();
        apply(&mut brief, change);
        let event = brief.events.last_mut().unwrap();
        event.agreed = event.agreed.replace("skills", "talents");
        assert_eq!(amended(&brief)[0].counts, Call::Material);
        let yes = &sign_off::sign_offs(&brief)[0];
        assert_eq!(yes.grade, Grade::Reply);
    }
}
