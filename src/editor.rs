//! The user's own editor.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// An editor with its arguments, from `$VISUAL` or `$EDITOR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    program: String,
    arguments: Vec<String>,
}

/// Why a file was not edited.
#[derive(Debug, thiserror::Error)]
pub enum NotEdited {
    #[error("no editor is set")]
    Unset,
    #[error("a quote is open in {0}")]
    OpenQuote(String),
    #[error("could not start {program}")]
    NotStarted { program: String, source: io::Error },
    #[error("{program} gave up")]
    GaveUp { program: String, status: ExitStatus },
}

impl Editor {
    /// The editor of a command such as `code --wait` or `'my editor' -n`.
    ///
    /// # Errors
    /// When nothing is named, or a quote is open.
    pub fn parse(command: &str) -> Result<Self, NotEdited> {
        let words = split(command).ok_or_else(|| NotEdited::OpenQuote(command.to_owned()))?;
        let mut words = words.into_iter();
        let program = words.next().filter(|program| !program.is_empty());
        Ok(Self {
            program: program.ok_or(NotEdited::Unset)?,
            arguments: words.collect(),
        })
    }

    /// Opens a file and waits until the editor is closed.
    ///
    /// # Errors
    /// When it cannot be started, or ends with an error.
    pub fn open(&self, path: &Path) -> Result<(), NotEdited> {
        let status = Command::new(&self.program)
            .args(&self.arguments)
            .arg(path)
            .status()
            .map_err(|source| NotEdited::NotStarted {
                program: self.program.clone(),
                source,
            })?;
        if status.success() {
            Ok(())
        } else {
            Err(NotEdited::GaveUp {
                program: self.program.clone(),
                status,
            })
        }
    }
}

/// Splits as a shell does, with quotes and backslashes and nothing else: no
/// variable, no glob, no command is looked into. `None` for an open quote.
fn split(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next()? {
                        '\'' => break,
                        inside => word.push(inside),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next()? {
                        '"' => break,
                        '\\' => match chars.next()? {
                            escaped @ ('"' | '\\' | '$' | '`') => word.push(escaped),
                            other => word.extend(['\\', other]),
                        },
                        inside => word.push(inside),
                    }
                }
            }
            // A backslash separates folders on Windows.
            '\\' if !cfg!(windows) => word.get_or_insert_default().push(chars.next()?),
            c if c.is_whitespace() => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_split_as_a_shell_splits_it() {
        let words = |text| split(text).unwrap();
        assert_eq!(words("code --wait"), ["code", "--wait"]);
        assert_eq!(
            words("'my editor' -n \"a b\"c"),
            ["my editor", "-n", "a bc"]
        );
        assert_eq!(words(r#"a\ b "c\"d" "" $X"#), ["a b", "c\"d", "", "$X"]);
        assert!(words("  ").is_empty());
        assert_eq!(split("'open"), None);
        assert_eq!(split("\"open"), None);
    }

    #[test]
    fn no_editor_an_open_quote_and_a_missing_program_are_told_apart() {
        for unset in ["", "  ", "''"] {
            assert!(matches!(Editor::parse(unset), Err(NotEdited::Unset)));
        }
        let open = Editor::parse("'my editor").unwrap_err();
        assert_eq!(open.to_string(), "a quote is open in 'my editor");
        let missing = Editor::parse("askfirst-no-such-editor -w").unwrap();
        let why = missing.open(Path::new("x")).unwrap_err();
        assert_eq!(why.to_string(), "could not start askfirst-no-such-editor");
    }

    #[cfg(unix)]
    #[test]
    fn an_editor_that_ends_with_an_error_has_given_up() {
        let path = Path::new("/dev/null");
        assert!(Editor::parse("true").unwrap().open(path).is_ok());
        let failed = Editor::parse("false").unwrap().open(path);
        assert!(matches!(failed, Err(NotEdited::GaveUp { .. })));
    }
}
