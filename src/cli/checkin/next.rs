//! What follows from the answers, each with the command that does it.

use super::Sitting;
use super::outcome::{Outcome, Then};
use crate::checklist::check_in as answers;
use crate::cli::paste;
use crate::domain::check_in::Phase;
use crate::domain::{Brief, Stage, sign_off, text};

/// A sensible step and its command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    pub why: String,
    pub command: String,
}

/// The steps that follow from a check-in; each command comes once.
pub fn steps(sitting: &Sitting, outcome: &Outcome, after: &Brief) -> Vec<Next> {
    let mut steps = Steps {
        list: Vec::new(),
        id: after.id.to_string(),
        who: after
            .requester()
            .map_or_else(|| "them".to_owned(), |c| c.name.clone()),
    };
    let said = &outcome.said;
    let verdict = |id: &str| said.answer_to(id).and_then(answers::verdict);
    let asked = sitting.asked(said);
    for no in said.noes(&asked) {
        steps.after_no(&no.id);
    }
    let learned = said.answer_to("learned").is_some();
    match &sitting.phase {
        Phase::Course if learned && sign_off::open_guesses(after) > 0 => {
            steps.add("write down what is settled now", "edit", "");
        }
        Phase::Handover if after.stage == Stage::InProgress => {
            let no = asked.iter().any(|q| verdict(&q.id) == Some(false));
            if !no && asked.iter().any(|q| verdict(&q.id) == Some(true)) {
                steps.add("hand it over, and say so", "deliver", "");
            }
        }
        Phase::Confirm if outcome.then == Then::Nothing => steps.confirm(after, outcome),
        Phase::Standing if verdict("still_used") == Some(false) => {
            steps.add("put it away", "archive", " --because \"nobody uses it\"");
        }
        _ => {}
    }
    if !sign_off::lapsed(after).is_empty() && after.stage == Stage::InProgress {
        let who = steps.who.clone();
        steps.add(&format!("get {who}'s yes to what has changed"), "share", "");
    }
    steps.list
}

struct Steps {
    list: Vec<Next>,
    id: String,
    who: String,
}

impl Steps {
    fn add(&mut self, why: &str, command: &str, rest: &str) {
        let command = format!("askfirst {command} {}{rest}", self.id);
        if self.list.iter().all(|next| next.command != command) {
            self.list.push(Next {
                why: why.to_owned(),
                command,
            });
        }
    }

    fn correct(&mut self, why: &str) {
        self.add(why, "edit", "");
        let then = format!("then ask {} for a yes to the change", self.who);
        self.add(&then, "share", "");
    }

    fn ask(&mut self) {
        let why = format!("ask {} before going on", self.who);
        self.add(&why, "checkin", " --lost");
    }

    fn stop(&mut self) {
        self.add("give it up, with the reason", "drop", " --because \"...\"");
        let pause = " --stop-asking \"...\"";
        self.add("or let it rest, and stop asking", "checkin", pause);
    }

    fn after_no(&mut self, question: &str) {
        match question {
            "people" => {
                self.correct("name whom it is for now");
                self.ask();
                self.stop();
            }
            "top_need" => {
                self.correct("put the needs in their new order");
                self.ask();
            }
            "agreed" => {
                self.correct("write down what you are building now");
                self.ask();
            }
            "goal" => {
                self.correct("name the goal that it serves now");
                self.ask();
                self.stop();
            }
            "answers" | "understandable" | "usable" => self.ask(),
            "in_time" => self.correct("write down the day on which it can be there"),
            answers::CONFIRMED | "still_used" => {}
            _ => {
                self.correct("put the brief right");
                self.ask();
            }
        }
    }

    fn confirm(&mut self, brief: &Brief, outcome: &Outcome) {
        let said = &outcome.said;
        match said
            .answer_to(answers::CONFIRMED)
            .and_then(answers::verdict)
        {
            Some(true) => {
                let by = brief.requester().map(paste::customer);
                let by = by.map_or_else(String::new, |by| format!(" --by {by}"));
                self.add("close it, with their words", "confirm", &by);
            }
            Some(false) => {
                let missing = said.answer_to(answers::MISSING).unwrap_or("...");
                let missing = paste::word_of_shell(&text::line(missing));
                let because = format!(" --because {missing}");
                self.add("take it up again", "reopen", &because);
            }
            None => {}
        }
    }
}
