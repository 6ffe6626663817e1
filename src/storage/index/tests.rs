//! The index and the files say the same, whatever happens to either.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::FixedOffset;
use proptest::prelude::*;

use super::*;
use crate::domain::work_time::WorkTime;
use crate::storage::format::tests::SUPERREPORT;

fn lens(basis: &str) -> Lens {
    Lens {
        work: WorkTime::default(),
        zone: Arc::new(FixedOffset::east_opt(3600).expect("an offset")),
        basis: basis.to_owned(),
        now: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
    }
}

struct Place {
    _root: tempfile::TempDir,
    briefs: PathBuf,
    cache: PathBuf,
    /// What was told with a roll, which is asked for later.
    told: std::sync::Mutex<Vec<(Vec<Summary<'static>>, Roll)>>,
}

impl Place {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let path = |name: &str| root.path().join(name);
        let (briefs, cache) = (path("briefs"), path("cache/index"));
        fs::create_dir(&briefs).expect("it is new");
        Self {
            briefs: stamp_real(&briefs),
            cache,
            told: std::sync::Mutex::default(),
            _root: root,
        }
    }

    fn with(count: usize) -> Self {
        let place = Self::new();
        for at in 0..count {
            place.edit(at, &format!("brief {at}"));
        }
        place
    }

    fn file(&self, at: usize) -> PathBuf {
        self.briefs.join(format!("b{at}.toml"))
    }

    fn edit(&self, at: usize, title: &str) {
        write(self.file(at), text(title));
    }

    /// As after a while.
    fn settle(&self) {
        let long_ago = SystemTime::UNIX_EPOCH + Duration::new(1_600_000_000, 3);
        let files = fs::read_dir(&self.briefs).expect("it is there");
        for file in files.map(|file| file.expect("a file").path()) {
            set_time(&file, long_ago);
        }
        let folder = fs::File::open(&self.briefs).expect("it is there");
        folder.set_modified(long_ago).expect("ours");
    }

    fn indexed(&self) -> Indexed {
        let cache = Some(Scrap::at(&self.cache));
        Indexed::at(Folder::at(&self.briefs), cache, lens("a"))
    }

    fn cached(&self, end: &str) -> PathBuf {
        let files = fs::read_dir(&self.cache).expect("it is there");
        let mut paths = files.map(|file| file.expect("a file").path());
        let ends = |path: &PathBuf| path.to_string_lossy().ends_with(end);
        paths.find(ends).expect("there is one")
    }

    /// Asks a new run the same as the files themselves.
    fn check(&self) {
        self.check_with(&self.indexed());
    }

    fn check_with(&self, indexed: &Indexed) {
        let plain = Folder::at(&self.briefs);
        let lens = lens("a");
        let of = |rows: &Rows| {
            let briefs: Vec<Summary<'static>> = rows.iter().map(owned).collect();
            (briefs, rows.broken.clone())
        };
        let expected = plain.rows(&lens).expect("it can be read");
        // What a roll says is as it was is what the files say.
        let mut told = self.told.lock().expect("nobody else");
        told.extend(glimpsed(indexed));
        for (briefs, roll) in told.iter() {
            if indexed.is_as_known(roll, &lens) {
                assert_eq!((briefs.clone(), Vec::new()), of(&expected));
            }
        }
        // Every second time it is told before the rows are looked at, which are known then.
        if told.len() % 4 < 2 {
            told.extend(surveyed(indexed).map(|(briefs, roll, broken)| {
                assert_eq!((briefs.clone(), broken), of(&expected));
                (briefs, roll)
            }));
        }
        let found = indexed.rows(&lens).expect("it can be read");
        assert_eq!(of(&found), of(&expected));
        let roll = found.roll(&lens);
        let ids = (0..roll.ids().len()).filter_map(|at| roll.ids().get(at));
        assert!(ids.eq(found.iter().map(|row| row.id.into_owned())));
        told.extend([(of(&found).0, roll)]);
        drop(told);
        for words in [
            "",
            "brief",
            "analysts",
            "b1",
            "zebra",
            "other brief",
            "ÄRGER",
        ] {
            let words = Search::parse(words);
            let expected = plain.search(&words, &lens).expect("it can be read");
            let found = indexed.search(&words, &lens).expect("it can be read");
            assert_eq!(of(&found), of(&expected), "{words:?}");
        }
        for typed in ["b0", "b1", "zebra", "brief", "no such thing"] {
            let (a, b) = (plain.find(typed).ok(), indexed.find(typed).ok());
            assert_eq!(b, a, "{typed}");
        }
    }
}

