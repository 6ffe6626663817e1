//! Three people change the same briefs at random, and git merges them.
//!
//! Each brief is a case: all three do up to four things to it, one of them may
//! hit what another one did. One commit holds all briefs, so one merge by git is
//! as many cases. `ASKFIRST_LONG=1` runs 5,000 of them.

use std::collections::{BTreeMap, BTreeSet};

use askfirst::domain::{
    Answer, Basis, Brief, BriefId, Conflict, Event, EventKind, ItemId, ListEdit, Moment, Need,
    Stage, Standing,
};
use askfirst::storage::{self, Loaded};

use super::{Person, Team, git_is_missing};
use crate::support::SUPERREPORT;

const PEOPLE: [&str; 3] = ["ana", "bert", "cleo"];

/// A number from a seed: the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // Knuth, The Art of Computer Programming 3.3.4, line 26 of the table.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

fn now() -> Moment {
    Moment::parse_from_rfc3339("2026-02-05T09:00:00+01:00").unwrap()
}

fn read(id: &BriefId, text: &str) -> Result<Loaded, String> {
    storage::read_text(&format!("{id}.toml"), id, text, now()).map_err(|b| b.summary)
}

/// What somebody wrote into a brief: nobody else writes the same words.
#[derive(Default)]
struct Did {
    words: Vec<String>,
    removed: bool,
    moved: bool,
}

/// The id of an event that several people have.
const SAME: &str = "same";

/// Does one thing to a brief.
fn deed(dice: &mut Dice, brief: &mut Brief, did: &mut Did, words: String) {
    const QUESTIONS: [&str; 6] = ["purpose", "must_not_lose", "tool", "fresh", "when", "also"];
    let need = dice.roll(brief.needs.len().max(1));
    let question = QUESTIONS[dice.roll(QUESTIONS.len())];
    let answer = brief.answers.get(question).cloned();
    let mut wrote = true;
    match dice.roll(19) {
        0..=2 => {
            let text = words.clone();
            let standing = Standing::guess();
            let answer = Answer {
                text,
                standing,
                ..answer.unwrap_or_default()
            };
            set(brief, question, answer);
        }
        3 => {
            let on = chrono::NaiveDate::from_ymd_opt(2026, 2, 5).unwrap();
            let standing = Standing::told(ItemId::parse("dana").unwrap(), on);
            let text = words.clone();
            let answer = Answer {
                text,
                standing,
                ..answer.unwrap_or_default()
            };
            set(brief, question, answer);
        }
        4 | 5 => {
            did.moved = true;
            let id = ItemId::for_text(&words, brief.needs.iter().map(|n| &n.id));
            let new = Need {
                id,
                text: words.clone(),
                whose: Vec::new(),
                acceptance: String::new(),
                same: false,
                standing: Standing::guess(),
            };
            brief.needs.insert(need.min(brief.needs.len()), new);
        }
        6 if !brief.needs.is_empty() => {
            words.clone_into(&mut brief.needs[need].text);
            brief.needs[need].standing = Standing::guess();
        }
        7 | 8 if !brief.needs.is_empty() => {
            words.clone_into(&mut brief.needs[need].acceptance);
        }
        9 if brief.needs.len() > 1 => {
            wrote = false;
            did.removed = true;
            brief.needs.remove(need);
        }
        10 | 11 if brief.needs.len() > 1 => {
            wrote = false;
            did.moved = true;
            let to = dice.roll(brief.needs.len());
            if let ListEdit::Set { items } = ListEdit::moved(&brief.needs, need, to) {
                brief.needs = items;
            }
        }
        12 => brief
            .out
            .insert(dice.roll(brief.out.len() + 1), words.clone()),
        13 if !brief.out.is_empty() => {
            wrote = false;
            brief.out.remove(dice.roll(brief.out.len()));
        }
        14 => {
            let at = dice.roll(brief.customers.len());
            words.clone_into(&mut brief.customers[at].uses_for);
        }
        15 => {
            let at = now() + chrono::Duration::minutes(i64::try_from(dice.roll(5000)).unwrap());
            let id = words.replace(' ', "");
            let kinds = [
                EventKind::Heard,
                EventKind::Replied,
                EventKind::CheckIn,
                EventKind::Signed,
            ];
            let kind = kinds[dice.roll(kinds.len())].clone();
            let mut event = Event::new(id, kind, at);
            event.by = Some(ItemId::parse("dana").unwrap());
            words.clone_into(&mut event.words);
            brief.events.push(event);
        }
        // The same reply came to several of them.
        16 => {
            wrote = false;
            if brief.events.iter().all(|event| event.id != SAME) {
                let mut event = Event::new(SAME, EventKind::Replied, now());
                event.words = "the same for all".to_owned();
                brief.events.push(event);
            }
        }
        17 => {
            wrote = false;
            let day = u32::try_from(1 + dice.roll(28)).unwrap();
            brief.plan.need_by = chrono::NaiveDate::from_ymd_opt(2026, 3, day);
        }
        _ => match dice.roll(4) {
            0 => words.clone_into(&mut brief.title),
            1 => {
                wrote = false;
                brief.stage = Stage::from_word(Stage::WORDS[dice.roll(4)]);
            }
            _ => {
                let at = dice.roll(brief.deliverables.len());
                words.clone_into(&mut brief.deliverables[at].text);
            }
        },
    }
    if let Some(first) = brief.needs.first_mut() {
        first.same = false;
    }
    if wrote {
        did.words.push(words);
    }
}

