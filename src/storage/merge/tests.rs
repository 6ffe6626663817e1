use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::domain::fixture::{at, day, id, superreport};
use crate::domain::{
    Answer, Change, Event, EventKind, ListEdit, Need, Reading, Stage, Standing, sign_off,
};

fn path() -> std::path::PathBuf {
    Path::new("what-my-analysts-do-all-day-k7m2.toml").to_owned()
}

fn when() -> Moment {
    at("2026-02-03T10:05:00+01:00")
}

fn text(brief: &Brief) -> String {
    format::write_new(brief)
}

fn read(text: &str) -> Brief {
    let brief = superreport();
    format::read(&path(), &brief.id, text, when())
        .unwrap()
        .brief
        .into_inner()
}

/// Merges both ways and holds that the result is the same.
fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
    let one = merge_texts(&path(), [base, ours, theirs], when()).unwrap();
    let other = merge_texts(&path(), [base, theirs, ours], when()).unwrap();
    assert_eq!(one.conflicts, other.conflicts);
    assert!(
        format::same(&read(&one.text), &read(&other.text)),
        "whose turn it is makes a difference:\n{}\n{}",
        one.text,
        other.text
    );
    one
}

fn with(brief: &Brief, edit: impl FnOnce(&mut Brief)) -> String {
    let mut changed = brief.clone();
    edit(&mut changed);
    text(&changed)
}

fn answer(brief: &mut Brief, question: &str, words: &str) {
    let mut answer = brief.answers.get(question).cloned().unwrap_or_default();
    words.clone_into(&mut answer.text);
    brief.answers.set(question, Some(answer));
}

#[test]
fn different_things_of_both_sides_are_all_kept() {
    let base = superreport();
    let ours = with(&base, |b| {
        answer(b, "purpose", "another purpose");
        b.out.push("phone calls".into());
        b.needs.swap(2, 3);
        b.events.push(Event::new(
            "ours",
            EventKind::CheckIn,
            at("2026-02-06T09:00:00+01:00"),
        ));
    });
    let theirs = with(&base, |b| {
        answer(b, "must_not_lose", "the names");
        b.out.insert(0, "faxes".into());
        b.needs.swap(0, 1);
        b.plan.need_by = Some(day("2026-03-01"));
        b.events.push(Event::new(
            "theirs",
            EventKind::Heard,
            at("2026-02-05T09:00:00+01:00"),
        ));
    });
    let merged = merged(&text(&base), &ours, &theirs);
    assert_eq!(merged.conflicts, []);
    let brief = read(&merged.text);
    assert_eq!(
        brief.answers.get("purpose").unwrap().text,
        "another purpose"
    );
    assert_eq!(
        brief.answers.get("must_not_lose").unwrap().text,
        "the names"
    );
    assert_eq!(brief.out.first().unwrap(), "faxes");
    assert_eq!(brief.out.last().unwrap(), "phone calls");
    assert_eq!(brief.plan.need_by, Some(day("2026-03-01")));
    let needs: Vec<&str> = brief.needs.iter().map(|n| n.id.as_str()).collect();
    let was: Vec<&str> = base.needs.iter().map(|n| n.id.as_str()).collect();
    assert_eq!(needs, [was[1], was[0], was[3], was[2]]);
    let events: Vec<&str> = brief.events.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(events, ["theirs", "ours"], "in the order of their times");
}

#[test]
fn one_answer_changed_in_two_ways_keeps_both() {
    let mut base = superreport();
    let mut guess = base.answers.get("purpose").cloned().unwrap();
    guess.standing = Standing::guess();
    base.answers.set("purpose", Some(guess));
    let ours = with(&base, |b| answer(b, "purpose", "for HR"));
    let theirs = with(&base, |b| answer(b, "purpose", "for the board"));
    let merged = merged(&text(&base), &ours, &theirs);
    let [conflict] = merged.conflicts.as_slice() else {
        panic!("{:?}", merged.conflicts);
    };
    assert_eq!(conflict.place, "answer.purpose.text");
    assert_eq!(conflict.versions, ["for HR", "for the board"]);
    let brief = read(&merged.text);
    assert_eq!(brief.conflicts, merged.conflicts);
    assert_eq!(brief.answers.get("purpose").unwrap().text, "for HR");
}

