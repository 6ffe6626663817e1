//! What is remembered of a folder between two runs.
//!
//! All of it can be lost: what the files want is read from them again, and
//! without the marks of what was shown a reminder is shown once more. So
//! anything that cannot be read is no state at all, and never an error.
//!
//! The file is lines of words between tabs, and no TOML as other files: a prompt
//! waits for it, and a hundred briefs are read so in a tenth of the time. What is
//! compared with the folder comes first, and what the briefs want in words after it,
//! where a status bar need not read it: the first to become due first, so that no more
//! is read than what is due and what is next.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::notice::{Notice, REASONS};
use super::short::Bar;
use crate::domain::nudge::{self, Due};
use crate::domain::work_time::{Local, WorkTime, Zone};
use crate::domain::{BriefId, Day, ItemId, Moment};
use chrono::{Datelike as _, Days, NaiveTime, TimeDelta};

/// The first line of the file. One with another format is not read.
const FORMAT: &str = "askfirst-reminders 4";
/// How long it is remembered when something was shown: longer than any brief
/// is away while another branch is checked out, days.
const MEMORY: i64 = 90;
/// At most so often is something shown where nobody asked for it.
pub const PAUSE: TimeDelta = TimeDelta::hours(4);

/// A file as it was when it was read, and what its brief wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Changes with the file; only compared.
    pub stamp: u64,
    pub wants: Option<Box<Notice>>,
}

/// The folder as it was when all of its files were looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Changes when a file comes, goes or is replaced; only compared.
    pub stamp: u64,
    /// How many files there are that can be briefs.
    pub files: usize,
    pub at: Moment,
    /// When the files were begun to be read, by the clock of the file system,
    /// nanoseconds since 1970.
    pub began: u64,
}

/// What is remembered of one folder of briefs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// What the wants were reckoned with: see [`basis`].
    pub basis: String,
    /// The folder, absolute.
    pub folder: String,
    /// The next moment at which something may be shown unasked.
    pub next: Option<Moment>,
    /// What a status bar shows.
    pub bar: Option<Bar>,
    /// All files of a folder with few of them; else those of briefs that are
    /// under way or want something, now or later.
    pub seen: BTreeMap<BriefId, Seen>,
    pub looked: Option<Looked>,
    /// When something about a brief was last shown unasked.
    pub shown: BTreeMap<BriefId, Moment>,
}

/// A word that changes with everything besides the files that the wants depend
/// on: the working time, the place, and the program's way to put it.
pub fn basis(work: &WorkTime, zone: &dyn Zone, now: Moment) -> String {
    let mut all = format!("{FORMAT} {} {work:?}", env!("CARGO_PKG_VERSION")).into_bytes();
    // A zone has no name that every platform tells: what its clocks do in the
    // weeks of the year, every other one, is as good.
    let year = chrono::NaiveDate::from_ymd_opt(now.naive_utc().year(), 1, 1);
    let begin = year.unwrap_or_default().and_time(NaiveTime::MIN).and_utc();
    for week in (0..56).step_by(2) {
        let at = begin + TimeDelta::weeks(week);
        let offset = zone.local(at.fixed_offset()) - at.naive_utc();
        all.extend(offset.num_minutes().to_le_bytes());
    }
    let hash = blake3::hash(&all).to_hex();
    hash.as_str().chars().take(16).collect()
}

