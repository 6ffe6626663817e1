//! Check your answers: every answer with its basis, and what still stands
//! between here and starting.

use crate::checklist::Question;
use crate::domain::coverage::{self, Gap};
use crate::domain::sign_off::{self, SectionState};
use crate::domain::{Basis, Brief, BriefId, questions, readiness};
use crate::tui::answered;
use crate::tui::command::Command;
use crate::tui::model::{Go, Model};

use super::{Input, Screen, desk, walk::Walk};

/// The review of one brief.
#[derive(Debug)]
pub struct Review {
    pub id: BriefId,
    pub selected: usize,
}

/// One line of the review that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The question that Enter opens.
    pub question: String,
    pub label: String,
    /// The answer, a line for each item.
    pub answer: Vec<(State, String)>,
    pub group: Group,
}

/// The part of the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Blockers,
    Answers,
    Gaps,
    Open,
}

/// How an answer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Basis(Basis),
    /// Said yes to, and not changed since.
    Agreed,
    /// Belongs to a part that changed since somebody's yes.
    Changed,
    /// "I don't know", to be asked.
    Unknown,
    /// Not answered.
    Gap,
    /// In the way of starting, or waived.
    Blocker,
    Waived,
    /// A text without a basis of its own.
    Plain,
}

impl State {
    /// The mark and the word.
    pub fn label(&self) -> (&'static str, &str) {
        match self {
            Self::Basis(basis) => (basis.symbol(), basis.label()),
            Self::Agreed => ("✓", "agreed"),
            Self::Changed => ("~", "lapsed"),
            Self::Unknown => ("?", "to ask"),
            Self::Gap => ("○", "gap"),
            Self::Blocker => ("!", "stops"),
            Self::Waived => ("-", "waived"),
            Self::Plain => (" ", ""),
        }
    }
}

impl Review {
    /// The review, at its first row.
    pub fn new(id: BriefId) -> Self {
        Self { id, selected: 0 }
    }

    /// Takes an input.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        let Input::Command(command) = input else {
            return;
        };
        model.notice = None;
        let rows = rows(model, &self.id);
        let last = rows.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        let page = usize::from(model.size.1).saturating_sub(6).max(1);
        match command {
            Command::Up => self.selected = self.selected.saturating_sub(1),
            Command::Down => self.selected = (self.selected + 1).min(last),
            Command::First => self.selected = 0,
            Command::Last => self.selected = last,
            Command::Next => self.selected = (self.selected + page).min(last),
            Command::Previous if self.selected == 0 => self.back_to_walk(model),
            Command::Previous => self.selected = self.selected.saturating_sub(page),
            Command::Open => {
                let Some(row) = rows.get(self.selected) else {
                    return;
                };
                match row.question.as_str() {
                    "" => model.say("this one is mended by asking them: s writes the message"),
                    question => match Walk::open_from_review(model, &self.id, question) {
                        Some(walk) if walk.at == question => {
                            model.open(Screen::Walk(Box::new(walk)));
                        }
                        _ => model.say(
                            "this checklist does not ask that; E edits the file in your editor",
                        ),
                    },
                }
            }
            Command::Leave => model.go.push(Go::Back),
            Command::Walk => self.back_to_walk(model),
            other => desk::on_brief(model, &self.id, other),
        }
    }

    fn back_to_walk(&self, model: &mut Model) {
        let last = model
            .brief(&self.id)
            .and_then(|b| Some(model.checklist_of(b)?.asked_of(b).last()?.id.clone()));
        if let Some(walk) = Walk::open(model, &self.id, last.as_deref()) {
            model
                .go
                .push(Go::Instead(Box::new(Screen::Walk(Box::new(walk)))));
        }
    }
}

/// The rows of the review, in the order of the screen.
pub fn rows(model: &Model, id: &BriefId) -> Vec<Row> {
    let Some(brief) = model.brief(id) else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    let needed = model.needed(brief);
    let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
    for blocker in readiness::blockers(brief, &needed) {
        let (state, text) = match blocker.waived {
            Some(why) => (State::Waived, format!("{} (waived: {why})", blocker.reason)),
            None => (State::Blocker, blocker.reason),
        };
        rows.push(Row {
            question: blocker.question.unwrap_or_default(),
            label: blocker.requirement.key().to_owned(),
            answer: vec![(state, text)],
            group: Group::Blockers,
        });
    }
    if let Some(checklist) = model.checklist_of(brief) {
        for question in checklist.asked_of(brief) {
            rows.push(Row {
                question: question.id.clone(),
                label: question.ask.clone(),
                answer: answer(brief, question),
                group: Group::Answers,
            });
        }
    }
    for gap in coverage::gaps(brief) {
        let (question, text) = gap_words(brief, &gap);
        rows.push(Row {
            question: question.to_owned(),
            label: String::new(),
            answer: vec![(State::Gap, text)],
            group: Group::Gaps,
        });
    }
    for open in questions::open_questions(brief) {
        let when = open.asked.map_or_else(
            || "not sent yet".to_owned(),
            |day| format!("sent {}", day.format("%-d %b")),
        );
        rows.push(Row {
            question: open.question.clone(),
            label: brief.name_of(&open.to).to_owned(),
            answer: vec![(
                if open.asked.is_some() {
                    State::Basis(Basis::Asked)
                } else {
                    State::Unknown
                },
                format!("{}: {} ({when})", brief.name_of(&open.to), open.put),
            )],
            group: Group::Open,
        });
    }
    rows
}

