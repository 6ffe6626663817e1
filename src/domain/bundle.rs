//! One message to one person over all briefs: what wants something of them,
//! and which of the questions come first.

use super::sign_off::{self, SectionState};
use super::{Brief, Customer, Day, ItemId, Role, Sheet, Stage, burden, questions};

/// What one message over several briefs asks of a person.
#[derive(Debug, Clone, Default)]
pub struct Bundle<'a> {
    pub parts: Vec<Part<'a>>,
    /// Questions that have to wait for the next message.
    pub waiting: usize,
}

/// A brief in such a message.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    pub brief: &'a Brief,
    /// Its questions; the numbers run on over all parts.
    pub sheet: Sheet,
    /// Whether a yes is asked for.
    pub asks_yes: bool,
}

impl<'a> Bundle<'a> {
    /// What the briefs want of a person: at most [`questions::AT_MOST`]
    /// questions in all, by what the plans depend on most. Briefs with a
    /// question come first, in the order of their most important one; then
    /// those that only want a yes.
    pub fn new(briefs: impl IntoIterator<Item = &'a Brief>, person: &Customer) -> Self {
        let mut wanting: Vec<(&Brief, &ItemId, bool)> = Vec::new();
        for brief in briefs {
            let ids = burden::same_person(brief, person);
            let wants = ids.map(|id| (brief, id, wants_yes(brief, id)));
            let mut wants =
                wants.filter(|(b, id, yes)| *yes || !questions::next_questions(b, id).is_empty());
            wanting.extend(wants.next().filter(|_| is_open(brief)));
        }
        // The sooner it is needed, the sooner it is asked about.
        wanting.sort_by_key(|(brief, ..)| brief.plan.need_by.unwrap_or(Day::MAX));
        let mut asked: Vec<(usize, usize, String)> = Vec::new();
        for (at, (brief, to, _)) in wanting.iter().enumerate() {
            let open = questions::open_questions(brief).into_iter();
            let mine = open.filter(|q| &q.to == *to);
            asked.extend(mine.map(|q| (questions::weight(brief, &q.question), at, q.question)));
        }
        asked.sort_by_key(|(weight, ..)| *weight);
        let waiting = asked.len().saturating_sub(questions::AT_MOST);
        asked.truncate(questions::AT_MOST);
        let mut order: Vec<usize> = asked.iter().map(|(_, at, _)| *at).collect();
        order.extend(0..wanting.len());
        let mut bundle = Self {
            parts: Vec::new(),
            waiting,
        };
        let mut number = 1;
        for (place, at) in order.iter().enumerate() {
            let is_first = order.iter().position(|other| other == at) == Some(place);
            let Some((brief, to, asks_yes)) = wanting.get(*at).filter(|_| is_first) else {
                continue;
            };
            let mine = asked.iter().filter(|(_, of, _)| of == at);
            let mine: Vec<String> = mine.map(|(.., question)| question.clone()).collect();
            // Its questions all have to wait.
            if mine.is_empty() && !asks_yes {
                continue;
            }
            bundle.parts.push(Part {
                brief,
                sheet: Sheet::of(brief, to, &mine, number),
                asks_yes: *asks_yes,
            });
            number += mine.len();
        }
        bundle
    }
}

fn is_open(brief: &Brief) -> bool {
    brief.stage.is_open() && !brief.archived
}

/// Whether a yes of this customer is missing: to what changed since their
/// yes, or where nobody has said yes and it is theirs to say.
fn wants_yes(brief: &Brief, to: &ItemId) -> bool {
    if brief.stage == Stage::Delivered || !says_something(brief) {
        return false;
    }
    let signed = sign_off::sign_offs(brief);
    if signed.iter().any(|s| &s.by == to && s.invalid.is_none()) {
        return !sign_off::open_for(brief, to).is_empty();
    }
    let states = sign_off::section_states(brief);
    let nobody = states.iter().any(|(_, s)| *s == SectionState::Open);
    let role = brief.customer(to).map(|c| &c.role);
    let theirs = matches!(role, Some(Role::Requester | Role::Approver));
    nobody && (theirs || brief.request.by.as_ref() == Some(to))
}

/// A brief that was only just begun has nothing to say yes to.
fn says_something(brief: &Brief) -> bool {
    !brief.needs.is_empty() || !brief.deliverables.is_empty() || brief.chosen_reading().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{amended, day, id, signed, superreport};
    use crate::domain::{Answer, BriefId, Standing};

    fn named(mut brief: Brief, name: &str) -> Brief {
        brief.id = BriefId::parse(name).unwrap();
        brief
    }

    fn numbers(bundle: &Bundle<'_>) -> Vec<(String, usize, String)> {
        let puts = bundle.parts.iter().flat_map(|part| {
            let puts = part.sheet.puts.iter();
            puts.map(|p| (part.brief.id.to_string(), p.number, p.question.clone()))
        });
        puts.collect()
    }

    #[test]
    fn the_three_that_matter_most_are_asked_over_all_briefs() {
        let one = named(superreport(), "one-aaaa");
        let mut two = named(superreport(), "two-aaaa");
        let which = Answer {
            standing: Standing::to_ask(id("dana")),
            put: "Which do you mean?".into(),
            ..Answer::default()
        };
        two.answers.set("readings", Some(which));
        two.plan.need_by = None;
        let dana = one.customers[0].clone();
        let bundle = Bundle::new([&one, &two], &dana);
        let asked = numbers(&bundle);
        assert_eq!(asked.len(), 3);
        assert_eq!(asked[0], ("two-aaaa".into(), 1, "readings".into()));
        assert_eq!(bundle.waiting, 2);
        let at: Vec<usize> = asked.iter().map(|(_, number, _)| *number).collect();
        assert_eq!(at, [1, 2, 3]);
        assert!(bundle.parts.iter().all(|part| part.asks_yes));
    }

    #[test]
    fn what_wants_nothing_of_them_stays_out() {
        let mut holds = signed();
        for question in ["must_not_lose", "tool"] {
            let mut answer = holds.answers.get(question).cloned().unwrap();
            answer.standing = Standing::told(id("dana"), day("2026-02-05"));
            holds.answers.set(question, Some(answer));
        }
        let mut closed = named(superreport(), "closed-aaaa");
        closed.stage = Stage::Closed;
        let mut away = named(superreport(), "away-aaaa");
        away.archived = true;
        let changed = amended();
        let dana = holds.customers[0].clone();
        let nothing = Bundle::new([&holds, &closed, &away], &dana);
        assert!(nothing.parts.is_empty(), "{nothing:?}");
        let bundle = Bundle::new([&holds, &changed], &dana);
        assert_eq!(bundle.parts.len(), 1);
        assert!(bundle.parts[0].asks_yes);
        // A receiver is not asked for a yes that is the requester's.
        let hr = holds.customers[1].clone();
        assert!(Bundle::new([&changed], &hr).parts.is_empty());
        let other = Customer {
            name: "Somebody Else".into(),
            ..hr
        };
        assert!(Bundle::new([&changed], &other).parts.is_empty());
    }

    #[test]
    fn the_sooner_needed_is_asked_first_where_the_weight_is_the_same() {
        let mut late = named(superreport(), "late-aaaa");
        late.plan.need_by = Some(day("2026-05-01"));
        let soon = named(superreport(), "soon-aaaa");
        let dana = late.customers[0].clone();
        let bundle = Bundle::new([&late, &soon], &dana);
        assert_eq!(bundle.parts[0].brief.id.as_str(), "soon-aaaa");
        assert_eq!(bundle.parts[0].sheet.puts[0].number, 1);
    }
}
