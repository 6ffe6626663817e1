//! Notices that somebody else wrote to the folder of the briefs. The system
//! tells it, in one thread that sleeps until then. Where nothing can be watched
//! nobody is told: what is on the disk is compared before each save anyhow.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use watch::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use watch::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Incoming, Note};

/// What was written to since it was last asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Names of files in the folder.
    pub names: BTreeSet<String>,
    /// More than can be named: all of it is to be read again.
    pub all: bool,
}

impl Changes {
    fn is_empty(&self) -> bool {
        self.names.is_empty() && !self.all
    }
}

/// What the thread of the watcher notes.
#[derive(Default)]
struct Noted {
    changes: Changes,
    /// The folder itself went away, or came.
    moved: bool,
}

/// What is watched.
#[derive(PartialEq, Eq)]
enum On {
    Nothing,
    Folder,
    /// The folder above, until there is one.
    Above(PathBuf),
}

/// Watches a folder until it is dropped.
pub struct Watch {
    folder: PathBuf,
    watcher: Option<RecommendedWatcher>,
    noted: Arc<Mutex<Noted>>,
    on: On,
}

impl Watch {
    pub(super) fn new(folder: &Path, sender: Sender<Note>) -> Self {
        // What is told of has a whole path.
        let folder = folder
            .canonicalize()
            .or_else(|_| std::path::absolute(folder))
            .unwrap_or_else(|_| folder.to_owned());
        let noted: Arc<Mutex<Noted>> = Arc::default();
        let (notes, mine) = (Arc::clone(&noted), folder.clone());
        let watcher = watch::recommended_watcher(move |event: watch::Result<Event>| {
            let mut noted = notes.lock().unwrap_or_else(PoisonError::into_inner);
            let was_told = !noted.changes.is_empty() || noted.moved;
            note(&mut noted, &mine, event);
            if !was_told && (!noted.changes.is_empty() || noted.moved) {
                // Nobody listens any more at the very end.
                let _ = sender.send(Note::Incoming(Incoming::Changed));
            }
        });
        let mut watch = Self {
            folder,
            watcher: watcher.ok(),
            noted,
            on: On::Nothing,
        };
        watch.ensure();
        watch
    }

    /// What has changed since the last time.
    pub fn take(&mut self) -> Changes {
        let noted = {
            let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *noted)
        };
        let mut changes = noted.changes;
        if noted.moved {
            // Another folder may be there by now, or none.
            self.leave();
            changes.all = true;
        }
        self.ensure();
        changes
    }

    /// Watches the folder, or for it to come. Costs nothing where that is so.
    pub fn ensure(&mut self) {
        let Some(watcher) = &mut self.watcher else {
            return;
        };
        if self.on == On::Folder {
            return;
        }
        if watcher
            .watch(&self.folder, RecursiveMode::NonRecursive)
            .is_ok()
        {
            if let On::Above(above) = std::mem::replace(&mut self.on, On::Folder) {
                let _ = watcher.unwatch(&above);
            }
            return;
        }
        let above = self.folder.parent().filter(|_| self.on == On::Nothing);
        if let Some(above) = above
            && watcher.watch(above, RecursiveMode::NonRecursive).is_ok()
        {
            self.on = On::Above(above.to_owned());
        }
    }

    fn leave(&mut self) {
        let path = match std::mem::replace(&mut self.on, On::Nothing) {
            On::Nothing => return,
            On::Folder => self.folder.clone(),
            On::Above(above) => above,
        };
        if let Some(watcher) = &mut self.watcher {
            let _ = watcher.unwatch(&path);
        }
    }
}

/// Notes what an event says about the folder.
fn note(noted: &mut Noted, folder: &Path, event: watch::Result<Event>) {
    let Ok(event) = event else {
        noted.changes.all = true;
        return;
    };
    if event.need_rescan() {
        noted.changes.all = true;
    }
    // A file that is just being written is no whole file yet; where its end is
    // told, that is waited for.
    let counts = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_)) => {
            !cfg!(target_os = "linux") || event.paths.iter().any(|path| path == folder)
        }
        _ => true,
    };
    if !counts {
        return;
    }
    for path in &event.paths {
        if path == folder {
            noted.moved = true;
        } else if path.parent() == Some(folder)
            && let Some(name) = path.file_name().and_then(|name| name.to_str())
            && name.ends_with(".toml")
            && !name.starts_with('.')
        {
            noted.changes.names.insert(name.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, Receiver};
    use std::time::Duration;

    use super::*;

    fn watched(folder: &Path) -> (Watch, Receiver<Note>) {
        let (sender, notes) = mpsc::channel();
        (Watch::new(folder, sender), notes)
    }

    /// Waits until the names are told of, or all.
    fn wait(watch: &mut Watch, notes: &Receiver<Note>, name: &str) -> Changes {
        loop {
            let note = notes.recv_timeout(Duration::from_secs(20));
            assert!(note.is_ok(), "nobody tells of {name}");
            let changes = watch.take();
            if changes.all || changes.names.contains(name) {
                return changes;
            }
        }
    }

    #[test]
    fn a_file_that_is_written_replaced_or_removed_is_told_of() {
        let dir = tempfile::tempdir().unwrap();
        let (mut watch, notes) = watched(dir.path());
        let path = dir.path().join("one.toml");
        crate::storage::write_atomically(&path, b"a").unwrap();
        assert!(!wait(&mut watch, &notes, "one.toml").all);
        crate::storage::write_atomically(&path, b"b").unwrap();
        wait(&mut watch, &notes, "one.toml");
        std::fs::remove_file(&path).unwrap();
        wait(&mut watch, &notes, "one.toml");
        // Reading it, and what is no brief, is nobody's business.
        crate::storage::write_atomically(&dir.path().join("a.md"), b"b").unwrap();
        let _ = std::fs::read_dir(dir.path()).unwrap().count();
        crate::storage::write_atomically(&dir.path().join("two.toml"), b"b").unwrap();
        let told = wait(&mut watch, &notes, "two.toml");
        assert!(!told.names.contains("a.md"), "{told:?}");
    }

    #[test]
    fn a_folder_that_comes_goes_and_is_another_one_is_told_of() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().canonicalize().unwrap().join("briefs");
        let (mut watch, notes) = watched(&folder);
        assert!(watch.on != On::Folder);
        std::fs::create_dir(&folder).unwrap();
        assert!(wait(&mut watch, &notes, "").all);
        assert!(watch.on == On::Folder);
        crate::storage::write_atomically(&folder.join("one.toml"), b"a").unwrap();
        wait(&mut watch, &notes, "one.toml");
        std::fs::rename(&folder, dir.path().join("old")).unwrap();
        assert!(wait(&mut watch, &notes, "").all);
        std::fs::create_dir(&folder).unwrap();
        assert!(wait(&mut watch, &notes, "").all);
        crate::storage::write_atomically(&folder.join("two.toml"), b"a").unwrap();
        wait(&mut watch, &notes, "two.toml");
    }
}
