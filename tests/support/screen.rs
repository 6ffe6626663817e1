//! The interface without a terminal: keys go in, frames come out, and the
//! folder, the clipboard and the editor answer as the runner would let them.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use askfirst::checklist::Catalogue;
use askfirst::domain::{Brief, BriefId, Moment};
use askfirst::storage::{Entry, Folder, MemoryStore, Store};
use askfirst::tui::message::{Effect, Msg};
use askfirst::tui::model::Model;
use askfirst::tui::{contexts, perform, update, view};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// The morning on which the reference case begins.
pub const MORNING: &str = "2026-02-03T09:30:00+01:00";

type Editor = Box<dyn FnMut(String) -> Result<String, String>>;

/// One run of the interface.
pub struct Screen {
    pub model: Model,
    /// What was copied, oldest first.
    pub clipboard: Vec<String>,
    /// Keys that are not text.
    pub control_keys: usize,
    /// The effects that end the interface, once there were any.
    pub ended: Option<Effect>,
    editor: Editor,
    store: Rc<dyn Store>,
    dir: Rc<tempfile::TempDir>,
    runs: u32,
}

impl Screen {
    /// An empty folder, on the morning of the reference case.
    pub fn new(width: u16, height: u16) -> Self {
        let dir = empty_dir();
        let briefs = dir.path().join("briefs");
        std::fs::create_dir(&briefs).unwrap();
        Self::run(dir, Rc::new(Folder::at(briefs)), width, height, 7)
    }

    /// Briefs in memory, under these ids: for many runs.
    pub fn in_memory(width: u16, height: u16, briefs: &[(&str, &str)]) -> Self {
        let store = MemoryStore::new();
        for (id, text) in briefs {
            store.put(&BriefId::parse(id).unwrap(), *text);
        }
        Self::run(empty_dir(), Rc::new(store), width, height, 7)
    }

    /// The same folder behind another store.
    pub fn behind(self, wrap: impl FnOnce(Folder) -> Rc<dyn Store>) -> Self {
        let store = wrap(Folder::at(self.briefs()));
        let (width, height) = self.model.size;
        Self::run(self.dir, store, width, height, 7)
    }

    /// A new run of the program on the same folder; what was only in memory is
    /// gone.
    pub fn again(self) -> Self {
        let (width, height) = self.model.size;
        let now = self.model.now;
        let mut next = Self::run(self.dir, self.store, width, height, self.runs + 1);
        next.send(Msg::Now(now));
        next
    }

    fn run(
        dir: Rc<tempfile::TempDir>,
        store: Rc<dyn Store>,
        width: u16,
        height: u16,
        seed: u32,
    ) -> Self {
        static CATALOGUE: OnceLock<Arc<Catalogue>> = OnceLock::new();
        let catalogue = CATALOGUE.get_or_init(|| Arc::new(Catalogue::built_in()));
        let mut model = Model::new(
            moment(MORNING),
            (width, height),
            seed,
            Arc::clone(catalogue),
        );
        model.place = ".askfirst".to_owned();
        "Sam".clone_into(&mut model.worker);
        let mut screen = Self {
            model,
            clipboard: Vec::new(),
            control_keys: 0,
            ended: None,
            editor: Box::new(|_| Err("there is no editor in this test".to_owned())),
            store,
            dir,
            runs: seed,
        };
        screen.settle(vec![Effect::List]);
        screen
    }

    /// Answers what is sent to the editor.
    pub fn editor(&mut self, editor: impl FnMut(String) -> Result<String, String> + 'static) {
        self.editor = Box::new(editor);
    }

    /// The folder of the briefs.
    pub fn briefs(&self) -> PathBuf {
        self.dir.path().join("briefs")
    }

