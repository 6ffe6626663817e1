//! A field to write in, of one line or many.
//!
//! The text is clean from the moment it is inserted, as by
//! [`text::block`] (many lines) or [`text::line`] (one): what stands in the
//! field, what is drawn and what [`TextField::text`] gives are the same. The
//! caret always stands between graphemes. The view measures what was drawn
//! last, which is why drawing takes `&self` and moving by rows needs no area.
//!
//! Own code rather than ratatui-textarea: that one deletes code points, wraps
//! the whole text at every key with a grapheme split across lines, and does
//! not say where the caret is.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::domain::text;

mod history;
mod layout;
mod motion;
#[cfg(test)]
mod tests;

use history::{Edit, History};
use layout::Layout;

/// The most a field takes unless it is told otherwise, in characters.
pub const LIMIT: usize = 100_000;
/// Invisible characters that may wait for what they join (a flag takes six).
const WAITING: usize = 8;

/// What a key did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldEvent {
    /// The text is another one.
    Changed,
    /// The text is the same; the caret may have moved.
    Moved,
    /// The field has no use for this key.
    Ignored,
    /// The text would be too long; nothing was inserted.
    Refused(TooLong),
}

/// More text than a field takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("nothing was inserted: {length} characters, {limit} fit; name a file instead")]
pub struct TooLong {
    /// Characters that the field would hold.
    pub length: usize,
    /// Characters that it may hold.
    pub limit: usize,
}

/// A text with a caret.
#[derive(Debug, Clone)]
pub struct TextField {
    text: String,
    /// Byte of the text, between two graphemes.
    caret: usize,
    multiline: bool,
    limit: usize,
    /// The text as it was set.
    first: String,
    /// Typed joiners that wait for the character they join.
    waiting: String,
    /// The column that moving up and down tries to keep.
    column: Option<usize>,
    history: History,
    layout: Layout,
}

impl TextField {
    /// Keys and what they do, for a help screen.
    pub const KEYS: &[(&str, &str)] = &[
        ("←  →  ↑  ↓", "move"),
        ("Ctrl+←  Ctrl+→", "move by a word"),
        ("Home  End", "start, end of the row"),
        ("Ctrl+A  Ctrl+E", "start, end of the line"),
        ("Ctrl+Home  Ctrl+End", "start, end of the text"),
        ("Backspace  Del", "delete a character"),
        ("Ctrl+W  Alt+Backspace", "delete the word before"),
        ("Alt+D", "delete the word after"),
        ("Ctrl+U  Ctrl+K", "delete to the start, the end of the line"),
        ("Ctrl+J  Alt+Enter", "new line"),
        ("Ctrl+_  Ctrl+Y", "undo, redo typing"),
    ];

    /// An empty field of one line: a pasted line break becomes a space.
    pub fn line() -> Self {
        Self::new(false)
    }

    /// An empty field of many lines.
    pub fn lines() -> Self {
        Self::new(true)
    }

    fn new(multiline: bool) -> Self {
        Self {
            text: String::new(),
            caret: 0,
            multiline,
            limit: LIMIT,
            first: String::new(),
            waiting: String::new(),
            column: None,
            history: History::default(),
            layout: Layout::default(),
        }
    }

    /// The same field for at most `limit` characters.
    #[must_use]
    pub fn with_limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// The same field holding `text`; see [`TextField::set_text`].
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.set_text(text);
        self
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it takes more than one line.
    pub fn is_multiline(&self) -> bool {
        self.multiline
    }

    /// Whether the text differs from what was set, so that an untouched text
    /// need not be written back.
    pub fn is_changed(&self) -> bool {
        self.text != self.first
    }

    /// Puts in another text, caret at the end, nothing to undo. A text over the
    /// limit is taken (it is there already, in a file) and can only shrink.
    pub fn set_text(&mut self, text: &str) {
        self.text = self.clean(text);
        self.first.clone_from(&self.text);
        self.caret = self.text.len();
        self.waiting.clear();
        self.column = None;
        self.history = History::default();
        self.layout.forget();
    }

    /// Puts in another text as one step that can be undone, as after an
    /// external editor.
    pub fn replace(&mut self, text: &str) -> FieldEvent {
        let text = self.clean(text);
        let end = text.len();
        self.commit(text, end, false)
    }

    /// Inserts a paste in one step.
    pub fn paste(&mut self, pasted: &str) -> FieldEvent {
        self.waiting.clear();
        self.insert(pasted, false)
    }

