//! Check-ins as a calendar for other programs (RFC 5545).
//!
//! Each brief that wants something has one event, at the time of its next nudge,
//! or of the last one where all have passed. Nudges that may follow have no
//! events of their own: an answer makes them void, and nobody would take them out
//! of the calendar. The event of a brief always has the same UID, so importing
//! again moves it and never doubles it.
//!
//! SEQUENCE grows with the events of the brief and with its nudges. What moves
//! without either (a day that was edited, other working hours) is noticed where
//! the calendar is written over an earlier one. There too an event whose brief
//! wants nothing any more is cancelled; without the earlier calendar nobody
//! knows that it was ever exported, and it is left out.
//!
//! The events are marked as private, because they name people, and take no time
//! from the day.

use chrono::{DateTime, Days, NaiveDateTime, TimeDelta, Utc};
use icalendar::{
    Alarm, Calendar, Class, Component as _, Event, EventLike as _, EventStatus, Property,
};

use super::Notice;
use crate::domain::nudge::Due;
use crate::domain::work_time::{WorkTime, Zone};
use crate::domain::{Brief, Moment, text};

/// Says whose the calendar is.
const PRODUCT: &str = "-//askfirst//check-ins//EN";
/// Says of which folder it is, without saying where that is.
const FOLDER: &str = "X-ASKFIRST-FOLDER";
/// What comes behind the id of the brief in a UID.
const UID: &str = ".check-in@askfirst";
/// How long an event looks in a calendar, minutes.
const LONG: i64 = 15;
/// How long a cancelled event is kept, days: every calendar has seen it then.
const KEPT: u64 = 60;
/// How much SEQUENCE grows with an event of the brief. There is room between
/// for its three nudges, and for moves that are no events.
const STEP: u32 = 10;

/// The event of one brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub uid: String,
    pub at: DateTime<Utc>,
    pub summary: String,
    pub description: String,
    pub sequence: u32,
    pub cancelled: bool,
}

impl Entry {
    /// The event of a brief; `None` where it wants nothing.
    pub fn of(brief: &Brief, work: &WorkTime, zone: &dyn Zone, now: Moment) -> Option<Self> {
        let notice = Notice::of(brief, work, zone)?;
        let (nudge, at) = next_nudge(&notice.due, zone, now);
        let title = match brief.title.trim() {
            "" => brief.id.as_str(),
            title => title,
        };
        let question = text::line(&notice.question).into_owned();
        let events = u32::try_from(brief.events.len()).unwrap_or(u32::MAX / STEP);
        Some(Self {
            uid: format!("{}{UID}", brief.id),
            at: at.with_timezone(&Utc),
            summary: format!("Check in: {}", text::fit(title, 80)),
            description: format!("{question}\naskfirst {}", notice.command()),
            sequence: events.saturating_mul(STEP).saturating_add(nudge),
            cancelled: false,
        })
    }

    /// The same as a later version of an earlier event.
    fn after(mut self, earlier: &Self) -> Self {
        let least = match self.at == earlier.at && !earlier.cancelled {
            true => earlier.sequence,
            false => earlier.sequence.saturating_add(1),
        };
        self.sequence = self.sequence.max(least);
        self
    }

    fn cancelled(self) -> Self {
        let more = u32::from(!self.cancelled);
        Self {
            sequence: self.sequence.saturating_add(more),
            cancelled: true,
            ..self
        }
    }

    fn event(&self, now: DateTime<Utc>) -> Event {
        let mut event = Event::new();
        event
            .uid(&self.uid)
            .sequence(self.sequence)
            .timestamp(now)
            .starts(self.at)
            .ends(self.at + TimeDelta::minutes(LONG))
            .summary(&self.summary)
            .description(&self.description)
            .class(Class::Private)
            .append_property(Property::new("TRANSP", "TRANSPARENT"));
        if self.cancelled {
            event.status(EventStatus::Cancelled);
        } else {
            event.status(EventStatus::Confirmed);
            let mut alarm = Alarm::display(&self.summary, TimeDelta::zero());
            // RFC 9074, 4; else it would be another one each time.
            alarm.uid(&format!("alarm.{}", self.uid)).timestamp(now);
            event.alarm(alarm.done());
        }
        event.done()
    }
}

/// Which nudge comes next, from 0, and when it is.
fn next_nudge(due: &Due, zone: &dyn Zone, now: Moment) -> (u32, Moment) {
    let local = zone.local(now);
    let mut nudges = (0..).zip(due.nudges);
    let last = (2, due.nudges[2]);
    let (at, nudge) = nudges.find(|(_, at)| *at > local).unwrap_or(last);
    (at, zone.moment(nudge))
}

/// A calendar that was written earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The word for the folder that it is of.
    pub folder: String,
    pub entries: Vec<Entry>,
}

