//! What the briefs of everybody want, those of colleagues with their owner. It
//! is read from the files: what is remembered of a folder is one's own.

use std::collections::HashMap;
use std::path::Path;

use super::super::colleagues;
use super::super::reminders::{Found, Reminders};
use crate::domain::BriefId;
use crate::domain::Moment;
use crate::domain::work_time::Zone as _;
use crate::remind::Notice;
use crate::storage::{Entry, Folder, Store as _, StoreError};

/// The owners of those that are not mine.
pub type Owners = HashMap<BriefId, String>;

/// What all briefs of a folder want, whoever has them.
///
/// # Errors
/// When the folder cannot be read.
pub fn of_folder(
    reminders: &Reminders,
    folder: &Path,
    now: Moment,
) -> Result<(Found, Owners), StoreError> {
    let me = colleagues::me(folder, reminders.name());
    let (mut found, mut owners) = (Found::default(), Owners::new());
    for entry in Folder::at(folder).list()? {
        let brief = match entry {
            Entry::Brief(loaded) => loaded.brief,
            Entry::Broken(broken) => {
                found.broken.push(broken);
                continue;
            }
        };
        let Some(notice) = Notice::of(&brief, &reminders.work, &reminders.zone) else {
            continue;
        };
        if !me.is_mine(&brief) {
            owners.insert(brief.id.clone(), brief.owner.trim().to_owned());
        }
        found.notices.push(notice);
    }
    let local = reminders.zone.local(now);
    found.notices.sort_by(|a, b| a.order(b, local));
    Ok((found, owners))
}
