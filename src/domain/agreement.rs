//! What a customer says yes to: a canonical text in five sections, which are
//! compared one by one. The text is stored with each sign-off.
//!
//! Two briefs have the same text exactly when a customer would have agreed to
//! the same. The title, notes, bases, the order of customers, goals and things
//! out of scope, and the order of keys in the file are no part of it; nor are
//! CRLF, decomposed letters and spaces around a value.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::words::word_enum;
use super::{Answer, Basis, Brief, BriefId, Code, Difference, ItemId};

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
        let mut sections = [
            want(brief),
            needs(brief),
            scope(brief),
            solution(brief),
            dates(brief),
        ];
        // In the order of their ids: the order of tables in a file says nothing.
        let mut answers: Vec<(&str, &Answer)> = brief.answers.iter().collect();
        answers.sort_by_key(|(id, _)| *id);
        let mut wordings = BTreeMap::new();
        for (id, answer) in answers {
            if !answer.question.trim().is_empty() {
                wordings.insert(id.to_owned(), answer.question.clone());
            }
            let place = section_of(id, answer.section.as_ref())
                .and_then(|section| Section::ALL.iter().position(|s| *s == section));
            if let Some(lines) = place.and_then(|at| sections.get_mut(at)) {
                lines.extend(answered(id, answer));
            }
        }
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

    /// Whether a stored text reads as these very lines; `false` also where it is
    /// no such text. The same as to read and to compare it, and much faster.
    pub(super) fn reads_as(&self, stored: &str) -> bool {
        let mut lines = stored.lines().map(str::trim_end);
        if lines.next() != Some(FIRST_LINE) {
            return false;
        }
        let id = lines.next().and_then(|line| line.strip_prefix("brief: "));
        if id.is_none_or(|id| BriefId::parse(id).is_err()) {
            return false;
        }
        let mut left = self.sections.each_ref().map(|lines| lines.iter());
        let mut section = None;
        for line in lines {
            let heading = line.strip_prefix('[').and_then(|l| l.strip_suffix(']'));
            if let Some(word) = heading {
                section = Section::ALL.iter().position(|s| s.word() == word);
                if section.is_none() {
                    return false;
                }
            } else if !line.is_empty() {
                let expected = section.and_then(|at| left.get_mut(at));
                if expected
                    .and_then(Iterator::next)
                    .is_none_or(|had| had != line)
                {
                    return false;
                }
            }
        }
        left.iter_mut().all(|lines| lines.next().is_none())
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

/// Purpose is always part of the want; other answers say where they belong.
fn section_of(question: &str, stored: Option<&Section>) -> Option<Section> {
    match question {
        "purpose" => Some(Section::Want),
        _ => stored.filter(|s| s.is_known()).cloned(),
    }
}

/// The lines of one answer. Labels keep text, items and reasons apart.
fn answered(id: &str, answer: &Answer) -> Vec<String> {
    let mut lines = Vec::new();
    if !answer.text.trim().is_empty() {
        lines.push(line(&["answer", id], &answer.text));
    }
    let items = answer.items.iter().filter(|item| !item.trim().is_empty());
    lines.extend(items.map(|item| line(&["item", id], item)));
    if answer.standing.basis == Basis::NotNeeded {
        lines.push(line(&["not needed", id], &answer.standing.why));
    }
    lines
}

fn want(brief: &Brief) -> Vec<String> {
    let mut customers: Vec<String> = brief
        .customers
        .iter()
        .map(|c| {
            let mut customer = line(&["customer", c.id.as_str()], &c.name);
            customer.push_str(" | role: ");
            escape(&mut customer, c.role.word());
            with_field(customer, "uses it for", &c.uses_for)
        })
        .collect();
    customers.sort();
    let mut goals: Vec<String> = brief
        .goals
        .iter()
        .map(|goal| {
            let line = line(&["goal", goal.level.word()], &goal.text);
            with_field(line, "how", &goal.how)
        })
        .collect();
    goals.sort();
    let mut lines = customers;
    if !brief.request.words.trim().is_empty() {
        lines.push(line(&["request"], &brief.request.words));
    }
    if let Some(reading) = brief.chosen_reading() {
        lines.push(line(&["meaning"], &reading.text));
    }
    lines.append(&mut goals);
    lines
}

fn needs(brief: &Brief) -> Vec<String> {
    brief
        .needs
        .iter()
        .zip(brief.ranks())
        .map(|(need, rank)| {
            let line = line(&[&rank.to_string(), need.id.as_str()], &need.text);
            let line = with_field(line, "met when", &need.acceptance);
            with_field(line, "for", &ids(&need.whose))
        })
        .collect()
}

fn scope(brief: &Brief) -> Vec<String> {
    let out = brief.out.iter().filter(|out| !out.trim().is_empty());
    let mut lines: Vec<String> = out.map(|out| line(&["out"], out)).collect();
    lines.sort();
    lines
}

fn solution(brief: &Brief) -> Vec<String> {
    brief
        .deliverables
        .iter()
        .map(|part| {
            let serves = match ids(&part.serves) {
                none if none.is_empty() => "no need".to_owned(),
                some => some,
            };
            let line = line(&["part", part.id.as_str()], &part.text);
            with_field(line, "serves", &serves)
        })
        .collect()
}

fn dates(brief: &Brief) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(day) = brief.plan.need_by {
        lines.push(line(&["need by"], &day.to_string()));
    }
    if !brief.plan.appetite.trim().is_empty() {
        lines.push(line(&["appetite"], &brief.plan.appetite));
    }
    lines
}

/// In the order of the ids, each once: whose need it is has no order.
fn ids(ids: &[ItemId]) -> String {
    let mut ids: Vec<&str> = ids.iter().map(ItemId::as_str).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.join(", ")
}

/// `label: label: value` on one line, whatever they hold: no content can pass
/// for another line, another label or another field.
fn line(labels: &[&str], value: &str) -> String {
    let room: usize = labels.iter().map(|label| label.len() + 2).sum();
    let mut line = String::with_capacity(room + value.len() + 64);
    for label in labels {
        let start = line.len();
        escape(&mut line, label);
        if label.contains(':') {
            let escaped = line.split_off(start).replace(':', "\\u{3a}");
            line.push_str(&escaped);
        }
        line.push_str(": ");
    }
    escape(&mut line, value);
    line.truncate(line.trim_end().len());
    line
}

/// A line with a further field; nothing more where there is no value.
fn with_field(mut line: String, label: &str, value: &str) -> String {
    let before = line.len();
    for part in [" | ", label, ": "] {
        line.push_str(part);
    }
    let empty = line.len();
    escape(&mut line, value);
    if line.len() == empty {
        line.truncate(before);
    }
    line
}

/// Appends a value on one line without a bare `|` or backslash. [`unescape`]
/// undoes it, save for what the canonical form leaves out.
fn escape(to: &mut String, value: &str) {
    let value = value.trim();
    // Most texts are such, for which that is all there is to do.
    let is_plain = |b: u8| matches!(b, b' '..=b'~') && b != b'\\' && b != b'|';
    if value.bytes().all(is_plain) {
        to.push_str(value);
    } else if !value.contains('\r') && is_nfc_quick(value.chars()) == IsNormalized::Yes {
        escape_all(to, value.chars());
    } else {
        escape_all(to, value.replace("\r\n", "\n").nfc());
    }
}

fn escape_all(to: &mut String, value: impl Iterator<Item = char>) {
    for c in value {
        match c {
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            '|' => to.push_str("\\|"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let _ = write!(to, "\\u{{{:x}}}", u32::from(c));
            }
            c => to.push(c),
        }
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
