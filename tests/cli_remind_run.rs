//! `remind run`: one reminder a working day, and no noise.

use crate::support::TestDir;
use crate::support::bus::{Bus, Service, Shown};

/// A brief in progress since Monday 2 February 2026: due on Thursday 5, nudged
/// again on Monday 9 and Thursday 12.
fn started() -> TestDir {
    let mut dir = TestDir::new();
    dir.at("2026-02-02T10:00:00+01:00");
    dir.write("b.toml", BRIEF);
    dir.run("new --from b.toml").done();
    dir.run("start analysts --because \"it is asked on the way\"")
        .done();
    dir
}

const BRIEF: &str = r#"
title = "What my analysts do all day"
[request]
words = "What do they do all day?"
by = "dana"
origin = "asked"
[[customer]]
id = "dana"
name = "Dana Reyes"
role = "requester"
[plan]
cadence = "every 3 days"
"#;

fn with(mut dir: TestDir, bus: &Bus) -> TestDir {
    dir.env("DBUS_SESSION_BUS_ADDRESS", bus.address());
    dir
}

/// Runs it without a word, as a timer does.
#[track_caller]
fn quietly(dir: &TestDir) {
    let output = dir.run("remind run").done();
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", ""));
}

#[test]
fn a_working_day_has_one_notification_and_only_when_something_is_due() {
    let dir = started();
    let bus = Bus::start(&dir.home(), Service::Plain);
    let mut dir = with(dir, &bus);
    let mut days = Vec::new();
    for day in 2..=20 {
        for time in ["07:00", "09:00", "09:30", "12:00", "16:30", "20:00"] {
            let before = bus.shown().len();
            dir.at(&format!("2026-02-{day:02}T{time}:00+01:00"));
            quietly(&dir);
            if bus.shown().len() > before {
                days.push(format!("{day} {time}"));
            }
        }
    }
    assert_eq!(days, ["5 09:00", "9 09:00", "12 09:00"]);
    let first = &bus.shown()[0];
    assert_eq!(first.summary, "Check in: What my analysts do all day");
    assert!(first.body.contains("Dana Reyes"), "{first:?}");
}

#[test]
fn it_says_why_when_it_is_asked() {
    let dir = started();
    let bus = Bus::start(&dir.home(), Service::Plain);
    let mut dir = with(dir, &bus);
    let said = |dir: &TestDir| dir.run("remind run --verbose").done().stderr;
    assert!(said(&dir).contains("nothing is due"), "{}", said(&dir));
    dir.at("2026-02-05T08:00:00+01:00");
    assert!(said(&dir).contains("no working time"));
    dir.at("2026-02-05T09:00:00+01:00");
    assert_eq!(said(&dir), "sent a reminder about 1 brief\n");
    assert!(said(&dir).contains("was sent"));
    let status = dir.run("remind status --json").done().json();
    assert_eq!(status["last_sent"], "2026-02-05T09:00:00+01:00");
}

#[test]
fn ten_timers_at_once_send_it_once() {
    let dir = started();
    let bus = Bus::start(&dir.home(), Service::Plain);
    let mut dir = with(dir, &bus);
    dir.at("2026-02-05T09:00:00+01:00");
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| quietly(&dir));
        }
    });
    assert_eq!(bus.shown().len(), 1);
}

#[test]
fn without_a_notification_service_nothing_is_said_and_nothing_is_lost() {
    let dir = started();
    let missing = Bus::start(&dir.home(), Service::Missing);
    let plain = Bus::start(&dir.home(), Service::Plain);
    let mut dir = with(dir, &missing);
    dir.at("2026-02-05T09:00:00+01:00");
    quietly(&dir);
    let told = dir.run("remind run --verbose").done().stderr;
    assert!(told.contains("was not shown"), "{told}");
    dir.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    quietly(&dir);
    // Friday: somebody is there to show it.
    let mut dir = with(dir, &plain);
    dir.at("2026-02-06T09:00:00+01:00");
    quietly(&dir);
    assert_eq!(plain.shown().len(), 1);
    quietly(&dir);
    assert_eq!(plain.shown().len(), 1);
}

#[test]
fn where_nothing_can_be_noted_nothing_is_sent_again_and_again() {
    let dir = started();
    let bus = Bus::start(&dir.home(), Service::Plain);
    let mut dir = with(dir, &bus);
    dir.at("2026-02-05T09:00:00+01:00");
    dir.write("file", "");
    let state = dir.path("file");
    dir.env("XDG_STATE_HOME", state.to_str().unwrap());
    quietly(&dir);
    assert_eq!(bus.shown(), []);
    let told = dir.run("remind run --verbose").done().stderr;
    assert!(told.contains("could not be noted"), "{told}");
    // It comes when there is a place again.
    let state = dir.home();
    dir.env("XDG_STATE_HOME", state.to_str().unwrap());
    quietly(&dir);
    assert_eq!(bus.shown().len(), 1);
}

