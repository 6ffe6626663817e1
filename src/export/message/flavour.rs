//! The forms in which a message leaves. What a person wrote is text in each of
//! them: no link, no mention, no picture, nothing that is loaded.

use super::line::{Line, Mark, Paragraph};
use super::{mail, slack};
use crate::export::{Message, markdown};

/// A form of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flavour {
    /// For a mail, Teams, a text message.
    #[default]
    Plain,
    /// Slack's own markup (mrkdwn), as a bot or a webhook sends it.
    Slack,
    /// For a wiki, a forge, or a chat that takes it.
    Markdown,
    /// A draft that a mail program opens ready to send.
    Mail,
}

impl Flavour {
    /// All, in the order of the help.
    pub const ALL: [Self; 4] = [Self::Plain, Self::Slack, Self::Markdown, Self::Mail];

    /// `plain`, `slack`, `markdown`, `eml`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Slack => "slack",
            Self::Markdown => "markdown",
            Self::Mail => "eml",
        }
    }

    /// Its name in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain text",
            Self::Slack => "Slack markup",
            Self::Markdown => "Markdown",
            Self::Mail => "a mail draft",
        }
    }

    /// The form that the name of a file asks for.
    pub fn of_file(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.trim().to_ascii_lowercase().as_str() {
            "eml" => Some(Self::Mail),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }

    /// The next one, around.
    pub fn next(self) -> Self {
        match self {
            Self::Plain => Self::Slack,
            Self::Slack => Self::Markdown,
            Self::Markdown => Self::Mail,
            Self::Mail => Self::Plain,
        }
    }

    /// `txt`, `md`, `eml`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Plain | Self::Slack => "txt",
            Self::Markdown => "md",
            Self::Mail => "eml",
        }
    }
}

impl Message {
    /// The message with its subject in a form. The same message gives the same
    /// bytes.
    pub fn form(&self, flavour: Flavour) -> String {
        match flavour {
            Flavour::Plain => self.text(),
            Flavour::Slack => {
                let paragraphs = self.paragraphs.iter().map(|lines| {
                    let lines = lines.iter().map(|line| slack::line(&line.plain()));
                    lines.collect::<Vec<_>>().join("\n")
                });
                let subject = format!("*Subject:* {}", slack::line(&self.subject));
                let all: Vec<String> = [subject].into_iter().chain(paragraphs).collect();
                all.join("\n\n") + "\n"
            }
            Flavour::Markdown => {
                let subject = markdown::escape(&self.subject);
                let paragraphs = self.paragraphs.iter().map(in_markdown);
                let all: Vec<String> = [format!("**Subject:** {subject}")]
                    .into_iter()
                    .chain(paragraphs)
                    .collect();
                all.join("\n\n") + "\n"
            }
            Flavour::Mail => mail::draft(self),
        }
    }
}

/// A paragraph in Markdown. The numbers are those of a list, so that a reader
/// who quotes it has them too; letters are text.
fn in_markdown(lines: &Paragraph) -> String {
    let mut out = String::new();
    let mut before: Option<Mark> = None;
    for line in lines {
        let text = markdown::escape(&line.text);
        let begun = markdown::start(&text);
        let written = match line.mark {
            Mark::Bare => begun,
            Mark::Dash => format!("- {begun}"),
            Mark::Letter(letter) => format!("- {letter}. {text}"),
            Mark::Number(number) => format!("{number}. {begun}"),
            Mark::Choice(number, letter) => format!("   - {number}{letter}. {text}"),
            Mark::Below => format!("   {begun}"),
        };
        // A list that follows a line, or ends before one, needs a blank line.
        // Other lines break where two spaces stand.
        out.push_str(match (before, line.mark) {
            (None, _) => "",
            (Some(Mark::Bare), Mark::Bare) | (_, Mark::Below) => "  \n",
            (Some(Mark::Bare), _) | (_, Mark::Bare) => "\n\n",
            _ => "\n",
        });
        out.push_str(&written);
        before = Some(line.mark);
    }
    out
}

/// The lines of a plain text that has no marks but dashes.
pub fn read(body: &str) -> Vec<Paragraph> {
    let lines = |paragraph: &str| paragraph.lines().map(Line::read).collect();
    body.trim_end().split("\n\n").map(lines).collect()
}

#[cfg(test)]
mod tests;
