//! The help of every command.

use askfirst::cli::{command, reference};

use crate::support::TestDir;

fn each(command: &clap::Command, name: &str, see: &mut dyn FnMut(&str, &clap::Command)) {
    see(name, command);
    for sub in command.get_subcommands() {
        each(sub, &format!("{name} {}", sub.get_name()), see);
    }
}

#[test]
fn every_help_has_an_example_that_the_parser_accepts() {
    let mut root = command();
    root.build();
    each(&root, "askfirst", &mut |name, command| {
        let help = command.clone().render_long_help().to_string();
        let examples = help
            .split_once("Examples:\n")
            .unwrap_or_else(|| panic!("{name} has no example:\n{help}"))
            .1;
        let lines: Vec<&str> = examples
            .lines()
            .take_while(|line| line.starts_with("  "))
            .collect();
        assert!(!lines.is_empty(), "{name} has no example");
        for line in lines {
            // What stands behind it explains it, or belongs to the shell.
            let typed = line.trim();
            let typed = typed.split(" && ").next().unwrap_or(typed);
            let typed = typed.split(" > ").next().unwrap_or(typed);
            let typed = typed.split(" | ").next().unwrap_or(typed);
            let typed = typed.split("   ").next().unwrap_or(typed);
            let at = typed.find("askfirst").unwrap_or_else(|| panic!("{line}"));
            let words = split(&typed[at..]);
            if let Err(error) = command_line().try_get_matches_from(&words) {
                panic!("{name}: {line}\n{error}");
            }
        }
    });
}

fn command_line() -> clap::Command {
    command().no_binary_name(false)
}

/// Words of an example; quotes keep them together.
fn split(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_help_mentions_only_options_that_exist() {
    let mut root = command();
    root.build();
    let mut known = Vec::new();
    each(&root, "askfirst", &mut |_, command| {
        known.extend(
            command
                .get_arguments()
                .filter_map(|a| a.get_long().map(|long| format!("--{long}"))),
        );
    });
    // The editor's own, in an example.
    known.push("--wait".to_owned());
    for word in reference::text().split(|c: char| !(c.is_alphanumeric() || c == '-')) {
        if word.starts_with("--") && word.len() > 2 {
            assert!(known.iter().any(|k| k == word), "there is no option {word}");
        }
    }
}

#[test]
fn help_fits_eighty_columns() {
    for line in reference::text().lines() {
        assert!(
            line.chars().count() <= 88,
            "{} columns: {line}",
            line.chars().count()
        );
    }
}

#[test]
fn the_command_line_is_as_it_was() {
    insta::assert_snapshot!("reference", reference::text());
}

#[test]
fn wrong_usage_is_told_with_exit_code_two() {
    let dir = TestDir::new();
    let wrong = dir.run("list --stage maybe").failed(2);
    assert!(wrong.stderr.contains("in-progress"), "{wrong:#?}");
    dir.run("nonsense").failed(2);
    dir.run("sign x --by Dana").failed(2);
    assert_eq!(wrong.stdout, "");
}

#[test]
fn the_version_and_the_help_go_to_standard_output() {
    let dir = TestDir::new();
    assert!(dir.run("-V").done().stdout.starts_with("askfirst "));
    let help = dir.run("share --help").done();
    assert!(help.stdout.contains("Examples:"));
    assert_eq!(help.stderr, "");
}

#[test]
fn completions_and_manual_pages_need_no_home() {
    let dir = TestDir::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = dir.run(&format!("completions {shell}")).done().stdout;
        assert!(script.contains("verify"), "{shell}");
    }
    assert!(dir.run("man").done().stdout.contains(".TH askfirst 1"));
    std::fs::create_dir(dir.path("man")).unwrap();
    dir.run("man --output man").done();
    assert!(
        dir.read("man/askfirst-sign.1")
            .contains("Record that a customer said yes")
    );
    assert!(dir.path("man/askfirst-goals-add.1").exists());
    let missing = dir.run("man --output no/where").failed(1);
    assert!(missing.stderr.contains("hint: "), "{missing:#?}");
}
