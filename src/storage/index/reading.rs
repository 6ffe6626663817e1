//! Reading many files into rows and texts, on two threads where that pays.

use std::sync::{Mutex, mpsc};
use std::thread;

use super::file::{frame, move_text};
use super::flat::Bytes;
use super::{Lens, texts};
use crate::domain::{BriefId, search};
use crate::storage::opened::Files;
use crate::storage::stamp::MANY;
use crate::storage::{Broken, Folder};

/// So many files are read before their texts are written, and forgotten.
const BATCH: usize = 64;

/// A file to be read.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub id: BriefId,
    /// Whether it is known to be no link, pipe or folder.
    pub is_file: bool,
}

/// Writes some texts down; where they begin, if they could be written.
pub(super) type Write<'w> = dyn Fn(&Bytes) -> Option<u64> + Sync + 'w;

/// What files were found to be, by id.
pub(super) struct Results {
    rows: Vec<Bytes>,
    order: std::vec::IntoIter<Place>,
}

/// Where the row of a file is.
struct Place {
    id: BriefId,
    batch: usize,
    at: usize,
    /// None where the file went away since it was listed.
    size: usize,
    /// What is wrong with the file.
    why: Option<Box<Broken>>,
}

/// What some files were found to be, as it is written down.
#[derive(Default)]
struct Batch {
    rows: Bytes,
    found: Vec<Found>,
}

/// What a file was found to be; as in [`Place`].
struct Found {
    id: BriefId,
    size: usize,
    why: Option<Box<Broken>>,
}

/// Reads the files that `list` gives, in whatever order, while it goes on, and gives back
/// what that says. Their texts are put together only where there is something that writes
/// them.
pub(super) fn read_all<L>(
    folder: &Folder,
    lens: &Lens,
    write: Option<&Write<'_>>,
    list: impl FnOnce(&mut dyn FnMut(Wanted)) -> L,
) -> (L, Results) {
    let (give, given) = mpsc::channel();
    let given = Mutex::new(given);
    // Whoever is done with some takes the next, so that nobody waits.
    let next = || -> Option<Vec<Wanted>> { given.lock().ok()?.recv().ok() };
    let read = || {
        let mut reader = Reader {
            files: Files::of(folder),
            lens,
            write,
            texts: Bytes::default(),
            text: String::new(),
        };
        let mut done = Vec::new();
        while let Some(wanted) = next() {
            done.push(reader.batch(wanted));
        }
        done
    };
    let (listed, done) = thread::scope(|scope| {
        let (mut batch, mut count, mut other) = (Vec::with_capacity(BATCH), 0, None);
        let listed = list(&mut |wanted| {
            batch.push(wanted);
            if batch.len() == BATCH {
                // Nobody is gone who could take it: it is taken here in the end.
                let _ = give.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH)));
            }
            count += 1;
            if count == MANY + 1 {
                // Where there is no second thread this one does it all.
                other = thread::Builder::new().spawn_scoped(scope, read).ok();
            }
        });
        let _ = give.send(batch);
        drop(give);
        let mut done = read();
        match other.map(thread::ScopedJoinHandle::join) {
            Some(Ok(more)) => done.extend(more),
            Some(Err(cause)) => std::panic::resume_unwind(cause),
            None => {}
        }
        (listed, done)
    });
    (listed, Results::of(done))
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
    fn batch(&mut self, wanted: Vec<Wanted>) -> Batch {
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

    fn read(&mut self, to: &mut Batch, wanted: Wanted) {
        let begin = to.rows.0.len();
        let why = match self.files.brief(&wanted.id, wanted.is_file) {
            None => None,
            Some((Ok(brief), stamp)) => {
                let text = self.write.and_then(|_| {
                    self.text.clear();
                    search::fold_to(&mut self.text, &brief);
                    texts::put(&mut self.texts, stamp.number, &self.text)
                });
                let row = self.lens.summary(&brief);
                frame(&mut to.rows, &stamp, text, Some(&row));
                None
            }
            Some((Err(why), stamp)) => {
                frame(&mut to.rows, &stamp, None, None);
                Some(Box::new(why))
            }
        };
        to.found.push(Found {
            id: wanted.id,
            size: to.rows.0.len() - begin,
            why,
        });
    }
}

impl Batch {
    fn each_row(&mut self, mut see: impl FnMut(&mut [u8])) {
        let mut rest = self.rows.0.as_mut_slice();
        for found in self.found.iter().filter(|found| found.size > 0) {
            let Some((row, more)) = std::mem::take(&mut rest).split_at_mut_checked(found.size)
            else {
                return;
            };
            rest = more;
            see(row);
        }
    }
}

impl Results {
    fn of(done: Vec<Batch>) -> Self {
        let mut order = Vec::with_capacity(BATCH * done.len());
        let mut rows = Vec::with_capacity(done.len());
        for (at_batch, batch) in done.into_iter().enumerate() {
            let mut at = 0;
            for found in batch.found {
                order.push(Place {
                    id: found.id,
                    batch: at_batch,
                    at,
                    size: found.size,
                    why: found.why,
                });
                at += found.size;
            }
            rows.push(batch.rows);
        }
        order.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        Self {
            rows,
            order: order.into_iter(),
        }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The next file's row, and what is wrong with it; `None` for one that is gone.
    pub fn next(&mut self) -> Option<(&[u8], Option<Broken>)> {
        let place = self.order.next().filter(|place| place.size > 0)?;
        let rows = &self.rows.get(place.batch)?.0;
        let row = rows.get(place.at..)?.get(..place.size)?;
        Some((row, place.why.map(|why| *why)))
    }
}
