//! A state as it lies in its file, read no further than is asked for: somebody
//! waits for their prompt, and most of what hundreds of briefs want is for
//! another day.

use super::notice::Notice;
use super::state::{self, END, State, Words, time, wants};
use crate::domain::BriefId;
use crate::domain::work_time::Local;

/// What the lines of files begin with, behind the line before.
const SEEN: &str = "\nseen\t";
/// What those of what they want begin with.
const WANTS: &str = "\nwants\t";

/// The beginning of the text of a state: all but what the files want.
#[derive(Debug, Clone)]
pub struct Front<'a> {
    pub head: State,
    files: &'a str,
}

/// The text of a state, begun to be read.
#[derive(Debug, Clone)]
pub struct Glance<'a> {
    pub front: Front<'a>,
    wants: &'a str,
    /// Whether no line behind those is missing.
    is_whole: bool,
}

/// A file as it was when it was read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Line<'a> {
    /// As it stands there; whether it is one is not checked.
    pub id: &'a str,
    pub stamp: u64,
}

/// What a brief wants, begun to be read.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// As in [`Line`].
    pub id: &'a str,
    /// When it becomes due, in local time.
    pub due: Local,
    words: &'a str,
}

impl<'a> Front<'a> {
    /// Reads the first bytes of a file, which may be cut off anywhere; `None` where it
    /// is none of this version, or more bytes are needed.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let bytes = bytes.get(..Self::end(bytes)?)?;
        Self::of(std::str::from_utf8(bytes).ok()?)
    }

    /// Whether the first bytes of a file are enough to be read.
    pub fn is_in(bytes: &[u8]) -> bool {
        Self::end(bytes).is_some()
    }

    fn end(bytes: &[u8]) -> Option<usize> {
        match memchr::memmem::find(bytes, WANTS.as_bytes()) {
            Some(at) => Some(at + 1),
            None => Some(without_end(bytes)?.len()),
        }
    }

    fn of(text: &'a str) -> Option<Self> {
        let (head, files) = text.split_at(begin_of(text, SEEN));
        Some(Self {
            head: State::read_lines(head)?,
            files,
        })
    }

    /// The files, by id; `None` for a line that is none.
    pub fn lines(&self) -> impl Iterator<Item = Option<Line<'a>>> + use<'a> {
        lines(self.files).map(Line::read)
    }

    /// Whether there is a line of a file.
    pub fn has(&self, id: &BriefId) -> bool {
        // No id has a tab, so this stands nowhere else.
        let line = format!("seen\t{id}\t");
        memchr::memmem::find(self.files.as_bytes(), line.as_bytes()).is_some()
    }
}

impl<'a> Glance<'a> {
    /// `None` where it is none of this version, or not whole.
    pub fn read(text: &'a str) -> Option<Self> {
        Self::begun(text.as_bytes()).filter(|glance| glance.is_whole)
    }

    /// Reads the first bytes of a file, as [`Front::read`] does: what the files want as
    /// far as it stands there.
    pub fn begun(bytes: &'a [u8]) -> Option<Self> {
        let front = bytes.get(..Front::end(bytes)?)?;
        let rest = bytes.get(front.len()..)?;
        let (wants, is_whole) = match without_end(rest) {
            Some(wants) => (wants, true),
            // The last line may be cut off.
            None => (
                rest.get(..memchr::memrchr(b'\n', rest).map_or(0, |at| at + 1))?,
                false,
            ),
        };
        Some(Self {
            front: Front::of(std::str::from_utf8(front).ok()?)?,
            wants: std::str::from_utf8(wants).ok()?,
            is_whole,
        })
    }

    /// The text of the state with the head and the one file of another in place of
    /// its own head, that file and the one with the id `before`.
    #[must_use]
    pub fn with(&self, before: &BriefId, other: &State) -> String {
        let text = other.text();
        let text = text.strip_suffix(END).unwrap_or_default();
        let (text, own_wants) = text.split_at(begin_of(text, WANTS));
        let (head, own) = text.split_at(begin_of(text, SEEN));
        let id = other.seen.keys().next().map(BriefId::as_str);
        let size = text.len() + self.front.files.len() + self.wants.len() + own_wants.len();
        let mut done = String::with_capacity(size + END.len());
        done.push_str(head);
        for (all, own) in [(self.front.files, own), (self.wants, own_wants)] {
            let place = place_of(own);
            let mut own = Some(own);
            for line in all.split_inclusive('\n') {
                let its = place_of(line);
                if its.1 == before.as_str() || Some(its.1) == id {
                    continue;
                }
                if place < its {
                    done.push_str(own.take().unwrap_or_default());
                }
                done.push_str(line);
            }
            done.push_str(own.unwrap_or_default());
        }
        done.push_str(END);
        done
    }

