//! Any text as the settings, and as the list of goals.

use std::path::Path;

use askfirst::domain::{Goal, ItemId, brief::Level};
use askfirst::storage::{
    MemoryStore, Settings, Store, StoreError, changed_settings, parse_settings,
};

use super::brief::told;
use super::harmless;

pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    settings(text);
    goals(text);
}

fn settings(text: &str) {
    let path = Path::new("config.toml");
    let read = match parse_settings(path, text) {
        Ok(read) => read,
        Err(broken) => return told(&broken),
    };
    let work = &read.work;
    assert!(
        work.from < work.to && work.day().num_minutes() > 0,
        "{work:?}"
    );
    let unchanged = changed_settings(path, text, &read).expect("it was read");
    assert_eq!(unchanged, text);
    let named = Settings {
        name: "Ana \u{1b}[31m \"Lima\"\n".to_owned(),
        ..read.clone()
    };
    let written = changed_settings(path, text, &named).expect("it was read");
    let again =
        parse_settings(path, &written).unwrap_or_else(|e| panic!("{}: {written}", e.summary));
    assert_eq!(again, named, "{written}");
}

fn goals(text: &str) {
    let store = MemoryStore::new();
    store.put_goals(text);
    let read = match store.goals() {
        Ok(read) => read,
        Err(StoreError::Broken(broken)) => return told(&broken),
        Err(other) => return harmless("an error", &other.to_string()),
    };
    let mut more = read.clone();
    let id = ItemId::for_text("another goal", more.goals.iter().map(|g| &g.id));
    more.goals.push(Goal {
        id,
        level: Level::Team,
        owner: String::new(),
        text: "another goal".to_owned(),
        how: String::new(),
    });
    let saved = store
        .save_goals(&read, &more)
        .unwrap_or_else(|e| panic!("{e}: {text}"));
    assert_eq!(saved.goals, more.goals, "{text}\n---\n{}", saved.text);
    let back = store
        .save_goals(&saved, &read)
        .unwrap_or_else(|e| panic!("{e}: {text}"));
    assert_eq!(back.goals, read.goals, "{text}\n---\n{}", back.text);
}
