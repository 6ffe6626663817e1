//! The pictures in `docs/screens` show what the program draws now.
//!
//! To draw them again: `ASKFIRST_UPDATE_DOCS=1 cargo test screens`.

use std::collections::VecDeque;
use std::sync::Arc;

use askfirst::checklist::Catalogue;
use askfirst::domain::Moment;
use askfirst::storage::{Folder, Store};
use askfirst::tui::message::{Effect, Msg};
use askfirst::tui::model::Model;
use askfirst::tui::{perform, update, view};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::docs;
use crate::support::{TestDir, svg};

/// The interface over a folder, at 80x24, without a terminal.
pub struct Interface {
    pub model: Model,
    store: Box<dyn Store>,
    /// What was copied last.
    pub copied: String,
}

impl Interface {
    /// At the desk of a folder.
    pub fn at(store: impl Store + 'static, now: &str) -> Self {
        let now = Moment::parse_from_rfc3339(now).unwrap();
        let catalogue = Arc::new(Catalogue::built_in());
        let mut model = Model::new(now, (80, 24), 7, catalogue);
        ".askfirst".clone_into(&mut model.place);
        let mut interface = Self {
            model,
            store: Box::new(store),
            copied: String::new(),
        };
        interface.settle(vec![Effect::List]);
        interface
    }

    fn settle(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            let answer = if let Effect::Copy(text) = effect {
                self.copied = text;
                Msg::Copied(Ok(()))
            } else {
                perform(&*self.store, &self.model, &effect).unwrap()
            };
            waiting.extend(update(&mut self.model, answer));
        }
    }

    /// Presses one key.
    pub fn press(&mut self, code: KeyCode) {
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        let effects = update(&mut self.model, Msg::Key(key));
        self.settle(effects);
    }

    /// Types text, or keys that are letters.
    pub fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            self.press(KeyCode::Char(c));
        }
    }

    /// What is on the screen.
    pub fn frame(&self) -> (Buffer, Option<Position>) {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| view(&self.model, frame)).unwrap();
        let backend = terminal.backend();
        let caret = backend.cursor_visible().then(|| backend.cursor_position());
        (backend.buffer().clone(), caret)
    }

    /// The same as words, without the line breaks.
    pub fn words(&self) -> String {
        let (buffer, _) = self.frame();
        let cells: String = buffer.content().iter().map(|cell| cell.symbol()).collect();
        cells.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn picture(&self, name: &str, title: &str, shows: &[&str]) {
        let words = self.words();
        for part in shows {
            assert!(
                words.contains(part),
                "{name} does not show {part:?}: {words}"
            );
        }
        let (buffer, caret) = self.frame();
        let svg = svg::picture(&buffer, caret, title);
        docs::current(&format!("docs/screens/{name}.svg"), &svg);
    }
}

/// The desk of the demo.
fn demo() -> (TestDir, Interface) {
    let dir = TestDir::new();
    dir.run("--dir demo demo").done();
    let interface = Interface::at(Folder::at(dir.path("demo")), "2026-02-05T15:20:00+01:00");
    (dir, interface)
}

/// Types the reference case up to a page.
fn walk(dir: &TestDir, steps: &[&str]) -> Interface {
    let mut interface = Interface::at(
        Folder::at(dir.path(".askfirst")),
        "2026-02-03T09:30:00+01:00",
    );
    for step in steps {
        match *step {
            "Enter" => interface.press(KeyCode::Enter),
            "Tab" => interface.press(KeyCode::Tab),
            "PgDn" => interface.press(KeyCode::PageDown),
            text => interface.type_text(text),
        }
    }
    interface
}

#[test]
fn explore() {
    let (_dir, i) = demo();
    let (b, _) = i.frame();
    for y in 0..24 {
        let l: String = (0..80).map(|x| b[(x, y)].symbol()).collect();
        eprintln!("{l}");
    }
}
