//! How much was asked of one person lately, over all briefs: whoever is asked
//! often answers late.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::{Basis, Brief, Customer, Day, EventKind, ItemId};

/// Days that count as lately.
pub const DAYS: u64 = 14;

/// What was asked of a person in the last [`DAYS`] days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Burden {
    /// Messages sent. One message about several briefs counts once.
    pub messages: usize,
    /// Questions in them, each as often as it was put.
    pub questions: usize,
    /// Questions put at any time that still wait for an answer.
    pub waiting: usize,
    /// The day of the last message.
    pub last: Option<Day>,
}

/// The burden of whoever `person` is, today included. Days yet to come (a
/// clock that was wrong) count as today.
pub fn burden<'a>(
    briefs: impl IntoIterator<Item = &'a Brief>,
    person: &Customer,
    today: Day,
) -> Burden {
    let since = today - chrono::Days::new(DAYS - 1);
    let mut burden = Burden::default();
    let mut sent = BTreeSet::new();
    for brief in briefs {
        for to in same_person(brief, person) {
            for event in brief.effective_events() {
                let day = event.at.date_naive();
                if event.kind != EventKind::Shared || event.to.as_ref() != Some(to) {
                    continue;
                }
                burden.last = burden.last.max(Some(day));
                if day >= since {
                    // The messages about several briefs share their instant.
                    sent.insert(event.at);
                    burden.questions += event.questions.len();
                }
            }
            let is_open = |a: &super::Answer| {
                a.standing.basis == Basis::Asked && a.standing.ask.as_ref() == Some(to)
            };
            if brief.stage.is_open() && !brief.archived {
                burden.waiting += brief.answers.iter().filter(|(_, a)| is_open(a)).count();
            }
        }
    }
    burden.messages = sent.len();
    burden
}

/// The ids that a brief has for a person.
pub fn same_person<'a>(brief: &'a Brief, person: &Customer) -> impl Iterator<Item = &'a ItemId> {
    let same = move |other: &&Customer| is_same(person, other);
    brief.customers.iter().filter(same).map(|c| &c.id)
}

/// Whether two customers are one person: of the same address, or of the same
/// name where one of the two has no address.
pub fn is_same(one: &Customer, other: &Customer) -> bool {
    let (a, b) = (key(&one.reach), key(&other.reach));
    if a.is_empty() || b.is_empty() {
        let name = key(&one.name);
        !name.is_empty() && name == key(&other.name)
    } else {
        a == b
    }
}

fn key(text: &str) -> String {
    text.trim().nfc().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{at, day, id, superreport};
    use crate::domain::{Sheet, action};

    #[test]
    fn what_was_asked_lately_is_counted_over_all_briefs() {
        let mut one = superreport();
        let mut two = superreport();
        two.customers[0].reach = String::new();
        let today = day("2026-02-20");
        let dana = one.customers[0].clone();
        assert_eq!(burden([&one, &two], &dana, today), Burden::default());
        let share = |brief: &mut Brief, when: &str| {
            let when = at(when);
            let sheet = Sheet::draft(brief, &id("dana"));
            let event = format!("e{}", brief.events.len());
            let change = action::share_sheet(brief, &sheet, "", &event, when);
            brief.apply(change, when).unwrap();
        };
        share(&mut one, "2026-02-01T09:00:00+01:00");
        share(&mut one, "2026-02-10T09:00:00+01:00");
        share(&mut two, "2026-02-10T09:00:00+01:00");
        let asked = one.events[0].questions.len();
        assert!(asked > 0);
        let burden = burden([&one, &two], &dana, today);
        assert_eq!(burden.messages, 1, "one message about two briefs");
        assert_eq!(burden.questions, 2 * asked);
        assert_eq!(burden.waiting, 2 * asked);
        assert_eq!(burden.last, Some(day("2026-02-10")));
    }

    #[test]
    fn two_people_of_one_name_are_told_apart_by_their_addresses() {
        let brief = superreport();
        let mut other = brief.customers[0].clone();
        other.reach = "another@example.com".into();
        assert_eq!(same_person(&brief, &other).count(), 0);
        other.reach = String::new();
        assert_eq!(same_person(&brief, &other).count(), 1);
    }
}