/// What is told before the files are looked at.
fn glimpsed(indexed: &Indexed) -> Option<(Vec<Summary<'static>>, Roll)> {
    let mut briefs = Vec::new();
    let mut tell = |row: Row<'_>| briefs.extend(row.summary().map(owned));
    let roll = indexed.glimpse(&indexed.lens, &mut tell)?;
    Some((briefs, roll))
}

/// What is told of the files as they are now.
fn surveyed(indexed: &Indexed) -> Option<(Vec<Summary<'static>>, Roll, Vec<Broken>)> {
    let mut briefs = Vec::new();
    let mut tell = |row: Row<'_>| briefs.extend(row.summary().map(owned));
    let survey = indexed.survey(&indexed.lens, &mut tell);
    let (roll, broken) = survey.expect("it can be read")?;
    Some((briefs, roll, broken))
}

fn stamp_real(path: &Path) -> PathBuf {
    crate::storage::real(path)
}

fn owned(row: Summary<'_>) -> Summary<'static> {
    let mut bytes = flat::Bytes::default();
    flat::put(&mut bytes, &row);
    let bytes: &'static [u8] = bytes.0.leak();
    flat::get(&mut flat::Cursor(bytes)).expect("it was put there")
}

fn text(title: &str) -> String {
    SUPERREPORT.replacen("What my analysts do all day", title, 1)
}

/// As an editor that writes to the file as it is.
fn write(path: impl AsRef<Path>, text: impl AsRef<[u8]>) {
    let file = fs::File::create(path);
    file.and_then(|mut file| file.write_all(text.as_ref()))
        .expect("it can be written");
}

fn set_time(path: &Path, at: SystemTime) {
    let file = fs::File::options().write(true).open(path);
    file.and_then(|file| file.set_modified(at)).expect("ours");
}

#[test]
fn the_index_says_what_the_files_say_before_and_after_each_change() {
    let place = Place::with(3);
    place.check();
    place.check();
    place.edit(1, "zebra");
    place.check();
    fs::remove_file(place.file(0)).expect("it is there");
    place.check();
    fs::rename(place.file(1), place.file(9)).expect("it is there");
    place.check();
    write(place.file(4), "title = ");
    place.check();
    place.check();
    write(place.file(4), text("mended"));
    place.check();
    write(place.briefs.join("No Id.toml"), "");
    fs::create_dir(place.briefs.join("folder.toml")).expect("it is new");
    place.check();
}

#[test]
fn more_files_than_one_thread_reads_are_all_there_in_order() {
    let place = Place::with(crate::storage::stamp::MANY + 51);
    place.check();
    for at in (0..crate::storage::stamp::MANY + 40).step_by(3) {
        place.edit(at, "zebra");
    }
    place.check();
}

#[test]
fn an_edit_in_place_that_keeps_size_and_time_is_seen() {
    let place = Place::with(2);
    let then = SystemTime::UNIX_EPOCH + Duration::new(1_700_000_000, 5);
    set_time(&place.file(0), then);
    place.check();
    place.edit(0, "zebra 0");
    set_time(&place.file(0), then);
    place.check();
    // Two files change places: the times and sizes are those of before.
    set_time(&place.file(1), then);
    place.check();
    let (a, b) = (place.file(0), place.file(1));
    fs::rename(&a, place.briefs.join("c")).expect("ours");
    fs::rename(&b, &a).expect("ours");
    fs::rename(place.briefs.join("c"), &b).expect("ours");
    place.check();
}

/// Where nothing has changed for a while the folder is not listed, which takes as
/// long as to look at the files.
#[test]
fn a_folder_that_is_as_it_was_is_not_listed_and_any_change_is_seen() {
    type Change = fn(&Place);
    let changes: [(&str, Change); 8] = [
        ("nothing", |_| {}),
        ("in place", |place| place.edit(1, "other brie")),
        ("the time", |place| place.happen(&Happens::Time(1, 0))),
        ("new", |place| place.edit(7, "brief 7")),
        ("gone", |place| place.happen(&Happens::Remove(0))),
        ("renamed", |place| place.happen(&Happens::Rename(0, 9))),
        ("broken", |place| place.happen(&Happens::Break(2))),
        ("no id", |place| {
            write(place.briefs.join("No Id.toml"), "");
        }),
    ];
    for (what, change) in changes {
        let place = Place::with(3);
        let is_known = || {
            let known = place.indexed().read(&lens("a"));
            known.is_some_and(|known| look::is_all_as_known(&Folder::at(&place.briefs), &known))
        };
        place.settle();
        place.check();
        assert!(is_known());
        change(&place);
        assert_eq!(is_known(), what == "nothing", "{what}");
        place.check();
        place.settle();
        place.check();
        let is_listed_each_time = matches!(what, "broken" | "no id");
        assert_eq!(is_known(), !is_listed_each_time, "{what}");
    }
}

#[test]
fn a_file_from_the_future_is_read_each_time() {
    let place = Place::with(2);
    let ahead = fs::metadata(place.file(0)).expect("ours").modified();
    let ahead = ahead.expect("a time") + Duration::from_secs(9_000);
    set_time(&place.file(0), ahead);
    place.check();
    let rows = place.indexed().rows(&lens("a")).expect("it can be read");
    let folder = Folder::at(&place.briefs);
    let stamp = folder.stamp(&BriefId::parse("b0").expect("an id"));
    assert!(!stamp.expect("it is there").is_older(rows.began));
    place.edit(0, "zebra");
    place.check();
}

#[test]
fn whole_seconds_are_trusted_only_after_two() {
    let stamp = |nanos| crate::storage::Stamp {
        id: BriefId::parse("a").expect("an id"),
        number: 1,
        modified: Duration::new(100, nanos),
    };
    assert!(!stamp(7).is_older(Duration::new(100, 7)));
    assert!(stamp(7).is_older(Duration::new(100, 8)));
    assert!(!stamp(0).is_older(Duration::new(102, 0)));
    assert!(stamp(0).is_older(Duration::new(102, 1)));
}

#[test]
fn rows_that_are_cut_off_or_changed_at_any_byte_are_not_shown() {
    let place = Place::with(2);
    place.check();
    let path = place.cached(".rows");
    let whole = fs::read(&path).expect("ours");
    let known = |bytes: &[u8]| {
        let folder = place.briefs.to_str().expect("text");
        file::Known::read(bytes.to_vec(), folder, "a")
    };
    assert!(known(&whole).is_some());
    for end in 0..whole.len() {
        assert!(known(&whole[..end]).is_none(), "{end}");
        let mut torn = whole.clone();
        torn[end] ^= 0x10;
        assert!(known(&torn).is_none(), "{end}");
        // What a crash leaves of the end.
        torn[end..].fill(0);
        assert!(torn == whole || known(&torn).is_none(), "{end}");
    }
    for end in (0..whole.len()).step_by(97) {
        write(&path, &whole[..end]);
        place.check();
    }
}

#[test]
fn a_large_folder_is_told_as_from_the_files_and_torn_rows_are_asked_for_anew() {
    let place = Place::with(230);
    place.edit(3, &"a long title ".repeat(12_000));
    let files = || {
        let rows = Folder::at(&place.briefs).rows(&lens("a"));
        rows.expect("it can be read").iter().map(owned).collect()
    };
    let told = || {
        let (briefs, roll, broken) = surveyed(&place.indexed())?;
        assert_eq!((roll.ids().len(), broken), (briefs.len(), Vec::new()));
        Some(briefs)
    };
    let all: Vec<_> = files();
    assert_eq!(told().as_ref(), Some(&all));
    // Then with rows that are known: some changed, some new, some gone.
    for at in [0, 7, 100, 229] {
        place.edit(at, "another title");
        fs::remove_file(place.file(at + 2)).ok();
        place.edit(at + 300, "new");
    }
    let changed: Vec<_> = files();
    assert_ne!(changed, all);
    assert_eq!(told().as_ref(), Some(&changed));
    let (known, _) = glimpsed(&place.indexed()).expect("it was written");
    assert_eq!(known, changed);
    let path = place.cached(".rows");
    let whole = fs::read(&path).expect("ours");
    for end in [20, 200, whole.len() / 2, whole.len() - 9] {
        let mut torn = whole.clone();
        torn[end] ^= 0x10;
        write(&path, &torn);
        // With a torn beginning nothing is known; else it is seen at the end.
        if let Some(briefs) = told() {
            assert!(end < 300);
            assert_eq!(briefs, changed);
        }
        write(&path, &torn);
        let rows = place.indexed().rows(&lens("a")).expect("it can be read");
        assert_eq!(rows.iter().map(owned).collect::<Vec<_>>(), changed);
    }
}

#[test]
fn pieces_of_a_file_tell_what_all_of_it_tells_and_nothing_when_it_is_torn() {
    let place = Place::with(3);
    place.edit(1, &"a long title ".repeat(12_000));
    place.check();
    let path = place.cached(".rows");
    let whole = fs::read(&path).expect("ours");
    assert!(whole.len() > 140_000);
    let rows = place.indexed().rows(&lens("a")).expect("it can be read");
    let (told, _) = glimpsed(&place.indexed()).expect("it was written");
    assert_eq!(told, rows.iter().map(owned).collect::<Vec<_>>());
    for end in (0..whole.len()).step_by(997).chain(0..600) {
        write(&path, &whole[..end]);
        assert!(glimpsed(&place.indexed()).is_none(), "{end}");
        let mut torn = whole.clone();
        torn[end] ^= 0x10;
        write(&path, &torn);
        assert!(glimpsed(&place.indexed()).is_none(), "{end}");
    }
}

#[test]
fn a_roll_knows_its_folder_until_a_file_of_it_is_another() {
    for count in [3, MANY + 5] {
        let place = Place::with(count);
        place.settle();
        let indexed = place.indexed();
        indexed.rows(&lens("a")).expect("it can be read");
        let (_, roll) = glimpsed(&indexed).expect("it was written");
        assert!(indexed.is_as_known(&roll, &lens("a")));
        assert_eq!(roll.ids().len(), count);
        let last = place.file(count - 1);
        let before = fs::read(&last).expect("ours");
        write(&last, "title = \"zebra\"\n");
        assert!(!indexed.is_as_known(&roll, &lens("a")));
        let rows = indexed.rows(&lens("a")).expect("it can be read");
        assert!(!indexed.is_as_known(&roll, &lens("a")));
        // The file was written in the moment in which it was read, or a while before.
        drop(rows);
        place.settle();
        let rows = indexed.rows(&lens("a")).expect("it can be read");
        let roll = rows.roll(&lens("a"));
        assert!(indexed.is_as_known(&roll, &lens("a")));
        let mut less = roll.clone();
        less.remove(0);
        assert!(!indexed.is_as_known(&less, &lens("a")));
        write(place.briefs.join("another.toml"), before);
        assert!(!indexed.is_as_known(&roll, &lens("a")));
    }
}

#[test]
fn texts_that_are_cut_off_or_changed_at_any_byte_find_nothing_wrong() {
    let place = Place::with(1);
    write(place.file(0), "title = \"zebra\"\n");
    write(place.file(1), "title = \"other\"\n");
    place.check();
    let rows = fs::read(place.cached(".rows")).expect("ours");
    let texts = fs::read(place.cached(".texts")).expect("ours");
    for end in 0..texts.len() {
        let mut torn = texts.clone();
        torn[end] ^= 0x21;
        for texts in [&texts[..end], &torn] {
            write(place.cached(".texts"), texts);
            write(place.cache.join(name_of(&place, "rows")), &rows);
            place.check();
        }
    }
    fs::remove_file(place.cached(".texts")).expect("ours");
    place.check();
    place.check();
    assert!(!fs::read(place.cached(".texts")).expect("ours").is_empty());
}

fn name_of(place: &Place, end: &str) -> String {
    let short = crate::storage::short_name(&place.briefs).expect("text");
    format!("{short}.{end}")
}

#[test]
fn the_index_of_another_folder_version_or_working_time_is_made_anew() {
    let (one, other) = (Place::with(2), Place::with(1));
    other.edit(0, "zebra");
    one.check();
    other.check();
    for end in ["rows", "texts"] {
        let from = other.cache.join(name_of(&other, end));
        fs::copy(from, one.cache.join(name_of(&one, end))).expect("ours");
    }
    one.check();
    let path = one.cached(".rows");
    let bytes = fs::read(&path).expect("ours");
    let mut newer = bytes.clone();
    newer[14] = b'2';
    write(&path, newer);
    one.check();
    // What a brief wants follows from the working time.
    let other = Indexed {
        lens: lens("b"),
        ..one.indexed()
    };
    assert!(glimpsed(&other).is_none());
    other.rows(&lens("b")).expect("it can be read");
    let (_, roll) = glimpsed(&other).expect("it was written");
    assert!(!other.is_as_known(&roll, &lens("a")));
    one.check();
}

#[test]
fn without_a_place_for_the_index_all_is_as_well() {
    let place = Place::with(2);
    let folder = || Folder::at(&place.briefs);
    place.check_with(&Indexed::at(folder(), None, lens("a")));
    // A file in the way of the folder.
    fs::create_dir_all(place.cache.parent().expect("above")).expect("ours");
    write(&place.cache, "");
    place.check();
    place.check();
    fs::remove_file(&place.cache).expect("ours");
    place.check();
    let nowhere = Folder::at(place.briefs.join("none"));
    let nowhere = Indexed::at(nowhere, Some(Scrap::at(&place.cache)), lens("a"));
    assert!(nowhere.rows(&lens("a")).expect("empty").is_empty());
}

#[cfg(unix)]
#[test]
fn a_cache_that_cannot_be_written_or_is_a_link_does_no_harm() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let place = Place::with(2);
    place.check();
    let rows = place.cached(".rows");
    let elsewhere = place.briefs.join("precious");
    write(&elsewhere, "precious");
    for name in [&rows, &place.cached(".texts")] {
        fs::remove_file(name).expect("ours");
        symlink(&elsewhere, name).expect("ours");
    }
    place.check();
    place.edit(0, "zebra");
    place.check();
    assert_eq!(fs::read_to_string(&elsewhere).expect("ours"), "precious");
    let rights = |mode| fs::set_permissions(&place.cache, fs::Permissions::from_mode(mode));
    rights(0o500).expect("ours");
    place.edit(1, "zebra");
    place.check();
    rights(0o700).expect("ours");
    place.check();
}

