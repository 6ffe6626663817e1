//! A team shares a folder through git: clones of one repository on one machine,
//! with the git that is installed.

mod awkward;
mod cases;
mod driver;
mod init;
mod sync;
mod who;

use std::path::{Path, PathBuf};

use crate::support::{Output, SUPERREPORT};

/// Some people, each with a clone of one repository.
pub struct Team {
    root: tempfile::TempDir,
    pub now: String,
}

/// One of them.
pub struct Person<'t> {
    team: &'t Team,
    name: &'static str,
}

/// Where a test has no git it says so, and passes.
pub fn git_is_missing() -> bool {
    let is_there = std::process::Command::new("git").arg("--version").output();
    if is_there.is_err() {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "skipped: there is no git here");
    }
    is_there.is_err()
}

/// How long a command may take: one merge of the long run holds 5,000 briefs.
fn patience() -> std::time::Duration {
    let seconds = match std::env::var_os("ASKFIRST_LONG") {
        Some(_) => 3600,
        None => 120,
    };
    std::time::Duration::from_secs(seconds)
}

impl Team {
    /// A repository with a file of its own and a folder of briefs, cloned by
    /// each; the merge driver is registered nowhere.
    pub fn of(names: &[&'static str]) -> Self {
        let root = tempfile::Builder::new()
            .prefix("askfirst-team-")
            .tempdir()
            .unwrap();
        let team = Self {
            root,
            now: "2026-02-05T09:00:00+01:00".to_owned(),
        };
        let first = team.person(names[0]);
        std::fs::create_dir_all(first.home()).unwrap();
        run(first
            .command_in(&team.path(""), "git")
            .args(["init", "-q", "--bare", "-b", "main", "hub"]));
        for name in names {
            let person = team.person(name);
            std::fs::create_dir_all(person.home()).unwrap();
            run(person
                .command_in(&team.path(""), "git")
                .args(["clone", "-q", "hub", name]));
            person.git("config user.name", &[name]);
            person.git("config user.email", &[&format!("{name}@example.org")]);
        }
        first.git("checkout -q -b main", &[]);
        first.write("code.txt", "one\ntwo\nthree\n");
        first.askfirst("init --no-merge-driver").done();
        first.git("add -A", &[]);
        first.git("commit -q -m first", &[]);
        first.git("push -q -u origin main", &[]);
        for name in &names[1..] {
            let person = team.person(name);
            person.git("pull -q", &[]);
        }
        team
    }

    /// The same with the reference case in the folder, as Ana's or the first's.
    pub fn with_a_brief(names: &[&'static str]) -> Self {
        let team = Self::of(names);
        let first = team.person(names[0]);
        first.write("s.toml", SUPERREPORT);
        first.askfirst("new --from s.toml").done();
        std::fs::remove_file(first.path("s.toml")).unwrap();
        first.askfirst("sync").done();
        for name in &names[1..] {
            team.person(name).askfirst("sync").done();
        }
        team
    }

    pub fn person(&self, name: &'static str) -> Person<'_> {
        Person { team: self, name }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }
}

impl Person<'_> {
    fn home(&self) -> PathBuf {
        self.team.path(&format!("home-{}", self.name))
    }

    /// A file of the clone.
    pub fn path(&self, name: &str) -> PathBuf {
        self.team.path(self.name).join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The file of the brief whose name begins like this, from the clone.
    pub fn brief(&self, begin: &str) -> String {
        let mut found: Vec<String> = std::fs::read_dir(self.path(".askfirst"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with(begin) && name.ends_with(".toml"))
            .collect();
        assert_eq!(found.len(), 1, "{begin}: {found:?}");
        format!(".askfirst/{}", found.remove(0))
    }

    /// Changes the text of the reference brief.
    pub fn edit(&self, from: &str, to: &str) {
        let file = self.brief("what");
        let text = self.read(&file);
        assert!(text.contains(from), "{from}:\n{text}");
        self.write(&file, text.replacen(from, to, 1));
    }

    pub fn command_in(
        &self,
        folder: &Path,
        program: impl AsRef<std::ffi::OsStr>,
    ) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::new(program);
        command
            .env_clear()
            .env("HOME", self.home())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("ASKFIRST_NOW", &self.team.now)
            .env(
                "ASKFIRST_SEED",
                format!(
                    "{}",
                    self.name.len() * 97 + usize::from(self.name.as_bytes()[0])
                ),
            )
            .current_dir(folder)
            .timeout(patience());
        command
    }

    /// git with arguments at spaces, and more as they are; it must work.
    #[track_caller]
    pub fn git(&self, args: &str, more: &[&str]) -> String {
        let output = self.try_git(args, more);
        assert_eq!(output.code, 0, "git {args}: {output:#?}");
        output.stdout
    }

    pub fn try_git(&self, args: &str, more: &[&str]) -> Output {
        let mut command = self.command_in(&self.path(""), "git");
        told(command.args(args.split(' ')).args(more))
    }

    /// askfirst in the clone; quotes keep words together.
    pub fn askfirst(&self, args: &str) -> Output {
        let mut command = self.command_in(&self.path(""), env!("CARGO_BIN_EXE_askfirst"));
        told(command.args(crate::support::words(args)))
    }

    pub fn commit(&self, message: &str) {
        self.git("add -A", &[]);
        self.git("commit -q -m", &[message]);
    }

    /// Neither in the middle of anything nor with anything to undo.
    #[track_caller]
    pub fn is_at_rest(&self) {
        for name in ["rebase-merge", "rebase-apply", "MERGE_HEAD"] {
            assert!(!self.path(".git").join(name).exists(), "{name}");
        }
        assert_eq!(self.git("stash list", &[]), "");
        assert_eq!(self.git("symbolic-ref --short HEAD", &[]), "main\n");
    }
}

fn told(command: &mut assert_cmd::Command) -> Output {
    let output = command.output().unwrap();
    Output {
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code().unwrap_or(-1),
    }
}

#[track_caller]
fn run(command: &mut assert_cmd::Command) {
    let output = told(command);
    assert_eq!(output.code, 0, "{output:#?}");
}
