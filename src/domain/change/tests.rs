use proptest::prelude::*;

use super::*;
use crate::domain::fixture::{at, day, id, superreport};
use crate::domain::{Agreement, Level, Origin, Role, Standing};

fn now() -> Moment {
    at("2026-02-10T09:00:00+01:00")
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-z |\\\\\n\u{e9}]{0,6}"]
}

fn name() -> impl Strategy<Value = ItemId> {
    prop_oneof!["[a-d]", Just("dana".to_owned()), Just("kinds".to_owned())]
        .prop_map(|text| ItemId::parse(&text).unwrap())
}

fn edit<T: std::fmt::Debug + Clone + 'static>(
    item: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = ListEdit<T>> {
    prop_oneof![
        (0..9usize, item.clone()).prop_map(|(at, item)| ListEdit::Insert { at, item }),
        (0..6usize).prop_map(|at| ListEdit::Remove { at }),
        (0..6usize, item.clone()).prop_map(|(at, item)| ListEdit::Replace { at, item }),
        (0..6usize, 0..9usize).prop_map(|(from, to)| ListEdit::Move { from, to }),
        prop::collection::vec(item, 0..4).prop_map(|items| ListEdit::Set { items }),
    ]
}

fn standing() -> impl Strategy<Value = Standing> + Clone {
    prop_oneof![
        Just(Standing::guess()),
        Just(Standing::told(id("dana"), day("2026-02-04"))),
        Just(Standing::to_ask(id("hr"))),
        Just(Standing::not_needed("small")),
    ]
    .boxed()
}

fn answer() -> impl Strategy<Value = Answer> + Clone {
    (word(), prop::collection::vec(word(), 0..3), standing())
        .prop_map(|(text, items, standing)| Answer {
            text,
            items,
            standing,
            ..Answer::default()
        })
        .boxed()
}

fn need() -> impl Strategy<Value = Need> + Clone {
    (name(), word(), any::<bool>(), standing())
        .prop_map(|(id, text, same, standing)| Need {
            id,
            text,
            whose: Vec::new(),
            acceptance: String::new(),
            same,
            standing,
        })
        .boxed()
}

fn question() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("purpose".to_owned()),
        Just("tool".to_owned()),
        Just("rank".to_owned()),
        "[a-c]"
    ]
}

fn step() -> impl Strategy<Value = Change> {
    let customer = (name(), word())
        .prop_map(|(id, name)| Customer {
            id,
            name,
            role: Role::User,
            uses_for: String::new(),
            reach: String::new(),
            notes: String::new(),
        })
        .boxed();
    let reading = (name(), word(), any::<bool>(), standing())
        .prop_map(|(id, text, chosen, standing)| Reading {
            id,
            text,
            chosen,
            standing,
        })
        .boxed();
    let goal = (name(), word())
        .prop_map(|(id, text)| Goal {
            id,
            level: Level::Team,
            owner: String::new(),
            text,
            how: String::new(),
        })
        .boxed();
    let part = (name(), word(), prop::collection::vec(name(), 0..3))
        .prop_map(|(id, text, serves)| Deliverable {
            id,
            text,
            serves,
            standing: Standing::guess(),
        })
        .boxed();
    let ranking = (name(), prop::collection::vec(name(), 0..3))
        .prop_map(|(by, order)| Ranking {
            by,
            order,
            on: None,
        })
        .boxed();
    let waiver = word()
        .prop_map(|because| Waiver {
            what: "purpose".into(),
            because,
            on: None,
        })
        .boxed();
    let one = prop_oneof![
        word().prop_map(Change::Title),
        word().prop_map(Change::Checklist),
        word().prop_map(|words| Change::Request(Request {
            words,
            origin: Some(Origin::Asked),
            ..Request::default()
        })),
        (question(), prop::option::of(answer()))
            .prop_map(|(question, answer)| Change::Answer { question, answer }),
        (0..6usize, question(), answer()).prop_map(|(at, question, answer)| Change::AnswerAt {
            at,
            question,
            answer: Box::new(answer)
        }),
        edit(customer).prop_map(Change::Customer),
        edit(reading).prop_map(Change::Reading),
        edit(need()).prop_map(Change::Need),
        edit(ranking).prop_map(Change::Ranking),
        edit(goal).prop_map(Change::Goal),
        edit(part).prop_map(Change::Deliverable),
        edit(word().boxed()).prop_map(Change::Out),
        word().prop_map(|appetite| Change::Plan(Plan {
            appetite,
            ..Plan::default()
        })),
        edit(waiver).prop_map(Change::Waiver),
        Just(Change::Stage(Stage::Asked)),
        Just(Change::Stage(Stage::Unknown("paused".into()))),
        any::<bool>().prop_map(Change::Archived),
        "[a-e]".prop_map(|id| Change::Record(Box::new(Event::new(
            format!("e-{id}"),
            EventKind::Heard,
            now()
        )))),
        "e-[a-e](-u[1-3])?".prop_map(|event| Change::Withdraw { event }),
    ]
    .boxed();
    prop_oneof![
        4 => one.clone(),
        1 => prop::collection::vec(one, 0..4).prop_map(Change::All),
    ]
}

