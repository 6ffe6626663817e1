use super::*;
use crate::domain::action::{self, Said};
use crate::domain::fixture::{apply, at, code, day, id, signed, superreport};
use crate::domain::{BriefId, Change, ListEdit, Standing};

fn yes(brief: &mut Brief, by: &str, covers: &[Section], event: &str) {
    let said = Said {
        by: id(by),
        words: "fine".into(),
        via: "mail".into(),
        code: code(brief),
        covers: covers.to_vec(),
    };
    let when = at("2026-02-05T10:00:00+01:00");
    let change = action::sign(brief, said, event, when).unwrap();
    apply(brief, change);
}

fn state(brief: &Brief, section: &Section) -> SectionState {
    let mut states = section_states(brief).into_iter();
    states.find(|(s, _)| s == section).unwrap().1
}

fn change_need(brief: &mut Brief, text: &str) {
    let mut item = brief.needs[0].clone();
    text.clone_into(&mut item.text);
    apply(brief, Change::Need(ListEdit::Replace { at: 0, item }));
}

#[test]
fn a_yes_to_all_of_it_agrees_every_section() {
    let brief = signed();
    for (section, state) in section_states(&brief) {
        assert_eq!(state, SectionState::Agreed(vec![id("dana")]), "{section}");
    }
    assert!(need_agreed(&brief) && solution_agreed(&brief));
    assert!(lapsed(&brief).is_empty());
}

#[test]
fn nobody_has_agreed_to_anything_before_a_yes() {
    let brief = superreport();
    assert!(
        section_states(&brief)
            .iter()
            .all(|(_, s)| *s == SectionState::Open)
    );
    assert!(!need_agreed(&brief) && !solution_agreed(&brief));
}

#[test]
fn a_change_lapses_the_changed_section_only() {
    let mut brief = signed();
    let mut plan = brief.plan.clone();
    plan.need_by = Some(day("2026-03-01"));
    apply(&mut brief, Change::Plan(plan));
    assert_eq!(lapsed(&brief), [Section::Dates]);
    assert!(need_agreed(&brief) && !solution_agreed(&brief));
    let changed = &sign_offs(&brief)[0].changed;
    assert_eq!(changed.len(), 1);
    assert!(!sign_offs(&brief)[0].holds().contains(&Section::Dates));
}

#[test]
fn a_change_taken_back_brings_the_yes_back() {
    let mut brief = signed();
    let now = at("2026-02-06T10:00:00+01:00");
    let back = brief
        .apply(Change::Out(ListEdit::Remove { at: 0 }), now)
        .unwrap();
    assert_eq!(lapsed(&brief), [Section::Scope]);
    brief.apply(back, now).unwrap();
    assert!(lapsed(&brief).is_empty());
}

#[test]
fn a_later_yes_heals_what_lapsed() {
    let mut brief = signed();
    change_need(&mut brief, "Types of work");
    assert_eq!(lapsed(&brief), [Section::Needs]);
    yes(&mut brief, "dana", &[Section::Needs], "e8");
    assert!(lapsed(&brief).is_empty());
    assert!(
        need_agreed(&brief) && solution_agreed(&brief),
        "the first yes holds for the rest"
    );
}

#[test]
fn a_later_yes_to_a_part_leaves_the_earlier_yes_to_the_rest() {
    let mut brief = signed();
    change_need(&mut brief, "Types of work");
    yes(&mut brief, "hr", &[Section::Needs], "e8");
    assert_eq!(
        state(&brief, &Section::Needs),
        SectionState::Agreed(vec![id("hr")])
    );
    assert_eq!(
        state(&brief, &Section::Scope),
        SectionState::Agreed(vec![id("dana")])
    );
}

#[test]
fn several_customers_can_say_yes() {
    let mut brief = signed();
    yes(&mut brief, "hr", &[], "e8");
    let both = SectionState::Agreed(vec![id("hr"), id("dana")]);
    assert_eq!(state(&brief, &Section::Want), both);
}

#[test]
fn a_yes_that_was_undone_counts_no_longer_until_it_is_done_again() {
    let mut brief = signed();
    let now = at("2026-02-06T10:00:00+01:00");
    let back = brief
        .apply(Change::Withdraw { event: "e2".into() }, now)
        .unwrap();
    assert!(sign_offs(&brief).is_empty() && !need_agreed(&brief));
    brief.apply(back, now).unwrap();
    assert!(need_agreed(&brief));
}

/// The recorded yes with something wrong in it.
fn tampered(change: impl FnOnce(&mut Event)) -> (Brief, Option<Invalid>) {
    let mut brief = signed();
    change(&mut brief.events[1]);
    let invalid = sign_offs(&brief)[0].invalid.clone();
    (brief, invalid)
}