#[test]
fn nobody_gets_words_of_somebody_else_into_their_mouth() {
    let base = superreport();
    let ours = with(&base, |b| answer(b, "must_not_lose", "nothing at all"));
    let theirs = with(&base, |b| {
        let mut told = b.answers.get("must_not_lose").cloned().unwrap();
        told.standing = Standing::told(id("dana"), day("2026-02-05"));
        b.answers.set("must_not_lose", Some(told));
    });
    let merged = merged(&text(&base), &ours, &theirs);
    let [conflict] = merged.conflicts.as_slice() else {
        panic!("{:?}", merged.conflicts);
    };
    assert_eq!(conflict.place, "answer.must_not_lose");
    assert_eq!(conflict.versions.len(), 2);
    let now = read(&merged.text)
        .answers
        .get("must_not_lose")
        .cloned()
        .unwrap();
    assert!(
        now.standing.is_guess() == (now.text == "nothing at all"),
        "{now:?}"
    );
}

#[test]
fn a_question_that_was_put_goes_with_an_answer_that_was_typed() {
    let base = superreport();
    let ours = with(&base, |b| answer(b, "tool", "Excel"));
    let theirs = with(&base, |b| {
        let mut asked = b.answers.get("tool").cloned().unwrap();
        asked.standing.basis = crate::domain::Basis::Asked;
        b.answers.set("tool", Some(asked));
    });
    assert_eq!(merged(&text(&base), &ours, &theirs).conflicts, []);
}

#[test]
fn two_new_things_of_one_id_are_both_kept_with_what_points_to_them() {
    let base = superreport();
    let need = |text: &str| Need {
        id: id("new-one"),
        text: text.into(),
        whose: Vec::new(),
        acceptance: String::new(),
        same: false,
        standing: Standing::guess(),
    };
    let ours = with(&base, |b| {
        b.needs.push(need("one thing"));
        b.deliverables[0].serves.push(id("new-one"));
    });
    let theirs = with(&base, |b| b.needs.push(need("another thing")));
    let merged = merged(&text(&base), &ours, &theirs);
    assert_eq!(merged.conflicts, []);
    let brief = read(&merged.text);
    let one = brief.needs.iter().find(|n| n.text == "one thing").unwrap();
    assert!(brief.needs.iter().any(|n| n.text == "another thing"));
    assert!(brief.deliverables[0].serves.contains(&one.id));
}

#[test]
fn what_one_side_took_out_is_gone_unless_the_other_worked_on_it() {
    let base = superreport();
    let ours = with(&base, |b| {
        b.needs.remove(3);
        b.needs.remove(1);
    });
    let theirs = with(&base, |b| b.needs[1].text = "reworked".into());
    let merged = merged(&text(&base), &ours, &theirs);
    let brief = read(&merged.text);
    assert_eq!(brief.needs.len(), base.needs.len() - 1);
    assert!(brief.needs.iter().any(|n| n.text == "reworked"));
    assert_eq!(merged.kept, [format!("need.{}", base.needs[1].id)]);
}

#[test]
fn two_chosen_readings_are_one_choice_to_make() {
    let base = with(&superreport(), |b| b.readings[1].chosen = false);
    let base = read(&base);
    let ours = with(&base, |b| b.readings[0].chosen = true);
    let theirs = with(&base, |b| b.readings[1].chosen = true);
    let merged = merged(&text(&base), &ours, &theirs);
    assert_eq!(merged.conflicts[0].place, "chosen reading");
    let chosen: Vec<Reading> = read(&merged.text)
        .readings
        .into_iter()
        .filter(|r| r.chosen)
        .collect();
    assert_eq!(chosen.len(), 1);
}

#[test]
fn a_yes_to_an_older_text_lapses_when_the_other_side_changed_it() {
    let base = superreport();
    let ours = text(&crate::domain::fixture::signed());
    let theirs = with(&base, |b| b.out.push("more".into()));
    let brief = read(&merged(&text(&base), &ours, &theirs).text);
    assert_eq!(sign_off::lapsed(&brief), [crate::domain::Section::Scope]);
}

#[test]
fn the_stage_that_went_further_stays() {
    let base = superreport();
    let ours = with(&base, |b| b.stage = Stage::Asked);
    let theirs = with(&base, |b| b.stage = Stage::InProgress);
    let merged = merged(&text(&base), &ours, &theirs);
    assert_eq!(merged.conflicts, []);
    assert_eq!(read(&merged.text).stage, Stage::InProgress);
}

