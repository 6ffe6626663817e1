//! A folder with everything in it, as a value.

use std::collections::BTreeMap;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// What stands under a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    Folder,
    File { bytes: Vec<u8>, mode: u32 },
    Link(PathBuf),
}

/// By path below the root.
pub type Tree = BTreeMap<PathBuf, Node>;

/// Takes a folder in.
pub fn take(root: &Path) -> Tree {
    let mut tree = Tree::new();
    walk(root, Path::new(""), &mut tree);
    tree
}

fn walk(root: &Path, below: &Path, tree: &mut Tree) {
    for entry in std::fs::read_dir(root.join(below)).unwrap() {
        let entry = entry.unwrap();
        let path = below.join(entry.file_name());
        let meta = entry.metadata().unwrap();
        let node = if meta.is_dir() {
            walk(root, &path, tree);
            Node::Folder
        } else if meta.is_symlink() {
            Node::Link(std::fs::read_link(entry.path()).unwrap())
        } else {
            Node::File {
                bytes: std::fs::read(entry.path()).unwrap(),
                mode: meta.mode() & 0o7777,
            }
        };
        tree.insert(path, node);
    }
}

/// Makes the folder what it was.
pub fn put_back(root: &Path, tree: &Tree) {
    for (path, node) in take(root).iter().rev() {
        if tree.get(path) != Some(node) {
            let path = root.join(path);
            match node {
                Node::Folder => drop(std::fs::remove_dir_all(path)),
                Node::File { .. } | Node::Link(_) => std::fs::remove_file(path).unwrap(),
            }
        }
    }
    for (path, node) in tree {
        let path = root.join(path);
        if path.symlink_metadata().is_ok() {
            continue;
        }
        match node {
            Node::Folder => std::fs::create_dir(path).unwrap(),
            Node::Link(to) => std::os::unix::fs::symlink(to, path).unwrap(),
            Node::File { bytes, mode } => {
                std::fs::write(&path, bytes).unwrap();
                std::fs::set_permissions(&path, std::fs::Permissions::from_mode(*mode)).unwrap();
            }
        }
    }
}

/// The paths on which two trees differ.
pub fn differences(one: &Tree, other: &Tree) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = one.keys().chain(other.keys()).cloned().collect();
    paths.sort();
    paths.dedup();
    paths.retain(|path| one.get(path) != other.get(path));
    paths
}
