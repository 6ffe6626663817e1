//! A checklist file becomes a [`Checklist`], or the list of everything that is
//! wrong with it.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::{self, Draft, DraftCondition};
use super::fields::{At, Fields, short, wrong_type};
use super::kind::Kind;
use super::problem::{Problems, did_you_mean};
use super::{Checklist, Choice, Test};
use crate::domain::Section;

/// Larger files are refused unread, in bytes: 100 MB of TOML take 15 seconds
/// and 2.7 GB to parse.
pub const LARGEST: usize = 2 << 20;

/// More questions than this are no checklist any more.
const MOST_QUESTIONS: usize = 60;
/// One for each digit key.
const MOST_CHOICES: usize = 9;

/// Columns that the page has for each text: two lines of an 80-column screen
/// for most, and room for a translation that runs longer than the English.
mod room {
    pub const TITLE: usize = 60;
    pub const ABOUT: usize = 120;
    pub const ASK: usize = 150;
    pub const WHY: usize = 200;
    pub const EXAMPLE: usize = 200;
    pub const PUT: usize = 200;
    pub const ADVICE: usize = 200;
    pub const LABEL: usize = 70;
    pub const NAME: usize = 64;
}

const CHECKLIST_KEYS: [&str; 3] = ["title", "about", "question"];
const QUESTION_KEYS: [&str; 11] = [
    "id", "kind", "ask", "why", "example", "put", "advice", "choices", "needed", "section", "when",
];
const CHOICE_KEYS: [&str; 2] = ["value", "label"];
const TEST_KEYS: [&str; 4] = ["is", "is_not", "answered", "more_than"];
const CONDITION_KEYS: [&str; 5] = ["question", "is", "is_not", "answered", "more_than"];

/// Checks one file: the checklist, or every problem in it, in the order of the
/// file, each with line, column and caret, without colour and safe to show.
///
/// The checklist's id is the name of the file without `.toml`.
pub fn parse(path: &Path, text: &str) -> Result<Checklist, Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > LARGEST {
        let mut problems = Problems::new(path, "");
        problems.add(0..0, too_large(text.len() as u64), "");
        return Err(problems.render());
    }
    let mut problems = Problems::new(path, text);
    let id = id_of(path, &mut problems);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        problems.add_syntax(error.span().unwrap_or(0..0), error.message());
    }
    // The span of the document is the whole text: what is missing from it is
    // shown at its first line.
    let root = Fields::new(document.get_ref(), 0..0, "a checklist");
    root.check_keys(&CHECKLIST_KEYS, &mut problems);
    let title = root.required(
        "title",
        room::TITLE,
        "write it like title = \"A request\"",
        &mut problems,
    );
    let about = root.required(
        "about",
        room::ABOUT,
        "say in one line when to use it",
        &mut problems,
    );
    let drafts = questions(&root, &mut problems);
    check::all(&drafts, root.at(), &mut problems);

    if !problems.is_empty() {
        return Err(problems.render());
    }
    let questions: Option<Vec<_>> = drafts.into_iter().map(Draft::into_question).collect();
    let checklist = || {
        Some(Checklist {
            id: id?,
            title: title?.value,
            about: about?.value,
            questions: questions?,
        })
    };
    // Whatever leaves a part empty has recorded a problem above.
    checklist().ok_or_else(Vec::new)
}

/// What is said of a file that is too large to be read.
pub(super) fn too_large(bytes: u64) -> String {
    format!(
        "the file has {} MiB, a checklist has at most {} MiB",
        bytes.div_ceil(1 << 20),
        LARGEST >> 20
    )
}

/// Whether a checklist can have this id: it is a file name and a word on the
/// command line.
pub(super) fn is_id(id: &str) -> bool {
    (1..=room::NAME).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
}

fn id_of(path: &Path, problems: &mut Problems) -> Option<String> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    if is_id(&stem) {
        return Some(stem.into_owned());
    }
    problems.add(
        0..0,
        format!("`{}` cannot be the name of a checklist", short(&stem)),
        "name the file with small letters, digits, - and _, like our-team.toml",
    );
    None
}

