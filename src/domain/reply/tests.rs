use super::*;
use crate::domain::fixture::{at, day, id, superreport};
use crate::domain::{Basis, Section, Stage};

const WHEN: &str = "2026-02-05T09:00:00+01:00";

fn from_dana(taken: Vec<Taken>) -> Reply {
    Reply {
        by: id("dana"),
        words: "as it came".into(),
        via: "mail".into(),
        on: day("2026-02-04"),
        taken,
        remarks: Vec::new(),
    }
}

fn answer(question: &str, words: &str, given: Given) -> Taken {
    Taken::Answer {
        question: question.into(),
        words: words.into(),
        given,
    }
}

fn after(brief: &Brief, from: Reply) -> Brief {
    let mut after = brief.clone();
    let change = reply(brief, from, "r1", at(WHEN)).unwrap();
    let back = after.apply(change, at(WHEN)).unwrap();
    let mut undone = after.clone();
    undone.apply(back, at(WHEN)).unwrap();
    undone.events.clear();
    let mut before = brief.clone();
    before.events.clear();
    assert_eq!(undone, before, "a reply can be taken back");
    after
}

fn dana_told() -> Standing {
    Standing::told(id("dana"), day("2026-02-04"))
}

#[test]
fn words_become_the_answer_told_on_the_day_they_were_written() {
    let brief = superreport();
    let after = after(
        &brief,
        from_dana(vec![answer(
            "purpose",
            " job profiles for HR ",
            Given::Words,
        )]),
    );
    let purpose = after.answers.get("purpose").unwrap();
    assert_eq!(purpose.text, "job profiles for HR");
    assert_eq!(purpose.standing, dana_told());
    assert_eq!(after.events[0].words, "as it came");
    assert_eq!(after.events[0].answers, ["purpose: job profiles for HR"]);
}

#[test]
fn a_yes_to_a_guess_keeps_the_guess_and_its_version() {
    let mut brief = superreport();
    brief.readings[1].standing = Standing::guess();
    brief.plan.need_by = Some(day("2026-02-19"));
    let code = Agreement::of(&brief).code();
    let taken = ["readings", "must_not_lose", "need_by", "deliverables"];
    let taken = taken.map(|q| answer(q, "yes", Given::Yes)).to_vec();
    let after = after(&brief, from_dana(taken));
    assert_eq!(Agreement::of(&after).code(), code, "nothing new was said");
    assert_eq!(after.readings[1].standing, dana_told());
    assert_eq!(after.deliverables[0].standing, dana_told());
    assert_eq!(
        after.answers.get("must_not_lose").unwrap().text,
        "Names of analysts stay out of the HR copy"
    );
}

#[test]
fn a_no_keeps_what_was_wrong() {
    let brief = superreport();
    let taken = vec![
        answer("must_not_lose", "no", Given::No),
        answer("tool", "no", Given::No),
    ];
    let after = after(&brief, from_dana(taken));
    let text = |q: &str| after.answers.get(q).unwrap().text.clone();
    assert_eq!(
        text("must_not_lose"),
        "no (not: Names of analysts stay out of the HR copy)"
    );
    assert_eq!(text("tool"), "no");
}

#[test]
fn another_reading_is_chosen_or_added() {
    let brief = superreport();
    let taken = vec![answer("readings", "a", Given::Reading(id("volume")))];
    let first = after(&brief, from_dana(taken));
    assert_eq!(first.chosen_reading().unwrap().id, id("volume"));
    assert_eq!(first.chosen_reading().unwrap().standing, dana_told());
    let taken = vec![answer("readings", "neither: the hours", Given::Words)];
    let own = after(&brief, from_dana(taken));
    assert_eq!(own.readings.len(), 3);
    assert_eq!(own.chosen_reading().unwrap().text, "neither: the hours");
}

#[test]
fn their_order_is_theirs_and_the_briefs_unless_somebody_elses_stands() {
    let mut brief = superreport();
    let names = |b: &Brief| b.needs.iter().map(|n| n.id.clone()).collect::<Vec<_>>();
    brief.rankings.clear();
    let mut order = names(&brief);
    order.swap(0, 1);
    let alone = after(&brief, from_dana(vec![Taken::Order(order.clone())]));
    assert_eq!(names(&alone), order);
    assert_eq!(
        alone.answers.get("rank").unwrap().standing.basis,
        Basis::Told
    );
    brief.rankings.push(Ranking {
        by: id("hr"),
        order: names(&brief),
        on: None,
    });
    let two = after(&brief, from_dana(vec![Taken::Order(order.clone())]));
    assert_eq!(names(&two), names(&brief));
    assert_eq!(two.rankings[1].order, order);
}

#[test]
fn a_yes_signs_what_they_saw_and_their_own_new_answer_opens_that_section_again() {
    let brief = superreport();
    let code = Agreement::of(&brief).code();
    let yes = Taken::Yes {
        code,
        words: format!("OK {code}"),
    };
    let signed = after(&brief, from_dana(vec![yes.clone()]));
    assert_eq!(signed.stage, Stage::Agreed);
    assert_eq!(sign_off::sign_offs(&signed)[0].grade, Grade::Reply);
    assert!(sign_off::lapsed(&signed).is_empty());
    let new = answer("purpose", "something else", Given::Words);
    let both = after(&brief, from_dana(vec![new, yes.clone()]));
    assert_eq!(sign_off::lapsed(&both), [Section::Want]);
    assert_eq!(sign_off::open_for(&both, &id("dana")), [Section::Want]);
    let mut changed = brief.clone();
    changed.out.push("more".into());
    let refused = reply(&changed, from_dana(vec![yes]), "r1", at(WHEN));
    assert!(matches!(refused, Err(NotNow::Code(_))), "{refused:?}");
}

#[test]
fn the_next_yes_covers_only_what_was_open() {
    let brief = superreport();
    let code = Agreement::of(&brief).code();
    let words = String::new();
    let mut brief = after(&brief, from_dana(vec![Taken::Yes { code, words }]));
    brief.out.push("more".into());
    assert_eq!(sign_off::open_for(&brief, &id("dana")), [Section::Scope]);
    let code = Agreement::of(&brief).code();
    let words = String::new();
    let change = reply(
        &brief,
        from_dana(vec![Taken::Yes { code, words }]),
        "r2",
        at(WHEN),
    );
    brief.apply(change.unwrap(), at(WHEN)).unwrap();
    let last = sign_off::sign_offs(&brief).pop().unwrap();
    assert_eq!(last.covers, [Section::Scope]);
    assert!(sign_off::lapsed(&brief).is_empty());
    assert!(sign_off::need_agreed(&brief) && sign_off::solution_agreed(&brief));
}

#[test]
fn an_objection_waits_for_the_next_message_or_yes() {
    let brief = superreport();
    let mut but = from_dana(vec![Taken::Objection("only from March".into())]);
    but.remarks = vec!["and greetings".into()];
    let mut brief = after(&brief, but);
    let said = unanswered(&brief);
    assert_eq!(said[0].objection, "only from March");
    assert_eq!(said[0].remarks, ["and greetings"]);
    let change = super::super::action::share(&brief, &id("dana"), &[], "", "s9", at(WHEN));
    brief.apply(change, at(WHEN)).unwrap();
    assert!(unanswered(&brief).is_empty());
}
