//! Where an answer goes. Each question has its own place in the brief, and an
//! entry with the wording and what the answer rests on. The walk on the screen
//! and the walk as lines both answer through here.

use super::kind::Place;
use super::{Kind, Question};
use crate::domain::entry::BasisEntry;
use crate::domain::{
    Answer, Basis, Brief, Change, Day, ItemId, ListEdit, Origin, Section, Standing, action, date,
};

/// Whether the text of an answer is kept outside its entry. Purpose has a fixed
/// section and no place of its own.
fn is_placed(question: &Question) -> bool {
    question.id != "purpose" && Place::of(&question.id).is_some()
}

/// The text that answers a question so far.
pub fn text_of(brief: &Brief, question: &str) -> String {
    let free = || {
        brief
            .answers
            .get(question)
            .map(|a| a.text.clone())
            .unwrap_or_default()
    };
    match question {
        "title" => brief.title.clone(),
        "words" => brief.request.words.clone(),
        "where" => brief.request.place.clone(),
        "origin" => brief
            .request
            .origin
            .as_ref()
            .map(|o| o.word().to_owned())
            .unwrap_or_default(),
        // A day that could not be read is kept as words.
        "need_by" => brief
            .plan
            .need_by
            .map_or_else(free, |day| day.format("%Y-%m-%d").to_string()),
        "appetite" => brief.plan.appetite.clone(),
        "cadence" => brief.plan.cadence.clone(),
        _ => free(),
    }
}

/// The texts of a list that has no place of its own, or of what is out of scope.
pub fn items_of<'a>(brief: &'a Brief, question: &str) -> &'a [String] {
    if question == "out" {
        return &brief.out;
    }
    brief
        .answers
        .get(question)
        .map_or(&[], |answer| answer.items.as_slice())
}

/// The basis of the answer so far.
pub fn standing_of(brief: &Brief, question: &str) -> Standing {
    brief
        .answers
        .get(question)
        .map(|a| a.standing.clone())
        .unwrap_or_default()
}

/// The entry of a question: its wording and basis, and the text where it has no
/// other place.
pub fn entry(brief: &Brief, question: &Question, text: &str, standing: Standing) -> Answer {
    let mut answer = brief.answers.get(&question.id).cloned().unwrap_or_default();
    // The wording for the customer matters once the question goes to one.
    if standing.ask.is_some() {
        question.put.clone_into(&mut answer.put);
    }
    answer.standing = standing;
    question.ask.clone_into(&mut answer.question);
    let is_free = !is_placed(question) && !question.kind.is_list();
    if is_free || question.id == "need_by" {
        text.clone_into(&mut answer.text);
    }
    answer.section = section(question, &answer);
    answer
}

/// The entry of a question with another basis; what it says stays.
pub fn entry_with(brief: &Brief, question: &Question, standing: Standing) -> Answer {
    let text = brief
        .answers
        .get(&question.id)
        .map_or("", |a| a.text.as_str());
    entry(brief, question, text, standing)
}

/// The change that gives a question another basis; what it says stays.
pub fn rests_on(brief: &Brief, question: &Question, standing: Standing) -> Change {
    set(question, entry_with(brief, question, standing))
}

/// "I don't know", or "this is a guess": makes it a question for a customer.
pub fn ask(brief: &Brief, question: &Question, to: &ItemId) -> Change {
    let before = brief.answers.get(&question.id);
    let mut answer = action::ask(before, &question.ask, &question.put, to);
    answer.section = section(question, &answer);
    set(question, answer)
}

