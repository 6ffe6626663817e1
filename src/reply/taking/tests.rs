use super::*;
use crate::domain::fixture::{at, day, id, superreport};
use crate::domain::reply::{Reply, Taken};
use crate::domain::{Agreement, Brief, Section, action, reply as domain, sign_off};

const WHEN: &str = "2026-02-05T09:00:00+01:00";

fn letter(words: &str) -> Came {
    Came {
        words: words.into(),
        via: "mail".into(),
        on: day("2026-02-04"),
    }
}

/// The superreport, sent to Dana with two questions.
fn sent() -> Brief {
    let mut brief = superreport();
    let sheet = Sheet::draft(&brief, &id("dana"));
    let change = action::share_sheet(&brief, &sheet, "mail", "e1", at(WHEN));
    brief.apply(change, at(WHEN)).unwrap();
    brief
}

fn piece(words: &str, target: Target, certainty: Certainty) -> Piece {
    Piece {
        words: words.into(),
        target,
        certainty,
        why: "a test".into(),
    }
}

fn answer(brief: &Brief, question: &str, words: &str, given: Given) -> Piece {
    let target = Target::Answer {
        brief: brief.id.clone(),
        question: question.into(),
        given,
    };
    piece(words, target, Certainty::Exact)
}

fn yes(brief: &Brief) -> Piece {
    let code = Agreement::of(brief).code();
    let target = Target::Yes {
        brief: brief.id.clone(),
        code,
    };
    piece(&format!("OK {code}"), target, Certainty::Exact)
}

fn objection(brief: &Brief, words: &str) -> Piece {
    let target = Target::Objection {
        brief: brief.id.clone(),
    };
    piece(words, target, Certainty::Likely)
}

fn remark(words: &str) -> Piece {
    piece(words, Target::Remark, Certainty::Open)
}

fn taking(brief: &Brief, pieces: Vec<Piece>) -> Taking {
    let sheets = sheets(brief, &id("dana"), []);
    Taking::new(pieces, sheets, day("2026-02-04"))
}

fn only(taking: &Taking) -> Reply {
    let mut replies = taking.replies(&letter("all of it"));
    assert_eq!(replies.len(), 1, "{replies:?}");
    replies.remove(0).1
}

#[test]
fn pieces_are_taken_for_what_they_were_matched_to_and_open_ones_are_remarks() {
    let brief = sent();
    let pieces = vec![
        answer(&brief, "tool", "Excel", Given::Words),
        remark("Greetings from Lisbon"),
    ];
    let mut taking = taking(&brief, pieces);
    let reply = only(&taking);
    assert_eq!(reply.words, "all of it");
    assert_eq!(reply.taken.len(), 1);
    assert_eq!(reply.remarks, ["Greetings from Lisbon"]);
    taking.toggle(0);
    taking.toggle(1);
    assert_eq!(taking.fates(), [Fate::Dropped, Fate::Dropped]);
    let dropped = only(&taking);
    assert_eq!(
        dropped.words, "all of it",
        "dropped words stay in the reply"
    );
    assert!(dropped.taken.is_empty() && dropped.remarks.is_empty());
    taking.toggle(0);
    assert_eq!(only(&taking).taken, reply.taken);
}

#[test]
fn a_piece_can_be_moved_to_each_question_to_an_objection_a_remark_or_nothing() {
    let brief = sent();
    let mut taking = taking(&brief, vec![remark("Excel, please")]);
    let targets = taking.targets(0);
    let questions: Vec<&str> = targets
        .iter()
        .filter_map(|target| match target {
            Some(Target::Answer { question, .. }) => Some(question.as_str()),
            _ => None,
        })
        .collect();
    let asked = taking.sheets()[0].questions();
    assert_eq!(questions, asked);
    assert!(targets.contains(&None));
    let brief_id = brief.id.clone();
    assert!(targets.contains(&Some(Target::Objection { brief: brief_id })));
    assert!(
        !targets.contains(&Some(Target::Remark)),
        "it is one already"
    );
    let tool = targets
        .iter()
        .position(|t| matches!(t, Some(Target::Answer { question, .. }) if question == "tool"));
    taking.take(0, targets[tool.unwrap()].clone());
    assert!(taking.rows()[0].is_changed());
    let reply = only(&taking);
    assert!(reply.remarks.is_empty());
    assert!(
        matches!(&reply.taken[0], Taken::Answer { question, words, .. }
        if question == "tool" && words == "Excel, please")
    );
    assert!(taking.targets(0).contains(&Some(Target::Remark)));
}

