//! Sign-offs: who said yes to which version, and what of it still holds.
//!
//! Nothing here trusts a stored flag. A sign-off counts only as far as its
//! stored text fits its code, is about this brief, and equals today's text.
//! Who it names must still be among the customers.

mod by_section;

pub use by_section::{Holding, SectionYes, by_section};

use super::agreement::Lines;
pub use super::code_in::{beside_code, code_in, code_like, other_code};
use super::evidence::{self, Doubt, Evidence, Key};
use super::{
    Agreement, Basis, Brief, Code, Difference, Event, EventKind, Grade, ItemId, Moment, Section,
};

/// A customer's yes, read from an event and compared with the brief of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    pub event: String,
    pub by: ItemId,
    pub at: Moment,
    pub via: String,
    pub words: String,
    pub code: String,
    /// The grade that counts, which may be less than the file claims.
    pub grade: Grade,
    /// Why it is less.
    pub doubt: Option<Doubt>,
    /// The key of the stored signature.
    pub key: Option<Key>,
    /// The sections that were agreed to.
    pub covers: Vec<Section>,
    /// What has changed since in those sections.
    pub changed: Vec<Difference>,
    /// What is worded differently since, as the worker calls it: the yes
    /// stands, and whoever gave it is shown the difference.
    pub reworded: Vec<Difference>,
    /// Why it does not count at all, if it does not.
    pub invalid: Option<Invalid>,
}

/// Why a recorded sign-off does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    #[error("its stored text does not match its code")]
    TextChanged,
    #[error("it belongs to another brief")]
    OtherBrief,
    #[error("it names nobody among the customers of this brief")]
    Nobody,
}

impl SignOff {
    /// The sections that were agreed to and still stand as they were.
    pub fn holds(&self) -> Vec<Section> {
        if self.invalid.is_some() {
            return Vec::new();
        }
        self.covers
            .iter()
            .filter(|s| !self.changed.iter().any(|d| d.section == **s))
            .cloned()
            .collect()
    }
}

/// All sign-offs that were not undone, oldest first.
pub fn sign_offs(brief: &Brief) -> Vec<SignOff> {
    let mut signed = brief.effective_events();
    signed.retain(|e| e.kind == EventKind::Signed);
    if signed.is_empty() {
        // Most briefs of a desk; the text of today takes a while to make.
        return Vec::new();
    }
    let today = Agreement::of(brief);
    signed
        .into_iter()
        .map(|event| read(brief, event, &today))
        .collect()
}

fn read(brief: &Brief, event: &Event, today: &Agreement) -> SignOff {
    let covers = if event.covers.is_empty() {
        Section::ALL.to_vec()
    } else {
        event.covers.clone()
    };
    let stored = Agreement::parse(&event.agreed);
    let named = event.by.clone().filter(|by| brief.customer(by).is_some());
    let invalid = match is_valid(brief, event, stored.as_ref()) {
        Err(invalid) => Some(invalid),
        Ok(()) if named.is_none() => Some(Invalid::Nobody),
        Ok(()) => None,
    };
    let Evidence { grade, doubt, key } = evidence::of(event);
    let mut changed = stored.map_or_else(Vec::new, |text| text.differences(today));
    changed.retain(|d| covers.contains(&d.section));
    let (reworded, changed) = changed
        .into_iter()
        .partition(|d| is_rewording(brief, event, today, &d.section));
    SignOff {
        event: event.id.clone(),
        by: event
            .by
            .clone()
            .unwrap_or_else(|| ItemId::for_text("nobody", [])),
        at: event.at,
        via: event.via.clone(),
        words: event.words.clone(),
        code: event.code.clone(),
        grade,
        doubt,
        key,
        covers,
        changed,
        reworded,
        invalid,
    }
}

/// The text that was agreed to or signed in an event, if it is about this brief
/// and is the one that its code is about.
pub fn stored_text(brief: &Brief, event: &Event) -> Result<Agreement, Invalid> {
    let text = Agreement::parse(&event.agreed);
    is_valid(brief, event, text.as_ref())?;
    text.ok_or(Invalid::TextChanged)
}

/// Whether what was read of the text of an event is about this brief, and is the
/// one that its code is about.
fn is_valid(brief: &Brief, event: &Event, text: Option<&Agreement>) -> Result<(), Invalid> {
    match text {
        Some(text) if !is_unchanged(text, event) => Err(Invalid::TextChanged),
        None => Err(Invalid::TextChanged),
        Some(text) if !text.is_about(&brief.id) => Err(Invalid::OtherBrief),
        Some(_) => Ok(()),
    }
}

