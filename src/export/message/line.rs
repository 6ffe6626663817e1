//! The lines of a message before they take the form of a mail, a chat or a
//! page: what stands before a text is kept apart from it.

/// A line: texts of a brief stand on one line each and hold no controls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub mark: Mark,
    pub text: String,
}

/// What stands before a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Bare,
    /// An entry of a list that nobody has to name.
    Dash,
    /// A need.
    Letter(char),
    /// A question.
    Number(usize),
    /// A choice below a question.
    Choice(usize, char),
    /// More about the line above.
    Below,
}

impl Line {
    /// A line with its mark.
    pub fn new(mark: Mark, text: impl Into<String>) -> Self {
        Self {
            mark,
            text: text.into(),
        }
    }

    /// A line without a mark.
    pub fn bare(text: impl Into<String>) -> Self {
        Self::new(Mark::Bare, text)
    }

    /// A line of a text whose only marks are dashes.
    pub fn read(text: &str) -> Self {
        match text.strip_prefix("- ") {
            Some(text) => Self::new(Mark::Dash, text),
            None => Self::bare(text),
        }
    }

    /// As in plain text.
    pub fn plain(&self) -> String {
        let text = &self.text;
        match self.mark {
            Mark::Bare => text.clone(),
            Mark::Dash => format!("- {text}"),
            Mark::Letter(letter) => format!("{letter}. {text}"),
            Mark::Number(number) => format!("{number}. {text}"),
            Mark::Choice(number, letter) => format!("   {number}{letter}. {text}"),
            Mark::Below => format!("   {text}"),
        }
    }
}

/// Lines that belong together; a blank line stands between two paragraphs.
pub type Paragraph = Vec<Line>;

/// The paragraphs as plain text, with a line break at the end.
pub fn plain(paragraphs: &[Paragraph]) -> String {
    let paragraphs: Vec<String> = paragraphs
        .iter()
        .map(|lines| lines.iter().map(Line::plain).collect::<Vec<_>>().join("\n"))
        .collect();
    paragraphs.join("\n\n") + "\n"
}
