//! Files read without surprises and written whole or not at all.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::format::LARGEST;
use super::prepared::Prepared;

/// A file as it was read.
pub(super) struct Found {
    pub text: String,
    pub meta: Metadata,
}

/// Why a file could not be read as text.
pub(super) enum Unread {
    Missing,
    /// It is there, and no text file of a sensible size.
    Unfit {
        summary: String,
        hint: String,
        /// Byte offset and line, for broken text.
        line: Option<usize>,
    },
    Io(io::Error),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Io(error),
        }
    }
}

fn unfit(summary: impl Into<String>, hint: impl Into<String>) -> Unread {
    Unread::Unfit {
        summary: summary.into(),
        hint: hint.into(),
        line: None,
    }
}

/// Reads a text file; links are not followed, and nothing blocks.
pub(super) fn read(path: &Path) -> Result<Found, Unread> {
    let meta = std::fs::symlink_metadata(path)?;
    check_kind(&meta)?;
    let mut file = open(path)?;
    // What was opened counts: the name may mean something else by now.
    let meta = file.metadata()?;
    check_kind(&meta)?;
    if meta.len() > LARGEST as u64 {
        return Err(too_large(meta.len()));
    }
    let bytes = read_all(&mut file, usize::try_from(meta.len()).unwrap_or(LARGEST))?;
    if bytes.len() > LARGEST {
        return Err(too_large(bytes.len() as u64));
    }
    // Whether there is any is found fast; where it is, only then.
    if let Some(at) = bytes
        .contains(&0)
        .then(|| bytes.iter().position(|b| *b == 0))
        .flatten()
    {
        let line = line_of(&bytes, at);
        return Err(Unread::Unfit {
            summary: format!("line {line}: the file has NUL bytes, so it is no text"),
            hint: "it may have been cut off by a crash, or saved as UTF-16; bring it back from git or a backup, or save it as UTF-8".to_owned(),
            line: Some(line),
        });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Found { text, meta }),
        Err(error) => {
            let line = line_of(error.as_bytes(), error.utf8_error().valid_up_to());
            Err(Unread::Unfit {
                summary: format!("line {line}: the file is not UTF-8"),
                hint: "save it as UTF-8 in your editor".to_owned(),
                line: Some(line),
            })
        }
    }
}

/// All bytes of a file of which the size is known, in as few reads as can be;
/// somewhat more than [`LARGEST`] where it has grown beyond.
fn read_all(file: &mut File, size: usize) -> io::Result<Vec<u8>> {
    // Room for one more, so that the end is found.
    let mut bytes = vec![0; size.min(LARGEST) + 1];
    let mut end = 0;
    while let Some(room) = bytes.get_mut(end..).filter(|room| !room.is_empty()) {
        match file.read(room) {
            Ok(0) => break,
            Ok(count) => end += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        // There was room for more, and no more came.
        if end == size {
            break;
        }
        if end == bytes.len() && end <= LARGEST {
            bytes.resize(2 * end, 0);
        }
    }
    bytes.truncate(end);
    Ok(bytes)
}

/// So many bytes from the front of a private file of the user, or all; `None` where
/// there is no such file, it is another user's, or cannot be read.
pub(super) fn read_front(path: &Path, most: usize) -> Option<Vec<u8>> {
    let (mut file, meta) = own(path)?;
    let size = meta.len().min(most as u64);
    let mut bytes = vec![0; usize::try_from(size).unwrap_or(most)];
    let mut end = 0;
    while let Some(room) = bytes.get_mut(end..).filter(|room| !room.is_empty()) {
        match file.read(room) {
            Ok(0) => break,
            Ok(count) => end += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
    bytes.truncate(end);
    Some(bytes)
}

/// The bytes of a private file of the user, however many; `None` where there is
/// no such file, or it is another user's.
pub(super) fn read_own(path: &Path) -> Option<Vec<u8>> {
    let (mut file, meta) = own(path)?;
    let size = usize::try_from(meta.len()).ok()?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(size).ok()?;
    file.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Opens a private file of the user to read it.
pub(super) fn open_own(path: &Path) -> Option<File> {
    Some(own(path)?.0)
}

fn own(path: &Path) -> Option<(File, Metadata)> {
    let file = open(path).ok()?;
    let meta = file.metadata().ok()?;
    is_own(&meta).then_some((file, meta))
}

/// Whether it is a regular file of this user.
pub(super) fn is_own(meta: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if super::locate::me().is_some_and(|me| me != meta.uid()) {
            return false;
        }
    }
    meta.is_file()
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|b| **b == b'\n').count() + 1
}

fn check_kind(meta: &Metadata) -> Result<(), Unread> {
    let kind = meta.file_type();
    if kind.is_file() {
        Ok(())
    } else if kind.is_symlink() {
        Err(unfit(
            "it is a link, and links are not followed",
            "put the file itself here, or point askfirst to its folder with --dir",
        ))
    } else if kind.is_dir() {
        Err(unfit(
            "it is a folder, not a file",
            "rename the folder so that its name does not end in .toml",
        ))
    } else {
        Err(unfit(
            "it is a pipe or device, not a file",
            "move it out of the folder of briefs",
        ))
    }
}

fn too_large(bytes: u64) -> Unread {
    unfit(
        format!(
            "it has {}; a brief has at most {}",
            size(bytes),
            size(LARGEST as u64)
        ),
        "move long texts into a file of their own and name it in the brief",
    )
}

fn size(bytes: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    format!("{} MiB", bytes.div_ceil(MIB))
}

fn open(path: &Path) -> Result<File, Unread> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    }
    Ok(options.open(path)?)
}

