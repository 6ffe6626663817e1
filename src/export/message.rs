//! The short message for one customer: words that survive mail, chat and a
//! phone, with at most three questions and the code to answer with.
//!
//! It is made from a [`Sheet`], and holds the sheet of what it shows: what is
//! recorded as sent is what was read.

mod before;
mod flavour;
mod line;
mod mail;
mod matter;
mod measure;
mod slack;

use crate::domain::{Brief, Bundle, ItemId, Sheet, conflict};

use super::brevity::{count, short};
use super::{Message, wording};
pub use flavour::Flavour;
pub(super) use flavour::read;
pub use line::{Line, Mark};
use line::{Paragraph, plain};
pub(super) use mail::address;
use matter::Matter;
use measure::{MEASURES, Measure, OVER_SEVERAL};

/// The warning about a message without a sender.
pub const NAMELESS: &str = "your name is missing below the message";
/// The thanks of a worker who wrote none.
pub const THANKS: &str = "Thank you!";

/// Longer messages are often left unread.
pub(super) const MOST_WORDS: usize = 125;
/// Words that are read in a minute.
pub(super) const PACE: usize = 200;

pub(super) fn write(brief: &Brief, to: &ItemId, from: &str) -> Message {
    let matter = Matter::new(brief, to, Sheet::draft(brief, to));
    Draft::new(vec![matter], from).message()
}

pub(super) fn write_all(bundle: &Bundle<'_>, from: &str) -> Message {
    let many = bundle.parts.len() > 1;
    let matters = bundle.parts.iter().map(|part| {
        let mut matter = Matter::new(part.brief, &part.sheet.to, part.sheet.clone());
        matter.asks_yes = part.asks_yes;
        matter.one_of_many = many;
        matter
    });
    Draft::new(matters.collect(), from).message()
}

/// The thanks and the name at the end.
pub(super) fn ending(thanks: &str, from: &str) -> String {
    let thanks = match own_line(thanks, SENTENCE) {
        none if none.is_empty() => THANKS.to_owned(),
        thanks => thanks,
    };
    match own_line(from, NAME).as_str() {
        "" => thanks,
        from => format!("{thanks}\n{from}"),
    }
}

/// Columns of a name, and of a sentence of thanks.
const NAME: usize = 80;
const SENTENCE: usize = 200;

/// A line of its own begins with none of the marks that a program would take
/// for a formula, a quote, a list or the start of a signature.
fn own_line(text: &str, columns: usize) -> String {
    let text = short(text, columns);
    let begun = text.trim_start_matches(|c: char| c.is_whitespace() || "=+-@>#|*_".contains(c));
    begun.to_owned()
}

/// The name of a customer as a message has it.
pub(super) fn name_of(brief: &Brief, to: &ItemId) -> String {
    brief
        .customer(to)
        .map_or_else(String::new, |c| short(&c.name, NAME))
}

struct Draft<'a> {
    matters: Vec<Matter<'a>>,
    from: String,
    thanks: String,
}

impl<'a> Draft<'a> {
    fn new(matters: Vec<Matter<'a>>, from: &str) -> Self {
        let mut thanks = matters.iter().map(|m| m.brief.thanks(m.to));
        let thanks = thanks.find(|thanks| !thanks.is_empty());
        Self {
            from: own_line(from, NAME),
            thanks: own_line(thanks.unwrap_or_default(), SENTENCE),
            matters,
        }
    }

    fn message(mut self) -> Message {
        let mut paragraphs = Vec::new();
        let mut sheets = Vec::new();
        let measures = MEASURES.iter().chain(match self.matters.as_slice() {
            [_] => &[],
            _ => OVER_SEVERAL.as_slice(),
        });
        for measure in measures {
            self.set_letters(measure);
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
            name: self.name(),
            address: self.address(),
            words,
            seconds: (words * 60).div_ceil(PACE),
            body,
            paragraphs,
        }
    }

    /// The letters run on over all briefs, as the numbers do.
    fn set_letters(&mut self, measure: &Measure) {
        let mut first = 0;
        for matter in &mut self.matters {
            matter.sheet.first_letter = first;
            first += matter.listed(measure);
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
        let [first, rest @ ..] = self.matters.as_slice() else {
            return String::new();
        };
        let before = &first.before;
        let asks = match before.yes {
            _ if !rest.is_empty() => match self.questions() {
                0 => "is this right?",
                1 => "one question",
                2 => "two questions",
                _ => "three questions",
            },
            None if !first.asks_yes => "a question",
            None if first.is_own_idea() => "would this be useful?",
            None => "is this right?",
            Some(_) if !before.changed.is_empty() => "this has changed",
            Some(_) if first.asks_yes => "is this right?",
            Some(_) if first.sheet.puts.is_empty() => "as agreed",
            Some(_) => "a question",
        };
        let more = match rest.len() {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        match first.subject().as_str() {
            "" => format!("Your request{more}: {asks}"),
            title if title.ends_with('?') && more.is_empty() => {
                format!("{title} ({})", asks.trim_end_matches('?'))
            }
            title => format!("{title}{more}: {asks}"),
        }
    }

    fn questions(&self) -> usize {
        self.matters.iter().map(|m| m.sheet.puts.len()).sum()
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
        let ending = ending(&self.thanks, &self.from);
        paragraphs.push(ending.lines().map(Line::bare).collect());
        paragraphs
    }

    fn name(&self) -> String {
        let first = self.matters.first();
        first.map_or_else(String::new, |m| name_of(m.brief, m.to))
    }

    /// The first that is known of the person, over all briefs.
    fn address(&self) -> String {
        let reach = self.matters.iter().filter_map(|m| m.customer());
        let found = reach.map(|c| c.reach.as_str()).find_map(address);
        found.unwrap_or_default()
    }

    fn how_to_answer(&self, measure: &Measure) -> String {
        let questions = self.questions() > 0;
        let waiting = self.matters.iter().find(|m| m.asks_yes);
        let mut how = match (waiting, questions) {
            (Some(_), true) if self.matters.len() > 1 => {
                "Answer by number, or tell me what to change; a few words are enough.".to_owned()
            }
            (Some(_), false) if self.matters.len() > 1 => {
                "Reply with the \"OK\" of each that is right, or tell me what to change.".to_owned()
            }
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
        // An order is asked for where it was never agreed to.
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
        // It would tell them one of two versions as if it were the only one.
        for brief in self.matters.iter().map(|m| m.brief) {
            let open = brief.conflicts.iter();
            warnings.extend(open.map(|c| {
                let what = conflict::what(brief, &c.place);
                format!("{what} was changed in two ways: choose one before you send it")
            }));
        }
        let own = self.matters.iter().flat_map(Matter::own_words);
        warnings.extend(wording::check(own.chain([self.thanks.as_str()])));
        warnings
    }
}

#[cfg(test)]
mod tests;
