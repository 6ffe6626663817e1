//! The parts of a question that are tables themselves: choices and conditions.

use toml::Spanned;
use toml::de::DeValue;

use super::check::DraftCondition;
use super::fields::{At, Fields, short, wrong_type};
use super::kind::Kind;
use super::parse::{NAME, is_id};
use super::problem::Problems;
use super::{Choice, Test};

/// One for each digit key.
const MOST_CHOICES: usize = 9;
/// Columns that the page has for a label.
const LABEL: usize = 70;

const CHOICE_KEYS: [&str; 2] = ["value", "label"];
const TEST_KEYS: [&str; 4] = ["is", "is_not", "answered", "more_than"];
const CONDITION_KEYS: [&str; 5] = ["question", "is", "is_not", "answered", "more_than"];

/// The choices of a question of kind `choice`; `yes_no` has its two.
pub(super) fn choices(fields: &Fields, kind: Option<Kind>, problems: &mut Problems) -> Vec<Choice> {
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
        let value = fields.required("value", NAME, "the word for the file", problems);
        let label = fields.required("label", LABEL, "the words for the screen", problems);
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
pub(super) fn conditions(fields: &Fields, problems: &mut Problems) -> Vec<DraftCondition> {
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
    let question = fields.required("question", NAME, "the id of an earlier question", problems);
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
    let is = fields.text("is", NAME, problems);
    let is_not = fields.text("is_not", NAME, problems);
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
