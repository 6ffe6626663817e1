use super::*;
use crate::domain::fixture::{apply, at, code, day, id, signed, superreport};
use crate::domain::{Standing, questions};

fn now() -> Moment {
    at("2026-02-10T09:00:00+01:00")
}

fn in_stage(stage: Stage) -> Brief {
    let mut brief = signed();
    brief.stage = stage;
    brief
}

fn said(by: &str, words: &str, code: &str) -> Said {
    Said {
        by: id(by),
        words: words.into(),
        via: "mail".into(),
        code: code.into(),
        covers: Vec::new(),
    }
}

const STAGES: [Stage; 7] = [
    Stage::Draft,
    Stage::Asked,
    Stage::Agreed,
    Stage::InProgress,
    Stage::Delivered,
    Stage::Closed,
    Stage::Dropped,
];

/// The stages from which an action may be done, and where it leads.
fn paths(act: impl Fn(&Brief) -> Result<Change, NotNow>) -> Vec<(Stage, Stage)> {
    let mut paths = Vec::new();
    for stage in STAGES.into_iter().chain([Stage::Unknown("paused".into())]) {
        let mut brief = in_stage(stage.clone());
        match act(&brief) {
            Ok(change) => {
                let before = brief.clone();
                let back = brief.apply(change, now()).unwrap();
                paths.push((stage, brief.stage.clone()));
                let last = brief.events.last().unwrap();
                assert_eq!(last.from.as_ref(), Some(&before.stage));
                brief.apply(back, now()).unwrap();
                assert_eq!(brief.stage, before.stage, "undone");
            }
            Err(why) => assert_eq!(why, NotNow::WrongStage(stage)),
        }
    }
    paths
}

#[test]
fn each_stage_leads_where_it_should() {
    use Stage::{Agreed, Asked, Closed, Delivered, Draft, Dropped, InProgress};
    let start = paths(|b| start(b, &[], "no time", "e9", now()));
    assert_eq!(
        start,
        [
            (Draft, InProgress),
            (Asked, InProgress),
            (Agreed, InProgress)
        ]
    );
    let delivered = paths(|b| deliver(b, "", "e9", now()));
    assert_eq!(delivered, [(InProgress, Delivered)]);
    let confirmed = paths(|b| confirm(b, Some(&id("dana")), "yes", "e9", now()));
    assert_eq!(confirmed, [(Delivered, Closed)]);
    let reopened = paths(|b| reopen(b, "rows missing", "e9", now()));
    assert_eq!(
        reopened,
        [
            (Delivered, InProgress),
            (Closed, InProgress),
            (Dropped, Draft)
        ]
    );
    let dropped: Vec<Stage> = paths(|b| drop_brief(b, "not wanted", "e9", now()))
        .into_iter()
        .map(|(from, _)| from)
        .collect();
    let paused = Stage::Unknown("paused".into());
    assert_eq!(
        dropped,
        [Draft, Asked, Agreed, InProgress, Delivered, paused]
    );
    let archived = paths(|b| Ok(archive(b, true, "", "e9", now())));
    assert_eq!(archived.len(), 8);
    assert!(
        archived.iter().all(|(from, to)| from == to),
        "it moves no stage"
    );
}

#[test]
fn giving_up_and_taking_up_again_need_a_reason() {
    let brief = in_stage(Stage::InProgress);
    assert_eq!(
        drop_brief(&brief, " \n", "e9", now()),
        Err(NotNow::NoReason)
    );
    let closed = in_stage(Stage::Closed);
    assert_eq!(reopen(&closed, "", "e9", now()), Err(NotNow::NoReason));
}

#[test]
fn a_dropped_brief_taken_up_again_stands_where_it_stood() {
    let mut brief = in_stage(Stage::InProgress);
    let change = drop_brief(&brief, "no budget", "e8", now()).unwrap();
    apply(&mut brief, change);
    let change = reopen(&brief, "budget came", "e9", now()).unwrap();
    apply(&mut brief, change);
    assert_eq!(brief.stage, Stage::InProgress);
    let words: Vec<&str> = brief.events.iter().map(|e| e.because.as_str()).collect();
    assert!(words.ends_with(&["no budget", "budget came"]));
}

