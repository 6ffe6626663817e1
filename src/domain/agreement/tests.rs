use proptest::prelude::*;

use unicode_normalization::UnicodeNormalization as _;

use super::lines::escape;
use super::*;
use crate::domain::fixture::{id, superreport};
use crate::domain::{Answer, Customer, Goal, Level, Role, Stage, Standing};

type Edit = fn(&mut Brief);

fn code(brief: &Brief) -> String {
    Agreement::of(brief).code().to_string()
}

/// What a person or a file could hold, with what could break the format.
fn content() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        any::<String>(),
        "[\\\\|n\n\r:\\[\\] u{}a-c\u{301}\u{2028}]{0,12}",
        Just("[needs]\n1: kinds: nothing".to_owned()),
        Just("a | met when: b | for: dana".to_owned()),
        Just("\nbrief: other\n[want]".to_owned()),
        Just("C:\\new\\|table".to_owned()),
    ]
}

/// Each place of the brief whose content is agreed to.
type Place = (&'static str, fn(&mut Brief) -> &mut String);
const PLACES: [(Section, Place); 13] = [
    (Section::Want, ("words", |b| &mut b.request.words)),
    (Section::Want, ("reading", |b| &mut b.readings[1].text)),
    (Section::Want, ("customer", |b| &mut b.customers[1].name)),
    (Section::Want, ("use", |b| &mut b.customers[1].uses_for)),
    (Section::Want, ("goal", |b| &mut b.goals[0].text)),
    (Section::Want, ("goal how", |b| &mut b.goals[1].how)),
    (Section::Needs, ("need", |b| &mut b.needs[1].text)),
    (Section::Needs, ("last need", |b| &mut b.needs[3].text)),
    (
        Section::Needs,
        ("acceptance", |b| &mut b.needs[2].acceptance),
    ),
    (Section::Scope, ("out", |b| &mut b.out[1])),
    (Section::Solution, ("part", |b| &mut b.deliverables[0].text)),
    (
        Section::Solution,
        ("last part", |b| &mut b.deliverables[2].text),
    ),
    (Section::Dates, ("appetite", |b| &mut b.plan.appetite)),
];

/// What the canonical form does not tell apart.
fn canonical(text: &str) -> String {
    text.trim().replace("\r\n", "\n").nfc().collect()
}

fn changed(one: &Brief, other: &Brief) -> Vec<Section> {
    let differences = Agreement::of(one).differences(&Agreement::of(other));
    differences.into_iter().map(|d| d.section).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn two_contents_have_one_code_only_if_they_say_the_same(
        one in content(), other in content(), place in 0..PLACES.len()
    ) {
        let (section, (_, text)) = &PLACES[place];
        let (mut a, mut b) = (superreport(), superreport());
        text(&mut a).clone_from(&one);
        text(&mut b).clone_from(&other);
        let same = canonical(&one) == canonical(&other);
        let expected = if same { Vec::new() } else { vec![section.clone()] };
        prop_assert_eq!(changed(&a, &b), expected);
        prop_assert_eq!(code(&a) == code(&b), same);
    }

    #[test]
    fn content_in_one_place_never_passes_for_content_in_another(
        texts in prop::collection::vec(content(), PLACES.len()),
        others in prop::collection::vec(content(), PLACES.len())
    ) {
        let filled = |texts: &[String]| {
            let mut brief = superreport();
            for ((_, (_, text)), to) in PLACES.iter().zip(texts) {
                text(&mut brief).clone_from(to);
            }
            brief
        };
        let same = texts.iter().zip(&others).all(|(a, b)| canonical(a) == canonical(b));
        let (one, other) = (filled(&texts), filled(&others));
        prop_assert_eq!(code(&one) == code(&other), same);
    }

    #[test]
    fn every_character_counts(
        at in any::<prop::sample::Index>(), new in any::<char>(), place in 0..PLACES.len()
    ) {
        let (section, (name, text)) = &PLACES[place];
        let before = superreport();
        let mut after = superreport();
        let old: Vec<char> = text(&mut after).chars().collect();
        let mut chars = old.clone();
        let at = at.index(chars.len());
        chars[at] = new;
        *text(&mut after) = chars.iter().collect();
        let same = canonical(&chars.iter().collect::<String>()) == canonical(&old.iter().collect::<String>());
        let expected = if same { Vec::new() } else { vec![section.clone()] };
        prop_assert_eq!(changed(&before, &after), expected, "{}", name);
    }

    #[test]
    fn the_text_is_read_back_whatever_it_holds(
        texts in prop::collection::vec(content(), PLACES.len()),
        answers in prop::collection::vec((content(), content(), content(), 0..5usize), 0..4)
    ) {
        let mut brief = superreport();
        for ((_, (_, text)), to) in PLACES.iter().zip(texts) {
            *text(&mut brief) = to;
        }
        for (question, text, item, section) in answers {
            let answer = Answer {
                text,
                items: vec![item.clone()],
                standing: Standing::not_needed(item),
                section: Some(Section::ALL[section].clone()),
                ..Answer::default()
            };
            brief.answers.set(&question, Some(answer));
        }
        let agreement = Agreement::of(&brief);
        let text = agreement.text();
        prop_assert_eq!(Agreement::parse(&text), Some(agreement.clone()));
        let with_crlf = text.replace('\n', "\r\n");
        let read = Agreement::parse(&with_crlf).map(|a| a.code());
        prop_assert_eq!(read, Some(agreement.code()));
        prop_assert!(agreement.is_about(&brief.id));
    }

    #[test]
    fn escaping_is_undone(text in content()) {
        let mut escaped = String::new();
        escape(&mut escaped, &text);
        prop_assert_eq!(unescape(&escaped), canonical(&text));
        prop_assert!(!escaped.contains('\n'));
    }

    #[test]
    fn to_compare_a_stored_text_is_the_same_as_to_read_it(
        out in prop::collection::vec(content(), 0..3),
        at in any::<prop::sample::Index>(),
        how in 0..6,
    ) {
        let mut brief = superreport();
        brief.out = out;
        let agreement = Agreement::of(&brief);
        let text = agreement.text();
        let lines = Lines::of(&brief);
        prop_assert!(lines.reads_as(&text));
        let mut stored: Vec<&str> = text.lines().collect();
        let at = at.index(stored.len());
        match how {
            0 => drop(stored.remove(at)),
            1 => stored.insert(at, stored[at]),
            2 => stored.insert(at, ""),
            3 => stored[at] = "[needs]",
            4 => stored[at] = "[else]",
            _ => stored.truncate(at),
        }
        let changed = stored.join(" \r\n");
        let read = Agreement::parse(&changed);
        let is_same = read.is_some_and(|read| read.sections == agreement.sections);
        prop_assert_eq!(lines.reads_as(&changed), is_same, "{}", changed);
    }

    #[test]
    fn no_text_makes_reading_fail(text in any::<String>(), lines in content()) {
        Agreement::parse(&text);
        Agreement::parse(&format!("{FIRST_LINE}\nbrief: a-b\n[want]\n{text}\n[needs]\n{lines}"));
    }
}

#[test]
fn crlf_decomposed_letters_and_spaces_around_make_no_difference() {
    let mut brief = superreport();
    brief.request.words = "Caf\u{e9}\nplease".into();
    let before = code(&brief);
    brief.request.words = " \tCafe\u{301}\r\nplease\r\n".into();
    assert_eq!(code(&brief), before);
}

#[test]
fn what_is_not_agreed_to_changes_no_code() {
    let before = code(&superreport());
    let same: [(&str, Edit); 11] = [
        ("title", |b| b.title.push('!')),
        ("stage", |b| b.stage = Stage::Closed),
        ("notes", |b| b.customers[0].notes.clear()),
        ("reach", |b| b.customers[0].reach.clear()),
        ("basis", |b| b.needs[0].standing = Standing::guess()),
        ("cadence", |b| b.plan.cadence.clear()),
        ("order of customers", |b| b.customers.reverse()),
        ("order of goals", |b| b.goals.reverse()),
        ("order of what is out", |b| b.out.reverse()),
        ("order of whose it is", |b| b.needs[0].whose.reverse()),
        ("an empty line", |b| b.out.push(" ".into())),
    ];
    for (what, change) in same {
        let mut brief = superreport();
        change(&mut brief);
        assert_eq!(code(&brief), before, "{what}");
    }
    let mut brief = superreport();
    let answers: Vec<_> = brief
        .answers
        .iter()
        .map(|(q, a)| (q.to_owned(), a.clone()))
        .collect();
    brief.answers = answers.into_iter().rev().collect();
    assert_eq!(code(&brief), before, "order of answers in the file");
}

#[test]
fn what_is_agreed_to_changes_its_section_and_no_other() {
    let different: [(&str, Section, Edit); 12] = [
        ("role", Section::Want, |b| b.customers[1].role = Role::User),
        ("level", Section::Want, |b| {
            b.goals[0].level = Level::Company
        }),
        ("chosen reading", Section::Want, |b| {
            b.readings[0].chosen = true;
            b.readings[1].chosen = false;
        }),
        ("goal gone", Section::Want, |b| drop(b.goals.pop())),
        ("rank", Section::Needs, |b| b.needs.swap(0, 1)),
        ("a tie", Section::Needs, |b| b.needs[1].same = true),
        ("whose need", Section::Needs, |b| {
            drop(b.needs[0].whose.pop())
        }),
        ("a need gone", Section::Needs, |b| drop(b.needs.pop())),
        ("out twice", Section::Scope, |b| {
            b.out.push("Automation".into())
        }),
        ("served needs", Section::Solution, |b| {
            b.deliverables[0].serves.clear()
        }),
        ("order of parts", Section::Solution, |b| {
            b.deliverables.swap(0, 1)
        }),
        ("no date", Section::Dates, |b| b.plan.need_by = None),
    ];
    for (what, section, change) in different {
        let mut brief = superreport();
        change(&mut brief);
        assert_eq!(changed(&superreport(), &brief), [section], "{what}");
    }
}

fn answered(question: &str, answer: Answer) -> Brief {
    let mut brief = superreport();
    brief.answers.set(question, Some(answer));
    brief
}

#[test]
fn a_day_that_could_not_be_read_is_agreed_to_in_its_words() {
    let mut answer = Answer {
        text: "before the offsite".into(),
        section: Some(Section::Dates),
        ..Answer::default()
    };
    let brief = answered("need_by", answer.clone());
    assert_eq!(changed(&superreport(), &brief), [Section::Dates]);
    answer.text = "after the offsite".into();
    let later = answered("need_by", answer);
    assert_eq!(changed(&brief, &later), [Section::Dates]);
}

#[test]
fn the_reason_why_something_is_not_needed_is_agreed_to() {
    let skipped = |why: &str| {
        let answer = Answer {
            standing: Standing::not_needed(why),
            section: Some(Section::Scope),
            ..Answer::default()
        };
        answered("out", answer)
    };
    assert_eq!(changed(&superreport(), &skipped("small")), [Section::Scope]);
    assert_eq!(changed(&skipped("small"), &skipped("")), [Section::Scope]);
    let text = Agreement::of(&skipped("small")).text();
    assert!(text.contains("\nnot needed: out: small\n"), "{text}");
}

#[test]
fn an_answer_outside_every_section_and_one_of_an_unknown_section_stay_out() {
    let outside = |section| Answer {
        text: "x".into(),
        section,
        ..Answer::default()
    };
    for section in [None, Some(Section::Unknown("later".into()))] {
        let brief = answered("tool", outside(section));
        assert_eq!(changed(&superreport(), &brief), []);
    }
    let purpose = answered("purpose", outside(None));
    assert_eq!(changed(&superreport(), &purpose), [Section::Want]);
}

#[test]
fn a_question_id_cannot_fake_a_line_of_the_program() {
    let mut with_out = superreport();
    with_out.out.push("Training".into());
    let answer = |items: &[&str], text: &str| Answer {
        text: text.into(),
        items: items.iter().map(|i| (*i).to_owned()).collect(),
        section: Some(Section::Scope),
        ..Answer::default()
    };
    let faked = answered("out", answer(&[], "Training"));
    assert_ne!(code(&faked), code(&with_out));
    let one = answered("a: b", answer(&[], "c"));
    let other = answered("a", answer(&[], "b: c"));
    assert_ne!(code(&one), code(&other));
    let text = answered("a", answer(&[], "c"));
    let item = answered("a", answer(&["c"], ""));
    assert_ne!(code(&text), code(&item));
}

#[test]
fn a_need_cannot_fake_its_acceptance_or_whose_it_is() {
    let with = |text: &str, acceptance: &str| {
        let mut brief = superreport();
        brief.needs.truncate(1);
        brief.needs[0].text = text.into();
        brief.needs[0].acceptance = acceptance.into();
        brief.needs[0].whose.clear();
        brief
    };
    let fakes = [
        with("a | met when: b", ""),
        with("a", "b"),
        with("a \\| met when: b", ""),
        with("a\\", "b"),
        with("a | for: dana", "b"),
        with("a", "b | for: dana"),
    ];
    let codes: std::collections::BTreeSet<String> = fakes.iter().map(code).collect();
    assert_eq!(codes.len(), fakes.len());
}

#[test]
fn an_unknown_level_cannot_fake_a_reading() {
    let mut goal = superreport();
    goal.readings.clear();
    goal.goals = vec![Goal {
        id: id("g"),
        level: Level::Unknown("meaning: x".into()),
        owner: String::new(),
        text: "t".into(),
        how: String::new(),
    }];
    let text = Agreement::of(&goal).text();
    assert!(!text.contains("\nmeaning: "), "{text}");
}

#[test]
fn a_customer_without_a_name_or_use_is_still_there() {
    let mut brief = superreport();
    brief.customers.push(Customer {
        id: id("ops"),
        name: String::new(),
        role: Role::Unknown("fan | role: approver".into()),
        uses_for: String::new(),
        reach: String::new(),
        notes: String::new(),
    });
    assert_eq!(changed(&superreport(), &brief), [Section::Want]);
    let agreement = Agreement::of(&brief);
    assert_eq!(Agreement::parse(&agreement.text()), Some(agreement));
}

#[test]
fn a_code_belongs_to_one_brief() {
    let mut other = superreport();
    other.id = BriefId::parse("another-brief-aaaa").unwrap();
    assert_ne!(code(&other), code(&superreport()));
}

#[test]
fn the_canonical_text_is_what_it_was() {
    // Codes that were sent out must stay valid: a change here is a new format.
    insta::assert_snapshot!(Agreement::of(&superreport()).text());
}

#[test]
fn a_line_more_at_the_end_of_a_stored_text_is_seen() {
    let brief = superreport();
    let (lines, text) = (Lines::of(&brief), Agreement::of(&brief).text());
    assert!(lines.reads_as(&text) && lines.reads_as(&text.replace('\n', " \r\n")));
    assert!(!lines.reads_as(&format!("{text}need by: 2026-03-02\n")));
    assert!(!lines.reads_as(text.trim_end().trim_end_matches(|c| c != '\n')));
    assert!(!lines.reads_as(&text.replacen("brief: ", "brief: /", 1)));
}
