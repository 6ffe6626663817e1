//! Both readers say the same, and the quick one reads what this program writes.

use proptest::prelude::*;

use super::super::tests::{SUPERREPORT, any_brief, decorated, id, moment, shuffled};
use super::super::{parse_any, plain, write_new};
use super::*;
use crate::domain::{Basis, Brief, ItemId, Level, Stage, Standing};

/// What the reader of all TOML says where it has nothing to remark.
fn slowly(text: &str) -> Option<Raw> {
    let (raw, problems, notes) = parse_any(text, &id("b"), moment()).ok()?;
    let is_plain = problems.is_empty() && notes.is_empty() && raw.dangling.is_empty();
    is_plain.then_some(raw)
}

/// Moments are the same in another place, so texts are compared.
fn said(raw: &Raw) -> String {
    let Raw {
        brief,
        has_created,
        format,
        id,
        dangling,
    } = raw;
    let known = dangling.len();
    format!("{brief:#?} {has_created} {format:?} {id:?} {known}")
}

/// Whether the quick one read a text at all; panics where it read another thing.
fn agrees(text: &str) -> bool {
    let Some(quick) = read(text, &id("b"), moment(), &mut Room::default()) else {
        return false;
    };
    let slow = slowly(text).unwrap_or_else(|| panic!("not to be read in passing:\n{text}"));
    assert_eq!(said(&quick), said(&slow), "{text}");
    true
}

/// A line put between two others, changed, doubled or cut, as hands do it.
fn mangled(text: &str, at: usize, how: usize, with: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = at % lines.len().max(1);
    let line = lines.get(at).copied().unwrap_or_default();
    let half = super::super::problem::floor(line, line.len() / 2);
    let changed = match how % 7 {
        0 => format!("{line}{with}\n"),
        1 => format!("{line}{line}"),
        2 => String::new(),
        3 => line.get(..half).unwrap_or_default().to_owned(),
        4 => line.replacen('"', with, 1),
        5 => line.replacen('=', with, 1),
        _ => format!(
            "{}{with}{}",
            line.get(..half).unwrap_or_default(),
            line.get(half..).unwrap_or_default()
        ),
    };
    if let Some(slot) = lines.get_mut(at) {
        *slot = &changed;
    }
    lines.concat()
}

const PARTS: [&str; 44] = [
    "\"",
    "\"\"\"",
    "'",
    "'''",
    "\\",
    "\\u00e9",
    "\\U0001F642",
    "\\x41",
    "\\e",
    "\\ud800",
    "\\u+0041",
    "#",
    "# ok",
    "\t",
    " ",
    "\u{1}",
    "\r",
    "\u{7f}",
    "[plan]",
    "[[need]]",
    "[need]",
    "[[plan]]",
    "[answer.a]",
    "[answer]",
    "[answer.a.b]",
    "[ plan ]",
    "[x]",
    "id = \"a\"",
    "id = 'a'",
    "x = 1",
    "request = {}",
    "plan.cadence = \"weekly\"",
    "\"id\" = \"b\"",
    "for = [\"a\", \"b\",]",
    "for = [\n\"a\" # b\n]",
    "for = \"a\"",
    "on = 2026-02-30",
    "on = 2026-02-03T09:00:00Z",
    "at = 2026-02-03",
    "at = 2026-02-03 09:00:00.5-00:00",
    "row = -1",
    "row = 0x1",
    "row = 1_0",
    "stage = \"under way\"",
];

