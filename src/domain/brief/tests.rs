use super::*;
use crate::domain::fixture::{at, id, superreport};

fn named(names: &[(&str, &str)]) -> Brief {
    let mut brief = superreport();
    let template = brief.customers[0].clone();
    brief.customers = names
        .iter()
        .map(|(short, name)| Customer {
            id: id(short),
            name: (*name).into(),
            ..template.clone()
        })
        .collect();
    brief
}

fn found(brief: &Brief, typed: &str) -> Result<Option<String>, usize> {
    brief
        .find_customer(typed)
        .map(|c| c.map(|c| c.id.to_string()))
        .map_err(|all| all.len())
}

#[test]
fn a_customer_is_found_by_what_people_type() {
    let brief = superreport();
    for typed in ["dana", "Dana Reyes", " DANA ", "reyes"] {
        assert_eq!(found(&brief, typed), Ok(Some("dana".into())), "{typed}");
    }
    for typed in ["hr", "HR", "human"] {
        assert_eq!(found(&brief, typed), Ok(Some("hr".into())), "{typed}");
    }
    assert_eq!(found(&brief, "eve"), Ok(None));
    assert_eq!(found(&brief, " "), Ok(None));
}

#[test]
fn two_of_one_name_are_never_taken_for_each_other() {
    let brief = named(&[("dana", "Dana"), ("dana-2", "dana "), ("eve", "Dana Eve")]);
    assert_eq!(
        found(&brief, "dana"),
        Ok(Some("dana".into())),
        "an id is exact"
    );
    let brief = named(&[("a", "Dana"), ("b", "dana "), ("c", "Dana Eve")]);
    assert_eq!(found(&brief, "Dana"), Err(2));
    assert_eq!(found(&brief, "dan"), Err(3));
    assert_eq!(found(&brief, "Dana Eve"), Ok(Some("c".into())));
}

#[test]
fn the_requester_is_the_one_named_or_the_nearest_to_it() {
    let mut brief = superreport();
    brief.request.by = Some(id("hr"));
    assert_eq!(brief.requester().unwrap().id, id("hr"));
    brief.request.by = Some(id("gone"));
    assert_eq!(brief.requester().unwrap().id, id("dana"));
    brief.customers.remove(0);
    assert_eq!(brief.requester().unwrap().id, id("hr"));
    brief.customers.clear();
    assert!(brief.requester().is_none());
}

#[test]
fn needs_that_rank_the_same_share_a_number() {
    let mut brief = superreport();
    let mut ranks = |same: [bool; 4]| {
        for (need, same) in brief.needs.iter_mut().zip(same) {
            need.same = same;
        }
        brief.ranks()
    };
    assert_eq!(ranks([false; 4]), [1, 2, 3, 4]);
    assert_eq!(ranks([false, true, false, true]), [1, 1, 3, 3]);
    assert_eq!(
        ranks([true, true, false, false]),
        [1, 1, 3, 4],
        "the first has no one before it"
    );
}

#[test]
fn who_is_not_there_is_shown_by_id() {
    let mut brief = superreport();
    assert_eq!(brief.name_of(&id("gone")), "gone");
    brief.customers[1].name = " ".into();
    assert_eq!(brief.name_of(&id("hr")), "hr");
}

fn undone(id: &str, undoes: &str) -> Event {
    let mut event = Event::new(id, EventKind::Undone, at("2026-02-10T09:00:00+01:00"));
    event.undoes = undoes.into();
    event
}

#[test]
fn an_undoing_that_was_undone_does_not_count() {
    let mut brief = superreport();
    let now = at("2026-02-10T09:00:00+01:00");
    let mut counts = |event: Event| {
        brief.events.push(event);
        brief.effective_events().len()
    };
    assert_eq!(counts(Event::new("e1", EventKind::Heard, now)), 1);
    assert_eq!(counts(undone("u1", "e1")), 0);
    assert_eq!(counts(undone("u2", "u1")), 1);
    assert_eq!(counts(undone("u3", "u2")), 0);
    assert_eq!(counts(undone("u4", "nothing")), 0);
}

#[test]
fn an_undoing_of_itself_or_in_a_ring_does_no_harm() {
    let mut brief = superreport();
    brief.events = vec![undone("a", "b"), undone("b", "a"), undone("c", "c")];
    assert!(brief.effective_events().is_empty());
}
