use super::*;
use crate::checklist::{Kind, LARGEST, Test};
use crate::domain::Section;

#[test]
fn a_checklist_that_exists_has_all_its_parts() {
    let list = checklist(&with(
        "id = \"sure\"\nkind = \"choice\"\nneeded = true\nsection = \"scope\"\n\
         when = [{ question = \"purpose\", answered = true }, { question = \"needs\", more_than = 2 }]\n\
         choices = [{ value = \"yes\", label = \"Yes\" }, { value = \"no\", label = \"No\" }]",
    ));
    assert_eq!((list.id.as_str(), list.title.as_str()), ("small", "Small"));
    let sure = question(&list, "sure");
    assert_eq!(sure.kind, Kind::Choice);
    assert!(sure.needed);
    assert_eq!(sure.section, Some(Section::Scope));
    assert_eq!(sure.choices[1].label, "No");
    assert_eq!(sure.when[1].test, Test::MoreThan(2));
    assert!(sure.example.is_empty());
}

#[test]
fn a_typing_error_is_shown_with_its_place_a_caret_and_the_right_name() {
    let shown = problem(&with("id = \"x\"\nkind = \"texxt\""));
    assert_eq!(
        shown,
        "error: unknown kind `texxt`\n  \
           --> small.toml:39:8\n   \
            |\n\
         39 | kind = \"texxt\"\n   \
            |        ^^^^^^^\n   \
            |\n   \
            = hint: did you mean `text`?"
    );
}

#[test]
fn every_problem_is_reported_at_once_in_the_order_of_the_file() {
    let text = r#"
title = ""
abuot = "typing error"

[[question]]
id = "customers"
kind = "text"
ask = "Who?"
why = "Because"
put = "Who?"

[[question]]
id = "Why Not"
kind = "texxt"
ask = 3
why = "   "
section = "solutoin"
needed = "yes"
colour = "red"
when = { question = "later", is = "x" }

[[question]]
id = "customers"
kind = "choice"
ask = "Again?"
why = "Because"
put = "Again?"

[[question]]
id = "later"
kind = "yes_no"
choices = []
ask = "Later?"
why = "Because"
put = "Later?"
when = [{ question = "custmers", answered = true, is = "no" }, 5]
"#;
    let problems = check(text).unwrap_err();
    let all = problems.join("\n");
    for wanted in [
        "a checklist needs `about`",
        "`title` is empty",
        "unknown key `abuot`",
        "did you mean `about`?",
        "the question `customers` is of kind `customers`",
        "`Why Not` cannot be the id of a question",
        "like `why_not`",
        "unknown kind `texxt`",
        "`ask` must be text in quotes, this is a number",
        "`why` is empty",
        "a question needs `put`",
        "unknown section `solutoin`",
        "did you mean `solution`?",
        "`needed` must be true or false, this is text",
        "unknown key `colour`",
        "the question `later` comes later",
        "there is a question `customers` already",
        "a question of kind `choice` needs `choices`",
        "a question of kind `yes_no` has no `choices`",
        "a condition has one test, this has `is`, `answered`",
        "there is no question `custmers`",
        "did you mean `customers`?",
        "`when` must be a table, this is a number",
        "no question asks for the purpose",
        "no question asks for the needs",
        "no question asks for the order of the needs",
    ] {
        assert!(all.contains(wanted), "missing: {wanted}\n\n{all}");
    }
    let lines: Vec<usize> = problems
        .iter()
        .map(|p| {
            let place = p.split("small.toml:").nth(1).expect("each has a place");
            place.split(':').next().unwrap().parse().unwrap()
        })
        .collect();
    assert!(lines.is_sorted(), "{lines:?}");
    assert!(!all.contains('\u{1b}'), "no colour");
}

#[test]
fn broken_toml_is_shown_with_its_place_and_without_what_may_only_follow() {
    let text = BASE.replace("id = \"purpose\"", "id = \"purpose");
    let shown = problem(&text);
    assert!(shown.contains("small.toml:13:"), "{shown}");
    assert!(shown.contains("13 | id = \"purpose\n"), "{shown}");
    assert!(shown.contains('^'), "{shown}");
}

#[test]
fn what_a_syntax_error_hides_is_not_called_missing() {
    let text = BASE.replace("id = \"purpose\"", "id = ");
    let shown = problem(&text);
    assert!(shown.contains("small.toml:13:"), "{shown}");
}

