//! What folders of briefs want, with as little reading as can be: the glue of
//! the briefs, the settings, the clock and what is remembered between two runs.
//!
//! Nothing here fails because of what is remembered. What cannot be read is
//! reckoned anew, what cannot be written is reckoned again next time.

mod digest;
mod watched;

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::colleagues;
use crate::clock::Here;
use crate::domain::Moment;
use crate::domain::work_time::{WorkTime, Zone as _};
use crate::remind::{Next, Notice, PAUSE, Seen, State, basis};
use crate::storage::{Broken, Folder, Scrap, Store as _, StoreError, locate};

pub use watched::Watched;

/// What the hooks read.
const NEXT: &str = "next";
/// How the names of the files end that remember a folder each.
const STATE: &str = ".state";
/// Marks a folder that nobody wants to be reminded of.
pub const UNWATCHED: &str = ".askfirst-demo";
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

/// A state, and when its file was written.
type Remembered = (State, Duration);

/// What was found in a folder.
struct Look {
    state: State,
    broken: Vec<Broken>,
    /// Whether there is anything to remember anew.
    is_news: bool,
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
        let folder = real(folder);
        let remembered = self.remembered(&folder);
        let is_new = remembered.is_none();
        let look = self.look(&folder, remembered, now)?;
        if look.is_news && !(is_new && look.state.seen.is_empty()) {
            self.keep(&folder, look.state.clone(), now);
        }
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

    /// Brings what is remembered of a folder up to date.
    pub fn refresh(&self, folder: &Path, now: Moment) {
        if is_watched(folder) {
            // A folder that cannot be read says so elsewhere.
            let _ = self.of_folder(folder, now);
        }
    }

    /// The folders that are known and there.
    pub fn folders(&self) -> Vec<PathBuf> {
        self.known().into_keys().collect()
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
            let old = remembered.as_ref().map(|(state, _)| state.clone());
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
            let is_empty = old.is_none() && state.seen.is_empty();
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

    /// What is remembered of a folder.
    fn remembered(&self, folder: &Path) -> Option<Remembered> {
        let (text, written) = self.scrap.as_ref()?.read(&file(folder)?)?;
        let state = State::read(&text)?;
        // Two folders never share a file, unless somebody copied it.
        let same = folder.to_str().is_some_and(|path| path == state.folder);
        same.then_some((state, written))
    }

    /// The folders that are known and there, with what is remembered of each.
    /// A folder whose state was damaged is known from the other file.
    fn known(&self) -> BTreeMap<PathBuf, Option<Remembered>> {
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
            if let Some(state) = State::read(&text) {
                let folder = PathBuf::from(&state.folder);
                if is_there(&folder) {
                    known.insert(folder, Some((state, written)));
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

    /// Reads what has changed in a folder.
    fn look(
        &self,
        folder: &Path,
        remembered: Option<Remembered>,
        now: Moment,
    ) -> Result<Look, StoreError> {
        let store = Folder::at(folder);
        let (old, written) = remembered.unwrap_or_default();
        let mut state = State {
            folder: folder.to_str().unwrap_or_default().to_owned(),
            basis: self.basis(now),
            shown: old.shown,
            ..State::default()
        };
        let is_current = old.basis == state.basis;
        // Both by id: what is known and what is there go along each other.
        let mut known = old.seen.into_iter().peekable();
        let me = LazyCell::new(|| colleagues::me(folder, &self.name));
        let (mut seen, mut broken) = (Vec::new(), Vec::new());
        let mut is_news = !is_current;
        for stamp in store.stamps()? {
            // What was known and is not there any more.
            while known.next_if(|(id, _)| *id < stamp.id).is_some() {
                is_news = true;
            }
            let before = known.next_if(|(id, _)| *id == stamp.id);
            let was_known = before.is_some();
            // A file as young as what is known of it may have changed since
            // within one tick of the clock.
            let same = |seen: &Seen| seen.stamp == stamp.number && stamp.modified < written;
            if let Some(before) = before.filter(|(_, seen)| is_current && same(seen)) {
                seen.push(before);
                continue;
            }
            match store.load(&stamp.id) {
                Ok(loaded) => {
                    is_news = true;
                    let brief = &loaded.brief;
                    let is_mine = brief.owner.trim().is_empty() || me.is_mine(brief);
                    let wants = is_mine.then(|| Notice::of(brief, &self.work, &self.zone));
                    let wants = wants.flatten();
                    let now_seen = Seen {
                        stamp: stamp.number,
                        wants: wants.map(Box::new),
                    };
                    seen.push((stamp.id, now_seen));
                }
                Err(StoreError::Broken(one)) => {
                    is_news |= was_known;
                    broken.push(*one);
                }
                // It went away since it was listed.
                Err(_) => is_news |= was_known,
            }
        }
        is_news |= known.next().is_some();
        state.seen = seen.into_iter().collect();
        state.plan(&self.work, &self.zone, now);
        is_news |= state.next != old.next;
        Ok(Look {
            state,
            broken,
            is_news,
        })
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
        if let Some((latest, _)) = self.remembered(folder) {
            for (id, at) in latest.shown {
                let mark = state.shown.entry(id).or_insert(at);
                *mark = at.max(*mark);
            }
            state.plan(&self.work, &self.zone, now);
        }
        if scrap.write(&name, &state.text()).is_ok() {
            let states = self.known().into_values().flatten();
            let states: Vec<State> = states.map(|(state, _)| state).collect();
            self.write_next(&states, now);
        }
    }

    /// Writes what the hooks read. The lock must be held.
    fn write_next(&self, states: &[State], now: Moment) {
        if let Some(scrap) = &self.scrap {
            let _ = scrap.write(NEXT, &Next::of(states, now).text());
        }
    }
}

/// The folder as it is known: where it really is.
fn real(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// The file for a folder. One whose path is no text is not remembered.
fn file(folder: &Path) -> Option<String> {
    let path = folder.to_str().filter(|_| folder.is_absolute())?;
    let hash = blake3::hash(path.as_bytes()).to_hex();
    Some(format!("{}{STATE}", hash.get(..16)?))
}

/// Whether a known folder is still one: a link in its place could lead
/// anywhere.
fn is_there(folder: &Path) -> bool {
    std::fs::symlink_metadata(folder).is_ok_and(|meta| meta.is_dir())
}

fn is_watched(folder: &Path) -> bool {
    !folder.join(UNWATCHED).exists()
}