impl State {
    /// Whether there was no file in the folder.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty() && self.looked.as_ref().is_none_or(|looked| looked.files == 0)
    }

    /// The notices, in no order.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.seen.values().filter_map(|seen| seen.wants.as_deref())
    }

    /// Those that may be shown unasked now, the first to show first.
    pub fn to_show(&self, work: &WorkTime, zone: &dyn Zone, now: Moment) -> Vec<&Notice> {
        let local = zone.local(now);
        let mut found: Vec<&Notice> = self
            .notices()
            .filter(|n| n.due.nudges_now(work, local, self.shown_at(&n.brief)))
            .collect();
        found.sort_by(|a, b| a.order(b, local));
        found
    }

    /// Those that are due and may be shown at a good occasion, such as when a
    /// branch is checked out: on any day until they are stale.
    pub fn due_now(&self, work: &WorkTime, zone: &dyn Zone, now: Moment) -> Vec<&Notice> {
        let local = zone.local(now);
        let is_due = |n: &&Notice| matches!(n.state(local), nudge::State::Due(_));
        let found = self.notices().filter(|_| work.may_ask(local));
        let mut found: Vec<&Notice> = found.filter(is_due).collect();
        found.sort_by(|a, b| a.order(b, local));
        found
    }

    /// Marks that something about a brief is shown now.
    pub fn show(&mut self, brief: &BriefId, now: Moment) {
        self.shown.insert(brief.clone(), now);
    }

    /// When it was last shown; see [`Due::nudges_now`].
    fn shown_at(&self, brief: &BriefId) -> Option<Moment> {
        self.shown.get(brief).copied()
    }

    /// When something was last shown, as far as the clock can be right.
    pub fn last_shown(&self, now: Moment) -> Option<Moment> {
        self.shown.values().filter(|at| **at <= now).max().copied()
    }

    /// Reckons the next moment and the line of a status bar anew, and forgets what was
    /// shown long ago.
    pub fn plan(&mut self, work: &WorkTime, zone: &dyn Zone, now: Moment) {
        let all = self.notices();
        let next = all.filter_map(|n| next_nudge(&n.due, work, zone, now, self.shown_at(&n.brief)));
        self.next = next.min();
        self.bar = Some(Bar::of(self.notices(), zone.local(now), self.bar.as_ref()));
        self.shown
            .retain(|_, at| now - *at < TimeDelta::days(MEMORY));
    }

    /// Reads the text of a file; `None` where it is none of this version, or
    /// not whole.
    pub fn read(text: &str) -> Option<Self> {
        Self::read_lines(text.strip_suffix(END)?)
    }

    /// Reads all lines but the last.
    pub(super) fn read_lines(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != FORMAT {
            return None;
        }
        let mut state = Self::default();
        // A line each, and a few.
        let mut seen = Vec::with_capacity(text.len() / 128);
        let mut wanted = Vec::new();
        for line in lines {
            let mut words = Words(Some(line));
            match words.next()? {
                "basis" => state.basis = plain(words.next()?).into_owned(),
                "folder" => state.folder = plain(words.next()?).into_owned(),
                "looked" => {
                    state.looked = Some(Looked {
                        stamp: u64::from_str_radix(words.next()?, 16).ok()?,
                        files: words.next()?.parse().ok()?,
                        at: moment(words.next()?)?,
                        began: words.next()?.parse().ok()?,
                    });
                }
                "next" => state.next = Some(moment(words.next()?)?),
                "shown" => {
                    let id = BriefId::parse(words.next()?).ok()?;
                    state.shown.insert(id, moment(words.next()?)?);
                }
                "bar" => {
                    state.bar = Some(Bar {
                        from: time(words.next()?)?,
                        until: match words.next()? {
                            "" => None,
                            at => Some(time(at)?),
                        },
                        line: plain(words.next()?).into_owned(),
                    });
                }
                "seen" => {
                    let id = BriefId::parse(words.next()?).ok()?;
                    let stamp = stamp(words.next()?)?;
                    seen.push((id, Seen { stamp, wants: None }));
                }
                "wants" => {
                    let id = BriefId::parse(words.next()?).ok()?;
                    wanted.push(wants(&id, words)?);
                }
                _ => return None,
            }
        }
        state.seen = seen.into_iter().collect();
        for notice in wanted {
            let seen = state.seen.get_mut(&notice.brief)?;
            seen.wants = Some(Box::new(notice));
        }
        Some(state)
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        use std::fmt::Write as _;
        let mut text = format!("{FORMAT}\nbasis\t{}\n", escaped(&self.basis));
        let _ = writeln!(text, "folder\t{}", escaped(&self.folder));
        if let Some(next) = &self.next {
            let _ = writeln!(text, "next\t{}", next.to_rfc3339());
        }
        if let Some(looked) = &self.looked {
            let (stamp, files, began) = (looked.stamp, looked.files, looked.began);
            let at = looked.at.to_rfc3339();
            let _ = writeln!(text, "looked\t{stamp:x}\t{files}\t{at}\t{began}");
        }
        if let Some(bar) = &self.bar {
            let until = bar.until.map(seconds).unwrap_or_default();
            let _ = writeln!(
                text,
                "bar\t{}\t{until}\t{}",
                seconds(bar.from),
                escaped(&bar.line)
            );
        }
        for (id, at) in &self.shown {
            let _ = writeln!(text, "shown\t{id}\t{}", at.to_rfc3339());
        }
        for (id, seen) in &self.seen {
            let _ = writeln!(text, "seen\t{id}\t{:016x}", seen.stamp);
        }
        // So that what is due, and what is next, is read first.
        let mut wants: Vec<&Notice> = self.notices().collect();
        wants.sort_by_key(|notice| notice.due.at().and_utc().timestamp());
        for notice in wants {
            let _ = write!(text, "wants\t{}", notice.brief);
            for word in words(notice) {
                let _ = write!(text, "\t{}", escaped(&word));
            }
            text.push('\n');
        }
        text.push_str(END);
        text
    }
}

