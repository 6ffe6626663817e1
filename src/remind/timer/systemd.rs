//! A timer of the user's own systemd.

use std::path::PathBuf;

use super::stamp::stamped;
use super::{Encoding, Found, Refused, Run, Step, Target, Told, folders, write_all};

const SERVICE: &str = "askfirst-remind.service";
const TIMER: &str = "askfirst-remind.timer";

/// The service first: it makes the folder.
pub(super) fn files(target: &Target) -> Vec<PathBuf> {
    let folder = target.config.join("systemd").join("user");
    vec![folder.join(SERVICE), folder.join(TIMER)]
}

pub(super) fn install(target: &Target, found: &[Found]) -> Result<Vec<Step>, Refused> {
    let texts = [service(target), timer(target)];
    let files = files(target).into_iter().zip(texts).map(|(path, text)| {
        let folders = folders(&path, found);
        let text = stamped("", ("# ", ""), &text, folders);
        (path, text, Encoding::Utf8)
    });
    Ok(write_all(files.collect(), found, on()))
}

pub(super) fn on() -> Vec<Run> {
    vec![
        Run::new("systemctl", ["--user", "daemon-reload"]),
        Run::new("systemctl", ["--user", "enable", TIMER]),
        // Starts it, or lets one that runs take the new times.
        Run::new("systemctl", ["--user", "restart", TIMER]),
    ]
}

/// What to run before the files go, and after.
pub(super) fn off() -> (Vec<Run>, Vec<Run>) {
    let before = vec![
        Run::new("systemctl", ["--user", "disable", "--now", TIMER]).or_not(),
        // The note of its last run, kept for Persistent=.
        Run::new("systemctl", ["--user", "clean", "--what=state", TIMER]).or_not(),
    ];
    let after = vec![Run::new("systemctl", ["--user", "daemon-reload"]).or_not()];
    (before, after)
}

pub(super) fn ask() -> Run {
    Run::new(
        "systemctl",
        [
            "--user",
            "show",
            TIMER,
            "--property=ActiveState",
            "--property=NextElapseUSecRealtime",
        ],
    )
}

pub(super) fn told(output: &str) -> Told {
    let value = |key: &str| {
        output
            .lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
    };
    // "Mon 2026-02-09 09:30:00 CET"; the place is this one.
    let next = value("NextElapseUSecRealtime").and_then(|text| {
        let mut words = text.split(' ').skip(1);
        format!("{}T{}", words.next()?, words.next()?).parse().ok()
    });
    Told {
        active: value("ActiveState") == Some("active"),
        next,
    }
}

fn service(target: &Target) -> String {
    let mut lines = vec![
        "[Unit]".to_owned(),
        "Description=Reminders of askfirst".to_owned(),
    ];
    if let Some(program) = target.command.first()
        && !program.contains(|c: char| c.is_control())
        && program.trim_end() == program
    {
        // Once the program is gone there is nothing to complain about.
        let path = program.replace('%', "%%");
        lines.push(format!("ConditionFileIsExecutable={path}"));
    }
    lines.extend([
        String::new(),
        "[Service]".to_owned(),
        "Type=oneshot".to_owned(),
    ]);
    for (key, value) in &target.variables {
        lines.push(format!("Environment={}", quoted(&format!("{key}={value}"))));
    }
    lines.push(format!("ExecStart={}", command(&target.command)));
    lines.push("TimeoutStartSec=5min".to_owned());
    lines.push(String::new());
    lines.join("\n")
}

/// The value of ExecStart=.
fn command(command: &[String]) -> String {
    // systemd refuses a program with such a name; a shell starts any.
    let odd = |c: char| c.is_control() || matches!(c, '"' | '\'' | '\\');
    let shell = ["/bin/sh", "-c", "exec \"$0\" \"$@\""].map(str::to_owned);
    let shell = match command.first().is_some_and(|program| program.contains(odd)) {
        true => &shell[..],
        false => &[],
    };
    let all = || shell.iter().chain(command);
    let words: Vec<String> = all().map(|arg| word(arg)).collect();
    // With a colon a dollar sign means nothing (systemd.service(5), since 244).
    let colon = match all().any(|arg| arg.contains('$')) {
        true => ":",
        false => "",
    };
    format!("{colon}{}", words.join(" "))
}

fn timer(target: &Target) -> String {
    let schedule = &target.schedule;
    let days: Vec<String> = schedule.days.iter().map(ToString::to_string).collect();
    let days = match days.len() {
        7 => String::new(),
        _ => format!("{} ", days.join(",")),
    };
    let (first, last) = schedule.hours;
    format!(
        "[Unit]\n\
         Description=Reminders of askfirst, in working hours\n\
         \n\
         [Timer]\n\
         OnCalendar={days}*-*-* {first:02}..{last:02}:00,30:00\n\
         Persistent=true\n\
         AccuracySec=1min\n\
         \n\
         [Install]\n\
         WantedBy=timers.target\n"
    )
}

/// One argument, in quotes where it needs them.
fn word(arg: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@=,".contains(c);
    match !arg.is_empty() && arg.chars().all(plain) {
        true => arg.to_owned(),
        false => quoted(arg),
    }
}

/// In double quotes, with the escapes of systemd.syntax(7) and no specifiers
/// (systemd.unit(5)).
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '%' => quoted.push_str("%%"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
