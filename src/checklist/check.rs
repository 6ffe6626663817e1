//! Checks that need more than one question: ids, order, conditions, and what
//! every checklist must ask so that the work can ever start.

use std::ops::Range;

use super::fields::{At, short};
use super::kind::{Kind, Place};
use super::problem::{Problems, did_you_mean};
use super::{Choice, Condition, Question, Test};
use crate::domain::check_in::Phase;
use crate::domain::{Origin, Section};

/// Names of what starting depends on (`domain::readiness::Requirement`): a
/// question of that name would share its waiver.
const RESERVED: [&str; 3] = ["customer", "agreement", "solution"];

/// What starting depends on, with the kind of the question that asks for it.
const ALWAYS: [(&str, &str); 4] = [
    ("customers", "who it is for"),
    ("purpose", "the purpose"),
    ("needs", "the needs"),
    ("rank", "the order of the needs"),
];

/// A question as it was read; what could not be read is `None`.
pub(super) struct Draft {
    pub at: Range<usize>,
    pub id: Option<At<String>>,
    pub kind: Option<At<Kind>>,
    pub ask: Option<At<String>>,
    pub why: Option<At<String>>,
    pub put: Option<At<String>>,
    pub example: Option<At<String>>,
    pub advice: Option<At<String>>,
    pub choices: Vec<Choice>,
    pub needed: bool,
    pub section: Option<At<Section>>,
    pub when: Vec<DraftCondition>,
    pub phase: Option<At<Phase>>,
}

/// A condition as it was read.
pub(super) struct DraftCondition {
    pub question: At<String>,
    pub test: At<Test>,
}

impl Draft {
    fn id(&self) -> &str {
        self.id.as_ref().map_or("", |id| id.value.as_str())
    }

    fn kind(&self) -> Option<Kind> {
        self.kind.as_ref().map(|k| k.value)
    }

    /// The question, when all its parts are there.
    pub fn into_question(self) -> Option<Question> {
        let id = self.id?.value;
        let text = |field: Option<At<String>>| field.map_or_else(String::new, |f| f.value);
        Some(Question {
            section: Place::of(&id).map_or_else(
                || self.section.map(|s| s.value),
                |place| place.section.clone(),
            ),
            id,
            ask: self.ask?.value,
            why: self.why?.value,
            example: text(self.example),
            put: self.put?.value,
            advice: text(self.advice),
            kind: self.kind?.value,
            choices: self.choices,
            needed: self.needed,
            phase: self.phase.map(|p| p.value).unwrap_or_default(),
            when: self
                .when
                .into_iter()
                .map(|c| Condition {
                    question: c.question.value,
                    test: c.test.value,
                })
                .collect(),
        })
    }
}

/// All checks of the questions together. `top` is the place for what is
/// missing from the file.
pub(super) fn all(drafts: &[Draft], top: Range<usize>, problems: &mut Problems) {
    for (at, draft) in drafts.iter().enumerate() {
        let (earlier, later) = drafts.split_at(at);
        id(draft, earlier, problems);
        place(draft, problems);
        for condition in &draft.when {
            check_condition(condition, earlier, later, problems);
        }
        if let Some(phase) = &draft.phase {
            problems.add(
                phase.at.clone(),
                "only the check-in has phases",
                "take `phase` out",
            );
        }
        if draft.id() == "rank" && !earlier.iter().any(|d| d.id() == "needs") {
            problems.add_missing(
                draft.at.clone(),
                "`rank` puts the needs in order, and no question before it asks for them",
                "put a question with id `needs` before it",
            );
        }
    }
    if !drafts.is_empty() {
        always_asked(drafts, top, problems);
    }
}

/// All checks of the questions of a check-in, which is answered by yes, no and
/// a few words.
pub(super) fn check_in(drafts: &[Draft], problems: &mut Problems) {
    for (at, draft) in drafts.iter().enumerate() {
        let (earlier, later) = drafts.split_at(at);
        id(draft, earlier, problems);
        for condition in &draft.when {
            check_condition(condition, earlier, later, problems);
        }
        let kind = draft.kind.as_ref();
        if let Some(kind) = kind.filter(|k| !matches!(k.value, Kind::YesNo | Kind::Text)) {
            problems.add(
                kind.at.clone(),
                "a check-in asks for yes or no, or for a text",
                "write kind = \"yes_no\" or kind = \"text\"",
            );
        }
        if let Some(section) = &draft.section {
            problems.add(
                section.at.clone(),
                "nothing of a check-in gets signed",
                "take `section` out",
            );
        }
    }
}

fn id(draft: &Draft, earlier: &[Draft], problems: &mut Problems) {
    let Some(id) = &draft.id else { return };
    if earlier.iter().any(|d| d.id() == id.value) {
        problems.add(
            id.at.clone(),
            format!("there is a question `{}` already", id.value),
            "each id is used once: the answer is kept under it",
        );
    } else if RESERVED.contains(&id.value.as_str()) {
        problems.add(
            id.at.clone(),
            format!("`{}` is the name of a check before starting", id.value),
            "choose another id",
        );
    }
}

