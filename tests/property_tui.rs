//! Random keys, pastes and sizes: the interface stays up, loses nothing that
//! was typed, and takes every change back.

use askfirst::tui::command::{Availability, Command};
use askfirst::tui::dialog::{Dialog, FormKind};
use askfirst::tui::message::Msg;
use askfirst::tui::model::Model;
use askfirst::tui::screens::Screen as Page;
use askfirst::tui::{contexts, keymap};
use proptest::prelude::*;

use crate::support::SUPERREPORT;
use crate::support::screen::{Screen, parse};

/// One thing that the user does.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Act {
    /// A key, in the language of the tests.
    Key(&'static str),
    Text(String),
    Paste(String),
    Resize(u16, u16),
    Rest,
}

/// Keys that take text or changes away.
const DELETING: &[&str] = &[
    "x", "u", "U", "<bs>", "<del>", "<c-w>", "<c-u>", "<c-k>", "<c-y>", "<c-_>", "<c-h>",
];

/// Keys that put the caret elsewhere, and words apart.
const WANDERING: &[&str] = &["<left>", "<right>", "<home>", "<end>", "<c-a>"];

const KEYS: &[&str] = &[
    "<enter>",
    "<enter>",
    "<enter>",
    "<enter>",
    "<pgdn>",
    "<pgdn>",
    "<pgup>",
    "<esc>",
    "<esc>",
    "<tab>",
    "<s-tab>",
    "<up>",
    "<up>",
    "<down>",
    "<f1>",
    "<f2>",
    "<f3>",
    "<space>",
    "<c-j>",
    "<c-x>",
    "<a-enter>",
    "a",
    "e",
    "s",
    "r",
    "m",
    "y",
    "m",
    "n",
    "p",
    "t",
    "v",
    "w",
    "c",
    "c",
    "z",
    "n",
    "d",
    "E",
    "q",
    "j",
    "k",
    "J",
    "K",
    "g",
    "G",
    "A",
    "D",
    "O",
    "P",
    "Y",
    "1",
    "2",
    "3",
    "4",
    "9",
    "=",
    "?",
    ":",
    "/",
];

const NASTY: &[&str] = &[
    "?",
    "1 2",
    "2",
    "team: a goal => because",
    "Zoë (approver) <zoe@example.com>: to sign",
    "a need (for Dana, Nobody) => tested",
    "a part #1 #9",
    "none: why",
    "not a day",
    "tomorrow",
    "\u{1b}[31mred\u{1b}[0m\u{7}",
    "\u{202e}evil\u{2066}",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5e2}\u{5d5}\u{5dc}\u{5dd}",
    "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{1f1e9}\u{1f1ea}",
    "e\u{301}e\u{301}\u{301}\u{301}",
    "\u{4f60}\u{597d}\u{ff0c}\u{4e16}\u{754c}",
    "one\ntwo\r\nthree\rfour",
    "\"\"\"'''[[need]]\n<<<<<<< HEAD\n",
    "<script>alert(1)</script>",
    "\u{0}\u{7f}\u{85}\u{2028}",
    "\t\ttabs\t",
    "",
];

fn key() -> impl Strategy<Value = &'static str> {
    let mut all = KEYS.to_vec();
    all.extend_from_slice(DELETING);
    all.extend_from_slice(WANDERING);
    prop::sample::select(all)
}

fn act() -> impl Strategy<Value = Act> {
    let nasty = || prop::sample::select(NASTY).prop_map(str::to_owned);
    prop_oneof![
        12 => key().prop_map(Act::Key),
        3 => nasty().prop_map(Act::Text),
        2 => nasty().prop_map(Act::Paste),
        1 => (1usize..3000).prop_map(|n| Act::Paste("long \u{1f468}\u{200d}\u{1f4bb} ".repeat(n / 8))),
        1 => (0u16..=120, 0u16..=50).prop_map(|(w, h)| Act::Resize(w, h)),
        1 => Just(Act::Rest),
    ]
}

/// Where the random keys begin.
fn beginning() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "a",
        "<enter>",
        "e",
        "e<enter>",
        "ejjjj<enter>",
        "eG<enter>",
        "s",
        "y",
        "m<enter>",
        "c",
        "cyyyy",
        "cyyyy1",
        "cn",
        "z",
        "p",
        "O",
        "Oa",
        "<enter>t",
        "<enter>n",
        "<enter>d",
        "e<enter><f2>",
        "?",
        ":",
    ])
}

fn desk() -> Screen {
    let as_file = |id: &str, more: &str| {
        format!(
            "format = 1\nid = \"{id}\"\nstage = \"draft\"\ncreated = 2026-02-03T09:00:00+01:00\n{SUPERREPORT}{more}"
        )
    };
    let mut screen = Screen::in_memory(
        80,
        24,
        &[
            ("super-report-k7m2", &as_file("super-report-k7m2", "")),
            ("half-done-aaaa", HALF_DONE),
            ("under-way-bbbb", UNDER_WAY),
        ],
    );
    // The whole file, or the text of a field.
    screen.editor(|text| {
        Ok(if text.starts_with("format") {
            text.replacen("\ntitle =", "\n# edited\ntitle =", 1)
        } else {
            format!("{text} edited")
        })
    });
    screen
}

