//! From the text of a file to a brief.

use std::ops::Range;

use toml::de::DeTable;

use super::fields::{Reader, in_order};
use super::names::{Names, Reference};
use super::{ids, syntax};
use crate::domain::brief::FORMAT;
use crate::domain::{
    Answer, Answers, Brief, BriefId, Conflict, Customer, Deliverable, Event, EventKind, Goal,
    Grade, ItemId, Level, Moment, Need, Origin, Plan, Ranking, Reading, Request, Role, Section,
    Shortcut, Stage, Waiver, WalkPlace,
};

const ROOT: [&str; 24] = [
    "format",
    "id",
    "title",
    "owner",
    "checklist",
    "stage",
    "created",
    "archived",
    "request",
    "customer",
    "reading",
    "answer",
    "need",
    "ranking",
    "goal",
    "deliverable",
    "scope",
    "plan",
    "walk",
    "draft",
    "waiver",
    "shortcut",
    "conflict",
    "event",
];
const STANDING: [&str; 5] = ["basis", "by", "on", "why", "ask"];

/// What a text says, with what is missing in it.
pub(in crate::storage) struct Raw {
    pub brief: Brief,
    pub has_created: bool,
    /// The format in the file; `None` where there is none.
    pub format: Option<i64>,
    pub id: Option<String>,
    /// Names that are nobody's.
    pub dangling: Vec<Reference>,
}

/// Reads the tables of a document. `id` is that of the file; `created` stands
/// in where the file has none.
pub(super) fn brief(
    r: &mut Reader<'_>,
    root: &DeTable<'_>,
    id: BriefId,
    created: Moment,
    by_name: bool,
) -> Raw {
    let format = r.number(root, "format");
    let given = r.some_text(root, "id");
    let title = r.text(root, "title");
    let checklist = r.some_text(root, "checklist");
    let mut brief = Brief::new(
        id,
        title,
        checklist.as_deref().unwrap_or("request"),
        created,
    );
    brief.format = format.unwrap_or(FORMAT);
    brief.owner = r.text(root, "owner");
    if let Some(word) = r.some_text(root, "stage") {
        brief.stage = Stage::from_word(&word);
        if !brief.stage.is_known() {
            r.unknown_word(root, "stage", &word, Stage::WORDS);
        }
    }
    let made = r.moment(root, "created");
    brief.created = made.unwrap_or(created);
    brief.archived = r.flag(root, "archived");
    r.unknown_keys(root, &ROOT);

    let mut names = Names {
        by_name,
        ..Names::default()
    };
    brief.customers = customers(r, root);
    names.customers = brief
        .customers
        .iter()
        .map(|c| (c.id.clone(), c.name.clone()))
        .collect();
    if let Some(table) = r.table(root, "request") {
        brief.request = request(r, table, &mut names);
    }
    brief.readings = readings(r, root, &mut names);
    brief.answers = answers(r, root, &mut names);
    brief.needs = needs(r, root, &mut names);
    names.needs = brief.needs.iter().map(|n| n.id.clone()).collect();
    brief.rankings = rankings(r, root, &mut names);
    brief.goals = goals(r, root);
    brief.deliverables = deliverables(r, root, &mut names);
    if let Some(table) = r.table(root, "scope") {
        brief.out = r.plain_texts(table, "out");
        r.unknown_keys(table, &["out"]);
    }
    if let Some(table) = r.table(root, "plan") {
        brief.plan = Plan {
            need_by: r.day(table, "need_by"),
            appetite: r.text(table, "appetite"),
            cadence: r.text(table, "cadence"),
        };
        r.unknown_keys(table, &["need_by", "appetite", "cadence"]);
    }
    for (table, _) in r.tables(root, "waiver") {
        brief.waivers.push(Waiver {
            what: r.text(table, "what"),
            because: r.text(table, "because"),
            on: r.day(table, "on"),
        });
        r.unknown_keys(table, &["what", "because", "on"]);
    }
    brief.shortcuts = shortcuts(r, root);
    brief.conflicts = conflicts(r, root);
    brief.events = events(r, root, &mut names, brief.created);
    if let Some(table) = r.table(root, "walk") {
        brief.walk = Some(place(r, table, &mut names));
    }
    brief.drafts = drafts(r, root, &mut names);
    Raw {
        brief,
        has_created: made.is_some(),
        format,
        id: given,
        dangling: names.dangling,
    }
}

