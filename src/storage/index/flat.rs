//! Bytes for rows: numbers and texts one after the other, read where they lie.
//!
//! Nothing here trusts the bytes. What is too short, too long, no text or of
//! another shape is nothing at all.

use std::borrow::Cow;

use chrono::{Datelike as _, FixedOffset, NaiveDate, TimeZone as _};

use super::RowHead;
use crate::domain::nudge::{Due, Reason};
use crate::domain::work_time::Local;
use crate::domain::{Day, ItemId, Moment, Stage, Summary, Wants};

/// Reads from the front of some bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a>(pub &'a [u8]);

impl<'a> Cursor<'a> {
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(first)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn i64(&mut self) -> Option<i64> {
        self.array().map(i64::from_le_bytes)
    }

    pub fn size(&mut self) -> Option<usize> {
        usize::try_from(self.u32()?).ok()
    }

    pub fn text(&mut self) -> Option<&'a str> {
        let size = self.size()?;
        std::str::from_utf8(self.take(size)?).ok()
    }

    fn local(&mut self) -> Option<Local> {
        let (seconds, nanos) = (self.i64()?, self.u32()?);
        let at = chrono::DateTime::from_timestamp(seconds, nanos)?;
        Some(at.naive_utc())
    }

    fn day(&mut self) -> Option<Day> {
        let days = i32::from_le_bytes(self.array()?);
        NaiveDate::from_num_days_from_ce_opt(days)
    }

    fn moment(&mut self) -> Option<Moment> {
        let utc = self.local()?;
        let east = i32::from_le_bytes(self.array()?);
        Some(FixedOffset::east_opt(east)?.from_utc_datetime(&utc))
    }
}

/// Writes to the end of some bytes.
#[derive(Debug, Default)]
pub(super) struct Bytes(pub Vec<u8>);

impl Bytes {
    pub fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub fn u16(&mut self, number: u16) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    pub fn u32(&mut self, number: u32) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    pub fn u64(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// A text that is too long for a row is cut off at a character: no file has
    /// one, as files have at most 2 MiB.
    pub fn text(&mut self, text: &str) {
        self.u32(u32::try_from(text.len()).unwrap_or_default());
        if u32::try_from(text.len()).is_ok() {
            self.0.extend_from_slice(text.as_bytes());
        }
    }

    fn local(&mut self, at: Local) {
        let at = at.and_utc();
        self.0.extend_from_slice(&at.timestamp().to_le_bytes());
        self.u32(at.timestamp_subsec_nanos());
    }

    fn day(&mut self, day: Day) {
        let days = day.num_days_from_ce();
        self.0.extend_from_slice(&days.to_le_bytes());
    }

    fn moment(&mut self, at: Moment) {
        self.local(at.naive_utc());
        let east = at.offset().local_minus_utc();
        self.0.extend_from_slice(&east.to_le_bytes());
    }
}

/// Which of the parts that may be missing are there.
mod has {
    pub const ARCHIVED: u16 = 1;
    pub const AMENDED: u16 = 1 << 1;
    pub const REQUESTER: u16 = 1 << 2;
    pub const NEED_BY: u16 = 1 << 3;
    pub const MUTED: u16 = 1 << 4;
    pub const PUT_OFF: u16 = 1 << 5;
    pub const CLOCK: u16 = 1 << 6;
    pub const WANTS: u16 = 1 << 7;
    pub const OBJECTOR: u16 = 1 << 8;
    pub const UNDECIDED: u16 = 1 << 9;
    pub const OWNER: u16 = 1 << 10;
}

const REASONS: [Reason; 8] = [
    Reason::First,
    Reason::Cadence,
    Reason::Unconfirmed,
    Reason::Handover,
    Reason::PayBack,
    Reason::Waiting,
    Reason::Confirm,
    Reason::StillUsed,
];

/// Appends a summary.
pub(super) fn put(to: &mut Bytes, row: &Summary<'_>) {
    let flags = [
        (has::ARCHIVED, row.archived),
        (has::AMENDED, row.is_amended),
        (has::REQUESTER, row.requester.is_some()),
        (has::NEED_BY, row.need_by.is_some()),
        (has::MUTED, row.muted.is_some()),
        (has::PUT_OFF, row.put_off.is_some()),
        (has::CLOCK, row.clock.is_some()),
        (has::WANTS, row.wants.is_some()),
        (has::OBJECTOR, row.objector.is_some()),
        (has::UNDECIDED, row.is_undecided),
        (has::OWNER, !row.owner.is_empty()),
    ];
    let there = flags.iter().filter(|(_, is)| *is);
    to.u16(there.fold(0, |all, (flag, _)| all | flag));
    to.text(&row.id);
    to.text(&row.title);
    to.text(row.stage.word());
    to.0.extend_from_slice(&row.touched.to_le_bytes());
    if !row.owner.is_empty() {
        to.text(&row.owner);
    }
    if let Some(name) = &row.requester {
        to.text(name);
    }
    if let Some(day) = row.need_by {
        to.day(day);
    }
    if let Some(name) = &row.objector {
        to.text(name);
    }
    if let Some(because) = &row.muted {
        to.text(because);
    }
    if let Some(until) = row.put_off {
        to.moment(until);
    }
    if let Some((since, on)) = &row.clock {
        to.local(*since);
        to.text(on);
    }
    if let Some(wants) = &row.wants {
        put_wants(to, wants);
    }
}

fn put_wants(to: &mut Bytes, wants: &Wants<'_>) {
    let due = &wants.due;
    let reason = REASONS.iter().position(|reason| *reason == due.reason);
    to.byte(reason.and_then(|at| u8::try_from(at).ok()).unwrap_or(0));
    for at in due.nudges {
        to.local(at);
    }
    to.day(due.stale);
    to.byte(u8::from(due.snoozed.is_some()));
    if let Some(at) = due.snoozed {
        to.moment(at);
    }
    to.text(due.who.as_ref().map_or("", |who| who.as_str()));
    to.text(&due.about);
    to.text(&wants.who);
    to.text(&wants.question);
}

/// Reads a summary; `None` where the bytes are none.
pub(super) fn get<'a>(from: &mut Cursor<'a>) -> Option<Summary<'a>> {
    let flags = from.u16()?;
    let has = |flag: u16| flags & flag != 0;
    Some(Summary {
        archived: has(has::ARCHIVED),
        is_amended: has(has::AMENDED),
        is_undecided: has(has::UNDECIDED),
        id: from.text()?.into(),
        title: from.text()?.into(),
        stage: Stage::from_word(from.text()?),
        touched: from.i64()?,
        owner: match has(has::OWNER) {
            true => from.text()?.into(),
            false => Cow::Borrowed(""),
        },
        requester: match has(has::REQUESTER) {
            true => Some(from.text()?.into()),
            false => None,
        },
        need_by: match has(has::NEED_BY) {
            true => Some(from.day()?),
            false => None,
        },
        objector: match has(has::OBJECTOR) {
            true => Some(from.text()?.into()),
            false => None,
        },
        muted: match has(has::MUTED) {
            true => Some(from.text()?.into()),
            false => None,
        },
        put_off: match has(has::PUT_OFF) {
            true => Some(from.moment()?),
            false => None,
        },
        clock: match has(has::CLOCK) {
            true => Some((from.local()?, from.text()?.into())),
            false => None,
        },
        wants: match has(has::WANTS) {
            true => Some(get_wants(from)?),
            false => None,
        },
    })
}

