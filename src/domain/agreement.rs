//! What a customer says yes to: a canonical text in five sections, which are
//! compared one by one. The text is stored with each sign-off.

use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization;

use super::words::word_enum;
use super::{Brief, BriefId, Code, ItemId};

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The id of the brief, so that a yes to one brief signs no other.
    brief: String,
    /// The lines of each section, in the order of [`Section::ALL`].
    sections: [Vec<String>; 5],
}

/// One line that two versions do not share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub section: Section,
    pub removed: Vec<String>,
    pub added: Vec<String>,
}

impl Agreement {
    /// The agreement as the brief stands.
    pub fn of(brief: &Brief) -> Self {
        let mut sections = [
            want(brief),
            needs(brief),
            scope(brief),
            solution(brief),
            dates(brief),
        ];
        for (id, answer) in brief.answers.iter() {
            let Some(section) = section_of(id, answer.section.as_ref()) else {
                continue;
            };
            let Some(at) = Section::ALL.iter().position(|s| *s == section) else {
                continue;
            };
            if !answer.text.trim().is_empty() {
                sections[at].push(line(id, &answer.text));
            }
            sections[at].extend(answer.items.iter().map(|item| line(id, item)));
            if answer.standing.basis == super::Basis::NotNeeded {
                sections[at].push(line(&format!("{id} not needed"), &answer.standing.why));
            }
        }
        Self {
            brief: brief.id.as_str().to_owned(),
            sections,
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

    /// The lines of a section.
    pub fn lines(&self, section: &Section) -> &[String] {
        Section::ALL
            .iter()
            .position(|s| s == section)
            .map_or(&[], |at| &self.sections[at])
    }

    /// The sections in which `self` and `later` differ, with the lines that
    /// went and those that came.
    pub fn differences(&self, later: &Self) -> Vec<Difference> {
        Section::ALL
            .iter()
            .zip(self.sections.iter().zip(&later.sections))
            .filter(|(_, (old, new))| old != new)
            .map(|(section, (old, new))| Difference {
                section: section.clone(),
                removed: missing(old, new),
                added: missing(new, old),
            })
            .collect()
    }
}

/// The lines of `these` that `others` lacks, as for people.
fn missing(these: &[String], others: &[String]) -> Vec<String> {
    these
        .iter()
        .filter(|line| !others.contains(line))
        .map(|line| unescape(line))
        .collect()
}

/// Purpose is always part of the want; other answers say where they belong.
fn section_of(question: &str, stored: Option<&Section>) -> Option<Section> {
    match question {
        "purpose" => Some(Section::Want),
        _ => stored.filter(|s| s.is_known()).cloned(),
    }
}

fn want(brief: &Brief) -> Vec<String> {
    let mut lines = Vec::new();
    for c in &brief.customers {
        let mut text = format!(
            "customer: {}: {} | {}",
            c.id,
            escape(&c.name),
            escape(c.role.word())
        );
        if !c.uses_for.trim().is_empty() {
            let _ = write!(text, " | uses it for: {}", escape(&c.uses_for));
        }
        lines.push(text);
    }
    if !brief.request.words.trim().is_empty() {
        lines.push(line("request", &brief.request.words));
    }
    if let Some(reading) = brief.chosen_reading() {
        lines.push(line("meaning", &reading.text));
    }
    for goal in &brief.goals {
        let mut text = format!("{} goal: {}", escape(goal.level.word()), escape(&goal.text));
        if !goal.how.trim().is_empty() {
            let _ = write!(text, " | how: {}", escape(&goal.how));
        }
        lines.push(text);
    }
    lines
}

fn needs(brief: &Brief) -> Vec<String> {
    brief
        .needs
        .iter()
        .zip(brief.ranks())
        .map(|(need, rank)| {
            let mut text = format!("{rank}: {}: {}", need.id, escape(&need.text));
            if !need.acceptance.trim().is_empty() {
                let _ = write!(text, " | met when: {}", escape(&need.acceptance));
            }
            if !need.whose.is_empty() {
                let _ = write!(text, " | for: {}", ids(&need.whose));
            }
            text
        })
        .collect()
}

fn scope(brief: &Brief) -> Vec<String> {
    brief.out.iter().map(|out| line("out", out)).collect()
}

fn solution(brief: &Brief) -> Vec<String> {
    brief
        .deliverables
        .iter()
        .map(|part| {
            let serves = if part.serves.is_empty() {
                "no need".to_owned()
            } else {
                ids(&part.serves)
            };
            format!(
                "part: {}: {} | serves: {serves}",
                part.id,
                escape(&part.text)
            )
        })
        .collect()
}

fn dates(brief: &Brief) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(day) = brief.plan.need_by {
        lines.push(line("need by", &day.to_string()));
    }
    if !brief.plan.appetite.trim().is_empty() {
        lines.push(line("appetite", &brief.plan.appetite));
    }
    lines
}

fn ids(ids: &[ItemId]) -> String {
    ids.iter()
        .map(ItemId::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

/// One line, whatever the value holds: no content can pass for another line.
fn line(label: &str, value: &str) -> String {
    format!("{}: {}", escape(label), escape(value))
}

fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.trim().replace("\r\n", "\n").nfc() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '|' => escaped.push_str("\\|"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

fn unescape(line: &str) -> String {
    line.replace("\\n", " ")
        .replace("\\|", "|")
        .replace("\\\\", "\\")
}
