use super::*;
use crate::domain::fixture::{amended, id, signed, superreport};
use crate::domain::{Answer, Ranking, Standing};

#[test]
fn the_red_stripe_and_the_unserved_need_are_noticed() {
    assert_eq!(
        gaps(&superreport()),
        [
            Gap::NeedUnserved(id("on-time")),
            Gap::PartServesNothing(id("chart"))
        ]
    );
}

#[test]
fn no_need_is_unserved_while_there_are_no_parts() {
    let mut brief = superreport();
    brief.deliverables.clear();
    assert_eq!(gaps(&brief), []);
}

#[test]
fn a_part_that_serves_a_need_that_is_gone_serves_nothing() {
    let mut brief = signed();
    brief.deliverables[0].serves = vec![id("gone")];
    assert_eq!(useless(&brief), [id("table")]);
}

#[test]
fn a_need_says_whose_it_is_and_when_it_is_met() {
    let mut brief = signed();
    brief.needs[0].acceptance = " ".into();
    brief.needs[0].whose = vec![id("gone")];
    brief.needs[1].whose.clear();
    let gaps = gaps(&brief);
    assert_eq!(
        gaps[..3],
        [
            Gap::NoAcceptance(id("kinds")),
            Gap::NeedOfNobody(id("kinds")),
            Gap::NeedOfNobody(id("skills"))
        ]
    );
}

fn left_out(question: &str, brief: &mut Brief) {
    let answer = Answer {
        standing: Standing::not_needed("small"),
        ..Answer::default()
    };
    brief.answers.set(question, Some(answer));
}

#[test]
fn one_reading_or_none_chosen_is_asked_about_unless_left_out() {
    let mut brief = signed();
    brief.readings.truncate(1);
    assert_eq!(gaps(&brief)[..2], [Gap::OneReading, Gap::NoReadingChosen]);
    left_out("readings", &mut brief);
    assert!(!gaps(&brief).contains(&Gap::OneReading));
}

#[test]
fn no_goal_is_fine_when_said_so() {
    let mut brief = signed();
    brief.goals.clear();
    assert!(gaps(&brief).contains(&Gap::NoGoal));
    left_out("goals", &mut brief);
    assert!(!gaps(&brief).contains(&Gap::NoGoal));
}

fn differ(brief: &Brief) -> Vec<(String, String)> {
    gaps(brief)
        .into_iter()
        .filter_map(|gap| match gap {
            Gap::RankingsDiffer { needs, .. } => Some((needs.0.to_string(), needs.1.to_string())),
            _ => None,
        })
        .collect()
}

fn ranking(by: &str, order: &[&str]) -> Ranking {
    Ranking {
        by: id(by),
        order: order.iter().map(|n| id(n)).collect(),
        on: None,
    }
}

#[test]
fn two_people_who_rank_the_other_way_round_are_shown() {
    assert_eq!(
        differ(&amended()),
        [("kinds".to_owned(), "on-time".to_owned())]
    );
    let mut brief = signed();
    brief.rankings = vec![
        ranking("dana", &["kinds", "skills"]),
        ranking("hr", &["excel", "kinds", "skills"]),
    ];
    assert_eq!(
        differ(&brief),
        [],
        "the order of what both named is the same"
    );
}

#[test]
fn only_what_a_customer_said_last_counts() {
    let mut brief = signed();
    brief.rankings = vec![
        ranking("hr", &["skills", "kinds"]),
        ranking("dana", &["kinds", "skills"]),
        ranking("hr", &["kinds", "skills"]),
    ];
    assert_eq!(differ(&brief), []);
}

#[test]
fn people_and_needs_that_are_gone_do_not_disagree() {
    let mut brief = signed();
    brief.rankings = vec![
        ranking("dana", &["gone", "kinds"]),
        ranking("hr", &["kinds", "gone"]),
    ];
    assert_eq!(differ(&brief), []);
    brief.rankings = vec![
        ranking("dana", &["skills", "kinds"]),
        ranking("left", &["kinds", "skills"]),
    ];
    assert_eq!(differ(&brief), []);
}

#[test]
fn how_many_want_a_need_does_not_move_its_rank() {
    let mut brief = superreport();
    let before = brief.ranks();
    brief.needs[3].whose = vec![id("dana"), id("hr")];
    brief.needs[0].whose.clear();
    assert_eq!(brief.ranks(), before);
}