fn set(brief: &mut Brief, question: &str, answer: Answer) {
    let change = askfirst::domain::Change::Answer {
        question: question.to_owned(),
        answer: Some(answer),
    };
    brief.apply(change, now()).unwrap();
}

/// One brief, as it was and as each left it.
struct Case {
    id: BriefId,
    base: Brief,
    sides: [Brief; 3],
    did: [Did; 3],
}

/// Writes the briefs of all, and lets each of the three change each of them.
fn cases(team: &Team, count: usize, dice: &mut Dice) -> Vec<Case> {
    let hub = team.person(PEOPLE[0]);
    let mut texts: Vec<(BriefId, String)> = Vec::new();
    for n in 0..count {
        let id = BriefId::parse(&format!("case-{n:05}")).unwrap();
        let mut brief = storage::import("s.toml", SUPERREPORT, 7, now()).unwrap();
        brief.id = id.clone();
        for turn in 0..dice.roll(3) {
            deed(
                dice,
                &mut brief,
                &mut Did::default(),
                format!("before {n} {turn}"),
            );
        }
        brief.events.retain(|e| e.kind != EventKind::Created);
        let text = storage::text_of(None, &brief);
        hub.write(&format!(".askfirst/{id}.toml"), &text);
        texts.push((id, text));
    }
    hub.commit("base");
    hub.git("push -q", &[]);
    for name in &PEOPLE[1..] {
        team.person(name).git("pull -q", &[]);
    }
    let mut cases = Vec::new();
    for (n, (id, text)) in texts.into_iter().enumerate() {
        let base = read(&id, &text).unwrap();
        let done = PEOPLE.map(|name| {
            let (mut brief, mut did) = (base.brief.clone(), Did::default());
            for turn in 0..1 + dice.roll(4) {
                deed(
                    dice,
                    &mut brief,
                    &mut did,
                    format!("{name} wrote {n} {turn}"),
                );
            }
            let mut text = storage::text_of(Some(&base), &brief);
            // What only people write: a comment, a key of their own.
            match dice.roll(8) {
                0 => {
                    let words = format!("{name} remarked {n}");
                    text = text.replacen("\n[plan]", &format!("\n# {words}\n[plan]"), 1);
                    did.words.push(words);
                }
                1 => {
                    let words = format!("{name} added {n}");
                    let key = format!("[plan]\n{name}_own = \"{words}\"");
                    text = text.replacen("[plan]", &key, 1);
                    did.words.push(words);
                }
                _ => {}
            }
            team.person(name)
                .write(&format!(".askfirst/{id}.toml"), &text);
            // What they wrote over again is not theirs any more.
            did.words.retain(|words| text.contains(words.as_str()));
            (read(&id, &text).unwrap().brief.into_inner(), did)
        });
        let [(a, da), (b, db), (c, dc)] = done;
        cases.push(Case {
            id,
            base: base.brief.into_inner(),
            sides: [a, b, c],
            did: [da, db, dc],
        });
    }
    for name in PEOPLE {
        team.person(name).commit(&format!("{name}'s"));
        // `main` moves on while others fetch.
        team.person(name).git("branch own", &[]);
    }
    cases
}

