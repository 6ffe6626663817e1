//! What stands between a brief and starting the work.

use super::sign_off::{self, SignOff};
use super::{Answer, Basis, Brief, Day, Origin, Section, conflict, date};

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
    /// One version of what two people changed at a place. No reason overrules it.
    Decided(String),
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
            Self::Decided(_) => "conflict",
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

/// What a yes to the need covers, and to the solution.
const NEED: [Section; 3] = [Section::Want, Section::Needs, Section::Scope];
const SOLUTION: [Section; 2] = [Section::Solution, Section::Dates];

/// What stands between here and starting: waived blockers are in the list,
/// with their reason. `needed` are the ids of the questions that the checklist
/// of the brief insists on.
pub fn blockers(brief: &Brief, needed: &[&str]) -> Vec<Blocker> {
    let mut blockers = Vec::new();
    let sign_offs = sign_off::sign_offs(brief);
    for conflict in &brief.conflicts {
        let question = conflict::question(&conflict.place);
        blockers.push(Blocker {
            requirement: Requirement::Decided(conflict.place.clone()),
            reason: conflict::sentence(brief, conflict),
            question: Some(question.to_owned()).filter(|q| !q.is_empty()),
            waived: None,
        });
    }
    let mut stop = |requirement: Requirement, reason: String, question: Option<&str>| {
        let waived = waiver(brief, &requirement, &sign_offs);
        blockers.push(Blocker {
            requirement,
            reason,
            question: question.map(str::to_owned),
            waived,
        });
    };

    if !brief.customers.iter().any(|c| is_name(&c.name)) {
        let reason = "nobody is named as the customer: who is this for?";
        stop(
            Requirement::Customer,
            waiting(brief, "customers", reason),
            Some("customers"),
        );
    }
    if !is_answered(brief, "purpose") {
        let reason = "the purpose is not known: which decision or next step does it feed?";
        stop(
            Requirement::Purpose,
            waiting(brief, "purpose", reason),
            Some("purpose"),
        );
    }
    if brief.needs.iter().all(|n| n.text.trim().is_empty()) {
        stop(
            Requirement::RankedNeed,
            waiting(brief, "needs", "no need is written down"),
            Some("needs"),
        );
    } else if !is_answered(brief, "rank") {
        let reason = "the needs are not ranked: which matters most?";
        stop(
            Requirement::RankedNeed,
            waiting(brief, "rank", reason),
            Some("rank"),
        );
    }
    for question in needed {
        let known = matches!(*question, "customers" | "purpose" | "needs" | "rank");
        if !known && !is_answered(brief, question) {
            stop(
                Requirement::Answer((*question).to_owned()),
                waiting(brief, question, &unanswered(brief, question)),
                Some(question),
            );
        }
    }
    let lapsed = sign_off::lapsed(brief);
    let why = |missing: &str, sections: &[Section]| {
        let changed: Vec<_> = lapsed
            .iter()
            .filter(|s| sections.contains(s))
            .map(Section::label)
            .collect();
        if changed.is_empty() {
            let own = brief.request.origin == Some(Origin::OwnIdea);
            let idea = if own { "it is your own idea, and " } else { "" };
            format!("{idea}nobody has said yes to {missing}")
        } else {
            format!("changed since the yes: {}", changed.join(", "))
        }
    };
    if !sign_off::need_agreed(brief) {
        stop(Requirement::Agreement, why("the need", &NEED), None);
    }
    if !sign_off::solution_agreed(brief) {
        stop(Requirement::Solution, why("the solution", &SOLUTION), None);
    }
    blockers
}

