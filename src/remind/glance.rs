//! A state as it lies in its file, read no further than is asked for: somebody
//! waits for their prompt, and most of what hundreds of briefs want is for
//! another day.

use std::borrow::Cow;

use super::notice::Notice;
use super::state::{END, State, Words, plain, time, wants};
use crate::domain::work_time::Local;
use crate::domain::{BriefId, Day};

/// What the lines of files begin with, behind the line before.
const SEEN: &str = "\nseen\t";

/// The text of a state, begun to be read.
#[derive(Debug, Clone)]
pub struct Glance<'a> {
    /// All but the files.
    pub head: State,
    files: &'a str,
}

/// A file as it was when it was read.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// As it stands there; whether it is one is not checked.
    pub id: &'a str,
    pub stamp: u64,
    /// When it becomes due, in local time, and where it begins to be told.
    wants: Option<(Local, &'a str)>,
}

impl<'a> Glance<'a> {
    /// `None` where it is none of this version, or not whole.
    pub fn read(text: &'a str) -> Option<Self> {
        let text = text.strip_suffix(END)?;
        let head = text.find(SEEN).map_or(text.len(), |at| at + 1);
        let (head, files) = text.split_at(head);
        Some(Self {
            head: State::read_lines(head)?,
            files,
        })
    }

    /// The text of the state with the head and the one file of another in place of
    /// its own head, that file and the one with the id `before`.
    #[must_use]
    pub fn with(&self, before: &BriefId, other: &State) -> String {
        let text = other.text();
        let text = text.strip_suffix(END).unwrap_or_default();
        let head = text.find(SEEN).map_or(text.len(), |at| at + 1);
        let (head, own) = text.split_at(head);
        let id = other.seen.keys().next().map(BriefId::as_str);
        let mut done = String::with_capacity(text.len() + self.files.len() + END.len());
        done.push_str(head);
        let lines = self.files.split_inclusive('\n');
        let others = lines.filter_map(|line| {
            let its = Words(line.trim_end_matches('\n').strip_prefix("seen\t")).next()?;
            (its != before.as_str() && Some(its) != id).then_some((its, line))
        });
        let mut own = Some(own);
        for (its, line) in others {
            if id.is_some_and(|id| id < its) {
                done.push_str(own.take().unwrap_or_default());
            }
            done.push_str(line);
        }
        done.push_str(own.unwrap_or_default());
        done.push_str(END);
        done
    }

    /// The files, by id; `None` for a line that is none.
    pub fn lines(&self) -> impl Iterator<Item = Option<Line<'a>>> + use<'a> {
        let mut rest = self.files;
        std::iter::from_fn(move || {
            let line = Some(rest).filter(|rest| !rest.is_empty())?;
            // In less time than `lines` takes.
            let end = memchr::memchr(b'\n', line.as_bytes()).unwrap_or(line.len());
            let (line, after) = line.split_at_checked(end)?;
            rest = after.get(1..).unwrap_or_default();
            Some(Line::read(line))
        })
    }
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let mut words = Words(Some(line.strip_prefix("seen\t")?));
        let id = words.next()?;
        let stamp = u64::from_str_radix(words.next()?, 16).ok()?;
        let wants = match words.0 {
            None => None,
            Some(rest) => {
                words.next()?;
                Some((time(words.next()?)?, rest))
            }
        };
        Some(Self { id, stamp, wants })
    }

    /// When it becomes due, in local time; `None` where it wants nothing.
    pub fn due(&self) -> Option<Local> {
        self.wants.map(|(at, _)| at)
    }

    /// Whether it is due at a local time, stale or not.
    pub fn is_due(&self, now: Local) -> bool {
        self.due().is_some_and(|at| at <= now)
    }

    /// What it wants; `None` where it wants nothing, or that cannot be read.
    pub fn notice(&self) -> Option<Notice> {
        let (_, words) = self.wants?;
        let mut words = Words(Some(words));
        let id = BriefId::parse(self.id).ok()?;
        wants(&id, words.next()?, words)
    }
}

/// What a status bar shows of some lines.
///
/// Hundreds of them are read while somebody waits, and most have a day in common:
/// it is read once.
#[derive(Debug, Clone, Copy, Default)]
pub struct Glimpse<'a> {
    day: Option<(&'a str, Day)>,
}

