//! A fault in the program itself. A store that panics stands in for it, behind
//! the real interface: this test binary runs itself in the terminal.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use askfirst::checklist::Catalogue;
use askfirst::domain::{Brief, BriefId};
use askfirst::storage::{Entry, FindError, Folder, Goals, Loaded, Store, StoreError};
use askfirst::tui;

use crate::support::TestDir;
use crate::support::pty::{Launch, at_a_text, files};

/// What makes the store panic.
const FAULT: &str = "here be dragons";

#[derive(Debug)]
struct Faulty(Folder);

impl Store for Faulty {
    fn place(&self) -> &Path {
        self.0.place()
    }
    fn list(&self) -> Result<Vec<Entry>, StoreError> {
        self.0.list()
    }
    fn load(&self, id: &BriefId) -> Result<Loaded, StoreError> {
        self.0.load(id)
    }
    fn create(&self, brief: &Brief) -> Result<Loaded, StoreError> {
        self.0.create(brief)
    }
    fn create_from(&self, from: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.0.create_from(from, brief)
    }
    fn save(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        let typed = brief.walk.as_ref().map_or("", |walk| walk.draft.as_str());
        assert!(!typed.contains(FAULT), "a fault in the store");
        self.0.save(base, brief)
    }
    fn restore(&self, base: &Loaded, from: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.0.restore(base, from, brief)
    }
    fn rename(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.0.rename(base, brief)
    }
    fn goals(&self) -> Result<Goals, StoreError> {
        self.0.goals()
    }
    fn save_goals(&self, base: &Goals, goals: &Goals) -> Result<Goals, StoreError> {
        self.0.save_goals(base, goals)
    }
    fn find(&self, typed: &str) -> Result<BriefId, FindError> {
        self.0.find(typed)
    }
}

/// The folder for [`the_interface_behind_a_faulty_store`], which does nothing
/// without it.
const PLACE: &str = "ASKFIRST_TEST_FAULTY_STORE";

#[test]
#[ignore = "run in a terminal by the test below"]
fn the_interface_behind_a_faulty_store() {
    let Some(place) = std::env::var_os(PLACE).map(PathBuf::from) else {
        return;
    };
    let store = Faulty(Folder::at(place));
    let start = tui::Start {
        store: &store,
        catalogue: Arc::new(Catalogue::built_in()),
        worker: String::new(),
        me: askfirst::domain::Me::alone(),
        everyone: false,
        colour: true,
        editor: None,
        settings: None,
        now: askfirst::clock::now().unwrap(),
        seed: 7,
        work: askfirst::domain::work_time::WorkTime::default(),
        here: askfirst::clock::Here::find(),
        signers: askfirst::signature::Signers::default(),
        walk: None,
        check_in: None,
        reply: None,
    };
    tui::run(&start).unwrap();
}

#[test]
fn a_fault_in_the_program_gives_the_terminal_back_and_keeps_the_text() {
    let dir = TestDir::new();
    let kept = dir.path("kept");
    std::fs::create_dir(&kept).unwrap();
    let me = std::env::current_exe().unwrap();
    let inner = format!(
        "exec '{}' --exact pty_panic::the_interface_behind_a_faulty_store --ignored --nocapture; ",
        me.display()
    );
    let script = format!("({inner}); echo ended $?; read -r _");
    let mut pty = Launch::new(&dir)
        .through("/bin/sh", &["-c", &script])
        .env(PLACE, dir.path(".askfirst").to_str().unwrap())
        .env("TMPDIR", kept.to_str().unwrap())
        .start();
    at_a_text(&mut pty);
    pty.keys(FAULT);
    pty.wait_for("ended 101");
    assert_eq!(pty.modes_now(), pty.modes);
    assert!(!pty.screen().alternate_screen());
    assert!(!pty.screen().bracketed_paste());
    assert!(!pty.screen().hide_cursor());
    assert!(pty.shows("a fault in the store"), "{}", pty.text());
    assert!(pty.shows("what was typed is in"), "{}", pty.text());
    assert!(files(&kept).contains(FAULT), "{}", pty.text());
}
