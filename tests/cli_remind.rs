//! `remind install`, `status` and `uninstall`, on machines that are scripts.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::pty::Launch;
use crate::support::{Output, TestDir};

/// Notes what it is told; remembers whether the timer is on.
const SYSTEMCTL: &str = r#"#!/bin/sh
echo "systemctl $*" >> "$HOME/../log"
case "$*" in
    *show-environment) ;;
    *" enable "*) : > "$HOME/../on" ;;
    *" disable "*) rm -f "$HOME/../on" ;;
    *" show "*)
        if test -e "$HOME/../on"; then
            echo ActiveState=active
            echo "NextElapseUSecRealtime=Thu 2026-02-05 09:30:00 CET"
        else
            echo ActiveState=inactive
            echo NextElapseUSecRealtime=
        fi ;;
esac
"#;

const CRONTAB: &str = r#"#!/bin/sh
echo "crontab $*" >> "$HOME/../log"
case "$1" in
    -l) test -e "$HOME/../crontab" || { echo "no crontab for ana" >&2; exit 1; }
        cat "$HOME/../crontab" ;;
    -r) rm "$HOME/../crontab" ;;
    -) cat > "$HOME/../crontab" ;;
esac
"#;

const NO_SYSTEMD: &str = "#!/bin/sh\necho 'Failed to connect to bus' >&2\nexit 1\n";

/// A home, and programs in a folder before all others.
struct Machine {
    dir: TestDir,
    bin: PathBuf,
}

impl Machine {
    fn new(programs: &[(&str, &str)]) -> Self {
        let mut dir = TestDir::new();
        let bin = dir.home().parent().unwrap().join("bin");
        std::fs::create_dir(&bin).unwrap();
        // Nothing of the machine the tests run on, but for the scripts.
        for tool in ["sh", "cat", "rm", "test"] {
            let real = ["/bin", "/usr/bin"].map(|folder| Path::new(folder).join(tool));
            if let Some(real) = real.iter().find(|path| path.exists()) {
                std::os::unix::fs::symlink(real, bin.join(tool)).unwrap();
            }
        }
        dir.env("PATH", bin.to_str().unwrap());
        let machine = Self { dir, bin };
        for (name, script) in programs {
            machine.program(name, script);
        }
        machine
    }

    fn program(&self, name: &str, script: &str) {
        let path = self.bin.join(name);
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    }

    fn run(&self, args: &str) -> Output {
        self.dir.run(args)
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.dir.home().parent().unwrap().join(name)
    }

    /// What the programs were told since this was asked last, but for questions.
    fn log(&self) -> Vec<String> {
        let log = std::fs::read_to_string(self.beside("log")).unwrap_or_default();
        let _ = std::fs::remove_file(self.beside("log"));
        let asks = |line: &&str| {
            !line.contains(" show") && !line.ends_with("crontab -l") && !line.contains(" print ")
        };
        log.lines().filter(asks).map(str::to_owned).collect()
    }

    /// The program in a folder of such a name, which it gets as `--dir` too.
    fn installed_in(&self, name: &str) -> (PathBuf, PathBuf) {
        let folder = self.dir.path(name);
        std::fs::create_dir(&folder).unwrap();
        let program = folder.join("askfirst");
        let real = env!("CARGO_BIN_EXE_askfirst");
        if std::fs::hard_link(real, &program).is_err() {
            std::fs::copy(real, &program).unwrap();
        }
        (program, folder)
    }

    fn start(&self, program: &Path, args: &[&str], folder: &Path) -> std::process::Output {
        Command::new(program)
            .env_clear()
            .env("HOME", self.dir.home())
            .env("PATH", &self.bin)
            .env("XDG_DATA_HOME", folder.join("data"))
            .args(args)
            .arg(folder)
            .output()
            .unwrap()
    }

    /// Every file and folder of the home.
    fn home(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        tree(&self.dir.home(), &mut found);
        found
    }

    fn unit(&self, end: &str) -> PathBuf {
        let folder = self.dir.home().join(".config/systemd/user");
        folder.join(format!("askfirst-remind.{end}"))
    }
}

fn tree(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.insert(path.clone(), Vec::new());
            tree(&path, found);
        } else {
            let text = std::fs::read(&path).unwrap();
            found.insert(path, text);
        }
    }
}

