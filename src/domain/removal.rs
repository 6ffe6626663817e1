//! Taking something out of a brief that other parts point to, as one step:
//! what pointed to it is mended in the same [`Change`], so that one undo
//! brings all of it back. Events are history and stay as they are. A place that
//! is not there gives a change that is refused.

use super::{Basis, Brief, Change, ItemId, ListEdit, Standing};

/// Removes the customer at a place, from 0.
///
/// Needs are no longer theirs, questions to them wait for nobody, their
/// ranking goes. What only they told is a guess again: nobody who is left in
/// the brief has said so. Their sign-offs stay in the history and count no
/// longer.
pub fn customer(brief: &Brief, at: usize) -> Change {
    let remove = Change::Customer(ListEdit::Remove { at });
    let Some(gone) = brief.customers.get(at).map(|c| &c.id) else {
        return remove;
    };
    let mut changes = vec![remove];
    // A file may hold an id twice; the other one keeps what points to it.
    if brief.customers.iter().filter(|c| &c.id == gone).count() > 1 {
        return Change::All(changes);
    }
    if brief.request.by.as_ref() == Some(gone) {
        let mut request = brief.request.clone();
        request.by = None;
        changes.push(Change::Request(request));
    }
    for (question, answer) in brief.answers.iter() {
        let mut answer = answer.clone();
        if forget(&mut answer.standing, gone) {
            changes.push(Change::Answer {
                question: question.to_owned(),
                answer: Some(answer),
            });
        }
    }
    for (at, reading) in brief.readings.iter().enumerate() {
        let mut item = reading.clone();
        if forget(&mut item.standing, gone) {
            changes.push(Change::Reading(ListEdit::Replace { at, item }));
        }
    }
    for (at, need) in brief.needs.iter().enumerate() {
        let mut item = need.clone();
        item.whose.retain(|id| id != gone);
        if forget(&mut item.standing, gone) || item.whose != need.whose {
            changes.push(Change::Need(ListEdit::Replace { at, item }));
        }
    }
    for (at, part) in brief.deliverables.iter().enumerate() {
        let mut item = part.clone();
        if forget(&mut item.standing, gone) {
            changes.push(Change::Deliverable(ListEdit::Replace { at, item }));
        }
    }
    for (at, ranking) in brief.rankings.iter().enumerate().rev() {
        if &ranking.by == gone {
            changes.push(Change::Ranking(ListEdit::Remove { at }));
        }
    }
    Change::All(changes)
}

/// Removes the need at a place, from 0: no part serves it any more, no ranking
/// names it, and nobody else becomes equal by its going.
pub fn need(brief: &Brief, at: usize) -> Change {
    let remove = Change::Need(ListEdit::Remove { at });
    let Some(gone) = brief.needs.get(at).map(|n| &n.id) else {
        return remove;
    };
    let mut changes = vec![remove];
    // The next one now heads the equals that are left.
    if let (Some(need), Some(next)) = (brief.needs.get(at), brief.needs.get(at + 1))
        && next.same
        && (!need.same || at == 0)
    {
        let mut item = next.clone();
        item.same = false;
        changes.push(Change::Need(ListEdit::Replace { at, item }));
    }
    if brief.needs.iter().filter(|n| &n.id == gone).count() > 1 {
        return Change::All(changes);
    }
    for (at, part) in brief.deliverables.iter().enumerate() {
        if part.serves.contains(gone) {
            let mut item = part.clone();
            item.serves.retain(|id| id != gone);
            changes.push(Change::Deliverable(ListEdit::Replace { at, item }));
        }
    }
    for (at, ranking) in brief.rankings.iter().enumerate() {
        if ranking.order.contains(gone) {
            let mut item = ranking.clone();
            item.order.retain(|id| id != gone);
            changes.push(Change::Ranking(ListEdit::Replace { at, item }));
        }
    }
    Change::All(changes)
}

/// Takes a person out of a standing; says whether they were in it.
fn forget(standing: &mut Standing, gone: &ItemId) -> bool {
    let told = standing.by.as_ref() == Some(gone);
    let asked = standing.ask.as_ref() == Some(gone);
    if told {
        standing.by = None;
        standing.on = None;
        if standing.basis == Basis::Told {
            standing.basis = Basis::Guess;
        }
    }
    if asked {
        standing.ask = None;
        if standing.basis == Basis::Asked {
            standing.basis = Basis::Guess;
        }
    }
    told || asked
}

#[cfg(test)]
mod tests;
