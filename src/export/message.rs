//! The short message for one customer: words that survive mail, chat and a
//! phone, with at most three questions and the code to answer with.
//!
//! It is made from a [`Sheet`], and holds the sheet of what it shows: what is
//! recorded as sent is what was read.

mod before;
mod line;
mod matter;
mod measure;

use crate::domain::{Brief, ItemId, Sheet};

use super::brevity::{count, say};
use super::{Message, wording};
use line::Paragraph;
pub use line::{Line, Mark, plain};
use matter::Matter;
use measure::{MEASURES, Measure};

/// The warning about a message without a sender.
pub const NAMELESS: &str = "your name is missing below the message";
/// The thanks of a worker who wrote none.
pub const THANKS: &str = "Thank you!";

/// Longer messages are often left unread.
pub(super) const MOST_WORDS: usize = 125;
/// Words that are read in a minute.
pub(super) const PACE: usize = 200;

pub(super) fn write(brief: &Brief, to: &ItemId, from: &str, thanks: &str) -> Message {
    Draft {
        matters: vec![Matter::new(brief, Sheet::draft(brief, to), to)],
        from: say(from),
        thanks: say(thanks),
    }
    .message()
}

struct Draft<'a> {
    matters: Vec<Matter<'a>>,
    from: String,
    thanks: String,
}

impl Draft<'_> {
    fn message(&self) -> Message {
        let mut paragraphs = Vec::new();
        let mut sheets = Vec::new();
        for measure in &MEASURES {
            paragraphs = self.paragraphs(measure);
            sheets = self.sheets(measure);
            if count(&plain(&paragraphs)) <= MOST_WORDS {
                break;
            }
        }
        let body = plain(&paragraphs);
        let words = count(&body);
        Message {
            subject: self.subject(),
            questions: sheets.iter().flat_map(Sheet::questions).collect(),
            warnings: self.warnings(words),
            code: sheets
                .first()
                .map_or_else(String::new, |s| s.code.to_string()),
            sheets,
            words,
            seconds: (words * 60).div_ceil(PACE),
            body,
            paragraphs,
        }
    }

    /// What the message shows at a measure: a need that it does not list has
    /// no letter.
    fn sheets(&self, measure: &Measure) -> Vec<Sheet> {
        let shown = |matter: &Matter<'_>| {
            let mut sheet = matter.sheet.clone();
            sheet.needs.truncate(matter.listed(measure));
            sheet
        };
        self.matters.iter().map(shown).collect()
    }

    fn subject(&self) -> String {
        let Some(first) = self.matters.first() else {
            return String::new();
        };
        let before = &first.before;
        let asks = match before.yes {
            Some(_) if !before.changed.is_empty() => "this has changed",
            Some(_) if !before.holds() => "is this right?",
            Some(_) if first.sheet.puts.is_empty() => "as agreed",
            Some(_) => "a question",
            None if first.is_own_idea() => "would this be useful?",
            None => "is this right?",
        };
        match first.subject().as_str() {
            "" => format!("Your request: {asks}"),
            title if title.ends_with('?') => format!("{title} ({})", asks.trim_end_matches('?')),
            title => format!("{title}: {asks}"),
        }
    }

    fn paragraphs(&self, measure: &Measure) -> Vec<Paragraph> {
        let mut paragraphs = vec![vec![Line::bare(match self.name().as_str() {
            "" => "Hello,".to_owned(),
            name => format!("Hello {name},"),
        })]];
        for matter in &self.matters {
            paragraphs.extend(matter.paragraphs(measure));
        }
        paragraphs.push(vec![Line::bare(self.how_to_answer(measure))]);
        let thanks = match self.thanks.as_str() {
            "" => THANKS,
            thanks => thanks,
        };
        paragraphs.push(vec![Line::bare(thanks)]);
        if let Some(last) = paragraphs.last_mut().filter(|_| !self.from.is_empty()) {
            last.push(Line::bare(&self.from));
        }
        paragraphs
    }

    fn name(&self) -> String {
        let customer = self.matters.first().and_then(Matter::customer);
        customer.map(|c| say(&c.name)).unwrap_or_default()
    }

    fn how_to_answer(&self, measure: &Measure) -> String {
        let questions = self.matters.iter().any(|m| !m.sheet.puts.is_empty());
        let waiting = self.matters.iter().find(|m| m.wants_yes());
        let mut how = match (waiting, questions) {
            (Some(matter), _) => {
                let to_this = match matter.before.yes {
                    Some(_) => " to this",
                    None => "",
                };
                let or = match questions {
                    true => "or answer by number",
                    false => "or tell me what to change",
                };
                let code = matter.sheet.code;
                format!("Reply \"OK {code}\" to say yes{to_this}, {or}.")
            }
            (None, true) => "Please answer by number; a few words are enough.".to_owned(),
            (None, false) => "No reply is needed.".to_owned(),
        };
        let ranked = self.matters.iter().find(|m| m.listed(measure) > 1);
        if let Some([first, second]) = ranked.map(|m| [m.sheet.letter(0), m.sheet.letter(1)])
            && let (Some(first), Some(second)) = (first, second)
        {
            how.push_str(&format!(" Another order? \"{second}, {first}\" will do."));
        }
        how
    }

    fn warnings(&self, words: usize) -> Vec<String> {
        let mut warnings = Vec::new();
        if words > MOST_WORDS {
            warnings.push(format!(
                "the message has {words} words; beyond {MOST_WORDS} fewer people answer"
            ));
        }
        if self.name().is_empty() {
            warnings.push("the greeting has no name: who is it for?".to_owned());
        }
        if self.from.is_empty() {
            warnings.push(NAMELESS.to_owned());
        }
        let own = self.matters.iter().flat_map(Matter::own_words);
        warnings.extend(wording::check(own.chain([self.thanks.as_str()])));
        warnings
    }
}
