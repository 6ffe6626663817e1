//! What two people changed at the same time, each in their own way: all versions
//! are kept until somebody chooses.
//!
//! A place is written as in the file: `title`, `plan.need_by`,
//! `answer.purpose.text`, `need.kinds`. Words of a customer are one version as a
//! whole, with what they rest on: `text: for HR`, `basis: told`, a line each.

mod field;

use field::Field;

use super::{
    Basis, Brief, Change, Conflict, Day, ItemId, ListEdit, Standing, date, entry, text, wording,
};

/// The place of what follows from the wishes of two for an order.
const ORDER: &str = "order of ";
/// The place of the reading to go by.
const CHOSEN: &str = "chosen reading";
const BEFORE: &str = " before ";

/// What is to stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// One of the versions, from 0.
    Keep(usize),
    /// Something else; for an order of needs their numbers, as in `2 1 3`.
    Write(String),
    /// What stands there now.
    AsItIs,
}

/// Why a choice cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoChoice {
    #[error("nothing here was changed in two ways")]
    Nothing,
    #[error("there are {0} versions, from 1 to {0}")]
    NoSuchVersion(usize),
    #[error("{0} cannot be put there: {1}")]
    Unfit(String, String),
    #[error("only the file holds this; change it there, or leave it as it is")]
    OnlyByHand,
}

/// A version of words and what they rest on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    pub text: String,
    pub items: Vec<String>,
    pub acceptance: String,
    pub standing: Standing,
}

impl Said {
    /// Reads a version; lines without a known key are left out.
    pub fn parse(version: &str) -> Self {
        let mut said = Self::default();
        for (key, value) in lines(version) {
            let id = || ItemId::parse(&value).ok();
            match key {
                "text" => said.text = value,
                "item" => said.items.push(value),
                "acceptance" => said.acceptance = value,
                "basis" => said.standing.basis = Basis::from_word(&value),
                "by" => said.standing.by = id(),
                "on" => said.standing.on = value.parse().ok(),
                "why" => said.standing.why = value,
                "ask" => said.standing.ask = id(),
                _ => {}
            }
        }
        said
    }

    /// For people: `for HR (told by Dana Reyes on 5 Feb)`.
    fn in_words(&self, brief: &Brief) -> String {
        let mut words: Vec<String> = vec![self.text.trim().to_owned(), self.items.join("; ")];
        if !self.acceptance.trim().is_empty() {
            words.push(format!("met when: {}", self.acceptance.trim()));
        }
        words.retain(|w| !w.is_empty());
        let standing = wording::describe(brief, &self.standing);
        match words.is_empty() {
            true => standing,
            false => format!("{} ({standing})", words.join("; ")),
        }
    }
}

/// A line of a version; what has several lines goes on below, indented.
pub fn line(key: &str, value: &str) -> String {
    format!("{key}: {}", value.replace('\n', "\n  "))
}

fn lines(version: &str) -> Vec<(&str, String)> {
    let mut lines: Vec<(&str, String)> = Vec::new();
    for line in version.lines() {
        match (line.strip_prefix("  "), lines.last_mut()) {
            (Some(more), Some((_, value))) => {
                value.push('\n');
                value.push_str(more);
            }
            _ => lines
                .extend(line.split_once(':').map(|(key, value)| {
                    (key, value.strip_prefix(' ').unwrap_or(value).to_owned())
                })),
        }
    }
    lines
}

/// Whether a version holds the worker's own words.
pub fn is_own(version: &str) -> bool {
    let basis = Said::parse(version).standing.basis;
    matches!(basis, Basis::Guess | Basis::Asked)
}

/// Whether the versions of a place are words with what they rest on.
fn is_said(place: &str) -> bool {
    let mut parts = place.split('.');
    let list = matches!(
        parts.next(),
        Some("answer" | "need" | "reading" | "deliverable")
    );
    list && parts.next().is_some() && parts.next().is_none()
}

