//! Looking at all files of a folder, and reading what has changed. No more of it is kept
//! in memory than what is told makes of it.

use std::fs::File;
use std::sync::Mutex;
use std::time::Duration;

use super::file::{Head, Record};
use super::flat::{Bytes, Cursor, Sum};
use super::look::{LOCK, ROWS, TEXTS, name};
use super::pieces::Kept;
use super::reading::{Results, Wanted, Write, read_all};
use super::{Indexed, Lens, Roll, Row, texts};
use crate::storage::scrap::Draft;
use crate::storage::stamp::is_older;
use crate::storage::{Broken, StoreError, stamp};

/// Texts of files that have changed since may take that much room, bytes.
const SPARE: u64 = 1 << 20;
/// So much is written at once, bytes.
const PIECE: usize = 64 * 1024;

/// What a folder was found to be, besides its rows.
pub(super) struct Survey {
    /// By path.
    pub broken: Vec<Broken>,
    /// As in [`Head`].
    pub began: Duration,
    pub own: u64,
}

/// What is to be done about some files that follow each other.
enum Step {
    /// So many of the rows are as they were.
    Keep(usize),
    /// So many are not told any more.
    Leave(usize),
    Read(Wanted),
}

/// What is to be done about the files of a folder, by id.
#[derive(Default)]
struct Plan {
    steps: Vec<Step>,
    /// Files whose names are no ids.
    broken: Vec<Broken>,
    /// Whether there is anything to be written down.
    is_news: bool,
}

impl Plan {
    fn keep(&mut self) {
        match self.steps.last_mut() {
            Some(Step::Keep(count)) => *count += 1,
            _ => self.steps.push(Step::Keep(1)),
        }
    }

    fn leave(&mut self) {
        match self.steps.last_mut() {
            Some(Step::Leave(count)) => *count += 1,
            _ => self.steps.push(Step::Leave(1)),
        }
    }

    fn read(&mut self, wanted: Wanted) {
        self.steps.push(Step::Read(wanted));
    }

    fn wanted(&self) -> Vec<&Wanted> {
        let wanted = self.steps.iter().filter_map(|step| match step {
            Step::Read(wanted) => Some(wanted),
            Step::Keep(_) | Step::Leave(_) => None,
        });
        wanted.collect()
    }
}