/// A brief that somebody wrote by hand and left in the middle.
const HALF_DONE: &str = r#"format = 1
id = "half-done-aaaa"
title = "The form for finance" # with a comment
checklist = "request"
stage = "draft"
created = 2026-02-02T09:00:00+01:00
colour = "blue" # nobody knows this key

[[customer]]
id = "dana"
name = "Dana Reyes"
role = "requester"

[[need]] # one need, many words
id = "short"
text = """
Two lines
of need"""
for = ["dana", "nobody"]

[walk]
at = "readings"
draft = "what they"
"#;

/// A brief in progress on a guess, with a shortcut: due, so first on the desk.
const UNDER_WAY: &str = r#"format = 1
id = "under-way-bbbb"
title = "The table for HR"
checklist = "request"
stage = "in-progress"
created = 2026-01-12T09:00:00+01:00

[[customer]]
id = "dana"
name = "Dana Reyes"
role = "requester"

[[need]]
id = "kinds"
text = "The kinds of work"
for = ["dana"]
basis = "guess"

[[deliverable]]
id = "table" # one page
text = "A table"
serves = ["kinds"]

[[goal]]
id = "profiles"
level = "team"
text = "Profiles by March"

[[shortcut]]
id = "by-hand"
text = "Counted by hand"
pay_back = 2026-01-30

[[event]]
id = "s1"
kind = "started"
at = 2026-01-12T10:00:00+01:00
"#;

/// Does one thing; true while the interface goes on.
fn act_on(screen: &mut Screen, act: &Act) -> bool {
    match act {
        Act::Key(key) => {
            for key in parse(key) {
                screen.send(Msg::Key(key));
            }
        }
        Act::Text(text) => {
            for c in text.chars().filter(|c| !c.is_control()) {
                for key in parse(&c.to_string()) {
                    screen.send(Msg::Key(key));
                }
            }
        }
        Act::Paste(text) => {
            screen.paste(text);
        }
        Act::Resize(width, height) => {
            screen.resize(*width, *height);
        }
        Act::Rest => {
            screen.rest();
        }
    }
    if screen.model.size.0 > 0 && screen.model.size.1 > 0 {
        screen.frame();
    }
    screen.ended.is_none()
}

/// Few cases, unless `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() {
            asked.cases
        } else {
            64
        },
        failure_persistence: None,
        ..asked
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn random_keys_never_bring_the_interface_down(
        begin in beginning(),
        acts in prop::collection::vec(act(), 1..60),
    ) {
        let mut screen = desk();
        screen.keys(begin);
        for act in &acts {
            if !act_on(&mut screen, act) {
                break;
            }
        }
        screen.send(Msg::Stop);
        // Whatever happened, all files can be read, and hold what is in memory.
        let texts = screen.texts();
        for item in &screen.model.items {
            prop_assert!(item.is_saved(), "{} is not saved", item.brief.id);
            prop_assert!(texts.iter().any(|(id, _)| *id == item.brief.id.to_string()));
        }
    }

    #[test]
    fn typed_text_is_never_lost(
        begin in beginning(),
        acts in prop::collection::vec(
            prop_oneof![
                3 => prop::sample::select(KEYS).prop_map(Some),
                1 => Just(None),
            ],
            1..60,
        ),
    ) {
        let mut screen = desk();
        screen.keys(begin);
        let mut words = Vec::new();
        let mut story = vec![begin.to_owned()];
        for act in &acts {
            match act {
                Some(key) => {
                    if loses_by_design(&screen, key) {
                        continue;
                    }
                    story.push((*key).to_owned());
                    for key in parse(key) {
                        screen.send(Msg::Key(key));
                    }
                }
                None if keeps_text(&screen.model) => {
                    let word = format!(" word{}q", letters(words.len()));
                    story.push(word.clone());
                    screen.type_text(&word);
                    words.push(word.trim().to_owned());
                }
                None => {}
            }
            if screen.ended.is_some() {
                break;
            }
        }
        screen.send(Msg::Stop);
        let mut texts = screen.texts();
        texts.push(("goals".to_owned(), screen.goals_text()));
        let is_there = |word: &String| texts.iter().any(|(_, text)| text.contains(word.as_str()));
        let all_there = words.iter().all(is_there);
        // What the palette removed comes back.
        while !all_there && !screen.model.undo.is_empty() {
            screen.model.undo();
            screen.send(Msg::Rested);
            texts.extend(screen.texts());
            texts.push(("goals".to_owned(), screen.goals_text()));
        }
        for word in &words {
            prop_assert!(
                texts.iter().any(|(_, text)| text.contains(word.as_str())),
                "{word} is lost after {}\n{}",
                story.concat(),
                screen.text()
            );
        }
    }

    #[test]
    fn undoing_everything_gives_back_the_first_file_and_redoing_the_last(
        rows in 0usize..24,
        begin in prop::sample::select(vec!["<enter>", "<enter><up>", "<enter><up>x", "<enter><up><up>x"]),
        acts in prop::collection::vec(
            prop_oneof![
                5 => prop::sample::select(KEYS).prop_map(Act::Key),
                1 => prop::sample::select(DELETING).prop_map(Act::Key),
                2 => prop::sample::select(NASTY).prop_map(|t| Act::Text(t.to_owned())),
            ],
            1..60,
        ),
    ) {
        let mut screen = desk();
        let first = files(&screen);
        screen.keys(&format!("eg{}{begin}", "j".repeat(rows)));
        for act in &acts {
            if matches!(act, Act::Key("u" | "U")) {
                continue;
            }
            if !act_on(&mut screen, act) {
                break;
            }
        }
        to_the_desk(&mut screen);
        let last = files(&screen);
        let steps = screen.model.undo.len();
        for _ in 0..steps {
            screen.keys("u");
        }
        let back = files(&screen);
        for (id, text) in &first {
            let now = back.iter().find(|(other, _)| other == id).map(|(_, text)| text.as_str());
            prop_assert_eq!(Some(text.as_str()), now, "after {:?}", acts);
        }
        prop_assert!(screen.model.undo.is_empty());
        for _ in 0..steps {
            screen.keys("U");
        }
        prop_assert_eq!(last, files(&screen));
    }
}

