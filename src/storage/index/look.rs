//! Looking at the files, and reading what has changed.

use chrono::{DateTime, TimeDelta, Utc};

use super::file::{Known, Place, Records};
use super::{Indexed, Lens, Rows, texts};
use crate::domain::search::{self, Search};
use crate::domain::{BriefId, Moment};
use crate::storage::stamp::MANY;
use crate::storage::threads::both;
use crate::storage::{Folder, StoreError, stamp};

/// How long a large folder is taken for unchanged when it seems so, but for what is
/// shown of it.
pub const TRUST: TimeDelta = TimeDelta::minutes(10);
/// What the names of the two files end in.
pub(super) const ROWS: &str = ".rows";
pub(super) const TEXTS: &str = ".texts";
pub(super) const LOCK: &str = ".lock";

impl Indexed {
    /// What was written of the folder by this version; as the lens sees it.
    pub(super) fn read(&self, lens: &Lens) -> Option<Known> {
        let folder = stamp::real(self.folder.path());
        let bytes = self.cache.as_ref()?.read_bytes(&name(&folder, ROWS)?)?;
        Known::read(bytes, folder.to_str()?, &lens.basis)
    }

    /// The rows as the files are now.
    pub(super) fn look(&self, lens: &Lens) -> Result<Rows, StoreError> {
        match self.read(lens) {
            Some(known) if is_all_as_known(&self.folder, &known) => {
                return Ok(Rows {
                    rows: known.records,
                    broken: Vec::new(),
                    began: known.began,
                    own: known.own,
                });
            }
            _ => {}
        }
        let mut kept = self.kept(lens);
        loop {
            let room = kept.as_ref().map_or(0, |kept| kept.head.size);
            let mut rows = Records::with_room(usize::try_from(room).unwrap_or_default());
            let kept = kept.take();
            if let Some(survey) = self.look_at_all(kept, lens, &mut |record| rows.keep(record))? {
                return Ok(Rows {
                    rows,
                    broken: survey.broken,
                    began: survey.began,
                    own: survey.own,
                });
            }
        }
    }

    /// Notes that all files of the folder were looked at: the time of the rows says
    /// when. Where it cannot be set they are looked at again.
    pub(super) fn note_look(&self, lens: &Lens) {
        let file = || {
            let folder = stamp::real(self.folder.path());
            self.cache.as_ref()?.open(&name(&folder, ROWS)?)
        };
        if let Some(file) = file() {
            let _ = file.set_modified(lens.now.into());
        }
    }

    /// See [`crate::storage::Store::recent`].
    pub(super) fn known_lately(&self, lens: &Lens) -> Option<Rows> {
        let folder = stamp::real(self.folder.path());
        let file = self.cache.as_ref()?.open(&name(&folder, ROWS)?)?;
        let looked = Moment::from(DateTime::<Utc>::from(
            file.metadata().ok()?.modified().ok()?,
        ));
        let age = lens.now - looked;
        if age < TimeDelta::zero() || age >= TRUST {
            return None;
        }
        let known = self.read(lens)?;
        let (own, _) = self.folder.own_stamp()?;
        let is_same = own == known.own && known.records.briefs() > MANY;
        is_same.then_some(Rows {
            rows: known.records,
            broken: Vec::new(),
            began: known.began,
            own: known.own,
        })
    }

    /// The rows of the briefs that have all words.
    pub(super) fn search_all(&self, search: &Search, lens: &Lens) -> Result<Rows, StoreError> {
        let all = self.look(lens)?;
        if search.is_empty() {
            return Ok(all);
        }
        let Rows {
            rows,
            broken,
            began,
            ..
        } = all;
        let all: Vec<_> = rows.iter().filter(|record| !record.is_broken).collect();
        let half = if all.len() > MANY { all.len() / 2 } else { 0 };
        let (first, second) = all.split_at(half);
        let (mut hits, more) = match half {
            0 => (Vec::new(), self.hits(second, search)),
            _ => both(|| self.hits(first, search), || self.hits(second, search)),
        };
        hits.extend(more);
        let mut found = Records::default();
        for (record, _) in all.iter().zip(hits).filter(|(_, hit)| *hit) {
            found.keep(record);
        }
        Ok(Rows {
            rows: found,
            broken,
            began,
            own: 0,
        })
    }

    /// Which of the rows have all words.
    fn hits(&self, records: &[super::file::Record<'_>], search: &Search) -> Vec<bool> {
        let finders: Vec<_> = search
            .words()
            .iter()
            .map(memchr::memmem::Finder::new)
            .collect();
        let mut texts = self.texts();
        let mut hits = vec![false; records.len()];
        // In the order of the file, which is another one after many changes.
        let mut order: Vec<usize> = (0..records.len()).collect();
        let place = |at: &usize| records.get(*at).and_then(|r| r.text).map(|p: Place| p.at);
        order.sort_by_key(place);
        let mut is_torn = false;
        for at in order {
            let (Some(record), Some(hit)) = (records.get(at), hits.get_mut(at)) else {
                continue;
            };
            let known = record.text.zip(texts.as_mut());
            let known = known.and_then(|(place, texts)| texts.text(place, record.number));
            *hit = match known {
                Some(text) => finders.iter().all(|word| word.find(text).is_some()),
                None => {
                    is_torn |= record.text.is_some();
                    let id = record.id().and_then(|id| BriefId::parse(id).ok());
                    match id.and_then(|id| self.folder.brief_and_meta(&id).ok()) {
                        Some((Ok(brief), _)) => search.is_in(&search::folded(&brief)),
                        _ => false,
                    }
                }
            };
        }
        if is_torn {
            self.forget();
        }
        hits
    }

    fn texts(&self) -> Option<texts::Reader> {
        let folder = stamp::real(self.folder.path());
        let file = self.cache.as_ref()?.open(&name(&folder, TEXTS)?)?;
        Some(texts::Reader::of(file))
    }

    /// Lets the next look make it anew.
    fn forget(&self) {
        let folder = stamp::real(self.folder.path());
        if let (Some(cache), Some(name)) = (&self.cache, name(&folder, ROWS)) {
            cache.remove(&name);
        }
    }
}

/// The name of a file about a folder; `None` for one whose path is no text.
pub(super) fn name(folder: &std::path::Path, end: &str) -> Option<String> {
    Some(format!("{}{end}", stamp::short_name(folder)?))
}

/// Whether the folder lists the files that are known and no others, and all of
/// them are as they were; `false` where that takes a look at what is there.
pub(super) fn is_all_as_known(folder: &Folder, known: &Known) -> bool {
    let own = folder.own_stamp().map_or(0, |(own, _)| own);
    if own == 0 || own != known.own || known.records.iter().any(|record| record.is_broken) {
        return false;
    }
    let are_same = |from: usize, count: usize| {
        let records = known.records.iter().skip(from).take(count);
        let seen = records.map(|record| (record.id().unwrap_or_default(), record.number));
        folder.are_as_seen(seen, known.began)
    };
    let count = known.records.briefs();
    if count <= MANY {
        return are_same(0, usize::MAX);
    }
    let halves = both(
        || are_same(0, count / 2),
        || are_same(count / 2, usize::MAX),
    );
    halves == (true, true)
}
