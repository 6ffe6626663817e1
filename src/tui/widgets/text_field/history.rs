//! What was done to a text, to go back and forth by words.

use std::collections::VecDeque;

/// Bytes of text that a history keeps.
const ROOM: usize = 1 << 20;

/// One stretch of text exchanged for another.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Byte of the text.
    pub at: usize,
    pub removed: String,
    pub inserted: String,
    pub caret_before: usize,
    pub caret_after: usize,
}

impl Edit {
    /// The smallest stretch that turns `old` into `new`, beginning no later
    /// than at byte `latest`: of two equal letters, the typed one is meant.
    pub fn between(old: &str, new: &str, latest: usize) -> Self {
        let same = |(a, b): &(u8, u8)| a == b;
        let mut start = old
            .bytes()
            .zip(new.bytes())
            .take(latest)
            .take_while(same)
            .count();
        while !(old.is_char_boundary(start) && new.is_char_boundary(start)) {
            start -= 1;
        }
        let most = old.len().min(new.len()) - start;
        let backwards = old.bytes().rev().zip(new.bytes().rev());
        let mut tail = backwards.take(most).take_while(same).count();
        while !(old.is_char_boundary(old.len() - tail) && new.is_char_boundary(new.len() - tail)) {
            tail -= 1;
        }
        let middle = |text: &str| {
            let range = start..text.len() - tail;
            text.get(range).unwrap_or_default().to_owned()
        };
        Self {
            at: start,
            removed: middle(old),
            inserted: middle(new),
            caret_before: 0,
            caret_after: 0,
        }
    }

    fn size(&self) -> usize {
        self.removed.len() + self.inserted.len()
    }

    /// Adds `next`, which follows at once, where both make up one word.
    fn join(&mut self, next: &Edit) -> bool {
        let only_typed = self.removed.is_empty() && next.removed.is_empty();
        let only_deleted = self.inserted.is_empty() && next.inserted.is_empty();
        if only_typed && next.at == self.at + self.inserted.len() {
            if begins_word(&self.inserted, &next.inserted) {
                return false;
            }
            self.inserted.push_str(&next.inserted);
        } else if only_deleted && next.at + next.removed.len() == self.at {
            if begins_word(&next.removed, &self.removed) {
                return false;
            }
            self.removed.insert_str(0, &next.removed);
            self.at = next.at;
        } else if only_deleted && next.at == self.at {
            if begins_word(&self.removed, &next.removed) {
                return false;
            }
            self.removed.push_str(&next.removed);
        } else {
            return false;
        }
        self.caret_after = next.caret_after;
        true
    }
}

/// Whether a word begins between two stretches that touch.
fn begins_word(left: &str, right: &str) -> bool {
    left.ends_with(char::is_whitespace) && !right.starts_with(char::is_whitespace)
}

/// Edits done and undone; the oldest are forgotten first.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: VecDeque<Edit>,
    undone: Vec<Edit>,
    /// Bytes in `done`.
    size: usize,
    /// Whether the last edit may still grow.
    open: bool,
}

impl History {
    /// Keeps `edit`; one that was `typed` may join the one before.
    pub fn record(&mut self, edit: Edit, typed: bool) {
        self.undone.clear();
        self.size += edit.size();
        let joined =
            typed && self.open && self.done.back_mut().is_some_and(|last| last.join(&edit));
        if !joined {
            self.done.push_back(edit);
        }
        self.open = typed;
        while self.size > ROOM && self.done.len() > 1 {
            let oldest = self.done.pop_front();
            self.size -= oldest.map_or(0, |edit| edit.size());
        }
    }

    /// The next edit begins a new step.
    pub fn pause(&mut self) {
        self.open = false;
    }

    /// The edit to take back.
    pub fn undo(&mut self) -> Option<Edit> {
        self.open = false;
        let edit = self.done.pop_back()?;
        self.size -= edit.size();
        self.undone.push(edit.clone());
        Some(edit)
    }

    /// The edit to do again.
    pub fn redo(&mut self) -> Option<Edit> {
        self.open = false;
        let edit = self.undone.pop()?;
        self.size += edit.size();
        self.done.push_back(edit.clone());
        Some(edit)
    }
}