#[cfg(unix)]
#[test]
fn what_another_user_wrote_is_not_read() {
    use std::os::unix::fs::chown;
    let place = Place::with(1);
    place.check();
    // Only the superuser can give a file away.
    if chown(place.cached(".rows"), Some(12_345), None).is_err() {
        return;
    }
    assert!(glimpsed(&place.indexed()).is_none());
    place.check();
    assert!(glimpsed(&place.indexed()).is_some());
}

#[test]
fn the_index_is_private_and_leaves_nothing_else() {
    let place = Place::with(3);
    place.check();
    place.edit(0, "zebra");
    place.check();
    let files = fs::read_dir(&place.cache).expect("ours");
    let mut names: Vec<String> = Vec::new();
    for file in files {
        let file = file.expect("a file");
        names.push(file.file_name().to_string_lossy().into_owned());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = file.metadata().expect("ours").permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
    }
    names.sort();
    let all = ["lock", "rows", "texts"].map(|end| name_of(&place, end));
    assert_eq!(names, all);
}

#[test]
fn texts_of_old_versions_do_not_pile_up() {
    let place = Place::with(1);
    let mut largest = 0;
    let long = "a long text of many words, ".repeat(60);
    for round in 0..60 {
        let out = format!(
            "title = \"{round}\"\n[scope]\nout = [{}]",
            format!("\"{long}\",").repeat(30)
        );
        write(place.file(0), out);
        place.indexed().rows(&lens("a")).expect("it can be read");
        let size = fs::metadata(place.cached(".texts")).expect("ours").len();
        largest = largest.max(size);
    }
    assert!((100_000..1_500_000).contains(&largest), "{largest}");
    place.check();
}

