//! The snippets for shells and git.
//!
//! All work the same way. They read the first line of one small file (see
//! [`super::Next`]) with what the shell has itself, and start the program only
//! when the moment in it has come, when there is none, or when it was written
//! later than now. The program writes the next moment; where it cannot, the
//! shell rests by itself for as long. `ASKFIRST_EPOCH` stands for the clock in
//! tests, in seconds since 1970.

use std::path::Path;

/// Where a snippet is at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    Bash,
    Zsh,
    Fish,
    Nu,
    PowerShell,
    Git,
}

/// The snippet, for the program and the file that it reads. `None` where one of
/// them has a name that is no text.
pub fn snippet(host: Host, program: &Path, next: &Path) -> Option<String> {
    let text = match host {
        Host::Bash => include_str!("hook/bash.sh"),
        Host::Zsh => include_str!("hook/zsh.zsh"),
        Host::Fish => include_str!("hook/fish.fish"),
        Host::Nu => include_str!("hook/nu.nu"),
        Host::PowerShell => include_str!("hook/powershell.ps1"),
        Host::Git => include_str!("hook/git.sh"),
    };
    let (program, next) = (program.to_str()?, next.to_str()?);
    // In this order: a program's name may hold the other mark.
    let text = text.replace("@NEXT@", &quoted(host, next));
    Some(text.replace("@PROGRAM@", &quoted(host, program)))
}

/// One word of a shell, whatever is in it.
fn quoted(host: Host, word: &str) -> String {
    match host {
        Host::Bash | Host::Zsh | Host::Git => format!("'{}'", word.replace('\'', r"'\''")),
        Host::Fish => format!("'{}'", word.replace('\\', r"\\").replace('\'', r"\'")),
        Host::PowerShell => format!("'{}'", word.replace('\'', "''")),
        Host::Nu => {
            let escaped = word.replace('\\', r"\\").replace('"', "\\\"");
            let escaped = escaped.replace('\n', "\\n");
            format!("\"{escaped}\"")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Host; 6] = [
        Host::Bash,
        Host::Zsh,
        Host::Fish,
        Host::Nu,
        Host::PowerShell,
        Host::Git,
    ];

    #[test]
    fn paths_are_words_whatever_is_in_them() {
        let odd = Path::new("/a b/it's \"x\"/$(id)");
        let word = |host| quoted(host, odd.to_str().unwrap());
        assert_eq!(word(Host::Bash), r#"'/a b/it'\''s "x"/$(id)'"#);
        assert_eq!(word(Host::Fish), r#"'/a b/it\'s "x"/$(id)'"#);
        assert_eq!(word(Host::PowerShell), r#"'/a b/it''s "x"/$(id)'"#);
        assert_eq!(word(Host::Nu), r#""/a b/it's \"x\"/$(id)""#);
        for host in ALL {
            let text = snippet(host, odd, odd).unwrap();
            assert!(text.contains(&word(host)), "{text}");
            assert!(!text.contains("@NEXT@") && !text.contains("@PROGRAM@"));
        }
    }
}
