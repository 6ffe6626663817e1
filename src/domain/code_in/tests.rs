use proptest::prelude::*;

use super::*;
use crate::domain::fixture::{code, day, signed, superreport};

/// Words with `{}` for the code of today.
fn found(words: &str) -> bool {
    let brief = superreport();
    let words = words.replace("{}", &code(&brief));
    code_in(&brief, &words) == Some(Agreement::of(&brief).code())
}

#[test]
fn people_write_the_code_in_many_ways() {
    for words in [
        "OK {}",
        "Ok: {} thanks!",
        "ok, {}.",
        "\"OK {}\"",
        "\u{201c}OK {}\u{201d}",
        "Hi Sam,\n\nlooks good - OK {} \u{1f44d}\n\nDana",
        "{}",
        "Yes ({})",
        "OK{}",
        "OK-{}",
        "OK {}.Thanks",
        "*OK {}*",
        "> OK to go?\n\nOK {}",
        "OK {}\n\n> Reply \"OK 222222\" to say yes",
    ] {
        assert!(found(words), "{words}");
    }
    let brief = superreport();
    let code = code(&brief);
    let (a, b) = code.split_at(3);
    let today = Code::parse(&code).ok();
    for words in [
        format!("ok {} {}.", a.to_lowercase(), b.to_lowercase()),
        format!("OK {a}-{b}"),
        format!(
            "ok {}",
            code.chars().map(|c| format!("{c} ")).collect::<String>()
        ),
    ] {
        assert_eq!(code_in(&brief, &words), today, "{words}");
    }
}

#[test]
fn a_quoted_message_is_no_yes() {
    for words in [
        "I have to think about it.\n> Reply \"OK {}\" to say yes",
        "Not yet\n\n>> OK {}",
        "No.\n-----Original Message-----\nFrom: Sam\nReply \"OK {}\" to say yes",
        "No.\n________________________________\nOK {}",
        "No.\r\n\r\nFrom: Sam\r\nSent: Tuesday\r\nTo: Dana\r\n\r\nOK {}",
        "*From:* Sam\n*Date:* Tuesday\nOK {}",
        "You wrote: Reply \"OK {}\" to say yes, or answer by number. I do not.",
    ] {
        assert!(!found(words), "{words}");
    }
}

#[test]
fn a_sentence_that_begins_like_a_mail_header_is_no_quote() {
    assert!(found("To: everybody who asked\nthe answer is\nOK {}"));
}

#[test]
fn the_code_of_today_comes_before_an_older_one() {
    let mut brief = signed();
    let old = code(&brief);
    brief.plan.need_by = Some(day("2026-03-01"));
    let new = code(&brief);
    let both = format!("not {old} but {new}");
    assert_eq!(code_in(&brief, &both).unwrap().to_string(), new);
    let only_old = format!("fine, {old} it is");
    assert_eq!(code_in(&brief, &only_old).unwrap().to_string(), old);
}

#[test]
fn a_foreign_code_counts_only_after_ok_and_only_if_it_looks_like_one() {
    let brief = superreport();
    let foreign = Code::of("another brief").to_string();
    let after_ok = code_in(&brief, &format!("OK {foreign}"));
    assert_eq!(after_ok.unwrap().to_string(), foreign);
    assert_eq!(code_in(&brief, &format!("ticket {foreign}")), None);
}

#[test]
fn words_of_six_letters_are_no_codes_by_chance() {
    let brief = superreport();
    // All of these have a right check letter.
    let words = [
        "thanks", "please", "before", "change", "friday", "report", "agreed", "perfect",
    ];
    let right: Vec<String> = (0..)
        .map(|n: u32| Code::of(&n.to_string()).to_string())
        .filter(|code| !code.contains(|c: char| c.is_ascii_digit()))
        .take(5)
        .collect();
    let lower = right.iter().map(|r| r.to_lowercase());
    for word in lower.chain(words.map(str::to_owned)) {
        assert_eq!(code_in(&brief, &format!("ok {word}")), None, "{word}");
    }
}