    /// What the files want, the first to become due first, and of those that become due
    /// at once by id; `None` for a line that is none.
    pub fn wants(&self) -> impl Iterator<Item = Option<Wanted<'a>>> + use<'a> {
        lines(self.wants).map(Wanted::read)
    }

    /// What is due at a local time, and what is next; `None` where a line is none, or more
    /// has to be read to tell.
    pub fn until_next(&self, now: Local) -> Option<Vec<Wanted<'a>>> {
        let mut told = Vec::new();
        for wanted in self.wants() {
            let wanted = wanted?;
            told.push(wanted);
            if wanted.due > now {
                return Some(told);
            }
        }
        self.is_whole.then_some(told)
    }
}

/// What stands before the last line of a text that is whole, as far as it is there.
fn without_end(bytes: &[u8]) -> Option<&[u8]> {
    let before = bytes.strip_suffix(END.as_bytes())?;
    (before.is_empty() || before.ends_with(b"\n")).then_some(before)
}

/// Where the lines begin that begin like this, or the end.
fn begin_of(text: &str, line: &str) -> usize {
    let found = memchr::memmem::find(text.as_bytes(), line.as_bytes());
    found.map_or(text.len(), |at| at + 1)
}

/// Where a line stands among others: when its brief becomes due, in seconds, where it
/// says what that wants, and the id.
fn place_of(line: &str) -> (i64, &str) {
    let mut words = Words(Some(line.trim_end_matches('\n')));
    let (kind, id) = (words.next(), words.next().unwrap_or_default());
    let due = match kind {
        // Behind the reason.
        Some("wants") => words.nth(1).and_then(|seconds| seconds.parse().ok()),
        _ => None,
    };
    (due.unwrap_or_default(), id)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let line = Some(rest).filter(|rest| !rest.is_empty())?;
        // In less time than `lines` takes.
        let end = memchr::memchr(b'\n', line.as_bytes()).unwrap_or(line.len());
        let (line, after) = line.split_at_checked(end)?;
        rest = after.get(1..).unwrap_or_default();
        Some(line)
    })
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let line = line.strip_prefix("seen\t")?;
        // From the end, where all of them are alike: hundreds are read.
        let (id, stamp) = line.split_at_checked(line.len().checked_sub(state::DIGITS)?)?;
        Some(Self {
            id: id.strip_suffix('\t')?,
            stamp: state::stamp(stamp)?,
        })
    }
}