    /// Where relative names of written files lead.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The text of a written file.
    #[track_caller]
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Puts a file into the folder of the briefs, behind the program's back.
    pub fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        askfirst::storage::write_atomically(&self.briefs().join(name), text.as_ref()).unwrap();
    }

    /// All briefs' files as name and text, by name.
    pub fn files(&self) -> Vec<(String, String)> {
        let mut files: Vec<_> = std::fs::read_dir(self.briefs())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "toml"))
            .map(|path| (file_name(&path), std::fs::read_to_string(&path).unwrap()))
            .collect();
        files.sort();
        files
    }

    /// The text of every brief that the store holds, by id.
    pub fn texts(&self) -> Vec<(String, String)> {
        let entries = self.store.list().unwrap();
        entries
            .into_iter()
            .map(|entry| match entry {
                Entry::Brief(loaded) => (loaded.brief.id.to_string(), loaded.text.to_string()),
                Entry::Broken(broken) => panic!("{broken:#?}"),
            })
            .collect()
    }

    /// The text of the goals list.
    pub fn goals_text(&self) -> String {
        self.store.goals().unwrap().text.to_string()
    }

    /// The only brief's file.
    #[track_caller]
    pub fn file(&self) -> String {
        let files = self.files();
        let mut briefs = files.into_iter().filter(|(name, _)| name != "goals.toml");
        let (_, text) = briefs.next().expect("no brief on the disk");
        assert!(briefs.next().is_none(), "more than one brief");
        text
    }

    /// The only brief, as the disk has it.
    #[track_caller]
    pub fn brief(&self) -> Brief {
        let mut briefs = self.store.list().unwrap().into_iter().map(|e| match e {
            Entry::Brief(loaded) => loaded.brief.into_inner(),
            Entry::Broken(broken) => panic!("{broken:#?}"),
        });
        let brief = briefs.next().expect("no brief on the disk");
        assert!(briefs.next().is_none(), "more than one brief");
        brief
    }

    /// Presses keys that are no text: `"a"`, `"<enter>"`, `"<c-c>"`, `"JJ"`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            self.control_keys += 1;
            self.send(Msg::Key(key));
        }
        self.frame();
        self
    }

    /// Types text into the field that has the keyboard.
    #[track_caller]
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        assert!(
            contexts(&self.model).iter().any(|c| c.is_typing()),
            "nothing takes {text:?} here:\n{}",
            self.text()
        );
        for c in text.chars() {
            self.send(Msg::Key(KeyEvent::new(
                KeyCode::Char(c),
                KeyModifiers::NONE,
            )));
        }
        self.frame();
        self
    }

    /// Pastes text.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Msg::Paste(text.to_owned()));
        self
    }

    /// Another size of the terminal.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.send(Msg::Resize(width, height));
        self
    }

    /// Lets the time be another one.
    pub fn at(&mut self, now: &str) -> &mut Self {
        self.send(Msg::Now(moment(now)));
        self
    }

    /// A second without a key.
    pub fn rest(&mut self) -> &mut Self {
        self.send(Msg::Rested);
        self
    }

    /// What comes in, with everything that follows from it.
    pub fn send(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.settle(effects);
    }

    fn settle(&mut self, effects: Vec<Effect>) {
        let mut waiting: VecDeque<Effect> = effects.into();
        while let Some(effect) = waiting.pop_front() {
            let answer = match effect {
                Effect::Copy(text) => {
                    self.clipboard.push(text);
                    Msg::Copied(Ok(()))
                }
                Effect::Edit(text) => Msg::Edited((self.editor)(text)),
                Effect::Mend(path) => Msg::Mended(
                    (self.editor)(std::fs::read_to_string(&path).unwrap())
                        .map(|text| std::fs::write(&path, text).unwrap()),
                ),
                Effect::EditFile { id, text } => Msg::FileEdited {
                    id,
                    result: (self.editor)(text),
                },
                Effect::Name(name) => Msg::Named(Ok(name)),
                Effect::WriteFile {
                    path,
                    content,
                    then,
                } => self.write(path, content, then),
                Effect::Quit | Effect::OpenDemo => {
                    self.ended = Some(effect);
                    continue;
                }
                Effect::Suspend => Msg::Resumed,
                effect => perform(&*self.store, &self.model, &effect)
                    .unwrap_or_else(|| panic!("nobody performs {effect:?}")),
            };
            waiting.extend(update(&mut self.model, answer));
        }
    }

    /// Relative paths lead into the folder of the test; what is said of them
    /// does not show that folder.
    fn write(&self, path: String, content: Vec<u8>, then: askfirst::tui::message::Then) -> Msg {
        let effect = Effect::WriteFile {
            path: self.path(&path).display().to_string(),
            content,
            then,
        };
        let root = format!("{}/", self.dir.path().display());
        match perform(&*self.store, &self.model, &effect) {
            Some(Msg::FileWritten { result, then, .. }) => Msg::FileWritten {
                path: PathBuf::from(path),
                result: result.map_err(|why| why.replace(&root, "")),
                then,
            },
            other => panic!("{other:?}"),
        }
    }

    /// Draws, and checks what must hold of every frame. Gives the caret too.
    pub fn frame(&self) -> (Buffer, Option<Position>) {
        let (width, height) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut caret = None;
        terminal.draw(|frame| view(&self.model, frame)).unwrap();
        if terminal.backend().cursor_visible() {
            caret = Some(terminal.backend().cursor_position());
        }
        let buffer = terminal.backend().buffer().clone();
        for cell in buffer.content() {
            assert!(
                !cell.symbol().chars().any(is_dangerous),
                "{:?} would reach the terminal",
                cell.symbol()
            );
        }
        if let Some(at) = caret {
            assert!(at.x < width && at.y < height, "the caret left the screen");
        }
        (buffer, caret)
    }

    /// The frame as text.
    pub fn text(&self) -> String {
        rows(&self.frame().0).join("\n")
    }

    /// The frame as text, with what plain text does not show: the selected row
    /// and the caret.
    pub fn picture(&self) -> String {
        let (buffer, caret) = self.frame();
        let mut lines = rows(&buffer);
        for line in &mut lines {
            line.truncate(line.trim_end().len());
        }
        let reversed: String = buffer
            .content()
            .iter()
            .filter(|cell| cell.modifier.contains(Modifier::REVERSED))
            .map(|cell| cell.symbol())
            .collect();
        lines.push("~".repeat(usize::from(buffer.area.width)));
        if !reversed.trim().is_empty() {
            lines.push(format!("selected: {}", reversed.trim()));
        }
        if let Some(at) = caret {
            lines.push(format!("caret: column {}, row {}", at.x, at.y));
        }
        lines.join("\n")
    }

    /// Whether the frame shows a text, wherever its lines break.
    pub fn shows(&self, text: &str) -> bool {
        let flat = |text: &str| {
            text.replace(['\u{2502}', '\n'], " ")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        flat(&self.text()).contains(&flat(text))
    }

    /// Says what the frame shows when it does not show a text.
    #[track_caller]
    pub fn must_show(&mut self, text: &str) -> &mut Self {
        assert!(self.shows(text), "no {text:?} in\n{}", self.text());
        self
    }

    /// The reverse of [`Screen::must_show`].
    #[track_caller]
    pub fn must_not_show(&mut self, text: &str) -> &mut Self {
        assert!(!self.shows(text), "{text:?} in\n{}", self.text());
        self
    }

    /// The code on the screen or in what was copied last.
    #[track_caller]
    pub fn copied_code(&self) -> String {
        super::code_in(self.clipboard.last().expect("nothing was copied"))
    }
}

