use std::collections::BTreeMap;

use super::*;
use crate::domain::work_time::WorkTime;

fn target() -> Target {
    Target {
        command: ["/opt/ask first/askfirst", "remind", "run"]
            .map(str::to_owned)
            .to_vec(),
        variables: Vec::new(),
        schedule: Schedule::of(&WorkTime::default()),
        home: "/home/ana".into(),
        config: "/home/ana/.config".into(),
        data: "/home/ana/data".into(),
        uid: 1000,
    }
}

/// A disk and a crontab on which steps are carried out.
#[derive(Default, Clone, PartialEq, Debug)]
struct Machine {
    files: BTreeMap<PathBuf, Vec<u8>>,
    crontab: Vec<u8>,
    ran: Vec<String>,
}

impl Machine {
    fn found(&self, kind: Kind, target: &Target) -> Vec<Found> {
        let files = kind.files(target).into_iter().map(|path| Found {
            bytes: self.files.get(&path).cloned(),
            missing: if self.files.is_empty() { 2 } else { 0 },
            path,
        });
        files.collect()
    }

    fn carry_out(&mut self, steps: Vec<Step>) {
        for step in steps {
            match step {
                Step::Write {
                    path,
                    text,
                    encoding,
                } => drop(self.files.insert(path, encoding.bytes(&text))),
                Step::Remove { path, .. } => drop(self.files.remove(&path)),
                Step::Crontab(Some(lines)) => {
                    self.crontab = crontab::with(&self.crontab, &lines).unwrap();
                }
                Step::Crontab(None) => {
                    self.crontab = crontab::without(&self.crontab).unwrap().unwrap();
                }
                Step::Run(run) => self.ran.push(run.line()),
            }
        }
    }

    fn install(&mut self, kind: Kind, target: &Target) -> Result<usize, Refused> {
        let found = self.found(kind, target);
        let steps = install(kind, target, self.present(&found))?;
        let count = steps.len();
        self.carry_out(steps);
        Ok(count)
    }

    fn uninstall(&mut self, kind: Kind, target: &Target) -> Removal {
        let found = self.found(kind, target);
        let removal = uninstall(kind, target, self.present(&found));
        self.carry_out(removal.steps.clone());
        removal
    }

    fn standing(&self, kind: Kind, target: &Target) -> Standing {
        let found = self.found(kind, target);
        standing(kind, target, self.present(&found))
    }

    fn present<'a>(&'a self, files: &'a [Found]) -> Present<'a> {
        Present {
            files,
            crontab: &self.crontab,
        }
    }

    fn text(&self, end: &str) -> String {
        let found = self.files.iter().find(|(path, _)| path.ends_with(end));
        Encoding::text(found.expect(end).1).unwrap()
    }
}

/// A crontab that is no text and has no line break at its end.
const OWN: &[u8] = b"MAILTO=ana\n0 7 * * * make caf\xe9 100\\%\n# last";

#[test]
fn what_was_there_before_is_there_after_byte_for_byte() {
    for kind in Kind::ALL {
        let target = target();
        let before = Machine {
            crontab: OWN.to_vec(),
            ..Machine::default()
        };
        let mut machine = before.clone();
        assert_eq!(
            machine.standing(kind, &target),
            Standing::Absent,
            "{kind:?}"
        );
        assert!(machine.install(kind, &target).unwrap() > 0);
        assert_ne!(
            (&machine.files, &machine.crontab),
            (&before.files, &before.crontab)
        );
        assert_eq!(machine.standing(kind, &target), Standing::Current);
        assert_eq!(machine.install(kind, &target), Ok(0), "twice is once");

        let removal = machine.uninstall(kind, &target);
        assert!(removal.left.is_empty() && !removal.lines_left);
        machine.ran.clear();
        assert_eq!(machine, before, "{kind:?}");
        assert_eq!(machine.uninstall(kind, &target), Removal::default());
    }
}