#[test]
fn several_syntax_errors_and_a_wrong_kind_are_found_together() {
    let text = BASE
        .replace("title = \"Small\"", "title = Small Thing")
        .replace("kind = \"rank\"", "kind = \"rnak\"")
        .replace("ask = \"What?\"", "ask = \"What?\" \"really\"");
    let all = check(&text).unwrap_err().join("\n");
    for place in ["small.toml:2:", "small.toml:22:", "unknown kind `rnak`"] {
        assert!(all.contains(place), "missing {place}\n{all}");
    }
}

#[test]
fn a_condition_must_fit_the_question_it_looks_at() {
    let cases = [
        (
            "when = { question = \"purpose\", is = \"x\" }",
            "`purpose` has no choices to compare with",
        ),
        (
            "when = { question = \"purpose\", more_than = 1 }",
            "`purpose` is no list that could be counted",
        ),
        (
            "when = { question = \"x\", answered = true }",
            "`x` cannot look at itself",
        ),
        (
            "when = { question = \"purpose\" }",
            "a condition needs one of `is`, `is_not`, `answered`, `more_than`",
        ),
        (
            "when = { question = \"needs\", more_than = -1 }",
            "`more_than` must be a whole number from 0",
        ),
        (
            "when = { question = \"needs\", more_then = 1 }",
            "did you mean `more_than`?",
        ),
        ("when = true", "`when` must be a table"),
    ];
    for (when, wanted) in cases {
        let all = check(&with(&format!("id = \"x\"\nkind = \"text\"\n{when}")))
            .unwrap_err()
            .join("\n");
        assert!(all.contains(wanted), "{when}: {all}");
    }
}

#[test]
fn a_condition_on_a_choice_that_is_not_there_names_the_nearest() {
    let text = with("id = \"sure\"\nkind = \"yes_no\"")
        + "[[question]]\nid = \"y\"\nkind = \"text\"\nask = \"?\"\nwhy = \"!\"\nput = \"?\"\n\
           when = { question = \"sure\", is = \"yse\" }";
    let shown = problem(&text);
    assert!(shown.contains("`sure` has no choice `yse`"), "{shown}");
    assert!(shown.contains("did you mean `yes`?"), "{shown}");
}

#[test]
fn an_answer_with_a_fixed_place_keeps_its_kind_its_id_and_its_section() {
    let cases = [
        (
            "id = \"need_by\"\nkind = \"text\"",
            "`need_by` is of kind `date`",
        ),
        (
            "id = \"people\"\nkind = \"customers\"",
            "has the id `customers`",
        ),
        ("id = \"often\"\nkind = \"cadence\"", "has the id `cadence`"),
        (
            "id = \"out\"\nkind = \"list\"\nsection = \"want\"",
            "belongs to the section `scope`",
        ),
        (
            "id = \"where\"\nkind = \"text\"\nsection = \"want\"",
            "is not part of what gets signed",
        ),
        (
            "id = \"solution\"\nkind = \"text\"",
            "is the name of a check",
        ),
        (
            "id = \"origin\"\nkind = \"choice\"\nchoices = [{ value = \"asked\", label = \"a\" }, { value = \"dream\", label = \"b\" }]",
            "`origin` has no choice `dream`",
        ),
    ];
    for (lines, wanted) in cases {
        let shown = problem(&with(lines));
        assert!(shown.contains(wanted), "{lines}: {shown}");
    }
    let list = checklist(&with("id = \"out\"\nkind = \"list\""));
    assert_eq!(question(&list, "out").section, Some(Section::Scope));
}

#[test]
fn choices_are_two_to_nine_with_a_value_each() {
    let cases = [
        ("[]", "a choice has 2 to 9 values, this has 0"),
        (
            "[\"yes\", \"no\"]",
            "a choice is a table with `value` and `label`",
        ),
        ("\"yes\"", "`choices` must be a list of tables"),
        (
            "[{ value = \"a\", label = \"A\" }, { value = \"a\", label = \"B\" }]",
            "the value `a` is there twice",
        ),
        (
            "[{ value = \"a\" }, { value = \"b\", label = \"B\" }]",
            "a choice needs `label`",
        ),
        (
            "[{ value = \"A b\", label = \"A\" }, { value = \"b\", label = \"B\" }]",
            "`A b` cannot be the value of a choice",
        ),
    ];
    for (choices, wanted) in cases {
        let text = with(&format!(
            "id = \"x\"\nkind = \"choice\"\nchoices = {choices}"
        ));
        let all = check(&text).unwrap_err().join("\n");
        assert!(all.contains(wanted), "{choices}: {all}");
    }
}

