//! How a question stands in a brief, and its answer in plain lines: for "what
//! is known so far", the review and the walk without a screen.

use super::condition::value_of;
use super::{Kind, Question};
use crate::domain::{Answer, Basis, Brief, Day, ItemId, Need, Standing, readiness, text};

/// How a question stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Not answered yet.
    Open,
    /// "I don't know": to be put to this customer, not sent yet.
    Unknown { ask: ItemId },
    /// Answered, and nobody but the worker has said so. `ask` is the customer
    /// to whom the guess is to be put, if any.
    Guess { ask: Option<ItemId> },
    /// Put to a customer, who has not answered yet; there may be a guess.
    Asked { to: Option<ItemId> },
    /// In a customer's own words.
    Told { by: Option<ItemId>, on: Option<Day> },
    /// Left out on purpose, and why.
    NotNeeded { why: String },
    /// A basis that this version does not know, as it is in the file.
    Other(String),
}

impl State {
    /// A mark of one column, always shown beside the word. The same as
    /// [`Basis::symbol`] where there is a basis.
    pub fn symbol(&self) -> &'static str {
        match self {
            Self::Open => "·",
            Self::Unknown { .. } => "○",
            Self::Guess { .. } => Basis::Guess.symbol(),
            Self::Asked { .. } => Basis::Asked.symbol(),
            Self::Told { .. } => Basis::Told.symbol(),
            Self::NotNeeded { .. } => Basis::NotNeeded.symbol(),
            Self::Other(_) => "!",
        }
    }

    /// The word for the screen.
    pub fn label(&self) -> &str {
        match self {
            Self::Open => "open",
            Self::Unknown { .. } => "to ask",
            Self::Guess { .. } => "guess",
            Self::Asked { .. } => "asked",
            Self::Told { .. } => "told",
            Self::NotNeeded { .. } => "not needed",
            Self::Other(word) => word,
        }
    }

    /// Whether the walk is done with it: answered, left out, or handed to a
    /// customer.
    pub fn is_settled(&self) -> bool {
        !matches!(self, Self::Open)
    }

    fn of(standing: &Standing) -> Self {
        match &standing.basis {
            Basis::Guess => Self::Guess {
                ask: standing.ask.clone(),
            },
            Basis::Asked => Self::Asked {
                to: standing.ask.clone(),
            },
            Basis::Told => Self::Told {
                by: standing.by.clone(),
                on: standing.on,
            },
            Basis::NotNeeded => Self::NotNeeded {
                why: standing.why.clone(),
            },
            Basis::Unknown(word) => Self::Other(word.clone()),
        }
    }

    /// The higher, the more a list can rest on it.
    fn firmness(&self) -> u8 {
        match self {
            Self::Open | Self::Other(_) => 0,
            Self::Unknown { .. } => 1,
            Self::Guess { .. } => 2,
            Self::Asked { .. } => 3,
            Self::Told { .. } => 4,
            Self::NotNeeded { .. } => 5,
        }
    }
}

/// How a question stands. Needs and deliverables stand as their weakest item
/// does, readings as the chosen one; guesses that were put to a customer stand
/// as asked.
pub fn state(question: &Question, brief: &Brief) -> State {
    let entry = brief.answers.get(&question.id);
    let standing = entry.map(|a| &a.standing);
    if let Some(standing) = standing
        && standing.basis == Basis::NotNeeded
        && entry.is_some_and(Answer::is_given)
    {
        return State::of(standing);
    }
    if !readiness::is_answered(brief, &question.id) {
        return match standing {
            Some(s) if s.basis == Basis::Asked => State::of(s),
            Some(Standing { ask: Some(ask), .. }) => State::Unknown { ask: ask.clone() },
            _ => State::Open,
        };
    }
    let weakest = match question.kind {
        Kind::Needs => weakest(brief.needs.iter().map(|n| &n.standing)),
        Kind::Deliverables => weakest(brief.deliverables.iter().map(|d| &d.standing)),
        Kind::Readings => brief.chosen_reading().map(|r| State::of(&r.standing)),
        _ => return standing.map_or_else(|| without_entry(question, brief), State::of),
    };
    match (weakest, standing) {
        // The entry holds the question that goes out for the whole list.
        (Some(State::Guess { ask: None }), Some(s))
            if s.basis == Basis::Asked || (s.basis == Basis::Guess && s.ask.is_some()) =>
        {
            State::of(s)
        }
        (Some(weakest), _) => weakest,
        (None, _) => State::Open,
    }
}

fn weakest<'s>(standings: impl Iterator<Item = &'s Standing>) -> Option<State> {
    standings.map(State::of).min_by_key(State::firmness)
}

/// What the brief itself says about an answer that has no entry, as in a file
/// that was written by hand.
fn without_entry(question: &Question, brief: &Brief) -> State {
    match question.id.as_str() {
        // The words are the customer's own when it is written who said them.
        "words" if brief.request.by.is_some() => State::Told {
            by: brief.request.by.clone(),
            on: brief.request.on,
        },
        "rank" => brief
            .rankings
            .first()
            .map_or(State::Guess { ask: None }, |r| State::Told {
                by: Some(r.by.clone()),
                on: r.on,
            }),
        _ => State::Guess { ask: None },
    }
}

