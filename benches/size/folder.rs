//! A folder of many briefs, made from numbers: the same numbers give the same
//! files.

use std::path::Path;
use std::thread;

use askfirst::domain::action::{self, Said};
use askfirst::domain::{Agreement, Brief, BriefId, Moment};
use askfirst::export;
use askfirst::storage::{import, text_of};

use super::Error;
use super::briefs;

/// Which of the briefs are under way, and due on the day of [`NOW`].
#[derive(Debug, Clone, Copy)]
pub enum Open {
    /// Three of a hundred.
    Share,
    /// So many of all, however many there are.
    Only(u64),
}

/// So many needs has a brief at most: with what happens to it, it is about 3 KB then.
const NEEDS: usize = 3;

/// The moment of the measurements: a Thursday, late in the morning.
pub const NOW: &str = "2026-02-12T11:00:00+01:00";

/// When what is open is under way, and nothing is due yet.
pub const EARLY: &str = "2026-02-05T11:00:00+01:00";

impl Open {
    fn holds(self, seed: u64) -> bool {
        match self {
            Self::Share => seed % 100 < 3,
            Self::Only(count) => seed < count,
        }
    }
}

/// Writes `count` briefs. Nothing is synced: it is no folder that anybody keeps.
pub fn write(folder: &Path, count: u64, open: Open) -> Result<(), Error> {
    std::fs::create_dir_all(folder)?;
    let half = count / 2;
    thread::scope(|scope| {
        let part = |range: std::ops::Range<u64>| {
            for seed in range {
                one(folder, seed, open).map_err(|error| error.to_string())?;
            }
            Ok::<(), String>(())
        };
        let first = scope.spawn(move || part(0..half));
        part(half..count)?;
        first.join().map_err(|_| "a thread ended")?
    })?;
    Ok(())
}

fn one(folder: &Path, seed: u64, open: Open) -> Result<(), Error> {
    let made = Moment::parse_from_rfc3339("2026-01-07T09:00:00+01:00")?;
    let number = u32::try_from(seed).unwrap_or_default();
    let mut brief = import("generated", &briefs::text(seed, NEEDS), number, made)
        .map_err(|broken| broken.summary)?;
    brief.id = BriefId::parse(&format!("generated-{seed:06}"))?;
    happen(&mut brief, seed, open, made)?;
    let path = folder.join(format!("{}.toml", brief.id));
    std::fs::write(path, text_of(None, &brief))?;
    Ok(())
}

/// Most briefs of a folder are over; some are drafts, few are under way.
fn happen(brief: &mut Brief, seed: u64, open: Open, made: Moment) -> Result<(), Error> {
    let day = |n: i64| made + chrono::TimeDelta::days(n);
    let Some(by) = brief.requester().map(|c| c.id.clone()) else {
        return Ok(());
    };
    let is_open = open.holds(seed);
    let kind = seed / 100 % 10;
    if !is_open && kind == 0 {
        return Ok(());
    }
    // Every other one was agreed upon in a talk, the others by mail.
    let via = match seed % 2 {
        0 => {
            let put = export::message(brief, &by, "").questions;
            brief.apply(action::share(brief, &by, &put, "mail", "a", day(1)), day(1))?;
            "mail"
        }
        _ => "a talk",
    };
    let code = Agreement::of(brief).code().to_string();
    let said = Said {
        words: format!("OK {code}, and thank you for asking first"),
        by: by.clone(),
        via: via.to_owned(),
        code,
        covers: Vec::new(),
    };
    brief.apply(action::sign(brief, said, "b", day(2))?, day(2))?;
    // Due ones: begun eight days before the moment of the measurements.
    let begun = if is_open { day(28) } else { day(3) };
    brief.apply(action::start(brief, &[], "it is small", "c", begun)?, begun)?;
    if is_open {
        return Ok(());
    }
    if kind == 1 {
        brief.apply(
            action::drop_brief(brief, "it is not needed any more", "d", day(5))?,
            day(5),
        )?;
    } else {
        brief.apply(
            action::deliver(brief, "all of it is in", "d", day(9))?,
            day(9),
        )?;
        let confirm = action::confirm(brief, Some(&by), "they use it", "e", day(12))?;
        brief.apply(confirm, day(12))?;
    }
    if kind >= 6 {
        let away = action::archive(brief, true, "", "f", day(15));
        brief.apply(away, day(15))?;
    }
    Ok(())
}
