//! A brief as a message, a document and a record. Everything here is a pure
//! function of the brief, so the same brief gives the same bytes.

mod brevity;
mod form;
mod html;
mod json;
mod mark;
mod markdown;
mod message;
mod outline;
mod parts;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod record;
#[cfg(test)]
mod tests;
mod update;
mod verify;
mod wording;
mod wrap;

pub use json::{json_text, json_value, section_yeses};
pub use message::{Flavour, Line, Mark as LineMark, NAMELESS, THANKS};
pub use parts::Became;
pub use update::{News, Occasion, update};
pub use verify::{Against, Altered, AlteredPart};

use crate::domain::{Brief, Bundle, ItemId, Sheet};

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Markdown,
    Html,
    Text,
    Json,
    Pdf(Paper),
}

/// The size of a printed page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    #[default]
    A4,
    Letter,
}

impl Format {
    /// Those that are text, in the order of the help.
    pub const TEXTS: [Self; 4] = [Self::Markdown, Self::Html, Self::Text, Self::Json];
    /// All, in the order of the help.
    pub const ALL: [Self; 6] = [
        Self::Markdown,
        Self::Html,
        Self::Pdf(Paper::A4),
        Self::Pdf(Paper::Letter),
        Self::Text,
        Self::Json,
    ];
    /// `markdown`, `html`, `text`, `json`, `pdf`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Text => "text",
            Self::Json => "json",
            Self::Pdf(_) => "pdf",
        }
    }
    /// Its name in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::Text => "plain text",
            Self::Json => "JSON",
            Self::Pdf(Paper::A4) => "PDF on A4",
            Self::Pdf(Paper::Letter) => "PDF on Letter",
        }
    }
    /// `md`, `html`, `txt`, `json`, `pdf`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Text => "txt",
            Self::Json => "json",
            Self::Pdf(_) => "pdf",
        }
    }
    /// Those that this build can write.
    pub fn offered() -> impl Iterator<Item = Self> {
        let built_in = |f: &Self| !matches!(f, Self::Pdf(_)) || cfg!(feature = "pdf");
        Self::ALL.into_iter().filter(built_in)
    }
}

/// A brief as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub bytes: Vec<u8>,
    /// What tells later which part of the file was changed, to be kept with
    /// the event of the export.
    pub parts: Vec<String>,
}

/// Why there is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotMade {
    #[error("this build of askfirst leaves PDF out")]
    LeftOut,
    #[error("{0}")]
    Pdf(String),
}

/// The signed-off (or not yet signed-off) brief as a document. Exports made
/// earlier do not show in it, so that exporting twice gives the same bytes.
///
/// # Errors
///
/// Only for PDF: when it is left out of the build, or the library refuses.
pub fn render(brief: &Brief, format: Format) -> Result<Document, NotMade> {
    let own = mark::line(&mark::of(brief, format));
    let text = match format {
        Format::Markdown => markdown::render(&record::outline(brief), &own),
        Format::Html => html::render(&record::outline(brief), &own),
        Format::Text => plain::render(&record::outline(brief), &own),
        Format::Json => json_text(brief),
        #[cfg(feature = "pdf")]
        Format::Pdf(paper) => return pdf::render(brief, &own, paper),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf(_) => return Err(NotMade::LeftOut),
    };
    Ok(Document {
        parts: parts::kept(&parts::cut(text.as_bytes())),
        bytes: text.into_bytes(),
    })
}

/// The document as plain text.
pub fn text(brief: &Brief) -> String {
    let own = mark::line(&mark::of(brief, Format::Text));
    plain::render(&record::outline(brief), &own)
}

/// The BLAKE3 digest in hexadecimal of a file. Of a text it is taken over a
/// form in which CRLF, LF and a byte-order mark make no difference.
pub fn digest(file: &[u8]) -> String {
    mark::digest(file)
}

/// What an exported file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub brief: String,
    pub code: String,
    pub format: String,
}

/// Whether a file that says `old` may be replaced by `new`: they are the same,
/// or both are exports of one brief.
pub fn replaces(new: &[u8], old: &[u8]) -> bool {
    let brief = |file| mark::find(file).map(|mark| mark.brief);
    old == new || brief(old).is_some_and(|was| brief(new) == Some(was))
}

/// Finds the mark in a file; `None` when it is no export of this program.
pub fn mark(file: &[u8]) -> Option<Mark> {
    mark::find(file)
}

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Exactly what was exported, and the brief still has that code.
    Exact,
    /// Exactly what was exported; the brief has changed since.
    ExactButOlder {
        today: String,
        changed: Vec<crate::domain::Difference>,
    },
    /// Not what was exported for that code.
    Altered(Altered),
    /// Nothing was recorded for that code.
    Unknown,
}

/// Compares a file with the brief that its mark names.
pub fn verify(file: &[u8], mark: &Mark, brief: &Brief) -> Verdict {
    verify::verify(file, mark, brief)
}

/// The short message for one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub subject: String,
    pub body: String,
    pub code: String,
    /// Ids of the questions that it puts, at most three.
    pub questions: Vec<String>,
    /// What it shows, to be recorded when it goes out: one for each brief.
    pub sheets: Vec<Sheet>,
    /// Whom it is for.
    pub name: String,
    /// Their mail address; empty where none is known.
    pub address: String,
    /// The body before it takes a form.
    pub paragraphs: Vec<Vec<Line>>,
    pub words: usize,
    /// Seconds to read it, at 200 words a minute.
    pub seconds: usize,
    /// Wording to look at before sending; stops nothing.
    pub warnings: Vec<String>,
}

impl Message {
    /// Subject and body as one text.
    pub fn text(&self) -> String {
        format!("Subject: {}\n\n{}", self.subject, self.body)
    }
}

/// The message for a customer. `from` is the worker's name, may be empty.
pub fn message(brief: &Brief, to: &ItemId, from: &str) -> Message {
    message::write(brief, to, from)
}

/// The answer sheet for what a customer is asked: one HTML file that works from
/// a disk and writes their reply. `from` is the worker's name and `reply_to` the
/// address for the reply; both may be empty.
pub fn form(brief: &Brief, sheet: &Sheet, from: &str, reply_to: &str) -> String {
    form::render(brief, sheet, from, reply_to)
}

/// One message over several briefs; empty where none of them wants anything.
pub fn bundle(bundle: &Bundle<'_>, from: &str) -> Message {
    message::write_all(bundle, from)
}
