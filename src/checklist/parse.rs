//! A checklist file becomes a [`Checklist`], or the list of everything that is
//! wrong with it.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::{self, Draft};
use super::fields::{At, Fields, short, wrong_type};
use super::kind::Kind;
use super::parts::{choices, conditions};
use super::problem::{Problems, did_you_mean};
use super::{CHECK_IN, Checklist};
use crate::domain::Section;
use crate::domain::check_in::Phase;

/// Larger files are refused unread, in bytes: 100 MB of TOML take 15 seconds
/// and 2.7 GB to parse.
pub const LARGEST: usize = 2 << 20;

/// More questions than this are no checklist any more.
const MOST_QUESTIONS: usize = 60;

/// Longer ids and words are refused.
pub(super) const NAME: usize = 64;

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
}

const CHECKLIST_KEYS: [&str; 3] = ["title", "about", "question"];
const QUESTION_KEYS: [&str; 12] = [
    "id", "kind", "ask", "why", "example", "put", "advice", "choices", "needed", "section", "when",
    "phase",
];

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
        if problems.is_full() {
            break;
        }
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
    if id.as_deref() == Some(CHECK_IN) {
        check::check_in(&drafts, &mut problems);
    } else {
        check::all(&drafts, root.at(), &mut problems);
    }

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
    (1..=NAME).contains(&id.len())
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
        phase: phase(&fields, problems),
    }
}

fn question_id(fields: &Fields, problems: &mut Problems) -> Option<At<String>> {
    let id = fields.required("id", NAME, "like id = \"must_not_lose\"", problems)?;
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
    let word = fields.required("kind", NAME, "like kind = \"text\"", problems)?;
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

fn phase(fields: &Fields, problems: &mut Problems) -> Option<At<Phase>> {
    let word = fields.text("phase", NAME, problems)?;
    let phase = Phase::from_word(&word.value);
    if !phase.is_known() {
        let near = did_you_mean(&word.value, Phase::WORDS.iter().copied());
        let hint = if near.is_empty() {
            format!("the phases are {}", Phase::WORDS.join(", "))
        } else {
            near
        };
        let what = format!("unknown phase `{}`", short(&word.value));
        problems.add(word.at, what, hint);
        return None;
    }
    Some(At {
        value: phase,
        at: word.at,
    })
}

fn section(fields: &Fields, problems: &mut Problems) -> Option<At<Section>> {
    let word = fields.text("section", NAME, problems)?;
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
