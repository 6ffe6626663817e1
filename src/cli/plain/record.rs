//! Where an answer goes: each question's own place in the brief, and an entry
//! with the wording and what the answer rests on.

use crate::checklist::Question;
use crate::domain::entry::BasisEntry;
use crate::domain::{Answer, Basis, Brief, Change, Day, ItemId, ListEdit, Origin, Standing, date};

/// The entry of a question, with what it said before kept where it has its
/// place elsewhere.
pub fn entry(brief: &Brief, question: &Question, standing: Standing) -> Change {
    let mut answer = brief.answers.get(&question.id).cloned().unwrap_or_default();
    answer.standing = standing;
    set(question, answer)
}

fn set(question: &Question, mut answer: Answer) -> Change {
    answer.question.clone_from(&question.ask);
    answer.put.clone_from(&question.put);
    answer.section.clone_from(&question.section);
    Change::Answer {
        question: question.id.clone(),
        answer: Some(answer),
    }
}

/// Answers a question with a text.
pub fn text(
    brief: &Brief,
    question: &Question,
    text: &str,
    standing: Standing,
    today: Day,
) -> Change {
    let text = text.trim().to_owned();
    let own = match question.id.as_str() {
        "title" => Change::Title(text),
        "words" => {
            let mut request = brief.request.clone();
            request.words = text;
            request.on = standing.on.or(request.on).or(Some(today));
            if standing.by.is_some() {
                request.by.clone_from(&standing.by);
            }
            Change::Request(request)
        }
        "where" => {
            let mut request = brief.request.clone();
            request.place = text;
            Change::Request(request)
        }
        "origin" => {
            let mut request = brief.request.clone();
            request.origin = Some(text)
                .filter(|t| !t.is_empty())
                .map(|t| Origin::from_word(&t));
            Change::Request(request)
        }
        "need_by" => {
            let mut plan = brief.plan.clone();
            plan.need_by = text.parse().ok();
            Change::Plan(plan)
        }
        "appetite" => {
            let mut plan = brief.plan.clone();
            plan.appetite = text;
            Change::Plan(plan)
        }
        "cadence" => {
            let mut plan = brief.plan.clone();
            plan.cadence = text;
            Change::Plan(plan)
        }
        _ => {
            let mut answer = brief.answers.get(&question.id).cloned().unwrap_or_default();
            answer.text = text;
            answer.standing = standing;
            return set(question, answer);
        }
    };
    Change::All(vec![own, entry(brief, question, standing)])
}

/// Answers a question with a list of texts.
pub fn items(brief: &Brief, question: &Question, items: Vec<String>, standing: Standing) -> Change {
    if question.id == "out" {
        return Change::All(vec![
            Change::Out(ListEdit::Set { items }),
            entry(brief, question, standing),
        ]);
    }
    let mut answer = brief.answers.get(&question.id).cloned().unwrap_or_default();
    answer.items = items;
    answer.standing = standing;
    set(question, answer)
}

/// The texts of a list question.
pub fn items_of<'a>(brief: &'a Brief, question: &Question) -> &'a [String] {
    if question.id == "out" {
        return &brief.out;
    }
    brief
        .answers
        .get(&question.id)
        .map_or(&[], |answer| answer.items.as_slice())
}

/// Takes an answer away, with what is in its own place.
pub fn clear(brief: &Brief, question: &Question, today: Day) -> Change {
    let gone = Change::Answer {
        question: question.id.clone(),
        answer: None,
    };
    let own = match question.id.as_str() {
        "customers" => Change::Customer(ListEdit::Set { items: Vec::new() }),
        "readings" => Change::Reading(ListEdit::Set { items: Vec::new() }),
        "needs" => Change::Need(ListEdit::Set { items: Vec::new() }),
        "goals" => Change::Goal(ListEdit::Set { items: Vec::new() }),
        "deliverables" => Change::Deliverable(ListEdit::Set { items: Vec::new() }),
        "out" => Change::Out(ListEdit::Set { items: Vec::new() }),
        "title" | "words" | "where" | "origin" | "need_by" | "appetite" | "cadence" => {
            text(brief, question, "", Standing::guess(), today)
        }
        _ => return gone,
    };
    Change::All(vec![own, gone])
}

/// What an answer rests on, from a typed mark. Without a mark it is a guess,
/// and a question that was handed to a customer stays with them.
///
/// # Errors
///
/// A sentence for the user: nobody of that name, no such day, no reason.
pub fn standing(
    brief: &Brief,
    before: Option<&Standing>,
    mark: Option<&BasisEntry>,
    today: Day,
) -> Result<Standing, String> {
    let who = |name: &str| -> Result<ItemId, String> {
        if name.is_empty() {
            return brief
                .requester()
                .map(|c| c.id.clone())
                .ok_or_else(|| "nobody is named as the customer yet".to_owned());
        }
        match brief.find_customer(name) {
            Ok(Some(customer)) => Ok(customer.id.clone()),
            Ok(None) => Err(format!("{name} is not among the customers")),
            Err(_) => Err(format!("{name} could be several of the customers")),
        }
    };
    match mark {
        None => Ok(Standing {
            ask: before
                .filter(|s| matches!(s.basis, Basis::Guess | Basis::Asked))
                .and_then(|s| s.ask.clone()),
            basis: match before.map(|s| &s.basis) {
                Some(Basis::Asked) => Basis::Asked,
                _ => Basis::Guess,
            },
            ..Standing::default()
        }),
        Some(BasisEntry::Guess) => Ok(Standing::guess()),
        Some(BasisEntry::Told { by, on }) => {
            let on = match on.as_str() {
                "" => today,
                typed => day(typed, today)?,
            };
            Ok(Standing::told(who(by)?, on))
        }
        Some(BasisEntry::Asked { to }) => {
            let mut standing = Standing::to_ask(who(to)?);
            standing.basis = Basis::Asked;
            Ok(standing)
        }
        Some(BasisEntry::NotNeeded { why }) if why.is_empty() => {
            Err("say why it is not needed: @not-needed the reason".to_owned())
        }
        Some(BasisEntry::NotNeeded { why }) => Ok(Standing::not_needed(why.clone())),
    }
}

/// A day on which something was said; it may have passed.
fn day(typed: &str, today: Day) -> Result<Day, String> {
    if let Ok(day) = typed.parse() {
        return Ok(day);
    }
    match date::parse(typed, today) {
        Ok(day) | Err(date::DateError::Past(day)) => Ok(day),
        Err(error) => Err(error.to_string()),
    }
}