/// Merges the work of two others into the clone of one, one after the other;
/// the texts of all briefs after each merge.
fn merged(team: &Team, into: &'static str, others: [&'static str; 2]) -> [Vec<String>; 2] {
    let person = team.person(into);
    others.map(|other| {
        let there = team.path(other).display().to_string();
        person.git("fetch -q", &[&there, &format!("own:from-{other}")]);
        let done = person.try_git("merge -q --no-edit", &[&format!("from-{other}")]);
        assert_eq!(done.code, 0, "{}", done.stderr);
        texts(&person)
    })
}

fn texts(person: &Person<'_>) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(person.path(".askfirst"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|n| n.to_string_lossy().starts_with("case-"))
        })
        .collect();
    names.sort();
    names
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

/// What a brief says, whatever the order of its answers. Where one took a need
/// out and another moved it or put one behind it, that place is forgotten when a
/// third, who reworded it, brings it back: its order is not compared.
fn meaning(mut brief: Brief, case: &Case) -> String {
    if case.did.iter().any(|d| d.removed) && case.did.iter().any(|d| d.moved) {
        brief.needs.sort_by(|a, b| a.id.cmp(&b.id));
        brief.needs.iter_mut().for_each(|n| n.same = false);
        brief.conflicts.retain(|c| c.place != "order of need");
    }
    let answers: BTreeMap<String, Answer> = brief
        .answers
        .iter()
        .map(|(id, a)| (id.to_owned(), a.clone()))
        .collect();
    brief.answers = Default::default();
    format!("{answers:#?}{brief:#?}")
}

/// What a person has at a place, as far as the deeds reach.
fn value(brief: &Brief, place: &str) -> Option<String> {
    let parts: Vec<&str> = place.split('.').collect();
    let said = |text: &str, acceptance: &str, standing: &Standing| {
        // "Asked" and "guess" are no words of anybody.
        let told = !matches!(standing.basis, Basis::Guess | Basis::Asked);
        format!("{text}|{acceptance}|{:?}", told.then_some(standing))
    };
    let need = |id: &str| brief.needs.iter().find(|n| n.id.as_str() == id);
    Some(match parts.as_slice() {
        ["title"] => brief.title.clone(),
        ["stage"] => brief.stage.word().to_owned(),
        ["plan", "need_by"] => format!("{:?}", brief.plan.need_by),
        ["order of need"] => {
            let ids: Vec<&str> = brief.needs.iter().map(|n| n.id.as_str()).collect();
            ids.join(" ")
        }
        ["answer", id] => {
            let answer = brief.answers.get(id);
            answer.map_or_else(String::new, |a| said(&a.text, "", &a.standing))
        }
        ["answer", id, "text"] => brief.answers.get(id).map_or("", |a| &a.text).to_owned(),
        ["need", id] => {
            need(id).map_or_else(String::new, |n| said(&n.text, &n.acceptance, &n.standing))
        }
        ["need", id, "text"] => need(id).map_or("", |n| &n.text).to_owned(),
        ["need", id, "acceptance"] => need(id).map_or("", |n| &n.acceptance).to_owned(),
        ["deliverable", id, "text"] => {
            let part = brief.deliverables.iter().find(|d| d.id.as_str() == *id);
            part.map_or("", |d| &d.text).to_owned()
        }
        ["customer", id, "uses_for"] => {
            let customer = brief.customers.iter().find(|c| c.id.as_str() == *id);
            customer.map_or("", |c| &c.uses_for).to_owned()
        }
        _ => return None,
    })
}

