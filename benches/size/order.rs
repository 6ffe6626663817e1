//! Which functions run, those of the commands that are waited for most first:
//! `functions.ld`, with which the program is linked. See build.rs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::Error;
use super::folder::{self, NOW, Open};
use super::screens::Screen;

/// So much of what a pattern names may be something else, bytes, beside as much
/// again: beyond that it comes after all others.
const SPREAD: u64 = 2500;
/// A pattern that names more than that is left out, bytes.
const WIDEST: u64 = 30_000;

/// Runs a program, which must have its symbols, as people do, and prints a script
/// for the linker.
pub fn print(program: &Path) -> Result<(), Error> {
    let root = tempfile::tempdir()?;
    let sizes = sizes(program)?;
    let mut order: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for run in runs(program, root.path())? {
        for function in functions(&run) {
            if sizes.contains_key(&function) && seen.insert(function.clone()) {
                order.push(function);
            }
        }
    }
    let script = script(&order, &sizes);
    std::io::stdout().write_all(script.as_bytes())?;
    Ok(())
}

/// The files that valgrind writes about some runs, those first that are waited for
/// most.
fn runs(program: &Path, root: &Path) -> Result<Vec<String>, Error> {
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
    let from = root.join("from.toml").display().to_string();
    std::fs::write(&from, super::briefs::SUPERREPORT)?;
    let mut told = Vec::new();
    let mut traced = |args: &[&str], again: bool| -> Result<(), Error> {
        let out = root.join("calls").display().to_string();
        let program = program.display().to_string();
        let mut line = vec!["--tool=callgrind", "--demangle=no"];
        let to = format!("--callgrind-out-file={out}");
        line.extend([to.as_str(), program.as_str()]);
        line.extend(args);
        // What is remembered of a folder is there from the first run on.
        for _ in 0..=usize::from(again) {
            let mut command = Command::new("valgrind");
            command.args(&line).env_clear().env("HOME", &home);
            command
                .env("PATH", "/usr/bin:/bin")
                .env("ASKFIRST_NOW", NOW);
            let quiet = [Stdio::null(), Stdio::null(), Stdio::null()];
            let [input, output, error] = quiet;
            command.stdin(input).stdout(output).stderr(error);
            if !command.status()?.success() {
                return Err(format!("valgrind or askfirst {} failed", args.join(" ")).into());
            }
        }
        told.push(std::fs::read_to_string(out)?);
        Ok(())
    };
    traced(&["--dir", &calm, "due", "--short"], true)?;
    traced(&["--dir", &open, "due", "--short"], true)?;
    traced(&["--dir", &all, "due"], true)?;
    traced(&["--dir", &all, "list", "--limit", "24"], true)?;
    traced(&["--dir", &all, "list"], true)?;
    traced(&["--dir", &all, "new", "--from", &from], false)?;
    traced(&["--dir", &all, "list", "--search", "phone"], false)?;
    for (keys, args) in [
        (&["j", "j", "k", "q"][..], &["--dir", &all][..]),
        (
            &["a", "b", "\r", "c", "\x1b", "q"],
            &["--dir", &all, "new", "A walk"],
        ),
    ] {
        let out = root.join("calls").display().to_string();
        let program = program.display().to_string();
        let to = format!("--callgrind-out-file={out}");
        let mut line = vec![
            "--tool=callgrind",
            "--demangle=no",
            to.as_str(),
            program.as_str(),
        ];
        line.extend(args);
        let (mut screen, _) = Screen::open("valgrind", &line, &home)?;
        for key in keys {
            // What it shows meanwhile does not matter.
            let _ = screen.idle(std::time::Duration::from_secs(2));
            let _ = screen.send(key);
        }
        screen.ended()?;
        told.push(std::fs::read_to_string(out)?);
    }
    Ok(told)
}

/// The names of the functions that ran.
fn functions(run: &str) -> impl Iterator<Item = String> {
    let lines = run.lines().filter_map(|line| {
        let name = line
            .strip_prefix("fn=")
            .or_else(|| line.strip_prefix("cfn="))?;
        let name = name.split_once(") ")?.1;
        // The second time that a function is in itself.
        Some(name.split('\'').next()?.to_owned())
    });
    lines.filter(|name| !name.is_empty())
}

/// How large each function is.
fn sizes(program: &Path) -> Result<BTreeMap<String, u64>, Error> {
    let told = Command::new("nm")
        .arg("--print-size")
        .arg(program)
        .output()?;
    let text = String::from_utf8(told.stdout)?;
    let mut sizes = BTreeMap::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [_, size, "t" | "T", name] = words[..] {
            sizes.insert(name.to_owned(), u64::from_str_radix(size, 16)?);
        }
    }
    match sizes.is_empty() {
        true => Err("the program has no symbols: CARGO_PROFILE_RELEASE_STRIP=none".into()),
        false => Ok(sizes),
    }
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

fn script(order: &[String], sizes: &BTreeMap<String, u64>) -> String {
    let mut named: BTreeMap<String, u64> = BTreeMap::new();
    for (name, size) in sizes {
        *named.entry(pattern(name)).or_default() += size;
    }
    let mut patterns: Vec<(String, u64)> = Vec::new();
    for name in order {
        let (pattern, size) = (pattern(name), sizes.get(name).copied().unwrap_or_default());
        match patterns.iter_mut().find(|(known, _)| *known == pattern) {
            Some((_, all)) => *all += size,
            None => patterns.push((pattern, size)),
        }
    }
    let other = |(pattern, own): &(String, u64)| named.get(pattern).map_or(0, |all| all - own);
    let is_narrow = |one: &(String, u64)| other(one) <= one.1 + SPREAD;
    let (narrow, mut wide): (Vec<_>, Vec<_>) = patterns.into_iter().partition(is_narrow);
    wide.retain(|one| other(one) <= WIDEST);
    wide.sort_by_key(|one| other(one));
    let mut script = String::from(
        "/* Made by `cargo bench --bench size -- order`; see build.rs. */\nSECTIONS\n{\n  .text.first : {\n",
    );
    for (name, _) in narrow.iter().chain(&wide) {
        // Copies have a number at the end.
        let _ = writeln!(script, "    *(.text.{name}* .text.unlikely.{name}*)");
    }
    script.push_str("  }\n}\nINSERT BEFORE .text;\n");
    script
}
