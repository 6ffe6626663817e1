use super::*;
use crate::domain::Stage;
use crate::domain::fixture::{day, id, signed, superreport};

fn to_dana(brief: &Brief, news: &News) -> Message {
    update(brief, &id("dana"), "Sam", news)
}

fn working() -> Brief {
    let mut brief = signed();
    brief.stage = Stage::InProgress;
    brief
}

const ALL: [Occasion; 5] = [
    Occasion::Course,
    Occasion::HandedOver,
    Occasion::Confirm,
    Occasion::Standing,
    Occasion::Lost,
];

#[test]
fn an_update_says_something_also_when_nothing_has_changed() {
    let news = News {
        next: Some(day("2026-02-10")),
        ..News::default()
    };
    insta::assert_snapshot!("update_nothing_new", to_dana(&working(), &news).text());
}

#[test]
fn an_update_tells_what_was_learned_what_is_a_guess_and_what_comes_next() {
    let mut brief = superreport();
    brief.stage = Stage::InProgress;
    let news = News {
        learned: "HR has a form of its own".into(),
        tell: "the ticket categories are messier than we thought".into(),
        shortcut: Some(("shares counted by hand".into(), Some(day("2026-03-06")))),
        next: Some(day("2026-02-10")),
        ..News::default()
    };
    insta::assert_snapshot!("update_news", to_dana(&brief, &news).text());
}

#[test]
fn nobody_is_told_that_nothing_has_changed_when_something_has() {
    let news = News {
        moved: true,
        ..News::default()
    };
    let moved = to_dana(&working(), &news).text();
    assert!(!moved.contains("nothing has changed"), "{moved}");
    assert!(moved.contains("Not all is as I thought"), "{moved}");
    let mut amended = working();
    amended.needs[0].text.push_str(", by team");
    let amended = to_dana(&amended, &News::default()).text();
    assert!(amended.contains("changed since your yes"), "{amended}");
}

#[test]
fn the_thread_is_picked_up_by_asking_and_the_answer_can_carry_a_yes() {
    let brief = working();
    let news = News {
        occasion: Occasion::Lost,
        ..News::default()
    };
    let message = to_dana(&brief, &news);
    assert!(message.text().contains(&format!("OK {}", message.code)));
    insta::assert_snapshot!("update_lost", message.text());
}

#[test]
fn the_result_is_handed_over_with_a_question() {
    let mut brief = working();
    let at = crate::domain::fixture::at("2026-02-18T15:00:00+01:00");
    let change = crate::domain::action::deliver(&brief, "", "d", at).unwrap();
    crate::domain::fixture::apply(&mut brief, change);
    let of = |occasion| {
        let news = News {
            occasion,
            ..News::default()
        };
        to_dana(&brief, &news).text()
    };
    assert!(of(Occasion::HandedOver).contains("Is it what you needed?"));
    assert!(of(Occasion::Confirm).contains("on 18 Feb I handed over"));
    assert!(of(Occasion::Standing).contains("still use it"));
}

#[test]
fn every_update_is_short_names_both_and_passes_the_wording_check() {
    for brief in [superreport(), working()] {
        for occasion in ALL {
            let news = News {
                occasion,
                ..News::default()
            };
            let message = to_dana(&brief, &news);
            assert!(message.words <= 125, "{}", message.text());
            assert!(message.body.starts_with("Hello Dana Reyes,"));
            assert!(message.body.ends_with("Sam\n"));
            assert!(message.warnings.is_empty(), "{:?}", message.warnings);
            // The program's own sentences are as friendly as it asks others to be.
            assert!(
                wording::check([message.body.as_str()]).is_empty(),
                "{}",
                message.body
            );
        }
    }
}

#[test]
fn what_the_worker_typed_is_looked_at_before_it_goes_out() {
    let news = News {
        tell: "You forgot the numbers".into(),
        ..News::default()
    };
    let message = to_dana(&working(), &news);
    assert!(message.warnings[0].contains("blame"), "{message:?}");
    let nameless = update(&working(), &id("dana"), "", &News::default());
    assert_eq!(nameless.warnings, [NAMELESS]);
}

#[test]
fn long_and_hostile_texts_do_not_make_it_long_or_dangerous() {
    let mut brief = working();
    brief.title = "\u{1b}[31mred\u{202e} ".repeat(50);
    for part in &mut brief.deliverables {
        part.text = "very long words ".repeat(400);
    }
    let news = News {
        learned: "we learned \u{7}a lot ".repeat(2000),
        tell: "and more\nin lines ".repeat(300),
        ..News::default()
    };
    for occasion in ALL {
        let news = News {
            occasion,
            ..news.clone()
        };
        let message = to_dana(&brief, &news);
        let text = message.text();
        assert!(message.words <= 130, "{} words\n{text}", message.words);
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text}");
        assert!(!message.subject.contains('\n'));
    }
}
