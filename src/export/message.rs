//! The short message for one customer: plain text that survives mail, chat and
//! a phone, with at most three questions and the code to answer with.

use crate::domain::questions::{self, OpenQuestion};
use crate::domain::sign_off::{self, SignOff};
use crate::domain::{Agreement, Basis, Brief, Changed, Customer, ItemId, Origin};

use super::brevity::{count, say, sentence, series, short, stopped};
use super::{Message, wording};

/// The warning about a message without a sender.
pub const NAMELESS: &str = "your name is missing below the message";

/// Longer messages are often left unread.
pub(super) const MOST_WORDS: usize = 125;
/// Words that are read in a minute.
pub(super) const PACE: usize = 200;

/// How much is told: columns of one text, and how many of a list. The first
/// measure that fits into [`MOST_WORDS`] is taken.
struct Measure {
    why: usize,
    reading: usize,
    need: usize,
    needs: usize,
    part: usize,
    parts: usize,
    out: usize,
    changes: usize,
}

impl Measure {
    const fn new([why, reading, need, needs, part, parts, out, changes]: [usize; 8]) -> Self {
        Self {
            why,
            reading,
            need,
            needs,
            part,
            parts,
            out,
            changes,
        }
    }
}

/// Detail goes first where it is missed least; the needs keep theirs longest.
/// Without columns for the why, it is told only to those who did not tell it.
const MEASURES: [Measure; 10] = [
    Measure::new([160, 160, 160, 5, 160, 5, 5, 6]),
    Measure::new([100, 160, 120, 5, 100, 4, 5, 6]),
    Measure::new([80, 120, 100, 5, 72, 4, 3, 5]),
    Measure::new([64, 100, 80, 5, 60, 3, 3, 5]),
    Measure::new([0, 72, 72, 5, 60, 3, 2, 4]),
    Measure::new([0, 64, 64, 5, 48, 3, 2, 4]),
    Measure::new([0, 64, 56, 5, 44, 2, 2, 4]),
    Measure::new([0, 60, 48, 5, 44, 2, 2, 3]),
    Measure::new([0, 56, 44, 4, 44, 2, 1, 3]),
    Measure::new([0, 56, 44, 3, 44, 1, 1, 2]),
];
/// Columns of the why for those who did not tell it.
const LEAST_WHY: usize = 56;

pub(super) fn write(brief: &Brief, to: &ItemId, from: &str) -> Message {
    let draft = Draft::new(brief, to, from);
    let mut body = String::new();
    for measure in &MEASURES {
        body = draft.body(measure);
        if count(&body) <= MOST_WORDS {
            break;
        }
    }
    let words = count(&body);
    Message {
        subject: draft.subject(),
        questions: draft.questions.iter().map(|q| q.question.clone()).collect(),
        warnings: draft.warnings(words),
        code: draft.code,
        words,
        seconds: (words * 60).div_ceil(PACE),
        body,
    }
}

/// What the customer said yes to before, if anything.
enum Before {
    Nothing,
    Changed(SignOff),
    /// Their yes still holds for all of it.
    Same(SignOff),
}

struct Draft<'a> {
    brief: &'a Brief,
    customer: Option<&'a Customer>,
    to: &'a ItemId,
    from: String,
    code: String,
    questions: Vec<OpenQuestion>,
    before: Before,
}

impl<'a> Draft<'a> {
    fn new(brief: &'a Brief, to: &'a ItemId, from: &str) -> Self {
        let code = Agreement::of(brief).code().to_string();
        let last = sign_off::sign_offs(brief)
            .into_iter()
            .rfind(|s| &s.by == to && s.invalid.is_none());
        let before = match last {
            None => Before::Nothing,
            Some(s) if !s.changed.is_empty() => Before::Changed(s),
            Some(s) if s.code == code && s.covers.len() == crate::domain::Section::ALL.len() => {
                Before::Same(s)
            }
            Some(_) => Before::Nothing,
        };
        Self {
            brief,
            customer: brief.customer(to),
            to,
            from: say(from),
            code,
            questions: questions::next_questions(brief, to),
            before,
        }
    }

    fn subject(&self) -> String {
        let title = short(&self.brief.title, 60);
        let title = title.trim_end_matches(['.', ':', '!', ',', ';']);
        let asks = match self.before {
            Before::Changed(_) => "this has changed",
            Before::Same(_) if self.questions.is_empty() => "as agreed",
            Before::Same(_) => "a question",
            Before::Nothing if self.is_own_idea() => "would this be useful?",
            Before::Nothing => "is this right?",
        };
        match title {
            "" => "Your request: is this right?".to_owned(),
            title if title.ends_with('?') => format!("{title} ({})", asks.trim_end_matches('?')),
            title => format!("{title}: {asks}"),
        }
    }

