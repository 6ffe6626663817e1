use proptest::prelude::*;

use super::*;
use crate::domain::fixture::{amended, day, id, superreport};
use crate::domain::{Answer, Brief, ListEdit, Standing};

fn words(change: impl FnOnce(&mut Brief)) -> Vec<String> {
    let before = superreport();
    let mut after = superreport();
    change(&mut after);
    Agreement::of(&before)
        .differences(&Agreement::of(&after))
        .iter()
        .flat_map(Difference::changes)
        .map(|change| change.to_string())
        .collect()
}

fn moved(from: usize, to: usize) -> Vec<String> {
    words(|b| {
        if let ListEdit::Set { items } = ListEdit::moved(&b.needs, from, to) {
            b.needs = items;
        }
    })
}

#[test]
fn one_need_moved_is_one_line() {
    assert_eq!(
        moved(3, 1),
        ["moved from 4 to 2: Opens in Excel, so that HR can sort it"]
    );
    assert_eq!(
        moved(0, 3),
        ["moved from 1 to 4: Types of work received and resolved, with a share for each"]
    );
}

#[test]
fn a_need_that_goes_moves_nobody_else() {
    let gone = words(|b| {
        b.needs.remove(0);
        for part in &mut b.deliverables {
            part.serves.retain(|n| *n != id("kinds"));
        }
    });
    assert!(gone[0].starts_with("no longer: Types of work received"));
    assert!(
        !gone.iter().any(|line| line.starts_with("moved")),
        "{gone:?}"
    );
}

#[test]
fn two_needs_that_became_equal_are_told() {
    let tie = words(|b| b.needs[1].same = true);
    assert_eq!(
        tie,
        ["moved from 2 to 1: Skills that each type of work takes"]
    );
}

#[test]
fn what_changed_in_a_need_is_told_after_its_name() {
    let changed = words(|b| {
        b.needs[1].acceptance = "HR nods".into();
        b.needs[1].whose = vec![id("dana")];
    });
    assert_eq!(
        changed,
        [
            "now: Skills that each type of work takes; met when: HR nods; for: Dana Reyes \
             (was: met when: Every type of work names at least one skill from HR's list; \
             for: Human Resources)"
        ]
    );
}

#[test]
fn people_see_names_and_days_and_never_ids() {
    let served = words(|b| b.deliverables[2].serves = vec![id("excel"), id("on-time")]);
    assert_eq!(
        served,
        [
            "now: Automated chart of occupied and available hours; serves: Opens in Excel, so \
             that HR can sort it, Before HR's meeting on 20 February (was: serves: no need)"
        ]
    );
    let date = words(|b| b.plan.need_by = Some(day("2026-02-26")));
    assert_eq!(date.len(), 1);
    assert!(date[0].starts_with("now: needed by "), "{date:?}");
    assert!(!date[0].contains("2026-02-26"), "{date:?}");
    let gone = words(|b| drop(b.customers.pop()));
    assert_eq!(
        gone,
        [
            "no longer: Human Resources; receiver; uses it for: Writes job profiles and skill sets from it"
        ]
    );
}

#[test]
fn an_answer_is_told_in_the_words_of_its_question() {
    let tool = |text: &str| Answer {
        text: text.into(),
        question: "In which tool will they open it?".into(),
        section: Some(Section::Solution),
        ..Answer::default()
    };
    let new = words(|b| drop(b.answers.set("tool", Some(tool("Excel")))));
    assert_eq!(new, ["new: In which tool will they open it? Excel"]);
    let purpose = words(|b| {
        let mut answer = b.answers.get("purpose").unwrap().clone();
        answer.text = "Nothing yet".into();
        b.answers.set("purpose", Some(answer));
    });
    assert!(purpose[0].starts_with("now: purpose: Nothing yet (was: purpose: HR decides"));
    let skipped = words(|b| {
        let answer = Answer {
            standing: Standing::not_needed("small"),
            section: Some(Section::Dates),
            ..Answer::default()
        };
        b.answers.set("on_board", Some(answer));
    });
    assert_eq!(skipped, ["new: on board: not needed: small"]);
}

#[test]
fn bars_and_backslashes_in_a_text_are_shown_as_typed() {
    let new = words(|b| b.out.push("C:\\new | the \\n file".into()));
    assert_eq!(new, ["new: C:\\new | the \\n file"]);
    let mut after = superreport();
    after.out.push("C:\\new | x".into());
    let changed = Agreement::of(&superreport()).differences(&Agreement::of(&after));
    assert_eq!(changed[0].added, ["out: C:\\new | x"]);
    assert!(changed[0].removed.is_empty());
}

#[test]
fn control_characters_are_made_visible() {
    let new = words(|b| b.out.push("a\u{1b}[31mb\u{202e}c\nd".into()));
    assert_eq!(new.len(), 1);
    assert!(!new[0].contains(char::is_control), "{new:?}");
    assert!(!new[0].contains('\u{202e}'), "{new:?}");
}

#[test]
fn the_same_lines_in_another_order_are_told_as_that() {
    let order = words(|b| b.deliverables.swap(0, 2));
    assert_eq!(order, ["the same, in another order"]);
    let twice = words(|b| b.out.push("Automation".into()));
    assert_eq!(twice, ["new: Automation"], "and a line that is there twice");
}

#[test]
fn the_amended_case_reads_well() {
    let brief = amended();
    let signed = &crate::domain::sign_off::sign_offs(&brief)[0];
    let lines: Vec<String> = signed
        .changed
        .iter()
        .flat_map(Difference::changes)
        .map(|c| c.to_string())
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_difference_is_told(
        order in Just((0..4usize).collect::<Vec<_>>()).prop_shuffle(),
        ties in prop::collection::vec(any::<bool>(), 4),
        keep in prop::collection::vec(any::<bool>(), 4),
        text in prop::option::of(any::<String>())
    ) {
        let before = superreport();
        let mut after = superreport();
        after.needs = order.iter().zip(&keep).filter(|(_, keep)| **keep)
            .map(|(at, _)| before.needs[*at].clone()).collect();
        for (need, same) in after.needs.iter_mut().zip(&ties) {
            need.same = *same;
        }
        if let (Some(need), Some(text)) = (after.needs.first_mut(), text) {
            need.text = text;
        }
        let (before, after) = (Agreement::of(&before), Agreement::of(&after));
        let differences = before.differences(&after);
        prop_assert_eq!(differences.is_empty(), before == after);
        for difference in differences {
            let changes = difference.changes();
            prop_assert!(!changes.is_empty());
            let kept = keep.iter().filter(|k| **k).count();
            let gone = changes.iter().filter(|c| matches!(c, Changed::Removed(_))).count();
            prop_assert_eq!(gone, 4 - kept);
            for change in changes {
                prop_assert!(!change.to_string().contains(char::is_control));
            }
        }
    }

    #[test]
    fn a_longest_rising_run_rises(values in prop::collection::hash_set(0..50usize, 0..12)) {
        let values: Vec<usize> = values.into_iter().collect();
        let run: Vec<usize> = longest_rising(&values).into_iter().map(|at| values[at]).collect();
        prop_assert!(run.is_sorted());
        // None is longer: by trying all.
        let best = (0u32..1 << values.len())
            .map(|set| (0..values.len()).filter(|n| set >> n & 1 == 1).map(|n| values[n]).collect::<Vec<_>>())
            .filter(|some| some.is_sorted())
            .map(|some| some.len())
            .max();
        prop_assert_eq!(Some(run.len()), best);
    }
}