impl Earlier {
    /// Reads it; `None` where it was not written here.
    pub fn read(text: &str) -> Option<Self> {
        let lines = unfolded(text);
        let mut lines = lines.iter().map(|line| split(line));
        if lines.next()? != ("BEGIN", "VCALENDAR") {
            return None;
        }
        let mut earlier = Self {
            folder: String::new(),
            entries: Vec::new(),
        };
        let mut is_ours = false;
        while let Some((name, value)) = lines.next() {
            match (name, value) {
                ("PRODID", product) => is_ours = product == PRODUCT,
                (FOLDER, folder) => folder.clone_into(&mut earlier.folder),
                ("BEGIN", "VEVENT") => earlier.entries.extend(entry(&mut lines)),
                _ => {}
            }
        }
        is_ours.then_some(earlier)
    }
}

/// The event whose first line was just read; `None` where it is none of ours.
fn entry<'a>(lines: &mut impl Iterator<Item = (&'a str, &'a str)>) -> Option<Entry> {
    let (mut uid, mut at, mut sequence) = (None, None, 0);
    let (mut summary, mut description, mut cancelled) = (String::new(), String::new(), false);
    let mut inside = 0;
    for (name, value) in lines {
        match (name, value) {
            ("END", "VEVENT") => break,
            // What belongs to an alarm.
            ("BEGIN", _) => inside += 1,
            ("END", _) => inside -= 1,
            _ if inside > 0 => {}
            ("UID", value) => uid = value.ends_with(UID).then(|| value.to_owned()),
            ("DTSTART", value) => {
                let time = NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%SZ");
                at = time.ok().map(|time| time.and_utc());
            }
            ("SEQUENCE", value) => sequence = value.parse().unwrap_or(0),
            ("STATUS", value) => cancelled = value == "CANCELLED",
            ("SUMMARY", value) => summary = unescaped(value),
            ("DESCRIPTION", value) => description = unescaped(value),
            _ => {}
        }
    }
    Some(Entry {
        uid: uid?,
        at: at?,
        summary: text::line(&summary).into_owned(),
        description: text::block(&description).into_owned(),
        sequence,
        cancelled,
    })
}

/// RFC 5545, 3.1: a line that begins with a space goes on from the one before.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

fn split(line: &str) -> (&str, &str) {
    let (name, value) = line.split_once(':').unwrap_or((line, ""));
    let name = name.split(';').next().unwrap_or(name);
    (name, value)
}

fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(c) => text.push(c),
                None => {}
            },
            c => text.push(c),
        }
    }
    text
}

/// A word for a folder that does not tell where it is.
pub fn folder_word(path: &str) -> String {
    let hash = blake3::hash(path.as_bytes()).to_hex();
    hash.chars().take(12).collect()
}

/// The events to write: those of now, and of an earlier calendar what has to be
/// taken back. `unread` are ids of files that could not be read just now: what
/// was exported of them stays.
pub fn merged(fresh: Vec<Entry>, earlier: &[Entry], unread: &[&str], now: Moment) -> Vec<Entry> {
    let same = |uid: &str| earlier.iter().find(|entry| entry.uid == uid);
    let mut entries: Vec<Entry> = fresh
        .into_iter()
        .map(|entry| match same(&entry.uid) {
            Some(old) => entry.after(old),
            None => entry,
        })
        .collect();
    let old_enough = now.with_timezone(&Utc) - Days::new(KEPT);
    for old in earlier {
        let id = old.uid.strip_suffix(UID).unwrap_or(&old.uid);
        if entries.iter().any(|entry| entry.uid == old.uid) {
            continue;
        }
        if unread.contains(&id) {
            entries.push(old.clone());
        } else if old.at >= old_enough {
            entries.push(old.clone().cancelled());
        }
    }
    entries.sort_by(|a, b| (a.at, &a.uid).cmp(&(b.at, &b.uid)));
    entries
}

/// The text of a calendar.
pub fn render(entries: &[Entry], folder: &str, now: Moment) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", PRODUCT),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", "Check-ins"),
        (FOLDER, folder),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    for entry in entries {
        calendar.push(entry.event(now.with_timezone(&Utc)));
    }
    corrected(&calendar.to_string())
}

/// The library stamps alarms too, which have no such property (RFC 5545, 3.6.6),
/// and folds the rest of a line one octet too late.
fn corrected(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut in_alarm = false;
    for line in unfolded(text) {
        match line.as_str() {
            "BEGIN:VALARM" => in_alarm = true,
            "END:VALARM" => in_alarm = false,
            line if in_alarm && line.starts_with("DTSTAMP:") => continue,
            _ => {}
        }
        fold(&line, &mut kept);
    }
    kept
}

/// Appends a line in pieces of at most 75 octets, broken between characters
/// (RFC 5545, 3.1).
fn fold(line: &str, out: &mut String) {
    let mut taken = 0;
    for c in line.chars() {
        if taken + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            taken = 1;
        }
        out.push(c);
        taken += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests;
