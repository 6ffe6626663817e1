use super::*;
use crate::checklist::Catalogue;
use crate::domain::fixture::{at, day, id, signed};

fn question(id: &str) -> Question {
    let all = Catalogue::built_in();
    let found = all.get("check-in").and_then(|c| c.question(id)).cloned();
    found.unwrap()
}

#[test]
fn who_was_heard_and_when_is_read_as_people_write_it() {
    let brief = signed();
    let today = day("2026-02-06");
    for (typed, who, on, words) in [
        ("Dana", "dana", "2026-02-06", ""),
        ("dana, yesterday", "dana", "2026-02-05", ""),
        ("dana yesterday", "dana", "2026-02-05", ""),
        ("Dana Reyes on 4 feb", "dana", "2026-02-04", ""),
        (
            "hr: they have a form",
            "hr",
            "2026-02-06",
            "they have a form",
        ),
        ("hr, 4 feb: fine", "hr", "2026-02-04", "fine"),
        ("Dana:2026-02-03", "dana", "2026-02-03", ""),
    ] {
        let read = heard(&brief, typed, today);
        assert_eq!(read, Ok((id(who), day(on), words.to_owned())), "{typed}");
    }
    for (typed, told) in [
        ("Zoe", "nobody here is called"),
        ("Zoe: she likes it", "nobody here is called"),
        ("Dana, soon", "is not a day"),
        ("Dana, tomorrow", "still to come"),
        ("Dana:2026-03-03", "still to come"),
    ] {
        let why = heard(&brief, typed, today).unwrap_err();
        assert!(why.contains(told), "{typed}: {why}");
    }
}

#[test]
fn a_yes_or_no_may_have_words_behind_it() {
    let brief = signed();
    let mut said = Said::default();
    let mut take = |typed: &str| {
        let taken = said.take(
            &brief,
            &question("top_need"),
            typed,
            &WorkTime::default(),
            day("2026-02-06"),
        );
        taken.map(|()| said.answer_to("top_need").unwrap().to_owned())
    };
    assert_eq!(take("y").as_deref(), Ok("yes"));
    assert_eq!(
        take("no: the skills first").as_deref(),
        Ok("no, the skills first")
    );
    assert!(take("nothing new").is_err());
    assert!(take("perhaps").is_err());
    let needs = question("top_need");
    assert_eq!(said.noes(&[&needs]), [&needs]);
    assert_eq!(
        said.for_conditions(),
        [("top_need".to_owned(), "no".to_owned())]
    );
}

#[test]
fn a_check_in_with_shortcuts_is_one_change() {
    let brief = signed();
    let today = day("2026-02-06");
    let mut said = Said::default();
    for (q, typed) in [
        ("people", "yes"),
        ("heard", "Dana, yesterday: fine"),
        ("spent", "6 hours"),
        ("shortcut", "Copied by hand, by 6 mar"),
    ] {
        said.take(&brief, &question(q), typed, &WorkTime::default(), today)
            .unwrap();
    }
    let when = at("2026-02-06T15:00:00+01:00");
    let mut after = brief.clone();
    let inverse = {
        let change = said.record(&brief, "c1", when, today).unwrap();
        after.apply(change, when).unwrap()
    };
    let event = after.events.last().unwrap();
    assert_eq!(event.answers, ["people: yes"]);
    assert_eq!(
        (event.by.clone(), event.on),
        (Some(id("dana")), Some(day("2026-02-05")))
    );
    assert_eq!(
        (event.spent.as_str(), event.words.as_str()),
        ("6 hours", "fine")
    );
    assert_eq!(after.shortcuts.len(), 1);
    assert_eq!(after.shortcuts[0].pay_back, Some(day("2026-03-06")));

    let paid = Said {
        paid: vec![after.shortcuts[0].id.clone()],
        ..Said::default()
    };
    let change = paid.record(&after, "c2", when, today).unwrap();
    let mut later = after.clone();
    later.apply(change, when).unwrap();
    assert_eq!(later.shortcuts[0].paid, Some(today));
    after.apply(inverse, when).unwrap();
    assert!(after.shortcuts.is_empty());
}
