//! The neutral outline of a brief: what a document says, before it becomes
//! Markdown, HTML or plain text. All strings in it are safe to show, and none
//! is escaped for a format yet: that is the work of each renderer.

use serde::Serialize;

use crate::domain::text;

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Outline {
    pub title: String,
    pub status: Status,
    /// Code, version and stage, at the top.
    pub facts: Vec<Row>,
    pub parts: Vec<Part>,
    /// How the file can be checked.
    pub closing: String,
}

/// How the whole brief stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Status {
    pub tone: Tone,
    pub symbol: &'static str,
    pub word: &'static str,
    pub sentence: String,
}

/// How weighty something is; always said by symbol and word as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Tone {
    Good,
    Quiet,
    Open,
    Warn,
}

/// A section with its heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Part {
    /// For anchors and styles; never from user text.
    pub id: &'static str,
    pub heading: &'static str,
    pub blocks: Vec<Block>,
}

/// What a section is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Block {
    Heading { text: String },
    Text { text: String, tag: Option<Tag> },
    Quote { words: String, source: String },
    List { ordered: bool, items: Vec<Item> },
    Rows { rows: Vec<Row> },
    Notice { symbol: &'static str, text: String },
}

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub(super) struct Item {
    /// The rank in an ordered list; two items may share it.
    pub number: usize,
    pub text: String,
    pub tag: Option<Tag>,
    pub details: Vec<Detail>,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    pub label: String,
    pub value: String,
    pub tag: Option<Tag>,
}

/// A line below an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Detail {
    pub label: String,
    pub value: String,
}

/// What an answer rests on, as symbol and word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Tag {
    pub tone: Tone,
    pub symbol: &'static str,
    pub word: String,
    /// Who and when, or why; may be empty.
    pub detail: String,
}

impl Tag {
    /// `✓ told, by Dana Reyes on Wed 4 Feb 2026`.
    pub fn words(&self) -> String {
        if self.detail.is_empty() {
            format!("{} {}", self.symbol, self.word)
        } else {
            format!("{} {}, {}", self.symbol, self.word, self.detail)
        }
    }
}

impl Part {
    pub fn new(id: &'static str, heading: &'static str) -> Self {
        Self {
            id,
            heading,
            blocks: Vec::new(),
        }
    }

    pub fn text(&mut self, text: impl Into<String>) {
        self.tagged(text, None);
    }

    pub fn tagged(&mut self, text: impl Into<String>, tag: Option<Tag>) {
        let text = text.into();
        self.blocks.push(Block::Text { text, tag });
    }

    pub fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading { text: text.into() });
    }

    /// A list, if there is anything in it.
    pub fn list(&mut self, items: Vec<Item>) {
        if !items.is_empty() {
            let ordered = false;
            self.blocks.push(Block::List { ordered, items });
        }
    }

    pub fn ordered(&mut self, items: Vec<Item>) {
        if !items.is_empty() {
            let ordered = true;
            self.blocks.push(Block::List { ordered, items });
        }
    }

    pub fn rows(&mut self, rows: Vec<Row>) {
        if !rows.is_empty() {
            self.blocks.push(Block::Rows { rows });
        }
    }

    pub fn notice(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Notice {
            symbol: "!",
            text: text.into(),
        });
    }
}

impl Item {
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Adds a line below, unless there is nothing to say.
    pub fn detail(mut self, label: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            let label = label.to_owned();
            self.details.push(Detail { label, value });
        }
        self
    }

    pub fn tag(mut self, tag: Option<Tag>) -> Self {
        self.tag = tag;
        self
    }

    pub fn number(mut self, number: usize) -> Self {
        self.number = number;
        self
    }
}

impl Row {
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            tag: None,
        }
    }

    pub fn tag(mut self, tag: Option<Tag>) -> Self {
        self.tag = tag;
        self
    }
}

/// Text from a brief on one line, safe to show.
pub(super) fn one(from_brief: &str) -> String {
    text::line(from_brief.trim()).into_owned()
}

/// Text from a brief with its line breaks, safe to show.
pub(super) fn many(from_brief: &str) -> String {
    text::block(from_brief.trim()).into_owned()
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
