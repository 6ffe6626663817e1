//! The machine that a timer is set up on: its files, its crontab, its programs.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::super::{Failure, Global, files};
use crate::remind::timer::{Found, Kind, Present, Run, Schedule, Step, Target, crontab};
use crate::storage::{self, locate};

/// What is asked of the environment for the timer, so that it finds the same
/// folders.
const VARIABLES: [&str; 4] = [
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    locate::VARIABLE,
];

/// What a program said.
pub struct Output {
    pub done: bool,
    pub out: Vec<u8>,
    pub err: String,
}

/// Runs a program with its messages in English.
pub fn start(run: &Run, input: Option<&[u8]>) -> io::Result<Output> {
    let mut child = Command::new(run.program)
        .args(&run.args)
        .env("LC_ALL", "C")
        .stdin(input.map_or_else(Stdio::null, |_| Stdio::piped()))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
        // A program that wants no more of it says why by itself.
        let _ = stdin.write_all(input);
    }
    let output = child.wait_with_output()?;
    Ok(Output {
        done: output.status.success(),
        out: output.stdout,
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Runs a program that must be there and succeed.
fn must(kind: Kind, run: &Run, input: Option<&[u8]>) -> Result<Output, Failure> {
    let output = start(run, input).map_err(|error| missing(kind, run, &error))?;
    if output.done {
        return Ok(output);
    }
    let mut failure = Failure::new(format!("{} failed", run.line())).details(output.err);
    if kind == Kind::Systemd {
        failure =
            failure.hint("without a systemd of your own, try: askfirst remind install --cron");
    }
    Err(failure)
}

fn missing(kind: Kind, run: &Run, error: &io::Error) -> Failure {
    if error.kind() != io::ErrorKind::NotFound {
        return Failure::new(format!("could not run {}", run.program))
            .because(files::plainly(error))
            .hint("do it again; what was done before it was taken back");
    }
    Failure::new(format!("{} was not found", run.program))
        .because(format!("a {} needs it", kind.label()))
        .hint("another kind of timer can be named: --systemd, --cron, --launchd, --windows")
}

/// The kind of timer that this platform has.
///
/// # Errors
///
/// Where it has none of them.
pub fn detect() -> Result<Kind, Failure> {
    if cfg!(target_os = "macos") {
        return Ok(Kind::Launchd);
    }
    if cfg!(windows) {
        return Ok(Kind::Windows);
    }
    if start(&Kind::Systemd.probe(), None).is_ok_and(|output| output.done) {
        return Ok(Kind::Systemd);
    }
    if start(&Kind::Cron.probe(), None).is_ok() {
        return Ok(Kind::Cron);
    }
    Err(Failure::new("no timer was found on this machine")
        .because("neither systemctl --user nor crontab works here")
        .hint("let anything else run this every half hour: askfirst remind run"))
}

/// The kinds of timers that there can be here.
pub fn possible() -> &'static [Kind] {
    if cfg!(windows) {
        &[Kind::Windows]
    } else if cfg!(target_os = "macos") {
        &[Kind::Launchd, Kind::Cron]
    } else {
        &[Kind::Systemd, Kind::Cron]
    }
}

/// What the timer is to run, and where its files belong.
///
/// # Errors
///
/// Without a home, with broken settings, and where a path is no text.
pub fn target(global: &Global) -> Result<Target, Failure> {
    let folders = directories::BaseDirs::new();
    let (Some(folders), Some((data, _))) = (folders, locate::user_folders()) else {
        return Err(Failure::new("no home folder was found").because("a timer is set up in it"));
    };
    let work = match storage::settings_file() {
        Some(path) => storage::read_settings(&path)?.work,
        None => crate::domain::work_time::WorkTime::default(),
    };
    let mut command = vec![path_text(&program()?)?, "remind".into(), "run".into()];
    if let Some(dir) = global
        .dir
        .as_deref()
        .filter(|dir| !dir.as_os_str().is_empty())
    {
        command.extend(["--dir".to_owned(), path_text(&absolute(dir)?)?]);
    }
    let mut variables = Vec::new();
    for key in VARIABLES {
        match std::env::var_os(key).map(PathBuf::from) {
            // The option is stronger than the variable.
            Some(_) if key == locate::VARIABLE && global.dir.is_some() => {}
            Some(path) if !path.as_os_str().is_empty() => {
                variables.push((key.to_owned(), path_text(&absolute(&path)?)?));
            }
            _ => {}
        }
    }
    Ok(Target {
        command,
        variables,
        schedule: Schedule::of(&work),
        home: folders.home_dir().to_owned(),
        config: folders.config_dir().to_owned(),
        data,
        uid: uid(),
    })
}

#[cfg(unix)]
fn uid() -> u32 {
    rustix::process::getuid().as_raw()
}

#[cfg(not(unix))]
fn uid() -> u32 {
    0
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(Failure::from)
}

fn path_text(path: &Path) -> Result<String, Failure> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        Failure::new(format!("{} is no text in UTF-8", path.display()))
            .because("a timer cannot name it")
    })
}