/// An answer with a fixed place has its kind and section.
fn place(draft: &Draft, problems: &mut Problems) {
    let (Some(id), Some(kind)) = (&draft.id, &draft.kind) else {
        return;
    };
    let Some(place) = Place::of(&id.value) else {
        if let Some(place) = Place::only_for(kind.value) {
            problems.add(
                id.at.clone(),
                format!(
                    "a question of kind `{}` has the id `{}`",
                    kind.value.word(),
                    place.id
                ),
                "the answer has one fixed place in the brief",
            );
        }
        return;
    };
    if place.kind != kind.value {
        problems.add(
            kind.at.clone(),
            format!(
                "the question `{}` is of kind `{}`",
                place.id,
                place.kind.word()
            ),
            "its answer has a fixed place in the brief",
        );
    }
    if let Some(section) = &draft.section
        && place.section.as_ref() != Some(&section.value)
    {
        let (what, hint) = match &place.section {
            Some(right) => (
                format!(
                    "the question `{}` belongs to the section `{right}`",
                    place.id
                ),
                format!("write section = \"{right}\", or leave it out"),
            ),
            None => (
                format!(
                    "the question `{}` is not part of what gets signed",
                    place.id
                ),
                "leave `section` out".to_owned(),
            ),
        };
        problems.add(section.at.clone(), what, hint);
    }
    if place.id == "origin" {
        for choice in &draft.choices {
            if !Origin::from_word(&choice.value).is_known() {
                problems.add(
                    kind.at.clone(),
                    format!("`origin` has no choice `{}`", choice.value),
                    format!("its choices are {}", Origin::WORDS.join(", ")),
                );
            }
        }
    }
}

fn check_condition(
    condition: &DraftCondition,
    earlier: &[Draft],
    later: &[Draft],
    problems: &mut Problems,
) {
    let id = &condition.question;
    let Some(on) = earlier.iter().find(|d| d.id() == id.value) else {
        // `later` begins with the question that the condition belongs to.
        let place = later.iter().position(|d| d.id() == id.value);
        if let Some(place) = place {
            problems.add(
                id.at.clone(),
                if place == 0 {
                    format!("`{}` cannot look at itself", short(&id.value))
                } else {
                    format!("the question `{}` comes later", short(&id.value))
                },
                "a condition looks at earlier questions only",
            );
        } else {
            problems.add_missing(
                id.at.clone(),
                format!("there is no question `{}`", short(&id.value)),
                did_you_mean(&id.value, earlier.iter().map(Draft::id)),
            );
        }
        return;
    };
    let Some(kind) = on.kind() else { return };
    let at = condition.test.at.clone();
    match &condition.test.value {
        Test::Is(value) | Test::IsNot(value) => {
            if !kind.is_choice() {
                problems.add(
                    at,
                    format!("`{}` has no choices to compare with", id.value),
                    "ask whether it is answered: answered = true",
                );
            } else if !on.choices.is_empty() && !on.choices.iter().any(|c| &c.value == value) {
                let values: Vec<&str> = on.choices.iter().map(|c| c.value.as_str()).collect();
                let near = did_you_mean(value, values.iter().copied());
                let hint = if near.is_empty() {
                    format!("its choices are {}", values.join(", "))
                } else {
                    near
                };
                problems.add(
                    at,
                    format!("`{}` has no choice `{}`", id.value, short(value)),
                    hint,
                );
            }
        }
        Test::MoreThan(_) if !kind.is_list() => problems.add(
            at,
            format!("`{}` is no list that could be counted", id.value),
            "ask whether it is answered: answered = true",
        ),
        Test::MoreThan(_) | Test::Answered(_) => {}
    }
}

/// Starting depends on these answers, so every checklist asks for them, the
/// customers first.
fn always_asked(drafts: &[Draft], top: Range<usize>, problems: &mut Problems) {
    for (id, what) in ALWAYS {
        let Some(draft) = drafts.iter().find(|d| d.id() == id) else {
            problems.add_missing(
                top.clone(),
                format!("no question asks for {what}, and the work cannot start without"),
                format!("add a question with id `{id}`"),
            );
            continue;
        };
        // One need has its order by itself.
        let may_be_left_out = |c: &DraftCondition| {
            id == "rank"
                && c.question.value == "needs"
                && matches!(c.test.value, Test::MoreThan(0 | 1))
        };
        if let Some(condition) = draft.when.iter().find(|c| !may_be_left_out(c)) {
            problems.add(
                condition.question.at.clone(),
                format!("`{id}` must always be asked: the work cannot start without"),
                if id == "rank" {
                    "at most when = { question = \"needs\", more_than = 1 }"
                } else {
                    "take its `when` out"
                },
            );
        }
    }
    if let Some(first) = drafts.first()
        && first.id.is_some()
        && first.id() != "customers"
        && drafts.iter().any(|d| d.id() == "customers")
    {
        problems.add(
            first.at.clone(),
            "the first question must be `customers`: who is this for?",
            "everything else depends on it, so move it to the top",
        );
    }
}