#[test]
fn two_pieces_for_one_question_are_one_answer_where_they_can_stand_together() {
    let brief = sent();
    let pieces = vec![
        answer(&brief, "must_not_lose", "no", Given::No),
        remark("hello"),
        answer(&brief, "must_not_lose", "also the dates", Given::Words),
    ];
    let taking = taking(&brief, pieces);
    assert_eq!(
        taking.fates(),
        [Fate::With(vec![2]), Fate::Counts, Fate::With(vec![0])]
    );
    let reply = only(&taking);
    assert_eq!(
        reply.taken,
        [Taken::Answer {
            question: "must_not_lose".into(),
            words: "no; also the dates".into(),
            given: Given::No,
        }]
    );
}

#[test]
fn what_a_yes_said_yes_to_is_not_lost_beside_other_words() {
    let brief = sent();
    let pieces = vec![
        answer(&brief, "must_not_lose", "yes", Given::Yes),
        answer(&brief, "must_not_lose", "and the dates", Given::Words),
    ];
    let reply = only(&taking(&brief, pieces));
    assert!(
        matches!(&reply.taken[..], [Taken::Answer { words, given: Given::Words, .. }]
        if words == "yes (Names of analysts stay out of the HR copy); and the dates"),
        "{reply:?}"
    );
}

#[test]
fn of_two_answers_that_exclude_each_other_the_later_counts_and_the_other_is_a_remark() {
    let brief = sent();
    let pieces = vec![
        answer(&brief, "must_not_lose", "yes", Given::Yes),
        answer(&brief, "must_not_lose", "no, wait", Given::No),
    ];
    let mut taking = taking(&brief, pieces);
    assert_eq!(taking.fates(), [Fate::GivesWay(1), Fate::Counts]);
    let reply = only(&taking);
    assert!(matches!(
        &reply.taken[..],
        [Taken::Answer {
            given: Given::No,
            ..
        }]
    ));
    assert_eq!(reply.remarks, ["yes"]);
    assert_eq!(
        taking.keep_exact(),
        [0, 1],
        "which one is for a person to say"
    );
    assert!(only(&taking).taken.is_empty());
}

#[test]
fn a_yes_beside_an_objection_signs_nothing() {
    let brief = sent();
    let pieces = vec![yes(&brief), objection(&brief, "but only from March")];
    let mut taking = taking(&brief, pieces);
    assert_eq!(taking.fates(), [Fate::NoYes(1), Fate::Counts]);
    let reply = only(&taking);
    assert_eq!(
        reply.taken,
        [Taken::Objection("but only from March".into())]
    );
    taking.take(1, Some(Target::Remark));
    assert_eq!(taking.fates(), [Fate::Counts, Fate::Counts]);
    assert!(matches!(&only(&taking).taken[..], [Taken::Yes { .. }]));
}

#[test]
fn exact_alone_is_applied_without_a_look_and_never_a_yes_that_may_have_a_condition() {
    let brief = sent();
    let mut pieces = vec![
        yes(&brief),
        answer(&brief, "tool", "Excel", Given::Words),
        objection(&brief, "but only from March"),
    ];
    pieces.push(remark("greetings"));
    let mut likely = answer(&brief, "must_not_lose", "the dates", Given::Words);
    likely.certainty = Certainty::Likely;
    pieces.push(likely);
    let mut taking = taking(&brief, pieces);
    assert_eq!(taking.keep_exact(), [0, 2, 3, 4]);
    let reply = only(&taking);
    assert!(matches!(&reply.taken[..], [Taken::Answer { question, .. }] if question == "tool"));
    assert_eq!(reply.remarks.len(), 4);
}

#[test]
fn an_old_yes_signs_nothing_is_kept_and_shows_what_changed() {
    let mut brief = sent();
    let old = yes(&brief);
    let Target::Yes { code, .. } = old.target else {
        panic!("a yes");
    };
    brief.out.push("Forecasts".into());
    let target = Target::OldYes {
        brief: brief.id.clone(),
        code,
    };
    let taking = taking(&brief, vec![piece("OK", target, Certainty::Exact)]);
    assert_eq!(taking.fates(), [Fate::Old]);
    let reply = only(&taking);
    assert!(reply.taken.is_empty());
    assert_eq!(reply.remarks, ["OK"]);
    let told = difference(&brief, code).join("\n");
    assert!(told.contains("Forecasts"), "{told}");
}