#[test]
fn what_somebody_changed_is_told_and_left() {
    for kind in [Kind::Systemd, Kind::Launchd, Kind::Windows] {
        let target = target();
        let mut machine = Machine::default();
        machine.install(kind, &target).unwrap();
        let path = kind.files(&target).pop().unwrap();
        let text = machine.files.get_mut(&path).unwrap();
        text.extend(if kind == Kind::Windows {
            *b" \0"
        } else {
            *b"#\n"
        });
        let edited = text.clone();

        assert_eq!(machine.standing(kind, &target), Standing::Changed);
        let refused = Refused::Taken(path.clone(), true);
        assert_eq!(machine.install(kind, &target), Err(refused), "{kind:?}");
        let removal = machine.uninstall(kind, &target);
        assert_eq!(removal.left, std::slice::from_ref(&path));
        assert_eq!(machine.files, BTreeMap::from([(path, edited)]));
        // It is switched off all the same.
        assert!(removal.steps.iter().any(|s| matches!(s, Step::Run(_))));
    }
}

#[test]
fn changed_lines_of_the_crontab_are_told_and_left() {
    let target = target();
    let mut machine = Machine::default();
    machine.install(Kind::Cron, &target).unwrap();
    let text = String::from_utf8(machine.crontab.clone()).unwrap();
    for edited in [
        text.replace("9-16", "7-16"),
        text.replace("# <<< askfirst remind <<<\n", ""),
        text.replace("# >>> askfirst remind >>>", "#"),
    ] {
        machine.crontab = edited.clone().into_bytes();
        assert_eq!(machine.install(Kind::Cron, &target), Err(Refused::Lines));
        let removal = machine.uninstall(Kind::Cron, &target);
        assert!(removal.lines_left && removal.steps.is_empty());
        assert_eq!(machine.standing(Kind::Cron, &target), Standing::Changed);
        assert_eq!(machine.crontab, edited.as_bytes());
    }
}

#[test]
fn a_file_of_somebody_else_is_not_overwritten_and_not_removed() {
    let target = target();
    let path = Kind::Systemd.files(&target).remove(0);
    let mut machine = Machine::default();
    machine.files.insert(path.clone(), b"[Unit]\n".to_vec());
    let refused = machine.install(Kind::Systemd, &target);
    assert_eq!(refused, Err(Refused::Taken(path, false)));
    let removal = machine.uninstall(Kind::Systemd, &target);
    assert_eq!(removal, Removal::default());
    assert_eq!(machine.files.len(), 1);
}

#[test]
fn other_working_hours_write_the_timer_anew_and_leave_one() {
    for kind in [Kind::Systemd, Kind::Cron, Kind::Windows] {
        let target = target();
        let mut machine = Machine::default();
        machine.install(kind, &target).unwrap();
        let work = WorkTime {
            from: "08:30:00".parse().unwrap(),
            to: "16:00:00".parse().unwrap(),
            days: vec![chrono::Weekday::Sun, chrono::Weekday::Wed],
            ..WorkTime::default()
        };
        let other = Target {
            schedule: Schedule::of(&work),
            ..target
        };
        assert_eq!(
            machine.standing(kind, &other),
            Standing::Different,
            "{kind:?}"
        );
        assert!(machine.install(kind, &other).unwrap() > 0);
        assert_eq!(machine.standing(kind, &other), Standing::Current);
        machine.uninstall(kind, &other);
        assert!(machine.files.is_empty() && machine.crontab.is_empty());
    }
}

#[test]
fn folders_that_were_made_are_known_for_the_way_back() {
    let target = target();
    let mut machine = Machine::default();
    machine.install(Kind::Launchd, &target).unwrap();
    let other = Target {
        command: vec!["/usr/bin/askfirst".to_owned()],
        ..target
    };
    // Written again when the folders are there: they are still ours.
    machine.install(Kind::Launchd, &other).unwrap();
    let removal = machine.uninstall(Kind::Launchd, &other);
    let folders = removal.steps.iter().find_map(|step| match step {
        Step::Remove { folders, .. } => Some(*folders),
        _ => None,
    });
    assert_eq!(folders, Some(2));
}