fn empty_dir() -> Rc<tempfile::TempDir> {
    let dir = tempfile::Builder::new()
        .prefix("askfirst-screen-")
        .tempdir();
    Rc::new(dir.unwrap())
}

/// Each row of a frame; a wide character counts once.
pub fn rows(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    (0..area.height)
        .map(|y| {
            let mut row = String::new();
            let mut x = 0;
            while x < area.width {
                let symbol = buffer[(x, y)].symbol();
                row.push_str(symbol);
                x += u16::try_from(symbol.width()).unwrap_or(1).max(1);
            }
            row
        })
        .collect()
}

/// Whether a terminal would act upon it, or a reader be fooled by it.
fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// A moment, as RFC 3339.
pub fn moment(text: &str) -> Moment {
    Moment::parse_from_rfc3339(text).unwrap()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Keys from their short language.
pub fn parse(keys: &str) -> Vec<KeyEvent> {
    let mut parsed = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let name = rest
            .strip_prefix('<')
            .and_then(|r| r.split_once('>'))
            .filter(|(name, _)| !name.is_empty());
        let (key, after) = match name {
            Some((name, after)) => (named(name), after),
            None => (
                KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE),
                &rest[c.len_utf8()..],
            ),
        };
        parsed.push(key);
        rest = after;
    }
    parsed
}

fn named(name: &str) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    if let Some(letter) = name.strip_prefix("c-").and_then(|n| n.chars().next()) {
        return KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
    }
    plain(match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "s-tab" => KeyCode::BackTab,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "bs" => KeyCode::Backspace,
        "del" => KeyCode::Delete,
        "space" => KeyCode::Char(' '),
        "f1" => KeyCode::F(1),
        "f2" => KeyCode::F(2),
        "f3" => KeyCode::F(3),
        "f4" => KeyCode::F(4),
        "a-enter" => return KeyEvent::new(KeyCode::Enter, KeyModifiers::ALT),
        other => panic!("no key is called {other}"),
    })
}
