//! How the size of a folder is felt: `cargo bench --bench size`. Whole programs
//! run in turns with others that do the least that such a program can, or the
//! same work; docs/performance.md says how to read the figures.
//!
//! `cargo bench --bench size -- generate DIR COUNT [OPEN]` only writes a folder, and
//! `... -- order PROGRAM MAP` prints in which order its functions are to lie (build.rs).

#![allow(
    clippy::disallowed_methods,
    reason = "no file here is kept: none has to be written whole"
)]

#[allow(dead_code, reason = "the other benchmark uses the rest")]
#[path = "../askfirst/briefs.rs"]
mod briefs;
mod folder;
mod order;
mod programs;
mod screens;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use folder::{EARLY, NOW, Open};
use programs::{Pair, Program, pair, pair_of};
use screens::Screen;

type Error = Box<dyn std::error::Error>;

/// The sizes; the last one only where it is asked for.
const SIZES: [u64; 3] = [10, 1_000, 10_000];
const LARGEST: u64 = 100_000;
/// How many are under way where not three of a hundred are.
const OPEN: u64 = 200;

fn main() -> Result<(), Error> {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["generate", dir, count] => folder::write(Path::new(dir), count.parse()?, Open::Share),
        ["generate", dir, count, open] => {
            let open = Open::Only(open.parse()?);
            folder::write(Path::new(dir), count.parse()?, open)
        }
        [] => measure(None),
        // Folders are made there where they are not, and kept.
        ["in", dir] => measure(Some(Path::new(dir))),
        ["order", program, map] => order::print(Path::new(program), Path::new(map)),
        _ => Err("in DIR, generate DIR COUNT [OPEN], or order PROGRAM MAP".into()),
    }
}

struct Bench {
    root: PathBuf,
    home: PathBuf,
    sizes: Vec<u64>,
}

fn measure(dir: Option<&Path>) -> Result<(), Error> {
    build_bare()?;
    let own = tempfile::tempdir()?;
    let mut sizes = SIZES.to_vec();
    if std::env::var_os("ASKFIRST_LONG").is_some() {
        sizes.push(LARGEST);
    }
    let bench = Bench {
        root: dir.unwrap_or(own.path()).to_owned(),
        home: own.path().join("home"),
        sizes,
    };
    std::fs::create_dir_all(&bench.home)?;
    for count in &bench.sizes {
        for (name, open) in [
            ("", Open::Share),
            ("-open", Open::Only(OPEN)),
            ("-calm", Open::Only(0)),
        ] {
            let path = bench.folder(&format!("{count}{name}"));
            if !path.is_dir() {
                folder::write(&path, *count, open)?;
            }
        }
    }
    bench.commands()?;
    bench.screens()
}

/// Builds the bare programs as they are now: cargo builds none for a single benchmark.
fn build_bare() -> Result<(), Error> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = std::process::Command::new(cargo)
        .args(["build", "--release", "--examples", "--locked", "--quiet"])
        .status()?;
    match built.success() {
        true => Ok(()),
        false => Err("the bare programs could not be built".into()),
    }
}

/// One of them.
fn example(name: &str) -> String {
    let own = std::env::current_exe().unwrap_or_default();
    let release = own.ancestors().nth(2).unwrap_or(Path::new("."));
    release.join("examples").join(name).display().to_string()
}

impl Bench {
    fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    fn bare(&self) -> Program {
        Program::new("C", example("bare-command"), &["due"], &self.home)
    }

    fn rg(&self, args: &[&str], folder: &Path) -> Program {
        let dir = folder.display().to_string();
        let mut all = args.to_vec();
        all.push(&dir);
        let name = format!("rg {}", args.join(" "));
        Program::new(&name, "rg", &all, &self.home)
    }

    fn forget(&self) {
        let _ = std::fs::remove_dir_all(self.home.join(".cache"));
        let _ = std::fs::remove_dir_all(self.home.join(".local"));
    }

