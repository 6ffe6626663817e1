//! The events of the parser of TOML as headers, keys and values.

use std::borrow::Cow;

use toml::value::Datetime;
use toml_parser::Source;
use toml_parser::decoder::{IntegerRadix, ScalarKind};
use toml_parser::parser::{Event, EventKind, parse_document};

use super::super::fields::{day_of, moment_of};
use super::{Kind, Value};

/// Reads the events of a text from the front. What is asked for fails where there
/// is something else, and nothing is read after that.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    source: Source<'t>,
    events: std::vec::IntoIter<Event>,
    next: Option<Event>,
}

impl<'t> Scanner<'t> {
    /// `None` for a text that is no TOML, as far as that can be told without its
    /// values.
    pub fn of(text: &'t str) -> Option<Self> {
        let source = Source::new(text);
        let tokens = source.lex().into_vec();
        let mut events: Vec<Event> = Vec::with_capacity(tokens.len());
        let mut error = None;
        parse_document(&tokens, &mut events, &mut error);
        let mut scanner = Self {
            source,
            events: events.into_iter(),
            next: None,
        };
        scanner.step();
        error.is_none().then_some(scanner)
    }

    /// What comes next, without blanks, line ends and comments.
    pub fn peek(&self) -> Option<EventKind> {
        self.next.map(|event| event.kind())
    }

    fn step(&mut self) {
        use EventKind::{Comment, Newline, Whitespace};
        let is_said = |event: &Event| !matches!(event.kind(), Whitespace | Newline | Comment);
        self.next = self.events.find(is_said);
    }

    fn eat(&mut self, kind: EventKind) -> Option<Event> {
        let event = self.next.filter(|event| event.kind() == kind)?;
        self.step();
        Some(event)
    }

    /// A name of letters, digits, `-` and `_`.
    fn bare(&mut self) -> Option<&'t str> {
        let raw = self
            .eat(EventKind::SimpleKey)
            .filter(|e| e.encoding().is_none())?;
        let raw = self.source.get(raw)?;
        let mut error = None;
        raw.decode_key(&mut (), &mut error);
        error.is_none().then(|| raw.as_str())
    }

    /// `[plan]`, `[answer.purpose]`, `[[need]]`.
    pub fn header(&mut self) -> Option<(Kind, &'t str)> {
        if self.eat(EventKind::ArrayTableOpen).is_some() {
            let kind = Kind::of_item(self.bare()?)?;
            self.eat(EventKind::ArrayTableClose)?;
            return Some((kind, ""));
        }
        self.eat(EventKind::StdTableOpen)?;
        let name = self.bare()?;
        let found = match self.eat(EventKind::KeySep) {
            Some(_) if name == "answer" => (Kind::Answer, self.bare()?),
            Some(_) => return None,
            None => (Kind::of_table(name)?, ""),
        };
        self.eat(EventKind::StdTableClose)?;
        Some(found)
    }

    /// `key = value`.
    pub fn entry(&mut self) -> Option<(&'t str, Value<'t>)> {
        let key = self.bare()?;
        self.eat(EventKind::KeyValSep)?;
        if self.eat(EventKind::ArrayOpen).is_none() {
            return Some((key, self.scalar()?));
        }
        let mut texts = Vec::new();
        while self.eat(EventKind::ArrayClose).is_none() {
            match self.scalar()? {
                Value::Text(text) => texts.push(text),
                _ => return None,
            }
            self.eat(EventKind::ValueSep);
        }
        Some((key, Value::Texts(texts)))
    }

    fn scalar(&mut self) -> Option<Value<'t>> {
        let event = self.eat(EventKind::Scalar)?;
        let raw = self.source.get(event)?;
        let (mut text, mut error) = (Cow::Borrowed(""), None);
        let kind = raw.decode_scalar(&mut text, &mut error);
        if error.is_some() {
            return None;
        }
        Some(match kind {
            ScalarKind::String => Value::Text(text),
            ScalarKind::Boolean(is) => Value::Flag(is),
            ScalarKind::Integer(IntegerRadix::Dec) => Value::Number(text.parse().ok()?),
            ScalarKind::DateTime => {
                let when: Datetime = text.parse().ok()?;
                match (when.time, when.offset) {
                    (None, None) => Value::Day(day_of(when.date?)?),
                    (Some(_), Some(_)) => Value::Moment(moment_of(&when)?),
                    _ => return None,
                }
            }
            _ => return None,
        })
    }
}