#[test]
fn sharing_makes_the_questions_asked_and_a_draft_asked() {
    let mut brief = superreport();
    let put = ["must_not_lose".to_owned(), "nothing_like_it".to_owned()];
    let change = share(&brief, &id("dana"), &put, "mail", "e1", now());
    apply(&mut brief, change);
    assert_eq!(brief.stage, Stage::Asked);
    let standing = |q: &str| brief.answers.get(q).unwrap().standing.basis.clone();
    assert_eq!(standing("must_not_lose"), Basis::Asked);
    assert_eq!(standing("tool"), Basis::Guess, "it was not put");
    let open = questions::open_questions(&brief);
    let asked = open.iter().find(|q| q.question == "must_not_lose").unwrap();
    assert_eq!(asked.asked, Some(day("2026-02-10")));
    assert!(brief.answers.get("nothing_like_it").is_none());
}

#[test]
fn sharing_again_keeps_the_stage_and_the_text_once() {
    let mut brief = superreport();
    for (event, to) in [("e1", "dana"), ("e2", "dana"), ("e3", "hr")] {
        let change = share(&brief, &id(to), &[], "mail", event, now());
        apply(&mut brief, change);
    }
    let texts = brief.events.iter().filter(|e| !e.agreed.is_empty());
    assert_eq!(texts.count(), 1);
    assert_eq!(brief.stage, Stage::Asked);
    let mut working = in_stage(Stage::InProgress);
    let change = share(&working, &id("hr"), &[], "mail", "e9", now());
    apply(&mut working, change);
    assert_eq!(working.stage, Stage::InProgress);
}

#[test]
fn putting_a_question_again_does_not_unsay_what_was_told() {
    let mut brief = superreport();
    let change = share(
        &brief,
        &id("hr"),
        &["purpose".to_owned()],
        "mail",
        "e1",
        now(),
    );
    apply(&mut brief, change);
    let purpose = &brief.answers.get("purpose").unwrap().standing;
    assert_eq!(purpose, &Standing::told(id("dana"), day("2026-02-04")));
}

#[test]
fn a_question_put_to_somebody_else_is_theirs_now() {
    let mut brief = superreport();
    let change = share(&brief, &id("hr"), &["tool".to_owned()], "mail", "e1", now());
    apply(&mut brief, change);
    let to: Vec<ItemId> = questions::next_questions(&brief, &id("hr"))
        .into_iter()
        .map(|q| q.to)
        .collect();
    assert_eq!(to, [id("hr")]);
}

#[test]
fn a_yes_with_the_code_in_their_words_is_a_reply_and_hearsay_without() {
    let brief = superreport();
    let code = code(&brief);
    let grade = |words: &str| {
        let change = sign(&brief, said("dana", words, &code), "e1", now()).unwrap();
        let mut after = brief.clone();
        apply(&mut after, change);
        after.events.last().unwrap().grade.clone().unwrap()
    };
    assert_eq!(grade(&format!("OK {code}")), Grade::Reply);
    assert_eq!(grade("yes, do it"), Grade::Said);
    assert_eq!(grade(""), Grade::Said);
    assert_eq!(grade(&format!("> Reply \"OK {code}\"\nsure")), Grade::Said);
}

#[test]
fn only_a_yes_to_all_of_it_makes_the_brief_agreed() {
    let mut brief = superreport();
    let mut need_only = said("dana", "", &code(&brief));
    need_only.covers = vec![Section::Want, Section::Needs, Section::Scope];
    let change = sign(&brief, need_only, "e1", now()).unwrap();
    apply(&mut brief, change);
    assert_eq!(brief.stage, Stage::Draft);
    let mut solution = said("hr", "", &code(&brief));
    solution.covers = vec![Section::Solution, Section::Dates];
    let change = sign(&brief, solution, "e2", now()).unwrap();
    apply(&mut brief, change);
    assert_eq!(brief.stage, Stage::Agreed);
}

#[test]
fn a_yes_while_working_does_not_set_the_work_back() {
    let mut brief = in_stage(Stage::InProgress);
    let change = sign(&brief, said("hr", "", &code(&brief)), "e9", now()).unwrap();
    apply(&mut brief, change);
    assert_eq!(brief.stage, Stage::InProgress);
}