/// The answer to a question, with how each part of it stands: what was said yes
/// to is no guess any more, until it changes.
pub fn answer(brief: &Brief, question: &Question) -> Vec<(State, String)> {
    let mut answer = own_answer(brief, question);
    let Some(section) = &question.section else {
        return answer;
    };
    let state = sign_off::section_states(brief)
        .into_iter()
        .find(|(s, _)| s == section)
        .map(|(_, state)| state);
    let promoted = match state {
        Some(SectionState::Agreed(_)) => State::Agreed,
        Some(SectionState::Lapsed(_)) => State::Changed,
        _ => return answer,
    };
    for (state, _) in &mut answer {
        if matches!(state, State::Basis(Basis::Guess | Basis::Asked)) {
            *state = promoted.clone();
        }
    }
    answer
}

fn own_answer(brief: &Brief, question: &Question) -> Vec<(State, String)> {
    use super::walk::lists::ListKind;
    let entry = brief.answers.get(&question.id);
    let basis = entry.map_or(Basis::Guess, |a| a.standing.basis.clone());
    if let Some(answer) = entry {
        if basis == Basis::NotNeeded {
            return vec![(State::Basis(basis), answer.standing.why.clone())];
        }
        if answer.standing.ask.is_some() && !readiness::is_answered(brief, &question.id) {
            let who = answer
                .standing
                .ask
                .as_ref()
                .map_or("", |a| brief.name_of(a));
            let state = if basis == Basis::Asked {
                State::Basis(basis)
            } else {
                State::Unknown
            };
            return vec![(state, format!("I don't know; {who} might"))];
        }
    }
    if let Some(kind) = ListKind::of(question) {
        let rows = kind.rows(brief);
        if !rows.is_empty() {
            return rows
                .into_iter()
                .enumerate()
                .map(|(at, row)| {
                    let state = match &row.standing {
                        Some(standing) => State::Basis(standing.basis.clone()),
                        None => State::Basis(basis.clone()),
                    };
                    // In front: at the end it is the first thing to be cut off.
                    let chosen = if row.chosen { "(this one) " } else { "" };
                    (state, format!("{} {chosen}{}", at + 1, row.text))
                })
                .collect();
        }
        return vec![(State::Gap, String::new())];
    }
    if question.kind == crate::checklist::Kind::Rank {
        if !readiness::is_ranked(brief) {
            return vec![(State::Gap, String::new())];
        }
        let order: Vec<String> = brief
            .needs
            .iter()
            .zip(brief.ranks())
            .map(|(need, rank)| format!("{rank} {}", crate::domain::text::fit(&need.text, 24)))
            .collect();
        return vec![(State::Basis(basis), order.join(" \u{203a} "))];
    }
    let text = super::walk::text_of(brief, &question.id);
    if text.trim().is_empty() {
        return vec![(State::Gap, String::new())];
    }
    let label = question
        .choices
        .iter()
        .find(|c| c.value == text)
        .map_or(text, |c| c.label.clone());
    let state = if question.id == "words" {
        State::Plain
    } else {
        State::Basis(basis)
    };
    vec![(state, label)]
}

/// The question that mends a gap, and the gap in words.
pub fn gap_words(brief: &Brief, gap: &Gap) -> (&'static str, String) {
    let need = |id| {
        brief
            .need(id)
            .map_or_else(String::new, |n| crate::domain::text::fit(&n.text, 40))
    };
    let part = |id| {
        brief
            .deliverables
            .iter()
            .find(|d| &d.id == id)
            .map_or_else(String::new, |d| crate::domain::text::fit(&d.text, 40))
    };
    match gap {
        Gap::PartServesNothing(id) => (
            "deliverables",
            format!(
                "\u{201c}{}\u{201d} serves no need \u{2013} would anybody miss it?",
                part(id)
            ),
        ),
        Gap::NeedUnserved(id) => (
            "deliverables",
            format!("no part serves \u{201c}{}\u{201d} yet", need(id)),
        ),
        Gap::NoAcceptance(id) => (
            "needs",
            format!(
                "how will they know that \u{201c}{}\u{201d} is met?",
                need(id)
            ),
        ),
        Gap::NeedOfNobody(id) => (
            "needs",
            format!("whose need is \u{201c}{}\u{201d}?", need(id)),
        ),
        Gap::OneReading => (
            "readings",
            "only one way to read the words was considered".to_owned(),
        ),
        Gap::NoReadingChosen => ("readings", "no reading is chosen".to_owned()),
        Gap::NoGoal => ("goals", "it serves no goal that anybody named".to_owned()),
        Gap::RankingsDiffer { people, needs } => (
            "rank",
            format!(
                "{} and {} put \u{201c}{}\u{201d} and \u{201c}{}\u{201d} in opposite orders",
                brief.name_of(&people.0),
                brief.name_of(&people.1),
                need(&needs.0),
                need(&needs.1)
            ),
        ),
    }
}

/// How many blockers are left.
pub fn open_blockers(model: &Model, id: &BriefId) -> usize {
    answered::open_blockers(model, id).len()
}
