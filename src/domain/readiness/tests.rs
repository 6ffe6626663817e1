use super::*;
use crate::domain::action;
use crate::domain::fixture::{amended, apply, at, day, id, signed, superreport};
use crate::domain::{Brief, BriefId, Customer, Need, Ranking, Role, Standing, Waiver};

fn empty() -> Brief {
    let brief_id = BriefId::parse("new-aaaa").unwrap();
    Brief::new(brief_id, "New", "request", at("2026-02-03T10:00:00+01:00"))
}

fn reasons(brief: &Brief, needed: &[&str]) -> Vec<String> {
    blockers(brief, needed)
        .into_iter()
        .map(|b| b.reason)
        .collect()
}

fn keys(brief: &Brief) -> Vec<String> {
    let blockers = blockers(brief, &[]);
    blockers
        .iter()
        .map(|b| b.requirement.key().to_owned())
        .collect()
}

#[test]
fn an_empty_brief_says_all_that_it_lacks() {
    assert_eq!(
        reasons(
            &empty(),
            &["customers", "purpose", "needs", "rank", "deliverables"]
        ),
        [
            "nobody is named as the customer: who is this for?",
            "the purpose is not known: which decision or next step does it feed?",
            "no need is written down",
            "what you will hand over is not written down",
            "nobody has said yes to the need",
            "nobody has said yes to the solution",
        ]
    );
}

#[test]
fn each_gap_names_the_question_that_mends_it() {
    let questions: Vec<Option<String>> = blockers(&empty(), &["tool"])
        .into_iter()
        .map(|b| b.question)
        .collect();
    let some = |q: &str| Some(q.to_owned());
    assert_eq!(
        questions,
        [
            some("customers"),
            some("purpose"),
            some("needs"),
            some("tool"),
            None,
            None
        ]
    );
}

#[test]
fn an_agreed_brief_has_nothing_in_its_way() {
    assert_eq!(
        reasons(
            &signed(),
            &[
                "customers",
                "purpose",
                "needs",
                "rank",
                "deliverables",
                "out"
            ]
        ),
        [""; 0]
    );
}

#[test]
fn a_name_that_names_nobody_is_an_unknown_customer() {
    let mut brief = signed();
    for name in ["", " ", "?", "???", "Unknown", "tbd"] {
        for customer in &mut brief.customers {
            customer.name = name.into();
        }
        assert_eq!(keys(&brief)[0], "customer", "{name:?}");
    }
    brief.customers[1].name = "\u{65e5}\u{672c}".into();
    assert_ne!(keys(&brief)[0], "customer");
}

#[test]
fn a_customer_left_out_with_a_reason_is_still_unknown() {
    let mut brief = empty();
    brief.answers.set(
        "customers",
        Some(Answer {
            standing: Standing::not_needed("for all"),
            ..Answer::default()
        }),
    );
    assert_eq!(keys(&brief)[0], "customer");
}

#[test]
fn an_answer_on_its_way_names_who_was_asked_and_when() {
    let mut brief = superreport();
    let answer = action::ask(None, "Why do they need it?", "Why?", &id("dana"));
    brief.answers.set("purpose", Some(answer));
    let purpose = "the purpose is not known: which decision or next step does it feed?";
    assert_eq!(
        reasons(&brief, &[])[0],
        format!("{purpose} (a question for Dana Reyes)")
    );
    let now = at("2026-02-04T10:00:00+01:00");
    let change = action::share(
        &brief,
        &id("dana"),
        &["purpose".to_owned()],
        "mail",
        "e1",
        now,
    );
    apply(&mut brief, change);
    let on = date::show(day("2026-02-04"));
    assert_eq!(
        reasons(&brief, &[])[0],
        format!("{purpose} (Dana Reyes was asked on {on})")
    );
}

#[test]
fn a_question_of_the_checklist_is_named_by_its_wording() {
    let brief = superreport();
    let reason = &reasons(&brief, &["tool"])[0];
    assert!(
        reason.starts_with("\u{201c}In which tool will they open it?\u{201d} is not answered"),
        "{reason}"
    );
    let never_seen = &reasons(&empty(), &["root_cause"])[3];
    assert_eq!(never_seen, "\u{201c}root cause\u{201d} is not answered");
}

#[test]
fn not_needed_counts_only_with_its_reason() {
    let mut brief = superreport();
    for (why, answered) in [("", false), ("one file", true)] {
        let answer = Answer {
            standing: Standing::not_needed(why),
            ..Answer::default()
        };
        brief.answers.set("tool", Some(answer));
        assert_eq!(is_answered(&brief, "tool"), answered);
    }
}

#[test]
fn an_own_idea_is_a_proposal_until_somebody_says_yes() {
    let mut brief = superreport();
    brief.request.origin = Some(Origin::OwnIdea);
    assert_eq!(
        reasons(&brief, &[])[0],
        "it is your own idea, and nobody has said yes to the need"
    );
    let mut agreed = signed();
    agreed.request.origin = Some(Origin::OwnIdea);
    assert_eq!(reasons(&agreed, &[]), [""; 0]);
}