/// Reads the front of a summary; `None` where the bytes are none.
pub(super) fn head<'a>(from: &mut Cursor<'a>) -> Option<RowHead<'a>> {
    let flags = from.u16()?;
    let has = |flag: u16| flags & flag != 0;
    let id = from.text()?;
    let title = from.size()?;
    from.take(title)?;
    let stage = from.text()?;
    let touched = from.i64()?;
    let owner = match has(has::OWNER) {
        true => from.text()?,
        false => "",
    };
    if has(has::REQUESTER) {
        let size = from.size()?;
        from.take(size)?;
    }
    let need_by = match has(has::NEED_BY) {
        true => Some(from.day()?),
        false => None,
    };
    Some(RowHead {
        id,
        stage,
        archived: has(has::ARCHIVED),
        is_untitled: title == 0,
        is_undecided: has(has::UNDECIDED),
        is_amended: has(has::AMENDED),
        is_objected: has(has::OBJECTOR),
        is_wanting: has(has::WANTS),
        touched,
        owner,
        need_by,
    })
}

fn get_wants<'a>(from: &mut Cursor<'a>) -> Option<Wants<'a>> {
    let reason = *REASONS.get(usize::from(from.byte()?))?;
    let nudges = [from.local()?, from.local()?, from.local()?];
    let stale = from.day()?;
    let snoozed = match from.byte()? {
        0 => None,
        _ => Some(from.moment()?),
    };
    let who = match from.text()? {
        "" => None,
        id => Some(ItemId::parse(id).ok()?),
    };
    let about = from.text()?.to_owned();
    Some(Wants {
        due: Due {
            reason,
            who,
            about,
            nudges,
            stale,
            snoozed,
        },
        who: Cow::Borrowed(from.text()?),
        question: Cow::Borrowed(from.text()?),
    })
}

/// A number that differs where bytes do, but for chance: it finds a torn or
/// mixed up file, and is no defence against anybody.
pub(super) fn sum(bytes: &[u8]) -> u64 {
    let mut sum = Sum::default();
    sum.add(bytes);
    sum.end()
}

