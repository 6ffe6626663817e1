//! What stands between a brief and starting the work.

use super::{Basis, Brief, sign_off};

/// Something that starting depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    Customer,
    Purpose,
    RankedNeed,
    /// A customer's yes to the need.
    Agreement,
    /// A customer's yes to the solution.
    Solution,
    /// An answer that the checklist insists on.
    Answer(String),
}

impl Requirement {
    /// The key in `[[waiver]]`.
    pub fn key(&self) -> &str {
        match self {
            Self::Customer => "customer",
            Self::Purpose => "purpose",
            Self::RankedNeed => "ranked-need",
            Self::Agreement => "agreement",
            Self::Solution => "solution",
            Self::Answer(question) => question,
        }
    }
}

/// A requirement that is not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocker {
    pub requirement: Requirement,
    /// What is missing, in plain words.
    pub reason: String,
    /// The question of the walk that would mend it, where there is one.
    pub question: Option<String>,
    /// Why it was overruled, if it was.
    pub waived: Option<String>,
}

/// What stands between here and starting: waived blockers are in the list,
/// with their reason. `needed` are the ids of the questions that the checklist
/// of the brief insists on.
pub fn blockers(brief: &Brief, needed: &[&str]) -> Vec<Blocker> {
    let mut blockers = Vec::new();
    let mut stop = |requirement: Requirement, reason: String, question: Option<&str>| {
        let waived = brief
            .waivers
            .iter()
            .find(|w| w.what == requirement.key())
            .map(|w| w.because.clone());
        blockers.push(Blocker {
            requirement,
            reason,
            question: question.map(str::to_owned),
            waived,
        });
    };

    if brief.customers.iter().all(|c| c.name.trim().is_empty()) {
        stop(
            Requirement::Customer,
            "nobody is named as the customer".to_owned(),
            Some("customers"),
        );
    }
    if !is_answered(brief, "purpose") {
        stop(
            Requirement::Purpose,
            "the purpose is not known: which decision or next step does it feed?".to_owned(),
            Some("purpose"),
        );
    }
    if brief.needs.is_empty() {
        stop(
            Requirement::RankedNeed,
            "no need is written down".to_owned(),
            Some("needs"),
        );
    } else if !is_ranked(brief) {
        stop(
            Requirement::RankedNeed,
            "the needs are not ranked: which matters most?".to_owned(),
            Some("rank"),
        );
    }
    for question in needed {
        let known = matches!(*question, "customers" | "purpose" | "needs" | "rank");
        if !known && !is_answered(brief, question) {
            stop(
                Requirement::Answer((*question).to_owned()),
                format!("\u{201c}{question}\u{201d} is not answered"),
                Some(question),
            );
        }
    }
    let lapsed = sign_off::lapsed(brief);
    let why = |missing: &str, sections: &[super::Section]| {
        let changed: Vec<_> = lapsed
            .iter()
            .filter(|s| sections.contains(s))
            .map(super::Section::label)
            .collect();
        if changed.is_empty() {
            format!("nobody has said yes to {missing}")
        } else {
            format!("changed since the yes: {}", changed.join(", "))
        }
    };
    use super::Section::{Dates, Needs, Scope, Solution, Want};
    if !sign_off::need_agreed(brief) {
        stop(
            Requirement::Agreement,
            why("the need", &[Want, Needs, Scope]),
            None,
        );
    }
    if !sign_off::solution_agreed(brief) {
        stop(
            Requirement::Solution,
            why("the solution", &[Solution, Dates]),
            None,
        );
    }
    blockers
}

/// Whether somebody has put the needs in order; one need has its order.
pub fn is_ranked(brief: &Brief) -> bool {
    brief.needs.len() == 1
        || (brief.needs.len() > 1
            && (brief.answers.get("rank").is_some() || !brief.rankings.is_empty()))
}

/// Whether a question has an answer, wherever in the brief it is kept. An "I
/// don't know" is none.
pub fn is_answered(brief: &Brief, question: &str) -> bool {
    let answer = brief.answers.get(question);
    if answer.is_some_and(|a| a.standing.basis == Basis::NotNeeded && a.is_given()) {
        return true;
    }
    match question {
        "title" => !brief.title.trim().is_empty(),
        "words" => !brief.request.words.trim().is_empty(),
        "where" => !brief.request.place.trim().is_empty(),
        "origin" => brief.request.origin.is_some(),
        "customers" => !brief.customers.is_empty(),
        "readings" => brief.chosen_reading().is_some(),
        "needs" => !brief.needs.is_empty(),
        "rank" => is_ranked(brief),
        "goals" => !brief.goals.is_empty(),
        "deliverables" => !brief.deliverables.is_empty(),
        "out" => !brief.out.is_empty(),
        "need_by" => brief.plan.need_by.is_some(),
        "appetite" => !brief.plan.appetite.trim().is_empty(),
        "cadence" => !brief.plan.cadence.trim().is_empty(),
        _ => answer.is_some_and(super::Answer::is_given),
    }
}
