//! The one table of keys: help names everything in it, and no hint lies.

use std::collections::HashSet;

use askfirst::tui::command::{Availability, Command};
use askfirst::tui::message::Msg;
use askfirst::tui::{contexts, keymap};

use super::flow_tui_lists::{open, reference};
use super::flow_tui_mistake::with_the_wrong_reading;
use crate::support::screen::{Screen, parse};

/// Screens as they are met on the way, by the keys that lead there.
fn met() -> Vec<Screen> {
    let file = reference().file();
    let mut met = vec![Screen::new(80, 24)];
    let mut new = Screen::new(80, 24);
    new.keys("a");
    met.push(new);
    for keys in [
        "", "<enter>", "e", "s", "y", "m", "p", "A", "O", "P", ":", "/", "?", "v", "m<enter>",
        "<enter>v", "<enter>n", "<enter>d", "<enter>t", "p<enter>", "sw", "s<tab>", "Oa",
    ] {
        let mut screen = Screen::in_memory(80, 24, &[("super-report-k7m2", &file)]);
        screen.keys(keys);
        met.push(screen);
    }
    for question in [
        "Who is this for?",
        "How did it come to you?",
        "What did they say",
        "What could they have meant?",
        "Why do they need it?",
        "What must the result do",
        "Which need matters most?",
        "Which goals",
        "What will you hand over",
        "What will you leave out?",
        "When do they need it?",
        "Are they on board",
    ] {
        for keys in ["", "<up>", "jKp", "w"] {
            let mut screen = Screen::in_memory(80, 24, &[("super-report-k7m2", &file)]);
            open(&mut screen, question);
            screen.keys(keys);
            met.push(screen);
        }
    }
    met.push(with_the_wrong_reading());
    met
}

/// The hint line as keys and labels: two spaces stand between hints.
fn hints(screen: &Screen) -> Vec<(String, String)> {
    let text = screen.text();
    let line = text.lines().last().unwrap().trim().to_owned();
    line.split("  ")
        .filter_map(|hint| hint.trim().split_once(' '))
        .map(|(key, label)| (key.to_owned(), label.to_owned()))
        .collect()
}

#[test]
fn every_hint_is_a_key_that_does_what_it_says() {
    let mut seen = HashSet::new();
    for screen in met() {
        let contexts = contexts(&screen.model);
        for (label, words) in hints(&screen) {
            let binding = keymap::bindings(contexts)
                .find(|b| b.keys.iter().any(|k| k.label() == label))
                .unwrap_or_else(|| panic!("{label} means nothing in\n{}", screen.text()));
            let key = binding.keys.iter().find(|k| k.label() == label).unwrap();
            let command = keymap::commands(contexts, *key)
                .find(|c| c.availability(&screen.model) == Availability::Ready);
            let command =
                command.unwrap_or_else(|| panic!("{label} cannot be used in\n{}", screen.text()));
            assert_eq!(command.label(), words, "{label} in\n{}", screen.text());
            seen.insert(command);
        }
    }
    assert!(seen.len() > 25, "only {} hints were met", seen.len());
}

#[test]
fn every_screen_says_how_to_leave_it_or_where_help_is() {
    for screen in met() {
        let hints = hints(&screen);
        assert!(
            hints
                .iter()
                .any(|(_, label)| ["leave", "keys", "quit"].contains(&label.as_str())),
            "{hints:?} in\n{}",
            screen.text()
        );
    }
}

#[test]
fn a_hint_shown_changes_the_screen_or_the_brief() {
    for mut screen in met() {
        let (before, brief) = (screen.picture(), screen.texts());
        for (label, words) in hints(&screen) {
            // At the first row there is nothing above, at the last nothing below.
            if ["up", "down", "move up", "move down", "on", "back"].contains(&words.as_str()) {
                continue;
            }
            let contexts = contexts(&screen.model);
            let key = keymap::bindings(contexts)
                .flat_map(|b| b.keys)
                .find(|k| k.label() == label)
                .unwrap();
            let event = crossterm::event::KeyEvent::new(key.code, key.modifiers);
            let copied = screen.clipboard.len();
            screen.send(Msg::Key(event));
            assert!(
                screen.picture() != before
                    || screen.texts() != brief
                    || screen.clipboard.len() > copied
                    || screen.ended.is_some(),
                "{label} {words} does nothing in\n{before}"
            );
            break;
        }
    }
}

#[test]
fn help_names_every_command_that_has_a_key() {
    let mut screen = reference();
    screen.keys("?");
    insta::assert_snapshot!("keys_help", screen.picture());
    screen.resize(100, 50);
    let mut help = String::new();
    for _ in 0..20 {
        help.push_str(&screen.text());
        screen.keys("<pgdn>");
    }
    for binding in keymap::TABLE {
        if matches!(binding.command, Command::Pick(_)) {
            continue;
        }
        assert!(
            help.contains(binding.command.about()),
            "{:?}",
            binding.command
        );
        assert!(
            help.contains(binding.context.title()),
            "{:?}",
            binding.context
        );
    }
    assert!(help.contains("1-9"));
}

#[test]
fn help_is_narrowed_down_by_typing() {
    let mut screen = reference();
    screen.keys("?").type_text("pairs");
    insta::assert_snapshot!("keys_help_narrowed", screen.picture());
    screen.must_show("rank by answering which of two matters more");
    screen.must_not_show("save and quit");
    screen.keys("<esc>").must_show("Drafts");
}

#[test]
fn help_says_first_what_the_page_below_it_can_do() {
    let mut screen = reference();
    open(&mut screen, "Which need matters most?");
    screen.keys("?");
    let text = screen.text();
    let place = |what: &str| {
        text.find(what)
            .unwrap_or_else(|| panic!("no {what} in\n{text}"))
    };
    assert!(place("Ranking") < place("rank it the same"));
    assert_eq!(text.lines().position(|l| l.contains("Ranking")), Some(3));
}

#[test]
fn released_keys_and_unknown_keys_do_nothing() {
    let mut screen = reference();
    let before = screen.picture();
    let mut release = parse("x").remove(0);
    release.kind = crossterm::event::KeyEventKind::Release;
    screen.send(Msg::Key(release));
    screen.keys("Z");
    assert_eq!(screen.picture(), before);
}

#[test]
fn a_key_that_means_something_else_here_is_hinted_once() {
    let mut screen = reference();
    // Something to undo, so that both meanings of u could be shown.
    screen.keys("xA");
    open(&mut screen, "Which need matters most?");
    screen.keys("p");
    let hints = hints(&screen);
    let meanings: Vec<_> = hints.iter().filter(|(key, _)| key == "u").collect();
    assert_eq!(meanings.len(), 1, "{hints:?}");
    assert_eq!(meanings[0].1, "back");
}
