//! All checklists that can be used: files of the team and of the user first,
//! then those in the binary.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::parse::{LARGEST, parse, too_large};
use super::{Checklist, Invalid, Source};
use crate::domain::text;

/// The files in the binary, in the order in which they are offered.
const BUILT_IN: [(&str, &str); 6] = [
    ("request", include_str!("../../prompts/request.toml")),
    ("quick", include_str!("../../prompts/quick.toml")),
    ("fix", include_str!("../../prompts/fix.toml")),
    ("report", include_str!("../../prompts/report.toml")),
    ("recurring", include_str!("../../prompts/recurring.toml")),
    ("check-in", include_str!("../../prompts/check-in.toml")),
];

/// More files than this in one folder are not read.
const MOST_FILES: usize = 200;

/// All checklists that can be used.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Those of files: of each id the first.
    own: Vec<(Checklist, Source)>,
    /// Those in the binary, read when they are asked for: a brief has one of them.
    built_in: [OnceLock<Option<Checklist>>; BUILT_IN.len()],
    invalid: Vec<Invalid>,
}

static IN_THE_BINARY: Source = Source::BuiltIn;

/// Whether a link in a folder is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Links {
    /// The user's own folder: a link to a regular file is the user's wish.
    Follow,
    /// A folder that may come from somebody else.
    Refuse,
}

impl Catalogue {
    /// The checklists in the binary.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// `folders` first to last, then the built-in ones; the first of an id
    /// wins. Links in the folders, and folders that are links, are not followed:
    /// they may come from somebody else. Files that cannot be used are kept apart ([`Catalogue::invalid`]);
    /// a folder that is not there is empty.
    pub fn load(folders: &[&Path]) -> Self {
        Self::load_from(folders, &[])
    }

    /// As [`Catalogue::load`], first the `shared` folders, then the user's
    /// `own`, in which a link to a regular file is followed.
    pub fn load_from(shared: &[&Path], own: &[&Path]) -> Self {
        let mut catalogue = Self::default();
        for folder in shared {
            catalogue.add_folder(folder, Links::Refuse);
        }
        for folder in own {
            catalogue.add_folder(folder, Links::Follow);
        }
        catalogue.own.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
        catalogue
    }

    /// The checklist with an id.
    pub fn get(&self, id: &str) -> Option<&Checklist> {
        let built_in = || self.in_the_binary(place(id)?);
        self.own_of(id).map(|(c, _)| c).or_else(built_in)
    }

    /// All of them with where they came from, the built-in ones (or what
    /// replaces them) first and in their order, then the others by id.
    pub fn all(&self) -> impl Iterator<Item = (&Checklist, &Source)> {
        let first = BUILT_IN.iter().enumerate();
        let first = first.filter_map(|(at, (id, _))| match self.own_of(id) {
            Some((checklist, source)) => Some((checklist, source)),
            None => Some((self.in_the_binary(at)?, &IN_THE_BINARY)),
        });
        let others = self.own.iter().filter(|(c, _)| place(&c.id).is_none());
        first.chain(others.map(|(c, s)| (c, s)))
    }

    /// Those that a brief can begin with.
    pub fn for_briefs(&self) -> impl Iterator<Item = &Checklist> {
        self.all().map(|(c, _)| c).filter(|c| !c.is_check_in())
    }

    /// Files that cannot be used, and folders that cannot be read.
    pub fn invalid(&self) -> &[Invalid] {
        &self.invalid
    }

    /// The text of a built-in checklist file, for `prompts eject`.
    pub fn built_in_text(id: &str) -> Option<&'static str> {
        BUILT_IN
            .iter()
            .find(|(i, _)| *i == id)
            .map(|(_, text)| *text)
    }

    fn own_of(&self, id: &str) -> Option<&(Checklist, Source)> {
        self.own.iter().find(|(c, _)| c.id == id)
    }

    fn in_the_binary(&self, at: usize) -> Option<&Checklist> {
        let (id, text) = BUILT_IN.get(at)?;
        // A test keeps one that cannot be read from ever being shipped.
        let read = || parse(Path::new(&format!("{id}.toml")), text).ok();
        self.built_in.get(at)?.get_or_init(read).as_ref()
    }

    fn add(&mut self, checklist: Checklist, source: Source) {
        if self.own_of(&checklist.id).is_none() {
            self.own.push((checklist, source));
        }
    }

    fn add_folder(&mut self, folder: &Path, links: Links) {
        let is_link = fs::symlink_metadata(folder).is_ok_and(|meta| meta.is_symlink());
        if is_link && links == Links::Refuse {
            let why = "the folder is a link, and links in a shared folder are not followed";
            self.refuse(folder.to_owned(), why.to_owned());
            return;
        }
        let files = match toml_files(folder) {
            Ok(files) => files,
            Err(problem) => {
                self.refuse(folder.to_owned(), problem);
                return;
            }
        };
        let more = files.len().saturating_sub(MOST_FILES);
        for path in files.into_iter().take(MOST_FILES) {
            match read(&path, links) {
                Ok(text) => match parse(&path, &text) {
                    Ok(checklist) => self.add(checklist, Source::File(path)),
                    Err(problems) => self.invalid.push(Invalid { path, problems }),
                },
                Err(problem) => self.refuse(path, problem),
            }
        }
        if more > 0 {
            self.refuse(
                folder.to_owned(),
                format!("only the first {MOST_FILES} files were read, {more} were not"),
            );
        }
    }

    fn refuse(&mut self, path: PathBuf, problem: String) {
        let shown = path.to_string_lossy();
        let problems = vec![format!(
            "error: {}: {}",
            text::line(&shown),
            text::line(&problem)
        )];
        self.invalid.push(Invalid { path, problems });
    }
}

/// The place of a built-in checklist among them.
fn place(id: &str) -> Option<usize> {
    BUILT_IN.iter().position(|(built_in, _)| *built_in == id)
}

/// The `*.toml` files of a folder by name. Only "not found" means empty.
fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(format!("could not read the folder: {e}")),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry
            .map_err(|e| format!("could not read the folder: {e}"))?
            .path();
        if path.extension().is_some_and(|e| e == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The text of a regular file of a bearable size. What is no regular file is
/// refused before it is opened: opening a pipe would wait for its other end.
fn read(path: &Path, links: Links) -> Result<String, String> {
    let could_not = |e: std::io::Error| format!("could not read it: {e}");
    let itself = fs::symlink_metadata(path).map_err(could_not)?;
    let is_link = itself.file_type().is_symlink();
    if is_link && links == Links::Refuse {
        return Err("it is a link, and links in a shared folder are not followed".to_owned());
    }
    let target = if is_link {
        fs::metadata(path).map_err(|e| format!("it is a link that leads nowhere: {e}"))?
    } else {
        itself
    };
    if target.is_dir() {
        return Err("it is a folder, not a file".to_owned());
    }
    if !target.is_file() {
        return Err("it is no regular file".to_owned());
    }
    let file = File::open(path).map_err(could_not)?;
    let opened = file.metadata().map_err(could_not)?;
    if !opened.is_file() {
        return Err("it is no regular file".to_owned());
    }
    if opened.len() > LARGEST as u64 {
        return Err(too_large(opened.len()));
    }
    // It may have grown since it was measured.
    let mut bytes = Vec::new();
    file.take(LARGEST as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(could_not)?;
    if bytes.len() > LARGEST {
        return Err(too_large(bytes.len() as u64));
    }
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let line = 1 + e
            .as_bytes()
            .iter()
            .take(at)
            .filter(|b| **b == b'\n')
            .count();
        format!("line {line} is not valid UTF-8; save the file as UTF-8")
    })
}