#[test]
fn without_a_terminal_it_shows_what_it_would_write_and_does_nothing() {
    let machine = Machine::new(&[("systemctl", SYSTEMCTL)]);
    let before = machine.home();
    let shown = machine.run("remind install").done().stdout;
    for part in [
        "A systemd user timer, every 30 minutes from 09:00 to 16:30, on Mon, Tue, Wed, Thu, Fri:",
        "home/.config/systemd/user/askfirst-remind.service:\n",
        "\n    Type=oneshot\n",
        "\n    OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 09..16:00,30:00\n",
        "\n    Persistent=true\n",
        "\nRun systemctl --user enable askfirst-remind.timer\n",
        "Nothing was changed. To do it: askfirst remind install --yes\n",
    ] {
        assert!(shown.contains(part), "{part:?} in {shown}");
    }
    assert_eq!(machine.home(), before);
    assert_eq!(machine.log(), [""; 0]);
}

#[test]
fn a_systemd_timer_comes_and_goes_and_leaves_nothing_behind() {
    let machine = Machine::new(&[("systemctl", SYSTEMCTL), ("crontab", CRONTAB)]);
    let before = machine.home();
    machine.run("remind install --yes").done();
    assert_eq!(
        machine.log(),
        [
            "systemctl --user daemon-reload",
            "systemctl --user enable askfirst-remind.timer",
            "systemctl --user restart askfirst-remind.timer",
        ]
    );
    let status = machine.run("remind status").done().stdout;
    assert!(
        status.starts_with("systemd user timer: set up, active, next run Thu 5 Feb 2026 09:30\n"),
        "{status}"
    );
    assert!(status.contains("askfirst-remind.service\n"), "{status}");
    let again = machine.run("remind install --yes").done().stdout;
    assert!(again.contains("set up already"), "{again}");

    machine.run("remind uninstall --yes").done();
    assert_eq!(machine.home(), before);
    let log = machine.log();
    assert!(
        log.contains(&"systemctl --user disable --now askfirst-remind.timer".to_owned()),
        "{log:?}"
    );
    let status = machine.run("remind status --json").done().json();
    assert_eq!(status["timers"], serde_json::json!([]));
    let nothing = machine.run("remind uninstall --yes").done().stdout;
    assert!(nothing.contains("nothing was changed"), "{nothing}");
}

#[test]
fn the_units_are_what_systemd_takes() {
    let analyze = ["/usr/bin/systemd-analyze", "/bin/systemd-analyze"];
    let Some(analyze) = analyze.iter().find(|path| Path::new(path).exists()) else {
        eprintln!("SKIPPED the_units_are_what_systemd_takes: there is no systemd-analyze");
        return;
    };
    for (name, line) in [
        ("plain", "ExecStart=/"),
        ("a b; 100%h caf\u{e9}", "ExecStart=\"/"),
        ("$HOME", "ExecStart=:\"/"),
        ("a \"b\" 'c' \\ $HOME 100%", "ExecStart=:/bin/sh"),
    ] {
        let machine = Machine::new(&[("systemctl", SYSTEMCTL)]);
        let (program, folder) = machine.installed_in(name);
        let output = machine.start(&program, &["remind", "install", "--yes", "--dir"], &folder);
        assert!(output.status.success(), "{output:?}");
        let verify = Command::new(analyze)
            .env("HOME", machine.dir.home())
            .env("XDG_RUNTIME_DIR", machine.dir.home())
            .env("LC_ALL", "C")
            .args(["--user", "verify", "--man=no"])
            .args([machine.unit("service"), machine.unit("timer")])
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&verify.stderr);
        assert!(!told.contains("askfirst"), "{told}");
        assert!(verify.status.success(), "{told}");
        let service = std::fs::read_to_string(machine.unit("service")).unwrap();
        assert!(service.contains(line), "{service}");
    }
}

#[test]
fn the_line_of_the_crontab_is_what_a_shell_takes() {
    let machine = Machine::new(&[("crontab", CRONTAB)]);
    let (program, folder) = machine.installed_in("a \"b\" 'c' \\ $HOME 100%");
    let args = ["remind", "install", "--cron", "--yes", "--dir"];
    assert!(machine.start(&program, &args, &folder).status.success());
    let text = std::fs::read_to_string(machine.beside("crontab")).unwrap();
    let line = text.lines().nth(1).unwrap();
    let command = line.splitn(6, ' ').nth(5).unwrap();
    // As cron hands it to the shell, but with what it says.
    let command = command
        .replace("\\%", "%")
        .replace(">/dev/null 2>&1", "--verbose");
    let output = Command::new("/bin/sh")
        .env_clear()
        .env("HOME", machine.dir.home())
        .env("ASKFIRST_NOW", "2026-02-05T09:00:00+01:00")
        .args(["-c", &command])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}: {told}");
    assert!(told.contains("nothing is due"), "{told}");
}