/// The same brief with words that are known and names of those who are there, as
/// nearly all briefs are.
fn tidy(mut brief: Brief) -> Brief {
    let customers: Vec<ItemId> = brief.customers.iter().map(|c| c.id.clone()).collect();
    let needs: Vec<ItemId> = brief.needs.iter().map(|n| n.id.clone()).collect();
    let is_there = |who: &Option<ItemId>| who.as_ref().is_none_or(|who| customers.contains(who));
    let stand = |standing: &mut Standing| {
        if !standing.basis.is_known() {
            standing.basis = Basis::Told;
        }
        for who in [&mut standing.by, &mut standing.ask] {
            *who = who.take().filter(|who| customers.contains(who));
        }
    };
    if !brief.stage.is_known() {
        brief.stage = Stage::Closed;
    }
    if !is_there(&brief.request.by) {
        brief.request.by = None;
    }
    brief
        .readings
        .iter_mut()
        .for_each(|r| stand(&mut r.standing));
    brief.deliverables.iter_mut().for_each(|d| {
        d.serves = needs.clone();
        stand(&mut d.standing);
    });
    brief.needs.iter_mut().for_each(|n| {
        n.whose.retain(|who| customers.contains(who));
        stand(&mut n.standing);
    });
    let answers = brief.answers.iter().enumerate().map(|(at, (_, answer))| {
        let mut answer = answer.clone();
        stand(&mut answer.standing);
        (format!("q-{at}"), answer)
    });
    brief.answers = answers.collect();
    brief.rankings.retain(|r| customers.contains(&r.by));
    for ranking in &mut brief.rankings {
        ranking.order.retain(|need| needs.contains(need));
    }
    brief
        .goals
        .iter_mut()
        .for_each(|g| g.level = Level::Company);
    let places = brief.walk.iter_mut().chain(&mut brief.drafts);
    places.filter_map(|p| p.standing.as_mut()).for_each(stand);
    brief
}

fn reference() -> String {
    let brief = slowly(SUPERREPORT).expect("a brief").brief;
    let text = write_new(&brief);
    text + "\n[[event]]\nid = \"e\"\nkind = \"signed\"\nat = 2026-02-03T09:00:00Z\nagreed = \"\"\"\na \\\\n b\n\"\"\"\n"
}

#[test]
fn what_this_program_writes_is_read_in_passing() {
    assert!(agrees(&reference()));
    // By hand, without ids.
    assert!(!agrees(SUPERREPORT));
}

#[test]
fn everything_that_a_brief_can_hold_is_read_in_passing() {
    let full = full::brief();
    let text = write_new(&full);
    assert!(agrees(&text), "{text}");
    let found = read(&text, &full.id, moment(), &mut Room::default()).map(|raw| raw.brief);
    assert_eq!(found, Some(full), "{text}");
}