/// As [`ask`], in place of a text that was taken away: that goes from the
/// brief, too. A title stays, a brief cannot do without.
pub fn ask_instead(brief: &Brief, question: &Question, to: &ItemId, today: Day) -> Change {
    if question.id == "title" || text_of(brief, &question.id).is_empty() {
        return ask(brief, question, to);
    }
    let standing = standing_of(brief, &question.id);
    let own = own_place(brief, question, "", &standing, today);
    let mut answer = brief.answers.get(&question.id).cloned().unwrap_or_default();
    answer.text.clear();
    let mut answer = action::ask(Some(&answer), &question.ask, &question.put, to);
    answer.section = section(question, &answer);
    Change::All(own.into_iter().chain([set(question, answer)]).collect())
}

/// The part of the agreement that an entry belongs to: that of the question,
/// unless what it says is kept elsewhere in the brief.
pub(super) fn section(question: &Question, answer: &Answer) -> Option<Section> {
    let elsewhere =
        is_placed(question) && answer.text.is_empty() && answer.standing.basis != Basis::NotNeeded;
    question.section.clone().filter(|_| !elsewhere)
}

fn set(question: &Question, answer: Answer) -> Change {
    Change::Answer {
        question: question.id.clone(),
        answer: Some(answer),
    }
}

/// The change that answers a question with a text. `None` when it would change
/// nothing.
pub fn answer_change(
    brief: &Brief,
    question: &Question,
    text: &str,
    standing: Standing,
    today: Day,
) -> Option<Change> {
    let text = text.trim();
    let mut kept = text;
    let mut changes: Vec<Change> = own_place(brief, question, text, &standing, today)
        .into_iter()
        .collect();
    // The day itself is in the plan; only what is no day stays as words.
    if let Some(Change::Plan(plan)) = changes.first()
        && question.id == "need_by"
        && plan.need_by.is_some()
    {
        kept = "";
    }
    let given = !text.is_empty() || standing != Standing::default();
    if question.id != "title" && (brief.answers.get(&question.id).is_some() || given) {
        changes.push(set(question, entry(brief, question, kept, standing)));
    }
    let change = Change::All(changes);
    changes_something(brief, &change).then_some(change)
}

/// The change of the question's own place in the brief, where it has one.
fn own_place(
    brief: &Brief,
    question: &Question,
    text: &str,
    standing: &Standing,
    today: Day,
) -> Option<Change> {
    Some(match question.id.as_str() {
        "title" => Change::Title(text.to_owned()),
        "words" => {
            let mut request = brief.request.clone();
            text.clone_into(&mut request.words);
            // Who said the words, and when, is what they rest on.
            let said = (*standing != standing_of(brief, "words")).then_some(standing);
            request.by = said
                .and_then(|s| s.by.clone())
                .or(request.by)
                .or_else(|| brief.requester().map(|c| c.id.clone()));
            request.on = said
                .and_then(|s| s.on)
                .or(request.on)
                .or_else(|| (!text.is_empty()).then_some(today));
            Change::Request(request)
        }
        "where" => {
            let mut request = brief.request.clone();
            text.clone_into(&mut request.place);
            Change::Request(request)
        }
        "origin" => {
            let mut request = brief.request.clone();
            request.origin = (!text.is_empty()).then(|| Origin::from_word(text));
            Change::Request(request)
        }
        "need_by" => {
            let mut plan = brief.plan.clone();
            plan.need_by = day(text, today);
            Change::Plan(plan)
        }
        "appetite" => {
            let mut plan = brief.plan.clone();
            text.clone_into(&mut plan.appetite);
            Change::Plan(plan)
        }
        "cadence" => {
            let mut plan = brief.plan.clone();
            text.clone_into(&mut plan.cadence);
            Change::Plan(plan)
        }
        _ => return None,
    })
}

/// A day as typed; one that is already in the brief may have passed.
fn day(text: &str, today: Day) -> Option<Day> {
    text.parse().ok().or_else(|| date::parse(text, today).ok())
}

