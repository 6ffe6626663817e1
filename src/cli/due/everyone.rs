//! What the briefs of everybody want, those of colleagues with their owner. It
//! comes from the index: what reminders remember of a folder is one's own.

use std::collections::HashMap;
use std::path::Path;

use super::super::colleagues;
use super::super::reminders::{Found, Reminders, notice};
use crate::domain::work_time::Zone as _;
use crate::domain::{BriefId, Moment};
use crate::storage::{Folder, Indexed, Store as _, StoreError};

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
    let lens = reminders.lens(now);
    let rows = Indexed::new(Folder::at(folder), lens.clone()).rows(&lens)?;
    let (mut found, mut owners) = (Found::default(), Owners::new());
    for row in rows.iter() {
        let Some(notice) = notice(&row) else { continue };
        if !me.answers_to(&row.owner) {
            owners.insert(notice.brief.clone(), row.owner.clone().into_owned());
        }
        found.notices.push(notice);
    }
    found.broken = rows.broken;
    let local = reminders.zone.local(now);
    found.notices.sort_by(|a, b| a.order(b, local));
    Ok((found, owners))
}