/// Whether the worker called the change of a section since a yes a rewording.
/// That holds for the text of then only, so the next change is judged anew.
fn is_rewording(brief: &Brief, yes: &Event, today: &Agreement, section: &Section) -> bool {
    let after = brief.events.iter().skip_while(|e| e.id != yes.id);
    let counts = brief.effective_events();
    let called = after.filter(|e| {
        matches!(e.kind, EventKind::Reworded | EventKind::Amended)
            && e.covers.contains(section)
            && counts.iter().any(|c| c.id == e.id)
    });
    let last = called.last();
    last.filter(|e| e.kind == EventKind::Reworded)
        .and_then(|e| Agreement::parse(&e.agreed).filter(|text| is_unchanged(text, e)))
        .is_some_and(|text| text.lines(section) == today.lines(section))
}

/// Whether a stored text is the one that its event's code is about.
fn is_unchanged(text: &Agreement, event: &Event) -> bool {
    Code::parse(&event.code) == Ok(text.code())
}

/// The sections that wait for a customer's yes: nothing of theirs covers them
/// as they stand.
pub fn open_for(brief: &Brief, by: &ItemId) -> Vec<Section> {
    let theirs: Vec<SignOff> = sign_offs(brief)
        .into_iter()
        .filter(|s| &s.by == by)
        .collect();
    // The newest yes to a section decides, as in [`section_states`].
    let holds = |section: &Section| {
        let newest = theirs
            .iter()
            .rfind(|s| s.invalid.is_none() && s.covers.contains(section));
        newest.is_some_and(|s| s.holds().contains(section))
    };
    let all = Section::ALL.iter();
    all.filter(|section| !holds(section)).cloned().collect()
}

/// How a section stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SectionState {
    /// Nobody has said yes to it.
    Open,
    /// These customers have, and it has not changed since.
    Agreed(Vec<ItemId>),
    /// It has changed since these customers said yes.
    Lapsed(Vec<ItemId>),
}

/// How each section stands today, in the order of [`Section::ALL`].
///
/// A customer's newest sign-off of a section decides for that customer. One
/// customer who agreed to today's text is enough for `Agreed`.
pub fn section_states(brief: &Brief) -> Vec<(Section, SectionState)> {
    let sign_offs = sign_offs(brief);
    Section::ALL
        .iter()
        .map(|section| {
            let mut agreed: Vec<ItemId> = Vec::new();
            let mut lapsed: Vec<ItemId> = Vec::new();
            for s in sign_offs.iter().rev() {
                let seen = agreed.contains(&s.by) || lapsed.contains(&s.by);
                if seen || s.invalid.is_some() || !s.covers.contains(section) {
                    continue;
                }
                if s.holds().contains(section) {
                    agreed.push(s.by.clone());
                } else {
                    lapsed.push(s.by.clone());
                }
            }
            let state = if !agreed.is_empty() {
                SectionState::Agreed(agreed)
            } else if !lapsed.is_empty() {
                SectionState::Lapsed(lapsed)
            } else {
                SectionState::Open
            };
            (section.clone(), state)
        })
        .collect()
}

/// What an answer counts for today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth<'a> {
    /// No yes covers it: it is worth its own basis.
    Own(&'a Basis),
    /// A guess that somebody said yes to, and that has not changed since.
    Agreed,
    /// A guess whose section changed since somebody's yes.
    Lapsed,
}

impl<'a> Worth<'a> {
    /// What an answer in a section counts for; `states` are the
    /// [`section_states`] of its brief. What was told, or is not needed, needs
    /// no yes to count.
    pub fn of(
        basis: &'a Basis,
        section: Option<&Section>,
        states: &[(Section, SectionState)],
    ) -> Self {
        if !matches!(basis, Basis::Guess | Basis::Asked) {
            return Self::Own(basis);
        }
        let state = states.iter().find(|(s, _)| Some(s) == section);
        match state {
            Some((_, SectionState::Agreed(_))) => Self::Agreed,
            Some((_, SectionState::Lapsed(_))) => Self::Lapsed,
            Some((_, SectionState::Open)) | None => Self::Own(basis),
        }
    }
}

/// How many answers, needs and chosen readings are guesses that no yes covers.
pub fn open_guesses(brief: &Brief) -> usize {
    guesses(brief).len()
}

