//! A short word to a customer while the work runs, when it is handed over, and
//! when the worker has lost the thread. Regular updates are worth sending also
//! when nothing has changed, so nothing here needs any news.

use crate::domain::sign_off;
use crate::domain::{Agreement, Basis, Brief, Day, EventKind, ItemId, Sheet, progress};

use super::brevity::{count, sentence, series, short, stopped};
use super::message::{MOST_WORDS, PACE};
use super::{Message, NAMELESS, message, wording};

/// Why a customer is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Occasion {
    /// The work goes on.
    #[default]
    Course,
    /// The result was handed over.
    HandedOver,
    /// It was handed over some time ago: is it what they needed?
    Confirm,
    /// Standing work: does anybody still use it?
    Standing,
    /// The worker has lost the thread, and asks before going on.
    Lost,
}

/// What there is to tell; all of it may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct News {
    pub occasion: Occasion,
    /// What the worker learned meanwhile.
    pub learned: String,
    /// What they should know.
    pub tell: String,
    /// What was done the quick way for now, and until when.
    pub shortcut: Option<(String, Option<Day>)>,
    /// The worker said no to a question: not all is as it was.
    pub moved: bool,
    /// When they will hear the next time.
    pub next: Option<Day>,
}

/// Guesses that are told at most.
const GUESSES: usize = 2;

/// The message to a customer of a brief. `from` is the worker's name, may be
/// empty. It asks no question of the checklist, so its `questions` are empty.
pub fn update(brief: &Brief, to: &ItemId, from: &str, news: &News) -> Message {
    let (name, thanks) = (message::name_of(brief, to), brief.thanks(to));
    let reach = brief.customer(to).map(|c| c.reach.as_str());
    let draft = Draft {
        brief,
        news,
        code: Agreement::of(brief).code().to_string(),
    };
    let mut body = String::new();
    // Detail gives way to brevity, not the other way round.
    for columns in [120, 80, 56, 40] {
        let greeting = match name.as_str() {
            "" => "Hello,".to_owned(),
            name => format!("Hello {name},"),
        };
        let mut paragraphs = vec![greeting];
        paragraphs.extend(draft.paragraphs(columns));
        paragraphs.push(message::ending(thanks, from));
        body = paragraphs.join("\n\n") + "\n";
        if count(&body) <= MOST_WORDS {
            break;
        }
    }
    let words = count(&body);
    let mut warnings = Vec::new();
    if words > MOST_WORDS {
        warnings.push(format!(
            "the message has {words} words; beyond {MOST_WORDS} fewer people answer"
        ));
    }
    if name.is_empty() {
        warnings.push("the greeting has no name: who is it for?".to_owned());
    }
    if from.trim().is_empty() {
        warnings.push(NAMELESS.to_owned());
    }
    warnings.extend(wording::check(
        draft.own_words().into_iter().chain([thanks]),
    ));
    Message {
        subject: draft.subject(),
        paragraphs: message::read(&body),
        address: reach.and_then(message::address).unwrap_or_default(),
        name,
        body,
        code: draft.code,
        questions: Vec::new(),
        sheets: vec![Sheet::word(brief, to)],
        words,
        seconds: (words * 60).div_ceil(PACE),
        warnings,
    }
}

struct Draft<'a> {
    brief: &'a Brief,
    news: &'a News,
    code: String,
}