impl<'a> Glimpse<'a> {
    /// Whether what a line wants is stale on a day if it is due, and whom it is
    /// about; `None` where it wants nothing, or that cannot be read. As
    /// [`Line::notice`] has it.
    pub fn told(&mut self, line: &Line<'a>, today: Day) -> Option<(bool, Cow<'a, str>)> {
        let (_, words) = line.wants?;
        let mut words = Words(Some(words));
        // The reason, and the nudges.
        let day = words.nth(4)?;
        let stale = match self.day {
            Some((same, stale)) if same == day => stale,
            _ => day.parse().ok()?,
        };
        self.day = Some((day, stale));
        // When it was put off, the person's id, what it is about, and the title.
        let who = plain(words.nth(4)?);
        // The question.
        words.next()?;
        Some((today >= stale, who))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{apply, at, superreport};
    use crate::domain::nudge::State as Stands;
    use crate::domain::work_time::WorkTime;
    use crate::domain::{action, work_time::Zone as _};
    use crate::remind::Seen;

    /// Of three briefs, one of which wants nothing.
    fn state() -> State {
        let zone = chrono::FixedOffset::east_opt(3600).unwrap();
        let mut state = State {
            basis: "a basis".to_owned(),
            folder: "/a\tfolder\nseen\tx".to_owned(),
            ..State::default()
        };
        for (id, stamp) in [("one", 1), ("two", u64::MAX), ("three", 0)] {
            let mut brief = superreport();
            brief.id = BriefId::parse(id).unwrap();
            brief.title = "a\tb\\c\n".to_owned();
            if stamp != 0 {
                let begun = at("2026-02-04T10:00:00+01:00");
                let start = action::start(&brief, &[], "a test", "s", begun).unwrap();
                apply(&mut brief, start);
            }
            let wants = Notice::of(&brief, &WorkTime::default(), &zone).map(Box::new);
            assert_eq!(wants.is_some(), stamp != 0);
            state.seen.insert(brief.id.clone(), Seen { stamp, wants });
        }
        state
    }

    #[test]
    fn one_file_of_a_state_is_changed_and_nothing_else() {
        let id = |id: &str| BriefId::parse(id).unwrap();
        let state = state();
        let text = state.text();
        let glance = Glance::read(&text).unwrap();
        for (before, after) in [
            ("one", Some("one")),
            ("one", Some("a-new")),
            ("one", Some("zz")),
            ("nobody", Some("p")),
            ("nobody", Some("two")),
            ("three", None),
            ("nobody", None),
        ] {
            let mut expected = state.clone();
            expected.seen.remove(&id(before));
            expected.next = Some(at("2026-02-05T10:00:00+01:00"));
            let mut one = State {
                next: expected.next,
                ..glance.head.clone()
            };
            if let Some(after) = after {
                let mut wants = state.seen[&id("two")].wants.clone();
                wants.as_mut().unwrap().brief = id(after);
                let seen = Seen { stamp: 7, wants };
                one.seen.insert(id(after), seen.clone());
                expected.seen.insert(id(after), seen);
            }
            let changed = glance.with(&id(before), &one);
            assert_eq!(State::read(&changed), Some(expected), "{before} {after:?}");
        }
    }

    #[test]
    fn a_glance_says_of_each_file_what_the_whole_state_says() {
        let zone = chrono::FixedOffset::east_opt(3600).unwrap();
        let state = state();
        let text = state.text();
        let glance = Glance::read(&text).unwrap();
        assert_eq!(
            (&glance.head.basis, &glance.head.folder),
            (&state.basis, &state.folder)
        );
        let lines: Vec<Line<'_>> = glance.lines().map(Option::unwrap).collect();
        assert_eq!(lines.len(), 3);
        for (line, (id, seen)) in lines.iter().zip(&state.seen) {
            assert_eq!((line.id, line.stamp), (id.as_str(), seen.stamp));
            assert_eq!(line.notice(), seen.wants.as_deref().cloned());
            let due = seen.wants.as_ref().map(|wants| wants.due.at());
            assert_eq!(line.due(), due);
        }
        assert!(zone.local(at("2026-02-04T10:00:00+01:00")) < lines[0].due().unwrap());
        for when in ["2026-02-04", "2026-02-12", "2026-12-01"] {
            let now = zone.local(at(&format!("{when}T12:00:00+01:00")));
            let mut glimpse = Glimpse::default();
            for line in &lines {
                let notice = line.notice();
                let told = glimpse.told(line, now.date());
                assert_eq!(told.is_some(), notice.is_some());
                let is_due = notice.as_ref().is_some_and(|n| n.is_due(now));
                assert_eq!(line.is_due(now), is_due);
                if let Some(notice) = notice.filter(|_| is_due) {
                    let is_stale = notice.state(now) == Stands::Stale;
                    assert_eq!(told, Some((is_stale, notice.who.into())), "{when}");
                }
            }
        }
        for end in 0..text.len() {
            assert!(Glance::read(&text[..end]).is_none(), "{end}");
        }
        let torn = text.replace("seen\ttwo\t", "seen\ttwo ");
        let torn = Glance::read(&torn).unwrap();
        assert!(torn.lines().any(|line| line.is_none()));
    }
}