    fn commands(&self) -> Result<(), Error> {
        let mut table = Table::new(&["what", "briefs", "time", "compared with", "ratio", "KiB"]);
        if let Some(kib) = self.bare().memory() {
            table.add(format!("| C, its memory | | | | | {kib} |"));
        }
        for (args, suffix, now, what) in [
            (&["due"][..], "-calm", NOW, "`due`, nothing under way"),
            (
                &["due", "--short"],
                "-calm",
                NOW,
                "`due --short`, nothing under way",
            ),
            (&["due"], "-open", EARLY, "`due`, 200 open, none due"),
            (
                &["due", "--short"],
                "-open",
                EARLY,
                "`due --short`, 200 open, none due",
            ),
            (&["due", "--short"], "-open", NOW, "`due --short`, 200 due"),
            (&["due"], "-open", NOW, "`due`, 200 due, all told"),
            (&["due"], "", NOW, "`due`, 3 of 100 told"),
            (&["list", "--limit", "24"], "", NOW, "`list`, one screen"),
            (&["list"], "", NOW, "`list`, all rows"),
            (&["list", "--search", "phone"], "", NOW, "`list --search`"),
        ] {
            let mut curve = Vec::new();
            for count in &self.sizes {
                let folder = self.folder(&format!("{count}{suffix}"));
                let ours = Program::askfirst(args, &folder, &self.home).at(now);
                ours.time()?;
                let bare = self.bare();
                let found = pair(runs(*count), &ours, &bare)?;
                curve.push((*count, found.one));
                table.pair(what, *count, found, &bare, ours.memory());
                let rg = match args {
                    ["list"] => self.rg(&["^title"], &folder),
                    ["list", "--search", _] => self.rg(&["-li", "phone"], &folder),
                    _ => continue,
                };
                if *count >= 1_000 && rg.time().is_ok() {
                    let found = pair(runs(*count), &ours, &rg)?;
                    table.pair(what, *count, found, &rg, rg.memory());
                }
            }
            table.exponent(what, &curve);
        }
        let mut curve = Vec::new();
        for count in self.sizes.iter().filter(|count| **count >= 1_000) {
            let folder = self.folder(&count.to_string());
            // All files are read for it; the rest of the time is that of making the index.
            let ours = Program::askfirst(&["list", "--limit", "24"], &folder, &self.home);
            let rg = self.rg(&["-li", "phone"], &folder);
            let build = || {
                self.forget();
                ours.time()
            };
            let found = pair_of(5, build, || rg.time())?;
            curve.push((*count, found.one));
            table.pair("index from nothing", *count, found, &rg, None);
        }
        table.exponent("index from nothing", &curve);
        self.new_from(&mut table)?;
        table.print()
    }

    /// A new brief from a file, and what of that is the disk.
    fn new_from(&self, table: &mut Table) -> Result<(), Error> {
        let from = self.home.join("from.toml");
        std::fs::write(&from, briefs::SUPERREPORT)?;
        let from = from.display().to_string();
        for count in &self.sizes {
            let folder = self.folder(&count.to_string());
            let before = names(&folder)?;
            let ours = Program::askfirst(&["new", "--from", &from], &folder, &self.home);
            let bare = self.bare();
            let mut turn = 0;
            // A new file that a crash leaves whole or not at all, in the same folder.
            let synced = || {
                turn += 1;
                let start = std::time::Instant::now();
                let beside = folder.join(".plain");
                let mut file = std::fs::File::create(&beside)?;
                file.write_all(briefs::SUPERREPORT.as_bytes())?;
                file.sync_all()?;
                std::fs::rename(&beside, folder.join(format!(".plain-{turn}")))?;
                std::fs::File::open(&folder)?.sync_all()?;
                let disk = start.elapsed();
                Ok(disk + 2 * bare.time()?)
            };
            let found = pair_of(15, || ours.time(), synced)?;
            let against = Program::new("2 C and the syncs", "", &[], &self.home);
            table.pair("`new --from`", *count, found, &against, None);
            for name in names(&folder)?.difference(&before) {
                std::fs::remove_file(folder.join(name))?;
            }
        }
        Ok(())
    }

    /// The first question of a new brief, which is written and synced before.
    fn walk(
        &self,
        table: &mut Table,
        count: u64,
        dir: &str,
        bare: &Program,
        bare_list: &dyn Fn() -> Result<(Screen, screens::Came), Error>,
    ) -> Result<(), Error> {
        let before = names(Path::new(dir))?;
        let file = programs::askfirst();
        let walk = || Screen::open(&file, &["--dir", dir, "new", "A new thing"], &self.home);
        let found = pair_of(9, || Ok(walk()?.1.time), || Ok(bare_list()?.1.time))?;
        table.pair("first frame of a walk", count, found, bare, None);
        for name in names(Path::new(dir))?.difference(&before) {
            std::fs::remove_file(Path::new(dir).join(name))?;
        }
        Ok(())
    }

    /// A letter of a word that is looked for on the desk, in all text.
    fn letter(&self, table: &mut Table, count: u64, folder: &Path) -> Result<(), Error> {
        let rg = self.rg(&["-li", "phone"], folder);
        if count < 1_000 || rg.time().is_err() {
            return Ok(());
        }
        let dir = folder.display().to_string();
        let (mut desk, _) = Screen::open(&programs::askfirst(), &["--dir", &dir], &self.home)?;
        desk.keys("/")?;
        // The word, and back again.
        let mut keys = ["p", "h", "o", "n", "e"]
            .into_iter()
            .chain(["\x7f"; 5])
            .cycle();
        let found = pair_of(
            20,
            || Ok(desk.keys(keys.next().unwrap_or_default())?.time),
            || rg.time(),
        )?;
        table.pair("a letter after `/`", count, found, &rg, None);
        Ok(())
    }

