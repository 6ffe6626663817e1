//! What SECURITY.md promises, tried on a repository that somebody else made to
//! do harm: nothing of it acts, leads elsewhere or reaches the terminal raw.

mod harm;
mod links;
mod processes;
mod promises;
mod said;
mod truncated;

use std::path::{Path, PathBuf};

use harm::HostileRepository;

/// What strace wrote, a line a call; `None` where there is no strace.
fn strace() -> Option<&'static Path> {
    let path = Path::new("/usr/bin/strace");
    if path.exists() {
        return Some(path);
    }
    println!("skipped: there is no {}", path.display());
    None
}

/// All files below a folder with what they hold and when they were written;
/// links and pipes are named and not opened.
fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let meta = path.symlink_metadata().unwrap();
            let held = if meta.is_dir() {
                folders.push(path.clone());
                Vec::new()
            } else if meta.is_file() {
                std::fs::read(&path).unwrap()
            } else {
                format!("{:?}", meta.file_type()).into_bytes()
            };
            all.push((path, held));
        }
    }
    all.sort();
    all
}
