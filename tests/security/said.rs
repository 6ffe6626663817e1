//! Every command in a hostile repository: what comes out is only text.

use super::{HostileRepository, everything};
use crate::support::{TestDir, words};

/// Command lines for each command of the help, in an order in which they find
/// something to do. `{out}` is a folder for what they write.
pub const LINES: &[&str] = &[
    "list",
    "list --json",
    "list --everyone",
    "due",
    "due --all",
    "due --short --all",
    "due --json",
    "due --hook",
    "show hostile-aaaa",
    "show hostile-aaaa --json",
    "show broken",
    "show linked",
    "show ..",
    "show outside",
    "log hostile-aaaa",
    "log hostile-aaaa --json",
    "goals",
    "goals --json",
    "goals add team Mine",
    "prompts list",
    "prompts list --json",
    "prompts check",
    "prompts check --json",
    "prompts show evil",
    "prompts show request",
    "prompts show ../../../home/secret",
    "prompts eject quick",
    "new --from evil.toml",
    "new --from evil.toml --json",
    "new --plain \"A new one\"",
    "new --plain --resume hostile-aaaa",
    "edit hostile-aaaa",
    "edit linked",
    "edit pipe",
    "share hostile-aaaa --to dana --preview",
    "share hostile-aaaa --to dana --json",
    "share hostile-aaaa --to dana --format markdown",
    "share hostile-aaaa --to dana --format slack",
    "share hostile-aaaa --to dana --format eml --output out/m.eml",
    "share hostile-aaaa --to dana --format form --output out/f.html",
    "share --all --to dana --preview",
    "reply hostile-aaaa evil.eml --preview",
    "reply hostile-aaaa evil.eml --yes --by dana",
    "reply hostile-aaaa evil.eml --yes --by dana --json",
    "sign hostile-aaaa --by dana --code 000000",
    "sign hostile-aaaa --by dana --anyway",
    "sign hostile-aaaa --ssh-signature evil.sig --allowed-signers signers",
    "amend hostile-aaaa",
    "amend hostile-aaaa --json",
    "resolve hostile-aaaa",
    "resolve hostile-aaaa --json",
    "resolve hostile-aaaa --keep 2",
    "start hostile-aaaa --because x",
    "checkin hostile-aaaa --plain",
    "checkin hostile-aaaa --same",
    "checkin hostile-aaaa --snooze 2w",
    "checkin hostile-aaaa --stop-asking x",
    "handover hostile-aaaa Raj",
    "export hostile-aaaa --format markdown",
    "export hostile-aaaa --format html --output out/e.html",
    "export hostile-aaaa --format html --output hostile-aaaa.html",
    "export hostile-aaaa --format markdown --output hostile-aaaa.md",
    "export hostile-aaaa --format pdf --output out/e.pdf",
    "export hostile-aaaa --format text",
    "export hostile-aaaa --format json",
    "export hostile-aaaa --format agreement --output out/a.agreement",
    "verify evil.html",
    "verify evil.html --json",
    "verify out/e.pdf",
    "verify hostile-aaaa",
    "verify hostile-aaaa --allowed-signers signers",
    "deliver hostile-aaaa",
    "confirm hostile-aaaa",
    "reopen hostile-aaaa --because x",
    "drop hostile-aaaa --because x",
    "archive hostile-aaaa",
    "archive hostile-aaaa --undo",
    "calendar",
    "calendar --output out/c.ics",
    "remind status",
    "hook bash",
    "hook zsh",
    "hook fish",
    "hook nu",
    "hook powershell",
    "hook git",
    "init --no-merge-driver",
    "merge-driver evil.toml evil.toml .askfirst/broken-aaaa.toml --evil.toml",
    "completions bash",
    "man",
    "demo",
    "",
    "--plain",
];

/// The lines, and one for a command that is in none of them.
pub fn lines() -> Vec<String> {
    let mut lines: Vec<String> = LINES.iter().map(|&line| line.to_owned()).collect();
    for command in askfirst::cli::command().get_subcommands() {
        let name = command.get_name();
        let known = lines
            .iter()
            .any(|line| line.split(' ').next() == Some(name));
        // sync has a test of its own, with a remote.
        if !known && name != "sync" {
            lines.extend([name.to_owned(), format!("{name} hostile-aaaa")]);
        }
    }
    lines
}

/// Runs all of them; `each` sees the line, what came out and the exit code.
pub fn run_all(hostile: &HostileRepository, mut each: impl FnMut(&TestDir, &str) -> Vec<u8>) {
    for line in lines() {
        let out = each(&hostile.dir, &line);
        must_be_only_text(&line, &out);
        assert!(
            !hostile.planted().exists(),
            "something ran: askfirst {line}"
        );
    }
}

/// No control that a terminal obeys, nothing that turns or hides.
#[track_caller]
pub fn must_be_only_text(line: &str, out: &[u8]) {
    let text = String::from_utf8_lossy(out);
    // Which the manual page does by itself, in its own language.
    let text = if line == "man" {
        text.replace('\u{ad}', "")
    } else {
        text.into_owned()
    };
    for (at, c) in text.char_indices() {
        let bad = match c {
            '\n' | '\t' => false,
            // A carriage return stands where the form has it, before the line break.
            '\r' => !text[at..].starts_with("\r\n"),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}' => true,
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
            '\u{feff}' | '\u{e0000}'..='\u{e007f}' => true,
            _ => false,
        };
        let begin = text[..at]
            .char_indices()
            .rev()
            .nth(60)
            .map_or(0, |(at, _)| at);
        assert!(!bad, "{c:?} in askfirst {line}: {:?}", &text[begin..at]);
    }
    assert!(
        !text.contains(super::harm::SECRET),
        "askfirst {line} tells a secret:\n{text}"
    );
}

#[test]
fn every_command_shows_the_texts_of_a_hostile_repository_as_text() {
    let mut hostile = HostileRepository::unpacked();
    hostile.dir.env("EDITOR", "true");
    let home = hostile.dir.home();
    let mine = |all: Vec<(std::path::PathBuf, Vec<u8>)>| {
        // What may be deleted at any time is the program's own.
        let own = [home.join(".local/state"), home.join(".cache")];
        let mut all = all;
        all.retain(|(path, _)| {
            *path != home.join(".local") && !own.iter().any(|folder| path.starts_with(folder))
        });
        all
    };
    let before = mine(everything(&home));
    let settings = std::fs::read(hostile.dir.path(".git/config")).unwrap();
    let mut done = 0;
    run_all(&hostile, |dir, line| {
        let program = env!("CARGO_BIN_EXE_askfirst");
        let output = dir.command(program).args(words(line)).output().unwrap();
        assert!(
            output.status.code().is_some_and(|code| code < 100),
            "{line}: {output:?}"
        );
        done += usize::from(output.status.success());
        [output.stdout, output.stderr].concat()
    });
    // Most of them had something to do, and did it.
    assert!(done > 60, "{done} of {}", lines().len());
    // Nothing of the user's has changed, and nothing new is there.
    assert_eq!(mine(everything(&home)), before);
    assert_eq!(
        std::fs::read(hostile.dir.path(".git/config")).unwrap(),
        settings
    );
    // What was written for others is only text as well.
    for (path, held) in everything(&hostile.dir.path("out")) {
        let name = path.display().to_string();
        // A signature is under exact bytes: a terminal does not get them.
        if !name.ends_with(".pdf") && !name.ends_with(".agreement") {
            must_be_only_text(&name, &held);
        }
    }
}
