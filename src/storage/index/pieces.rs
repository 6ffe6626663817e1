//! Reads the file with the rows a piece at a time: what is made of ten thousand
//! rows may be a tenth of them.

use std::fs::File;
use std::io::{Seek as _, SeekFrom};

use super::file::{Head, Record};
use super::flat::{Cursor, Sum};
use super::look::{ROWS, name};
use super::{Indexed, Lens, Roll, Row};
use crate::storage::stamp;

/// So much is read at once, bytes.
const PIECE: usize = 64 * 1024;

/// The file with the rows, to be gone through from the front as often as is wanted.
#[derive(Debug)]
pub(super) struct Kept {
    file: File,
    pub head: Head,
    /// Where the rows begin.
    start: u64,
}

impl Indexed {
    /// The rows that were kept of the folder by this version, as the lens sees them.
    pub(super) fn kept(&self, lens: &Lens) -> Option<Kept> {
        let folder = stamp::real(self.folder.path());
        let file = self.cache.as_ref()?.open(&name(&folder, ROWS)?)?;
        Kept::of(file, folder.to_str()?, &lens.basis)
    }

    /// Tells of the briefs that are known, without a look at their files, and keeps
    /// nothing but the roll. What was told without one is not so.
    pub(super) fn tell_known(&self, lens: &Lens, each: &mut dyn FnMut(Row<'_>)) -> Option<Roll> {
        let kept = self.kept(lens)?;
        let mut roll = Roll::default();
        let mut is_all = true;
        kept.each(|record| {
            if record.is_broken {
                is_all = false;
                return Some(());
            }
            let row = Row::of(record);
            roll.push(&row)?;
            each(row);
            Some(())
        })?;
        // A broken file is to be read again.
        let own = if is_all { kept.head.own } else { 0 };
        Some(roll.with(own, kept.head.began, &lens.basis))
    }
}

impl Kept {
    /// `None` for a file that is not whole, or of another version, folder or basis, as
    /// far as its beginning tells.
    fn of(mut file: File, folder: &str, basis: &str) -> Option<Self> {
        let all = file.metadata().ok()?.len();
        let mut pieces = Pieces::of(&mut file, all);
        pieces.more()?;
        let unread = pieces.unread();
        let mut from = Cursor(unread);
        let head = Head::read(&mut from, folder, basis)?;
        let start = (unread.len() - from.0.len()) as u64;
        let is_whole = all.checked_sub(start) == Some(head.size);
        is_whole.then_some(Self { file, head, start })
    }

    /// Tells of all rows, in their order. `None` where they are torn: what was told then
    /// is not to be believed.
    pub fn each(&self, mut each: impl FnMut(&Record<'_>) -> Option<()>) -> Option<()> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(self.start)).ok()?;
        let mut pieces = Pieces::of(file, self.head.size);
        let mut sum = Sum::default();
        loop {
            let unread = pieces.unread();
            let mut from = Cursor(unread);
            if let Some(record) = Record::next(&mut from) {
                each(&record)?;
                pieces.begin += unread.len() - from.0.len();
            } else if pieces.left > 0 {
                sum.add(pieces.more()?);
            } else {
                let is_whole = unread.is_empty() && sum.end() == self.head.body;
                return is_whole.then_some(());
            }
        }
    }
}

struct Pieces<R> {
    file: R,
    /// How much of the file was not read yet.
    left: u64,
    bytes: Vec<u8>,
    /// Where what was not looked at yet begins.
    begin: usize,
}

impl<R: std::io::Read> Pieces<R> {
    fn of(file: R, left: u64) -> Self {
        Self {
            file,
            left,
            bytes: Vec::new(),
            begin: 0,
        }
    }

    fn unread(&self) -> &[u8] {
        self.bytes.get(self.begin..).unwrap_or_default()
    }

    /// Reads the next piece, and gives it.
    fn more(&mut self) -> Option<&[u8]> {
        self.bytes.drain(..self.begin.min(self.bytes.len()));
        self.begin = 0;
        let kept = self.bytes.len();
        // A row that is larger than a piece.
        let room = PIECE.saturating_sub(kept).max(PIECE / 2);
        let size = self.left.min(room as u64);
        self.bytes.resize(kept + usize::try_from(size).ok()?, 0);
        self.file.read_exact(self.bytes.get_mut(kept..)?).ok()?;
        self.left -= size;
        self.bytes.get(kept..)
    }
}
