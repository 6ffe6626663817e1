//! The outline of a brief as a document for everybody concerned. Private notes,
//! addresses and exports made earlier do not appear in it.

mod closing;
mod open;
mod tags;
mod want;
mod work;
mod yes;

use crate::domain::sign_off::{self, SectionState};
use crate::domain::{Brief, EventKind, Section, Stage};

pub(super) use closing::answers as closing_answers;

use super::outline::{Outline, Part, Row, many, one};

/// A brief with what follows from its sign-offs, computed once.
pub(super) struct View<'a> {
    pub brief: &'a Brief,
    pub sign_offs: Vec<sign_off::SignOff>,
    pub sections: Vec<(Section, SectionState)>,
    pub versions: Vec<sign_off::Version>,
    pub code: String,
}

impl<'a> View<'a> {
    pub fn of(brief: &'a Brief) -> Self {
        Self {
            brief,
            sign_offs: sign_off::sign_offs(brief),
            sections: sign_off::section_states(brief),
            versions: sign_off::versions(brief),
            code: crate::domain::Agreement::of(brief).code().to_string(),
        }
    }

    /// The number of the version with a code. A version that nobody has seen
    /// yet has the number that it will get, so that recording an export does
    /// not change the next one.
    pub fn version(&self, code: &str) -> Option<usize> {
        self.versions
            .iter()
            .find(|v| v.code == code)
            .map(|v| v.number)
            .or_else(|| (code == self.code).then_some(self.versions.len() + 1))
    }

    pub fn name(&self, id: &crate::domain::ItemId) -> String {
        one(self.brief.name_of(id))
    }

    pub fn names(&self, ids: &[crate::domain::ItemId]) -> Vec<String> {
        ids.iter().map(|id| self.name(id)).collect()
    }

    pub fn agreed_by(&self, section: &Section) -> Option<&[crate::domain::ItemId]> {
        self.sections.iter().find_map(|(s, state)| match state {
            SectionState::Agreed(by) if s == section => Some(by.as_slice()),
            _ => None,
        })
    }

    /// A question as the worker read it, without which its id has to do.
    pub fn question(&self, id: &str) -> String {
        let asked = self.brief.answers.get(id);
        asked
            .map(|a| [a.question.trim(), a.put.trim()])
            .and_then(|wordings| wordings.into_iter().find(|w| !w.is_empty()))
            .map_or_else(|| spoken(id), one)
    }
}

/// `must_not_lose` as `Must not lose`.
fn spoken(id: &str) -> String {
    let words = id.replace(['_', '-'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => one(&first.to_uppercase().chain(letters).collect::<String>()),
        None => words,
    }
}

/// The document of a brief.
pub(super) fn outline(brief: &Brief) -> Outline {
    let view = View::of(brief);
    let parts: Vec<Part> = [
        open::conflicts(&view),
        want::request(&view),
        want::customers(&view),
        want::meaning(&view),
        want::purpose(&view),
        work::needs(&view),
        work::solution(&view),
        work::out_of_scope(&view),
        want::goals(&view),
        work::plan(&view),
        work::other_answers(&view),
        open::assumptions(&view),
        open::questions(&view),
        open::waivers(&view),
        closing::shortcuts(&view),
        yes::agreed(&view),
        yes::changed(&view),
        yes::heard(&view),
        closing::closing(&view),
    ]
    .into_iter()
    .flatten()
    .collect();
    let title = one(&brief.title);
    Outline {
        title: if title.is_empty() {
            "A request without a title".to_owned()
        } else {
            title
        },
        status: yes::status(&view),
        facts: facts(&view),
        parts,
        closing: "The code follows from the agreed content, word for word: when that changes, \
                  the code changes. \u{201c}askfirst verify\u{201d} with this file tells whether \
                  it is as it was exported."
            .to_owned(),
    }
}

fn facts(view: &View) -> Vec<Row> {
    let brief = view.brief;
    let version = view.version(&view.code).unwrap_or(1);
    let stage = &brief.stage;
    let reached = if *stage == Stage::Agreed && !sign_off::lapsed(brief).is_empty() {
        "! agreed, amended since".to_owned()
    } else {
        one(&format!("{} {}", stage.symbol(), stage.label()))
    };
    let mut facts = vec![
        Row::new("Code", view.code.clone()),
        Row::new("Version", version.to_string()),
        Row::new("Stage", reached),
    ];
    if *stage == Stage::Dropped
        && let Some(event) = brief
            .effective_events()
            .into_iter()
            .rfind(|e| e.kind == EventKind::Dropped)
        && !event.because.trim().is_empty()
    {
        facts.push(Row::new("Dropped because", many(&event.because)));
    }
    facts
}
