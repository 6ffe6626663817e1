//! What has changed in a folder since it was looked at, with as few looks at the
//! files as can be.

use std::cell::LazyCell;
use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;

use super::super::colleagues;
use super::{Found, Reminders, Which};
use crate::domain::work_time::Zone as _;
use crate::domain::{BriefId, Moment, Summary};
use crate::remind::{Front, Glance, Looked, Notice, Seen, State, Wanted};
use crate::storage::{Broken, Folder, Indexed, Stamp, Store as _, StoreError, TRUST, real};

/// Up to so many files all of them are looked at each time.
pub(super) const FEW: usize = 200;

/// What was found in a folder.
pub(super) struct Look {
    pub state: State,
    pub broken: Vec<Broken>,
    /// Whether there is anything to remember anew.
    pub is_news: bool,
}

impl Reminders {
    /// What a folder wants where nothing has changed since it was remembered, as its
    /// file says; `None` where more has to be done than to look.
    pub(super) fn unchanged(&self, folder: &Path, which: Which, now: Moment) -> Option<Found> {
        let local = self.zone.local(now);
        match which {
            Which::All => {
                let text = self.text_of(folder)?;
                let glance = Glance::read(&text)?;
                let all = glance.wants().collect::<Option<_>>()?;
                self.as_told(folder, &glance, all, now)
            }
            Which::DueAndNext => {
                let bytes = self.front_of(folder)?;
                let glance = Glance::begun(&bytes)?;
                if let Some(told) = glance.until_next(local) {
                    return self.as_told(folder, &glance, told, now);
                }
                let text = self.text_of(folder)?;
                let glance = Glance::read(&text)?;
                self.as_told(folder, &glance, glance.until_next(local)?, now)
            }
        }
    }

    /// What was told of a folder, where that is as it was.
    fn as_told(
        &self,
        folder: &Path,
        glance: &Glance<'_>,
        told: Vec<Wanted<'_>>,
        now: Moment,
    ) -> Option<Found> {
        if !self.is_unchanged(folder, &glance.front, now) {
            return None;
        }
        let local = self.zone.local(now);
        let notices = told.iter().map(Wanted::notice);
        let mut notices: Vec<Notice> = notices.collect::<Option<_>>()?;
        notices.sort_by(|a, b| a.order(b, local));
        Some(Found {
            notices,
            broken: Vec::new(),
        })
    }

    /// What a status bar shows of a folder, as far as its files can be read; `None`
    /// where nothing is remembered of it, and where it cannot be looked at.
    pub fn bar(&self, folder: &Path, now: Moment) -> Option<String> {
        let folder = real(folder);
        let local = self.zone.local(now);
        let bytes = self.front_of(&folder)?;
        if let Some(front) = Front::read(&bytes)
            && let Some(bar) = front.head.bar.as_ref().filter(|bar| bar.is_of(local))
            && self.is_unchanged(&folder, &front, now)
        {
            return Some(bar.line.clone());
        }
        let text = self.text_of(&folder)?;
        let look = self.look_and_keep(&folder, Some(text), now).ok()?;
        Some(look.state.bar?.line)
    }

    /// Whether the files are as they were; `false` where that takes a look into them.
    fn is_unchanged(&self, folder: &Path, front: &Front<'_>, now: Moment) -> bool {
        let head = &front.head;
        if folder.to_str() != Some(&head.folder) || head.basis != self.basis(now) {
            return false;
        }
        // When the clock has gone back all is reckoned again.
        let Some(looked) = head.looked.as_ref().filter(|looked| looked.at <= now) else {
            return false;
        };
        // A line that is none is no file that is as it was.
        let seen = front.lines().map(Option::unwrap_or_default);
        let seen = seen.map(|line| (line.id, line.stamp));
        is_as_it_was(&Folder::at(folder), looked, seen, now).unwrap_or_default()
    }