    fn is_own_idea(&self) -> bool {
        self.brief.request.origin == Some(Origin::OwnIdea)
    }

    fn asks(&self, question: &str) -> bool {
        self.questions.iter().any(|q| q.question == question)
    }

    fn body(&self, measure: &Measure) -> String {
        let name = self.customer.map(|c| say(&c.name)).unwrap_or_default();
        let mut paragraphs = vec![if name.is_empty() {
            "Hello,".to_owned()
        } else {
            format!("Hello {name},")
        }];
        match &self.before {
            Before::Changed(yes) => {
                paragraphs.push(self.changes(yes, measure));
                paragraphs.extend(self.questions(measure));
                paragraphs.push(self.how_to_answer());
            }
            Before::Same(yes) => {
                paragraphs.push(format!(
                    "nothing has changed since your yes to \"{}\" on {} (code {}).",
                    short(&self.brief.title, 60),
                    day(yes),
                    self.code
                ));
                paragraphs.extend(self.questions(measure));
                paragraphs.push(match self.questions.is_empty() {
                    true => "No reply is needed.".to_owned(),
                    false => "Please answer by number; a few words are enough.".to_owned(),
                });
            }
            Before::Nothing => {
                paragraphs.push(self.opening(measure));
                paragraphs.extend(self.needs(measure));
                paragraphs.extend(self.plan(measure));
                paragraphs.extend(self.questions(measure));
                paragraphs.push(self.how_to_answer());
            }
        }
        paragraphs.push(if self.from.is_empty() {
            "Thank you!".to_owned()
        } else {
            format!("Thank you!\n{}", self.from)
        });
        paragraphs.join("\n\n") + "\n"
    }

    fn opening(&self, measure: &Measure) -> String {
        let mut lines = vec![if self.is_own_idea() {
            "nobody asked me for this: it is an idea of mine. Would it be of use to you?".to_owned()
        } else {
            match self.brief.stage.before_start() {
                true => "before I start: is this right?".to_owned(),
                false => "to be sure while I work on it: is this right?".to_owned(),
            }
        }];
        let asker = self.brief.request.by.as_ref().filter(|by| *by != self.to);
        if let Some(by) = asker.filter(|_| !self.is_own_idea()) {
            lines.push(format!("{} asked me for it.", say(self.brief.name_of(by))));
        }
        let purpose = self.brief.answers.get("purpose");
        if let Some(purpose) = purpose
            && purpose.standing.basis != Basis::NotNeeded
            && !purpose.text.trim().is_empty()
            && !self.asks("purpose")
            && (measure.why > 0 || purpose.standing.by.as_ref() != Some(self.to))
        {
            lines.push(sentence("Why: ", &purpose.text, measure.why.max(LEAST_WHY)));
        }
        // Where the reading is asked about, the question shows it.
        if let Some(reading) = self.brief.chosen_reading()
            && !self.asks("readings")
        {
            lines.push(sentence("I understood: ", &reading.text, measure.reading));
        }
        lines.join("\n")
    }

    fn needs(&self, measure: &Measure) -> Option<String> {
        let needs = &self.brief.needs;
        let heading = match needs.as_slice() {
            [] => return None,
            [_] => "What it must do:",
            _ => "Most important first:",
        };
        let mut lines = vec![heading.to_owned()];
        for (at, need) in needs.iter().take(measure.needs).enumerate() {
            let same = if at > 0 && need.same {
                " (as important)"
            } else {
                ""
            };
            lines.push(format!("- {}{same}", short(&need.text, measure.need)));
        }
        if let Some(more) = needs.len().checked_sub(measure.needs).filter(|n| *n > 0) {
            lines.push(format!("- and {more} more"));
        }
        Some(lines.join("\n"))
    }

