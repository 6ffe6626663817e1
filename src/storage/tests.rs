//! What every store promises, asked of each of them; and what only a disk can
//! do wrong.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::format::tests::{SUPERREPORT, any_brief, id, moment};
use super::*;
use crate::domain::{Event, EventKind, ItemId, Level};

/// Writes a file as an editor would.
fn edit(path: &Path, text: impl AsRef<[u8]>) {
    use std::io::Write as _;
    fs::File::create(path)
        .and_then(|mut file| file.write_all(text.as_ref()))
        .expect("the file can be written");
}

fn brief(name: &str, title: &str) -> Brief {
    Brief::new(id(name), title, "request", moment())
}

fn goal(name: &str, text: &str) -> Goal {
    Goal {
        id: ItemId::parse(name).expect("an id"),
        level: Level::Team,
        owner: String::new(),
        text: text.to_owned(),
        how: String::new(),
    }
}

/// A store, and a way to change its files behind its back (`None` removes).
type Behind = Box<dyn Fn(&str, Option<&str>)>;

fn stores() -> Vec<(Box<dyn Store>, Behind)> {
    let root = tempfile::tempdir().expect("a folder");
    let folder = Folder::at(root.path().join("briefs"));
    let files = folder.path().to_owned();
    let behind = move |name: &str, text: Option<&str>| {
        let _ = &root;
        let path = files.join(format!("{name}.toml"));
        match text {
            Some(text) => edit(&path, text),
            None => fs::remove_file(path).expect("the file can be removed"),
        }
    };
    let memory = std::rc::Rc::new(MemoryStore::new());
    let shared = memory.clone();
    let behind_memory = move |name: &str, text: Option<&str>| match text {
        Some(text) => shared.put(&id(name), text),
        None => shared.remove(&id(name)),
    };
    vec![
        (Box::new(folder), Box::new(behind)),
        (Box::new(Shared(memory)), Box::new(behind_memory)),
    ]
}

/// A memory store with two owners.
struct Shared(std::rc::Rc<MemoryStore>);

