//! What runs, and what is read meanwhile, those of the commands that are waited for
//! most first: `layout.ld`, with which the program is linked. See build.rs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use super::Error;
use super::folder::{self, NOW, Open};
use super::screens::Screen;

/// A pattern that names more than that besides what ran is left out, bytes.
const WIDEST: u64 = 30_000;

/// Runs a program as people do, and prints a script for the linker. `map` is that of its
/// link, by lld.
pub fn print(program: &Path, map: &Path) -> Result<(), Error> {
    let root = tempfile::tempdir()?;
    let map = Map::read(map)?;
    let told = runs(program, &map, root.path())?;
    std::io::stdout().write_all(script(&told, &map).as_bytes())?;
    Ok(())
}

/// What a program is put together of.
struct Map {
    /// Where the parts begin, how large they are and how they are called; in order.
    parts: Vec<(u64, u64, String)>,
}

impl Map {
    fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read(path)?;
        let text = String::from_utf8_lossy(&text);
        let hex = |word: &str| u64::from_str_radix(word, 16).ok();
        let parts = text.lines().filter_map(|line| {
            let mut words = line.split_whitespace();
            let (begin, size) = (hex(words.next()?)?, hex(words.nth(1)?)?);
            let (_, name) = words.nth(1)?.rsplit_once(":(")?;
            Some((begin, size, name.strip_suffix(')')?.to_owned()))
        });
        let mut parts: Vec<_> = parts.collect();
        parts.sort();
        match parts.is_empty() {
            true => Err("that is no map of a link by lld".into()),
            false => Ok(Self { parts }),
        }
    }

    /// The part at an address.
    fn at(&self, address: u64) -> Option<&str> {
        let next = self.parts.partition_point(|(begin, ..)| *begin <= address);
        let (begin, size, name) = self.parts.get(next.checked_sub(1)?)?;
        (address - begin < *size).then_some(name)
    }

    /// How large each function is.
    fn functions(&self) -> BTreeMap<&str, u64> {
        let named = self.parts.iter();
        let named = named.filter_map(|(_, size, name)| Some((function(name)?, *size)));
        named.collect()
    }
}

/// The function of a part of the program.
fn function(part: &str) -> Option<&str> {
    let name = part.strip_prefix(".text.")?;
    Some(name.strip_prefix("unlikely.").unwrap_or(name))
}

/// Whether constants of many parts of the program were put together.
fn is_merged(part: &str) -> bool {
    part.starts_with(".rodata.cst") || part.starts_with(".rodata.str")
}

/// What ran, and what was read, those first that are waited for most.
#[derive(Default)]
struct Told {
    functions: Vec<String>,
    /// By the names of their parts.
    constants: Vec<String>,
    seen: BTreeSet<String>,
}

impl Told {
    fn part(&mut self, name: &str) {
        if self.seen.contains(name) || is_merged(name) {
            return;
        }
        self.seen.insert(name.to_owned());
        match function(name) {
            Some(function) => self.functions.push(function.to_owned()),
            None => self.constants.push(name.to_owned()),
        }
    }

    /// Adds what stands in a trace of lackey or callgrind.
    fn add(&mut self, map: &Map, trace: &Path) -> Result<(), Error> {
        addresses(BufReader::new(File::open(trace)?), |address| {
            if let Some(part) = map.at(address) {
                self.part(part);
            }
        })?;
        Ok(())
    }
}

/// Goes through some runs, those first that are waited for most.
fn runs(program: &Path, map: &Map, root: &Path) -> Result<Told, Error> {
    let home = root.join("home");
    std::fs::create_dir_all(&home)?;
    let dir = |name: &str, count, open| -> Result<String, Error> {
        let path = root.join(name);
        folder::write(&path, count, open)?;
        Ok(path.display().to_string())
    };
    let calm = dir("calm", 300, Open::Only(0))?;
    let open = dir("open", 300, Open::Only(200))?;
    let all = dir("all", 300, Open::Share)?;
    let more = dir("more", 300, Open::Share)?;
    let from = root.join("from.toml").display().to_string();
    std::fs::write(&from, super::briefs::SUPERREPORT)?;
    let trace = root.join("trace");
    let log = format!("--log-file={}", trace.display());
    let program = program.display().to_string();
    let line = [
        "--tool=lackey",
        "--trace-mem=yes",
        &log,
        "--",
        program.as_str(),
    ];
    let mut told = Told::default();
    let command = |args: &[&str]| -> Result<(), Error> {
        let mut command = Command::new("valgrind");
        command.args(line).args(args).env_clear();
        command.env("HOME", &home).env("PATH", "/usr/bin:/bin");
        command.env("ASKFIRST_NOW", NOW);
        let quiet = [Stdio::null(), Stdio::null(), Stdio::null()];
        let [input, output, error] = quiet;
        command.stdin(input).stdout(output).stderr(error);
        match command.status()?.success() {
            true => Ok(()),
            false => Err(format!("valgrind or askfirst {} failed", args.join(" ")).into()),
        }
    };
    let calls = root.join("calls");
    let to = format!("--callgrind-out-file={}", calls.display());
    let callgrind = [
        "--tool=callgrind",
        "--dump-instr=yes",
        "--compress-pos=no",
        &to,
        "--",
        program.as_str(),
    ];
    // Lackey is too slow for keys.
    let seen = |args: &[&str]| -> Result<(), Error> {
        let (screen, _) = Screen::open("valgrind", &[&line[..], args].concat(), &home)?;
        let _ = screen.idle(std::time::Duration::from_secs(5));
        Ok(())
    };
    let used = |keys: &[&str], args: &[&str]| -> Result<(), Error> {
        let line = [&callgrind[..], args].concat();
        let (mut screen, _) = Screen::open("valgrind", &line, &home)?;
        for key in keys {
            // What it shows meanwhile does not matter.
            let _ = screen.idle(std::time::Duration::from_secs(2));
            let _ = screen.send(key);
        }
        screen.ended()
    };
    for args in [
        &["--dir", &calm, "due", "--short"][..],
        &["--dir", &open, "due", "--short"],
        &["--dir", &all, "due"],
        &["--dir", &all, "list", "--limit", "24"],
        &["--dir", &all, "list"],
        &["--dir", &more, "new", "--from", &from],
    ] {
        // What is remembered of a folder is there from the first run on.
        command(args)?;
        command(args)?;
        told.add(map, &trace)?;
    }
    let walk = ["--dir", &all, "new", "A walk"];
    for (keys, args) in [
        (&["j", "j", "k", "q"][..], &["--dir", &all][..]),
        (&["a", "b", "\r", "c", "\x1b", "q"], &walk),
        // The folder has changed by then.
        (&["j", "q"], &["--dir", &all]),
    ] {
        seen(args)?;
        told.add(map, &trace)?;
        used(keys, args)?;
        told.add(map, &calls)?;
    }
    command(&["--dir", &all, "list", "--search", "phone"])?;
    told.add(map, &trace)?;
    match told.functions.is_empty() {
        true => Err("the map is that of another program".into()),
        false => Ok(told),
    }
}

