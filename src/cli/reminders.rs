//! What folders of briefs want, with as little reading as can be: the glue of
//! the briefs, the settings, the clock and what is remembered between two runs.
//!
//! Nothing here fails because of what is remembered. What cannot be read is
//! reckoned anew, what cannot be written is reckoned again next time.

mod digest;
mod look;
mod watched;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::colleagues;
use crate::clock::Here;
use crate::domain::work_time::{WorkTime, Zone as _};
use crate::domain::{Brief, BriefId, Moment};
use crate::remind::{Front, Glance, Looked, Next, Notice, PAUSE, Seen, State, basis};
use crate::storage::{Broken, Lens, Scrap, StoreError, locate, real, short_name};

use look::Look;
pub use look::notice;
pub use watched::Watched;

/// What the hooks read.
const NEXT: &str = "next";
/// How the names of the files end that remember a folder each.
const STATE: &str = ".state";
/// Marks a folder that nobody wants to be reminded of.
pub const UNWATCHED: &str = ".askfirst-demo";
/// So many bytes of a state have hundreds of files in them.
const FRONT: usize = 16 * 1024;
/// After which time without its folder a state is thrown away, days: it may be
/// on a disk that is not there now.
const FORGOTTEN: u64 = 90;

/// What is remembered, and what the wants are reckoned with.
#[derive(Debug, Clone)]
pub struct Reminders {
    scrap: Option<Scrap>,
    /// The worker's name: colleagues' briefs are theirs to be reminded of.
    name: String,
    pub work: WorkTime,
    pub zone: Here,
}

/// What a folder wants.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order in which they are told.
    pub notices: Vec<Notice>,
    /// Files that cannot be read.
    pub broken: Vec<Broken>,
}

/// Which of what a folder wants is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    All,
    /// What is due, and the one that comes next.
    DueAndNext,
}

/// What may be shown unasked.
#[derive(Debug)]
pub struct Shown {
    pub folder: PathBuf,
    pub notice: Notice,
    /// How many more could be shown.
    pub more: usize,
}

/// Where something is shown that nobody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// A shell's prompt: a nudge on its day, of any known folder.
    Prompt,
    /// A branch was checked out: what is due in the folder at hand.
    Checkout,
}

impl Reminders {
    /// Those of the user.
    pub fn of(work: WorkTime) -> Self {
        Self {
            scrap: locate::state_folder().map(Scrap::at),
            name: String::new(),
            work,
            zone: Here::find(),
        }
    }

