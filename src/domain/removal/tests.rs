use proptest::prelude::*;

use super::*;
use crate::domain::fixture::{amended, apply, at, id, signed, superreport};
use crate::domain::{Answer, Ranking, coverage, questions, readiness, sign_off};

/// Every id of a customer or need that something points to.
fn dangling(brief: &Brief) -> Vec<String> {
    let standings = brief
        .answers
        .iter()
        .map(|(_, a)| &a.standing)
        .chain(brief.readings.iter().map(|r| &r.standing))
        .chain(brief.needs.iter().map(|n| &n.standing))
        .chain(brief.deliverables.iter().map(|d| &d.standing));
    let people = standings
        .flat_map(|s| s.by.iter().chain(&s.ask))
        .chain(brief.needs.iter().flat_map(|n| &n.whose))
        .chain(brief.rankings.iter().map(|r| &r.by))
        .chain(&brief.request.by)
        .filter(|id| brief.customer(id).is_none());
    let needs = brief
        .deliverables
        .iter()
        .flat_map(|d| &d.serves)
        .chain(brief.rankings.iter().flat_map(|r| &r.order))
        .filter(|id| brief.need(id).is_none());
    people.chain(needs).map(ToString::to_string).collect()
}

#[test]
fn removing_a_customer_is_one_step_that_leaves_nothing_pointing_to_them() {
    let mut brief = amended();
    let before = brief.clone();
    let back = brief
        .apply(customer(&brief, 0), at("2026-02-11T09:00:00+01:00"))
        .unwrap();
    assert_eq!(dangling(&brief), Vec::<String>::new());
    assert_eq!(brief.needs[0].whose, [id("hr")]);
    assert_eq!(brief.rankings.len(), 1);
    assert_eq!(brief.requester().unwrap().name, "Human Resources");
    brief.apply(back, at("2026-02-11T09:00:00+01:00")).unwrap();
    assert_eq!(brief, before);
}

#[test]
fn what_only_a_removed_customer_told_is_a_guess_again() {
    let mut brief = superreport();
    let change = customer(&brief, 0);
    apply(&mut brief, change);
    let purpose = &brief.answers.get("purpose").unwrap().standing;
    assert_eq!((&purpose.basis, &purpose.by), (&Basis::Guess, &None));
    assert!(
        questions::open_questions(&brief).is_empty(),
        "nobody to ask"
    );
    let text = &brief.answers.get("purpose").unwrap().text;
    assert!(text.starts_with("HR decides"), "the text stays");
}

#[test]
fn the_yes_of_a_removed_customer_counts_no_longer_and_stays_in_the_history() {
    let mut brief = signed();
    assert!(sign_off::need_agreed(&brief));
    let change = customer(&brief, 0);
    apply(&mut brief, change);
    assert!(!sign_off::need_agreed(&brief));
    assert_eq!(sign_off::sign_offs(&brief).len(), 1);
    let again = brief.new_customer_id("Dana");
    assert_ne!(again, id("dana"), "nobody else inherits it");
}

#[test]
fn removing_a_need_takes_it_out_of_parts_and_rankings() {
    let mut brief = amended();
    let change = need(&brief, 0);
    apply(&mut brief, change);
    assert_eq!(dangling(&brief), Vec::<String>::new());
    assert_eq!(brief.deliverables[0].serves, [id("skills")]);
    assert_eq!(brief.rankings[1].order, [id("on-time")]);
    assert!(
        !coverage::gaps(&brief)
            .iter()
            .any(|gap| matches!(gap, coverage::Gap::RankingsDiffer { .. }))
    );
}

#[test]
fn removing_the_head_of_equals_makes_nobody_else_equal() {
    let mut brief = superreport();
    brief.needs[2].same = true;
    assert_eq!(brief.ranks(), [1, 2, 2, 4]);
    let change = need(&brief, 1);
    apply(&mut brief, change);
    assert_eq!(brief.ranks(), [1, 2, 3]);
}

#[test]
fn a_place_that_is_not_there_is_refused() {
    let mut brief = superreport();
    let now = at("2026-02-11T09:00:00+01:00");
    assert!(brief.clone().apply(customer(&brief, 7), now).is_err());
    assert!(brief.clone().apply(need(&brief, 7), now).is_err());
    brief.customers.clear();
    brief.needs.clear();
    assert!(brief.clone().apply(customer(&brief, 0), now).is_err());
    assert!(brief.clone().apply(need(&brief, 0), now).is_err());
}

#[test]
fn of_two_with_one_id_the_other_keeps_what_points_to_it() {
    let mut brief = superreport();
    brief.customers.push(brief.customers[0].clone());
    let change = customer(&brief, 2);
    apply(&mut brief, change);
    assert_eq!(brief, superreport());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_removals_leave_nothing_dangling_and_can_be_undone(
        which in prop::collection::vec((any::<bool>(), 0..4usize), 1..7),
        ties in prop::collection::vec(any::<bool>(), 4)
    ) {
        let mut brief = amended();
        for (need, same) in brief.needs.iter_mut().zip(ties) {
            need.same = same;
        }
        brief.rankings.push(Ranking { by: id("dana"), order: vec![id("excel")], on: None });
        let mut answer = Answer::default();
        answer.standing.ask = Some(id("hr"));
        answer.standing.basis = Basis::Asked;
        apply(&mut brief, Change::Answer { question: "x".into(), answer: Some(answer) });
        let first = brief.clone();
        let now = at("2026-02-11T09:00:00+01:00");
        let mut back = Vec::new();
        for (person, at) in which {
            let change = if person { customer(&brief, at) } else { need(&brief, at) };
            back.extend(brief.apply(change, now));
            prop_assert_eq!(dangling(&brief), Vec::<String>::new());
            // Nothing that reads a brief minds what is missing.
            readiness::blockers(&brief, &["tool"]);
            coverage::gaps(&brief);
            sign_off::section_states(&brief);
        }
        for change in back.into_iter().rev() {
            brief.apply(change, now).unwrap();
        }
        prop_assert_eq!(brief, first);
    }
}
