use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A Tuesday.
const TODAY: &str = "2026-02-03";

fn ahead(typed: &str, today: &str) -> String {
    parse(typed, day(today)).map_or_else(|error| error.to_string(), |day| day.to_string())
}

fn back(typed: &str, today: &str) -> String {
    parse_past(typed, day(today)).map_or_else(|error| error.to_string(), |day| day.to_string())
}

#[test]
fn a_day_is_read_as_people_write_it() {
    for (typed, expected) in [
        ("2026-02-19", "2026-02-19"),
        (" 2026-2-9 ", "2026-02-09"),
        ("2026/02/19", "2026-02-19"),
        ("19 feb", "2026-02-19"),
        ("19. Feb", "2026-02-19"),
        ("feb 19", "2026-02-19"),
        ("Feb. 19th, 2027", "2027-02-19"),
        ("19 February 2027", "2027-02-19"),
        ("the 3rd of March", "2026-03-03"),
        ("19 sept 27", "2027-09-19"),
        ("19-Feb-2027", "2027-02-19"),
        ("19.2.", "2026-02-19"),
        ("19.02.2026", "2026-02-19"),
        ("19. 2. 2026", "2026-02-19"),
        ("19.2", "2026-02-19"),
        ("19/2", "2026-02-19"),
        ("2/19/2026", "2026-02-19"),
        ("5/5", "2026-05-05"),
        ("Thu 19 Feb 2026", "2026-02-19"),
        ("Thursday, 19 February", "2026-02-19"),
        ("today", "2026-02-03"),
        ("3 feb", "2026-02-03"),
        ("Tomorrow", "2026-02-04"),
        ("day after tomorrow", "2026-02-05"),
        ("fri", "2026-02-06"),
        ("by Friday", "2026-02-06"),
        ("this friday", "2026-02-06"),
        ("next friday", "2026-02-13"),
        ("tue", "2026-02-10"),
        ("this tue", "2026-02-03"),
        ("next tue", "2026-02-10"),
        ("mon", "2026-02-09"),
        ("in 3 days", "2026-02-06"),
        ("3d", "2026-02-06"),
        ("+3d", "2026-02-06"),
        ("3 days from now", "2026-02-06"),
        ("2w", "2026-02-17"),
        ("in 2 weeks", "2026-02-17"),
        ("in two weeks", "2026-02-17"),
        ("in a month", "2026-03-03"),
        ("in 1 year", "2027-02-03"),
        ("next week", "2026-02-09"),
        ("next month", "2026-03-01"),
        ("next quarter", "2026-04-01"),
        ("this week", "2026-02-06"),
        ("end of week", "2026-02-06"),
        ("end of next week", "2026-02-13"),
        ("end of month", "2026-02-28"),
        ("end of the month", "2026-02-28"),
        ("eom", "2026-02-28"),
        ("end of next month", "2026-03-31"),
        ("end of march", "2026-03-31"),
        ("end of january", "2027-01-31"),
        ("end of february 2028", "2028-02-29"),
        ("end of quarter", "2026-03-31"),
        ("end of year", "2026-12-31"),
    ] {
        assert_eq!(ahead(typed, TODAY), expected, "{typed:?}");
    }
}

#[test]
fn a_date_without_a_year_is_the_next_such_day() {
    assert_eq!(ahead("2 feb", TODAY), "2027-02-02");
    assert_eq!(ahead("1.1.", "2026-12-31"), "2027-01-01");
    assert_eq!(ahead("31 dec", "2026-12-31"), "2026-12-31");
    assert_eq!(ahead("29 feb", TODAY), "2028-02-29");
    assert_eq!(ahead("29 feb", "2028-03-01"), "2032-02-29");
    assert_eq!(ahead("29 feb", "2096-03-01"), "2104-02-29");
}

#[test]
fn years_and_months_turn_over() {
    assert_eq!(ahead("tomorrow", "2026-12-31"), "2027-01-01");
    assert_eq!(ahead("in 2 days", "2028-02-28"), "2028-03-01");
    assert_eq!(ahead("in 1 month", "2026-01-31"), "2026-02-28");
    assert_eq!(ahead("next month", "2026-12-15"), "2027-01-01");
    assert_eq!(ahead("end of next month", "2026-12-15"), "2027-01-31");
    assert_eq!(ahead("end of quarter", "2026-12-31"), "2026-12-31");
    assert_eq!(ahead("end of week", "2026-02-07"), "2026-02-13");
    assert_eq!(ahead("end of week", "2026-02-06"), "2026-02-06");
    assert_eq!(ahead("next friday", "2026-02-08"), "2026-02-13");
}

#[test]
fn a_past_day_is_no_deadline() {
    assert_eq!(
        ahead("2026-02-02", TODAY),
        "Mon 2 Feb 2026 has passed; write a day from today on"
    );
    assert_eq!(
        parse("yesterday", day(TODAY)),
        Err(DateError::Past(day("2026-02-02")))
    );
    assert_eq!(
        parse("this monday", day(TODAY)),
        Err(DateError::Past(day("2026-02-02")))
    );
    assert_eq!(
        parse("3 days ago", day(TODAY)),
        Err(DateError::Past(day("2026-01-31")))
    );
    assert_eq!(
        parse("0001-01-01", day(TODAY)),
        Err(DateError::Past(day("0001-01-01")))
    );
}