#[test]
fn the_steps_for_systemd() {
    let mut machine = Machine::default();
    let mut target = target();
    target.command[0] = "/opt/ask first/100%/a".to_owned();
    target.variables = vec![("XDG_DATA_HOME".to_owned(), "/data/a b".to_owned())];
    machine.install(Kind::Systemd, &target).unwrap();
    let service = machine.text("askfirst-remind.service");
    assert!(service.contains("\nType=oneshot\n"), "{service}");
    assert!(
        service.contains("\nExecStart=\"/opt/ask first/100%%/a\" remind run\n"),
        "{service}"
    );
    assert!(
        service.contains("\nEnvironment=\"XDG_DATA_HOME=/data/a b\"\n"),
        "{service}"
    );
    let timer = machine.text("askfirst-remind.timer");
    assert!(
        timer.contains("\nOnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 09..16:00,30:00\n"),
        "{timer}"
    );
    assert!(timer.contains("\nPersistent=true\n"), "{timer}");
    assert_eq!(
        machine.ran,
        [
            "systemctl --user daemon-reload",
            "systemctl --user enable askfirst-remind.timer",
            "systemctl --user restart askfirst-remind.timer",
        ]
    );
    // A dollar sign is no variable.
    target.command[0] = "/opt/$HOME/askfirst".to_owned();
    machine.install(Kind::Systemd, &target).unwrap();
    let service = machine.text("askfirst-remind.service");
    assert!(service.contains("\nExecStart=:\"/opt/$HOME/askfirst\" remind run\n"));
    // A name that systemd does not take is a shell's.
    target.command[0] = "/opt/a \"b\"\\c".to_owned();
    machine.install(Kind::Systemd, &target).unwrap();
    let service = machine.text("askfirst-remind.service");
    let shell = r#"ExecStart=:/bin/sh -c "exec \"$0\" \"$@\"" "/opt/a \"b\"\\c" remind run"#;
    assert!(service.contains(shell), "{service}");
}

#[test]
fn the_line_for_cron_names_the_session_bus_and_comes_first() {
    let mut machine = Machine {
        crontab: OWN.to_vec(),
        ..Machine::default()
    };
    let mut target = target();
    target.command[0] = "/opt/Ana's 100%/askfirst".to_owned();
    machine.install(Kind::Cron, &target).unwrap();
    let end = machine.crontab.len() - OWN.len();
    assert_eq!(&machine.crontab[end..], OWN);
    let block = std::str::from_utf8(&machine.crontab[..end]).unwrap();
    assert_eq!(
        block.lines().nth(1).unwrap(),
        "*/30 9-16 * * 1,2,3,4,5 env \
         DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus \
         '/opt/Ana'\\''s 100\\%/askfirst' remind run >/dev/null 2>&1"
    );
    assert_eq!(block.lines().count(), 3);
    target.command[0] = "/opt/a\nb".to_owned();
    let refused = machine.install(Kind::Cron, &target);
    assert!(
        matches!(refused, Err(Refused::Character(..))),
        "{refused:?}"
    );
}

#[test]
fn a_crontab_that_could_not_be_read_is_not_an_empty_one() {
    assert!(crontab::is_none("no crontab for ana\n"));
    assert!(crontab::is_none(
        "crontab: can't open 'ana': No such file or directory\n"
    ));
    assert!(!crontab::is_none(
        "You (ana) are not allowed to use this program (crontab)\n"
    ));
    assert!(!crontab::is_none(""));
}

