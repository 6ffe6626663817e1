//! What the message asks after a yes, over several briefs, and in which words.

use crate::domain::action::{self, Call};
use crate::domain::fixture::{amended, apply, at, day, id, signed, superreport};
use crate::domain::{Brief, BriefId, Bundle, Change, ListEdit, Origin, Section, Sheet, Stage};
use crate::export::{Flavour, Message, News, Occasion, bundle, message, update, wording};

fn to_dana(brief: &Brief) -> Message {
    message(brief, &id("dana"), "Alex Kim")
}

/// The need is worded differently since the yes.
fn in_other_words() -> Brief {
    let mut brief = signed();
    let mut item = brief.needs[1].clone();
    item.text = "The skills that each type of work needs".into();
    apply(&mut brief, Change::Need(ListEdit::Replace { at: 1, item }));
    brief
}

#[test]
fn what_is_only_worded_differently_is_shown_and_asks_for_no_yes() {
    let mut brief = in_other_words();
    let asked = to_dana(&brief);
    assert!(asked.body.contains("\"OK "), "{}", asked.body);
    let when = at("2026-02-06T09:00:00+01:00");
    let call = action::call_change(&brief, &[Section::Needs], Call::Rewording, "", "c", when);
    apply(&mut brief, call);
    let sent = to_dana(&brief);
    let body = &sent.body;
    assert!(
        body.contains("on 4 Feb, this is put in other words:"),
        "{body}"
    );
    assert!(
        body.contains("now: The skills that each type of work needs (was: "),
        "{body}"
    );
    assert!(
        body.contains("Your yes stands; tell me if this is not the same."),
        "{body}"
    );
    assert!(!body.contains("\"OK "), "{body}");
    insta::assert_snapshot!("message_reworded", sent.text());
    // A change beside it is asked for, and the wording is shown too.
    brief.out.push("Training".into());
    let body = to_dana(&brief).body;
    assert!(
        body.contains("this has changed:\n- new: Training"),
        "{body}"
    );
    assert!(body.contains("This is only put in other words:"), "{body}");
    assert!(body.contains("to say yes to this"), "{body}");
}

#[test]
fn only_what_waits_for_a_yes_is_asked_for() {
    // Dana has agreed to the need and not to the solution.
    let mut brief = superreport();
    let said = action::Said {
        by: id("dana"),
        words: "yes".into(),
        via: "mail".into(),
        code: crate::domain::fixture::code(&brief),
        covers: vec![Section::Want, Section::Needs, Section::Scope],
    };
    let change = action::sign(&brief, said, "e1", at("2026-02-04T10:00:00+01:00")).unwrap();
    apply(&mut brief, change);
    let sent = to_dana(&brief);
    let body = &sent.body;
    assert!(
        body.contains("something waits for a yes of its own:"),
        "{body}"
    );
    assert!(body.contains("I plan to make, by 19 Feb: "), "{body}");
    for settled in [
        "Most important",
        "I understood",
        "Not included",
        "Another order",
    ] {
        assert!(!body.contains(settled), "{settled}: {body}");
    }
    assert!(
        sent.sheets[0].needs.is_empty(),
        "what is not shown has no letter"
    );
}

#[test]
fn a_yes_that_stands_is_not_asked_for_again() {
    let body = to_dana(&signed()).body;
    assert!(body.contains("nothing has changed"), "{body}");
    assert!(!body.contains("\"OK "), "{body}");
}

#[test]
fn what_has_no_room_has_no_letter_and_is_not_recorded_as_shown() {
    let mut brief = superreport();
    for n in 0..30 {
        let mut need = brief.needs[0].clone();
        need.id = id(&format!("more-{n}"));
        brief.needs.push(need);
    }
    let sent = to_dana(&brief);
    let lettered = sent.body.lines().filter(|l| {
        let mark = l.as_bytes();
        matches!(mark, [b'A'..=b'Z', b'.', b' ', ..])
    });
    let shown = sent.sheets[0].needs.len();
    assert_eq!(lettered.count(), shown);
    assert!(sent.body.contains(&format!("- and {} more", 34 - shown)));
    let now = at("2026-02-05T09:00:00+01:00");
    let change = action::share_sheet(&brief, &sent.sheets[0], "", "e1", now);
    brief.apply(change, now).unwrap();
    assert_eq!(Sheet::last(&brief, &id("dana")).needs.len(), shown);
    // A word in between asks nothing: the letters of the message stay.
    let word = update(&brief, &id("dana"), "Alex", &News::default());
    let change = action::share_sheet(&brief, &word.sheets[0], "", "e2", now);
    brief.apply(change, now).unwrap();
    assert_eq!(Sheet::last(&brief, &id("dana")).needs.len(), shown);
}

/// Messages in all that the program itself says, about harmless texts.
fn own_words() -> Vec<Message> {
    let neutral = |mut brief: Brief| {
        brief.thank(&id("dana"), "");
        brief
    };
    let mut own_idea = superreport();
    own_idea.request.origin = Some(Origin::OwnIdea);
    let mut running = superreport();
    running.stage = Stage::InProgress;
    let mut other = superreport();
    other.id = BriefId::parse("other-bbbb").unwrap();
    let mut open = signed();
    open.id = BriefId::parse("open-bbbb").unwrap();
    open.stage = Stage::Delivered;
    let first = superreport();
    let dana = first.customers[0].clone();
    let briefs = [&first, &other, &open];
    let mut all = vec![bundle(&Bundle::new(briefs, &dana), "Alex")];
    let mut reworded = in_other_words();
    let when = at("2026-02-06T09:00:00+01:00");
    let call = action::call_change(&reworded, &[Section::Needs], Call::Rewording, "", "c", when);
    apply(&mut reworded, call);
    for brief in [
        superreport(),
        own_idea,
        running,
        signed(),
        amended(),
        reworded,
    ] {
        let brief = neutral(brief);
        all.extend(["dana", "hr"].map(|to| message(&brief, &id(to), "Alex")));
        for occasion in [
            Occasion::Course,
            Occasion::HandedOver,
            Occasion::Confirm,
            Occasion::Standing,
            Occasion::Lost,
        ] {
            let news = News {
                occasion,
                moved: true,
                next: Some(day("2026-02-17")),
                ..News::default()
            };
            all.push(update(&brief, &id("dana"), "Alex", &news));
        }
    }
    all
}

#[test]
fn the_programs_own_words_pass_the_wording_check_in_every_form() {
    for sent in own_words() {
        for flavour in Flavour::ALL {
            let form = sent.form(flavour);
            assert_eq!(
                wording::check([form.as_str()]),
                Vec::<String>::new(),
                "{form}"
            );
        }
        assert!(sent.body.starts_with("Hello Dana Reyes,") || sent.name == "Human Resources");
        assert!(sent.body.contains("Thank you!"));
    }
}

#[test]
fn a_message_over_several_briefs_reads_well() {
    let first = superreport();
    let mut second = amended();
    second.title = "Monthly cost sheet".into();
    let dana = first.customers[0].clone();
    let both = Bundle::new([&first, &second], &dana);
    let sent = bundle(&both, "Alex Kim");
    insta::assert_snapshot!("message_all", sent.text());
    let letters: Vec<usize> = sent.sheets.iter().map(|s| s.first_letter).collect();
    assert_eq!(letters, [0, sent.sheets[0].needs.len()]);
}
