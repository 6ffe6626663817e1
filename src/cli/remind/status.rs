//! `remind status`.

use serde_json::{Value, json};

use super::super::{Done, Failure, Global, Streams, json as shapes};
use super::machine::{self, Now};
use super::setup;
use crate::clock::{self, Here};
use crate::domain::work_time::{Local, Zone as _};
use crate::domain::{date, text};
use crate::remind::timer::{self, Kind, Standing, Target, Told};

/// A timer of which there is something.
struct Timer {
    kind: Kind,
    standing: Standing,
    told: Told,
    next: Option<Local>,
    files: Vec<String>,
}

pub fn run(as_json: bool, global: &Global, streams: &mut Streams) -> Done {
    let target = machine::target(global)?;
    let zone = Here::find();
    let now =
        clock::now().map_err(|error| Failure::new("could not tell the time").because(error))?;
    let local = zone.local(now);
    let timers: Vec<Timer> = machine::possible()
        .iter()
        .filter_map(|kind| look(*kind, &target, local))
        .collect();
    let sent = super::digest::last_sent();
    let notifications = cfg!(feature = "notify");
    if as_json {
        let timers: Vec<Value> = timers
            .iter()
            .map(|timer| {
                json!({
                    "kind": timer.kind.word(),
                    "state": timer.standing.word(),
                    "active": timer.told.active,
                    "next": timer.next.map(|at| zone.moment(at).to_rfc3339()),
                    "files": timer.files,
                })
            })
            .collect();
        let value = json!({
            "timers": timers,
            "last_sent": sent.map(|at| at.to_rfc3339()),
            "notifications": notifications,
        });
        return shapes::write(&mut streams.out, &value);
    }
    let out = &mut streams.out;
    if timers.is_empty() {
        writeln!(
            out,
            "No timer is set up. Set one up with: askfirst remind install"
        )?;
    }
    for timer in &timers {
        let state = match timer.standing {
            Standing::Different => "set up otherwise than it would be now",
            Standing::Changed => "set up, and changed since",
            _ => "set up",
        };
        let active = if timer.told.active {
            "active"
        } else {
            "not active"
        };
        let next = timer.next.map(|at| format!(", next run {}", show(at)));
        writeln!(
            out,
            "{}: {state}, {active}{}",
            timer.kind.label(),
            next.unwrap_or_default()
        )?;
        for file in &timer.files {
            writeln!(out, "  {}", text::line(file))?;
        }
        if timer.standing == Standing::Different || !timer.told.active {
            writeln!(out, "  set it up anew with: askfirst remind install")?;
        }
    }
    match sent {
        Some(at) => writeln!(out, "Last reminder: {}", show(zone.local(at)))?,
        None => writeln!(out, "No reminder was sent yet")?,
    }
    if !notifications {
        writeln!(
            out,
            "This build sends no notifications (feature \"notify\")"
        )?;
    }
    Ok(())
}

fn look(kind: Kind, target: &Target, now: Local) -> Option<Timer> {
    // What cannot be read, as the crontab where there is no cron, is not there.
    let found = Now::look(kind, target).ok()?;
    let standing = timer::standing(kind, target, found.present());
    if standing == Standing::Absent {
        return None;
    }
    let told = setup::told(kind, target);
    let soon = || target.schedule.next(now).filter(|_| told.active);
    let files = found.files.iter().filter(|file| file.bytes.is_some());
    Some(Timer {
        kind,
        standing,
        told,
        next: told.next.or_else(soon),
        files: files.map(|file| file.path.display().to_string()).collect(),
    })
}

fn show(at: Local) -> String {
    format!("{} {}", date::show(at.date()), at.format("%H:%M"))
}