    /// Those of a worker by name.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.trim().clone_into(&mut self.name);
        self
    }

    /// The worker's name, empty where it is not known.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the reckoning depends on, beside the briefs.
    fn basis(&self, now: Moment) -> String {
        let mut basis = basis(&self.work, &self.zone, now);
        if !self.name.is_empty() {
            let hash = blake3::hash(self.name.as_bytes()).to_hex();
            basis.push_str(hash.get(..8).unwrap_or_default());
        }
        basis
    }

    /// The file that the hooks read; `None` where there is no place for it.
    pub fn next_file(&self) -> Option<PathBuf> {
        Some(self.scrap.as_ref()?.path().join(NEXT))
    }

    /// What the briefs of a folder want.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn of_folder(&self, folder: &Path, now: Moment) -> Result<Found, StoreError> {
        self.some_of_folder(folder, Which::All, now)
    }

    /// Some of what the briefs of a folder want, in less time.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn some_of_folder(
        &self,
        folder: &Path,
        which: Which,
        now: Moment,
    ) -> Result<Found, StoreError> {
        let folder = real(folder);
        if let Some(found) = self.unchanged(&folder, which, now) {
            return Ok(found);
        }
        let look = self.look_and_keep(&folder, self.text_of(&folder), now)?;
        let seen = look.state.seen.into_values();
        let mut notices: Vec<Notice> = seen
            .filter_map(|seen| seen.wants.map(|wants| *wants))
            .collect();
        let local = self.zone.local(now);
        notices.sort_by(|a, b| a.order(b, local));
        Ok(Found {
            notices,
            broken: look.broken,
        })
    }

    /// Looks what has changed since the text of the file about a folder was written, and
    /// remembers it.
    fn look_and_keep(
        &self,
        folder: &Path,
        text: Option<String>,
        now: Moment,
    ) -> Result<Look, StoreError> {
        let remembered = text.and_then(|text| state_of(folder, &text));
        let is_new = remembered.is_none();
        let look = self.look(folder, remembered, now)?;
        if look.is_news && !(is_new && look.state.is_empty()) {
            self.keep(folder, look.state.clone(), now);
        }
        Ok(look)
    }

    /// Brings what is remembered of a folder up to date.
    pub fn refresh(&self, folder: &Path, now: Moment) {
        if is_watched(folder) {
            // A folder that cannot be read says so elsewhere.
            let _ = self.of_folder(folder, now);
        }
    }

    /// The folders that are known and there.
    pub fn folders(&self) -> Vec<PathBuf> {
        self.known_heads().into_keys().collect()
    }

    /// The one thing that may be shown now in a place where nobody asked for it.
    /// It is marked as shown before it is given out, so that two shells at once
    /// show it once; where it cannot be marked it is given out all the same.
    /// `here` is the folder that is at hand, known or not.
    pub fn show_one(&self, on: Occasion, here: Option<&Path>, now: Moment) -> Option<Shown> {
        let scrap = self.scrap.as_ref()?;
        let _lock = match scrap.lock() {
            // Another run is at it.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return None,
            lock => lock,
        };
        let mut known = self.known();
        let here = here.map(real).filter(|f| is_watched(f) && is_there(f));
        if let Some(folder) = &here {
            known.entry(folder.clone()).or_default();
        }
        let basis = self.basis(now);
        let mut states: Vec<(PathBuf, State, Option<State>)> = Vec::new();
        for (folder, remembered) in known {
            let old = remembered.clone();
            // A folder whose time has not come is not even looked at: it may be
            // on a slow disk, and somebody waits for the prompt.
            let rests = |old: &State| old.basis == basis && old.next.is_none_or(|at| at > now);
            let state = match &old {
                Some(old) if rests(old) && here.as_ref() != Some(&folder) => Some(old.clone()),
                _ => self.look(&folder, remembered, now).ok().map(|l| l.state),
            };
            if let Some(state) = state.or_else(|| old.clone()) {
                states.push((folder, state, old));
            }
        }
        let first = self.first_to_show(&states, now, |folder, state| match on {
            Occasion::Prompt => state.to_show(&self.work, &self.zone, now),
            Occasion::Checkout if here.as_deref() == Some(folder) => {
                state.due_now(&self.work, &self.zone, now)
            }
            Occasion::Checkout => Vec::new(),
        });
        if let Some((at, notice, _)) = &first
            && let Some((_, state, _)) = states.get_mut(*at)
        {
            state.show(&notice.brief, now);
        }
        for (folder, state, old) in &mut states {
            state.plan(&self.work, &self.zone, now);
            let is_empty = old.is_none() && state.is_empty();
            if let Some(name) = file(folder).filter(|_| !is_empty && Some(&*state) != old.as_ref())
            {
                let _ = scrap.write(&name, &state.text());
            }
        }
        let states = states.into_iter();
        let (folders, states): (Vec<_>, Vec<_>) = states.map(|(f, s, _)| (f, s)).unzip();
        self.write_next(&states, now);
        let (at, notice, more) = first?;
        Some(Shown {
            folder: folders.into_iter().nth(at)?,
            notice,
            more,
        })
    }

    /// The place of the folder, the notice, and how many more there are.
    fn first_to_show<'a>(
        &self,
        states: &'a [(PathBuf, State, Option<State>)],
        now: Moment,
        wanted: impl Fn(&Path, &'a State) -> Vec<&'a Notice>,
    ) -> Option<(usize, Notice, usize)> {
        let last = states.iter().filter_map(|(_, s, _)| s.last_shown(now));
        if last.max().is_some_and(|last| now < last + PAUSE) {
            return None;
        }
        let mut all: Vec<(usize, &Notice)> = Vec::new();
        for (at, (folder, state, _)) in states.iter().enumerate() {
            let wanted = wanted(folder, state).into_iter();
            all.extend(wanted.map(|notice| (at, notice)));
        }
        let local = self.zone.local(now);
        let more = all.len().saturating_sub(1);
        let first = all.into_iter().min_by(|(_, a), (_, b)| a.order(b, local));
        first.map(|(at, notice)| (at, notice.clone(), more))
    }

    /// The front of the file about a folder: all bytes of it that are needed, or more.
    fn front_of(&self, folder: &Path) -> Option<Vec<u8>> {
        let bytes = self.scrap.as_ref()?.read_front(&file(folder)?, FRONT)?;
        if bytes.len() < FRONT || Front::is_in(&bytes) {
            return Some(bytes);
        }
        self.text_of(folder).map(String::into_bytes)
    }

    /// The text of the file about a folder.
    fn text_of(&self, folder: &Path) -> Option<String> {
        Some(self.scrap.as_ref()?.read(&file(folder)?)?.0)
    }

    /// What is remembered of a folder.
    fn remembered(&self, folder: &Path) -> Option<State> {
        state_of(folder, &self.text_of(folder)?)
    }

    /// The folders that are known and there, with what is remembered of each.
    /// A folder whose state was damaged is known from the other file.
    fn known(&self) -> BTreeMap<PathBuf, Option<State>> {
        self.known_by(State::read)
    }

    /// The same without the files of the folders.
    fn known_heads(&self) -> BTreeMap<PathBuf, Option<State>> {
        self.known_by(|text| Glance::read(text).map(|glance| glance.front.head))
    }

    /// The same with so much of each state as `read` reads.
    fn known_by(&self, read: fn(&str) -> Option<State>) -> BTreeMap<PathBuf, Option<State>> {
        let mut known = BTreeMap::new();
        let Some(scrap) = &self.scrap else {
            return known;
        };
        let mut gone = Vec::new();
        let mut newest = Duration::ZERO;
        for name in scrap.names().into_iter().filter(|n| n.ends_with(STATE)) {
            let Some((text, written)) = scrap.read(&name) else {
                continue;
            };
            newest = newest.max(written);
            if let Some(state) = read(&text) {
                let folder = PathBuf::from(&state.folder);
                if is_there(&folder) {
                    known.insert(folder, Some(state));
                } else {
                    gone.push((name, written));
                }
            }
        }
        for (name, written) in gone {
            if newest.saturating_sub(written).as_secs() / 86_400 > FORGOTTEN {
                scrap.remove(&name);
            }
        }
        let text = scrap.read(NEXT).map(|(text, _)| text).unwrap_or_default();
        for folder in Next::folders_in(&text).map(PathBuf::from) {
            if folder.is_absolute() && is_there(&folder) {
                known.entry(folder).or_default();
            }
        }
        known
    }

    /// What lists and reminders are reckoned with.
    pub fn lens(&self, now: Moment) -> Lens {
        Lens {
            work: self.work.clone(),
            zone: Arc::new(self.zone),
            basis: basis(&self.work, &self.zone, now),
            now,
        }
    }

    /// A brief was written: what it wants is known without looking at the other
    /// files. They are looked at next time, as the folder is another one now.
    pub fn written(&self, folder: &Path, before: &BriefId, brief: &Brief, now: Moment) {
        let folder = real(folder);
        let text = self.front_of(&folder);
        let front = text.as_deref().and_then(Front::read);
        let is_large = |look: &Looked| look.files > look::FEW;
        let Some(front) = front.filter(|f| f.head.looked.as_ref().is_some_and(is_large)) else {
            self.refresh(&folder, now);
            return;
        };
        let is_mine = || colleagues::me(&folder, &self.name).is_mine(brief);
        let wants = Notice::of(brief, &self.work, &self.zone).filter(|_| is_mine());
        // Most briefs want nothing, before and after: nothing is read or written
        // for them then, however many others there are.
        if wants.is_none() && !front.has(before) && !front.has(&brief.id) {
            return;
        }
        if self
            .keep_one(&folder, before, &brief.id, wants, now)
            .is_none()
        {
            self.refresh(&folder, now);
        }
    }

    /// Remembers what one brief of a folder wants now; nothing else of what is
    /// remembered is read, however much it is. `None` where that cannot be done.
    fn keep_one(
        &self,
        folder: &Path,
        before: &BriefId,
        id: &BriefId,
        wants: Option<Notice>,
        now: Moment,
    ) -> Option<()> {
        let scrap = self.scrap.as_ref().filter(|_| is_watched(folder))?;
        let name = file(folder)?;
        let _lock = scrap.lock().ok()?;
        let (text, _) = scrap.read(&name)?;
        let glance = Glance::read(&text)?;
        let seen = wants.map(|wants| Seen {
            // That of no file: it is read again.
            stamp: 0,
            wants: Some(Box::new(wants)),
        });
        let mut one = State {
            seen: seen.map(|seen| (id.clone(), seen)).into_iter().collect(),
            ..glance.front.head.clone()
        };
        one.plan(&self.work, &self.zone, now);
        // It would have to be of all.
        one.bar = None;
        // Sooner than it has to be is a look for nothing, and no harm.
        one.next = [one.next, glance.front.head.next]
            .into_iter()
            .flatten()
            .min();
        scrap.write(&name, &glance.with(before, &one)).ok()?;
        self.write_known_next(now);
        Some(())
    }

    /// Remembers the state of a folder.
    fn keep(&self, folder: &Path, mut state: State, now: Moment) {
        let (Some(scrap), Some(name)) = (&self.scrap, file(folder)) else {
            return;
        };
        if !is_watched(folder) {
            return;
        }
        let Ok(_lock) = scrap.lock() else { return };
        // What was shown since the file was read stays shown.
        if let Some(latest) = self.remembered(folder) {
            for (id, at) in latest.shown {
                let mark = state.shown.entry(id).or_insert(at);
                *mark = at.max(*mark);
            }
            state.plan(&self.work, &self.zone, now);
        }
        if scrap.write(&name, &state.text()).is_ok() {
            self.write_known_next(now);
        }
    }

    /// Writes what the hooks read, of all known folders. The lock must be held.
    fn write_known_next(&self, now: Moment) {
        let states: Vec<State> = self.known_heads().into_values().flatten().collect();
        self.write_next(&states, now);
    }

    /// Writes what the hooks read, where it says something else. The lock must be
    /// held.
    fn write_next(&self, states: &[State], now: Moment) {
        let Some(scrap) = &self.scrap else { return };
        let next = Next::of(states, now);
        let old = scrap.read(NEXT);
        if !old.is_some_and(|(text, _)| next.is_told_by(&text)) {
            let _ = scrap.write(NEXT, &next.text());
        }
    }
}

/// A state of a folder; `None` for a text that is none of it.
fn state_of(folder: &Path, text: &str) -> Option<State> {
    let state = State::read(text)?;
    // Two folders never share a file, unless somebody copied it.
    let same = folder.to_str().is_some_and(|path| path == state.folder);
    same.then_some(state)
}

/// The file for a folder. One whose path is no text is not remembered.
fn file(folder: &Path) -> Option<String> {
    Some(format!("{}{STATE}", short_name(folder)?))
}

/// Whether a known folder is still one: a link in its place could lead
/// anywhere.
fn is_there(folder: &Path) -> bool {
    std::fs::symlink_metadata(folder).is_ok_and(|meta| meta.is_dir())
}

fn is_watched(folder: &Path) -> bool {
    !folder.join(UNWATCHED).exists()
}
