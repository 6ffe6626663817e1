use super::*;
use crate::domain::fixture::{at as moment, superreport};

fn when() -> crate::domain::Moment {
    moment("2026-02-06T09:00:00+01:00")
}

fn with(place: &str, versions: &[&str]) -> Brief {
    let mut brief = superreport();
    brief.conflicts.push(Conflict {
        place: place.to_owned(),
        versions: versions.iter().map(|v| (*v).to_owned()).collect(),
    });
    brief
}

/// Chooses, and holds that it can be taken back.
fn chosen(brief: &Brief, choice: &Choice) -> Brief {
    let change = choose(brief, 0, choice).unwrap();
    let mut after = brief.clone();
    let back = after.apply(change, when()).unwrap();
    let mut undone = after.clone();
    undone.apply(back, when()).unwrap();
    assert_eq!(&undone, brief, "it can be taken back");
    assert_eq!(after.conflicts, []);
    after
}

#[test]
fn a_version_of_every_kind_of_place_can_be_put_there() {
    for (place, version) in [
        ("title", "Another title"),
        ("owner", "Raj"),
        ("stage", "asked"),
        ("request.words", "other words"),
        ("request.on", "2026-01-05"),
        ("request.origin", "assigned"),
        ("plan.need_by", "2026-03-04"),
        ("plan.appetite", "1 day"),
        ("customer.dana.role", "approver"),
        ("customer.dana.uses_for", "to grade"),
        ("need.kinds.text", "another need"),
        ("need.kinds.acceptance", "another sign"),
        ("deliverable.table.text", "a list"),
        ("goal.hiring.level", "team"),
        ("answer.purpose.text", "another purpose"),
    ] {
        let brief = with(place, &["x", version]);
        let mut after = chosen(&brief, &Choice::Keep(1));
        let mut field = Field::of(&mut after, place).unwrap();
        let mut same = chosen(&brief, &Choice::Keep(1));
        field.set(version).unwrap();
        assert!(Field::of(&mut same, place).is_some(), "{place}");
        assert_eq!(after, same, "{place}: the version stands there");
        assert_ne!(after, superreport(), "{place}");
        assert!(
            !what(&brief, place).contains('.'),
            "{}",
            what(&brief, place)
        );
    }
}

#[test]
fn words_that_were_told_come_back_with_who_said_them() {
    let told = "text: for the board\n  and for HR\nbasis: told\nby: dana\non: 2026-02-05";
    let brief = with("answer.purpose", &["text: mine\nbasis: guess", told]);
    assert_eq!(
        versions(&brief, &brief.conflicts[0]),
        [
            "mine (guess)",
            "for the board\nand for HR (told by Dana Reyes on 5 Feb)"
        ]
    );
    let after = chosen(&brief, &Choice::Keep(1));
    let answer = after.answers.get("purpose").unwrap();
    assert_eq!(answer.text, "for the board\nand for HR");
    assert_eq!(answer.standing.basis, Basis::Told);
    let own = chosen(&brief, &Choice::Write("something else".into()));
    let answer = own.answers.get("purpose").unwrap();
    assert_eq!(answer.text, "something else");
    assert!(answer.standing.is_guess(), "nobody has said so");
}

#[test]
fn an_order_stays_as_it_is_or_is_given_anew() {
    let brief = with("order of need", &["skills before kinds"]);
    assert_eq!(chosen(&brief, &Choice::AsItIs).needs, brief.needs);
    let after = chosen(&brief, &Choice::Write("2 1".into()));
    assert_eq!(after.needs[0].id, brief.needs[1].id);
    assert!(choose(&brief, 0, &Choice::Write("9".into())).is_err());
}

#[test]
fn one_reading_is_chosen_for_two() {
    let brief = with("chosen reading", &["kinds", "report"]);
    let ids: Vec<String> = brief.readings.iter().map(|r| r.id.to_string()).collect();
    let brief = with("chosen reading", &[&ids[0], &ids[1]]);
    let after = chosen(&brief, &Choice::Keep(0));
    let now: Vec<bool> = after.readings.iter().map(|r| r.chosen).collect();
    assert_eq!(now.iter().filter(|c| **c).count(), 1);
    assert!(now[0]);
}

#[test]
fn what_cannot_be_put_there_is_refused_with_the_reason() {
    let brief = with("plan.need_by", &["soon"]);
    let no = choose(&brief, 0, &Choice::Keep(0)).unwrap_err();
    assert!(no.to_string().contains("2026-02-19"), "{no}");
    assert_eq!(
        choose(&brief, 0, &Choice::Keep(7)),
        Err(NoChoice::NoSuchVersion(1))
    );
    assert_eq!(choose(&brief, 3, &Choice::Keep(0)), Err(NoChoice::Nothing));
    let event = with("event.e1.words", &["a", "b"]);
    assert_eq!(
        choose(&event, 0, &Choice::Keep(0)),
        Err(NoChoice::OnlyByHand)
    );
    chosen(&event, &Choice::AsItIs);
    assert!(choose(&brief, 0, &Choice::Write(" ".into())).is_err());
}

#[test]
fn a_place_is_found_by_number_by_name_and_by_what_it_is() {
    let mut brief = with("answer.purpose", &["a", "b"]);
    brief.conflicts.push(Conflict {
        place: "plan.need_by".into(),
        versions: vec!["2026-03-01".into(), "2026-03-02".into()],
    });
    for (typed, found) in [
        ("1", Some(0)),
        ("2", Some(1)),
        ("purpose", Some(0)),
        ("needed", Some(1)),
        ("plan.need_by", Some(1)),
        ("", None),
        ("9", None),
        ("e", None),
    ] {
        assert_eq!(super::at(&brief, typed), found, "{typed}");
    }
}

#[test]
fn nothing_starts_while_a_choice_is_open_whatever_the_reason() {
    let brief = with("title", &["A", "B"]);
    let blockers = crate::domain::readiness::blockers(&brief, &[]);
    assert!(blockers[0].reason.contains("“A” or “B”"), "{blockers:?}");
    let started = crate::domain::action::start(&brief, &[], "no time", "e1", when());
    assert!(matches!(
        started,
        Err(crate::domain::action::NotNow::Undecided(_))
    ));
}
