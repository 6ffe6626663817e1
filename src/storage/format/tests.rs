use proptest::prelude::*;

use super::lines::Lines;
use super::*;
use crate::domain::{
    Answer, Basis, Customer, Day, Deliverable, Event, EventKind, Goal, Grade, ItemId, Level, Need,
    Origin, Plan, Ranking, Reading, Request, Role, Section, Stage, Standing, Waiver, WalkPlace,
};

pub(crate) const SUPERREPORT: &str = include_str!("../../../docs/superreport.toml");

pub(crate) fn moment() -> Moment {
    Moment::parse_from_rfc3339("2026-02-03T09:00:00+01:00").expect("a moment")
}

pub(crate) fn id(text: &str) -> BriefId {
    BriefId::parse(text).expect("an id")
}

fn item(text: &str) -> ItemId {
    ItemId::parse(text).expect("an id")
}

fn load(text: &str) -> Loaded {
    match read(Path::new("b.toml"), &id("b"), text, moment()) {
        Ok(loaded) => loaded,
        Err(broken) => panic!("{}\n{}\n{text}", broken.summary, broken.picture),
    }
}

/// The text after a change of the brief in it.
fn changed(text: &str, change: impl FnOnce(&mut Brief)) -> String {
    let loaded = load(text);
    let mut after = loaded.brief.clone();
    change(&mut after);
    let text = write(text, &loaded.brief, &after, Adopt::Yes);
    assert!(same(&load(&text).brief, &after), "{text}");
    text
}

/// Lines that went (`-`) and came (`+`).
fn diff(old: &str, new: &str) -> String {
    let diff = similar::TextDiff::from_lines(old, new);
    diff.iter_all_changes()
        .filter(|c| c.tag() != similar::ChangeTag::Equal)
        .map(|c| format!("{}{}", c.tag(), c.value()))
        .collect()
}

const HEAD: &str = "format = 1\nid = \"b\"\ntitle = \"T\"\ncreated = 2026-02-03T09:00:00+01:00\n";

#[test]
fn the_reference_case_is_read_as_it_is_meant() {
    let brief = load(SUPERREPORT).brief;
    assert_eq!(brief.title, "What my analysts do all day");
    assert_eq!(brief.request.by, Some(item("dana")));
    assert_eq!(brief.request.on, Day::from_ymd_opt(2026, 2, 3));
    assert_eq!(brief.request.origin, Some(Origin::Asked));
    assert_eq!(brief.customers.len(), 2);
    assert_eq!(brief.chosen_reading().map(|r| r.id.as_str()), Some("kinds"));
    assert_eq!(brief.needs[0].whose, [item("dana"), item("hr")]);
    assert_eq!(brief.answers.iter().count(), 2);
    assert_eq!(brief.goals[1].level, Level::Company);
    assert_eq!(brief.deliverables[1].serves, [item("excel"), item("kinds")]);
    assert_eq!(brief.out, ["Ticket volumes and staffing", "Automation"]);
    assert_eq!(brief.plan.need_by, Day::from_ymd_opt(2026, 2, 19));
}

#[test]
fn one_word_changed_is_one_line_changed() {
    let text = changed(SUPERREPORT, |b| b.plan.appetite = "2 days".to_owned());
    let expected = "+format = 1\n+id = \"b\"\n+created = 2026-02-03T09:00:00+01:00\n\
        -appetite = \"3 days\"\n+appetite = \"2 days\"\n";
    assert_eq!(diff(SUPERREPORT, &text), expected);
    let again = changed(&text, |b| b.plan.appetite = "1 day".to_owned());
    assert_eq!(
        diff(&text, &again),
        "-appetite = \"2 days\"\n+appetite = \"1 day\"\n"
    );
}