#[test]
fn two_programs_at_once_and_an_editor_end_with_what_the_files_say() {
    let place = Place::with(8);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..60 {
                    let rows = place.indexed().rows(&lens("a")).expect("it can be read");
                    assert!(rows.iter().all(|row| row.title.contains("brief")));
                    let words = Search::parse("brief");
                    place
                        .indexed()
                        .search(&words, &lens("a"))
                        .expect("it can be read");
                }
            });
        }
        scope.spawn(|| {
            for round in 0..120 {
                let path = place.file(round % 8);
                let title = format!("other brief {round}");
                crate::storage::write_atomically(&path, text(&title).as_bytes()).expect("ours");
            }
        });
    });
    place.check();
}

/// Something that happens to a folder or its index.
#[derive(Debug, Clone)]
enum Happens {
    Edit(usize, String),
    Replace(usize, String),
    Break(usize),
    Remove(usize),
    Rename(usize, usize),
    /// The time of a file is set to one of few, as by an archive.
    Time(usize, u64),
    /// All files and their folder were not touched for long.
    Settle,
    /// The index is cut off, or changed at a place.
    Tear(&'static str, prop::sample::Index, bool),
    Forget(&'static str),
}

fn any_event() -> impl Strategy<Value = Happens> {
    let title = || prop::sample::select(vec!["zebra", "brief", "other brief", "Ärger", "éric"]);
    let title = move || title().prop_map(str::to_owned);
    let end = || prop::sample::select(vec![".rows", ".texts"]);
    let at = 0..5_usize;
    prop_oneof![
        4 => (at.clone(), title()).prop_map(|(at, title)| Happens::Edit(at, title)),
        3 => (at.clone(), title()).prop_map(|(at, title)| Happens::Replace(at, title)),
        1 => at.clone().prop_map(Happens::Break),
        2 => at.clone().prop_map(Happens::Remove),
        2 => (at.clone(), at.clone()).prop_map(|(from, to)| Happens::Rename(from, to)),
        3 => (at, 0..4_u64).prop_map(|(at, time)| Happens::Time(at, time)),
        4 => Just(Happens::Settle),
        1 => (end(), any::<prop::sample::Index>(), any::<bool>())
            .prop_map(|(end, at, cut)| Happens::Tear(end, at, cut)),
        1 => end().prop_map(Happens::Forget),
    ]
}

impl Place {
    fn happen(&self, event: &Happens) {
        match event {
            Happens::Edit(at, title) => self.edit(*at, title),
            Happens::Replace(at, title) => {
                let text = text(title);
                crate::storage::write_atomically(&self.file(*at), text.as_bytes()).expect("ours");
            }
            Happens::Break(at) => write(self.file(*at), "title = \"zebra"),
            Happens::Remove(at) => drop(fs::remove_file(self.file(*at))),
            Happens::Rename(from, to) => drop(fs::rename(self.file(*from), self.file(*to))),
            Happens::Time(at, time) => {
                // Long ago, in whole seconds, now, and far ahead.
                let time = match time {
                    0 => Duration::new(1_600_000_000, 1),
                    1 => Duration::from_secs(1_700_000_000),
                    2 => Duration::from_secs(4_000_000_000),
                    _ => Duration::new(1_600_000_000, 2),
                };
                if self.file(*at).exists() {
                    set_time(&self.file(*at), SystemTime::UNIX_EPOCH + time);
                }
            }
            Happens::Settle => self.settle(),
            Happens::Tear(end, at, cut) => {
                let path = self.cache.join(name_of(self, end.trim_start_matches('.')));
                let Ok(mut bytes) = fs::read(&path) else {
                    return;
                };
                if bytes.is_empty() {
                    return;
                }
                let at = at.index(bytes.len());
                match cut {
                    true => bytes.truncate(at),
                    false => bytes[at] = bytes[at].wrapping_add(1),
                }
                write(&path, bytes);
            }
            Happens::Forget(end) => {
                let name = name_of(self, end.trim_start_matches('.'));
                drop(fs::remove_file(self.cache.join(name)));
            }
        }
    }
}

fn cases() -> ProptestConfig {
    let long = std::env::var_os("ASKFIRST_LONG").is_some();
    ProptestConfig::with_cases(if long { 2_000 } else { 24 })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn whatever_happens_the_index_says_what_the_files_say(
        events in proptest::collection::vec((any_event(), any::<bool>()), 1..30),
    ) {
        let place = Place::with(3);
        for (event, is_looked_at) in events {
            place.happen(&event);
            if is_looked_at {
                place.check();
            }
        }
        place.check();
    }
}