impl Draft<'_> {
    fn title(&self) -> String {
        let title = short(&self.brief.title, 60);
        let title = title.trim_end_matches(['.', ':', '!', ',', ';', '?']);
        match title {
            "" => "your request".to_owned(),
            title => format!("\"{title}\""),
        }
    }

    fn subject(&self) -> String {
        let title = short(&self.brief.title, 60);
        let title = match title.trim_end_matches(['.', ':', '!', ',', ';', '?']) {
            "" => "Your request",
            title => title,
        };
        let what = match self.news.occasion {
            Occasion::Course => "how it goes",
            Occasion::HandedOver => "it is ready",
            Occasion::Confirm => "is it what you needed?",
            Occasion::Standing => "do you still use it?",
            Occasion::Lost => "before I go on",
        };
        format!("{title}: {what}")
    }

    fn paragraphs(&self, columns: usize) -> Vec<String> {
        match self.news.occasion {
            Occasion::Course => self.course(columns),
            Occasion::HandedOver => self.handed_over(columns),
            Occasion::Confirm => self.confirm(),
            Occasion::Standing => vec![
                format!(
                    "{} goes on as before. Do you still use it, and for what?",
                    self.title()
                ),
                "If not, tell me, and I stop making it. A word is enough.".to_owned(),
            ],
            Occasion::Lost => self.lost(columns),
        }
    }

    fn course(&self, columns: usize) -> Vec<String> {
        let mut opening = vec![format!("a short word on {}.", self.title())];
        opening.extend(self.parts("I am working on: ", columns));
        let agreed = sign_off::need_agreed(self.brief) && sign_off::solution_agreed(self.brief);
        let news = self.told(columns);
        let amended = !sign_off::lapsed(self.brief).is_empty();
        if amended || self.news.moved {
            opening.push(match amended {
                true => "Something has changed since your yes; you get a note of its own about it."
                    .to_owned(),
                false => "Not all is as I thought; I will come back to you about it.".to_owned(),
            });
        } else if news.is_empty() {
            opening.push(match agreed {
                true => "It goes on as agreed; nothing has changed.".to_owned(),
                false => "It goes on; nothing has changed.".to_owned(),
            });
        }
        let mut paragraphs = vec![opening.join("\n")];
        if !news.is_empty() {
            paragraphs.push(news.join("\n"));
        }
        let guesses = self.guesses();
        let mut ending = self.dates();
        if guesses.is_empty() {
            ending.push("No reply is needed.".to_owned());
        } else {
            let (heading, wrong) = match guesses.len() {
                1 => ("This is still a guess of mine:", "it is not"),
                _ => ("These are still guesses of mine:", "one is not"),
            };
            let mut lines = vec![heading.to_owned()];
            let told = guesses.iter().take(GUESSES);
            lines.extend(told.map(|guess| format!("- {}", short(guess, columns))));
            lines.push(format!(
                "If {wrong} right, a word from you saves us both time."
            ));
            paragraphs.push(lines.join("\n"));
        }
        if !ending.is_empty() {
            paragraphs.push(ending.join("\n"));
        }
        paragraphs
    }

    fn handed_over(&self, columns: usize) -> Vec<String> {
        let mut opening = vec![format!("{} is ready for you.", self.title())];
        opening.extend(self.parts("You get: ", columns));
        let mut paragraphs = vec![opening.join("\n")];
        let news = self.told(columns);
        if !news.is_empty() {
            paragraphs.push(news.join("\n"));
        }
        paragraphs.push(
            "Is it what you needed? If something is missing, tell me what; now it is quickly put \
             right."
                .to_owned(),
        );
        paragraphs
    }

    fn confirm(&self) -> Vec<String> {
        let delivered = progress::last(self.brief, &[EventKind::Delivered]);
        let when = delivered.map_or_else(
            || "I handed over".to_owned(),
            |event| format!("on {} I handed over", event.at.format("%-d %b")),
        );
        vec![
            format!("{when} {}. Is it what you needed?", self.title()),
            "A yes is enough. If something is missing, tell me what; now it is quickly put right."
                .to_owned(),
        ]
    }

    fn lost(&self, columns: usize) -> Vec<String> {
        let mut lines = vec![format!(
            "before I go on with {}: am I still on the right way?",
            self.title()
        )];
        if let Some(reading) = self.brief.chosen_reading() {
            lines.push(sentence("I understood: ", &reading.text, columns));
        }
        if let Some(need) = self.brief.needs.first() {
            lines.push(sentence("Most important: ", &need.text, columns));
        }
        lines.extend(self.parts("I am making: ", columns));
        let mut paragraphs = vec![lines.join("\n")];
        let news = self.told(columns);
        if !news.is_empty() {
            paragraphs.push(news.join("\n"));
        }
        paragraphs.push(format!(
            "Reply \"OK {}\" if that is still right, or tell me what has moved. A few words are \
             enough.",
            self.code
        ));
        paragraphs
    }

    /// What was learned, what they should know, what was done the quick way.
    fn told(&self, columns: usize) -> Vec<String> {
        let columns = columns * 2;
        let mut lines = Vec::new();
        if !self.news.learned.trim().is_empty() {
            lines.push(sentence("I learned: ", &self.news.learned, columns));
        }
        if !self.news.tell.trim().is_empty() {
            lines.push(sentence("You should know: ", &self.news.tell, columns));
        }
        if let Some((what, until)) = &self.news.shortcut {
            let until = until.map_or(String::new(), |day| {
                format!(", until {}", day.format("%-d %b"))
            });
            let what = short(what, columns);
            let what = what.trim_end_matches(['.', ';']);
            lines.push(stopped(format!("For now, the quick way: {what}{until}")));
        }
        lines
    }

    fn parts(&self, label: &str, columns: usize) -> Option<String> {
        let parts: Vec<&str> = self
            .brief
            .deliverables
            .iter()
            .map(|d| d.text.as_str())
            .collect();
        let parts = series(&parts, 3, columns);
        (!parts.is_empty()).then(|| format!("{label}{}", stopped(parts)))
    }

    fn dates(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(day) = self.brief.plan.need_by {
            lines.push(format!("You get it by {}.", day.format("%-d %b")));
        }
        let before = self.brief.plan.need_by;
        if let Some(day) = self
            .news
            .next
            .filter(|day| before.is_none_or(|by| *day < by))
        {
            lines.push(format!(
                "You hear from me again around {}.",
                day.format("%-d %b")
            ));
        }
        lines
    }

    /// What they could put right: the reading and the needs. Of their own words
    /// nothing is called a guess.
    fn guesses(&self) -> Vec<&str> {
        let brief = self.brief;
        let theirs = brief.chosen_reading().map(|r| r.text.as_str());
        let needs = brief.needs.iter().map(|n| n.text.as_str());
        let known: Vec<&str> = theirs.into_iter().chain(needs).collect();
        let guesses = sign_off::guesses(brief);
        guesses.into_iter().filter(|g| known.contains(g)).collect()
    }

    /// The texts of the message that the worker wrote.
    fn own_words(&self) -> Vec<&str> {
        let brief = self.brief;
        let mut own = vec![
            brief.title.as_str(),
            &self.news.learned,
            &self.news.tell,
            self.news.shortcut.as_ref().map_or("", |(what, _)| what),
        ];
        match self.news.occasion {
            Occasion::Course => own.extend(self.guesses().into_iter().take(GUESSES)),
            Occasion::HandedOver => {}
            Occasion::Confirm | Occasion::Standing => return vec![brief.title.as_str()],
            Occasion::Lost => {
                let mine = |basis: &Basis| *basis != Basis::Told;
                let reading = brief.chosen_reading();
                let reading = reading.filter(|r| mine(&r.standing.basis));
                own.extend(reading.map(|r| r.text.as_str()));
                let need = brief.needs.first().filter(|n| mine(&n.standing.basis));
                own.extend(need.map(|n| n.text.as_str()));
            }
        }
        own.extend(brief.deliverables.iter().map(|d| d.text.as_str()));
        own
    }
}

#[cfg(test)]
mod tests;