#[test]
fn the_customers_come_first_and_what_starting_depends_on_is_always_asked() {
    let (head, questions) = BASE.split_once("[[question]]").unwrap();
    let mut parts: Vec<&str> = questions.split("[[question]]").collect();
    parts.swap(0, 1);
    let shown = problem(&format!("{head}[[question]]{}", parts.join("[[question]]")));
    assert!(
        shown.contains("the first question must be `customers`"),
        "{shown}"
    );

    let shown = problem(&BASE.replace(
        "id = \"needs\"",
        "id = \"needs\"\nwhen = { question = \"purpose\", answered = true }",
    ));
    assert!(shown.contains("`needs` must always be asked"), "{shown}");
    let shown = problem(&BASE.replace("more_than = 1", "more_than = 2"));
    assert!(shown.contains("`rank` must always be asked"), "{shown}");
}

#[test]
fn ranking_comes_after_the_needs() {
    let (head, rank) = BASE.split_at(BASE.rfind("[[question]]").unwrap());
    let rank = rank.replace("when = { question = \"needs\", more_than = 1 }\n", "");
    let needs = head.rfind("[[question]]").unwrap();
    let text = format!("{}{rank}{}", &head[..needs], &head[needs..]);
    let shown = problem(&text);
    assert!(
        shown.contains("no question before it asks for them"),
        "{shown}"
    );
}

#[test]
fn text_from_a_file_is_one_line_and_safe_to_show() {
    let text = with(
        "id = \"x\"\nkind = \"text\"\nadvice = \"\"\"\n  Two\r\n\tlines \\u001b[31m red\\u202e \n\"\"\"",
    );
    let list = checklist(&text);
    let advice = &question(&list, "x").advice;
    let safe = crate::domain::text::line("Two lines \u{1b}[31m red\u{202e}");
    assert_eq!(advice.trim(), safe.trim());
}

#[test]
fn too_much_text_for_the_page_is_refused() {
    let text = BASE.replace("Who is this for?", &"日本語".repeat(40));
    let shown = problem(&text);
    assert!(
        shown.contains("`ask` is 240 columns wide, the page has room for 150"),
        "{shown}"
    );
}

#[test]
fn the_caret_stands_under_the_error_after_wide_characters() {
    let text = with(
        "id = \"x\"\nkind = \"choice\"\nchoices = [{ value = \"a\", label = \"日本\" }, { value = \"B\", label = \"b\" }]",
    );
    let shown = problem(&text);
    let line = shown.lines().find(|l| l.starts_with("40 |")).unwrap();
    let caret = shown.lines().find(|l| l.contains("^^^")).unwrap();
    let column = |l: &str, at: usize| crate::domain::text::width(&l[..at]);
    assert_eq!(
        column(caret, caret.find('^').unwrap()),
        column(line, line.find("\"B\"").unwrap()),
        "{shown}"
    );
}

#[test]
fn hostile_and_odd_files_are_answered_without_a_panic() {
    let deep = format!("a = {}", "[".repeat(200_000));
    let wide = format!("{BASE}{}", "[[question]]\n".repeat(20_000));
    let line = format!("title = \"{}\"", "x".repeat(1 << 20));
    let when = with(&format!(
        "id = \"x\"\nkind = \"text\"\nwhen = [{}]",
        "{ question = \"q\" },".repeat(10_000)
    ));
    for text in [
        "",
        "\u{feff}",
        "\0\0\0",
        "question = 5",
        "question = []",
        "question = [1, 2]",
        "[question]\nid = 1",
        "= = =",
        "\"\\u001b[2J\" = 1",
        "\"\\u202egnp\u{202e}.exe\" = \u{202e}\u{2066} \u{9b}31m",
        "[[question]]\n[question.when]\n[[question.choices]]",
        "<<<<<<< HEAD\ntitle = \"a\"\n=======\ntitle = \"b\"\n>>>>>>> x",
        &deep,
        &"=\n".repeat(LARGEST / 2),
        &"[[question]]\n= \n".repeat(20_000),
        &wide,
        &line,
        &when,
        &"ü".repeat(LARGEST),
    ] {
        let problems = check(text).unwrap_err();
        assert!(!problems.is_empty());
        assert!(problems.len() < 50);
        let all = problems.join("\n");
        let hidden = |c: char| c.is_control() || "\u{202e}\u{2066}\u{9b}".contains(c);
        assert!(!all.chars().any(|c| hidden(c) && c != '\n'), "{all:?}");
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let text = format!("\u{feff}{}", BASE.replace('\n', "\r\n"));
    assert_eq!(checklist(&text), checklist(BASE));
}

#[test]
fn a_file_name_that_is_no_id_is_refused() {
    for name in ["Über uns.toml", "a b.toml", ".toml", "A.toml"] {
        let problems = parse(Path::new(name), BASE).unwrap_err();
        assert!(
            problems[0].contains("cannot be the name of a checklist"),
            "{name}"
        );
    }
}
