//! The one table of keys. Behaviour, hint line, help and palette read it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::command::Command;

/// Where a binding applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Wherever text is typed: no bare printable key here.
    Typing,
    /// The entry line of a list page.
    Entry,
    /// Rows of a list page.
    Rows,
    /// A page with numbered answers.
    Choice,
    /// The rank page.
    Rank,
    /// Which of two matters more.
    Pairs,
    /// The new-brief page.
    New,
    Desk,
    Review,
    Share,
    Brief,
    /// A question of the check-in that takes a yes or a no.
    Question,
    /// What else there is to tell at a check-in.
    News,
    /// A text of the check-in.
    Telling,
    /// The text of a reply.
    Pasting,
    /// The pieces of a reply.
    Pieces,
    /// The short word to a customer at the end of a check-in.
    Word,
    Goals,
    People,
    /// A form over the screen: text is typed.
    Form,
    /// A choice over the screen.
    Picker,
    /// A text to read.
    Reader,
    /// Help, palette and find: a filter is typed above a list.
    Filter,
    /// Everywhere that no text is typed.
    Moving,
    /// Everywhere.
    Always,
}

impl Context {
    /// A heading for the help screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Typing => "In a text field",
            Self::Entry => "In a list, on the entry line",
            Self::Rows => "In a list, on a row",
            Self::Choice => "Choosing an answer",
            Self::Rank => "Ranking",
            Self::Pairs => "Ranking by pairs",
            Self::New => "New brief",
            Self::Desk => "Desk",
            Self::Review => "Review",
            Self::Share => "Share",
            Self::Brief => "Brief",
            Self::Question => "Check-in: a question",
            Self::News => "Check-in: anything new",
            Self::Telling => "Check-in: telling",
            Self::Pasting => "Reply: the text",
            Self::Pieces => "Reply: its pieces",
            Self::Word => "Check-in: a word to them",
            Self::Goals => "Goals",
            Self::People => "People",
            Self::Form => "In a form",
            Self::Picker => "In a choice",
            Self::Reader => "Reading",
            Self::Filter => "Help, commands, find",
            Self::Moving => "Moving about",
            Self::Always => "Everywhere",
        }
    }

    /// Whether printable keys are text here.
    pub fn is_typing(self) -> bool {
        matches!(
            self,
            Self::Typing
                | Self::Entry
                | Self::Form
                | Self::Filter
                | Self::New
                | Self::Telling
                | Self::Pasting
        )
    }
}

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: KeyCode,
    pub modifiers: KeyModifiers,
}

impl Key {
    /// The key of an event; Shift is part of a printable character.
    pub fn of(event: KeyEvent) -> Self {
        let mut modifiers =
            event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let mut code = event.code;
        match code {
            KeyCode::Char(_) => modifiers -= KeyModifiers::SHIFT,
            // Terminals send either of these for Shift+Tab.
            KeyCode::BackTab => modifiers -= KeyModifiers::SHIFT,
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => {
                code = KeyCode::BackTab;
                modifiers -= KeyModifiers::SHIFT;
            }
            _ => {}
        }
        if let KeyCode::Char(c) = code
            && modifiers.contains(KeyModifiers::CONTROL)
        {
            code = KeyCode::Char(c.to_ascii_lowercase());
        }
        Self { code, modifiers }
    }

    /// Whether the key types a character.
    pub fn is_printable(self) -> bool {
        matches!(self.code, KeyCode::Char(_))
            && !self
                .modifiers
                .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
    }