#[test]
fn a_day_that_no_file_could_hold_is_none() {
    for day in ["-026-02-05T", "+12026-02-05", "-0001-02-05"] {
        let text = format!("{HEAD}\n[plan]\nneed_by = \"{day}\"\n");
        let broken = read(Path::new("b.toml"), &id("b"), &text, moment()).unwrap_err();
        assert!(broken.summary.contains("need_by"), "{}", broken.summary);
    }
}

#[test]
fn byte_order_marks_stay_at_the_beginning_however_many_there_are() {
    for marks in ["\u{feff}", "\u{feff}\u{feff}"] {
        let text = changed(&format!("{marks}{SUPERREPORT}"), |b| {
            b.plan.appetite = "2 days".to_owned()
        });
        let rest = text.trim_start_matches(BOM);
        assert!(text.starts_with(marks) && !rest.contains(BOM), "{text}");
        assert_eq!(load(&text).brief.plan.appetite, "2 days");
    }
}

#[test]
fn nothing_changed_is_nothing_written() {
    let loaded = load(SUPERREPORT);
    assert_eq!(
        write(SUPERREPORT, &loaded.brief, &loaded.brief, Adopt::Yes),
        SUPERREPORT
    );
}

#[test]
fn a_moved_need_takes_its_comments_and_unknown_keys_along() {
    let text = format!(
        "{HEAD}\n# first\n[[need]] # a\nid = \"a\"\ntext = \"A\"\ncolour = \"red\"\n\n[need.x]\ny = 1\n\n[[customer]]\nid = \"dana\"\nname = \"Dana\"\n\n# second\n[[need]]\nid = \"b\"\ntext = \"B\"\n"
    );
    let moved = changed(&text, |b| b.needs.reverse());
    assert_eq!(
        moved,
        format!(
            "{HEAD}\n# second\n[[need]]\nid = \"b\"\ntext = \"B\"\n\n[[customer]]\nid = \"dana\"\nname = \"Dana\"\n\n# first\n[[need]] # a\nid = \"a\"\ntext = \"A\"\ncolour = \"red\"\n\n[need.x]\ny = 1\n"
        )
    );
}

#[test]
fn blank_lines_stay_where_they_are_when_items_move() {
    let text = format!(
        "{HEAD}[[need]]\nid = \"a\"\ntext = \"A\"\n\n\n# second\n[[need]]\nid = \"b\"\ntext = \"B\"\n"
    );
    let moved = changed(&text, |b| b.needs.reverse());
    assert_eq!(
        moved,
        format!(
            "{HEAD}# second\n[[need]]\nid = \"b\"\ntext = \"B\"\n\n\n[[need]]\nid = \"a\"\ntext = \"A\"\n"
        )
    );
}

#[test]
fn a_need_put_between_two_stands_between_them() {
    let text = format!(
        "{HEAD}\n[[need]]\nid = \"a\"\ntext = \"A\"\n\n[[need]]\nid = \"c\"\ntext = \"C\"\n\n[x]\ny = 1\n"
    );
    let put = changed(&text, |b| {
        let mut need = b.needs[0].clone();
        need.id = item("b");
        need.text = "B".to_owned();
        b.needs.insert(1, need);
    });
    assert_eq!(
        diff(&text, &put),
        "+id = \"b\"\n+text = \"B\"\n+basis = \"guess\"\n+\n+[[need]]\n"
    );
}

#[test]
fn a_comment_stays_when_its_value_goes() {
    let text =
        format!("{HEAD}\n[request]\n# in her words\nwords = \"w\" # verbatim\nwhere = \"here\"\n");
    let gone = changed(&text, |b| b.request.words.clear());
    assert!(gone.contains("# in her words\n# verbatim\nwhere"), "{gone}");
}

#[test]
fn an_id_that_was_made_up_is_written_down_when_its_list_changes() {
    let text = format!("{HEAD}\n[[goal]]\ntext = \"Grow\"\n\n[[goal]]\ntext = \"Shrink\"\n");
    let goals = changed(&text, |b| b.goals[0].text = "Something else".to_owned());
    assert_eq!(
        diff(&text, &goals),
        "-text = \"Grow\"\n+id = \"grow\"\n+text = \"Something else\"\n+id = \"shrink\"\n"
    );
}