/// What was typed and not taken.
pub(super) fn drafts(r: &mut Reader<'_>, root: &DeTable<'_>, names: &mut Names) -> Vec<WalkPlace> {
    let tables = r.tables(root, "draft");
    let drafts = tables.into_iter().map(|(table, _)| place(r, table, names));
    drafts.collect()
}

fn place(r: &mut Reader<'_>, table: &DeTable<'_>, names: &mut Names) -> WalkPlace {
    let has_standing = STANDING.iter().any(|key| table.get(*key).is_some());
    WalkPlace {
        at: r.text(table, "at"),
        draft: r.text(table, "draft"),
        field: r.text(table, "field"),
        row: r
            .number(table, "row")
            .and_then(|row| usize::try_from(row).ok()),
        standing: has_standing.then(|| names.standing(r, table)),
    }
}

/// The goals of a goals list or a brief.
pub(super) fn goals(r: &mut Reader<'_>, root: &DeTable<'_>) -> Vec<Goal> {
    let tables = r.tables(root, "goal");
    let ids = item_ids(r, "goal", &tables);
    tables
        .into_iter()
        .zip(ids)
        .map(|((t, _), id)| {
            let level = r.some_text(t, "level");
            let level = level.map_or_else(Level::default, |word| {
                let level = Level::from_word(&word);
                if !level.is_known() {
                    r.unknown_word(t, "level", &word, Level::WORDS);
                }
                level
            });
            r.unknown_keys(t, &["id", "level", "owner", "text", "how"]);
            Goal {
                id,
                level,
                owner: r.text(t, "owner"),
                text: r.text(t, "text"),
                how: r.text(t, "how"),
            }
        })
        .collect()
}

