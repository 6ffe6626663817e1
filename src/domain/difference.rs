//! What changed between two versions of the agreement, in words for people:
//! names instead of ids, "moved from 4 to 2" instead of two lines.

use std::collections::{BTreeMap, BTreeSet};

use super::agreement::unescape;
use super::{Agreement, Section, date, text};

/// How one section differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub section: Section,
    /// The lines of the canonical text that went, unescaped.
    pub removed: Vec<String>,
    /// The lines that came.
    pub added: Vec<String>,
    old: Vec<Line>,
    new: Vec<Line>,
    /// Names of customers and texts of needs by id, as the versions had them.
    names: BTreeMap<String, String>,
    /// Wordings of questions by id.
    wordings: BTreeMap<String, String>,
}

/// One change that a reader would notice. Texts are one line each and safe to
/// show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    Added(String),
    Removed(String),
    /// Of two versions of one thing, only what differs, after its name.
    Replaced {
        was: String,
        now: String,
    },
    /// A need that has another rank now, counted from 1.
    Moved {
        what: String,
        from: usize,
        to: usize,
    },
    /// The same lines in another order.
    Reordered,
}

impl Changed {
    /// A line such as `new: Names stay out`; texts go through `shorten` first.
    pub fn words(&self, shorten: impl Fn(&str) -> String) -> String {
        match self {
            Self::Added(text) => format!("new: {}", shorten(text)),
            Self::Removed(text) => format!("no longer: {}", shorten(text)),
            Self::Replaced { was, now } => format!("now: {} (was: {})", shorten(now), shorten(was)),
            Self::Moved { what, from, to } => {
                format!("moved from {from} to {to}: {}", shorten(what))
            }
            Self::Reordered => "the same, in another order".to_owned(),
        }
    }
}

impl std::fmt::Display for Changed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.words(str::to_owned))
    }
}

impl Difference {
    /// How a section of `old` differs from the same section of `new`.
    pub(super) fn between(section: &Section, old: &Agreement, new: &Agreement) -> Self {
        let mut names = BTreeMap::new();
        for version in [old, new] {
            let customers = version.lines(&Section::Want).iter().map(|l| Line::read(l));
            let needs = version.lines(&Section::Needs).iter().map(|l| Line::read(l));
            for line in customers.chain(needs) {
                let named = line.is("customer") || line.rank.is_some();
                if named && !line.text.trim().is_empty() {
                    names.insert(line.id, line.text);
                }
            }
        }
        let read = |lines: &[String]| lines.iter().map(|l| Line::read(l)).collect::<Vec<_>>();
        let (was, now) = (read(old.lines(section)), read(new.lines(section)));
        let mut wordings = BTreeMap::new();
        for line in was.iter().chain(&now) {
            if let Some(asked) = new.wording(&line.id).or_else(|| old.wording(&line.id)) {
                wordings.insert(line.id.clone(), asked.trim().to_owned());
            }
        }
        let (old, new) = (old.lines(section), new.lines(section));
        Self {
            section: section.clone(),
            removed: missing(old, new),
            added: missing(new, old),
            old: was,
            new: now,
            names,
            wordings,
        }
    }

    /// The changes in words for people, in the order of the agreement. Never
    /// empty.
    pub fn changes(&self) -> Vec<Changed> {
        let show = |line: &Line| self.fields(line).join("; ");
        let (old, new) = (Keys::of(&self.old), Keys::of(&self.new));
        let mut changes = Vec::new();
        // What the other version has word for word is no change; a line that
        // stands there twice counts twice.
        let mut left: Vec<&Line> = self.new.iter().collect();
        for was in &self.old {
            if let Some(at) = left.iter().position(|now| now.says_the_same(was)) {
                left.remove(at);
                continue;
            }
            changes.push(match old.partner(was, &new) {
                Some(now) => {
                    if let Some(at) = left.iter().position(|line| std::ptr::eq(*line, now)) {
                        left.remove(at);
                    }
                    self.replaced(was, now)
                }
                None => Changed::Removed(show(was)),
            });
        }
        changes.extend(left.into_iter().map(|line| Changed::Added(show(line))));
        changes.extend(self.moved());
        if changes.is_empty() {
            changes.push(Changed::Reordered);
        }
        changes
    }