#[test]
fn what_is_in_the_crontab_stays_byte_for_byte() {
    let machine = Machine::new(&[("systemctl", NO_SYSTEMD), ("crontab", CRONTAB)]);
    let crontab = machine.beside("crontab");
    let own = b"MAILTO=ana\n0 7 * * * caf\xe9 100\\%\n# no line break at the end";
    std::fs::write(&crontab, own).unwrap();
    machine.run("remind install --yes").done();
    let text = std::fs::read(&crontab).unwrap();
    assert!(text.ends_with(own));
    let line = String::from_utf8_lossy(&text)
        .lines()
        .nth(1)
        .unwrap()
        .to_owned();
    let uid = rustix::process::getuid().as_raw();
    let bus = format!(
        "*/30 9-16 * * 1,2,3,4,5 env DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/{uid}/bus /"
    );
    assert!(line.starts_with(&bus), "{line}");
    let status = machine.run("remind status --json").done().json();
    assert_eq!(status["timers"][0]["kind"], "cron");
    assert_eq!(status["timers"][0]["state"], "current");
    assert_eq!(status["timers"][0]["active"], true);
    assert_eq!(
        status["timers"][0]["next"], "2026-02-05T09:30:00+01:00",
        "the clock stands at 09:00"
    );
    machine.run("remind uninstall --yes").done();
    assert_eq!(std::fs::read(&crontab).unwrap(), own);

    // Where there was none, there is none.
    std::fs::remove_file(&crontab).unwrap();
    machine.run("remind install --yes").done();
    assert!(crontab.exists());
    machine.run("remind uninstall --yes").done();
    assert!(!crontab.exists());
}

#[test]
fn a_crontab_that_cannot_be_read_is_not_replaced() {
    let refuses = "#!/bin/sh\necho \"crontab $*\" >> \"$HOME/../log\"\n\
                   echo 'You (ana) are not allowed to use this program' >&2\nexit 1\n";
    let machine = Machine::new(&[("crontab", refuses)]);
    let failed = machine.run("remind install --cron --yes").failed(1).stderr;
    assert!(failed.contains("could not read your crontab"), "{failed}");
    assert!(failed.contains("not allowed"), "{failed}");
    assert_eq!(machine.log(), [""; 0]);
}

#[test]
fn lines_and_files_that_somebody_changed_are_told_and_left() {
    let machine = Machine::new(&[("systemctl", SYSTEMCTL), ("crontab", CRONTAB)]);
    machine.run("remind install --cron --yes").done();
    let crontab = machine.beside("crontab");
    let text = std::fs::read_to_string(&crontab).unwrap();
    let edited = text.replace("9-16", "6-22");
    std::fs::write(&crontab, &edited).unwrap();
    let failed = machine.run("remind uninstall --yes").failed(1).stderr;
    assert!(failed.contains("crontab -e"), "{failed}");
    assert_eq!(std::fs::read_to_string(&crontab).unwrap(), edited);
    std::fs::remove_file(&crontab).unwrap();

    machine.run("remind install --systemd --yes").done();
    let timer = machine.unit("timer");
    let text = std::fs::read_to_string(&timer).unwrap();
    let edited = text.replace("09..16", "06..22");
    std::fs::write(&timer, &edited).unwrap();
    let failed = machine.run("remind install --yes").failed(1).stderr;
    assert!(failed.contains("changed since it was written"), "{failed}");
    let status = machine.run("remind status").done().stdout;
    assert!(status.contains("changed since"), "{status}");
    machine.log();
    let removed = machine.run("remind uninstall --yes").done();
    assert!(removed.stderr.contains("askfirst-remind.timer was changed"));
    assert_eq!(std::fs::read_to_string(&timer).unwrap(), edited);
    assert!(!machine.unit("service").exists());
    assert!(machine.log().iter().any(|line| line.contains("disable")));
}

#[test]
fn a_step_that_fails_takes_back_what_was_written() {
    let fails = SYSTEMCTL.replace(
        "*\" enable \"*) : > \"$HOME/../on\" ;;",
        "*\" enable \"*) echo 'Failed to enable unit' >&2; exit 1 ;;",
    );
    let machine = Machine::new(&[("systemctl", &fails)]);
    let before = machine.home();
    let failed = machine.run("remind install --yes").failed(1).stderr;
    assert!(failed.contains("systemctl --user enable"), "{failed}");
    assert!(failed.contains("Failed to enable unit"), "{failed}");
    assert_eq!(machine.home(), before);
}

