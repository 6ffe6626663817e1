//! Goals: those of the goals list, and those that a brief serves.

use super::ListKind;
use super::typing::{Typed, put};
use crate::domain::{Brief, Change, Goal, ItemId};

/// The reason in "none: nobody has set any"; goals can be left out by word.
pub fn none_because<'t>(kind: &ListKind, text: &'t str) -> Option<&'t str> {
    let head = text.get(..4)?;
    let rest = text.get(4..)?;
    if *kind != ListKind::Goals || !head.eq_ignore_ascii_case("none") {
        return None;
    }
    let reason = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    match reason {
        "" => Some("none"),
        _ if rest.starts_with(|c: char| c.is_alphanumeric()) => None,
        reason => Some(reason),
    }
}

/// Whether two goals are the same one: of one level, in the same words.
pub fn is_same_goal(one: &Goal, other: &Goal) -> bool {
    one.level == other.level && one.text.trim() == other.text.trim()
}

/// The goals of the goals list that the brief does not serve yet.
pub fn offered_goals(brief: &Brief, goals: &[Goal]) -> Vec<Goal> {
    goals
        .iter()
        .filter(|g| !brief.goals.iter().any(|b| is_same_goal(b, g)))
        .cloned()
        .collect()
}

/// The goals list with a goal of a brief in it; `None` when it is there
/// already. How the brief serves it stays in the brief.
pub fn goals_with(goals: &[Goal], goal: &Goal) -> Option<Vec<Goal>> {
    if goals.iter().any(|known| is_same_goal(known, goal)) {
        return None;
    }
    let mut goals = goals.to_vec();
    goals.push(Goal {
        id: ItemId::for_text(&goal.text, goals.iter().map(|g| &g.id)),
        how: String::new(),
        ..goal.clone()
    });
    Some(goals)
}

/// Puts a goal into the brief: a new one, `at` replaced, or one that is there
/// already with another way to serve it.
pub fn goal_typed(brief: &Brief, goal: Goal, at: Option<usize>) -> Typed {
    let is_new = at.is_none();
    let at = at.or_else(|| brief.goals.iter().position(|g| is_same_goal(g, &goal)));
    let mut item = goal;
    match at.and_then(|at| brief.goals.get(at)) {
        Some(old) => {
            if is_new && item.how.is_empty() {
                item.how.clone_from(&old.how);
            }
            item.id.clone_from(&old.id);
            if item.owner.is_empty() {
                item.owner.clone_from(&old.owner);
            }
        }
        None => item.id = ItemId::for_text(&item.text, brief.goals.iter().map(|g| &g.id)),
    }
    let place = at.unwrap_or(brief.goals.len());
    Typed {
        change: Change::Goal(put(at, place, item)),
        follow_up: false,
        whose_assumed: false,
        at: place,
        unknown: Vec::new(),
    }
}