    /// The changes line by line and whole, for where there is room: what went
    /// begins with a minus sign (U+2212), what came with a plus sign.
    pub fn told(&self) -> Vec<String> {
        let went = |text: String| format!("\u{2212} {text}");
        let came = |text: String| format!("+ {text}");
        self.changes()
            .into_iter()
            .flat_map(|change| match change {
                Changed::Added(text) => vec![came(text)],
                Changed::Removed(text) => vec![went(text)],
                Changed::Replaced { was, now } => vec![went(was), came(now)],
                moved => vec![moved.to_string()],
            })
            .collect()
    }

    fn replaced(&self, was: &Line, now: &Line) -> Changed {
        let (old, new) = (self.fields(was), self.fields(now));
        let only = |these: &[String], others: &[String]| -> Vec<String> {
            let mut only = these.to_vec();
            only.retain(|f| !others.contains(f));
            only
        };
        let (went, mut came) = (only(&old, &new), only(&new, &old));
        if let Some(name) = new.first().filter(|name| came.first() != Some(name)) {
            came.insert(0, name.clone());
        }
        Changed::Replaced {
            was: if went.is_empty() {
                "nothing said".to_owned()
            } else {
                went.join("; ")
            },
            now: came.join("; "),
        }
    }

    /// The needs that both versions have and that changed places among them:
    /// as few as tell the whole story, so that one need moved up is one line.
    fn moved(&self) -> Vec<Changed> {
        let (old, new) = (Keys::of(&self.old), Keys::of(&self.new));
        let common: Vec<(&Line, &Line)> = self
            .new
            .iter()
            .filter(|line| line.rank.is_some())
            .filter_map(|now| new.partner(now, &old).map(|was| (was, now)))
            .collect();
        let places: Vec<usize> = common
            .iter()
            .map(|(was, _)| self.old.iter().position(|l| std::ptr::eq(l, *was)))
            .map(Option::unwrap_or_default)
            .collect();
        let stayed = longest_rising(&places);
        let equals = |side: fn(&(&Line, &Line)) -> Option<usize>| {
            let mut groups: BTreeMap<Option<usize>, BTreeSet<&str>> = BTreeMap::new();
            for pair in &common {
                groups.entry(side(pair)).or_default().insert(&pair.1.id);
            }
            groups
        };
        let was_equal = equals(|pair| pair.0.rank);
        let now_equal = equals(|pair| pair.1.rank);
        common
            .iter()
            .enumerate()
            .filter(|(at, pair)| {
                !stayed.contains(at) || was_equal.get(&pair.0.rank) != now_equal.get(&pair.1.rank)
            })
            .filter_map(|(_, (was, now))| {
                let (from, to) = (was.rank?, now.rank?);
                (from != to).then(|| Changed::Moved {
                    what: clean(&now.text),
                    from,
                    to,
                })
            })
            .collect()
    }

    /// A line for people, without ids: what it is about, then its fields.
    fn fields(&self, line: &Line) -> Vec<String> {
        let mut fields = vec![clean(&self.head(line))];
        for (label, value) in &line.fields {
            let value = match label.as_str() {
                "for" | "serves" => value
                    .split(", ")
                    .map(|id| self.names.get(id).map_or(id, String::as_str))
                    .collect::<Vec<_>>()
                    .join(", "),
                _ => value.clone(),
            };
            fields.push(clean(&match label.as_str() {
                "role" => value,
                _ => format!("{label}: {value}"),
            }));
        }
        fields
    }

    fn head(&self, line: &Line) -> String {
        let rest = &line.text;
        match line.label.as_str() {
            "request" => format!("the words: {rest}"),
            "meaning" => format!("it means: {rest}"),
            "goal" => format!("{} goal: {rest}", line.id),
            "need by" => rest.parse().map_or_else(
                |_| format!("needed by {rest}"),
                |day| format!("needed by {}", date::show(day)),
            ),
            "appetite" => format!("worth {rest}"),
            "answer" | "item" | "not needed" => {
                let asked = self.wordings.get(&line.id);
                let about = match asked.filter(|_| line.id != "purpose") {
                    Some(asked) => asked.clone(),
                    None => format!("{}:", line.id.replace('_', " ")),
                };
                if line.is("not needed") {
                    format!("{about} not needed: {rest}")
                } else {
                    format!("{about} {rest}")
                }
            }
            _ => rest.clone(),
        }
    }
}

