//! Check your answers: every answer with how it stands, what is worth a second
//! look, what is open, and what stands between here and starting.

use super::answering::text_of;
use super::items::ListKind;
use super::{Checklist, Kind, Question};
use crate::domain::readiness::Requirement;
use crate::domain::sign_off::{self, Worth};
use crate::domain::{
    Basis, Brief, conflict, coverage, evidence, questions, readiness, reply, wording,
};

/// One line of the review that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The question that Enter opens.
    pub question: String,
    pub label: String,
    /// The answer, a line for each item.
    pub answer: Vec<(State, String)>,
    pub group: Group,
    /// The conflict of the brief that Enter offers to decide.
    pub conflict: Option<usize>,
}

/// The part of the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Changed in two ways: one has to be chosen.
    Conflicts,
    /// What they wrote that is not in the brief yet.
    Said,
    Blockers,
    /// Who agreed to which section.
    Agreed,
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
    /// Worded differently since somebody's yes, which stands.
    Reworded,
    /// Nobody has said yes to it.
    Open,
    /// "I don't know", to be asked.
    Unknown,
    /// Not answered.
    Gap,
    /// In the way of starting, or waived.
    Blocker,
    /// Changed in two ways.
    Undecided,
    Waived,
    /// A customer objects, or wrote something besides.
    Objects,
    Wrote,
    /// A reading that is not the one to go by.
    Aside,
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
            Self::Reworded => ("~", "reworded"),
            Self::Open => ("\u{25cb}", "open"),
            Self::Unknown => ("?", "to ask"),
            Self::Gap => ("○", "gap"),
            Self::Blocker => ("!", "stops"),
            Self::Undecided => ("\u{2260}", "choose"),
            Self::Waived => ("-", "waived"),
            Self::Objects => ("!", "objects"),
            Self::Wrote => ("\u{201c}", "wrote"),
            Self::Aside => ("-", "set aside"),
            Self::Plain => (" ", ""),
        }
    }
}

/// All rows, in the order of the groups: what they wrote and nobody came back
/// to, what blocks starting, the answers,
/// gaps, open questions. Without a checklist there are no answers to list.
pub fn rows(brief: &Brief, checklist: Option<&Checklist>) -> Vec<Row> {
    let needed = checklist.map(|c| c.needed(brief)).unwrap_or_default();
    let conflicts = brief.conflicts.iter().enumerate().map(|(at, c)| Row {
        question: conflict::question(&c.place).to_owned(),
        label: c.place.clone(),
        answer: vec![(State::Undecided, conflict::sentence(brief, c))],
        group: Group::Conflicts,
        conflict: Some(at),
    });
    let blockers = readiness::blockers(brief, &needed).into_iter();
    let blockers = blockers.filter(|b| !matches!(b.requirement, Requirement::Decided(_)));
    let blockers = blockers.map(|b| {
        let (state, text) = match b.waived {
            Some(why) => (State::Waived, format!("{} (waived: {why})", b.reason)),
            None => (State::Blocker, b.reason),
        };
        Row {
            question: b.question.unwrap_or_default(),
            label: b.requirement.key().to_owned(),
            answer: vec![(state, text)],
            group: Group::Blockers,
            conflict: None,
        }
    });
    let asked = checklist.map(|c| c.asked_of(brief)).unwrap_or_default();
    let answers = asked.into_iter().map(|question| Row {
        question: question.id.clone(),
        label: question.ask.clone(),
        answer: answer(brief, question),
        group: Group::Answers,
        conflict: None,
    });
    let gaps = coverage::gaps(brief).into_iter().map(|gap| Row {
        question: wording::gap_question(&gap).to_owned(),
        label: String::new(),
        answer: vec![(State::Gap, wording::gap(brief, &gap))],
        group: Group::Gaps,
        conflict: None,
    });
    let open = questions::open_questions(brief).into_iter().map(|open| {
        let state = if open.asked.is_some() {
            State::Basis(Basis::Asked)
        } else {
            State::Unknown
        };
        Row {
            label: brief.name_of(&open.to).to_owned(),
            answer: vec![(state, wording::open_question(brief, &open))],
            question: open.question,
            group: Group::Open,
            conflict: None,
        }
    });
    let said = reply::unanswered(brief).into_iter().flat_map(|said| {
        let name = brief.name_of(said.by).to_owned();
        let on = wording::short_day(brief, said.on);
        let objection = Some(said.objection).filter(|words| !words.is_empty());
        let objection = objection.map(|words| (State::Objects, words));
        let remarks = said
            .remarks
            .iter()
            .map(|words| (State::Wrote, words.as_str()));
        let row = move |(state, words): (State, &str)| Row {
            question: String::new(),
            label: name.clone(),
            answer: vec![(
                state,
                format!("{name}, {on}: \u{201c}{}\u{201d}", words.trim()),
            )],
            group: Group::Said,
            conflict: None,
        };
        objection
            .into_iter()
            .chain(remarks)
            .map(row)
            .collect::<Vec<_>>()
    });
    let agreed = agreed(brief);
    let rest = answers.chain(gaps).chain(open);
    let first = conflicts.chain(said).chain(blockers);
    first.chain(agreed).chain(rest).collect()
}