/// The brief without its events, which only grow; and those that count.
fn seen(brief: &Brief) -> (Brief, Vec<Event>) {
    let effective = brief.effective_events().into_iter().cloned().collect();
    let mut bare = brief.clone();
    bare.events.clear();
    (bare, effective)
}

/// An event has an id of its own, as the program gives them.
fn records_anew(brief: &Brief, change: &Change) -> bool {
    match change {
        Change::Record(event) => !brief.events.iter().any(|e| e.id == event.id),
        Change::All(changes) => {
            let mut ids: Vec<&str> = Vec::new();
            changes.iter().all(|change| match change {
                Change::Record(event) => {
                    let new = !ids.contains(&event.id.as_str());
                    ids.push(&event.id);
                    new && records_anew(brief, change)
                }
                _ => records_anew(brief, change),
            })
        }
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_changes_undone_give_the_brief_back_and_redone_give_it_again(
        changes in prop::collection::vec(step(), 1..12)
    ) {
        let mut brief = superreport();
        let mut states = vec![seen(&brief)];
        let mut back = Vec::new();
        for change in changes {
            if !records_anew(&brief, &change) {
                continue;
            }
            let before = brief.clone();
            match brief.apply(change, now()) {
                Ok(inverse) => {
                    back.push(inverse);
                    states.push(seen(&brief));
                }
                Err(_) => prop_assert_eq!(&brief, &before, "refused, and changed"),
            }
        }
        let end = states.len();
        for _ in 0..2 {
            let mut forward = Vec::new();
            for n in (1..end).rev() {
                let inverse = back.pop().unwrap();
                forward.push(brief.apply(inverse, now()).unwrap());
                prop_assert_eq!(&seen(&brief), &states[n - 1]);
            }
            for state in &states[1..] {
                let again = forward.pop().unwrap();
                back.push(brief.apply(again, now()).unwrap());
                prop_assert_eq!(&seen(&brief), state);
            }
        }
    }

    #[test]
    fn moving_a_need_leaves_the_others_in_order_and_no_new_equals(
        ties in prop::collection::vec(any::<bool>(), 1..7), from in 0..8usize, to in 0..8usize
    ) {
        let mut brief = superreport();
        let template = brief.needs[0].clone();
        brief.needs = ties.iter().enumerate().map(|(n, same)| {
            let mut need = template.clone();
            need.id = id(&format!("n{n}"));
            need.same = *same && n > 0;
            need
        }).collect();
        let before = brief.clone();
        let edit = ListEdit::moved(&brief.needs, from, to);
        let applied = brief.apply(Change::Need(edit), now());
        prop_assert_eq!(applied.is_ok(), from < ties.len());
        if from >= ties.len() {
            return Ok(());
        }
        let to = to.min(ties.len() - 1);
        prop_assert_eq!(&brief.needs[to].id, &before.needs[from].id);
        let rank = |brief: &Brief, id: &ItemId| {
            let at = brief.needs.iter().position(|n| &n.id == id).unwrap();
            brief.ranks()[at]
        };
        if from == to {
            prop_assert_eq!(&brief.needs, &before.needs);
            return Ok(());
        }
        prop_assert!(!brief.needs[0].same);
        for one in &before.needs {
            for other in &before.needs {
                let equal = rank(&brief, &one.id) == rank(&brief, &other.id);
                let was_equal = rank(&before, &one.id) == rank(&before, &other.id);
                prop_assert!(!equal || was_equal, "{} and {} became equal", one.id, other.id);
                let rest = one.id != before.needs[from].id && other.id != before.needs[from].id;
                if rest && rank(&before, &one.id) < rank(&before, &other.id) {
                    prop_assert!(rank(&brief, &one.id) < rank(&brief, &other.id));
                }
            }
        }
    }
}

#[test]
fn a_step_of_several_changes_is_done_whole_or_not_at_all() {
    let mut brief = superreport();
    let before = brief.clone();
    let change = Change::All(vec![
        Change::Title("Other".into()),
        Change::Record(Box::new(Event::new("e1", EventKind::Heard, now()))),
        Change::Need(ListEdit::Remove { at: 9 }),
    ]);
    assert_eq!(
        brief.apply(change, now()),
        Err(Refused::NoSuchItem { at: 9, len: 4 })
    );
    assert_eq!(brief, before);
}

#[test]
fn a_refusal_counts_as_people_do() {
    let refused = Refused::NoSuchItem { at: 4, len: 4 };
    assert_eq!(refused.to_string(), "there is no item 5 in a list of 4");
}

#[test]
fn what_never_happened_cannot_be_taken_back() {
    let mut brief = superreport();
    let change = Change::Withdraw { event: "e9".into() };
    assert_eq!(
        brief.apply(change, now()),
        Err(Refused::NoSuchEvent("e9".into()))
    );
    assert!(brief.events.is_empty());
}

#[test]
fn the_history_keeps_what_was_undone_and_done_again() {
    let mut brief = superreport();
    let record = Change::Record(Box::new(Event::new("go-up-u", EventKind::Heard, now())));
    let mut back = brief.apply(record, now()).unwrap();
    for n in 1..=5 {
        back = brief.apply(back, now()).unwrap();
        assert_eq!(brief.effective_events().len(), usize::from(n % 2 == 0));
    }
    let ids: Vec<&str> = brief.events.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "go-up-u",
            "go-up-u-u1",
            "go-up-u-u2",
            "go-up-u-u3",
            "go-up-u-u4",
            "go-up-u-u5"
        ]
    );
}

