//! A block of lines in the user's crontab. The rest of it may be anything, also
//! no text, and stays byte for byte.

use super::stamp::check;
use super::{Kind, Refused, Run, Step, Target};

const BEGIN: &str = "# >>> askfirst remind >>> written by askfirst remind install, check: ";
const END: &str = "# <<< askfirst remind <<<";

/// What prints the crontab.
pub fn list() -> Run {
    Run::new("crontab", ["-l"])
}

/// What reads a new one from standard input.
pub fn replace() -> Run {
    Run::new("crontab", ["-"])
}

/// What leaves no crontab at all.
pub fn remove() -> Run {
    Run::new("crontab", ["-r"])
}

/// Whether a failure to print the crontab means that there is none. Anything
/// else that fails must not be taken for an empty one.
pub fn is_none(errors: &str) -> bool {
    // busybox names the file that it did not find.
    errors.contains("no crontab for") || errors.contains("No such file or directory")
}

pub(super) fn install(target: &Target, crontab: &[u8]) -> Result<Vec<Step>, Refused> {
    let lines = lines(target)?;
    let new = with(crontab, &lines)?;
    Ok(match new == crontab {
        true => Vec::new(),
        false => vec![Step::Crontab(Some(lines))],
    })
}

/// Whether the block is there.
pub fn is_in(crontab: &[u8]) -> bool {
    without(crontab).map_or(true, |rest| rest.is_some())
}

/// A crontab with these lines in place of ours. They come first, so that what
/// the user set further down holds for the user's own lines only.
///
/// # Errors
///
/// When our lines were changed.
pub fn with(crontab: &[u8], lines: &str) -> Result<Vec<u8>, Refused> {
    let rest = without(crontab)?;
    let mut new = lines.as_bytes().to_vec();
    new.extend_from_slice(rest.as_deref().unwrap_or(crontab));
    Ok(new)
}

/// A crontab without our lines; `None` where they are not in it.
///
/// # Errors
///
/// When our lines were changed.
pub fn without(crontab: &[u8]) -> Result<Option<Vec<u8>>, Refused> {
    let mut rest = Vec::with_capacity(crontab.len());
    let mut found = false;
    let mut lines = crontab.split_inclusive(|byte| *byte == b'\n');
    while let Some(line) = lines.next() {
        let Some(told) = line.strip_prefix(BEGIN.as_bytes()) else {
            if line.starts_with(END.as_bytes()) {
                return Err(Refused::Lines);
            }
            rest.extend_from_slice(line);
            continue;
        };
        let mut inside = Vec::new();
        loop {
            match lines.next() {
                None => return Err(Refused::Lines),
                Some(line) if line.trim_ascii_end() == END.as_bytes() => break,
                Some(line) => inside.extend_from_slice(line),
            }
        }
        let inside = String::from_utf8(inside).map_err(|_| Refused::Lines)?;
        if told.trim_ascii_end() != check(&inside, 0).as_bytes() {
            return Err(Refused::Lines);
        }
        found = true;
    }
    Ok(found.then_some(rest))
}

fn lines(target: &Target) -> Result<String, Refused> {
    let days: Vec<String> = target
        .schedule
        .days
        .iter()
        .map(|day| day.num_days_from_sunday().to_string())
        .collect();
    let days = match days.len() {
        7 => "*".to_owned(),
        _ => days.join(","),
    };
    let (first, last) = target.schedule.hours;
    // cron knows nothing of the desktop: without the address of the session bus
    // nobody would see the notification.
    let bus = format!("unix:path=/run/user/{}/bus", target.uid);
    let mut words = vec!["env".to_owned()];
    let bus = [("DBUS_SESSION_BUS_ADDRESS".to_owned(), bus)];
    for (key, value) in bus.iter().chain(&target.variables) {
        words.push(format!("{key}={}", word(value)?));
    }
    for arg in &target.command {
        words.push(word(arg)?);
    }
    // A mail every half hour is no reminder.
    let line = format!(
        "*/30 {first}-{last} * * {days} {} >/dev/null 2>&1\n",
        words.join(" ")
    );
    Ok(format!("{BEGIN}{}\n{line}{END}\n", check(&line, 0)))
}

/// One word for the shell, within a line of a crontab.
fn word(text: &str) -> Result<String, Refused> {
    if text.chars().any(char::is_control) {
        return Err(Refused::Character(text.to_owned(), Kind::Cron.label()));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@=,".contains(c);
    let quoted = match !text.is_empty() && text.chars().all(plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    };
    // crontab(5): a bare % ends the command, also in quotes.
    Ok(quoted.replace('%', "\\%"))
}
