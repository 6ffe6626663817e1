//! What is remembered of a folder between two runs.
//!
//! All of it can be lost: what the files want is read from them again, and
//! without the marks of what was shown a reminder is shown once more. So
//! anything that cannot be read is no state at all, and never an error.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::notice::{Notice, REASONS};
use crate::domain::nudge::{self, Due};
use crate::domain::work_time::{Local, WorkTime, Zone};
use crate::domain::{BriefId, Day, ItemId, Moment};

/// The format of the file. Another one is not read.
const FORMAT: u32 = 1;
/// How long it is remembered when something was shown: longer than any brief
/// is away while another branch is checked out, days.
const MEMORY: i64 = 90;
/// At most so often is something shown where nobody asked for it.
pub const PAUSE: TimeDelta = TimeDelta::hours(4);

/// A file as it was when it was read, and what its brief wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Changes with the file; only compared.
    pub stamp: String,
    pub wants: Option<Notice>,
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
    pub seen: BTreeMap<BriefId, Seen>,
    /// When something about a brief was last shown unasked.
    pub shown: BTreeMap<BriefId, Moment>,
}

/// A word that changes with everything besides the files that the wants depend
/// on: the working time, the place, and the program's way to put it.
pub fn basis(work: &WorkTime, zone: &dyn Zone, now: Moment) -> String {
    use std::fmt::Write as _;
    let mut all = format!("{FORMAT} {} {work:?}", env!("CARGO_PKG_VERSION"));
    // A zone has no name that every platform tells: what its clocks do in the
    // weeks of the year is as good.
    let year = chrono::NaiveDate::from_ymd_opt(now.naive_utc().year(), 1, 1);
    let begin = year.unwrap_or_default().and_time(NaiveTime::MIN).and_utc();
    for week in 0..56 {
        let at = begin + TimeDelta::weeks(week);
        let offset = zone.local(at.fixed_offset()) - at.naive_utc();
        let _ = write!(all, " {}", offset.num_minutes());
    }
    let hash = blake3::hash(all.as_bytes()).to_hex();
    hash.as_str().chars().take(16).collect()
}

impl State {
    /// The notices, in no order.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.seen.values().filter_map(|seen| seen.wants.as_ref())
    }

    /// Those that may be shown unasked now, the first to show first.
    pub fn to_show(&self, work: &WorkTime, zone: &dyn Zone, now: Moment) -> Vec<&Notice> {
        let local = zone.local(now);
        let mut found: Vec<&Notice> = self
            .notices()
            .filter(|n| n.due.nudges_now(work, local, self.shown_at(&n.brief)))
            .collect();
        found.sort_by_cached_key(|notice| notice.rank(local));
        found
    }

    /// Those that are due and may be shown at a good occasion, such as when a
    /// branch is checked out: on any day until they are stale.
    pub fn due_now(&self, work: &WorkTime, zone: &dyn Zone, now: Moment) -> Vec<&Notice> {
        let local = zone.local(now);
        let is_due = |n: &&Notice| matches!(n.state(local), nudge::State::Due(_));
        let found = self.notices().filter(|_| work.may_ask(local));
        let mut found: Vec<&Notice> = found.filter(is_due).collect();
        found.sort_by_cached_key(|notice| notice.rank(local));
        found
    }

    /// Marks that something about a brief is shown now.
    pub fn show(&mut self, brief: &BriefId, now: Moment) {
        self.shown.insert(brief.clone(), now);
    }

    /// What its clock showed then; see [`Due::nudges_now`].
    fn shown_at(&self, brief: &BriefId) -> Option<Local> {
        self.shown.get(brief).map(|at| at.naive_local())
    }

    /// When something was last shown, as far as the clock can be right.
    pub fn last_shown(&self, now: Moment) -> Option<Moment> {
        self.shown.values().filter(|at| **at <= now).max().copied()
    }

    /// Reckons the next moment anew, and forgets what was shown long ago.
    pub fn plan(&mut self, work: &WorkTime, zone: &dyn Zone, now: Moment) {
        let all = self.notices();
        let next = all.filter_map(|n| next_nudge(&n.due, work, zone, now, self.shown_at(&n.brief)));
        self.next = next.min();
        self.shown
            .retain(|_, at| now - *at < TimeDelta::days(MEMORY));
    }

    /// Reads the text of a file; `None` where it is none of this version.
    pub fn read(text: &str) -> Option<Self> {
        let raw: Raw = toml::from_str(text).ok()?;
        if raw.format != FORMAT {
            return None;
        }
        let mut state = Self {
            basis: raw.basis,
            folder: raw.folder,
            next: raw.next.as_deref().and_then(moment),
            ..Self::default()
        };
        for (id, when) in raw.shown {
            state
                .shown
                .insert(BriefId::parse(&id).ok()?, moment(&when)?);
        }
        for (id, fields) in raw.briefs {
            let id = BriefId::parse(&id).ok()?;
            let mut fields = fields.into_iter();
            let stamp = fields.next()?;
            let wants = match fields.len() {
                0 => None,
                _ => Some(wants(&id, fields)?),
            };
            state.seen.insert(id, Seen { stamp, wants });
        }
        Some(state)
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let raw = Raw {
            format: FORMAT,
            basis: self.basis.clone(),
            folder: self.folder.clone(),
            next: self.next.as_ref().map(Moment::to_rfc3339),
            shown: self
                .shown
                .iter()
                .map(|(id, at)| (id.to_string(), at.to_rfc3339()))
                .collect(),
            briefs: self
                .seen
                .iter()
                .map(|(id, seen)| (id.to_string(), fields(seen)))
                .collect(),
        };
        let body = toml::to_string(&raw).unwrap_or_default();
        format!("# What askfirst reminds of. Without this file nothing is lost.\n{body}")
    }
}

