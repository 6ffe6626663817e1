//! The lines of an agreement, put together in one text.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::{FIRST_LINE, Section};
use crate::domain::{Answer, Basis, Brief, BriefId, ItemId};

/// What a brief says of the five sections.
#[derive(Debug)]
pub(in crate::domain) struct Lines {
    /// One line after the other, with nothing between them.
    text: String,
    /// Where each line ends in it.
    ends: Vec<usize>,
    /// How many lines there are up to the end of each section, in the order of
    /// [`Section::ALL`].
    counts: [usize; 5],
}

impl Lines {
    /// Those of a brief as it stands.
    pub fn of(brief: &Brief) -> Self {
        let mut all = Self {
            text: String::with_capacity(2048),
            ends: Vec::with_capacity(32),
            counts: [0; 5],
        };
        // In the order of their ids: the order of tables in a file says nothing.
        let mut answers: Vec<(&str, &Answer)> = brief.answers.iter().collect();
        answers.sort_by_key(|(id, _)| *id);
        for (at, section) in Section::ALL.iter().enumerate() {
            match section {
                Section::Want => all.want(brief),
                Section::Needs => all.needs(brief),
                Section::Scope => all.scope(brief),
                Section::Solution => all.solution(brief),
                Section::Dates => all.dates(brief),
                Section::Unknown(_) => {}
            }
            for (id, answer) in &answers {
                if section_of(id, answer.section.as_ref()) == Some(section) {
                    all.answer(id, answer);
                }
            }
            if let Some(count) = all.counts.get_mut(at) {
                *count = all.ends.len();
            }
        }
        all
    }

    /// The lines of a section, by its place in [`Section::ALL`].
    pub fn section(&self, at: usize) -> impl Iterator<Item = &str> {
        let count = |at: usize| self.counts.get(at).copied().unwrap_or_default();
        let from = at.checked_sub(1).map_or(0, count);
        (from..count(at)).map(|at| self.line(at))
    }

    fn begin_of(&self, at: usize) -> usize {
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        before.copied().unwrap_or_default()
    }

    fn line(&self, at: usize) -> &str {
        let end = self.ends.get(at).copied().unwrap_or_default();
        self.text.get(self.begin_of(at)..end).unwrap_or_default()
    }

    /// Whether a stored text reads as these very lines; `false` also where it is
    /// no such text. The same as to read and to compare it, and much faster.
    pub fn reads_as(&self, stored: &str) -> bool {
        // Nobody has touched nearly all of them.
        self.is_exactly(stored).is_some() || self.reads_loosely_as(stored)
    }

    /// Whether a stored text is that of these lines to the byte.
    fn is_exactly(&self, stored: &str) -> Option<()> {
        let rest = stored.strip_prefix(FIRST_LINE)?.strip_prefix("\nbrief: ")?;
        let (id, mut rest) = rest.split_once('\n')?;
        if !BriefId::is_valid(id) {
            return None;
        }
        for (at, section) in Section::ALL.iter().enumerate() {
            rest = rest.strip_prefix('[')?.strip_prefix(section.word())?;
            rest = rest.strip_prefix("]\n")?;
            for line in self.section(at) {
                // A line is read back without its blanks.
                if line.ends_with(' ') {
                    return None;
                }
                rest = rest.strip_prefix(line)?.strip_prefix('\n')?;
            }
        }
        rest.is_empty().then_some(())
    }

