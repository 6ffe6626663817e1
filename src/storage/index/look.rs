//! Looking at the files, and reading what has changed.

use std::fs::File;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::file::{Known, Place, Records};
use super::flat::Bytes;
use super::reading::{Wanted, Write, read_all};
use super::{Indexed, Lens, Rows, texts};
use crate::domain::search::{self, Search};
use crate::domain::{BriefId, Moment};
use crate::storage::scrap::Draft;
use crate::storage::stamp::{MANY, is_older};
use crate::storage::{Broken, Folder, StoreError, stamp};

/// How long a large folder is taken for unchanged when it seems so, but for what is
/// shown of it.
pub const TRUST: TimeDelta = TimeDelta::minutes(10);
/// Texts of files that have changed since may take that much room, bytes.
const SPARE: u64 = 1 << 20;

/// What the names of the two files end in.
pub(super) const ROWS: &str = ".rows";
const TEXTS: &str = ".texts";
const LOCK: &str = ".lock";

/// What is to be done about a file.
enum Step<'a> {
    Keep(super::file::Record<'a>),
    Read(Wanted),
}

/// What is to be done about the files of a folder, by id.
struct Plan<'a> {
    steps: Vec<Step<'a>>,
    /// Files whose names are no ids.
    broken: Vec<Broken>,
    /// How many of the steps only keep what is known.
    kept: usize,
    /// Whether there is anything to be written down.
    is_news: bool,
}

impl Indexed {
    /// What was written of the folder by this version; as the lens sees it.
    pub(super) fn read(&self, lens: &Lens) -> Option<Known> {
        let folder = stamp::real(self.folder.path());
        let bytes = self.cache.as_ref()?.read_bytes(&name(&folder, ROWS)?)?;
        Known::read(bytes, folder.to_str()?, &lens.basis)
    }