    /// Acts on a key press or repeat.
    pub fn handle(&mut self, key: KeyEvent) -> FieldEvent {
        if key.kind == KeyEventKind::Release {
            return FieldEvent::Ignored;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        if let KeyCode::Char(c) = key.code
            && !control
            && !alt
        {
            return self.type_char(c);
        }
        self.waiting.clear();
        let event = match (key.code, control, alt) {
            (KeyCode::Char('j'), true, false) => self.break_line(),
            (KeyCode::Enter, ..) if !key.modifiers.is_empty() => self.break_line(),
            // Some terminals send Ctrl+H for Backspace.
            (KeyCode::Backspace, false, false) | (KeyCode::Char('h'), true, false) => {
                self.delete_to(self.before(self.caret))
            }
            (KeyCode::Backspace, ..) | (KeyCode::Char('w'), true, false) => {
                self.delete_to(motion::word_before(&self.text, self.caret))
            }
            (KeyCode::Delete, false, false) => self.delete_to(self.after(self.caret)),
            (KeyCode::Delete, ..) | (KeyCode::Char('d'), false, true) => {
                self.delete_to(motion::word_after(&self.text, self.caret))
            }
            (KeyCode::Char('u'), true, false) => {
                self.delete_to(motion::line_start(&self.text, self.caret))
            }
            (KeyCode::Char('k'), true, false) => {
                self.delete_to(motion::line_end(&self.text, self.caret))
            }
            (KeyCode::Char('_' | '/' | '7'), true, false) => self.undo(),
            (KeyCode::Char('y'), true, false) => self.redo(),
            _ => return self.handle_motion(key.code, control, alt),
        };
        self.column = None;
        event
    }

    fn handle_motion(&mut self, code: KeyCode, control: bool, alt: bool) -> FieldEvent {
        let target = match (code, control, alt) {
            (KeyCode::Up, false, false) => return self.move_rows(-1),
            (KeyCode::Down, false, false) => return self.move_rows(1),
            (KeyCode::Left, false, false) => self.before(self.caret),
            (KeyCode::Right, false, false) => self.after(self.caret),
            (KeyCode::Left, ..) | (KeyCode::Char('b'), false, true) => {
                motion::word_before(&self.text, self.caret)
            }
            (KeyCode::Right, ..) | (KeyCode::Char('f'), false, true) => {
                motion::word_after(&self.text, self.caret)
            }
            (KeyCode::Home, false, false) if self.multiline => {
                self.layout.row_start(&self.text, self.caret)
            }
            (KeyCode::End, false, false) if self.multiline => {
                self.layout.row_end(&self.text, self.caret)
            }
            (KeyCode::Home, ..) => 0,
            (KeyCode::End, ..) => self.text.len(),
            (KeyCode::Char('a'), true, false) => motion::line_start(&self.text, self.caret),
            (KeyCode::Char('e'), true, false) => motion::line_end(&self.text, self.caret),
            _ => return FieldEvent::Ignored,
        };
        self.caret = target;
        self.column = None;
        self.history.pause();
        FieldEvent::Moved
    }

    /// Takes back the last word typed, or the last deletion or paste.
    pub fn undo(&mut self) -> FieldEvent {
        let Some(edit) = self.history.undo() else {
            return FieldEvent::Moved;
        };
        let end = edit.at + edit.inserted.len();
        if self.text.get(edit.at..end) == Some(edit.inserted.as_str()) {
            self.text.replace_range(edit.at..end, &edit.removed);
            self.place(edit.caret_before);
        }
        FieldEvent::Changed
    }

    /// Does again what was undone.
    pub fn redo(&mut self) -> FieldEvent {
        let Some(edit) = self.history.redo() else {
            return FieldEvent::Moved;
        };
        let end = edit.at + edit.removed.len();
        if self.text.get(edit.at..end) == Some(edit.removed.as_str()) {
            self.text.replace_range(edit.at..end, &edit.inserted);
            self.place(edit.caret_after);
        }
        FieldEvent::Changed
    }

    fn type_char(&mut self, c: char) -> FieldEvent {
        self.column = None;
        // An emoji, or a Persian word, comes one character after another: a
        // joiner means something only when the next one is there.
        if text::is_hidden(c) && self.clean_at_caret(c.encode_utf8(&mut [0; 4])).is_none() {
            if self.waiting.chars().count() < WAITING {
                self.waiting.push(c);
            }
            return FieldEvent::Moved;
        }
        let mut typed = std::mem::take(&mut self.waiting);
        typed.push(c);
        self.insert(&typed, true)
    }

    /// The text with `typed` at the caret, where that is clean as it is.
    fn clean_at_caret(&self, typed: &str) -> Option<()> {
        let (before, after) = self.text.split_at_checked(self.caret)?;
        let whole = [before, &self.waiting, typed, after].concat();
        (self.clean(&whole) == whole).then_some(())
    }

    fn break_line(&mut self) -> FieldEvent {
        if self.multiline {
            self.insert("\n", true)
        } else {
            FieldEvent::Ignored
        }
    }

    fn insert(&mut self, inserted: &str, typed: bool) -> FieldEvent {
        let Some((before, after)) = self.text.split_at_checked(self.caret) else {
            return FieldEvent::Ignored;
        };
        // A copied line brings its line break along; one line has no use for it.
        let inserted = if self.multiline || typed {
            inserted
        } else {
            inserted.trim_end_matches(['\r', '\n'])
        };
        if inserted.is_empty() {
            return FieldEvent::Moved;
        }
        let text = self.clean(&[before, inserted, after].concat());
        // What follows the caret is clean and mostly stays as it is; an inserted
        // joiner or mark can change it.
        let caret = if text.ends_with(after) {
            text.len() - after.len()
        } else {
            self.clean(&[before, inserted].concat()).len()
        };
        self.column = None;
        self.commit(text, caret, typed)
    }

    /// Deletes what is between the caret and `target`.
    fn delete_to(&mut self, target: usize) -> FieldEvent {
        let (start, end) = (self.caret.min(target), self.caret.max(target));
        let before = self.text.get(..start).unwrap_or_default();
        let after = self.text.get(end..).unwrap_or_default();
        if start == end {
            return FieldEvent::Moved;
        }
        // A joiner may have lost what it joined; it goes too, rather than show up.
        let kept_before = before.trim_end_matches(text::is_hidden);
        let kept_after = after.trim_start_matches(text::is_hidden);
        let ways = [
            (before, after),
            (before, kept_after),
            (kept_before, after),
            (kept_before, kept_after),
        ];
        let clean = ways.into_iter().find_map(|(before, after)| {
            let joined = [before, after].concat();
            (self.clean(&joined) == joined).then_some((joined, before.len()))
        });
        let (text, caret) = clean.unwrap_or_else(|| (self.clean(&[before, after].concat()), start));
        self.commit(text, caret, true)
    }

    /// Makes `text` the text and remembers how to go back; refuses to grow
    /// beyond the limit.
    fn commit(&mut self, text: String, caret: usize, typed: bool) -> FieldEvent {
        if text == self.text {
            self.place(caret);
            return FieldEvent::Moved;
        }
        let length = text.chars().count();
        if length > self.limit && length > self.text.chars().count() {
            return FieldEvent::Refused(TooLong {
                length,
                limit: self.limit,
            });
        }
        let mut edit = Edit::between(&self.text, &text, self.caret.min(caret));
        edit.caret_before = self.caret;
        self.text = text;
        self.place(caret);
        edit.caret_after = self.caret;
        self.history.record(edit, typed);
        FieldEvent::Changed
    }

    /// Puts the caret at byte `at`, or behind the grapheme that it is in.
    fn place(&mut self, at: usize) {
        self.layout.forget();
        self.column = None;
        let at = at.min(self.text.len());
        self.caret = if motion::is_between(&self.text, at) {
            at
        } else {
            motion::after(&self.text, at)
        };
    }

    fn move_rows(&mut self, rows: isize) -> FieldEvent {
        if !self.multiline {
            return FieldEvent::Ignored;
        }
        let (row, column) = self.layout.place_of(&self.text, self.caret);
        let column = *self.column.get_or_insert(column);
        let target = row
            .checked_add_signed(rows)
            .and_then(|row| self.layout.at(&self.text, row, column));
        match target {
            Some(target) => {
                self.caret = target;
                self.history.pause();
                FieldEvent::Moved
            }
            None => {
                self.column = None;
                FieldEvent::Ignored
            }
        }
    }

    fn before(&self, at: usize) -> usize {
        motion::before(&self.text, at)
    }

    fn after(&self, at: usize) -> usize {
        motion::after(&self.text, at)
    }

    fn clean(&self, text: &str) -> String {
        if self.multiline {
            return text::block(text).into_owned();
        }
        let text = text.replace("\r\n", " ").replace(['\r', '\n'], " ");
        text::line(&text).into_owned()
    }
}