    /// Looks what has changed in a folder, and reads that.
    pub(super) fn look(
        &self,
        folder: &Path,
        remembered: Option<State>,
        now: Moment,
    ) -> Result<Look, StoreError> {
        let store = Folder::at(folder);
        let lens = self.lens(now);
        let old = remembered.unwrap_or_default();
        let basis = self.basis(now);
        let seen = old.seen.iter().map(|(id, seen)| (id.as_str(), seen.stamp));
        if let Some(looked) = old.looked.as_ref().filter(|_| old.basis == basis)
            && is_as_it_was(&store, looked, seen, now)?
        {
            let mut state = old;
            let (next, bar) = (state.next, state.bar.clone());
            state.plan(&self.work, &self.zone, now);
            return Ok(Look {
                is_news: (state.next, &state.bar) != (next, &bar),
                broken: Vec::new(),
                state,
            });
        }
        // Before the files: what comes while they are read is seen next time.
        let stamp = store.own_stamp().map_or(0, |(number, _)| number);
        let rows = Indexed::new(store, lens.clone()).rows(&lens)?;
        let files: Vec<_> = rows.files().collect();
        let is_few = files.len() <= FEW;
        let mut state = State {
            folder: folder.to_str().unwrap_or_default().to_owned(),
            basis,
            shown: old.shown.clone(),
            bar: old.bar.clone(),
            looked: Some(Looked {
                stamp,
                files: files.len(),
                // Of few files nothing is trusted for how young it is.
                at: match &old.looked {
                    Some(looked) if is_few => looked.at,
                    _ => now,
                },
                // What is broken is told each time.
                began: match rows.broken.is_empty() {
                    true => u64::try_from(rows.began.as_nanos()).unwrap_or_default(),
                    false => 0,
                },
            }),
            ..State::default()
        };
        let me = LazyCell::new(|| colleagues::me(folder, &self.name));
        let is_mine = |row: &&Summary<'_>| row.owner.is_empty() || me.answers_to(&row.owner);
        for (id, number, row) in files {
            let wants = row.as_ref().filter(is_mine).and_then(notice);
            let Some(row) = row else { continue };
            if !is_few && wants.is_none() && !row.is_under_way() {
                continue;
            }
            let seen = Seen {
                stamp: number,
                wants: wants.map(Box::new),
            };
            state.seen.insert(id, seen);
        }
        state.plan(&self.work, &self.zone, now);
        Ok(Look {
            is_news: state != old,
            broken: rows.broken,
            state,
        })
    }
}

/// Whether no file has changed since all were looked at.
///
/// In a folder with few of them all are looked at again. In a large one those
/// are that are under way or want something, now or later, and the folder itself,
/// which tells of files that came, went or were replaced. Only a draft or a brief
/// that is over, wanted nothing, and was written to in its place is not seen there
/// until all are looked at again: by a list or the desk, and after [`TRUST`].
fn is_as_it_was<'a>(
    store: &Folder,
    looked: &Looked,
    mut seen: impl Iterator<Item = (&'a str, u64)>,
    now: Moment,
) -> Result<bool, StoreError> {
    let began = Duration::from_nanos(looked.began);
    let same = |stamp: &Stamp, number: u64| stamp.number == number && stamp.is_older(began);
    if looked.files <= FEW {
        let stamps = store.stamps()?;
        let are_same = stamps.iter().all(|stamp| {
            let seen = seen.next();
            seen.is_some_and(|(id, number)| stamp.id.as_str() == id && same(stamp, number))
        });
        return Ok(are_same && seen.next().is_none());
    }
    let age = now - looked.at;
    let is_fresh = TimeDelta::zero() <= age && age < TRUST;
    let is_same = |(number, modified)| number == looked.stamp && modified < began;
    Ok(is_fresh && store.own_stamp().is_some_and(is_same) && store.are_as_seen(seen, began))
}

/// What a brief in a list wants.
pub fn notice(row: &Summary<'_>) -> Option<Notice> {
    let wants = row.wants.clone()?;
    Some(Notice {
        brief: BriefId::parse(&row.id).ok()?,
        title: row.title.clone().into_owned(),
        who: wants.who.into_owned(),
        question: wants.question.into_owned(),
        due: wants.due,
    })
}