    fn plan(&self, measure: &Measure) -> Option<String> {
        let parts: Vec<&str> = self
            .brief
            .deliverables
            .iter()
            .map(|d| d.text.as_str())
            .collect();
        let out: Vec<&str> = self.brief.out.iter().map(String::as_str).collect();
        let make = self.brief.plan.need_by.map_or_else(
            || "I plan to make: ".to_owned(),
            |day| format!("I plan to make, by {}: ", day.format("%-d %b")),
        );
        let lines: Vec<String> = [
            (make.as_str(), series(&parts, measure.parts, measure.part)),
            ("Not included: ", series(&out, measure.out, measure.part)),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| format!("{label}{}", stopped(text)))
        .collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn questions(&self, measure: &Measure) -> Option<String> {
        let heading = match self.questions.len() {
            0 => return None,
            1 => "One question:",
            2 => "Two questions:",
            _ => "Three questions:",
        };
        let mut lines = vec![heading.to_owned()];
        for (at, question) in self.questions.iter().enumerate() {
            // The wording of a question is not cut: half a question is none.
            lines.push(format!("{}. {}", at + 1, short(&question.put, 400)));
            if question.question == "readings" && !self.brief.readings.is_empty() {
                lines.extend(self.readings(measure));
            } else if !question.guess.trim().is_empty() {
                lines.push(format!(
                    "   My guess: {}",
                    short(&question.guess, measure.reading)
                ));
            }
        }
        Some(lines.join("\n"))
    }

    fn readings(&self, measure: &Measure) -> Vec<String> {
        ('a'..='f')
            .zip(&self.brief.readings)
            .map(|(letter, reading)| {
                let guess = if reading.chosen { " (my guess)" } else { "" };
                format!(
                    "   ({letter}) {}{guess}",
                    short(&reading.text, measure.reading)
                )
            })
            .collect()
    }

    fn changes(&self, yes: &SignOff, measure: &Measure) -> String {
        let mut lines = vec![format!(
            "since your yes to \"{}\" on {}, this has changed:",
            short(&self.brief.title, 60),
            day(yes)
        )];
        let all: Vec<String> = yes
            .changed
            .iter()
            .flat_map(|difference| {
                let changes = difference.changes();
                let label = difference.section.label().to_owned();
                changes.into_iter().map(move |change| match change {
                    Changed::Reordered => format!("- {label}: another order"),
                    change => format!("- {}", say(&change.words(|t| short(t, measure.need)))),
                })
            })
            .collect();
        lines.extend(all.iter().take(measure.changes).cloned());
        if all.len() > measure.changes {
            lines.push(format!("- and {} more", all.len() - measure.changes));
        }
        lines.push("Everything else is as you agreed.".to_owned());
        lines.join("\n")
    }

    fn how_to_answer(&self) -> String {
        let or = if self.questions.is_empty() {
            "or tell me what to change"
        } else {
            "or answer by number"
        };
        format!(
            "Reply \"OK {}\" to say yes, {or}. Full text on request.",
            self.code
        )
    }

    fn warnings(&self, words: usize) -> Vec<String> {
        let mut warnings = Vec::new();
        if words > MOST_WORDS {
            warnings.push(format!(
                "the message has {words} words; beyond {MOST_WORDS} fewer people answer"
            ));
        }
        if self.customer.is_none_or(|c| c.name.trim().is_empty()) {
            warnings.push("the greeting has no name: who is it for?".to_owned());
        }
        if self.from.is_empty() {
            warnings.push(NAMELESS.to_owned());
        }
        warnings.extend(wording::check(self.own_words()));
        warnings
    }

    /// The texts of the message that the worker wrote. What a customer told is
    /// theirs to word.
    fn own_words(&self) -> Vec<&str> {
        let brief = self.brief;
        let mine = |standing: &crate::domain::Standing| standing.basis != Basis::Told;
        let mut own = vec![brief.title.as_str()];
        for question in &self.questions {
            own.extend([question.put.as_str(), question.guess.as_str()]);
        }
        if self.asks("readings") {
            own.extend(brief.readings.iter().map(|r| r.text.as_str()));
        }
        match &self.before {
            Before::Same(_) => return own,
            Before::Changed(yes) => {
                let added = yes.changed.iter().flat_map(|d| &d.added);
                // Names and words of the customers are none of the worker's.
                own.extend(
                    added
                        .filter(|l| !l.starts_with("request: ") && !l.starts_with("customer: "))
                        .map(String::as_str),
                );
                return own;
            }
            Before::Nothing => {}
        }
        let purpose = brief.answers.get("purpose").filter(|a| mine(&a.standing));
        own.extend(purpose.map(|a| a.text.as_str()));
        let reading = brief.chosen_reading().filter(|r| mine(&r.standing));
        own.extend(reading.map(|r| r.text.as_str()));
        let needs = brief.needs.iter().filter(|n| mine(&n.standing));
        own.extend(needs.map(|n| n.text.as_str()));
        own.extend(brief.deliverables.iter().map(|d| d.text.as_str()));
        own.extend(brief.out.iter().map(String::as_str));
        own
    }
}

fn day(yes: &SignOff) -> String {
    yes.at.format("%-d %b").to_string()
}