    fn screens(&self) -> Result<(), Error> {
        let mut table = Table::new(&["what", "briefs", "time", "compared with", "ratio", "KiB"]);
        let list = example("bare-list");
        let bare = Program::new("R", "", &[], &self.home);
        for count in &self.sizes {
            let folder = self.folder(&count.to_string());
            let rows = self.home.join("rows");
            let all = Program::askfirst(&["list"], &folder, &self.home)
                .command()
                .stdout(std::process::Stdio::piped())
                .output()?;
            std::fs::write(&rows, all.stdout)?;
            let (dir, rows) = (folder.display().to_string(), rows.display().to_string());
            let file = programs::askfirst();
            let ours = || Screen::open(&file, &["--dir", &dir], &self.home);
            let bare_list = || Screen::open(&list, &[&rows], &self.home);
            let first = pair_of(9, || Ok(ours()?.1.time), || Ok(bare_list()?.1.time))?;
            self.walk(&mut table, *count, &dir, &bare, &bare_list)?;
            self.letter(&mut table, *count, &folder)?;
            let (mut one, _) = ours()?;
            let (mut other, _) = bare_list()?;
            table.pair(
                "first frame of the desk",
                *count,
                first,
                &bare,
                one.memory(),
            );
            let mut bytes = Vec::new();
            let key = |came: screens::Came| came.time;
            // At the end of a short list a key changes nothing: up again there.
            let is_short = *count <= 60;
            let way = |turn: usize| match turn % 16 < 8 || !is_short {
                true => "j",
                false => "k",
            };
            let (mut turn, mut other_turn) = (0, 0);
            let walk = pair_of(
                40,
                || {
                    let came = one.keys(way(turn))?;
                    turn += 1;
                    bytes.push(came.bytes);
                    Ok(key(came))
                },
                || {
                    other_turn += 1;
                    Ok(key(other.keys(way(other_turn - 1))?))
                },
            )?;
            table.pair("key to repaint", *count, walk, &bare, one.own_memory());
            bytes.sort_unstable();
            let most = bytes.get(bytes.len() / 2).copied().unwrap_or_default();
            table.plain("bytes of a key, middle", *count, &most.to_string());
            // Of the same program: the second is opened for it.
            let (mut same, _) = ours()?;
            let (mut turn, mut other_turn) = (0, 0);
            let there = |turn: usize| match turn.is_multiple_of(2) || !is_short {
                true => "j".repeat(30),
                false => "k".repeat(30),
            };
            let many = pair_of(
                15,
                || {
                    turn += 1;
                    Ok(key(one.keys(&there(turn - 1))?))
                },
                || {
                    other_turn += 1;
                    Ok(key(same.keys(way(other_turn - 1))?))
                },
            )?;
            let alone = Program::new("one key", "", &[], &self.home);
            table.pair("30 keys at once", *count, many, &alone, None);
            drop(same);
            if let Some((wakes, bytes, ticks)) = one.idle(Duration::from_secs(10)) {
                let told = format!("{wakes} wake-ups, {bytes} bytes, {ticks} ticks");
                table.plain("idle for 10 s", *count, &told);
            }
        }
        table.print()
    }
}

fn runs(count: u64) -> usize {
    match count {
        0..=1_000 => 101,
        1_001..=10_000 => 41,
        _ => 11,
    }
}

fn names(folder: &Path) -> Result<std::collections::BTreeSet<std::ffi::OsString>, Error> {
    let entries = std::fs::read_dir(folder)?;
    Ok(entries
        .map(|e| e.map(|e| e.file_name()))
        .collect::<Result<_, _>>()?)
}

/// The figures, in the form of docs/performance.md.
struct Table {
    rows: Vec<String>,
}

impl Table {
    fn new(head: &[&str]) -> Self {
        let line = "|---".repeat(head.len()) + "|";
        Self {
            rows: vec![format!("| {} |", head.join(" | ")), line],
        }
    }

    fn pair(&mut self, what: &str, count: u64, found: Pair, other: &Program, memory: Option<u64>) {
        let (one, than, ratio) = (shown(found.one), shown(found.other), found.ratio);
        let name = &other.name;
        let memory = memory.map(|kib| kib.to_string()).unwrap_or_default();
        let row = format!("| {what} | {count} | {one} | {name} {than} | {ratio:.2} | {memory} |");
        self.add(row);
    }

    fn plain(&mut self, what: &str, count: u64, told: &str) {
        self.add(format!("| {what} | {count} | {told} | | | |"));
    }

    /// By which power of the size the time grows, from 1,000 on.
    fn exponent(&mut self, what: &str, curve: &[(u64, Duration)]) {
        let mut curve = curve.iter().filter(|(count, _)| *count >= 1_000);
        if let (Some((few, fast)), Some((many, slow))) = (curve.next(), curve.next_back()) {
            let times = slow.as_secs_f64() / fast.as_secs_f64();
            let power = times.ln() / (*many as f64 / *few as f64).ln();
            self.add(format!(
                "| {what} | {few} to {many} | grows with power {power:.2} | | | |"
            ));
        }
    }

    /// Told as it is found: the whole takes minutes.
    fn add(&mut self, row: String) {
        let _ = writeln!(std::io::stderr(), "{row}");
        self.rows.push(row);
    }

    fn print(&self) -> Result<(), Error> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}\n", self.rows.join("\n"))?;
        Ok(())
    }
}

fn shown(time: Duration) -> String {
    let us = time.as_secs_f64() * 1e6;
    match us {
        us if us < 1_000.0 => format!("{us:.0} µs"),
        us => format!("{:.1} ms", us / 1_000.0),
    }
}