#[test]
fn comments_and_unknown_keys_of_both_sides_stay() {
    let base = text(&superreport());
    let ours = format!("# from us\n{base}")
        .replace("[plan]", "# our plan\n[plan]\nours = 1")
        .replace("[request]", "[ours]\nx = 1\n\n[request]");
    let theirs = format!("# from them\n{base}")
        .replace("[plan]", "[plan] # their plan\ntheirs = { a = 1 }")
        .replacen("[[need]]\n", "# about the first\n[[need]]\nweight = 3\n", 1)
        .replace("[request]", "[theirs]\ny = [1]\n\n[request]");
    let merged = merged(&base, &ours, &theirs).text;
    for piece in [
        "# from us",
        "# from them",
        "# our plan",
        "# their plan",
        "ours = 1",
        "theirs = { a = 1 }",
        "# about the first",
        "weight = 3",
        "[ours]",
        "[theirs]\ny = [1]",
    ] {
        assert_eq!(merged.matches(piece).count(), 1, "{piece}\n{merged}");
    }
}

#[test]
fn a_side_that_did_nothing_changes_nothing() {
    let base = text(&superreport());
    let ours = base.replace("title", "# a comment\ntitle");
    for (ours, theirs) in [(&ours, &base), (&ours, &ours), (&base, &base)] {
        let merged = merge_texts(&path(), [&base, ours, theirs], when()).unwrap();
        assert_eq!(&merged.text, ours);
    }
    let merged = merge_texts(&path(), [&base, &base, &ours], when()).unwrap();
    assert!(merged.text.contains("# a comment"));
    let both_new = merge_texts(&path(), ["", &base, &base], when()).unwrap();
    assert_eq!(both_new.text, base);
}

#[test]
fn what_cannot_be_read_is_not_merged() {
    let base = text(&superreport());
    let broken = base.replace("[plan]", "[plan");
    for sides in [
        [&base, &broken, &base],
        [&base, &base, &broken],
        [&broken, &base, &base],
    ] {
        let refused = merge_texts(&path(), sides.map(String::as_str), when());
        assert!(refused.is_err());
    }
    let goals = Path::new("goals.toml");
    assert!(merge_texts(goals, [&base, &base, &base], when()).is_err());
    let newer = base.replace("format = 1", "format = 99");
    assert!(merge_texts(&path(), [&base, &base, &newer], when()).is_err());
}

/// One thing that somebody does to a brief, with words nobody else uses.
#[derive(Debug, Clone)]
enum Deed {
    Answer(usize),
    Tell(usize),
    Need(usize),
    Reword(usize),
    Acceptance(usize),
    RemoveNeed(usize),
    MoveNeed(usize, usize),
    Out(usize),
    RemoveOut(usize),
    Part(usize),
    Event(u32),
    NeedBy(u32),
    Stage(usize),
    Customer(usize),
    Title,
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let n = 0..6usize;
    prop_oneof![
        n.clone().prop_map(Deed::Answer),
        n.clone().prop_map(Deed::Tell),
        n.clone().prop_map(Deed::Need),
        n.clone().prop_map(Deed::Reword),
        n.clone().prop_map(Deed::Acceptance),
        n.clone().prop_map(Deed::RemoveNeed),
        (n.clone(), n.clone()).prop_map(|(a, b)| Deed::MoveNeed(a, b)),
        n.clone().prop_map(Deed::Out),
        n.clone().prop_map(Deed::RemoveOut),
        n.clone().prop_map(Deed::Part),
        (0..9u32).prop_map(Deed::Event),
        (1..28u32).prop_map(Deed::NeedBy),
        (0..5usize).prop_map(Deed::Stage),
        n.prop_map(Deed::Customer),
        Just(Deed::Title),
    ]
}

