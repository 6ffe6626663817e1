//! The file with the rows: a head that says what it is of, and the rows by id.

use std::time::Duration;

use super::flat::{self, Bytes, Cursor, sum};
use crate::domain::{BriefId, Summary};
use crate::storage::Stamp;

/// The first bytes of the file. One with others is not read.
const FORMAT: &[u8] = b"askfirst-rows 3\n";

/// Where the text of a brief is in the other file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub at: u64,
    pub size: u32,
}

const NOWHERE: u64 = u64::MAX;

/// Rows one after the other, by id.
#[derive(Debug, Clone, Default)]
pub(super) struct Records {
    bytes: Vec<u8>,
    /// Where the first row begins: they lie behind the head of their file.
    start: usize,
    briefs: usize,
}

/// A row and the file that it is of, as that was when it was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub number: u64,
    pub text: Option<Place>,
    pub is_broken: bool,
    pub row: &'a [u8],
    /// All of it.
    pub frame: &'a [u8],
}

impl<'a> Record<'a> {
    /// The first one; nothing is taken where there is none that is whole.
    pub fn next(from: &mut Cursor<'a>) -> Option<Self> {
        let mut rest = *from;
        let record = Self::take(&mut rest)?;
        *from = rest;
        Some(record)
    }

    fn take(from: &mut Cursor<'a>) -> Option<Self> {
        let whole = from.0;
        let size = from.size()?;
        let frame = whole.get(..size.checked_add(4)?)?;
        let mut inner = Cursor(from.take(size)?);
        let number = inner.u64()?;
        let (at, size) = (inner.u64()?, inner.u32()?);
        Some(Self {
            number,
            text: (at != NOWHERE).then_some(Place { at, size }),
            is_broken: inner.byte()? != 0,
            row: inner.0,
            frame,
        })
    }

    pub fn summary(&self) -> Option<Summary<'a>> {
        if self.is_broken {
            return None;
        }
        flat::get(&mut Cursor(self.row))
    }

    /// The id, without the rest.
    pub fn id(&self) -> Option<&'a str> {
        std::str::from_utf8(self.id_bytes()?).ok()
    }

    /// The same to be compared, which takes less time.
    pub fn id_bytes(&self) -> Option<&'a [u8]> {
        let mut row = Cursor(self.row);
        if !self.is_broken {
            row.u16()?;
        }
        let size = row.size()?;
        row.take(size)
    }

    /// Whether the file is the one that was read, when the reading began at
    /// `began`.
    pub fn is_of(&self, stamp: &Stamp, began: Duration) -> bool {
        self.number == stamp.number && stamp.is_older(began)
    }
}

/// Where the place of the text is in a row.
const PLACE: std::ops::Range<usize> = 12..20;

/// Appends one row as bytes, before it has a place among others.
pub(super) fn frame(to: &mut Bytes, stamp: &Stamp, text: Option<Place>, row: Option<&Summary<'_>>) {
    let begin = to.0.len();
    to.u32(0);
    to.u64(stamp.number);
    to.u64(text.map_or(NOWHERE, |place| place.at));
    to.u32(text.map_or(0, |place| place.size));
    to.byte(u8::from(row.is_none()));
    match row {
        Some(row) => flat::put(to, row),
        None => to.text(stamp.id.as_str()),
    }
    // A row is made of a file of at most 2 MiB.
    let size = u32::try_from(to.0.len() - begin - 4).unwrap_or_default();
    let head = to.0.get_mut(begin..).and_then(<[u8]>::first_chunk_mut);
    if let Some(head) = head {
        *head = size.to_le_bytes();
    }
}

/// Moves the place of the text of a row to among those of the file, which
/// begin at `base`; to nowhere without one.
pub(super) fn move_text(frame: &mut [u8], base: Option<u64>) {
    let Some(place) = frame.get_mut(PLACE).and_then(<[u8]>::first_chunk_mut) else {
        return;
    };
    let at = u64::from_le_bytes(*place);
    if at != NOWHERE {
        let at = base.map_or(NOWHERE, |base| base.saturating_add(at));
        *place = at.to_le_bytes();
    }
}

