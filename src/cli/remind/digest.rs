//! `remind run`.

use std::sync::mpsc;
use std::time::Duration;

use super::super::reminders::Reminders;
use super::super::{Done, Global, Place, Streams, colleagues};
use crate::clock;
use crate::domain::work_time::WorkTime;
use crate::domain::{Moment, text};
use crate::remind::digest::Digest;
use crate::storage::{self, locate};

/// How long a notification service may think about it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Nobody sits in front of a timer: what goes wrong is told only when asked.
pub fn run(verbose: bool, global: &Global, streams: &mut Streams) -> Done {
    let said = match send(global) {
        Ok(1) => "sent a reminder about 1 brief".to_owned(),
        Ok(count) => format!("sent a reminder about {count} briefs"),
        Err(why) => format!("nothing was sent: {why}"),
    };
    if verbose {
        writeln!(streams.err, "{}", text::line(&said))?;
    }
    Ok(())
}

fn send(global: &Global) -> Result<usize, String> {
    let now = clock::now().map_err(|error| error.to_string())?;
    let settings = match storage::settings_file() {
        // In a quiet hour that is written wrongly nobody is disturbed either.
        Some(path) => {
            let settings = storage::read_settings(&path);
            settings.map_err(|b| format!("{}: {}", b.file, b.summary))?
        }
        None => storage::Settings::default(),
    };
    let name = colleagues::name(&settings);
    let reminders = Reminders::of(settings.work).named(&name);
    let dir = global
        .dir
        .as_deref()
        .filter(|dir| !dir.as_os_str().is_empty());
    let folders = match dir {
        Some(dir) => vec![dir.to_owned()],
        None => {
            let here = std::env::current_dir().ok();
            let named = std::env::var_os(locate::VARIABLE);
            let place = Place::find(None, named.as_deref(), here.as_deref());
            let mut folders = reminders.folders();
            folders.extend(place.ok().map(|place| place.path));
            folders
        }
    };
    let sent = reminders.send_digest(&folders, now, show_in_time);
    sent.map_err(|not_sent| not_sent.to_string())
}

/// When a reminder was last sent.
pub fn last_sent() -> Option<Moment> {
    Reminders::of(WorkTime::default()).last_digest()
}

/// Shows it, or gives up on a service that does not answer.
fn show_in_time(digest: &Digest) -> Result<(), String> {
    let digest = digest.clone();
    let (tell, told) = mpsc::channel();
    let showing = std::thread::Builder::new().spawn(move || {
        // Nobody listens any more once it took too long.
        let _ = tell.send(show(&digest));
    });
    showing.map_err(|error| error.to_string())?;
    match told.recv_timeout(PATIENCE) {
        Ok(shown) => shown,
        Err(_) => Err("the service gave no answer".to_owned()),
    }
}

#[cfg(not(feature = "notify"))]
fn show(_: &Digest) -> Result<(), String> {
    Err("this build has no notifications (feature \"notify\")".to_owned())
}

#[cfg(feature = "notify")]
fn show(digest: &Digest) -> Result<(), String> {
    use notify_rust::Notification;
    let body = match takes_markup()? {
        true => digest.as_markup(),
        false => digest.body.clone(),
    };
    Notification::new()
        .appname("askfirst")
        .summary(&digest.summary)
        .body(&body)
        .show()
        .map(drop)
        .map_err(|error| error.to_string())
}

/// Whether the service takes a body for markup; others would show the escapes.
#[cfg(all(feature = "notify", unix, not(target_os = "macos")))]
fn takes_markup() -> Result<bool, String> {
    let able = notify_rust::get_capabilities().map_err(|error| error.to_string())?;
    Ok(able.iter().any(|one| one == "body-markup"))
}

#[cfg(all(feature = "notify", not(all(unix, not(target_os = "macos")))))]
fn takes_markup() -> Result<bool, String> {
    Ok(false)
}