fn known(own: &[&'static str]) -> Vec<&'static str> {
    own.iter().chain(&STANDING).copied().collect()
}

/// Ids of the items of a list; those made up or replaced get a note.
fn item_ids(
    r: &mut Reader<'_>,
    list: &str,
    tables: &[(&DeTable<'_>, Range<usize>)],
) -> Vec<ItemId> {
    let given: Vec<(String, String)> = tables
        .iter()
        .map(|(t, _)| {
            let text = |key: &str| t.get(key).and_then(|v| v.get_ref().as_str()).unwrap_or("");
            (r.text(t, "id"), ids::text_of(list, text).to_owned())
        })
        .collect();
    let borrowed: Vec<(&str, &str)> = given
        .iter()
        .map(|(i, t)| (i.as_str(), t.as_str()))
        .collect();
    let ids = ids::assign(&borrowed);
    for (((given, _), id), (table, span)) in given.iter().zip(&ids).zip(tables) {
        if !given.is_empty() && given != id.as_str() {
            let span = table.get("id").map_or(span.clone(), |v| v.span());
            let why = match ItemId::parse(given) {
                Ok(_) => format!("there is another {list} with the id `{given}`"),
                Err(error) => format!("`{given}` cannot be an id ({error})"),
            };
            r.note(&span, format!("{why}; it is called `{id}` here"));
        }
    }
    ids
}

fn customers(r: &mut Reader<'_>, root: &DeTable<'_>) -> Vec<Customer> {
    let tables = r.tables(root, "customer");
    let ids = item_ids(r, "customer", &tables);
    tables
        .into_iter()
        .zip(ids)
        .map(|((t, _), id)| {
            let role = r.some_text(t, "role").map_or_else(Role::default, |word| {
                let role = Role::from_word(&word);
                if !role.is_known() {
                    r.unknown_word(t, "role", &word, Role::WORDS);
                }
                role
            });
            r.unknown_keys(t, &["id", "name", "role", "uses_for", "reach", "notes"]);
            Customer {
                id,
                name: r.text(t, "name"),
                role,
                uses_for: r.text(t, "uses_for"),
                reach: r.text(t, "reach"),
                notes: r.text(t, "notes"),
            }
        })
        .collect()
}

fn request(r: &mut Reader<'_>, t: &DeTable<'_>, names: &mut Names) -> Request {
    let origin = r.some_text(t, "origin").map(|word| {
        let origin = Origin::from_word(&word);
        if !origin.is_known() {
            r.unknown_word(t, "origin", &word, Origin::WORDS);
        }
        origin
    });
    r.unknown_keys(t, &["words", "by", "on", "where", "origin"]);
    Request {
        words: r.text(t, "words"),
        by: names.one(r, t, "by"),
        on: r.day(t, "on"),
        place: r.text(t, "where"),
        origin,
    }
}

fn readings(r: &mut Reader<'_>, root: &DeTable<'_>, names: &mut Names) -> Vec<Reading> {
    let tables = r.tables(root, "reading");
    let ids = item_ids(r, "reading", &tables);
    tables
        .into_iter()
        .zip(ids)
        .map(|((t, _), id)| {
            r.unknown_keys(t, &known(&["id", "text", "chosen"]));
            Reading {
                id,
                text: r.text(t, "text"),
                chosen: r.flag(t, "chosen"),
                standing: names.standing(r, t),
            }
        })
        .collect()
}

fn answers(r: &mut Reader<'_>, root: &DeTable<'_>, names: &mut Names) -> Answers {
    let Some(table) = r.table(root, "answer") else {
        return Answers::default();
    };
    let mut answers = Vec::new();
    for (key, _) in in_order(table) {
        let Some(t) = r.table_in(table, key.get_ref(), "answer.") else {
            continue;
        };
        r.unknown_keys(t, &known(&["text", "items", "question", "put", "section"]));
        let section = r.some_text(t, "section").map(|word| {
            let section = Section::from_word(&word);
            if !section.is_known() {
                r.unknown_word(t, "section", &word, Section::WORDS);
            }
            section
        });
        let answer = Answer {
            text: r.text(t, "text"),
            items: r.plain_texts(t, "items"),
            standing: names.standing(r, t),
            question: r.text(t, "question"),
            put: r.text(t, "put"),
            section,
        };
        answers.push((key.get_ref().clone().into_owned(), answer));
    }
    answers.into_iter().collect()
}

fn needs(r: &mut Reader<'_>, root: &DeTable<'_>, names: &mut Names) -> Vec<Need> {
    let tables = r.tables(root, "need");
    let ids = item_ids(r, "need", &tables);
    tables
        .into_iter()
        .zip(ids)
        .map(|((t, _), id)| {
            r.unknown_keys(t, &known(&["id", "text", "for", "acceptance", "same"]));
            Need {
                id,
                text: r.text(t, "text"),
                whose: names.many(r, t, "for"),
                acceptance: r.text(t, "acceptance"),
                same: r.flag(t, "same"),
                standing: names.standing(r, t),
            }
        })
        .collect()
}

fn rankings(r: &mut Reader<'_>, root: &DeTable<'_>, names: &mut Names) -> Vec<Ranking> {
    let mut rankings = Vec::new();
    for (t, span) in r.tables(root, "ranking") {
        r.unknown_keys(t, &["by", "order", "on"]);
        let order = names.needs(r, t, "order");
        let on = r.day(t, "on");
        match names.one(r, t, "by") {
            Some(by) => rankings.push(Ranking { by, order, on }),
            None => r.note(&span, "a ranking without `by` is left out: whose is it?"),
        }
    }
    rankings
}

fn deliverables(r: &mut Reader<'_>, root: &DeTable<'_>, names: &mut Names) -> Vec<Deliverable> {
    let tables = r.tables(root, "deliverable");
    let ids = item_ids(r, "deliverable", &tables);
    tables
        .into_iter()
        .zip(ids)
        .map(|((t, _), id)| {
            r.unknown_keys(t, &known(&["id", "text", "serves"]));
            Deliverable {
                id,
                text: r.text(t, "text"),
                serves: names.needs(r, t, "serves"),
                standing: names.standing(r, t),
            }
        })
        .collect()
}

fn shortcuts(r: &mut Reader<'_>, root: &DeTable<'_>) -> Vec<Shortcut> {
    let tables = r.tables(root, "shortcut");
    let ids = item_ids(r, "shortcut", &tables);
    tables
        .into_iter()
        .zip(ids)
        .map(|((t, _), id)| {
            r.unknown_keys(t, &["id", "text", "pay_back", "on", "paid"]);
            Shortcut {
                id,
                text: r.text(t, "text"),
                pay_back: r.day(t, "pay_back"),
                on: r.day(t, "on"),
                paid: r.day(t, "paid"),
            }
        })
        .collect()
}

fn conflicts(r: &mut Reader<'_>, root: &DeTable<'_>) -> Vec<Conflict> {
    let tables = r.tables(root, "conflict");
    let read = tables.into_iter().map(|(t, _)| Conflict {
        place: r.text(t, "place"),
        versions: r.plain_texts(t, "versions"),
    });
    read.collect()
}

fn events(
    r: &mut Reader<'_>,
    root: &DeTable<'_>,
    names: &mut Names,
    created: Moment,
) -> Vec<Event> {
    let tables = r.tables(root, "event");
    let given: Vec<String> = tables.iter().map(|(t, _)| r.text(t, "id")).collect();
    let ids = ids::for_events(given.iter().map(String::as_str));
    tables
        .into_iter()
        .zip(ids)
        .map(|((t, _), id)| {
            let kind = EventKind::from_word(&r.text(t, "kind"));
            let at = r.moment(t, "at").unwrap_or(created);
            let mut event = Event::new(id, kind, at);
            event.who = r.text(t, "who");
            event.by = names.past(r, t, "by");
            event.to = names.past(r, t, "to");
            event.via = r.text(t, "via");
            event.words = r.text(t, "words");
            event.code = r.text(t, "code");
            event.agreed = r.text(t, "agreed");
            event.covers = r
                .plain_texts(t, "covers")
                .iter()
                .map(|word| Section::from_word(word))
                .collect();
            event.grade = r.some_text(t, "grade").map(|word| Grade::from_word(&word));
            event.questions = r.plain_texts(t, "questions");
            event.because = r.text(t, "because");
            event.format = r.text(t, "format");
            event.digest = r.text(t, "digest");
            event.from = r.some_text(t, "from").map(|word| Stage::from_word(&word));
            event.undoes = r.text(t, "undoes");
            event.until = r.moment(t, "until");
            event.on = r.day(t, "on");
            event.spent = r.text(t, "spent");
            event.answers = r.plain_texts(t, "answers");
            event.remarks = r.plain_texts(t, "remarks");
            event.shown = r.plain_texts(t, "shown");
            event.key = r.text(t, "key");
            event.signature = r.text(t, "signature");
            event
        })
        .collect()
}

/// Conflict markers that hide in texts of several lines, where the file is
/// still valid.
pub(super) fn conflict_note(r: &mut Reader<'_>) {
    if let Some(span) = syntax::conflict(r.text) {
        r.note(
            &span,
            format!(
                "two versions were not joined by git: {}",
                syntax::CONFLICT_HINT
            ),
        );
    }
}