impl Store for Shared {
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
        self.0.save(base, brief)
    }
    fn restore(&self, base: &Loaded, old: &Loaded, new: &Brief) -> Result<Loaded, StoreError> {
        self.0.restore(base, old, new)
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

#[test]
fn a_folder_that_is_not_there_is_empty() {
    for (store, _) in stores() {
        assert!(store.list().expect("it can be listed").is_empty());
        assert!(store.goals().expect("they can be read").goals.is_empty());
        assert!(matches!(store.load(&id("x")), Err(StoreError::Gone { .. })));
        assert!(matches!(store.find("x"), Err(FindError::None { .. })));
    }
}

#[test]
fn what_was_written_is_read_again() {
    for (store, _) in stores() {
        let made = store.create(&brief("a-k7m2", "A")).expect("it is new");
        let mut changed = made.brief.clone();
        changed.request.words = "two\nlines".to_owned();
        let saved = store.save(&made, &changed).expect("it is as it was read");
        assert_eq!(saved.brief, changed);
        assert_eq!(store.load(&changed.id).expect("it is there"), saved);
        assert_eq!(
            store.list().expect("it can be listed"),
            [Entry::Brief(Box::new(saved))]
        );
    }
}

#[test]
fn a_second_brief_of_the_same_id_is_refused() {
    for (store, _) in stores() {
        let first = store.create(&brief("a", "A")).expect("it is new");
        let again = store.create(&brief("a", "B"));
        assert!(matches!(again, Err(StoreError::Exists(_))));
        assert_eq!(store.load(&id("a")).expect("it is there"), first);
        let goals = store.create(&brief("goals", "G"));
        assert!(matches!(goals, Err(StoreError::Exists(_))));
    }
}

#[test]
fn a_file_that_somebody_else_changed_is_not_overwritten() {
    for (store, behind) in stores() {
        let base = store.create(&brief("a", "A")).expect("it is new");
        let mut mine = base.brief.clone();
        mine.title = "Mine".to_owned();
        behind("a", Some(&base.text.replace("\"A\"", "\"Theirs\"")));
        let Err(StoreError::Changed { now, .. }) = store.save(&base, &mine) else {
            panic!("it was overwritten");
        };
        assert!(matches!(&*now, Entry::Brief(l) if l.brief.title == "Theirs"));
        behind("a", Some("title = "));
        let Err(StoreError::Changed { now, .. }) = store.restore(&base, &base, &mine) else {
            panic!("it was overwritten");
        };
        assert!(matches!(&*now, Entry::Broken(_)));
        behind("a", None);
        let gone = store.save(&base, &mine);
        assert!(matches!(gone, Err(StoreError::Gone { .. })));
        assert!(store.list().expect("it can be listed").is_empty());
    }
}

#[test]
fn a_newer_format_is_shown_and_not_written() {
    for (store, behind) in stores() {
        store.create(&brief("b", "B")).expect("it is new");
        behind("a", Some("format = 2\ntitle = \"A\"\nstage = [1]\n"));
        let newer = store.load(&id("a")).expect("it can be shown");
        assert_eq!(newer.brief.title, "A");
        let why = newer.read_only.clone().expect("it is read-only");
        assert!(why.contains("format 2"), "{why}");
        let saved = store.save(&newer, &newer.brief);
        assert!(matches!(saved, Err(StoreError::ReadOnly(_))));
    }
}

#[test]
fn a_renamed_brief_has_one_file() {
    for (store, behind) in stores() {
        let base = store
            .create(&brief("untitled-k7m2", "A"))
            .expect("it is new");
        behind("untitled-k7m2", Some(&format!("# mine\n{}", base.text)));
        let base = store.load(&base.brief.id).expect("it is there");
        let mut named = base.brief.clone();
        named.id = id("better-k7m2");
        let moved = store.rename(&base, &named).expect("it can be renamed");
        assert!(moved.text.starts_with("# mine\n"));
        assert!(moved.text.contains("id = \"better-k7m2\""));
        assert_eq!(store.list().expect("it can be listed").len(), 1);
        store.create(&brief("c", "C")).expect("it is new");
        named.id = id("c");
        let taken = store.rename(&moved, &named);
        assert!(matches!(taken, Err(StoreError::Exists(_))));
        assert_eq!(store.list().expect("it can be listed").len(), 2);
    }
}

#[test]
fn undo_brings_comments_and_unknown_keys_back() {
    for (store, behind) in stores() {
        store.create(&brief("a", "A")).expect("it is new");
        behind("a", Some(SUPERREPORT));
        let earlier = store.load(&id("a")).expect("it is there");
        let mut without = earlier.brief.clone();
        without.deliverables.clear();
        without.plan = Default::default();
        let later = store.save(&earlier, &without).expect("it can be saved");
        assert!(!later.text.contains("red stripe"));
        let mut back = earlier.brief.clone();
        let back_again = store
            .restore(&later, &earlier, &back)
            .expect("it can be undone");
        assert_eq!(&*back_again.text, SUPERREPORT);
        back.events
            .push(Event::new("e1", EventKind::Heard, moment()));
        let with_event = store
            .restore(&back_again, &earlier, &back)
            .expect("it can be undone");
        assert!(with_event.text.starts_with(SUPERREPORT.trim_end()));
    }
}

#[test]
fn a_copy_keeps_the_comments() {
    for (store, behind) in stores() {
        store.create(&brief("a", "A")).expect("it is new");
        behind("a", Some("# mine\ntitle = \"A\" # yes\nx = 1\n"));
        let from = store.load(&id("a")).expect("it is there");
        let mut copy = from.brief.clone();
        copy.id = id("b");
        let copy = store.create_from(&from, &copy).expect("it is new");
        for kept in ["# mine\n", "# yes\n", "x = 1\n", "id = \"b\"\n"] {
            assert!(copy.text.contains(kept), "{}", copy.text);
        }
    }
}

#[test]
fn part_of_an_id_or_title_means_the_only_brief_that_fits() {
    for (store, behind) in stores() {
        for (name, title) in [
            ("analyst-job-profiles-k7m2", "What my analysts do"),
            ("analyst-rota-q1w2", "Rota"),
            ("monthly-report-z9z9", "Über Zahlen"),
        ] {
            store.create(&brief(name, title)).expect("it is new");
        }
        behind("broken-x1y2", Some("title = "));
        let found = |typed: &str| store.find(typed).map(|id| id.to_string());
        let is = |typed: &str, name: &str| {
            assert_eq!(found(typed).expect("one fits"), name, "{typed}");
        };
        is("analyst-rota-q1w2", "analyst-rota-q1w2");
        is("MONTHLY", "monthly-report-z9z9");
        is("k7m2", "analyst-job-profiles-k7m2");
        is("über", "monthly-report-z9z9");
        is("broken", "broken-x1y2");
        is("analyst-rota-q1w2.toml", "analyst-rota-q1w2");
        let Err(FindError::Several { fits, .. }) = store.find("analyst") else {
            panic!("it is ambiguous");
        };
        assert_eq!(fits.len(), 2);
        let Err(FindError::None { near, .. }) = store.find("montly") else {
            panic!("nothing fits");
        };
        assert_eq!(near, [id("monthly-report-z9z9")]);
        assert!(matches!(store.find(" "), Err(FindError::None { near, .. }) if near.is_empty()));
        assert!(matches!(store.find("../etc"), Err(FindError::None { .. })));
    }
}

#[test]
fn goals_of_two_people_are_joined() {
    let list = |goal| Goals {
        goals: vec![goal],
        ..Goals::default()
    };
    for (store, _) in stores() {
        let empty = store.goals().expect("they can be read");
        let one = store
            .save_goals(&empty, &list(goal("grow", "Grow")))
            .expect("they can be saved");
        assert_eq!(one.goals, [goal("grow", "Grow")]);
        let both = store
            .save_goals(&empty, &list(goal("learn", "Learn")))
            .expect("they can be saved");
        assert_eq!(both.goals.len(), 2);
        let less = store
            .save_goals(&both, &list(goal("learn", "Learn more")))
            .expect("they can be saved");
        assert_eq!(less.goals, [goal("learn", "Learn more")]);
        assert!(store.list().expect("it can be listed").is_empty());
    }
}

#[test]
fn a_brief_too_large_to_be_read_again_is_not_written() {
    for (store, _) in stores() {
        let base = store.create(&brief("a", "A")).expect("it is new");
        let mut huge = base.brief.clone();
        huge.request.words = "x".repeat(3 * 1024 * 1024);
        assert!(matches!(
            store.save(&base, &huge),
            Err(StoreError::Io { .. })
        ));
        assert_eq!(store.load(&id("a")).expect("it is there"), base);
    }
}

proptest! {
    #![proptest_config(crate::domain::fixture::cases(64))]

    #[test]
    fn any_row_of_saves_undone_gives_the_first_file_back(briefs in proptest::collection::vec(any_brief(), 2..5)) {
        let store = MemoryStore::new();
        let mut texts = vec![store.create(&briefs[0]).expect("it is new")];
        for next in &briefs[1..] {
            // Events only grow, whatever else changes.
            let mut next = next.clone();
            next.events = briefs[0].events.clone();
            let base = texts.last().expect("there is one").clone();
            texts.push(store.save(&base, &next).expect("it can be saved"));
        }
        for pair in (1..texts.len()).rev() {
            let base = store.load(&id("b")).expect("it is there");
            let earlier = &texts[pair - 1];
            store.restore(&base, earlier, &earlier.brief).expect("it can be undone");
        }
        let last = store.load(&id("b")).expect("it is there");
        prop_assert_eq!(&last.text, &texts[0].text);
    }
}

#[test]
fn an_imported_file_keeps_its_comments_and_gets_what_it_lacks() {
    let now = moment();
    let loaded = import_text("superreport.toml", SUPERREPORT, 7, now).expect("it is good");
    assert!(
        loaded
            .brief
            .id
            .as_str()
            .starts_with("what-my-analysts-do-all-day-")
    );
    assert_eq!(loaded.brief.created, now);
    assert!(
        loaded
            .text
            .contains("# the red stripe: nobody asked for it")
    );
    assert!(loaded.text.contains("format = 1\n"));
    assert!(loaded.text.contains("[answer.rank]\nbasis = \"guess\"\n"));
    assert!(loaded.text.contains("[[goal]]\nid = \"fair-job\"\n"));
    assert!(loaded.notes.is_empty(), "{:?}", loaded.notes);
    for line in SUPERREPORT.lines() {
        assert!(loaded.text.contains(line), "{line} is gone");
    }
    for (store, _) in stores() {
        let made = store
            .create_from(&loaded, &loaded.brief)
            .expect("it is new");
        assert_eq!(made.text, loaded.text);
    }
}

#[test]
fn a_stage_written_by_hand_makes_no_yes() {
    let text = "title = \"A form\"\nstage = \"agreed\"\n";
    let loaded = import_text("x.toml", text, 1, moment()).expect("it is good");
    assert_eq!(loaded.brief.stage, crate::domain::Stage::Draft);
}

#[test]
fn an_import_takes_names_for_ids_and_tells_of_strangers() {
    let text = "title = \"T\"\n[request]\nby = \"dana\"\n[[customer]]\nid = \"d1\"\nname = \"Dana\"\n[[customer]]\nname = \"Human Resources\"\n[[need]]\ntext = \"N\"\nfor = [\"Human Resources\"]\nbasis = \"told\"\nby = \"Dana\"\n[[need]]\ntext = \"M\"\nbasis = \"told\"\nby = \"d1\"\n";
    let loaded = import_text("x.toml", text, 1, moment()).expect("it is good");
    assert_eq!(
        loaded.brief.request.by.as_ref().map(|i| i.as_str()),
        Some("d1")
    );
    assert_eq!(loaded.brief.needs[0].whose[0].as_str(), "human-resources");
    let rank = loaded.brief.answers.get("rank").expect("it is ranked");
    assert_eq!(rank.standing.basis, crate::domain::Basis::Told);
    assert_eq!(rank.standing.by.as_ref().map(|i| i.as_str()), Some("d1"));

    let broken = import_text(
        "x.toml",
        &text
            .replace("\"d1\"\n[[customer", "\"d1x\"\n[[customer")
            .replace("by = \"dana\"", "by = \"dnaa\""),
        1,
        moment(),
    );
    let broken = broken.expect_err("nobody is called so");
    assert_eq!(broken.line, Some(3));
    assert!(
        broken.hint.contains("did you mean `Dana`?"),
        "{}",
        broken.hint
    );
}

#[cfg(unix)]
mod on_a_disk {
    use super::*;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    fn folder() -> (tempfile::TempDir, Folder) {
        let root = tempfile::tempdir().expect("a folder");
        let folder = Folder::at(root.path().join("data/briefs"));
        (root, folder)
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    }

    #[test]
    fn briefs_are_private_and_rights_are_never_widened() {
        let (_root, folder) = folder();
        let base = folder.create(&brief("a", "A")).expect("it is new");
        let file = folder.file(&id("a"));
        assert_eq!((mode(folder.path()), mode(&file)), (0o700, 0o600));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("ours");
        let mut changed = base.brief.clone();
        changed.title = "B".to_owned();
        let base = folder.save(&base, &changed).expect("it can be saved");
        assert_eq!(mode(&file), 0o640);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).expect("ours");
        changed.title = "C".to_owned();
        let refused = folder.save(&base, &changed);
        assert!(matches!(refused, Err(StoreError::ReadOnly(_))));
    }

    #[test]
    fn nothing_is_left_beside_the_briefs() {
        let (_root, folder) = folder();
        let base = folder.create(&brief("a", "A")).expect("it is new");
        let _ = folder.create(&brief("a", "A"));
        let mut changed = base.brief.clone();
        changed.title = "B".to_owned();
        folder.save(&base, &changed).expect("it can be saved");
        let names = disk::names(folder.path()).expect("it can be listed");
        assert_eq!(names, [PathBuf::from("a.toml")]);
    }

    #[test]
    fn odd_files_get_a_line_each_and_the_others_work() {
        let (_root, folder) = folder();
        folder.create(&brief("good", "Good")).expect("it is new");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("folder.toml")).expect("a folder");
        symlink("nowhere", at("dangling.toml")).expect("a link");
        symlink("loop.toml", at("loop.toml")).expect("a link");
        symlink("good.toml", at("link.toml")).expect("a link");
        let fifo = std::process::Command::new("mkfifo")
            .arg(at("pipe.toml"))
            .status();
        assert!(fifo.is_ok_and(|s| s.success()));
        let huge = fs::File::create(at("huge.toml")).expect("a file");
        huge.set_len(100 * 1024 * 1024).expect("a sparse file");
        edit(&at("nul.toml"), b"title = \"a\0b\"\n");
        edit(&at("latin.toml"), b"# ok\ntitle = \"\xe9\"\n");
        edit(&at("UPPER.toml"), "title = \"x\"\n");
        edit(&at("esc\u{1b}[31m.toml"), "title = \"x\"\n");
        use std::os::unix::ffi::OsStrExt as _;
        edit(
            &folder
                .path()
                .join(std::ffi::OsStr::from_bytes(b"\xff.toml")),
            "title = \"x\"\n",
        );
        for ignored in [
            ".hidden.toml",
            "goals.toml",
            "notes.txt",
            "README",
            ".askfirst-1.tmp",
        ] {
            edit(&at(ignored), "not = [ toml");
        }
        let lines: Vec<String> = folder
            .list()
            .expect("it can be listed")
            .into_iter()
            .map(|entry| match entry {
                Entry::Brief(loaded) => format!("{}: good", loaded.brief.id),
                Entry::Broken(b) => {
                    let name = b.path.file_name().unwrap_or_default();
                    format!("{}: {}", name.to_string_lossy().escape_debug(), b.summary)
                }
            })
            .collect();
        let expected = [
            "UPPER.toml: its name is no id: an id has only a-z, 0-9 and '-', not 'U'",
            "dangling.toml: it is a link, and links are not followed",
            "esc\\u{1b}[31m.toml: its name is no id: an id has only a-z, 0-9 and '-', not '\\u{1b}'",
            "folder.toml: it is a folder, not a file",
            "good: good",
            "huge.toml: it has 100 MiB; a brief has at most 2 MiB",
            "latin.toml: line 2: the file is not UTF-8",
            "link.toml: it is a link, and links are not followed",
            "loop.toml: it is a link, and links are not followed",
            "nul.toml: line 1: the file has NUL bytes, so it is no text",
            "pipe.toml: it is a pipe or device, not a file",
            "\u{fffd}.toml: its name is no id: an id has only a-z, 0-9 and '-', not '\u{fffd}'",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_folder_that_cannot_be_read_is_no_empty_one() {
        let root = tempfile::tempdir().expect("a folder");
        let file = root.path().join("file");
        edit(&file, "");
        let folder = Folder::at(&file);
        assert!(matches!(folder.list(), Err(StoreError::Io { .. })));
        let made = folder.create(&brief("a", "A"));
        assert!(matches!(made, Err(StoreError::Io { .. })));
    }

    #[test]
    fn a_name_that_differs_only_in_case_is_taken() {
        let (_root, folder) = folder();
        folder.create(&brief("a", "A")).expect("it is new");
        edit(&folder.path().join("Zed.toml"), "");
        let made = folder.create(&brief("zed", "Z"));
        assert!(matches!(made, Err(StoreError::Exists(_))));
    }

    #[test]
    fn a_save_that_fails_leaves_the_old_file() {
        let (_root, folder) = folder();
        let base = folder.create(&brief("a", "A")).expect("it is new");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).expect("ours");
        let mut changed = base.brief.clone();
        changed.title = "B".to_owned();
        let saved = folder.save(&base, &changed);
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).expect("ours");
        // The superuser may write anyway.
        if saved.is_err() {
            assert_eq!(
                folder.load(&id("a")).expect("it is there").brief,
                base.brief
            );
        }
        let names = disk::names(folder.path()).expect("it can be listed");
        assert_eq!(names.len(), 1);
    }

    #[test]
    fn no_update_is_lost_among_many_writers() {
        let (_root, folder) = folder();
        folder.create(&brief("a", "A")).expect("it is new");
        let writers: Vec<_> = (0..4)
            .map(|w| {
                let folder = folder.clone();
                std::thread::spawn(move || {
                    for n in 0..10 {
                        loop {
                            let base = folder.load(&id("a")).expect("it is there");
                            let mut next = base.brief.clone();
                            let event = format!("w{w}n{n}");
                            next.events
                                .push(Event::new(event, EventKind::Heard, moment()));
                            match folder.save(&base, &next) {
                                Ok(_) => break,
                                Err(StoreError::Changed { .. }) => {}
                                Err(error) => panic!("{error}"),
                            }
                        }
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.join().expect("it wrote");
        }
        let events = folder
            .load(&id("a"))
            .expect("it is there")
            .brief
            .events
            .clone();
        assert_eq!(events.len(), 40);
    }

    #[test]
    fn an_export_follows_a_link_and_stays_one_file() {
        let root = tempfile::tempdir().expect("a folder");
        let real = root.path().join("real.md");
        let link = root.path().join("link.md");
        edit(&real, "old");
        symlink(&real, &link).expect("a link");
        write_atomically(&link, b"new").expect("it can be written");
        assert_eq!(fs::read_to_string(&real).expect("it is there"), "new");
        assert!(
            fs::symlink_metadata(&link)
                .expect("it is there")
                .is_symlink()
        );
        assert!(write_atomically(root.path(), b"x").is_err());
        assert!(write_atomically(&root.path().join("no/such"), b"x").is_err());
    }
}
