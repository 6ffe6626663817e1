//! The one reminder of a day, over many folders.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use super::{Reminders, file, is_watched, real};
use crate::domain::Moment;
use crate::domain::work_time::Zone as _;
use crate::remind::digest::{Digest, may_send, wants};
use crate::remind::{Notice, State};
use crate::storage::Scrap;

/// The folder beside what is remembered, with a lock of its own: a service may
/// take its time, and a shell does not wait for it.
const FOLDER: &str = "digest";
/// When the last one was sent.
const SENT: &str = "sent";

/// Why no reminder was sent.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    #[error("it is no working time, or today's reminder was sent")]
    NotNow,
    #[error("nothing is due that was not told already")]
    Nothing,
    #[error("another run is at it")]
    Other,
    /// Without a note of it, it would be sent every half hour.
    #[error("it could not be noted that it is sent: {0}")]
    NoNote(#[from] io::Error),
    #[error("there is no folder for notes")]
    NoFolder,
    #[error("the notification was not shown: {0}")]
    NotShown(String),
}

impl Reminders {
    /// When the last reminder was sent.
    pub fn last_digest(&self) -> Option<Moment> {
        let (text, _) = self.notes()?.read(SENT)?;
        Moment::parse_from_rfc3339(text.trim()).ok()
    }

    /// Sends the reminder of this day about some folders, if there is anything
    /// to say. It is marked as sent only when `show` has shown it. Gives back how
    /// many briefs it was about.
    ///
    /// # Errors
    ///
    /// Why none was sent.
    pub fn send_digest(
        &self,
        folders: &[PathBuf],
        now: Moment,
        show: impl FnOnce(&Digest) -> Result<(), String>,
    ) -> Result<usize, NotSent> {
        let notes = self.notes().ok_or(NotSent::NoFolder)?;
        let _one: File = notes.lock().map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => NotSent::Other,
            _ => NotSent::NoNote(error),
        })?;
        // What its clock showed then, wherever that was.
        let last = self.last_digest();
        let local = self.zone.local(now);
        if !may_send(&self.work, local, last.map(|at| at.naive_local())) {
            return Err(NotSent::NotNow);
        }
        let wanted = self.wanted(folders, now);
        let notices: Vec<&Notice> = wanted.iter().map(|(_, notice)| notice).collect();
        let digest = Digest::of(&notices).ok_or(NotSent::Nothing)?;
        // A full disk shows now, and not when it has been sent. What begins like
        // this is no time: should this run end here, the next one sends it.
        let note = now.to_rfc3339();
        notes.write(SENT, &format!("not yet {note}"))?;
        if let Err(why) = show(&digest) {
            let before = last.map(|at| at.to_rfc3339());
            // It only says when the last one was.
            let _ = notes.write(SENT, &before.unwrap_or_default());
            return Err(NotSent::NotShown(why));
        }
        notes.write(SENT, &note)?;
        self.mark(&wanted, now);
        Ok(wanted.len())
    }

    fn notes(&self) -> Option<Scrap> {
        Some(Scrap::at(self.scrap.as_ref()?.path().join(FOLDER)))
    }

    /// What is to be told, the first first.
    fn wanted(&self, folders: &[PathBuf], now: Moment) -> Vec<(PathBuf, Notice)> {
        let local = self.zone.local(now);
        let mut wanted: Vec<(PathBuf, Notice)> = Vec::new();
        let mut seen: Vec<PathBuf> = Vec::new();
        for folder in folders.iter().map(|folder| real(folder)) {
            if seen.contains(&folder) || !is_watched(&folder) {
                continue;
            }
            // One folder that cannot be read hides nothing of the others.
            let Ok(found) = self.of_folder(&folder, now) else {
                continue;
            };
            let shown = self.remembered(&folder).map(|state| state.shown);
            let shown = shown.unwrap_or_default();
            for notice in found.notices {
                let at = shown.get(&notice.brief).copied();
                if wants(&notice, &self.work, local, at) {
                    wanted.push((folder.clone(), notice));
                }
            }
            seen.push(folder);
        }
        wanted.sort_by(|(_, a), (_, b)| a.order(b, local));
        wanted
    }

    /// Marks what was told, so that no shell tells it again on the same day.
    /// Where that fails a shell may: better twice than never.
    fn mark(&self, told: &[(PathBuf, Notice)], now: Moment) {
        let Some(scrap) = &self.scrap else { return };
        let Ok(_lock) = scrap.lock() else { return };
        let mut known = self.known();
        for (folder, notice) in told {
            if let Some(Some(state)) = known.get_mut(folder) {
                state.show(&notice.brief, now);
            }
        }
        let mut states: Vec<State> = Vec::new();
        for (folder, remembered) in known {
            let Some(mut state) = remembered else {
                continue;
            };
            if told.iter().any(|(of, _)| *of == folder) {
                state.plan(&self.work, &self.zone, now);
                if let Some(name) = file(&folder) {
                    let _ = scrap.write(&name, &state.text());
                }
            }
            states.push(state);
        }
        self.write_next(&states, now);
    }
}