    /// The rows as the files are now.
    pub(super) fn look(&self, lens: &Lens) -> Result<Rows, StoreError> {
        let known = self.read(lens);
        let known = match known {
            Some(known) if is_all_as_known(&self.folder, &known) => {
                return Ok(Rows {
                    rows: known.records,
                    broken: Vec::new(),
                    began: known.began,
                    own: known.own,
                });
            }
            known => known,
        };
        let is_new = known.is_none();
        let own = self.folder.own_stamp();
        let own_before = known.as_ref().map_or(0, |known| known.own);
        let is_listed = own.is_some_and(|(own, _)| own == own_before && own != 0);
        let began = known.as_ref().map_or(Duration::ZERO, |known| known.began);
        let old = known.unwrap_or_default().records;
        // Its time is that of the beginning: the folder is listed after it.
        let early = match own.filter(|_| !is_listed) {
            Some(_) => self.writer(is_new),
            None => None,
        };
        let Plan {
            steps,
            mut broken,
            kept,
            mut is_news,
        } = match is_new {
            true => self.plan_anew()?,
            false => self.plan(&old, began)?,
        };
        let own = match (&early, own) {
            _ if !broken.is_empty() => 0,
            (None, _) if is_listed => own_before,
            (Some(writer), Some((own, modified))) if is_older(modified, writer.rows.made) => own,
            _ => 0,
        };
        is_news |= own != own_before && !steps.is_empty();
        if !is_news && kept == steps.len() {
            drop(steps);
            broken.sort_by(|a, b| a.path.cmp(&b.path));
            return Ok(Rows {
                rows: old,
                broken,
                began,
                own,
            });
        }
        let mut writer = match is_news {
            true => early.or_else(|| self.writer(is_new)),
            false => None,
        };
        let mut rows = Records::with_room(old.bytes().len());
        self.carry_out(steps, lens, &mut writer, &mut rows, &mut broken);
        let began = match (&writer, is_news) {
            (Some(writer), _) => writer.rows.made,
            (None, false) => began,
            // Nobody knows whether the clocks of the two folders agree.
            (None, true) => Duration::ZERO,
        };
        let own = if writer.is_some() { own } else { 0 };
        if let Some(writer) = writer {
            self.finish(writer, own, &rows, lens);
        }
        broken.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Rows {
            rows,
            broken,
            began,
            own,
        })
    }

    /// What is to be done where nothing is known: then nothing is looked at before
    /// it is read.
    fn plan_anew(&self) -> Result<Plan<'static>, StoreError> {
        let names = self.folder.names()?;
        let files = names.files.into_iter();
        let steps = files.map(|(id, is_file)| Step::Read(Wanted { id, is_file }));
        let steps: Vec<Step<'_>> = steps.collect();
        Ok(Plan {
            is_news: !steps.is_empty(),
            steps,
            broken: names.odd,
            kept: 0,
        })
    }

    /// What is to be done about the files as they are now.
    fn plan<'o>(&self, old: &'o Records, began: Duration) -> Result<Plan<'o>, StoreError> {
        let scan = self.folder.scan()?;
        let mut is_news = false;
        let mut steps = Vec::with_capacity(scan.stamps.len());
        // Both by id: what is known and what is there go along each other.
        let mut before = old.iter().peekable();
        let mut kept = 0;
        for stamp in scan.stamps {
            let id = stamp.id.as_str().as_bytes();
            // What was known and is not there any more.
            while before
                .next_if(|r| r.id_bytes().is_none_or(|had| had < id))
                .is_some()
            {
                is_news = true;
            }
            let same = before.next_if(|record| record.id_bytes() == Some(id));
            match same.filter(|record| record.is_of(&stamp, began)) {
                Some(record) if !record.is_broken => {
                    kept += 1;
                    steps.push(Step::Keep(record));
                    continue;
                }
                // It is read again to say what is wrong with it.
                Some(_) => {}
                None => is_news = true,
            }
            steps.push(Step::Read(Wanted {
                id: stamp.id,
                is_file: false,
            }));
        }
        is_news |= before.next().is_some();
        Ok(Plan {
            steps,
            broken: scan.odd,
            kept,
            is_news,
        })
    }

    /// Keeps and reads, in order.
    fn carry_out(
        &self,
        steps: Vec<Step<'_>>,
        lens: &Lens,
        writer: &mut Option<Writer>,
        rows: &mut Records,
        broken: &mut Vec<Broken>,
    ) {
        let wanted = steps.iter().filter_map(|step| match step {
            Step::Read(wanted) => Some(wanted),
            Step::Keep(_) => None,
        });
        let wanted: Vec<&Wanted> = wanted.collect();
        let writer = writer.as_mut().map(Mutex::new);
        let write = |texts: &Bytes| writer.as_ref()?.lock().ok()?.add(texts);
        let write: Option<&Write<'_>> = match &writer {
            Some(_) => Some(&write),
            None => None,
        };
        let mut read = read_all(&self.folder, &wanted, lens, write);
        for step in &steps {
            match step {
                Step::Keep(record) => rows.keep(record),
                Step::Read(_) => {
                    if let Some((frame, why)) = read.next() {
                        rows.append(frame, why.is_none());
                        broken.extend(why);
                    }
                }
            }
        }
    }

    /// What writes the index anew, if nobody else does just now.
    fn writer(&self, is_new: bool) -> Option<Writer> {
        let cache = self.cache.as_ref()?;
        let folder = stamp::real(self.folder.path());
        let lock = cache.try_lock(&name(&folder, LOCK)?)?;
        // Its time is that of the beginning: files are read after it.
        let rows = cache.draft().ok()?;
        let name_of_texts = name(&folder, TEXTS)?;
        let texts = match is_new {
            true => None,
            false => cache.append(&name_of_texts),
        };
        let (new_texts, texts) = match texts {
            Some(texts) => (None, texts),
            None => {
                let draft = cache.draft().ok()?;
                let file = draft.file().ok()?;
                (Some(draft), file)
            }
        };
        Some(Writer {
            _lock: lock,
            folder: folder.to_str()?.to_owned(),
            rows_name: name(&folder, ROWS)?,
            rows,
            texts: texts::Writer::to(texts).ok()?,
            texts_name: name_of_texts,
            new_texts,
            is_whole: true,
        })
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

    /// Puts the files in their places. Where that fails nothing is known next
    /// time, or what was known before.
    fn finish(&self, mut writer: Writer, own: u64, rows: &Records, lens: &Lens) {
        let Some(cache) = &self.cache else { return };
        let known = Known {
            basis: lens.basis.clone(),
            folder: writer.folder,
            began: writer.rows.made,
            own,
            records: Records::default(),
        };
        let live = rows.iter().filter_map(|record| record.text);
        let live: u64 = live.map(|place| u64::from(place.size)).sum();
        let is_wasted = writer.texts.size() > 3 * live + SPARE;
        if !writer.is_whole || is_wasted {
            // Made anew as a whole by the next look.
            cache.remove(&writer.rows_name);
            return;
        }
        if let Some(draft) = writer.new_texts
            && draft.keep(&writer.texts_name).is_err()
        {
            cache.remove(&writer.rows_name);
            return;
        }
        let head = known.head_of(rows);
        if writer.rows.write(&head).is_ok() && writer.rows.write(rows.bytes()).is_ok() {
            let _ = writer.rows.keep(&writer.rows_name);
        }
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
        let (mut hits, more) = thread::scope(|scope| {
            let first = scope.spawn(|| self.hits(first, search));
            let second = self.hits(second, search);
            (first.join().unwrap_or_default(), second)
        });
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

/// The two files on their way.
struct Writer {
    _lock: File,
    folder: String,
    rows: Draft,
    rows_name: String,
    texts: texts::Writer,
    texts_name: String,
    /// Where the texts are written anew.
    new_texts: Option<Draft>,
    /// Whether all texts could be written.
    is_whole: bool,
}

impl Writer {
    /// Writes texts; where they begin.
    fn add(&mut self, texts: &Bytes) -> Option<u64> {
        let begin = self.texts.add(texts).ok();
        self.is_whole &= begin.is_some();
        begin
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
    thread::scope(|scope| {
        let first = scope.spawn(|| are_same(0, count / 2));
        let second = are_same(count / 2, usize::MAX);
        first.join().unwrap_or(false) && second
    })
}