/// The present answer as plain lines, safe to show; empty where there is none.
/// An answer left out on purpose is its reason.
pub fn answer_text(question: &Question, brief: &Brief) -> Vec<String> {
    let entry = brief.answers.get(&question.id);
    let mut lines = match question.kind {
        Kind::Customers => customers(brief),
        Kind::Readings => readings(brief),
        Kind::Needs => needs(brief),
        Kind::Rank if readiness::is_ranked(brief) => rank(brief),
        Kind::Rank => Vec::new(),
        Kind::Goals => goals(brief),
        Kind::Deliverables => deliverables(brief),
        Kind::Choice | Kind::YesNo => choice(question, brief).into_iter().collect(),
        _ => match question.id.as_str() {
            "title" => paragraphs(&brief.title),
            "words" => paragraphs(&brief.request.words),
            "where" => paragraphs(&brief.request.place),
            "out" => brief.out.clone(),
            "need_by" => brief.plan.need_by.iter().map(day).collect(),
            "appetite" => paragraphs(&brief.plan.appetite),
            "cadence" => paragraphs(&brief.plan.cadence),
            _ => entry.map_or_else(Vec::new, plain),
        },
    };
    if let Some(answer) = entry
        && answer.standing.basis == Basis::NotNeeded
        && answer.is_given()
    {
        let why = answer.standing.why.trim();
        lines.insert(0, labelled("not needed", why));
    }
    lines
        .iter()
        .map(|line| text::line(line.trim()).into_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// The rank of each need as people write it: `1`, `2=`, `2=`, `4`.
pub fn rank_numbers(brief: &Brief) -> Vec<String> {
    let ranks = brief.ranks();
    ranks
        .iter()
        .map(|rank| {
            let shared = ranks.iter().filter(|r| *r == rank).count() > 1;
            format!("{rank}{}", if shared { "=" } else { "" })
        })
        .collect()
}

fn plain(answer: &Answer) -> Vec<String> {
    let mut lines = paragraphs(&answer.text);
    lines.extend(answer.items.iter().cloned());
    lines
}

/// One line for each line of a longer text.
fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// `label: text`, or the label alone.
fn labelled(label: &str, text: &str) -> String {
    if text.trim().is_empty() {
        label.to_owned()
    } else {
        format!("{label}: {}", text.trim())
    }
}

fn day(day: &Day) -> String {
    day.format("%Y-%m-%d, %A").to_string()
}

fn choice(question: &Question, brief: &Brief) -> Option<String> {
    let value = value_of(question, brief)?;
    let label = question.choices.iter().find(|c| c.value == value);
    Some(label.map_or(value, |c| c.label.as_str()).to_owned())
}

fn customers(brief: &Brief) -> Vec<String> {
    brief
        .customers
        .iter()
        .map(|c| {
            let who = format!("{}, {}", brief.name_of(&c.id), c.role.word());
            labelled(&who, &c.uses_for)
        })
        .collect()
}

fn readings(brief: &Brief) -> Vec<String> {
    brief
        .readings
        .iter()
        .map(|r| {
            format!(
                "{}{}",
                if r.chosen { "chosen: " } else { "or: " },
                r.text.trim()
            )
        })
        .collect()
}

fn needs(brief: &Brief) -> Vec<String> {
    let line = |(rank, need): (String, &Need)| {
        let mut line = format!("{rank}. {}", need.text.trim());
        if !need.whose.is_empty() {
            line.push_str(" (for ");
            line.push_str(&names(brief, &need.whose));
            line.push(')');
        }
        if !need.acceptance.trim().is_empty() {
            line.push_str("; met when: ");
            line.push_str(need.acceptance.trim());
        }
        line
    };
    // The numbers are the needs' places until somebody has ranked them.
    let numbers = if readiness::is_ranked(brief) {
        rank_numbers(brief)
    } else {
        (1..=brief.needs.len()).map(|n| n.to_string()).collect()
    };
    numbers.into_iter().zip(&brief.needs).map(line).collect()
}

/// The order, and who sees it otherwise.
fn rank(brief: &Brief) -> Vec<String> {
    let order = rank_numbers(brief)
        .into_iter()
        .zip(&brief.needs)
        .map(|(rank, need)| format!("{rank}. {}", need.text.trim()));
    let people = brief.rankings.iter().map(|ranking| {
        let order: Vec<&str> = ranking
            .order
            .iter()
            .map(|id| brief.need(id).map_or(id.as_str(), |n| n.text.trim()))
            .collect();
        labelled(brief.name_of(&ranking.by), &order.join(" > "))
    });
    order.chain(people).collect()
}

fn goals(brief: &Brief) -> Vec<String> {
    brief
        .goals
        .iter()
        .map(|g| {
            let goal = labelled(g.level.word(), &g.text);
            if g.how.trim().is_empty() {
                goal
            } else {
                format!("{goal} ({})", g.how.trim())
            }
        })
        .collect()
}

fn deliverables(brief: &Brief) -> Vec<String> {
    brief
        .deliverables
        .iter()
        .map(|part| {
            let serves: Vec<&str> = part
                .serves
                .iter()
                .filter_map(|id| brief.need(id))
                .map(|n| n.text.trim())
                .collect();
            let serves = if serves.is_empty() {
                "serves no need".to_owned()
            } else {
                format!("serves: {}", serves.join("; "))
            };
            format!("{} ({serves})", part.text.trim())
        })
        .collect()
}

fn names(brief: &Brief, ids: &[ItemId]) -> String {
    let names: Vec<&str> = ids.iter().map(|id| brief.name_of(id)).collect();
    names.join(", ")
}