#[test]
fn nobody_from_outside_can_sign_hear_or_confirm() {
    let brief = in_stage(Stage::Delivered);
    let nobody = Err(NotNow::Nobody(id("eve")));
    let code = code(&brief);
    assert_eq!(sign(&brief, said("eve", "", &code), "e9", now()), nobody);
    assert_eq!(heard(&brief, said("eve", "hm", ""), "e9", now()), nobody);
    assert_eq!(confirm(&brief, Some(&id("eve")), "", "e9", now()), nobody);
}

#[test]
fn an_old_code_is_refused_and_changes_nothing() {
    let mut brief = signed();
    let old = code(&brief);
    brief.out.push("Training".into());
    let refused = sign(&brief, said("dana", "", &old), "e9", now());
    assert!(matches!(refused, Err(NotNow::Code(WrongCode::Old { .. }))));
}

#[test]
fn having_heard_of_it_promotes_nothing() {
    let mut brief = superreport();
    let before = brief.clone();
    let change = heard(&brief, said("dana", "sounds good", ""), "e1", now()).unwrap();
    apply(&mut brief, change);
    assert_eq!(brief.stage, Stage::Draft);
    assert!(sign_off::sign_offs(&brief).is_empty());
    assert_eq!(brief.bases(), before.bases());
    let mut silent = said("dana", " ", "");
    silent.via.clear();
    assert_eq!(heard(&brief, silent, "e2", now()), Err(NotNow::NothingSaid));
}

#[test]
fn starting_early_needs_a_reason_that_stays_for_each_gap() {
    let mut brief = superreport();
    let Err(NotNow::Blocked(open)) = start(&brief, &["tool"], " ", "e1", now()) else {
        panic!("it started");
    };
    assert_eq!(open.len(), 3, "tool, need, solution");
    let change = start(&brief, &["tool"], " Dana is away ", "e1", now()).unwrap();
    let back = brief.apply(change, now()).unwrap();
    assert_eq!(brief.stage, Stage::InProgress);
    let waived: Vec<(&str, &str)> = brief
        .waivers
        .iter()
        .map(|w| (w.what.as_str(), w.because.as_str()))
        .collect();
    assert_eq!(
        waived,
        [
            ("tool", "Dana is away"),
            ("agreement", "Dana is away"),
            ("solution", "Dana is away")
        ]
    );
    brief.apply(back, now()).unwrap();
    assert!(brief.waivers.is_empty(), "undone");
}

#[test]
fn with_everything_agreed_it_just_starts() {
    let mut brief = signed();
    let change = start(&brief, &["deliverables"], "", "e9", now()).unwrap();
    apply(&mut brief, change);
    assert!(brief.waivers.is_empty());
    assert_eq!(brief.stage, Stage::InProgress);
}

#[test]
fn the_error_counts_what_is_missing() {
    let Err(blocked) = start(&superreport(), &[], "", "e1", now()) else {
        panic!("it started");
    };
    assert_eq!(
        blocked.to_string(),
        "2 things that starting depends on are not met yet"
    );
}

#[test]
fn an_exported_file_is_recorded_once() {
    let mut brief = superreport();
    let change = exported(&brief, "html", "abc", &[], "e1", now()).unwrap();
    apply(&mut brief, change);
    assert_eq!(exported(&brief, "html", "abc", &[], "e2", now()), None);
    assert!(exported(&brief, "html", "abd", &[], "e2", now()).is_some());
}

#[test]
fn not_knowing_keeps_what_was_guessed_and_names_who_may_know() {
    let brief = superreport();
    let before = brief.answers.get("purpose");
    let asked = ask(before, "Why?", "What for?", &id("hr"));
    assert_eq!(asked.text, before.unwrap().text);
    assert_eq!(asked.section, Some(Section::Want));
    assert_eq!(asked.standing, Standing::to_ask(id("hr")));
    assert_eq!(
        (asked.question.as_str(), asked.put.as_str()),
        ("Why?", "What for?")
    );
}