#[test]
fn a_yes_whose_text_was_edited_counts_for_nothing() {
    let (brief, invalid) = tampered(|e| {
        // The share holds the text; the yes has its own.
        e.agreed = e.agreed.replace("Automation", "Nothing");
    });
    assert_eq!(invalid, Some(Invalid::TextChanged));
    assert!(!need_agreed(&brief));
    assert!(sign_offs(&brief)[0].holds().is_empty());
    for break_it in [
        (|e: &mut Event| e.agreed.clear()) as fn(&mut Event),
        |e| e.agreed = "hello".into(),
        |e| e.code.clear(),
        |e| e.code = Code::of("x").to_string(),
        |e| e.agreed.push_str("[sections]\nout: x\n"),
    ] {
        assert_eq!(tampered(break_it).1, Some(Invalid::TextChanged));
    }
}

#[test]
fn a_yes_edited_to_fit_todays_text_needs_its_code_too_and_then_is_today() {
    // Whoever rewrites text and code makes a yes to that very text: it shows
    // as such, and holds for nothing else.
    let mut later = signed();
    change_need(&mut later, "Something else");
    let forged = Agreement::of(&later);
    let (brief, invalid) = tampered(|e| {
        e.agreed = forged.text();
        e.code = forged.code().to_string();
    });
    assert_eq!(invalid, None);
    assert_eq!(lapsed(&brief), [Section::Needs]);
}

#[test]
fn a_yes_to_another_brief_counts_for_nothing() {
    let (_, invalid) = tampered(|e| {
        let mut other = signed();
        other.id = BriefId::parse("other-aaaa").unwrap();
        let agreement = Agreement::of(&other);
        e.agreed = agreement.text();
        e.code = agreement.code().to_string();
    });
    assert_eq!(invalid, Some(Invalid::OtherBrief));
}

#[test]
fn a_yes_of_nobody_counts_for_nothing() {
    for by in [None, Some(id("stranger"))] {
        let (brief, invalid) = tampered(|e| e.by = by);
        assert_eq!(invalid, Some(Invalid::Nobody));
        assert!(!need_agreed(&brief));
    }
}

#[test]
fn a_yes_that_counts_for_nothing_leaves_the_earlier_one_as_it_was() {
    let mut brief = signed();
    let mut forged = brief.events[1].clone();
    forged.id = "e9".into();
    forged.agreed = forged.agreed.replace("Automation", "Nothing");
    brief.events.push(forged);
    assert!(need_agreed(&brief) && lapsed(&brief).is_empty());
    brief.events.remove(1);
    assert_eq!(state(&brief, &Section::Scope), SectionState::Open);
}

#[test]
fn line_breaks_of_another_system_in_the_stored_text_are_no_edit() {
    let (brief, invalid) = tampered(|e| e.agreed = e.agreed.replace('\n', "\r\n"));
    assert_eq!(invalid, None);
    assert!(need_agreed(&brief));
}

#[test]
fn a_code_in_lower_case_in_the_file_is_the_same_code() {
    let (_, invalid) = tampered(|e| e.code = e.code.to_lowercase());
    assert_eq!(invalid, None);
}

#[test]
fn a_part_this_version_does_not_know_covers_nothing_it_does() {
    let (brief, _) = tampered(|e| e.covers = vec![Section::Unknown("budget".into())]);
    assert!(
        section_states(&brief)
            .iter()
            .all(|(_, s)| *s == SectionState::Open)
    );
}

#[test]
fn versions_are_numbered_as_they_were_first_seen() {
    let mut brief = signed();
    let first = code(&brief);
    assert_eq!(
        versions(&brief).len(),
        1,
        "share and yes are of one version"
    );
    change_need(&mut brief, "Types of work");
    let second = code(&brief);
    let change = action::share(
        &brief,
        &id("hr"),
        &[],
        "chat",
        "e7",
        at("2026-02-06T10:00:00Z"),
    );
    apply(&mut brief, change);
    change_need(&mut brief, &superreport().needs[0].text);
    let change = action::share(
        &brief,
        &id("hr"),
        &[],
        "chat",
        "e8",
        at("2026-02-07T10:00:00Z"),
    );
    apply(&mut brief, change);
    let seen: Vec<(usize, String)> = versions(&brief)
        .into_iter()
        .map(|v| (v.number, v.code))
        .collect();
    assert_eq!(seen, [(1, first), (2, second)]);
}