#[test]
fn what_changed_since_the_yes_is_named() {
    assert_eq!(
        reasons(&amended(), &[]),
        [
            "changed since the yes: the needs and their order",
            "changed since the yes: the dates"
        ]
    );
}

fn ranked_by(standing: Standing) -> bool {
    let mut brief = superreport();
    brief.answers.set(
        "rank",
        Some(Answer {
            standing,
            ..Answer::default()
        }),
    );
    is_ranked(&brief)
}

#[test]
fn the_needs_are_ranked_when_somebody_gave_their_order() {
    assert!(ranked_by(Standing::guess()));
    assert!(ranked_by(Standing::told(id("dana"), day("2026-02-04"))));
    assert!(ranked_by(Standing::not_needed("all or nothing")));
    assert!(!ranked_by(Standing::not_needed(" ")));
    assert!(
        !ranked_by(Standing::to_ask(id("dana"))),
        "not knowing is no order"
    );
    let mut brief = superreport();
    brief.answers.set("rank", None);
    assert!(!is_ranked(&brief));
    assert_eq!(
        reasons(&brief, &["rank"])[0],
        "the needs are not ranked: which matters most?"
    );
    brief.needs.truncate(1);
    assert!(is_ranked(&brief), "one need has its order");
    brief.needs.clear();
    assert!(!is_ranked(&brief));
}

#[test]
fn the_ranking_of_a_customer_counts_if_it_orders_needs_that_are_there() {
    let mut brief = superreport();
    brief.answers.set("rank", None);
    let ranking = |order: &[&str]| Ranking {
        by: id("hr"),
        order: order.iter().map(|n| id(n)).collect(),
        on: None,
    };
    for (order, ranked) in [
        (vec![], false),
        (vec!["kinds"], false),
        (vec!["gone", "kinds"], false),
        (vec!["excel", "kinds"], true),
    ] {
        brief.rankings = vec![ranking(&order)];
        assert_eq!(is_ranked(&brief), ranked, "{order:?}");
    }
}

#[test]
fn needs_that_are_all_equal_are_ranked_too() {
    let mut brief = superreport();
    for need in &mut brief.needs {
        need.same = true;
    }
    assert!(is_ranked(&brief));
    assert_eq!(brief.ranks(), [1, 1, 1, 1]);
}

#[test]
fn a_need_without_words_is_none() {
    let mut brief = signed();
    brief.needs = vec![Need {
        text: " ".into(),
        ..brief.needs[0].clone()
    }];
    assert_eq!(keys(&brief)[0], "ranked-need");
}

fn waived(brief: &Brief, key: &str) -> Option<String> {
    let blockers = blockers(brief, &[]);
    blockers
        .into_iter()
        .find(|b| b.requirement.key() == key)
        .unwrap()
        .waived
}

fn waiver(on: Option<&str>, because: &str) -> Waiver {
    Waiver {
        what: "agreement".into(),
        because: because.into(),
        on: on.map(day),
    }
}

#[test]
fn a_waiver_stays_in_sight_with_its_reason() {
    let mut brief = superreport();
    brief.waivers = vec![waiver(None, "Dana is away")];
    assert_eq!(waived(&brief, "agreement").as_deref(), Some("Dana is away"));
    assert_eq!(
        waived(&brief, "solution"),
        None,
        "one waiver covers one gap"
    );
    brief.waivers = vec![waiver(None, " ")];
    assert_eq!(
        waived(&brief, "agreement"),
        None,
        "without a reason it is none"
    );
}

#[test]
fn a_waiver_does_not_cover_what_changed_after_a_later_yes() {
    // Dana said yes on 4 February.
    for (on, covers) in [
        (None, false),
        (Some("2026-02-03"), false),
        (Some("2026-02-04"), true),
        (Some("2026-02-10"), true),
    ] {
        let mut brief = amended();
        brief.waivers = vec![waiver(on, "no time")];
        assert_eq!(waived(&brief, "agreement").is_some(), covers, "{on:?}");
    }
}

#[test]
fn every_known_question_is_looked_for_where_it_is_kept() {
    let brief = superreport();
    for question in [
        "title",
        "words",
        "where",
        "origin",
        "customers",
        "readings",
        "purpose",
        "needs",
        "rank",
        "goals",
        "deliverables",
        "out",
        "need_by",
        "appetite",
        "cadence",
    ] {
        assert!(is_answered(&brief, question), "{question}");
        if question != "title" {
            assert!(!is_answered(&empty(), question), "{question}");
        }
    }
    let mut nobody = empty();
    nobody.customers.push(Customer {
        id: id("x"),
        name: "?".into(),
        role: Role::User,
        uses_for: String::new(),
        reach: String::new(),
        notes: String::new(),
    });
    assert!(!is_answered(&nobody, "customers"));
}