/// Does it; gives back the words that must not get lost.
fn perform(brief: &mut Brief, deed: &Deed, who: &str, turn: usize) -> Option<String> {
    const QUESTIONS: [&str; 6] = ["purpose", "must_not_lose", "tool", "why", "fresh", "free"];
    let words = format!("{who} wrote {turn}");
    let at_need = |n: usize, brief: &Brief| n % brief.needs.len().max(1);
    match deed {
        Deed::Answer(n) => answer(brief, QUESTIONS[*n], &words),
        Deed::Tell(n) => {
            let answer = Answer {
                text: words.clone(),
                standing: Standing::told(id("dana"), day("2026-02-05")),
                ..brief
                    .answers
                    .get(QUESTIONS[*n])
                    .cloned()
                    .unwrap_or_default()
            };
            brief.answers.set(QUESTIONS[*n], Some(answer));
        }
        Deed::Need(n) => {
            let need = Need {
                id: crate::domain::ItemId::for_text(&words, brief.needs.iter().map(|n| &n.id)),
                text: words.clone(),
                whose: Vec::new(),
                acceptance: String::new(),
                same: false,
                standing: Standing::guess(),
            };
            let at = at_need(*n, brief);
            brief.needs.insert(at, need);
        }
        Deed::Reword(n) => {
            let at = at_need(*n, brief);
            words.clone_into(&mut brief.needs.get_mut(at)?.text);
        }
        Deed::Acceptance(n) => {
            let at = at_need(*n, brief);
            words.clone_into(&mut brief.needs.get_mut(at)?.acceptance);
        }
        Deed::RemoveNeed(n) => {
            let at = at_need(*n, brief);
            if at < brief.needs.len() {
                brief.needs.remove(at);
            }
            return None;
        }
        Deed::MoveNeed(a, b) => {
            let change = ListEdit::moved(&brief.needs, at_need(*a, brief), at_need(*b, brief));
            let _ = brief.apply(Change::Need(change), when());
            return None;
        }
        Deed::Out(n) => {
            let at = (*n).min(brief.out.len());
            brief.out.insert(at, words.clone());
        }
        Deed::RemoveOut(n) => {
            if *n < brief.out.len() {
                brief.out.remove(*n);
            }
            return None;
        }
        Deed::Part(n) => {
            let at = n % brief.deliverables.len().max(1);
            words.clone_into(&mut brief.deliverables.get_mut(at)?.text);
        }
        Deed::Event(n) => {
            let at = when() + chrono::Duration::hours(i64::from(*n));
            let mut event = Event::new(format!("{who}{turn}"), EventKind::Heard, at);
            words.clone_into(&mut event.words);
            brief.events.push(event);
        }
        Deed::NeedBy(n) => {
            brief.plan.need_by = chrono::NaiveDate::from_ymd_opt(2026, 3, *n);
            return None;
        }
        Deed::Stage(n) => {
            brief.stage = Stage::from_word(Stage::WORDS[*n]);
            return None;
        }
        Deed::Customer(n) => {
            let at = n % brief.customers.len().max(1);
            words.clone_into(&mut brief.customers.get_mut(at)?.uses_for);
        }
        Deed::Title => words.clone_into(&mut brief.title),
    }
    Some(words)
}

fn deeds(brief: &mut Brief, deeds: &[Deed], who: &str) -> Vec<String> {
    let words: Vec<String> = deeds
        .iter()
        .enumerate()
        .filter_map(|(turn, deed)| perform(brief, deed, who, turn))
        .collect();
    if let Some(first) = brief.needs.first_mut() {
        first.same = false;
    }
    let text = text(brief);
    // What somebody wrote over again is not theirs any more.
    words
        .into_iter()
        .filter(|w| text.contains(w.as_str()))
        .collect()
}