fn clean(value: &str) -> String {
    text::line(value.trim()).into_owned()
}

/// A line of the canonical text, taken apart and unescaped.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    /// `customer`, `out`, `answer`; the rank for a need.
    label: String,
    /// The id that follows some labels, the level of a goal.
    id: String,
    text: String,
    fields: Vec<(String, String)>,
    /// Of a need, from 1.
    rank: Option<usize>,
}

impl Line {
    fn read(raw: &str) -> Self {
        // Content has no bare `|`, so the separator is one wherever it stands.
        let mut parts = raw.split(" | ");
        let head = parts.next().unwrap_or_default();
        let fields = parts
            .map(cut)
            .map(|(label, value)| (unescape(label), unescape(value)))
            .collect();
        let (label, rest) = cut(head);
        let rank = label.parse().ok();
        let with_id = rank.is_some()
            || matches!(
                label,
                "customer" | "part" | "goal" | "answer" | "item" | "not needed"
            );
        let (id, text) = if with_id { cut(rest) } else { ("", rest) };
        Self {
            label: unescape(label),
            id: unescape(id),
            text: unescape(text),
            fields,
            rank,
        }
    }

    fn is(&self, label: &str) -> bool {
        self.label == label
    }

    /// The same but for the rank, which is told apart from the rest.
    fn says_the_same(&self, other: &Self) -> bool {
        (self.rank.is_some() == other.rank.is_some())
            && (self.rank.is_some() || self.label == other.label)
            && (&self.id, &self.text, &self.fields) == (&other.id, &other.text, &other.fields)
    }

    /// What it is about. `None` for lines of a list, which have no name.
    fn key(&self) -> Option<(&str, &str)> {
        match self.label.as_str() {
            _ if self.rank.is_some() => Some(("need", &self.id)),
            "goal" | "out" | "item" => None,
            "answer" | "not needed" => Some(("answer", &self.id)),
            label => Some((label, &self.id)),
        }
    }
}

/// `label: value`; the colon of an empty value may stand at the end.
fn cut(text: &str) -> (&str, &str) {
    text.split_once(": ")
        .or_else(|| text.strip_suffix(':').map(|label| (label, "")))
        .unwrap_or(("", text))
}

/// The lines of a section by what they are about, where only one is.
struct Keys<'a>(BTreeMap<(&'a str, &'a str), Option<&'a Line>>);

impl<'a> Keys<'a> {
    fn of(lines: &'a [Line]) -> Self {
        let mut keys = BTreeMap::new();
        for line in lines {
            if let Some(key) = line.key() {
                keys.entry(key)
                    .and_modify(|only| *only = None)
                    .or_insert(Some(line));
            }
        }
        Self(keys)
    }

    /// The line of `others` about the same thing as `line`, one of these.
    fn partner(&self, line: &Line, others: &Keys<'a>) -> Option<&'a Line> {
        let key = line.key()?;
        self.0.get(&key).copied().flatten()?;
        others.0.get(&key).copied().flatten()
    }
}

/// The lines of `these` that `others` lacks, unescaped, each as often as it
/// is missing.
fn missing(these: &[String], others: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in others {
        *counts.entry(line).or_default() += 1;
    }
    these
        .iter()
        .filter(|line| match counts.get_mut(line.as_str()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .map(|line| unescape(line).replace('\n', " "))
        .collect()
}

/// The places of a longest rising run of `values` (patience sorting, Fredman
/// 1975): what need not be told as moved.
fn longest_rising(values: &[usize]) -> BTreeSet<usize> {
    // The place of the smallest last value of a run of each length.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let length = ends.partition_point(|end| values[*end] < *value);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut run = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        run.insert(at);
        next = before[at];
    }
    run
}

#[cfg(test)]
mod tests;