#[test]
fn an_old_code_does_not_sign_the_new_version_and_says_what_changed() {
    let mut brief = signed();
    let old = code(&brief);
    change_need(&mut brief, "Types of work");
    let Err(WrongCode::Old {
        number, changed, ..
    }) = check_code(&brief, &old)
    else {
        panic!("an old code was taken");
    };
    assert_eq!((number, changed[0].section.clone()), (1, Section::Needs));
    assert!(check_code(&brief, &code(&brief).to_lowercase()).is_ok());
    let foreign = Code::of("x").to_string();
    assert!(matches!(
        check_code(&brief, &foreign),
        Err(WrongCode::Foreign(_))
    ));
    assert!(matches!(
        check_code(&brief, "nope"),
        Err(WrongCode::Unreadable(_))
    ));
}

#[test]
fn a_version_that_was_undone_after_it_was_sent_is_still_known() {
    let mut brief = superreport();
    let change = action::share(
        &brief,
        &id("dana"),
        &[],
        "mail",
        "e1",
        at("2026-02-04T10:00:00Z"),
    );
    apply(&mut brief, change);
    let old = code(&brief);
    apply(&mut brief, Change::Withdraw { event: "e1".into() });
    change_need(&mut brief, "Types of work");
    assert!(matches!(
        check_code(&brief, &old),
        Err(WrongCode::Old { .. })
    ));
}

#[test]
fn a_guess_that_somebody_said_yes_to_is_none_until_it_changes() {
    let mut brief = superreport();
    for need in &mut brief.needs {
        need.standing = Standing::guess();
    }
    let before = open_guesses(&brief);
    assert!(before >= brief.needs.len());
    yes(&mut brief, "dana", &Section::ALL, "e1");
    let after = open_guesses(&brief);
    assert!(
        after + brief.needs.len() <= before,
        "{before}, then {after}"
    );

    change_need(&mut brief, "another need");
    assert_eq!(open_guesses(&brief), after + brief.needs.len());
    let states = section_states(&brief);
    let needs = Some(&Section::Needs);
    assert_eq!(Worth::of(&Basis::Guess, needs, &states), Worth::Lapsed);
    let told = Worth::of(&Basis::Told, needs, &states);
    assert_eq!(told, Worth::Own(&Basis::Told), "told needs no yes");
}

#[test]
fn a_rewording_keeps_the_yes_until_the_next_change() {
    let mut brief = signed();
    brief.out.push("more".into());
    assert_eq!(lapsed(&brief), [Section::Scope]);
    let when = at("2026-02-10T09:00:00+01:00");
    let call = action::call_change(
        &brief,
        &[Section::Scope],
        action::Call::Rewording,
        "the same in other words",
        "w1",
        when,
    );
    brief.apply(call, when).unwrap();
    assert!(lapsed(&brief).is_empty());
    let yes = &sign_offs(&brief)[0];
    assert_eq!(yes.reworded.len(), 1, "the customer still sees it");
    assert!(need_agreed(&brief));
    let mut more = brief.clone();
    more.out.push("and more".into());
    assert_eq!(lapsed(&more), [Section::Scope]);
    let call = action::call_change(
        &brief,
        &[Section::Scope],
        action::Call::Material,
        "it matters after all",
        "w2",
        when,
    );
    brief.apply(call, when).unwrap();
    assert_eq!(lapsed(&brief), [Section::Scope]);
}

#[test]
fn what_is_amended_is_told_the_same_in_passing() {
    let is_same = |brief: &Brief| {
        let is_amended = is_amended(brief);
        assert_eq!(is_amended, !lapsed(brief).is_empty());
        is_amended
    };
    let mut brief = superreport();
    assert!(!is_same(&brief));
    yes(&mut brief, "dana", &[], "e1");
    yes(&mut brief, "hr", &[Section::Scope], "e2");
    assert!(!is_same(&brief));
    let signed = brief.clone();
    brief.title = "Another".to_owned();
    assert!(!is_same(&brief));
    brief.plan.appetite = "a year".to_owned();
    assert!(is_same(&brief));
    // Only what nobody agreed to has changed.
    let mut partly = superreport();
    yes(&mut partly, "hr", &[Section::Scope], "e1");
    partly.plan.appetite = "a year".to_owned();
    assert!(!is_same(&partly));
    // A text that does not fit its code, or is none, never counted.
    for (from, to) in [
        ("askfirst", "other"),
        ("[scope]", "[other]"),
        ("Dana", "Eve"),
    ] {
        let mut forged = signed.clone();
        for event in &mut forged.events {
            event.agreed = event.agreed.replace(from, to);
        }
        assert!(!is_same(&forged), "{from}");
    }
}