    /// How the key is written for people.
    pub fn label(self) -> String {
        let mut label = String::new();
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            label.push_str("Ctrl+");
        }
        if self.modifiers.contains(KeyModifiers::ALT) {
            label.push_str("Alt+");
        }
        match self.code {
            KeyCode::Char(' ') => label.push_str("Space"),
            KeyCode::Char(c) if self.modifiers.contains(KeyModifiers::CONTROL) => {
                label.extend(c.to_uppercase());
            }
            KeyCode::Char(c) => label.push(c),
            KeyCode::Enter => label.push_str("Enter"),
            KeyCode::Esc => label.push_str("Esc"),
            KeyCode::Tab => label.push_str("Tab"),
            KeyCode::BackTab => label.push_str("Shift+Tab"),
            KeyCode::PageUp => label.push_str("PgUp"),
            KeyCode::PageDown => label.push_str("PgDn"),
            KeyCode::Up => label.push('↑'),
            KeyCode::Down => label.push('↓'),
            KeyCode::Left => label.push('←'),
            KeyCode::Right => label.push('→'),
            KeyCode::Home => label.push_str("Home"),
            KeyCode::End => label.push_str("End"),
            KeyCode::Delete => label.push_str("Del"),
            KeyCode::F(n) => label.push_str(&format!("F{n}")),
            other => label.push_str(&format!("{other:?}")),
        }
        label
    }
}

const fn key(code: KeyCode) -> Key {
    Key {
        code,
        modifiers: KeyModifiers::NONE,
    }
}

const fn ch(c: char) -> Key {
    key(KeyCode::Char(c))
}

const fn ctrl(c: char) -> Key {
    Key {
        code: KeyCode::Char(c),
        modifiers: KeyModifiers::CONTROL,
    }
}

const ENTER: Key = key(KeyCode::Enter);
const ESC: Key = key(KeyCode::Esc);
const TAB: Key = key(KeyCode::Tab);
const BACK_TAB: Key = key(KeyCode::BackTab);
const PAGE_UP: Key = key(KeyCode::PageUp);
const PAGE_DOWN: Key = key(KeyCode::PageDown);
const UP: Key = key(KeyCode::Up);
const DOWN: Key = key(KeyCode::Down);
const DELETE: Key = key(KeyCode::Delete);
const ALT_ENTER: Key = Key {
    code: KeyCode::Enter,
    modifiers: KeyModifiers::ALT,
};

/// Keys that do one thing in one context. The first key is the one in hints.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    pub context: Context,
    pub keys: &'static [Key],
    pub command: Command,
    /// Its place in the hint line, from 1; 0 is only in help.
    pub hint: u8,
}

const fn bind(context: Context, keys: &'static [Key], command: Command, hint: u8) -> Binding {
    Binding {
        context,
        keys,
        command,
        hint,
    }
}