/// A conflict is needless where fewer than two people changed its place, or all
/// who did wrote the same there. What it holds is what they wrote.
fn is_needless(case: &Case, conflict: &Conflict) -> bool {
    let Some(was) = value(&case.base, &conflict.place) else {
        return true;
    };
    let sides = case
        .sides
        .iter()
        .filter_map(|side| value(side, &conflict.place));
    let changed: BTreeSet<String> = sides.filter(|now| *now != was).collect();
    changed.len() < 2
}

/// What is wrong with one merged brief.
fn faults(case: &Case, text: &str, who: &[usize]) -> Vec<String> {
    let brief = match read(&case.id, text) {
        Ok(loaded) => loaded.brief,
        Err(why) => return vec![format!("cannot be read: {why}")],
    };
    let mut faults = Vec::new();
    for words in who.iter().flat_map(|n| &case.did[*n].words) {
        if !text.contains(words.as_str()) {
            faults.push(format!("lost: {words}"));
        }
    }
    let twice = |what: &str, all: Vec<&str>| -> Option<String> {
        let once: BTreeSet<&str> = all.iter().copied().collect();
        (once.len() < all.len()).then(|| format!("twice: {what} {all:?}"))
    };
    let needs = brief.needs.iter();
    faults.extend(twice(
        "need",
        needs.clone().map(|n| n.text.as_str()).collect(),
    ));
    faults.extend(twice("need", needs.map(|n| n.id.as_str()).collect()));
    faults.extend(twice("out", brief.out.iter().map(String::as_str).collect()));
    faults.extend(twice(
        "event",
        brief.events.iter().map(|e| e.id.as_str()).collect(),
    ));
    let customers = brief.customers.iter().map(|c| c.id.as_str());
    faults.extend(twice("customer", customers.collect()));
    faults
}

/// The same merges by git alone: how many conflict, and how many that do not
/// are broken.
fn by_lines(team: &Team, cases: &[Case]) -> (BTreeSet<usize>, usize) {
    let plain = team.person("plain");
    let mut hard = 0;
    let mut left: BTreeSet<usize> = (0..cases.len()).collect();
    for other in ["bert", "cleo"] {
        let there = team.path(other).display().to_string();
        plain.git("fetch -q", &[&there, &format!("own:from-{other}")]);
        plain.try_git("merge -q --no-edit", &[&format!("from-{other}")]);
        let open = plain.git("diff --name-only --diff-filter=U", &[]);
        let open: BTreeSet<&str> = open.lines().collect();
        left.retain(|n| {
            let file = format!(".askfirst/{}.toml", cases[*n].id);
            !open.contains(file.as_str())
        });
        // A person would take one side; here the merge has to go on.
        plain.try_git("checkout -q --ours", &["."]);
        plain.commit("merged");
    }
    for n in &left {
        let case = &cases[*n];
        let text = plain.read(&format!(".askfirst/{}.toml", case.id));
        hard += usize::from(!faults(case, &text, &[0, 1, 2]).is_empty());
    }
    let conflicts = (0..cases.len()).filter(|n| !left.contains(n)).collect();
    (conflicts, hard)
}