proptest! {
    #![proptest_config(crate::domain::fixture::cases(48))]

    #[test]
    fn whatever_both_sides_do_nothing_they_wrote_is_lost(
        before in prop::collection::vec(any_deed(), 0..3),
        mine in prop::collection::vec(any_deed(), 0..6),
        yours in prop::collection::vec(any_deed(), 0..6),
    ) {
        let mut base = superreport();
        deeds(&mut base, &before, "before");
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        let mut words = deeds(&mut ours, &mine, "anna");
        words.extend(deeds(&mut theirs, &yours, "bert"));
        let merged = merged(&text(&base), &text(&ours), &text(&theirs));
        let brief = read(&merged.text);
        for words in words {
            prop_assert!(merged.text.contains(&words), "{words} is lost:\n{}", merged.text);
        }
        let mut ids: Vec<_> = brief.needs.iter().map(|n| n.id.clone()).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), brief.needs.len(), "a need came twice");
        // Merging the result again with either side adds nothing.
        let again = merge_texts(&path(), [&text(&ours), &merged.text, &text(&ours)], when()).unwrap();
        prop_assert!(format::same(&read(&again.text), &brief));
    }

    /// The laws of a merge, for any two briefs, as unlike as can be.
    #[test]
    fn a_side_that_did_nothing_gives_way_and_the_same_on_both_sides_stays(
        base in format::tests::any_brief(),
        other in format::tests::any_brief(),
    ) {
        let other = Brief { id: base.id.clone(), ..other };
        let (base, other) = (text(&base), text(&other));
        for [was, ours, theirs] in [
            [&base, &base, &base],
            [&base, &other, &other],
            [&base, &other, &base],
            [&base, &base, &other],
        ] {
            let merged = merge_texts(&path(), [was, ours, theirs], when()).unwrap();
            let wanted = if ours == was { theirs } else { ours };
            prop_assert!(
                format::same(&read(&merged.text), &read(wanted)),
                "{}\n---\n{wanted}", merged.text
            );
            prop_assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
        }
    }

    #[test]
    fn three_versions_give_the_same_in_whatever_order_they_are_merged(
        before in prop::collection::vec(any_deed(), 0..3),
        mine in prop::collection::vec(any_deed(), 0..5),
        yours in prop::collection::vec(any_deed(), 0..5),
        hers in prop::collection::vec(any_deed(), 0..5),
    ) {
        let mut base = superreport();
        deeds(&mut base, &before, "before");
        let doings = [mine.clone(), yours.clone(), hers.clone()].concat();
        let sides = [("anna", mine), ("bert", yours), ("cleo", hers)].map(|(who, done)| {
            let mut side = base.clone();
            let words = deeds(&mut side, &done, who);
            (text(&side), words)
        });
        let base = text(&base);
        let [(a, _), (b, _), (c, _)] = &sides;
        let three = |x: &str, y: &str, z: &str| {
            let two = merged(&base, x, y).text;
            merged(&base, &two, z).text
        };
        let all = [three(a, b, c), three(a, c, b), three(b, c, a)];
        let is = |done: fn(&Deed) -> bool| doings.iter().any(done);
        // Where one takes a need out and another moves it, or puts one behind it,
        // that place is forgotten when a third, who reworded it, brings it back.
        let is_forgotten = is(|d| matches!(d, Deed::RemoveNeed(_)))
            && is(|d| matches!(d, Deed::MoveNeed(..) | Deed::Need(_)));
        let read = |text: &str| {
            let mut brief = read(text);
            if is_forgotten {
                brief.needs.sort_by(|a, b| a.id.cmp(&b.id));
                brief.needs.iter_mut().for_each(|n| n.same = false);
                brief.conflicts.retain(|c| c.place != "order of need");
            }
            brief
        };
        for other in &all[1..] {
            prop_assert!(
                format::same(&read(&all[0]), &read(other)),
                "{}\n-----\n{other}", all[0],
            );
        }
        for words in sides.iter().flat_map(|(_, words)| words) {
            prop_assert!(all[0].contains(words.as_str()), "{words} is lost:\n{}", all[0]);
        }
    }

    #[test]
    fn sides_that_touch_different_things_never_conflict(
        mine in prop::collection::vec(prop_oneof![
            (0..3usize).prop_map(Deed::Answer), (0..2usize).prop_map(Deed::Reword),
            (0..6usize).prop_map(Deed::Out), (0..9u32).prop_map(Deed::Event), Just(Deed::Title),
        ], 0..6),
        yours in prop::collection::vec(prop_oneof![
            (3..6usize).prop_map(Deed::Tell), (2..4usize).prop_map(Deed::Acceptance),
            (0..6usize).prop_map(Deed::Out), (0..9u32).prop_map(Deed::Event),
            (1..28u32).prop_map(Deed::NeedBy), (0..6usize).prop_map(Deed::Need),
        ], 0..6),
    ) {
        let base = superreport();
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        deeds(&mut ours, &mine, "anna");
        deeds(&mut theirs, &yours, "bert");
        let merged = merged(&text(&base), &text(&ours), &text(&theirs));
        // A need put before the ones that are reworded changes which those are.
        let texts_clash = mine.iter().any(|d| matches!(d, Deed::Reword(_)))
            && yours.iter().any(|d| matches!(d, Deed::Acceptance(_) | Deed::Need(_)));
        prop_assert!(texts_clash || merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    }
}