/// The addresses in a trace: of instructions, and in one of lackey of what they read or
/// write.
fn addresses(mut trace: impl BufRead, mut see: impl FnMut(u64)) -> Result<(), std::io::Error> {
    let mut line = Vec::new();
    while trace.read_until(b'\n', &mut line)? > 0 {
        let words = match line.as_slice() {
            [b'I', b' ', b' ', rest @ ..]
            | [b' ', b'L' | b'S' | b'M', b' ', rest @ ..]
            | [b'0', b'x', rest @ ..] => rest,
            _ => &[],
        };
        let address = words.split(|byte| matches!(byte, b',' | b' ')).next();
        let address = address.and_then(|word| std::str::from_utf8(word).ok());
        if let Some(address) = address.and_then(|word| u64::from_str_radix(word, 16).ok()) {
            see(address);
        }
        line.clear();
    }
    Ok(())
}

/// A name without what changes with the version of the compiler and of the crates:
/// the numbers behind legacy names, and those of crates in the newer ones.
fn pattern(name: &str) -> String {
    let name = match name.rsplit_once('.') {
        Some((name, copy)) if copy.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => name,
    };
    let name = name.strip_suffix(".llvm").unwrap_or(name);
    if let Some((path, hash)) = name.rsplit_once("17h")
        && hash.len() == 17
        && hash.ends_with('E')
    {
        return format!("{path}17h*E");
    }
    if !name.starts_with("_R") {
        return name.to_owned();
    }
    let mut parts = name.split("Cs");
    let mut pattern = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('_') {
            Some((_, rest)) => {
                pattern.push_str("Cs*_");
                pattern.push_str(rest);
            }
            None => {
                pattern.push_str("Cs");
                pattern.push_str(part);
            }
        }
    }
    pattern
}

fn script(told: &Told, map: &Map) -> String {
    let sizes = map.functions();
    let mut others: BTreeMap<String, u64> = BTreeMap::new();
    for (name, size) in &sizes {
        *others.entry(pattern(name)).or_default() += size;
    }
    for name in told.functions.iter().collect::<BTreeSet<_>>() {
        let size = sizes.get(name.as_str()).copied().unwrap_or_default();
        if let Some(all) = others.get_mut(&pattern(name)) {
            *all = all.saturating_sub(size);
        }
    }
    let other = |pattern: &String| others.get(pattern).copied().unwrap_or_default();
    let mut functions = Vec::new();
    let mut wide = Vec::new();
    for name in &told.functions {
        let pattern = pattern(name);
        match other(&pattern) {
            // Copies have a number at the end.
            0 => functions.push(pattern + "*"),
            all => {
                functions.push(name.clone());
                wide.extend((all <= WIDEST).then_some(pattern));
            }
        }
    }
    // For another version of the compiler, to which the whole names mean nothing.
    wide.sort_by_key(&other);
    functions.extend(wide.into_iter().map(|pattern| pattern + "*"));
    let mut seen = BTreeSet::new();
    functions.retain(|name| seen.insert(name.clone()));
    let functions = functions.iter().fold(String::new(), |mut all, name| {
        let _ = writeln!(all, "    *(.text.{name} .text.unlikely.{name})");
        all
    });
    let constants = |prefix: &str| {
        let named = told.constants.iter();
        let named = named.filter(|name| name.starts_with(prefix));
        let named = named.map(|name| match name.strip_prefix(".rodata.") {
            // What a function chooses by.
            Some(name) if name.starts_with('_') => format!(".rodata.{}*", pattern(name)),
            _ => name.clone(),
        });
        named.fold(String::new(), |all, name| all + "    *(" + &name + ")\n")
    };
    let (plain, moved) = (constants(".rodata."), constants(".data.rel.ro."));
    format!(
        "/* Made by `cargo bench --bench size -- order`; see build.rs. */\n\
         SECTIONS\n{{\n  .rodata.first : {{\n    *(.rodata.cst* .rodata.str*)\n{plain}  }}\n}}\n\
         INSERT BEFORE .rodata;\n\
         SECTIONS\n{{\n  .data.rel.ro : {{\n{moved}    *(.data.rel.ro .data.rel.ro.*)\n  }}\n}}\n\
         INSERT BEFORE .dynamic;\n\
         SECTIONS\n{{\n  .text.first : {{\n{functions}  }}\n}}\n\
         INSERT BEFORE .text;\n"
    )
}
