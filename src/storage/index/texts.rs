//! The file with the text of all briefs, as search compares it. It is written
//! to at its end; the rows say where each text is, and each text says of what
//! it is, so that a file that does not fit the rows finds nothing wrong.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};

use super::file::Place;
use super::flat::{Bytes, Cursor, sum};

/// What is read at once, in bytes.
const WINDOW: usize = 256 * 1024;
/// Before each text: of what file it is, and its sum.
const HEAD: usize = 16;

/// Appends the text of a file to some; where it is among them then.
pub(super) fn put(to: &mut Bytes, number: u64, text: &str) -> Option<Place> {
    let place = Place {
        at: to.0.len() as u64,
        size: u32::try_from(text.len()).ok()?,
    };
    to.u64(number);
    to.u64(sum(text.as_bytes()));
    to.0.extend_from_slice(text.as_bytes());
    Some(place)
}

/// Writes texts.
#[derive(Debug)]
pub(super) struct Writer {
    file: File,
    at: u64,
}

impl Writer {
    /// Writes to the end of a file.
    pub fn to(mut file: File) -> io::Result<Self> {
        let at = file.seek(SeekFrom::End(0))?;
        Ok(Self { file, at })
    }

    /// How long the file is.
    pub fn size(&self) -> u64 {
        self.at
    }

    /// Writes texts that were put together; where they begin.
    pub fn add(&mut self, texts: &Bytes) -> io::Result<u64> {
        self.file.write_all(&texts.0)?;
        let begin = self.at;
        self.at += texts.0.len() as u64;
        Ok(begin)
    }
}

/// Reads texts, best in the order in which they are in the file.
#[derive(Debug)]
pub(super) struct Reader {
    file: File,
    window: Vec<u8>,
    /// Where the window is in the file.
    at: u64,
}

impl Reader {
    pub fn of(file: File) -> Self {
        Self {
            file,
            window: Vec::new(),
            at: 0,
        }
    }

    /// The text at a place, if it is that of the file.
    pub fn text(&mut self, place: Place, number: u64) -> Option<&[u8]> {
        let size = HEAD + usize::try_from(place.size).ok()?;
        let end = place.at.checked_add(size as u64)?;
        if place.at < self.at || end > self.at + self.window.len() as u64 {
            self.move_to(place.at, size)?;
        }
        let start = usize::try_from(place.at.checked_sub(self.at)?).ok()?;
        let mut found = Cursor(self.window.get(start..start.checked_add(size)?)?);
        let (of, whole) = (found.u64()?, found.u64()?);
        (of == number && whole == sum(found.0)).then_some(found.0)
    }

    fn move_to(&mut self, at: u64, size: usize) -> Option<()> {
        // A place that is none must not ask for more memory than there is file.
        let rest = self.file.metadata().ok()?.len().checked_sub(at)?;
        if size as u64 > rest {
            return None;
        }
        self.window.clear();
        self.at = at;
        self.file.seek(SeekFrom::Start(at)).ok()?;
        let part = io::Read::by_ref(&mut self.file);
        let mut part = part.take(size.max(WINDOW) as u64);
        part.read_to_end(&mut self.window).ok()?;
        Some(())
    }
}