#[test]
fn events_of_both_sides_stand_in_the_order_of_their_times() {
    let base = superreport();
    let event = |brief: &mut Brief, id: &str, when: &str| {
        let event = Event::new(id, EventKind::Heard, at(when));
        brief.events.push(event);
    };
    let bert = with(&base, |b| event(b, "bert", "2026-02-07T19:29:00+01:00"));
    let cleo = with(&base, |b| event(b, "cleo", "2026-02-08T17:16:00+01:00"));
    let ana = with(&base, |b| event(b, "ana", "2026-02-05T16:05:00+01:00"));
    let two = merged(&text(&base), &cleo, &bert).text;
    let all = read(&merged(&text(&base), &two, &ana).text);
    let ids: Vec<&str> = all.events.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(ids, ["ana", "bert", "cleo"]);
}

#[test]
fn three_orders_give_the_same_in_whatever_order_they_are_merged() {
    let text = |order: &[&str]| {
        let needs = order.iter();
        let needs = needs.map(|id| format!("[[need]]\nid = \"{id}\"\ntext = \"the {id}\"\n"));
        format!("format = 1\ntitle = \"A\"\n\n{}", needs.collect::<String>())
    };
    let all: Vec<String> = [
        ["a", "b", "c"],
        ["a", "c", "b"],
        ["b", "a", "c"],
        ["b", "c", "a"],
        ["c", "a", "b"],
        ["c", "b", "a"],
    ]
    .map(|order| text(&order))
    .into();
    let base = &all[0];
    let merged = |x: &str, y: &str| merge_texts(&path(), [base, x, y], when()).unwrap().text;
    for (x, y) in all.iter().flat_map(|x| all.iter().map(move |y| (x, y))) {
        let two = merged(x, y);
        for z in &all {
            let (one, other) = (merged(&two, z), merged(&merged(z, y), x));
            assert!(
                format::same(&read(&one), &read(&other)),
                "{x}{y}{z}\n{one}\n{other}"
            );
        }
    }
}

#[test]
fn both_yeses_count_as_long_as_the_text_is_theirs() {
    let base = superreport();
    let signed = crate::domain::fixture::signed();
    let by_hr = with(&signed, |b| {
        let yes = b.events.iter_mut().find(|e| e.kind == EventKind::Signed);
        let yes = yes.unwrap();
        yes.id = "hr01".into();
        yes.by = Some(id("hr"));
    });
    let both = read(&merged(&text(&base), &text(&signed), &by_hr).text);
    let yeses = sign_off::sign_offs(&both);
    let by: BTreeSet<&str> = yeses.iter().map(|yes| yes.by.as_str()).collect();
    assert_eq!(by, ["dana", "hr"].into());
    assert_eq!(sign_off::lapsed(&both), []);

    // The same yes, taken in by both, is one.
    let again = with(&signed, |b| b.out.push("more".into()));
    let once = read(&merged(&text(&base), &text(&signed), &again).text);
    assert_eq!(once.events.len(), signed.events.len());
}

#[test]
fn two_amendments_of_what_was_signed_lapse_it_and_are_both_kept() {
    let base = crate::domain::fixture::signed();
    let ours = with(&base, |b| {
        b.plan.need_by = day("2026-03-09").into();
        b.out.push("phones".into());
    });
    let theirs = with(&base, |b| {
        b.plan.need_by = day("2026-04-01").into();
        b.out.push("faxes".into());
    });
    let merged = merged(&text(&base), &ours, &theirs);
    let brief = read(&merged.text);
    assert_eq!(merged.conflicts[0].place, "plan.need_by");
    assert!(brief.out.contains(&"phones".into()) && brief.out.contains(&"faxes".into()));
    let lapsed = sign_off::lapsed(&brief);
    for section in [crate::domain::Section::Scope, crate::domain::Section::Dates] {
        assert!(lapsed.contains(&section), "{lapsed:?}");
    }
}

#[test]
fn what_nobody_could_read_any_more_is_not_merged() {
    let base = text(&superreport());
    let with = |c: &str| format!("{base}# {}\n", c.repeat(format::LARGEST * 2 / 3));
    let (ours, theirs) = (with("a"), with("b"));
    let broken = merge_texts(&path(), [&base, &ours, &theirs], when()).unwrap_err();
    assert!(broken.summary.contains("too much"), "{broken:?}");
}
