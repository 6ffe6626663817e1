//! Reading many files into rows and texts, on two threads where that pays.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::file::{frame, move_text};
use super::flat::Bytes;
use super::{Lens, texts};
use crate::domain::{BriefId, search};
use crate::storage::opened::Files;
use crate::storage::stamp::MANY;
use crate::storage::threads::both;
use crate::storage::{Broken, Folder};

/// So many files are read before their texts are written, and forgotten.
const BATCH: usize = 64;

/// A file to be read.
pub(super) struct Wanted {
    pub id: BriefId,
    /// Whether it is known to be no link, pipe or folder.
    pub is_file: bool,
}

/// Writes some texts down; where they begin, if they could be written.
pub(super) type Write<'w> = dyn Fn(&Bytes) -> Option<u64> + Sync + 'w;

/// What files were found to be, in their order.
pub(super) struct Results {
    batches: std::vec::IntoIter<Batch>,
    /// Those of the batch that is given now, and where the next one begins.
    rows: Vec<u8>,
    at: usize,
    found: std::vec::IntoIter<Found>,
}

/// What some files were found to be, as it is written down.
#[derive(Default)]
struct Batch {
    rows: Bytes,
    found: Vec<Found>,
}

/// What a file was found to be.
enum Found {
    /// So many bytes of the rows are its own, and what is wrong with it.
    File(usize, Option<Broken>),
    /// It went away since it was listed.
    Gone,
}

/// Reads files; in their order. Their texts are put together only where there is
/// something that writes them.
pub(super) fn read_all(
    folder: &Folder,
    wanted: &[&Wanted],
    lens: &Lens,
    write: Option<&Write<'_>>,
) -> Results {
    let next = AtomicUsize::new(0);
    // Whoever is done with some takes the next, so that nobody waits.
    let read = || {
        let mut reader = Reader {
            files: Files::of(folder),
            lens,
            write,
            texts: Bytes::default(),
            text: String::new(),
        };
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(wanted) = wanted.chunks(BATCH).nth(at) else {
                return done;
            };
            done.push((at, reader.batch(wanted)));
        }
    };
    let mut done = match wanted.len() > MANY {
        false => read(),
        true => {
            let (mut done, more) = both(read, read);
            done.extend(more);
            done
        }
    };
    done.sort_unstable_by_key(|(at, _)| *at);
    let batches: Vec<Batch> = done.into_iter().map(|(_, batch)| batch).collect();
    Results {
        batches: batches.into_iter(),
        rows: Vec::new(),
        at: 0,
        found: Vec::new().into_iter(),
    }
}

/// Reads some files after others.
struct Reader<'r> {
    files: Files<'r>,
    lens: &'r Lens,
    write: Option<&'r Write<'r>>,
    /// Those of a batch, not written yet.
    texts: Bytes,
    /// That of a brief.
    text: String,
}

impl Reader<'_> {
    fn batch(&mut self, wanted: &[&Wanted]) -> Batch {
        let mut batch = Batch::default();
        for wanted in wanted {
            self.read(&mut batch, wanted);
        }
        if let Some(write) = self.write {
            let base = write(&self.texts);
            batch.each_row(|row| move_text(row, base));
            self.texts.0.clear();
        }
        batch
    }

    fn read(&mut self, to: &mut Batch, wanted: &Wanted) {
        let Some((brief, stamp)) = self.files.brief(&wanted.id, wanted.is_file) else {
            to.found.push(Found::Gone);
            return;
        };
        let begin = to.rows.0.len();
        let why = match brief {
            Ok(brief) => {
                let text = self.write.and_then(|_| {
                    self.text.clear();
                    search::fold_to(&mut self.text, &brief);
                    texts::put(&mut self.texts, stamp.number, &self.text)
                });
                let row = self.lens.summary(&brief);
                frame(&mut to.rows, &stamp, text, Some(&row));
                None
            }
            Err(why) => {
                frame(&mut to.rows, &stamp, None, None);
                Some(why)
            }
        };
        let size = to.rows.0.len() - begin;
        to.found.push(Found::File(size, why));
    }
}

impl Batch {
    fn each_row(&mut self, mut see: impl FnMut(&mut [u8])) {
        let mut rest = self.rows.0.as_mut_slice();
        for found in &self.found {
            let Found::File(size, _) = found else {
                continue;
            };
            let Some((row, more)) = std::mem::take(&mut rest).split_at_mut_checked(*size) else {
                return;
            };
            rest = more;
            see(row);
        }
    }
}

impl Results {
    /// The next file's row, and what is wrong with it; `None` for one that is gone.
    pub fn next(&mut self) -> Option<(&[u8], Option<Broken>)> {
        let found = loop {
            if let Some(found) = self.found.next() {
                break found;
            }
            let batch = self.batches.next()?;
            (self.rows, self.at) = (batch.rows.0, 0);
            self.found = batch.found.into_iter();
        };
        let Found::File(size, why) = found else {
            return None;
        };
        let row = self.rows.get(self.at..)?.get(..size)?;
        self.at += size;
        Some((row, why))
    }
}
