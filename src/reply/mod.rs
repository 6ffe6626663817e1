//! A customer's reply as people write it, matched to what they were asked.
//!
//! Nothing is guessed: each piece of the reply comes with what it was taken
//! for, how sure that is, and why. Only the worker makes an answer of it.
//! Everything here is a pure function of the text and the [`Sheet`]s.

mod asked;
mod charset;
mod days;
mod flowed;
mod head;
mod html;
mod items;
mod mail;
mod make;
mod marks;
mod orders;
mod parts;
mod resolve;
pub mod taking;
mod understand;
mod values;
mod vocabulary;
mod yes;

#[cfg(test)]
mod tests;

use crate::domain::reply::Given;
use crate::domain::{BriefId, Code, Day, ItemId, Sheet};

/// A reply as it was read: a mail file, or text that was pasted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// Whoever wrote it, from the head of the mail; empty where there is none.
    pub name: String,
    pub address: String,
    pub subject: String,
    /// The day on which it was written, where the head says so.
    pub on: Option<Day>,
    /// The text, quoted lines and signature included.
    pub text: String,
}

/// A piece of the reply and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// As they wrote it, without marks such as the number in front.
    pub words: String,
    pub target: Target,
    pub certainty: Certainty,
    /// Why, in a few words for the worker: `number 2`, `below question 1`.
    pub why: String,
}

/// How sure a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It fits nothing, or several things: kept as a remark.
    Open,
    /// Very likely; a person has to look at it.
    Likely,
    /// They named it themselves and it can mean nothing else.
    Exact,
}

/// What a piece was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Answer {
        brief: BriefId,
        question: String,
        given: Given,
    },
    /// Their order of the needs, all of them, the most important first.
    Order { brief: BriefId, needs: Vec<ItemId> },
    /// "OK" with the code of the brief as it stands.
    Yes { brief: BriefId, code: Code },
    /// "OK" with the code of an older version: it signs nothing.
    OldYes { brief: BriefId, code: Code },
    /// "OK, but ...", "no", or a yes without a code beside other words.
    Objection { brief: BriefId },
    /// It answers nothing that was asked.
    Remark,
}

/// Larger files are read no further (bytes): a mail with pictures in it stays
/// below, and a reply of words by far.
pub const LARGEST: usize = 32 * 1024 * 1024;
/// Longer texts are cut (bytes): a brief has at most two of these.
pub const LONGEST: usize = 1024 * 1024;

/// Reads a mail file (with a head, as `.eml` or pasted with its source), or
/// plain text. Never fails: what is no mail is text. What is too long is cut,
/// and says so at its end.
pub fn read(bytes: &[u8]) -> Letter {
    let kept = bytes.get(..bytes.len().min(LARGEST)).unwrap_or_default();
    let mail = mail::is_mail(kept).then(|| mail::read(kept)).flatten();
    let mut letter = mail.unwrap_or_else(|| {
        let text = with_newlines(&charset::decode(kept));
        let start = text
            .trim_start()
            .get(..9)
            .unwrap_or_default()
            .to_ascii_lowercase();
        if start.starts_with("<html") || start == "<!doctype" {
            head::read(&html::to_text(&text))
        } else {
            head::read(&text)
        }
    });
    let cut = kept.len() < bytes.len() || letter.text.len() > LONGEST;
    if cut {
        let mut end = letter.text.len().min(LONGEST);
        while !letter.text.is_char_boundary(end) {
            end -= 1;
        }
        letter.text.truncate(end);
        letter
            .text
            .push_str("\n\n[too long: the rest was not read]\n");
    }
    letter
}

/// Every way to end a line as `\n`.
fn with_newlines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.replace(
        ['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'],
        "\n",
    )
}

/// What the pieces of a letter may mean, in the order in which they stand.
/// `sheets` are what its writer was asked, the brief at hand first; `today` is
/// the day from which "Friday" counts, where the letter has none of its own.
///
/// Every line of their own words stands in some piece; greetings, thanks and
/// signatures do not, and nothing that is quoted.
pub fn understand(letter: &Letter, sheets: &[Sheet], today: Day) -> Vec<Piece> {
    understand::understand(letter, sheets, today)
}

/// The lines of a letter that are its writer's own: what [`understand`] makes
/// pieces of. Quotes, our message where no mark tells it apart, greetings and
/// signatures are none.
pub fn own_lines(letter: &Letter, sheets: &[Sheet]) -> Vec<String> {
    let taken = parts::take(letter, &mut asked::Asked::new(sheets));
    let lines = taken.parts.iter().flat_map(|part| &part.lines);
    let texts = lines.map(|line| line.text.to_owned());
    texts.filter(|text| !text.is_empty()).collect()
}
