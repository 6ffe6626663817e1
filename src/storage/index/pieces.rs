//! Reads the file with the rows a piece at a time: what is made of ten thousand
//! rows may be a tenth of them.

use std::fs::File;
use std::io::Read as _;

use super::file::{Head, Record};
use super::flat::{Cursor, Sum};
use super::look::{ROWS, name};
use super::{Indexed, Lens, Roll, Row};
use crate::storage::stamp;

/// So much is read at once, bytes.
const PIECE: usize = 64 * 1024;

impl Indexed {
    /// Tells of the briefs that are known, without a look at their files, and keeps
    /// nothing but the roll. What was told without one is not so.
    pub(super) fn tell_known(&self, lens: &Lens, each: &mut dyn FnMut(Row<'_>)) -> Option<Roll> {
        let folder = stamp::real(self.folder.path());
        let file = self.cache.as_ref()?.open(&name(&folder, ROWS)?)?;
        let mut roll = Roll::default();
        let mut is_all = true;
        let head = read(file, folder.to_str()?, &lens.basis, |record| {
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
        let own = if is_all { head.own } else { 0 };
        Some(roll.with(own, head.began, &lens.basis))
    }
}

/// Tells of all rows in a file, in their order. `None` where it is not whole, or of
/// another version, folder or basis: what was told then is not to be believed.
fn read(
    file: File,
    folder: &str,
    basis: &str,
    mut each: impl FnMut(&Record<'_>) -> Option<()>,
) -> Option<Head> {
    let all = file.metadata().ok()?.len();
    let mut pieces = Pieces {
        left: all,
        file,
        bytes: Vec::new(),
        begin: 0,
    };
    pieces.more()?;
    let mut from = Cursor(pieces.unread());
    let head = Head::read(&mut from, folder, basis)?;
    let size = pieces.unread().len() - from.0.len();
    if all.checked_sub(size as u64) != Some(head.size) {
        return None;
    }
    pieces.begin += size;
    let mut sum = Sum::default();
    sum.add(pieces.unread());
    loop {
        let unread = pieces.unread();
        let mut from = Cursor(unread);
        if let Some(record) = Record::next(&mut from) {
            each(&record)?;
            pieces.begin += unread.len() - from.0.len();
        } else if pieces.left > 0 {
            sum.add(pieces.more()?);
        } else {
            let is_whole = unread.is_empty() && sum.end() == head.body;
            return is_whole.then_some(head);
        }
    }
}

struct Pieces {
    file: File,
    /// How much of the file was not read yet.
    left: u64,
    bytes: Vec<u8>,
    /// Where what was not looked at yet begins.
    begin: usize,
}

impl Pieces {
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