#[test]
fn an_answer_taken_away_and_given_back_stands_where_it_stood() {
    let mut brief = superreport();
    let before = brief.clone();
    let gone = Change::Answer {
        question: "purpose".into(),
        answer: None,
    };
    let back = brief.apply(gone, now()).unwrap();
    assert!(brief.answers.get("purpose").is_none());
    brief.apply(back, now()).unwrap();
    assert_eq!(brief, before);
    assert_eq!(
        Agreement::of(&brief).code(),
        Agreement::of(&before).code(),
        "and its code"
    );
}

#[test]
fn a_need_moved_between_two_equals_parts_them() {
    let mut brief = superreport();
    brief.needs[1].same = true;
    let edit = ListEdit::moved(&brief.needs, 3, 1);
    brief.apply(Change::Need(edit), now()).unwrap();
    let order: Vec<&str> = brief.needs.iter().map(|n| n.id.as_str()).collect();
    assert_eq!(order, ["kinds", "excel", "skills", "on-time"]);
    assert_eq!(brief.ranks(), [1, 2, 3, 4]);
}

#[test]
fn a_change_says_what_it_does() {
    let reorder = Change::Need(ListEdit::Set { items: Vec::new() });
    assert_eq!(reorder.describe(), "reorder the needs");
    let out = Change::Out(ListEdit::Remove { at: 0 });
    assert_eq!(out.describe(), "remove an out-of-scope item");
    assert_eq!(Change::All(vec![reorder]).describe(), "reorder the needs");
    assert_eq!(Change::All(Vec::new()).describe(), "nothing");
}