/// The first moment from now on at which a due thing may be shown.
fn next_nudge(
    due: &Due,
    work: &WorkTime,
    zone: &dyn Zone,
    now: Moment,
    shown: Option<Moment>,
) -> Option<Moment> {
    let local = zone.local(now);
    // Later today counts as well: the quiet hour ends.
    let today = work.asking_time(local);
    if today.date() == local.date() && due.nudges_now(work, today, shown) {
        // The moment of the nudge, and not now, which would be another one at
        // each look.
        let begun = due.nudges.iter().filter(|at| **at <= today).max();
        let begun = begun.copied().unwrap_or(today);
        return Some(zone.moment(if today == local { begun } else { today }));
    }
    let day = |shown: Moment| shown.naive_local().date();
    let day_seen = shown.filter(|shown| day(*shown) <= local.date() + Days::new(7));
    let after = due.nudges.iter().filter(|at| {
        let fresh = day_seen.is_none_or(|shown| {
            at.date() > day(shown) || due.snoozed.is_some_and(|when| when > shown)
        });
        **at > local && fresh
    });
    after.min().map(|at| zone.moment(*at))
}

/// The last line, without which the file was cut off.
pub(super) const END: &str = "end\n";

fn moment(text: &str) -> Option<Moment> {
    Moment::parse_from_rfc3339(text).ok()
}

/// A word without what parts words and lines.
fn escaped(word: &str) -> Cow<'_, str> {
    if !word.contains(['\\', '\t', '\n', '\r']) {
        return word.into();
    }
    let word = word.replace('\\', r"\\").replace('\t', r"\t");
    word.replace('\n', r"\n").replace('\r', r"\r").into()
}

pub(super) fn plain(word: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', word.as_bytes()).is_none() {
        return word.into();
    }
    let mut parts = word.split('\\');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    while let Some(part) = parts.next() {
        let mut rest = part.chars();
        match rest.next() {
            Some('t') => plain.push('\t'),
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            // Two in a row: the next part is as it stands.
            _ => {
                plain.push('\\');
                plain.push_str(parts.next().unwrap_or_default());
                continue;
            }
        }
        plain.push_str(rest.as_str());
    }
    plain.into()
}

/// What stands between tabs. A prompt waits for it: this takes a third of the
/// time of `split`.
pub(super) struct Words<'a>(pub Option<&'a str>);

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.0?;
        let end = memchr::memchr(b'\t', rest.as_bytes());
        match end.and_then(|end| rest.split_at_checked(end)) {
            Some((word, after)) => {
                self.0 = after.get(1..);
                Some(word)
            }
            None => self.0.take(),
        }
    }
}

/// A local time as seconds, as if it were of UTC.
fn seconds(at: Local) -> String {
    at.and_utc().timestamp().to_string()
}

/// What a brief wants.
fn words(notice: &Notice) -> [String; 11] {
    let due = &notice.due;
    let [first, second, third] = due.nudges.map(seconds);
    [
        notice.reason().to_owned(),
        first,
        second,
        third,
        due.stale.to_string(),
        due.snoozed
            .map(|at| at.timestamp().to_string())
            .unwrap_or_default(),
        due.who
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        due.about.clone(),
        notice.title.clone(),
        notice.who.clone(),
        notice.question.clone(),
    ]
}

pub(super) fn wants<'a>(
    brief: &BriefId,
    mut words: impl Iterator<Item = &'a str>,
) -> Option<Notice> {
    let reason = words.next()?;
    let (reason, _) = REASONS.iter().find(|(_, known)| *known == reason)?;
    let mut seconds = || time(words.next()?);
    let nudges = [seconds()?, seconds()?, seconds()?];
    let stale: Day = words.next()?.parse().ok()?;
    let snoozed = match words.next()? {
        "" => None,
        at => Some(time(at)?.and_utc().fixed_offset()),
    };
    let who = match words.next()? {
        "" => None,
        id => Some(ItemId::parse(id).ok()?),
    };
    let due = Due {
        reason: *reason,
        who,
        about: plain(words.next()?).into_owned(),
        nudges,
        stale,
        snoozed,
    };
    Some(Notice {
        brief: brief.clone(),
        title: plain(words.next()?).into_owned(),
        who: plain(words.next()?).into_owned(),
        question: plain(words.next()?).into_owned(),
        due,
    })
}

/// So many digits has a stamp.
pub(super) const DIGITS: usize = 16;

/// What the hexadecimal digits are worth; more than any of them for other bytes.
const WORTH: [u8; 256] = {
    let (mut worth, mut digit) = ([u8::MAX; 256], 0);
    while digit < 16 {
        worth[b"0123456789abcdef"[digit as usize] as usize] = digit;
        digit += 1;
    }
    worth
};

/// A stamp as it is written: hundreds are read.
pub(super) fn stamp(digits: &str) -> Option<u64> {
    let digits: &[u8; DIGITS] = digits.as_bytes().try_into().ok()?;
    let (mut stamp, mut highest) = (0, 0);
    for digit in digits {
        let worth = WORTH[usize::from(*digit)];
        stamp = stamp << 4 | u64::from(worth);
        highest |= worth;
    }
    (highest < 16).then_some(stamp)
}

pub(super) fn time(seconds: &str) -> Option<Local> {
    let at = chrono::DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
    Some(at.naive_utc())
}

#[cfg(test)]
mod tests;