#[test]
fn on_a_full_disk_nothing_is_sent_before_there_is_room() {
    let dir = started();
    let bus = Bus::start(&dir.home(), Service::Plain);
    let mut dir = with(dir, &bus);
    dir.at("2026-02-05T09:00:00+01:00");
    // No file may grow at all.
    let output = std::process::Command::new("/bin/sh")
        .env_clear()
        .env("HOME", dir.home())
        .env("ASKFIRST_NOW", "2026-02-05T09:00:00+01:00")
        .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
        .current_dir(dir.work())
        .args(["-c", "ulimit -f 0; exec \"$0\" remind run"])
        .arg(env!("CARGO_BIN_EXE_askfirst"))
        .output()
        .unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    assert_eq!(bus.shown(), []);
    quietly(&dir);
    assert_eq!(bus.shown().len(), 1);
}

#[test]
fn quiet_hours_holidays_and_settings_that_cannot_be_read_are_kept() {
    let dir = started();
    let bus = Bus::start(&dir.home(), Service::Plain);
    let mut dir = with(dir, &bus);
    let config = dir.home().join(".config/askfirst");
    std::fs::create_dir_all(&config).unwrap();
    let settings = |text: &str| std::fs::write(config.join("config.toml"), text).unwrap();
    settings("[work]\nquiet = \"09:00-12:00\"\nholidays = [2026-02-06]\n");
    dir.at("2026-02-05T11:30:00+01:00");
    quietly(&dir);
    dir.at("2026-02-06T13:00:00+01:00");
    quietly(&dir);
    settings("[work]\nquiet = \"noon\"\n");
    dir.at("2026-02-05T13:00:00+01:00");
    quietly(&dir);
    assert_eq!(bus.shown(), []);
    settings("[work]\nquiet = \"09:00-12:00\"\n");
    quietly(&dir);
    assert_eq!(bus.shown().len(), 1);
}

#[test]
fn a_brief_that_is_gone_is_not_told_and_stops_nothing() {
    let dir = started();
    let bus = Bus::start(&dir.home(), Service::Plain);
    let mut dir = with(dir, &bus);
    dir.at("2026-02-05T09:00:00+01:00");
    std::fs::remove_file(dir.brief("what-my")).unwrap();
    quietly(&dir);
    std::fs::remove_dir_all(dir.path(".askfirst")).unwrap();
    quietly(&dir);
    assert_eq!(bus.shown(), []);
}

#[test]
fn what_a_brief_says_is_no_markup_and_reads_as_it_is_elsewhere() {
    for (service, wanted) in [
        (Service::Markup, "&lt;b&gt;R&amp;D&lt;/b&gt;"),
        (Service::Plain, "<b>R&D</b>"),
    ] {
        let dir = started();
        let path = dir.brief("what-my");
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.replace("\"Dana Reyes\"", "\"<b>R&D</b>\\u001b[31m\\u202e\"");
        std::fs::write(&path, text).unwrap();
        let bus = Bus::start(&dir.home(), service);
        let mut dir = with(dir, &bus);
        dir.at("2026-02-05T09:00:00+01:00");
        quietly(&dir);
        let Shown { body, .. } = bus.shown().remove(0);
        assert!(body.contains(wanted), "{body}");
        assert!(!body.contains(['\u{1b}', '\u{202e}']), "{body}");
    }
}

#[test]
fn a_shell_that_told_it_and_a_timer_do_not_tell_it_twice_a_day() {
    let dir = started();
    let bus = Bus::start(&dir.home(), Service::Plain);
    let mut dir = with(dir, &bus);
    dir.at("2026-02-05T09:00:00+01:00");
    let told = dir.run("due --hook").done().stdout;
    assert!(told.contains("Dana Reyes"), "{told}");
    quietly(&dir);
    assert_eq!(bus.shown(), []);
    dir.at("2026-02-09T09:00:00+01:00");
    quietly(&dir);
    assert_eq!(bus.shown().len(), 1);
    dir.at("2026-02-09T14:00:00+01:00");
    assert_eq!(dir.run("due --hook").done().stdout, "");
}

#[test]
fn a_timer_finds_the_folders_that_were_used_and_takes_only_one_with_dir() {
    let dir = started();
    let bus = Bus::start(&dir.home(), Service::Plain);
    let at_home = |args: &[&str]| {
        let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_askfirst"))
            .env_clear()
            .env("HOME", dir.home())
            .env("ASKFIRST_NOW", "2026-02-05T09:00:00+01:00")
            .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
            .current_dir(dir.home())
            .args(args)
            .output()
            .unwrap();
        assert!(output.status.success() && output.stderr.is_empty());
    };
    at_home(&["remind", "run", "--dir", "elsewhere"]);
    assert_eq!(bus.shown(), []);
    at_home(&["remind", "run"]);
    assert_eq!(bus.shown().len(), 1);
}
