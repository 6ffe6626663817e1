//! Does the solution fit the needs? Parts that serve no need, needs that no
//! part serves, and what else a careful reader would ask about.
//!
//! How many customers have a need is shown beside it and never moves its rank:
//! the loudest voice is not the most important one.

use super::{Brief, ItemId};

/// Something worth a second look. None of these stops anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// A part of the solution that no need asks for.
    PartServesNothing(ItemId),
    /// A need that no part of the solution serves.
    NeedUnserved(ItemId),
    /// Nobody has said how they will know that the need is met.
    NoAcceptance(ItemId),
    /// A need that belongs to no customer.
    NeedOfNobody(ItemId),
    /// Only one way to read the request was considered.
    OneReading,
    /// No reading was chosen.
    NoReadingChosen,
    /// Neither a goal nor an explicit "none".
    NoGoal,
    /// Two customers put these needs in opposite orders.
    RankingsDiffer {
        people: (ItemId, ItemId),
        needs: (ItemId, ItemId),
    },
}

/// All gaps, in the order of the walk.
pub fn gaps(brief: &Brief) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let left_out = |question: &str| {
        brief
            .answers
            .get(question)
            .is_some_and(|a| a.standing.basis == super::Basis::NotNeeded)
    };
    if !brief.readings.is_empty() && !left_out("readings") {
        if brief.readings.len() == 1 {
            gaps.push(Gap::OneReading);
        }
        if brief.chosen_reading().is_none() {
            gaps.push(Gap::NoReadingChosen);
        }
    }
    for need in &brief.needs {
        if need.acceptance.trim().is_empty() {
            gaps.push(Gap::NoAcceptance(need.id.clone()));
        }
        if !need.whose.iter().any(|id| brief.customer(id).is_some()) {
            gaps.push(Gap::NeedOfNobody(need.id.clone()));
        }
    }
    gaps.extend(disagreement(brief));
    if brief.goals.is_empty() && !left_out("goals") {
        gaps.push(Gap::NoGoal);
    }
    gaps.extend(unserved(brief).into_iter().map(Gap::NeedUnserved));
    gaps.extend(useless(brief).into_iter().map(Gap::PartServesNothing));
    gaps
}

/// Needs that no part serves. Empty while there are no parts at all.
pub fn unserved(brief: &Brief) -> Vec<ItemId> {
    if brief.deliverables.is_empty() {
        return Vec::new();
    }
    brief
        .needs
        .iter()
        .filter(|n| !brief.deliverables.iter().any(|d| d.serves.contains(&n.id)))
        .map(|n| n.id.clone())
        .collect()
}

/// Parts that serve no need which still exists.
pub fn useless(brief: &Brief) -> Vec<ItemId> {
    brief
        .deliverables
        .iter()
        .filter(|d| !d.serves.iter().any(|id| brief.need(id).is_some()))
        .map(|d| d.id.clone())
        .collect()
}

/// The first pair of needs that each two customers put in opposite orders.
fn disagreement(brief: &Brief) -> Vec<Gap> {
    // What each customer said last, about the needs that are left.
    let mut orders: Vec<(&ItemId, Vec<ItemId>)> = Vec::new();
    for ranking in &brief.rankings {
        let mut order = ranking.order.clone();
        order.retain(|id| brief.need(id).is_some());
        if brief.customer(&ranking.by).is_some() {
            orders.retain(|(by, _)| *by != &ranking.by);
            orders.push((&ranking.by, order));
        }
    }
    let mut found = Vec::new();
    for (at, (one, order)) in orders.iter().enumerate() {
        for (other, other_order) in orders.iter().skip(at + 1) {
            if let Some(needs) = opposite(order, other_order) {
                found.push(Gap::RankingsDiffer {
                    people: ((*one).clone(), (*other).clone()),
                    needs,
                });
            }
        }
    }
    found
}

fn opposite(one: &[ItemId], other: &[ItemId]) -> Option<(ItemId, ItemId)> {
    let place = |id: &ItemId| other.iter().position(|o| o == id);
    one.iter().enumerate().find_map(|(at, first)| {
        one[at + 1..]
            .iter()
            .find(|second| matches!((place(first), place(second)), (Some(a), Some(b)) if b < a))
            .map(|second| (first.clone(), second.clone()))
    })
}

#[cfg(test)]
mod tests;