#[test]
fn keys_that_every_file_has_are_added_once_whatever_looks_like_a_header() {
    let keys = "format = 1\nid = \"b\"\ncreated = 2026-01-12T09:00:00+01:00\n";
    for first in [
        "owner = \"\"\"\na\n[b]\nc\"\"\"\n",
        "checklist = \"quick\" # [\n[answer.\"\\n[b]\"]\ntext = \"\"\"\n[c]\"\"\"\n",
        "# a\n# [b]\n",
    ] {
        let all = format!("title = \"a\"\n{keys}{first}");
        let new = changed(&all, |b| b.title = "b".to_owned());
        assert_eq!(diff(&all, &new), "-title = \"a\"\n+title = \"b\"\n");
        let few = all.replace(keys, "");
        let new = changed(&few, |b| b.title = "b".to_owned());
        for key in ["format", "id", "created"] {
            let lines = new.lines().filter(|line| line.starts_with(key)).count();
            assert_eq!(lines, 1, "{key}: {new}");
        }
    }
}

#[test]
fn odd_ways_to_write_tables_can_be_changed_too() {
    let text = format!(
        "{HEAD}request.words = \"w\" # dotted\nplan = {{ appetite = \"1 day\", colour = \"red\" }} # inline\nneed = [ # listed\n  {{ id = \"a\", text = \"A\", x = 1 }},\n]\n[answer]\npurpose = {{ text = \"p\", basis = \"guess\" }}\nwhy.text = \"y\"\n"
    );
    let new = changed(&text, |b| {
        b.request.place = "there".to_owned();
        b.plan.cadence = "weekly".to_owned();
        b.needs[0].acceptance = "ok".to_owned();
        let mut purpose = b.answers.get("purpose").cloned().unwrap_or_default();
        purpose.text = "because".to_owned();
        b.answers.set("purpose", Some(purpose));
        let mut why = b.answers.get("why").cloned().unwrap_or_default();
        why.question = "Why?".to_owned();
        b.answers.set("why", Some(why));
    });
    for kept in [
        "# dotted",
        "# inline",
        "# listed",
        "colour = \"red\"",
        "x = 1",
    ] {
        assert!(new.contains(kept), "{kept} is missing in\n{new}");
    }
}

#[test]
fn line_ends_and_byte_order_mark_stay() {
    let text = format!("\u{feff}{HEAD}\n[request]\nwords = \"\"\"\none\ntwo\"\"\"\n");
    let crlf = text.replace('\n', "\r\n");
    assert_eq!(load(&crlf).brief.request.words, "one\ntwo");
    let new = changed(&crlf, |b| b.request.place = "a\nb".to_owned());
    assert!(new.starts_with('\u{feff}'));
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    let mixed = format!(
        "{}# unix\n",
        crlf.replace("title = \"T\"\r\n", "title = \"T\"\n")
    );
    let new = changed(&mixed, |b| b.request.place = "here".to_owned());
    assert_eq!(diff(&mixed, &new), "+where = \"here\"\n");
}

#[test]
fn undo_gives_the_text_back_with_the_events_since() {
    let text = "# mine\ntitle = \"T\"\n\n[[need]]\n# about a\ntext = \"A\" # c\nz = 1\n\n[[need]]\ntext = \"B\"\n";
    let earlier = load(text);
    let mut after = earlier.brief.clone();
    after.needs.remove(0);
    let saved = write(text, &earlier.brief, &after, Adopt::Yes);
    assert!(!saved.contains("about a"));
    let mut back = earlier.brief.clone();
    back.events
        .push(Event::new("e1", EventKind::Undone, moment()));
    let restored = write(&earlier.text, &earlier.brief, &back, Adopt::No);
    assert_eq!(
        diff(text, &restored),
        "+\n+[[event]]\n+id = \"e1\"\n+kind = \"undone\"\n+at = 2026-02-03T09:00:00+01:00\n"
    );
}