/// Letters only: a number could be the number of a need.
fn letters(n: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
    [letter(n / 26), letter(n)].iter().collect()
}

/// Whether what is typed now is kept on the way out. A filter is none.
fn keeps_text(model: &Model) -> bool {
    match (&model.dialog, model.top()) {
        (Some(Dialog::Form(form)), _) => {
            match form.kind {
                // Who, when and why are of no use to every basis.
                FormKind::Basis { .. } => form.focus == 0,
                FormKind::SignOff { .. }
                | FormKind::Heard { .. }
                | FormKind::StartAnyway { .. }
                | FormKind::Confirm { .. }
                | FormKind::Reopen { .. }
                | FormKind::Drop { .. }
                | FormKind::Snooze { .. }
                | FormKind::Mute { .. }
                | FormKind::Title { .. }
                | FormKind::Owner { .. }
                | FormKind::Version { .. }
                | FormKind::Thanks { .. }
                | FormKind::Goal { .. } => true,
                // The name of a file is in no brief once it is taken.
                FormKind::ReplyFrom { .. }
                | FormKind::ExportTo { .. }
                | FormKind::Signature { .. }
                | FormKind::MessageTo { .. }
                | FormKind::Name
                | FormKind::KeepText { .. }
                | FormKind::SaveAs { .. } => false,
            }
        }
        (Some(_), _) => false,
        (None, Some(Page::New(_))) => true,
        (None, Some(Page::Walk(_) | Page::CheckIn(_) | Page::Reply(_))) => {
            contexts(model).iter().any(|c| c.is_typing())
        }
        _ => false,
    }
}

/// Whether a key would put the caret elsewhere, into the middle of a word.
fn loses_by_design(screen: &Screen, key: &str) -> bool {
    let typing = contexts(&screen.model).iter().any(|c| c.is_typing());
    parse(key).into_iter().any(|event| {
        let key = keymap::Key::of(event);
        let command = keymap::commands(contexts(&screen.model), key)
            .find(|c| c.availability(&screen.model) == Availability::Ready);
        match command {
            // The editor of the test appends to the text.
            Some(Command::Editor) => false,
            Some(_) => false,
            None => {
                typing
                    && matches!(
                        event.code,
                        crossterm::event::KeyCode::Up | crossterm::event::KeyCode::Down
                    )
            }
        }
    })
}

fn to_the_desk(screen: &mut Screen) {
    screen.ended = None;
    for _ in 0..12 {
        if screen.model.dialog.is_some() || screen.model.screens.len() > 1 {
            screen.keys("<esc>");
        }
        // A text that cannot be read wants to know what becomes of it.
        if screen.text().contains("3 drop it") {
            screen.keys("3");
        }
    }
    assert!(
        screen.model.dialog.is_none() && screen.model.screens.len() == 1,
        "no way back to the desk:\n{}",
        screen.text()
    );
}

/// The files without what undo leaves alone: what happened, and where the walk
/// and the forms were left.
fn files(screen: &Screen) -> Vec<(String, String)> {
    screen
        .texts()
        .into_iter()
        .map(|(id, text)| {
            let mut document: toml_edit::DocumentMut = text.parse().unwrap();
            for key in ["event", "walk", "draft"] {
                document.remove(key);
            }
            (id, document.to_string())
        })
        .collect()
}