/// All bindings. Within a context the first that fits counts.
pub static TABLE: &[Binding] = {
    use Command as C;
    use Context as X;
    &[
        // Text fields
        bind(X::Typing, &[ENTER], C::Accept, 1),
        bind(X::Typing, &[TAB], C::Basis, 2),
        bind(X::Typing, &[PAGE_UP, BACK_TAB], C::Previous, 4),
        bind(X::Typing, &[PAGE_DOWN], C::Next, 5),
        bind(X::Typing, &[key(KeyCode::F(2))], C::BasisDetails, 7),
        bind(X::Typing, &[key(KeyCode::F(3))], C::Review, 6),
        bind(X::Typing, &[ctrl('j'), ALT_ENTER], C::NewLine, 0),
        bind(X::Typing, &[ctrl('x')], C::Editor, 0),
        bind(X::Typing, &[ESC], C::Leave, 5),
        bind(X::Typing, &[key(KeyCode::F(1))], C::Help, 9),
        // The entry line of a list
        bind(X::Entry, &[ENTER], C::Accept, 1),
        bind(X::Entry, &[TAB], C::Basis, 2),
        bind(X::Entry, &[UP], C::Up, 3),
        bind(X::Entry, &[PAGE_UP, BACK_TAB], C::Previous, 4),
        bind(X::Entry, &[PAGE_DOWN], C::Next, 5),
        bind(X::Entry, &[key(KeyCode::F(2))], C::BasisDetails, 7),
        bind(X::Entry, &[key(KeyCode::F(3))], C::Review, 6),
        bind(X::Entry, &[key(KeyCode::F(4))], C::Goals, 8),
        bind(X::Entry, &[ctrl('x')], C::Editor, 0),
        bind(X::Entry, &[ESC], C::Leave, 5),
        bind(X::Entry, &[key(KeyCode::F(1))], C::Help, 9),
        // Rows
        bind(X::Rows, &[ENTER, ch('e')], C::Open, 1),
        bind(X::Rows, &[ch('a')], C::Add, 2),
        bind(X::Rows, &[ch('x'), DELETE], C::Remove, 3),
        bind(X::Rows, &[ch('K')], C::MoveUp, 5),
        bind(X::Rows, &[ch('J')], C::MoveDown, 4),
        bind(X::Rows, &[ch(' ')], C::Toggle, 6),
        bind(X::Rows, &[ch('w')], C::Whose, 7),
        bind(X::Rows, &[TAB], C::Basis, 8),
        bind(X::Rows, &[key(KeyCode::F(2))], C::BasisDetails, 0),
        bind(X::Rows, &[PAGE_UP, BACK_TAB], C::Previous, 9),
        bind(X::Rows, &[PAGE_DOWN], C::Next, 9),
        bind(X::Rows, &[ch('v'), key(KeyCode::F(3))], C::Review, 10),
        // Numbered answers
        bind(X::Choice, &[ENTER], C::Accept, 1),
        bind(X::Choice, &[TAB], C::Basis, 2),
        bind(X::Choice, &[key(KeyCode::F(2))], C::BasisDetails, 0),
        bind(X::Choice, &[PAGE_UP, BACK_TAB], C::Previous, 3),
        bind(X::Choice, &[PAGE_DOWN], C::Next, 4),
        bind(X::Choice, &[ch('v'), key(KeyCode::F(3))], C::Review, 5),
        // Ranking
        bind(X::Rank, &[ENTER], C::Accept, 1),
        bind(X::Rank, &[ch('K')], C::MoveUp, 3),
        bind(X::Rank, &[ch('J')], C::MoveDown, 3),
        bind(X::Rank, &[ch('=')], C::Same, 4),
        bind(X::Rank, &[ch('p')], C::Pairs, 5),
        bind(X::Rank, &[ch('w')], C::Whose, 6),
        bind(X::Rank, &[TAB], C::Basis, 7),
        bind(X::Rank, &[key(KeyCode::F(2))], C::BasisDetails, 0),
        bind(X::Rank, &[PAGE_UP, BACK_TAB], C::Previous, 8),
        bind(X::Rank, &[PAGE_DOWN], C::Next, 0),
        bind(X::Rank, &[ch('v'), key(KeyCode::F(3))], C::Review, 9),
        bind(X::Pairs, &[ch('='), ch('3')], C::Same, 2),
        bind(X::Pairs, &[ch('u'), BACK_TAB, PAGE_UP], C::Previous, 3),
        // New brief
        bind(X::New, &[ENTER], C::Accept, 1),
        bind(X::New, &[UP], C::Up, 2),
        bind(X::New, &[DOWN], C::Down, 2),
        bind(X::New, &[ESC], C::Leave, 3),
        bind(X::New, &[key(KeyCode::F(1))], C::Help, 4),
        // Desk
        bind(X::Desk, &[ENTER, key(KeyCode::Right), ch('l')], C::Open, 1),
        bind(X::Desk, &[ch('c')], C::CheckIn, 2),
        bind(X::Desk, &[ch('a')], C::Add, 3),
        bind(X::Desk, &[ch('e')], C::Edit, 4),
        bind(X::Desk, &[ch('s')], C::Share, 5),
        bind(X::Desk, &[ch('r')], C::Reply, 6),
        bind(X::Desk, &[ch('y')], C::SignOff, 6),
        bind(X::Desk, &[ch('m')], C::Advance, 7),
        bind(X::Desk, &[ch('z')], C::Snooze, 8),
        bind(X::Desk, &[ch('p')], C::Export, 0),
        bind(X::Desk, &[ch('E'), ctrl('x')], C::EditFile, 0),
        bind(X::Desk, &[ch('x')], C::Archive, 0),
        bind(X::Desk, &[ch('A')], C::ShowArchived, 0),
        bind(X::Desk, &[ch('M')], C::Everyone, 0),
        bind(X::Desk, &[ch('o')], C::HandOver, 0),
        bind(X::Desk, &[ch('q')], C::Quit, 25),
        bind(X::Desk, &[ch('D')], C::Demo, 9),
        // Review
        bind(X::Review, &[ENTER, ch('e')], C::Open, 1),
        bind(X::Review, &[ch('s')], C::Share, 2),
        bind(X::Review, &[ch('r')], C::Reply, 3),
        bind(X::Review, &[ch('y')], C::SignOff, 3),
        bind(X::Review, &[ch('S')], C::Signature, 0),
        bind(X::Review, &[ch('w')], C::Amend, 0),
        bind(X::Review, &[ch('m')], C::Advance, 4),
        bind(X::Review, &[ch('c')], C::CheckIn, 5),
        bind(X::Review, &[ch('t')], C::Title, 6),
        bind(X::Review, &[ch('E'), ctrl('x')], C::EditFile, 0),
        bind(X::Review, &[ch('p')], C::Export, 0),
        bind(X::Review, &[BACK_TAB, PAGE_UP], C::Previous, 7),
        // Share
        bind(X::Share, &[ENTER], C::Send, 1),
        bind(X::Share, &[ch('Y')], C::Copy, 2),
        bind(X::Share, &[ch('w')], C::WriteFile, 3),
        bind(X::Share, &[TAB, ch(' ')], C::Recipient, 4),
        bind(X::Share, &[ch('a')], C::Bundle, 5),
        bind(X::Share, &[ch('t')], C::Thanks, 6),
        bind(X::Share, &[ch('f')], C::Form, 7),
        bind(X::Share, &[ch('n')], C::Name, 8),
        bind(X::Share, &[ch('r')], C::Reply, 9),
        // Brief
        bind(X::Brief, &[ch('e')], C::Edit, 1),
        bind(X::Brief, &[ch('c')], C::CheckIn, 2),
        bind(X::Brief, &[ch('v')], C::Review, 3),
        bind(X::Brief, &[ch('s')], C::Share, 4),
        bind(X::Brief, &[ch('r')], C::Reply, 5),
        bind(X::Brief, &[ch('y')], C::SignOff, 5),
        bind(X::Brief, &[ch('S')], C::Signature, 0),
        bind(X::Brief, &[ch('w')], C::Amend, 0),
        bind(X::Brief, &[ch('m')], C::Advance, 6),
        bind(X::Brief, &[ch('z')], C::Snooze, 7),
        bind(X::Brief, &[ch('p')], C::Export, 8),
        bind(X::Brief, &[ch('n')], C::Heard, 0),
        bind(X::Brief, &[ch('t')], C::Title, 0),
        bind(X::Brief, &[ch('d')], C::Drop, 0),
        bind(X::Brief, &[ch('E'), ctrl('x')], C::EditFile, 0),
        bind(X::Brief, &[ch('x')], C::Archive, 0),
        bind(X::Brief, &[ch('o')], C::HandOver, 0),
        bind(X::Brief, &[ch('Y')], C::Copy, 0),
        // Check-in
        bind(X::Question, &[ch('y'), ENTER], C::Yes, 1),
        bind(X::Question, &[ch('n')], C::No, 2),
        bind(X::Question, &[ch('w')], C::NoWord, 3),
        bind(X::Question, &[ch('t')], C::Lost, 4),
        bind(X::Question, &[PAGE_UP, BACK_TAB], C::Previous, 5),
        bind(X::News, &[ENTER], C::Accept, 1),
        bind(X::News, &[ch('t')], C::Lost, 2),
        bind(X::News, &[PAGE_UP, BACK_TAB], C::Previous, 3),
        bind(X::Telling, &[ENTER], C::Accept, 1),
        bind(X::Telling, &[PAGE_UP, BACK_TAB], C::Previous, 2),
        bind(X::Telling, &[key(KeyCode::F(4))], C::Lost, 3),
        bind(X::Telling, &[ctrl('j'), ALT_ENTER], C::NewLine, 0),
        bind(X::Telling, &[ctrl('x')], C::Editor, 0),
        bind(X::Telling, &[ESC], C::Leave, 4),
        bind(X::Telling, &[key(KeyCode::F(1))], C::Help, 5),
        bind(X::Word, &[ENTER], C::Send, 1),
        bind(X::Word, &[ch('n')], C::Skip, 2),
        bind(X::Word, &[ch('w')], C::WriteFile, 3),
        bind(X::Word, &[TAB, ch(' ')], C::Recipient, 4),
        bind(X::Word, &[ch('N')], C::Name, 5),
        bind(X::Word, &[BACK_TAB], C::Previous, 6),
        // Reply
        bind(X::Pasting, &[ENTER], C::Accept, 1),
        bind(X::Pasting, &[ctrl('j'), ALT_ENTER], C::NewLine, 2),
        bind(X::Pasting, &[ctrl('x')], C::Editor, 0),
        bind(X::Pasting, &[ESC], C::Leave, 3),
        bind(X::Pasting, &[key(KeyCode::F(1))], C::Help, 4),
        bind(X::Pieces, &[ENTER], C::Record, 1),
        bind(X::Pieces, &[ch(' ')], C::LeaveOut, 2),
        bind(X::Pieces, &[ch('m')], C::MoveTo, 3),
        bind(X::Pieces, &[ch('e')], C::From, 4),
        bind(X::Pieces, &[TAB], C::Down, 0),
        bind(X::Pieces, &[BACK_TAB], C::Up, 0),
        // Goals and people
        bind(X::Goals, &[ch('a')], C::Add, 1),
        bind(X::Goals, &[ENTER, ch('e')], C::Open, 2),
        bind(X::Goals, &[ch('x'), DELETE], C::Remove, 3),
        bind(X::Goals, &[ch('J')], C::MoveDown, 4),
        bind(X::Goals, &[ch('K')], C::MoveUp, 4),
        bind(X::People, &[ENTER], C::Open, 1),
        // Over the screen
        bind(X::Form, &[ENTER], C::Accept, 1),
        bind(X::Form, &[TAB, DOWN], C::Down, 2),
        bind(X::Form, &[BACK_TAB, UP], C::Up, 2),
        bind(X::Form, &[ctrl('j'), ALT_ENTER], C::NewLine, 3),
        bind(X::Form, &[ctrl('x')], C::Editor, 0),
        bind(X::Form, &[ESC], C::Leave, 4),
        bind(X::Picker, &[ENTER], C::Accept, 1),
        bind(X::Picker, &[ch(' ')], C::Toggle, 2),
        bind(X::Reader, &[PAGE_UP], C::Previous, 0),
        bind(X::Reader, &[PAGE_DOWN, ch(' ')], C::Next, 1),
        bind(X::Reader, &[ENTER], C::Leave, 2),
        bind(X::Filter, &[ENTER], C::Accept, 1),
        bind(X::Filter, &[UP], C::Up, 2),
        bind(X::Filter, &[DOWN, TAB], C::Down, 2),
        bind(X::Filter, &[PAGE_UP], C::Previous, 0),
        bind(X::Filter, &[PAGE_DOWN], C::Next, 0),
        bind(X::Filter, &[ESC], C::Leave, 3),
        // Everywhere that no text is typed
        bind(X::Moving, &[UP, ch('k')], C::Up, 0),
        bind(X::Moving, &[DOWN, ch('j')], C::Down, 0),
        bind(X::Moving, &[key(KeyCode::Home), ch('g')], C::First, 0),
        bind(X::Moving, &[key(KeyCode::End), ch('G')], C::Last, 0),
        bind(X::Moving, &[PAGE_UP], C::Previous, 0),
        bind(X::Moving, &[PAGE_DOWN], C::Next, 0),
        bind(X::Moving, &[ch('1')], C::Pick(1), 0),
        bind(X::Moving, &[ch('2')], C::Pick(2), 0),
        bind(X::Moving, &[ch('3')], C::Pick(3), 0),
        bind(X::Moving, &[ch('4')], C::Pick(4), 0),
        bind(X::Moving, &[ch('5')], C::Pick(5), 0),
        bind(X::Moving, &[ch('6')], C::Pick(6), 0),
        bind(X::Moving, &[ch('7')], C::Pick(7), 0),
        bind(X::Moving, &[ch('8')], C::Pick(8), 0),
        bind(X::Moving, &[ch('9')], C::Pick(9), 0),
        bind(X::Moving, &[ch('u')], C::Undo, 20),
        bind(X::Moving, &[ch('U')], C::Redo, 0),
        bind(X::Moving, &[ch('/')], C::Find, 21),
        bind(X::Moving, &[ch('O')], C::Goals, 0),
        bind(X::Moving, &[ch('P')], C::People, 0),
        bind(X::Moving, &[ch(':')], C::Palette, 22),
        bind(X::Moving, &[ch('?'), key(KeyCode::F(1))], C::Help, 23),
        bind(
            X::Moving,
            &[ESC, ch('q'), key(KeyCode::Left), ch('h')],
            C::Leave,
            24,
        ),
        // Everywhere
        bind(X::Always, &[ctrl('c')], C::Quit, 0),
        bind(X::Always, &[ctrl('z')], C::Suspend, 0),
    ]
};