impl Indexed {
    /// See [`crate::storage::Store::survey`].
    pub(super) fn tell_of_all(
        &self,
        lens: &Lens,
        each: &mut dyn FnMut(Row<'_>),
    ) -> Result<Option<(Roll, Vec<Broken>)>, StoreError> {
        let mut roll = Roll::default();
        let mut is_all = true;
        let survey = self.look_at_all(self.kept(lens), lens, &mut |record| {
            let row = Row::of(record);
            if record.is_broken || roll.push(&row).is_none() {
                is_all = false;
            } else {
                each(row);
            }
        })?;
        Ok(survey.map(|survey| {
            // A broken file is to be read again.
            let is_all = is_all && survey.broken.is_empty();
            let own = if is_all { survey.own } else { 0 };
            let roll = roll.with(own, survey.began, &lens.basis);
            (roll, survey.broken)
        }))
    }

    /// Tells of all files as they are now, by id, and keeps what is told for the next
    /// time. `kept` is what was kept the last time. `None` where that is torn: what was
    /// told is not so then, and is told anew without it.
    pub(super) fn look_at_all(
        &self,
        kept: Option<Kept>,
        lens: &Lens,
        each: &mut dyn FnMut(&Record<'_>),
    ) -> Result<Option<Survey>, StoreError> {
        let is_new = kept.is_none();
        let before = kept.as_ref().map_or(Head::default(), |kept| kept.head);
        let own = self.folder.own_stamp();
        let is_listed = own.is_some_and(|(own, _)| own == before.own && before.own != 0);
        // Its time is that of the beginning: the folder is listed after it.
        let early = match own.filter(|_| !is_listed) {
            Some(_) => self.writer(is_new, lens),
            None => None,
        };
        let plan = match &kept {
            None => Some(self.plan_anew()?),
            Some(kept) => self.plan(kept)?,
        };
        let Some(mut plan) = plan else {
            return Ok(None);
        };
        let own = match (&early, own) {
            _ if !plan.broken.is_empty() => 0,
            (None, _) if is_listed => before.own,
            (Some(writer), Some((own, modified))) if is_older(modified, writer.rows.made) => own,
            _ => 0,
        };
        plan.is_news |= own != before.own && !plan.steps.is_empty();
        let mut writer = match plan.is_news {
            true => early.or_else(|| self.writer(is_new, lens)),
            false => None,
        };
        let mut broken = std::mem::take(&mut plan.broken);
        let told = self.carry_out(
            &plan,
            kept.as_ref(),
            lens,
            writer.as_mut(),
            &mut broken,
            each,
        );
        if told.is_none() {
            return Ok(None);
        }
        let is_all_kept = matches!(plan.steps.as_slice(), [] | [Step::Keep(_)]);
        let (began, own) = match (&writer, plan.is_news) {
            (Some(writer), _) => (writer.rows.made, own),
            (None, false) if is_all_kept => (before.began, own),
            (None, false) => (before.began, 0),
            // Nobody knows whether the clocks of the two folders agree.
            (None, true) => (Duration::ZERO, 0),
        };
        if let Some(writer) = writer {
            self.finish(writer, own, lens);
        }
        broken.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Some(Survey { broken, began, own }))
    }

    /// What is to be done where nothing is known: then nothing is looked at before
    /// it is read.
    fn plan_anew(&self) -> Result<Plan, StoreError> {
        let names = self.folder.names()?;
        let files = names.files.into_iter();
        let steps = files.map(|(id, is_file)| Step::Read(Wanted { id, is_file }));
        let steps: Vec<Step> = steps.collect();
        Ok(Plan {
            is_news: !steps.is_empty(),
            steps,
            broken: names.odd,
        })
    }

    /// What is to be done about the files as they are now; `None` where what was kept
    /// is torn.
    fn plan(&self, kept: &Kept) -> Result<Option<Plan>, StoreError> {
        let scan = self.folder.scan()?;
        let mut plan = Plan {
            broken: scan.odd,
            ..Plan::default()
        };
        let read = |id| Wanted { id, is_file: false };
        // Both by id: what is known and what is there go along each other.
        let mut stamps = scan.stamps.into_iter().peekable();
        let told = kept.each(|record| {
            let id = record.id_bytes()?;
            while let Some(stamp) = stamps.next_if(|stamp| stamp.id.as_str().as_bytes() < id) {
                plan.read(read(stamp.id));
                plan.is_news = true;
            }
            let same = stamps.next_if(|stamp| stamp.id.as_str().as_bytes() == id);
            match same {
                Some(stamp) if record.is_of(&stamp, kept.head.began) => match record.is_broken {
                    false => plan.keep(),
                    // It is read again to say what is wrong with it.
                    true => {
                        plan.leave();
                        plan.read(read(stamp.id));
                    }
                },
                Some(stamp) => {
                    plan.leave();
                    plan.read(read(stamp.id));
                    plan.is_news = true;
                }
                // It is not there any more.
                None => {
                    plan.leave();
                    plan.is_news = true;
                }
            }
            Some(())
        });
        for stamp in stamps {
            plan.read(read(stamp.id));
            plan.is_news = true;
        }
        Ok(told.map(|()| plan))
    }

    /// Tells of what is kept and of what is read, in order, and writes it down; `None`
    /// where what was kept is torn.
    fn carry_out(
        &self,
        plan: &Plan,
        kept: Option<&Kept>,
        lens: &Lens,
        mut writer: Option<&mut Writer>,
        broken: &mut Vec<Broken>,
        each: &mut dyn FnMut(&Record<'_>),
    ) -> Option<()> {
        let mut read = {
            let writer = writer.as_deref_mut().map(Mutex::new);
            let write = |texts: &Bytes| writer.as_ref()?.lock().ok()?.add_texts(texts);
            let write: Option<&Write<'_>> = match &writer {
                Some(_) => Some(&write),
                None => None,
            };
            read_all(&self.folder, &plan.wanted(), lens, write)
        };
        let mut tell = |record: &Record<'_>| {
            if let Some(writer) = writer.as_deref_mut() {
                writer.add(record);
            }
            each(record);
        };
        let mut steps = plan.steps.iter().peekable();
        let mut next = |tell: &mut dyn FnMut(&Record<'_>), results: &mut Results| {
            if let Some((frame, why)) = results.next() {
                if let Some(record) = Record::next(&mut Cursor(frame)) {
                    tell(&record);
                }
                broken.extend(why);
            }
        };
        if let Some(kept) = kept {
            let mut done = 0;
            kept.each(|record| {
                while steps
                    .next_if(|step| matches!(step, Step::Read(_)))
                    .is_some()
                {
                    next(&mut tell, &mut read);
                }
                let count = match steps.peek()? {
                    Step::Keep(count) => {
                        tell(record);
                        *count
                    }
                    Step::Leave(count) => *count,
                    Step::Read(_) => return None,
                };
                done += 1;
                if done == count {
                    steps.next();
                    done = 0;
                }
                Some(())
            })?;
        }
        for _ in steps {
            next(&mut tell, &mut read);
        }
        Some(())
    }