/// What was changed, in a few words: "the purpose", "the order of the needs".
pub fn what(brief: &Brief, place: &str) -> String {
    let quoted = |text: &str| format!("\u{201c}{}\u{201d}", text::fit(text.trim(), 48));
    if let Some(list) = place.strip_prefix(ORDER) {
        return format!("the order of the {list}s");
    }
    let parts: Vec<&str> = place.split('.').collect();
    let of = |what: &str, owner: String| match what {
        "" => owner,
        what => format!("the {what} of {owner}"),
    };
    let key = |parts: &[&str]| match parts.get(2).copied().unwrap_or("text") {
        "text" | "name" => String::new(),
        "uses_for" => "use".to_owned(),
        "items" => "list".to_owned(),
        "pay_back" => "day".to_owned(),
        key => key.replace('_', " "),
    };
    match parts.as_slice() {
        [CHOSEN] => "the reading to go by".to_owned(),
        ["plan", "need_by"] => "the day by which it is needed".to_owned(),
        ["plan", "appetite"] => "the time it is worth".to_owned(),
        ["plan", "cadence"] => "how often to look up from the work".to_owned(),
        ["request", "words"] => "the words of the request".to_owned(),
        ["request", key] => format!("the request: {key}"),
        ["answer", question, ..] => {
            let worded = brief.answers.get(question).map(|a| a.question.trim());
            match worded.filter(|q| !q.is_empty()) {
                Some(worded) => format!("the answer to {}", quoted(worded)),
                None => format!("the answer to {}", question.replace('_', " ")),
            }
        }
        ["need", id, ..] => {
            let need = brief.needs.iter().find(|n| n.id.as_str() == *id);
            let text = need.map_or(*id, |n| n.text.as_str());
            of(&key(&parts), format!("the need {}", quoted(text)))
        }
        ["reading", id, ..] => {
            let reading = brief.readings.iter().find(|r| r.id.as_str() == *id);
            let text = reading.map_or(*id, |r| r.text.as_str());
            of(&key(&parts), format!("the reading {}", quoted(text)))
        }
        ["deliverable", id, ..] => {
            let part = brief.deliverables.iter().find(|d| d.id.as_str() == *id);
            let text = part.map_or(*id, |d| d.text.as_str());
            of(&key(&parts), format!("the part {}", quoted(text)))
        }
        ["goal", id, ..] => {
            let goal = brief.goals.iter().find(|g| g.id.as_str() == *id);
            let text = goal.map_or(*id, |g| g.text.as_str());
            of(&key(&parts), format!("the goal {}", quoted(text)))
        }
        ["shortcut", id, ..] => {
            let shortcut = brief.shortcuts.iter().find(|s| s.id.as_str() == *id);
            let text = shortcut.map_or(*id, |s| s.text.as_str());
            of(&key(&parts), format!("the shortcut {}", quoted(text)))
        }
        ["customer", id, "name"] => format!("the name of {id}"),
        ["customer", id, ..] => {
            let customer = brief.customers.iter().find(|c| c.id.as_str() == *id);
            of(&key(&parts), customer.map_or(*id, |c| &c.name).to_owned())
        }
        [key] => format!("the {key}"),
        _ => place.to_owned(),
    }
}

/// The versions for people, in the order of the file.
pub fn versions(brief: &Brief, conflict: &Conflict) -> Vec<String> {
    let place = conflict.place.as_str();
    let words = |version: &String| -> String {
        if let Some(list) = place.strip_prefix(ORDER) {
            let name = |id: &str| name_in(brief, list, id);
            return match version.split_once(BEFORE) {
                Some((a, b)) => format!("{} before {}", name(a), name(b)),
                None => version.clone(),
            };
        }
        if place == CHOSEN {
            return name_in(brief, "reading", version);
        }
        if is_said(place) {
            return Said::parse(version).in_words(brief);
        }
        if let Some(day) = day(place, version) {
            return date::show(day);
        }
        let named = place.ends_with(".by") || place.ends_with(".ask");
        match ItemId::parse(version) {
            Ok(id) if named => brief.name_of(&id).to_owned(),
            _ => version.trim().to_owned(),
        }
    };
    conflict.versions.iter().map(words).collect()
}

/// The day that a version is, at a place where days stand.
fn day(place: &str, version: &str) -> Option<Day> {
    let key = place.rsplit('.').next()?;
    let is_day = matches!(key, "need_by" | "on" | "pay_back" | "paid");
    is_day.then(|| version.trim().parse().ok()).flatten()
}

fn name_in(brief: &Brief, list: &str, id: &str) -> String {
    let found = match list {
        "need" => find(brief.needs.iter().map(|n| (&n.id, &n.text)), id),
        "reading" => find(brief.readings.iter().map(|r| (&r.id, &r.text)), id),
        "deliverable" => find(brief.deliverables.iter().map(|d| (&d.id, &d.text)), id),
        "customer" => find(brief.customers.iter().map(|c| (&c.id, &c.name)), id),
        _ => None,
    };
    let name = found.unwrap_or(id);
    format!("\u{201c}{}\u{201d}", text::fit(name.trim(), 48))
}

fn find<'a>(all: impl Iterator<Item = (&'a ItemId, &'a String)>, id: &str) -> Option<&'a str> {
    let mut all = all;
    all.find(|(own, _)| own.as_str() == id)
        .map(|(_, text)| text.as_str())
}

/// One sentence: "the title was changed in two ways: “A” or “B”".
pub fn sentence(brief: &Brief, conflict: &Conflict) -> String {
    let what = what(brief, &conflict.place);
    let versions = versions(brief, conflict);
    if conflict.place.starts_with(ORDER) {
        return format!(
            "{what} was changed by two people; together that puts {}, which neither of them did",
            versions.join(" and ")
        );
    }
    let versions: Vec<String> = versions
        .iter()
        .map(|v| format!("\u{201c}{}\u{201d}", text::fit(&text::line(v), 120)))
        .collect();
    let ways = match versions.len() {
        0..=2 => "two",
        _ => "several",
    };
    format!(
        "{what} was changed in {ways} ways: {}",
        versions.join(" or ")
    )
}