/// The bindings of some contexts, in the order of the contexts.
pub fn bindings(contexts: &[Context]) -> impl Iterator<Item = &'static Binding> {
    contexts
        .iter()
        .flat_map(|context| TABLE.iter().filter(move |b| b.context == *context))
}

/// The commands that a key could mean in some contexts, in order.
pub fn commands(contexts: &[Context], key: Key) -> impl Iterator<Item = Command> {
    bindings(contexts)
        .filter(move |b| b.keys.contains(&key))
        .map(|b| b.command)
}

/// The label of the first key of a command in some contexts.
pub fn label_of(contexts: &[Context], command: Command) -> Option<String> {
    bindings(contexts)
        .find(|b| b.command == command)
        .and_then(|b| b.keys.first())
        .map(|key| key.label())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_key_has_one_meaning_in_a_context() {
        let mut seen = HashSet::new();
        for binding in TABLE {
            for key in binding.keys {
                assert!(
                    seen.insert((binding.context, *key)),
                    "{} twice in {:?}",
                    key.label(),
                    binding.context
                );
            }
        }
    }

    #[test]
    fn a_command_is_bound_once_in_a_context() {
        let mut seen = HashSet::new();
        for binding in TABLE {
            assert!(
                seen.insert((binding.context, binding.command)),
                "{:?} twice in {:?}",
                binding.command,
                binding.context
            );
        }
    }

    #[test]
    fn no_printable_key_is_taken_where_text_is_typed() {
        for binding in TABLE.iter().filter(|b| b.context.is_typing()) {
            for key in binding.keys {
                assert!(
                    !key.is_printable(),
                    "{} in {:?}",
                    key.label(),
                    binding.context
                );
            }
        }
    }

    #[test]
    fn no_action_needs_a_chord_where_no_text_is_typed() {
        for binding in TABLE.iter().filter(|b| {
            !b.context.is_typing() && !matches!(b.command, Command::Quit | Command::Suspend)
        }) {
            assert!(
                binding.keys[0].modifiers.is_empty(),
                "{:?} needs {}",
                binding.command,
                binding.keys[0].label()
            );
        }
    }
}
