//! `new --plain`: the walk as lines.

use crate::support::TestDir;

/// Answers to the whole `report` checklist, in its order.
const ANSWERS: &str = "\
Dana Reyes <dana.reyes@example.com> (requester): profiles for HR
Human Resources (receiver): writes job profiles

I'd like to understand what my analysts are doing all day.
How many tickets we get
Which kinds of work the desk resolves

2 @told dana on 2026-02-04
HR decides on job profiles in March @told dana
Excel
Types of work, with a share for each (for Dana, HR) => HR can fill in a profile
";

#[test]
fn the_first_answers_are_saved_line_by_line() {
    let dir = TestDir::new();
    let walked = dir
        .run_with(
            "new \"What my analysts do\" --plain --checklist report",
            ANSWERS,
        )
        .done();
    assert!(walked.stdout.contains("1 of "), "{walked:#?}");
    assert!(walked.stdout.contains("Why: "), "{walked:#?}");
    assert!(
        walked
            .stdout
            .contains("--plain --resume what-my-analysts-do-"),
        "{walked:#?}"
    );
    let text = std::fs::read_to_string(dir.brief("what-my")).unwrap();
    for part in [
        "Dana Reyes",
        "dana.reyes@example.com",
        "uses_for = \"writes job profiles\"",
        "understand what my analysts are doing",
        "HR decides on job profiles in March",
        "acceptance = \"HR can fill in a profile\"",
    ] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    assert!(text.contains("2026-02-04"), "{text}");
}

#[test]
fn a_walk_that_was_left_goes_on_where_it_stopped() {
    let dir = TestDir::new();
    dir.run_with(
        "new \"Kinds of work\" --plain --checklist quick",
        "Dana\n\nJust look at it\n",
    )
    .done();
    let on = dir
        .run_with(
            "new --plain --resume kinds",
            "She plans with it @told dana\n",
        )
        .done();
    let text = std::fs::read_to_string(dir.brief("kinds")).unwrap();
    assert!(text.contains("She plans with it"), "{text}");
    assert!(!on.stdout.contains("1 of "), "{}", on.stdout);
    assert!(on.stdout.contains("3 of "), "{}", on.stdout);
}