#[test]
fn three_clones_merge_at_random_and_nothing_is_lost() {
    if git_is_missing() {
        return;
    }
    let count = match std::env::var_os("ASKFIRST_LONG") {
        Some(_) => 5_000,
        None => 500,
    };
    let team = Team::of(&["ana", "bert", "cleo", "plain"]);
    let cases = cases(&team, count, &mut Dice(20_260_205));
    // The one without the driver, with Ana's version.
    let plain = team.person("plain");
    let there = team.path("ana").display().to_string();
    plain.git("pull -q", &[&there, "own"]);
    for name in PEOPLE {
        team.person(name).askfirst("init --merge-driver").done();
    }
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(|| merged(&team, "ana", ["bert", "cleo"]));
        let other = scope.spawn(|| merged(&team, "cleo", ["bert", "ana"]));
        (one.join().unwrap(), other.join().unwrap())
    });
    let (mut bad, mut needless, mut ordered) = (Vec::new(), 0, 0);
    let mut undecided: BTreeSet<usize> = BTreeSet::new();
    for (n, case) in cases.iter().enumerate() {
        let merges: [(&[String], &[usize]); 4] = [
            (&one[0], &[0, 1]),
            (&one[1], &[0, 1, 2]),
            (&other[0], &[1, 2]),
            (&other[1], &[0, 1, 2]),
        ];
        for (texts, who) in merges {
            let found = faults(case, &texts[n], who);
            bad.extend(
                found
                    .into_iter()
                    .map(|fault| format!("{}: {fault}", case.id)),
            );
        }
        let [Ok(a), Ok(b)] = [&one[1][n], &other[1][n]].map(|text| read(&case.id, text)) else {
            continue;
        };
        if !a.brief.conflicts.is_empty() {
            undecided.insert(n);
        }
        let needless_here = a.brief.conflicts.iter().filter(|c| is_needless(case, c));
        let needless_here: Vec<&Conflict> = needless_here.collect();
        if !needless_here.is_empty() {
            needless += 1;
            say(&format!("needless in {}: {needless_here:?}", case.id));
        }
        let [a, b] = [a, b].map(|loaded| loaded.brief.into_inner());
        if meaning(a, case) != meaning(b, case) {
            ordered += 1;
            bad.push(format!(
                "{}: the order of merging makes a difference",
                case.id
            ));
        }
    }
    let (lines, hard) = by_lines(&team, &cases);
    let without = lines.difference(&undecided).count();
    let percent = |n: usize| format!("{n} ({:.1} %)", 100.0 * n as f64 / count as f64);
    let of = |kind: &str| {
        let kind = format!(": {kind}: ");
        bad.iter().filter(|fault| fault.contains(&kind)).count()
    };
    say(&format!(
        "{count} cases of three versions, {} merges by git: {} cannot be read, {} lost, {} twice, \
         {ordered} depend on the order; a choice waits in {}, needless in {}; line by line {} conflict, {} of them \
         where there is nothing to choose, and {} more are broken",
        4 * count,
        of("cannot be read"),
        of("lost"),
        of("twice"),
        percent(undecided.len()),
        percent(needless),
        percent(lines.len()),
        percent(without),
        percent(hard),
    ));
    assert!(bad.is_empty(), "{}", bad.join("\n"));
    assert!(needless * 100 <= count, "{needless} needless conflicts");
    assert!(without > 10 * needless, "the cases are too easy: {without}");
}

fn say(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{line}");
}

#[test]
fn a_conflict_is_kept_through_a_rebase_of_many_commits() {
    if git_is_missing() {
        return;
    }
    let team = Team::with_a_brief(&["ana", "raj"]);
    let (ana, raj) = (team.person("ana"), team.person("raj"));
    for day in ["2026-03-01", "2026-03-02", "2026-03-03"] {
        let text = raj.read(&raj.brief("what"));
        let line = text
            .lines()
            .find(|l| l.starts_with("need_by"))
            .unwrap()
            .to_owned();
        raj.edit(&line, &format!("need_by = {day}"));
        raj.commit(day);
    }
    ana.edit("need_by = 2026-02-19", "need_by = 2026-04-01");
    ana.askfirst("sync").done();
    raj.askfirst("sync").done();
    let text = raj.read(&raj.brief("what"));
    assert!(
        text.contains("2026-04-01") && text.contains("2026-03-03"),
        "{text}"
    );
    raj.is_at_rest();
}