/// The texts of the chosen reading, the needs and the answers that are guesses
/// and that no yes covers. An answer without a text stands as its question.
pub fn guesses(brief: &Brief) -> Vec<&str> {
    let states = section_states(brief);
    let is_guess = |basis: &Basis, section: Option<&Section>| {
        *basis == Basis::Guess && !matches!(Worth::of(basis, section, &states), Worth::Agreed)
    };
    let readings = brief.readings.iter().filter(|r| r.chosen);
    let answers = brief.answers.iter();
    let readings = readings
        .filter(|r| is_guess(&r.standing.basis, Some(&Section::Want)))
        .map(|r| r.text.as_str());
    let needs = brief
        .needs
        .iter()
        .filter(|n| is_guess(&n.standing.basis, Some(&Section::Needs)))
        .map(|n| n.text.as_str());
    let answers = answers
        .filter(|(_, a)| a.is_given() && is_guess(&a.standing.basis, a.section.as_ref()))
        .map(|(id, a)| match (a.text.trim(), a.question.trim()) {
            ("", "") => id,
            ("", question) => question,
            (text, _) => text,
        });
    readings.chain(needs).chain(answers).collect()
}

/// The sections that changed since somebody's yes; not empty means *amended*.
pub fn lapsed(brief: &Brief) -> Vec<Section> {
    section_states(brief)
        .into_iter()
        .filter(|(_, state)| matches!(state, SectionState::Lapsed(_)))
        .map(|(section, _)| section)
        .collect()
}

/// Whether anything [`lapsed`].
pub fn is_amended(brief: &Brief) -> bool {
    let mut signed = brief.events.iter().filter(|e| e.kind == EventKind::Signed);
    if signed.clone().next().is_none() {
        return false;
    }
    // A yes to the text of today stands, or it never counted: neither lapses, and
    // neither needs its code looked at.
    let today = Lines::of(brief);
    !signed.all(|event| today.reads_as(&event.agreed)) && !lapsed(brief).is_empty()
}

/// Whether the need (want, needs, scope) is agreed.
pub fn need_agreed(brief: &Brief) -> bool {
    agreed(brief, &[Section::Want, Section::Needs, Section::Scope])
}

/// Whether the solution (solution, dates) is agreed.
pub fn solution_agreed(brief: &Brief) -> bool {
    agreed(brief, &[Section::Solution, Section::Dates])
}

fn agreed(brief: &Brief, sections: &[Section]) -> bool {
    section_states(brief)
        .iter()
        .filter(|(section, _)| sections.contains(section))
        .all(|(_, state)| matches!(state, SectionState::Agreed(_)))
}

/// A version of the agreement that somebody has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1, in the order in which they were first recorded.
    pub number: usize,
    pub code: String,
    pub agreement: Agreement,
}

/// The versions that were shared, exported or signed, oldest first.
pub fn versions(brief: &Brief) -> Vec<Version> {
    let mut versions: Vec<Version> = Vec::new();
    for event in &brief.events {
        let Some(agreement) = Agreement::parse(&event.agreed) else {
            continue;
        };
        let code = agreement.code().to_string();
        if agreement.is_about(&brief.id) && !versions.iter().any(|v| v.code == code) {
            versions.push(Version {
                number: versions.len() + 1,
                code,
                agreement,
            });
        }
    }
    versions
}

/// Why a code cannot sign the brief of today.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WrongCode {
    #[error(transparent)]
    Unreadable(#[from] super::code::CodeError),
    #[error("{code} is the code of version {number}, and the brief has changed since")]
    Old {
        code: Code,
        number: usize,
        changed: Vec<Difference>,
    },
    #[error("{0} is not a code of this brief")]
    Foreign(Code),
}

/// Checks that a typed code is the code of the brief as it stands.
pub fn check_code(brief: &Brief, typed: &str) -> Result<Code, WrongCode> {
    let code = Code::parse(typed)?;
    let today = Agreement::of(brief);
    if today.code() == code {
        return Ok(code);
    }
    match versions(brief)
        .into_iter()
        .find(|v| v.code == code.to_string())
    {
        Some(old) => Err(WrongCode::Old {
            code,
            number: old.number,
            changed: old.agreement.differences(&today),
        }),
        None => Err(WrongCode::Foreign(code)),
    }
}

#[cfg(test)]
mod tests;