/// The reason of the waiver that covers a requirement, if one does.
///
/// A waiver of a yes covers that nobody had said yes when it was written. Once
/// a yes was given after it and has lapsed, what is missing is something else:
/// that needs a waiver of its own.
fn waiver(brief: &Brief, requirement: &Requirement, sign_offs: &[SignOff]) -> Option<String> {
    let sections: &[Section] = match requirement {
        Requirement::Agreement => &NEED,
        Requirement::Solution => &SOLUTION,
        _ => &[],
    };
    let last_yes: Option<Day> = sign_offs
        .iter()
        .filter(|s| {
            s.invalid.is_none() && sections.iter().any(|section| s.covers.contains(section))
        })
        .map(|s| s.at.date_naive())
        .max();
    brief
        .waivers
        .iter()
        .filter(|w| w.what == requirement.key() && !w.because.trim().is_empty())
        .find(|w| last_yes.is_none_or(|yes| w.on.is_some_and(|on| on >= yes)))
        .map(|w| w.because.clone())
}

/// The reason, and who was asked, where an answer is on its way.
fn waiting(brief: &Brief, question: &str, reason: &str) -> String {
    let standing = brief.answers.get(question).map(|a| &a.standing);
    let ask = standing.and_then(|s| s.ask.as_ref());
    match ask.and_then(|ask| brief.customer(ask).map(|_| brief.name_of(ask))) {
        Some(name) if standing.is_some_and(|s| s.basis == Basis::Asked) => {
            let on = ask
                .and_then(|ask| super::questions::asked_on(brief, question, ask))
                .map_or_else(String::new, |day| format!(" on {}", date::show(day)));
            format!("{reason} ({name} was asked{on})")
        }
        Some(name) => format!("{reason} (a question for {name})"),
        None => reason.to_owned(),
    }
}

/// What is missing, for a question that the checklist insists on: in words of
/// our own for the questions we know, else as the question was worded.
fn unanswered(brief: &Brief, question: &str) -> String {
    let known = match question {
        "words" => "the words of the request are not written down",
        "origin" => "it is not said how the request came about",
        "readings" => "no reading of the request is chosen",
        "goals" => "no goal is named that it serves",
        "deliverables" => "what you will hand over is not written down",
        "out" => "what you will leave out is not written down",
        "need_by" => "the day by which it is needed is not known",
        "appetite" => "the time it is worth is not known",
        "cadence" => "it is not said how often you will check in",
        "who_says_yes" => "nobody is named who could say yes to it",
        _ => {
            let answer = brief.answers.get(question);
            let asked = answer.map(|a| a.question.trim()).filter(|q| !q.is_empty());
            return match asked {
                Some(asked) => format!("\u{201c}{asked}\u{201d} is not answered"),
                None => format!(
                    "\u{201c}{}\u{201d} is not answered",
                    question.replace('_', " ")
                ),
            };
        }
    };
    known.to_owned()
}

/// Whether somebody has put the needs in order; one need has its order. A
/// customer's own ranking counts when it orders two needs that are there; "I
/// don't know" does not.
pub fn is_ranked(brief: &Brief) -> bool {
    let ranked_by_customer = || {
        brief.rankings.iter().any(|ranking| {
            let known = ranking.order.iter().filter(|id| brief.need(id).is_some());
            known.count() > 1
        })
    };
    match brief.needs.len() {
        0 => false,
        1 => true,
        _ => brief.answers.get("rank").is_some_and(is_known_order) || ranked_by_customer(),
    }
}

/// The entry for the order holds no text: that it is there says that the order
/// was given, unless it waits for somebody's answer or lacks its reason.
fn is_known_order(rank: &Answer) -> bool {
    match rank.standing.basis {
        Basis::NotNeeded => rank.is_given(),
        Basis::Guess | Basis::Asked => rank.standing.ask.is_none(),
        _ => true,
    }
}

/// Whether a name says who it is: "?" and "unknown" do not.
fn is_name(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    name.chars().any(char::is_alphanumeric)
        && !matches!(name.as_str(), "unknown" | "nobody" | "tbd" | "n/a")
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
        "customers" => brief.customers.iter().any(|c| is_name(&c.name)),
        "readings" => brief.chosen_reading().is_some(),
        "needs" => brief.needs.iter().any(|n| !n.text.trim().is_empty()),
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

#[cfg(test)]
mod tests;