#[test]
fn what_stands_in_the_place_of_a_code_is_found_to_be_complained_about() {
    assert_eq!(code_like("OK 7K2M9"), Some("7K2M9"));
    assert_eq!(code_like("Ok: 7k2m9qq thanks"), Some("7k2m9qq"));
    assert_eq!(code_like("ok thanks"), None);
    assert_eq!(code_like("> OK 7K2M9"), None);
}

#[test]
fn words_that_name_another_code_than_the_typed_one_are_noticed() {
    let brief = superreport();
    let today = Agreement::of(&brief).code();
    let foreign = Code::of("another brief");
    let other = |words: &str| other_code(&brief, words, today);
    assert_eq!(other(&format!("OK {foreign}")), Some(foreign.to_string()));
    assert_eq!(other("OK 7K2M9"), Some("7K2M9".to_owned()));
    assert_eq!(other(&format!("ok {today}")), None);
    assert_eq!(other(&format!("not {foreign} but {today}")), None);
    assert_eq!(other("Yes, go ahead with it"), None);
    assert_eq!(
        other(&format!("OK {today}\n> Reply \"OK {foreign}\"")),
        None
    );
    let typed = other_code(&brief, &format!("OK {today}"), foreign);
    assert_eq!(typed, Some(today.to_string()));
}

#[test]
fn what_is_written_beside_the_code_is_found() {
    let code = Code::of("a brief");
    let beside = |words: &str| {
        let words = words.replace("{}", &code.to_string());
        beside_code(&words, code)
    };
    for (words, found) in [
        ("OK {}", None),
        ("\u{201c}OK {}.\u{201d} \u{1f44d}", None),
        ("OK{}!", None),
        ("Yes, go ahead", None),
        ("No.\n> Reply \"OK {}\", but", None),
        ("OK {}, but only from March", Some("but only from March")),
        ("ok {}\n\nBut not the chart\n", Some("But not the chart")),
        ("Not OK {} yet", Some("Not \u{2026} yet")),
        ("Hi\nI cannot say OK {}.", Some("I cannot say")),
        ("OK {} (if HR agrees)\n> quoted", Some("(if HR agrees)")),
        (
            "\u{e9}\u{e9} OK {} \u{5d0}\u{5d1}",
            Some("\u{e9}\u{e9} \u{2026} \u{5d0}\u{5d1}"),
        ),
    ] {
        assert_eq!(beside(words).as_deref(), found, "{words}");
    }
    let letters = code.to_string();
    let (a, b) = letters.split_at(3);
    let apart = beside_code(&format!("ok {a} {b} but later"), code);
    assert_eq!(apart.as_deref(), Some("but later"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn words_without_the_code_never_give_it(words in any::<String>()) {
        let brief = superreport();
        let code = code(&brief);
        prop_assume!(!words.to_uppercase().contains(&code));
        let found = code_in(&brief, &words).map(|c| c.to_string());
        prop_assert_ne!(found, Some(code));
        code_like(&words);
        beside_code(&words, Agreement::of(&brief).code());
    }

    #[test]
    fn the_code_is_found_among_any_words_of_their_own(
        // Of these letters no farewell is made, which would be nothing beside the code.
        before in "[a-zA-Z ,.!]{0,30}", after in "[ ,.!?\n][v-zV-Z ,.!\n]{0,30}"
    ) {
        let brief = superreport();
        let words = format!("{before}\nOK {}{after}", code(&brief));
        prop_assert_eq!(code_in(&brief, &words), Some(Agreement::of(&brief).code()));
        let beside = beside_code(&words, Agreement::of(&brief).code());
        let has_more = after.contains(char::is_alphanumeric);
        prop_assert_eq!(beside.is_some(), has_more, "{:?}", beside);
    }
}
