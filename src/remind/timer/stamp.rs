//! The line by which a file is known as ours, and unchanged.

/// How the line begins, behind the sign for a comment.
const BEGIN: &str = "Written by askfirst remind install (folders made: ";
const MIDDLE: &str = ", check: ";

/// Whose a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// There is none.
    Nobodys,
    /// As it was written; so many folders were made for it.
    Ours { folders: usize },
    /// Written here, and changed since.
    Changed { folders: usize },
    /// Not written here.
    Foreign,
}

impl Whose {
    /// How many folders were made for it.
    pub fn folders(self) -> usize {
        match self {
            Self::Ours { folders } | Self::Changed { folders } => folders,
            Self::Nobodys | Self::Foreign => 0,
        }
    }
}

/// A text with the line between its two parts. `open` and `close` make a comment
/// of it.
pub fn stamped(before: &str, (open, close): (&str, &str), after: &str, folders: usize) -> String {
    let check = check(&format!("{before}{after}"), folders);
    format!("{before}{open}{BEGIN}{folders}{MIDDLE}{check}){close}\n{after}")
}

/// Whose a text is.
pub fn whose(text: &str) -> Whose {
    let mut rest = String::with_capacity(text.len());
    let mut stamp = None;
    for line in text.split_inclusive('\n') {
        match line.split_once(BEGIN) {
            Some((_, after)) if stamp.is_none() => stamp = Some(after),
            _ => rest.push_str(line),
        }
    }
    let Some(stamp) = stamp else {
        return Whose::Foreign;
    };
    let read = || {
        let (folders, told) = stamp.split_once(MIDDLE)?;
        let (told, _) = told.split_once(')')?;
        Some((folders.parse().ok()?, told))
    };
    match read() {
        Some((folders, told)) if told == check(&rest, folders) => Whose::Ours { folders },
        Some((folders, _)) => Whose::Changed { folders },
        None => Whose::Changed { folders: 0 },
    }
}

/// Short: it is against slips, not against anybody.
pub(super) fn check(text: &str, folders: usize) -> String {
    let digest = blake3::hash(format!("{folders}\n{text}").as_bytes());
    digest.to_hex().chars().take(12).collect()
}