#[test]
fn ways_of_writing_that_are_known_are_read_and_others_left() {
    let read = [
        "",
        "\n# only a comment",
        "title = \"\"",
        "title = ''\n",
        "title = \"\"\"\n\"\"\"",
        "title = \"\"\"a\"b\"\"c\"\"\" # end",
        "title\t=\t\"\\\"\\\\ \\u00e9\"",
        "title = \"\"\"a\\\"\"\"\"\"\"",
        "title = \"\\u0000\\r\\n\\t\" # \u{85}\u{feff}",
        "  title = 'a\\'\n\t[plan]#\n\n \n",
        "[[goal]]\nid = \"g\"\n[[goal]]\nid = \"h\"",
        "[scope]\nout = []\n[answer.1]\nitems = [#\n\n'a' ,\n\"b\"# c\n]",
        "created = 0000-01-01T00:00:00.000000001-23:59\nformat = 0",
        "[answer.purpose] # why\nitems = [ \"a\",\n \"b\",\n]\n",
        "[[event]]\nid = \"a\"\nat = 2026-02-03T09:00:00.123Z\nuntil = 2026-02-03T23:59:59.123456-12:30",
        "[walk]\nat = \"a\"\nrow = 12\nwhy = \"b\"\n[plan]\nneed_by = 2024-02-29",
        "[[customer]]\nid = \"a\"\n[[need]]\nid = \"n\"\nfor = [\" a \", \"\"]",
        "title = \"\"\"a\"\"\"\"",
    ];
    for text in read {
        assert!(agrees(text), "{text}");
    }
    let left = [
        "title = \"a\"\ntitle = \"b\"",
        "title = \"a",
        "title = \"a\nb\"",
        "title = \"\\q\"",
        "title = \"a\" b",
        "title = \"a\" [plan]",
        "title = \"\\ud800\"",
        "title = \"\\u+041\"",
        "title = \"\"\"\"\"\"\"\"\"",
        "title = \"\"\"a\"\"\"\"\"\"",
        "title = \"\"\"a",
        "title = \"\"\"a\\\"\"\"",
        "title = 'a\nb'",
        "title",
        "title = ",
        "= \"a\"",
        "a.title = \"a\"",
        "[scope]\nout = [,]",
        "[scope]\nout = [\"a\" \"b\"]",
        "[scope]\nout = [\"a\",,]",
        "[scope]\nout = [\"a\"",
        "[[goal]\nid = \"g\"",
        "[plan]]",
        "[plan",
        "archived = truefalse",
        "archived = true1",
        "created = 2026-02-03T09:00:00.Z",
        "created = 2026-02-03T09:00:00.1234567890Z",
        "created = 2026-02-03T24:00:00Z",
        "created = 2026-02-03T09:00:00+01:60",
        "created = 2026-02-03T09:00:00",
        "[plan]\nneed_by = 2026-02-03x",
        "[plan]\nneed_by = 2026-2-03",
        "[plan]\nneed_by = 2026-02-3\u{e9}",
        "format = 99999999999999999999",
        "title = 1",
        "id = \"a\"\r\n",
        "format = 2",
        "format = 01",
        "stage = \"limbo\"",
        "colour = \"red\"",
        " [plan]\n[plan]",
        "[plan]\n[plan]",
        "[answer.a]\n[answer.a]",
        "[answer]\na = {}",
        "[[need]]\ntext = \"without an id\"",
        "[[need]]\nid = \"n\"\n[[need]]\nid = \"n\"",
        "[[need]]\nid = \"n\"\nfor = [\"nobody\"]",
        "[[need]]\nid = \"n\"\nby = \"nobody\"",
        "[[event]]\nid = \"a\"\n[[event]]\nid = \"a\"",
        "[[event]]\nid = \"a\"\nat = 2026-02-03",
        "[plan]\nneed_by = 2026-02-30",
        "[plan]\nneed_by = 2026-02-03T09:00:00Z",
        "[[event]]\nid = \"a\"\nat = 2026-02-03T09:00:00+24:00",
        "title = \"\"\"a \\\n  b\"\"\"",
        "[[event]]\nid = \"a\"\nat = 2026-02-03T09:00:60Z",
        "title = '''\n\n'a' '''\t\n",
        "title = '''a''''",
        "title = \"\"\"\n<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n\"\"\"",
    ];
    for text in left {
        assert!(!agrees(text), "{text}");
    }
}

proptest! {
    #![proptest_config(crate::domain::fixture::cases(256))]

    #[test]
    fn both_readers_say_the_same_of_any_brief_however_it_is_written(
        brief in any_brief(),
        seed in any::<u64>(),
        changes in proptest::collection::vec((any::<usize>(), any::<usize>(), 0..PARTS.len()), 0..4),
    ) {
        let written = write_new(&brief);
        agrees(&written);
        let tidy = write_new(&tidy(brief));
        prop_assert!(agrees(&tidy), "{}", tidy);
        prop_assert!(agrees(&shuffled(&tidy, seed)), "{}", tidy);
        let decorated = decorated(&written);
        agrees(&decorated);
        agrees(&shuffled(&decorated, seed));
        agrees(&shuffled(&written, seed));
        agrees(&plain(&written.replace('\n', "\r\n")));
        let mut text = if seed % 4 == 0 { written } else { tidy };
        for (at, how, with) in changes {
            text = mangled(&text, at, how, PARTS[with]);
            agrees(&text);
        }
    }

    #[test]
    fn both_readers_say_the_same_of_a_brief_in_hands(
        changes in proptest::collection::vec((any::<usize>(), any::<usize>(), 0..PARTS.len()), 0..4),
    ) {
        let mut text = reference();
        for (at, how, with) in changes {
            text = mangled(&text, at, how, PARTS[with]);
            agrees(&text);
        }
    }
}