/// A row for each section, or one for all, once anybody has said yes, and one for the worker's
/// signature.
fn agreed(brief: &Brief) -> Vec<Row> {
    let row = |mark: char, text: String| Row {
        question: String::new(),
        label: String::new(),
        answer: vec![(
            match mark {
                '\u{2713}' => State::Agreed,
                '~' => State::Reworded,
                '\u{25cb}' => State::Open,
                _ => State::Changed,
            },
            text,
        )],
        group: Group::Agreed,
        conflict: None,
    };
    let lines = wording::sections(brief).into_iter();
    let mut rows: Vec<Row> = lines.map(|(mark, text)| row(mark, text)).collect();
    if let Some(own) = evidence::countersigned(brief).last() {
        let (mark, text) = wording::countersigned(own);
        rows.push(row(mark, text));
    }
    rows
}

/// The answer to a question, with how each part of it stands: what was said yes
/// to is no guess any more, until it changes.
pub fn answer(brief: &Brief, question: &Question) -> Vec<(State, String)> {
    let mut answer = own_answer(brief, question);
    let states = sign_off::section_states(brief);
    for (state, _) in &mut answer {
        if let State::Basis(basis) = state {
            *state = match Worth::of(basis, question.section.as_ref(), &states) {
                Worth::Own(_) => continue,
                Worth::Agreed => State::Agreed,
                Worth::Lapsed => State::Changed,
            };
        }
    }
    answer
}

fn own_answer(brief: &Brief, question: &Question) -> Vec<(State, String)> {
    let entry = brief.answers.get(&question.id);
    let basis = match entry {
        Some(answer) => answer.standing.basis.clone(),
        // Written by hand: the order is somebody's own.
        None if question.kind == Kind::Rank && !brief.rankings.is_empty() => Basis::Told,
        None => Basis::Guess,
    };
    if let Some(answer) = entry {
        // Left out without a reason is not answered.
        if basis == Basis::NotNeeded && answer.is_given() {
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
        let is_aside = rows.iter().any(|row| row.chosen);
        if !rows.is_empty() {
            return rows
                .into_iter()
                .enumerate()
                .map(|(at, row)| {
                    let state = match &row.standing {
                        _ if is_aside && !row.chosen => State::Aside,
                        Some(standing) => State::Basis(standing.basis.clone()),
                        None => State::Basis(basis.clone()),
                    };
                    (state, format!("{} {}", at + 1, row.text))
                })
                .collect();
        }
        return vec![(State::Gap, String::new())];
    }
    if question.kind == Kind::Rank {
        if !readiness::is_ranked(brief) {
            return vec![(State::Gap, String::new())];
        }
        let order: Vec<String> = brief
            .needs
            .iter()
            .zip(brief.ranks())
            .map(|(need, rank)| format!("{rank} {}", need.text))
            .collect();
        return order
            .into_iter()
            .map(|need| (State::Basis(basis.clone()), need))
            .collect();
    }
    let text = text_of(brief, &question.id);
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