    /// What writes the index anew, if nobody else does just now.
    fn writer(&self, is_new: bool, lens: &Lens) -> Option<Writer> {
        let cache = self.cache.as_ref()?;
        let folder = stamp::real(self.folder.path());
        let lock = cache.try_lock(&name(&folder, LOCK)?)?;
        // Its time is that of the beginning: files are read after it.
        let mut rows = cache.draft().ok()?;
        // Room for what is known of the rows when they are written.
        let front = Head::default().bytes(folder.to_str()?, &lens.basis);
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
            is_whole: rows.write(&front).is_ok(),
            folder: folder.to_str()?.to_owned(),
            rows_name: name(&folder, ROWS)?,
            rows,
            head: Head::default(),
            sum: Sum::default(),
            unwritten: Vec::new(),
            live: 0,
            texts: texts::Writer::to(texts).ok()?,
            texts_name: name_of_texts,
            new_texts,
        })
    }

    /// Puts the files in their places. Where that fails nothing is known next
    /// time, or what was known before.
    fn finish(&self, mut writer: Writer, own: u64, lens: &Lens) {
        let Some(cache) = &self.cache else { return };
        writer.write_out();
        let head = Head {
            began: writer.rows.made,
            own,
            body: writer.sum.end(),
            ..writer.head
        };
        let is_wasted = writer.texts.size() > 3 * writer.live + SPARE;
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
        let front = head.bytes(&writer.folder, &lens.basis);
        if writer.rows.write_front(&front).is_ok() {
            let _ = writer.rows.keep(&writer.rows_name);
        }
    }
}

/// The two files on their way.
struct Writer {
    _lock: File,
    folder: String,
    rows: Draft,
    rows_name: String,
    /// What is known of the rows by now.
    head: Head,
    sum: Sum,
    unwritten: Vec<u8>,
    /// How much of the texts belongs to one of the rows.
    live: u64,
    texts: texts::Writer,
    texts_name: String,
    /// Where the texts are written anew.
    new_texts: Option<Draft>,
    /// Whether everything could be written.
    is_whole: bool,
}

impl Writer {
    /// Writes texts; where they begin.
    fn add_texts(&mut self, texts: &Bytes) -> Option<u64> {
        let begin = self.texts.add(texts).ok();
        self.is_whole &= begin.is_some();
        begin
    }

    /// Writes the next row by id.
    fn add(&mut self, record: &Record<'_>) {
        self.unwritten.extend_from_slice(record.frame);
        self.head.size += record.frame.len() as u64;
        self.head.briefs += usize::from(!record.is_broken);
        self.live += record.text.map_or(0, |place| u64::from(place.size));
        if self.unwritten.len() >= PIECE {
            self.write_out();
        }
    }

    fn write_out(&mut self) {
        self.sum.add(&self.unwritten);
        self.is_whole &= self.rows.write(&self.unwritten).is_ok();
        self.unwritten.clear();
    }
}