#[test]
fn two_sides_that_change_different_things_are_joined() {
    let base = load(SUPERREPORT).brief;
    let mut theirs = base.clone();
    theirs.plan.cadence = "daily".to_owned();
    theirs.needs.remove(3);
    let ours = changed(SUPERREPORT, |b| {
        b.needs[0].text = "Ours".to_owned();
        let mut own = b.needs[0].clone();
        own.id = item("own");
        b.needs.insert(1, own);
    });
    let joined = apply::apply(&doc::of_brief(&base), &doc::of_brief(&theirs), &ours)
        .expect("it can be joined");
    let brief = load(&joined).brief;
    let ids: Vec<&str> = brief.needs.iter().map(|n| n.id.as_str()).collect();
    assert_eq!(ids, ["kinds", "own", "skills", "on-time"]);
    assert_eq!(brief.needs[0].text, "Ours");
    assert_eq!(brief.plan.cadence, "daily");
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z ]{0,12}",
        1 => Just(String::new()),
        1 => "\\PC{0,8}",
        1 => proptest::collection::vec(
            prop_oneof![
                Just('"'), Just('\''), Just('\\'), Just('\n'), Just('\r'), Just('\t'), Just('#'),
                Just('='), Just('['), Just(' '), Just('\u{1b}'), Just('\u{202e}'), Just('\u{feff}'),
                Just('a'), Just('é'), Just('🙂'),
            ],
            0..12,
        )
        .prop_map(|chars| chars.into_iter().collect()),
    ]
}

fn any_id() -> impl Strategy<Value = ItemId> {
    "[a-d]".prop_map(|t| item(&t))
}

fn any_day() -> impl Strategy<Value = Option<Day>> {
    proptest::option::of((1..28u32).prop_map(|d| Day::from_ymd_opt(2026, 2, d).expect("a day")))
}

fn any_standing() -> impl Strategy<Value = Standing> {
    (
        prop_oneof![
            Just(Basis::Guess),
            Just(Basis::Told),
            Just(Basis::NotNeeded),
            Just(Basis::Unknown("rumour".to_owned()))
        ],
        proptest::option::of(any_id()),
        any_day(),
        any_text(),
        proptest::option::of(any_id()),
    )
        .prop_map(|(basis, by, on, why, ask)| Standing {
            basis,
            by,
            on,
            why,
            ask,
        })
}

fn any_place() -> impl Strategy<Value = WalkPlace> {
    (
        ("[a-c]|sign-off", any_text(), any_text()),
        proptest::option::of(1usize..9),
        proptest::option::of(any_standing()),
    )
        .prop_map(|((at, draft, field), row, standing)| WalkPlace {
            at,
            draft,
            field,
            row,
            standing,
        })
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(any_text(), 0..4)
}

fn by_id<T: std::fmt::Debug>(
    item: impl Strategy<Value = T>,
    id: impl Fn(&T) -> String + 'static,
) -> impl Strategy<Value = Vec<T>> {
    proptest::collection::vec(item, 0..4).prop_map(move |items| {
        let mut seen = Vec::new();
        items
            .into_iter()
            .filter(|i| {
                let id = id(i);
                let new = !seen.contains(&id);
                seen.push(id);
                new
            })
            .collect()
    })
}

fn any_event() -> impl Strategy<Value = Event> {
    (
        ("[a-f]", any_text(), any_text(), any_text(), any_text()),
        proptest::option::of(any_id()),
        texts(),
        any::<bool>(),
    )
        .prop_map(
            |((id, via, words, agreed, because), by, questions, signed)| {
                let mut e = Event::new(id, EventKind::Signed, moment());
                e.via = via;
                e.words = words;
                e.agreed = agreed;
                e.because = because;
                e.by = by;
                e.questions = questions;
                if signed {
                    e.grade = Some(Grade::Reply);
                    e.covers = vec![Section::Want, Section::Unknown("else".to_owned())];
                    e.from = Some(Stage::Asked);
                }
                e
            },
        )
}

