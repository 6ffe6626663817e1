//! What changed between two versions of the agreement, in words for people.

use crate::domain::{Brief, Difference, ItemId, Section, date};

use super::outline::one;

/// One change that a reader would notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Changed {
    Added(String),
    Removed(String),
    Replaced {
        was: String,
        now: String,
    },
    /// The same lines in another order.
    Moved,
}

impl Changed {
    /// A line such as `new: Names stay out`; texts go through `shorten` first.
    pub fn words(&self, shorten: impl Fn(&str) -> String) -> String {
        match self {
            Self::Added(text) => format!("new: {}", shorten(text)),
            Self::Removed(text) => format!("no longer: {}", shorten(text)),
            Self::Replaced { was, now } => format!("now: {} (was: {})", shorten(now), shorten(was)),
            Self::Moved => "the same, in another order".to_owned(),
        }
    }
}

/// The changes of one section, line by line and whole: what went begins with a
/// minus sign (U+2212), what came with a plus sign.
pub fn changed_lines(brief: &Brief, difference: &Difference) -> Vec<String> {
    let went = |text: String| format!("\u{2212} {text}");
    let came = |text: String| format!("+ {text}");
    readable(brief, difference)
        .into_iter()
        .flat_map(|change| match change {
            Changed::Added(text) => vec![came(text)],
            Changed::Removed(text) => vec![went(text)],
            Changed::Replaced { was, now } => vec![went(was), came(now)],
            Changed::Moved => vec!["the same, in another order".to_owned()],
        })
        .collect()
}

/// The changes of one section. A line that went and one that came are one
/// change when they alone are about the same thing.
pub(super) fn readable(brief: &Brief, difference: &Difference) -> Vec<Changed> {
    let section = &difference.section;
    let (removed, added) = (&difference.removed, &difference.added);
    if removed.is_empty() && added.is_empty() {
        return vec![Changed::Moved];
    }
    let alone = |lines: &[String], key: &str| {
        let mut same = lines.iter().filter(|l| key_of(section, l) == key);
        same.next().filter(|_| same.next().is_none()).cloned()
    };
    let partner = |line: &String, others: &[String], own: &[String]| {
        let key = key_of(section, line);
        if key.is_empty() || alone(own, key).is_none() {
            return None;
        }
        alone(others, key)
    };
    let show = |line: &str| show(brief, section, line);
    let mut changes = Vec::new();
    for line in removed {
        changes.push(match partner(line, added, removed) {
            Some(now) => replaced(brief, section, line, &now),
            None => Changed::Removed(show(line)),
        });
    }
    for line in added {
        if partner(line, removed, added).is_none() {
            changes.push(Changed::Added(show(line)));
        }
    }
    changes
}

/// Of two versions of one thing, only what differs is told, after its name.
fn replaced(brief: &Brief, section: &Section, was: &str, now: &str) -> Changed {
    let fields = |line: &str| -> Vec<String> {
        let mut fields: Vec<String> = show(brief, section, line)
            .split("; ")
            .map(str::to_owned)
            .collect();
        if *section == Section::Needs {
            fields.push(format!("rank {}", split_rank(line).0));
        }
        fields
    };
    let (old, new) = (fields(was), fields(now));
    let went: Vec<&str> = old
        .iter()
        .filter(|f| !new.contains(f))
        .map(String::as_str)
        .collect();
    let mut came: Vec<&str> = new
        .iter()
        .filter(|f| !old.contains(f))
        .map(String::as_str)
        .collect();
    if let Some(name) = new
        .first()
        .filter(|name| came.first() != Some(&name.as_str()))
    {
        came.insert(0, name);
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

fn split_rank(line: &str) -> (&str, &str) {
    line.split_once(": ").unwrap_or(("", line))
}

/// What a line is about. Empty for lines of a list, which have no name.
fn key_of<'a>(section: &Section, line: &'a str) -> &'a str {
    let Some((label, rest)) = line.split_once(": ") else {
        return "";
    };
    match label {
        _ if *section == Section::Needs && label.bytes().all(|b| b.is_ascii_digit()) => {
            split_rank(rest).0
        }
        "customer" | "part" => split_rank(rest).0,
        "out" => "",
        goal if goal.ends_with(" goal") => "",
        other => other,
    }
}

/// A line of the canonical text for people: without ids, with names.
fn show(brief: &Brief, section: &Section, line: &str) -> String {
    let (label, rest) = split_rank(line);
    let text = match label {
        _ if *section == Section::Needs && label.bytes().all(|b| b.is_ascii_digit()) => {
            split_rank(rest).1.to_owned()
        }
        "customer" | "part" => split_rank(rest).1.to_owned(),
        "out" => rest.to_owned(),
        "need by" => rest.parse().map_or_else(
            |_| format!("needed by {rest}"),
            |day| format!("needed by {}", date::show(day)),
        ),
        "appetite" => format!("worth {rest}"),
        "meaning" => format!("it means: {rest}"),
        "request" => format!("the words: {rest}"),
        _ => {
            let question = label.strip_suffix(" not needed").unwrap_or(label);
            let asked = brief.answers.get(question).map(|a| a.question.trim());
            match asked.filter(|q| !q.is_empty()) {
                Some(asked) if question != "purpose" => {
                    let left_out = if question == label {
                        ""
                    } else {
                        "not needed: "
                    };
                    format!("{asked} {left_out}{rest}")
                }
                _ => line.to_owned(),
            }
        }
    };
    one(&parts(brief, &text))
}

/// `text | for: dana, hr` as `text; for: Dana Reyes, Human Resources`.
fn parts(brief: &Brief, text: &str) -> String {
    let mut shown = String::new();
    for part in text.split(" | ") {
        if !shown.is_empty() {
            shown.push_str("; ");
        }
        let name = |id: &str| match ItemId::parse(id) {
            Ok(id) if brief.customer(&id).is_some() => brief.name_of(&id).to_owned(),
            Ok(id) => brief
                .need(&id)
                .map_or_else(|| id.to_string(), |need| need.text.trim().to_owned()),
            Err(_) => id.to_owned(),
        };
        match part.split_once(": ") {
            Some((label @ ("for" | "serves"), ids)) if !shown.is_empty() => {
                let names: Vec<String> = ids.split(", ").map(name).collect();
                shown.push_str(&format!("{label}: {}", names.join(", ")));
            }
            _ => shown.push_str(part),
        }
    }
    shown
}