impl Records {
    pub fn with_room(bytes: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(bytes),
            start: 0,
            briefs: 0,
        }
    }

    /// How many of them are briefs.
    pub fn briefs(&self) -> usize {
        self.briefs
    }

    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    pub fn iter(&self) -> impl Iterator<Item = Record<'_>> {
        let mut from = Cursor(self.bytes());
        std::iter::from_fn(move || Record::next(&mut from))
    }

    /// Where each of them begins, and the row that begins there.
    pub fn places(&self) -> impl Iterator<Item = (u32, Record<'_>)> {
        let all = self.bytes().len();
        let mut from = Cursor(self.bytes());
        std::iter::from_fn(move || {
            let at = u32::try_from(all - from.0.len()).ok()?;
            Some((at, Record::next(&mut from)?))
        })
    }

    /// The row that begins at a place.
    pub fn at(&self, place: u32) -> Option<Record<'_>> {
        let from = self.bytes().get(usize::try_from(place).ok()?..)?;
        Record::next(&mut Cursor(from))
    }

    /// Appends a row that is of no file.
    pub fn push(&mut self, row: &Summary<'_>) {
        let Ok(id) = BriefId::parse(&row.id) else {
            return;
        };
        let stamp = Stamp {
            id,
            number: 0,
            modified: Duration::ZERO,
        };
        let mut bytes = Bytes(std::mem::take(&mut self.bytes));
        frame(&mut bytes, &stamp, None, Some(row));
        self.bytes = bytes.0;
        self.briefs += 1;
    }

    pub fn keep(&mut self, record: &Record<'_>) {
        self.bytes.extend_from_slice(record.frame);
        self.briefs += usize::from(!record.is_broken);
    }
}

/// What the file says.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// When the reading of the files began, by the clock of the file system,
    /// since 1970.
    pub began: Duration,
    /// The number of the folder before its files were listed, where all of their
    /// names are ids; else zero.
    pub own: u64,
    pub records: Records,
}

impl Known {
    /// Reads the bytes of a file; `None` where it is not whole, or of another
    /// version, folder or basis.
    pub fn read(bytes: Vec<u8>, folder: &str, basis: &str) -> Option<Self> {
        let mut from = Cursor(&bytes);
        let head = Head::read(&mut from, folder, basis)?;
        if from.0.len() as u64 != head.size || sum(from.0) != head.body {
            return None;
        }
        let start = bytes.len() - from.0.len();
        Some(Self {
            began: head.began,
            own: head.own,
            records: Records {
                bytes,
                start,
                briefs: head.briefs,
            },
        })
    }
}

/// What the file says before the rows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Head {
    /// As in [`Known`].
    pub began: Duration,
    pub own: u64,
    pub briefs: usize,
    /// How many bytes of rows there are, and their sum.
    pub size: u64,
    pub body: u64,
}

impl Head {
    /// The front of a file about a folder; as many bytes, whatever it says of the rows.
    pub fn bytes(&self, folder: &str, basis: &str) -> Vec<u8> {
        let mut head = Bytes(FORMAT.to_vec());
        head.text(basis);
        head.text(folder);
        head.u64(u64::try_from(self.began.as_nanos()).unwrap_or_default());
        head.u64(self.own);
        head.u64(self.briefs as u64);
        head.u64(self.size);
        head.u64(self.body);
        let own = sum(&head.0);
        head.u64(own);
        head.0
    }

    /// Reads it from the front of a file.
    pub fn read(from: &mut Cursor<'_>, folder: &str, basis: &str) -> Option<Self> {
        let whole = from.0;
        if from.take(FORMAT.len())? != FORMAT || from.text()? != basis || from.text()? != folder {
            return None;
        }
        let head = Self {
            began: Duration::from_nanos(from.u64()?),
            own: from.u64()?,
            briefs: usize::try_from(from.u64()?).ok()?,
            size: from.u64()?,
            body: from.u64()?,
        };
        let bytes = whole.get(..whole.len() - from.0.len())?;
        (sum(bytes) == from.u64()?).then_some(head)
    }
}