#[test]
fn the_quick_walk_runs_to_the_end_and_says_what_is_missing() {
    let dir = TestDir::new();
    let input = "\
Dana Reyes

Just look at it
She plans with it @told dana
A table @told dana => she can sort it
On Monday
by noon

2 1
One sheet #1 #2

";
    let walked = dir
        .run_with("new \"Kinds of work\" --plain --checklist quick", input)
        .done();
    assert!(
        walked.stdout.contains("That was the last question"),
        "{}",
        walked.stdout
    );
    assert!(
        walked.stdout.contains("nobody has said yes to the need"),
        "{}",
        walked.stdout
    );
    assert!(
        walked.stdout.contains("askfirst share kinds-of-work-"),
        "{}",
        walked.stdout
    );
    let shown = dir.run("show kinds --json").done().json();
    let needs: Vec<_> = shown["brief"]["needs"]
        .as_array()
        .or_else(|| shown["brief"]["need"].as_array())
        .unwrap_or_else(|| panic!("{shown:#}"))
        .iter()
        .map(|need| need["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(needs, ["On Monday", "A table"]);
    assert_eq!(
        shown["gaps"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|g| g.as_str().unwrap().contains("no part serves"))
            .count(),
        0
    );
}

#[test]
fn i_do_not_know_makes_a_question_for_the_customer() {
    let dir = TestDir::new();
    let walked = dir
        .run_with(
            "new \"Kinds of work\" --plain --checklist quick",
            "Dana\n\nlook\n?\n",
        )
        .done();
    assert!(
        walked.stdout.contains("a question for Dana"),
        "{}",
        walked.stdout
    );
    let shown = dir.run("show kinds --json").done().json();
    assert_eq!(shown["questions"][0]["question"], "purpose");
    assert!(!shown["questions"][0]["put"].as_str().unwrap().is_empty());
}

#[test]
fn back_goes_back_and_a_mark_that_makes_no_sense_is_asked_again() {
    let dir = TestDir::new();
    let input = "Dana\n\nlook\n<\nlook here\nplans @told nobody\nplans @told dana\n";
    let walked = dir
        .run_with("new \"Kinds\" --plain --checklist quick", input)
        .done();
    assert!(
        walked
            .stdout
            .contains("\"nobody\" is not among the customers"),
        "{}",
        walked.stdout
    );
    let text = std::fs::read_to_string(dir.brief("kinds")).unwrap();
    assert!(
        text.contains("look here") && text.contains("plans"),
        "{text}"
    );
}

#[test]
fn needs_are_ranked_by_pairs_too() {
    let dir = TestDir::new();
    let input = "Dana\n\nlook\nplans\na => x\nb => y\nc => z\n\npairs\n2\n1\n2\n2\n1\n2\n";
    let walked = dir
        .run_with("new \"Kinds\" --plain --checklist quick", input)
        .done();
    assert!(
        walked.stdout.contains("Which matters more?"),
        "{}",
        walked.stdout
    );
}

#[test]
fn a_walk_without_title_asks_for_one_and_names_the_file_after_it() {
    let dir = TestDir::new();
    let walked = dir.run_with("new --plain", "Kinds of work\nDana\n").done();
    assert!(
        walked.stdout.contains("--resume kinds-of-work-"),
        "{}",
        walked.stdout
    );
    assert!(
        !walked.stdout.contains("untitled"),
        "that name is gone: {}",
        walked.stdout
    );
    dir.brief("kinds-of-work-");
}

#[test]
fn odd_input_never_stops_the_walk() {
    let dir = TestDir::new();
    let mut input = b"\x1b[31m evil \xff bytes\n? nobody\n- 99\n-\n<\n<\n".to_vec();
    input.extend("x".repeat(300_000).bytes());
    input.extend(b"\n=\n=>\n#1\n@told\n@not-needed\n:\n");
    for _ in 0..60 {
        input.extend(b"9\n");
    }
    let walked = dir.run_with("new Odd --plain", input).done();
    assert!(!walked.stdout.contains('\u{1b}'));
    dir.run("show odd").done();
}

#[test]
fn a_cadence_is_picked_by_number_or_typed() {
    let dir = TestDir::new();
    let skip = "Dana\n\n".to_owned() + &"\n".repeat(40);
    dir.run_with("new Kinds --plain --checklist report", skip)
        .done();
    let shown = dir.run("show kinds --json").done().json();
    assert_eq!(shown["stage"], "draft");
    let text = std::fs::read_to_string(dir.brief("kinds")).unwrap();
    assert!(!text.contains("[walk]"), "the walk is over: {text}");
    // Take it up at the last question.
    let name = format!(
        ".askfirst/{}",
        dir.brief("kinds").file_name().unwrap().to_str().unwrap()
    );
    dir.write(&name, format!("{text}\n[walk]\nat = \"cadence\"\n"));
    let walked = dir.run_with("new --plain --resume kinds", "2\n").done();
    assert!(walked.stdout.contains("2. weekly"), "{}", walked.stdout);
    assert!(dir.read(&name).contains("cadence = \"weekly\""));
}

#[test]
fn a_cadence_is_said_back_and_one_that_is_none_refused_once() {
    let dir = TestDir::new();
    dir.write("k.toml", "title = \"Kinds\"\nchecklist = \"report\"\n");
    dir.run("new --from k.toml").done();
    let name = format!(
        ".askfirst/{}",
        dir.brief("kinds").file_name().unwrap().to_str().unwrap()
    );
    let walk = |input: &str| {
        let text = dir.read(&name);
        dir.write(&name, format!("{text}\n[walk]\nat = \"cadence\"\n"));
        dir.run_with("new --plain --resume kinds", input)
            .done()
            .stdout
    };
    let said = walk("often\nEvery Tue\n");
    assert!(said.contains("write it like every 3 days"), "{said}");
    assert!(said.contains("Understood: weekly on Tuesday"), "{said}");
    assert!(dir.read(&name).contains("cadence = \"Every Tue\""));
    let said = walk("none\nnone: an hour's work\n");
    assert!(said.contains("say why"), "{said}");
    assert!(said.contains("Understood: none: an hour's work"), "{said}");
    let said = walk("often\noften\n");
    assert!(said.contains("Kept as it is"), "{said}");
    assert!(dir.read(&name).contains("cadence = \"often\""));
}

#[test]
fn a_part_without_a_need_is_asked_what_it_serves() {
    let dir = TestDir::new();
    dir.write(
        "s.toml",
        "title = \"Form\"\nchecklist = \"request\"\n[[need]]\ntext = \"Short\"\n[walk]\nat = \"deliverables\"\n",
    );
    dir.run("new --from s.toml").done();
    let walked = dir
        .run_with(
            "new --plain --resume form",
            "A page\n1\nA chart\nA list\n<\n",
        )
        .done();
    assert!(
        walked.stdout.contains("Noted as 1: A page #1"),
        "{walked:#?}"
    );
    let parts = dir.run("show form --json").done().json()["brief"]["deliverables"].clone();
    assert_eq!(parts[0]["serves"], serde_json::json!(["short"]));
    assert_eq!(parts[1]["serves"], serde_json::json!([]));
    assert_eq!(
        parts[2]["text"], "A list",
        "what is no number is the next part"
    );
    assert!(walked.stdout.contains("\n7 of 11: "), "{walked:#?}");
}

#[test]
fn a_finished_walk_can_be_gone_through_again() {
    let dir = TestDir::new();
    let words = "Dana\n\nA shorter form\nFewer errors\nOne page => it fits\n\nA page #1\n\n";
    let mut walked = dir
        .run_with("new Form --plain --checklist quick", words)
        .done();
    for _ in 0..3 {
        if walked.stdout.contains("That was the last question") {
            break;
        }
        walked = dir
            .run_with("new --plain --resume form", "?\n?\n?\n")
            .done();
    }
    assert!(
        walked.stdout.contains("That was the last question"),
        "{walked:#?}"
    );
    let again = dir
        .run_with("new --plain --resume form", "Priya\n\n")
        .done();
    assert!(
        again.stdout.contains("All is answered already"),
        "{again:#?}"
    );
    assert!(again.stdout.contains("\n1 of "), "{again:#?}");
    let shown = dir.run("show form").done().stdout;
    assert!(shown.contains("Dana") && shown.contains("Priya"), "{shown}");
}

#[test]
fn every_item_is_said_back_as_it_was_understood() {
    let dir = TestDir::new();
    let walked = dir
        .run_with(
            "new Form --plain --checklist request",
            "Dana Reyes <d@example.com>: fills it in\nHuman Resources\n\n9\n1\n",
        )
        .done();
    for line in [
        "Noted as 1: Dana Reyes <d@example.com> (requester): fills it in",
        "Noted as 2: Human Resources (receiver)",
        "Type a number:",
        "Type a number from 1 to 3",
    ] {
        assert!(walked.stdout.contains(line), "{line}: {}", walked.stdout);
    }
}