    /// The same whatever its line ends and blank lines.
    fn reads_loosely_as(&self, stored: &str) -> bool {
        let mut rest = Some(stored);
        let mut lines = std::iter::from_fn(|| {
            let (line, more) = match memchr::memchr(b'\n', rest?.as_bytes()) {
                Some(at) => (rest?.get(..at)?, rest?.get(at + 1..)),
                None => (rest?, None),
            };
            rest = more;
            match line.as_bytes().last() {
                // Nearly all, for which it takes longer to look at the last letter.
                Some(b'!'..=b'~') => Some(line),
                _ => Some(line.trim_end()),
            }
        });
        if lines.next() != Some(FIRST_LINE) {
            return false;
        }
        let id = lines.next().and_then(|line| line.strip_prefix("brief: "));
        if !id.is_some_and(BriefId::is_valid) {
            return false;
        }
        let mut left: [_; 5] = std::array::from_fn(|at| self.section(at));
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

    /// Labels keep text, items and reasons apart.
    fn answer(&mut self, id: &str, answer: &Answer) {
        if !answer.text.trim().is_empty() {
            self.begin(&["answer", id], &answer.text);
            self.end();
        }
        let items = answer.items.iter().filter(|item| !item.trim().is_empty());
        for item in items {
            self.begin(&["item", id], item);
            self.end();
        }
        if answer.standing.basis == Basis::NotNeeded {
            self.begin(&["not needed", id], &answer.standing.why);
            self.end();
        }
    }

    fn want(&mut self, brief: &Brief) {
        let first = self.ends.len();
        for c in &brief.customers {
            self.begin(&["customer", c.id.as_str()], &c.name);
            self.text.push_str(" | role: ");
            escape(&mut self.text, c.role.word());
            self.field("uses it for", &c.uses_for);
            self.end();
        }
        self.sort_from(first);
        if !brief.request.words.trim().is_empty() {
            self.begin(&["request"], &brief.request.words);
            self.end();
        }
        if let Some(reading) = brief.chosen_reading() {
            self.begin(&["meaning"], &reading.text);
            self.end();
        }
        let first = self.ends.len();
        for goal in &brief.goals {
            self.begin(&["goal", goal.level.word()], &goal.text);
            self.field("how", &goal.how);
            self.end();
        }
        self.sort_from(first);
    }

    fn needs(&mut self, brief: &Brief) {
        let mut number = String::new();
        for (need, rank) in brief.needs.iter().zip(brief.ranks()) {
            number.clear();
            let _ = write!(number, "{rank}");
            self.begin(&[&number, need.id.as_str()], &need.text);
            self.field("met when", &need.acceptance);
            self.field("for", &ids(&need.whose));
            self.end();
        }
    }

    fn scope(&mut self, brief: &Brief) {
        let first = self.ends.len();
        for out in brief.out.iter().filter(|out| !out.trim().is_empty()) {
            self.begin(&["out"], out);
            self.end();
        }
        self.sort_from(first);
    }

    fn solution(&mut self, brief: &Brief) {
        for part in &brief.deliverables {
            self.begin(&["part", part.id.as_str()], &part.text);
            match &*ids(&part.serves) {
                "" => self.field("serves", "no need"),
                some => self.field("serves", some),
            }
            self.end();
        }
    }

    fn dates(&mut self, brief: &Brief) {
        if let Some(day) = brief.plan.need_by {
            self.begin(&["need by"], &day.to_string());
            self.end();
        }
        if !brief.plan.appetite.trim().is_empty() {
            self.begin(&["appetite"], &brief.plan.appetite);
            self.end();
        }
    }

    /// Begins a line with `label: label: value`, whatever they hold: no content can
    /// pass for another line, another label or another field.
    fn begin(&mut self, labels: &[&str], value: &str) {
        let text = &mut self.text;
        let begin = text.len();
        for label in labels {
            let start = text.len();
            let is_plain = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b' ');
            if label.bytes().all(is_plain) {
                text.push_str(label);
                text.push_str(": ");
                continue;
            }
            escape(text, label);
            if label.contains(':') {
                let escaped = text.split_off(start).replace(':', "\\u{3a}");
                text.push_str(&escaped);
            }
            text.push_str(": ");
        }
        escape(text, value);
        let line = text.get(begin..).unwrap_or_default();
        text.truncate(begin + line.trim_end().len());
    }

    /// A further field of the line; nothing more where there is no value.
    fn field(&mut self, label: &str, value: &str) {
        let before = self.text.len();
        for part in [" | ", label, ": "] {
            self.text.push_str(part);
        }
        let empty = self.text.len();
        escape(&mut self.text, value);
        if self.text.len() == empty {
            self.text.truncate(before);
        }
    }

    fn end(&mut self) {
        self.ends.push(self.text.len());
    }

    /// Sorts the lines from one on.
    fn sort_from(&mut self, first: usize) {
        let count = self.ends.len();
        if (first + 1..count).all(|at| self.line(at - 1) <= self.line(at)) {
            return;
        }
        let lines = (first..count).map(|at| self.line(at).to_owned());
        let mut lines: Vec<String> = lines.collect();
        lines.sort();
        self.text.truncate(self.begin_of(first));
        self.ends.truncate(first);
        for line in lines {
            self.text.push_str(&line);
            self.end();
        }
    }
}

/// Purpose is always part of the want; other answers say where they belong.
fn section_of<'s>(question: &str, stored: Option<&'s Section>) -> Option<&'s Section> {
    match question {
        "purpose" => Some(&Section::Want),
        _ => stored,
    }
}

/// In the order of the ids, each once: whose need it is has no order.
fn ids(ids: &[ItemId]) -> Cow<'_, str> {
    match ids {
        [] => Cow::Borrowed(""),
        [one] => one.as_str().into(),
        more => {
            let mut ids: Vec<&str> = more.iter().map(ItemId::as_str).collect();
            ids.sort_unstable();
            ids.dedup();
            ids.join(", ").into()
        }
    }
}

/// Appends a value on one line without a bare `|` or backslash.
/// [`unescape`](super::unescape) undoes it, save for what the canonical form
/// leaves out.
pub(super) fn escape(to: &mut String, value: &str) {
    let value = match value.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] => value,
        _ => value.trim(),
    };
    // Most texts are such, for which that is all there is to do. Without a way out
    // in the middle many bytes are looked at in one step.
    let is_plain = |b: u8| matches!(b, b' '..=b'~') & (b != b'\\') & (b != b'|');
    if value.bytes().fold(true, |all, b| all & is_plain(b)) {
        to.push_str(value);
    } else if !value.contains('\r') && is_nfc_quick(value.chars()) == IsNormalized::Yes {
        escape_all(to, value);
    } else {
        let value: String = value.replace("\r\n", "\n").nfc().collect();
        escape_all(to, &value);
    }
}

fn escape_all(to: &mut String, value: &str) {
    let mut rest = value;
    // The first byte of whatever may have to be escaped, and of some others.
    let may_be = |b: u8| matches!(b, ..b' ' | 0x7f | b'\\' | b'|' | 0xc2 | 0xe2);
    while let Some(at) = rest.bytes().position(may_be) {
        let (plain, more) = rest.split_at(at);
        to.push_str(plain);
        let mut chars = more.chars();
        match chars.next() {
            Some('\\') => to.push_str("\\\\"),
            Some('\n') => to.push_str("\\n"),
            Some('|') => to.push_str("\\|"),
            Some(c) if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let _ = write!(to, "\\u{{{:x}}}", u32::from(c));
            }
            Some(c) => to.push(c),
            None => {}
        }
        rest = chars.as_str();
    }
    to.push_str(rest);
}