/// The question of the walk that the place belongs to, empty for none.
pub fn question(place: &str) -> &str {
    let mut parts = place.split('.');
    match (parts.next(), parts.next()) {
        (Some("order of need"), _) => "rank",
        (Some("need"), _) => "needs",
        (Some(CHOSEN | "reading" | "order of reading"), _) => "readings",
        (Some("deliverable" | "order of deliverable"), _) => "deliverables",
        (Some("customer" | "order of customer"), _) => "customers",
        (Some("goal"), _) => "goals",
        (Some("title"), None) => "title",
        (Some("answer" | "plan" | "request"), Some(key)) => key,
        _ => "",
    }
}

/// The place that a person means by its name or by a part of it; nothing typed
/// means the only one.
pub fn at(brief: &Brief, typed: &str) -> Option<usize> {
    let typed = typed.trim().to_lowercase();
    let all = || brief.conflicts.iter().enumerate();
    if typed.is_empty() {
        return (brief.conflicts.len() == 1).then_some(0);
    }
    let number = typed.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    if let Some(at) = number.filter(|at| *at < brief.conflicts.len()) {
        return Some(at);
    }
    if let Some((at, _)) = all().find(|(_, c)| c.place.to_lowercase() == typed) {
        return Some(at);
    }
    let mut fits = all().filter(|(_, c)| {
        c.place.to_lowercase().contains(&typed)
            || what(brief, &c.place).to_lowercase().contains(&typed)
    });
    match (fits.next(), fits.next()) {
        (Some((at, _)), None) => Some(at),
        _ => None,
    }
}

/// Chooses: the change that puts it there and ends the conflict.
///
/// # Errors
/// When there is no such version, or what is written does not fit the place.
pub fn choose(brief: &Brief, at: usize, choice: &Choice) -> Result<Change, NoChoice> {
    let conflict = brief.conflicts.get(at).ok_or(NoChoice::Nothing)?;
    let place = conflict.place.as_str();
    let version = match choice {
        Choice::Keep(n) => {
            let count = conflict.versions.len();
            let version = conflict.versions.get(*n);
            Some(version.ok_or(NoChoice::NoSuchVersion(count))?.clone())
        }
        Choice::Write(typed) if typed.trim().is_empty() => {
            return Err(NoChoice::Unfit("nothing".to_owned(), "say what".to_owned()));
        }
        Choice::Write(typed) => Some(typed.trim().to_owned()),
        Choice::AsItIs => None,
    };
    let written = matches!(choice, Choice::Write(_));
    let put = match version {
        None => None,
        Some(version) if place.starts_with(ORDER) => order(brief, place, &version, written)?,
        Some(version) if place == CHOSEN => Some(choose_reading(brief, &version, written)?),
        Some(version) => Some(put(brief, place, &version, written)?),
    };
    let end = Change::Conflict(ListEdit::Remove { at });
    Ok(Change::All(put.into_iter().chain([end]).collect()))
}

/// An order is as it stands, or ranked anew.
fn order(
    brief: &Brief,
    place: &str,
    typed: &str,
    written: bool,
) -> Result<Option<Change>, NoChoice> {
    if !written {
        return Ok(None);
    }
    if place != "order of need" {
        return Err(NoChoice::OnlyByHand);
    }
    let groups = entry::rank(typed, brief.needs.len())
        .map_err(|why| NoChoice::Unfit(typed.to_owned(), why.to_string()))?;
    let id = |at: &usize| brief.needs.get(*at).map(|n| n.id.clone());
    let ids: Vec<ItemId> = groups.iter().flatten().filter_map(id).collect();
    let same = groups.iter().flat_map(|group| group.iter().skip(1));
    let same: Vec<ItemId> = same.filter_map(id).collect();
    Ok(Some(Change::Need(ListEdit::order(
        &brief.needs,
        &ids,
        &same,
    ))))
}

fn choose_reading(brief: &Brief, version: &str, written: bool) -> Result<Change, NoChoice> {
    let mut items = brief.readings.clone();
    let wanted = items.iter().position(|r| match written {
        true => r.text.trim() == version.trim(),
        false => r.id.as_str() == version,
    });
    let Some(wanted) = wanted else {
        let why = "it is none of the readings; add it in the walk first";
        return Err(NoChoice::Unfit(version.to_owned(), why.to_owned()));
    };
    for (at, reading) in items.iter_mut().enumerate() {
        reading.chosen = at == wanted;
    }
    Ok(Change::Reading(ListEdit::Set { items }))
}

/// Puts a version at a place. What is written anew is the worker's own.
fn put(brief: &Brief, place: &str, version: &str, written: bool) -> Result<Change, NoChoice> {
    let mut after = brief.clone();
    let unfit = |why: String| NoChoice::Unfit(text::fit(&text::line(version), 48), why);
    let mut field = Field::of(&mut after, place).ok_or(NoChoice::OnlyByHand)?;
    match (&mut field, written) {
        (Field::Said(said), true) => said.put(Said {
            text: version.to_owned(),
            acceptance: said.acceptance(),
            ..Said::default()
        }),
        (field, _) => field.set(version).map_err(unfit)?,
    }
    field::change(brief, after, place).ok_or(NoChoice::OnlyByHand)
}

#[cfg(test)]
mod tests;