const PRIMES: [u64; 4] = [
    0x9e37_79b9_7f4a_7c15,
    0xbf58_476d_1ce4_e5b9,
    0x94d0_49bb_1331_11eb,
    0xd6e8_feb8_6659_fd93,
];
const BLOCK: usize = 32;

/// The [`sum`] of bytes that come one after the other.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    lanes: [u64; 4],
    size: u64,
    /// What is no whole block yet.
    rest: Vec<u8>,
}

impl Default for Sum {
    fn default() -> Self {
        Self {
            lanes: PRIMES,
            size: 0,
            rest: Vec::with_capacity(BLOCK),
        }
    }
}

impl Sum {
    pub fn add(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        let mut bytes = bytes;
        if !self.rest.is_empty() {
            let missing = (BLOCK - self.rest.len()).min(bytes.len());
            let (first, more) = bytes.split_at(missing);
            self.rest.extend_from_slice(first);
            bytes = more;
            if self.rest.len() < BLOCK {
                return;
            }
            let block = std::mem::take(&mut self.rest);
            self.blocks(&block);
        }
        let rest = self.blocks(bytes);
        self.rest.extend_from_slice(rest);
    }

    /// Takes whole blocks; what is left over.
    fn blocks<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let mut lanes = self.lanes;
        let mut blocks = bytes.chunks_exact(BLOCK);
        for block in &mut blocks {
            for ((lane, prime), word) in lanes.iter_mut().zip(PRIMES).zip(block.chunks_exact(8)) {
                let word = u64::from_le_bytes(word.try_into().unwrap_or_default());
                *lane = (*lane ^ word).wrapping_mul(prime).rotate_left(29);
            }
        }
        self.lanes = lanes;
        blocks.remainder()
    }

    pub fn end(self) -> u64 {
        let mut all = self.size;
        for byte in self.rest {
            all = (all ^ u64::from(byte)).wrapping_mul(PRIMES[0]);
            all ^= all >> 32;
        }
        for (lane, prime) in self.lanes.into_iter().zip(PRIMES) {
            all = (all ^ lane).wrapping_mul(prime);
            all ^= all >> 29;
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::work_time::WorkTime;
    use crate::storage::format::tests::any_brief;

    proptest! {
        #[test]
        fn a_row_comes_back_as_it_was_and_no_part_of_one_is_a_row(brief in any_brief()) {
            let zone = FixedOffset::east_opt(3600).expect("an offset");
            let row = Summary::of(&brief, &WorkTime::default(), &zone);
            let mut bytes = Bytes::default();
            put(&mut bytes, &row);
            let front = head(&mut Cursor(&bytes.0)).expect("it is whole");
            prop_assert_eq!(
                (front.touched, front.is_untitled, front.is_undecided),
                (row.touched, row.title.is_empty(), row.is_undecided)
            );
            prop_assert_eq!(
                (front.is_amended, front.is_objected, front.is_wanting),
                (row.is_amended, row.objector.is_some(), row.wants.is_some())
            );
            prop_assert_eq!(
                (front.id, front.stage, front.archived, front.owner, front.need_by),
                (&*row.id, row.stage.word(), row.archived, &*row.owner, row.need_by)
            );
            let mut cursor = Cursor(&bytes.0);
            prop_assert_eq!(get(&mut cursor), Some(row));
            prop_assert!(cursor.0.is_empty());
            for end in 0..bytes.0.len() {
                prop_assert_eq!(get(&mut Cursor(&bytes.0[..end])), None);
            }
        }

        #[test]
        fn no_bytes_make_it_stop(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = get(&mut Cursor(&bytes));
            let _ = head(&mut Cursor(&bytes));
        }

        #[test]
        fn the_sum_of_parts_is_that_of_the_whole(
            bytes in proptest::collection::vec(any::<u8>(), 0..300),
            cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..6),
        ) {
            let mut cuts: Vec<usize> = cuts.iter().map(|at| at.index(bytes.len() + 1)).collect();
            cuts.push(bytes.len());
            cuts.sort_unstable();
            let (mut parts, mut begin) = (Sum::default(), 0);
            for end in cuts {
                parts.add(&bytes[begin..end]);
                begin = end;
            }
            prop_assert_eq!(parts.end(), sum(&bytes));
        }

        #[test]
        fn one_changed_bit_changes_the_sum(
            bytes in proptest::collection::vec(any::<u8>(), 1..200),
            at in any::<prop::sample::Index>(),
            bit in 0..8_u8,
        ) {
            let before = sum(&bytes);
            let mut changed = bytes.clone();
            changed[at.index(bytes.len())] ^= 1_u8 << bit;
            prop_assert_ne!(sum(&changed), before);
            prop_assert_ne!(sum(&bytes[1..]), before);
        }
    }
}