fn questions(root: &Fields, problems: &mut Problems) -> Vec<Draft> {
    let Some(value) = root.get("question") else {
        problems.add_missing(
            root.at(),
            "a checklist needs questions",
            "begin each with a line [[question]]",
        );
        return Vec::new();
    };
    let Some(items) = value.get_ref().as_array() else {
        wrong_type(value, "question", "a list of tables", problems);
        return Vec::new();
    };
    if let Some(first_too_many) = items.get(MOST_QUESTIONS) {
        problems.add(
            first_too_many.span(),
            format!("a checklist has at most {MOST_QUESTIONS} questions"),
            "",
        );
    }
    if items.is_empty() {
        problems.add_missing(value.span(), "a checklist needs questions", "");
    }
    let mut drafts = Vec::new();
    for item in items.iter().take(MOST_QUESTIONS) {
        match item.get_ref().as_table() {
            Some(table) => drafts.push(question(table, item, problems)),
            None => wrong_type(item, "question", "a table", problems),
        }
    }
    drafts
}

fn question(table: &DeTable, item: &Spanned<DeValue>, problems: &mut Problems) -> Draft {
    let fields = Fields::new(table, item.span(), "a question");
    fields.check_keys(&QUESTION_KEYS, problems);
    let kind = kind(&fields, problems);
    Draft {
        at: fields.at(),
        id: question_id(&fields, problems),
        ask: fields.required("ask", room::ASK, "the wording for the worker", problems),
        why: fields.required("why", room::WHY, "one line: why it matters", problems),
        put: fields.required("put", room::PUT, "the wording for the customer", problems),
        example: fields.text("example", room::EXAMPLE, problems),
        advice: fields.text("advice", room::ADVICE, problems),
        choices: choices(&fields, kind.as_ref().map(|k| k.value), problems),
        kind,
        needed: fields.flag("needed", problems).is_some_and(|n| n.value),
        section: section(&fields, problems),
        when: conditions(&fields, problems),
    }
}

fn question_id(fields: &Fields, problems: &mut Problems) -> Option<At<String>> {
    let id = fields.required("id", room::NAME, "like id = \"must_not_lose\"", problems)?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if id.value.chars().all(fits) {
        return Some(id);
    }
    let better: String = id
        .value
        .to_lowercase()
        .chars()
        .map(|c| if fits(c) { c } else { '_' })
        .collect();
    let hint = if better.chars().any(|c| c != '_') {
        format!("use small letters, digits and _, like `{better}`")
    } else {
        "use small letters, digits and _".to_owned()
    };
    let what = format!("`{}` cannot be the id of a question", short(&id.value));
    problems.add(id.at, what, hint);
    None
}

fn kind(fields: &Fields, problems: &mut Problems) -> Option<At<Kind>> {
    let word = fields.required("kind", room::NAME, "like kind = \"text\"", problems)?;
    let Some(kind) = Kind::from_word(&word.value) else {
        let words = Kind::ALL.map(Kind::word);
        let near = did_you_mean(&word.value, words);
        let hint = if near.is_empty() {
            format!("the kinds are {}", words.join(", "))
        } else {
            near
        };
        let what = format!("unknown kind `{}`", short(&word.value));
        problems.add(word.at, what, hint);
        return None;
    };
    Some(At {
        value: kind,
        at: word.at,
    })
}

fn section(fields: &Fields, problems: &mut Problems) -> Option<At<Section>> {
    let word = fields.text("section", room::NAME, problems)?;
    let section = Section::from_word(&word.value);
    if !section.is_known() {
        let near = did_you_mean(&word.value, Section::WORDS.iter().copied());
        let hint = if near.is_empty() {
            format!("the sections are {}", Section::WORDS.join(", "))
        } else {
            near
        };
        let what = format!("unknown section `{}`", short(&word.value));
        problems.add(word.at, what, hint);
        return None;
    }
    Some(At {
        value: section,
        at: word.at,
    })
}

/// The choices of a question of kind `choice`; `yes_no` has its two.
fn choices(fields: &Fields, kind: Option<Kind>, problems: &mut Problems) -> Vec<Choice> {
    let value = fields.get("choices");
    match (kind, value) {
        (Some(Kind::Choice), Some(value)) => read_choices(value, problems),
        (Some(Kind::Choice), None) => {
            problems.add_missing(
                fields.at(),
                "a question of kind `choice` needs `choices`",
                "like choices = [{ value = \"yes\", label = \"Yes, they said so\" }, ...]",
            );
            Vec::new()
        }
        (Some(kind), Some(value)) => {
            problems.add(
                value.span(),
                format!("a question of kind `{}` has no `choices`", kind.word()),
                if kind == Kind::YesNo {
                    "yes and no are there by themselves; for others use kind `choice`"
                } else {
                    "take them out, or use kind `choice`"
                },
            );
            Vec::new()
        }
        (Some(Kind::YesNo), None) => [("yes", "Yes"), ("no", "No")]
            .map(|(value, label)| Choice {
                value: value.to_owned(),
                label: label.to_owned(),
            })
            .to_vec(),
        _ => Vec::new(),
    }
}