impl<'a> Wanted<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let mut words = Words(Some(line.strip_prefix("wants\t")?));
        let (id, rest) = (words.next()?, words.0?);
        // Behind the reason.
        let due = time(words.nth(1)?)?;
        Some(Self {
            id,
            due,
            words: rest,
        })
    }

    /// All of it; `None` where that cannot be read.
    pub fn notice(&self) -> Option<Notice> {
        wants(&BriefId::parse(self.id).ok()?, Words(Some(self.words)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::action;
    use crate::domain::fixture::{apply, at, superreport};
    use crate::domain::work_time::WorkTime;
    use crate::remind::Seen;

    /// Of three briefs, one of which wants nothing.
    fn state() -> State {
        let zone = chrono::FixedOffset::east_opt(3600).unwrap();
        let mut state = State {
            basis: "a basis".to_owned(),
            folder: "/a\tfolder\nseen\tx".to_owned(),
            ..State::default()
        };
        for (id, stamp, day) in [("one", 1, 5), ("two", u64::MAX, 4), ("three", 0, 0)] {
            let mut brief = superreport();
            brief.id = BriefId::parse(id).unwrap();
            brief.title = "a\tb\\c\n".to_owned();
            if stamp != 0 {
                // Looked at after two working days.
                brief.plan.cadence.clear();
                brief.plan.need_by = None;
                let begun = at(&format!("2026-02-0{day}T10:00:00+01:00"));
                let start = action::start(&brief, &[], "a test", "s", begun).unwrap();
                apply(&mut brief, start);
            }
            let wants = Notice::of(&brief, &WorkTime::default(), &zone).map(Box::new);
            assert_eq!(wants.is_some(), stamp != 0);
            state.seen.insert(brief.id.clone(), Seen { stamp, wants });
        }
        state.plan(&WorkTime::default(), &zone, at("2026-02-04T12:00:00+01:00"));
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
            ("two", Some("one")),
        ] {
            let mut expected = state.clone();
            expected.seen.remove(&id(before));
            expected.next = Some(at("2026-02-05T10:00:00+01:00"));
            let mut one = State {
                next: expected.next,
                ..glance.front.head.clone()
            };
            if let Some(after) = after {
                let mut wants = state.seen[&id("two")].wants.clone();
                wants.as_mut().unwrap().brief = id(after);
                let seen = Seen { stamp: 7, wants };
                one.seen.insert(id(after), seen.clone());
                expected.seen.insert(id(after), seen);
            }
            let changed = glance.with(&id(before), &one);
            assert_eq!(changed, expected.text(), "{before} {after:?}");
            assert_eq!(State::read(&changed), Some(expected), "{before} {after:?}");
        }
    }

    #[test]
    fn a_glance_says_of_each_file_what_the_whole_state_says() {
        let state = state();
        let text = state.text();
        let glance = Glance::read(&text).unwrap();
        let head = &glance.front.head;
        assert_eq!(
            (&head.basis, &head.folder, &head.bar),
            (&state.basis, &state.folder, &state.bar)
        );
        let lines: Vec<Line<'_>> = glance.front.lines().map(Option::unwrap).collect();
        assert_eq!(lines.len(), 3);
        for (line, (id, seen)) in lines.iter().zip(&state.seen) {
            assert_eq!((line.id, line.stamp), (id.as_str(), seen.stamp));
            assert!(glance.front.has(id));
        }
        for other in ["on", "wo", "ne-two", "three-2", "seen"] {
            assert!(!glance.front.has(&BriefId::parse(other).unwrap()));
        }
        let wants: Vec<Wanted<'_>> = glance.wants().map(Option::unwrap).collect();
        assert_eq!(wants.len(), 2);
        let mut notices: Vec<&Notice> = state.notices().collect();
        notices.sort_by_key(|notice| notice.due.at());
        assert_eq!(notices[0].brief.as_str(), "two");
        for (wanted, notice) in wants.iter().zip(notices) {
            assert_eq!(wanted.notice().as_ref(), Some(notice));
            assert_eq!(
                (wanted.id, wanted.due),
                (notice.brief.as_str(), notice.due.at())
            );
        }
        for end in 0..text.len() {
            assert!(Glance::read(&text[..end]).is_none(), "{end}");
        }
        for (is, wrong) in [
            ("seen\ttwo\t", "seen\ttwo "),
            ("wants\ttwo\t", "wants\ttwo "),
        ] {
            let torn = text.replace(is, wrong);
            let torn = Glance::read(&torn).unwrap();
            let is_torn = torn.front.lines().any(|line| line.is_none())
                || torn
                    .wants()
                    .any(|wanted| wanted.and_then(|wanted| wanted.notice()).is_none());
            assert!(is_torn, "{wrong}");
        }
    }

    #[test]
    fn what_is_due_and_next_is_told_from_as_many_bytes_as_it_takes() {
        let state = state();
        let text = state.text();
        let whole = Glance::read(&text).unwrap();
        let due: Vec<Local> = whole.wants().map(|wanted| wanted.unwrap().due).collect();
        let second = chrono::TimeDelta::seconds(1);
        let told = |bytes: &[u8], now| {
            let told = Glance::begun(bytes)?.until_next(now)?;
            let ids: Vec<String> = told.iter().map(|wanted| wanted.id.to_owned()).collect();
            Some(ids.join(" "))
        };
        for (now, ids, last) in [
            (due[0] - second, "two", Some("wants\ttwo")),
            (due[0], "two one", Some("wants\tone")),
            // Whether there are more only the last line tells.
            (due[1], "two one", None),
        ] {
            let enough = match last.and_then(|last| text.find(last)) {
                Some(at) => at + text[at..].find('\n').unwrap() + 1,
                None => text.len(),
            };
            for end in 0..=text.len() {
                let found = told(&text.as_bytes()[..end], now);
                let expected = (end >= enough).then(|| ids.to_owned());
                assert_eq!(found, expected, "{now} {end}");
            }
        }
    }

    #[test]
    fn the_front_is_read_from_so_many_bytes_as_it_has_and_no_fewer() {
        let mut all = state();
        for wants in [true, false] {
            if !wants {
                all.seen.values_mut().for_each(|seen| seen.wants = None);
            }
            let text = all.text();
            let enough = match text.find(WANTS) {
                Some(at) => at + WANTS.len(),
                None => text.len(),
            };
            assert_eq!(enough < text.len(), wants);
            for end in 0..=text.len() {
                let front = Front::read(&text.as_bytes()[..end]);
                assert_eq!(front.is_some(), end >= enough, "{end}");
                assert_eq!(Front::is_in(&text.as_bytes()[..end]), end >= enough);
                if let Some(front) = front {
                    assert_eq!((front.lines().count(), &front.head.bar), (3, &all.bar));
                }
            }
        }
    }
}
