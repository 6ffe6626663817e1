//! Any text as a checklist: a walk through it ends, and all that it shows can be
//! shown.

use std::path::Path;

use askfirst::checklist::parse;
use askfirst::domain::{Brief, BriefId};

use super::{harmless, harmless_line, moment};

pub fn check(data: &[u8]) {
    // The check-ins have rules of their own; a run looks at one kind.
    one_kind(data, data.len().is_multiple_of(4));
}

/// Both kinds.
pub fn check_all(data: &[u8]) {
    one_kind(data, true);
    one_kind(data, false);
}

fn one_kind(data: &[u8], is_check_in: bool) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let name = match is_check_in {
        true => "prompts/check-in.toml",
        false => "prompts/mine.toml",
    };
    match parse(Path::new(name), text) {
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in &problems {
                harmless("a problem", problem);
            }
        }
        Ok(checklist) => {
            harmless_line("the title", &checklist.title);
            harmless_line("the line about it", &checklist.about);
            for question in &checklist.questions {
                for text in [
                    &question.ask,
                    &question.why,
                    &question.example,
                    &question.put,
                    &question.advice,
                ] {
                    harmless_line("a question", text);
                }
                for choice in &question.choices {
                    harmless_line("a choice", &choice.label);
                }
            }
            let id = BriefId::parse("fuzzed-brief-k7m2").unwrap();
            let brief = Brief::new(id, "x", &checklist.id, moment());
            let asked = checklist.asked_of(&brief);
            assert!(asked.len() <= checklist.questions.len());
        }
    }
}