#[test]
fn a_day_beyond_ten_years_is_taken_for_a_slip() {
    assert_eq!(ahead("2036-02-03", TODAY), "2036-02-03");
    assert_eq!(
        ahead("2036-02-04", TODAY),
        "Mon 4 Feb 2036 is more than ten years away; check the year"
    );
    assert!(matches!(
        parse("in 99999 days", day(TODAY)),
        Err(DateError::Far(_))
    ));
    assert!(matches!(
        parse_past("1 jan 1026", day(TODAY)),
        Err(DateError::Far(_))
    ));
}

#[test]
fn what_is_no_day_is_refused_with_examples() {
    for typed in [
        "",
        " ",
        "monkey",
        "2",
        "2026",
        "feb",
        "soon",
        "marvel 3",
        "sunny",
        "fri day",
        "19",
        "in days",
        "in 3",
        "3 dogs",
        "d",
        "in 3 days time ok",
        "3.4.5.6",
        "1-2-3",
        "--",
        "..",
        "/",
        "999999999999 days",
        "next",
        "next monkey",
        "end of",
        "end",
        "the",
        "19 feb 2026 10:00",
        "19 feb -2026",
        "٣ days",
        "+",
        "\u{202e}19 feb",
        "feb 19 19 feb",
    ] {
        let error = parse(typed, day(TODAY)).unwrap_err();
        assert!(
            matches!(error, DateError::Unreadable(_)),
            "{typed:?}: {error}"
        );
    }
    assert_eq!(
        ahead("monkey", TODAY),
        "\"monkey\" is not a day; write it like 2026-02-19, 19 feb, fri or in 3 days"
    );
    assert!(ahead(&"x".repeat(1_000_000), TODAY).len() < 200);
}

#[test]
fn a_day_the_calendar_lacks_is_named() {
    for typed in [
        "30 feb",
        "2026-02-29",
        "31.4.",
        "2026-13-01",
        "0.1.",
        "32 jan",
        "45/45",
    ] {
        let error = parse(typed, day(TODAY)).unwrap_err();
        assert_eq!(error, DateError::Missing(typed.to_owned()));
    }
}

#[test]
fn a_date_with_two_readings_is_not_guessed() {
    for typed in ["3/4", "3/4/2026", "12/11/26"] {
        assert_eq!(
            parse(typed, day(TODAY)),
            Err(DateError::Ambiguous(typed.to_owned()))
        );
    }
}

#[test]
fn a_weekday_that_does_not_match_its_date_is_a_slip() {
    assert_eq!(
        ahead("Fri 19 Feb 2026", TODAY),
        "Thu 19 Feb 2026 is not a Friday; leave the weekday out or correct the date"
    );
}

#[test]
fn a_day_in_the_past_is_the_latest_such_day() {
    for (typed, expected) in [
        ("yesterday", "2026-02-02"),
        ("today", "2026-02-03"),
        ("this morning", "2026-02-03"),
        ("3 feb", "2026-02-03"),
        ("4 feb", "2025-02-04"),
        ("29 feb", "2024-02-29"),
        ("friday", "2026-01-30"),
        ("last friday", "2026-01-30"),
        ("last tue", "2026-01-27"),
        ("tue", "2026-01-27"),
        ("mon", "2026-02-02"),
        ("3 days ago", "2026-01-31"),
        ("a week ago", "2026-01-27"),
        ("3d", "2026-01-31"),
        ("last week", "2026-01-27"),
        ("end of last month", "2026-01-31"),
        ("end of december", "2025-12-31"),
        ("2026-01-15", "2026-01-15"),
    ] {
        assert_eq!(back(typed, TODAY), expected, "{typed:?}");
    }
}

#[test]
fn nothing_was_said_tomorrow() {
    assert_eq!(
        back("tomorrow", TODAY),
        "Wed 4 Feb 2026 is still to come; write today or a day before it"
    );
    assert_eq!(
        parse_past("in 3 days", day(TODAY)),
        Err(DateError::Future(day("2026-02-06")))
    );
}

proptest! {
    #[test]
    fn what_is_shown_can_be_typed(days in 0..3650_u64) {
        let shown = day(TODAY) + Days::new(days);
        prop_assert_eq!(parse(&show(shown), day(TODAY)), Ok(shown));
    }

    #[test]
    fn no_text_brings_it_down(typed in "\\PC{0,30}") {
        let _ = parse(&typed, day(TODAY));
        let _ = parse_past(&typed, Day::MIN);
        let _ = parse(&typed, Day::MAX);
    }

    #[test]
    fn no_words_bring_it_down(words in proptest::collection::vec(proptest::sample::select(vec![
        "in", "3", "days", "next", "last", "fri", "end", "of", "feb", "19", "99999", "y", "99999y", "ago", "week", "1.2.", "0-0-0", "quarter", "2026",
    ]), 0..5)) {
        let typed = words.join(" ");
        for today in [Day::MIN, day(TODAY), Day::MAX] {
            let _ = parse(&typed, today);
            let _ = parse_past(&typed, today);
        }
    }
}