prop_compose! {
    pub(crate) fn any_brief()(
        (title, words, place, why, cadence) in (any_text(), any_text(), any_text(), any_text(), any_text()),
        (by, on, need_by) in (proptest::option::of(any_id()), any_day(), any_day()),
        customers in by_id((any_id(), any_text(), any_text()).prop_map(|(id, name, notes)| Customer {
            id, name, role: Role::Approver, uses_for: String::new(), reach: String::new(), notes,
        }), |c| c.id.to_string()),
        readings in by_id((any_id(), any_text(), any::<bool>(), any_standing()).prop_map(|(id, text, chosen, standing)| Reading {
            id, text, chosen, standing,
        }), |r| r.id.to_string()),
        needs in by_id((any_id(), any_text(), proptest::collection::vec(any_id(), 0..3), any::<bool>(), any_standing())
            .prop_map(|(id, text, whose, same, standing)| Need {
                id, text, whose, acceptance: String::new(), same, standing,
            }), |n| n.id.to_string()),
        rankings in proptest::collection::vec((any_id(), proptest::collection::vec(any_id(), 0..3), any_day())
            .prop_map(|(by, order, on)| Ranking { by, order, on }), 0..3),
        goals in by_id((any_id(), any_text(), any_text()).prop_map(|(id, text, how)| Goal {
            id, text, how, owner: String::new(), level: Level::Unknown("planet".to_owned()),
        }), |g| g.id.to_string()),
        deliverables in by_id((any_id(), any_text(), any_standing()).prop_map(|(id, text, standing)| Deliverable {
            id, text, serves: Vec::new(), standing,
        }), |d| d.id.to_string()),
        answers in by_id(("[a-c]|a.b|é x", any_text(), texts(), any_standing()).prop_map(|(id, text, items, standing)| (
            id, Answer { text, items, standing, section: Some(Section::Scope), ..Answer::default() },
        )), |(id, _)| id.clone()),
        out in texts(),
        waivers in proptest::collection::vec((any_text(), any_text(), any_day())
            .prop_map(|(what, because, on)| Waiver { what, because, on }), 0..3),
        events in by_id(any_event(), |e| e.id.clone()),
        walk in proptest::option::of(any_place()),
        drafts in proptest::collection::vec(any_place(), 0..3),
        archived in any::<bool>(),
    ) -> Brief {
        let mut b = Brief::new(id("b"), title, "report", moment());
        b.request = Request { words, by, on, place, origin: on.map(|_| Origin::OwnIdea) };
        b.plan = Plan { need_by, appetite: why, cadence };
        b.archived = archived;
        b.stage = if archived { Stage::Unknown("limbo".to_owned()) } else { Stage::Draft };
        b.customers = customers;
        b.readings = readings;
        b.needs = needs;
        b.rankings = rankings;
        b.goals = goals;
        b.deliverables = deliverables;
        b.answers = answers.into_iter().collect();
        b.out = out;
        b.waivers = waivers;
        b.events = events;
        b.walk = walk;
        b.drafts = drafts;
        b
    }
}

/// Comments on every line and unknown keys in every section; some comments
/// stand apart from what follows.
pub(super) fn decorated(text: &str) -> String {
    let mut lines = Lines::parse(text).expect("it is TOML");
    let mut n = 0;
    let mut next = || {
        n += 1;
        n
    };
    for section in &mut lines.sections {
        if !section.header.is_empty() {
            section.lead.push_str(&format!("# h{}\n", next()));
        }
        for entry in &mut section.entries {
            entry.lead.push_str(&format!("  # l{}\n", next()));
            entry.after = format!("\t# a{}\n", next());
        }
        section.trail = format!(
            "x{} = 'y' # t\n{}# apart{}\n",
            next(),
            section.trail,
            next()
        );
    }
    lines.text()
}