fn read_choices(value: &Spanned<DeValue>, problems: &mut Problems) -> Vec<Choice> {
    let Some(items) = value.get_ref().as_array() else {
        wrong_type(value, "choices", "a list of tables", problems);
        return Vec::new();
    };
    if !(2..=MOST_CHOICES).contains(&items.len()) {
        problems.add(
            value.span(),
            format!(
                "a choice has 2 to {MOST_CHOICES} values, this has {}",
                items.len()
            ),
            "",
        );
    }
    let mut choices: Vec<Choice> = Vec::new();
    for item in items.iter().take(MOST_CHOICES) {
        let Some(table) = item.get_ref().as_table() else {
            problems.add(
                item.span(),
                "a choice is a table with `value` and `label`",
                "like { value = \"yes\", label = \"Yes, they said so\" }",
            );
            continue;
        };
        let fields = Fields::new(table, item.span(), "a choice");
        fields.check_keys(&CHOICE_KEYS, problems);
        let value = fields.required("value", room::NAME, "the word for the file", problems);
        let label = fields.required("label", room::LABEL, "the words for the screen", problems);
        if let Some(value) = &value {
            if !is_id(&value.value) {
                problems.add(
                    value.at.clone(),
                    format!("`{}` cannot be the value of a choice", short(&value.value)),
                    "use small letters, digits, - and _; the label may say anything",
                );
            } else if choices.iter().any(|c| c.value == value.value) {
                problems.add(
                    value.at.clone(),
                    format!("the value `{}` is there twice", value.value),
                    "",
                );
            }
        }
        if let (Some(value), Some(label)) = (value, label) {
            choices.push(Choice {
                value: value.value,
                label: label.value,
            });
        }
    }
    choices
}

/// `when` is one table, or a list of tables that must all hold.
fn conditions(fields: &Fields, problems: &mut Problems) -> Vec<DraftCondition> {
    let Some(value) = fields.get("when") else {
        return Vec::new();
    };
    let tables: Vec<&Spanned<DeValue>> = match value.get_ref() {
        DeValue::Table(_) => vec![value],
        DeValue::Array(items) => items.iter().collect(),
        _ => {
            wrong_type(value, "when", "a table", problems);
            return Vec::new();
        }
    };
    tables
        .into_iter()
        .filter_map(|item| condition(item, problems))
        .collect()
}

fn condition(item: &Spanned<DeValue>, problems: &mut Problems) -> Option<DraftCondition> {
    let Some(table) = item.get_ref().as_table() else {
        wrong_type(item, "when", "a table", problems);
        return None;
    };
    let fields = Fields::new(table, item.span(), "a condition");
    fields.check_keys(&CONDITION_KEYS, problems);
    let question = fields.required(
        "question",
        room::NAME,
        "the id of an earlier question",
        problems,
    );
    let given: Vec<&str> = TEST_KEYS
        .into_iter()
        .filter(|key| fields.get(key).is_some())
        .collect();
    if given.is_empty() {
        let what = "a condition needs one of `is`, `is_not`, `answered`, `more_than`";
        problems.add_missing(fields.at(), what, "");
    } else if given.len() > 1 {
        let what = format!(
            "a condition has one test, this has `{}`",
            given.join("`, `")
        );
        let hint = "write when = [{ ... }, { ... }] for two that must both hold";
        problems.add(fields.at(), what, hint);
    }
    let is = fields.text("is", room::NAME, problems);
    let is_not = fields.text("is_not", room::NAME, problems);
    let answered = fields.flag("answered", problems);
    let more_than = fields.count("more_than", problems);
    let test = is
        .map(|v| At {
            value: Test::Is(v.value),
            at: v.at,
        })
        .or(is_not.map(|v| At {
            value: Test::IsNot(v.value),
            at: v.at,
        }))
        .or(answered.map(|v| At {
            value: Test::Answered(v.value),
            at: v.at,
        }))
        .or(more_than.map(|v| At {
            value: Test::MoreThan(v.value),
            at: v.at,
        }));
    Some(DraftCondition {
        question: question?,
        test: test?,
    })
}