/// Whether a file of that name may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// It must not be there.
    New,
    /// It may be there; its rights stay.
    Old,
}

/// Writes a private file under a name in a folder that exists: a temporary
/// file beside it, synced, takes its place, and the folder is synced.
#[cfg(test)]
pub(super) fn replace(path: &Path, bytes: &[u8], over: Over) -> io::Result<()> {
    Prepared::new(path, bytes, 0o600)?.put(over)
}

/// Writes a file whole or not at all, over what was there: for exports and
/// other files that are no briefs. A link is followed, so that it stays one.
///
/// # Errors
/// As of the file system; the old file is as it was.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // What an export may be read by is up to the user's own umask.
    write_through(path, bytes, Over::Old, 0o666)
}

/// The same with the rights of a new file.
pub(super) fn write_through(path: &Path, bytes: &[u8], over: Over, mode: u32) -> io::Result<()> {
    let path = match path.canonicalize() {
        Ok(real) => real,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    match path.metadata() {
        Ok(meta) if meta.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        // A terminal, /dev/stdout or a pipe cannot be replaced, only written to.
        Ok(meta) if !meta.is_file() => OpenOptions::new().write(true).open(&path)?.write_all(bytes),
        _ => Prepared::new(&path, bytes, mode)?.put(over),
    }
}

/// Makes renames and removals in a folder last.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Creates a folder that only its owner can enter, and those above it, so that a
/// crash does not take them away again.
///
/// # Errors
/// As of the file system.
pub fn create_folder(path: &Path) -> io::Result<()> {
    create(path, 0o700)
}

/// The same for a folder that others may enter, as the user's umask says.
///
/// # Errors
/// As of the file system.
pub fn create_shared_folder(path: &Path) -> io::Result<()> {
    create(path, 0o777)
}

fn create(path: &Path, mode: u32) -> io::Result<()> {
    let mut missing = Vec::new();
    for folder in path.ancestors().filter(|f| !f.as_os_str().is_empty()) {
        match std::fs::metadata(folder) {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::NotFound => missing.push(folder),
            Err(error) => return Err(error),
        }
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(mode);
    }
    #[cfg(not(unix))]
    let _ = mode;
    builder.create(path)?;
    for folder in missing {
        sync_folder(above(folder))?;
    }
    Ok(())
}

/// The folder that a path is in.
pub(super) fn above(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// What is in a folder, in no order; nothing when there is no folder.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<std::fs::DirEntry>> {
    match std::fs::read_dir(folder) {
        Ok(entries) => entries.collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The names in a folder, sorted; none when there is no folder.
pub(super) fn names(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = entries(folder)?.into_iter();
    let mut names: Vec<PathBuf> = entries.map(|e| PathBuf::from(e.file_name())).collect();
    names.sort();
    Ok(names)
}