/// The change that takes an answer away, with what is in its own place.
pub fn clear(brief: &Brief, question: &Question, today: Day) -> Change {
    let gone = Change::Answer {
        question: question.id.clone(),
        answer: None,
    };
    let own = match question.kind {
        Kind::Customers => Some(Change::Customer(ListEdit::Set { items: Vec::new() })),
        Kind::Readings => Some(Change::Reading(ListEdit::Set { items: Vec::new() })),
        Kind::Needs => Some(Change::Need(ListEdit::Set { items: Vec::new() })),
        Kind::Goals => Some(Change::Goal(ListEdit::Set { items: Vec::new() })),
        Kind::Deliverables => Some(Change::Deliverable(ListEdit::Set { items: Vec::new() })),
        Kind::List if question.id == "out" => {
            Some(Change::Out(ListEdit::Set { items: Vec::new() }))
        }
        _ => own_place(brief, question, "", &Standing::default(), today),
    };
    Change::All(own.into_iter().chain([gone]).collect())
}

/// Whether applying a change would leave another brief.
pub fn changes_something(brief: &Brief, change: &Change) -> bool {
    let mut after = brief.clone();
    match after.apply(change.clone(), brief.created) {
        Ok(_) => after != *brief,
        Err(_) => false,
    }
}

/// The next basis for one key: who told or was asked is the requester, and
/// when is today, until the details say otherwise.
pub fn next_basis(brief: &Brief, standing: &Standing, today: Day) -> Standing {
    let customer: Option<ItemId> = standing
        .by
        .clone()
        .or_else(|| standing.ask.clone())
        .or_else(|| brief.requester().map(|c| c.id.clone()));
    match (standing.basis.next(), customer) {
        (Basis::Told, Some(by)) => Standing::told(by, today),
        (Basis::Asked, Some(ask)) => asked(ask),
        // Nobody is named who could have said it.
        (Basis::Told | Basis::Asked, None) | (Basis::NotNeeded, _) => Standing::not_needed(""),
        _ => Standing::guess(),
    }
}

/// What an answer rests on, from a typed mark. Without a mark it is a guess,
/// and a question that was handed to a customer stays with them.
///
/// # Errors
///
/// A sentence for the user: nobody of that name, no such day, no reason.
pub fn marked(
    brief: &Brief,
    before: &Standing,
    mark: Option<&BasisEntry>,
    today: Day,
) -> Result<Standing, String> {
    match mark {
        None => Ok(Standing {
            ask: Some(before)
                .filter(|s| matches!(s.basis, Basis::Guess | Basis::Asked))
                .and_then(|s| s.ask.clone()),
            basis: match before.basis {
                Basis::Asked => Basis::Asked,
                _ => Basis::Guess,
            },
            ..Standing::default()
        }),
        Some(BasisEntry::Guess) => Ok(Standing::guess()),
        Some(BasisEntry::Told { by, on }) => {
            let on = match on.trim() {
                "" => today,
                typed => said_on(typed, today)?,
            };
            Ok(Standing::told(who(brief, by)?, on))
        }
        Some(BasisEntry::Asked { to }) => Ok(asked(who(brief, to)?)),
        Some(BasisEntry::NotNeeded { why }) if why.trim().is_empty() => {
            Err("say why it is not needed: @not-needed the reason".to_owned())
        }
        Some(BasisEntry::NotNeeded { why }) => Ok(Standing::not_needed(why.clone())),
    }
}

fn asked(to: ItemId) -> Standing {
    Standing {
        basis: Basis::Asked,
        ..Standing::to_ask(to)
    }
}

/// The customer that was typed; nothing means the requester.
fn who(brief: &Brief, name: &str) -> Result<ItemId, String> {
    let customer = brief.who_or_requester(name);
    let customer = customer.map_err(|nobody| nobody.in_full())?;
    Ok(customer.id.clone())
}

/// A day on which something was said; it may have passed.
fn said_on(typed: &str, today: Day) -> Result<Day, String> {
    typed
        .parse()
        .or_else(|_| date::parse_past(typed, today))
        .map_err(|error| error.to_string())
}
