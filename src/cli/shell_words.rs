//! `$EDITOR` as a command with arguments: `code --wait`, `'my editor' -n`.

/// Splits as a shell does, with quotes and backslashes and nothing else: no
/// variable, no glob, no command is looked into. `None` for an open quote.
pub fn split(text: &str) -> Option<Vec<String>> {
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
    use super::split;

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
}