/// The first moment from now on at which a due thing may be shown.
fn next_nudge(
    due: &Due,
    work: &WorkTime,
    zone: &dyn Zone,
    now: Moment,
    shown: Option<Local>,
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
    let day_seen = shown.filter(|shown| shown.date() <= local.date() + Days::new(7));
    let after = due.nudges.iter().filter(|at| {
        let fresh = day_seen.is_none_or(|shown| {
            at.date() > shown.date() || due.snoozed.is_some_and(|when| when > shown)
        });
        **at > local && fresh
    });
    after.min().map(|at| zone.moment(*at))
}

/// The file. What a brief wants is a list of words and no table: a hundred of
/// them are read in the time of a blink of the program.
#[derive(Serialize, Deserialize)]
struct Raw {
    format: u32,
    basis: String,
    folder: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(default)]
    shown: BTreeMap<String, String>,
    #[serde(default)]
    briefs: BTreeMap<String, Vec<String>>,
}

fn moment(text: &str) -> Option<Moment> {
    Moment::parse_from_rfc3339(text).ok()
}

/// The stamp, and what the brief wants if it wants anything.
fn fields(seen: &Seen) -> Vec<String> {
    let mut fields = vec![seen.stamp.clone()];
    let Some(wants) = &seen.wants else {
        return fields;
    };
    let due = &wants.due;
    let reason = REASONS.iter().find(|(reason, _)| *reason == due.reason);
    fields.push(reason.map_or("", |(_, word)| word).to_owned());
    fields.extend(due.nudges.iter().map(ToString::to_string));
    fields.push(due.stale.to_string());
    fields.push(due.snoozed.map(|at| at.to_string()).unwrap_or_default());
    fields.push(
        due.who
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
    );
    fields.extend([&due.about, &wants.title, &wants.who, &wants.question].map(String::clone));
    fields
}

fn wants(brief: &BriefId, mut fields: impl Iterator<Item = String>) -> Option<Notice> {
    let word = fields.next()?;
    let (reason, _) = REASONS.iter().find(|(_, known)| *known == word)?;
    let mut local = || -> Option<Local> { time(&fields.next()?) };
    let nudges = [local()?, local()?, local()?];
    let stale: Day = fields.next()?.parse().ok()?;
    let snoozed = match fields.next()? {
        none if none.is_empty() => None,
        at => Some(time(&at)?),
    };
    let who = match fields.next()? {
        none if none.is_empty() => None,
        id => Some(ItemId::parse(&id).ok()?),
    };
    let due = Due {
        reason: *reason,
        who,
        about: fields.next()?,
        nudges,
        stale,
        snoozed,
    };
    Some(Notice {
        brief: brief.clone(),
        title: fields.next()?,
        who: fields.next()?,
        question: fields.next()?,
        due,
    })
}

fn time(text: &str) -> Option<Local> {
    Local::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok()
}

/// What the hooks read, without starting this program. Its first line has the
/// second at which something may be shown, or `none`, and the second at which
/// that was written, which tells when the clock has gone back since. The known
/// folders follow, one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    pub at: Option<Moment>,
    pub written: Moment,
    pub folders: Vec<String>,
}

impl Next {
    /// Over all known folders: the first of their moments, and not sooner than
    /// the pause after what was last shown.
    pub fn of<'a>(states: impl IntoIterator<Item = &'a State>, now: Moment) -> Self {
        let (mut at, mut last) = (None, None);
        let mut folders = Vec::new();
        for state in states {
            at = [at, state.next].into_iter().flatten().min();
            last = last.max(state.last_shown(now));
            folders.push(state.folder.clone());
        }
        let pause = last.map(|last: Moment| last + PAUSE);
        Self {
            at: at.map(|at| pause.map_or(at, |pause| at.max(pause))),
            written: now,
            folders,
        }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let at = self.at.map(|at| at.timestamp().to_string());
        let at = at.unwrap_or_else(|| "none".to_owned());
        let mut text = format!("{at} {}\n", self.written.timestamp());
        for folder in self.folders.iter().filter(|f| !f.contains('\n')) {
            text.push_str(folder);
            text.push('\n');
        }
        text
    }

    /// The folders that the text of a file tells.
    pub fn folders_in(text: &str) -> impl Iterator<Item = &str> {
        text.lines().skip(1).filter(|line| !line.is_empty())
    }
}

#[cfg(test)]
mod tests;