/// This program, by the name under which it is found: a package that is
/// updated often keeps the name and changes the file.
fn program() -> Result<PathBuf, Failure> {
    let failed = |error: io::Error| {
        Failure::new("could not tell where this program is")
            .because(files::plainly(&error))
            .hint("do it again, or start it by its whole path")
    };
    let exe = std::env::current_exe().map_err(failed)?;
    let real = exe.canonicalize().unwrap_or_else(|_| exe.clone());
    let name = exe.file_name().unwrap_or_default();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| file.canonicalize().is_ok_and(|file| file == real));
    Ok(on_path.unwrap_or(exe))
}

/// What there is of a timer.
pub struct Now {
    pub files: Vec<Found>,
    pub crontab: Vec<u8>,
}

impl Now {
    /// Looks.
    ///
    /// # Errors
    ///
    /// When something is there that cannot be read.
    pub fn look(kind: Kind, target: &Target) -> Result<Self, Failure> {
        let files = kind.files(target).into_iter().map(found);
        Ok(Self {
            files: files.collect::<Result<_, _>>()?,
            crontab: match kind {
                Kind::Cron => read_crontab()?,
                _ => Vec::new(),
            },
        })
    }

    /// As the plans take it.
    pub fn present(&self) -> Present<'_> {
        Present {
            files: &self.files,
            crontab: &self.crontab,
        }
    }
}

fn found(path: PathBuf) -> Result<Found, Failure> {
    let bytes = match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(unreadable(&path, &error)),
        // A pipe would wait for ever; it is not ours either.
        Ok(_) if !path.is_file() => Some(Vec::new()),
        Ok(_) => Some(std::fs::read(&path).map_err(|error| unreadable(&path, &error))?),
    };
    // They are removed with the file later, so each of them must really be missing.
    let mut missing = 0;
    for folder in path.ancestors().skip(1) {
        match folder.try_exists() {
            Ok(true) => break,
            Ok(false) => missing += 1,
            Err(error) => return Err(unreadable(folder, &error)),
        }
    }
    Ok(Found {
        path,
        bytes,
        missing,
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("could not read {}", path.display()))
        .because(files::plainly(error))
        .hint("nothing was changed; see whether you may read it, and do it again")
}

/// The user's crontab; empty where there is none.
fn read_crontab() -> Result<Vec<u8>, Failure> {
    let list = crontab::list();
    let output = start(&list, None).map_err(|error| missing(Kind::Cron, &list, &error))?;
    if output.done {
        return Ok(output.out);
    }
    if crontab::is_none(&output.err) {
        return Ok(Vec::new());
    }
    Err(Failure::new("could not read your crontab").details(output.err))
}

/// Carries steps out; takes back what was done when one of them fails.
///
/// # Errors
///
/// The step that failed.
pub fn carry_out(kind: Kind, steps: &[Step]) -> Result<(), Failure> {
    let mut undo: Vec<(PathBuf, Option<Vec<u8>>, usize)> = Vec::new();
    for step in steps {
        if let Err(failure) = one(kind, step, &mut undo) {
            for (path, before, folders) in undo.into_iter().rev() {
                let _ = match before {
                    Some(bytes) => storage::write_atomically(&path, &bytes),
                    None => storage::take_back(&path, folders),
                };
            }
            return Err(failure);
        }
    }
    Ok(())
}

fn one(
    kind: Kind,
    step: &Step,
    undo: &mut Vec<(PathBuf, Option<Vec<u8>>, usize)>,
) -> Result<(), Failure> {
    match step {
        Step::Write {
            path,
            text,
            encoding,
        } => {
            let before = found(path.clone())?;
            if let Some(folder) = path.parent() {
                files::make_folder(folder)?;
            }
            undo.push((path.clone(), before.bytes, before.missing));
            write(path, &encoding.bytes(text))
        }
        Step::Remove { path, folders } => storage::take_back(path, *folders).map_err(|error| {
            Failure::new(format!("could not remove {}", path.display()))
                .because(files::plainly(&error))
                .hint("do it again, or remove it yourself")
        }),
        Step::Crontab(lines) => change_crontab(lines.as_deref()),
        Step::Run(run) if run.may_fail => {
            let _ = start(run, None);
            Ok(())
        }
        Step::Run(run) => must(kind, run, None).map(drop),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    storage::write_atomically(path, bytes).map_err(|error| {
        Failure::new(format!("could not write {}", path.display()))
            .because(files::plainly(&error))
            .hint("what was done before it was taken back; do it again")
    })
}

/// Reads it again first: it may have been changed since it was looked at.
fn change_crontab(lines: Option<&str>) -> Result<(), Failure> {
    let old = read_crontab()?;
    let changed = |refused| Failure::new("your crontab was not changed").because(refused);
    let new = match lines {
        Some(lines) => crontab::with(&old, lines).map_err(changed)?,
        None => match crontab::without(&old).map_err(changed)? {
            Some(new) => new,
            None => return Ok(()),
        },
    };
    let run = match new.is_empty() {
        true => crontab::remove(),
        false => crontab::replace(),
    };
    let input = (!new.is_empty()).then_some(&new[..]);
    must(Kind::Cron, &run, input).map(drop)
}