#[test]
fn a_reply_that_answers_two_briefs_is_recorded_in_both() {
    let brief = sent();
    let mut other = sent();
    other.id = crate::domain::BriefId::parse("another-one-a2b3").unwrap();
    other.title = "Another one".into();
    other.customers[0].id = id("boss");
    other.events[0].to = Some(id("boss"));
    let sheets = sheets(&brief, &id("dana"), [&brief, &other]);
    assert_eq!(sheets.len(), 2);
    let pieces = vec![answer(&other, "tool", "Excel", Given::Words), remark("hi")];
    let taking = Taking::new(pieces, sheets, day("2026-02-04"));
    let said = target(&taking, taking.rows()[0].take.as_ref());
    assert!(said.starts_with("Another one: 1. In which"), "{said}");
    let replies = taking.replies(&letter("all of it"));
    let whose: Vec<_> = replies
        .iter()
        .map(|(id, r)| (id.clone(), r.by.clone()))
        .collect();
    assert_eq!(
        whose,
        [(brief.id.clone(), id("dana")), (other.id, id("boss"))]
    );
    assert_eq!(replies[0].1.remarks, ["hi"]);
    assert!(replies[1].1.remarks.is_empty());
}

#[test]
fn what_became_of_it_is_told_with_what_waits_for_another_yes() {
    let brief = sent();
    let pieces = vec![
        yes(&brief),
        answer(&brief, "purpose", "something else", Given::Words),
        answer(&brief, "tool", "Excel", Given::Words),
    ];
    let reply = only(&taking(&brief, pieces));
    let mut after = brief.clone();
    let change = domain::reply(&brief, reply.clone(), "r1", at(WHEN)).unwrap();
    after.apply(change, at(WHEN)).unwrap();
    let outcome = Outcome::of(&after, &reply);
    assert_eq!(outcome.words(), "2 answers, signed");
    assert_eq!(outcome.waits, [Section::Want]);
    assert_eq!(
        outcome.next("Dana").unwrap(),
        "waits for another yes of Dana: what they want and why"
    );
    assert_eq!(sign_off::lapsed(&after), [Section::Want]);
}

#[test]
fn the_sender_is_found_by_address_by_name_or_by_whom_the_last_message_went_to() {
    let mut brief = superreport();
    let mail = |name: &str, address: &str| Letter {
        name: name.into(),
        address: address.into(),
        ..Letter::default()
    };
    let found = |brief: &Brief, letter: &Letter| {
        let sender = sender(brief, letter).unwrap();
        (sender.by.to_string(), sender.why)
    };
    let of = |who: &str, why| (who.to_owned(), why);
    assert_eq!(
        found(&brief, &mail("D.", "Dana.Reyes@Example.com")),
        of("dana", Why::Address)
    );
    let private = mail("Reyes, Dana", "dr@home.example");
    assert_eq!(found(&brief, &private), of("dana", Why::Name));
    let nobody = mail("", "");
    assert_eq!(found(&brief, &nobody), of("dana", Why::Requester));
    let change = action::share(&brief, &id("hr"), &[], "", "e1", at(WHEN));
    brief.apply(change, at(WHEN)).unwrap();
    assert_eq!(found(&brief, &nobody), of("hr", Why::LastAsked));
    brief.customers[1].reach = "Dana <mailto:x@example.com>".into();
    assert_eq!(
        found(&brief, &mail("", "x@example.com")),
        of("hr", Why::Address)
    );
}

#[test]
fn a_brief_is_known_by_the_code_that_a_mail_quotes() {
    let mut brief = sent();
    let code = Agreement::of(&brief).code();
    brief.out.push("Forecasts".into());
    let quoted = format!("2 is wrong\n> Reply \"OK {code}\" to say yes");
    assert_eq!(brief_of(&quoted, [&brief]), Some(brief.id.clone()));
    assert_eq!(brief_of("no code in here, thanks", [&brief]), None);
}

#[test]
fn what_a_message_showed_is_told_by_letter_and_number() {
    let brief = sent();
    let lines = sheet_lines(&taking(&brief, Vec::new()).sheets()[0]);
    assert!(lines[0].starts_with("A. Types of work"), "{lines:?}");
    assert!(
        lines.iter().any(|l| l.starts_with("2. Is there anything")),
        "{lines:?}"
    );
}