#[test]
fn the_plist_of_launchd_is_escaped() {
    let mut machine = Machine::default();
    let mut target = target();
    target.command[0] = "/Users/a&b/<ask>/askfirst".to_owned();
    target.variables = vec![("XDG_DATA_HOME".to_owned(), "/d".to_owned())];
    machine.install(Kind::Launchd, &target).unwrap();
    let plist = machine.text("askfirst.remind.plist");
    assert!(
        plist.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Written by"),
        "{plist}"
    );
    assert!(
        plist.contains("<string>/Users/a&amp;b/&lt;ask&gt;/askfirst</string>\n    <string>remind</string>\n    <string>run</string>"),
        "{plist}"
    );
    assert!(plist.contains("<key>XDG_DATA_HOME</key>\n    <string>/d</string>"));
    assert!(plist.contains("<key>StartInterval</key>\n  <integer>1800</integer>"));
    let agent = "/home/ana/Library/LaunchAgents/askfirst.remind.plist";
    assert_eq!(
        machine.ran,
        [
            "launchctl bootout gui/1000/askfirst.remind".to_owned(),
            format!("launchctl bootstrap gui/1000 {agent}"),
        ]
    );
    target.command[0] = "/a\u{1b}b".to_owned();
    assert!(machine.install(Kind::Launchd, &target).is_err());
}

#[test]
fn the_task_for_windows_opens_no_window_and_catches_up() {
    let mut machine = Machine::default();
    let mut target = target();
    target.command = [
        "C:\\Ask First\\askfirst.exe",
        "remind",
        "run",
        "--dir",
        "D:\\my briefs\\",
    ]
    .map(str::to_owned)
    .to_vec();
    machine.install(Kind::Windows, &target).unwrap();
    let raw = machine.files.values().next().unwrap();
    assert!(raw.starts_with(&[0xFF, 0xFE, b'<', 0]));
    let task = machine.text("remind-task.xml");
    assert!(
        task.contains(
            "<Arguments>--headless &quot;C:\\Ask First\\askfirst.exe&quot; remind run \
             --dir &quot;D:\\my briefs\\\\&quot;</Arguments>"
        ),
        "{task}"
    );
    for part in [
        "<StartWhenAvailable>true<",
        "<Interval>PT30M<",
        "<Duration>PT8H<",
        "<DaysOfWeek><Monday /><Tuesday /><Wednesday /><Thursday /><Friday /></DaysOfWeek>",
    ] {
        assert!(task.contains(part), "{part}: {task}");
    }
    assert_eq!(
        machine.ran,
        ["schtasks /Create /TN \"askfirst remind\" /XML /home/ana/data/remind-task.xml /F"]
    );
    machine.uninstall(Kind::Windows, &target);
    assert_eq!(
        machine.ran.last().unwrap(),
        "schtasks /Delete /TN \"askfirst remind\" /F"
    );
}

#[test]
fn the_answers_of_the_managers_are_read() {
    let output = "ActiveState=active\nNextElapseUSecRealtime=Mon 2026-02-09 09:30:00 CET\n";
    let told_by = |kind, output| told(kind, Some(output));
    let told_of = told_by(Kind::Systemd, output);
    assert!(told_of.active);
    assert_eq!(told_of.next, "2026-02-09T09:30:00".parse().ok());
    let idle = told_by(
        Kind::Systemd,
        "ActiveState=inactive\nNextElapseUSecRealtime=\n",
    );
    assert_eq!(idle, Told::default());
    assert!(told_by(Kind::Launchd, "state = waiting").active);
    assert_eq!(told(Kind::Windows, None), Told::default());
}

#[test]
fn the_next_run_is_the_next_half_hour_of_work() {
    let schedule = target().schedule;
    let next = |now: &str| schedule.next(now.parse().unwrap()).unwrap().to_string();
    assert_eq!(next("2026-02-05T08:00:00"), "2026-02-05 09:00:00");
    assert_eq!(next("2026-02-05T09:00:00"), "2026-02-05 09:30:00");
    assert_eq!(next("2026-02-06T16:45:00"), "2026-02-09 09:00:00");
    assert_eq!(
        schedule.words(),
        "every 30 minutes from 09:00 to 16:30, on Mon, Tue, Wed, Thu, Fri"
    );
}
