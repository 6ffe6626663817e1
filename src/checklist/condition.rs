//! Which questions a brief is asked.

use super::{Condition, Kind, Question, Test};
use crate::domain::{Basis, Brief, readiness};

/// The questions whose conditions hold, in order.
pub(super) fn asked_of<'q>(questions: &'q [Question], brief: &Brief) -> Vec<&'q Question> {
    let mut asked: Vec<&Question> = Vec::with_capacity(questions.len());
    for question in questions {
        if question.when.iter().all(|c| holds(c, &asked, brief)) {
            asked.push(question);
        }
    }
    asked
}

fn holds(condition: &Condition, asked: &[&Question], brief: &Brief) -> bool {
    let on = asked.iter().find(|q| q.id == condition.question);
    match &condition.test {
        Test::Is(value) => on.and_then(|q| value_of(q, brief)) == Some(value),
        Test::IsNot(value) => on.and_then(|q| value_of(q, brief)) != Some(value),
        Test::Answered(wanted) => {
            on.is_some_and(|q| readiness::is_answered(brief, &q.id)) == *wanted
        }
        Test::MoreThan(count) => on.map_or(0, |q| items_of(q, brief)) > *count,
    }
}

/// The choice that was taken. An answer that was left out on purpose has none.
pub(super) fn value_of<'b>(question: &Question, brief: &'b Brief) -> Option<&'b str> {
    if question.id == "origin" {
        return brief.request.origin.as_ref().map(|o| o.word());
    }
    let answer = brief.answers.get(&question.id)?;
    let value = answer.text.trim();
    (answer.standing.basis != Basis::NotNeeded && !value.is_empty()).then_some(value)
}

/// How many items a list has; blank lines do not count.
fn items_of(question: &Question, brief: &Brief) -> usize {
    let filled = |items: &[String]| items.iter().filter(|i| !i.trim().is_empty()).count();
    match question.kind {
        Kind::Customers => brief.customers.len(),
        Kind::Readings => brief.readings.len(),
        Kind::Needs => brief.needs.len(),
        Kind::Goals => brief.goals.len(),
        Kind::Deliverables => brief.deliverables.len(),
        Kind::List if question.id == "out" => filled(&brief.out),
        Kind::List => brief
            .answers
            .get(&question.id)
            .map_or(0, |a| filled(&a.items)),
        _ => 0,
    }
}