/// Keys of each table, and the tables, in another order; items of one list stay
/// in theirs, which means something.
pub(super) fn shuffled(text: &str, seed: u64) -> String {
    let rank = |words: &[String]| {
        let mut hash = std::hash::DefaultHasher::new();
        std::hash::Hash::hash(&(seed, words), &mut hash);
        std::hash::Hasher::finish(&hash)
    };
    let mut lines = Lines::parse(text).expect("it is TOML");
    for section in &mut lines.sections {
        section.entries.sort_by_key(|entry| rank(&entry.key));
    }
    let top = |path: &[String]| path.get(..1).map_or(0, rank);
    lines.sections.sort_by_key(|section| top(&section.path));
    lines.text()
}

proptest! {
    #![proptest_config(crate::domain::fixture::cases(64))]

    #[test]
    fn a_new_file_reads_as_the_brief(brief in any_brief()) {
        let text = write_new(&brief);
        let loaded = load(&text);
        prop_assert_eq!(&loaded.brief, &brief, "{}", text);
    }

    #[test]
    fn any_change_reads_back_and_keeps_what_others_wrote(before in any_brief(), after in any_brief()) {
        let text = decorated(&write_new(&before));
        let loaded = load(&text);
        prop_assert!(same(&loaded.brief, &before));
        let new = write(&text, &loaded.brief, &after, Adopt::Yes);
        prop_assert!(same(&load(&new).brief, &after), "{}\n---\n{}", text, new);
        // What stands apart belongs to nothing, so it stays whatever goes.
        for line in text.lines().filter(|l| l.starts_with("# apart")) {
            prop_assert!(new.lines().any(|l| l == line), "{} is gone from\n{}", line, new);
        }
        // Tables that are there once keep everything.
        let lines = Lines::parse(&text).expect("it is TOML");
        for section in &lines.sections {
            if section.path.is_empty() || ["request", "scope", "plan"].contains(&section.path[0].as_str()) {
                for part in section.entries.iter().flat_map(|e| [e.lead.trim(), e.after.trim()]) {
                    prop_assert!(new.contains(part), "{} is gone from\n{}", part, new);
                }
                if let Some(unknown) = section.entries.iter().find(|e| e.key[0].starts_with('x')) {
                    prop_assert!(new.contains(&unknown.before));
                }
            }
        }
        // And the way back changes nothing that the way there did not.
        let back = write(&new, &after, &before, Adopt::No);
        prop_assert!(same(&load(&back).brief, &before));
        let restored = write(&text, &before, &before, Adopt::No);
        prop_assert_eq!(restored, text);
    }

    /// What is read of a file is what counts, not how it is written down.
    #[test]
    fn line_ends_comments_unknown_keys_and_the_order_of_keys_change_no_code(brief in any_brief(), seed in any::<u64>()) {
        let text = write_new(&brief);
        let code = crate::domain::Agreement::of(&load(&text).brief).code();
        let shuffled = shuffled(&decorated(&text), seed);
        for other in [
            decorated(&text),
            shuffled.clone(),
            shuffled.replace('\n', "\r\n"),
            format!("{BOM}{text}"),
        ] {
            let other = load(&other);
            prop_assert_eq!(crate::domain::Agreement::of(&other.brief).code(), code, "{}", other.text);
            prop_assert!(same(&other.brief, &brief), "{}", other.text);
        }
    }

    #[test]
    fn reading_any_text_never_panics(text in "\\PC{0,60}", cut in 0usize..2000) {
        let _ = read(Path::new("b.toml"), &id("b"), &text, moment());
        let end = problem::floor(SUPERREPORT, cut);
        let _ = read(Path::new("b.toml"), &id("b"), &SUPERREPORT[..end], moment());
    }
}
