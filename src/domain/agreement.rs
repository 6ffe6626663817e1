//! What a customer says yes to: a canonical text in five sections, which are
//! compared one by one. The text is stored with each sign-off.
//!
//! Two briefs have the same text exactly when a customer would have agreed to
//! the same. The title, notes, bases, the order of customers, goals and things
//! out of scope, and the order of keys in the file are no part of it; nor are
//! CRLF, decomposed letters and spaces around a value.

mod lines;

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) use self::lines::Lines;
use super::words::word_enum;
use super::{Brief, BriefId, Code, Difference};

word_enum! {
    /// A part of the agreement that lapses for itself.
    Section {
        /// Who it is for, their words, the purpose, the chosen reading, goals.
        Want = "want",
        /// The needs, their order and acceptance.
        Needs = "needs",
        /// What is out of scope.
        Scope = "scope",
        /// The deliverables.
        Solution = "solution",
        /// Need-by and appetite.
        Dates = "dates",
    }
}

impl Section {
    /// All sections in the order of the text.
    pub const ALL: [Self; 5] = [
        Self::Want,
        Self::Needs,
        Self::Scope,
        Self::Solution,
        Self::Dates,
    ];

    /// A heading for people.
    pub fn label(&self) -> &str {
        match self {
            Self::Want => "what they want and why",
            Self::Needs => "the needs and their order",
            Self::Scope => "what is out of scope",
            Self::Solution => "the solution",
            Self::Dates => "the dates",
            Self::Unknown(word) => word,
        }
    }
}

const FIRST_LINE: &str = "askfirst agreement 1";

/// The agreed content of one version of a brief.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// The id of the brief, so that a yes to one brief signs no other.
    brief: String,
    /// The lines of each section, in the order of [`Section::ALL`].
    sections: [Vec<String>; 5],
    /// The questions behind the answers, for people: no part of what is agreed.
    wordings: BTreeMap<String, String>,
}

impl PartialEq for Agreement {
    fn eq(&self, other: &Self) -> bool {
        (&self.brief, &self.sections) == (&other.brief, &other.sections)
    }
}

impl Eq for Agreement {}

impl Agreement {
    /// The agreement as the brief stands.
    pub fn of(brief: &Brief) -> Self {
        let lines = Lines::of(brief);
        let lines_of = |at: usize| lines.section(at).map(str::to_owned).collect();
        let sections = std::array::from_fn(lines_of);
        let asked = brief.answers.iter();
        let asked = asked.filter(|(_, answer)| !answer.question.trim().is_empty());
        let wordings = asked.map(|(id, answer)| (id.to_owned(), answer.question.clone()));
        let wordings = wordings.collect();
        Self {
            brief: brief.id.as_str().to_owned(),
            sections,
            wordings,
        }
    }

    /// Reads the text of a sign-off back. `None` when it is no such text.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::trim_end);
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let brief = BriefId::parse(lines.next()?.strip_prefix("brief: ")?).ok()?;
        let mut sections: [Vec<String>; 5] = Default::default();
        let mut at = None;
        for line in lines {
            let heading = line.strip_prefix('[').and_then(|l| l.strip_suffix(']'));
            if let Some(word) = heading {
                at = Some(Section::ALL.iter().position(|s| s.word() == word)?);
            } else if !line.is_empty() {
                sections[at?].push(line.to_owned());
            }
        }
        Some(Self {
            brief: brief.as_str().to_owned(),
            sections,
            wordings: BTreeMap::new(),
        })
    }

    /// The canonical text: the same for CRLF and LF, composed and decomposed
    /// letters, and any order of keys or comments in the file.
    pub fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\nbrief: {}\n", self.brief);
        for (section, lines) in Section::ALL.iter().zip(&self.sections) {
            let _ = writeln!(text, "[{section}]");
            for line in lines {
                let _ = writeln!(text, "{line}");
            }
        }
        text
    }

    /// The code of this version.
    pub fn code(&self) -> Code {
        Code::of(&self.text())
    }

    /// Whether it is an agreement about this brief.
    pub fn is_about(&self, brief: &BriefId) -> bool {
        self.brief == brief.as_str()
    }

    /// The id of the brief, as written.
    pub fn brief(&self) -> &str {
        &self.brief
    }

    /// The lines of a section.
    pub fn lines(&self, section: &Section) -> &[String] {
        Section::ALL
            .iter()
            .position(|s| s == section)
            .map_or(&[], |at| &self.sections[at])
    }

    /// The wording of a question, where it is known.
    pub(super) fn wording(&self, question: &str) -> Option<&str> {
        self.wordings.get(question).map(String::as_str)
    }

    /// The sections in which `self` and `later` differ, with the lines that
    /// went and those that came.
    pub fn differences(&self, later: &Self) -> Vec<Difference> {
        Section::ALL
            .iter()
            .filter(|section| self.lines(section) != later.lines(section))
            .map(|section| Difference::between(section, self, later))
            .collect()
    }
}

/// The text that was escaped.
pub(super) fn unescape(escaped: &str) -> String {
    let mut text = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let code = rest.strip_prefix("u{").and_then(|r| r.split_once('}'));
        let control = code.and_then(|(hex, after)| {
            let c = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)?;
            Some((c, after))
        });
        let mut chars = rest.chars();
        match (control, chars.next()) {
            (Some((c, after)), _) => {
                text.push(c);
                rest = after;
            }
            (None, Some('n')) => {
                text.push('\n');
                rest = chars.as_str();
            }
            (None, Some(c)) => {
                text.push(c);
                rest = chars.as_str();
            }
            (None, None) => text.push('\\'),
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests;