#[test]
fn a_machine_without_any_timer_says_what_to_do() {
    let machine = Machine::new(&[]);
    let failed = machine.run("remind install --yes").failed(1).stderr;
    assert!(failed.contains("no timer was found"), "{failed}");
    assert!(failed.contains("askfirst remind run"), "{failed}");
    for kind in ["systemd", "cron", "launchd", "windows"] {
        let before = machine.home();
        let failed = machine.run(&format!("remind install --{kind} --yes"));
        let failed = failed.failed(1).stderr;
        assert!(failed.contains("was not found"), "{kind}: {failed}");
        assert_eq!(machine.home(), before, "{kind}");
    }
    let status = machine.run("remind status").done().stdout;
    assert!(status.contains("No timer is set up"), "{status}");
}

#[test]
fn other_timers_can_be_named() {
    let notes = |name: &str| format!("#!/bin/sh\necho \"{name} $*\" >> \"$HOME/../log\"\n");
    let machine = Machine::new(&[
        ("launchctl", &notes("launchctl")),
        ("schtasks", &notes("schtasks")),
    ]);
    let before = machine.home();
    for (kind, on) in [("launchd", "bootstrap"), ("windows", "/Create")] {
        machine
            .run(&format!("remind install --{kind} --yes"))
            .done();
        let log = machine.log();
        assert!(log.iter().any(|line| line.contains(on)), "{log:?}");
        assert_ne!(machine.home(), before);
        machine
            .run(&format!("remind uninstall --{kind} --yes"))
            .done();
        assert_eq!(machine.home(), before, "{kind}");
        machine.log();
    }
}

#[test]
fn other_working_hours_make_it_out_of_date_until_it_is_set_up_again() {
    let machine = Machine::new(&[("systemctl", SYSTEMCTL)]);
    machine.run("remind install --yes").done();
    let config = machine.dir.home().join(".config/askfirst");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "[work]\nhours = \"8-12\"\n").unwrap();
    let status = machine.run("remind status").done().stdout;
    assert!(
        status.contains("otherwise than it would be now"),
        "{status}"
    );
    machine.run("remind install --yes").done();
    let timer = std::fs::read_to_string(machine.unit("timer")).unwrap();
    assert!(timer.contains("08..11:00,30:00"), "{timer}");
    std::fs::write(config.join("config.toml"), "[work]\nhours = \"all\"\n").unwrap();
    let failed = machine.run("remind install --yes").failed(1).stderr;
    assert!(failed.contains("config.toml"), "{failed}");
}

#[test]
fn a_timer_that_was_switched_off_is_switched_on_again() {
    let machine = Machine::new(&[("systemctl", SYSTEMCTL)]);
    machine.run("remind install --yes").done();
    std::fs::remove_file(machine.beside("on")).unwrap();
    let status = machine.run("remind status").done().stdout;
    assert!(status.contains("not active"), "{status}");
    machine.run("remind install --yes").done();
    assert!(machine.beside("on").exists());
}

#[test]
fn at_a_terminal_it_asks_and_no_is_no() {
    let machine = Machine::new(&[("systemctl", SYSTEMCTL)]);
    let launch = |args: &[&str]| {
        Launch::new(&machine.dir)
            .args(args)
            .env("PATH", machine.bin.to_str().unwrap())
            .size(80, 60)
            .start()
    };
    let before = machine.home();
    for answer in ["\r", "n\r"] {
        let mut pty = launch(&["remind", "install"]);
        pty.wait_for("Set up this systemd user timer? [y/N]");
        pty.send(answer);
        pty.wait_for("Nothing was changed");
        pty.wait_exit();
        assert_eq!(machine.home(), before);
    }
    let mut pty = launch(&["remind", "install"]);
    pty.wait_for("[y/N]");
    pty.send("y\r");
    pty.wait_for("Set up. See it with");
    pty.wait_exit();
    assert!(machine.unit("timer").exists());
    let mut pty = launch(&["remind", "uninstall"]);
    pty.wait_for("Take back this systemd user timer? [y/N]");
    pty.send("y\r");
    pty.wait_for("is gone");
    pty.wait_exit();
    assert_eq!(machine.home(), before);
}
