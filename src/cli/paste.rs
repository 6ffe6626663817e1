//! Commands that are shown to be pasted: they must do what they say, in the
//! folder that was meant, and nothing that a name in a brief slipped in.

use std::borrow::Cow;
use std::path::Path;

use crate::domain::{Customer, text};

const PROGRAM: &str = "askfirst ";
/// Commands that do not look at the folder with the briefs.
const ELSEWHERE: [&str; 3] = ["completions", "man", "demo"];

/// The text with `--dir DIR` behind each `askfirst` that goes on with a command
/// which looks at the folder. `dir` is what the user gave as the option.
pub fn with_dir<'a>(text: &'a str, dir: Option<&Path>) -> Cow<'a, str> {
    let Some(dir) = dir.filter(|dir| !dir.as_os_str().is_empty()) else {
        return text.into();
    };
    let is_command = <super::Command as clap::Subcommand>::has_subcommand;
    let looks = |word: &str| word == "--plain" || (is_command(word) && !ELSEWHERE.contains(&word));
    let mut done = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(PROGRAM) {
        let stands_alone = before.chars().next_back().is_none_or(char::is_whitespace);
        let word: String = after
            .chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '-')
            .collect();
        done.push_str(before);
        done.push_str(PROGRAM);
        if stands_alone && looks(&word) {
            done.push_str("--dir ");
            done.push_str(&word_of_shell(&dir.display().to_string()));
            done.push(' ');
        }
        rest = after;
    }
    done.push_str(rest);
    done.into()
}

/// One word for a shell, whatever is in it.
pub fn word_of_shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%,=\\".contains(c);
    // A backslash parts folders on one system and is magic on the others.
    let plain = |c| plain(c) && (cfg!(windows) || c != '\\');
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// How a customer is named behind `--by`: by name where that is plain letters,
/// else by id. A brief from somebody else may call a customer `$(...)`.
pub fn customer(customer: &Customer) -> String {
    let name = customer.name.trim();
    let plain = |c: char| c.is_alphanumeric() || " .'-".contains(c);
    if !name.is_empty() && name.chars().all(plain) && text::line(name) == name {
        format!("\"{name}\"")
    } else {
        customer.id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there(text: &str) -> String {
        with_dir(text, Some(Path::new("my briefs"))).into_owned()
    }

    #[test]
    fn a_command_in_a_hint_names_the_folder_that_was_given() {
        assert_eq!(
            there("first: askfirst start x, or askfirst new --plain"),
            "first: askfirst --dir 'my briefs' start x, or askfirst --dir 'my briefs' new --plain"
        );
        assert_eq!(
            there("askfirst --plain works"),
            "askfirst --dir 'my briefs' --plain works"
        );
        for same in [
            "a newer askfirst can",
            "look around with: askfirst demo",
            "askfirst --help",
            "looked in /home/askfirst list",
        ] {
            assert_eq!(there(same), same);
        }
        assert_eq!(with_dir("askfirst list", None), "askfirst list");
    }

    #[test]
    fn a_folder_is_one_word_of_the_shell() {
        assert_eq!(word_of_shell("/srv/team.a"), "/srv/team.a");
        assert_eq!(word_of_shell("$(id) 'x'"), r"'$(id) '\''x'\'''");
    }
}
